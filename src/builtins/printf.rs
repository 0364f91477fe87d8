//! `printf` (POSIX XCU printf, and the file format notation of XBD 5). Additions: `-v name` puts the text into a
//! variable, and `%q` quotes for the shell. Precision and width count bytes.

use crate::pipeline::{Status, quoted, shown};
use crate::syntax::Bytes;
use crate::syntax::escapes::{Escapes, unescape, write_escape};
use crate::sys::numbers::{self, Format, Number};
use crate::sys::{Errno, reason};

use super::{Action, Answer, Call, number};

pub fn printf(call: &mut Call<'_>) -> Answer {
    let (options, operands) = call.options("v:")?;
    let variable = options.value('v');
    variable.map_or(Ok(()), |name| call.check_name(name))?;
    let Some((format, arguments)) = operands.split_first() else {
        return Err(call.misused("a format is missing"));
    };
    let start = call.out.len();
    let mut printer = Printer { call, arguments, next: 0, used: 0, status: Status::SUCCESS };
    printer.run(format);
    let Printer { call, status, .. } = printer;
    if let Some(name) = variable {
        let mut text = call.out.split_off(start);
        text.retain(|&byte| byte != 0); // which programs could not be given
        call.set(name, text)?;
    }
    Ok(Action::Done(status))
}

/// What reads a number: what it is, how many bytes of the text it has, and whether it is in range.
type Parse<N> = fn(&[u8]) -> (N, usize, bool);

/// One call of `printf`.
struct Printer<'c, 'a> {
    call: &'c mut Call<'a>,
    /// Those that the format is still to be used for.
    arguments: &'a [Bytes],
    /// The number of the next of them.
    next: usize,
    /// How many of them this use of the format has reached.
    used: usize,
    status: Status,
}

