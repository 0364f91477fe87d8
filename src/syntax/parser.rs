//! The grammar (XCU 2.10.2), a function a rule, each named as POSIX names it. Compound commands are in
//! `compound`.

use std::rc::Rc;

use super::ast::{
    AndOr, Assignment, Command, Connector, Item, Name, Part, Parts, Pipeline, Program, Redirect,
    RedirectOperator, Simple, Timed, Word,
};
use super::lexer::{Aliases, Lexer};
use super::outline::Kind;
use super::token::{Operator, Reserved, Token};
use super::{Problem, Refill, Span, SyntaxError};

/// Reads a script a complete command at a time.
pub struct Parser<'a> {
    pub(super) lexer: Lexer<'a>,
    /// The lexer's token comes next.
    has_token: bool,
    /// There was a syntax error: nothing more can be read.
    pub has_failed: bool,
}

impl<'a> Parser<'a> {
    /// A parser of a text that is all there.
    pub fn new(text: Vec<u8>) -> Parser<'a> {
        Parser::around(Lexer::new(text, None))
    }

    /// A parser that asks for each line when it needs it, and not before.
    pub fn by_line(refill: Refill<'a>) -> Parser<'a> {
        Parser::around(Lexer::new(Vec::new(), Some(refill)))
    }

    pub(super) fn around(lexer: Lexer<'a>) -> Parser<'a> {
        Parser { lexer, has_token: false, has_failed: false }
    }

    pub(super) fn into_lexer(self) -> Lexer<'a> {
        self.lexer
    }

    /// Sets the number of the first line.
    pub fn starting_at(mut self, line: u32) -> Parser<'a> {
        self.lexer.set_line(line);
        self
    }

    /// How much of the stack it may use from here on, where that is less than it takes by itself.
    pub fn limit_stack(&mut self, bytes: usize) {
        self.lexer.limit_stack(bytes);
    }

    /// Which aliases hold and whether the additions to POSIX are off, from the next command on.
    pub fn set_language(&mut self, aliases: &Rc<Aliases>, is_posix: bool) {
        if !Rc::ptr_eq(aliases, &self.lexer.aliases) {
            self.lexer.aliases = Rc::clone(aliases);
        }
        self.lexer.is_posix = is_posix;
    }

    /// The next complete command: and-or lists up to the end of the line. `None` at the end of the script.
    ///
    /// # Errors
    /// A syntax error; what follows it cannot be read.
    pub fn next_command(&mut self) -> Result<Option<Program>, Box<SyntaxError>> {
        if !self.has_token {
            self.lexer.forget();
        }
        self.linebreak();
        let mut program = None;
        if self.peek() != Token::End {
            self.list(&mut program.insert(Program::default()).items);
            match self.next() {
                Token::Newline | Token::End => {}
                token => self.unexpected(token),
            }
        }
        self.lexer.outcome(program)
    }

    /// Forgets what has been read and not run, after an error that a person survives.
    pub fn drop_line(&mut self) {
        self.has_token = false;
        self.lexer.drop_line();
    }

    /// All complete commands up to the end of the text, as one list.
    ///
    /// # Errors
    /// A syntax error.
    pub fn rest(&mut self) -> Result<Program, Box<SyntaxError>> {
        let mut program = Program::default();
        while let Some(line) = self.next_command()? {
            program.items.extend(line.items);
        }
        Ok(program)
    }

    /// Whether no command follows. Reads ahead no further than to where one would begin, since the commands
    /// before it may change how it is read; not for text that is read while it runs.
    pub fn is_at_end(&mut self) -> bool {
        !self.has_token && self.lexer.is_at_end()
    }

    /// Whether the text ended behind a line continuation or in a here-document.
    pub fn is_continued(&self) -> bool {
        self.lexer.continued
    }

    /// The text that has been read since this was last asked.
    pub fn take_text(&mut self) -> &[u8] {
        self.lexer.take_text()
    }

    /// A list up to the parenthesis that closes it, which is read.
    pub(super) fn until_parenthesis(&mut self, open: Span) -> Program {
        let program = self.compound_list();
        match self.peek() {
            Token::Operator(Operator::Close) => self.step(),
            _ => self.unclosed("parenthesis", open),
        }
        program
    }

    /// and_or lists separated by `;` and `&`, added to `items`; ends before whatever cannot go on with it. They
    /// are filled where they stay, here and below: moving what has just been written is slow.
    fn list(&mut self, items: &mut Vec<Item>) {
        loop {
            match items.capacity() {
                0 => *items = vec![Item::default()],
                _ => items.push(Item::default()),
            }
            let Some(item) = items.last_mut() else { return };
            if !self.and_or(&mut item.and_or) {
                items.pop();
                return;
            }
            let token = self.peek();
            item.background = token == Token::Operator(Operator::Ampersand);
            if !item.background && token != Token::Operator(Operator::Semicolon) {
                return;
            }
            self.step();
        }
    }

    /// Lists over several lines, up to the token that closes the compound command.
    pub(super) fn compound_list(&mut self) -> Program {
        let mut items = Vec::new();
        loop {
            self.linebreak();
            let before = items.len();
            self.list(&mut items);
            if items.len() == before || self.peek() != Token::Newline {
                return Program { items };
            }
        }
    }

    /// False if there is none, as in the rules below.
    fn and_or(&mut self, and_or: &mut AndOr) -> bool {
        if !self.pipeline(&mut and_or.first) {
            return false;
        }
        loop {
            let connector = match self.peek() {
                Token::Operator(Operator::And) => Connector::And,
                Token::Operator(Operator::Or) => Connector::Or,
                _ => return true,
            };
            let operator = self.operator();
            let mut pipeline = Pipeline::default();
            if !self.pipeline(&mut pipeline) {
                self.missing("after", operator);
            }
            add(&mut and_or.rest, (connector, pipeline));
        }
    }

    fn pipeline(&mut self, pipeline: &mut Pipeline) -> bool {
        while self.is_command_alias() {}
        if let Token::Word(Some(Reserved::Time)) = self.peek() {
            pipeline.timed = self.time();
        }
        let mut negation = None;
        if self.take_reserved(Reserved::Not) {
            pipeline.negated = true;
            negation = Some(self.lexer.span());
        }
        let first = match (self.command(), negation) {
            (Some(command), _) => command,
            (None, Some(span)) => {
                self.missing("after", span);
                return false;
            }
            (None, None) if pipeline.timed.is_some() => Command::Simple(Box::default()),
            (None, None) => return false,
        };
        pipeline.commands = vec![first];
        loop {
            match self.peek() {
                Token::Operator(Operator::Pipe) => {}
                Token::Operator(Operator::PipeBoth) => {
                    let span = self.span();
                    if let Some(command) = pipeline.commands.last_mut() {
                        command.redirect(both_to_output(span));
                    }
                }
                _ => return true,
            }
            let operator = self.operator();
            match self.command() {
                Some(command) => pipeline.commands.push(command),
                None => self.missing("after", operator),
            }
        }
    }

    /// `time` and `time -p` in front of a pipeline.
    fn time(&mut self) -> Option<Timed> {
        if self.lexer.is_posix || !self.take_reserved(Reserved::Time) {
            return None;
        }
        Some(if self.take_reserved(Reserved::Portable) { Timed::Posix } else { Timed::Full })
    }

    /// Steps over an operator that something must follow, and newlines. Returns where it is.
    fn operator(&mut self) -> Span {
        self.step();
        let span = self.lexer.span();
        self.linebreak();
        while self.is_command_alias() {
            self.linebreak();
        }
        span
    }

    fn command(&mut self) -> Option<Command> {
        loop {
            match self.peek() {
                Token::Word(reserved) => {
                    if let Some(word) = reserved {
                        if let Some(rule) = Self::compound_rule(word) {
                            return Some(self.compound_command(rule));
                        }
                        if word.ends_list() {
                            return None;
                        }
                        if word == Reserved::Not {
                            let token = self.next();
                            self.unexpected(token);
                            return None;
                        }
                    }
                    if !self.is_alias() {
                        return Some(self.simple_command());
                    }
                }
                token if token.is_redirect() => return Some(self.simple_command()),
                Token::Operator(Operator::Open) => return Some(self.compound_command(Self::subshell)),
                Token::Operator(operator) if !operator.ends_list() => {
                    self.step();
                    self.missing("before", self.lexer.span());
                    return None;
                }
                _ => return None,
            }
        }
    }

    fn simple_command(&mut self) -> Command {
        let start = self.span();
        let mut simple = Box::new(Simple { span: start, ..Simple::default() });
        // Whether the next word may name a declaration utility (XCU 2.9.1.1), as may what follows `command`.
        let mut may_declare = true;
        let mut is_declaration = false;
        loop {
            match self.peek() {
                Token::Word(_) => {}
                Token::Operator(Operator::Open) if simple.is_function_name() => {
                    return self.function_definition(&simple);
                }
                Token::Operator(Operator::Open) => {
                    let token = self.next();
                    self.unexpected(token);
                    continue;
                }
                token if token.is_redirect() => {
                    simple.span = start.to(self.io_redirect(&mut simple.redirects));
                    continue;
                }
                _ => return Command::Simple(simple),
            }
            if self.is_alias_here(&simple) {
                continue;
            }
            simple.span.end = self.lexer.span().end;
            if (is_declaration || simple.words.is_empty()) && self.lexer.is_assignment() {
                match self.take_word().into_assignment() {
                    Some(assignment) if is_declaration => simple.words.push(declaration(assignment)),
                    Some((name, value)) => add(&mut simple.assignments, Assignment { name, value }),
                    None => {}
                }
                continue;
            }
            if may_declare {
                let name = self.lexer.unquoted().unwrap_or_default();
                is_declaration = matches!(name, b"export" | b"local" | b"readonly");
                may_declare = matches!(name, b"command" | [b'-', ..]);
            }
            if simple.words.is_empty() {
                simple.words = Vec::with_capacity(4);
            }
            simple.words.push(self.take_word());
        }
    }

    /// Whether the next word, with which a command begins, was an alias.
    fn is_command_alias(&mut self) -> bool {
        !self.lexer.aliases.is_empty() && !matches!(self.peek(), Token::Word(Some(_))) && self.is_alias()
    }

    /// Whether the next word was an alias: then its text is read instead.
    fn is_alias(&mut self) -> bool {
        if self.lexer.aliases.is_empty() {
            return false;
        }
        let Token::Word(_) = self.peek() else { return false };
        let Some(name) = self.lexer.unquoted().map(<[u8]>::to_vec) else { return false };
        let is_alias = self.lexer.substitute_alias(&name, self.lexer.span());
        self.has_token &= !is_alias;
        is_alias
    }

    /// The same for a word in a simple command: its name, or what follows an alias with a blank at its end.
    fn is_alias_here(&mut self, simple: &Simple) -> bool {
        if self.lexer.aliases.is_empty() {
            return false;
        }
        let span = self.span();
        let is_name = simple.words.is_empty() && simple.span != span;
        (self.lexer.follows_alias_blank(span) || is_name) && self.is_alias()
    }

    /// Reads a redirection, with which the next token begins; `&>file` is two. Returns where it is.
    pub(super) fn io_redirect(&mut self, redirects: &mut Vec<Redirect>) -> Span {
        let start = self.span();
        let mut token = self.next();
        let mut number = None;
        if let Token::IoNumber(written) = token {
            number = Some(written);
            token = self.next();
        }
        let span = self.lexer.span();
        let (operator, both) = match token {
            Token::Operator(Operator::OutputBoth) => (RedirectOperator::Output, true),
            Token::Operator(Operator::AppendBoth) => (RedirectOperator::Append, true),
            Token::Redirect(operator) => (operator, false),
            _ => return span,
        };
        let missing = Problem::MissingTarget(operator.as_str());
        let fd = number.unwrap_or_else(|| operator.default_fd());
        if let RedirectOperator::HereDocument | RedirectOperator::HereDocumentTabs = operator {
            let strips_tabs = operator == RedirectOperator::HereDocumentTabs;
            match self.lexer.expect_here_document(strips_tabs) {
                Some((target, body)) => {
                    let span = start.to(target.span);
                    add(redirects, Redirect { fd, operator, target, body: Some(body), span });
                    return span;
                }
                None => self.lexer.fail(missing, span),
            }
            return span;
        }
        let Token::Word(_) = self.peek() else {
            self.lexer.fail(missing, span);
            return span;
        };
        let target = self.take_word();
        let span = start.to(self.lexer.span());
        add(redirects, Redirect { fd, operator, target, body: None, span });
        if both {
            redirects.push(both_to_output(span));
        }
        span
    }

    pub(super) fn linebreak(&mut self) {
        while self.peek() == Token::Newline {
            self.step();
        }
    }

    /// Whether a reserved word comes next.
    #[inline]
    pub(super) fn is_reserved(&mut self, word: Reserved) -> bool {
        self.peek() == Token::Word(Some(word))
    }

    /// Steps over a reserved word, if it comes next.
    pub(super) fn take_reserved(&mut self, word: Reserved) -> bool {
        let is_next = self.is_reserved(word);
        if is_next {
            self.step();
            self.lexer.note_kind(Kind::Reserved, self.lexer.span());
        }
        is_next
    }

    /// The next token; its word and its place are in the lexer until the one behind it is asked for.
    #[inline]
    pub(super) fn peek(&mut self) -> Token {
        if !self.has_token {
            self.read_token(true);
        }
        self.lexer.token
    }

    /// A reserved word is no alias, where it is one. Not inlined: most who peek find a token there.
    #[inline(never)]
    pub(super) fn read_token(&mut self, may_be_reserved: bool) {
        // The text of an alias may begin with another.
        let mut is_alias = false;
        while !self.has_token {
            self.lexer.read_token();
            self.has_token = true;
            let is_reserved = may_be_reserved && matches!(self.lexer.token, Token::Word(Some(_)));
            if self.lexer.aliases.is_empty() || is_reserved {
                break;
            }
            is_alias = (is_alias || self.lexer.follows_alias_blank(self.lexer.span())) && self.is_alias();
        }
    }

    /// Where the next token is.
    pub(super) fn span(&mut self) -> Span {
        self.peek();
        self.lexer.span()
    }

    /// Reads a token and steps over it.
    pub(super) fn next(&mut self) -> Token {
        let token = self.peek();
        self.step();
        token
    }

    /// Steps over the token that `peek` has seen.
    #[inline]
    pub(super) fn step(&mut self) {
        self.has_token = false;
    }

    /// Steps over the word that `peek` has seen.
    #[inline]
    pub(super) fn take_word(&mut self) -> Word {
        self.has_token = false;
        self.lexer.take_word()
    }

    /// A command is missing before or after what is at `span`; at the end of the text, it may still come.
    #[cold]
    pub(super) fn missing(&mut self, place: &'static str, span: Span) {
        let operator = self.shown(span);
        let problem = Problem::MissingCommand { place, operator };
        match self.has_token && self.lexer.token == Token::End {
            true => self.lexer.fail_incomplete(problem, span),
            false => self.lexer.fail(problem, span),
        }
    }

    /// What opened at `open` is not closed by the next token.
    #[cold]
    pub(super) fn unclosed(&mut self, what: &'static str, open: Span) {
        match self.next() {
            Token::End => self.lexer.fail_incomplete(Problem::Unclosed(what), open),
            token => self.unexpected(token),
        }
    }

    /// `token`, the last that was read, may not stand here.
    #[cold]
    pub(super) fn unexpected(&mut self, token: Token) {
        let span = self.lexer.span();
        let text = match token {
            Token::End => {
                let problem = Problem::Unexpected("end of the script".to_owned());
                return self.lexer.fail_incomplete(problem, span);
            }
            Token::Newline => "newline".to_owned(),
            _ => self.shown(span),
        };
        self.lexer.fail(Problem::Unexpected(text), span);
    }

    fn shown(&self, span: Span) -> String {
        String::from_utf8_lossy(self.lexer.text_of(span)).into_owned()
    }
}

/// An assignment that is an operand of a declaration utility: it is expanded as an assignment is.
fn declaration((name, value): (Name, Word)) -> Word {
    let front = Part::Literal([&*name.text, b"="].concat().into());
    let parts = std::iter::once(front).chain(value.parts.iter().cloned()).collect();
    Word { parts: Parts::Many(parts), is_single: true, span: value.span }
}

/// Adds to a list that mostly stays at one item, and takes no more memory then.
pub(super) fn add<T>(list: &mut Vec<T>, item: T) {
    match list.capacity() {
        0 => *list = vec![item],
        _ => list.push(item),
    }
}

/// `2>&1`, as `|&` and `&>` mean it.
fn both_to_output(span: Span) -> Redirect {
    Redirect {
        fd: 2,
        operator: RedirectOperator::DuplicateOutput,
        target: Word::plain(b"1", span),
        body: None,
        span,
    }
}
