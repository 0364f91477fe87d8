//! What `$` and backquotes introduce: the inside of parameter expansions (XCU 2.6.2), command substitutions
//! (2.6.3), arithmetic expansions (2.6.4), and process substitutions.

use std::rc::Rc;

use super::arithmetic;
use super::ast::{
    Arithmetic, DefaultAction, Modified, Modifier, Name, Parameter, Part, Parts, PatternWord, Place,
    ProcessSubstitution, Program, Special, Word,
};
use super::outline::Kind;
use super::parser::Parser;
use super::word::{Inside, is_in, table};
use super::{Bytes, Problem, Span, SyntaxError};

impl Parser<'_> {
    /// `$` and what it introduces; a `$` that introduces nothing stands for itself.
    pub(super) fn dollar(&mut self, in_quotes: bool) {
        let start = self.mark();
        self.advance();
        match self.peek() {
            Some(b'{') => {
                let piece = self.begin_piece(Kind::Parameter, start);
                self.advance();
                self.check_depth();
                let part = self.braced_parameter(start, in_quotes);
                self.end_piece(piece);
                self.parts.push(part);
            }
            Some(b'(') => {
                self.check_depth();
                self.advance();
                let part = match self.peek() == Some(b'(') && self.is_arithmetic() {
                    true => self.arithmetic(start),
                    false => Part::Command(Rc::new(self.parenthesized(start))),
                };
                self.parts.push(part);
            }
            next => {
                let parameter = next.and_then(|byte| self.plain_parameter(byte));
                // A `$` at the end may still become one.
                if parameter.is_some() || next.is_none() {
                    let piece = self.begin_piece(Kind::Parameter, start);
                    self.end_piece(piece);
                }
                match parameter {
                    Some(parameter) => self.parts.push(Part::Parameter(parameter)),
                    None => self.parts.literal.push(b'$'),
                }
            }
        }
    }

    /// What `$` and a name, a digit or a special character stand for.
    fn plain_parameter(&mut self, first: u8) -> Option<Parameter> {
        if starts_name(first) {
            return Some(Parameter::Variable(Name::new(self.name())));
        }
        short_parameter(&[first]).inspect(|_| self.advance())
    }

    /// The longest name or number that begins here.
    fn name(&mut self) -> Bytes {
        let mut name = Bytes::from(self.run(in_name));
        // A line continuation may be in the middle of it.
        while self.peek_raw() == Some(b'\\') && self.peek().is_some_and(in_name) {
            name = [&name, self.run(in_name)].concat().into();
        }
        name
    }

    /// The inside of `${…}`, and the closing brace.
    fn braced_parameter(&mut self, start: Span, in_quotes: bool) -> Part {
        let opening = self.since(start);
        let is_length = self.peek() == Some(b'#') && self.is_length();
        if is_length {
            self.advance();
        }
        let inside = self.mark();
        let Some(parameter) = self.parameter() else { return self.unknown(opening, inside) };
        let modifier = match self.peek() {
            Some(b'}') if !is_length => {
                self.advance();
                return Part::Parameter(parameter);
            }
            Some(b'}') | None => Modifier::Length,
            Some(byte) if !is_length && let Some(modifier) = self.modifier(byte, in_quotes) => modifier,
            Some(_) => return self.unknown(opening, inside),
        };
        self.close_brace(opening);
        Part::Modified(Box::new(Modified { parameter, modifier }))
    }

    fn close_brace(&mut self, opening: Span) {
        if !self.take(b'}') {
            self.fail(Problem::Unclosed("brace"), opening);
        }
    }

    /// After `${`, whether `#` asks for a length: a parameter follows, and then nothing that would make `#`
    /// the parameter.
    fn is_length(&mut self) -> bool {
        let before = (self.position, self.line);
        self.advance();
        let is_length = match self.peek() {
            Some(b'}') | None => false,
            Some(next) if starts_name(next) || next.is_ascii_digit() => true,
            Some(next) => {
                self.advance();
                Special::from_character(next).is_some() && self.peek() == Some(b'}')
            }
        };
        (self.position, self.line) = before;
        is_length
    }

    fn parameter(&mut self) -> Option<Parameter> {
        let first = self.peek()?;
        if !first.is_ascii_digit() {
            return self.plain_parameter(first);
        }
        let digits = self.name();
        let number = digits.iter().all(u8::is_ascii_digit).then(|| std::str::from_utf8(&digits))?;
        // A number that no shell can count to names a parameter that is never set.
        let number = number.ok()?.parse().unwrap_or(usize::MAX);
        Some(if number == 0 { Parameter::Special(Special::Zero) } else { Parameter::Positional(number) })
    }

    fn modifier(&mut self, byte: u8, in_quotes: bool) -> Option<Modifier> {
        if matches!(byte, b'#' | b'%') {
            self.advance();
            let longest = self.take(byte);
            let pattern = PatternWord::new(self.braced_word(b'}', in_quotes, true));
            return Some(Modifier::Trim { suffix: byte == b'%', longest, pattern });
        }
        if byte == b'/' && !self.is_posix {
            return Some(self.replace());
        }
        let before = (self.position, self.line);
        let colon = self.take(b':');
        let operator = self.peek();
        use DefaultAction::{Alternative, Assign, Fail, Use};
        let found = [Use, Assign, Fail, Alternative].into_iter().find(|one| operator == Some(*one as u8));
        let Some(action) = found else {
            if colon && !self.is_posix && operator != Some(b'}') {
                return Some(self.slice());
            }
            (self.position, self.line) = before;
            return None;
        };
        self.advance();
        Some(Modifier::Default { action, colon, word: self.braced_word(b'}', in_quotes, false) })
    }

    /// `offset` or `offset:length`.
    fn slice(&mut self) -> Modifier {
        let offset = Box::new(self.expression(Inside::Slice));
        let length = self.take(b':').then(|| Box::new(self.expression(Inside::Slice)));
        Modifier::Slice { offset, length }
    }

    fn expression(&mut self, inside: Inside) -> Arithmetic {
        let parts = self.until(inside);
        Arithmetic { tree: arithmetic::parse_parts(&parts), parts }
    }

    /// `/pattern/with` and the like; the second slash may be missing. Quotes in it keep their meaning.
    fn replace(&mut self) -> Modifier {
        self.advance();
        let places = [Place::All, Place::Start, Place::End];
        let place = places.into_iter().find(|place| self.peek() == place.operator().last().copied());
        if place.is_some() {
            self.advance();
        }
        // A slash there does not end the pattern: it begins it.
        let slash =
            (place == Some(Place::All) && self.take(b'/')).then(|| Part::Literal(b"/".as_slice().into()));
        let mut pattern = self.braced_word(b'/', true, true);
        if let Some(slash) = slash {
            let parts: Vec<Part> = std::iter::once(slash).chain(pattern.parts.iter().cloned()).collect();
            pattern = Word::new(Parts::from(parts), pattern.span);
        }
        let with = if self.take(b'/') { self.braced_word(b'}', true, true) } else { Word::default() };
        let pattern = Box::new(PatternWord::new(pattern));
        Modifier::Replace { place: place.unwrap_or(Place::First), pattern, with }
    }

    /// Steps over what is no parameter expansion that minish knows, up to its brace.
    fn unknown(&mut self, opening: Span, inside: Span) -> Part {
        self.braced_word(b'}', false, true);
        let text = self.text_of(self.since(inside)).into();
        self.close_brace(opening);
        let parameter = Parameter::Special(Special::Zero);
        Part::Modified(Box::new(Modified { parameter, modifier: Modifier::Unknown(text) }))
    }

    /// Reads a list that stands in parentheses; the opening one is behind.
    fn parenthesized(&mut self, start: Span) -> Program {
        let opening = self.since(start);
        let piece = self.begin_piece(Kind::Substitution, start);
        let outer = std::mem::take(&mut self.pending);
        let program = self.until_parenthesis(opening);
        self.pending.splice(..0, outer);
        self.end_piece(piece);
        program
    }

    /// `<(` or `>(`, a list, and `)`.
    pub(super) fn process_substitution(&mut self) -> Part {
        let start = self.mark();
        self.check_depth();
        let is_output = self.peek() == Some(b'>');
        self.advance();
        self.advance();
        let program = self.parenthesized(start);
        Part::Process(Rc::new(ProcessSubstitution { is_output, program }))
    }

    /// `` `list` ``: the text is taken out of its quotes first, and then parsed by itself.
    pub(super) fn backquoted(&mut self, in_double_quotes: bool) -> Part {
        let start = self.mark();
        self.check_depth();
        let piece = self.begin_piece(Kind::Substitution, start);
        self.advance();
        let opening = self.since(start);
        let mut text = Vec::new();
        loop {
            match self.peek() {
                None if self.notes.is_none() => {
                    self.fail(Problem::Unclosed("backquote"), opening);
                    return Part::Command(Rc::default());
                }
                None | Some(b'`') => break,
                Some(b'\\') => text.push(self.backslash(in_double_quotes)),
                Some(byte) => {
                    self.advance();
                    text.push(byte);
                }
            }
        }
        let inside = Span { start: opening.end, ..opening };
        let mut parser = self.within(text, inside, self.mark());
        let program = parser.rest();
        self.notes = parser.notes.or(self.notes.take());
        if !self.take(b'`') {
            self.fail(Problem::Unclosed("backquote"), opening);
        }
        self.end_piece(piece);
        Part::Command(Rc::new(program.unwrap_or_else(|error| {
            self.give_up(Box::new(SyntaxError { incomplete: false, ..*error }));
            Program::default()
        })))
    }

    /// After `$(`, with `(` next: whether this is an arithmetic expansion, whose second parenthesis closes
    /// right before the first, and not a command substitution that begins with a subshell.
    fn is_arithmetic(&mut self) -> bool {
        let start = self.position;
        if let Some(known) = self.arithmetic.get(&start) {
            return *known;
        }
        // What is found out about those inside is kept, so that nesting does not look ahead again and again.
        let mut open = Vec::new();
        let mut distance = 1;
        let mut quote = None;
        while let Some(byte) = self.peek_ahead(distance) {
            match (quote, byte) {
                (Some(open), byte) if open == byte => quote = None,
                (Some(b'"') | None, b'\\') => distance += 1,
                (Some(_), _) => {}
                (None, b'\'' | b'"') => quote = Some(byte),
                (None, b'(') => open.push(start + distance),
                (None, b')') => {
                    let mut next = distance + 1;
                    while self.peek_ahead(next) == Some(b'\\') && self.peek_ahead(next + 1) == Some(b'\n') {
                        next += 2;
                    }
                    let is_arithmetic = self.peek_ahead(next).is_none_or(|byte| byte == b')');
                    match open.pop() {
                        None => return is_arithmetic,
                        Some(from) => self.arithmetic.insert(from, is_arithmetic),
                    };
                }
                _ => {}
            }
            distance += 1;
        }
        self.arithmetic.extend(open.into_iter().chain([start]).map(|from| (from, true)));
        true
    }

    fn arithmetic(&mut self, start: Span) -> Part {
        self.advance();
        let opening = self.since(start);
        let piece = self.begin_piece(Kind::Arithmetic, start);
        let expression = self.expression(Inside::Arithmetic);
        if !self.take(b')') || !self.take(b')') {
            self.fail(Problem::Unclosed("arithmetic expansion"), opening);
        }
        self.end_piece(piece);
        Part::Arithmetic(Rc::new(expression))
    }
}

/// What a name, a digit or a special character names behind `$`.
pub fn short_parameter(name: &[u8]) -> Option<Parameter> {
    Some(match *name.first()? {
        first if starts_name(first) => Parameter::Variable(Name::new(name)),
        digit @ b'1'..=b'9' => Parameter::Positional(usize::from(digit - b'0')),
        special => Parameter::Special(Special::from_character(special)?),
    })
}

pub fn starts_name(byte: u8) -> bool {
    byte == b'_' || byte.is_ascii_alphabetic()
}

/// The bytes of a name.
const NAME: [bool; 256] = table(b"_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", true);

pub fn in_name(byte: u8) -> bool {
    is_in(&NAME, byte)
}
