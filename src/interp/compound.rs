//! Compound commands (POSIX XCU 2.9.4) and function definitions (2.9.5).

use std::ops::ControlFlow;
use std::rc::Rc;

use crate::expand;
use crate::pipeline::Status;
use crate::syntax::Bytes;
use crate::syntax::ast::{CaseArm, Command, Compound, CompoundKind, Function, Name, Program, Word};
use crate::sys::signal;

use super::{Divert, Flow, Interp, Tail, redirect};

impl Interp<'_> {
    pub(super) fn command(&mut self, command: &Command, tail: Tail) -> Flow {
        match command {
            Command::Simple(simple) => self.simple(simple, tail),
            Command::Compound(compound) => self.compound(compound, tail),
            Command::Function(function) => {
                self.define(function);
                Ok(())
            }
        }
    }

    fn define(&mut self, function: &Rc<Function>) {
        let functions = Rc::make_mut(&mut self.shell.functions);
        functions.insert(function.name.clone(), Rc::clone(function));
        self.shell.set_status(Status::SUCCESS);
    }

    pub(super) fn compound(&mut self, compound: &Compound, tail: Tail) -> Flow {
        if let (CompoundKind::Subshell(_), Tail::No, true) = (&compound.kind, tail, self.controls_jobs()) {
            // A job of its own. The child makes the redirections: they are part of its command.
            return self.run_in_child(compound);
        }
        if compound.redirects.is_empty() {
            return self.compound_kind(&compound.kind, tail);
        }
        self.shell.line = compound.span.line;
        let Some(redirected) = self.redirect(&compound.redirects, redirect::uses_output)? else {
            // What failed is not a command inside it, for which `set -e` has looked already.
            return self.check();
        };
        if tail == Tail::Yes && !self.is_nested() {
            // Nothing will be put back but for an EXIT trap.
            self.kept.push(redirected);
            return self.compound_kind(&compound.kind, tail);
        }
        let flow = self.compound_kind(&compound.kind, Tail::No);
        drop(redirected);
        self.shell.lines.forget();
        flow
    }

    fn compound_kind(&mut self, kind: &CompoundKind, tail: Tail) -> Flow {
        match kind {
            CompoundKind::Brace(program) => self.list(program, tail),
            CompoundKind::Subshell(program) => match tail == Tail::Yes && !self.is_nested() {
                true => {
                    // This process becomes the subshell; it is not the shell that runs the EXIT trap.
                    let status = self.shell.status;
                    if !self.shell.traps.is_idle() {
                        return self.nested(|interp| interp.list(program, Tail::Yes));
                    }
                    self.enter_subshell();
                    self.shell.status = status;
                    self.shell.loops = 0;
                    self.list(program, Tail::Yes)
                }
                false => self.nested(|interp| interp.list(program, Tail::Yes)),
            },
            CompoundKind::If { branches, otherwise } => {
                for (condition, body) in branches {
                    if self.condition(condition)? {
                        return self.list(body, tail);
                    }
                }
                match otherwise {
                    Some(body) => self.list(body, tail),
                    None => {
                        self.shell.set_status(Status::SUCCESS);
                        Ok(())
                    }
                }
            }
            CompoundKind::While { until, condition, body } => {
                self.in_loop(|interp| interp.while_loop(*until, condition, body))
            }
            CompoundKind::For { name, words, body } => {
                let values = match words {
                    Some(words) => self.expand_all(words)?,
                    None => self.shell.positional.as_slice().to_vec(),
                };
                self.in_loop(|interp| interp.for_loop(name, values, body))
            }
            CompoundKind::Case { word, arms } => self.case(word, arms, tail),
        }
    }

    pub(super) fn expand_all(&mut self, words: &[Word]) -> Result<Vec<Bytes>, Divert> {
        let mut fields = Vec::with_capacity(words.len());
        for word in words {
            if let Err(error) = expand::fields(word, self, &mut fields) {
                return Err(self.expansion_failed(error));
            }
        }
        Ok(fields)
    }

    /// Runs a list whose failure decides something, and so does not end the shell.
    fn condition(&mut self, condition: &Program) -> Result<bool, Divert> {
        self.unchecked += 1;
        let flow = self.list(condition, Tail::No);
        self.unchecked -= 1;
        flow?;
        Ok(self.shell.status.is_success())
    }

    fn in_loop(&mut self, run: impl FnOnce(&mut Self) -> Flow) -> Flow {
        self.shell.loops += 1;
        let flow = run(self);
        self.shell.loops = self.shell.loops.saturating_sub(1);
        flow
    }

    fn while_loop(&mut self, until: bool, condition: &Program, body: &Program) -> Flow {
        let mut status = Status::SUCCESS;
        loop {
            if signal::any_has_come() {
                self.run_traps()?;
            }
            self.unchecked += 1;
            let flow = self.list(condition, Tail::No);
            self.unchecked -= 1;
            match turn(flow)? {
                ControlFlow::Break(()) => return Ok(()),
                // `continue` in the condition begins a new turn.
                ControlFlow::Continue(true) => continue,
                ControlFlow::Continue(false) => {}
            }
            if self.shell.status.is_success() == until {
                break;
            }
            if turn(self.list(body, Tail::No))?.is_break() {
                return Ok(());
            }
            status = self.shell.status;
        }
        self.shell.set_status(status);
        Ok(())
    }

    fn for_loop(&mut self, name: &Name, values: Vec<Bytes>, body: &Program) -> Flow {
        if values.is_empty() {
            self.shell.set_status(Status::SUCCESS);
        }
        for value in values {
            if let Err(error) = self.shell.variables.assign(name, value) {
                return Err(self.expansion_failed(error.into()));
            }
            if turn(self.list(body, Tail::No))?.is_break() {
                break;
            }
        }
        Ok(())
    }

    fn case(&mut self, word: &Word, arms: &[CaseArm], tail: Tail) -> Flow {
        self.shell.line = word.span.line;
        let subject = match expand::text(word, self) {
            Ok(subject) => subject,
            Err(error) => return Err(self.expansion_failed(error)),
        };
        let mut matched = false;
        let mut ran = false;
        for arm in arms {
            for pattern in &arm.patterns {
                if matched {
                    break;
                }
                matched = match expand::pattern(pattern, self) {
                    Ok(pattern) => pattern.matches(&subject),
                    Err(error) => return Err(self.expansion_failed(error)),
                };
            }
            if !matched {
                continue;
            }
            if !arm.body.items.is_empty() {
                ran = true;
                self.list(&arm.body, tail.and(!arm.falls_through))?;
            }
            if !arm.falls_through {
                break;
            }
        }
        if !ran {
            self.shell.set_status(Status::SUCCESS);
        }
        Ok(())
    }
}

/// What a turn of a loop means for the loop: break, or go on, and then whether by `continue`.
fn turn(flow: Flow) -> Result<ControlFlow<(), bool>, Divert> {
    match flow {
        Ok(()) => Ok(ControlFlow::Continue(false)),
        Err(Divert::Break(0 | 1)) => Ok(ControlFlow::Break(())),
        Err(Divert::Break(levels)) => Err(Divert::Break(levels - 1)),
        Err(Divert::Continue(0 | 1)) => Ok(ControlFlow::Continue(true)),
        Err(Divert::Continue(levels)) => Err(Divert::Continue(levels - 1)),
        Err(other) => Err(other),
    }
}
