//! Plans to jobs: launching, waiting for the foreground job, and saying what went wrong.

use std::os::fd::AsFd;

use crate::builtins;
use crate::pipeline::{
    Group, Host, Job, JobKey, Outcome, Plan, Report, Stage, StartError, State, Status, What, launch,
    say_again, shown,
};
use crate::state::Shell;
use crate::state::options::Flag;
use crate::sys::signal::{self, SIGHUP, SIGINT, SIGPIPE, SIGQUIT};
use crate::sys::spawn::{Ends, Step};
use crate::sys::{Errno, fd};

use super::{Divert, Flow, Interp};

/// Runs the shell code of a stage, whose number it is given, as the last act of its process.
pub(super) type Code<'a> = &'a dyn Fn(&mut Interp<'_>, usize) -> Flow;

/// The interpreter as the launcher sees it.
struct Stages<'i, 's, 'a> {
    interp: &'i mut Interp<'s>,
    code: Code<'a>,
    /// What an asynchronous list ignores, but may trap.
    ignored: Vec<i32>,
}

impl Host for Stages<'_, '_, '_> {
    fn run(&mut self, stage: usize) -> Status {
        let interp = &mut *self.interp;
        interp.enter_subshell();
        interp.shell.traps.begin_ignoring(&self.ignored);
        interp.run_to_end(|interp| (self.code)(interp, stage))
    }

    fn complain(&mut self, stage: &Stage, step: Step, errno: Errno) {
        let shell = &*self.interp.shell;
        let name = stage.name();
        let is_missing = step == Step::Exec && matches!(stage.what, What::Missing { .. });
        let is_typo = is_missing && errno == Errno::ENOENT && shell.is_interactive;
        let hint = if is_typo { builtins::nearest_commands(&name, shell) } else { String::new() };
        shell.complain_at(stage.line, format_args!("{}{hint}", StartError::new(stage, step, errno)));
    }
}

/// Leaves Ctrl-C to the job that a script waits for, unless it has a trap; whether that is so.
fn be_patient(shell: &Shell) -> bool {
    let is_patient = !shell.is_interactive && shell.traps.is_default(SIGINT);
    if is_patient {
        signal::be_patient();
    }
    is_patient
}

