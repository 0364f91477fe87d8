//! Simple commands (POSIX XCU 2.9.1): assignments, redirections, and a function, a built-in or a program.

use std::rc::Rc;

use bstr::ByteSlice;

use crate::builtins::{self, Action, Builtin, Call, Kind};
use crate::expand;
use crate::pipeline::report::{StartError, visible};
use crate::pipeline::{Stage, Status, Vehicle, What};
use crate::state::options::Flag;
use crate::state::variables::Variable;
use crate::state::{Divert, Positional};
use crate::syntax::Bytes;
use crate::syntax::ast::{Assignment, Command, Function, Name, Redirect, Simple};
use crate::sys::fd::{self, Redirected};
use crate::sys::spawn::{self, Step};
use crate::sys::terminal;

use super::jobs::Code;
use super::redirect;
use super::{Flow, Interp, Tail};

/// What a command name stands for (POSIX XCU 2.9.1.4), in the order of the search.
pub(super) enum Meaning {
    Function(Rc<Function>),
    Builtin(&'static Builtin),
    Program,
}

/// Redirections that hold, and what a command substitution had captured, where it was laid aside for them.
type Redirection = (Redirected, Option<Vec<u8>>);

/// Built-ins that run commands, which may write and fork.
const RUNNING: [&str; 4] = [".", "command", "eval", "source"];

impl Interp<'_> {
    pub(super) fn simple(&mut self, simple: &Simple, tail: Tail) -> Flow {
        let ends = self.process_ends.len();
        let flow = self.expand_and_run(simple, tail);
        self.process_ends.truncate(ends);
        flow
    }

    fn expand_and_run(&mut self, simple: &Simple, tail: Tail) -> Flow {
        self.shell.line = simple.span.line;
        self.shell.substituted = None;
        let argv = self.expand_all(&simple.words)?;
        let Some(name) = argv.first() else { return self.assignments_alone(simple) };
        if self.shell.options.has(Flag::XTrace) {
            self.trace(&argv)?;
        }
        match self.meaning(name) {
            Meaning::Builtin(builtin) => self.builtin(builtin, simple, &argv, tail),
            Meaning::Function(function) => self.function(&function, simple, argv, tail),
            Meaning::Program => self.program(simple, argv, tail),
        }
    }

    pub(super) fn meaning(&self, name: &Bytes) -> Meaning {
        let builtin = builtins::find(name).filter(|builtin| self.offers(builtin));
        if let Some(builtin) = builtin.filter(|builtin| builtin.kind == Kind::Special) {
            return Meaning::Builtin(builtin);
        }
        if !self.shell.functions.is_empty()
            && let Some(function) = self.shell.functions.get(name)
        {
            return Meaning::Function(Rc::clone(function));
        }
        builtin.map_or(Meaning::Program, Meaning::Builtin)
    }

    fn offers(&self, builtin: &Builtin) -> bool {
        !self.shell.options.has(Flag::Posix) || !builtins::ADDITIONS.contains(&builtin.name)
    }

    /// Without a command name, the assignments stay and the redirections are only tried, as in a subshell. The status is that of
    /// the last command substitution.
    fn assignments_alone(&mut self, simple: &Simple) -> Flow {
        if simple.redirects.is_empty() {
            self.assign(&simple.assignments)?;
        } else {
            let mark = self.shell.variables.begin();
            let tried = self.redirect(&simple.redirects);
            self.shell.variables.undo(&mark);
            match tried? {
                Some(_tried) => self.assign(&simple.assignments)?,
                None => return Ok(()),
            }
        }
        let status = self.shell.substituted.unwrap_or(Status::SUCCESS);
        self.shell.set_status(status);
        Ok(())
    }

    pub(super) fn assign(&mut self, assignments: &[Assignment]) -> Flow {
        for assignment in assignments {
            let done = expand::text(&assignment.value, self).and_then(|value| {
                let traced = self.shell.options.has(Flag::XTrace).then(|| value.clone());
                self.shell.variables.assign(&assignment.name, value)?;
                Ok(traced)
            });
            match done {
                Ok(None) => {}
                Ok(Some(value)) => self.trace_assignment(&assignment.name, &value)?,
                Err(error) => return Err(self.expansion_failed(error)),
            }
        }
        Ok(())
    }

