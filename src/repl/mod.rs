//! The interactive shell on rustyline: read, run, report.

mod complete;
mod helper;
mod highlight;
mod history;
mod integration;
mod prompt;

use std::io::ErrorKind;
use std::rc::Rc;
use std::time::Instant;

use rustyline::error::ReadlineError;
use rustyline::{Cmd, CompletionType, Config, EditMode, Editor, KeyEvent};

use crate::builtins;
use crate::interp::{Divert, Interp};
use crate::pipeline::Status;
use crate::state::Shell;
use crate::state::history::History;
use crate::state::options::Flag;
use crate::state::traps::Condition;
use crate::syntax::ast::Program;
use crate::syntax::{self, SyntaxError};
use crate::sys::signal::{self, Reset, Signal};
use crate::sys::terminal::Terminal;
use crate::sys::{fd, reason};

use helper::Assistant;

type LineEditor<'s> = Editor<Assistant<'s>, history::Walk>;

/// What the shell ignores for itself: keys and events that are meant for jobs, SIGTERM, and a limit of the
/// size of files, which the history reports.
const IGNORED: [Signal; 6] =
    [Signal::SIGTSTP, Signal::SIGTTIN, Signal::SIGTTOU, Signal::SIGQUIT, Signal::SIGTERM, Signal::SIGXFSZ];
/// What it catches while a command runs. Inside `readline`, signals are the editor's.
const CAUGHT: [Signal; 2] = [Signal::SIGINT, Signal::SIGCHLD];

const GREETING: &str = "\
This is minish. `help` shows a page about it; Ctrl-D leaves.
What you type is remembered, except after a blank. Settings: ~/.config/minish/rc";

/// What a person has given.
enum Input {
    Command(Program, String),
    /// Ctrl-C, or a syntax error, which was shown.
    Dropped(Status),
    End,
}

/// Reads and runs commands on the terminal until `exit` or Ctrl-D; gives the exit status.
pub fn run(shell: &mut Shell) -> Status {
    shell.is_interactive = true;
    if shell.variables.value(b"PS2").is_none() {
        shell.variables.put(b"PS2", b"> ".as_slice().into());
    }
    take_terminal(shell);
    let file = if shell.is_private { None } else { history::file(shell) };
    let history = Rc::new(History::new(file));
    shell.history = Some(Rc::clone(&history));
    if history.is_new() {
        write(GREETING);
    }
    let mut editor = match line_editor(shell, history) {
        Ok(editor) => editor,
        Err(error) => {
            shell.complain(format_args!("the line editor cannot start: {error}"));
            return Status::FAILURE;
        }
    };
    editor.set_helper(Some(Assistant { shell }));
    let mut has_run = false;
    loop {
        let input = read(&mut editor, std::mem::take(&mut has_run));
        let Some(Assistant { shell }) = editor.helper_mut() else { return Status::FAILURE };
        shell.warned = shell.warned.saturating_sub(1);
        match input {
            Input::Command(program, text) => {
                history::begin(shell, &text);
                integration::before_command(shell, &text);
                let began = Instant::now();
                let flow = run_command(shell, &program);
                shell.elapsed = began.elapsed();
                shell.typed = shell.typed.saturating_add(1);
                history::end(shell);
                has_run = true;
                if let Err(Divert::Exit(status)) = flow {
                    return Interp::new(shell).exit_trap(status);
                }
            }
            Input::Dropped(status) => shell.set_status(status),
            Input::End if !signal::has_come(Signal::SIGHUP) && !shell.may_exit() => {}
            Input::End => {
                let status = shell.status;
                return Interp::new(shell).exit_trap(status);
            }
        }
    }
}

fn write(line: &str) {
    // A terminal that is gone is noticed when the next line is read.
    let _ = fd::write_all(2, format!("{line}\n").as_bytes());
}

/// Signals are changed only after the terminal is taken: until then SIGTTIN has to stop a shell that is in
/// the background.
fn take_terminal(shell: &mut Shell) {
    match Terminal::take(0) {
        Ok(terminal) => {
            shell.options.set(Flag::Monitor, true);
            shell.terminal = Some(terminal);
        }
        Err(errno) => {
            shell.complain(format_args!("there is no job control on this terminal: {}", reason(errno)))
        }
    }
    // A shell above may have left those of job control ignored; here they are wanted.
    let of_job_control = [Signal::SIGTSTP, Signal::SIGTTIN, Signal::SIGTTOU];
    let inherited = |signal: &Signal| of_job_control.contains(signal) || !signal::is_ignored(*signal);
    let changed = IGNORED.into_iter().chain(CAUGHT).chain([Signal::SIGHUP]);
    shell.reset = Reset::to_default(changed.filter(inherited));
    if !signal::is_ignored(Signal::SIGHUP) {
        signal::catch_hang_up();
    }
    for signal in IGNORED {
        let _ = signal::ignore(signal);
    }
    // From the first line on: Ctrl-C between the editor and a command must not end the shell.
    let _ = signal::catch(Signal::SIGINT);
}

