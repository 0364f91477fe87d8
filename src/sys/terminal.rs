//! The terminal: who may read from it, and in which modes.

use std::cell::RefCell;
use std::os::fd::{AsRawFd, BorrowedFd, OwnedFd, RawFd};
use std::sync::atomic::{AtomicBool, Ordering};

use nix::fcntl::{OFlag, open};
use nix::sys::signal::{Signal, killpg};
use nix::sys::stat::Mode;
pub use nix::sys::termios::Termios;
use nix::sys::termios::{InputFlags, LocalFlags, OutputFlags, SetArg, tcgetattr, tcsetattr};
use nix::unistd::{getpgrp, getpid, setpgid, tcgetpgrp, tcsetpgrp};

use super::fd::{FdStep, Redirected};
use super::signal::{self, Blocked};
use super::{Errno, Pid, fd};

/// How often a shell in the background asks to be brought to the foreground.
const MAX_TRIES: usize = 16;

/// The terminal of a shell that controls jobs on it.
pub struct Terminal {
    fd: OwnedFd,
    group: Pid,
    /// The process group that the shell came from.
    origin: Pid,
    /// It belongs to this shell, an interactive one; to a script only while the script is in the foreground.
    is_own: bool,
    /// The shell's own, which it takes the terminal back with.
    modes: RefCell<Termios>,
}

impl Terminal {
    /// Takes the terminal that `fd` is for this shell, waiting until it is in the foreground and making itself the
    /// leader of a process group. ENOTTY where it is no terminal, or not this session's.
    pub fn take(fd: RawFd) -> Result<Terminal, Errno> {
        let fd = fd::duplicate_own(fd)?;
        signal::default(signal::SIGTTIN);
        let mut tries = 0..MAX_TRIES;
        while tcgetpgrp(&fd)? != getpgrp() {
            // Stops here until a job control shell above brings this one to the foreground. In an orphaned
            // group nobody will, and the signal does nothing.
            killpg(getpgrp(), Signal::SIGTTIN)?;
            tries.next().ok_or(Errno::EPERM)?;
        }
        let (origin, group) = (getpgrp(), getpid());
        if origin != group {
            setpgid(group, group)?;
        }
        let modes = RefCell::new(tcgetattr(&fd)?);
        let terminal = Terminal { fd, group, origin, is_own: true, modes };
        terminal.set_foreground(group)?;
        Ok(terminal)
    }

    /// The terminal of the session, for a script that controls jobs (`set -m`), whatever its standard streams are. It
    /// stays in its process group. ENXIO where there is none.
    pub fn find() -> Result<Terminal, Errno> {
        let opened = open("/dev/tty", OFlag::O_RDWR | OFlag::O_CLOEXEC | OFlag::O_NOCTTY, Mode::empty())?;
        let fd = fd::duplicate_own(opened.as_raw_fd())?;
        let modes = RefCell::new(tcgetattr(&fd)?);
        Ok(Terminal { fd, group: getpgrp(), origin: getpgrp(), is_own: false, modes })
    }

    /// Gives the terminal back to those that an interactive shell has it from, and goes back to them: it ends.
    pub fn give_back(&self) {
        self.change_group(self.origin);
    }

    /// Runs what makes this shell another program, which those then wait for. If it returns, the shell goes on.
    pub fn while_given_back<T>(&self, replace: impl FnOnce() -> T) -> T {
        self.give_back();
        let result = replace();
        self.change_group(self.group);
        result
    }

    fn change_group(&self, group: Pid) {
        if self.is_own {
            let _ = self.set_foreground(group);
            let _ = setpgid(getpid(), group);
        }
    }

    fn set_foreground(&self, group: Pid) -> Result<(), Errno> {
        // Or SIGTTOU would stop a shell that is in the background at this moment.
        let _blocked = Blocked::all();
        tcsetpgrp(&self.fd, group)
    }