    /// Makes the assignments before a function or a regular built-in, which hold while it runs, for the
    /// programs too that it starts; gives what is to be put back.
    fn assign_for_a_while(&mut self, assignments: &[Assignment]) -> Result<Vec<Variable>, Divert> {
        if assignments.is_empty() {
            return Ok(Vec::new());
        }
        let names = || assignments.iter().map(|assignment| &assignment.name.text);
        let saved: Vec<Variable> = names().map(|name| self.shell.variables.save(name)).collect();
        let flow = self.assign(assignments);
        if let Err(divert) = flow {
            self.put_back(saved);
            return Err(divert);
        }
        names().for_each(|name| self.shell.variables.export(name));
        Ok(saved)
    }

    fn put_back(&mut self, saved: Vec<Variable>) {
        saved.into_iter().rev().for_each(|variable| self.shell.variables.restore(variable));
    }

    /// Calls a function (POSIX XCU 2.9.5).
    fn function(&mut self, function: &Rc<Function>, simple: &Simple, argv: Vec<Bytes>, tail: Tail) -> Flow {
        self.check_depth()?;
        let redirected = match simple.redirects.is_empty() {
            true => Redirected::default(),
            false => match self.redirect(&simple.redirects)? {
                Some(redirected) => redirected,
                None => return Ok(()),
            },
        };
        let saved = self.assign_for_a_while(&simple.assignments)?;
        let has_more = !simple.redirects.is_empty() || !saved.is_empty();
        let positional = std::mem::replace(&mut self.shell.positional, Positional::new(argv, 1));
        let loops = std::mem::take(&mut self.shell.loops);
        let locals = self.shell.locals.len();
        self.shell.frames += 1;
        let flow = self.compound(&function.body, tail.and(!has_more));
        self.shell.frames -= 1;
        while self.shell.locals.len() > locals
            && let Some(variable) = self.shell.locals.pop()
        {
            self.shell.variables.restore(variable);
        }
        self.shell.loops = loops;
        self.shell.positional = positional;
        self.put_back(saved);
        drop(redirected);
        self.shell.lines.forget();
        match flow {
            Err(Divert::Return) => Ok(()),
            flow => flow,
        }
    }

    /// Runs a built-in in the shell itself. Redirections are undone afterwards, and assignments too, unless
    /// it is a special one.
    fn builtin(&mut self, builtin: &'static Builtin, simple: &Simple, argv: &[Bytes], tail: Tail) -> Flow {
        self.become_process_for(builtin.name, argv)?;
        let is_special = builtin.kind == Kind::Special;
        if simple.redirects.is_empty() && simple.assignments.is_empty() {
            return self.run_builtin(builtin, argv, is_special, Redirected::default(), &[], tail);
        }
        let (redirected, aside) = match self.redirect_builtin(&simple.redirects, builtin)? {
            Some(redirected) => redirected,
            None if is_special => return Err(self.fatal(self.shell.status)),
            None => return Ok(()),
        };
        let flow = if is_special {
            match self.assign(&simple.assignments) {
                Ok(()) => self.run_builtin(builtin, argv, true, redirected, &simple.assignments, tail),
                Err(divert) => Err(divert),
            }
        } else {
            match self.assign_for_a_while(&simple.assignments) {
                Ok(saved) => {
                    let flow = self.run_builtin(builtin, argv, false, redirected, &[], Tail::No);
                    self.put_back(saved);
                    flow
                }
                Err(divert) => Err(divert),
            }
        };
        if aside.is_some() {
            self.capture = aside;
        }
        self.shell.lines.forget();
        flow
    }

