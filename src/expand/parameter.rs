//! Parameter expansion (POSIX XCU 2.6.2) and the special parameters (2.5.2).

use std::borrow::Cow;
use std::ops::Range;

use crate::pipeline::report::shown;
use crate::state::options::Flag;
use crate::state::{Positional, Shell};
use crate::syntax::Bytes;
use crate::syntax::ast::{DefaultAction, Modified, Modifier, Parameter, Place, Special, Word};
use crate::syntax::pattern::Pattern;

use super::arithmetic::evaluate;
use super::{Error, Host, Result, digits};

/// The value of a parameter as a single text; none where it is unset.
pub fn value(parameter: &Parameter, shell: &Shell) -> Option<Bytes> {
    match parameter {
        Parameter::Variable(name) => shell.variable(name),
        Parameter::Positional(number) => shell.positional.get(*number).cloned(),
        Parameter::Special(special) => match special {
            Special::At | Special::Star if shell.positional.is_empty() => None,
            Special::At | Special::Star => Some(joined(*special, &shell.positional, shell)),
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
        None if shell.options.has(Flag::NoUnset) && all(parameter).is_none() => {
            Err(Error::Unset(name(parameter)))
        }
        None => Ok(Bytes::default()),
    }
}

/// Whether it is `$@` or `$*`, which are several values.
fn all(parameter: &Parameter) -> Option<Special> {
    match parameter {
        Parameter::Special(special @ (Special::At | Special::Star)) => Some(*special),
        _ => None,
    }
}

fn name(parameter: &Parameter) -> String {
    match parameter {
        Parameter::Variable(name) => shown(&name.text),
        Parameter::Positional(number) => number.to_string(),
        Parameter::Special(special) => char::from(special.character()).to_string(),
    }
}

/// Several values as one text: `$*` puts the first character of IFS between them, and `$@` where
/// it cannot be several fields a space.
pub fn joined(special: Special, values: &Positional, shell: &Shell) -> Bytes {
    let separator = match (special, shell.variables.separators()) {
        (Special::At, _) | (_, None) => b" ".as_slice(),
        (_, Some(ifs)) => {
            let (_, size) = if shell.variables.is_utf8() { bstr::decode_utf8(&**ifs) } else { (None, 1) };
            ifs.get(..size).unwrap_or_default()
        }
    };
    values.as_slice().join(separator).into()
}

/// What a parameter expansion with a modifier stands for.
pub enum Value<'w> {
    /// The word in it.
    Word(&'w Word),
    /// The positional parameters, or what was made of each.
    All(Special, Positional),
    /// This value.
    One(Bytes),
}

/// `${x:-word}`, `${#x}`, `${x#pattern}` and their like.
pub fn modified<'w>(modified: &'w Modified, host: &mut dyn Host) -> Result<Value<'w>> {
    let parameter = &modified.parameter;
    let all = all(parameter);
    Ok(Value::One(match (&modified.modifier, all) {
        (Modifier::Default { action, colon, word }, _) => {
            return default(parameter, *action, *colon, word, host);
        }
        (Modifier::Length, Some(_)) => value_of(&Parameter::Special(Special::Count), host.shell())?,
        (Modifier::Length, None) => {
            let shell = host.shell();
            let value = value_of(parameter, shell)?;
            let length = match shell.variables.is_utf8() && !value.is_ascii() {
                true => characters(&value),
                false => value.len(),
            };
            digits(i64::try_from(length).unwrap_or(i64::MAX))
        }
        (modifier, Some(special)) => return Ok(Value::All(special, edit_all(modifier, host)?)),
        (modifier, None) => {
            let value = value_of(parameter, host.shell())?;
            match modifier {
                Modifier::Trim { .. } if value.is_empty() => value,
                // What is unset matches nothing, but what is empty matches `*`.
                Modifier::Replace { .. } if self::value(parameter, host.shell()).is_none() => value,
                modifier => edit(modifier, host)?.apply(value),
            }
        }
    }))
}

/// Decides between the parameter and the word; makes the assignment of `=`.
fn default<'w>(
    parameter: &Parameter,
    action: DefaultAction,
    colon: bool,
    word: &'w Word,
    host: &mut dyn Host,
) -> Result<Value<'w>> {
    let value = value(parameter, host.shell()).filter(|value| !colon || !value.is_empty());
    match (action, value) {
        (DefaultAction::Alternative, None) => Ok(Value::One(Bytes::default())),
        (DefaultAction::Alternative, Some(_)) | (DefaultAction::Use, None) => Ok(Value::Word(word)),
        (DefaultAction::Assign, None) => {
            let Parameter::Variable(variable) = parameter else {
                return Err(Error::NotVariable(name(parameter)));
            };
            let text = super::text(word, host)?;
            host.shell().variables.assign(variable, text.clone())?;
            Ok(Value::One(text))
        }
        (DefaultAction::Fail, None) => {
            let message = match word.parts.is_empty() {
                true if colon => "parameter null or not set".to_owned(),
                true => "parameter not set".to_owned(),
                false => String::from_utf8_lossy(&super::text(word, host)?).into_owned(),
            };
            Err(Error::Required { name: name(parameter), message })
        }
        (_, Some(value)) => Ok(match all(parameter) {
            Some(special) => Value::All(special, host.shell().positional.clone()),
            None => Value::One(value),
        }),
    }
}

