//! Words: quoting (XCU 2.2) and the inside of parameter expansions (XCU 2.6.2).

use super::ast::{Name, Parameter, Part, Shape, Special, Word};
use super::lexer::Lexer;
use super::{Bytes, Problem, Span, SyntaxError, pattern};

/// Collects parts, joining literal text.
#[derive(Default)]
struct Parts {
    done: Vec<Part>,
    literal: Vec<u8>,
}

impl Parts {
    fn push(&mut self, part: Part) {
        self.end_literal();
        self.done.push(part);
    }

    fn end_literal(&mut self) {
        if !self.literal.is_empty() {
            self.done.push(Part::Literal(self.literal.as_slice().into()));
            self.literal.clear();
        }
    }

    fn finish(mut self) -> Vec<Part> {
        if self.done.is_empty() && !self.literal.is_empty() {
            // Most words: no room for more is made.
            return vec![Part::Literal(self.literal.into())];
        }
        self.end_literal();
        self.done
    }
}

fn is_ordinary(byte: u8) -> bool {
    !matches!(
        byte,
        0 | b' '
            | b'\t'
            | b'\n'
            | b'&'
            | b'|'
            | b';'
            | b'('
            | b')'
            | b'<'
            | b'>'
            | b'\''
            | b'"'
            | b'\\'
            | b'$'
            | b'`'
    )
}

