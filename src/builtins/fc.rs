//! `fc` (POSIX XCU fc): lists commands of the history, or runs them again, edited or not. It sees what this
//! session ran and what was there before it, not what others run at the same time.

use bstr::ByteSlice;

use crate::pipeline::Status;
use crate::pipeline::report::shown;
use crate::state::history::Entry;
use crate::syntax::Bytes;
use crate::sys::{fd, files, reason};

use super::{Action, Call, in_quotes};

/// How many commands are listed where nothing is said.
const LISTED: i64 = 16;

#[derive(Default)]
struct Options {
    list: bool,
    plain: bool,
    reverse: bool,
    again: bool,
    /// The status of the editor, whose file is the operand: how `fc` calls itself.
    edited: bool,
    editor: Option<Bytes>,
}

pub fn fc(call: &mut Call<'_>) -> Action {
    let (options, operands) = match options(call) {
        Ok(options) => options,
        Err(status) => return Action::Done(status),
    };
    let Some(history) = call.shell.history.clone() else {
        return failed(call, "only an interactive shell has a history");
    };
    if options.edited {
        return run_edited(call, operands);
    }
    let entries = history.newest(usize::MAX, |entry| history.is_mine_or_older(entry));
    history.release();
    if entries.is_empty() {
        return failed(call, "the history is empty");
    }
    let (change, operands) = match operands {
        [change, rest @ ..] if options.again && change.contains(&b'=') => (change.split_once_str("="), rest),
        all => (None, all),
    };
    let limit = if options.again { 1 } else { 2 };
    if operands.len() > limit {
        return Action::Done(call.misused("too many operands"));
    }
    let mut ends = Vec::new();
    for operand in operands {
        match find(&entries, operand) {
            Some(index) => ends.push(index),
            None => return failed(call, format_args!("{}: no such command", shown(operand))),
        }
    }
    let newest = entries.len() - 1;
    let (first, last) = match *ends {
        [first, last, ..] => (first, last),
        [first] => (first, if options.list { newest } else { first }),
        [] if options.list => (at(&entries, -LISTED), newest),
        [] => (newest, newest),
    };
    let mut chosen = entries.get(first.min(last)..=first.max(last)).unwrap_or_default().to_vec();
    if options.reverse != (first > last) {
        chosen.reverse();
    }
    if options.list {
        return list(call, &chosen, options.plain);
    }
    let text = chosen.iter().flat_map(|entry| [entry.text.as_str(), "\n"]).collect::<String>();
    match (options.again, change) {
        (true, None) => run(call, text.into_bytes()),
        (true, Some((old, new))) => run(call, text.as_bytes().replacen(old, new, 1)),
        (false, _) => edit(call, text.as_bytes(), options.editor),
    }
}

fn failed(call: &Call<'_>, message: impl std::fmt::Display) -> Action {
    call.complain(message);
    Action::Done(Status::FAILURE)
}

/// A `-` with a digit is an operand.
fn options<'a>(call: &Call<'a>) -> Result<(Options, &'a [Bytes]), Status> {
    let mut options = Options::default();
    let mut operands = call.arguments;
    while let Some((word, rest)) = operands.split_first() {
        let letters = match &**word {
            b"--" => return Ok((options, rest)),
            b"--edited" => {
                options.edited = true;
                return Ok((options, rest));
            }
            [b'-', first, ..] if !first.is_ascii_digit() => word.get(1..).unwrap_or_default(),
            _ => break,
        };
        operands = rest;
        for (index, letter) in letters.iter().enumerate() {
            match letter {
                b'l' => options.list = true,
                b'n' => options.plain = true,
                b'r' => options.reverse = true,
                b's' => options.again = true,
                b'e' => {
                    options.editor =
                        letters.get(index + 1..).filter(|name| !name.is_empty()).map(Bytes::from);
                    if options.editor.is_none() {
                        let Some((name, rest)) = operands.split_first() else {
                            return Err(call.misused("an editor is missing after -e"));
                        };
                        options.editor = Some(name.clone());
                        operands = rest;
                    }
                    break;
                }
                _ => return Err(call.misused(format_args!("unknown option {}", shown(word)))),
            }
        }
    }
    Ok((options, operands))
}

