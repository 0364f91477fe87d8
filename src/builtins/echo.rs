//! `echo` (POSIX XCU echo). What it does with `-n` and backslashes is left open there; as in bash, `-n`
//! leaves out the newline, `-e` interprets backslashes and `-E` does not.

use crate::pipeline::Status;

use super::{Action, Call};

pub fn echo(call: &mut Call<'_>) -> Action {
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
            true if !decode(word, Style::Argument, call.out) => return Action::Done(Status::SUCCESS),
            true => {}
        }
    }
    if newline {
        call.out.push(b'\n');
    }
    Action::Done(Status::SUCCESS)
}

/// Where escapes stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// `echo -e` and `printf %b`: octal digits follow a `0`, and `\c` ends all output.
    Argument,
    /// The format of `printf`.
    Format,
}

/// Interprets the escapes of a word; false if `\c` ended all output.
pub fn decode(word: &[u8], style: Style, out: &mut Vec<u8>) -> bool {
    let mut rest = word;
    while let Some((&byte, after)) = rest.split_first() {
        if byte != b'\\' {
            out.push(byte);
            rest = after;
            continue;
        }
        let (size, goes_on) = escape(after, style, out);
        if !goes_on {
            return false;
        }
        rest = after.get(size..).unwrap_or_default();
    }
    true
}

/// Interprets one escape, whose backslash is behind: how many bytes it has, and whether output goes on.
pub fn escape(text: &[u8], style: Style, out: &mut Vec<u8>) -> (usize, bool) {
    let Some(&letter) = text.first() else {
        out.push(b'\\');
        return (0, true);
    };
    let (start, base, most) = match (letter, style) {
        (b'0', Style::Argument) => (1, 8, 3),
        (b'0'..=b'7', _) => (0, 8, 3),
        (b'x', _) => (1, 16, 2),
        _ => (0, 0, 0),
    };
    if base > 0 {
        let digits = text.iter().skip(start).take(most);
        let digits: Vec<u32> = digits.map_while(|&byte| char::from(byte).to_digit(base)).collect();
        if !digits.is_empty() || base == 8 {
            let value = digits.iter().fold(0, |value, digit| value * base + digit);
            out.push(value.to_le_bytes()[0]);
            return (start + digits.len(), true);
        }
    }
    match letter {
        b'a' => out.push(7),
        b'b' => out.push(8),
        b'c' if style == Style::Argument => return (1, false),
        b'e' => out.push(27),
        b'f' => out.push(12),
        b'n' => out.push(b'\n'),
        b'r' => out.push(b'\r'),
        b't' => out.push(b'\t'),
        b'v' => out.push(11),
        b'\\' => out.push(b'\\'),
        b'"' | b'\'' if style == Style::Format => out.push(letter),
        other => out.extend([b'\\', other]),
    }
    (1, true)
}
