//! The library's way to write a Plan: build stages, redirect, feed, capture, run, read the Report.
//!
//! It waits only for its own processes, and never touches signal handling of the program that uses it.

use std::collections::BTreeMap;
use std::ffi::{CString, OsStr, OsString};
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::Path;
use std::time::{Duration, Instant};

use crate::sys::fd::{self, FdStep, LARGE_BLOCK, OpenMode};
use crate::sys::signal::{self, Reset, SIGKILL};
use crate::sys::spawn::Image;
use crate::sys::wait::{self, Change, Patience};
use crate::sys::{Errno, files};

use super::job::{Job, Process};
use super::launch::{Host, LaunchError, launch};
use super::plan::{Group, Plan, Stage, What};
use super::report::Report;

/// A program with its arguments, its changes of the environment, and its redirections.
#[must_use]
#[derive(Debug, Clone)]
pub struct Command {
    argv: Vec<Vec<u8>>,
    environment: Vec<(OsString, OsString)>,
    steps: Vec<FdStep>,
    is_bare: bool,
}

impl Command {
    /// The program, found on PATH unless it contains a `/`.
    pub fn new(program: impl AsRef<OsStr>) -> Command {
        Command::from([program])
    }

    /// Adds an argument.
    pub fn arg(mut self, argument: impl AsRef<OsStr>) -> Command {
        self.argv.push(argument.as_ref().as_bytes().to_vec());
        self
    }

    /// Adds arguments.
    pub fn args(self, arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Command {
        arguments.into_iter().fold(self, Command::arg)
    }

    /// Sets a variable in its environment.
    pub fn env(mut self, name: impl Into<OsString>, value: impl Into<OsString>) -> Command {
        self.environment.push((name.into(), value.into()));
        self
    }

    /// Leaves this program's environment out of its environment.
    pub fn env_clear(self) -> Command {
        Command { is_bare: true, ..self }
    }

    /// Opens a file as a descriptor: `redirect(2, OpenMode::Truncate, "log")` is `2>log`.
    pub fn redirect(self, descriptor: i32, mode: OpenMode, file: impl AsRef<Path>) -> Command {
        let file = c_string(file.as_ref().as_os_str().as_bytes().to_vec());
        self.step(FdStep::Open { file, mode, to: descriptor })
    }

    /// Adds a descriptor step; they are taken in order, after the stage is wired to its pipes. `2>&1` is
    /// `FdStep::Dup { from: 1, to: 2 }`.
    pub fn step(mut self, step: FdStep) -> Command {
        self.steps.push(step);
        self
    }

    fn into_stage(self, inherited: &BTreeMap<OsString, OsString>) -> Stage {
        let name = self.argv.first().cloned().unwrap_or_default();
        let path = inherited.get(OsStr::new("PATH")).map_or(files::DEFAULT_PATH, |path| path.as_bytes());
        let what = match files::find_program(&name, path) {
            Ok(path) => {
                let mut variables = if self.is_bare { BTreeMap::new() } else { inherited.clone() };
                variables.extend(self.environment.iter().cloned());
                let environment = variables.into_iter().map(|pair| c_string(joined(pair))).collect();
                let argv = self.argv.into_iter().map(c_string).collect();
                What::Program(Image { path, argv, environment, interpreter: c"/bin/sh" })
            }
            Err(errno) => What::Missing { name, errno },
        };
        let environment = self.environment.into_iter().map(joined).collect();
        let stage = Stage { steps: self.steps, environment, ..Stage::new(what, 0) };
        Stage { vehicle: stage.choose_vehicle(false), ..stage }
    }
}

fn joined((name, value): (OsString, OsString)) -> Vec<u8> {
    [name.into_vec(), value.into_vec()].join(&b'=')
}

/// The system could not take a NUL byte either: what follows it is cut off.
fn c_string(bytes: Vec<u8>) -> CString {
    CString::new(bytes.split(|&byte| byte == 0).next().unwrap_or_default()).unwrap_or_default()
}

impl<S: AsRef<OsStr>, const N: usize> From<[S; N]> for Command {
    fn from(words: [S; N]) -> Command {
        let argv = words.iter().map(|word| word.as_ref().as_bytes().to_vec()).collect();
        Command { argv, environment: Vec::new(), steps: Vec::new(), is_bare: false }
    }
}

/// A pipeline: all its stages run at the same time, each reading what the one before it writes.
///
/// ```
/// use minish::Pipeline;
///
/// let (report, output) = Pipeline::new(["printf", "b\\na\\n"]).pipe(["sort"]).capture()?;
/// assert_eq!(output, b"a\nb\n");
/// assert!(report.status().is_success());
/// # Ok::<(), minish::LaunchError>(())
/// ```
#[must_use]
#[derive(Debug, Clone)]
pub struct Pipeline {
    commands: Vec<Command>,
    group: Group,
}

impl Pipeline {
    /// A pipeline of one stage.
    pub fn new(command: impl Into<Command>) -> Pipeline {
        Pipeline { commands: vec![command.into()], group: Group::Inherit }
    }

    /// Adds a stage that reads what the last one writes.
    pub fn pipe(mut self, command: impl Into<Command>) -> Pipeline {
        self.commands.push(command.into());
        self
    }

