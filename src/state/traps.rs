//! Traps (POSIX XCU trap): what is to run when a signal comes, or the shell exits.

use std::collections::BTreeMap;

use crate::syntax::Bytes;

/// What a trap waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Condition {
    /// The shell exits.
    Exit,
    /// A signal of this number.
    Signal(i32),
    /// A command fails where `set -e` would end the shell: an addition.
    Err,
}

/// The traps of a shell.
#[derive(Debug, Clone, Default)]
pub struct Traps {
    /// An empty action ignores the signal.
    actions: BTreeMap<Condition, Bytes>,
    /// Those of the shell that this subshell was made from, until it sets one itself: `trap` lists them.
    listed: Option<BTreeMap<Condition, Bytes>>,
}

impl Traps {
    /// The action for a condition; an empty one ignores it.
    pub fn action(&self, condition: Condition) -> Option<&Bytes> {
        self.actions.get(&condition)
    }

    /// Whether a signal has its default action, as far as traps go.
    pub fn is_default(&self, signal: i32) -> bool {
        self.action(Condition::Signal(signal)).is_none()
    }

    /// Sets an action, or with `None` the default.
    pub fn set(&mut self, condition: Condition, action: Option<Bytes>) {
        self.listed = None;
        match action {
            Some(action) => self.actions.insert(condition, action),
            None => self.actions.remove(&condition),
        };
    }

    /// What an asynchronous list ignores from its start, unlike what the shell itself did, a trap may change.
    pub fn begin_ignoring(&mut self, signals: &[i32]) {
        self.listed.get_or_insert_with(|| self.actions.clone());
        self.actions.extend(signals.iter().map(|&signal| (Condition::Signal(signal), Bytes::default())));
    }

    /// What `trap` lists.
    pub fn listed(&self) -> &BTreeMap<Condition, Bytes> {
        self.listed.as_ref().unwrap_or(&self.actions)
    }

    /// The signals that have an action to run.
    pub fn caught(&self) -> impl Iterator<Item = i32> {
        self.actions.iter().filter_map(|(condition, action)| match condition {
            Condition::Signal(signal) if !action.is_empty() => Some(*signal),
            _ => None,
        })
    }

    /// Whether a signal is to be ignored.
    pub fn ignores(&self, signal: i32) -> bool {
        self.action(Condition::Signal(signal)).is_some_and(|action| action.is_empty())
    }

    /// Whether nothing has to run before this process may end or become another program.
    pub fn is_idle(&self) -> bool {
        self.actions.values().all(|action| action.is_empty())
    }

    /// Becomes a subshell's: only what is ignored stays.
    pub fn enter_subshell(&mut self) {
        if self.is_idle() {
            return;
        }
        self.listed = Some(self.actions.clone());
        self.actions.retain(|_, action| action.is_empty());
    }
}
