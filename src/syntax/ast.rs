//! The tree of a script, in the order of the POSIX grammar (XCU 2.10.2). Pure data.

use std::cell::Cell;

use super::{Bytes, Span};

/// A list: and-or lists, one after the other (`complete_command`, `compound_list`).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Program {
    /// Its and-or lists in order.
    pub items: Vec<Item>,
}

/// An and-or list and how it is ended.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// The list.
    pub and_or: AndOr,
    /// Ended by `&`: an asynchronous list.
    pub background: bool,
}

/// Pipelines joined by `&&` and `||`, which bind equally and from the left.
#[derive(Debug, Clone, PartialEq)]
pub struct AndOr {
    /// The pipeline that always runs.
    pub first: Pipeline,
    /// Those that run depending on the status so far.
    pub rest: Vec<(Connector, Pipeline)>,
}

/// What joins two pipelines of an and-or list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Connector {
    /// `&&`
    And,
    /// `||`
    Or,
}

/// Commands joined by `|`; a single command is a pipeline of one.
#[derive(Debug, Clone, PartialEq)]
pub struct Pipeline {
    /// Begins with `!`: the status is inverted.
    pub negated: bool,
    /// At least one.
    pub commands: Vec<Command>,
}

/// A stage of a pipeline.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// A simple command.
    Simple(Simple),
    /// A compound command.
    Compound(Compound),
}

/// Assignments, words and redirections; any of them may be missing, but not all.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Simple {
    /// `name=value` in front of the words.
    pub assignments: Vec<Assignment>,
    /// Command name and arguments, before expansion.
    pub words: Vec<Word>,
    /// In order of appearance.
    pub redirects: Vec<Redirect>,
    /// From the first word to the last.
    pub span: Span,
}

/// A compound command with the redirections that hold for all of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Compound {
    /// Which one.
    pub kind: CompoundKind,
    /// In order of appearance.
    pub redirects: Vec<Redirect>,
    /// From the first word to the last.
    pub span: Span,
}

/// The compound commands.
#[derive(Debug, Clone, PartialEq)]
pub enum CompoundKind {
    /// `{ list; }`: runs in this environment.
    Brace(Program),
    /// `( list )`: runs in a subshell environment.
    Subshell(Program),
}

/// `name=value`.
#[derive(Debug, Clone, PartialEq)]
pub struct Assignment {
    /// The variable.
    pub name: Name,
    /// Expanded without field splitting and pathname expansion.
    pub value: Word,
}

/// `2>file`, `<&3`.
#[derive(Debug, Clone, PartialEq)]
pub struct Redirect {
    /// The descriptor, 0 or 1 by the operator where none is written.
    pub fd: i32,
    /// What is done with it.
    pub operator: RedirectOperator,
    /// File name, descriptor number or `-`.
    pub target: Word,
    /// Operator and target.
    pub span: Span,
}

/// The redirection operators (XCU 2.7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RedirectOperator {
    /// `<`
    Input,
    /// `>`
    Output,
    /// `>|`
    Clobber,
    /// `>>`
    Append,
    /// `<>`
    ReadWrite,
    /// `<&`
    DuplicateInput,
    /// `>&`
    DuplicateOutput,
}

impl RedirectOperator {
    /// As it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            RedirectOperator::Input => "<",
            RedirectOperator::Output => ">",
            RedirectOperator::Clobber => ">|",
            RedirectOperator::Append => ">>",
            RedirectOperator::ReadWrite => "<>",
            RedirectOperator::DuplicateInput => "<&",
            RedirectOperator::DuplicateOutput => ">&",
        }
    }

    /// The descriptor that is meant where none is written.
    pub fn default_fd(self) -> i32 {
        match self {
            RedirectOperator::Input | RedirectOperator::ReadWrite | RedirectOperator::DuplicateInput => 0,
            _ => 1,
        }
    }
}

/// A word before expansion: parts that carry their own quoting.
#[derive(Debug, Clone, PartialEq)]
pub struct Word {
    /// In order; none for an empty value.
    pub parts: Box<[Part]>,
    /// Which expansions it needs, decided once when it is parsed.
    pub shape: Shape,
    /// Where it stands.
    pub span: Span,
}

/// How much of expansion a word needs.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// Nothing to expand: this is its one field.
    Plain(Bytes),
    /// Exactly one field: nothing in it can be split or is a pattern.
    Single,
    /// Any number of fields.
    Full,
}

/// A piece of a word.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// Unquoted text, where `*`, `?` and `[` are special.
    Literal(Bytes),
    /// Quoted by `\`, `'…'` or `"…"`, which differ no more once parsed.
    Quoted(Box<[Part]>),
    /// `$x`, `${x}`.
    Parameter(Parameter),
    /// A tilde-prefix: the login name, or nothing for the own home.
    Tilde(Bytes),
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

/// The special parameters (XCU 2.5.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Special {
    /// `$@`: the positional parameters, each a field of its own.
    At,
    /// `$*`: the positional parameters, joined by the first character of IFS when quoted.
    Star,
    /// `$#`: how many positional parameters there are.
    Count,
    /// `$?`: the status of the last pipeline.
    Status,
    /// `$-`: the option letters.
    Options,
    /// `$$`: the process ID of the shell, the same in its subshells.
    ProcessId,
    /// `$!`: the process ID of the last asynchronous list.
    Background,
    /// `$0`: the name of the shell or the script.
    Zero,
}

impl Special {
    /// The character after `$`.
    pub fn character(self) -> u8 {
        match self {
            Special::At => b'@',
            Special::Star => b'*',
            Special::Count => b'#',
            Special::Status => b'?',
            Special::Options => b'-',
            Special::ProcessId => b'$',
            Special::Background => b'!',
            Special::Zero => b'0',
        }
    }

    /// The special parameter with this character.
    pub fn from_character(byte: u8) -> Option<Special> {
        use Special::{At, Background, Count, Options, ProcessId, Star, Status, Zero};
        [At, Star, Count, Status, Options, ProcessId, Background, Zero]
            .into_iter()
            .find(|special| special.character() == byte)
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
    pub fn new(text: &[u8]) -> Name {
        Name { text: text.into(), slot: Cell::new(u32::MAX) }
    }

    /// Whether these bytes are a name: letters, digits and `_`, not beginning with a digit.
    pub fn is_valid(text: &[u8]) -> bool {
        text.first().is_some_and(|first| !first.is_ascii_digit())
            && text.iter().all(|&byte| byte == b'_' || byte.is_ascii_alphanumeric())
    }
}

impl PartialEq for Name {
    fn eq(&self, other: &Name) -> bool {
        self.text == other.text
    }
}

impl AndOr {
    /// The commands, if it is only a pipeline whose status is not inverted: then it needs no shell around it.
    pub fn as_commands(&self) -> Option<&[Command]> {
        (self.rest.is_empty() && !self.first.negated).then_some(&self.first.commands)
    }
}

impl Word {
    /// The text of a word of a single unquoted part: what a reserved word must be.
    pub fn as_unquoted(&self) -> Option<&[u8]> {
        match &*self.parts {
            [Part::Literal(text)] => Some(text),
            _ => None,
        }
    }
}

impl Command {
    /// Where it stands.
    pub fn span(&self) -> Span {
        match self {
            Command::Simple(simple) => simple.span,
            Command::Compound(compound) => compound.span,
        }
    }

    /// The redirections written with it.
    pub fn redirects(&self) -> &[Redirect] {
        match self {
            Command::Simple(simple) => &simple.redirects,
            Command::Compound(compound) => &compound.redirects,
        }
    }
}
