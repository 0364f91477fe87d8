//! Words to fields (POSIX XCU 2.6), a file a step: tilde, parameter and arithmetic expansion, command
//! substitution (which the `Host` runs), field splitting, pathname expansion. Quotes need no removing: the
//! parser has turned them into quoted parts.

mod arithmetic;
mod fields;
mod parameter;
mod pathname;
mod tilde;

use std::borrow::Cow;
use std::ops::Range;

use crate::pipeline::shown;
use crate::state::variables::ReadOnly;
use crate::state::{Divert, Positional, Shell};
use crate::syntax::Bytes;
use crate::syntax::arithmetic::ArithmeticError;
use crate::syntax::ast::{Parameter, Part, PatternWord, ProcessSubstitution, Program, Special, Word};
use crate::syntax::pattern::Pattern;

pub use arithmetic::digits;
use fields::Fields;
pub use fields::Separators;
use parameter::Value;
pub use tilde::home;

/// Who owns the shell and can run what words ask for.
pub trait Host {
    fn shell(&mut self) -> &mut Shell;

    /// What a list writes to its standard output, without the newlines at the end (XCU 2.6.3).
    fn substitute(&mut self, program: &Program) -> Result<Bytes, Divert>;

    /// Starts a list that is read from or written to as a file; gives the file's name.
    fn process_substitution(&mut self, process: &ProcessSubstitution) -> Result<Bytes, Divert>;
}

/// Why a word cannot be expanded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// With `set -u`, an unset parameter was expanded.
    #[error("{0}: parameter not set")]
    Unset(String),
    /// `${x?message}`
    #[error("{name}: {message}")]
    Required { name: String, message: String },
    /// `${1=x}`
    #[error("{0}: only a variable can be assigned to")]
    NotVariable(String),
    /// Text in `${…}` that is no parameter expansion of POSIX.
    #[error("${{{}}}: bad substitution", shown(.0))]
    Unknown(Bytes),
    /// An assignment to a read-only variable.
    #[error(transparent)]
    ReadOnly(#[from] ReadOnly),
    /// An expression is wrong, or divides by zero.
    #[error(transparent)]
    Arithmetic(#[from] ArithmeticError),
    /// The shell is to do something else.
    #[error("interrupted")]
    Diverted(Divert),
}

impl From<Divert> for Error {
    fn from(divert: Divert) -> Error {
        Error::Diverted(divert)
    }
}

type Result<T, E = Error> = std::result::Result<T, E>;

/// What a part stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Context {
    /// The word itself: its text is not split.
    Word,
    /// The word of an unquoted `${x:-word}`, which is split as a value is.
    Value,
    /// Quotes.
    Quotes,
}

/// Expands a word to any number of fields, which are added to `out`.
pub fn fields(word: &Word, host: &mut dyn Host, out: &mut Vec<Bytes>) -> Result<()> {
    if word.is_single {
        out.push(text(word, host)?);
        return Ok(());
    }
    let mut fields = Fields::new(host.shell(), Some(out));
    fields.expand_parts(&word.parts, Context::Word, host)?;
    fields.separate();
    Ok(())
}