    /// Redirections for a built-in. What a command substitution has captured is laid aside while standard
    /// output is something else.
    fn redirect_builtin(
        &mut self,
        redirects: &[Redirect],
        builtin: &Builtin,
    ) -> Result<Option<Redirection>, Divert> {
        if self.capture.is_none() || RUNNING.contains(&builtin.name) {
            return Ok(self.redirect(redirects)?.map(|redirected| (redirected, None)));
        }
        let steps = match redirect::steps(redirects, self) {
            Ok(steps) => steps,
            Err(error) => return self.redirect_failed(error).map(|()| None),
        };
        self.shell.lines.forget();
        if steps.iter().any(redirect::copies_output) {
            self.become_process()?;
        }
        let mut redirected = Redirected::default();
        if let Err(error) = redirect::make(&steps, &mut redirected) {
            return self.redirect_failed(error).map(|()| None);
        }
        let is_elsewhere = steps.iter().any(redirect::uses_output);
        Ok(Some((redirected, if is_elsewhere { self.capture.take() } else { None })))
    }

    fn run_builtin(
        &mut self,
        builtin: &'static Builtin,
        argv: &[Bytes],
        is_special: bool,
        redirected: Redirected,
        assignments: &[Assignment],
        tail: Tail,
    ) -> Flow {
        let mut out = std::mem::take(&mut self.buffer);
        let arguments = argv.get(1..).unwrap_or_default();
        let answer =
            (builtin.run)(&mut Call { shell: self.shell, arguments, name: builtin.name, out: &mut out });
        let written = self.write(builtin, &out);
        out.clear();
        self.buffer = out;
        if let Err(errno) = written {
            self.shell.complain(StartError::of_output(builtin.name.into(), errno));
        }
        let action = match answer {
            Ok(action) => action,
            Err(status) if is_special => return Err(self.fatal(status)),
            Err(status) => Action::Done(status),
        };
        match action {
            Action::Done(_) if written.is_err() => self.shell.set_status(Status::FAILURE),
            Action::Done(status) => self.shell.set_status(status),
            Action::Divert(Divert::Exit(_)) if !self.is_nested() && !self.shell.may_exit() => {
                self.shell.set_status(Status::FAILURE);
            }
            Action::Divert(divert) => return Err(divert),
            Action::Interrupt => return Err(self.interrupt()),
            Action::Trapped => self.run_traps()?,
            Action::Exec(argv) => return self.exec(&argv, assignments, redirected),
            Action::Eval(text) => return self.eval(text, is_special, tail),
            Action::Source { path, arguments } => return self.source(&path, arguments, is_special),
            Action::Command { argv, default_path } => {
                return self.plainly(argv, default_path, redirected, tail);
            }
            Action::Foreground(job) => {
                drop(redirected);
                self.shell.set_status(Status::SUCCESS);
                return self.wait_for(job);
            }
        }
        Ok(())
    }

    /// Writes what a built-in has to say: to standard output, or to the command substitution that runs here.
    /// What names, values and the history hold must not steer a terminal; what `echo` and `printf` write may.
    fn write(&mut self, builtin: &Builtin, bytes: &[u8]) -> Result<(), crate::sys::Errno> {
        let is_plain = |byte: &u8| matches!(byte, b'\n' | b'\t' | b' '..=b'~' | 0xa0..);
        let may_steer = matches!(builtin.name, "echo" | "printf");
        match &mut self.capture {
            Some(capture) => {
                capture.extend_from_slice(bytes);
                Ok(())
            }
            None if may_steer || bytes.iter().all(is_plain) || !terminal::is_terminal(1) => {
                fd::write_all(1, bytes)
            }
            None => {
                let harmless = |line: &[u8]| line.split_str("\t").map(visible).collect::<Vec<_>>().join("\t");
                let lines = bytes.split_str("\n").map(harmless).collect::<Vec<_>>();
                fd::write_all(1, lines.join("\n").as_bytes())
            }
        }
    }

