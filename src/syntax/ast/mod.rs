//! The tree of a script, in the order of the POSIX grammar (XCU 2.10.2). Pure data.

mod words;

use std::cell::OnceCell;
use std::ops::Deref;
use std::rc::Rc;

use crate::syntax::pattern::Pattern;
use crate::syntax::{Bytes, Span};

pub use words::{
    Arithmetic, DefaultAction, Modified, Modifier, Name, Parameter, Part, Parts, Place, ProcessSubstitution,
    Special, Word,
};

/// A list that mostly has one element, which then needs no memory of its own.
#[derive(Debug, Clone, PartialEq)]
pub enum Few<T> {
    /// Exactly one.
    One(T),
    /// None, or several.
    Many(Box<[T]>),
}

impl<T> Deref for Few<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        match self {
            Few::One(one) => std::slice::from_ref(one),
            Few::Many(many) => many,
        }
    }
}

impl<T> From<Vec<T>> for Few<T> {
    fn from(mut list: Vec<T>) -> Few<T> {
        match list.len() {
            1 => list.pop().map(Few::One).unwrap_or_default(),
            _ => Few::Many(list.into()),
        }
    }
}

impl<T> Default for Few<T> {
    fn default() -> Few<T> {
        Few::Many(Box::default())
    }
}

/// A list: and-or lists, one after the other (`complete_command`, `compound_list`).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Program {
    /// Its and-or lists in order.
    pub items: Vec<Item>,
}

/// An and-or list and how it is ended.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Item {
    /// The list.
    pub and_or: AndOr,
    /// Ended by `&`: an asynchronous list.
    pub background: bool,
}

/// Pipelines joined by `&&` and `||`, which bind equally and from the left.
#[derive(Debug, Clone, Default, PartialEq)]
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
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Pipeline {
    /// Begins with `!`: the status is inverted.
    pub negated: bool,
    /// Begins with `time`: what it used is told.
    pub timed: Option<Timed>,
    /// At least one.
    pub commands: Few<Command>,
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
    Simple(Box<Simple>),
    /// A compound command.
    Compound(Box<Compound>),
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
        use RedirectOperator::{Append, Clobber, DuplicateOutput, Output};
        i32::from(matches!(self, Output | Clobber | Append | DuplicateOutput))
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
        let targets = self
            .redirects
            .iter()
            .map(|redirect| redirect.body.as_ref().and_then(|body| body.get()).unwrap_or(&redirect.target));
        self.words.iter().chain(values).chain(targets).any(Word::has_effects)
    }

    /// Whether it is so far only a word that a function can have as its name.
    pub fn is_function_name(&self) -> bool {
        self.assignments.is_empty()
            && self.redirects.is_empty()
            && matches!(self.words.as_slice(), [word] if word.as_unquoted().is_some())
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