impl Fields<'_> {
    fn expand_parts(&mut self, parts: &[Part], context: Context, host: &mut dyn Host) -> Result<()> {
        let is_quoted = context == Context::Quotes;
        for (index, part) in parts.iter().enumerate() {
            match part {
                Part::Literal(text) => match context {
                    Context::Word => self.literal(text),
                    Context::Value => self.split(text),
                    Context::Quotes => self.quoted(text),
                },
                Part::Quoted(inner) if inner.is_empty() => self.quoted(b""),
                Part::Quoted(inner) => self.expand_parts(inner, Context::Quotes, host)?,
                Part::Parameter(Parameter::Special(special @ (Special::At | Special::Star))) => {
                    let positional = host.shell().positional.clone();
                    self.expand_all(*special, &positional, is_quoted, host.shell());
                }
                Part::Modified(modified) => match parameter::modified(modified, host)? {
                    Value::Word(word) if is_quoted => {
                        // A field, even if the word is `$@` and there are no parameters.
                        self.quoted(b"");
                        self.expand_parts(&word.parts, Context::Quotes, host)?;
                    }
                    Value::Word(word) => self.expand_parts(&word.parts, Context::Value, host)?,
                    Value::All(special, values) => self.expand_all(special, &values, is_quoted, host.shell()),
                    Value::One(value) => self.value(&value, is_quoted),
                },
                Part::Tilde(login) => {
                    self.quoted(&tilde::home_before(parts.get(index + 1), login, host.shell()));
                }
                Part::Process(_) => self.quoted(&text_of_part(part, host)?),
                Part::Parameter(_) | Part::Command(_) | Part::Arithmetic(_) => {
                    self.value(&text_of_part(part, host)?, is_quoted);
                }
            }
        }
        Ok(())
    }

    /// `$@` and `$*`, or what was made of each parameter.
    fn expand_all(&mut self, special: Special, parameters: &Positional, is_quoted: bool, shell: &Shell) {
        if self.is_whole() || (special == Special::Star && is_quoted) {
            return self.value(&parameter::joined(special, parameters, shell), is_quoted);
        }
        for (index, parameter) in parameters.as_slice().iter().enumerate() {
            if index > 0 {
                self.separate();
            }
            self.value(parameter, is_quoted);
        }
    }
}

/// Expands a word to exactly one field, without field splitting and pathname expansion: what the value of an
/// assignment and the target of a redirection get.
pub fn text(word: &Word, host: &mut dyn Host) -> Result<Bytes> {
    text_of_parts(&word.parts, host)
}

fn text_of_parts(parts: &[Part], host: &mut dyn Host) -> Result<Bytes> {
    if let [part] = parts {
        return text_of_part(part, host);
    }
    let mut joined = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        joined.extend_from_slice(&match part {
            Part::Tilde(login) => tilde::home_before(parts.get(index + 1), login, host.shell()),
            part => text_of_part(part, host)?,
        });
    }
    Ok(joined.into())
}

/// The same for a part of a word.
pub fn text_of_part(part: &Part, host: &mut dyn Host) -> Result<Bytes> {
    Ok(match part {
        Part::Literal(text) => text.clone(),
        Part::Quoted(inner) => return text_of_parts(inner, host),
        Part::Tilde(login) => tilde::home(login, host.shell()),
        Part::Parameter(parameter) => parameter::value_of(parameter, host.shell())?,
        Part::Modified(modified) => match parameter::modified(modified, host)? {
            Value::Word(word) => return text_of_parts(&word.parts, host),
            Value::All(special, values) => parameter::joined(special, &values, host.shell()),
            Value::One(value) => value,
        },
        Part::Command(program) => host.substitute(program)?,
        Part::Process(process) => host.process_substitution(process)?,
        Part::Arithmetic(expansion) => digits(arithmetic::evaluate(expansion, host)?),
    })
}

/// The pattern that a word stands for: what is quoted in it stands for itself.
pub fn pattern<'w>(pattern: &'w PatternWord, host: &mut dyn Host) -> Result<Cow<'w, Pattern>> {
    let utf8 = host.shell().variables.is_utf8();
    if let Some(compiled) = pattern.compiled.get().filter(|compiled| compiled.is_utf8() == utf8) {
        return Ok(Cow::Borrowed(compiled));
    }
    let mut whole = Fields::new(host.shell(), None);
    whole.expand_parts(&pattern.word.parts, Context::Word, host)?;
    let compiled = Pattern::new(&whole.text, |at| is_in(&whole.quoted, at), utf8);
    match pattern.word.is_constant() && pattern.compiled.get().is_none() {
        true => Ok(Cow::Borrowed(pattern.compiled.get_or_init(|| compiled))),
        false => Ok(Cow::Owned(compiled)),
    }
}

/// Whether `at` is in one of the ranges, which are in order.
fn is_in(ranges: &[Range<usize>], at: usize) -> bool {
    let behind = ranges.partition_point(|range| range.end <= at);
    ranges.get(behind).is_some_and(|range| range.contains(&at))
}
