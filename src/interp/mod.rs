//! A tree and a state to effects: decides what runs in what, and asks others to act.

mod compound;
mod explain;
mod jobs;
mod list;
mod pipeline;
mod redirect;
mod simple;
mod source;
mod subshell;
mod traps;

use std::os::fd::OwnedFd;

use crate::expand;
use crate::pipeline::Status;
use crate::state::Shell;
pub use crate::state::{Divert, Flow};
use crate::syntax::stack_address;
use crate::sys::fd::Redirected;
use crate::sys::limits;
use crate::sys::signal::{self, SIGINT};

pub use explain::{Explained, explain, to_json, to_text};

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
pub struct Interp<'s> {
    pub shell: &'s mut Shell,
    /// Where built-ins write while a command substitution runs in this process.
    capture: Option<Vec<u8>>,
    /// How many subshells are being run in this process, whose effects must be undone.
    depth: u32,
    /// Ends of pipes to process substitutions, which the command that is running names.
    process_ends: Vec<OwnedFd>,
    /// How many constructs are running in which a failure does not end the shell (`set -e`).
    unchecked: u32,
    /// The ERR trap has run for the failure that there is, which a function or `eval` hands on.
    is_trapped: bool,
    /// A prompt is expanded: no trap runs, and nothing is traced.
    is_quiet: bool,
    /// Redirections of compound commands that were the last act of this process.
    kept: Vec<Redirected>,
    /// What built-ins write, kept to be used again.
    buffer: Vec<u8>,
    /// The address under which the stack may not grow.
    stack_floor: usize,
    /// How much of it the parser may use.
    stack_for_parser: usize,
}

impl<'s> Interp<'s> {
    /// An interpreter for this shell.
    pub fn new(shell: &'s mut Shell) -> Interp<'s> {
        let (room, stack_for_parser) = limits::stack();
        Interp {
            shell,
            capture: None,
            depth: 0,
            process_ends: Vec::new(),
            unchecked: 0,
            is_trapped: false,
            is_quiet: false,
            kept: Vec::new(),
            buffer: Vec::new(),
            stack_floor: stack_address().saturating_sub(room),
            stack_for_parser,
        }
    }

    /// Runs what decides something by its status: that it fails does not end the shell (`set -e`).
    fn unchecked(&mut self, run: impl FnOnce(&mut Self) -> Flow) -> Flow {
        self.unchecked += 1;
        let flow = run(self);
        self.unchecked -= 1;
        flow
    }

    /// A command has ended so.
    pub fn done(&mut self, status: Status) -> Flow {
        self.shell.set_status(status);
        Ok(())
    }

    /// Ctrl-C came: takes note of it.
    fn interrupt(&mut self) -> Divert {
        signal::take(SIGINT);
        self.fatal(Status::of_signal(SIGINT))
    }

    /// Whether it was Ctrl-C that last diverted this shell, and no error.
    pub fn is_interrupted(&self) -> bool {
        self.shell.status == Status::of_signal(SIGINT)
    }

    /// The shell is to end with this status.
    fn exit(&mut self, status: Status) -> Divert {
        self.shell.set_status(status);
        Divert::Exit
    }

    /// An error that ends a script (POSIX XCU 2.8.1); an interactive shell goes back to its prompt.
    fn fatal(&mut self, status: Status) -> Divert {
        self.shell.set_status(status);
        Divert::Interrupt
    }

    /// A word could not be expanded, or a variable not assigned to.
    fn expansion_failed(&mut self, error: expand::Error) -> Divert {
        match error {
            expand::Error::Diverted(divert) => divert,
            error => {
                self.shell.complain(error);
                self.fatal(Status::USAGE)
            }
        }
    }

    /// Refuses to go deeper when the stack comes to its end: endless recursion is an error like others.
    fn check_depth(&mut self) -> Flow {
        if stack_address() > self.stack_floor {
            return Ok(());
        }
        self.shell.complain("too many calls inside each other: the stack is used up");
        Err(self.fatal(Status::USAGE))
    }

    /// Whether a subshell runs in this process.
    fn is_nested(&self) -> bool {
        self.depth > 0
    }

    /// Runs something to its end in this process, which ends with the status that is given back.
    pub fn run_to_end(&mut self, run: impl FnOnce(&mut Self) -> Flow) -> Status {
        // Whatever ended it has set the status.
        let _ = run(self);
        self.exit_trap()
    }
}