impl Lexer<'_> {
    /// Reads a word; the caller has seen that one begins here.
    pub fn word(&mut self) -> Result<Word, SyntaxError> {
        let start = self.mark();
        let mut parts = Parts::default();
        while let Some(byte) = self.peek() {
            match byte {
                b'\'' => {
                    let quoted = self.single_quoted()?;
                    parts.push(Part::Quoted([Part::Literal(quoted.into())].into()));
                }
                b'"' => parts.push(Part::Quoted(self.double_quoted()?.into())),
                b'\\' => match self.peek_after() {
                    None => {
                        self.advance();
                        parts.literal.push(b'\\');
                    }
                    Some(0) => return Err(self.error(Problem::Nul, self.mark())),
                    Some(escaped) => {
                        self.advance();
                        self.advance();
                        parts.push(Part::Quoted([Part::Literal([escaped].into())].into()));
                    }
                },
                b'$' => self.dollar(&mut parts)?,
                b'`' => return Err(self.unsupported("command substitution", 1)),
                byte if is_ordinary(byte) => parts.literal.extend_from_slice(self.run(is_ordinary)),
                _ => break,
            }
        }
        let mut parts = parts.finish();
        tilde_prefix(&mut parts);
        Ok(Word::new(parts, self.since(start)))
    }

    fn single_quoted(&mut self) -> Result<Vec<u8>, SyntaxError> {
        let start = self.mark();
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
        Ok(text)
    }

    fn double_quoted(&mut self) -> Result<Vec<Part>, SyntaxError> {
        let start = self.mark();
        self.advance();
        let opening = self.since(start);
        let parts = self.until(Some(b'"'))?;
        match self.peek() {
            Some(_) => self.advance(),
            None => return Err(self.incomplete(Problem::Unclosed("double quote"), opening)),
        }
        Ok(parts)
    }

    /// All of the text, as if it stood in double quotes.
    pub fn text(mut self) -> Result<Word, SyntaxError> {
        let start = self.mark();
        let inside = self.until(None)?;
        Ok(Word::new(vec![Part::Quoted(inside.into())], self.since(start)))
    }

    /// What double quotes hold, up to `end` or the end of the text.
    fn until(&mut self, end: Option<u8>) -> Result<Vec<Part>, SyntaxError> {
        let mut parts = Parts::default();
        while let Some(byte) = self.peek().filter(|&byte| Some(byte) != end) {
            match byte {
                0 => return Err(self.error(Problem::Nul, self.mark())),
                b'$' if self.peek_after() == Some(b'\'') => {
                    self.advance();
                    parts.literal.push(b'$');
                }
                b'$' => self.dollar(&mut parts)?,
                b'`' => return Err(self.unsupported("command substitution", 1)),
                b'\\' => {
                    self.advance();
                    match self.peek_raw() {
                        Some(escaped) if b"$`\\".contains(&escaped) || Some(escaped) == end => {
                            self.advance();
                            parts.literal.push(escaped);
                        }
                        _ => parts.literal.push(b'\\'),
                    }
                }
                byte => {
                    self.advance();
                    parts.literal.push(byte);
                }
            }
        }
        Ok(parts.finish())
    }

    /// `$` and what it introduces; a `$` that introduces nothing stands for itself.
    fn dollar(&mut self, parts: &mut Parts) -> Result<(), SyntaxError> {
        let start = self.mark();
        self.advance();
        match self.peek() {
            Some(b'{') => {
                self.advance();
                let parameter = self.braced_parameter(start)?;
                parts.push(Part::Parameter(parameter));
            }
            Some(b'(') => {
                let is_arithmetic = self.peek_after() == Some(b'(');
                let what = if is_arithmetic { "arithmetic expansion" } else { "command substitution" };
                return Err(self.unsupported_since(what, start, 1 + u32::from(is_arithmetic)));
            }
            Some(b'\'') => return Err(self.unsupported_since("`$'…'`", start, 1)),
            Some(digit @ b'1'..=b'9') => {
                self.advance();
                parts.push(Part::Parameter(Parameter::Positional(usize::from(digit - b'0'))));
            }
            Some(byte) => match (Special::from_character(byte), starts_name(byte)) {
                (Some(special), _) => {
                    self.advance();
                    parts.push(Part::Parameter(Parameter::Special(special)));
                }
                (None, true) => {
                    let name = Name::new(&self.name());
                    parts.push(Part::Parameter(Parameter::Variable(name)));
                }
                (None, false) => parts.literal.push(b'$'),
            },
            None => parts.literal.push(b'$'),
        }
        Ok(())
    }

    /// The longest name or number that begins here.
    fn name(&mut self) -> Vec<u8> {
        let mut name = Vec::new();
        while let Some(byte) = self.peek()
            && (starts_name(byte) || byte.is_ascii_digit())
        {
            name.push(byte);
            self.advance();
        }
        name
    }

    /// The inside of `${…}`, and the closing brace.
    fn braced_parameter(&mut self, start: Span) -> Result<Parameter, SyntaxError> {
        let opening = self.since(start);
        let name = self.name();
        let parameter = if name.is_empty() {
            self.peek().and_then(Special::from_character).map(|special| {
                self.advance();
                Parameter::Special(special)
            })
        } else if name.iter().all(u8::is_ascii_digit) {
            std::str::from_utf8(&name).ok().and_then(|digits| digits.parse().ok()).map(
                |number| match number {
                    0 => Parameter::Special(Special::Zero),
                    number => Parameter::Positional(number),
                },
            )
        } else {
            Name::is_valid(&name).then(|| Parameter::Variable(Name::new(&name)))
        };
        match (parameter, self.peek()) {
            (_, None) => Err(self.incomplete(Problem::Unclosed("brace"), opening)),
            (Some(parameter), Some(b'}')) => {
                self.advance();
                Ok(parameter)
            }
            (None, _) => Err(self.error(Problem::BadParameter, self.since(start))),
            (Some(_), Some(_)) => Err(self.unsupported_since("a modified parameter expansion", start, 1)),
        }
    }

    fn unsupported(&self, what: &str, width: u32) -> SyntaxError {
        self.unsupported_since(what, self.mark(), width)
    }

    fn unsupported_since(&self, what: &str, start: Span, width: u32) -> SyntaxError {
        let end = self.mark().end + width;
        self.error(Problem::Unsupported(what.to_owned()), Span { end, ..start })
    }
}

fn starts_name(byte: u8) -> bool {
    byte == b'_' || byte.is_ascii_alphabetic()
}

/// Splits a tilde-prefix (XCU 2.6.1) off the front: an unquoted `~` up to the first `/`, all unquoted.
fn tilde_prefix(parts: &mut Vec<Part>) {
    let single = parts.len() == 1;
    if let Some(Part::Literal(text)) = parts.first()
        && let Some((login, rest)) = tilde_login(text, single, b"/")
    {
        let mut front = vec![Part::Tilde(login.into())];
        if !rest.is_empty() {
            front.push(Part::Literal(rest.into()));
        }
        parts.splice(..1, front);
    }
}

