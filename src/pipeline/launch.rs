//! A Plan becomes a Job: for each stage, make the next pipe, start the stage, note it, close what it owned.
//! The shell never holds more than three pipe ends. Nothing is reaped meanwhile: a leader that was reaped
//! would take its process group with it.

use std::os::fd::{AsRawFd, RawFd};
use std::time::Instant;

use crate::sys::fd::{self, FdStep, OpenMode, Redirected};
use crate::sys::signal::{self, Reset, SIGKILL};
use crate::sys::spawn::{self, Ends, Setup, SharedSlot, Slot, Step};
use crate::sys::wait::{self, Patience};
use crate::sys::{Errno, Pid, reason};

use super::job::{Job, Process};
use super::plan::{self, Group, Plan, Stage, Vehicle, What};
use super::report::{Outcome, Status};

/// What the launcher asks of whoever launches. By default there is no shell code, and nobody says anything.
pub trait Host {
    /// Runs the shell code of a stage, in the child that was made for it.
    fn run(&mut self, _stage: usize) -> Status {
        Status::SUCCESS
    }
    /// Says on standard error why a stage cannot start. Its redirections hold, where they could be made.
    fn complain(&mut self, _stage: &Stage, _step: Step, _errno: Errno) {}
}

/// Why a job could not be launched. What had been started was killed and waited for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("cannot {action} for stage {} of {of}: {}", stage + 1, reason(*errno))]
pub struct LaunchError {
    /// What failed: `make a pipe`, `make a process`.
    pub action: &'static str,
    /// For which stage, counted from 0.
    pub stage: usize,
    /// Of how many.
    pub of: usize,
    /// Why.
    pub errno: Errno,
}

/// Pipelines up to this length get wide pipes: half as much again is copied in a second, and the memory
/// that a user may have in pipes is not used up by long ones.
const WIDE_STAGES: usize = 8;
const WIDE_BYTES: i32 = 256 * 1024;

/// Starts all stages of a plan; `reset` is what children must get back. If it is `captured`, what the last stage
/// writes can be read from the job's `output`.
///
/// # Errors
/// A pipe or a process that could not be made. A stage that cannot start is no error: its process says so.
pub fn launch(plan: Plan, host: &mut dyn Host, reset: &Reset, captured: bool) -> Result<Job, LaunchError> {
    let processes = Vec::with_capacity(plan.stages.len());
    let mut job = Job { plan, processes, ..Job::default() };
    start_all(&mut job, host, reset, captured).inspect_err(|_| end_all(&job))?;
    Ok(job)
}

fn start_all(job: &mut Job, host: &mut dyn Host, reset: &Reset, captured: bool) -> Result<(), LaunchError> {
    let plan = &job.plan;
    let count = plan.stages.len();
    let failed = |action, stage| move |errno| LaunchError { action, stage, of: count, errno };
    let gate = plan.terminal.then(fd::pipe).transpose().map_err(failed("make a pipe", 0))?;
    let (gate, latch) = gate.unzip();
    // If the launch fails, what waits at the gate is ended before this opens it.
    job.latch = latch;
    // 0 for the process that is to lead.
    let leader = (plan.group == Group::Lead).then(|| Pid::from_raw(0));
    for (index, stage) in plan.stages.iter().enumerate() {
        let is_last = index + 1 == count;
        let pipe = (!is_last || captured).then(fd::pipe).transpose();
        let (next, output) = pipe.map_err(failed("make a pipe", index))?.unzip();
        let is_wide = !is_last && count <= WIDE_STAGES && stage.vehicle != Vehicle::Here;
        if let Some(output) = output.as_ref().filter(|_| is_wide) {
            fd::widen(output, WIDE_BYTES);
        }
        let setup = Setup {
            ends: Ends { input: job.output.as_ref(), output: output.as_ref(), next: next.as_ref() },
            steps: &stage.steps,
            group: job.group.or(leader),
            session: plan.group == Group::Session,
            gate: gate.as_ref().zip(job.latch.as_ref()),
            reset,
        };
        let process = start(index, stage, &setup, host).map_err(failed("make a process", index))?;
        job.group = leader.and(job.group.or(process.pid));
        job.processes.push(process);
        job.output = next;
    }
    Ok(())
}

