//! The shell execution environment (POSIX XCU 2.13): the one value that everything which runs commands is
//! given. Remembers; parses nothing and runs nothing.

mod commands;
pub mod variables;

use std::ffi::{CStr, CString};

use crate::pipeline::{Jobs, Status};
use crate::syntax::Bytes;
use crate::syntax::ast::Name;
use crate::sys::signal::Reset;
use crate::sys::terminal::Terminal;
use crate::sys::{Errno, Pid, fd, files};

use commands::Commands;
use variables::Variables;

/// A shell.
#[derive(Debug)]
pub struct Shell {
    /// Its variables.
    pub variables: Variables,
    /// `$0`
    pub name: Bytes,
    /// `$1` and the following.
    pub positional: Vec<Bytes>,
    /// `$?`
    pub status: Status,
    /// The status of each stage of the last pipeline: `PIPESTATUS`.
    pub pipe_status: Vec<Status>,
    /// `$!`
    pub background: Option<Pid>,
    /// `$$`: not changed by subshells.
    pub pid: Pid,
    /// All jobs.
    pub jobs: Jobs,
    /// Prompts, survives Ctrl-C and errors.
    pub is_interactive: bool,
    /// Lines are edited with the keys of vi, not of emacs.
    pub edits_like_vi: bool,
    /// The terminal, when this shell controls jobs on it.
    pub terminal: Option<Terminal>,
    /// What a child must undo of this shell's signal settings.
    pub reset: Reset,
    /// What runs a program file that turns out to be a text.
    pub interpreter: &'static CStr,
    /// The name of the script that messages give, if it is not the shell itself.
    pub script: Option<Bytes>,
    /// The line that runs.
    pub line: u32,
    commands: Commands,
}

impl Shell {
    /// A shell with this process's environment, that knows no terminal.
    pub fn new() -> Shell {
        let mut variables = Variables::from_environment();
        variables.set(b"IFS", b" \t\n".as_slice());
        variables.set(b"PPID", Pid::parent().to_string().into_bytes());
        let inherited = variables.value(b"PWD").filter(|pwd| pwd.starts_with(b"/") && is_tidy(pwd));
        if !inherited.is_some_and(|pwd| files::is_same(pwd, b"."))
            && let Ok(pwd) = files::working_directory()
        {
            variables.set(b"PWD", pwd);
        }
        Shell {
            variables,
            name: b"minish".as_slice().into(),
            positional: Vec::new(),
            status: Status::SUCCESS,
            pipe_status: Vec::new(),
            background: None,
            pid: Pid::this(),
            jobs: Jobs::default(),
            is_interactive: false,
            edits_like_vi: false,
            terminal: None,
            reset: Reset::default(),
            interpreter: c"/bin/sh",
            script: None,
            line: 0,
            commands: Commands::default(),
        }
    }

    /// Becomes a subshell environment, in a child: jobs and terminal are the parent's.
    pub fn enter_subshell(&mut self) {
        self.jobs.clear();
        self.terminal = None;
        self.is_interactive = false;
        self.reset = Reset::default();
    }

    /// The value of a variable; `PIPESTATUS` is made when it is asked for.
    pub fn variable(&self, name: &Name) -> Option<Bytes> {
        match self.variables.get(name) {
            None if *name.text == *b"PIPESTATUS" => {
                let statuses: Vec<String> =
                    self.pipe_status.iter().map(|status| status.0.to_string()).collect();
                Some(statuses.join(" ").into_bytes().into())
            }
            value => value.cloned(),
        }
    }

    /// The file of a program, searched in `path` if it is given and in PATH if not. A name with a `/` is its
    /// path already: whether it can be executed is seen when it is.
    ///
    /// # Errors
    /// Why there is none that can be executed.
    pub fn find_program(&mut self, name: &Bytes, path: Option<&Bytes>) -> Result<CString, Errno> {
        if name.contains(&b'/') {
            return CString::new(name.to_vec()).map_err(|_| Errno::ENOENT);
        }
        let path = path.or(self.variables.value(b"PATH")).cloned();
        self.commands.find(name, &path.unwrap_or_else(|| commands::DEFAULT_PATH.into()))
    }

    /// Whether characters can have several bytes: the locale's codeset is UTF-8 (XBD 8.2).
    pub fn is_utf8(&self) -> bool {
        let set = |name: &[u8]| self.variables.value(name).filter(|value| !value.is_empty());
        let locale = set(b"LC_ALL").or_else(|| set(b"LC_CTYPE")).or_else(|| set(b"LANG"));
        let is_utf8 = |locale: &Bytes| {
            let locale = locale.to_ascii_lowercase();
            locale.ends_with(b"utf-8") || locale.ends_with(b"utf8")
        };
        locale.is_some_and(is_utf8)
    }

    /// `minish: `, the script and the line, as far as there are any: what every message begins with.
    pub fn prefix(&self, line: u32) -> Vec<u8> {
        let mut prefix = b"minish: ".to_vec();
        if let Some(script) = &self.script {
            prefix.extend_from_slice(crate::pipeline::report::shown(script).as_bytes());
            prefix.extend_from_slice(b": ");
        }
        if line > 0 && !self.is_interactive {
            prefix.extend_from_slice(format!("line {line}: ").as_bytes());
        }
        prefix
    }

    /// Writes a message to standard error in one piece.
    pub fn complain_at(&self, line: u32, message: impl std::fmt::Display) {
        let mut text = self.prefix(line);
        text.extend_from_slice(format!("{message}\n").as_bytes());
        // Where standard error is closed, there is nobody left to tell.
        let _ = fd::write_all(2, &text);
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

impl Default for Shell {
    fn default() -> Shell {
        Shell::new()
    }
}

/// Whether a path has no component `.` or `..`.
fn is_tidy(path: &[u8]) -> bool {
    !path.split(|&byte| byte == b'/').any(|part| part == b"." || part == b"..")
}
