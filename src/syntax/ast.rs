//! The tree of a script, in the order of the POSIX grammar (XCU 2.10.2). Pure data.

use std::cell::{Cell, OnceCell};
use std::ops::Deref;
use std::rc::Rc;

use super::arithmetic::Expression;
use super::pattern::Pattern;
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
    /// Begins with `time`: what it used is told.
    pub timed: Option<Timed>,
    /// At least one.
    pub commands: Vec<Command>,
}

/// In which form `time` tells what a pipeline used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timed {
    /// For people, and a line for each stage.
    Full,
    /// `time -p`: the form of POSIX.
    Posix,
}

/// A stage of a pipeline.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// A simple command.
    Simple(Simple),
    /// A compound command.
    Compound(Compound),
    /// A function definition.
    Function(Rc<Function>),
}

/// `name() compound-command` (XCU 2.9.5).
#[derive(Debug, PartialEq)]
pub struct Function {
    /// What it is called by.
    pub name: Bytes,
    /// What runs when it is called, with its redirections.
    pub body: Compound,
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

/// The compound commands (XCU 2.9.4).
#[derive(Debug, Clone, PartialEq)]
pub enum CompoundKind {
    /// `{ list; }`: runs in this environment.
    Brace(Program),
    /// `( list )`: runs in a subshell environment.
    Subshell(Program),
    /// `if … then … elif … then … else … fi`
    If {
        /// Conditions and what runs when they hold; at least one.
        branches: Vec<(Program, Program)>,
        /// After `else`.
        otherwise: Option<Program>,
    },
    /// `while … do … done`, `until … do … done`
    While {
        /// `until`: runs as long as the condition fails.
        until: bool,
        /// What decides.
        condition: Program,
        /// What is repeated.
        body: Program,
    },
    /// `for name in words; do … done`
    For {
        /// The variable.
        name: Name,
        /// What it takes the values of; the positional parameters where there is no `in`.
        words: Option<Vec<Word>>,
        /// What is repeated.
        body: Program,
    },
    /// `case word in … esac`
    Case {
        /// What is compared.
        word: Word,
        /// In order.
        arms: Vec<CaseArm>,
    },
}

/// `pattern | pattern) list ;;`
#[derive(Debug, Clone, PartialEq)]
pub struct CaseArm {
    /// Any of them may match.
    pub patterns: Vec<PatternWord>,
    /// What then runs.
    pub body: Program,
    /// Ended by `;&`: the next arm runs too.
    pub falls_through: bool,
}

/// A word that is used as a pattern. One that holds no expansion is compiled only once.
#[derive(Debug, Clone)]
pub struct PatternWord {
    /// The word.
    pub word: Word,
    /// Filled when first used, if it is always the same.
    pub compiled: OnceCell<Pattern>,
}

impl PatternWord {
    /// A pattern that has not been compiled.
    pub fn new(word: Word) -> PatternWord {
        PatternWord { word, compiled: OnceCell::new() }
    }
}

impl PartialEq for PatternWord {
    fn eq(&self, other: &PatternWord) -> bool {
        self.word == other.word
    }
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
    /// File name, descriptor number or `-`; the delimiter of a here-document.
    pub target: Word,
    /// The text of a here-document, which is read after its line is.
    pub body: Option<Rc<OnceCell<Word>>>,
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
    /// `<<`
    HereDocument,
    /// `<<-`: leading tabs are removed.
    HereDocumentTabs,
    /// `<<<`: the word is the text.
    HereString,
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
            RedirectOperator::HereDocument => "<<",
            RedirectOperator::HereDocumentTabs => "<<-",
            RedirectOperator::HereString => "<<<",
        }
    }

    /// The descriptor that is meant where none is written.
    pub fn default_fd(self) -> i32 {
        match self {
            RedirectOperator::Output
            | RedirectOperator::Clobber
            | RedirectOperator::Append
            | RedirectOperator::DuplicateOutput => 1,
            _ => 0,
        }
    }
}

/// A word before expansion: parts that carry their own quoting.
#[derive(Debug, Clone, PartialEq)]
pub struct Word {
    /// In order; none for an empty value.
    pub parts: Parts,
    /// Which expansions it needs, decided once when it is parsed.
    pub shape: Shape,
    /// Where it stands.
    pub span: Span,
}

