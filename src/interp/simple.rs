//! Simple commands (POSIX XCU 2.9.1): assignments, redirections, and a function, a built-in or a program.

use std::borrow::Cow;
use std::rc::Rc;

use bstr::ByteSlice;

use crate::builtins::{self, Action, Builtin, Kind};
use crate::expand;
use crate::pipeline::{Outcome, Stage, StartError, Status, Vehicle, What, quoted, visible};
use crate::state::Positional;
use crate::state::options::Flag;
use crate::state::variables::Variable;
use crate::syntax::ast::{Assignment, Command, Function, Part, Simple};
use crate::syntax::{Bytes, ToSource};
use crate::sys::fd::{self, Redirected};
use crate::sys::spawn::{self, Step};
use crate::sys::{Errno, reason, terminal};

use super::{Divert, Flow, Interp, Tail, redirect};

/// What a command name stands for (POSIX XCU 2.9.1.4), in the order of the search.
pub(super) enum Meaning {
    Function(Rc<Function>),
    Builtin(&'static Builtin),
    Program,
}

/// Built-ins that run commands, which may write and fork.
const RUNNING: [&str; 4] = [".", "command", "eval", "source"];

impl Interp<'_> {
    pub(super) fn simple(&mut self, simple: &Simple, tail: Tail) -> Flow {
        self.shell.line = simple.span.line;
        self.shell.substituted = None;
        let argv = self.expand_all(&simple.words)?;
        let is_traced = self.shell.options.has(Flag::XTrace) && !self.is_quiet;
        let traced = is_traced.then(|| self.trace(simple, &argv)).transpose()?;
        let simple = traced.as_deref().unwrap_or(simple);
        let Some(name) = argv.first() else { return self.assignments_alone(simple) };
        match self.meaning(name) {
            Meaning::Builtin(builtin) => self.builtin(builtin, simple, &argv, tail),
            Meaning::Function(function) => self.function(&function, simple, argv, tail),
            Meaning::Program => self.program(simple, argv, tail),
        }
    }

    pub(super) fn meaning(&self, name: &Bytes) -> Meaning {
        let builtin = self.find_builtin(name);
        if let Some(builtin) = builtin.filter(|builtin| builtin.kind == Kind::Special) {
            return Meaning::Builtin(builtin);
        }
        if let Some(function) = self.shell.functions.get(name) {
            return Meaning::Function(Rc::clone(function));
        }
        builtin.map_or(Meaning::Program, Meaning::Builtin)
    }

