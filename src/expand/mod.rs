//! Words to fields (POSIX XCU 2.6), a file a step: tilde and parameter expansion, field splitting,
//! pathname expansion. Quotes need no removing: the parser has turned them into quoted parts.

mod fields;
mod parameter;
mod pathname;
mod tilde;

use crate::state::Shell;
use crate::syntax::Bytes;
use crate::syntax::ast::{Parameter, Part, Shape, Special, Word};

use fields::Fields;

/// Expands a word to any number of fields, which are added to `out`.
pub fn fields(word: &Word, shell: &Shell, out: &mut Vec<Bytes>) {
    match (&word.shape, &*word.parts) {
        (Shape::Plain(text), _) => out.push(text.clone()),
        (Shape::Single, _) => out.push(text(word, shell)),
        (Shape::Full, parts) => {
            let mut fields = Fields::new(shell, out);
            for part in parts {
                expand_part(part, shell, &mut fields);
            }
            fields.end();
        }
    }
}

fn expand_part(part: &Part, shell: &Shell, fields: &mut Fields<'_>) {
    match part {
        Part::Literal(text) => fields.literal(text),
        Part::Tilde(login) => fields.quoted(&tilde::home(login, shell)),
        Part::Parameter(Parameter::Special(Special::At | Special::Star)) => {
            for (index, parameter) in shell.positional.iter().enumerate() {
                if index > 0 {
                    fields.separate();
                }
                fields.split(parameter);
            }
        }
        Part::Parameter(parameter) => {
            if let Some(value) = parameter::value(parameter, shell) {
                fields.split(&value);
            }
        }
        Part::Quoted(inner) if inner.is_empty() => fields.quoted(b""),
        Part::Quoted(inner) => inner.iter().for_each(|part| match part {
            Part::Parameter(Parameter::Special(Special::At)) => {
                for (index, parameter) in shell.positional.iter().enumerate() {
                    if index > 0 {
                        fields.separate();
                    }
                    fields.quoted(parameter);
                }
            }
            part => fields.quoted(&text_of_part(part, shell)),
        }),
    }
}

/// Expands a word to exactly one field, without field splitting and pathname expansion: what the value of an
/// assignment and the target of a redirection get.
pub fn text(word: &Word, shell: &Shell) -> Bytes {
    match (&word.shape, &*word.parts) {
        (Shape::Plain(text), _) => text.clone(),
        (_, [part]) => text_of_part(part, shell),
        (_, parts) => join(parts, shell),
    }
}

fn text_of_part(part: &Part, shell: &Shell) -> Bytes {
    match part {
        Part::Literal(text) => text.clone(),
        Part::Tilde(login) => tilde::home(login, shell),
        Part::Parameter(parameter) => parameter::value(parameter, shell).unwrap_or_default(),
        Part::Quoted(inner) => match &**inner {
            [part] => text_of_part(part, shell),
            parts => join(parts, shell),
        },
    }
}

fn join(parts: &[Part], shell: &Shell) -> Bytes {
    let mut joined = Vec::new();
    for part in parts {
        joined.extend_from_slice(&text_of_part(part, shell));
    }
    joined.into()
}
