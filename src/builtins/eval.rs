//! `eval`, `.`, `exec` (POSIX XCU 2.15) and `command`, `type` (XCU command, type): what they run, the
//! interpreter runs.

use crate::pipeline::Status;
use crate::pipeline::report::shown;
use crate::state::DEFAULT_PATH;
use crate::syntax::Bytes;
use crate::sys::files;

use super::{Action, Call, Kind, find, in_quotes};

pub fn eval(call: &mut Call<'_>) -> Action {
    Action::Eval(call.operands().join(&b' '))
}

pub fn exec(call: &mut Call<'_>) -> Action {
    Action::Exec(call.operands().to_vec())
}

/// `.`: a name without a slash is searched in PATH, and need not be executable.
pub fn source(call: &mut Call<'_>) -> Action {
    let Some((name, arguments)) = call.operands().split_first() else {
        return Action::Fail(call.misused("a file is missing"));
    };
    let arguments = (!arguments.is_empty()).then(|| arguments.to_vec());
    if name.contains(&b'/') {
        return Action::Source { path: name.clone(), arguments };
    }
    let path = call.shell.variables.path().cloned().unwrap_or_else(|| DEFAULT_PATH.into());
    for directory in path.split(|&byte| byte == b':') {
        let directory = if directory.is_empty() { b".".as_slice() } else { directory };
        let file = [directory, name].join(&b'/');
        if files::is_readable_file(&file) {
            return Action::Source { path: file.into(), arguments };
        }
    }
    call.complain(format_args!("{}: not found", shown(name)));
    Action::Fail(Status::FAILURE)
}

pub fn command(call: &mut Call<'_>) -> Action {
    let (letters, operands) = match call.options("pvV") {
        Ok(options) => options,
        Err(status) => return Action::Done(status),
    };
    let default_path = letters.contains(&'p');
    let argv = operands.to_vec();
    match letters.iter().rfind(|letter| **letter != 'p') {
        None if argv.is_empty() => Action::Done(Status::SUCCESS),
        None => Action::Command { argv, default_path },
        Some(letter) => {
            let mut status = Status::SUCCESS;
            for name in &argv {
                match meaning(call, name, default_path) {
                    Some(meaning) if *letter == 'v' => meaning.write_short(name, call.out),
                    Some(meaning) => meaning.write_long(name, call.out),
                    None => {
                        status = Status::NOT_FOUND;
                        if *letter == 'V' {
                            call.complain(format_args!("{}: not found", shown(name)));
                        }
                    }
                }
            }
            Action::Done(status)
        }
    }
}

pub fn type_of(call: &mut Call<'_>) -> Action {
    let mut status = Status::SUCCESS;
    for name in call.operands().to_vec() {
        match meaning(call, &name, false) {
            Some(meaning) => meaning.write_long(&name, call.out),
            None => {
                status = Status::NOT_FOUND;
                call.complain(format_args!("{}: not found", shown(&name)));
            }
        }
    }
    Action::Done(status)
}

/// What a name stands for where a command is expected.
enum Meaning {
    Alias(Bytes),
    Reserved,
    Function,
    Builtin(Kind),
    File(Vec<u8>),
}

/// The reserved words (POSIX XCU 2.4).
pub const RESERVED: [&str; 16] = [
    "!", "{", "}", "case", "do", "done", "elif", "else", "esac", "fi", "for", "if", "in", "then", "until",
    "while",
];

fn meaning(call: &mut Call<'_>, name: &Bytes, default_path: bool) -> Option<Meaning> {
    if let Some(value) = call.shell.aliases.get(name) {
        return Some(Meaning::Alias(value.clone()));
    }
    if RESERVED.iter().any(|word| word.as_bytes() == &**name) {
        return Some(Meaning::Reserved);
    }
    match find(name) {
        Some(builtin) if builtin.kind == Kind::Special => return Some(Meaning::Builtin(builtin.kind)),
        _ if call.shell.functions.contains_key(name) => return Some(Meaning::Function),
        Some(builtin) => return Some(Meaning::Builtin(builtin.kind)),
        None => {}
    }
    let path: Option<Bytes> = default_path.then(|| DEFAULT_PATH.into());
    let found = call.shell.find_program(name, path.as_ref()).ok()?.into_bytes();
    files::check_executable(&found).ok()?;
    match found.starts_with(b"/") {
        true => Some(Meaning::File(found)),
        false => {
            let pwd = call.shell.variables.value(b"PWD").cloned().unwrap_or_default();
            Some(Meaning::File([&pwd, b"/".as_slice(), &found].concat()))
        }
    }
}

impl Meaning {
    fn write_short(&self, name: &[u8], out: &mut Vec<u8>) {
        match self {
            Meaning::Alias(value) => {
                out.extend_from_slice(b"alias ");
                out.extend_from_slice(name);
                out.push(b'=');
                out.extend_from_slice(&in_quotes(value));
            }
            Meaning::File(path) => out.extend_from_slice(path),
            Meaning::Reserved | Meaning::Function | Meaning::Builtin(_) => out.extend_from_slice(name),
        }
        out.push(b'\n');
    }

    fn write_long(&self, name: &[u8], out: &mut Vec<u8>) {
        out.extend_from_slice(name);
        match self {
            Meaning::Alias(value) => {
                out.extend_from_slice(b" is an alias for ");
                out.extend_from_slice(value);
            }
            Meaning::Reserved => out.extend_from_slice(b" is a shell keyword"),
            Meaning::Function => out.extend_from_slice(b" is a shell function"),
            Meaning::Builtin(Kind::Special) => out.extend_from_slice(b" is a special shell builtin"),
            Meaning::Builtin(_) => out.extend_from_slice(b" is a shell builtin"),
            Meaning::File(path) => {
                out.extend_from_slice(b" is ");
                out.extend_from_slice(path);
            }
        }
        out.push(b'\n');
    }
}
