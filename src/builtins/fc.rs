//! `fc` (POSIX XCU fc): lists commands of the history, or runs them again, edited or not. It sees what this
//! session ran and what was there before it, not what others run at the same time.

use bstr::ByteSlice;

use crate::pipeline::shown;
use crate::state::history::Entry;
use crate::syntax::Bytes;
use crate::sys::{fd, files, reason};

use super::{Action, Answer, Call, DONE, in_quotes, line, number};

/// How many commands are listed where nothing is said.
const LISTED: i64 = 16;

pub fn fc(call: &mut Call<'_>) -> Answer {
    let Some(history) = call.shell.history.clone() else {
        return Err(call.failed("only an interactive shell has a history"));
    };
    if let [flag, operands @ ..] = call.arguments
        && **flag == *b"--edited"
    {
        return run_edited(call, operands);
    }
    let (options, operands) = call.options("lnrse:#")?;
    let (is_list, is_again) = (options.has('l'), options.has('s'));
    let entries = history.newest(usize::MAX, |entry| history.is_mine_or_older(entry));
    history.release();
    if entries.is_empty() {
        return Err(call.failed("the history is empty"));
    }
    let (change, operands) = match operands {
        [change, rest @ ..] if is_again && change.contains(&b'=') => (change.split_once_str("="), rest),
        all => (None, all),
    };
    if operands.len() > if is_again { 1 } else { 2 } {
        return Err(call.misused("too many operands"));
    }
    let place = |operand: &Bytes| {
        find(&entries, operand)
            .ok_or_else(|| call.failed(format_args!("{}: no such command", shown(operand))))
    };
    let ends = operands.iter().map(place).collect::<Result<Vec<_>, _>>()?;
    let newest = entries.len() - 1;
    let (first, last) = match *ends {
        [first, last, ..] => (first, last),
        [first] => (first, if is_list { newest } else { first }),
        [] if is_list => (at(&entries, -LISTED), newest),
        [] => (newest, newest),
    };
    let mut chosen = entries.get(first.min(last)..=first.max(last)).unwrap_or_default().to_vec();
    if options.has('r') != (first > last) {
        chosen.reverse();
    }
    if is_list {
        return list(call, &chosen, options.has('n'));
    }
    let text = chosen.iter().flat_map(|entry| [entry.text.as_str(), "\n"]).collect::<String>();
    match (is_again, change) {
        (true, None) => run(call, text.into_bytes()),
        (true, Some((old, new))) => run(call, text.as_bytes().replacen(old, new, 1)),
        (false, _) => edit(call, text.as_bytes(), options.value('e')),
    }
}

/// The place of a command: its number, how many commands back it is, or how it begins.
fn find(entries: &[Entry], operand: &[u8]) -> Option<usize> {
    match number(operand) {
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
fn list(call: &mut Call<'_>, entries: &[Entry], plain: bool) -> Answer {
    for entry in entries {
        let number = if plain { String::new() } else { entry.number.to_string() };
        line(call.out, format!("{number}\t{}", entry.text.replace('\n', "\n\t")));
    }
    DONE
}

/// The shell runs the editor, and then this utility with what came out of it.
fn edit(call: &Call<'_>, text: &[u8], editor: Option<&[u8]>) -> Answer {
    let file = files::write_temporary(call.shell.temporary_directory(), text);
    let why = |errno| call.failed(format_args!("cannot write a file for the editor: {}", reason(errno)));
    let file = in_quotes(&file.map_err(why)?);
    let editor = editor.unwrap_or(b"${FCEDIT:-${EDITOR:-ed}}");
    Ok(Action::Eval([editor, b" ", &file, b"\ncommand fc --edited $? ", &file].concat()))
}

/// Runs what an editor has written, unless that failed.
fn run_edited(call: &Call<'_>, operands: &[Bytes]) -> Answer {
    let [status, file] = operands else { return Err(call.misused("--edited is not for people")) };
    let text = files::read(file);
    files::remove(file);
    match text {
        Ok(text) if **status == *b"0" => run(call, text),
        Ok(_) => Err(call.failed("the editor failed: nothing is run")),
        Err(errno) => Err(call.failed(format_args!("{}: cannot read: {}", shown(file), reason(errno)))),
    }
}

/// Shows a text and runs it; the history has it in the place of this utility.
fn run(call: &Call<'_>, text: Vec<u8>) -> Answer {
    let command = text.trim_end_with(|c| c == '\n');
    let lines = command.lines().map(|line| shown(line) + "\n").collect::<String>();
    fd::tell(lines);
    if let Some(history) = &call.shell.history {
        history.rename(&command.to_str_lossy());
    }
    Ok(Action::Eval(text))
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
