//! The history file: `$XDG_STATE_HOME/minish/history`, else `~/.local/state/minish/history`.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use rustyline::error::ReadlineError;

use crate::state::Shell;
use crate::sys::files;

use super::LineEditor;

/// Loads the history and gives its file, which need not exist yet. Without a home there is none.
pub fn load(editor: &mut LineEditor<'_>, shell: &Shell) -> Option<PathBuf> {
    let set = |name: &[u8]| shell.variables.value(name).filter(|value| !value.is_empty());
    let path = |value: &[u8]| PathBuf::from(OsStr::from_bytes(value));
    let state = match set(b"XDG_STATE_HOME") {
        Some(state) => path(state),
        None => path(set(b"HOME")?).join(".local/state"),
    };
    let directory = state.join("minish");
    let file = directory.join("history");
    let made = files::make_private_directory(&directory);
    let loaded = made.map_err(ReadlineError::from).and_then(|()| match editor.load_history(&file) {
        Err(ReadlineError::Io(error)) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        other => other,
    });
    match loaded {
        Ok(()) => Some(file),
        Err(error) => {
            shell.complain(format_args!("no history is kept: {}: {error}", file.display()));
            None
        }
    }
}

/// Remembers a command, and writes it down at once: a shell that is killed loses nothing.
pub fn add(editor: &mut LineEditor<'_>, file: Option<&Path>, text: &str) {
    if !matches!(editor.add_history_entry(text), Ok(true)) {
        return;
    }
    if let Some(file) = file
        && let Err(error) = editor.append_history(file)
    {
        super::write(&format!("minish: the history cannot be written: {}: {error}", file.display()));
    }
}
