//! Here-documents (XCU 2.7.4): their lines follow the line on which they are redirected from.

use std::cell::OnceCell;
use std::rc::Rc;

use super::Span;
use super::ast::{Part, Parts, Word};
use super::outline::Kind;
use super::parser::Parser;
use super::word::{PLAIN, is_in, quoted};

/// A here-document whose lines have not come yet.
pub struct Pending {
    delimiter: Vec<u8>,
    /// The delimiter is quoted: nothing is expanded.
    is_literal: bool,
    /// `<<-`: leading tabs are removed.
    strips_tabs: bool,
    body: Body,
}

/// What is filled when the lines have come.
type Body = Rc<OnceCell<Word>>;

impl Parser<'_> {
    /// Reads the delimiter behind `<<`, and expects its lines after this one. Nothing is expanded in it.
    pub(super) fn expect_here_document(&mut self, strips_tabs: bool) -> Option<(Word, Option<Body>)> {
        while matches!(self.peek(), Some(b' ' | b'\t')) {
            self.advance();
        }
        let start = self.mark();
        if !self.aliases.is_empty() && self.follows_alias_blank(start) {
            let before = (self.position, self.line);
            let name = self.run(|byte| is_in(&PLAIN, byte)).to_vec();
            match self.substitute_alias(&name, start) {
                true => return self.expect_here_document(strips_tabs),
                false => (self.position, self.line) = before,
            }
        }
        let piece = self.begin_token(start);
        let mut delimiter = Vec::new();
        let (mut is_literal, mut in_quotes) = (false, false);
        while let Some(byte) = self.peek() {
            let has_escapes = byte == b'$' && self.peek_after() == Some(b'\'');
            match byte {
                b'\'' | b'$' if !in_quotes && (byte == b'\'' || has_escapes) => {
                    delimiter.extend(self.single_quoted(has_escapes));
                    is_literal = true;
                    continue;
                }
                b'\\' if in_quotes => {
                    delimiter.push(self.backslash(true));
                    continue;
                }
                b' ' | b'\t' | b'\n' | b'&' | b'|' | b';' | b'<' | b'>' | b'(' | b')' | 0 if !in_quotes => {
                    break;
                }
                b'"' => in_quotes = !in_quotes,
                b'\\' => {
                    self.advance();
                    delimiter.extend(self.peek_raw());
                }
                _ => delimiter.push(byte),
            }
            is_literal |= matches!(byte, b'"' | b'\\');
            self.advance();
        }
        let span = self.since(start);
        self.end_word(piece);
        if span.start == span.end {
            return None;
        }
        let text = delimiter.as_slice();
        let part = if is_literal { quoted(text) } else { Part::Literal(text.into()) };
        let body = Rc::new(OnceCell::new());
        self.pending.push(Pending { delimiter, is_literal, strips_tabs, body: Rc::clone(&body) });
        Some((Word::new(Parts::One(part), span), Some(body)))
    }

    /// Reads the lines of all here-documents that are expected; a newline has just been read.
    pub(super) fn here_documents(&mut self) {
        for pending in std::mem::take(&mut self.pending) {
            let start = self.mark();
            let piece = self.begin_piece(Kind::HereDocument, start);
            let (text, end, is_ended) = self.here_lines(&pending);
            let word = match pending.is_literal {
                true => Word::new(Parts::One(quoted(&text)), self.since(start)),
                false => {
                    let mut parser = self.within(text, start, end);
                    let word = parser.text();
                    self.notes = parser.notes.or(self.notes.take());
                    match word {
                        Ok(word) => word,
                        Err(error) => return self.give_up(error),
                    }
                }
            };
            if is_ended {
                self.end_piece(piece);
            }
            // In a script, its end is the here-document's; a person may go on.
            self.continued |= !is_ended;
            let _ = pending.body.set(word);
        }
    }

    /// The lines up to the delimiter, where they end, and whether it was there.
    fn here_lines(&mut self, pending: &Pending) -> (Vec<u8>, Span, bool) {
        let mut text = Vec::new();
        loop {
            while pending.strips_tabs && self.peek_raw() == Some(b'\t') {
                self.advance();
            }
            let (start, end) = (self.position, self.mark());
            // A backslash at its end joins a line to the next, also in front of the delimiter.
            let mut line = self.raw_line();
            while !pending.is_literal && is_continued(&line) {
                line.truncate(line.len() - 2);
                line.extend(self.raw_line());
            }
            let is_ended = line.strip_suffix(b"\n").unwrap_or(&line) == pending.delimiter;
            if is_ended || self.position == start {
                return (text, end, is_ended);
            }
            text.extend_from_slice(self.text.get(start..self.position).unwrap_or_default());
        }
    }
}

/// Whether a line ends in a backslash that is not quoted itself.
fn is_continued(line: &[u8]) -> bool {
    let content = line.strip_suffix(b"\n");
    let backslashes = |content: &[u8]| content.iter().rev().take_while(|&&byte| byte == b'\\').count();
    content.is_some_and(|content| backslashes(content) % 2 == 1)
}
