//! A pseudo-terminal with a shell on it, and its screen as a person sees it.

use std::io::{PipeReader, PipeWriter, Read, Write};
use std::os::fd::AsFd;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::process::Child;
use std::sync::{Arc, Condvar, Mutex};
use std::thread::JoinHandle;
use std::time::Instant;

use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::signal::{Signal, kill};
use nix::sys::wait::{Id, WaitPidFlag, WaitStatus, waitid};
use nix::unistd::{Pid, getsid, tcgetpgrp};
use pty_process::Size;
use pty_process::blocking::{Command, Pty};

use super::support::{MINISH, deadline, default_signals};

/// `$ ` for the tests, which want to see the status in front of it when it is not 0.
const PROMPT: &str = r#"$(s=$?; [ $s = 0 ] || echo "[$s] ")$ "#;

/// A home with a history, in which the shell has nothing to explain.
fn greeted_before(home: &Path) {
    let directory = home.join(".local/state/minish");
    std::fs::create_dir_all(&directory).unwrap();
    let mut options = std::fs::OpenOptions::new();
    options.append(true).create(true).mode(0o600).open(directory.join("history.db")).unwrap();
}

/// A process, as `/proc/PID/stat` has it.
#[derive(Debug)]
pub struct Process {
    pub pid: Pid,
    pub state: char,
    pub parent: Pid,
    pub group: Pid,
}

/// A terminal with a shell on it.
pub struct Terminal {
    /// None after it has hung up.
    pub pty: Option<Arc<Pty>>,
    pub child: Child,
    pub screen: Shared,
    /// The thread that reads from the terminal until the pipe is closed.
    reader: Option<(JoinHandle<()>, PipeWriter)>,
    /// The thread that waits for the shell's end.
    waiter: Option<JoinHandle<()>>,
}

pub type Shared = Arc<(Mutex<Screen>, Condvar)>;

/// What the terminal shows.
pub struct Screen {
    pub parser: vt100::Parser,
    /// How many newlines the shell and its programs have written.
    pub newlines: usize,
    /// How the shell has ended.
    pub end: Option<WaitStatus>,
}

impl Screen {
    /// What stands on it, without the blanks at the ends of lines and the empty lines at its end.
    pub fn text(&self) -> String {
        let contents = self.parser.screen().contents();
        contents.lines().map(str::trim_end).collect::<Vec<_>>().join("\n").trim_end().to_owned()
    }

    pub fn last_line(&self) -> String {
        self.text().lines().last().unwrap_or_default().to_owned()
    }

    /// As `text`, with what is not plain in brackets: `[red:nosuch]`; the cursor is `▒`.
    pub fn styled(&self) -> String {
        let screen = self.parser.screen();
        let (rows, columns) = screen.size();
        let mut text = String::new();
        for row in 0..rows.get() {
            let mut last = String::new();
            for column in 0..columns.get() {
                let Some(cell) = screen.cell(row, column).filter(|cell| !cell.is_wide_continuation()) else {
                    continue;
                };
                let style = style_of(cell);
                let is_new = style != last;
                if is_new && !last.is_empty() {
                    text.push(']');
                }
                if screen.cursor_position() == (row, column) {
                    text.push('▒');
                }
                if is_new && !style.is_empty() {
                    text.push_str(&format!("[{style}:"));
                }
                last = style;
                text.push_str(if cell.has_contents() { cell.contents() } else { " " });
            }
            if !last.is_empty() {
                text.push(']');
            }
            text.truncate(text.trim_end_matches(' ').len());
            text.push('\n');
        }
        text.trim_end().to_owned()
    }
}

impl Terminal {
    /// A shell in a fresh home.
    pub fn new() -> (tempfile::TempDir, Terminal) {
        let home = tempfile::tempdir().unwrap();
        let terminal = Terminal::open(home.path(), &[("PS1", "$ ")]);
        terminal.wait_for_line("$");
        (home, terminal)
    }

    pub fn open(home: &Path, environment: &[(&str, &str)]) -> Terminal {
        Terminal::open_with(home, &[], environment)
    }

