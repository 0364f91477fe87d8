//! The grammar (XCU 2.10.2), a function a rule, each named as POSIX names it. Compound commands are in
//! `compound`.

use std::rc::Rc;

use super::ast::{
    AndOr, Assignment, Command, Connector, Item, Name, Part, Parts, Pipeline, Program, Redirect,
    RedirectOperator, Simple, Timed, Word,
};
use super::lexer::{Aliases, Lexer, Operator, Result, Token};
use super::outline::Kind;
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
    pub fn next_command(&mut self) -> Result<Option<Program>> {
        if !self.has_token {
            self.lexer.forget();
        }
        self.linebreak()?;
        if self.peek()? == Token::End {
            return Ok(None);
        }
        let mut program = Program::default();
        self.list(&mut program.items)?;
        match self.next()? {
            Token::Newline | Token::End => Ok(Some(program)),
            token => Err(self.unexpected(token)),
        }
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
    pub fn rest(&mut self) -> Result<Program> {
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
    pub(super) fn until_parenthesis(&mut self, open: Span) -> Result<Program> {
        let program = self.compound_list()?;
        match self.peek()? {
            Token::Operator(Operator::Close) => {}
            _ => return Err(self.unclosed("parenthesis", open)?),
        }
        self.next()?;
        Ok(program)
    }

    /// and_or lists separated by `;` and `&`, added to `items`; ends before whatever cannot go on with it. They
    /// are filled where they stay, here and below: moving what has just been written is slow.
    fn list(&mut self, items: &mut Vec<Item>) -> Result<()> {
        loop {
            match items.capacity() {
                0 => *items = vec![Item::default()],
                _ => items.push(Item::default()),
            }
            let Some(item) = items.last_mut() else { return Ok(()) };
            if !self.and_or(&mut item.and_or)? {
                items.pop();
                return Ok(());
            }
            let token = self.peek()?;
            item.background = token == Token::Operator(Operator::Ampersand);
            if !item.background && token != Token::Operator(Operator::Semicolon) {
                return Ok(());
            }
            self.next()?;
        }
    }

    /// Lists over several lines, up to the token that closes the compound command.
    pub(super) fn compound_list(&mut self) -> Result<Program> {
        let mut items = Vec::new();
        loop {
            self.linebreak()?;
            let before = items.len();
            self.list(&mut items)?;
            if items.len() == before || self.peek()? != Token::Newline {
                return Ok(Program { items });
            }
        }
    }

    /// False if there is none, as in the rules below.
    fn and_or(&mut self, and_or: &mut AndOr) -> Result<bool> {
        if !self.pipeline(&mut and_or.first)? {
            return Ok(false);
        }
        loop {
            let connector = match self.peek()? {
                Token::Operator(Operator::And) => Connector::And,
                Token::Operator(Operator::Or) => Connector::Or,
                _ => return Ok(true),
            };
            let operator = self.operator()?;
            let mut pipeline = Pipeline::default();
            if !self.pipeline(&mut pipeline)? {
                return Err(self.missing_after(operator));
            }
            add(&mut and_or.rest, (connector, pipeline));
        }
    }

    fn pipeline(&mut self, pipeline: &mut Pipeline) -> Result<bool> {
        while self.is_command_alias()? {}
        let mut negation = None;
        if self.peek()? == Token::Word(true) {
            pipeline.timed = self.time()?;
            negation = self.take_reserved("!")?;
            pipeline.negated = negation.is_some();
        }
        let first = match (self.command()?, negation) {
            (Some(command), _) => command,
            (None, Some(span)) => return Err(self.missing("after", "!", span)),
            (None, None) if pipeline.timed.is_some() => Command::Simple(Box::default()),
            (None, None) => return Ok(false),
        };
        pipeline.commands = vec![first];
        loop {
            match self.peek()? {
                Token::Operator(Operator::Pipe) => {}
                Token::Operator(Operator::PipeBoth) => {
                    let span = self.span()?;
                    if let Some(command) = pipeline.commands.last_mut() {
                        command.redirect(both_to_output(span));
                    }
                }
                _ => return Ok(true),
            }
            let operator = self.operator()?;
            match self.command()? {
                Some(command) => pipeline.commands.push(command),
                None => return Err(self.missing_after(operator)),
            }
        }
    }

    /// `time` and `time -p` in front of a pipeline.
    fn time(&mut self) -> Result<Option<Timed>> {
        if self.lexer.is_posix || self.take_reserved("time")?.is_none() {
            return Ok(None);
        }
        Ok(Some(if self.take_reserved("-p")?.is_some() { Timed::Posix } else { Timed::Full }))
    }

    /// Steps over an operator that something must follow, and newlines. Returns what `missing_after` wants.
    fn operator(&mut self) -> Result<(Token, Span)> {
        let operator = (self.next()?, self.lexer.span());
        self.linebreak()?;
        while self.is_command_alias()? {
            self.linebreak()?;
        }
        Ok(operator)
    }

    #[cold]
    fn missing_after(&self, (token, span): (Token, Span)) -> Box<SyntaxError> {
        self.missing("after", operator_text(token), span)
    }

    fn command(&mut self) -> Result<Option<Command>> {
        loop {
            match self.peek()? {
                Token::Word(is_reserved) => {
                    if is_reserved {
                        let text = self.lexer.unquoted().unwrap_or_default();
                        if let Some(rule) = Self::compound_rule(text) {
                            return self.compound_command(rule).map(Some);
                        }
                        if is_closing(text) {
                            return Ok(None);
                        }
                        if text == b"!" {
                            let token = self.next()?;
                            return Err(self.unexpected(token));
                        }
                    }
                    if !self.is_alias()? {
                        return self.simple_command().map(Some);
                    }
                }
                Token::Operator(Operator::Open) => return self.compound_command(Self::subshell).map(Some),
                Token::Redirect(_)
                | Token::IoNumber(_)
                | Token::Operator(Operator::OutputBoth | Operator::AppendBoth) => {
                    return self.simple_command().map(Some);
                }
                Token::Operator(
                    Operator::Close | Operator::DoubleSemicolon | Operator::SemicolonAmpersand,
                )
                | Token::Newline
                | Token::End => return Ok(None),
                Token::Operator(operator) => {
                    self.next()?;
                    return Err(self.missing("before", operator.as_str(), self.lexer.span()));
                }
            }
        }
    }

    fn simple_command(&mut self) -> Result<Command> {
        let start = self.span()?;
        let mut simple = Box::new(Simple { span: start, ..Simple::default() });
        // Whether the next word may name a declaration utility (XCU 2.9.1.1), as may what follows `command`.
        let mut may_declare = true;
        let mut is_declaration = false;
        loop {
            match self.peek()? {
                Token::Word(_) => {}
                Token::Operator(Operator::Open) if simple.is_function_name() => {
                    return self.function_definition(&simple);
                }
                Token::Operator(Operator::Open) => {
                    let token = self.next()?;
                    return Err(self.unexpected(token));
                }
                _ => match self.io_redirect(&mut simple.redirects)? {
                    Some(end) => {
                        simple.span = start.to(end);
                        continue;
                    }
                    None => return Ok(Command::Simple(simple)),
                },
            }
            if self.is_alias_here(&simple)? {
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
    fn is_command_alias(&mut self) -> Result<bool> {
        if self.lexer.aliases.is_empty() {
            return Ok(false);
        }
        Ok(self.peek()? != Token::Word(true) && self.is_alias()?)
    }

    /// Whether the next word was an alias: then its text is read instead.
    fn is_alias(&mut self) -> Result<bool> {
        if self.lexer.aliases.is_empty() {
            return Ok(false);
        }
        let Token::Word(_) = self.peek()? else { return Ok(false) };
        let Some(name) = self.lexer.unquoted().map(<[u8]>::to_vec) else { return Ok(false) };
        let is_alias = self.lexer.substitute_alias(&name, self.lexer.span());
        self.has_token &= !is_alias;
        Ok(is_alias)
    }

    /// The same for a word in a simple command: its name, or what follows an alias with a blank at its end.
    fn is_alias_here(&mut self, simple: &Simple) -> Result<bool> {
        if self.lexer.aliases.is_empty() {
            return Ok(false);
        }
        let span = self.span()?;
        let is_name = simple.words.is_empty() && simple.span != span;
        if self.lexer.follows_alias_blank(span) || is_name { self.is_alias() } else { Ok(false) }
    }

    /// Reads a redirection, if one comes next; `&>file` is two. Returns where it is.
    pub(super) fn io_redirect(&mut self, redirects: &mut Vec<Redirect>) -> Result<Option<Span>> {
        let number = match self.peek()? {
            Token::IoNumber(number) => Some(number),
            Token::Redirect(_) | Token::Operator(Operator::OutputBoth | Operator::AppendBoth) => None,
            _ => return Ok(None),
        };
        let start = self.span()?;
        if number.is_some() {
            self.next()?;
        }
        let (token, span) = (self.next()?, self.lexer.span());
        let (operator, both) = match token {
            Token::Redirect(operator) => (operator, false),
            Token::Operator(Operator::OutputBoth) => (RedirectOperator::Output, true),
            Token::Operator(Operator::AppendBoth) => (RedirectOperator::Append, true),
            other => return Err(self.unexpected(other)),
        };
        let missing = || Problem::MissingTarget(operator.as_str());
        let fd = number.unwrap_or_else(|| operator.default_fd());
        if let RedirectOperator::HereDocument | RedirectOperator::HereDocumentTabs = operator {
            let strips_tabs = operator == RedirectOperator::HereDocumentTabs;
            let Some((target, body)) = self.lexer.expect_here_document(strips_tabs) else {
                return Err(self.lexer.error(missing(), span));
            };
            let span = start.to(target.span);
            add(redirects, Redirect { fd, operator, target, body: Some(body), span });
            return Ok(Some(span));
        }
        let Token::Word(_) = self.peek()? else { return Err(self.lexer.error(missing(), span)) };
        let target = self.take_word();
        let span = start.to(self.lexer.span());
        add(redirects, Redirect { fd, operator, target, body: None, span });
        if both {
            redirects.push(both_to_output(span));
        }
        Ok(Some(span))
    }

    pub(super) fn linebreak(&mut self) -> Result<()> {
        while self.peek()? == Token::Newline {
            self.next()?;
        }
        Ok(())
    }

    pub(super) fn is_reserved(&mut self, text: &str) -> Result<bool> {
        Ok(self.peek()? == Token::Word(true) && self.lexer.unquoted() == Some(text.as_bytes()))
    }

    /// Steps over a reserved word, if it comes next. Returns where it is.
    pub(super) fn take_reserved(&mut self, text: &str) -> Result<Option<Span>> {
        if !self.is_reserved(text)? {
            return Ok(None);
        }
        self.next()?;
        let span = self.lexer.span();
        self.lexer.note_kind(Kind::Reserved, span);
        Ok(Some(span))
    }

    /// The next token; its word and its place are in the lexer until the one behind it is asked for.
    #[inline]
    pub(super) fn peek(&mut self) -> Result<Token> {
        if !self.has_token {
            self.read_token(true)?;
        }
        Ok(self.lexer.token)
    }

    /// A reserved word is no alias, where it is one. Not inlined: most who peek find a token there.
    #[inline(never)]
    pub(super) fn read_token(&mut self, may_be_reserved: bool) -> Result<()> {
        // The text of an alias may begin with another.
        let mut is_alias = false;
        while !self.has_token {
            self.lexer.read_token()?;
            self.has_token = true;
            if self.lexer.aliases.is_empty() || (may_be_reserved && self.lexer.token == Token::Word(true)) {
                break;
            }
            is_alias = (is_alias || self.lexer.follows_alias_blank(self.lexer.span())) && self.is_alias()?;
        }
        Ok(())
    }

    /// Where the next token is.
    pub(super) fn span(&mut self) -> Result<Span> {
        self.peek()?;
        Ok(self.lexer.span())
    }

    /// Steps over a token.
    pub(super) fn next(&mut self) -> Result<Token> {
        let token = self.peek()?;
        self.has_token = false;
        Ok(token)
    }

    /// Steps over the word that `peek` has seen.
    #[inline]
    pub(super) fn take_word(&mut self) -> Word {
        self.has_token = false;
        self.lexer.take_word()
    }

    /// A command is missing; if the text is at its end, it may still come.
    #[cold]
    pub(super) fn missing(
        &self,
        place: &'static str,
        operator: &'static str,
        span: Span,
    ) -> Box<SyntaxError> {
        let problem = Problem::MissingCommand { place, operator };
        match self.has_token && self.lexer.token == Token::End {
            true => self.lexer.incomplete(problem, span),
            false => self.lexer.error(problem, span),
        }
    }

    /// What opened at `open` is not closed by the next token.
    #[cold]
    pub(super) fn unclosed(&mut self, what: &'static str, open: Span) -> Result<Box<SyntaxError>> {
        Ok(match self.next()? {
            Token::End => self.lexer.incomplete(Problem::Unclosed(what), open),
            token => self.unexpected(token),
        })
    }

    /// `token`, the last that was read, may not stand here.
    #[cold]
    pub(super) fn unexpected(&self, token: Token) -> Box<SyntaxError> {
        let span = self.lexer.span();
        let text = match token {
            Token::End => "end of the script".to_owned(),
            Token::Newline => "newline".to_owned(),
            _ => String::from_utf8_lossy(self.lexer.text_of(span)).into_owned(),
        };
        let error = self.lexer.error(Problem::Unexpected(text), span);
        Box::new(SyntaxError { incomplete: token == Token::End, ..*error })
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

fn operator_text(token: Token) -> &'static str {
    match token {
        Token::Operator(operator) => operator.as_str(),
        Token::Redirect(operator) => operator.as_str(),
        _ => "",
    }
}

/// The reserved words that end a list (XCU 2.4).
fn is_closing(text: &[u8]) -> bool {
    matches!(text, b"}" | b"then" | b"else" | b"elif" | b"fi" | b"do" | b"done" | b"esac")
}
