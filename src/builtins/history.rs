//! `history` lists, searches and deletes what was typed, in all sessions. `fc` (POSIX XCU fc) lists commands, or runs
//! them again, edited or not: it sees what this session ran and what was there before it, not what others run at the
//! same time.

use std::rc::Rc;

use bstr::ByteSlice;
use serde_json::json;

use crate::pipeline::{Status, shown};
use crate::state::history::{Entry, History};
use crate::syntax::Bytes;
use crate::syntax::pattern::Pattern;
use crate::sys::{fd, files, reason};

use super::{Action, Answer, Call, DONE, behind, in_quotes, line, number};

fn history_of(call: &Call<'_>) -> Result<Rc<History>, Status> {
    call.shell.history.clone().ok_or_else(|| call.failed("only an interactive shell has a history"))
}

/// What it is asked for.
#[derive(Default)]
struct Wanted {
    failed: bool,
    here: bool,
    json: bool,
    delete: bool,
    number: Option<i64>,
    pattern: Option<Pattern>,
    count: Option<usize>,
}

pub fn history(call: &mut Call<'_>) -> Answer {
    let history = history_of(call)?;
    let wanted = wanted(call)?;
    let here = call.shell.variables.text(b"PWD");
    let found = history.newest(wanted.count.unwrap_or(usize::MAX), |entry| {
        (!wanted.failed || entry.status.is_some_and(|status| status != 0))
            && (!wanted.here || entry.folder == here)
            && wanted.number.is_none_or(|number| number == entry.number)
            && wanted.pattern.as_ref().is_none_or(|pattern| pattern.matches(entry.text.as_bytes()))
    });
    let mut status = Status::SUCCESS;
    if wanted.delete {
        let is_missing = found.is_empty() && (wanted.number.is_some() || wanted.pattern.is_some());
        if is_missing || !history.delete(&found) {
            let why = if is_missing { "there is no such command" } else { "nothing could be deleted" };
            status = call.failed(why);
        }
    } else if wanted.json {
        line(call.out, format!("{:#}", json!(found.iter().map(as_json).collect::<Vec<_>>())));
    } else {
        for entry in &found {
            line(call.out, format!("{:5}  {}", entry.number, entry.text));
        }
    }
    Ok(Action::Done(status))
}

fn wanted(call: &Call<'_>) -> Result<Wanted, Status> {
    let mut wanted = Wanted::default();
    let mut pattern = None;
    let mut is_option = true;
    let mut rest = call.arguments.iter();
    while let Some(argument) = rest.next() {
        match &**argument {
            word if !is_option || !word.starts_with(b"-") => match number::<usize>(word) {
                Some(count) => wanted.count = Some(count),
                None if pattern.is_none() => pattern = Some(argument),
                None => return Err(call.misused("more than one pattern")),
            },
            b"--" => is_option = false,
            b"--failed" => wanted.failed = true,
            b"--here" => wanted.here = true,
            b"--json" => wanted.json = true,
            b"--clear" | b"-c" => wanted.delete = true,
            b"--delete" | b"-d" => {
                wanted.delete = true;
                let missing = || call.misused("a number or a pattern is missing after --delete");
                let doomed = rest.next().ok_or_else(missing)?;
                wanted.number = number(doomed);
                pattern = Some(doomed).filter(|_| wanted.number.is_none());
            }
            option => return Err(call.misused(format_args!("unknown option {}", shown(option)))),
        }
    }
    // What is searched may stand anywhere in a command; what is deleted is the whole of it.
    let around: &[u8] = if wanted.delete { b"" } else { b"*" };
    wanted.pattern =
        pattern.map(|pattern| Pattern::new(&[around, pattern, around].concat(), |_| false, true));
    Ok(wanted)
}

fn as_json(entry: &Entry) -> serde_json::Value {
    json!({
        "number": entry.number,
        "text": entry.text,
        "folder": String::from_utf8_lossy(&entry.folder),
        "session": entry.session,
        "started": entry.started,
        "duration": entry.duration,
        "status": entry.status,
        "stages": entry.stages,
    })
}

/// How many commands are listed where nothing is said.
const LISTED: i64 = 16;

pub fn fc(call: &mut Call<'_>) -> Answer {
    let history = history_of(call)?;
    if let Some(operands) = behind(b"--edited", call.arguments) {
        return run_edited(call, operands);
    }
    let (options, operands) = call.options("lnrse:#")?;
    // As an editor, `-` edits nothing.
    let is_again = options.has('s') || options.value('e') == Some(b"-");
    let is_list = options.has('l');
    let entries = history.newest(usize::MAX, |entry| history.is_mine_or_older(entry));
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
    let unknown = |operand: &Bytes| call.failed(format_args!("{}: no such command", shown(operand)));
    let place = |operand: &Bytes| find(&entries, operand).ok_or_else(|| unknown(operand));
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
        for entry in &chosen {
            let number = if options.has('n') { String::new() } else { entry.number.to_string() };
            // The lines of a command after its first stand under it.
            line(call.out, format!("{number}\t{}", entry.text.replace('\n', "\n\t")));
        }
        return DONE;
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

/// The shell runs the editor, and then this utility with how it ended.
fn edit(call: &Call<'_>, text: &[u8], editor: Option<&[u8]>) -> Answer {
    let file = files::write_temporary(call.shell.temporary_directory(), text);
    let why = |errno| call.failed(format_args!("cannot write a file for the editor: {}", reason(errno)));
    let file = file.map_err(why)?;
    let editor = editor.unwrap_or(b"${FCEDIT:-${EDITOR:-ed}}");
    let text = [editor, b" ", &in_quotes(&file)].concat();
    Ok(Action::Again(text, [b"fc", b"--edited".as_slice(), &file].map(Bytes::from).into()))
}

/// Runs what an editor has written, unless that failed.
fn run_edited(call: &Call<'_>, operands: &[Bytes]) -> Answer {
    let [file, status] = operands else { return Err(call.misused("--edited is not for people")) };
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
    fd::tell(command.lines().map(|line| shown(line) + "\n").collect::<String>());
    if let Some(history) = call.shell.history.as_ref().filter(|_| !command.is_empty()) {
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
