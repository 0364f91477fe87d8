//! Command search (POSIX XCU 2.9.1.4): programs on PATH, remembered until PATH changes.

use std::collections::BTreeMap;
use std::ffi::CString;

use crate::syntax::Bytes;
use crate::sys::{Errno, files};

use super::Shell;

impl Shell {
    /// Where programs are searched.
    pub fn path(&self) -> &[u8] {
        self.variables.value(b"PATH").map_or(files::DEFAULT_PATH, |path| path)
    }

    /// The file of a program, searched in `path` if it is given and in PATH if not. A name with a `/` is its
    /// path already: whether it can be executed is seen when it is.
    pub fn find_program(&mut self, name: &[u8], path: Option<&[u8]>) -> Result<CString, Errno> {
        if name.contains(&b'/') {
            return CString::new(name.to_vec()).map_err(|_| Errno::ENOENT);
        }
        if let Some(path) = path {
            return files::find_program(name, path);
        }
        if let Some(found) = self.remembered_programs().get(name)
            && files::check_searchable(found.to_bytes()).is_ok()
        {
            return Ok(found.clone());
        }
        let found = files::find_program(name, self.path())?;
        // A relative path means another file once the working directory has changed.
        if found.to_bytes().starts_with(b"/") {
            self.programs.insert(name.into(), found.clone());
        }
        Ok(found)
    }

    /// Where programs were found since PATH was last assigned, by name.
    pub fn remembered_programs(&mut self) -> &mut BTreeMap<Bytes, CString> {
        if std::mem::take(&mut self.variables.path_is_new) {
            self.programs.clear();
        }
        &mut self.programs
    }
}
