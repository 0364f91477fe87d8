//! Words: quoting (XCU 2.2), and the assignments and tilde-prefixes in them.

use super::ast::{Assignment, Modifier, Name, Parameter, Part, Parts, Special, Word};
use super::dollar::{in_name, short_parameter, starts_name};
use super::escapes::{Escapes, unescape};
use super::outline::Kind;
use super::parser::Parser;
use super::token::Token;
use super::{Problem, Span, SyntaxError, pattern};

/// The parts of the words that are being read, the innermost last, and the literal text behind them.
#[derive(Default)]
pub struct Collected {
    parts: Vec<Part>,
    pub literal: Vec<u8>,
}

impl Collected {
    /// Begins to collect for a word of its own. Returns what `finish` wants.
    pub fn begin(&mut self) -> usize {
        self.end_literal();
        self.parts.len()
    }

    pub fn push(&mut self, part: Part) {
        self.end_literal();
        self.parts.push(part);
    }

    fn end_literal(&mut self) {
        if !self.literal.is_empty() {
            self.take_literal();
        }
    }

    #[inline(never)]
    fn take_literal(&mut self) {
        let text = self.literal.as_slice().into();
        self.literal.clear();
        self.parts.push(Part::Literal(text));
    }

    /// What has been collected since `begin`.
    pub fn finish(&mut self, from: usize) -> Parts {
        self.end_literal();
        match self.parts.len() - from {
            1 => self.parts.pop().map(Parts::One).unwrap_or_default(),
            _ => Parts::Many(self.finish_many(from)),
        }
    }

    /// The same where it is not expected to be a single part.
    fn finish_many(&mut self, from: usize) -> Box<[Part]> {
        self.end_literal();
        self.parts.drain(from..).collect()
    }
}

/// Bytes that stand for themselves in a word, whatever follows them.
const ORDINARY: [bool; 256] = table(b"\0 \t\n&|;()<>'\"\\$`", false);
/// Those of them that also begin no pattern, no tilde-prefix and no comment.
pub const PLAIN: [bool; 256] = table(b"\0 \t\n&|;()<>'\"\\$`*?[~#", false);

/// What is `value` for these bytes, and its opposite for the others.
#[allow(clippy::indexing_slicing)]
pub const fn table(bytes: &[u8], value: bool) -> [bool; 256] {
    let mut table = [!value; 256];
    let mut index = 0;
    while index < bytes.len() {
        table[bytes[index] as usize] = value;
        index += 1;
    }
    table
}

/// Bytes that stand for themselves in double quotes and the like, whatever follows them.
const TEXT: [bool; 256] = table(b"\0\n\"$`\\():}", false);

/// Whether a table has `true` for a byte.
pub fn is_in(table: &[bool; 256], byte: u8) -> bool {
    table.get(usize::from(byte)).copied().unwrap_or(false)
}

/// Where the inside of double quotes, or something that is expanded like it, stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inside {
    /// `"…"`
    DoubleQuotes,
    /// A here-document, a prompt: to the end of the text.
    Text,
    /// `$((…))`, up to `))`.
    Arithmetic,
    /// `${x:…:…}`, up to `:` or `}`.
    Slice,
}

