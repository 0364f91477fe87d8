//! The tree of a word (XCU 2.2, 2.6): parts that carry their own quoting.

use std::cell::Cell;
use std::rc::Rc;

use super::{Few, PatternWord, Program};
use crate::syntax::arithmetic::Expression;
use crate::syntax::dollar::{in_name, starts_name};
use crate::syntax::{Bytes, Span};

/// A word before expansion: parts that carry their own quoting.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Word {
    /// In order; none for an empty value.
    pub parts: Parts,
    /// Whether it always expands to exactly one field: nothing in it can be split or is a pattern.
    pub is_single: bool,
    /// Where it stands.
    pub span: Span,
}

/// The parts of a word.
pub type Parts = Few<Part>;

/// A piece of a word.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// Unquoted text, where `*`, `?` and `[` are special.
    Literal(Bytes),
    /// Quoted by `\`, `'…'`, `"…"` or `$'…'`, which differ no more once parsed.
    Quoted(Box<[Part]>),
    /// `$x`, `${x}`.
    Parameter(Parameter),
    /// `${x:-word}` and the like.
    Modified(Box<Modified>),
    /// `$(list)`, and in backquotes.
    Command(Rc<Program>),
    /// `$((expression))`.
    Arithmetic(Rc<Arithmetic>),
    /// `<(list)`, `>(list)`.
    Process(Rc<ProcessSubstitution>),
    /// A tilde-prefix: the login name, or nothing for the own home.
    Tilde(Bytes),
}

impl Part {
    /// Whether expanding it may change the shell, fail by intent, or run commands.
    pub fn has_effects(&self) -> bool {
        match self {
            Part::Literal(_) | Part::Parameter(_) | Part::Tilde(_) => false,
            Part::Quoted(inner) => inner.iter().any(Part::has_effects),
            Part::Command(_) | Part::Process(_) => true,
            Part::Arithmetic(arithmetic) => {
                arithmetic.tree.as_ref().is_none_or(Expression::has_effects)
                    || arithmetic.parts.iter().any(Part::has_effects)
            }
            Part::Modified(modified) => match &modified.modifier {
                Modifier::Length => false,
                Modifier::Default { action, word, .. } => {
                    matches!(action, DefaultAction::Assign | DefaultAction::Fail) || word.has_effects()
                }
                Modifier::Trim { pattern, .. } => pattern.word.has_effects(),
                Modifier::Replace { pattern, with, .. } => pattern.word.has_effects() || with.has_effects(),
                Modifier::Slice { .. } | Modifier::Unknown(_) => true,
            },
        }
    }
}

/// A parameter expansion that does something with the value (XCU 2.6.2).
#[derive(Debug, Clone, PartialEq)]
pub struct Modified {
    /// Whose value.
    pub parameter: Parameter,
    /// What is done with it.
    pub modifier: Modifier,
}

/// What a parameter expansion does with the value.
#[derive(Debug, Clone, PartialEq)]
pub enum Modifier {
    /// `${#x}`: its length in characters.
    Length,
    /// `${x:-word}`, `${x:=word}`, `${x:?word}`, `${x:+word}`.
    Default {
        /// Which of them.
        action: DefaultAction,
        /// With a colon: an empty value counts as unset.
        colon: bool,
        /// The word.
        word: Word,
    },
    /// `${x#pattern}`, `${x##pattern}`, `${x%pattern}`, `${x%%pattern}`.
    Trim {
        /// `%`: from its end.
        suffix: bool,
        /// Doubled: as much as matches.
        longest: bool,
        /// What is taken off.
        pattern: PatternWord,
    },
    /// `${x:offset:length}`, an addition: a part of it.
    Slice {
        /// Where it begins, counted from the end if negative.
        offset: Box<Arithmetic>,
        /// How long it is; if negative, where it ends.
        length: Option<Box<Arithmetic>>,
    },
    /// `${x/pattern/with}`, an addition: other text for what matches.
    Replace {
        /// Where it has to match.
        place: Place,
        /// What is replaced, as much as matches.
        pattern: Box<PatternWord>,
        /// What stands there instead.
        with: Word,
    },
    /// Something between the braces that minish does not know, as it is written. It is an error only when it
    /// is expanded, since scripts for several shells hold such text in branches that never run.
    Unknown(Bytes),
}

/// Which match `${x/pattern/with}` replaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The first.
    First,
    /// `${x//pattern/with}`: all.
    All,
    /// `${x/#pattern/with}`: one at the beginning.
    Start,
    /// `${x/%pattern/with}`: one at the end.
    End,
}

impl Place {
    /// What stands before the pattern.
    pub fn operator(self) -> &'static [u8] {
        match self {
            Place::First => b"/",
            Place::All => b"//",
            Place::Start => b"/#",
            Place::End => b"/%",
        }
    }
}

