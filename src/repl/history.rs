//! The history as the line editor wants it: Up and Down, Ctrl-R and Alt-. Nothing is loaded before it is asked for.

use std::borrow::Cow;
use std::path::Path;

use rustyline::history::{History as Lines, SearchDirection, SearchResult};

use crate::state::history::{History, Place};
use crate::syntax::outline;

use super::helper::{Assistant, Line};

type Found<'a> = rustyline::Result<Option<SearchResult<'a>>>;

/// Their indices are the history's positions.
impl Lines for &Assistant<'_> {
    fn get(&self, index: usize, dir: SearchDirection) -> Found<'_> {
        let Line { shown: (shown, _), walk: (typed, reached), .. } = &mut *self.line.borrow_mut();
        if shown != reached {
            typed.clone_from(shown);
        }
        // Behind the newest is what was typed.
        let end = || SearchResult { entry: Cow::Owned(typed.clone()), idx: self.len(), pos: 0 };
        let is_end = dir == SearchDirection::Forward;
        let found = self.starts_with(typed, index, dir)?.or_else(|| is_end.then(end));
        Ok(found.inspect(|found| found.entry.as_ref().clone_into(reached)))
    }

    fn len(&self) -> usize {
        self.history.end_of_positions()
    }

    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn search(&self, term: &str, start: usize, dir: SearchDirection) -> Found<'_> {
        find(&self.history, term, start, dir, Place::Anywhere)
    }

    fn starts_with(&self, term: &str, start: usize, dir: SearchDirection) -> Found<'_> {
        find(&self.history, term, start, dir, Place::Start)
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

/// The last word of the newest command at this position or before it that ends in another one than `word`.
pub fn other_last_word(history: &History, from: usize, word: &str) -> Option<(usize, String)> {
    let older = |from| history.nearest(from, true, "", Place::Anywhere);
    let commands = std::iter::successors(older(from), |(at, _)| older(at.checked_sub(1)?));
    commands.map(|(at, text)| (at, last_word(&text).to_owned())).find(|(_, last)| last != word)
}

fn last_word(text: &str) -> &str {
    let pieces = outline(text.as_bytes(), false).pieces;
    // The first of those that end last: others may be inside it.
    let last = pieces.iter().rev().filter(|piece| piece.kind.is_word()).max_by_key(|piece| piece.end);
    last.and_then(|last| text.get(last.start..last.end)).unwrap_or_default()
}

fn find<'a>(history: &History, term: &str, start: usize, dir: SearchDirection, place: Place) -> Found<'a> {
    let found = history.nearest(start, dir == SearchDirection::Reverse, term, place);
    Ok(found.map(|(idx, entry)| {
        let pos = entry.find(term).unwrap_or(0);
        SearchResult { entry: Cow::Owned(entry), idx, pos }
    }))
}
