//! Token recognition (XCU 2.3): operators, blanks, comments, line continuation, alias substitution (2.3.1).
//! Words are in `word`, here-documents in `here_document`.

use std::collections::BTreeMap;
use std::rc::Rc;

use bstr::ByteSlice;

use super::ast::{Name, RedirectOperator, Word};
use super::here_document::Pending;
use super::outline::{Kind, Notes};
use super::token::{Operator, Reserved, Token};
use super::word::{Collected, is_plain};
use super::{Bytes, Excerpt, Problem, Refill, Span, SyntaxError};

/// Alias names and what they stand for.
pub type Aliases = BTreeMap<Bytes, Bytes>;

/// The stack that parsing a text may use, so that no script overruns it by nesting. Unoptimized frames are
/// large.
const STACK: usize = if cfg!(debug_assertions) { 5 << 20 } else { 2 << 20 };

/// Why nothing more can be read.
struct Failure {
    error: Box<SyntaxError>,
    /// What had been noted up to there.
    notes: Option<Box<Notes>>,
}

/// An alias whose text is being read, or was read right before.
struct ActiveAlias {
    name: Bytes,
    /// Where its text ends.
    end: usize,
    /// It has a blank at its end: the next word may be an alias too.
    ends_blank: bool,
}

#[derive(Default)]
pub struct Lexer<'a> {
    pub text: Vec<u8>,
    pub position: usize,
    pub line: u32,
    refill: Option<Refill<'a>>,
    /// The text ended behind a `\` newline: a person is not finished.
    pub continued: bool,
    /// Here-documents whose lines have not come yet.
    pub pending: Vec<Pending>,
    pub aliases: Rc<Aliases>,
    /// Aliases whose text is being read, and where it ends: they are not substituted in it again.
    active: Vec<ActiveAlias>,
    /// What is known of `((` further on: whether an arithmetic expansion begins there.
    pub arithmetic: BTreeMap<usize, bool>,
    /// Up to where the text was given to those who show it.
    shown: usize,
    /// Without the additions to POSIX.
    pub is_posix: bool,
    /// The address under which the stack may not grow.
    floor: usize,
    /// What is noted for an outline, if one is wanted.
    pub notes: Option<Box<Notes>>,
    /// The first syntax error. Behind it the text is at its end, so that each rule comes to its own end.
    failure: Option<Failure>,
    pub parts: Collected,
    /// The token that was read last.
    pub token: Token,
    /// Its word, unless it is plain text: most are, and reserved words and
    /// names need to be no more.
    word: Option<Word>,
    /// Where the last token begins and ends, and the line that it begins on.
    start: usize,
    end: usize,
    start_line: u32,
}

impl<'a> Lexer<'a> {
    pub fn new(text: Vec<u8>, refill: Option<Refill<'a>>) -> Lexer<'a> {
        let mut lexer = Lexer { text, line: 1, refill, ..Lexer::default() };
        lexer.limit_stack(STACK);
        lexer
    }

    pub fn limit_stack(&mut self, bytes: usize) {
        self.floor = stack_address().saturating_sub(bytes.min(STACK));
    }

    /// A lexer for a text that was cut out of this one's, at `line`.
    fn nested(&self, text: Vec<u8>, line: u32) -> Lexer<'static> {
        let (aliases, is_posix, floor) = (Rc::clone(&self.aliases), self.is_posix, self.floor);
        Lexer { text, line, aliases, is_posix, floor, ..Lexer::default() }
    }