impl<'a> Printer<'_, 'a> {
    /// Uses the format as often as there are arguments for it.
    fn run(&mut self, format: &[u8]) {
        while self.write(format) && (1..self.arguments.len()).contains(&self.used) {
            self.arguments = self.arguments.get(self.used..).unwrap_or_default();
            (self.next, self.used) = (0, 0);
        }
    }

    /// Uses the format once; false if the output ends here.
    fn write(&mut self, format: &[u8]) -> bool {
        let mut rest = format;
        while let Some(at) = rest.iter().position(|byte| b"%\\".contains(byte)) {
            let (text, special) = rest.split_at(at);
            self.call.out.extend_from_slice(text);
            rest = special.get(1..).unwrap_or_default();
            let goes_on = match special.starts_with(b"%") {
                true => self.convert(&mut rest),
                false => write_escape(&mut rest, Escapes::Format, self.call.out),
            };
            if !goes_on {
                return false;
            }
        }
        self.call.out.extend_from_slice(rest);
        true
    }

    /// A conversion, of which the `%` has been read; false if the output ends here.
    fn convert(&mut self, rest: &mut &[u8]) -> bool {
        if starts(rest, b'%') {
            self.call.out.push(b'%');
            return true;
        }
        let source = *rest;
        let position = position(rest);
        let flags = take(rest, b"-+ #0");
        let width = self.size(rest).unwrap_or(0);
        let precision = if starts(rest, b'.') { self.size(rest).unwrap_or(0) } else { -1 };
        take(rest, b"hjlLtz"); // lengths of C's types: numbers of the shell have but one
        let Some((&conversion, after)) = rest.split_first() else {
            self.fail("a conversion is missing at the end of the format");
            return false;
        };
        *rest = after;
        let format = Format { flags, width, precision, conversion };
        let word = self.argument(position);
        match conversion {
            b's' => self.pad(word, format),
            b'c' => self.pad(word.get(..1).unwrap_or(b"\0"), Format { precision: -1, ..format }),
            b'b' => {
                let mut text = Vec::new();
                let goes_on = unescape(word, Escapes::Argument, &mut text);
                self.pad(&text, format);
                return goes_on;
            }
            b'q' => self.pad(&quoted(word), format),
            _ => {
                let number = match conversion {
                    b'd' | b'i' => Number::Integer(self.value(word, numbers::parse_signed)),
                    b'o' | b'u' | b'x' | b'X' => Number::Integer(self.value(word, numbers::parse_unsigned)),
                    b'a' | b'A' | b'e' | b'E' | b'f' | b'F' | b'g' | b'G' => {
                        Number::Real(self.value(word, numbers::parse_real))
                    }
                    _ => {
                        let source = source.strip_suffix(after).unwrap_or(source);
                        self.fail(format_args!("%{}: not a conversion", shown(source)));
                        return false;
                    }
                };
                if let Err(errno) = numbers::print(format, number, self.call.out) {
                    self.fail(reason(errno));
                }
            }
        }
        true
    }

    fn fail(&mut self, message: impl std::fmt::Display) {
        self.status = self.call.failed(message);
    }

    /// The argument with this number, or the next one. Those that are missing are empty.
    fn argument(&mut self, position: Option<usize>) -> &'a [u8] {
        let index = position.unwrap_or(self.next);
        if position.is_none() {
            self.next += 1;
        }
        self.used = self.used.max(index.saturating_add(1));
        self.arguments.get(index).map_or(b"", |word| word)
    }

    /// A width or a precision: digits, or `*` for that of an argument.
    fn size(&mut self, rest: &mut &[u8]) -> Option<i32> {
        let number = if starts(rest, b'*') {
            let word = self.argument(position(rest));
            self.value(word, numbers::parse_signed)
        } else {
            let digits = Some(take(rest, b"0123456789")).filter(|digits| !digits.is_empty())?;
            number(digits).unwrap_or(i64::MAX)
        };
        let size = i32::try_from(number).ok().filter(|&size| size > i32::MIN);
        if size.is_none() {
            self.fail("a width or a precision is out of range");
        }
        size
    }

    /// The number that a word is, or that of the character after a quote. What is no number is said.
    fn value<N: From<u32>>(&mut self, word: &[u8], parse: Parse<N>) -> N {
        if let Some(character) = self.character(word) {
            return character.into();
        }
        let (value, used, in_range) = parse(word);
        let problem = match used {
            _ if word.is_empty() => None,
            0 => Some("not a number"),
            _ if used < word.len() => Some("not completely converted"),
            _ => (!in_range).then_some("out of range"),
        };
        if let Some(problem) = problem {
            self.fail(format_args!("{}: {problem}", shown(word)));
        }
        value
    }

    /// The value of the character after a quote.
    fn character(&self, word: &[u8]) -> Option<u32> {
        let (b'\'' | b'"', text) = word.split_first()? else { return None };
        let byte = text.first().copied().unwrap_or_default();
        let is_wide = !byte.is_ascii() && self.call.shell.variables.is_utf8();
        let wide = is_wide.then(|| bstr::decode_utf8(text).0).flatten();
        Some(wide.map_or(byte.into(), u32::from))
    }

    fn pad(&mut self, text: &[u8], format: Format<'_>) {
        let text = usize::try_from(format.precision).ok().and_then(|most| text.get(..most)).unwrap_or(text);
        let width = format.width.unsigned_abs() as usize;
        let blanks = width.saturating_sub(text.len());
        if self.call.out.try_reserve(text.len() + blanks).is_err() {
            return self.fail(reason(Errno::ENOMEM));
        }
        let (before, after) =
            if format.width < 0 || format.flags.contains(&b'-') { (0, blanks) } else { (blanks, 0) };
        self.call.out.resize(self.call.out.len() + before, b' ');
        self.call.out.extend_from_slice(text);
        self.call.out.resize(self.call.out.len() + after, b' ');
    }
}

/// Takes the leading bytes that are among these.
fn take<'f>(rest: &mut &'f [u8], wanted: &[u8]) -> &'f [u8] {
    let count = rest.iter().take_while(|byte| wanted.contains(byte)).count();
    let (taken, after) = rest.split_at(count);
    *rest = after;
    taken
}

/// Takes this byte, if it is the next one.
fn starts(rest: &mut &[u8], wanted: u8) -> bool {
    let after = rest.strip_prefix(&[wanted]);
    *rest = after.unwrap_or(rest);
    after.is_some()
}

/// The index of the argument that `n$` names.
fn position(rest: &mut &[u8]) -> Option<usize> {
    let mut after = *rest;
    let place = number::<usize>(take(&mut after, b"0123456789"))?;
    let index = place.checked_sub(1).filter(|_| starts(&mut after, b'$'))?;
    *rest = after;
    Some(index)
}
