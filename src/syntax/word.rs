//! Words: quoting (XCU 2.2), and the assignments and tilde-prefixes in them.

use smallvec::SmallVec;

use super::ast::{Name, Parameter, Part, Parts, Special, Word};
use super::escapes::{Escapes, unescape};
use super::lexer::Lexer;
use super::outline::Kind;
use super::{Bytes, Problem, Span, SyntaxError, pattern};

/// Collects parts, joining literal text.
#[derive(Default)]
pub struct Collected {
    /// Mostly it stays the only one.
    first: Option<Part>,
    more: Vec<Part>,
    pub literal: SmallVec<[u8; 64]>,
}

impl Collected {
    pub fn push(&mut self, part: Part) {
        self.end_literal();
        self.add(part);
    }

    fn add(&mut self, part: Part) {
        match self.first {
            None => self.first = Some(part),
            Some(_) => self.more.push(part),
        }
    }

    fn end_literal(&mut self) {
        if !self.literal.is_empty() {
            let text = self.literal.as_slice().into();
            self.literal.clear();
            self.add(Part::Literal(text));
        }
    }

    pub fn finish(&mut self) -> Parts {
        self.end_literal();
        match self.first.take() {
            Some(only) if self.more.is_empty() => Parts::One(only),
            first => Parts::Many(first.into_iter().chain(self.more.drain(..)).collect()),
        }
    }
}

/// Bytes that stand for themselves in a word, whatever follows them.
const ORDINARY: [bool; 256] = all_but(b"\0 \t\n&|;()<>'\"\\$`");
/// Those of them that also begin no pattern and no tilde-prefix.
const PLAIN: [bool; 256] = all_but(b"\0 \t\n&|;()<>'\"\\$`*?[~");

#[allow(clippy::indexing_slicing)]
const fn all_but(special: &[u8]) -> [bool; 256] {
    let mut table = [true; 256];
    let mut index = 0;
    while index < special.len() {
        table[special[index] as usize] = false;
        index += 1;
    }
    table
}

fn is_ordinary(byte: u8) -> bool {
    ORDINARY.get(usize::from(byte)).copied().unwrap_or(false)
}

pub fn is_plain(byte: u8) -> bool {
    PLAIN.get(usize::from(byte)).copied().unwrap_or(false)
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
}

