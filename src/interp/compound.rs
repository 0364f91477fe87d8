//! Compound commands (POSIX XCU 2.9.4) and function definitions (2.9.5).

use std::rc::Rc;

use crate::expand;
use crate::pipeline::{Stage, Status};
use crate::syntax::ast::{CaseArm, Command, Compound, CompoundKind, PatternWord, Program, Word};
use crate::syntax::{Bytes, ToSource};
use crate::sys::signal;

use super::{Divert, Flow, Interp, Tail, redirect};

impl Interp<'_> {
    /// Runs a command, and closes the ends of the pipes of the process substitutions that it names.
    pub(super) fn command(&mut self, command: &Command, tail: Tail) -> Flow {
        let ends = self.process_ends.len();
        let flow = match command {
            Command::Simple(simple) => self.simple(simple, tail),
            Command::Compound(compound) => self.compound(compound, tail),
            Command::Function(function) => {
                let functions = Rc::make_mut(&mut self.shell.functions);
                functions.insert(function.name.clone(), Rc::clone(function));
                self.done(Status::SUCCESS)
            }
        };
        self.process_ends.truncate(ends);
        flow
    }

    pub(super) fn compound(&mut self, compound: &Compound, tail: Tail) -> Flow {
        if let (CompoundKind::Subshell(_), Tail::No, true) = (&compound.kind, tail, self.controls_jobs()) {
            // A job of its own. The child makes the redirections: they are part of its command.
            return self.run_in_child(compound);
        }
        self.shell.line = compound.span.line;
        if compound.redirects.is_empty() {
            return self.compound_kind(&compound.kind, tail);
        }
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

    // Not a part of its caller, whose frame lies on the stack once for each nested call.
    fn run_in_child(&mut self, compound: &Compound) -> Flow {
        let text = compound.to_source();
        let stage = Stage::shell(text.clone(), compound.span.line);
        let plan = self.plan_of(vec![stage], false, Tail::No, || text);
        self.run_in_foreground(plan, &|interp, _| interp.compound(compound, Tail::Yes))
    }

    fn compound_kind(&mut self, kind: &CompoundKind, tail: Tail) -> Flow {
        match kind {
            CompoundKind::Brace(program) => self.list(program, tail),
            CompoundKind::Subshell(program) => {
                if tail == Tail::No || self.is_nested() || !self.shell.traps.is_idle() {
                    return self.nested(program);
                }
                // This process becomes the subshell.
                self.enter_subshell();
                self.shell.loops = 0;
                self.list(program, Tail::Yes)
            }
            CompoundKind::If { branches, otherwise } => {
                for (condition, body) in branches {
                    self.unchecked(|interp| interp.list(condition, Tail::No))?;
                    if self.shell.status.is_success() {
                        return self.list(body, tail);
                    }
                }
                match otherwise {
                    Some(body) => self.list(body, tail),
                    None => self.done(Status::SUCCESS),
                }
            }
            CompoundKind::While { until, condition, body } => self.repeat(body, |interp| {
                if signal::any_has_come() {
                    interp.run_traps()?;
                }
                interp.unchecked(|interp| interp.list(condition, Tail::No))?;
                Ok(interp.shell.status.is_success() != *until)
            }),
            CompoundKind::For { name, words, body } => {
                let values = match words {
                    Some(words) => self.expand_all(words)?,
                    None => self.shell.positional.as_slice().to_vec(),
                };
                let mut values = values.into_iter();
                self.repeat(body, |interp| {
                    let Some(value) = values.next() else { return Ok(false) };
                    let assigned = interp.shell.variables.assign(name, value);
                    assigned.map(|()| true).map_err(|error| interp.expansion_failed(error.into()))
                })
            }
            CompoundKind::Case { word, arms } => self.case(word, arms, tail),
        }
    }

    pub(super) fn expand_all(&mut self, words: &[Word]) -> Result<Vec<Bytes>, Divert> {
        let mut fields = Vec::with_capacity(words.len());
        for word in words {
            expand::fields(word, self, &mut fields).map_err(|error| self.expansion_failed(error))?;
        }
        Ok(fields)
    }

    /// Runs the body of a loop as long as there is a next turn; `continue` ends a turn, wherever it is.
    fn repeat(&mut self, body: &Program, mut goes_on: impl FnMut(&mut Self) -> Result<bool, Divert>) -> Flow {
        self.become_process_if_trapping()?;
        self.shell.loops += 1;
        let mut status = Status::SUCCESS;
        let flow = loop {
            let turn = match goes_on(self) {
                Ok(true) => self.list(body, Tail::No),
                Ok(false) => break self.done(status),
                Err(divert) => Err(divert),
            };
            match turn {
                Ok(()) | Err(Divert::Continue(0 | 1)) => status = self.shell.status,
                Err(Divert::Break(0 | 1)) => break Ok(()),
                Err(Divert::Break(levels)) => break Err(Divert::Break(levels - 1)),
                Err(Divert::Continue(levels)) => break Err(Divert::Continue(levels - 1)),
                Err(other) => break Err(other),
            }
        };
        self.shell.loops = self.shell.loops.saturating_sub(1);
        flow
    }

    fn case(&mut self, word: &Word, arms: &[CaseArm], tail: Tail) -> Flow {
        let subject = expand::text(word, self).map_err(|error| self.expansion_failed(error))?;
        let mut falls_through = false;
        let mut ran = false;
        for arm in arms {
            if !falls_through && !self.matches(&arm.patterns, &subject)? {
                continue;
            }
            ran |= !arm.body.items.is_empty();
            self.list(&arm.body, tail.and(!arm.falls_through))?;
            falls_through = arm.falls_through;
            if !falls_through {
                break;
            }
        }
        if ran { Ok(()) } else { self.done(Status::SUCCESS) }
    }

    /// Whether one of the patterns matches; those after it are not expanded.
    fn matches(&mut self, patterns: &[PatternWord], subject: &[u8]) -> Result<bool, Divert> {
        for pattern in patterns {
            let pattern = expand::pattern(pattern, self).map_err(|error| self.expansion_failed(error))?;
            if pattern.matches(subject) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
