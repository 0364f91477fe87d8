//! `getopts` (POSIX XCU getopts).

use crate::expand::digits;
use crate::pipeline::Status;
use crate::pipeline::report::shown;
use crate::state::variables::ReadOnly;
use crate::syntax::Bytes;
use crate::sys::fd;

use super::{Action, Answer, Call, check_name, number};

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
    check_name(name).map_err(|error| call.wrong(error))?;
    let positional = call.shell.positional.clone();
    let words = if words.is_empty() { positional.as_slice() } else { words };
    if std::mem::take(&mut call.shell.variables.optind_is_new) {
        call.shell.option_offset = 0;
    }
    let index = number(call.shell.variables.text(b"OPTIND"));
    let mut place = (index.unwrap_or(1_usize).max(1), call.shell.option_offset);
    let found = next(options, words, &mut place);
    // With a `:` in front, the script tells people itself.
    let is_silent = options.starts_with(b":");
    let (letter, argument) = match found {
        Found::End => (b'?', None),
        Found::Option(letter, argument) => (letter, argument.map(Bytes::from)),
        Found::Unknown(letter) if is_silent => (b'?', Some([letter].into())),
        Found::Missing(letter) if is_silent => (b':', Some([letter].into())),
        Found::Unknown(letter) => (b'?', refuse(call, "illegal option", letter)),
        Found::Missing(letter) => (b'?', refuse(call, "option requires an argument", letter)),
    };
    store(call, name, letter, argument, place).map_err(|error| call.wrong(error))?;
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
        ([letter, attached @ ..], _) => (*letter, attached),
        ([], b"--") => {
            *place = (index + 1, 0);
            return Found::End;
        }
        ([], [b'-', letter, attached @ ..]) => (*letter, attached),
        _ => return Found::End,
    };
    *place = if attached.is_empty() { (index + 1, 0) } else { (index, word.len() - attached.len()) };
    let known = options.iter().position(|&option| option == letter && letter != b':');
    let Some(at) = known else { return Found::Unknown(letter) };
    if options.get(at + 1) != Some(&b':') {
        return Found::Option(letter, None);
    }
    if !attached.is_empty() {
        *place = (index + 1, 0);
        return Found::Option(letter, Some(attached));
    }
    let Some(argument) = words.get(index) else { return Found::Missing(letter) };
    *place = (index + 2, 0);
    Found::Option(letter, Some(argument))
}

fn store(
    call: &mut Call<'_>,
    name: &[u8],
    letter: u8,
    argument: Option<Bytes>,
    (index, offset): (usize, usize),
) -> Result<(), ReadOnly> {
    let variables = &mut call.shell.variables;
    match argument {
        Some(argument) => variables.set(b"OPTARG", argument)?,
        None => variables.unset(b"OPTARG")?,
    }
    variables.set(b"OPTIND", digits(i64::try_from(index).unwrap_or(i64::MAX)))?;
    variables.optind_is_new = false;
    variables.set(name, [letter].as_slice())?;
    call.shell.option_offset = offset;
    Ok(())
}
