//! Token recognition (XCU 2.3): operators, blanks, comments, line continuation. Words are in `word`.

use super::ast::{Part, RedirectOperator, Word};
use super::{Excerpt, Problem, Refill, Span, SyntaxError};

/// What the grammar is made of.
#[derive(Debug, Clone, PartialEq)]
pub enum Token {
    Word(Word),
    /// Digits right before `<` or `>`.
    IoNumber(i32),
    Operator(Operator),
    Redirect(RedirectOperator),
    Newline,
    End,
}

/// The control operators, and what minish does not know yet but must not misread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    And,
    Or,
    Semicolon,
    DoubleSemicolon,
    Ampersand,
    Pipe,
    Open,
    Close,
    /// `<<`, `<<-`, `<<<`, `|&`, `&>`
    Unsupported(&'static str),
}

/// Longest first where one begins another.
const OPERATORS: &[(&str, Operator)] = &[
    ("&&", Operator::And),
    ("&>", Operator::Unsupported("&>")),
    ("&", Operator::Ampersand),
    ("||", Operator::Or),
    ("|&", Operator::Unsupported("|&")),
    ("|", Operator::Pipe),
    (";;", Operator::DoubleSemicolon),
    (";", Operator::Semicolon),
    ("(", Operator::Open),
    (")", Operator::Close),
    ("<<<", Operator::Unsupported("<<<")),
    ("<<-", Operator::Unsupported("<<-")),
    ("<<", Operator::Unsupported("<<")),
];

const REDIRECTS: &[RedirectOperator] = &[
    RedirectOperator::ReadWrite,
    RedirectOperator::DuplicateInput,
    RedirectOperator::Input,
    RedirectOperator::Append,
    RedirectOperator::Clobber,
    RedirectOperator::DuplicateOutput,
    RedirectOperator::Output,
];

impl Operator {
    pub fn as_str(self) -> &'static str {
        match self {
            Operator::Unsupported(text) => text,
            _ => OPERATORS.iter().find(|(_, operator)| *operator == self).map_or("", |(text, _)| text),
        }
    }
}

pub struct Lexer<'a> {
    text: Vec<u8>,
    position: usize,
    line: u32,
    refill: Option<Refill<'a>>,
    /// The text ended behind a `\` newline: a person is not finished.
    pub continued: bool,
}

impl<'a> Lexer<'a> {
    pub fn new(text: Vec<u8>, refill: Option<Refill<'a>>) -> Lexer<'a> {
        Lexer { text, position: 0, line: 1, refill, continued: false }
    }

    /// Forgets text that is behind, so that a long session does not keep all of it.
    pub fn forget(&mut self) {
        if self.position == self.text.len() {
            self.text.clear();
            self.position = 0;
        }
    }

    pub fn token(&mut self) -> Result<(Token, Span), SyntaxError> {
        self.skip_blanks();
        let start = self.mark();
        let token = match self.peek() {
            None => Token::End,
            Some(b'\n') => {
                self.advance();
                Token::Newline
            }
            Some(0) => return Err(self.error(Problem::Nul, self.since(start))),
            Some(b'&' | b'|' | b';' | b'(' | b')' | b'<' | b'>') => self.operator(),
            Some(_) => self.word_or_number()?,
        };
        Ok((token, self.since(start)))
    }

    fn word_or_number(&mut self) -> Result<Token, SyntaxError> {
        let word = self.word()?;
        if let [Part::Literal(digits)] = &*word.parts
            && digits.iter().all(u8::is_ascii_digit)
            && matches!(self.peek(), Some(b'<' | b'>'))
        {
            let digits = String::from_utf8_lossy(digits);
            return match digits.parse() {
                Ok(number) => Ok(Token::IoNumber(number)),
                Err(_) => Err(self.error(Problem::BigDescriptor(digits.into_owned()), word.span)),
            };
        }
        Ok(Token::Word(word))
    }

    fn operator(&mut self) -> Token {
        for (text, operator) in OPERATORS {
            if self.take(text) {
                return Token::Operator(*operator);
            }
        }
        for redirect in REDIRECTS {
            if self.take(redirect.as_str()) {
                return Token::Redirect(*redirect);
            }
        }
        Token::End
    }

    /// Steps over `text` if it comes next, line continuations inside it left out.
    fn take(&mut self, text: &str) -> bool {
        let before = (self.position, self.line);
        for &byte in text.as_bytes() {
            if self.peek() != Some(byte) {
                (self.position, self.line) = before;
                return false;
            }
            self.advance();
        }
        true
    }

    fn skip_blanks(&mut self) {
        loop {
            match self.peek() {
                Some(b' ' | b'\t') => self.advance(),
                Some(b'#') => {
                    while !matches!(self.peek_raw(), None | Some(b'\n' | 0)) {
                        self.advance();
                    }
                }
                _ => return,
            }
        }
    }

    /// The next byte, line continuations (`\` newline) removed.
    pub fn peek(&mut self) -> Option<u8> {
        loop {
            let byte = self.peek_raw()?;
            if byte != b'\\' || self.peek_after() != Some(b'\n') {
                return Some(byte);
            }
            self.advance();
            self.advance();
            self.continued = self.peek_raw().is_none();
        }
    }

    /// The next byte as it stands.
    pub fn peek_raw(&mut self) -> Option<u8> {
        self.byte_at(self.position)
    }

    /// The byte after the next.
    pub fn peek_after(&mut self) -> Option<u8> {
        self.byte_at(self.position + 1)
    }

    fn byte_at(&mut self, position: usize) -> Option<u8> {
        while position >= self.text.len() {
            let line = self.refill.as_mut()?()?;
            self.text.extend_from_slice(&line);
        }
        self.text.get(position).copied()
    }

    pub fn advance(&mut self) {
        if self.text.get(self.position) == Some(&b'\n') {
            self.line += 1;
        }
        self.position += 1;
    }

    /// The run of bytes from here on that all fulfil `ordinary`, which no newline may; steps over it.
    pub fn run(&mut self, ordinary: impl Fn(u8) -> bool) -> &[u8] {
        let start = self.position;
        let rest = self.text.get(start..).unwrap_or_default();
        self.position += rest.iter().position(|&byte| !ordinary(byte)).unwrap_or(rest.len());
        self.text.get(start..self.position).unwrap_or_default()
    }

    pub fn mark(&self) -> Span {
        let position = u32::try_from(self.position).unwrap_or(u32::MAX);
        Span { start: position, end: position, line: self.line }
    }

    pub fn since(&self, start: Span) -> Span {
        start.to(self.mark())
    }

    pub fn text_of(&self, span: Span) -> &[u8] {
        self.text.get(span.start as usize..span.end as usize).unwrap_or_default()
    }

    pub fn error(&self, problem: Problem, span: Span) -> SyntaxError {
        SyntaxError { problem, excerpt: Excerpt::new(&self.text, span), incomplete: false }
    }

    /// An error that more text could mend.
    pub fn incomplete(&self, problem: Problem, span: Span) -> SyntaxError {
        SyntaxError { incomplete: true, ..self.error(problem, span) }
    }
}
