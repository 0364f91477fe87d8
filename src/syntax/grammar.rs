//! The grammar (XCU 2.10.2), a function a rule, each named as POSIX names it. Compound commands are in `compound`.

use std::hint::cold_path;

use super::ast::{
    AndOr, Assignment, Command, Connector, Few, Item, Part, Parts, Pipeline, Program, Redirect,
    RedirectOperator, Simple, Timed, Word,
};
use super::outline::Kind;
use super::parser::Parser;
use super::token::{Operator, Reserved, Token};
use super::{Problem, Span};

impl<'a> Parser<'a> {
    /// A list up to the parenthesis that closes it, which is read.
    pub(super) fn until_parenthesis(&mut self, open: Span) -> Program {
        let program = self.compound_list();
        if !self.take_operator(Operator::Close) {
            self.unclosed("parenthesis", open);
        }
        program
    }

    /// and_or lists separated by `;` and `&`, added to `items`; ends before whatever cannot go on with it. They
    /// are filled where they stay, here and below: moving what has just been written is slow.
    pub(super) fn list(&mut self, items: &mut Vec<Item>) {
        loop {
            // It may stand for nothing, or for what ends the list.
            while self.is_command_alias() {}
            if self.peek_token().ends_list() {
                return;
            }
            if items.capacity() == 0 {
                *items = Vec::with_capacity(4);
            }
            let item = items.push_mut(Item::default());
            if !self.and_or(&mut item.and_or) {
                return;
            }
            let token = *self.peek_token();
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
            self.list(&mut items);
            if *self.peek_token() != Token::Newline {
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
            let connector = match *self.peek_token() {
                Token::Operator(Operator::And) => Connector::And,
                Token::Operator(Operator::Or) => Connector::Or,
                _ => return true,
            };
            let operator = self.step_over_operator();
            let mut pipeline = Pipeline::default();
            if !self.pipeline(&mut pipeline) {
                self.missing("after", operator);
            }
            add(&mut and_or.rest, (connector, pipeline));
        }
    }

    fn pipeline(&mut self, pipeline: &mut Pipeline) -> bool {
        let mut negation = None;
        if let Token::Word(Some(_)) = *self.peek_token() {
            if !self.is_posix && self.take_reserved(Reserved::Time) {
                let is_portable = self.take_reserved(Reserved::Portable);
                self.take_reserved(Reserved::EndOfOptions);
                pipeline.timed = Some(if is_portable { Timed::Posix } else { Timed::Full });
            }
            pipeline.negated = self.take_reserved(Reserved::Not);
            negation = pipeline.negated.then(|| self.span());
        }
        let mut last = match (self.command(), negation) {
            (Some(command), _) => command,
            (None, Some(span)) => {
                self.missing("after", span);
                return false;
            }
            (None, None) if pipeline.timed.is_some() => Command::Simple(Box::default()),
            (None, None) => return false,
        };
        let from = self.commands.len();
        while let Token::Operator(operator @ (Operator::Pipe | Operator::PipeBoth)) = *self.peek_token() {
            if operator == Operator::PipeBoth {
                last.redirect(both_to_output(self.span()));
            }
            let operator = self.step_over_operator();
            match self.command() {
                Some(command) => self.commands.push(std::mem::replace(&mut last, command)),
                None => self.missing("after", operator),
            }
        }
        pipeline.commands = match self.commands.len() == from {
            true => Few::One(last),
            false => {
                self.commands.push(last);
                Few::Many(self.commands.drain(from..).collect())
            }
        };
        true
    }

    /// Steps over an operator that something must follow, and newlines. Returns where it is.
    fn step_over_operator(&mut self) -> Span {
        self.step();
        let span = self.span();
        self.linebreak();
        while self.is_command_alias() {
            self.linebreak();
        }
        span
    }

    fn command(&mut self) -> Option<Command> {
        loop {
            let token = *self.peek_token();
            if let Some(rule) = Self::compound_rule(token) {
                return Some(Command::Compound(Box::new(self.compound(rule))));
            }
            match token {
                token if token.ends_list() => return None,
                Token::Word(Some(Reserved::Not)) => {
                    self.step();
                    self.unexpected();
                    return None;
                }
                Token::Word(_) if !self.aliases.is_empty() && self.take_alias() => {}
                Token::Operator(_) => {
                    self.step();
                    self.missing("before", self.span());
                    return None;
                }
                _ => return Some(self.simple_command()),
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
            match *self.peek_token() {
                Token::Word(_) => {}
                Token::Operator(Operator::Open) if simple.is_function_name() => {
                    return self.function_definition(&simple);
                }
                Token::Operator(Operator::Open) => {
                    self.step();
                    self.unexpected();
                    continue;
                }
                token if token.is_redirect() => {
                    simple.span = start.to(self.io_redirect(&mut simple.redirects));
                    continue;
                }
                _ => return Command::Simple(simple),
            }
            if !self.aliases.is_empty() && self.is_alias_here(&simple) {
                continue;
            }
            simple.span.end = self.span().end;
            let may_assign = is_declaration || simple.words.is_empty();
            if may_assign && let Some(length) = self.assigned() {
                let assignment = self.take_word().into_assignment(length);
                match is_declaration {
                    true => simple.words.push(declaration(&assignment)),
                    false => add(&mut simple.assignments, assignment),
                }
                continue;
            }
            if may_declare {
                let name = self.unquoted().unwrap_or_default();
                is_declaration = matches!(name, b"export" | b"local" | b"readonly");
                may_declare = matches!(name, b"command" | [b'-', ..]);
            }
            if simple.words.is_empty() {
                simple.words = Vec::with_capacity(6);
            }
            self.push_word(&mut simple.words);
        }
    }

    /// Whether the next word, with which a command begins, was an alias.
    fn is_command_alias(&mut self) -> bool {
        !self.aliases.is_empty() && !matches!(*self.peek_token(), Token::Word(Some(_))) && self.take_alias()
    }

    /// Whether the next word was an alias: then its text is read instead.
    fn take_alias(&mut self) -> bool {
        let Token::Word(_) = *self.peek_token() else { return false };
        let Some(name) = self.unquoted().map(<[u8]>::to_vec) else { return false };
        let is_alias = self.substitute_alias(&name, self.span());
        self.has_token &= !is_alias;
        is_alias
    }

    /// The same for a word in a simple command: its name, or what follows an alias with a blank at its end.
    fn is_alias_here(&mut self, simple: &Simple) -> bool {
        let span = self.span();
        let is_name = simple.words.is_empty() && simple.span != span;
        (self.follows_alias_blank(span) || is_name) && self.take_alias()
    }

    /// Reads a redirection, with which the next token begins; `&>file` is two. Returns where it is.
    pub(super) fn io_redirect(&mut self, redirects: &mut Vec<Redirect>) -> Span {
        let start = self.span();
        let mut token = self.next_token();
        let mut number = None;
        if let Token::IoNumber(written) = token {
            number = Some(written);
            token = self.next_token();
        }
        let span = self.span();
        let (operator, both) = match token {
            Token::Redirect(operator) => (operator, false),
            Token::RedirectBoth(operator) => (operator, true),
            _ => return span,
        };
        let target = match operator {
            RedirectOperator::HereDocument => self.expect_here_document(false),
            RedirectOperator::HereDocumentTabs => self.expect_here_document(true),
            _ if matches!(*self.peek_token(), Token::Word(_)) => Some((self.take_word(), None)),
            _ => None,
        };
        let Some((target, body)) = target else {
            self.fail(Problem::MissingTarget(operator.as_str()), span);
            return span;
        };
        let span = start.to(target.span);
        let fd = number.unwrap_or_else(|| operator.default_fd());
        add(redirects, Redirect { fd, operator, target, body });
        if both {
            redirects.push(both_to_output(span));
        }
        span
    }

    #[inline(never)]
    pub(super) fn linebreak(&mut self) {
        while *self.peek_token() == Token::Newline {
            self.step();
        }
    }

    /// Steps over an operator, if it comes next.
    pub(super) fn take_operator(&mut self, operator: Operator) -> bool {
        let is_next = *self.peek_token() == Token::Operator(operator);
        self.has_token &= !is_next;
        is_next
    }

    /// Whether a reserved word comes next.
    pub(super) fn is_reserved(&mut self, word: Reserved) -> bool {
        *self.peek_token() == Token::Word(Some(word))
    }

    /// Steps over a reserved word, if it comes next.
    #[inline(never)]
    pub(super) fn take_reserved(&mut self, word: Reserved) -> bool {
        let is_next = self.is_reserved(word);
        if is_next {
            self.step();
            self.note_kind(Kind::Reserved, self.span());
        }
        is_next
    }

    /// The next token; its word and its place are kept until the one behind it is asked for. A reference, since a copy
    /// would be read in one piece from what has just been written in two, which is slow.
    pub(super) fn peek_token(&mut self) -> &Token {
        if !self.has_token {
            cold_path();
            self.read_token(true);
        }
        &self.token
    }

    /// A reserved word is no alias, where it is one. Only where aliases hold, or the tokens are noted, is more to be done
    /// than to scan. Not inlined: most who peek find a token there.
    #[inline(never)]
    pub(super) fn read_token(&mut self, may_be_reserved: bool) {
        match self.notes.is_some() || !self.aliases.is_empty() {
            true => self.read_watched(may_be_reserved),
            false => self.scan(),
        }
    }

    /// Reads a token and notes it; if it follows an alias with a blank at its end and is one, it reads the text of that,
    /// which may begin with another.
    #[cold]
    fn read_watched(&mut self, may_be_reserved: bool) {
        self.read_noted();
        let mut is_alias = false;
        while !(may_be_reserved && matches!(self.token, Token::Word(Some(_)))) {
            is_alias = (is_alias || self.follows_alias_blank(self.span())) && self.take_alias();
            if !is_alias {
                return;
            }
            self.read_noted();
        }
    }

    /// Reads a token and steps over it.
    pub(super) fn next_token(&mut self) -> Token {
        let token = *self.peek_token();
        self.step();
        token
    }

    /// Steps over the token that `peek_token` has seen.
    pub(super) fn step(&mut self) {
        self.has_token = false;
    }

    /// A command is missing before or after what is at `span`; at the end of the text, it may still come.
    #[cold]
    pub(super) fn missing(&mut self, place: &'static str, span: Span) {
        let operator = self.shown(span);
        self.fail_before(Problem::MissingCommand { place, operator }, span);
    }

    /// What opened at `open` is not closed by the next token.
    #[cold]
    pub(super) fn unclosed(&mut self, what: &'static str, open: Span) {
        match self.next_token() {
            Token::End => self.fail(Problem::Unclosed(what), open),
            _ => self.unexpected(),
        }
    }

    /// The token that was read last may not stand here.
    #[cold]
    pub(super) fn unexpected(&mut self) {
        let text = match self.token {
            Token::End => "end of the script".to_owned(),
            Token::Newline => "newline".to_owned(),
            _ => self.shown(self.span()),
        };
        self.fail_before(Problem::Unexpected(text), self.span());
    }

    fn shown(&self, span: Span) -> String {
        String::from_utf8_lossy(self.text_of(span)).into_owned()
    }
}

/// An assignment that is an operand of a declaration utility: it is expanded as an assignment is.
fn declaration(Assignment { name, value }: &Assignment) -> Word {
    let front = Part::Literal([&*name.text, b"="].concat().into());
    let parts: Vec<Part> = std::iter::once(front).chain(value.parts.iter().cloned()).collect();
    Word { parts: Parts::from(parts), is_single: true, span: value.span }
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
    let target = Word::plain(b"1", span);
    Redirect { fd: 2, operator: RedirectOperator::DuplicateOutput, target, body: None }
}
