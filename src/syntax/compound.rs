//! The grammar of compound commands (XCU 2.9.4) and function definitions (2.9.5).

use std::rc::Rc;

use super::ast::{
    CaseArm, Command, Compound, CompoundKind, Function, Name, PatternWord, Program, Simple, Word,
};
use super::lexer::{Operator, Result, Token};
use super::outline::Kind;
use super::parser::{Parser, add};
use super::{Problem, Span};

/// A rule for the inside of a compound command.
type Rule<'a> = fn(&mut Parser<'a>) -> Result<CompoundKind>;

impl<'a> Parser<'a> {
    /// The rule for the compound command that a reserved word begins.
    pub(super) fn compound_rule(word: &[u8]) -> Option<Rule<'a>> {
        Some(match word {
            b"{" => Self::brace_group,
            b"if" => Self::if_clause,
            b"while" => Self::while_clause,
            b"until" => Self::until_clause,
            b"for" => Self::for_clause,
            b"case" => Self::case_clause,
            _ => return None,
        })
    }

    pub(super) fn compound_command(&mut self, rule: Rule<'a>) -> Result<Command> {
        Ok(Command::Compound(Box::new(self.compound(rule)?)))
    }

    fn compound(&mut self, rule: Rule<'a>) -> Result<Compound> {
        self.lexer.check_depth()?;
        let start = self.span()?;
        if let Token::Word(_) = self.peek()? {
            self.lexer.note_kind(Kind::Reserved, start);
        }
        let kind = rule(self)?;
        let mut span = self.lexer.since(start);
        let mut redirects = Vec::new();
        while let Some(end) = self.io_redirect(&mut redirects)? {
            span = span.to(end);
        }
        Ok(Compound { kind, redirects, span })
    }

    fn brace_group(&mut self) -> Result<CompoundKind> {
        let open = self.open()?;
        let program = self.compound_list()?;
        self.close("brace", "}", open, &program)?;
        Ok(CompoundKind::Brace(program))
    }

    pub(super) fn subshell(&mut self) -> Result<CompoundKind> {
        let open = self.open()?;
        let program = self.compound_list()?;
        if self.peek()? != Token::Operator(Operator::Close) {
            return Err(self.unclosed("parenthesis", open)?);
        }
        self.next()?;
        match program.items.is_empty() {
            true => Err(self.missing("before", ")", self.lexer.span())),
            false => Ok(CompoundKind::Subshell(program)),
        }
    }

    fn if_clause(&mut self) -> Result<CompoundKind> {
        let (mut branches, mut otherwise) = (Vec::new(), None);
        let open = self.open()?;
        loop {
            let condition = self.compound_list()?;
            self.close("`if`", "then", open, &condition)?;
            let body = self.compound_list()?;
            if body.items.is_empty() {
                return Err(self.empty("then", open)?);
            }
            add(&mut branches, (condition, body));
            if self.take_reserved("elif")?.is_none() {
                break;
            }
        }
        if self.take_reserved("else")?.is_some() {
            let body = self.compound_list()?;
            self.close("`if`", "fi", open, &body)?;
            otherwise = Some(body);
        } else if self.take_reserved("fi")?.is_none() {
            return Err(self.unclosed("`if`", open)?);
        }
        Ok(CompoundKind::If { branches, otherwise })
    }

    fn while_clause(&mut self) -> Result<CompoundKind> {
        self.loop_clause("`while`", false)
    }

    fn until_clause(&mut self) -> Result<CompoundKind> {
        self.loop_clause("`until`", true)
    }

    fn loop_clause(&mut self, what: &'static str, until: bool) -> Result<CompoundKind> {
        let open = self.open()?;
        let condition = self.compound_list()?;
        self.close(what, "do", open, &condition)?;
        let body = self.compound_list()?;
        self.close(what, "done", open, &body)?;
        Ok(CompoundKind::While { until, condition, body })
    }

    fn for_clause(&mut self) -> Result<CompoundKind> {
        let open = self.open()?;
        self.lexer.note_next(Kind::Argument);
        self.read_token(false)?;
        let token = self.next()?;
        let name = match self.lexer.unquoted() {
            Some(name) if matches!(token, Token::Word(_)) && Name::is_valid(name) => Name::new(name),
            _ if token == Token::End => return Err(self.lexer.incomplete(Problem::Unclosed("`for`"), open)),
            _ => return Err(self.lexer.error(Problem::LoopVariable, self.lexer.span())),
        };
        let mut words = None;
        if self.peek()? == Token::Operator(Operator::Semicolon) {
            self.next()?;
            self.linebreak()?;
        } else {
            self.linebreak()?;
            if self.take_reserved("in")?.is_some() {
                self.lexer.note_next(Kind::Argument);
                let mut list = Vec::new();
                while let Token::Word(_) = self.peek()? {
                    list.push(self.take_word());
                }
                words = Some(list);
                match self.peek()? {
                    Token::Operator(Operator::Semicolon) | Token::Newline => self.next()?,
                    _ => return Err(self.unclosed("`for`", open)?),
                };
                self.linebreak()?;
            }
        }
        if self.take_reserved("do")?.is_none() {
            return Err(self.unclosed("`for`", open)?);
        }
        let body = self.compound_list()?;
        self.close("`for`", "done", open, &body)?;
        Ok(CompoundKind::For { name, words, body })
    }

    fn case_clause(&mut self) -> Result<CompoundKind> {
        let open = self.open()?;
        self.lexer.note_next(Kind::Argument);
        let word = self.word_of_case(open)?;
        self.linebreak()?;
        if self.take_reserved("in")?.is_none() {
            return Err(self.unclosed("`case`", open)?);
        }
        let mut arms = Vec::new();
        loop {
            self.lexer.note_next(Kind::Argument);
            self.linebreak()?;
            if self.take_reserved("esac")?.is_some() {
                return Ok(CompoundKind::Case { word, arms });
            }
            let (arm, is_last) = self.case_item(open)?;
            arms.push(arm);
            if is_last && !self.is_reserved("esac")? {
                return Err(self.unclosed("`case`", open)?);
            }
        }
    }

    /// An arm, and whether nothing ended it, so that `esac` must follow.
    fn case_item(&mut self, open: Span) -> Result<(CaseArm, bool)> {
        if self.peek()? == Token::Operator(Operator::Open) {
            self.next()?;
        }
        let mut patterns = Vec::new();
        loop {
            add(&mut patterns, PatternWord::new(self.word_of_case(open)?));
            match self.peek()? {
                Token::Operator(Operator::Pipe) => self.next()?,
                Token::Operator(Operator::Close) => break,
                _ => return Err(self.unclosed("`case`", open)?),
            };
        }
        self.next()?;
        let body = self.compound_list()?;
        let (falls_through, is_last) = match self.peek()? {
            Token::Operator(Operator::DoubleSemicolon) => (false, false),
            Token::Operator(Operator::SemicolonAmpersand) => (true, false),
            _ => (false, true),
        };
        if !is_last {
            self.next()?;
        }
        Ok((CaseArm { patterns, body, falls_through }, is_last))
    }

    /// The word that `case` is about, or a pattern.
    fn word_of_case(&mut self, open: Span) -> Result<Word> {
        let Token::Word(_) = self.peek()? else { return Err(self.unclosed("`case`", open)?) };
        let word = self.take_word();
        self.lexer.note_kind(Kind::Argument, self.lexer.span());
        Ok(word)
    }

    /// Behind `name`, with `(` next.
    pub(super) fn function_definition(&mut self, simple: &Simple) -> Result<Command> {
        self.next()?;
        match self.next()? {
            Token::Operator(Operator::Close) => {}
            token => return Err(self.unexpected(token)),
        }
        self.linebreak()?;
        let name = simple.words.first().and_then(|word| word.as_unquoted()).unwrap_or_default().into();
        let rule: Option<Rule<'a>> = match self.peek()? {
            Token::Word(true) => self.lexer.unquoted().and_then(Self::compound_rule),
            Token::Operator(Operator::Open) => Some(Self::subshell),
            _ => None,
        };
        let Some(rule) = rule else {
            let token = self.next()?;
            let error = self.lexer.error(Problem::FunctionBody, self.lexer.span());
            return Err(Box::new(super::SyntaxError { incomplete: token == Token::End, ..*error }));
        };
        let body = self.compound(rule)?;
        Ok(Command::Function(Rc::new(Function { name, body })))
    }

    /// Steps over what begins a compound command. Returns where it is.
    fn open(&mut self) -> Result<Span> {
        self.next()?;
        Ok(self.lexer.span())
    }

    /// Steps over the reserved word that ends `list`, which may not be empty.
    fn close(&mut self, what: &'static str, word: &'static str, open: Span, list: &Program) -> Result<()> {
        let Some(span) = self.take_reserved(word)? else { return Err(self.unclosed(what, open)?) };
        match list.items.is_empty() {
            true => Err(self.missing("before", word, span)),
            false => Ok(()),
        }
    }

    /// Nothing stands after `word`.
    fn empty(&mut self, word: &'static str, open: Span) -> Result<Box<super::SyntaxError>> {
        let span = self.span()?;
        match self.peek()? {
            Token::End => self.unclosed("`if`", open),
            _ => Ok(self.missing("after", word, span)),
        }
    }
}
