//! `printf` (POSIX XCU printf), with bash's `%q` and `-v`.

use crate::pipeline::Status;
use crate::pipeline::report::shown;
use crate::syntax::Bytes;
use crate::syntax::ast::Name;
use crate::sys::number;

use super::{Action, Call, echo, quoted};

/// A conversion specification.
#[derive(Debug, Default)]
struct Conversion {
    left: bool,
    zeros: bool,
    alternative: bool,
    plus: bool,
    blank: bool,
    width: usize,
    precision: Option<usize>,
    kind: u8,
}

/// What is being printed.
struct Printer<'c, 'a> {
    call: &'c mut Call<'a>,
    arguments: &'a [Bytes],
    /// Of the argument that comes next.
    next: usize,
    /// Where the arguments of this round of the format begin.
    base: usize,
    /// The furthest that numbered conversions have got.
    furthest: usize,
    out: Vec<u8>,
    failed: bool,
    /// `\c` ended all output.
    ended: bool,
}

pub fn printf(call: &mut Call<'_>) -> Action {
    let operands = call.operands();
    let (variable, operands) = match operands {
        [option, name, rest @ ..] if **option == *b"-v" => (Some(name), rest),
        operands => (None, operands),
    };
    let Some((format, arguments)) = operands.split_first() else {
        return Action::Done(call.misused("a format is missing"));
    };
    if let Some(name) = variable.filter(|name| !Name::is_valid(name)) {
        return Action::Done(call.misused(format_args!("{}: not a name of a variable", shown(name))));
    }
    let out = Vec::new();
    let mut printer =
        Printer { call, arguments, next: 0, base: 0, furthest: 0, out, failed: false, ended: false };
    loop {
        let before = printer.next;
        if let Err(problem) = printer.print(format) {
            printer.call.complain(problem);
            printer.failed = true;
            break;
        }
        printer.next = printer.next.max(printer.furthest);
        printer.base = printer.next;
        if printer.ended || printer.next >= arguments.len() || printer.next == before {
            break;
        }
    }
    let (out, failed) = (printer.out, printer.failed);
    match variable {
        Some(name) => {
            if let Err(error) = call.shell.variables.set(name, out) {
                call.complain(error);
                return Action::Done(Status::FAILURE);
            }
        }
        None => call.out.extend_from_slice(&out),
    }
    Action::Done(if failed { Status::FAILURE } else { Status::SUCCESS })
}

impl Printer<'_, '_> {
    /// Goes through the format once.
    fn print(&mut self, format: &[u8]) -> Result<(), String> {
        let mut rest = format;
        while let Some((&byte, after)) = rest.split_first() {
            match (byte, after.first()) {
                (b'\\', _) => {
                    let (size, _) = echo::escape(after, echo::Style::Format, &mut self.out);
                    rest = after.get(size..).unwrap_or_default();
                }
                (b'%', Some(b'%')) => {
                    self.out.push(b'%');
                    rest = after.get(1..).unwrap_or_default();
                }
                (b'%', _) => {
                    rest = self.specification(after)?;
                    if self.ended {
                        return Ok(());
                    }
                }
                _ => {
                    self.out.push(byte);
                    rest = after;
                }
            }
        }
        Ok(())
    }

