//! `getopts` (POSIX XCU getopts).

use crate::expand::digits;
use crate::pipeline::Status;
use crate::pipeline::report::shown;
use crate::state::variables::ReadOnly;
use crate::syntax::Bytes;

use super::{Action, Answer, Call, check_name, number};

/// What comes next among the arguments.
enum Found {
    Option(u8, Option<Bytes>),
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
    let silent = options.starts_with(b":");
    let (letter, argument) = match &found {
        Found::End => (b'?', None),
        Found::Option(letter, argument) => (*letter, argument.clone()),
        Found::Unknown(letter) if silent => (b'?', Some([*letter].into())),
        Found::Missing(letter) if silent => (b':', Some([*letter].into())),
        Found::Unknown(letter) => {
            call.shell.complain(format_args!("unknown option -{}", shown(&[*letter])));
            (b'?', None)
        }
        Found::Missing(letter) => {
            call.shell.complain(format_args!("option -{} wants an argument", shown(&[*letter])));
            (b'?', None)
        }
    };
    store(call, name, letter, argument, place).map_err(|error| call.wrong(error))?;
    Ok(Action::Done(if matches!(found, Found::End) { Status::FAILURE } else { Status::SUCCESS }))
}

/// Steps on from a place: the number of a word, counted from 1, and an offset into it.
fn next(options: &[u8], words: &[Bytes], place: &mut (usize, usize)) -> Found {
    let (index, offset) = *place;
    let Some(word) = words.get(index - 1) else { return Found::End };
    let offset = if offset == 0 || offset >= word.len() { 1 } else { offset };
    if offset == 1 {
        match &**word {
            b"--" => {
                *place = (index + 1, 0);
                return Found::End;
            }
            [b'-', _, ..] => {}
            _ => return Found::End,
        }
    }
    let letter = word.get(offset).copied().unwrap_or(b'?');
    let is_last = offset + 1 >= word.len();
    *place = if is_last { (index + 1, 0) } else { (index, offset + 1) };
    let known = options.iter().position(|&option| option == letter && letter != b':');
    let Some(at) = known else { return Found::Unknown(letter) };
    if options.get(at + 1) != Some(&b':') {
        return Found::Option(letter, None);
    }
    if !is_last {
        *place = (index + 1, 0);
        return Found::Option(letter, word.get(offset + 1..).map(Bytes::from));
    }
    *place = (index + 2, 0);
    match words.get(index) {
        Some(argument) => Found::Option(letter, Some(argument.clone())),
        None => {
            *place = (index + 1, 0);
            Found::Missing(letter)
        }
    }
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
