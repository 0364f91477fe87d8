//! Reads one command from a person, who edits it until it is complete and right.

use std::io::ErrorKind;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use rustyline::config::Configurer;
use rustyline::error::ReadlineError;
use rustyline::{EditMode, ExternalPrinter};

use crate::builtins;
use crate::pipeline::Status;
use crate::state::Shell;
use crate::state::options::Flag;
use crate::syntax::ast::Program;
use crate::syntax::{self, Kind, Piece, SyntaxError, outline};
use crate::sys::bell::{self, Bell};
use crate::sys::{files, lines, reason, signal};

use super::helper::Assistant;
use super::keys::{Desk, Reason};
use super::{LineEditor, prompt, run_command};

/// What a person has given.
pub enum Input {
    /// A command and its text.
    Command(Program, String),
    /// Nothing to run: Ctrl-C, or a syntax error, which was shown.
    Dropped(Status),
    /// Ctrl-D.
    End,
}

/// Reads lines until they are a complete command.
pub fn read(editor: &mut LineEditor<'_>) -> Input {
    let Some(Assistant { shell, known, kept, desk, is_editing, .. }) = editor.helper_mut() else {
        return Input::End;
    };
    let shell = shell.get_mut();
    known.forget();
    let mut kept = kept.take();
    let mode = if shell.options.has(Flag::Vi) { EditMode::Vi } else { EditMode::Emacs };
    let is_notifying = *is_editing && shell.options.has(Flag::Notify);
    let desk = Arc::clone(desk);
    let mut prompt = prompt::first(shell);
    editor.set_edit_mode(mode);
    // Lines that were read without the editor, which keeps them all to itself.
    let mut text = String::new();
    loop {
        let bell = is_notifying.then(|| bell(editor, &desk)).flatten();
        let line = match kept.take() {
            Some((line, cursor)) => {
                let cursor = line.floor_char_boundary(cursor);
                editor.readline_with_initial(&prompt, line.split_at(cursor))
            }
            None => editor.readline(&prompt),
        };
        drop(bell);
        let Some(assistant) = editor.helper_mut() else { return Input::End };
        match line {
            Ok(line) => text.push_str(&line),
            Err(error) => return failed(&error, &text, assistant),
        }
        match assistant.desk.take_reason() {
            Some(Reason::Interrupt) => return Input::Dropped(Status::of_signal(signal::SIGINT)),
            Some(Reason::EndOfFile) => return unfinished(&text, assistant.shell.get_mut()),
            Some(Reason::Program) => return edit_by_program(text, assistant),
            None => {}
        }
        let shell = assistant.shell.get_mut();
        text.push('\n');
        let parsed = syntax::parse_line(text.as_bytes(), &shell.aliases, shell.options.has(Flag::Posix));
        match parsed {
            Ok(None) if assistant.is_editing => kept = Some((text.clone(), text.len())),
            Ok(None) => {
                prompt = prompt::second(shell);
                continue;
            }
            Ok(Some(program)) => {
                if let (Ok(mut last), Some(word)) = (assistant.desk.last_word.lock(), last_word(&text)) {
                    word.clone_into(&mut last);
                }
                return Input::Command(program, text);
            }
            Err(error) => {
                let input = invalid(&error, shell);
                text.pop();
                assistant.kept =
                    Some((text, error.excerpt.span.start as usize)).filter(|_| assistant.is_editing);
                return input;
            }
        }
        text.clear();
    }
}

/// Makes job notices come at once, above the line that is edited (`set -b`). The editor offers to print a text that
/// another thread sends; the notices themselves are put before the prompt when it is painted anew after that.
fn bell(editor: &mut LineEditor<'_>, desk: &Arc<Desk>) -> Option<Bell> {
    let (printer, number) = bell::with_own_pipe(|| editor.create_external_printer()).ok()?;
    let mut printer = printer.ok()?;
    if desk.bell.set(number).is_ok() {
        // While there is one, the editor keeps the pipe.
        std::mem::forget(editor.create_external_printer());
    }
    let desk = Arc::clone(desk);
    let ring = move || {
        desk.is_ringing.store(true, Ordering::Relaxed);
        // A second text would have to wait for the first to be printed, and this thread with it.
        if desk.bell.get().is_some_and(|&number| !lines::can_read(number)) {
            // The text must end a line: back to where the prompt begins.
            let _ = printer.print("\x1b[A\n".to_owned());
        }
    };
    Bell::new(ring).ok()
}

fn last_word(text: &str) -> Option<&str> {
    let is_word = |piece: &&Piece| {
        matches!(piece.kind, Kind::Command | Kind::Argument | Kind::Assignment | Kind::Target)
    };
    let pieces = outline(text.as_bytes(), false).pieces;
    // The first of those that end last: others may be inside it.
    let last = pieces.iter().rev().filter(is_word).max_by_key(|piece| piece.end)?;
    text.get(last.start..last.end)
}

fn failed(error: &ReadlineError, text: &str, assistant: &mut Assistant<'_>) -> Input {
    let shell = assistant.shell.get_mut();
    match error {
        ReadlineError::Eof if text.is_empty() => Input::End,
        ReadlineError::Eof => unfinished(text, shell),
        ReadlineError::Interrupted => Input::Dropped(Status::of_signal(signal::SIGINT)),
        ReadlineError::Io(error) if error.kind() == ErrorKind::InvalidData => {
            shell.complain("what was typed last is dropped: it has bytes that are not UTF-8");
            assistant.kept = Some(assistant.shown.take()).filter(|_| assistant.is_editing);
            Input::Dropped(Status::FAILURE)
        }
        error => {
            shell.complain(format_args!("cannot read from the terminal: {error}"));
            Input::End
        }
    }
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

/// Ctrl-X Ctrl-E. The text comes back to be looked at: nothing runs before Enter.
fn edit_by_program(text: String, assistant: &mut Assistant<'_>) -> Input {
    let shell = assistant.shell.get_mut();
    let status = shell.status;
    let edited = edited(&text, shell).map_err(|problem| shell.complain(problem));
    let text = edited.ok().flatten().unwrap_or(text);
    let end = text.len();
    assistant.kept = Some((text, end));
    Input::Dropped(status)
}

/// None if the program failed.
fn edited(text: &str, shell: &mut Shell) -> Result<Option<String>, String> {
    let problem = |errno| format!("no file to edit the line in: {}", reason(errno));
    let path = files::write_temporary(shell.temporary_directory(), format!("{text}\n").as_bytes());
    let path = path.map_err(problem)?;
    let command = [b"${VISUAL:-${EDITOR:-vi}} ", &*builtins::quoted(&path)].concat();
    let program = syntax::parse(&command).map_err(|error| error.to_string())?;
    let is_done = run_command(shell, &program).is_ok() && shell.status.is_success();
    let edited = files::read(&path).map_err(problem);
    files::remove(&path);
    if !is_done {
        return Ok(None);
    }
    let text = String::from_utf8(edited?).map_err(|_| "the edited text is dropped: it is not UTF-8")?;
    Ok(Some(text.trim_end_matches('\n').to_owned()))
}
