//! Simple commands (POSIX XCU 2.9.1): assignments, redirections, and a built-in or a program.

use crate::builtins::{self, Action, Builtin, Call, Kind};
use crate::expand;
use crate::pipeline::report::StartError;
use crate::pipeline::{Status, Vehicle, What};
use crate::syntax::Bytes;
use crate::syntax::ast::{Assignment, Simple};
use crate::sys::fd::{self, Redirected};
use crate::sys::spawn::{self, Step};

use super::jobs::Code;
use super::{Divert, Flow, Interp, Tail};

impl Interp<'_> {
    pub(super) fn simple(&mut self, simple: &Simple, tail: Tail) -> Flow {
        self.shell.line = simple.span.line;
        let mut argv = Vec::with_capacity(simple.words.len());
        simple.words.iter().for_each(|word| expand::fields(word, self.shell, &mut argv));
        match argv.first() {
            None => self.assignments_alone(simple),
            Some(name) => match builtins::find(name) {
                Some(builtin) => self.builtin(builtin, simple, &argv),
                None => self.program(simple, argv, tail),
            },
        }
    }

    /// Without a command name, the assignments stay and the redirections are only tried.
    fn assignments_alone(&mut self, simple: &Simple) -> Flow {
        if let Some(_tried) = self.redirect(&simple.redirects)? {
            self.assign(&simple.assignments);
            self.shell.set_status(Status::SUCCESS);
        }
        Ok(())
    }

    pub(super) fn assign(&mut self, assignments: &[Assignment]) {
        for assignment in assignments {
            let value = expand::text(&assignment.value, self.shell);
            self.shell.variables.set(&assignment.name.text, value);
        }
    }

    /// Runs a built-in in the shell itself. Redirections are undone afterwards, and assignments too, unless
    /// it is a special one.
    fn builtin(&mut self, builtin: &'static Builtin, simple: &Simple, argv: &[Bytes]) -> Flow {
        let is_special = builtin.kind == Kind::Special;
        let Some(redirected) = self.redirect(&simple.redirects)? else {
            return self.fail(is_special, Status::FAILURE);
        };
        let names = simple.assignments.iter().map(|assignment| &assignment.name.text);
        let saved: Vec<_> = match is_special {
            true => Vec::new(),
            false => names.map(|name| self.shell.variables.save(name)).collect(),
        };
        self.assign(&simple.assignments);
        let mut out = Vec::new();
        let arguments = argv.get(1..).unwrap_or_default();
        let action =
            (builtin.run)(&mut Call { shell: self.shell, arguments, name: builtin.name, out: &mut out });
        let written = fd::write_all(1, &out);
        if let Err(errno) = written {
            self.shell.complain(StartError::Write { name: builtin.name.into(), errno });
        }
        saved.into_iter().rev().for_each(|variable| self.shell.variables.restore(variable));
        match action {
            Action::Done(_) if written.is_err() => self.shell.set_status(Status::FAILURE),
            Action::Done(status) => self.shell.set_status(status),
            Action::Fail(status) => return self.fail(is_special, status),
            Action::Exit(status) => return Err(Divert::Exit(status)),
            Action::Interrupt => return Err(self.interrupt()),
            Action::Exec(argv) => return self.exec(&argv, &simple.assignments, redirected),
            Action::Continue { job, foreground } => {
                drop(redirected);
                return self.continue_job(job, foreground);
            }
        }
        Ok(())
    }

    /// An error of a special built-in ends a script (POSIX XCU 2.8.1).
    fn fail(&mut self, is_special: bool, status: Status) -> Flow {
        self.shell.set_status(status);
        match is_special && !self.shell.is_interactive {
            true => Err(Divert::Exit(status)),
            false => Ok(()),
        }
    }

    /// `exec`: the redirections stand; with arguments, this process becomes the program.
    fn exec(&mut self, argv: &[Bytes], assignments: &[Assignment], redirected: Redirected) -> Flow {
        let Some(name) = argv.first() else {
            redirected.keep();
            self.shell.set_status(Status::SUCCESS);
            return Ok(());
        };
        let what = match self.shell.find_program(name, None) {
            Ok(path) => {
                let own = assignments.iter().map(|assignment| &assignment.name.text);
                let own: Vec<_> = own
                    .map(|name| (name.clone(), self.shell.variables.value(name).cloned().unwrap_or_default()))
                    .collect();
                What::Program(self.image(path, argv, &own))
            }
            Err(errno) => What::Missing { name: name.to_vec(), errno },
        };
        let stage = self.stage(what, Vec::new(), self.shell.line);
        let status = self.replace(&stage);
        self.fail(true, status)
    }

    fn program(&mut self, simple: &Simple, argv: Vec<Bytes>, tail: Tail) -> Flow {
        let stage = match self.plan_program(simple, argv) {
            Ok(stage) => stage,
            Err(error) => {
                self.shell.complain(error);
                self.shell.set_status(Status::FAILURE);
                return Ok(());
            }
        };
        if self.may_replace(tail) {
            let status = match fd::apply(&stage.steps) {
                Ok(()) => self.replace(&stage),
                Err((index, errno)) => {
                    self.shell.complain(StartError::of_step(&stage.steps, index, errno));
                    Status::FAILURE
                }
            };
            return Err(Divert::Exit(status));
        }
        let mut plan = self.plan_of(vec![stage], false);
        if plan.terminal {
            plan.text = crate::syntax::ast::Command::Simple(simple.clone()).to_source();
        }
        self.run_in_foreground(plan, Code::Commands(&[]))
    }

    /// Whether a program may take this process over: nothing comes after it, nobody waits for a report, and
    /// there are no children that it would not know.
    pub(super) fn may_replace(&self, tail: Tail) -> bool {
        tail == Tail::Yes && !self.shell.is_interactive && self.shell.jobs.is_empty()
    }

    /// Becomes the program of a stage. Returns only where that failed, which has been said.
    fn replace(&mut self, stage: &crate::pipeline::Stage) -> Status {
        let errno = match &stage.what {
            What::Program(image) => spawn::replace(image, &self.shell.reset),
            What::Missing { errno, .. } => *errno,
            What::Shell { .. } | What::Output { .. } => return Status::SUCCESS,
        };
        self.shell.complain(StartError::new(stage, Step::Exec, errno));
        crate::pipeline::Outcome::NotStarted { step: Step::Exec, errno }.status()
    }

    /// The vehicle of a simple command that runs in the foreground by itself, for those who only want to know.
    pub(super) fn vehicle_alone(&self, stage: &crate::pipeline::Stage, tail: Tail) -> Vehicle {
        match &stage.what {
            What::Program(_) | What::Missing { .. } if self.may_replace(tail) => Vehicle::Replace,
            _ => stage.choose_vehicle(self.shell.terminal.is_some()),
        }
    }
}
