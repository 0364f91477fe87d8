//! Command search (POSIX XCU 2.9.1.4): programs on PATH, remembered until PATH changes.

use std::collections::BTreeMap;
use std::ffi::CString;

use crate::syntax::Bytes;
use crate::sys::{Errno, files};

/// What is searched where PATH is unset.
pub const DEFAULT_PATH: &[u8] = b"/usr/local/bin:/usr/bin:/bin";

/// Where programs were found.
#[derive(Debug, Default)]
pub struct Commands {
    path: Bytes,
    found: BTreeMap<Bytes, CString>,
}

impl Commands {
    /// The file of a program in the directories of `path`.
    ///
    /// # Errors
    /// Why there is none that can be executed.
    pub fn find(&mut self, name: &Bytes, path: &Bytes) -> Result<CString, Errno> {
        if self.path != *path {
            self.path = path.clone();
            self.found.clear();
        }
        if let Some(found) = self.found.get(name)
            && files::check_searchable(found.to_bytes()).is_ok()
        {
            return Ok(found.clone());
        }
        let found = files::find_program(name, path)?;
        // A relative path means another file once the working directory has changed.
        if found.to_bytes().starts_with(b"/") {
            self.found.insert(name.clone(), found.clone());
        }
        Ok(found)
    }

    /// Forgets all: `hash -r`.
    pub fn forget(&mut self) {
        self.found.clear();
    }

    /// What is remembered, in order of the names.
    pub fn found(&self) -> impl Iterator<Item = &CString> {
        self.found.values()
    }
}
