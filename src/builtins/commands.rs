//! Where commands are found and what names stand for: `.` (POSIX XCU 2.15), `command`, `hash` and `type` (XCU command,
//! hash, type). What they run, the interpreter runs.

use crate::pipeline::{Status, shown};
use crate::state::options::Flag;
use crate::syntax::{Bytes, reserved_words};
use crate::sys::{files, reason};

use super::{Action, Answer, Call, DONE, Kind, assignment, find, line};

/// `.`: a name without a slash is searched in PATH, and need not be executable.
pub fn source(call: &mut Call<'_>) -> Answer {
    let Some((name, arguments)) = call.operands().split_first() else {
        return Err(call.misused("a file is missing"));
    };
    let mut candidates = files::directories(call.shell.path()).map(|directory| files::join(directory, name));
    let found = match name.contains(&b'/') {
        true => Some(name.clone()),
        false => candidates.find(|file| files::is_readable_file(file)).map(Bytes::from),
    };
    let path = found.ok_or_else(|| call.failed(format_args!("{}: not found", shown(name))))?;
    Ok(Action::Source { path, arguments: (!arguments.is_empty()).then(|| arguments.to_vec()) })
}

pub fn command(call: &mut Call<'_>) -> Answer {
    let (options, operands) = call.options("pvV")?;
    let path = options.has('p').then_some(files::DEFAULT_PATH);
    match options.last_of("vV") {
        None if operands.is_empty() => DONE,
        None => Ok(Action::Command { argv: operands.to_vec(), path }),
        Some(letter) => describe(call, operands, path, letter == 'v'),
    }
}

/// What each name stands for, to be read back or in words. Programs are searched in `path`, or else in PATH.
pub fn describe(call: &mut Call<'_>, names: &[Bytes], path: Option<&[u8]>, is_short: bool) -> Answer {
    let mut status = Status::SUCCESS;
    for name in names {
        match meaning(call, name, path) {
            Some((short, _)) if is_short => line(call.out, short),
            Some((_, long)) => line(call.out, [name, b" is ".as_slice(), &long].concat()),
            None => {
                status = Status::NOT_FOUND;
                if !is_short {
                    call.complain(format_args!("{}: not found", shown(name)));
                }
            }
        }
    }
    Ok(Action::Done(status))
}

/// What a name stands for where a command is expected: to be read back, and in words.
fn meaning(call: &mut Call<'_>, name: &Bytes, path: Option<&[u8]>) -> Option<(Vec<u8>, Vec<u8>)> {
    let as_named = |words: &str| Some((name.to_vec(), words.as_bytes().to_vec()));
    let is_posix = call.shell.options.has(Flag::Posix);
    match find(name) {
        _ if let Some(value) = call.shell.aliases.get(name) => {
            let definition = [b"alias ", assignment(name, value).as_slice()].concat();
            Some((definition, [b"an alias for ", &**value].concat()))
        }
        _ if reserved_words(is_posix).any(|word| word == &**name) => as_named("a shell keyword"),
        Some(builtin) if builtin.kind == Kind::Special => as_named("a special shell builtin"),
        _ if call.shell.functions.contains_key(name) => as_named("a shell function"),
        Some(_) => as_named("a shell builtin"),
        None => {
            let found = call.shell.find_program(name, path).ok()?.into_bytes();
            files::check_executable(&found).ok()?;
            let pwd = call.shell.variables.text(b"PWD");
            let path = if found.starts_with(b"/") { found } else { [pwd, b"/", &found].concat() };
            Some((path.clone(), path))
        }
    }
}

pub fn hash(call: &mut Call<'_>) -> Answer {
    let (options, names) = call.options("r")?;
    if options.has('r') {
        call.shell.remembered_programs().clear();
    } else if names.is_empty() {
        call.shell.remembered_programs().values().for_each(|path| line(call.out, path.to_bytes()));
    }
    call.each(names, |call, name| {
        if find(name).is_some() || call.shell.functions.contains_key(name) {
            return Ok(());
        }
        // A program that was installed since then may come first on PATH.
        call.shell.remembered_programs().remove(name);
        call.shell.find_program(name, None).map(drop).map_err(reason)
    })
}
