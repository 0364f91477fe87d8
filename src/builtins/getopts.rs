//! `getopts` (POSIX XCU getopts).

use crate::pipeline::{Status, shown};
use crate::syntax::Bytes;
use crate::sys::fd;

use super::{Action, Answer, Call, number};

/// What comes next among the arguments.
pub enum Found<'a> {
    Option(u8, Option<&'a [u8]>),
    Unknown(u8),
    /// Its argument is missing.
    Missing(u8),
    End,
}

pub fn getopts(call: &mut Call<'_>) -> Answer {
    let [options, name, words @ ..] = call.operands() else {
        return Err(call.misused("the options and a name are wanted"));
    };
    call.check_name(name)?;
    let positional = call.shell.positional.clone();
    let words = if words.is_empty() { positional.as_slice() } else { words };
    let index = number(call.shell.variables.text(b"OPTIND")).unwrap_or(1_usize);
    let mut place = (index.max(1), call.shell.variables.option_offset);
    let found = next(options, words, &mut place);
    // With a `:` in front, the script tells people itself.
    let is_silent = options.starts_with(b":");
    let (letter, argument) = match found {
        Found::End => (b'?', None),
        Found::Option(letter, argument) => (letter, argument.map(Bytes::from)),
        Found::Unknown(letter) if is_silent => (b'?', Some([letter].as_slice().into())),
        Found::Missing(letter) if is_silent => (b':', Some([letter].as_slice().into())),
        Found::Unknown(letter) => (b'?', refuse(call, "illegal option", letter)),
        Found::Missing(letter) => (b'?', refuse(call, "option requires an argument", letter)),
    };
    match argument {
        Some(argument) => call.set(b"OPTARG", argument)?,
        None => call.unset(b"OPTARG")?,
    }
    call.set(b"OPTIND", place.0.to_string().into_bytes())?;
    call.shell.variables.option_offset = place.1;
    call.set(name, [letter].as_slice())?;
    Ok(Action::Done(Status::of(!matches!(found, Found::End))))
}

/// Tells whoever gave the script that option, in the script's name.
fn refuse(call: &Call<'_>, problem: &str, letter: u8) -> Option<Bytes> {
    fd::tell(format!("{}: {problem} -- {}\n", shown(&call.shell.name), shown(&[letter])));
    None
}

/// Steps on from a place: the number of a word, counted from 1, and an offset into it, 0 before its letters.
pub fn next<'a>(options: &[u8], words: &'a [Bytes], place: &mut (usize, usize)) -> Found<'a> {
    let (index, offset) = *place;
    let Some(word) = words.get(index - 1) else { return Found::End };
    let begun = word.get(offset..).filter(|_| offset > 0).unwrap_or_default();
    let (letter, attached) = match (begun, &**word) {
        ([], b"--") => {
            *place = (index + 1, 0);
            return Found::End;
        }
        ([letter, attached @ ..], _) | ([], [b'-', letter, attached @ ..]) => (*letter, attached),
        _ => return Found::End,
    };
    *place = if attached.is_empty() { (index + 1, 0) } else { (index, word.len() - attached.len()) };
    let known = options.iter().position(|&option| option == letter && letter != b':');
    let Some(at) = known else { return Found::Unknown(letter) };
    let (argument, after) = match words.get(index) {
        _ if options.get(at + 1) != Some(&b':') => return Found::Option(letter, None),
        _ if !attached.is_empty() => (attached, index + 1),
        Some(argument) => (&**argument, index + 2),
        None => return Found::Missing(letter),
    };
    *place = (after, 0);
    Found::Option(letter, Some(argument))
}
