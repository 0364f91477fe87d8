//! The Report: what happened to each stage, and every status and sentence that is read off it.

use std::borrow::Cow;
use std::time::{Duration, Instant};

use bstr::ByteSlice;

use crate::sys::fd::{self, FdStep, OpenMode};
use crate::sys::spawn::{Image, Step};
use crate::sys::wait::Usage;
use crate::sys::{Errno, Pid, files, reason, signal};

use super::plan::{Plan, Stage, What};

/// The exit status of a command as `$?` shows it (POSIX XCU 2.8.2).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Status(pub u8);

impl Status {
    /// It worked.
    pub const SUCCESS: Status = Status(0);
    /// It did not.
    pub const FAILURE: Status = Status(1);
    /// It was used wrongly; a syntax error.
    pub const USAGE: Status = Status(2);
    /// It was found but cannot be executed.
    pub const NOT_EXECUTABLE: Status = Status(126);
    /// It was not found.
    pub const NOT_FOUND: Status = Status(127);
    /// A shell could not read its commands to their end (POSIX XCU sh).
    pub const UNREADABLE: Status = Status(128);

    /// That of what answers yes or no.
    pub fn of(is_success: bool) -> Status {
        if is_success { Status::SUCCESS } else { Status::FAILURE }
    }

    /// 0.
    pub fn is_success(self) -> bool {
        self == Status::SUCCESS
    }

    /// 128 and the signal's number.
    pub fn of_signal(signal: i32) -> Status {
        Status(u8::try_from(128 + signal).unwrap_or(u8::MAX))
    }
}

/// How a stage ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It exited by itself.
    Exited(u8),
    /// A signal of this number ended it.
    Killed {
        /// The signal's number.
        signal: i32,
        /// Whether the kernel wrote a core file.
        core: bool,
    },
    /// It never ran.
    NotStarted {
        /// What failed: wiring, a redirection, executing.
        step: Step,
        /// Why.
        errno: Errno,
    },
    /// It ran in the shell itself.
    Here(Status),
    /// It ended, but another part of this program took its status from the kernel first.
    Lost,
}

impl Outcome {
    /// As `$?` shows it.
    pub fn status(self) -> Status {
        match self {
            Outcome::Exited(status) => Status(status),
            Outcome::Killed { signal, .. } => Status::of_signal(signal),
            Outcome::NotStarted { step: Step::Exec, errno: Errno::ENOENT } => Status::NOT_FOUND,
            Outcome::NotStarted { step: Step::Exec, .. } => Status::NOT_EXECUTABLE,
            Outcome::NotStarted { .. } => Status::FAILURE,
            Outcome::Here(status) => status,
            Outcome::Lost => Status::NOT_FOUND,
        }
    }

    /// The number that `wait(2)` gives: of the child, or what it would be had there been one.
    pub fn wait_status(self) -> i32 {
        match self {
            Outcome::Killed { signal, core } => signal | if core { 0x80 } else { 0 },
            other => i32::from(other.status().0) << 8,
        }
    }

    /// In words: `exited 1`, `killed by SIGSEGV (core dumped)`.
    pub fn sentence(self) -> String {
        match self {
            Outcome::Exited(status) => format!("exited {status}"),
            Outcome::Killed { signal, core } => {
                let core = if core { " (core dumped)" } else { "" };
                format!("killed by SIG{}{core}", signal::name(signal))
            }
            Outcome::NotStarted { errno, .. } => format!("not started: {}", reason(errno)),
            Outcome::Here(status) => format!("ran in the shell, status {}", status.0),
            Outcome::Lost => "ended; its status was taken by another part of this program".to_owned(),
        }
    }
}

/// What happened to a stage.
#[derive(Debug, Clone, PartialEq)]
pub struct StageReport {
    /// The process it ran in; none if it ran in the shell or could not run.
    pub pid: Option<Pid>,
    /// How it ended.
    pub outcome: Outcome,
    /// When it was started, on the monotonic clock.
    pub started: Instant,
    /// When its end was noticed.
    pub ended: Instant,
    /// What it used, from `wait4(2)`; zero where there was no child.
    pub usage: Usage,
}

