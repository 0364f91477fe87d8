//! The Job: what is running. A state machine without a kernel in it, fed with what happened to which process; every
//! order of the same events gives the same Report. And the table of all jobs of a shell, where children are reaped.

use std::collections::BTreeMap;
use std::os::fd::OwnedFd;
use std::time::Instant;

use crate::sys::signal::{self, Blocked, SIGCONT, SIGHUP};
use crate::sys::spawn::SharedSlot;
use crate::sys::terminal::Termios;
use crate::sys::wait::{self, Change, Patience, Usage};
use crate::sys::{Errno, Pid};

use super::plan::Plan;
use super::report::{Outcome, Report, StageReport};

/// A process of a job, or a stage that needs none.
#[derive(Debug)]
pub struct Process {
    /// None if the stage ran in the shell.
    pub pid: Option<Pid>,
    started: Instant,
    stopped: Option<i32>,
    /// Why it could not start, known before it was waited for.
    failed: Option<Outcome>,
    /// Where a forked program leaves why it could not start.
    pub(super) slot: Option<SharedSlot>,
    end: Option<(Outcome, Instant, Usage)>,
}

impl Process {
    /// A process that was just started; `outcome` if it has failed already, or never was a process.
    pub fn new(pid: Option<Pid>, started: Instant, outcome: Option<Outcome>) -> Process {
        let end =
            outcome.filter(|_| pid.is_none()).map(|outcome| (outcome, Instant::now(), Usage::default()));
        Process { pid, started, stopped: None, failed: outcome, slot: None, end }
    }

    /// How it ended, if it has.
    pub fn outcome(&self) -> Option<Outcome> {
        self.end.map(|(outcome, ..)| outcome)
    }

    fn failure(&self) -> Option<Outcome> {
        let in_slot = || self.slot.as_ref()?.get().map(|(step, errno)| Outcome::NotStarted { step, errno });
        self.failed.or_else(in_slot)
    }
}

/// Whether a job runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// At least one process runs.
    Running,
    /// None runs, and a signal of this number has stopped at least one.
    Stopped(i32),
    /// All have ended.
    Done,
}

/// A launched plan.
#[derive(Debug, Default)]
pub struct Job {
    /// Its number, as in `%1`; only background and stopped jobs have one.
    pub number: Option<usize>,
    /// Its process group, if it has one of its own.
    pub group: Option<Pid>,
    /// One for each stage, in order.
    pub processes: Vec<Process>,
    /// It is spared when the shell hangs up (`disown -h`).
    pub survives_hangup: bool,
    /// The terminal modes that it left when it stopped.
    pub modes: Option<Termios>,
    /// Its processes wait until this is dropped: by then the job has the terminal.
    pub latch: Option<OwnedFd>,
    /// What its last stage writes, if that is captured.
    pub output: Option<OwnedFd>,
    /// Nobody was told yet that it has stopped or ended.
    pub is_news: bool,
    /// What was launched.
    pub plan: Plan,
}

impl Job {
    /// Takes note of what happened to a process.
    pub fn note(&mut self, index: usize, change: Change, usage: Usage, at: Instant) {
        let Some(process) = self.processes.get_mut(index) else { return };
        let failure = process.failure();
        let mut end = |outcome| process.end = Some((outcome, at, usage));
        match change {
            Change::Exited(status) => end(failure.unwrap_or(Outcome::Exited(status))),
            Change::Killed { signal, core } => end(Outcome::Killed { signal, core }),
            Change::Stopped(signal) => process.stopped = Some(signal),
            Change::Continued => process.stopped = None,
        }
        self.is_news |= change != Change::Continued;
    }

    /// Derived from its processes, so that the two cannot disagree.
    pub fn state(&self) -> State {
        let mut state = State::Done;
        for process in self.alive() {
            match process.stopped {
                Some(signal) => state = State::Stopped(signal),
                None => return State::Running,
            }
        }
        state
    }

