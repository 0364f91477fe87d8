//! The shell execution environment (POSIX XCU 2.13): the one value that everything which runs commands is
//! given. Remembers; parses nothing and runs nothing.

mod commands;
pub mod history;
pub mod options;
mod positional;
pub mod traps;
pub mod variables;

use std::cell::Cell;
use std::collections::BTreeMap;
use std::ffi::CString;
use std::rc::Rc;
use std::time::{Duration, Instant};

use crate::pipeline::{JobKey, Jobs, Report, Status, shown};
use crate::syntax::ast::{Function, Name};
use crate::syntax::{Aliases, Bytes};
use crate::sys::signal::Reset;
use crate::sys::terminal::Terminal;
use crate::sys::{Pid, fd, files};

use options::{Flag, Options};
pub use positional::Positional;
use traps::Traps;
use variables::{Variable, Variables};

/// What ends a command early and everything around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Divert {
    /// Out of so many enclosing loops.
    Break(u32),
    /// On to the next turn of the loop that encloses so many.
    Continue(u32),
    /// Out of the function or the script that `.` reads. The status is set.
    Return,
    /// The shell ends. The status is set, as it is below.
    Exit,
    /// Ctrl-C, or an error: an interactive shell goes back to its prompt, a script ends.
    Interrupt,
    /// A process was forked that goes on with the subshell; this one waits for it.
    Forked(JobKey),
}

/// Ran to its end, or was diverted. The status is in the shell.
pub type Flow = Result<(), Divert>;

/// A shell. By default it knows nothing, not even its environment.
#[derive(Default)]
pub struct Shell {
    pub variables: Variables,
    /// `$0`
    pub name: Bytes,
    /// `$1` and the following.
    pub positional: Positional,
    /// `$?`
    pub status: Status,
    /// The status of each stage of the last pipeline: `PIPESTATUS`.
    pub pipe_status: Vec<Status>,
    /// `$!`
    pub background: Option<Pid>,
    /// `$$`: not changed by subshells.
    pub pid: i32,
    pub jobs: Jobs,
    /// Prompts, survives Ctrl-C and errors.
    pub is_interactive: bool,
    /// `c` or `s` in `$-`: where its commands come from.
    pub source_letter: Option<u8>,
    pub options: Options,
    /// By name; shared with subshells that change nothing.
    pub functions: Rc<BTreeMap<Bytes, Rc<Function>>>,
    pub aliases: Rc<Aliases>,
    /// What runs when signals come and when the shell exits.
    pub traps: Traps,
    /// Variables as they were before the function that runs made them local.
    pub locals: Vec<Variable>,
    /// How many functions, and scripts read by `.`, are running.
    pub frames: u32,
    /// How many loops are running in the innermost of them.
    pub loops: u32,
    /// The status of the last command substitution of the simple command that is being expanded.
    pub substituted: Option<Status>,
    /// `$?` as it was before the trap that is running in this environment, and `frames` then.
    pub before_trap: Option<(Status, u32)>,
    /// What happened in the last pipeline that was launched.
    pub last_report: Option<Report>,
    started: Option<Instant>,
    random: Cell<u32>,
    /// Input lines in which `exit` ends the shell although jobs are stopped: it has warned of them.
    pub warned: u8,
    /// The terminal, when this shell controls jobs on it.
    pub terminal: Option<Terminal>,
    /// What a child must undo of this shell's signal settings.
    pub reset: Reset,
    /// The name of the script that messages give, if it is not the shell itself.
    pub script: Option<Bytes>,
    /// While a built-in is only tried: how many messages it would have written.
    pub unsaid: Cell<Option<u32>>,
    /// The line that runs.
    pub line: u32,
    programs: BTreeMap<Bytes, CString>,
    /// What was typed, in an interactive shell.
    pub history: Option<Rc<history::History>>,
    /// How many commands were typed.
    pub typed: u32,
    /// How long the last of them ran.
    pub elapsed: Duration,
    /// What scripts on a stream and `read` are read with.
    pub lines: Rc<crate::sys::lines::Lines>,
    /// What pathname expansion reads directories with.
    pub listing: Rc<crate::sys::listing::Listing>,
}

impl Shell {
    /// A shell with this process's environment, that knows no terminal.
    pub fn new() -> Shell {
        let mut variables = Variables::from_environment();
        variables.put(b"IFS", b" \t\n".as_slice().into());
        variables.put(b"OPTIND", b"1".as_slice().into());
        variables.put(b"PPID", Pid::parent().to_string().into_bytes().into());
        if variables.working_directory().is_none()
            && let Ok(pwd) = files::working_directory()
        {
            variables.put(b"PWD", pwd.into());
        }
        variables.export(b"PWD");
        variables.export(b"OLDPWD");
        Shell {
            variables,
            name: b"minish".as_slice().into(),
            pid: Pid::this().as_raw(),
            started: Some(Instant::now()),
            random: Cell::new(Pid::this().as_raw().unsigned_abs()),
            ..Shell::default()
        }
    }