impl Interp<'_> {
    /// Launches a plan and waits for it; `$?` and PIPESTATUS are read off its Report.
    pub(super) fn run_in_foreground(&mut self, plan: Plan, code: Code<'_>) -> Flow {
        // The program may be ready for Ctrl-C before the shell waits.
        let is_patient = be_patient(self.shell);
        let Some(key) = self.launch(plan, code) else {
            if is_patient && signal::end_patience() {
                signal::end_by(SIGINT);
            }
            return Ok(());
        };
        // Ctrl-C may have come when only some of its processes were there.
        if let Some(job) = self.shell.jobs.get(key).filter(|_| is_patient && signal::has_come(SIGINT)) {
            let _ = job.send(SIGINT);
        }
        self.wait_for(key)
    }

    pub(super) fn start_in_background(&mut self, plan: Plan, code: Code<'_>) -> Flow {
        self.shell.jobs.poll();
        let Some(key) = self.launch(plan, code) else { return Ok(()) };
        self.shell.jobs.enlist(key);
        if let Some(job) = self.shell.jobs.get(key)
            && let Some(pid) = job.processes.last().and_then(|process| process.pid)
        {
            self.shell.background = Some(pid);
            if self.shell.is_interactive {
                fd::tell(format!("[{}] {pid}\n", job.number.unwrap_or(0)));
            }
        }
        self.done(Status::SUCCESS)
    }

    /// None if it could not be launched, which has been said.
    pub(super) fn launch(&mut self, plan: Plan, code: Code<'_>) -> Option<JobKey> {
        if !self.shell.is_interactive {
            signal::prepare_for_children();
        }
        // The child may read what this shell has seen of its input.
        self.shell.lines.forget();
        let mut reset = self.shell.child_reset();
        if plan.background && plan.group == Group::Inherit {
            reset.ignore.extend([SIGINT, SIGQUIT]);
        }
        let ignored = reset.ignore.iter().copied().filter(|&signal| !signal::is_ignored(signal)).collect();
        let line = plan.stages.first().map_or(0, |stage| stage.line);
        let captured = self.capture.is_some();
        match launch(plan, &mut Stages { interp: self, code, ignored }, &reset, captured) {
            Ok(job) => Some(self.shell.jobs.add(job)),
            Err(error) => {
                self.shell.complain_at(line, error);
                self.shell.set_status(Status::NOT_EXECUTABLE);
                None
            }
        }
    }

    /// Reads what a job writes for a command substitution. Lends it the terminal, if the shell controls one, and
    /// waits until it has ended or stopped. One that is listed goes on.
    pub(super) fn wait_for(&mut self, key: JobKey) -> Flow {
        if let Some(output) = self.shell.jobs.get_mut(key).and_then(|job| job.output.take()) {
            let capture = self.capture.get_or_insert_default();
            // Ctrl-C must end also what never ends: somebody in the background may hold the pipe.
            let is_given_up = || self.shell.is_interactive && signal::has_come(SIGINT);
            let mut read = || fd::read_some(output.as_fd(), fd::LARGE_BLOCK, capture);
            while !is_given_up() && matches!(read(), Ok(1..) | Err(Errno::EINTR)) {}
        }
        let shell = &mut *self.shell;
        let Some(job) = shell.jobs.get_mut(key) else { return Ok(()) };
        let modes = job.modes.take();
        let terminal = shell.terminal.as_ref().zip(job.group);
        let guard = terminal.and_then(|(terminal, group)| terminal.lend(group, modes.as_ref()));
        // A Ctrl-C that came before the job had the terminal was meant for it.
        if guard.is_some() && signal::take(SIGINT) {
            let _ = job.send(SIGINT);
        }
        job.latch = None;
        // Also if it runs: a process that one of its processes waits for may be stopped.
        if job.number.is_some() {
            job.resume();
        }
        // A trap waits for the end of the job.
        let is_minded = |signal: &i32| shell.is_interactive && shell.traps.is_default(*signal);
        let own: &[i32] = if guard.is_some() { &[SIGHUP] } else { &[SIGHUP, SIGINT] };
        let interrupts: Vec<i32> = own.iter().copied().filter(is_minded).collect();
        let is_patient = be_patient(shell);
        let waited = shell.jobs.wait_until(&interrupts, |jobs| jobs.is_over(key));
        // Ctrl-C ended what a script waited for, which then ends too. A job that handled it otherwise wants the script
        // to go on.
        let last = shell.jobs.get(key).and_then(|job| job.processes.last()?.outcome());
        let was_interrupted = matches!(last, Some(Outcome::Killed { signal: SIGINT, .. }));
        if is_patient && (signal::end_patience() || guard.is_some()) && was_interrupted {
            drop(guard);
            signal::end_by(SIGINT);
            return Err(self.exit(Status::of_signal(SIGINT)));
        }
        if let (Some(guard), Some(job)) = (guard, shell.jobs.get_mut(key)) {
            if job.state() == State::Done && last.is_some_and(|last| last.status().is_success()) {
                guard.adopt_modes();
            }
            job.modes = guard.modes();
        }
        self.settle(key, waited)
    }

    /// After the wait: a stopped job is listed, an ended one is reported.
    fn settle(&mut self, key: JobKey, waited: Result<(), Errno>) -> Flow {
        if let Some(State::Stopped(signal)) = self.shell.jobs.get(key).map(Job::state) {
            self.shell.jobs.enlist(key);
            self.shell.set_status(Status::of_signal(signal));
            // The notice has a line of its own, after the `^Z` that the terminal showed.
            fd::tell(format!("\n{}", builtins::notice(&mut self.shell.jobs, key)));
            return match self.shell.loops {
                // Whoever stops a job in a loop wants a prompt, not the next turn.
                loops @ 1.. if self.shell.is_interactive => Err(Divert::Break(loops)),
                _ => Ok(()),
            };
        }
        if waited.is_err() {
            let has_hung_up = signal::has_come(SIGHUP);
            return Err(if has_hung_up { self.exit(Status::of_signal(SIGHUP)) } else { self.interrupt() });
        }
        self.shell.jobs.remove(key).map_or(Ok(()), |job| self.report(job.into_report()))
    }

    /// Sets the status, and says why a stage ended that nobody would expect to end so.
    fn report(&mut self, report: Report) -> Flow {
        let is_strict = self.shell.options.has(Flag::PipeFail);
        self.shell.status = if is_strict { report.strict_status() } else { report.status() };
        self.shell.pipe_status.clear();
        let mut is_interrupted = false;
        for (stage, happened) in report.iter() {
            self.shell.pipe_status.push(happened.outcome.status());
            let Outcome::Killed { signal, .. } = happened.outcome else { continue };
            is_interrupted |= signal == SIGINT;
            if !matches!(signal, SIGINT | SIGPIPE) {
                let (name, sentence) = (shown(&stage.name()), happened.outcome.sentence());
                let message = format!("{name}: {sentence}");
                say_again(&stage.steps, Ends::default(), || self.shell.complain_at(stage.line, message));
            }
        }
        self.shell.last_report = Some(report);
        if is_interrupted && self.shell.is_interactive {
            fd::tell("\n");
            // Otherwise it is for the trap to decide.
            if self.shell.traps.is_default(SIGINT) {
                return Err(Divert::Interrupt);
            }
        }
        Ok(())
    }
}