impl Parser<'_> {
    /// Reads a word; the caller has seen that one begins here.
    pub(super) fn word(&mut self) -> Word {
        let (start, from) = (self.mark(), self.parts.begin());
        let has_tilde = self.peek() == Some(b'~');
        while let Some(byte) = self.peek() {
            match byte {
                b'<' | b'>' if self.begins_process_substitution() => {
                    let part = self.process_substitution();
                    self.parts.push(part);
                }
                _ if !self.word_piece(byte) => break,
                _ => {}
            }
        }
        let parts = tilde_prefix(self.parts.finish(from), has_tilde);
        Word::new(parts, self.since(start))
    }

    /// Reads the word at `start`, at once if it is only `"text"`, `'text'`, `$name` or `"$name"` on a line, as most are
    /// that are no plain text.
    #[inline(never)]
    pub(super) fn quoted_word(&mut self) {
        let Some((part, length)) = self.text.get(self.start..).and_then(short_part) else {
            self.position = self.start;
            return self.read_other();
        };
        self.end = self.start + length;
        (self.position, self.token, self.has_token) = (self.end, Token::Word(None), true);
        self.word = Some(Word::new(Parts::One(part), self.span()));
    }

    /// Reads a quoted piece, an expansion, or a run of ordinary bytes; false where the word ends.
    fn word_piece(&mut self, byte: u8) -> bool {
        let part = match byte {
            b'\'' => quoted(&self.single_quoted(false)),
            b'"' => self.double_quoted(),
            b'\\' => match self.peek_after() {
                None => {
                    self.advance();
                    self.parts.literal.push(b'\\');
                    return true;
                }
                Some(0) => {
                    self.fail(Problem::Nul, self.mark());
                    return false;
                }
                Some(escaped) => {
                    let piece = self.begin_piece(Kind::Quoted, self.mark());
                    self.advance();
                    self.advance();
                    self.end_piece(piece);
                    quoted(&[escaped])
                }
            },
            b'$' if self.peek_after() == Some(b'\'') => quoted(&self.single_quoted(true)),
            b'$' => {
                self.dollar(false);
                return true;
            }
            b'`' => self.backquoted(false),
            byte if is_in(&ORDINARY, byte) => {
                self.literal(|byte| is_in(&ORDINARY, byte));
                return true;
            }
            _ => return false,
        };
        self.parts.push(part);
        true
    }

    /// Adds the run of bytes that all fulfil `ordinary`, which no newline may, to the literal text.
    fn literal(&mut self, ordinary: impl Fn(u8) -> bool) {
        let rest = self.text.get(self.position..).unwrap_or_default();
        let length = rest.iter().position(|&byte| !ordinary(byte)).unwrap_or(rest.len());
        self.parts.literal.extend_from_slice(rest.get(..length).unwrap_or_default());
        self.position += length;
    }

    /// `'…'`, and `$'…'` with its escapes (XCU 2.2.4), in which a NUL byte ends what it stands for.
    pub(super) fn single_quoted(&mut self, has_escapes: bool) -> Vec<u8> {
        let start = self.mark();
        let piece = self.begin_piece(Kind::Quoted, start);
        self.position += 1 + usize::from(has_escapes);
        let opening = self.since(start);
        let (mut raw, mut is_escaped) = (Vec::new(), false);
        while let Some(byte) = self.peek_raw().filter(|&byte| byte != 0 && (byte != b'\'' || is_escaped)) {
            self.advance();
            raw.push(byte);
            is_escaped = has_escapes && byte == b'\\' && !is_escaped;
        }
        match self.peek_raw() {
            None => self.fail(Problem::Unclosed("single quote"), opening),
            Some(0) => self.fail(Problem::Nul, self.mark()),
            Some(_) => self.advance(),
        }
        self.end_piece(piece);
        if has_escapes {
            let escaped = std::mem::take(&mut raw);
            unescape(&escaped, Escapes::Quoted, &mut raw);
            raw.truncate(raw.iter().position(|&byte| byte == 0).unwrap_or(raw.len()));
        }
        raw
    }

    fn double_quoted(&mut self) -> Part {
        let start = self.mark();
        let piece = self.begin_piece(Kind::Quoted, start);
        self.position += 1;
        let opening = self.since(start);
        let parts = self.until(Inside::DoubleQuotes);
        match self.peek() {
            Some(_) => self.position += 1,
            None => self.fail(Problem::Unclosed("double quote"), opening),
        }
        self.end_piece(piece);
        Part::Quoted(parts)
    }

    /// All of the text, as if it stood in double quotes.
    pub(super) fn text(&mut self) -> Result<Word, Box<SyntaxError>> {
        let start = self.mark();
        let inside = self.until(Inside::Text);
        self.outcome(Word::new(Parts::One(Part::Quoted(inside)), self.since(start)))
    }

    /// What is expanded as in double quotes, up to its end, which is left.
    pub(super) fn until(&mut self, inside: Inside) -> Box<[Part]> {
        let from = self.parts.begin();
        let mut depth = 0_usize;
        while let Some(byte) = self.peek() {
            match (byte, inside) {
                (b'"', Inside::DoubleQuotes) => break,
                (b'"', Inside::Arithmetic | Inside::Slice) => self.advance(),
                (b')', Inside::Arithmetic) | (b':' | b'}', Inside::Slice) if depth == 0 => break,
                (b'(' | b')', Inside::Arithmetic | Inside::Slice) => {
                    depth = if byte == b'(' { depth + 1 } else { depth.saturating_sub(1) };
                    self.advance();
                    self.parts.literal.push(byte);
                }
                _ => self.text_piece(byte, inside),
            }
        }
        self.parts.finish_many(from)
    }

    fn text_piece(&mut self, byte: u8, inside: Inside) {
        match byte {
            0 => self.fail(Problem::Nul, self.mark()),
            b'$' if self.peek_after() == Some(b'\'') => {
                self.advance();
                self.parts.literal.push(b'$');
            }
            b'$' => self.dollar(true),
            b'`' => {
                let part = self.backquoted(true);
                self.parts.push(part);
            }
            b'\\' => {
                let byte = self.backslash(inside == Inside::DoubleQuotes);
                self.parts.literal.push(byte);
            }
            byte => {
                self.advance();
                self.parts.literal.push(byte);
                self.literal(|byte| is_in(&TEXT, byte));
            }
        }
    }

    /// Steps over a backslash, and what it quotes in text: one of the bytes that are special there. Returns what that
    /// is, or the backslash.
    pub(super) fn backslash(&mut self, in_double_quotes: bool) -> u8 {
        self.advance();
        match self.peek_raw() {
            Some(byte) if b"$`\\".contains(&byte) || in_double_quotes && byte == b'"' => {
                self.advance();
                byte
            }
            _ => b'\\',
        }
    }

    /// The word of `${x:-word}`, up to the closing brace or what else is its `end`, which is left. In double
    /// quotes, quotes lose their meaning, but not in a pattern (XCU 2.6.2).
    pub(super) fn braced_word(&mut self, end: u8, in_quotes: bool, is_pattern: bool) -> Word {
        let (start, from) = (self.mark(), self.parts.begin());
        let has_tilde = self.peek() == Some(b'~');
        let as_text = in_quotes && !is_pattern;
        while let Some(byte) = self.peek() {
            match byte {
                _ if byte == b'}' || byte == end => break,
                b'"' if as_text => {
                    let part = self.double_quoted();
                    self.parts.push(part);
                }
                b'\\' if as_text && matches!(self.peek_after(), Some(b'"' | b'}')) => {
                    self.advance();
                    let escaped = self.peek_raw();
                    self.parts.literal.extend(escaped);
                    self.advance();
                }
                _ if as_text => self.text_piece(byte, Inside::Text),
                0 => self.fail(Problem::Nul, self.mark()),
                b' ' | b'\t' | b'\n' | b'&' | b'|' | b';' | b'(' | b')' | b'<' | b'>' => {
                    self.advance();
                    self.parts.literal.push(byte);
                }
                _ if is_in(&ORDINARY, byte) => {
                    self.literal(|byte| is_in(&ORDINARY, byte) && byte != b'}' && byte != end);
                }
                _ => {
                    self.word_piece(byte);
                }
            }
        }
        let parts = tilde_prefix(self.parts.finish(from), has_tilde && !as_text);
        Word { parts, is_single: false, span: self.since(start) }
    }
}

