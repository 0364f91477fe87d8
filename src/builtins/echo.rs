//! `echo` (POSIX XCU echo). What it does with `-n` and backslashes is left open there; as in bash, `-n`
//! leaves out the newline, `-e` interprets backslashes and `-E` does not.

use crate::syntax::escapes::{Escapes, unescape};

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