    /// `command`: no functions, and special built-ins are like others.
    fn plainly(&mut self, argv: Vec<Bytes>, default_path: bool, redirected: Redirected, tail: Tail) -> Flow {
        let Some(name) = argv.first() else { return Ok(()) };
        if let Some(builtin) = builtins::find(name).filter(|builtin| self.offers(builtin)) {
            self.become_process_for(builtin.name, &argv)?;
            return self.run_builtin(builtin, &argv, false, redirected, &[], tail);
        }
        self.become_process_unless(tail)?;
        let path: Option<Bytes> = default_path.then(|| crate::state::DEFAULT_PATH.into());
        let stage = self.program_stage(argv, Vec::new(), Vec::new(), path.as_ref());
        self.run_program(stage, tail, &[])
    }

    /// `exec`: the redirections stand; with arguments, this process becomes the program.
    fn exec(&mut self, argv: &[Bytes], assignments: &[Assignment], redirected: Redirected) -> Flow {
        if argv.is_empty() {
            redirected.keep();
            self.shell.set_status(Status::SUCCESS);
            return Ok(());
        }
        let own = assignments.iter().map(|assignment| &assignment.name.text);
        let own: Vec<_> = own
            .map(|name| (name.clone(), self.shell.variables.value(name).cloned().unwrap_or_default()))
            .collect();
        let stage = self.program_stage(argv.to_vec(), own, Vec::new(), None);
        let status = self.replace(&stage);
        Err(self.fatal(status))
    }

    fn program(&mut self, simple: &Simple, argv: Vec<Bytes>, tail: Tail) -> Flow {
        self.become_process_unless(tail)?;
        match self.plan_program(simple, argv) {
            Ok(stage) => self.run_program(stage, tail, std::slice::from_ref(simple)),
            Err(error) => self.redirect_failed(error),
        }
    }

    fn run_program(&mut self, stage: Stage, tail: Tail, source: &[Simple]) -> Flow {
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
        if plan.terminal
            && let Some(simple) = source.first()
        {
            plan.text = Command::Simple(simple.clone().into()).to_source();
        }
        self.run_in_foreground(plan, Code::Commands(&[]))
    }

    /// Whether a program may take this process over: nothing comes after it, nobody waits for a report, and
    /// there are no children that it would not know.
    pub(super) fn may_replace(&self, tail: Tail) -> bool {
        tail == Tail::Yes
            && !self.is_nested()
            && !self.shell.is_interactive
            && self.shell.jobs.is_empty()
            && self.shell.traps.is_idle()
    }

    /// Becomes the program of a stage. Returns only where that failed, which has been said.
    fn replace(&mut self, stage: &Stage) -> Status {
        let errno = match &stage.what {
            What::Program(image) => spawn::replace(image, &self.shell.child_reset()),
            What::Missing { errno, .. } => *errno,
            What::Shell { .. } | What::Output { .. } => return Status::SUCCESS,
        };
        self.shell.complain(StartError::new(stage, Step::Exec, errno));
        crate::pipeline::Outcome::NotStarted { step: Step::Exec, errno }.status()
    }

    /// The vehicle of a simple command that runs in the foreground by itself, for those who only want to know.
    pub(super) fn vehicle_alone(&self, stage: &Stage, tail: Tail) -> Vehicle {
        match &stage.what {
            What::Program(_) | What::Missing { .. } if self.may_replace(tail) => Vehicle::Replace,
            _ => stage.choose_vehicle(self.controls_jobs() && self.shell.terminal.is_some()),
        }
    }

    /// `set -x`: shows a command before it runs.
    fn trace(&mut self, argv: &[Bytes]) -> Flow {
        let words: Vec<Vec<u8>> = argv.iter().map(|word| builtins::quoted(word)).collect();
        self.write_trace(words.join(&b' '))
    }

    fn trace_assignment(&mut self, name: &Name, value: &[u8]) -> Flow {
        let value = if value.is_empty() { Vec::new() } else { builtins::quoted(value) };
        self.write_trace([&name.text, b"=".as_slice(), &value].concat())
    }

    fn write_trace(&mut self, text: Vec<u8>) -> Flow {
        let prefix = self.expand_prompt(b"PS4");
        // Where standard error is closed, there is nobody left to tell.
        let _ = fd::write_all(2, &[prefix, text, b"\n".to_vec()].concat());
        Ok(())
    }
}