impl StageReport {
    /// From start to end.
    pub fn duration(&self) -> Duration {
        self.ended.duration_since(self.started)
    }
}

/// What happened to a job.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// What was to run.
    pub plan: Plan,
    /// A report for each stage of it, in order.
    pub stages: Vec<StageReport>,
}

impl Report {
    /// The status of the pipeline: that of its last stage.
    pub fn status(&self) -> Status {
        self.stages.last().map_or(Status::SUCCESS, |stage| stage.outcome.status())
    }

    /// The status of the pipeline with `set -o pipefail`: that of the last stage that failed.
    pub fn strict_status(&self) -> Status {
        let mut statuses = self.stages.iter().rev().map(|stage| stage.outcome.status());
        statuses.find(|status| !status.is_success()).unwrap_or(Status::SUCCESS)
    }

    /// Each stage of the plan with what happened to it.
    pub fn iter(&self) -> impl Iterator<Item = (&Stage, &StageReport)> {
        self.plan.stages.iter().zip(&self.stages)
    }
}

/// Why a stage could not start, in a sentence that names what failed, on what, and why.
#[derive(Debug, thiserror::Error)]
#[error("{}: {why}", shown(what))]
pub struct StartError {
    /// A file or a descriptor of a redirection, a program, a built-in, as it was asked for.
    pub what: Vec<u8>,
    /// In words.
    pub why: String,
}

/// Text for people: what cannot be seen is shown as `$'…'` would have it, so that no name can steer a terminal;
/// nothing is seen as such.
pub fn shown(bytes: &[u8]) -> String {
    if bytes.is_empty() { "''".to_owned() } else { visible(bytes) }
}

/// The same, where nothing need not be seen.
pub fn visible(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            match c {
                '\t' | '\n' | '\r' => text.extend(c.escape_default()),
                c if c.is_control() || is_format(c) => text += &format!("\\u{:04X}", u32::from(c)),
                c => text.push(c),
            }
        }
        text.extend(chunk.invalid().iter().map(|byte| format!("\\x{byte:02X}")));
    }
    text
}

/// Whether a character has no width, or turns the direction of others.
fn is_format(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// A word in quotes where it needs them: text that any shell reads back.
pub fn quoted(word: &[u8]) -> Cow<'_, [u8]> {
    // No word holds NUL bytes, for which there are no quotes.
    shlex::bytes::try_quote(word).unwrap_or(Cow::Borrowed(word))
}

impl StartError {
    /// The error for a stage that failed at a step.
    pub fn new(stage: &Stage, step: Step, errno: Errno) -> StartError {
        let what = stage.name();
        let why = match (step, &stage.what) {
            (Step::Fd(index), _) => return StartError::of_step(stage.steps.get(index), errno),
            (Step::Wire, _) => return StartError::of_step(None, errno),
            (Step::Write, _) => format!("cannot write: {}", reason(errno)),
            (Step::Exec, What::Program(image)) => why_not_executed(image, errno),
            (Step::Exec, _) if what == b"[[" => "not a command here: use `[`, as POSIX does".to_owned(),
            (Step::Exec, _) => reason(errno).to_owned(),
        };
        StartError { what, why }
    }

    /// The error for a descriptor step, or else for those that wire a stage to its pipes.
    pub fn of_step(step: Option<&FdStep>, errno: Errno) -> StartError {
        let what = match step {
            None => b"cannot wire a pipe".to_vec(),
            Some(FdStep::Open { file, mode, .. }) => {
                let action = if *mode == OpenMode::Read { "open" } else { "create" };
                let what = file.to_bytes().to_vec();
                let why = format!("cannot {action}: {}", why_not_opened(&what, *mode, errno));
                return StartError { what, why };
            }
            Some(FdStep::Dup { from, .. }) if fd::is_own(*from) != Ok(false) => from.to_string().into_bytes(),
            Some(step) => step.target().to_string().into_bytes(),
        };
        StartError { what, why: reason(errno).to_owned() }
    }
}