    /// Lends the terminal to a job until the guard is dropped. `modes` are those that a stopped job left it
    /// with. None for a script in the background: the terminal is somebody else's.
    pub fn lend(&self, group: Pid, modes: Option<&Termios>) -> Option<Foreground<'_>> {
        if !self.is_own {
            if tcgetpgrp(&self.fd) != Ok(self.group) {
                return None;
            }
            // Others may have changed them since.
            self.modes.replace(tcgetattr(&self.fd).ok()?);
        }
        if let Some(modes) = modes {
            let _ = tcsetattr(&self.fd, SetArg::TCSADRAIN, modes);
        }
        let _ = self.set_foreground(group);
        Some(Foreground { terminal: self, group })
    }
}

/// While this lives, a job has the terminal. Dropped, the shell has it back, in its own modes.
#[must_use]
pub struct Foreground<'a> {
    terminal: &'a Terminal,
    group: Pid,
}

impl Foreground<'_> {
    /// The modes that the job has set, to be kept while it is stopped.
    pub fn modes(&self) -> Option<Termios> {
        tcgetattr(&self.terminal.fd).ok()
    }

    /// The job has done its work: what it set, as `stty` does, becomes the shell's own, if a person can
    /// still type a line in it.
    pub fn adopt_modes(&self) {
        let needed = LocalFlags::ICANON | LocalFlags::ECHO | LocalFlags::ISIG;
        if let Some(modes) = self.modes()
            && modes.local_flags.contains(needed)
            && modes.output_flags.contains(OutputFlags::OPOST)
            && modes.input_flags.contains(InputFlags::ICRNL)
        {
            self.terminal.modes.replace(modes);
        }
    }
}

impl Drop for Foreground<'_> {
    fn drop(&mut self) {
        if !self.terminal.is_own && tcgetpgrp(&self.terminal.fd) != Ok(self.group) {
            // The script is in the background by now.
            return;
        }
        let _ = self.terminal.set_foreground(self.terminal.group);
        let _ = tcsetattr(&self.terminal.fd, SetArg::TCSADRAIN, &self.terminal.modes.borrow());
    }
}

/// Whether a descriptor is a terminal.
pub fn is_terminal(fd: RawFd) -> bool {
    // SAFETY: the number is borrowed for one question, which the kernel answers for any number.
    (0..).contains(&fd) && nix::unistd::isatty(unsafe { BorrowedFd::borrow_raw(fd) }).unwrap_or(false)
}

/// Runs something that writes to the terminal by standard output, which may go elsewhere. Standard error does not.
pub fn on_screen<T>(run: impl FnOnce() -> T) -> T {
    let mut redirected = Redirected::default();
    if !is_terminal(1) {
        let _ = redirected.take(&[FdStep::Dup { from: 2, to: 1 }]);
    }
    run()
}

/// A line is being edited.
static IS_EDITED: AtomicBool = AtomicBool::new(false);

/// Edits a line: until that is done, standard input gives keys.
pub fn edit<T>(line: impl FnOnce() -> T) -> T {
    IS_EDITED.store(true, Ordering::Relaxed);
    let edited = on_screen(line);
    IS_EDITED.store(false, Ordering::Relaxed);
    edited
}

/// Whether a descriptor gives keys.
pub fn gives_keys(fd: RawFd) -> bool {
    fd == 0 && IS_EDITED.load(Ordering::Relaxed)
}

/// Reads what is typed on the terminal `fd`, which meanwhile does not show it, or gives each key at once instead of
/// lines.
pub fn typed<T>(fd: RawFd, is_silent: bool, by_key: bool, read: impl FnOnce() -> T) -> T {
    // SAFETY: the number is borrowed for questions, which the kernel answers for any number.
    let fd = unsafe { BorrowedFd::borrow_raw(fd) };
    let mut off = LocalFlags::empty();
    off.set(LocalFlags::ECHO, is_silent);
    off.set(LocalFlags::ICANON, by_key);
    let before = if off.is_empty() { None } else { tcgetattr(fd).ok() };
    let Some(before) = before else { return read() };
    let mut modes = before.clone();
    modes.local_flags.remove(off);
    signal::after(signal::SIGINT, || {
        let _ = tcsetattr(fd, SetArg::TCSANOW, &modes);
        let result = read();
        let _ = tcsetattr(fd, SetArg::TCSANOW, &before);
        result
    })
}
