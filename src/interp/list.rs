//! Lists and pipelines (POSIX XCU 2.9.2, 2.9.3), and where `set -e` looks.

use std::time::{Duration, Instant};

use crate::pipeline::{Report, Status, shown};
use crate::state::options::Flag;
use crate::state::traps::Condition;
use crate::syntax::ast::{AndOr, Command, CompoundKind, Connector, Pipeline, Program, Timed};
use crate::sys::{fd, signal, wait};

use super::{Divert, Flow, Interp, Tail};

impl Interp<'_> {
    /// Runs a list; with `Tail::Yes`, its last command may replace this process.
    pub fn list(&mut self, program: &Program, tail: Tail) -> Flow {
        let last = program.items.len().saturating_sub(1);
        for (index, item) in program.items.iter().enumerate() {
            if self.shell.options.has(Flag::NoExec) {
                return Ok(());
            }
            match item.background {
                true => self.asynchronous(&item.and_or)?,
                false => self.and_or(&item.and_or, tail.and(index == last))?,
            }
            if signal::any_has_come() {
                self.run_traps()?;
            }
        }
        Ok(())
    }

    pub(super) fn and_or(&mut self, and_or: &AndOr, tail: Tail) -> Flow {
        let Some(last) = and_or.rest.len().checked_sub(1) else {
            return self.pipeline(&and_or.first, tail);
        };
        self.unchecked(|interp| interp.pipeline(&and_or.first, Tail::No))?;
        for (index, (connector, pipeline)) in and_or.rest.iter().enumerate() {
            if self.shell.status.is_success() != (*connector == Connector::And) {
                continue;
            }
            match index == last {
                true => self.pipeline(pipeline, tail)?,
                false => self.unchecked(|interp| interp.pipeline(pipeline, Tail::No))?,
            }
        }
        Ok(())
    }

    fn pipeline(&mut self, pipeline: &Pipeline, tail: Tail) -> Flow {
        match pipeline.timed {
            Some(form) => self.timed(pipeline, form),
            None => self.untimed(pipeline, tail),
        }
    }

    fn untimed(&mut self, pipeline: &Pipeline, tail: Tail) -> Flow {
        if !pipeline.negated {
            return self.commands(&pipeline.commands, tail);
        }
        self.unchecked(|interp| interp.commands(&pipeline.commands, Tail::No))?;
        self.shell.status = Status::of(!self.shell.status.is_success());
        Ok(())
    }

    fn commands(&mut self, commands: &[Command], tail: Tail) -> Flow {
        self.is_trapped = false;
        match commands {
            // What fails inside is looked at there.
            [command @ Command::Compound(compound)]
                if !matches!(compound.kind, CompoundKind::Subshell(_)) =>
            {
                return self.command(command, tail);
            }
            [command] => self.command(command, tail)?,
            commands => self.run_pipeline(commands, tail)?,
        }
        self.check()
    }

    /// After a command: with `set -e`, its failure ends the shell.
    pub(super) fn check(&mut self) -> Flow {
        if self.shell.status.is_success() || self.unchecked > 0 {
            return Ok(());
        }
        // A trap that fails does not trap itself.
        if !self.is_trapped && !self.is_nested() && self.shell.before_trap.is_none() {
            self.run_trap(Condition::Err)?;
            self.is_trapped = true;
        }
        if self.shell.options.has(Flag::ErrExit) { Err(Divert::Exit) } else { Ok(()) }
    }

    /// `time`: runs a pipeline, and tells on standard error what it used.
    fn timed(&mut self, pipeline: &Pipeline, form: Timed) -> Flow {
        self.shell.last_report = None;
        let used = || {
            let [own, of_children] = wait::used();
            (own.user + of_children.user, own.system + of_children.system)
        };
        let (start, before) = (Instant::now(), used());
        let flow = self.untimed(pipeline, Tail::No);
        let (real, after) = (start.elapsed(), used());
        let (user, system) = (after.0.saturating_sub(before.0), after.1.saturating_sub(before.1));
        if form == Timed::Posix {
            let [real, user, system] = [real, user, system].map(|time| time.as_secs_f64());
            fd::tell(format!("real {real:.2}\nuser {user:.2}\nsys {system:.2}\n"));
            return flow;
        }
        let mut text = format!("\nreal\t{}\nuser\t{}\nsys\t{}\n", clock(real), clock(user), clock(system));
        let report = self.shell.last_report.iter().filter(|_| pipeline.commands.len() > 1);
        for (stage, happened) in report.flat_map(Report::iter) {
            let times = [happened.duration(), happened.usage.user, happened.usage.system];
            let [real, user, system] = times.map(clock);
            text += &format!("  real {real} user {user} sys {system}  {}\n", shown(&stage.name()));
        }
        fd::tell(text);
        flow
    }

    fn asynchronous(&mut self, and_or: &AndOr) -> Flow {
        self.become_process()?;
        let plan = self.plan_asynchronous(and_or);
        self.start_in_background(plan, &|interp, stage| match and_or.as_commands() {
            Some(commands) => interp.stage(commands, stage),
            None => interp.and_or(and_or, Tail::Yes),
        })
    }
}

/// Minutes and seconds: `0m1.234s`.
fn clock(time: Duration) -> String {
    format!("{}m{}.{:03}s", time.as_secs() / 60, time.as_secs() % 60, time.subsec_millis())
}
