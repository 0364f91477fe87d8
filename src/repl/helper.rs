//! What the line editor asks while a line is typed. The answers are in the files beside this one.
//!
//! The editor owns its helper, and the helper the only way to the shell: whoever runs a command borrows the
//! shell back from it.

use std::borrow::Cow;

use rustyline::completion::{Completer, Pair};
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::validate::Validator;
use rustyline::{Context, Helper};

use crate::state::Shell;

use super::{complete, highlight};

/// The editor's helper.
#[derive(Debug)]
pub struct Assistant<'s> {
    /// The shell that runs what is typed.
    pub shell: &'s mut Shell,
}

impl Helper for Assistant<'_> {}

impl Completer for Assistant<'_> {
    type Candidate = Pair;

    fn complete(&self, line: &str, cursor: usize, _: &Context<'_>) -> rustyline::Result<(usize, Vec<Pair>)> {
        Ok(complete::complete(self.shell, line, cursor))
    }
}

impl Hinter for Assistant<'_> {
    type Hint = String;
}

impl Highlighter for Assistant<'_> {
    fn highlight<'l>(&self, line: &'l str, cursor: usize) -> Cow<'l, str> {
        highlight::highlight(self.shell, line, cursor)
    }
}

impl Validator for Assistant<'_> {}
