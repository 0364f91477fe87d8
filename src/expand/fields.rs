//! Field splitting (POSIX XCU 2.6.5): collects the pieces of a word and cuts those that come from unquoted
//! expansions at the characters of IFS.

use std::ops::Range;
use std::rc::Rc;

use crate::state::Shell;
use crate::state::options::Flag;
use crate::syntax::{Bytes, pattern};
use crate::sys::listing::Listing;

use super::pathname;

/// The fields of a word while they grow.
#[derive(Default)]
pub struct Fields<'a> {
    /// None for a word that is one pattern: nothing is split, and what is quoted is kept apart.
    out: Option<&'a mut Vec<Bytes>>,
    /// None where it is unset.
    ifs: Option<Bytes>,
    is_utf8: bool,
    /// What patterns are expanded with; none with `set -f`.
    listing: Option<Rc<Listing>>,
    /// What has been added to the field that grows.
    pub text: Vec<u8>,
    /// Where `text` stands for itself, not for a pattern.
    pub quoted: Vec<Range<usize>>,
    /// Something unquoted in it can begin a pattern.
    is_pattern: bool,
    /// There is a field, if perhaps an empty one.
    exists: bool,
    /// The field before was ended by IFS white space, which a delimiter that comes now belongs to.
    after_space: bool,
}

impl<'a> Fields<'a> {
    pub fn new(shell: &Shell, out: Option<&'a mut Vec<Bytes>>) -> Fields<'a> {
        Fields {
            out,
            ifs: shell.variables.separators().cloned(),
            is_utf8: shell.variables.is_utf8(),
            listing: (!shell.options.has(Flag::NoGlob)).then(|| Rc::clone(&shell.listing)),
            ..Fields::default()
        }
    }

    pub fn is_whole(&self) -> bool {
        self.out.is_none()
    }

    /// Adds unquoted text of the script.
    pub fn literal(&mut self, text: &[u8]) {
        self.is_pattern |= pattern::has_special(text);
        self.append(text);
    }

    /// Adds quoted text: makes a field even if it is empty.
    pub fn quoted(&mut self, text: &[u8]) {
        let start = self.text.len();
        self.append(text);
        if !text.is_empty() {
            self.quoted.push(start..self.text.len());
        }
    }

    fn append(&mut self, text: &[u8]) {
        self.text.extend_from_slice(text);
        self.exists = true;
        self.after_space = false;
    }

    /// Adds what an expansion gave.
    pub fn value(&mut self, value: &Bytes, is_quoted: bool) {
        if is_quoted { self.quoted(value) } else { self.split(value) }
    }

    /// Adds what an unquoted expansion gave, cut at the characters of IFS.
    pub fn split(&mut self, value: &[u8]) {
        if self.is_whole() {
            return self.append(value);
        }
        let ifs = self.ifs.clone();
        let separators = Separators::new(ifs.as_ref(), self.is_utf8);
        let mut rest = value;
        while !rest.is_empty() {
            let separator = separators.find(rest);
            let (text, tail) = rest.split_at(separator.start);
            if !text.is_empty() {
                self.literal(text);
            }
            let (separator, tail) = tail.split_at(separator.len());
            match separator {
                [] => {}
                b" " | b"\t" | b"\n" => {
                    if self.exists {
                        self.emit();
                        self.after_space = true;
                    }
                }
                _ if self.after_space => self.after_space = false,
                _ => self.emit(),
            }
            rest = tail;
        }
    }

    /// Ends the field between two positional parameters, or at the end of the word.
    pub fn separate(&mut self) {
        if self.exists {
            self.emit();
        }
        self.after_space = false;
    }

    /// Ends the field, after pathname expansion.
    fn emit(&mut self) {
        let Some(out) = &mut self.out else { return };
        let before = out.len();
        if let Some(listing) = self.listing.as_ref().filter(|_| self.is_pattern) {
            out.extend(pathname::expand(&self.text, &self.quoted, self.is_utf8, listing));
        }
        if out.len() == before {
            out.push(self.text.as_slice().into());
        }
        self.text.clear();
        self.quoted.clear();
        (self.is_pattern, self.exists, self.after_space) = (false, false, false);
    }
}

/// The characters of IFS, at which values are cut.
pub struct Separators<'a> {
    characters: &'a [u8],
    /// Some have several bytes.
    is_wide: bool,
}

impl<'a> Separators<'a> {
    /// Those of a value of IFS; blanks where it is unset.
    pub fn new(ifs: Option<&'a Bytes>, is_utf8: bool) -> Separators<'a> {
        let characters = ifs.map_or(b" \t\n".as_slice(), |ifs| ifs);
        Separators { characters, is_wide: is_utf8 && !characters.is_ascii() }
    }

    /// Where the first one in a text stands; its end where there is none.
    #[inline(always)]
    pub fn find(&self, text: &[u8]) -> Range<usize> {
        let end = text.len();
        if !self.is_wide {
            let at = text.iter().position(|byte| self.characters.contains(byte)).unwrap_or(end);
            return at..end.min(at + 1);
        }
        let is_separator = |at: &Range<usize>| {
            let wanted = text.get(at.clone());
            pattern::characters(self.characters).any(|one| self.characters.get(one) == wanted)
        };
        pattern::characters(text).find(is_separator).unwrap_or(end..end)
    }
}
