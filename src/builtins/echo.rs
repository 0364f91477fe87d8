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
            true if !write_escaped(word, call.out) => return Action::Done(Status::SUCCESS),
            true => {}
        }
    }
    if newline {
        call.out.push(b'\n');
    }
    Action::Done(Status::SUCCESS)
}

/// Interprets the escapes of a word; false if `\c` ended all output.
fn write_escaped(word: &[u8], out: &mut Vec<u8>) -> bool {
    let mut bytes = word.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        if byte != b'\\' {
            out.push(byte);
            continue;
        }
        match bytes.next() {
            Some(b'a') => out.push(7),
            Some(b'b') => out.push(8),
            Some(b'c') => return false,
            Some(b'e') => out.push(27),
            Some(b'f') => out.push(12),
            Some(b'n') => out.push(b'\n'),
            Some(b'r') => out.push(b'\r'),
            Some(b't') => out.push(b'\t'),
            Some(b'v') => out.push(11),
            Some(b'\\') => out.push(b'\\'),
            Some(b'0') => {
                let mut value: u8 = 0;
                for _ in 0..3 {
                    let Some(digit @ b'0'..=b'7') = bytes.peek() else { break };
                    value = value.wrapping_mul(8).wrapping_add(digit - b'0');
                    bytes.next();
                }
                out.push(value);
            }
            Some(other) => out.extend([b'\\', other]),
            None => out.push(b'\\'),
        }
    }
    true
}