fn start(index: usize, stage: &Stage, setup: &Setup<'_>, host: &mut dyn Host) -> Result<Process, Errno> {
    let started = Instant::now();
    match (&stage.what, stage.vehicle) {
        (what, Vehicle::Fork) => {
            let program = if let What::Program(image) = what { Some(image) } else { None };
            let slot = program.map(|_| SharedSlot::new()).transpose()?;
            let pid = spawn::fork(setup, program, |ready| {
                if let (Err(failure), Some(slot)) = (ready, &slot) {
                    slot.set(Some(failure));
                }
                i32::from(act(index, stage, ready.map(|()| 1), host).status().0)
            })?;
            let mut process = Process::new(Some(pid), started, None);
            process.slot = slot;
            Ok(process)
        }
        (What::Program(image), _) => {
            let slot = Slot::default();
            let pid = spawn::spawn(image, setup, &slot)?;
            let failed = |(step, errno)| failed_to_spawn(stage, setup.ends, step, errno, host);
            Ok(Process::new(Some(pid), started, slot.get().map(failed)))
        }
        _ => Ok(Process::new(None, started, Some(here(index, stage, setup.ends, host)))),
    }
}

/// Ends what was started, and waits for it.
fn end_all(job: &Job) {
    for pid in job.processes.iter().filter_map(|process| process.pid) {
        let _ = signal::send(pid.as_raw(), SIGKILL);
        // A stop may be reported before the end.
        while let Ok(Some((_, wait::Change::Stopped(_) | wait::Change::Continued, _))) | Err(Errno::EINTR) =
            wait::wait(Some(pid), Patience::Sleep)
        {}
    }
}

/// Runs a stage in the shell itself, wired as a child would be, and undoes the wiring. What only writes into its pipe
/// needs none.
fn here(index: usize, stage: &Stage, ends: Ends<'_>, host: &mut dyn Host) -> Outcome {
    if let (What::Output { .. }, [], Some(output)) = (&stage.what, stage.steps.as_slice(), ends.output) {
        return act(index, stage, Ok(output.as_raw_fd()), host);
    }
    let mut wiring = Redirected::default();
    let wired = wiring.wire(ends.wiring()).map_err(|errno| (Step::Wire, errno));
    let ready =
        wired.and_then(|()| wiring.take(&stage.steps).map_err(|(index, errno)| (Step::Fd(index), errno)));
    act(index, stage, ready.map(|()| 1), host)
}

/// What a stage does that is no program, once it is wired and knows where it writes; or else says why it cannot.
fn act(index: usize, stage: &Stage, ready: Result<RawFd, (Step, Errno)>, host: &mut dyn Host) -> Outcome {
    let output = match ready {
        Ok(output) => output,
        Err((step, errno)) => return not_started(stage, step, errno, host),
    };
    match &stage.what {
        What::Output { bytes, status, .. } => {
            let complain = |&errno: &Errno| host.complain(stage, Step::Write, errno);
            let written = fd::write_all(output, bytes).inspect_err(complain);
            Outcome::Here(written.map_or(Status::FAILURE, |()| *status))
        }
        What::Missing { errno, .. } => not_started(stage, Step::Exec, *errno, host),
        What::Program(_) | What::Shell { .. } => Outcome::Here(host.run(index)),
    }
}

fn not_started(stage: &Stage, step: Step, errno: Errno, host: &mut dyn Host) -> Outcome {
    host.complain(stage, step, errno);
    Outcome::NotStarted { step, errno }
}

/// The shell says why, since the child that shared its memory could not.
fn failed_to_spawn(stage: &Stage, ends: Ends<'_>, step: Step, errno: Errno, host: &mut dyn Host) -> Outcome {
    let reached = match step {
        Step::Fd(index) => index,
        Step::Exec => stage.steps.len(),
        Step::Wire | Step::Write => 0,
    };
    let steps = stage.steps.get(..reached).unwrap_or_default();
    say_again(steps, ends, || not_started(stage, step, errno, host))
}

/// Says something about a stage that is gone, and its standard error with it: makes its redirections once
/// more, if they say where its messages go. What it has written stays, and nobody is waited for.
pub fn say_again<T>(steps: &[FdStep], ends: Ends<'_>, say: impl FnOnce() -> T) -> T {
    let mut wiring = Redirected::default();
    let is_told = steps.iter().any(|step| step.target() == 2) && !plan::may_block(steps);
    if is_told && wiring.wire(ends.wiring()).is_ok() {
        let mut steps = steps.to_vec();
        for step in &mut steps {
            if let FdStep::Open { mode: mode @ OpenMode::Truncate, .. } = step {
                *mode = OpenMode::Append;
            }
        }
        // Whichever can be made again: the message has to go somewhere.
        let _ = wiring.take(&steps);
    }
    say()
}