    fn find_builtin(&self, name: &[u8]) -> Option<&'static Builtin> {
        let is_posix = self.shell.options.has(Flag::Posix);
        builtins::find(name).filter(|builtin| !is_posix || !builtins::ADDITIONS.contains(&builtin.name))
    }

    /// Without a command name, the assignments stay and the redirections are only tried, as in a subshell. The status
    /// is that of the last command substitution.
    fn assignments_alone(&mut self, simple: &Simple) -> Flow {
        if simple.redirects.is_empty() {
            self.assign(&simple.assignments)?;
        } else {
            let mark = self.shell.variables.begin();
            let tried = self.redirect(&simple.redirects, redirect::uses_output);
            self.shell.variables.undo(&mark);
            let Some(_tried) = tried? else { return Ok(()) };
            self.assign(&simple.assignments)?;
        }
        self.done(self.shell.substituted.unwrap_or(Status::SUCCESS))
    }

    pub(super) fn assign(&mut self, assignments: &[Assignment]) -> Flow {
        for assignment in assignments {
            self.assign_one(assignment).map_err(|error| self.expansion_failed(error))?;
        }
        Ok(())
    }

    /// Makes an assignment, and gives the value.
    pub(super) fn assign_one(&mut self, assignment: &Assignment) -> Result<Bytes, expand::Error> {
        let value = expand::text(&assignment.value, self)?;
        self.shell.variables.assign(&assignment.name, value.clone())?;
        Ok(value)
    }

    /// Makes the assignments before a function or a regular built-in, which hold while it runs, for the
    /// programs too that it starts; gives what is to be put back.
    fn assign_for_a_while(&mut self, assignments: &[Assignment]) -> Result<Vec<Variable>, Divert> {
        let saved = self.save(assignments);
        if let Err(divert) = self.assign(assignments) {
            self.put_back(saved);
            return Err(divert);
        }
        assignments.iter().for_each(|assignment| self.shell.variables.export(&assignment.name.text));
        Ok(saved)
    }

    /// The variables that are about to be assigned to, to be put back.
    pub(super) fn save(&mut self, assignments: &[Assignment]) -> Vec<Variable> {
        let names = assignments.iter().map(|assignment| &assignment.name.text);
        names.map(|name| self.shell.variables.save(name)).collect()
    }

    pub(super) fn put_back(&mut self, saved: Vec<Variable>) {
        saved.into_iter().rev().for_each(|variable| self.shell.variables.restore(variable));
    }

    /// Calls a function (POSIX XCU 2.9.5).
    fn function(&mut self, function: &Rc<Function>, simple: &Simple, argv: Vec<Bytes>, tail: Tail) -> Flow {
        self.check_depth()?;
        let Some(made) = self.redirect(&simple.redirects, redirect::uses_output)? else { return Ok(()) };
        let saved = self.assign_for_a_while(&simple.assignments)?;
        let has_more = !simple.redirects.is_empty() || !saved.is_empty();
        let loops = std::mem::take(&mut self.shell.loops);
        // So those are local already to a function that calls them so.
        let locals = std::mem::replace(&mut self.shell.locals, saved);
        let positional = std::mem::replace(&mut self.shell.positional, Positional::new(argv, 1));
        self.shell.frames += 1;
        let flow = self.compound(&function.body, tail.and(!has_more));
        let flow = self.leave_frame(Some(positional), flow);
        let own = std::mem::replace(&mut self.shell.locals, locals);
        self.put_back(own);
        self.shell.loops = loops;
        drop(made);
        self.shell.lines.forget();
        flow
    }

    /// Runs a built-in in the shell itself. Redirections are undone afterwards, and assignments too, unless
    /// it is a special one.
    // Not a part of its caller, whose frame lies on the stack once for each nested call.
    #[inline(never)]
    fn builtin(&mut self, builtin: &'static Builtin, simple: &Simple, argv: &[Bytes], tail: Tail) -> Flow {
        self.become_process_for(builtin.name, argv)?;
        let is_special = builtin.kind == Kind::Special;
        if simple.redirects.is_empty() && simple.assignments.is_empty() {
            return self.run_builtin(builtin, argv, is_special, Redirected::default(), tail);
        }
        let needs_process =
            if RUNNING.contains(&builtin.name) { redirect::uses_output } else { redirect::copies_output };
        let Some(redirected) = self.redirect(&simple.redirects, needs_process)? else {
            return if is_special { Err(self.fatal(self.shell.status)) } else { Ok(()) };
        };
        // What goes elsewhere is not captured.
        let aside = self.capture.take_if(|_| simple.redirects.iter().any(|redirect| redirect.fd == 1));
        // What is executed gets them too, and a shell that goes on without them was interactive.
        let is_executed = builtin.name == "exec" && argv.len() > 1;
        let assigned = match is_special && !is_executed {
            true => self.assign(&simple.assignments).map(|()| Vec::new()),
            false => self.assign_for_a_while(&simple.assignments),
        };
        let flow = assigned.and_then(|saved| {
            let flow = self.run_builtin(builtin, argv, is_special, redirected, tail.and(is_special));
            self.put_back(saved);
            flow
        });
        if aside.is_some() {
            self.capture = aside;
        }
        self.shell.lines.forget();
        flow
    }

    fn run_builtin(
        &mut self,
        builtin: &'static Builtin,
        argv: &[Bytes],
        is_special: bool,
        redirected: Redirected,
        tail: Tail,
    ) -> Flow {
        let mut out = std::mem::take(&mut self.buffer);
        let answer = builtin.call(self.shell, argv, &mut out);
        let written = self.write(builtin, &out);
        out.clear();
        self.buffer = out;
        if let Err(errno) = written {
            // Which may have ended a subshell.
            self.run_traps()?;
            self.shell.complain(format_args!("{}: cannot write: {}", builtin.name, reason(errno)));
        }
        match answer {
            Err(status) if is_special => Err(self.fatal(status)),
            Err(_) | Ok(Action::Done(_)) if written.is_err() => self.done(Status::FAILURE),
            Err(status) | Ok(Action::Done(status)) => self.done(status),
            Ok(Action::Divert(Divert::Exit)) if !self.is_nested() && !self.shell.may_exit() => {
                self.done(Status::FAILURE)
            }
            Ok(Action::Divert(divert)) => Err(divert),
            Ok(Action::Interrupt) => Err(self.interrupt()),
            Ok(Action::Trapped) => self.run_traps(),
            Ok(Action::Exec(argv)) => self.exec(argv, redirected),
            Ok(Action::Eval(text)) => self.eval(text, is_special, tail),
            Ok(Action::Again(text, mut argv)) => {
                let flow = self.eval(text, is_special, Tail::No);
                let status = self.shell.status;
                argv.push(status.0.to_string().into_bytes().into());
                // Even after Ctrl-C, since it tidies up.
                let again = self.run_builtin(builtin, &argv, is_special, redirected, tail);
                if flow.is_err() {
                    self.shell.status = status;
                }
                flow.and(again)
            }
            Ok(Action::Source { path, arguments }) => self.source(&path, arguments, is_special),
            Ok(Action::Command { argv, path }) => self.plainly(argv, path, redirected, tail),
            Ok(Action::Foreground(job)) => {
                drop(redirected);
                self.shell.set_status(Status::SUCCESS);
                self.wait_for(job)
            }
        }
    }

    /// Writes what a built-in has to say: to standard output, or to the command substitution that runs here.
    /// What names, values and the history hold must not steer a terminal; what `echo` and `printf` write may.
    fn write(&mut self, builtin: &Builtin, bytes: &[u8]) -> Result<(), Errno> {
        let is_plain = |byte: &u8| matches!(byte, b'\n' | b'\t' | b' '..=b'~' | 0xa0..);
        let may_steer = matches!(builtin.name, "echo" | "printf");
        if let Some(capture) = &mut self.capture {
            capture.extend_from_slice(bytes);
            return Ok(());
        }
        if may_steer || bytes.iter().all(is_plain) || !terminal::is_terminal(1) {
            return fd::write_all(1, bytes);
        }
        let harmless = |line: &[u8]| bstr::join("\t", line.split_str("\t").map(visible));
        fd::write_all(1, &bstr::join("\n", bytes.split_str("\n").map(harmless)))
    }

    /// `command`: no functions, and special built-ins are like others.
    fn plainly(&mut self, argv: Vec<Bytes>, path: Option<&[u8]>, redirected: Redirected, tail: Tail) -> Flow {
        let Some(name) = argv.first() else { return Ok(()) };
        if let Some(builtin) = self.find_builtin(name) {
            self.become_process_for(builtin.name, &argv)?;
            return self.run_builtin(builtin, &argv, false, redirected, tail);
        }
        self.become_process_unless(tail)?;
        let stage = self.program_stage(&argv, &[], path);
        self.run_program(stage, tail, || argv.join(&b' '))
    }

    /// `exec`: the redirections stand; with arguments, this process becomes the program.
    fn exec(&mut self, argv: Vec<Bytes>, redirected: Redirected) -> Flow {
        if argv.is_empty() {
            redirected.keep();
            return self.done(Status::SUCCESS);
        }
        let stage = self.program_stage(&argv, &[], None);
        Err(self.replace(&stage))
    }

    fn program(&mut self, simple: &Simple, argv: Vec<Bytes>, tail: Tail) -> Flow {
        if !simple.assignments.is_empty() && !simple.redirects.is_empty() && simple.has_effects() {
            // What runs in the assignments is redirected too.
            let Some(_made) = self.redirect(&simple.redirects, redirect::uses_output)? else { return Ok(()) };
            return self.program(&Simple { redirects: Vec::new(), ..simple.clone() }, argv, Tail::No);
        }
        self.become_process_unless(tail)?;
        match self.plan_program(simple, &argv) {
            Ok(stage) => self.run_program(stage, tail, || Command::Simple(simple.clone().into()).to_source()),
            Err(error) => self.redirect_failed(error),
        }
    }

    fn run_program(&mut self, stage: Stage, tail: Tail, source: impl FnOnce() -> Vec<u8>) -> Flow {
        let plan = self.plan_of(vec![stage], false, tail, source);
        match plan.stages.first() {
            Some(stage) if stage.vehicle == Vehicle::Replace => Err(self.replace(stage)),
            _ => self.run_in_foreground(plan, &|_, _| Ok(())),
        }
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
    fn replace(&mut self, stage: &Stage) -> Divert {
        let (step, errno) = match (fd::apply(&stage.steps), &stage.what) {
            (Err((index, errno)), _) => (Step::Fd(index), errno),
            (Ok(()), What::Program(image)) => {
                let replace = || spawn::replace(image, &self.shell.child_reset());
                let terminal = self.shell.terminal.as_ref();
                (Step::Exec, terminal.map_or_else(replace, |terminal| terminal.while_given_back(replace)))
            }
            (Ok(()), What::Missing { errno, .. }) => (Step::Exec, *errno),
            (Ok(()), What::Shell { .. } | What::Output { .. }) => return self.fatal(Status::SUCCESS),
        };
        self.shell.complain(StartError::new(stage, step, errno));
        let status = Outcome::NotStarted { step, errno }.status();
        if self.shell.is_interactive { self.fatal(status) } else { self.exit(status) }
    }

    /// `set -x`: shows a command before it runs. Gives it with the values that its assignments have: no expansion
    /// is made twice.
    #[cold]
    fn trace(&mut self, simple: &Simple, argv: &[Bytes]) -> Result<Box<Simple>, Divert> {
        let mut simple = Box::new(simple.clone());
        let own = self.own_variables(&simple.assignments).map_err(|error| self.expansion_failed(error))?;
        let mut words = Vec::new();
        for (assignment, (name, value)) in simple.assignments.iter_mut().zip(own) {
            let text = if value.is_empty() { Cow::default() } else { quoted(&value) };
            words.push([&name, b"=".as_slice(), &text].concat());
            assignment.value.parts = vec![Part::Literal(value)].into();
        }
        words.extend(argv.iter().map(|word| quoted(word).into_owned()));
        if !words.is_empty() {
            let prefix = self.expand_prompt(b"PS4");
            fd::tell([prefix, words.join(&b' '), b"\n".to_vec()].concat());
        }
        Ok(simple)
    }
}