    pub fn open_with(home: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Terminal {
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
            greeted_before(home);
        }
        for (name, value) in environment.iter().filter(|(_, value)| !value.is_empty()) {
            command = command.env(name, if *value == "$ " { PROMPT } else { value });
        }
        // SAFETY: only calls signal(2), which a child may after a fork.
        let command = unsafe { command.pre_exec(default_signals) };
        let child = command.spawn(pts).unwrap();
        let pid = pid_of(&child);
        let pty = Arc::new(pty);
        let parser = vt100::Parser::new(size(24), size(80), 0);
        let screen = Arc::new((Mutex::new(Screen { parser, newlines: 0, end: None }), Condvar::new()));
        let (until, end_of_reading) = std::io::pipe().unwrap();
        let (read_from, shared) = (Arc::clone(&pty), Arc::clone(&screen));
        let reader = std::thread::spawn(move || show(&read_from, &until, &shared));
        let shared = Arc::clone(&screen);
        let waiter = std::thread::spawn(move || {
            // Whoever drops the terminal reaps the shell: its id is its own until then.
            let end = waitid(Id::Pid(pid), WaitPidFlag::WEXITED | WaitPidFlag::WNOWAIT).unwrap();
            shared.0.lock().unwrap().end = Some(end);
            shared.1.notify_all();
        });
        Terminal {
            pty: Some(pty),
            child,
            screen,
            reader: Some((reader, end_of_reading)),
            waiter: Some(waiter),
        }
    }

    /// Closes the terminal's other side, as a terminal emulator does that is closed.
    pub fn hang_up(&mut self) {
        // The kernel keeps it open while somebody reads from it.
        if let Some((reader, end_of_reading)) = self.reader.take() {
            drop(end_of_reading);
            reader.join().unwrap();
        }
        self.pty = None;
    }

    pub fn send(&self, keys: &str) {
        self.send_bytes(keys.as_bytes());
    }

    pub fn send_bytes(&self, keys: &[u8]) {
        (&**self.pty.as_ref().unwrap()).write_all(keys).unwrap();
    }

    pub fn contents(&self) -> String {
        self.screen.0.lock().unwrap().text()
    }

    /// Waits until the screen fulfils something.
    #[track_caller]
    pub fn wait(&self, what: &str, is_there: impl Fn(&Screen) -> bool) {
        let guard = self.screen.0.lock().unwrap();
        let (guard, timeout) =
            self.screen.1.wait_timeout_while(guard, deadline(), |screen| !is_there(screen)).unwrap();
        let (contents, end) = (guard.styled(), guard.end);
        drop(guard);
        assert!(!timeout.timed_out(), "waited for {what}; the shell's end: {end:?}; the screen:\n{contents}");
    }

    /// Waits until the last line with anything on it is this one, trailing blanks left out.
    #[track_caller]
    pub fn wait_for_line(&self, line: &str) {
        self.wait(line, |screen| screen.last_line() == line);
    }

    /// Waits until the cursor is there, counted from 0.
    #[track_caller]
    pub fn wait_for_cursor(&self, row: u16, column: u16) {
        let is_there = |screen: &Screen| screen.parser.screen().cursor_position() == (row, column);
        self.wait(&format!("the cursor at {row}, {column}"), is_there);
    }

    /// Types something, and waits until the screen shows this as its last line, with colours and the cursor.
    #[track_caller]
    pub fn shows(&self, keys: &str, line: &str) {
        self.send(keys);
        let last = |screen: &Screen| screen.styled().lines().last().unwrap_or_default().to_owned();
        self.wait(&format!("{line}\nafter {keys:?}"), |screen| last(screen) == line);
    }

    /// Changes its size.
    pub fn resize(&self, rows: u16, columns: u16) {
        self.screen.0.lock().unwrap().parser.screen_mut().set_size(size(rows), size(columns));
        self.pty.as_ref().unwrap().resize(Size::new(rows, columns)).unwrap();
    }

    /// Types a command, and waits for the prompt after it, which is `prompt`.
    #[track_caller]
    pub fn run(&self, command: &str, prompt: &str) {
        let before = self.screen.0.lock().unwrap().newlines;
        self.send(&format!("{command}\r"));
        let is_there = |screen: &Screen| screen.newlines > before && screen.last_line() == prompt;
        self.wait(&format!("a prompt after {command}"), is_there);
    }

