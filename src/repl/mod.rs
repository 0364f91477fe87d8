//! The interactive shell on rustyline: read, run, report.

mod complete;
mod helper;
mod highlight;
mod history;
mod integration;
mod keys;
mod line;
mod prompt;

use std::cell::RefCell;
use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Instant;

use rustyline::{ColorMode, CompletionType, Config, Editor};

use crate::builtins;
use crate::interp::{Divert, Flow, Interp, Tail};
use crate::pipeline::Status;
use crate::state::Shell;
use crate::state::history::History;
use crate::state::options::Flag;
use crate::state::traps::Condition;
use crate::syntax;
use crate::syntax::ast::Program;
use crate::sys::signal::{self, SIGCHLD, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGTTIN, SIGTTOU};
use crate::sys::terminal::{Terminal, is_terminal, on_screen};
use crate::sys::{fd, reason};

use helper::Assistant;
use line::Input;

type LineEditor<'a, 's> = Editor<&'a Assistant<'s>, &'a Assistant<'s>>;

/// What the shell ignores for itself: keys and events that are meant for jobs, SIGTERM, and a limit of the
/// size of files, which the history reports.
const IGNORED: [i32; 6] = [SIGTSTP, SIGTTIN, SIGTTOU, SIGQUIT, SIGTERM, signal::SIGXFSZ];
/// What it catches while a command runs. Inside `readline`, signals are the editor's.
const CAUGHT: [i32; 2] = [SIGINT, SIGCHLD];

/// How many Ctrl-D in a row end a shell that ignores them (`set -o ignoreeof`).
const MOST_ENDS: u32 = 10;

const GREETING: &str = "\
This is minish. `help` shows a page about it; Ctrl-D leaves.
What you type is remembered, except after a blank. Settings: ~/.config/minish/rc
";

/// Reads and runs commands on the terminal until `exit` or Ctrl-D; gives the exit status. In a private shell, nothing
/// that is typed is written down.
pub fn run(shell: &mut Shell, is_private: bool) -> Status {
    take_terminal(shell);
    let file = shell.variables.own_file(b"XDG_STATE_HOME", b".local/state", b"history.db");
    let file = file.filter(|_| !is_private).map(|file| OsString::from_vec(file).into());
    let history = Rc::new(History::new(file));
    shell.history = Some(Rc::clone(&history));
    if history.is_new() {
        fd::tell(GREETING);
    }
    let is_editing = integration::can_steer(shell) && is_terminal(0);
    let assistant = Assistant {
        shell: RefCell::new(shell),
        history: Rc::clone(&history),
        desk: Arc::default(),
        is_editing,
        line: RefCell::default(),
    };
    let editor = on_screen(|| line_editor(&assistant)).inspect_err(|error| {
        assistant.shell.borrow().complain(format_args!("the line editor cannot start: {error}"));
    });
    let Ok(mut editor) = editor else { return Status::FAILURE };
    read_and_run(&mut editor, &assistant);
    let shell = &mut **assistant.shell.borrow_mut();
    let status = Interp::new(shell).exit_trap();
    if let Some(terminal) = &shell.terminal {
        terminal.give_back();
    }
    status
}

/// Until the shell is to exit.
fn read_and_run(editor: &mut LineEditor<'_, '_>, assistant: &Assistant<'_>) {
    let history = &assistant.history;
    let (mut has_run, mut ends) = (false, 0);
    loop {
        let columns = keep_size(&mut assistant.shell.borrow_mut(), editor);
        if let Some(columns) = columns.filter(|_| has_run) {
            integration::begin_line(&assistant.shell.borrow(), columns);
        }
        let flow = before_prompt(&mut assistant.shell.borrow_mut(), history, std::mem::take(&mut has_run));
        if flow == Err(Divert::Exit) {
            return;
        }
        let input = line::read(editor, assistant);
        let shell = &mut **assistant.shell.borrow_mut();
        keep_size(shell, editor);
        shell.warned = shell.warned.saturating_sub(1);
        ends = if matches!(input, Input::End) { ends + 1 } else { 0 };
        let flow = match input {
            Input::Command(program, text) => {
                let text = text.trim_end_matches('\n');
                // What begins with a blank is not written down.
                if !text.is_empty() && !text.starts_with([' ', '\t']) {
                    history.begin(text, shell.variables.text(b"PWD"));
                }
                integration::before_command(shell, text);
                let began = Instant::now();
                let flow = run_command(shell, &program);
                shell.elapsed = began.elapsed();
                shell.typed = shell.typed.saturating_add(1);
                history.end(shell.stages("|"), shell.status.0, shell.elapsed);
                has_run = !text.trim().is_empty();
                flow
            }
            Input::Dropped(status) => {
                shell.set_status(status);
                Ok(())
            }
            Input::Interrupted => {
                shell.set_status(Status::of_signal(SIGINT));
                // The editor has taken the key, so that no signal has come.
                Interp::new(shell).run_trap(Condition::Signal(SIGINT))
            }
            Input::End if !signal::has_come(SIGHUP) && !may_leave(shell, ends) => Ok(()),
            Input::End => Err(Divert::Exit),
        };
        if flow == Err(Divert::Exit) {
            return;
        }
    }
}

