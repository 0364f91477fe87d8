//! What the terminal is told beside the text: where prompts, input and output begin (OSC 133), the folder (OSC 7)
//! and a title. Not on terminals that would show it.

use crate::pipeline::{Status, visible};
use crate::state::Shell;
use crate::sys::{fd, signal, system};

use super::prompt;

/// Whether the terminal understands control sequences. The line editor knows of three that do not.
pub fn can_steer(shell: &Shell) -> bool {
    let term = shell.variables.text(b"TERM");
    !matches!(term, b"" | b"dumb" | b"cons25") && !term.starts_with(b"emacs")
}

fn is_on(shell: &Shell) -> bool {
    can_steer(shell) && shell.variables.text(b"TERM") != b"linux"
}

/// Leaves a line that a command has not ended, and marks its end, unless Ctrl-C is: what fills a line up to its edge
/// only goes on in the next one if something stands in front.
pub fn begin_line(shell: &Shell, columns: usize) {
    if can_steer(shell) {
        let mark = if shell.status == Status::of_signal(signal::SIGINT) { ' ' } else { '⏎' };
        fd::tell(format!("\x1b[2m{mark}\x1b[0m{:1$}\r\x1b[K", "", columns.saturating_sub(1)));
    }
}

/// A prompt comes, after a command or not.
pub fn before_prompt(shell: &Shell, after_command: bool) {
    if is_on(shell) {
        let end = if after_command { format!("\x1b]133;D;{}\x1b\\", shell.status.0) } else { String::new() };
        let url = percent_encoded(&system::host_name()) + &percent_encoded(shell.variables.text(b"PWD"));
        let title = prompt::folder(shell);
        fd::tell(format!("{end}\x1b]7;file://{url}\x1b\\\x1b]2;{title}\x1b\\\x1b]133;A\x1b\\"));
    }
}

/// What ends the prompt: the input begins.
pub fn end_of_prompt(shell: &Shell) -> &'static str {
    if is_on(shell) { "\x1b]133;B\x1b\\" } else { "" }
}

/// A command begins, and its output.
pub fn before_command(shell: &Shell, text: &str) {
    if is_on(shell) && !text.trim().is_empty() {
        let title = visible(text.trim().lines().next().unwrap_or_default().as_bytes());
        fd::tell(format!("\x1b]2;{title}\x1b\\\x1b]133;C\x1b\\"));
    }
}

fn percent_encoded(text: &[u8]) -> String {
    let encoded = |byte: &u8| match byte.is_ascii_alphanumeric() || b"/-._~".contains(byte) {
        true => char::from(*byte).to_string(),
        false => format!("%{byte:02X}"),
    };
    text.iter().map(encoded).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_encoded_as_in_an_address() {
        assert_eq!(percent_encoded("/a b/ä\x1b".as_bytes()), "/a%20b/%C3%A4%1B");
    }
}
