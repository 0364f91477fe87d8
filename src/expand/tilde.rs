//! Tilde expansion (POSIX XCU 2.6.1).

use crate::state::Shell;
use crate::syntax::Bytes;
use crate::syntax::ast::Part;
use crate::sys::files;

/// What `~login` stands for; an unknown login name, and `~` without HOME, stand for themselves.
pub fn home(login: &[u8], shell: &Shell) -> Bytes {
    let home = match login.is_empty() {
        true => shell.variables.value(b"HOME").cloned(),
        false => files::user(0, login, 5).map(Bytes::from),
    };
    home.unwrap_or_else(|| [b"~", login].concat().into())
}

/// The same in front of another part: a slash at its end is not doubled.
pub fn home_before(next: Option<&Part>, login: &[u8], shell: &Shell) -> Bytes {
    let home = home(login, shell);
    match (home.strip_suffix(b"/"), next) {
        (Some(front), Some(Part::Literal(text))) if text.starts_with(b"/") => front.into(),
        _ => home,
    }
}
