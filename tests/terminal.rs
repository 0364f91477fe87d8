//! The interactive shell on a pseudo-terminal, as a person sees it.

use std::io::{Read, Write};
use std::path::Path;
use std::process::Child;
use std::sync::{Arc, Condvar, Mutex};

use pty_process::Size;
use pty_process::blocking::{Command, Pty};

use super::support::{MINISH, deadline, example};

/// A terminal with a shell on it.
struct Terminal {
    pty: Arc<Pty>,
    child: Child,
    screen: Arc<(Mutex<Screen>, Condvar)>,
}

struct Screen {
    parser: vt100::Parser,
    /// How many newlines the shell and its programs have written.
    newlines: usize,
    is_closed: bool,
}

impl Terminal {
    /// A shell in a fresh home.
    fn new() -> (tempfile::TempDir, Terminal) {
        let home = tempfile::tempdir().unwrap();
        let terminal = Terminal::open(home.path(), &[("PS1", "$ ")]);
        terminal.wait_for_line("$");
        (home, terminal)
    }

    fn open(home: &Path, environment: &[(&str, &str)]) -> Terminal {
        Terminal::open_with(home, &[], environment)
    }

    fn open_with(home: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Terminal {
        let (pty, pts) = pty_process::blocking::open().unwrap();
        pty.resize(Size::new(24, 80)).unwrap();
        let mut command = Command::new(MINISH)
            .args(arguments)
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("TERM", "xterm")
            .env("LC_ALL", "C.UTF-8")
            .current_dir(home);
        if environment.iter().all(|(name, _)| *name != "HOME") {
            command = command.env("HOME", home);
        }
        for (name, value) in environment.iter().filter(|(_, value)| !value.is_empty()) {
            command = command.env(name, value);
        }
        let child = command.spawn(pts).unwrap();
        let pty = Arc::new(pty);
        let parser = vt100::Parser::new(size(24), size(80), 0);
        let screen = Arc::new((Mutex::new(Screen { parser, newlines: 0, is_closed: false }), Condvar::new()));
        let (reader, shared) = (Arc::clone(&pty), Arc::clone(&screen));
        std::thread::spawn(move || {
            let mut block = [0; 4096];
            while let Ok(count @ 1..) = (&*reader).read(&mut block) {
                let mut screen = shared.0.lock().unwrap();
                screen.parser.process(&block[..count]);
                screen.newlines += block[..count].iter().filter(|&&byte| byte == b'\n').count();
                drop(screen);
                shared.1.notify_all();
            }
            shared.0.lock().unwrap().is_closed = true;
            shared.1.notify_all();
        });
        Terminal { pty, child, screen }
    }

    fn send(&self, keys: &str) {
        (&*self.pty).write_all(keys.as_bytes()).unwrap();
    }

    fn contents(&self) -> String {
        let contents = self.screen.0.lock().unwrap().parser.screen().contents();
        contents.lines().map(str::trim_end).collect::<Vec<_>>().join("\n").trim_end().to_owned()
    }

    /// Waits until the screen fulfils something.
    #[track_caller]
    fn wait(&self, what: &str, is_there: impl Fn(&Screen) -> bool) {
        let guard = self.screen.0.lock().unwrap();
        let (guard, timeout) =
            self.screen.1.wait_timeout_while(guard, deadline(), |screen| !is_there(screen)).unwrap();
        let contents = guard.parser.screen().contents();
        drop(guard);
        assert!(!timeout.timed_out(), "waited for {what} on:\n{contents}");
    }

    /// Waits until the last line with anything on it is this one, trailing blanks left out.
    #[track_caller]
    fn wait_for_line(&self, line: &str) {
        self.wait(line, |screen| {
            let contents = screen.parser.screen().contents();
            contents.trim_end().lines().last().map(str::trim_end) == Some(line)
        });
    }

    /// Types a command, and waits for the prompt after it, which is `prompt`.
    #[track_caller]
    fn run(&self, command: &str, prompt: &str) {
        let before = self.screen.0.lock().unwrap().newlines;
        self.send(&format!("{command}\r"));
        self.wait(&format!("a prompt after {command}"), |screen| {
            let contents = screen.parser.screen().contents();
            screen.newlines > before && contents.trim_end().lines().last().map(str::trim_end) == Some(prompt)
        });
    }

    /// The shell's exit status.
    #[track_caller]
    fn end(mut self) -> i32 {
        self.wait("the end", |screen| screen.is_closed);
        self.child.wait().unwrap().code().unwrap()
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // If a test failed, the shell is still there.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn size(cells: u16) -> std::num::NonZero<u16> {
    std::num::NonZero::new(cells).unwrap()
}

/// A program that says when it runs, in a word that is not the one that was typed.
const READY: &str = r#"sh -c 'echo re""ady; exec sleep 1000'"#;

/// `clear` is not everywhere.
const CLEAR: &str = r"printf '\033[2J\033[H'";

#[test]
fn a_command_is_run_and_the_prompt_comes_back() {
    let (_home, terminal) = Terminal::new();
    terminal.run("echo hi | cat", "$");
    insta::assert_snapshot!(terminal.contents());
}

#[test]
fn what_is_not_complete_gets_a_second_prompt() {
    let (_home, terminal) = Terminal::new();
    for (typed, rest) in [("echo 'a", "b'"), ("echo c |", "cat"), ("echo d\\", "e"), ("{ echo f", "}")] {
        terminal.send(&format!("{typed}\r"));
        terminal.wait_for_line(">");
        terminal.send(&format!("{rest}\r"));
        terminal.wait_for_line("$");
    }
    insta::assert_snapshot!(terminal.contents());
}

#[test]
fn ctrl_c_drops_the_line() {
    let (_home, terminal) = Terminal::new();
    terminal.send("echo not this");
    terminal.wait_for_line("$ echo not this");
    terminal.send("\x03");
    terminal.wait_for_line("[130] $");
    terminal.run("echo 'not", ">");
    terminal.send("\x03");
    terminal.wait_for_line("[130] $");
    terminal.run("echo this", "$");
    insta::assert_snapshot!(terminal.contents());
}

#[test]
fn ctrl_c_ends_what_runs_and_not_the_shell() {
    let (_home, terminal) = Terminal::new();
    for command in [
        READY.to_owned(),
        format!("{READY} | cat"),
        format!("( {READY}; echo no ); echo no"),
        format!("{{ {READY}; echo no; }}"),
    ] {
        terminal.send(&format!("{command}\r"));
        terminal.wait_for_line("ready");
        terminal.send("\x03");
        terminal.wait_for_line("[130] $");
        terminal.run(CLEAR, "$");
    }
    terminal.run("wait", "$");
}

#[test]
fn ctrl_d_ends_the_shell_with_the_last_status() {
    let (_home, terminal) = Terminal::new();
    terminal.run("sh -c 'exit 4'", "[4] $");
    terminal.send("\x04");
    assert_eq!(terminal.end(), 4);
}

#[test]
fn lines_are_edited_with_the_keys_of_vi_or_emacs() {
    let (_home, terminal) = Terminal::new();
    terminal.run("xho emacs\x01\x04ec", "$");
    let home = tempfile::tempdir().unwrap();
    let vi = Terminal::open_with(home.path(), &["-o", "vi"], &[("PS1", "$ ")]);
    vi.wait_for_line("$");
    vi.run("xho vi\x1b0cwecho\x1bA", "$");
    assert!(vi.contents().contains("\nvi"), "{}", vi.contents());
    insta::assert_snapshot!(terminal.contents());
}

#[test]
fn exit_ends_the_shell() {
    let (_home, terminal) = Terminal::new();
    terminal.send("exit 3\r");
    assert_eq!(terminal.end(), 3);
}

#[test]
fn the_status_is_in_the_prompt_when_it_is_not_0() {
    let (_home, terminal) = Terminal::new();
    terminal.run("false", "[1] $");
    terminal.run("no-such-program", "[127] $");
    terminal.run("true", "$");
    insta::assert_snapshot!(terminal.contents());
}

#[test]
fn a_syntax_error_is_marked_and_the_shell_goes_on() {
    let (_home, terminal) = Terminal::new();
    terminal.run("echo a | | b", "[2] $");
    terminal.run("echo on", "$");
    insta::assert_snapshot!(terminal.contents());
}

#[test]
fn the_history_is_kept_for_the_next_session() {
    use std::os::unix::fs::PermissionsExt;
    let (home, terminal) = Terminal::new();
    terminal.run("echo one", "$");
    terminal.send("\x1b[A");
    terminal.wait_for_line("$ echo one");
    terminal.send("\x15exit\r");
    assert_eq!(terminal.end(), 0);
    let file = home.path().join(".local/state/minish/history");
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let terminal = Terminal::open(home.path(), &[("PS1", "$ ")]);
    terminal.wait_for_line("$");
    terminal.send("\x1b[A\x1b[A");
    terminal.wait_for_line("$ echo one");
}

#[test]
fn the_history_folder_can_be_chosen_or_missing() {
    let home = tempfile::tempdir().unwrap();
    let state = home.path().join("elsewhere");
    let terminal = Terminal::open(home.path(), &[("PS1", "$ "), ("XDG_STATE_HOME", state.to_str().unwrap())]);
    terminal.wait_for_line("$");
    terminal.run("echo hi", "$");
    assert!(std::fs::read_to_string(state.join("minish/history")).unwrap().contains("echo hi"));
    let terminal = Terminal::open(home.path(), &[("PS1", "$ "), ("XDG_STATE_HOME", "/dev/null")]);
    terminal.wait_for_line("$");
    assert!(terminal.contents().contains("no history is kept"), "{}", terminal.contents());
    let terminal = Terminal::open(home.path(), &[("PS1", "$ "), ("HOME", "")]);
    terminal.wait_for_line("$");
    terminal.run("echo hi", "$");
}

#[test]
fn prompts_come_from_the_environment() {
    let home = tempfile::tempdir().unwrap();
    let terminal = Terminal::open(home.path(), &[("PS1", "<$WHO> "), ("PS2", "more${WHO}> "), ("WHO", "me")]);
    terminal.wait_for_line("<me>");
    terminal.send("echo '\r");
    terminal.wait_for_line("moreme>");
    terminal.send("'; PS1='$ '\r");
    terminal.wait_for_line("$");
    insta::assert_snapshot!(terminal.contents());
}

#[test]
fn ctrl_z_stops_a_job_and_fg_brings_it_back() {
    let (_home, terminal) = Terminal::new();
    terminal.send(&format!("{READY} | cat\r"));
    terminal.wait_for_line("ready");
    terminal.send("\x1a");
    terminal.wait_for_line("[148] $");
    terminal.run("jobs", "$");
    terminal.send("fg\r");
    terminal.wait_for_line(r#"sh -c 'echo re""ady; exec sleep 1000' | cat"#);
    terminal.send("\x03");
    terminal.wait_for_line("[130] $");
    terminal.run("jobs", "$");
    insta::assert_snapshot!(terminal.contents());
}

#[test]
fn the_end_of_a_background_job_is_told() {
    let (home, terminal) = Terminal::new();
    nix::unistd::mkfifo(&home.path().join("fifo"), nix::sys::stat::Mode::S_IRWXU).unwrap();
    terminal.run("cat fifo &", "$");
    terminal.run("echo done > fifo; wait $!", "$");
    terminal.run("cat fifo & exec 3>fifo", "$");
    terminal.run("jobs", "$");
    terminal.run("exec 3>&-; wait; jobs", "$");
    let contents = terminal.contents();
    assert!(contents.contains("Running                cat fifo &"), "{contents}");
    assert!(contents.contains("\ndone\n"), "{contents}");
}

#[test]
fn terminal_modes_survive_a_program_that_spoils_them() {
    let (_home, terminal) = Terminal::new();
    terminal.run("stty -a >before; sh -c 'stty raw -echo; kill -9 $$'; stty -a >after", "$");
    let compare = r#"sh -c '[ "$(cat before)" = "$(cat after)" ]'"#;
    terminal.run(compare, "$");
    terminal.run("stty -ixon; stty -a >after", "$");
    terminal.run(compare, "[1] $");
}

#[test]
fn a_job_has_a_group_of_its_own_in_the_foreground() {
    let (_home, terminal) = Terminal::new();
    let probe = example("inherit");
    let probe = probe.to_str().unwrap();
    let script = format!(
        "{probe} group terminal >a | {probe} group terminal >b; {probe} group terminal >c & wait; {probe} ignored blocked | cat >d; clear"
    );
    terminal.run(&script, "$");
    terminal.run("cat a b c", "$");
    insta::assert_snapshot!(terminal.contents());
}

#[test]
fn a_pipeline_of_built_ins_and_shell_code_keeps_the_terminal() {
    let (_home, terminal) = Terminal::new();
    terminal.run("echo a | { cat; echo b; } | cat; true | true; no-such-program | :", "$");
    terminal.run("( echo c ); ( sh -c 'kill -STOP $$' )", "[147] $");
    terminal.run("fg", "$");
    insta::assert_snapshot!(terminal.contents());
}

#[test]
fn a_thousand_jobs_one_after_the_other() {
    let (_home, terminal) = Terminal::new();
    let line = "echo hello | rev >/dev/null; ".replace("rev", "cat").repeat(50);
    for _ in 0..20 {
        terminal.run(&format!("{line} {CLEAR}"), "$");
    }
    terminal.run("jobs; echo $PIPESTATUS", "$");
}

#[test]
fn a_terminal_that_hangs_up_ends_the_shell() {
    let (_home, terminal) = Terminal::new();
    terminal.send(&format!("{READY} &\r"));
    terminal.wait("ready", |screen| screen.parser.screen().contents().contains("ready"));
    let pid = nix::unistd::Pid::from_raw(i32::try_from(terminal.child.id()).unwrap());
    // What the kernel does when the other side of the terminal is closed.
    nix::sys::signal::kill(pid, nix::sys::signal::Signal::SIGHUP).unwrap();
    let mut terminal = terminal;
    assert!(terminal.child.wait().unwrap().code().is_none());
}
