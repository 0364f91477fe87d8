//! Lists (POSIX XCU 2.9.3) and the grouping commands (2.9.4.1).

use crate::pipeline::{Status, What};
use crate::syntax::ast::{AndOr, Command, Compound, CompoundKind, Connector, Pipeline, Program, Redirect};
use crate::sys::fd::Redirected;

use super::jobs::Code;
use super::redirect::{self, RedirectError};
use super::{Divert, Flow, Interp, Tail};

impl Interp<'_> {
    pub(super) fn list(&mut self, program: &Program, tail: Tail) -> Flow {
        let last = program.items.len().saturating_sub(1);
        for (index, item) in program.items.iter().enumerate() {
            match item.background {
                true => self.asynchronous(&item.and_or)?,
                false => self.and_or(&item.and_or, tail.and(index == last))?,
            }
        }
        Ok(())
    }

    pub(super) fn and_or(&mut self, and_or: &AndOr, tail: Tail) -> Flow {
        self.pipeline(&and_or.first, tail.and(and_or.rest.is_empty()))?;
        let last = and_or.rest.len().saturating_sub(1);
        for (index, (connector, pipeline)) in and_or.rest.iter().enumerate() {
            if self.shell.status.is_success() == (*connector == Connector::And) {
                self.pipeline(pipeline, tail.and(index == last))?;
            }
        }
        Ok(())
    }

    fn pipeline(&mut self, pipeline: &Pipeline, tail: Tail) -> Flow {
        match pipeline.commands.as_slice() {
            [command] => self.command(command, tail.and(!pipeline.negated))?,
            commands => self.run_pipeline(commands)?,
        }
        if pipeline.negated {
            self.shell.status = self.shell.status.inverted();
        }
        Ok(())
    }

    pub(super) fn command(&mut self, command: &Command, tail: Tail) -> Flow {
        match command {
            Command::Simple(simple) => self.simple(simple, tail),
            Command::Compound(compound) => self.compound(compound, tail),
        }
    }

    pub(super) fn compound(&mut self, compound: &Compound, tail: Tail) -> Flow {
        if let (CompoundKind::Subshell(_), Tail::No) = (&compound.kind, tail) {
            // The child makes the redirections: they are part of its command.
            return self.run_in_child(compound);
        }
        self.shell.line = compound.span.line;
        let Some(mut redirected) = self.redirect(&compound.redirects)? else { return Ok(()) };
        if tail == Tail::Yes {
            // Nothing will be put back: what was there before is not held open.
            redirected.keep();
            redirected = Redirected::default();
        }
        let flow = match &compound.kind {
            CompoundKind::Brace(program) => self.list(program, tail),
            CompoundKind::Subshell(program) => {
                self.shell.enter_subshell();
                self.list(program, tail)
            }
        };
        drop(redirected);
        flow
    }

    /// Makes redirections in the shell itself, until the value is dropped. None if one failed: that was said,
    /// and the status is set.
    pub(super) fn redirect(&mut self, redirects: &[Redirect]) -> Result<Option<Redirected>, Divert> {
        let mut redirected = Redirected::default();
        let made =
            redirect::steps(redirects, self.shell).and_then(|steps| redirect::make(&steps, &mut redirected));
        match made {
            Ok(()) => Ok(Some(redirected)),
            Err(RedirectError::Interrupted) => Err(self.interrupt()),
            Err(error) => {
                self.shell.complain(error);
                self.shell.set_status(Status::FAILURE);
                Ok(None)
            }
        }
    }

    fn asynchronous(&mut self, and_or: &AndOr) -> Flow {
        let (plan, code) = match and_or.as_commands() {
            Some(commands) => (self.plan(commands, true), Code::Commands(commands)),
            None => {
                let what = What::Shell { text: and_or.to_source() };
                let line = and_or.first.commands.first().map_or(0, |command| command.span().line);
                (self.plan_of(vec![self.stage(what, Vec::new(), line)], true), Code::AndOr(and_or))
            }
        };
        self.start_in_background(plan, code)
    }
}