/// The login name after `~` and what follows it, unless the name runs into something quoted or expanded.
fn tilde_login<'t>(text: &'t [u8], is_last: bool, ends: &[u8]) -> Option<(&'t [u8], &'t [u8])> {
    let name = text.strip_prefix(b"~")?;
    match name.iter().position(|byte| ends.contains(byte)) {
        Some(end) => Some(name.split_at(end)),
        None if is_last => Some((name, b"")),
        None => None,
    }
}

impl Word {
    /// A word of these parts; decides its shape.
    pub fn new(parts: Vec<Part>, span: Span) -> Word {
        let shape = shape(&parts);
        Word { parts: parts.into(), shape, span }
    }

    /// Takes the word apart if it is `name=value` (XCU 2.9.1), else gives it back. In the value, a tilde
    /// counts after `=` and after each unquoted `:` too.
    pub fn into_assignment(self) -> Result<(Name, Word), Word> {
        let Some(Part::Literal(first)) = self.parts.first() else { return Err(self) };
        let Some(equals) = first.iter().position(|&byte| byte == b'=') else { return Err(self) };
        let (name, value) = first.split_at(equals);
        if !Name::is_valid(name) {
            return Err(self);
        }
        let name = Name::new(name);
        let value = value.get(1..).unwrap_or_default().into();
        let mut parts = Vec::new();
        let rest = self.parts.iter().skip(1).cloned();
        for part in std::iter::once(Part::Literal(value)).chain(rest) {
            parts.push(part);
        }
        Ok((name, Word::new(tildes_in_value(parts), self.span)))
    }

    /// An operand of a declaration utility: if it is `name=value`, it is expanded as an assignment is.
    pub fn into_declaration(self) -> Word {
        let (name, value) = match self.into_assignment() {
            Ok(assignment) => assignment,
            Err(word) => return word,
        };
        let front: Bytes = [&*name.text, b"="].concat().into();
        let shape = match &value.shape {
            Shape::Plain(text) => Shape::Plain([&*front, &**text].concat().into()),
            Shape::Single | Shape::Full => Shape::Single,
        };
        let parts = std::iter::once(Part::Literal(front)).chain(value.parts).collect();
        Word { parts, shape, span: value.span }
    }
}

/// Finds the tilde-prefixes of an assignment's value.
fn tildes_in_value(parts: Vec<Part>) -> Vec<Part> {
    let last = parts.len().saturating_sub(1);
    let mut result = Parts::default();
    let mut at_start = true;
    for (index, part) in parts.into_iter().enumerate() {
        let Part::Literal(text) = part else {
            result.push(part);
            at_start = false;
            continue;
        };
        for (number, piece) in text.split(|&byte| byte == b':').enumerate() {
            if number > 0 {
                result.literal.push(b':');
            }
            let ends_word = index == last || text.len() > piece_end(&text, piece);
            match tilde_login(piece, ends_word, b"/") {
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

fn shape(parts: &[Part]) -> Shape {
    if let [Part::Literal(text)] = parts
        && !pattern::has_special(text)
    {
        return Shape::Plain(text.clone());
    }
    let mut plain = Vec::new();
    let mut is_plain = true;
    for part in parts {
        match part {
            Part::Literal(text) if pattern::has_special(text) => return Shape::Full,
            Part::Literal(text) => plain.extend_from_slice(text),
            Part::Quoted(inner) => {
                for part in inner {
                    match part {
                        Part::Literal(text) => plain.extend_from_slice(text),
                        Part::Parameter(Parameter::Special(Special::At)) => return Shape::Full,
                        _ => is_plain = false,
                    }
                }
            }
            Part::Tilde(_) => is_plain = false,
            Part::Parameter(_) => return Shape::Full,
        }
    }
    match is_plain {
        true => Shape::Plain(plain.into()),
        false => Shape::Single,
    }
}
