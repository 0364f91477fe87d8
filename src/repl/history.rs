//! The history as the line editor wants it: Up and Down, and Ctrl-R. Nothing is loaded before it is asked for.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use rustyline::history::{History as Lines, SearchDirection, SearchResult};

use crate::state::Shell;
use crate::state::history::{History, Place};

/// The file of the history: `$XDG_STATE_HOME/minish/history.db`, else `~/.local/state/minish/history.db`. Without
/// a home there is none.
pub fn file(shell: &Shell) -> Option<PathBuf> {
    let set = |name: &[u8]| shell.variables.value(name).filter(|value| !value.is_empty());
    let path = |value: &[u8]| PathBuf::from(OsStr::from_bytes(value));
    let state = match set(b"XDG_STATE_HOME") {
        Some(state) => path(state),
        None => path(set(b"HOME")?).join(".local/state"),
    };
    Some(state.join("minish/history.db"))
}

/// What the line editor walks through. Its indices are the history's positions.
pub struct Walk(pub Rc<History>);

impl Walk {
    fn find(&self, term: &str, start: usize, dir: SearchDirection, place: Place) -> Found<'_> {
        let found = self.0.nearest(start, dir == SearchDirection::Reverse, term, place);
        let as_result = |(idx, entry): (usize, String)| {
            let pos = entry.find(term).unwrap_or(0);
            SearchResult { entry: Cow::Owned(entry), idx, pos }
        };
        Ok(found.map(as_result))
    }
}

type Found<'a> = rustyline::Result<Option<SearchResult<'a>>>;

impl Lines for Walk {
    fn get(&self, index: usize, dir: SearchDirection) -> Found<'_> {
        self.find("", index, dir, Place::Anywhere)
    }

    fn len(&self) -> usize {
        self.0.end_of_positions()
    }

    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn search(&self, term: &str, start: usize, dir: SearchDirection) -> Found<'_> {
        self.find(term, start, dir, Place::Anywhere)
    }

    fn starts_with(&self, term: &str, start: usize, dir: SearchDirection) -> Found<'_> {
        self.find(term, start, dir, Place::Start)
    }

    // What follows is for a history that the editor keeps.

    fn add(&mut self, _: &str) -> rustyline::Result<bool> {
        Ok(false)
    }

    fn add_owned(&mut self, _: String) -> rustyline::Result<bool> {
        Ok(false)
    }

    fn set_max_len(&mut self, _: usize) -> rustyline::Result<()> {
        Ok(())
    }

    fn ignore_dups(&mut self, _: bool) -> rustyline::Result<()> {
        Ok(())
    }

    fn ignore_space(&mut self, _: bool) {}

    fn save(&mut self, _: &Path) -> rustyline::Result<()> {
        Ok(())
    }

    fn append(&mut self, _: &Path) -> rustyline::Result<()> {
        Ok(())
    }

    fn load(&mut self, _: &Path) -> rustyline::Result<()> {
        Ok(())
    }

    fn clear(&mut self) -> rustyline::Result<()> {
        Ok(())
    }
}
