//! Tilde expansion (POSIX XCU 2.6.1).

use crate::state::Shell;
use crate::syntax::Bytes;
use crate::sys::files;

/// What `~login` stands for; an unknown login name, and `~` without HOME, stand for themselves.
pub fn home(login: &[u8], shell: &Shell) -> Bytes {
    let home = match login.is_empty() {
        true => shell.variables.value(b"HOME").cloned(),
        false => files::home_of(login).map(Bytes::from),
    };
    home.unwrap_or_else(|| [b"~", login].concat().into())
}