/// Names the first directory of a path that is not there, since that is what has to be made.
fn why_not_opened(file: &[u8], mode: OpenMode, errno: Errno) -> String {
    let parents = file.find_iter(b"/").filter(|&slash| slash > 0).filter_map(|slash| file.get(..slash));
    match parents.into_iter().find(|parent| !files::exists(parent)) {
        Some(missing) if errno == Errno::ENOENT => format!("the directory {} does not exist", shown(missing)),
        _ if file.is_empty() => "the name is empty".to_owned(),
        _ if errno == Errno::ENOENT && mode != OpenMode::Read => "a symbolic link leads nowhere".to_owned(),
        _ => reason(errno).to_owned(),
    }
}

fn why_not_executed(image: &Image, errno: Errno) -> String {
    let path = image.path.to_bytes();
    match errno {
        Errno::ENOENT if files::exists(path) && files::check_executable(path) == Err(Errno::ENOENT) => {
            "not found: a symbolic link leads nowhere".to_owned()
        }
        Errno::EACCES if files::is_directory(path) => reason(Errno::EISDIR).to_owned(),
        Errno::ENOENT | Errno::EACCES | Errno::ENOTDIR | Errno::ELOOP if files::exists(path) => {
            match files::interpreter(&image.path) {
                Some(name) => {
                    format!("bad interpreter {} in its `#!` line: {}", shown(name.to_bytes()), reason(errno))
                }
                None if errno == Errno::ENOENT => "the loader that it asks for is missing".to_owned(),
                None => reason(errno).to_owned(),
            }
        }
        Errno::E2BIG => {
            let size = |text: &std::ffi::CString| text.as_bytes_with_nul().len();
            let strings = || image.argv.iter().chain(image.environment.iter());
            let largest = strings().map(size).max().unwrap_or(0);
            let total: usize = strings().map(|text| size(text) + size_of::<usize>()).sum();
            let (limit, single) = files::argument_limits();
            let what = match largest > single {
                true => format!("one argument has {largest} bytes, the limit is {single}"),
                false => format!("{total} bytes, the limit is {limit}"),
            };
            format!("argument list too long: {what}")
        }
        other => reason(other).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_outcome_has_a_status_and_a_sentence() {
        let not = |step, errno| Outcome::NotStarted { step, errno };
        let outcomes = [
            Outcome::Exited(0),
            Outcome::Exited(255),
            Outcome::Killed { signal: 11, core: true },
            Outcome::Killed { signal: 13, core: false },
            Outcome::Killed { signal: 40, core: false },
            not(Step::Exec, Errno::ENOENT),
            not(Step::Exec, Errno::EACCES),
            not(Step::Fd(0), Errno::ENOENT),
            not(Step::Wire, Errno::EBADF),
            Outcome::Here(Status(3)),
            Outcome::Lost,
        ];
        let line = |outcome: &Outcome| {
            format!("{:3} {:#06x} {}", outcome.status().0, outcome.wait_status(), outcome.sentence())
        };
        insta::assert_snapshot!(outcomes.iter().map(line).collect::<Vec<_>>().join("\n"));
    }

    #[test]
    fn no_name_can_steer_a_terminal() {
        assert_eq!(shown(b"a b\\\"'"), "a b\\\"'");
        assert_eq!(shown("ä\u{1b}[31m\n\u{9b}".as_bytes()), "ä\\u001B[31m\\n\\u009B");
        assert_eq!(shown("\u{feff}a\u{200d}b\u{202e}".as_bytes()), "\\uFEFFa\u{200d}b\\u202E");
        assert_eq!(shown(b"a\xff"), "a\\xFF");
        assert_eq!(shown(b""), "''");
    }
}
