//! Traps (POSIX XCU 2.12, trap) at their safe points: between commands, while waiting, at exit.

use crate::pipeline::Status;
use crate::state::traps::Condition;
use crate::sys::signal::{self, SIGHUP, SIGINT};

use super::{Divert, Flow, Interp, Tail};

impl Interp<'_> {
    /// Runs the actions of the signals that have come. They wait for the end of a subshell that runs in this process.
    pub(super) fn run_traps(&mut self) -> Flow {
        if self.is_quiet {
            return Ok(());
        }
        let caught: Vec<i32> = self.shell.traps.caught().collect();
        for signal in caught {
            if !self.is_nested() && signal::take(signal) {
                self.run_trap(Condition::Signal(signal))?;
            }
        }
        for signal in signal::OF_WRITERS {
            // A subshell has no trap for it.
            if (self.is_nested() || self.shell.traps.is_default(signal)) && signal::take(signal) {
                if !self.is_nested() {
                    signal::end_by(signal);
                }
                return Err(self.exit(Status::of_signal(signal)));
            }
        }
        let shell = &*self.shell;
        let is_default = |signal| shell.traps.is_default(signal);
        if shell.is_interactive && signal::has_come(SIGHUP) && is_default(SIGHUP) {
            return Err(self.exit(Status::of_signal(SIGHUP)));
        }
        // Ctrl-C in an interactive shell ends what it runs.
        let is_ended = shell.is_interactive && is_default(SIGINT) && signal::take(SIGINT);
        if is_ended { Err(self.interrupt()) } else { Ok(()) }
    }

    /// Runs the action of a trap, if it has one, and puts `$?` back as it was.
    pub fn run_trap(&mut self, condition: Condition) -> Flow {
        let action = self.shell.traps.action(condition).filter(|action| !action.is_empty());
        let Some(text) = action.map(|action| action.to_vec()) else { return Ok(()) };
        let (status, pipe_status) = (self.shell.status, self.shell.pipe_status.clone());
        let outer = self.shell.before_trap.replace((status, self.shell.frames));
        let unchecked = std::mem::take(&mut self.unchecked);
        let flow = self.eval(text, true, Tail::No);
        self.unchecked = unchecked;
        self.shell.before_trap = outer;
        if flow.is_ok() {
            (self.shell.status, self.shell.pipe_status) = (status, pipe_status);
        }
        flow
    }

    /// Runs the EXIT trap, at the end of a process; gives the status with which it ends: the trap's own if that ends it
    /// before its time.
    pub fn exit_trap(&mut self) -> Status {
        if self.shell.traps.action(Condition::Exit).is_some() {
            // The innermost first.
            while self.kept.pop().is_some() {}
            self.shell.line = 1;
            let status = self.shell.status;
            // `return` leaves only the trap, as in most shells.
            if self.run_trap(Condition::Exit) == Err(Divert::Return) {
                self.shell.set_status(status);
            }
        }
        self.shell.status
    }
}