    /// A lexer for what lies between the places `start` and `end`, where this text reads `text`. It notes
    /// pieces for this one only if it can read the same bytes.
    pub fn within(&mut self, text: Vec<u8>, start: Span, end: Span) -> Lexer<'static> {
        let (from, to) = (start.start as usize, end.start as usize);
        match self.text.get(..to) {
            Some(whole) if self.notes.is_some() && whole.get(from..) == Some(&*text) => {
                let whole = whole.to_vec();
                Lexer { position: from, notes: self.notes.take(), ..self.nested(whole, start.line) }
            }
            _ => self.nested(text, start.line),
        }
    }

    /// Refuses to go deeper when the stack comes to its end.
    pub fn check_depth(&mut self) {
        if stack_address() < self.floor {
            self.fail(Problem::TooDeep, self.mark());
        }
    }

    /// Forgets text that is behind, so that a long session does not keep all of it.
    pub fn forget(&mut self) {
        if self.position == self.text.len() && self.notes.is_none() {
            self.text.clear();
            self.position = 0;
            self.shown = 0;
            self.arithmetic.clear();
            self.active.clear();
        }
    }

    pub fn drop_line(&mut self) {
        self.position = self.text.len();
        self.pending.clear();
    }

    /// Reads a token into `token`, and remembers its place.
    pub fn read_token(&mut self) {
        if self.notes.is_some() {
            return self.read_noted();
        }
        let text = self.text.as_slice();
        let mut start = self.position;
        while let Some(b' ' | b'\t') = text.get(start) {
            start += 1;
        }
        let mut end = start;
        while text.get(end).is_some_and(|&byte| is_plain(byte)) {
            end += 1;
        }
        self.position = start;
        let word = text.get(start..end).unwrap_or_default();
        match (word, text.get(end)) {
            ([], Some(b'\n')) if self.pending.is_empty() => {
                (self.start, self.end, self.position) = (start, start + 1, start + 1);
                self.start_line = self.line;
                self.line += 1;
                self.token = Token::Newline;
            }
            ([] | [b'#', ..], _) => self.read_other(),
            (word, Some(b' ' | b'\t' | b'\n' | b'&' | b'|' | b';' | b'(' | b')')) => {
                self.token = Token::Word(Reserved::of(word));
                self.word = None;
                (self.start, self.end, self.position) = (start, end, end);
                self.start_line = self.line;
            }
            _ => self.read_other(),
        }
    }

    /// Reads any token.
    #[inline(never)]
    pub fn read_other(&mut self) {
        if matches!(self.text.get(self.position), None | Some(b'\\' | b'#' | b' ' | b'\t')) {
            self.skip_blanks();
        }
        (self.start, self.start_line) = (self.position, self.line);
        self.token = match self.peek() {
            None => {
                self.here_documents();
                Token::End
            }
            Some(b'\n') => {
                self.position += 1;
                self.line += 1;
                if !self.pending.is_empty() {
                    self.here_documents();
                }
                Token::Newline
            }
            Some(0) => {
                self.fail(Problem::Nul, self.mark());
                Token::End
            }
            Some(byte @ (b'<' | b'>')) if !self.begins_process_substitution() => {
                self.position += 1;
                self.operator(byte)
            }
            Some(byte @ (b'&' | b'|' | b';' | b'(' | b')')) => {
                self.position += 1;
                self.operator(byte)
            }
            Some(_) => {
                self.word = Some(self.word());
                self.end = self.position;
                self.kind_of_word()
            }
        };
        self.end = self.position;
    }

    /// What the word that has just been read is.
    fn kind_of_word(&mut self) -> Token {
        let Some(text) = self.unquoted() else { return Token::Word(None) };
        let is_number =
            matches!(self.unread(), [b'<' | b'>' | b'\\', ..]) && text.iter().all(u8::is_ascii_digit);
        if !is_number {
            return Token::Word(Reserved::of(text));
        }
        let digits = String::from_utf8_lossy(text).into_owned();
        match (self.peek(), digits.parse()) {
            (Some(b'<' | b'>'), Ok(number)) => return Token::IoNumber(number),
            (Some(b'<' | b'>'), Err(_)) => self.fail(Problem::BigDescriptor(digits), self.span()),
            _ => {}
        }
        Token::Word(None)
    }

    /// The text of the word that was the last token, if all of it is unquoted text.
    #[inline]
    pub fn unquoted(&self) -> Option<&[u8]> {
        match &self.word {
            None => self.text.get(self.start..self.end),
            Some(word) => word.as_unquoted(),
        }
    }

    /// Whether the word that was the last token is an assignment (XCU 2.9.1).
    #[inline]
    pub fn is_assignment(&self) -> bool {
        let text = match &self.word {
            None => self.text.get(self.start..self.end).unwrap_or_default(),
            Some(word) => word.literal_front(),
        };
        text.iter()
            .position(|&byte| byte == b'=')
            .is_some_and(|end| Name::is_valid(text.get(..end).unwrap_or_default()))
    }

    /// The word that was the last token.
    #[inline]
    pub fn take_word(&mut self) -> Word {
        match self.word.take() {
            None => Word::plain(self.text.get(self.start..self.end).unwrap_or_default(), self.span()),
            Some(word) => word,
        }
    }

    /// Where the last token is.
    #[inline]
    pub fn span(&self) -> Span {
        Span { start: offset(self.start), end: offset(self.end), line: self.start_line }
    }

    /// The longest operator that begins with `first`, which is behind.
    #[inline]
    fn operator(&mut self, first: u8) -> Token {
        use Token::{Operator as Control, Redirect};
        let additions = !self.is_posix;
        match first {
            b'(' => Control(Operator::Open),
            b')' => Control(Operator::Close),
            b';' if self.take(b';') => Control(Operator::DoubleSemicolon),
            b';' if self.take(b'&') => Control(Operator::SemicolonAmpersand),
            b';' => Control(Operator::Semicolon),
            b'&' if self.take(b'&') => Control(Operator::And),
            b'&' if additions && self.take(b'>') => match self.take(b'>') {
                true => Control(Operator::AppendBoth),
                false => Control(Operator::OutputBoth),
            },
            b'&' => Control(Operator::Ampersand),
            b'|' if self.take(b'|') => Control(Operator::Or),
            b'|' if additions && self.take(b'&') => Control(Operator::PipeBoth),
            b'|' => Control(Operator::Pipe),
            b'<' if self.take(b'<') => match (self.take(b'-'), additions) {
                (true, _) => Redirect(RedirectOperator::HereDocumentTabs),
                (false, true) if self.take(b'<') => Redirect(RedirectOperator::HereString),
                _ => Redirect(RedirectOperator::HereDocument),
            },
            b'<' if self.take(b'>') => Redirect(RedirectOperator::ReadWrite),
            b'<' if self.take(b'&') => Redirect(RedirectOperator::DuplicateInput),
            b'<' => Redirect(RedirectOperator::Input),
            _ if self.take(b'>') => Redirect(RedirectOperator::Append),
            _ if self.take(b'|') => Redirect(RedirectOperator::Clobber),
            _ if self.take(b'&') => Redirect(RedirectOperator::DuplicateOutput),
            _ => Redirect(RedirectOperator::Output),
        }
    }

    /// Whether `<(` or `>(` comes next.
    pub fn begins_process_substitution(&mut self) -> bool {
        !self.is_posix && matches!(self.peek(), Some(b'<' | b'>')) && self.peek_after() == Some(b'(')
    }

    /// Steps over `byte` if it comes next.
    pub fn take(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        if is_next {
            self.advance();
        }
        is_next
    }

    pub fn skip_blanks(&mut self) {
        loop {
            while let Some(b' ' | b'\t') = self.text.get(self.position) {
                self.position += 1;
            }
            match self.text.get(self.position).copied() {
                Some(b'#') => self.skip_comment(),
                Some(b'\\') | None if matches!(self.peek(), Some(b' ' | b'\t' | b'#')) => {}
                _ => return,
            }
        }
    }

    fn skip_comment(&mut self) {
        let piece = self.begin_piece(Kind::Comment, self.mark());
        let line = self.unread().lines().next().unwrap_or_default();
        self.position += line.find_byte(0).unwrap_or(line.len());
        self.end_piece(piece);
    }

    /// Steps over blanks, comments and empty lines; whether nothing comes behind them.
    pub fn is_at_end(&mut self) -> bool {
        loop {
            self.skip_blanks();
            match self.peek() {
                None => return true,
                Some(b'\n') => self.advance(),
                Some(_) => return false,
            }
        }
    }

    /// The next byte, line continuations (`\` newline) removed.
    #[inline]
    pub fn peek(&mut self) -> Option<u8> {
        match self.text.get(self.position) {
            Some(&byte) if byte != b'\\' => Some(byte),
            _ => self.peek_beyond(),
        }
    }

    #[cold]
    fn peek_beyond(&mut self) -> Option<u8> {
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

    /// The byte `distance` bytes ahead.
    pub fn peek_ahead(&mut self, distance: usize) -> Option<u8> {
        self.byte_at(self.position + distance)
    }

    #[inline]
    fn byte_at(&mut self, position: usize) -> Option<u8> {
        match self.text.get(position) {
            Some(&byte) => Some(byte),
            None => self.refilled(position),
        }
    }

    #[cold]
    fn refilled(&mut self, position: usize) -> Option<u8> {
        while position >= self.text.len() && self.failure.is_none() {
            let line = self.refill.as_mut()?()?;
            self.text.extend_from_slice(&line);
        }
        self.text.get(position).copied()
    }

    #[inline]
    pub fn advance(&mut self) {
        if self.text.get(self.position) == Some(&b'\n') {
            self.line += 1;
        }
        self.position += 1;
    }

    /// The run of bytes from here on that all fulfil `ordinary`, which no newline may; steps over it.
    pub fn run(&mut self, ordinary: impl Fn(u8) -> bool) -> &[u8] {
        let start = self.position;
        let rest = self.unread();
        self.position += rest.iter().position(|&byte| !ordinary(byte)).unwrap_or(rest.len());
        self.text.get(start..self.position).unwrap_or_default()
    }

    /// The rest of this line with its newline, as it stands; steps over it. Empty at the end of the text.
    pub fn raw_line(&mut self) -> Vec<u8> {
        let mut line = Vec::new();
        while let Some(byte) = self.peek_raw() {
            self.advance();
            line.push(byte);
            if byte == b'\n' {
                break;
            }
        }
        line
    }

    /// Reads a word again as the text of its alias, if it is the name of one that is not being read already
    /// (XCU 2.3.1). `span` is the word, the last thing that was read.
    pub fn substitute_alias(&mut self, name: &[u8], span: Span) -> bool {
        let Some(value) = self.aliases.get(name).cloned() else { return false };
        let (start, end) = (span.start as usize, self.position);
        self.active.retain(|alias| alias.end > start);
        if self.active.iter().any(|alias| *alias.name == *name) || start > end {
            return false;
        }
        self.text.splice(start..end, value.iter().copied());
        self.arithmetic.clear();
        self.position = start;
        self.line = span.line;
        let new_end = start + value.len();
        for alias in &mut self.active {
            alias.end = (alias.end + value.len()).saturating_sub(end - start);
        }
        let ends_blank = matches!(value.last(), Some(b' ' | b'\t'));
        self.active.push(ActiveAlias { name: name.into(), end: new_end, ends_blank });
        true
    }

    /// Whether the word at `span` is the first after the text of an alias that ends with a blank.
    pub fn follows_alias_blank(&mut self, span: Span) -> bool {
        let mut follows = false;
        for alias in self.active.iter_mut().filter(|alias| alias.end <= span.start as usize) {
            follows |= std::mem::take(&mut alias.ends_blank);
        }
        follows
    }

    pub fn set_line(&mut self, line: u32) {
        self.line = line;
    }

    /// The text that has been read since this was last asked.
    pub fn take_text(&mut self) -> &[u8] {
        let from = self.shown.min(self.position);
        self.shown = self.position;
        self.text.get(from..self.position).unwrap_or_default()
    }

    /// Where reading goes on, to come back to it.
    pub fn bookmark(&self) -> (usize, u32) {
        (self.position, self.line)
    }

    /// Goes back to where `bookmark` was.
    pub fn go_back(&mut self, (position, line): (usize, u32)) {
        (self.position, self.line) = (position, line);
    }

    pub fn mark(&self) -> Span {
        let position = offset(self.position);
        Span { start: position, end: position, line: self.line }
    }

    pub fn since(&self, start: Span) -> Span {
        start.to(self.mark())
    }

    /// The text from here on, as far as it is there.
    #[inline]
    pub fn unread(&self) -> &[u8] {
        self.text.get(self.position..).unwrap_or_default()
    }

    pub fn text_of(&self, span: Span) -> &[u8] {
        self.text.get(span.start as usize..span.end as usize).unwrap_or_default()
    }

    /// What is wrong at `span`, if it is the first error.
    #[cold]
    pub fn fail(&mut self, problem: Problem, span: Span) {
        self.give_up(self.error(problem, span, false));
    }

    /// The same for an error that more text could mend.
    #[cold]
    pub fn fail_incomplete(&mut self, problem: Problem, span: Span) {
        self.give_up(self.error(problem, span, true));
    }

    fn error(&self, problem: Problem, span: Span, incomplete: bool) -> Box<SyntaxError> {
        Box::new(SyntaxError { problem, excerpt: Excerpt::new(&self.text, span), incomplete })
    }

    #[cold]
    pub fn give_up(&mut self, error: Box<SyntaxError>) {
        if self.failure.is_none() {
            self.failure = Some(Failure { error, notes: self.notes.take() });
            self.text.truncate(self.position);
            self.pending.clear();
            self.token = Token::End;
        }
    }

    /// The first syntax error, which is forgotten, or what was read.
    ///
    /// # Errors
    /// That error.
    pub fn outcome<T>(&mut self, read: T) -> Result<T, Box<SyntaxError>> {
        let Some(failure) = self.failure.take() else { return Ok(read) };
        self.notes = failure.notes;
        Err(failure.error)
    }
}

/// A place as spans hold it: those behind 4 GiB of one command are not told right.
#[allow(clippy::cast_possible_truncation)]
fn offset(position: usize) -> u32 {
    position as u32
}

/// About where the stack is now.
fn stack_address() -> usize {
    let here = 0_u8;
    std::ptr::from_ref(&here).addr()
}