/// The part that such a word is, and its length.
fn short_part(text: &[u8]) -> Option<(Part, usize)> {
    let (quote, inside) = match text {
        [quote @ (b'"' | b'\''), inside @ ..] => (Some(*quote), inside),
        _ => (None, text),
    };
    let length = match inside {
        _ if quote == Some(b'\'') => inside.iter().position(|byte| matches!(byte, b'\'' | b'\n' | 0))?,
        [b'$', first, ..] if !starts_name(*first) => 2,
        [b'$', name @ ..] => 1 + name.iter().position(|&byte| !in_name(byte))?,
        _ => inside.iter().position(|&byte| !is_in(&TEXT, byte))?,
    };
    let (content, rest) = inside.split_at_checked(length)?;
    let quotes = usize::from(quote.is_some());
    let ends = matches!(rest.get(quotes)?, b' ' | b'\t' | b'\n' | b';' | b')' | b'&' | b'|');
    let part = match content {
        _ if !ends || quote.is_some() && rest.first().copied() != quote => return None,
        [b'$', name @ ..] if quote != Some(b'\'') => Part::Parameter(short_parameter(name)?),
        _ => Part::Literal(content.into()),
    };
    let part = match quote {
        None => part,
        Some(_) if content.is_empty() => Part::Quoted(Box::default()),
        Some(_) => Part::Quoted([part].into()),
    };
    Some((part, length + 2 * quotes))
}