#[cfg(test)]
mod tests {
    use super::super::builder::Silent;
    use super::super::job::State;
    use super::super::{Pipeline, Report};
    use super::*;
    use crate::sys::fault::{self, Call};

    /// Runs a test alone in a fresh process, where descriptors and children are only its own.
    fn alone(test: impl FnOnce()) {
        if std::env::var_os("MINISH_TEST_ALONE").is_some() {
            return test();
        }
        let thread = std::thread::current();
        let name = thread.name().unwrap();
        let output = std::process::Command::new(std::env::current_exe().unwrap())
            .args([name, "--exact", "--nocapture", "--test-threads=1"])
            .env("MINISH_TEST_ALONE", "1")
            .output()
            .unwrap();
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(
            output.status.success() && text.contains("1 passed"),
            "{text}\n{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }

    fn open_descriptors() -> Vec<std::ffi::OsString> {
        let entries = std::fs::read_dir("/proc/self/fd").unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        names
    }

    fn sleepers(count: usize) -> Pipeline {
        (1..count).fold(Pipeline::new(["sleep", "1000"]), |pipeline, _| pipeline.pipe(["sleep", "1000"]))
    }

    #[track_caller]
    fn check_failure(call: Call, nth: u32, stages: usize) {
        let before = open_descriptors();
        fault::fail(call, nth, Errno::EAGAIN);
        let error = sleepers(stages).start().expect_err("the launch should fail");
        assert_eq!((error.stage, error.errno), (nth as usize, Errno::EAGAIN));
        assert_eq!(open_descriptors(), before, "descriptors leak when call {nth} fails");
        assert_eq!(wait::wait(None, Patience::Poll).err(), Some(Errno::ECHILD), "a child is left");
    }

    #[test]
    fn a_failed_fork_leaves_no_child_and_no_descriptor() {
        alone(|| (0..5).for_each(|nth| check_failure(Call::Fork, nth, 5)));
    }

    #[test]
    fn a_failed_pipe_leaves_no_child_and_no_descriptor() {
        alone(|| (0..4).for_each(|nth| check_failure(Call::Pipe, nth, 5)));
    }

    #[test]
    fn a_failed_launch_says_at_which_stage() {
        alone(|| {
            fault::fail(Call::Fork, 1, Errno::EAGAIN);
            let error = sleepers(3).start().unwrap_err().to_string();
            insta::assert_snapshot!(error, @"cannot make a process for stage 2 of 3: resource temporarily unavailable: too many processes?");
        });
    }

    #[test]
    fn a_stage_that_cannot_open_its_file_says_which_step_failed() {
        let command = super::super::Command::new("cat")
            .redirect(2, fd::OpenMode::Truncate, "/dev/null")
            .redirect(0, fd::OpenMode::Read, "/nonexistent/file");
        let report: Report = Pipeline::new(command).run().unwrap();
        let outcome = report.stages[0].outcome;
        assert_eq!(outcome, Outcome::NotStarted { step: Step::Fd(1), errno: Errno::ENOENT });
        assert_eq!(report.status(), Status::FAILURE);
    }

    #[test]
    fn spawning_and_forking_a_program_do_the_same() {
        let outcome = |vehicle| {
            let mut plan =
                Pipeline::new(["sh", "-c", "exit 7"]).pipe(["true"]).pipe(["sh", "-c", "kill -9 $$"]).plan();
            plan.stages.iter_mut().for_each(|stage| stage.vehicle = vehicle);
            let What::Program(image) = &mut plan.stages[1].what else { panic!("`true` is a program") };
            image.path = c"/nonexistent".into();
            let mut job = launch(plan, &mut Silent, &Reset::of_this_program(), false).unwrap();
            while job.state() != State::Done {
                for index in 0..3 {
                    let Some(pid) =
                        job.processes[index].pid.filter(|_| job.processes[index].outcome().is_none())
                    else {
                        continue;
                    };
                    let (_, change, usage) = wait::wait(Some(pid), Patience::Sleep).unwrap().unwrap();
                    job.note(index, change, usage, Instant::now());
                }
            }
            job.into_report().stages.iter().map(|stage| stage.outcome).collect::<Vec<_>>()
        };
        let spawned = outcome(Vehicle::Spawn);
        assert_eq!(spawned[0], Outcome::Exited(7));
        assert_eq!(spawned[2], Outcome::Killed { signal: 9, core: false });
        assert!(matches!(spawned[1], Outcome::NotStarted { .. }));
        assert_eq!(spawned, outcome(Vehicle::Fork));
    }
}
