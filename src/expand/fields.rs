//! Field splitting (POSIX XCU 2.6.5): collects the pieces of a word and cuts those that come from unquoted
//! expansions at the characters of IFS.

use std::ops::Range;

use crate::state::Shell;
use crate::syntax::{Bytes, pattern};

use super::pathname;

/// The fields of a word while they grow.
pub struct Fields<'a> {
    shell: &'a Shell,
    out: &'a mut Vec<Bytes>,
    ifs: &'a [u8],
    text: Vec<u8>,
    /// Where `text` stands for itself, not for a pattern.
    quoted: Vec<Range<usize>>,
    /// Something unquoted in it can begin a pattern.
    is_pattern: bool,
    /// There is a field, if perhaps an empty one.
    exists: bool,
    /// The field before was ended by IFS white space, which a delimiter that comes now belongs to.
    after_space: bool,
}

impl<'a> Fields<'a> {
    pub fn new(shell: &'a Shell, out: &'a mut Vec<Bytes>) -> Fields<'a> {
        let ifs = shell.variables.value(b"IFS").map_or(b" \t\n".as_slice(), |ifs| &**ifs);
        Fields {
            shell,
            out,
            ifs,
            text: Vec::new(),
            quoted: Vec::new(),
            is_pattern: false,
            exists: false,
            after_space: false,
        }
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

    /// Adds what an unquoted expansion gave, cut at the characters of IFS.
    pub fn split(&mut self, value: &[u8]) {
        let wide = !self.ifs.is_ascii() && self.shell.is_utf8();
        let mut rest = value;
        while !rest.is_empty() {
            let run = match wide {
                true => self.run_before_character(rest),
                false => rest.iter().position(|byte| self.ifs.contains(byte)).unwrap_or(rest.len()),
            };
            let (text, tail) = rest.split_at(run);
            if !text.is_empty() {
                self.literal(text);
            }
            let size = if wide { character_size(tail) } else { tail.len().min(1) };
            let (delimiter, tail) = tail.split_at(size);
            match delimiter {
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

    /// The length of what stands before the first character that is in IFS.
    fn run_before_character(&self, text: &[u8]) -> usize {
        let mut at = 0;
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            let size = character_size(rest);
            let character = rest.get(..size).unwrap_or_default();
            if bstr::ByteSlice::find(self.ifs, character).is_some() {
                break;
            }
            at += size;
        }
        at
    }

    /// Ends the field between two positional parameters.
    pub fn separate(&mut self) {
        if self.exists {
            self.emit();
        }
    }

    /// Ends the word.
    pub fn end(mut self) {
        self.separate();
    }

    /// Ends the field, after pathname expansion.
    fn emit(&mut self) {
        let names = match self.is_pattern {
            true => pathname::expand(&self.text, &self.quoted, self.shell.is_utf8()),
            false => Vec::new(),
        };
        match names.is_empty() {
            true => self.out.push(self.text.as_slice().into()),
            false => self.out.extend(names.into_iter().map(Bytes::from)),
        }
        self.text.clear();
        self.quoted.clear();
        (self.is_pattern, self.exists, self.after_space) = (false, false, false);
    }
}

fn character_size(text: &[u8]) -> usize {
    bstr::decode_utf8(text).1
}