/// What `${x:-word}` and its kin do, by the characters of their operators.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum DefaultAction {
    /// The word where the parameter is unset.
    Use = b'-',
    /// It is assigned too.
    Assign = b'=',
    /// It is the message of an error.
    Fail = b'?',
    /// The word where the parameter is set.
    Alternative = b'+',
}

/// `$((…))`: expanded as in double quotes, then evaluated.
#[derive(Debug, Clone, PartialEq)]
pub struct Arithmetic {
    /// The text.
    pub parts: Box<[Part]>,
    /// The expression, if its form does not depend on what the expansions in it give.
    pub tree: Option<Expression>,
}

/// `<(list)` or `>(list)`: a pipe to a list that runs beside the command, named as a file.
#[derive(Debug, PartialEq)]
pub struct ProcessSubstitution {
    /// `>(`: the list reads what the command writes.
    pub is_output: bool,
    /// The list.
    pub program: Program,
}

/// What a parameter expansion names.
#[derive(Debug, Clone, PartialEq)]
pub enum Parameter {
    /// A variable.
    Variable(Name),
    /// `$1`, `${10}`.
    Positional(usize),
    /// One of `@ * # ? - $ ! 0`.
    Special(Special),
}

/// The special parameters (XCU 2.5.2), by their characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Special {
    /// The positional parameters, each a field of its own.
    At = b'@',
    /// The positional parameters, joined by the first character of IFS when quoted.
    Star = b'*',
    /// How many positional parameters there are.
    Count = b'#',
    /// The status of the last pipeline.
    Status = b'?',
    /// The option letters.
    Options = b'-',
    /// The process ID of the shell, the same in its subshells.
    ProcessId = b'$',
    /// The process ID of the last asynchronous list.
    Background = b'!',
    /// The name of the shell or the script.
    Zero = b'0',
}

impl Special {
    /// The special parameter with this character.
    pub fn from_character(byte: u8) -> Option<Special> {
        use Special::{At, Background, Count, Options, ProcessId, Star, Status, Zero};
        let all = [At, Star, Count, Status, Options, ProcessId, Background, Zero];
        all.into_iter().find(|special| *special as u8 == byte)
    }
}

/// The name of a variable (XBD 3.216), which remembers the slot where it was last found, so that running
/// a command again looks nothing up. The slot is a hint: whoever uses it checks that the name is there.
#[derive(Debug, Clone)]
pub struct Name {
    /// Its text.
    pub text: Bytes,
    /// Where it was last found.
    pub slot: Cell<u32>,
}

impl Name {
    /// A name that has not been looked up.
    pub fn new(text: impl Into<Bytes>) -> Name {
        Name { text: text.into(), slot: Cell::new(u32::MAX) }
    }

    /// How long the name is that a text begins with that is an assignment (XCU 2.9.1): `name=…`.
    pub fn assigned(text: &[u8]) -> Option<usize> {
        let length = text.iter().position(|&byte| !in_name(byte))?;
        let is_one = text.get(length) == Some(&b'=') && text.first().is_some_and(|&first| starts_name(first));
        is_one.then_some(length)
    }

    /// Whether these bytes are a name: letters, digits and `_`, not beginning with a digit.
    pub fn is_valid(text: &[u8]) -> bool {
        text.first().is_some_and(|&first| starts_name(first)) && text.iter().all(|&byte| in_name(byte))
    }
}

impl PartialEq for Name {
    fn eq(&self, other: &Name) -> bool {
        self.text == other.text
    }
}

impl Word {
    /// A word of this unquoted text, in which nothing is special.
    pub fn plain(text: &[u8], span: Span) -> Word {
        Word { parts: Parts::One(Part::Literal(text.into())), is_single: true, span }
    }

    /// Whether expanding it may change the shell, fail by intent, or run commands.
    pub fn has_effects(&self) -> bool {
        self.parts.iter().any(Part::has_effects)
    }

    /// Whether it holds nothing but text: it always expands to the same.
    pub fn is_constant(&self) -> bool {
        let is_text = |part: &Part| matches!(part, Part::Literal(_));
        self.parts.iter().all(|part| match part {
            Part::Quoted(inner) => inner.iter().all(is_text),
            part => is_text(part),
        })
    }

    /// The unquoted text that it begins with.
    pub fn literal_front(&self) -> &[u8] {
        match self.parts.first() {
            Some(Part::Literal(text)) => text,
            _ => b"",
        }
    }

    /// The text of a word of a single unquoted part: what a reserved word must be.
    pub fn as_unquoted(&self) -> Option<&[u8]> {
        match &*self.parts {
            [Part::Literal(text)] => Some(text),
            _ => None,
        }
    }
}
