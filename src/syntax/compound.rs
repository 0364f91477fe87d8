//! The grammar of compound commands (XCU 2.9.4) and function definitions (2.9.5).

use std::rc::Rc;

use super::ast::{
    CaseArm, Command, Compound, CompoundKind, Function, Name, PatternWord, Program, Simple, Word,
};
use super::grammar::add;
use super::outline::Kind;
use super::parser::Parser;
use super::token::{Operator, Reserved, Token};
use super::{Bytes, Problem, Span};

/// A rule for the inside of a compound command.
type Rule<'a> = fn(&mut Parser<'a>) -> CompoundKind;

impl<'a> Parser<'a> {
    /// The rule for the compound command that a token begins.
    pub(super) fn compound_rule(token: Token) -> Option<Rule<'a>> {
        Some(match token {
            Token::Operator(Operator::Open) => Self::subshell,
            Token::Word(Some(Reserved::OpenBrace)) => Self::brace_group,
            Token::Word(Some(Reserved::If)) => Self::if_clause,
            Token::Word(Some(Reserved::While | Reserved::Until)) => Self::loop_clause,
            Token::Word(Some(Reserved::For)) => Self::for_clause,
            Token::Word(Some(Reserved::Case)) => Self::case_clause,
            _ => return None,
        })
    }

    pub(super) fn compound(&mut self, rule: Rule<'a>) -> Compound {
        self.check_depth();
        let start = self.span();
        if let Token::Word(_) = *self.peek_token() {
            self.note_kind(Kind::Reserved, start);
        }
        let kind = rule(self);
        let mut span = self.since(start);
        let mut redirects = Vec::new();
        while self.peek_token().is_redirect() {
            span = span.to(self.io_redirect(&mut redirects));
        }
        Compound { kind, redirects, span }
    }

    fn brace_group(&mut self) -> CompoundKind {
        let open = self.open();
        CompoundKind::Brace(self.list_before("brace", Reserved::CloseBrace, open))
    }

    pub(super) fn subshell(&mut self) -> CompoundKind {
        let open = self.open();
        let program = self.until_parenthesis(open);
        if program.items.is_empty() {
            self.missing("before", self.span());
        }
        CompoundKind::Subshell(program)
    }

    fn if_clause(&mut self) -> CompoundKind {
        let (mut branches, mut otherwise) = (Vec::new(), None);
        let open = self.open();
        loop {
            let condition = self.list_before("`if`", Reserved::Then, open);
            let then = self.span();
            let body = self.compound_list();
            if body.items.is_empty() && *self.peek_token() != Token::End {
                self.missing("after", then);
            }
            add(&mut branches, (condition, body));
            if !self.take_reserved(Reserved::Elif) {
                break;
            }
        }
        if self.take_reserved(Reserved::Else) {
            otherwise = Some(self.list_before("`if`", Reserved::Fi, open));
        } else if !self.take_reserved(Reserved::Fi) {
            self.unclosed("`if`", open);
        }
        CompoundKind::If { branches, otherwise }
    }

    fn loop_clause(&mut self) -> CompoundKind {
        let until = self.is_reserved(Reserved::Until);
        let what = if until { "`until`" } else { "`while`" };
        let open = self.open();
        let condition = self.list_before(what, Reserved::Do, open);
        let body = self.list_before(what, Reserved::Done, open);
        CompoundKind::While { until, condition, body }
    }

    fn for_clause(&mut self) -> CompoundKind {
        let open = self.open();
        self.note_next(Kind::Argument);
        self.read_token(false);
        let name = match (self.next_token(), self.unquoted()) {
            (Token::Word(_), Some(name)) if Name::is_valid(name) => Name::new(name),
            (token, _) => {
                match token {
                    Token::End => self.fail(Problem::Unclosed("`for`"), open),
                    _ => self.fail(Problem::LoopVariable, self.span()),
                }
                Name::new(Bytes::default())
            }
        };
        let has_no_list = self.take_operator(Operator::Semicolon);
        self.linebreak();
        let mut words = None;
        if !has_no_list && self.take_reserved(Reserved::In) {
            self.note_next(Kind::Argument);
            let list = words.insert(Vec::with_capacity(4));
            while let Token::Word(_) = *self.peek_token() {
                self.push_word(list);
            }
            match *self.peek_token() {
                Token::Operator(Operator::Semicolon) | Token::Newline => self.step(),
                _ => self.unclosed("`for`", open),
            }
            self.linebreak();
        }
        if !self.take_reserved(Reserved::Do) {
            self.unclosed("`for`", open);
        }
        let body = self.list_before("`for`", Reserved::Done, open);
        CompoundKind::For { name, words, body }
    }

    fn case_clause(&mut self) -> CompoundKind {
        let open = self.open();
        self.note_next(Kind::Argument);
        let word = self.word_of_case(open);
        self.linebreak();
        if !self.take_reserved(Reserved::In) {
            self.unclosed("`case`", open);
        }
        let mut arms = Vec::with_capacity(4);
        loop {
            self.note_next(Kind::Argument);
            self.linebreak();
            if self.take_reserved(Reserved::Esac) {
                return CompoundKind::Case { word, arms };
            }
            let (arm, is_last) = self.case_item(open);
            arms.push(arm);
            if is_last && !self.is_reserved(Reserved::Esac) {
                self.unclosed("`case`", open);
                return CompoundKind::Case { word, arms };
            }
        }
    }

    /// An arm, and whether nothing ended it, so that `esac` must follow.
    fn case_item(&mut self, open: Span) -> (CaseArm, bool) {
        self.take_operator(Operator::Open);
        let mut patterns = Vec::with_capacity(2);
        loop {
            patterns.push(PatternWord::new(self.word_of_case(open)));
            match *self.peek_token() {
                Token::Operator(Operator::Pipe) => self.step(),
                Token::Operator(Operator::Close) => break self.step(),
                _ => break self.unclosed("`case`", open),
            }
        }
        let body = self.compound_list();
        let falls_through = self.take_operator(Operator::SemicolonAmpersand);
        let is_last = !falls_through && !self.take_operator(Operator::DoubleSemicolon);
        (CaseArm { patterns, body, falls_through }, is_last)
    }

    /// The word that `case` is about, or a pattern.
    fn word_of_case(&mut self, open: Span) -> Word {
        let Token::Word(_) = *self.peek_token() else {
            self.unclosed("`case`", open);
            return Word::default();
        };
        let word = self.take_word();
        self.note_kind(Kind::Argument, self.span());
        word
    }

    /// Behind `name`, with `(` next.
    pub(super) fn function_definition(&mut self, simple: &Simple) -> Command {
        self.step();
        if !self.take_operator(Operator::Close) {
            self.unexpected();
        }
        self.linebreak();
        let name = simple.words.first().and_then(|word| word.as_unquoted()).unwrap_or_default().into();
        let Some(rule) = Self::compound_rule(*self.peek_token()) else {
            self.fail_before(Problem::FunctionBody, self.span());
            return Command::Simple(Box::default());
        };
        let body = self.compound(rule);
        Command::Function(Rc::new(Function { name, body }))
    }

    /// Steps over what begins a compound command. Returns where it is.
    fn open(&mut self) -> Span {
        self.step();
        self.span()
    }

    /// A list that may not be empty, and the reserved word behind it.
    fn list_before(&mut self, what: &'static str, word: Reserved, open: Span) -> Program {
        let list = self.compound_list();
        if !self.take_reserved(word) {
            self.unclosed(what, open);
        } else if list.items.is_empty() {
            self.missing("before", self.span());
        }
        list
    }
}
