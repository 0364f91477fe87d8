//! Keys that do more than edit the line: they take over the suggestion, or end the editing and say why.

use std::os::fd::RawFd;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

use rustyline::{
    Cmd, ConditionalEventHandler, EditMode, Event, EventContext, EventHandler, ExternalPrinter, InputMode,
    KeyCode, KeyEvent, Modifiers, Movement, RepeatCount,
};

use super::LineEditor;

/// What the keys and the helper tell each other. The editor wants to be able to send its keys to other threads.
#[derive(Default)]
pub struct Desk {
    /// The editing has ended by Ctrl-C.
    pub is_interrupted: AtomicBool,
    /// It has ended by Ctrl-X Ctrl-E: the line is to be edited by a program.
    pub is_for_program: AtomicBool,
    /// Whether a suggestion stands on the screen.
    pub is_suggesting: AtomicBool,
    /// The candidates of a completion are shown, perhaps page by page.
    pub is_listing: AtomicBool,
    /// A job may have news.
    pub is_ringing: AtomicBool,
    /// What wakes the editor up, and the descriptor that it reads from then.
    pub printer: OnceLock<Mutex<(Box<dyn ExternalPrinter + Send>, RawFd)>>,
    /// The completion that comes next is the last word of a command that ran.
    pub is_recalling: AtomicBool,
}

#[derive(Clone, Copy)]
enum Action {
    Suggestion,
    SuggestedWord,
    LastWord,
    Newline,
    EndOfFile,
    Interrupt,
    Program,
    ViProgram,
}

struct Key {
    action: Action,
    desk: Arc<Desk>,
}

impl ConditionalEventHandler for Key {
    fn handle(&self, event: &Event, _: RepeatCount, _: bool, context: &EventContext<'_>) -> Option<Cmd> {
        let (line, is_vi) = (context.line(), context.mode() == EditMode::Vi);
        // In vi mode, Alt with a letter is Escape and that letter, typed fast.
        if is_vi && event.get(0).is_some_and(|key| key.1.contains(Modifiers::ALT)) {
            return None;
        }
        let is_at_end = context.pos() == line.len();
        let is_shown = is_at_end && self.desk.is_suggesting.load(Ordering::Relaxed);
        let suggestion = context.hint_text().filter(|_| is_shown);
        match self.action {
            Action::Suggestion => suggestion.map(|_| Cmd::CompleteHint),
            Action::SuggestedWord => suggestion.map(|text| Cmd::Insert(1, first_word(text).to_owned())),
            Action::LastWord => {
                self.desk.is_recalling.store(true, Ordering::Relaxed);
                Some(Cmd::Complete)
            }
            Action::Newline => Some(Cmd::Newline),
            // Where nothing stands on the last line of a command that is not complete.
            Action::EndOfFile => (is_at_end && line.ends_with('\n')).then_some(Cmd::AcceptLine),
            // As Backspace, it ends the list.
            Action::Interrupt if self.desk.is_listing.load(Ordering::Relaxed) => {
                Some(Cmd::Kill(Movement::BackwardChar(1)))
            }
            Action::Interrupt => Some(end(&self.desk.is_interrupted)),
            Action::ViProgram if !is_vi || context.input_mode() != InputMode::Command => None,
            Action::Program | Action::ViProgram => Some(end(&self.desk.is_for_program)),
        }
    }
}

fn end(why: &AtomicBool) -> Cmd {
    why.store(true, Ordering::Relaxed);
    Cmd::AcceptLine
}

/// Up to the end of the first word, as the keys that move by words see it.
fn first_word(text: &str) -> &str {
    let word = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    text.strip_suffix(word.trim_start_matches(char::is_alphanumeric)).unwrap_or(text)
}

pub fn bind(editor: &mut LineEditor<'_, '_>, desk: &Arc<Desk>) {
    let plain = |code| KeyEvent(code, Modifiers::NONE);
    for (keys, action) in [
        (vec![plain(KeyCode::Right)], Action::Suggestion),
        (vec![plain(KeyCode::End)], Action::Suggestion),
        (vec![KeyEvent::ctrl('E')], Action::Suggestion),
        (vec![KeyEvent::ctrl('F')], Action::Suggestion),
        (vec![KeyEvent::alt('f')], Action::SuggestedWord),
        (vec![KeyEvent(KeyCode::Right, Modifiers::ALT)], Action::SuggestedWord),
        (vec![KeyEvent(KeyCode::Right, Modifiers::CTRL)], Action::SuggestedWord),
        (vec![KeyEvent::alt('.')], Action::LastWord),
        (vec![KeyEvent::alt('_')], Action::LastWord),
        (vec![KeyEvent(KeyCode::Enter, Modifiers::ALT)], Action::Newline),
        (vec![KeyEvent::ctrl('C')], Action::Interrupt),
        (vec![KeyEvent::ctrl('D')], Action::EndOfFile),
        (vec![KeyEvent::ctrl('X'), KeyEvent::ctrl('E')], Action::Program),
        (vec![plain(KeyCode::Char('v'))], Action::ViProgram),
    ] {
        let key = Key { action, desk: Arc::clone(desk) };
        editor.bind_sequence(Event::KeySeq(keys), EventHandler::Conditional(Box::new(key)));
    }
    // What stops or ends a job does nothing while a line is edited. The editor would leave raw mode for a moment, in
    // which a Ctrl-C that follows is lost.
    editor.bind_sequence(KeyEvent::ctrl('Z'), Cmd::Noop);
    editor.bind_sequence(KeyEvent::ctrl('\\'), Cmd::Noop);
    // In vi mode too.
    editor.bind_sequence(KeyEvent::ctrl('L'), Cmd::ClearScreen);
}
