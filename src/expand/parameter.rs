//! Parameter expansion (POSIX XCU 2.6.2) and the special parameters (2.5.2).

use crate::pipeline::report::shown;
use crate::state::Shell;
use crate::state::options::Flag;
use crate::syntax::Bytes;
use crate::syntax::ast::{DefaultAction, Modified, Modifier, Parameter, Special, Word};
use crate::syntax::pattern::Pattern;

use super::{Error, Host, Result, digits};

/// The value of a parameter as a single text; none where it is unset.
pub fn value(parameter: &Parameter, shell: &Shell) -> Option<Bytes> {
    match parameter {
        Parameter::Variable(name) => shell.variable(name),
        Parameter::Positional(number) => shell.positional.get(*number).cloned(),
        Parameter::Special(special) => match special {
            Special::At | Special::Star if shell.positional.is_empty() => None,
            Special::At | Special::Star => Some(all(*special, shell)),
            Special::Count => Some(digits(i64::try_from(shell.positional.len()).unwrap_or(i64::MAX))),
            Special::Status => Some(digits(i64::from(shell.status.0))),
            Special::Options => Some(option_letters(shell).into()),
            Special::ProcessId => Some(digits(shell.pid.into())),
            Special::Background => shell.background.map(|pid| digits(i64::from(pid.as_raw()))),
            Special::Zero => Some(shell.name.clone()),
        },
    }
}

/// The value of a parameter; nothing where it is unset, which with `set -u` is an error.
pub fn value_of(parameter: &Parameter, shell: &Shell) -> Result<Bytes> {
    match value(parameter, shell) {
        Some(value) => Ok(value),
        None if shell.options.has(Flag::NoUnset) && !is_all(parameter) => Err(Error::Unset(name(parameter))),
        None => Ok(Bytes::default()),
    }
}

fn is_all(parameter: &Parameter) -> bool {
    matches!(parameter, Parameter::Special(Special::At | Special::Star))
}

fn name(parameter: &Parameter) -> String {
    match parameter {
        Parameter::Variable(name) => shown(&name.text),
        Parameter::Positional(number) => number.to_string(),
        Parameter::Special(special) => char::from(special.character()).to_string(),
    }
}

/// All positional parameters as one text.
pub fn all(special: Special, shell: &Shell) -> Bytes {
    joined(special, shell.positional.as_slice(), shell)
}

/// Several values as one text: `$*` puts the first character of IFS between them, and `$@` where
/// it cannot be several fields a space.
pub fn joined(special: Special, values: &[Bytes], shell: &Shell) -> Bytes {
    let separator = match (special, shell.variables.separators()) {
        (Special::At, _) | (_, None) => b" ".as_slice(),
        (_, Some(ifs)) => {
            let (_, size) = if shell.variables.is_utf8() { bstr::decode_utf8(&**ifs) } else { (None, 1) };
            ifs.get(..size).unwrap_or_default()
        }
    };
    values.join(separator).into()
}

/// What `${x:-word}` and its kin stand for.
pub enum Choice<'w> {
    /// The word.
    Word(&'w Word),
    /// The positional parameters.
    All(Special),
    /// This value.
    Value(Bytes),
}

