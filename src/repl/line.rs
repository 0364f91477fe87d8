//! Reads one command from a person, who edits it until it is complete and right.

use std::io::{Error, ErrorKind};
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};

use rustyline::EditMode;
use rustyline::config::Configurer;
use rustyline::error::ReadlineError;

use crate::pipeline::{Status, quoted};
use crate::state::Shell;
use crate::state::options::Flag;
use crate::syntax;
use crate::syntax::ast::Program;
use crate::sys::bell;
use crate::sys::lines::{self, Limits, NO_LIMITS};
use crate::sys::{Errno, fd, files, reason, signal, terminal};

use super::helper::Assistant;
use super::keys::Desk;
use super::{LineEditor, prompt, run_command};

pub enum Input {
    /// A command and its text.
    Command(Program, String),
    /// Nothing to run: a syntax error, which was shown, or a text to look at.
    Dropped(Status),
    /// Ctrl-C.
    Interrupted,
    /// Ctrl-D.
    End,
}

/// Reads lines until they are a complete command.
pub fn read(editor: &mut LineEditor<'_, '_>, assistant: &Assistant<'_>) -> Input {
    let prompt = prompt::first(&mut assistant.shell.borrow_mut());
    let options = assistant.shell.borrow().options;
    editor.set_edit_mode(if options.has(Flag::Vi) { EditMode::Vi } else { EditMode::Emacs });
    let is_notifying = assistant.is_editing && options.has(Flag::Notify);
    let ring = is_notifying.then(|| bell(editor, &assistant.desk)).flatten();
    // A job may have ended before the bell could ring.
    assistant.desk.is_ringing.store(ring.is_some(), Ordering::Relaxed);
    let (text, cursor) = assistant.line.take().shown;
    let mut edit = || match assistant.is_editing {
        true => {
            let around_cursor = text.split_at(text.floor_char_boundary(cursor));
            terminal::edit(|| editor.readline_with_initial(&prompt, around_cursor))
        }
        false => unedited(assistant, &prompt.0),
    };
    let line = assistant.history.keep_open(|| match ring {
        Some(ring) => bell::ringing(ring, edit),
        None => edit(),
    });
    let shown = assistant.line.take().shown;
    let is_interrupted = assistant.desk.is_interrupted.swap(false, Ordering::Relaxed);
    let is_for_program = assistant.desk.is_for_program.swap(false, Ordering::Relaxed);
    match line {
        Ok(text) if is_for_program => edit_by_program(text, assistant),
        Ok(text) if !is_interrupted => entered(text, assistant),
        Ok(_) | Err(ReadlineError::Interrupted) => Input::Interrupted,
        Err(ReadlineError::Eof) => Input::End,
        Err(ReadlineError::Io(error)) if error.kind() == ErrorKind::InvalidData => {
            let problem = "what was typed last is dropped: it has bytes that are not UTF-8";
            assistant.shell.borrow().complain(problem);
            assistant.line.borrow_mut().shown = shown;
            Input::Dropped(Status::FAILURE)
        }
        Err(error) => {
            let errno = match error {
                ReadlineError::Io(error) => files::errno(error),
                ReadlineError::Errno(errno) => errno,
                _ => Errno::EIO,
            };
            let why = reason(errno);
            assistant.shell.borrow().complain(format_args!("cannot read from the terminal: {why}"));
            Input::End
        }
    }
}

/// Reads lines as the terminal gives them, which cannot move its cursor.
fn unedited(assistant: &Assistant<'_>, prompt: &str) -> rustyline::Result<String> {
    let mut limits = Limits { is_interrupted: || signal::has_come(signal::SIGINT), ..NO_LIMITS };
    let mut text = String::new();
    fd::tell(prompt);
    loop {
        let line = match assistant.shell.borrow().lines.read(0, b'\n', &mut limits) {
            Ok(line) => String::from_utf8(line).map_err(|_| Error::from(ErrorKind::InvalidData))?,
            Err(Errno::EINTR) if signal::take(signal::SIGINT) => {
                fd::tell("\n");
                return Err(ReadlineError::Interrupted);
            }
            Err(errno) => return Err(Error::from(errno).into()),
        };
        text += &line;
        let is_over = !line.ends_with('\n');
        if is_over && text.is_empty() {
            fd::tell("\n");
            return Err(ReadlineError::Eof);
        }
        if is_over || !matches!(assistant.parsed(text.trim_end_matches('\n')), Ok(None)) {
            return Ok(text);
        }
        fd::tell(prompt::second(&mut assistant.shell.borrow_mut()).0);
    }
}

/// Makes job notices come at once, above the line that is edited (`set -b`). The editor offers to print a text that
/// another thread sends; the notices themselves are put before the prompt when it is painted anew after that.
fn bell(editor: &mut LineEditor<'_, '_>, desk: &Arc<Desk>) -> Option<impl FnMut() + Send + use<>> {
    if desk.printer.get().is_none() {
        let (printer, number) = bell::with_own_pipe(|| editor.create_external_printer()).ok()?;
        let _ = desk.printer.set(Mutex::new((Box::new(printer.ok()?), number)));
    }
    let desk = Arc::clone(desk);
    let ring = move || {
        desk.is_ringing.store(true, Ordering::Relaxed);
        // A second text would have to wait for the first to be printed, and this thread with it.
        if let Some(Ok(mut printer)) = desk.printer.get().map(Mutex::lock)
            && !lines::can_read(printer.1)
        {
            // The text must end a line: back to where the prompt begins.
            let _ = printer.0.print("\x1b[A\n".to_owned());
        }
    };
    Some(ring)
}

/// A wrong line is given back. One that is not complete, after Ctrl-D, is not.
fn entered(text: String, assistant: &Assistant<'_>) -> Input {
    match assistant.parsed(&text).transpose().unwrap_or_else(|| syntax::parse(text.as_bytes())) {
        Ok(program) => Input::Command(program, text),
        Err(error) => {
            assistant.shell.borrow().complain(&error);
            if !error.incomplete {
                assistant.line.borrow_mut().shown = (text, error.excerpt.span.start as usize);
            }
            Input::Dropped(Status::USAGE)
        }
    }
}

/// Ctrl-X Ctrl-E. The text comes back to be looked at: nothing runs before Enter.
fn edit_by_program(text: String, assistant: &Assistant<'_>) -> Input {
    let shell = &mut assistant.shell.borrow_mut();
    let status = shell.status;
    let text = edited(&text, shell).unwrap_or_else(|problem| {
        shell.complain(problem);
        text
    });
    assistant.line.borrow_mut().shown = (text, usize::MAX);
    Input::Dropped(status)
}

/// As it was if the program fails.
fn edited(text: &str, shell: &mut Shell) -> Result<String, String> {
    let problem = |errno| format!("no file to edit the line in: {}", reason(errno));
    let path = files::write_temporary(shell.temporary_directory(), format!("{text}\n").as_bytes());
    let path = path.map_err(problem)?;
    let command = [b"${VISUAL:-${EDITOR:-vi}} ", &*quoted(&path)].concat();
    let program = syntax::parse(&command).map_err(|error| error.to_string())?;
    let is_done = run_command(shell, &program).is_ok() && shell.status.is_success();
    let edited = files::read(&path).map_err(problem);
    files::remove(&path);
    if !is_done {
        return Ok(text.to_owned());
    }
    let edited = String::from_utf8(edited?).map_err(|_| "the edited text is dropped: it is not UTF-8")?;
    Ok(edited.trim_end_matches('\n').to_owned())
}
