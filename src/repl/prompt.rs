//! The prompts: PS1 and PS2, in which parameters are expanded (POSIX XCU 2.5.3).

use bstr::ByteSlice;

use crate::interp::Interp;
use crate::state::Shell;
use crate::sys::files;

/// The prompt for a new command. A status other than 0 is shown in front of it.
pub fn first(shell: &mut Shell) -> String {
    let status = match shell.status.is_success() {
        true => String::new(),
        false => format!("[{}] ", shell.status.0),
    };
    let text = match shell.variables.value(b"PS1") {
        Some(_) => expanded(b"PS1", shell),
        None => format!("{} {} ", folder(shell), if files::is_superuser() { '#' } else { '$' }),
    };
    status + &text
}

/// The prompt for what a command still needs.
pub fn second(shell: &mut Shell) -> String {
    expanded(b"PS2", shell)
}

fn expanded(name: &[u8], shell: &mut Shell) -> String {
    Interp::new(shell).expand_prompt(name).to_str_lossy().into_owned()
}

/// The working directory, `~` for the home, without anything that could steer the terminal.
fn folder(shell: &Shell) -> String {
    let Some(pwd) = shell.variables.value(b"PWD") else { return String::new() };
    let home = shell.variables.value(b"HOME").filter(|home| home.len() > 1);
    let below = home
        .and_then(|home| pwd.strip_prefix(&**home))
        .filter(|rest| rest.is_empty() || rest.starts_with(b"/"));
    let (start, rest) = below.map_or(("", &**pwd), |rest| ("~", rest));
    let visible =
        rest.to_str_lossy().chars().map(|c| if c.is_control() { '?' } else { c }).collect::<String>();
    format!("{start}{visible}")
}