/// Decides between the parameter and the word; makes the assignment of `=`.
pub fn choose<'w>(modified: &'w Modified, host: &mut dyn Host) -> Result<Choice<'w>> {
    let parameter = &modified.parameter;
    let value = value(parameter, host.shell());
    let Modifier::Default { action, colon, word } = &modified.modifier else {
        return Ok(Choice::Value(value.unwrap_or_default()));
    };
    let is_set = value.as_ref().is_some_and(|value| !colon || !value.is_empty());
    match (action, is_set) {
        (DefaultAction::Alternative, false) => return Ok(Choice::Value(Bytes::default())),
        (DefaultAction::Alternative, true) | (DefaultAction::Use, false) => return Ok(Choice::Word(word)),
        (DefaultAction::Assign, false) => {
            let Parameter::Variable(variable) = parameter else {
                return Err(Error::NotVariable(name(parameter)));
            };
            let text = super::text(word, host)?;
            host.shell().variables.assign(variable, text.clone())?;
            return Ok(Choice::Value(text));
        }
        (DefaultAction::Fail, false) => {
            let message = match word.parts.is_empty() {
                true if *colon => "parameter null or not set".to_owned(),
                true => "parameter not set".to_owned(),
                false => String::from_utf8_lossy(&super::text(word, host)?).into_owned(),
            };
            return Err(Error::Required { name: name(parameter), message });
        }
        _ => {}
    }
    match parameter {
        Parameter::Special(special @ (Special::At | Special::Star)) => Ok(Choice::All(*special)),
        _ => Ok(Choice::Value(value.unwrap_or_default())),
    }
}

/// `${#x}`, `${x#pattern}` and their like.
pub fn modified(modified: &Modified, host: &mut dyn Host) -> Result<Bytes> {
    match &modified.modifier {
        Modifier::Length if is_all(&modified.parameter) => {
            value_of(&Parameter::Special(Special::Count), host.shell())
        }
        Modifier::Length => {
            let shell = host.shell();
            let value = value_of(&modified.parameter, shell)?;
            let length = match shell.variables.is_utf8() && !value.is_ascii() {
                true => characters(&value),
                false => value.len(),
            };
            Ok(digits(i64::try_from(length).unwrap_or(i64::MAX)))
        }
        Modifier::Trim { .. } if is_all(&modified.parameter) => {
            let trimmed = trim_all(modified, host)?;
            let is_star = matches!(modified.parameter, Parameter::Special(Special::Star));
            Ok(joined(if is_star { Special::Star } else { Special::At }, &trimmed, host.shell()))
        }
        Modifier::Trim { suffix, longest, pattern } => {
            let value = value_of(&modified.parameter, host.shell())?;
            if value.is_empty() {
                return Ok(value);
            }
            let pattern = super::pattern(pattern, host)?;
            Ok(trimmed(value, &pattern, *suffix, *longest))
        }
        Modifier::Unknown(text) => Err(Error::Unknown(text.clone())),
        Modifier::Default { .. } => Ok(Bytes::default()),
    }
}

/// `${@#pattern}`: each parameter by itself.
pub fn trim_all(modified: &Modified, host: &mut dyn Host) -> Result<Vec<Bytes>> {
    let positional = host.shell().positional.clone();
    let Modifier::Trim { suffix, longest, pattern } = &modified.modifier else { return Ok(Vec::new()) };
    let pattern = super::pattern(pattern, host)?;
    let each = positional.as_slice().iter();
    Ok(each.map(|value| trimmed(value.clone(), &pattern, *suffix, *longest)).collect())
}

fn trimmed(value: Bytes, pattern: &Pattern, suffix: bool, longest: bool) -> Bytes {
    let Some(size) = pattern.trim(&value, suffix, longest).filter(|size| *size > 0) else { return value };
    let (front, back) = value.split_at(if suffix { value.len() - size } else { size });
    if suffix { front } else { back }.into()
}

/// How many characters a text has; a byte that is part of none counts as one.
fn characters(mut text: &[u8]) -> usize {
    let mut count = 0;
    while !text.is_empty() {
        let (character, size) = bstr::decode_utf8(text);
        text = text.get(if character.is_some() { size } else { 1 }..).unwrap_or_default();
        count += 1;
    }
    count
}

fn option_letters(shell: &Shell) -> Vec<u8> {
    let mut letters: Vec<u8> = shell.options.letters().collect();
    letters.extend(shell.source_letter);
    letters.extend(shell.is_interactive.then_some(b'i'));
    letters.extend((shell.terminal.is_some() && !letters.contains(&b'm')).then_some(b'm'));
    letters
}