/// What is done with a value, when all that it needs is expanded.
enum Edit<'m> {
    Trim { suffix: bool, longest: bool, pattern: Cow<'m, Pattern> },
    Slice { offset: i64, length: Option<i64>, utf8: bool },
    Replace { place: Place, pattern: Cow<'m, Pattern>, with: Bytes },
}

fn edit<'m>(modifier: &'m Modifier, host: &mut dyn Host) -> Result<Edit<'m>> {
    Ok(match modifier {
        Modifier::Trim { suffix, longest, pattern } => {
            Edit::Trim { suffix: *suffix, longest: *longest, pattern: super::pattern(pattern, host)? }
        }
        Modifier::Slice { offset, length } => Edit::Slice {
            offset: evaluate(offset, host)?,
            length: length.as_ref().map(|length| evaluate(length, host)).transpose()?,
            utf8: host.shell().variables.is_utf8(),
        },
        Modifier::Replace { place, pattern, with } => Edit::Replace {
            place: *place,
            pattern: super::pattern(pattern, host)?,
            with: super::text(with, host)?,
        },
        Modifier::Unknown(text) => return Err(Error::Unknown(text.clone())),
        Modifier::Length | Modifier::Default { .. } => return Err(Error::Unknown(Bytes::default())),
    })
}

/// `${@#pattern}`: each parameter by itself. `${@:offset:length}`: some of them.
fn edit_all(modifier: &Modifier, host: &mut dyn Host) -> Result<Positional> {
    let positional = host.shell().positional.clone();
    let edited = match edit(modifier, host)? {
        Edit::Slice { offset, length, .. } => {
            let name = std::iter::once(&host.shell().name);
            let all: Vec<Bytes> = name.chain(positional.as_slice()).cloned().collect();
            all.get(range(all.len(), offset, length)).unwrap_or_default().to_vec()
        }
        edit => positional.as_slice().iter().map(|value| edit.apply(value.clone())).collect(),
    };
    Ok(Positional::new(edited, 0))
}

impl Edit<'_> {
    fn apply(&self, value: Bytes) -> Bytes {
        match self {
            Edit::Trim { suffix, longest, pattern } => trimmed(value, pattern, *suffix, *longest),
            Edit::Slice { offset, length, utf8 } => {
                let range = range(if *utf8 { characters(&value) } else { value.len() }, *offset, *length);
                let place = |count| if *utf8 { size_of(&value, count) } else { count };
                value.get(place(range.start)..place(range.end)).unwrap_or_default().into()
            }
            Edit::Replace { place, pattern, with } => replaced(value, *place, pattern, with),
        }
    }
}

/// What an offset and a length choose of so many.
fn range(count: usize, offset: i64, length: Option<i64>) -> Range<usize> {
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    let start = if offset < 0 { offset + count } else { offset };
    let end = match length {
        Some(length) if length >= 0 => start.saturating_add(length).min(count),
        length => count + length.unwrap_or(0),
    };
    let place = |number| usize::try_from(number).ok();
    place(start).zip(place(end)).filter(|(start, end)| start <= end).map_or(0..0, |(start, end)| start..end)
}

fn trimmed(value: Bytes, pattern: &Pattern, suffix: bool, longest: bool) -> Bytes {
    let Some(size) = pattern.trim(&value, suffix, longest).filter(|size| *size > 0) else { return value };
    let (front, back) = value.split_at(if suffix { value.len() - size } else { size });
    if suffix { front } else { back }.into()
}

fn replaced(value: Bytes, place: Place, pattern: &Pattern, with: &[u8]) -> Bytes {
    if value.is_empty() || matches!(place, Place::Start | Place::End) {
        let is_end = place == Place::End;
        let Some(size) = pattern.trim(&value, is_end, true) else { return value };
        let (front, back) = value.split_at(if is_end { value.len() - size } else { size });
        return if is_end { [front, with].concat() } else { [with, back].concat() }.into();
    }
    let (mut done, mut rest) = (Vec::with_capacity(value.len()), &*value);
    while !rest.is_empty() {
        match pattern.trim(rest, false, true).filter(|size| *size > 0) {
            Some(size) => {
                done.extend_from_slice(with);
                rest = rest.split_at(size).1;
                if place == Place::First {
                    break;
                }
            }
            None => {
                let (front, back) = rest.split_at(if pattern.is_utf8() { size_of(rest, 1) } else { 1 });
                done.extend_from_slice(front);
                rest = back;
            }
        }
    }
    done.extend_from_slice(rest);
    done.into()
}

/// How many characters a text has; a byte that is part of none counts as one.
fn characters(text: &[u8]) -> usize {
    text.utf8_chunks().map(|chunk| chunk.valid().chars().count() + chunk.invalid().len()).sum()
}

/// How many bytes the first characters of a text have.
fn size_of(text: &[u8], characters: usize) -> usize {
    (0..characters).fold(0, |size, _| {
        let (character, more) = bstr::decode_utf8(text.get(size..).unwrap_or_default());
        size + if character.is_some() { more } else { 1.min(more) }
    })
}

fn option_letters(shell: &Shell) -> Vec<u8> {
    let mut letters: Vec<u8> = shell.options.letters().collect();
    letters.extend(shell.source_letter);
    letters.extend(shell.is_interactive.then_some(b'i'));
    letters.extend((shell.terminal.is_some() && !letters.contains(&b'm')).then_some(b'm'));
    letters
}
