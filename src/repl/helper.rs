//! What the line editor asks while a line is typed. The answers are in the files beside this one.
//!
//! The editor borrows its helper, which has the only way to the shell: whoever runs a command borrows the shell
//! from it.

use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use rustyline::completion::{Completer, Pair};
use rustyline::highlight::{CmdKind, Highlighter};
use rustyline::hint::Hinter;
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use rustyline::{Context, Helper};

use crate::builtins;
use crate::state::Shell;
use crate::state::history::History;
use crate::state::options::Flag;
use crate::syntax::ast::Program;
use crate::syntax::{self, SyntaxError};
use crate::sys::lines;

use super::history::other_last_word;
use super::keys::Desk;
use super::{complete, highlight};

/// What stands behind a line that Ctrl-C has ended.
const INTERRUPTED: &str = "^C";

pub struct Assistant<'s> {
    /// The shell that runs what is typed. Its jobs are asked for news while a line is edited.
    pub shell: RefCell<&'s mut Shell>,
    /// Where suggestions and earlier commands come from.
    pub history: Rc<History>,
    /// What the keys have to say.
    pub desk: Arc<Desk>,
    /// Whether lines are edited at all: the terminal can move its cursor.
    pub is_editing: bool,
    /// What is known of the line that is edited.
    pub line: RefCell<Line>,
}

/// A line that is edited.
#[derive(Default)]
pub struct Line {
    /// The line as it was shown last, and the cursor in it. What is left here the next editing begins with.
    pub shown: (String, usize),
    /// What was typed before Up and Down, and the command that they have led to.
    pub walk: (String, String),
    /// Which names are commands.
    known: highlight::Known,
    /// What Alt-. has put into it.
    recalled: Recalled,
    /// It is shown for the last time.
    is_final: bool,
    /// What was typed last is not coloured yet.
    is_behind: bool,
}

/// The last word of a command in the history, as part of a line.
#[derive(Default)]
struct Recalled {
    /// The position of the command.
    from: usize,
    /// Where the word begins.
    start: usize,
    /// The line, and the cursor behind the word.
    line: (String, usize),
}

impl Assistant<'_> {
    /// What Enter would run; None if more is wanted.
    pub fn parsed(&self, text: &str) -> Result<Option<Program>, Box<SyntaxError>> {
        let shell = self.shell.borrow();
        let lines = format!("{text}\n");
        syntax::parse_line(lines.as_bytes(), &shell.aliases, shell.options.has(Flag::Posix))
    }

    /// The last word of the newest command; in place of one that was put in just before, that of an older command.
    fn last_word(&self, line: &str, cursor: usize) -> Option<(usize, Vec<Pair>)> {
        let last = &mut self.line.borrow_mut().recalled;
        let (from, start) = match last.line == (line.to_owned(), cursor) && last.from > 0 {
            true => (last.from - 1, last.start),
            false => (self.history.end_of_positions(), cursor),
        };
        let (from, word) = other_last_word(&self.history, from, line.get(start..cursor)?)?;
        let line = [line.get(..start)?, &word, line.get(cursor..)?].concat();
        *last = Recalled { from, start, line: (line, start + word.len()) };
        Some((start, vec![Pair { display: String::new(), replacement: word }]))
    }
}

impl Helper for &Assistant<'_> {}

impl Completer for &Assistant<'_> {
    type Candidate = Pair;

    fn complete(&self, line: &str, cursor: usize, _: &Context<'_>) -> rustyline::Result<(usize, Vec<Pair>)> {
        if self.desk.is_recalling.swap(false, Ordering::Relaxed) {
            return Ok(self.last_word(line, cursor).unwrap_or_default());
        }
        let found = complete::complete(&self.shell.borrow(), line, cursor);
        self.desk.is_listing.store(found.1.len() > 1, Ordering::Relaxed);
        Ok(found)
    }
}

impl Hinter for &Assistant<'_> {
    type Hint = String;

    /// What the history has that begins so.
    fn hint(&self, line: &str, cursor: usize, _: &Context<'_>) -> Option<String> {
        let shell = (cursor == line.len() && !lines::can_read(0)).then(|| self.shell.borrow())?;
        let suggestion = self.history.suggestion(line, shell.variables.text(b"PWD"))?;
        suggestion.strip_prefix(line).map(str::to_owned)
    }
}

impl Highlighter for &Assistant<'_> {
    fn highlight<'l>(&self, line: &'l str, cursor: usize) -> Cow<'l, str> {
        self.desk.is_suggesting.store(false, Ordering::Relaxed);
        self.desk.is_listing.store(false, Ordering::Relaxed);
        let Line { shown, known, is_final, .. } = &mut *self.line.borrow_mut();
        line.clone_into(&mut shown.0);
        let before = std::mem::replace(&mut shown.1, cursor);
        let shell = self.shell.borrow();
        let mut painted = highlight::highlight(&shell, known, line, (!*is_final).then_some(cursor));
        // The validator's mark is lost when the cursor goes from within the line to its end.
        if self.desk.is_interrupted.load(Ordering::Relaxed) && before < cursor && cursor == line.len() {
            painted += &highlight::suggested(&shell, INTERRUPTED);
        }
        Cow::Owned(painted)
    }

    fn highlight_prompt<'b, 's: 'b, 'p: 'b>(&'s self, prompt: &'p str, is_default: bool) -> Cow<'b, str> {
        match is_default {
            true if self.desk.is_ringing.swap(false, Ordering::Relaxed) => {
                Cow::Owned(builtins::news(&mut self.shell.borrow_mut().jobs) + prompt)
            }
            true => Cow::Borrowed(prompt),
            // It shows what is searched for.
            false => Cow::Owned(highlight::harmless(prompt)),
        }
    }

    fn highlight_hint<'h>(&self, hint: &'h str) -> Cow<'h, str> {
        self.desk.is_suggesting.store(true, Ordering::Relaxed);
        Cow::Owned(highlight::suggested(&self.shell.borrow(), hint))
    }

    /// Whether the whole line is to be shown anew: not for a key behind which there is another, or a long text that
    /// comes at once takes time by the square of its length.
    fn highlight_char(&self, line: &str, cursor: usize, kind: CmdKind) -> bool {
        let Line { is_final, is_behind, .. } = &mut *self.line.borrow_mut();
        *is_final = kind == CmdKind::ForcedRefresh;
        let is_wanted = *is_behind || kind != CmdKind::MoveCursor || highlight::is_at_bracket(line, cursor);
        *is_behind = is_wanted && !*is_final && lines::can_read(0);
        is_wanted && !*is_behind
    }
}

impl Validator for &Assistant<'_> {
    /// Whether Enter ends the editing. A wrong line does end it, and is given back with a message.
    fn validate(&self, context: &mut ValidationContext<'_>) -> rustyline::Result<ValidationResult> {
        if self.desk.is_interrupted.load(Ordering::Relaxed) {
            return Ok(ValidationResult::Valid(Some(INTERRUPTED.to_owned())));
        }
        let is_complete = !matches!(self.parsed(context.input()), Ok(None));
        // An empty message makes the editor show the whole line.
        let message = self.line.borrow().is_behind.then(String::new);
        Ok(if is_complete { ValidationResult::Valid(message) } else { ValidationResult::Incomplete })
    }
}