/// The parts of a word. Most words have one, which needs no memory of its own.
#[derive(Debug, Clone)]
pub enum Parts {
    /// Exactly one.
    One(Part),
    /// Any number.
    Many(Box<[Part]>),
}

impl Deref for Parts {
    type Target = [Part];

    fn deref(&self) -> &[Part] {
        match self {
            Parts::One(part) => std::slice::from_ref(part),
            Parts::Many(parts) => parts,
        }
    }
}

impl PartialEq for Parts {
    fn eq(&self, other: &Parts) -> bool {
        **self == **other
    }
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
    fn has_effects(&self) -> bool {
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
                    matches!(action, DefaultAction::Assign | DefaultAction::Fail)
                        || word.parts.iter().any(Part::has_effects)
                }
                Modifier::Trim { pattern, .. } => pattern.word.parts.iter().any(Part::has_effects),
                Modifier::Unknown(_) => true,
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
    /// Something between the braces that minish does not know, as it is written. It is an error only when it
    /// is expanded, since scripts for several shells hold such text in branches that never run.
    Unknown(Bytes),
}

/// What `${x:-word}` and its kin do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DefaultAction {
    /// `-`: the word where the parameter is unset.
    Use,
    /// `=`: it is assigned too.
    Assign,
    /// `?`: it is the message of an error.
    Fail,
    /// `+`: the word where the parameter is set.
    Alternative,
}

impl DefaultAction {
    /// The character of the operator.
    pub fn character(self) -> u8 {
        match self {
            DefaultAction::Use => b'-',
            DefaultAction::Assign => b'=',
            DefaultAction::Fail => b'?',
            DefaultAction::Alternative => b'+',
        }
    }
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
        Name::of(text.into())
    }

    /// The same, for a text that is shared already.
    pub fn of(text: Bytes) -> Name {
        Name { text, slot: Cell::new(u32::MAX) }
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
        let plain = self.rest.is_empty() && !self.first.negated && self.first.timed.is_none();
        plain.then_some(&self.first.commands)
    }
}

impl Simple {
    /// Whether expanding its words may change the shell, fail by intent, or run commands: then it matters in
    /// which process that happens.
    pub fn has_effects(&self) -> bool {
        let values = self.assignments.iter().map(|assignment| &assignment.value);
        let targets = self.redirects.iter().map(|redirect| match &redirect.body {
            Some(body) => body.get().unwrap_or(&redirect.target),
            None => &redirect.target,
        });
        self.words.iter().chain(values).chain(targets).any(|word| word.parts.iter().any(Part::has_effects))
    }

    /// Whether it is so far only a word that a function can have as its name.
    pub fn is_function_name(&self) -> bool {
        self.assignments.is_empty()
            && self.redirects.is_empty()
            && matches!(self.words.as_slice(), [word] if word.as_unquoted().is_some())
    }
}

impl Word {
    /// A word of this unquoted text, in which nothing is special.
    pub fn plain(text: &[u8], span: Span) -> Word {
        let text: Bytes = text.into();
        Word { parts: Parts::One(Part::Literal(text.clone())), shape: Shape::Plain(text), span }
    }

    /// Whether it holds nothing but text: it always expands to the same.
    pub fn is_constant(&self) -> bool {
        let is_text = |part: &Part| matches!(part, Part::Literal(_));
        self.parts.iter().all(|part| match part {
            Part::Quoted(inner) => inner.iter().all(is_text),
            part => is_text(part),
        })
    }

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
            Command::Function(function) => function.body.span,
        }
    }

    /// The redirections written with it.
    pub fn redirects(&self) -> &[Redirect] {
        match self {
            Command::Simple(simple) => &simple.redirects,
            Command::Compound(compound) => &compound.redirects,
            Command::Function(_) => &[],
        }
    }

    /// Adds a redirection behind those that it has.
    pub fn redirect(&mut self, redirect: Redirect) {
        match self {
            Command::Simple(simple) => simple.redirects.push(redirect),
            Command::Compound(compound) => compound.redirects.push(redirect),
            // A definition writes nothing.
            Command::Function(_) => {}
        }
    }
}