    fn alive(&self) -> impl Iterator<Item = &Process> {
        self.processes.iter().filter(|process| process.end.is_none())
    }

    /// Makes its processes go on.
    pub fn resume(&mut self) {
        self.is_news = false;
        self.processes.iter_mut().for_each(|process| process.stopped = None);
        let _ = self.send(SIGCONT);
    }

    /// Sends a signal of this number to all its processes: their group, if they have one that may still be theirs.
    pub fn send(&self, signal: i32) -> Result<(), Errno> {
        match self.group.filter(|_| self.state() != State::Done) {
            Some(group) => signal::send(-group.as_raw(), signal),
            None => {
                let mut pids = self.alive().filter_map(|process| process.pid);
                pids.try_for_each(|pid| signal::send(pid.as_raw(), signal))
            }
        }
    }

    /// What happened. A process that has not ended counts as lost.
    pub fn into_report(self) -> Report {
        let stage = |process: Process| {
            let (outcome, ended, usage) =
                process.end.unwrap_or((Outcome::Lost, process.started, Usage::default()));
            StageReport { pid: process.pid, outcome, started: process.started, ended, usage }
        };
        Report { plan: self.plan, stages: self.processes.into_iter().map(stage).collect() }
    }
}

/// Names a job of a table as long as the job is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct JobKey(u64);

/// All jobs of a shell. Each child is registered here before any wait, and each is waited for here.
#[derive(Debug, Default)]
pub struct Jobs {
    jobs: BTreeMap<JobKey, Job>,
    next: u64,
    /// Those that were used last are last.
    order: Vec<JobKey>,
    /// They are those of the shell that this subshell was made from: `jobs` lists them until it has its own.
    is_inherited: bool,
}

/// A script may start background jobs without end; this many ends are remembered for `wait`.
const MAX_REMEMBERED: usize = 1024;

impl Jobs {
    /// Whether this shell has no job, not even one that has ended.
    pub fn is_empty(&self) -> bool {
        self.jobs.is_empty() || self.is_inherited
    }

    pub fn add(&mut self, job: Job) -> JobKey {
        if self.is_inherited {
            *self = Jobs { next: self.next, ..Jobs::default() };
        }
        let key = JobKey(self.next);
        self.next += 1;
        self.jobs.insert(key, job);
        key
    }

    /// Gives a job a number and makes it the current job.
    pub fn enlist(&mut self, key: JobKey) {
        let number = self.jobs.values().filter_map(|job| job.number).max().unwrap_or(0) + 1;
        if let Some(job) = self.jobs.get_mut(&key) {
            job.number.get_or_insert(number);
        }
        self.order.retain(|&other| other != key);
        self.order.push(key);
        if self.jobs.len() > MAX_REMEMBERED {
            let ended = self.jobs.iter().find(|(_, job)| job.state() == State::Done).map(|(&key, _)| key);
            ended.map(|key| self.remove(key));
        }
    }

    pub fn remove(&mut self, key: JobKey) -> Option<Job> {
        self.order.retain(|&other| other != key);
        self.jobs.remove(&key)
    }

    pub fn get(&self, key: JobKey) -> Option<&Job> {
        self.jobs.get(&key)
    }

    pub fn get_mut(&mut self, key: JobKey) -> Option<&mut Job> {
        self.jobs.get_mut(&key)
    }

    /// Whether there is nothing to wait for. A job that was stopped without job control goes on some day.
    pub fn is_over(&self, key: JobKey) -> bool {
        self.get(key).is_none_or(|job| match job.state() {
            State::Running => false,
            State::Stopped(_) => job.group.is_some(),
            State::Done => true,
        })
    }