    /// Feeds the first stage this input, which it can seek in.
    pub fn input(mut self, bytes: impl Into<Vec<u8>>) -> Pipeline {
        if let Some(first) = self.commands.first_mut() {
            first.steps.insert(0, FdStep::Text { bytes: bytes.into(), to: 0 });
        }
        self
    }

    /// Runs each of its processes in a session of its own, where no terminal can be reached.
    pub fn own_session(self) -> Pipeline {
        Pipeline { group: Group::Session, ..self }
    }

    /// What would run.
    pub fn plan(&self) -> Plan {
        let inherited: BTreeMap<OsString, OsString> = std::env::vars_os().collect();
        let stages = self.commands.iter().cloned().map(|command| command.into_stage(&inherited)).collect();
        let text = bstr::join(" | ", self.commands.iter().map(|command| command.argv.join(&b' ')));
        Plan { stages, group: self.group, text, ..Plan::default() }
    }

    /// Starts it.
    ///
    /// # Errors
    /// A pipe or a process could not be made. A program that cannot be executed is no error: the Report says
    /// so of its stage.
    pub fn start(&self) -> Result<Running, LaunchError> {
        self.launch(false)
    }

    /// Starts it and waits for its end.
    ///
    /// # Errors
    /// Those of [`Pipeline::start`].
    pub fn run(&self) -> Result<Report, LaunchError> {
        Ok(self.start()?.wait().0)
    }

    /// Starts it, reads all that the last stage writes, and waits for its end.
    ///
    /// # Errors
    /// Those of [`Pipeline::start`].
    pub fn capture(&self) -> Result<(Report, Vec<u8>), LaunchError> {
        Ok(self.launch(true)?.wait())
    }

    /// The same, but what still runs after so long is killed, with what it has started in a session of its own.
    ///
    /// # Errors
    /// Those of [`Pipeline::start`].
    pub fn capture_within(&self, limit: Duration) -> Result<(Report, Vec<u8>), LaunchError> {
        Ok(self.launch(true)?.wait_until(Some(Instant::now() + limit)))
    }

    fn launch(&self, captured: bool) -> Result<Running, LaunchError> {
        launch(self.plan(), &mut Silent, &Reset::of_this_program(), captured).map(|job| Running { job })
    }
}

/// The library runs no shell code and prints nothing: the Report says all.
pub(super) struct Silent;

impl Host for Silent {}

/// A pipeline that was started. Dropped without being waited for, it goes on, and its ended processes stay
/// zombies until the program ends.
#[must_use]
#[derive(Debug)]
pub struct Running {
    /// The job.
    pub job: Job,
}

impl Running {
    /// Waits for the end of all stages, and reads what is captured.
    pub fn wait(self) -> (Report, Vec<u8>) {
        self.wait_until(None)
    }

    fn wait_until(mut self, deadline: Option<Instant>) -> (Report, Vec<u8>) {
        let mut captured = Vec::new();
        // A descriptor for each process that tells its end. Where there are too few, the rest is waited for in
        // order, and only their times of end are less exact.
        let processes = self.job.processes.iter().enumerate();
        let mut watched: Vec<(usize, OwnedFd)> = processes
            .filter_map(|(index, process)| Some((index, process.pid?)))
            .map_while(|(index, pid)| Some((index, wait::open_pidfd(pid).ok()?)))
            .collect();
        while self.job.output.is_some() || !watched.is_empty() {
            let left = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
            if left.is_some_and(|left| left.is_zero()) {
                self.kill();
                break;
            }
            let pidfds = watched.iter().map(|(_, fd)| fd.as_fd());
            let descriptors = pidfds.chain(self.job.output.as_ref().map(AsFd::as_fd)).collect::<Vec<_>>();
            let mut is_ready = wait::until_readable(&descriptors, left).into_iter();
            let mut is_ready = || is_ready.next() == Some(true);
            watched.retain(|(index, _)| !(is_ready() && self.collect(*index, Patience::Poll)));
            if is_ready() {
                self.job.output.take_if(|output| {
                    let read = fd::read_some(output.as_fd(), LARGE_BLOCK, &mut captured);
                    !matches!(read, Ok(1..) | Err(Errno::EINTR))
                });
            }
        }
        for index in 0..self.job.processes.len() {
            while !self.collect(index, Patience::Sleep) {}
        }
        (self.job.into_report(), captured)
    }

    fn kill(&self) {
        let has_sessions = self.job.plan.group == Group::Session;
        let may_run = |process: &&Process| has_sessions || process.outcome().is_none();
        for pid in self.job.processes.iter().filter(may_run).filter_map(|process| process.pid) {
            // What it has started in its session, too.
            let _ = signal::send(if has_sessions { -pid.as_raw() } else { pid.as_raw() }, SIGKILL);
        }
    }

    /// Takes the end of a process; false if it has not ended. The Report counts as lost what another part of this
    /// program has taken.
    fn collect(&mut self, index: usize, patience: Patience) -> bool {
        let process = self.job.processes.get(index).filter(|process| process.outcome().is_none());
        let Some(pid) = process.and_then(|process| process.pid) else { return true };
        match wait::wait(Some(pid), patience) {
            Ok(Some((_, change, usage))) => {
                self.job.note(index, change, usage, Instant::now());
                matches!(change, Change::Exited(_) | Change::Killed { .. })
            }
            Ok(None) | Err(Errno::EINTR) => false,
            Err(_) => true,
        }
    }
}
