//! Parameter expansion (POSIX XCU 2.6.2) and the special parameters (2.5.2).

use crate::state::Shell;
use crate::syntax::Bytes;
use crate::syntax::ast::{Parameter, Special};

/// The value of a parameter as a single text; none where it is unset.
pub fn value(parameter: &Parameter, shell: &Shell) -> Option<Bytes> {
    match parameter {
        Parameter::Variable(name) => shell.variable(name),
        Parameter::Positional(number) => shell.positional.get(number.checked_sub(1)?).cloned(),
        Parameter::Special(special) => special_value(*special, shell),
    }
}

fn special_value(special: Special, shell: &Shell) -> Option<Bytes> {
    let number = |number: String| Some(number.into_bytes().into());
    match special {
        Special::At => Some(shell.positional.join(&b' ').into()),
        Special::Star => Some(shell.positional.join(separator(shell)).into()),
        Special::Count => number(shell.positional.len().to_string()),
        Special::Status => number(shell.status.0.to_string()),
        Special::Options => Some(option_letters(shell).into()),
        Special::ProcessId => number(shell.pid.to_string()),
        Special::Background => number(shell.background?.to_string()),
        Special::Zero => Some(shell.name.clone()),
    }
}

/// The first character of IFS: a space where it is unset, nothing where it is empty.
fn separator(shell: &Shell) -> &[u8] {
    match shell.variables.value(b"IFS") {
        None => b" ",
        Some(ifs) => {
            let (_, size) = if shell.is_utf8() { bstr::decode_utf8(&**ifs) } else { (None, 1) };
            ifs.get(..size).unwrap_or_default()
        }
    }
}

fn option_letters(shell: &Shell) -> Vec<u8> {
    let letters = [(shell.is_interactive, b'i'), (shell.terminal.is_some(), b'm')];
    letters.into_iter().filter(|(is_on, _)| *is_on).map(|(_, letter)| letter).collect()
}