/// Keeps the size of the terminal in COLUMNS and LINES, for whoever lays out text by it. Returns the columns.
fn keep_size(shell: &mut Shell, editor: &mut LineEditor<'_, '_>) -> Option<usize> {
    let (columns, lines) = on_screen(|| editor.dimensions())?;
    for (name, size) in [(b"COLUMNS".as_slice(), columns), (b"LINES", lines)] {
        shell.variables.put(name, size.to_string().as_bytes().into());
    }
    Some(columns.into())
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
    // A shell above may have left those of the terminal ignored; here they are wanted.
    let of_terminal = [SIGINT, SIGTSTP, SIGTTIN, SIGTTOU];
    let inherited = |signal: &i32| of_terminal.contains(signal) || !signal::is_ignored(*signal);
    let changed = IGNORED.into_iter().chain(CAUGHT).chain([SIGHUP]);
    shell.reset.default = changed.filter(inherited).collect();
    let hang_up = Some(SIGHUP).filter(|&signal| !signal::is_ignored(signal));
    // From the first line on: Ctrl-C between the editor and a command must not end the shell.
    for signal in IGNORED.into_iter().chain([SIGINT]).chain(hang_up) {
        signal::survive(signal);
    }
}

fn line_editor<'a, 's>(assistant: &'a Assistant<'s>) -> rustyline::Result<LineEditor<'a, 's>> {
    let config = Config::builder()
        .auto_add_history(false)
        .completion_type(CompletionType::List)
        .completion_show_all_if_ambiguous(true)
        // Where colours are not wanted, the helper still has to show control characters.
        .color_mode(ColorMode::Forced);
    let mut editor = Editor::with_history(config.build(), assistant)?;
    keys::bind(&mut editor, &assistant.desk);
    editor.set_helper(Some(assistant));
    Ok(editor)
}

/// Whether so many ends of the input in a row end the shell: a terminal that is gone gives nothing else.
fn may_leave(shell: &mut Shell, ends: u32) -> bool {
    if shell.options.has(Flag::IgnoreEof) && ends < MOST_ENDS {
        shell.complain("`exit` leaves this shell");
        return false;
    }
    shell.may_exit()
}

fn run_command(shell: &mut Shell, program: &Program) -> Flow {
    for signal in CAUGHT {
        // A trap that ignores it is left in force.
        if !shell.traps.ignores(signal) {
            signal::catch(signal);
        }
    }
    signal::take(SIGINT);
    let flow = Interp::new(shell).list(program, Tail::No);
    // A SIGCHLD that comes now must not disturb the line editor.
    signal::default(SIGCHLD);
    flow
}

/// Says what jobs did, and runs the text of PROMPT_COMMAND, which changes no status but by `exit`.
fn before_prompt(shell: &mut Shell, history: &History, has_run: bool) -> Flow {
    if let Some(problem) = history.problem() {
        shell.complain(format_args!("the history is only kept in memory: {problem}"));
    }
    fd::tell(builtins::news(&mut shell.jobs));
    if let Some(text) = shell.variables.value(b"PROMPT_COMMAND").cloned() {
        let before = (shell.status, shell.pipe_status.clone());
        match syntax::parse(&text).map(|program| run_command(shell, &program)) {
            Ok(Err(Divert::Exit)) => return Err(Divert::Exit),
            Ok(_) => {}
            Err(error) => shell.complain(error),
        }
        (shell.status, shell.pipe_status) = before;
    }
    integration::before_prompt(shell, has_run);
    Ok(())
}
