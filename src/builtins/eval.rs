//! `eval`, `.`, `exec` (POSIX XCU 2.15) and `command`, `type` (XCU command, type): what they run, the
//! interpreter runs.

use crate::pipeline::Status;
use crate::pipeline::report::shown;
use crate::state::DEFAULT_PATH;
use crate::syntax::Bytes;
use crate::sys::files;

use super::{Action, Answer, Call, DONE, Kind, assignment, find, line};

pub fn eval(call: &mut Call<'_>) -> Answer {
    Ok(Action::Eval(call.operands().join(&b' ')))
}

pub fn exec(call: &mut Call<'_>) -> Answer {
    Ok(Action::Exec(call.operands().to_vec()))
}

/// `.`: a name without a slash is searched in PATH, and need not be executable.
pub fn source(call: &mut Call<'_>) -> Answer {
    let Some((name, arguments)) = call.operands().split_first() else {
        return Err(call.misused("a file is missing"));
    };
    let found = match name.contains(&b'/') {
        true => Some(name.clone()),
        false => files::directories(call.shell.path())
            .map(|directory| files::join(directory, name))
            .find(|file| files::is_readable_file(file))
            .map(Bytes::from),
    };
    let path = found.ok_or_else(|| call.failed(format_args!("{}: not found", shown(name))))?;
    Ok(Action::Source { path, arguments: (!arguments.is_empty()).then(|| arguments.to_vec()) })
}

pub fn command(call: &mut Call<'_>) -> Answer {
    let (options, operands) = call.options("pvV")?;
    let default_path = options.has('p');
    match options.last_of("vV") {
        None if operands.is_empty() => DONE,
        None => Ok(Action::Command { argv: operands.to_vec(), default_path }),
        Some(letter) => describe(call, operands, default_path, letter == 'v'),
    }
}

pub fn type_of(call: &mut Call<'_>) -> Answer {
    describe(call, call.operands(), false, false)
}

fn describe(call: &mut Call<'_>, names: &[Bytes], default_path: bool, is_short: bool) -> Answer {
    let mut status = Status::SUCCESS;
    for name in names {
        match meaning(call, name, default_path) {
            Some(meaning) => line(call.out, if is_short { meaning.short(name) } else { meaning.long(name) }),
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
    let pwd = call.shell.variables.text(b"PWD");
    Some(Meaning::File(if found.starts_with(b"/") { found } else { [pwd, b"/", &found].concat() }))
}

impl Meaning {
    fn short(&self, name: &[u8]) -> Vec<u8> {
        match self {
            Meaning::Alias(value) => [b"alias ", assignment(name, value).as_slice()].concat(),
            Meaning::File(path) => path.clone(),
            Meaning::Reserved | Meaning::Function | Meaning::Builtin(_) => name.to_vec(),
        }
    }

    fn long(&self, name: &[u8]) -> Vec<u8> {
        let (is, what): (&str, &[u8]) = match self {
            Meaning::Alias(value) => (" is an alias for ", value),
            Meaning::Reserved => (" is a shell keyword", b""),
            Meaning::Function => (" is a shell function", b""),
            Meaning::Builtin(Kind::Special) => (" is a special shell builtin", b""),
            Meaning::Builtin(_) => (" is a shell builtin", b""),
            Meaning::File(path) => (" is ", path),
        };
        [name, is.as_bytes(), what].concat()
    }
}
