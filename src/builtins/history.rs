//! `history`: lists, searches and deletes what was typed, in all sessions.

use serde_json::json;

use crate::pipeline::{Status, shown};
use crate::state::history::Entry;
use crate::syntax::pattern::Pattern;

use super::{Action, Answer, Call, line, number};

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
    let Some(history) = call.shell.history.clone() else {
        return Err(call.failed("only an interactive shell has one"));
    };
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
        let list = found.iter().map(as_json).collect::<Vec<_>>();
        line(call.out, format!("{:#}", json!(list)));
    } else {
        for entry in &found {
            line(call.out, format!("{:5}  {}", entry.number, entry.text));
        }
    }
    history.release();
    Ok(Action::Done(status))
}

fn wanted(call: &Call<'_>) -> Result<Wanted, Status> {
    let mut wanted = Wanted::default();
    let mut pattern = None;
    let mut is_option = true;
    let mut rest = call.arguments.iter();
    while let Some(argument) = rest.next() {
        match &**argument {
            b"--" if is_option => is_option = false,
            b"--failed" if is_option => wanted.failed = true,
            b"--here" if is_option => wanted.here = true,
            b"--json" if is_option => wanted.json = true,
            b"--clear" | b"-c" if is_option => wanted.delete = true,
            b"--delete" | b"-d" if is_option => {
                wanted.delete = true;
                let missing = || call.misused("a number or a pattern is missing after --delete");
                let doomed = rest.next().ok_or_else(missing)?;
                wanted.number = number(doomed);
                pattern = Some(doomed).filter(|_| wanted.number.is_none());
            }
            option if is_option && option.starts_with(b"-") => {
                return Err(call.misused(format_args!("unknown option {}", shown(option))));
            }
            word if number::<i64>(word).is_some() => wanted.count = number(word),
            _ if pattern.is_none() => pattern = Some(argument),
            _ => return Err(call.misused("more than one pattern")),
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