impl Lexer<'_> {
    /// Reads a word; the caller has seen that one begins here.
    #[inline]
    pub fn word(&mut self) -> Result<Word, Box<SyntaxError>> {
        if let Some(word) = self.plain_word() {
            return Ok(word);
        }
        let start = self.mark();
        let mut parts = Collected::default();
        while let Some(byte) = self.peek() {
            match byte {
                b'<' | b'>' if self.begins_process_substitution() => {
                    let part = self.process_substitution()?;
                    parts.push(part);
                }
                _ if !self.word_piece(byte, &mut parts)? => break,
                _ => {}
            }
        }
        Ok(Word::new(tilde_prefix(parts.finish()), self.since(start)))
    }

    /// A word of ordinary bytes only: most are.
    #[inline]
    fn plain_word(&mut self) -> Option<Word> {
        let start = self.mark();
        let text = self.unread();
        let length = text.iter().position(|&byte| !is_plain(byte))?;
        let (text, rest) = text.split_at(length);
        match rest.first()? {
            b' ' | b'\t' | b'\n' | b'&' | b'|' | b';' | b'(' | b')' if length > 0 => {
                let parts = Parts::One(Part::Literal(text.into()));
                self.skip(length);
                Some(Word { parts, is_single: true, span: self.since(start) })
            }
            _ => None,
        }
    }

    /// Reads a quoted piece, an expansion, or a run of ordinary bytes; false where the word ends.
    fn word_piece(&mut self, byte: u8, parts: &mut Collected) -> Result<bool, Box<SyntaxError>> {
        match byte {
            b'\'' => {
                let quoted = self.single_quoted()?;
                parts.push(Part::Quoted([Part::Literal(quoted.into())].into()));
            }
            b'"' => parts.push(Part::Quoted(self.double_quoted()?)),
            b'\\' => match self.peek_after() {
                None => {
                    self.advance();
                    parts.literal.push(b'\\');
                }
                Some(0) => return Err(self.error(Problem::Nul, self.mark())),
                Some(escaped) => {
                    let piece = self.begin_piece(Kind::Quoted, self.mark());
                    self.advance();
                    self.advance();
                    self.end_piece(piece);
                    parts.push(Part::Quoted([Part::Literal([escaped].into())].into()));
                }
            },
            b'$' if self.peek_after() == Some(b'\'') => {
                let piece = self.begin_piece(Kind::Quoted, self.mark());
                self.advance();
                let quoted = self.dollar_single_quoted()?;
                self.end_piece(piece);
                parts.push(Part::Quoted([Part::Literal(quoted.into())].into()));
            }
            b'$' => self.dollar(parts, false)?,
            b'`' => parts.push(self.backquoted(false)?),
            byte if is_ordinary(byte) => parts.literal.extend_from_slice(self.run(is_ordinary)),
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn single_quoted(&mut self) -> Result<Vec<u8>, Box<SyntaxError>> {
        let start = self.mark();
        let piece = self.begin_piece(Kind::Quoted, start);
        self.advance();
        let opening = self.since(start);
        let mut text = Vec::new();
        loop {
            match self.peek_raw() {
                Some(b'\'') => break,
                Some(0) => return Err(self.error(Problem::Nul, self.mark())),
                Some(byte) => text.push(byte),
                None => return Err(self.incomplete(Problem::Unclosed("single quote"), opening)),
            }
            self.advance();
        }
        self.advance();
        self.end_piece(piece);
        Ok(text)
    }

    fn double_quoted(&mut self) -> Result<Box<[Part]>, Box<SyntaxError>> {
        let start = self.mark();
        let piece = self.begin_piece(Kind::Quoted, start);
        self.advance();
        let opening = self.since(start);
        let parts = self.until(Inside::DoubleQuotes)?.into();
        match self.peek() {
            Some(_) => self.advance(),
            None => return Err(self.incomplete(Problem::Unclosed("double quote"), opening)),
        }
        self.end_piece(piece);
        Ok(parts)
    }

    /// All of the text, as if it stood in double quotes.
    pub fn text(&mut self) -> Result<Word, Box<SyntaxError>> {
        let start = self.mark();
        let inside = self.until(Inside::Text)?;
        Ok(Word::new(Parts::One(Part::Quoted(inside.into())), self.since(start)))
    }

    /// What is expanded as in double quotes, up to its end, which is left.
    pub fn until(&mut self, inside: Inside) -> Result<Parts, Box<SyntaxError>> {
        let mut parts = Collected::default();
        let mut depth = 0_usize;
        while let Some(byte) = self.peek() {
            match (byte, inside) {
                (b'"', Inside::DoubleQuotes) => break,
                (b'"', Inside::Arithmetic) => self.advance(),
                (b')', Inside::Arithmetic) if depth == 0 => break,
                (b'(' | b')', Inside::Arithmetic) => {
                    depth = if byte == b'(' { depth + 1 } else { depth - 1 };
                    self.advance();
                    parts.literal.push(byte);
                }
                _ => self.text_piece(byte, inside, &mut parts)?,
            }
        }
        Ok(parts.finish())
    }

    fn text_piece(
        &mut self,
        byte: u8,
        inside: Inside,
        parts: &mut Collected,
    ) -> Result<(), Box<SyntaxError>> {
        match byte {
            0 => return Err(self.error(Problem::Nul, self.mark())),
            b'$' if self.peek_after() == Some(b'\'') => {
                self.advance();
                parts.literal.push(b'$');
            }
            b'$' => self.dollar(parts, true)?,
            b'`' => parts.push(self.backquoted(true)?),
            b'\\' => {
                self.advance();
                match self.peek_raw() {
                    Some(escaped @ (b'$' | b'`' | b'\\')) => {
                        self.advance();
                        parts.literal.push(escaped);
                    }
                    Some(b'"') if inside == Inside::DoubleQuotes => {
                        self.advance();
                        parts.literal.push(b'"');
                    }
                    _ => parts.literal.push(b'\\'),
                }
            }
            byte => {
                self.advance();
                parts.literal.push(byte);
                let in_text =
                    |byte| !matches!(byte, 0 | b'"' | b'$' | b'`' | b'\\' | b'\n' | b'(' | b')' | b'}');
                parts.literal.extend_from_slice(self.run(in_text));
            }
        }
        Ok(())
    }

    /// The word of `${x:-word}`, up to the closing brace, which is left. In double quotes, quotes lose their
    /// meaning, but not in a pattern (XCU 2.6.2).
    pub fn braced_word(&mut self, in_quotes: bool, is_pattern: bool) -> Result<Word, Box<SyntaxError>> {
        let start = self.mark();
        let mut parts = Collected::default();
        let as_text = in_quotes && !is_pattern;
        while let Some(byte) = self.peek() {
            match byte {
                b'}' => break,
                b'"' if as_text => parts.push(Part::Quoted(self.double_quoted()?)),
                b'\\' if as_text && matches!(self.peek_after(), Some(b'"' | b'}')) => {
                    self.advance();
                    parts.literal.extend(self.peek_raw());
                    self.advance();
                }
                _ if as_text => self.text_piece(byte, Inside::Text, &mut parts)?,
                0 => return Err(self.error(Problem::Nul, self.mark())),
                b' ' | b'\t' | b'\n' | b'&' | b'|' | b';' | b'(' | b')' | b'<' | b'>' => {
                    self.advance();
                    parts.literal.push(byte);
                }
                _ if is_ordinary(byte) => {
                    let ordinary = |byte| is_ordinary(byte) && byte != b'}';
                    parts.literal.extend_from_slice(self.run(ordinary));
                }
                _ => {
                    self.word_piece(byte, &mut parts)?;
                }
            }
        }
        let parts = parts.finish();
        let parts = if as_text { parts } else { tilde_prefix(parts) };
        Ok(Word::new(parts, self.since(start)))
    }

    /// `'…'` after `$` (XCU 2.2.4). A NUL byte ends what it stands for.
    fn dollar_single_quoted(&mut self) -> Result<Vec<u8>, Box<SyntaxError>> {
        let start = self.mark();
        self.advance();
        let opening = self.since(start);
        let (mut raw, mut is_escaped) = (Vec::new(), false);
        loop {
            let byte = self.peek_raw();
            self.advance();
            match byte {
                None => return Err(self.incomplete(Problem::Unclosed("single quote"), opening)),
                Some(0) => return Err(self.error(Problem::Nul, self.mark())),
                Some(b'\'') if !is_escaped => break,
                Some(byte) => {
                    raw.push(byte);
                    is_escaped = byte == b'\\' && !is_escaped;
                }
            }
        }
        let mut text = Vec::new();
        unescape(&raw, Escapes::Quoted, &mut text);
        text.truncate(text.iter().position(|&byte| byte == 0).unwrap_or(text.len()));
        Ok(text)
    }
}

/// Splits a tilde-prefix (XCU 2.6.1) off the front: an unquoted `~` up to the first `/`, all unquoted.
#[inline]
fn tilde_prefix(parts: Parts) -> Parts {
    if let Some(Part::Literal(text)) = parts.first()
        && let Some((login, rest)) = tilde_login(text, parts.len() == 1)
    {
        let mut result = Collected::default();
        result.push(Part::Tilde(login.into()));
        result.literal.extend_from_slice(rest);
        parts.iter().skip(1).for_each(|part| result.push(part.clone()));
        return result.finish();
    }
    parts
}

/// The login name after `~` and what follows it, unless the name runs into something quoted or expanded.
fn tilde_login(text: &[u8], is_last: bool) -> Option<(&[u8], &[u8])> {
    let name = text.strip_prefix(b"~")?;
    match name.iter().position(|&byte| byte == b'/') {
        Some(end) => Some(name.split_at(end)),
        None if is_last => Some((name, b"")),
        None => None,
    }
}

impl Word {
    /// A word of these parts.
    pub fn new(parts: Parts, span: Span) -> Word {
        Word { is_single: is_single(&parts), parts, span }
    }

    /// Takes an assignment (XCU 2.9.1) apart: `name=value`. In the value, a tilde counts after `=` and after
    /// each unquoted `:` too.
    pub fn as_assignment(&self) -> Option<(Name, Word)> {
        let Some(Part::Literal(first)) = self.parts.first() else { return None };
        let equals = first.iter().position(|&byte| byte == b'=')?;
        let (name, value) = first.split_at(equals);
        if !Name::is_valid(name) {
            return None;
        }
        let name = Name::new(name);
        let value: &[u8] = value.get(1..).unwrap_or_default();
        let mut parts = Collected::default();
        if !value.is_empty() {
            parts.push(Part::Literal(value.into()));
        }
        self.parts.iter().skip(1).for_each(|part| parts.push(part.clone()));
        let mut parts = parts.finish();
        if parts.iter().any(|part| matches!(part, Part::Literal(text) if text.contains(&b'~'))) {
            parts = tildes_in_value(&parts, !value.is_empty());
        }
        Some((name, Word::new(parts, self.span)))
    }

    /// An operand of a declaration utility: if it is `name=value`, it is expanded as an assignment is.
    pub fn into_declaration(self) -> Word {
        let Some((name, value)) = self.as_assignment() else { return self };
        let front: Bytes = [&*name.text, b"="].concat().into();
        let parts = std::iter::once(Part::Literal(front)).chain(value.parts.iter().cloned()).collect();
        Word { parts: Parts::Many(parts), is_single: true, span: value.span }
    }
}

/// Finds the tilde-prefixes of an assignment's value.
fn tildes_in_value(parts: &[Part], mut at_start: bool) -> Parts {
    let last = parts.len().saturating_sub(1);
    let mut result = Collected::default();
    for (index, part) in parts.iter().enumerate() {
        let Part::Literal(text) = part else {
            result.push(part.clone());
            at_start = false;
            continue;
        };
        for (number, piece) in text.split(|&byte| byte == b':').enumerate() {
            if number > 0 {
                result.literal.push(b':');
            }
            let ends_word = index == last || text.len() > piece_end(text, piece);
            match tilde_login(piece, ends_word) {
                Some((login, rest)) if at_start || number > 0 => {
                    result.push(Part::Tilde(login.into()));
                    result.literal.extend_from_slice(rest);
                }
                _ => result.literal.extend_from_slice(piece),
            }
        }
        at_start = text.last() == Some(&b':');
    }
    result.finish()
}

/// The offset in `text` of the end of its subslice `piece`.
fn piece_end(text: &[u8], piece: &[u8]) -> usize {
    piece.as_ptr() as usize + piece.len() - text.as_ptr() as usize
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
        Part::Modified(modified) => {
            let word = match &modified.modifier {
                super::ast::Modifier::Default { word, .. } => Some(word),
                _ => None,
            };
            modified.parameter == Parameter::Special(Special::At)
                || word.is_some_and(|word| word.parts.iter().any(may_be_several))
        }
        Part::Quoted(inner) => inner.iter().any(may_be_several),
        _ => false,
    }
}