    /// The job of a process, and which of its stages it is; the newest, since numbers are used again.
    pub fn by_pid(&self, pid: Pid) -> Option<(JobKey, usize)> {
        let is_stage = |process: &Process| process.pid == Some(pid);
        let stage = |(&key, job): (&JobKey, &Job)| Some((key, job.processes.iter().position(is_stage)?));
        self.jobs.iter().rev().filter(|_| !self.is_inherited).find_map(stage)
    }

    /// The numbered jobs, by number.
    pub fn listed(&self) -> Vec<(JobKey, &Job)> {
        let numbered = self.jobs.iter().filter_map(|(&key, job)| Some((job.number?, (key, job))));
        numbered.collect::<BTreeMap<_, _>>().into_values().collect()
    }

    /// `+` for the current job, `-` for the previous one, else a blank.
    pub fn mark(&self, key: JobKey) -> char {
        match self.recent().position(|other| other == key) {
            Some(0) => '+',
            Some(1) => '-',
            _ => ' ',
        }
    }

    /// The job that `%+` names, the one that `%-` names, and so on: stopped ones come first (POSIX XCU jobs).
    pub fn recent(&self) -> impl Iterator<Item = JobKey> {
        let is_stopped = |key: &&JobKey| matches!(self.get(**key).map(Job::state), Some(State::Stopped(_)));
        let (stopped, others): (Vec<_>, Vec<_>) = self.order.iter().rev().partition(is_stopped);
        stopped.into_iter().chain(others)
    }

    /// Becomes a subshell's, in a child: the processes are the parent's, and can only be listed.
    pub fn enter_subshell(&mut self) {
        self.is_inherited = true;
    }

    /// Whether a job that people know of is stopped.
    pub fn has_stopped(&self) -> bool {
        self.listed().iter().any(|(_, job)| matches!(job.state(), State::Stopped(_)))
    }

    /// The terminal is gone: tells the jobs, and makes those that are stopped go on to hear it.
    pub fn hang_up(&mut self) {
        self.poll();
        for job in self.jobs.values_mut().filter(|job| !job.survives_hangup) {
            let _ = job.send(SIGHUP);
            job.resume();
        }
    }

    /// Takes note of one child that has changed: the only place where children are reaped. ECHILD where there are none.
    pub fn reap(&mut self, patience: Patience) -> Result<bool, Errno> {
        let Some((pid, change, usage)) = wait::wait(None, patience)? else { return Ok(false) };
        if let Some((key, index)) = self.by_pid(pid)
            && let Some(job) = self.jobs.get_mut(&key)
        {
            job.note(index, change, usage, Instant::now());
            // A process substitution: nobody asks how it ended.
            if job.plan.background && job.number.is_none() && job.state() == State::Done {
                self.remove(key);
            }
        }
        Ok(true)
    }

    /// Takes note of all that has happened already; true if there are no children any more.
    pub fn poll(&mut self) -> bool {
        loop {
            match self.reap(Patience::Poll) {
                Ok(true) | Err(Errno::EINTR) => {}
                last => return last.is_err(),
            }
        }
    }