    /// Starts a command that says that it is ready, and stops it by Ctrl-Z.
    #[track_caller]
    pub fn stop(&self, command: &str) {
        self.send(&format!("{command}\r"));
        self.wait_for_line("ready");
        let job = tcgetpgrp(self.pty.as_ref().unwrap()).unwrap();
        self.send("\x1a");
        self.wait_for_line("[148] $");
        // The shell only waits for its own children. A grandchild that still has to stop may read a key first.
        let is_stopped = |process: &Process| process.group != job || process.state == 'T';
        let limit = Instant::now() + deadline();
        while !self.processes().iter().all(is_stopped) {
            assert!(Instant::now() < limit, "a process goes on: {:?}", self.processes());
            std::thread::yield_now();
        }
    }

    /// The status with which the shell exits.
    #[track_caller]
    pub fn exit_status(&self) -> i32 {
        self.wait("the end", |screen| screen.end.is_some());
        match self.screen.0.lock().unwrap().end {
            Some(WaitStatus::Exited(_, status)) => status,
            other => panic!("it ended so: {other:?}"),
        }
    }

    /// The processes of its session besides the shell.
    pub fn others(&self) -> Vec<Pid> {
        let shell = pid_of(&self.child);
        let names = std::fs::read_dir("/proc").unwrap().flatten().map(|entry| entry.file_name());
        let pids = names.filter_map(|name| name.to_str()?.parse().ok()).map(Pid::from_raw);
        pids.filter(|&pid| pid != shell && getsid(Some(pid)) == Ok(shell)).collect()
    }

    /// The same, with what the kernel says of them.
    pub fn processes(&self) -> Vec<Process> {
        let stat = |pid: Pid| {
            let text = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
            let mut fields = text.rsplit_once(") ")?.1.split(' ');
            let state = fields.next()?.chars().next()?;
            let mut number = || Some(Pid::from_raw(fields.next()?.parse().ok()?));
            Some(Process { pid, state, parent: number()?, group: number()? })
        };
        self.others().into_iter().filter_map(stat).collect()
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // If a test failed, the shell is still there; and what it left in the background may be in any case.
        let _ = self.child.kill();
        for pid in self.others() {
            let _ = kill(pid, Signal::SIGKILL);
        }
        self.hang_up();
        self.waiter.take().map(JoinHandle::join);
        let _ = self.child.wait();
    }
}

/// Puts on the screen what comes from the terminal until it, or the other end of `until`, is closed.
fn show(pty: &Pty, until: &PipeReader, shared: &Shared) {
    let mut block = [0; 4096];
    loop {
        let mut polled = [pty.as_fd(), until.as_fd()].map(|fd| PollFd::new(fd, PollFlags::POLLIN));
        let is_interrupted = poll(&mut polled, PollTimeout::NONE).is_err();
        if !is_interrupted && polled[1].any() == Some(true) {
            return;
        }
        if is_interrupted || polled[0].any() != Some(true) {
            continue;
        }
        let Ok(count @ 1..) = (&*pty).read(&mut block) else { return };
        let mut screen = shared.0.lock().unwrap();
        screen.parser.process(&block[..count]);
        screen.newlines += block[..count].iter().filter(|&&byte| byte == b'\n').count();
        drop(screen);
        shared.1.notify_all();
    }
}

fn style_of(cell: &vt100::Cell) -> String {
    const COLOURS: [&str; 8] = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];
    let colour = match cell.fgcolor() {
        vt100::Color::Idx(8) => "grey",
        vt100::Color::Idx(index) => COLOURS.get(usize::from(index)).copied().unwrap_or("bright"),
        _ => "",
    };
    let styles = [
        (!colour.is_empty(), colour),
        (cell.bold(), "bold"),
        (cell.dim(), "dim"),
        (cell.underline(), "underlined"),
        (cell.inverse(), "reversed"),
    ];
    styles.iter().filter(|(is_on, _)| *is_on).map(|(_, name)| *name).collect::<Vec<_>>().join(" ")
}

pub fn pid_of(child: &Child) -> Pid {
    Pid::from_raw(i32::try_from(child.id()).unwrap())
}

pub fn fifo(path: &Path) {
    nix::unistd::mkfifo(path, nix::sys::stat::Mode::S_IRWXU).unwrap();
}

fn size(cells: u16) -> std::num::NonZero<u16> {
    std::num::NonZero::new(cells).unwrap()
}

/// A program that says when it runs, in a word that is not the one that was typed.
pub const READY: &str = r#"sh -c 'echo re""ady; exec sleep 1000'"#;

/// `clear` is not everywhere.
pub const CLEAR: &str = r"printf '\033[2J\033[H'";
