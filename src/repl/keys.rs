//! Keys that do more than edit the line: they take over the suggestion, or end the editing and say why.

use std::os::fd::RawFd;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

use rustyline::{
    Cmd, ConditionalEventHandler, EditMode, Event, EventContext, EventHandler, InputMode, KeyCode, KeyEvent,
    Modifiers, RepeatCount,
};

use super::LineEditor;

/// Why the editing of a line ended, other than by Enter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// Ctrl-C.
    Interrupt,
    /// Ctrl-X Ctrl-E: the line is to be edited by a program.
    Program,
}

/// What the keys and the helper tell each other. The editor wants to be able to send its keys to other threads.
#[derive(Debug, Default)]
pub struct Desk {
    reason: Mutex<Option<Reason>>,
    /// Whether a suggestion stands on the screen.
    pub is_suggesting: AtomicBool,
    /// A job may have news.
    pub is_ringing: AtomicBool,
    /// Where the editor is woken up, once there is such a place.
    pub bell: OnceLock<RawFd>,
    /// The last word of the last command.
    pub last_word: Mutex<String>,
}

impl Desk {
    /// Why the editing is to end, unless by Enter.
    pub fn reason(&self) -> Option<Reason> {
        self.reason.lock().ok().and_then(|reason| *reason)
    }

    /// As `reason`, and forgets it.
    pub fn take_reason(&self) -> Option<Reason> {
        self.reason.lock().ok().and_then(|mut reason| reason.take())
    }

    fn end(&self, reason: Reason) -> Cmd {
        if let Ok(mut ending) = self.reason.lock() {
            *ending = Some(reason);
        }
        Cmd::AcceptLine
    }
}

#[derive(Clone, Copy)]
enum Action {
    Suggestion,
    SuggestedWord,
    LastWord,
    Newline,
    Interrupt,
    EndOfFile,
    Program,
    ViProgram,
}

struct Key {
    action: Action,
    desk: Arc<Desk>,
}

impl ConditionalEventHandler for Key {
    fn handle(&self, event: &Event, _: RepeatCount, _: bool, context: &EventContext<'_>) -> Option<Cmd> {
        let (line, cursor, is_vi) = (context.line(), context.pos(), context.mode() == EditMode::Vi);
        // In vi mode, Alt with a letter is Escape and that letter, typed fast.
        let is_escape = is_vi && event.get(0).is_some_and(|key| key.1.contains(Modifiers::ALT));
        let is_shown = cursor == line.len() && self.desk.is_suggesting.load(Ordering::Relaxed);
        let suggestion = context.hint_text().filter(|_| is_shown && !is_escape);
        match self.action {
            Action::Suggestion => suggestion.map(|_| Cmd::CompleteHint),
            Action::SuggestedWord => suggestion.map(|text| Cmd::Insert(1, first_word(text).to_owned())),
            Action::LastWord if is_escape => None,
            Action::LastWord => self.desk.last_word.lock().ok().map(|word| Cmd::Insert(1, word.clone())),
            Action::Newline => (!is_escape).then_some(Cmd::Newline),
            Action::Interrupt => Some(self.desk.end(Reason::Interrupt)),
            Action::EndOfFile => {
                let is_alone = line.ends_with('\n') && cursor == line.len();
                is_alone.then_some(Cmd::AcceptLine)
            }
            Action::Program => Some(self.desk.end(Reason::Program)),
            Action::ViProgram => {
                let is_command = is_vi && context.input_mode() == InputMode::Command;
                is_command.then(|| self.desk.end(Reason::Program))
            }
        }
    }
}

/// Up to the end of the first word, as the keys that move by words see it.
fn first_word(text: &str) -> &str {
    let start = text.find(char::is_alphanumeric).unwrap_or(text.len());
    let rest = text.get(start..).unwrap_or_default();
    let end = rest.find(|c: char| !c.is_alphanumeric()).map_or(text.len(), |end| start + end);
    text.get(..end).unwrap_or(text)
}

/// Gives the keys their meaning.
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
    for key in [KeyEvent::ctrl('Z'), KeyEvent::ctrl('\\')] {
        editor.bind_sequence(key, Cmd::Noop);
    }
    // In vi mode too.
    editor.bind_sequence(KeyEvent::ctrl('L'), Cmd::ClearScreen);
}