    /// Sleeps until `is_enough` says so, or there are no children any more. If there are `interrupts`, which the shell
    /// catches, any of them ends the wait with EINTR; it stays to be taken.
    pub fn wait_until(
        &mut self,
        interrupts: &[i32],
        mut is_enough: impl FnMut(&Jobs) -> bool,
    ) -> Result<(), Errno> {
        if interrupts.is_empty() {
            while !is_enough(self) && self.reap(Patience::Sleep) != Err(Errno::ECHILD) {}
            return Ok(());
        }
        let blocked = Blocked::all();
        signal::woken_by_children(|| {
            loop {
                let is_childless = self.poll();
                if interrupts.iter().any(|&interrupt| signal::has_come(interrupt)) {
                    return Err(Errno::EINTR);
                }
                if is_enough(self) || is_childless {
                    return Ok(());
                }
                blocked.sleep();
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::plan::Stage;
    use super::super::report::Status;
    use super::*;

    fn job(stages: usize) -> Job {
        let plan = Plan { stages: vec![Stage::shell(Vec::new(), 0); stages], ..Plan::default() };
        let started = Instant::now();
        let process = |number: usize| Process::new(Some(Pid::from_raw(number as i32 + 1000)), started, None);
        Job { plan, processes: (0..stages).map(process).collect(), ..Job::default() }
    }

    fn permutations(items: Vec<(usize, Change)>) -> Vec<Vec<(usize, Change)>> {
        if items.is_empty() {
            return vec![Vec::new()];
        }
        let mut all = Vec::new();
        for index in 0..items.len() {
            let mut rest = items.clone();
            let first = rest.remove(index);
            all.extend(permutations(rest).into_iter().map(|mut order| {
                order.insert(0, first);
                order
            }));
        }
        all
    }

    #[test]
    fn every_order_of_the_same_ends_gives_the_same_report() {
        let ends = vec![
            (0, Change::Killed { signal: SIGPIPE, core: false }),
            (1, Change::Exited(1)),
            (2, Change::Exited(0)),
        ];
        for order in permutations(ends) {
            let mut job = job(3);
            for (index, change) in &order {
                assert_eq!(job.state(), State::Running);
                job.note(*index, *change, Usage::default(), Instant::now());
            }
            assert_eq!(job.state(), State::Done);
            let report = job.into_report();
            let statuses: Vec<u8> = report.stages.iter().map(|stage| stage.outcome.status().0).collect();
            assert_eq!((statuses, report.status()), (vec![141, 1, 0], Status::SUCCESS), "{order:?}");
        }
    }

    const SIGPIPE: i32 = nix::libc::SIGPIPE;
    const SIGTSTP: i32 = nix::libc::SIGTSTP;

    #[test]
    fn a_job_is_stopped_when_none_of_its_processes_runs() {
        let mut job = job(2);
        let mut note = |index, change| {
            job.note(index, change, Usage::default(), Instant::now());
            job.state()
        };
        assert_eq!(note(0, Change::Stopped(SIGTSTP)), State::Running);
        assert_eq!(note(1, Change::Stopped(SIGTSTP)), State::Stopped(SIGTSTP));
        assert_eq!(note(0, Change::Continued), State::Running);
        assert_eq!(note(0, Change::Exited(0)), State::Stopped(SIGTSTP));
        assert_eq!(note(1, Change::Killed { signal: 9, core: false }), State::Done);
    }

    #[test]
    fn a_stopped_process_may_end_without_going_on() {
        let mut job = job(1);
        job.note(0, Change::Stopped(SIGTSTP), Usage::default(), Instant::now());
        job.note(0, Change::Exited(3), Usage::default(), Instant::now());
        assert_eq!((job.state(), job.processes[0].outcome()), (State::Done, Some(Outcome::Exited(3))));
    }

    #[test]
    fn marks_follow_the_latest_jobs() {
        let mut jobs = Jobs::default();
        let keys: Vec<JobKey> = (0..3).map(|_| jobs.add(job(1))).collect();
        keys.iter().for_each(|&key| jobs.enlist(key));
        let marks = |jobs: &Jobs| keys.iter().map(|&key| jobs.mark(key)).collect::<String>();
        assert_eq!(marks(&jobs), " -+");
        jobs.enlist(keys[0]);
        assert_eq!(marks(&jobs), "+ -");
        jobs.remove(keys[0]);
        assert_eq!(marks(&jobs), " -+");
    }

    #[test]
    fn a_script_that_never_waits_does_not_fill_the_table() {
        let mut jobs = Jobs::default();
        for _ in 0..3000 {
            let mut ended = job(1);
            ended.note(0, Change::Exited(0), Usage::default(), Instant::now());
            let key = jobs.add(ended);
            jobs.enlist(key);
        }
        assert!(jobs.jobs.len() <= MAX_REMEMBERED + 1);
    }
}