fn line_editor<'s>(shell: &Shell, history: Rc<History>) -> rustyline::Result<LineEditor<'s>> {
    let keys = if shell.options.has(Flag::Vi) { EditMode::Vi } else { EditMode::Emacs };
    let config = Config::builder()
        .auto_add_history(false)
        .completion_type(CompletionType::List)
        .completion_show_all_if_ambiguous(true)
        .edit_mode(keys);
    let mut editor = Editor::with_history(config.build(), history::Walk(history))?;
    // It would leave raw mode for a moment, in which a Ctrl-C that follows is lost.
    editor.bind_sequence(KeyEvent::ctrl('Z'), Cmd::Noop);
    Ok(editor)
}

fn run_command(shell: &mut Shell, program: &Program) -> Result<(), Divert> {
    for signal in CAUGHT {
        // A trap that ignores it is left in force.
        let condition = Condition::Signal(signal as i32);
        if shell.traps.action(condition).is_none_or(|action| !action.is_empty()) {
            let _ = signal::catch(signal);
        }
    }
    signal::take(Signal::SIGINT);
    let flow = Interp::new(shell).run_list(program);
    // A SIGCHLD that comes now must not disturb the line editor.
    let _ = signal::default(Signal::SIGCHLD);
    flow
}

/// Says what jobs did, and reads lines until they are a complete command.
fn read(editor: &mut LineEditor<'_>, has_run: bool) -> Input {
    let Some(Assistant { shell }) = editor.helper_mut() else { return Input::End };
    history::complain(shell);
    shell.jobs.poll();
    for line in builtins::status_of_news(&mut shell.jobs) {
        write(&line);
    }
    let mut text = String::new();
    before_prompt(shell);
    integration::before_prompt(shell, has_run);
    let mut prompt = prompt::first(shell);
    loop {
        let line = editor.readline(&prompt);
        let Some(Assistant { shell }) = editor.helper_mut() else { return Input::End };
        match line {
            Ok(line) => {
                text.push_str(&line);
                text.push('\n');
            }
            Err(ReadlineError::Eof) if text.is_empty() => return Input::End,
            Err(ReadlineError::Eof) => return unfinished(&text, shell),
            Err(ReadlineError::Interrupted) => return Input::Dropped(Status::of_signal(signal::SIGINT)),
            Err(ReadlineError::Io(error)) if error.kind() == ErrorKind::InvalidData => {
                shell.complain("the line is dropped: it has bytes that are not UTF-8");
                return Input::Dropped(Status::FAILURE);
            }
            Err(error) => {
                shell.complain(format_args!("cannot read from the terminal: {error}"));
                return Input::End;
            }
        }
        let parsed = syntax::parse_line(text.as_bytes(), &shell.aliases, shell.options.has(Flag::Posix));
        match parsed {
            Ok(None) => prompt = prompt::second(shell),
            Ok(Some(program)) => return Input::Command(program, text),
            Err(error) => return invalid(&error, shell),
        }
    }
}

/// Runs the text of PROMPT_COMMAND, which changes no status.
fn before_prompt(shell: &mut Shell) {
    let Some(text) = shell.variables.value(b"PROMPT_COMMAND").cloned() else { return };
    let before = (shell.status, shell.pipe_status.clone());
    match syntax::parse(&text) {
        Ok(program) => drop(run_command(shell, &program)),
        Err(error) => shell.complain(error),
    }
    (shell.status, shell.pipe_status) = before;
}

/// Ctrl-D in the middle of a command.
fn unfinished(text: &str, shell: &Shell) -> Input {
    match syntax::parse(text.as_bytes()) {
        Ok(program) => Input::Command(program, text.to_owned()),
        Err(error) => invalid(&error, shell),
    }
}

fn invalid(error: &SyntaxError, shell: &Shell) -> Input {
    shell.complain(error);
    Input::Dropped(Status::USAGE)
}
