//! A tree and a state to effects: decides what runs in what, and asks others to act.

mod explain;
mod jobs;
mod list;
mod pipeline;
mod redirect;
mod simple;

use crate::pipeline::Status;
use crate::state::Shell;
use crate::syntax::ast::Program;
use crate::sys::signal::{self, SIGINT, Signal};

pub use explain::{explain, to_json, to_text};

/// What ends a command early and everything around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Divert {
    /// The shell ends.
    Exit(Status),
    /// Ctrl-C: an interactive shell goes back to its prompt.
    Interrupt,
}

/// Ran to its end, or was diverted. The status is in the shell.
pub type Flow = Result<(), Divert>;

/// Whether a command is the last act of its process, which then may end as that command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tail {
    /// Nothing comes after it.
    Yes,
    /// The shell goes on.
    No,
}

impl Tail {
    fn and(self, is_last: bool) -> Tail {
        if is_last { self } else { Tail::No }
    }
}

/// A shell that can run things.
#[derive(Debug)]
pub struct Interp<'s> {
    /// Its state.
    pub shell: &'s mut Shell,
}

impl Interp<'_> {
    /// Runs a program. With `Tail::Yes` it may not return: the last command can replace this process.
    ///
    /// # Errors
    /// The shell is to exit, or was interrupted.
    pub fn run(&mut self, program: &Program, tail: Tail) -> Flow {
        self.list(program, tail)
    }

    /// Ctrl-C came: takes note of it.
    fn interrupt(&mut self) -> Divert {
        signal::take(Signal::SIGINT);
        self.shell.set_status(Status::of_signal(SIGINT));
        Divert::Interrupt
    }

    /// Runs a program to its end in this process, which ends with the status that is given back.
    fn run_to_end(&mut self, run: impl FnOnce(&mut Self) -> Flow) -> Status {
        match run(self) {
            Ok(()) => self.shell.status,
            Err(Divert::Exit(status)) => status,
            Err(Divert::Interrupt) => Status::of_signal(SIGINT),
        }
    }
}
