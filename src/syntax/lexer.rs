//! Token recognition (XCU 2.3): operators, blanks, comments, line continuation, alias substitution (2.3.1).
//! Words are in `word`, here-documents in `here_document`.

use std::hint::cold_path;

use super::ast::{Name, RedirectOperator, Word};
use super::outline::Kind;
use super::parser::{ActiveAlias, Parser};
use super::token::{Operator, Reserved, Token};
use super::word::{PLAIN, is_in};
use super::{Problem, Span};

impl Parser<'_> {
    /// Reads a token into `token`, and remembers its place. Whatever has to be called is called last, so that no
    /// registers are saved for it.
    #[inline(always)]
    pub(super) fn scan(&mut self) {
        let mut end = self.position;
        while let Some(b' ' | b'\t') = self.text.get(end) {
            end += 1;
        }
        let start = end;
        while self.text.get(end).copied().is_some_and(|byte| is_in(&PLAIN, byte)) {
            end += 1;
        }
        (self.start, self.start_line) = (start, self.line);
        match self.text.get(end).copied() {
            Some(b' ' | b'\t' | b'\n' | b'&' | b'|' | b';' | b'(' | b')') if end > start => {
                self.plain_word(end)
            }
            // No pattern, but the name of a utility.
            Some(b'[') if end == start && self.text.get(end + 1) == Some(&b' ') => self.plain_word(end + 1),
            Some(b'\n') if self.pending.is_empty() => {
                self.token = Token::Newline;
                self.line += 1;
                (self.end, self.position, self.has_token) = (end + 1, end + 1, true);
            }
            Some(byte @ (b'&' | b'|' | b';' | b'(' | b')')) => {
                self.position = end + 1;
                self.operator(byte);
            }
            Some(b'"' | b'\'' | b'$') if end == start => self.quoted_word(),
            _ => {
                self.position = start;
                self.read_other();
            }
        }
    }

    /// A word whose text says all.
    #[inline(never)]
    fn plain_word(&mut self, end: usize) {
        (self.end, self.position, self.has_token) = (end, end, true);
        self.token = Token::Word(Reserved::of(self.text.get(self.start..end).unwrap_or_default()));
        // Most words have been taken.
        if self.word.is_some() {
            cold_path();
            self.word = None;
        }
    }

    /// Reads any token.
    #[inline(never)]
    pub(super) fn read_other(&mut self) {
        if matches!(self.text.get(self.position), None | Some(b'\\' | b'#' | b' ' | b'\t')) {
            self.skip_blanks();
        }
        let (start, line) = (self.position, self.line);
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
            Some(byte @ (b'<' | b'>' | b'&' | b'|' | b';' | b'(' | b')'))
                if !self.begins_process_substitution() =>
            {
                self.position += 1;
                self.operator(byte);
                self.token
            }
            Some(_) => {
                let word = self.word();
                let span = word.span;
                self.word = Some(word);
                self.kind_of_word(span)
            }
        };
        // The word may have held others.
        (self.start, self.end, self.start_line, self.has_token) = (start, self.position, line, true);
    }

    /// What the word that has just been read is.
    fn kind_of_word(&mut self, span: Span) -> Token {
        let Some(text) = self.unquoted() else { return Token::Word(None) };
        let is_number =
            matches!(self.unread(), [b'<' | b'>' | b'\\', ..]) && text.iter().all(u8::is_ascii_digit);
        if !is_number {
            return Token::Word(Reserved::of(text));
        }
        let digits = String::from_utf8_lossy(text).into_owned();
        match (self.peek(), digits.parse()) {
            (Some(b'<' | b'>'), Ok(number)) => return Token::IoNumber(number),
            (Some(b'<' | b'>'), Err(_)) => self.fail(Problem::BigDescriptor(digits), span),
            _ => {}
        }
        Token::Word(None)
    }

    /// The text of the word that was the last token, if all of it is unquoted text.
    pub(super) fn unquoted(&self) -> Option<&[u8]> {
        match &self.word {
            None => self.text.get(self.start..self.end),
            Some(word) => word.as_unquoted(),
        }
    }

    /// How long the name is, if the word that was the last token is an assignment.
    pub(super) fn assigned(&self) -> Option<usize> {
        Name::assigned(match &self.word {
            None => self.text.get(self.start..self.end).unwrap_or_default(),
            Some(word) => word.literal_front(),
        })
    }

    /// The word that was the last token.
    #[inline(never)]
    pub(super) fn take_word(&mut self) -> Word {
        self.has_token = false;
        match self.word.take() {
            None => Word::plain(self.text.get(self.start..self.end).unwrap_or_default(), self.span()),
            Some(word) => word,
        }
    }

    /// Adds the word that was the last token to `words`. It is written where it stays: a copy of what has just been
    /// written in pieces is slow.
    #[inline(never)]
    pub(super) fn push_word(&mut self, words: &mut Vec<Word>) {
        self.has_token = false;
        match self.word.take() {
            None => {
                words.push(Word::plain(self.text.get(self.start..self.end).unwrap_or_default(), self.span()))
            }
            Some(word) => words.push(word),
        }
    }

    /// Where the last token is.
    pub(super) fn span(&self) -> Span {
        Span { start: offset(self.start), end: offset(self.end), line: self.start_line }
    }

    /// The longest operator that begins with `first`, which is behind.
    #[inline(never)]
    fn operator(&mut self, first: u8) {
        use Token::{Operator as Control, Redirect, RedirectBoth};
        let additions = !self.is_posix;
        let (token, is_long) = match (first, self.peek()) {
            (b'(', _) => (Control(Operator::Open), false),
            (b')', _) => (Control(Operator::Close), false),
            (b';', Some(b';')) => (Control(Operator::DoubleSemicolon), true),
            (b';', Some(b'&')) => (Control(Operator::SemicolonAmpersand), true),
            (b';', _) => (Control(Operator::Semicolon), false),
            (b'&', Some(b'&')) => (Control(Operator::And), true),
            (b'&', Some(b'>')) if additions => (RedirectBoth(RedirectOperator::Output), true),
            (b'&', _) => (Control(Operator::Ampersand), false),
            (b'|', Some(b'|')) => (Control(Operator::Or), true),
            (b'|', Some(b'&')) if additions => (Control(Operator::PipeBoth), true),
            (b'|', _) => (Control(Operator::Pipe), false),
            (b'<', Some(b'<')) => (Redirect(RedirectOperator::HereDocument), true),
            (b'<', Some(b'>')) => (Redirect(RedirectOperator::ReadWrite), true),
            (b'<', Some(b'&')) => (Redirect(RedirectOperator::DuplicateInput), true),
            (b'<', _) => (Redirect(RedirectOperator::Input), false),
            (_, Some(b'>')) => (Redirect(RedirectOperator::Append), true),
            (_, Some(b'|')) => (Redirect(RedirectOperator::Clobber), true),
            (_, Some(b'&')) => (Redirect(RedirectOperator::DuplicateOutput), true),
            _ => (Redirect(RedirectOperator::Output), false),
        };
        if is_long {
            self.position += 1;
        }
        self.token = match token {
            Redirect(RedirectOperator::HereDocument) if self.take(b'-') => {
                Redirect(RedirectOperator::HereDocumentTabs)
            }
            Redirect(RedirectOperator::HereDocument) if additions && self.take(b'<') => {
                Redirect(RedirectOperator::HereString)
            }
            RedirectBoth(_) if self.take(b'>') => RedirectBoth(RedirectOperator::Append),
            token => token,
        };
        (self.end, self.has_token) = (self.position, true);
    }

    /// Whether `<(` or `>(` comes next.
    pub(super) fn begins_process_substitution(&mut self) -> bool {
        !self.is_posix && matches!(self.peek(), Some(b'<' | b'>')) && self.peek_after() == Some(b'(')
    }

    /// Steps over `byte` if it comes next.
    #[inline(never)]
    pub(super) fn take(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        if is_next {
            self.advance();
        }
        is_next
    }

    pub(super) fn skip_blanks(&mut self) {
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
        self.run(|byte| !matches!(byte, b'\n' | 0));
        self.end_piece(piece);
    }

    /// The next byte, line continuations (`\` newline) removed.
    pub(super) fn peek(&mut self) -> Option<u8> {
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
    pub(super) fn peek_raw(&mut self) -> Option<u8> {
        self.peek_ahead(0)
    }

    /// The byte after the next.
    pub(super) fn peek_after(&mut self) -> Option<u8> {
        self.peek_ahead(1)
    }

    /// The byte `distance` bytes ahead.
    pub(super) fn peek_ahead(&mut self, distance: usize) -> Option<u8> {
        let position = self.position + distance;
        match self.text.get(position) {
            Some(&byte) => Some(byte),
            None => self.refilled(position),
        }
    }

    #[cold]
    fn refilled(&mut self, position: usize) -> Option<u8> {
        while position >= self.text.len() && self.failure.is_none() {
            // At its end, it is not asked again.
            let mut refill = self.refill.take()?;
            self.text.extend_from_slice(&refill()?);
            self.refill = Some(refill);
        }
        self.text.get(position).copied()
    }

    pub(super) fn advance(&mut self) {
        if self.text.get(self.position) == Some(&b'\n') {
            self.line += 1;
        }
        self.position += 1;
    }

    /// The run of bytes from here on that all fulfil `ordinary`, which no newline may; steps over it.
    pub(super) fn run(&mut self, ordinary: impl Fn(u8) -> bool) -> &[u8] {
        let start = self.position;
        let rest = self.unread();
        self.position += rest.iter().position(|&byte| !ordinary(byte)).unwrap_or(rest.len());
        self.text.get(start..self.position).unwrap_or_default()
    }

    /// The rest of this line with its newline, as it stands; steps over it. Empty at the end of the text.
    pub(super) fn raw_line(&mut self) -> Vec<u8> {
        let start = self.position;
        while let Some(byte) = self.peek_raw() {
            self.advance();
            if byte == b'\n' {
                break;
            }
        }
        self.text.get(start..self.position).unwrap_or_default().to_vec()
    }

    /// Reads a word again as the text of its alias, if it is the name of one that is not being read already
    /// (XCU 2.3.1). `span` is the word, the last thing that was read.
    pub(super) fn substitute_alias(&mut self, name: &[u8], span: Span) -> bool {
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
    pub(super) fn follows_alias_blank(&mut self, span: Span) -> bool {
        let mut follows = false;
        for alias in self.active.iter_mut().filter(|alias| alias.end <= span.start as usize) {
            follows |= std::mem::take(&mut alias.ends_blank);
        }
        follows
    }

    pub(super) fn mark(&self) -> Span {
        let position = offset(self.position);
        Span { start: position, end: position, line: self.line }
    }

    pub(super) fn since(&self, start: Span) -> Span {
        start.to(self.mark())
    }

    /// The text from here on, as far as it is there.
    pub(super) fn unread(&self) -> &[u8] {
        self.text.get(self.position..).unwrap_or_default()
    }

    pub(super) fn text_of(&self, span: Span) -> &[u8] {
        self.text.get(span.start as usize..span.end as usize).unwrap_or_default()
    }
}

/// A place as spans hold it: those behind 4 GiB of one command are not told right.
fn offset(position: usize) -> u32 {
    position as u32
}
