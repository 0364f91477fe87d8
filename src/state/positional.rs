//! The positional parameters (POSIX XCU 2.5.1), shared by whoever has the same.

use std::rc::Rc;

use crate::syntax::Bytes;

/// `$1` and the following.
#[derive(Debug, Clone, Default)]
pub struct Positional {
    words: Rc<Vec<Bytes>>,
    /// How many of `words` are before `$1`: the name of a function, and those shifted away.
    skipped: usize,
}

impl Positional {
    /// The words behind the first `skipped`.
    pub fn new(words: Vec<Bytes>, skipped: usize) -> Positional {
        Positional { words: Rc::new(words), skipped }
    }

    /// `$number`.
    pub fn get(&self, number: usize) -> Option<&Bytes> {
        self.words.get(self.skipped.checked_add(number.checked_sub(1)?)?)
    }

    /// All of them, from `$1` on.
    pub fn as_slice(&self) -> &[Bytes] {
        self.words.get(self.skipped..).unwrap_or_default()
    }

    /// Takes the first `count` away; false if there are not so many.
    pub fn shift(&mut self, count: usize) -> bool {
        let fits = count <= self.as_slice().len();
        if fits {
            self.skipped += count;
        }
        fits
    }
}