pub fn quoted(text: &[u8]) -> Part {
    Part::Quoted([Part::Literal(text.into())].into())
}

/// Splits a tilde-prefix (XCU 2.6.1) off the front, if there is a tilde: an unquoted `~` up to the first `/`, all
/// unquoted.
#[inline(always)]
fn tilde_prefix(parts: Parts, has_tilde: bool) -> Parts {
    if has_tilde { with_tildes(&parts, true, |_| false) } else { parts }
}

impl Word {
    /// A word of these parts.
    #[inline(always)]
    pub fn new(parts: Parts, span: Span) -> Word {
        Word { is_single: is_single(&parts), parts, span }
    }

    /// Takes an assignment (XCU 2.9.1) apart, whose name has this length. In the value, a tilde counts after `=` and
    /// after each unquoted `:` too.
    pub fn into_assignment(self, length: usize) -> Assignment {
        let (name, text) = self.literal_front().split_at_checked(length).unwrap_or_default();
        let (name, text) = (Name::new(name), text.get(1..).unwrap_or_default());
        let (text, has_text) = (Part::Literal(text.into()), !text.is_empty());
        let mut parts = match self.parts {
            Parts::One(_) if has_text => Parts::One(text),
            Parts::One(_) => Parts::default(),
            Parts::Many(mut parts) if has_text => {
                if let Some(first) = parts.first_mut() {
                    *first = text;
                }
                Parts::Many(parts)
            }
            Parts::Many(parts) => Parts::from(parts.into_vec().split_off(1)),
        };
        if parts.iter().any(|part| matches!(part, Part::Literal(text) if text.contains(&b'~'))) {
            parts = with_tildes(&parts, has_text, |byte| byte == b':');
        }
        Assignment { name, value: Word { parts, is_single: true, span: self.span } }
    }
}

/// Finds the tilde-prefixes: one `at_start`, and one behind each byte that `separates`.
#[cold]
fn with_tildes(parts: &[Part], mut at_start: bool, separates: impl Fn(u8) -> bool) -> Parts {
    let last = parts.len().saturating_sub(1);
    let mut result = Collected::default();
    for (index, part) in parts.iter().enumerate() {
        let Part::Literal(text) = part else {
            result.push(part.clone());
            at_start = false;
            continue;
        };
        for (number, piece) in text.split_inclusive(|&byte| separates(byte)).enumerate() {
            let name = piece.strip_prefix(b"~").filter(|_| at_start || number > 0);
            let end = name.and_then(|name| {
                let end = name.iter().position(|&byte| byte == b'/' || separates(byte));
                // A name that runs into something quoted or expanded is none.
                end.or((index == last).then_some(name.len()))
            });
            match name.zip(end).map(|(name, end)| name.split_at(end)) {
                Some((login, rest)) => {
                    result.push(Part::Tilde(login.into()));
                    result.literal.extend_from_slice(rest);
                }
                None => result.literal.extend_from_slice(piece),
            }
        }
        at_start = text.last().is_some_and(|&byte| separates(byte));
    }
    result.finish(0)
}

/// Whether words of these parts expand to exactly one field.
fn is_single(parts: &[Part]) -> bool {
    parts.iter().all(|part| match part {
        Part::Literal(text) => !pattern::has_special(text),
        Part::Quoted(inner) => !inner.iter().any(may_be_several),
        Part::Tilde(_) | Part::Process(_) => true,
        Part::Parameter(_) | Part::Modified(_) | Part::Command(_) | Part::Arithmetic(_) => false,
    })
}

/// Whether a quoted part can give several fields, or none: `"$@"` and what holds it.
fn may_be_several(part: &Part) -> bool {
    match part {
        Part::Parameter(Parameter::Special(Special::At)) => true,
        Part::Modified(modified) => match &modified.modifier {
            _ if modified.parameter == Parameter::Special(Special::At) => true,
            Modifier::Default { word, .. } => word.parts.iter().any(may_be_several),
            _ => false,
        },
        Part::Quoted(inner) => inner.iter().any(may_be_several),
        _ => false,
    }
}