    /// Becomes a subshell environment, in a child: jobs, terminal and traps are the parent's.
    pub fn enter_subshell(&mut self) {
        self.jobs.enter_subshell();
        // Whoever shared the pipe in it would read what the other has seen.
        self.lines = Rc::default();
        if let Some(history) = &self.history {
            history.abandon();
        }
        self.terminal = None;
        self.before_trap = None;
        self.is_interactive = false;
        self.reset = Reset::default();
        self.traps.enter_subshell();
        self.options.set(Flag::Monitor, false);
        self.variables.forget_journal();
        self.random.set(self.random.get().wrapping_add(Pid::this().as_raw().unsigned_abs()));
    }

    /// What a child must undo of this shell's signal settings: what the shell does for itself, and its traps.
    pub fn child_reset(&self) -> Reset {
        let mut reset = self.reset.clone();
        reset.default.retain(|&signal| !self.traps.ignores(signal));
        reset.default.extend(self.traps.caught());
        reset
    }

    /// Begins a subshell that runs in this process. What is given ends it: only its status stays, and what its
    /// commands undo themselves.
    pub fn begin_nested(&mut self) -> impl FnOnce(&mut Shell) + use<> {
        let mark = self.variables.begin();
        let (positional, options, loops) = (self.positional.clone(), self.options, self.loops);
        let (functions, aliases) = (Rc::clone(&self.functions), Rc::clone(&self.aliases));
        let (background, option_offset) = (self.background, self.variables.option_offset);
        let (locals, before_trap) = (self.locals.len(), self.before_trap.take());
        move |shell| {
            shell.variables.undo(&mark);
            shell.set_options(options);
            (shell.positional, shell.loops) = (positional, loops);
            (shell.functions, shell.aliases) = (functions, aliases);
            (shell.background, shell.variables.option_offset) = (background, option_offset);
            shell.locals.truncate(locals);
            shell.before_trap = before_trap;
        }
    }

    /// Whether the shell may end, as `exit` and Ctrl-D ask: not while jobs are stopped, unless it has just said so.
    pub fn may_exit(&mut self) -> bool {
        let may = self.warned > 0 || !self.is_interactive || !self.jobs.has_stopped();
        if !may {
            self.complain("there are stopped jobs: `jobs` lists them; once more ends the shell");
            self.warned = 2;
        }
        may
    }

    /// Changes the options, and what depends on them. An interactive shell that runs nothing would be lost.
    pub fn set_options(&mut self, mut options: Options) {
        options.set(Flag::NoExec, options.has(Flag::NoExec) && !self.is_interactive);
        if options.has(Flag::Monitor) != self.options.has(Flag::Monitor) {
            self.terminal = options.has(Flag::Monitor).then(Terminal::find).and_then(Result::ok);
        }
        self.options = options;
        self.variables.exports_all = options.has(Flag::AllExport);
    }

    /// The value of a variable. Some are made when they are asked for, as long as nothing is assigned to them.
    pub fn variable(&self, name: &Name) -> Option<Bytes> {
        match self.variables.get(name) {
            None if self.variables.is_untouched(name) => self.made_variable(&name.text),
            value => value.cloned(),
        }
    }

    fn made_variable(&self, name: &[u8]) -> Option<Bytes> {
        let text = match name {
            b"LINENO" => self.line.to_string(),
            _ if self.options.has(Flag::Posix) => return None,
            b"PIPESTATUS" => self.stages(" "),
            b"RANDOM" => {
                // Linear, as the C standard's example; the high bits are the better ones.
                let next = self.random.get().wrapping_mul(1_103_515_245).wrapping_add(12345);
                self.random.set(next);
                ((next >> 16) & 0x7fff).to_string()
            }
            b"CMD_DURATION" => self.elapsed.as_millis().to_string(),
            b"SECONDS" => self.started?.elapsed().as_secs().to_string(),
            _ => return None,
        };
        Some(text.into_bytes().into())
    }

    /// The status of each stage of the last pipeline.
    pub fn stages(&self, separator: &str) -> String {
        let statuses = self.pipe_status.iter().map(|status| status.0.to_string());
        statuses.collect::<Vec<_>>().join(separator)
    }

    /// Where files are put that are gone soon.
    pub fn temporary_directory(&self) -> &[u8] {
        let directory = self.variables.text(b"TMPDIR");
        if directory.is_empty() { b"/tmp" } else { directory }
    }

    /// Writes a message to standard error in one piece, behind the script and the line, as far as there are any.
    pub fn complain_at(&self, line: u32, message: impl std::fmt::Display) {
        if let Some(count) = self.unsaid.get() {
            self.unsaid.set(Some(count + 1));
            return;
        }
        let script = self.script.as_ref().map(|script| shown(script) + ": ").unwrap_or_default();
        let has_line = line > 0 && !self.is_interactive;
        let line = if has_line { format!("line {line}: ") } else { String::new() };
        fd::tell(format!("minish: {script}{line}{message}\n"));
    }

    /// Writes a message about the line that runs.
    pub fn complain(&self, message: impl std::fmt::Display) {
        self.complain_at(self.line, message);
    }

    /// Remembers how a pipeline of one command ended.
    pub fn set_status(&mut self, status: Status) {
        self.status = status;
        self.pipe_status.clear();
        self.pipe_status.push(status);
    }
}