/// The place of a command: its number, how many commands back it is, or how it begins.
fn find(entries: &[Entry], operand: &[u8]) -> Option<usize> {
    match std::str::from_utf8(operand).ok().and_then(|text| text.parse().ok()) {
        Some(number) => Some(at(entries, number)),
        None => entries.iter().rposition(|entry| entry.text.as_bytes().starts_with(operand)),
    }
}

/// What is out of range is the oldest or the newest command.
fn at(entries: &[Entry], number: i64) -> usize {
    let newest = entries.len().saturating_sub(1);
    match number {
        1.. => entries.iter().position(|entry| entry.number >= number).unwrap_or(newest),
        0 => newest,
        back => entries.len().saturating_sub(usize::try_from(back.unsigned_abs()).unwrap_or(usize::MAX)),
    }
}

/// The lines of a command after its first stand under it.
fn list(call: &mut Call<'_>, entries: &[Entry], plain: bool) -> Action {
    for entry in entries {
        let number = if plain { String::new() } else { entry.number.to_string() };
        let text = format!("{number}\t{}\n", entry.text.replace('\n', "\n\t"));
        call.out.extend_from_slice(text.as_bytes());
    }
    Action::Done(Status::SUCCESS)
}

/// The shell runs the editor, and then this utility with what came out of it.
fn edit(call: &Call<'_>, text: &[u8], editor: Option<Bytes>) -> Action {
    let directory = call.shell.variables.value(b"TMPDIR").filter(|directory| !directory.is_empty());
    let file = match files::write_temporary(directory.map_or(b"/tmp", |directory| directory), text) {
        Ok(file) => in_quotes(&file),
        Err(errno) => {
            return failed(call, format_args!("cannot write a file for the editor: {}", reason(errno)));
        }
    };
    let editor = editor.unwrap_or_else(|| b"${FCEDIT:-${EDITOR:-ed}}".as_slice().into());
    Action::Eval([&editor, b" ".as_slice(), &file, b"\ncommand fc --edited $? ", &file].concat())
}

/// Runs what an editor has written, unless that failed.
fn run_edited(call: &Call<'_>, operands: &[Bytes]) -> Action {
    let [status, file] = operands else { return Action::Done(call.misused("--edited is not for people")) };
    let text = files::read(file);
    files::remove(file);
    match text {
        Ok(text) if **status == *b"0" => run(call, text),
        Ok(_) => failed(call, "the editor failed: nothing is run"),
        Err(errno) => failed(call, format_args!("{}: cannot read: {}", shown(file), reason(errno))),
    }
}

/// Shows a text and runs it; the history has it in the place of this utility.
fn run(call: &Call<'_>, text: Vec<u8>) -> Action {
    let lines = text.trim_end_with(|c| c == '\n');
    // Where standard error is closed, nobody wants to see it.
    let _ = fd::write_all(
        2,
        format!("{}\n", lines.split(|&byte| byte == b'\n').map(shown).collect::<Vec<_>>().join("\n"))
            .as_bytes(),
    );
    if let Some(history) = &call.shell.history {
        history.rename(&lines.to_str_lossy());
    }
    Action::Eval(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_named_by_number_by_distance_and_by_their_beginning() {
        let entry = |(number, text): (i64, &str)| Entry { number, text: text.to_owned(), ..Entry::default() };
        let entries: Vec<Entry> = [(3, "ls"), (7, "echo a"), (8, "ls -l")].map(entry).into();
        let found = |operand: &str| find(&entries, operand.as_bytes());
        assert_eq!(["3", "7", "8"].map(found), [Some(0), Some(1), Some(2)]);
        assert_eq!(["1", "5", "99", "0"].map(found), [Some(0), Some(1), Some(2), Some(2)]);
        assert_eq!(["-1", "-3", "-99"].map(found), [Some(2), Some(0), Some(0)]);
        assert_eq!(["ls", "echo", "ech", "cho"].map(found), [Some(2), Some(1), Some(1), None]);
    }
}
