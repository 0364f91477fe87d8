//! Command search (POSIX XCU 2.9.1.4): programs on PATH, remembered until PATH changes.

use std::collections::BTreeMap;
use std::ffi::{CStr, CString};

use crate::syntax::Bytes;
use crate::sys::{Errno, files};

use super::Shell;

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
}

impl Shell {
    /// The files of the programs that are remembered, by name. A PATH that has changed since makes all forgotten.
    pub fn remembered_programs(&self) -> impl Iterator<Item = &CStr> {
        let is_current = *self.commands.path == *self.path() && !self.variables.path_is_new;
        self.commands.found.values().filter(move |_| is_current).map(|path| path.as_c_str())
    }

    /// Forgets where the programs of some names were found.
    pub fn forget_programs(&mut self, is_meant: impl Fn(&Bytes) -> bool) {
        self.commands.found.retain(|name, _| !is_meant(name));
    }
}