    /// Parses what follows `%`, and prints its argument; gives what follows.
    fn specification<'f>(&mut self, format: &'f [u8]) -> Result<&'f [u8], String> {
        let mut rest = format;
        let mut conversion = Conversion::default();
        let numbered = digits(&mut rest).filter(|_| rest.first() == Some(&b'$'));
        match numbered {
            Some(_) => rest = rest.get(1..).unwrap_or_default(),
            None => rest = format,
        }
        while let Some((flag, after)) = rest.split_first() {
            match flag {
                b'-' => conversion.left = true,
                b'0' => conversion.zeros = true,
                b'#' => conversion.alternative = true,
                b'+' => conversion.plus = true,
                b' ' => conversion.blank = true,
                _ => break,
            }
            rest = after;
        }
        if let Some(width) = self.amount(&mut rest) {
            conversion.left |= width < 0;
            conversion.width = usize::try_from(width.unsigned_abs()).unwrap_or(usize::MAX);
        }
        if let Some(after) = rest.strip_prefix(b".") {
            rest = after;
            let precision = self.amount(&mut rest).unwrap_or(0);
            conversion.precision = usize::try_from(precision).ok();
        }
        const MOST: usize = i32::MAX as usize;
        if conversion.width > MOST || conversion.precision.is_some_and(|precision| precision > MOST) {
            return Err("the width or precision is too large".to_owned());
        }
        // Lengths mean nothing here.
        while let Some(after) = rest.strip_prefix(b"l").or_else(|| rest.strip_prefix(b"h")) {
            rest = after;
        }
        let Some((&kind, rest)) = rest.split_first() else {
            return Err(format!("%{}: the conversion is missing", shown(format)));
        };
        conversion.kind = kind;
        let argument = match numbered {
            Some(number) => {
                let at = self.base + number.saturating_sub(1);
                self.furthest = self.furthest.max(at + 1);
                self.arguments.get(at).cloned()
            }
            None => self.argument(),
        };
        self.convert(&conversion, argument)?;
        Ok(rest)
    }

    fn argument(&mut self) -> Option<Bytes> {
        let argument = self.arguments.get(self.next).cloned();
        self.next += 1;
        argument
    }

    /// A width or precision: digits, or `*` for an argument.
    fn amount(&mut self, rest: &mut &[u8]) -> Option<i64> {
        if let Some(after) = rest.strip_prefix(b"*") {
            *rest = after;
            let argument = self.argument();
            return Some(self.integer(argument.as_ref()).unwrap_or(0) as i64);
        }
        digits(rest).and_then(|number| i64::try_from(number).ok())
    }

    fn convert(&mut self, conversion: &Conversion, argument: Option<Bytes>) -> Result<(), String> {
        let text: &[u8] = argument.as_deref().unwrap_or_default();
        match conversion.kind {
            b's' => self.pad(conversion, cut(text, conversion.precision)),
            b'c' => self.pad(conversion, text.get(..1).unwrap_or_default()),
            b'q' => self.pad(conversion, &quoted(text)),
            b'b' => {
                let mut decoded = Vec::new();
                self.ended = !echo::decode(text, echo::Style::Argument, &mut decoded);
                self.pad(conversion, cut(&decoded, conversion.precision));
            }
            b'd' | b'i' => {
                let value = self.integer(argument.as_ref()).unwrap_or(0);
                let value = i64::try_from(value).unwrap_or_else(|_| {
                    self.complain(text, "out of range");
                    if value < 0 { i64::MIN } else { i64::MAX }
                });
                self.number(conversion, value < 0, value.unsigned_abs().to_string(), "");
            }
            b'o' | b'u' | b'x' | b'X' => {
                let value = self.integer(argument.as_ref()).unwrap_or(0);
                let bits = u64::try_from(value).or_else(|_| i64::try_from(value).map(i64::cast_unsigned));
                let bits = bits.unwrap_or_else(|_| {
                    self.complain(text, "out of range");
                    u64::MAX
                });
                let (digits, prefix) = match conversion.kind {
                    b'o' => (format!("{bits:o}"), "0"),
                    b'x' => (format!("{bits:x}"), "0x"),
                    b'X' => (format!("{bits:X}"), "0X"),
                    _ => (bits.to_string(), ""),
                };
                let is_shown = conversion.alternative && bits != 0;
                self.number(conversion, false, digits, if is_shown { prefix } else { "" });
            }
            b'a' | b'A' | b'e' | b'E' | b'f' | b'F' | b'g' | b'G' => {
                let value = self.float(argument.as_ref());
                let flags: Vec<u8> = [
                    (conversion.left, b'-'),
                    (conversion.zeros, b'0'),
                    (conversion.alternative, b'#'),
                    (conversion.plus, b'+'),
                    (conversion.blank, b' '),
                ]
                .into_iter()
                .filter(|(is_on, _)| *is_on)
                .map(|(_, flag)| flag)
                .collect();
                let text =
                    number::format(&flags, conversion.width, conversion.precision, conversion.kind, value);
                self.out.extend_from_slice(&text);
            }
            other => return Err(format!("%{}: not a conversion", shown(&[other]))),
        }
        Ok(())
    }

    fn pad(&mut self, conversion: &Conversion, text: &[u8]) {
        let missing = conversion.width.saturating_sub(text.len());
        let blanks = std::iter::repeat_n(b' ', missing);
        if conversion.left {
            self.out.extend_from_slice(text);
            self.out.extend(blanks);
        } else {
            self.out.extend(blanks);
            self.out.extend_from_slice(text);
        }
    }

    fn number(&mut self, conversion: &Conversion, negative: bool, digits: String, prefix: &str) {
        let is_signed = matches!(conversion.kind, b'd' | b'i');
        let sign = match (negative, is_signed && conversion.plus, is_signed && conversion.blank) {
            (true, ..) => "-",
            (_, true, _) => "+",
            (_, _, true) => " ",
            _ => "",
        };
        let digits = match (conversion.precision, digits.as_str()) {
            (Some(0), "0") => String::new(),
            _ => digits,
        };
        let octal_prefix = conversion.kind == b'o' && !prefix.is_empty();
        let mut zeros = conversion.precision.unwrap_or(1).saturating_sub(digits.len());
        if octal_prefix {
            zeros = zeros.max(1);
        }
        let prefix = if octal_prefix { "" } else { prefix };
        if conversion.zeros && !conversion.left && conversion.precision.is_none() {
            zeros = zeros.max(conversion.width.saturating_sub(sign.len() + prefix.len() + digits.len()));
        }
        let text = format!("{sign}{prefix}{}{digits}", "0".repeat(zeros));
        self.pad(conversion, text.as_bytes());
    }

    fn complain(&mut self, text: &[u8], problem: &str) {
        self.call.complain(format_args!("{}: {problem}", shown(text)));
        self.failed = true;
    }

    /// `"c` and `'c` stand for the number of a character.
    fn character(&self, text: &[u8]) -> Option<u32> {
        let (b'"' | b'\'', rest) = text.split_first()? else { return None };
        let first = u32::from(*rest.first()?);
        match self.call.shell.variables.is_utf8().then(|| bstr::decode_utf8(rest).0) {
            Some(Some(character)) => Some(u32::from(character)),
            _ => Some(first),
        }
    }

    /// The number that an argument stands for; what is wrong with it is said, and counts as far as it goes.
    fn integer(&mut self, argument: Option<&Bytes>) -> Option<i128> {
        let text = argument?.clone();
        if let Some(character) = self.character(&text) {
            return Some(i128::from(character));
        }
        let trimmed = text.trim_ascii_start();
        let (negative, digits) = match trimmed.split_first() {
            Some((b'-', digits)) => (true, digits),
            Some((b'+', digits)) => (false, digits),
            _ => (false, trimmed),
        };
        let (base, digits) = match digits {
            [b'0', b'x' | b'X', hex @ ..] if hex.first().is_some_and(u8::is_ascii_hexdigit) => (16, hex),
            [b'0', ..] => (8, digits),
            digits => (10, digits),
        };
        let mut value = 0_i128;
        let mut used = 0;
        for digit in digits.iter().map_while(|&byte| char::from(byte).to_digit(base)) {
            value = value.saturating_mul(i128::from(base)).saturating_add(i128::from(digit));
            used += 1;
        }
        if used == 0 && !text.is_empty() {
            self.complain(&text, "not a number");
        } else if used < digits.len() {
            self.complain(&text, "not completely a number");
        }
        Some(if negative { -value } else { value })
    }

    fn float(&mut self, argument: Option<&Bytes>) -> f64 {
        let Some(text) = argument else { return 0.0 };
        if let Some(character) = self.character(text) {
            return f64::from(character);
        }
        let (value, used) = number::parse(text);
        if used == 0 && !text.is_empty() {
            self.complain(text, "not a number");
        } else if used < text.len() {
            self.complain(text, "not completely a number");
        }
        value
    }
}

fn cut(text: &[u8], precision: Option<usize>) -> &[u8] {
    text.get(..precision.unwrap_or(usize::MAX)).unwrap_or(text)
}

/// The digits that come next, as a number.
fn digits(rest: &mut &[u8]) -> Option<usize> {
    let length = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (digits, after) = rest.split_at(length);
    if digits.is_empty() {
        return None;
    }
    *rest = after;
    Some(std::str::from_utf8(digits).ok().and_then(|digits| digits.parse().ok()).unwrap_or(usize::MAX))
}
