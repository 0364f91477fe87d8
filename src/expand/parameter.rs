//! Parameter expansion (POSIX XCU 2.6.2) and the special parameters (2.5.2).

use std::ops::Range;

use crate::pipeline::shown;
use crate::state::options::Flag;
use crate::state::{Positional, Shell};
use crate::syntax::Bytes;
use crate::syntax::ast::{Arithmetic, DefaultAction, Modified, Modifier, Parameter, Place, Special, Word};
use crate::syntax::pattern::{self, Pattern};

use super::arithmetic::evaluate;
use super::{Error, Host, Result, digits};

/// The value of a parameter as a single text; none where it is unset.
pub fn value(parameter: &Parameter, shell: &Shell) -> Option<Bytes> {
    match parameter {
        Parameter::Variable(name) => shell.variable(name),
        Parameter::Positional(number) => shell.positional.get(*number).cloned(),
        Parameter::Special(special) => match special {
            Special::At | Special::Star if shell.positional.as_slice().is_empty() => None,
            Special::At | Special::Star => Some(joined(*special, &shell.positional, shell)),
            Special::Count => Some(digits(shell.positional.as_slice().len())),
            Special::Status => Some(digits(shell.status.0)),
            Special::Options => Some(option_letters(shell).into()),
            Special::ProcessId => Some(digits(shell.pid)),
            Special::Background => shell.background.map(|pid| digits(pid.as_raw())),
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
        Parameter::Special(special) => char::from(*special as u8).to_string(),
    }
}

/// Several values as one text: `$*` puts the first character of IFS between them, and `$@` where
/// it cannot be several fields a space.
pub fn joined(special: Special, values: &Positional, shell: &Shell) -> Bytes {
    let separator = match (special, shell.variables.separators()) {
        (Special::At, _) | (_, None) => b" ".as_slice(),
        (_, Some(ifs)) => ifs.get(..size_of(ifs, 1, shell.variables.is_utf8())).unwrap_or_default(),
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
    match (&modified.modifier, all(parameter)) {
        (Modifier::Default { action, colon, word }, _) => default(parameter, *action, *colon, word, host),
        (Modifier::Length, Some(_)) => Ok(Value::One(digits(host.shell().positional.as_slice().len()))),
        (Modifier::Length, None) => {
            let value = value_of(parameter, host.shell())?;
            Ok(Value::One(digits(characters(&value, host.shell().variables.is_utf8()))))
        }
        (Modifier::Slice { offset, length }, Some(special)) => {
            let shell = host.shell();
            let name = std::iter::once(&shell.name);
            let values: Vec<Bytes> = name.chain(shell.positional.as_slice()).cloned().collect();
            let range = range(values.len(), offset, length.as_deref(), host)?;
            let chosen = values.get(range).unwrap_or_default().to_vec();
            Ok(Value::All(special, Positional::new(chosen, 0)))
        }
        (Modifier::Slice { offset, length }, None) => {
            let value = value_of(parameter, host.shell())?;
            let utf8 = host.shell().variables.is_utf8();
            let range = range(characters(&value, utf8), offset, length.as_deref(), host)?;
            let place = |count| size_of(&value, count, utf8);
            let chosen = value.get(place(range.start)..place(range.end)).unwrap_or_default();
            Ok(Value::One(chosen.into()))
        }
        (modifier, Some(special)) => {
            let mut values = host.shell().positional.as_slice().to_vec();
            edit(modifier, &mut values, host)?;
            Ok(Value::All(special, Positional::new(values, 0)))
        }
        (modifier, None) => {
            let mut value = value_of(parameter, host.shell())?;
            let is_left_alone = match modifier {
                Modifier::Trim { .. } => value.is_empty(),
                // What is unset matches nothing, but what is empty matches `*`.
                Modifier::Replace { .. } => self::value(parameter, host.shell()).is_none(),
                _ => false,
            };
            if !is_left_alone {
                edit(modifier, std::slice::from_mut(&mut value), host)?;
            }
            Ok(Value::One(value))
        }
    }
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

/// Changes each of these values; what that needs is expanded once.
fn edit(modifier: &Modifier, values: &mut [Bytes], host: &mut dyn Host) -> Result<()> {
    match modifier {
        Modifier::Trim { suffix, longest, pattern } => {
            let pattern = super::pattern(pattern, host)?;
            values.iter_mut().for_each(|value| trim(value, &pattern, *suffix, *longest));
        }
        Modifier::Replace { place, pattern, with } => {
            let (pattern, with) = (super::pattern(pattern, host)?, super::text(with, host)?);
            values.iter_mut().for_each(|value| *value = replaced(value, *place, &pattern, &with));
        }
        Modifier::Unknown(text) => return Err(Error::Unknown(text.clone())),
        Modifier::Length | Modifier::Slice { .. } | Modifier::Default { .. } => {}
    }
    Ok(())
}

/// What an offset and a length choose of so many.
fn range(
    count: usize,
    offset: &Arithmetic,
    length: Option<&Arithmetic>,
    host: &mut dyn Host,
) -> Result<Range<usize>> {
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    let offset = evaluate(offset, host)?;
    let start = if offset < 0 { offset + count } else { offset };
    let end = match length.map(|length| evaluate(length, host)).transpose()? {
        Some(length) if length >= 0 => start.saturating_add(length).min(count),
        length => count + length.unwrap_or(0),
    };
    let places = usize::try_from(start).ok().zip(usize::try_from(end).ok());
    Ok(places.filter(|(start, end)| start <= end).map_or(0..0, |(start, end)| start..end))
}

fn trim(value: &mut Bytes, pattern: &Pattern, suffix: bool, longest: bool) {
    if let Some(size) = pattern.trim(value, suffix, longest).filter(|size| *size > 0) {
        let (front, back) = value.split_at(if suffix { value.len() - size } else { size });
        *value = if suffix { front } else { back }.into();
    }
}

fn replaced(value: &Bytes, place: Place, pattern: &Pattern, with: &[u8]) -> Bytes {
    if value.is_empty() || matches!(place, Place::Start | Place::End) {
        let is_end = place == Place::End;
        let Some(size) = pattern.trim(value, is_end, true) else { return value.clone() };
        let (front, back) = value.split_at(if is_end { value.len() - size } else { size });
        return if is_end { [front, with].concat() } else { [with, back].concat() }.into();
    }
    let (mut done, mut rest) = (Vec::with_capacity(value.len()), &**value);
    let mut is_over = false;
    while !rest.is_empty() && !is_over {
        let matched = pattern.trim(rest, false, true).filter(|size| *size > 0);
        let character = || size_of(rest, 1, pattern.is_utf8());
        let (front, back) = rest.split_at(matched.unwrap_or_else(character));
        done.extend_from_slice(if matched.is_some() { with } else { front });
        rest = back;
        is_over = matched.is_some() && place == Place::First;
    }
    done.extend_from_slice(rest);
    done.into()
}

/// How many characters a text has; a byte that is part of none counts as one.
fn characters(text: &[u8], utf8: bool) -> usize {
    if !utf8 || text.is_ascii() {
        return text.len();
    }
    text.utf8_chunks().map(|chunk| chunk.valid().chars().count() + chunk.invalid().len()).sum()
}

/// How many bytes the first characters of a text have.
fn size_of(text: &[u8], characters: usize, utf8: bool) -> usize {
    if !utf8 {
        return characters.min(text.len());
    }
    pattern::characters(text).take(characters).last().map_or(0, |last| last.end)
}

fn option_letters(shell: &Shell) -> Vec<u8> {
    let mut letters: Vec<u8> = shell.options.letters().collect();
    letters.extend(shell.source_letter);
    letters.extend(shell.is_interactive.then_some(b'i'));
    letters.extend((shell.terminal.is_some() && !letters.contains(&b'm')).then_some(b'm'));
    letters
}
