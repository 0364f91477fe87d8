//! `echo` (POSIX XCU echo). What it does with `-n` and backslashes is left open there; as in bash, `-n`
//! leaves out the newline, `-e` interprets backslashes and `-E` does not.

use super::{Answer, Call, DONE};

pub fn echo(call: &mut Call<'_>) -> Answer {
    let mut newline = true;
    let mut escapes = false;
    let mut words = call.arguments;
    while let Some((first, rest)) = words.split_first()
        && let Some(letters @ [_, ..]) = first.strip_prefix(b"-")
        && letters.iter().all(|letter| b"neE".contains(letter))
    {
        for letter in letters {
            match letter {
                b'n' => newline = false,
                other => escapes = *other == b'e',
            }
        }
        words = rest;
    }
    for (index, word) in words.iter().enumerate() {
        if index > 0 {
            call.out.push(b' ');
        }
        match escapes {
            false => call.out.extend_from_slice(word),
            true if !unescape(word, Escapes::Echo, call.out) => return DONE,
            true => {}
        }
    }
    if newline {
        call.out.push(b'\n');
    }
    DONE
}

/// Whose escapes are interpreted: they differ in `\c` and in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Escapes {
    /// Those of `echo -e`: `\0ddd`.
    Echo,
    /// Those of an argument for `%b`: `\0ddd` and `\ddd`.
    Argument,
    /// Those of a format of `printf`: `\ddd`, and no `\c`.
    Format,
}

/// Interprets the escapes of a word; false if `\c` ended all output.
pub fn unescape(word: &[u8], whose: Escapes, out: &mut Vec<u8>) -> bool {
    let mut rest = word;
    while let Some(at) = rest.iter().position(|&byte| byte == b'\\') {
        let (text, escape) = rest.split_at(at);
        out.extend_from_slice(text);
        rest = escape.get(1..).unwrap_or_default();
        if !write_escape(&mut rest, whose, out) {
            return false;
        }
    }
    out.extend_from_slice(rest);
    true
}

/// Takes what follows a backslash from `rest` and interprets it; false for `\c`.
pub fn write_escape(rest: &mut &[u8], whose: Escapes, out: &mut Vec<u8>) -> bool {
    let after = rest.get(1..).unwrap_or_default();
    let (byte, after) = match (rest.first(), whose) {
        (Some(b'a'), _) => (7, after),
        (Some(b'b'), _) => (8, after),
        (Some(b'c'), Escapes::Echo | Escapes::Argument) => return false,
        (Some(b'e'), _) => (27, after),
        (Some(b'f'), _) => (12, after),
        (Some(b'n'), _) => (b'\n', after),
        (Some(b'r'), _) => (b'\r', after),
        (Some(b't'), _) => (b'\t', after),
        (Some(b'v'), _) => (11, after),
        (Some(b'\\'), _) => (b'\\', after),
        (Some(b'x'), _) if after.first().is_some_and(u8::is_ascii_hexdigit) => number(after, 16, 2),
        (Some(b'0'), Escapes::Echo | Escapes::Argument) => number(after, 8, 3),
        (Some(b'0'..=b'7'), Escapes::Argument | Escapes::Format) => number(rest, 8, 3),
        _ => (b'\\', *rest),
    };
    out.push(byte);
    *rest = after;
    true
}

/// The byte that at most so many digits make, and what follows them.
fn number(digits: &[u8], base: u32, most: usize) -> (u8, &[u8]) {
    let digit = |byte: &u8| char::from(*byte).to_digit(base);
    let count = digits.iter().take(most).take_while(|byte| digit(byte).is_some()).count();
    let (digits, after) = digits.split_at(count);
    let value = digits.iter().filter_map(digit).fold(0, |value, digit| value * base + digit);
    (value as u8, after)
}
