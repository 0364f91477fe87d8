//! Waiting for children: `wait4(2)`, which alone tells what each of them used.

use std::os::fd::{BorrowedFd, FromRawFd, OwnedFd};
use std::time::Duration;

use nix::libc;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::resource::{self, UsageWho};
use nix::sys::time::{TimeVal, TimeValLike};

use super::{Errno, Pid};

/// What happened to a child.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It ended, with this exit status.
    Exited(u8),
    /// A signal of this number ended it.
    Killed {
        /// The signal's number.
        signal: i32,
        /// Whether the kernel wrote a core file.
        core: bool,
    },
    /// A signal of this number stopped it.
    Stopped(i32),
    /// SIGCONT made it go on.
    Continued,
}

/// What a child and those of its children that it waited for used, from `getrusage(2)`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Usage {
    /// Processor time spent in programs.
    pub user: Duration,
    /// Processor time spent in the kernel for them.
    pub system: Duration,
    /// All else that the kernel counts: page faults, blocks, switches. The largest resident size is that of the
    /// child or of the shell that it was made from, whichever was larger. None where there was no child.
    pub all: Option<resource::Usage>,
}

/// Whether to sleep until a child changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Patience {
    /// Only what has happened already.
    Poll,
    /// Sleeps until there is something.
    Sleep,
}

/// Takes note of a child that has ended, stopped or gone on: any child, or one. ECHILD where there is no such child.
pub fn wait(child: Option<Pid>, patience: Patience) -> Result<Option<(Pid, Change, Usage)>, Errno> {
    let mut status = 0;
    // SAFETY: it is numbers only, for which zero is a value.
    let mut usage: resource::Usage = unsafe { std::mem::zeroed() };
    let poll = if patience == Patience::Poll { libc::WNOHANG } else { 0 };
    let options = libc::WUNTRACED | libc::WCONTINUED | poll;
    let wanted = child.map_or(-1, Pid::as_raw);
    // SAFETY: both pointers are to variables of the right types that outlive the call.
    let pid = Errno::result(unsafe { libc::wait4(wanted, &raw mut status, options, usage.as_mut()) })?;
    Ok((pid != 0).then(|| (Pid::from_raw(pid), Change::from_wait_status(status), usage.into())))
}

/// What this process used, and what those of its children used that it waited for.
pub fn used() -> [Usage; 2] {
    let of = |who| resource::getrusage(who).map(Usage::from).unwrap_or_default();
    [of(UsageWho::RUSAGE_SELF), of(UsageWho::RUSAGE_CHILDREN)]
}

/// A descriptor that becomes readable when the child ends (`pidfd_open(2)`).
pub fn open_pidfd(pid: Pid) -> Result<OwnedFd, Errno> {
    // SAFETY: takes numbers, gives a new descriptor or an error.
    let fd = Errno::result(unsafe { libc::syscall(libc::SYS_pidfd_open, pid.as_raw(), 0) })?;
    let fd = i32::try_from(fd).map_err(|_| Errno::EBADF)?;
    // SAFETY: the kernel just made this descriptor; nobody else knows of it.
    Ok(unsafe { OwnedFd::from_raw_fd(fd) })
}

/// Sleeps until at least one of these descriptors can be read, a signal comes, or the time is over; says of each
/// whether it can.
pub fn until_readable(descriptors: &[BorrowedFd<'_>], limit: Option<Duration>) -> Vec<bool> {
    let mut polled: Vec<_> = descriptors.iter().map(|&fd| PollFd::new(fd, PollFlags::POLLIN)).collect();
    // Rounded up: one that is nearly over is slept through.
    let limit = limit.map(|limit| limit.saturating_add(Duration::from_micros(999)));
    let timeout = limit.map_or(Ok(PollTimeout::NONE), PollTimeout::try_from).unwrap_or(PollTimeout::MAX);
    // A signal leaves all of them as not readable.
    let _ = poll(&mut polled, timeout);
    polled.iter().map(|fd| fd.any().unwrap_or(false)).collect()
}

impl Change {
    fn from_wait_status(status: i32) -> Change {
        if libc::WIFEXITED(status) {
            Change::Exited(u8::try_from(libc::WEXITSTATUS(status)).unwrap_or(u8::MAX))
        } else if libc::WIFSIGNALED(status) {
            Change::Killed { signal: libc::WTERMSIG(status), core: libc::WCOREDUMP(status) }
        } else if libc::WIFSTOPPED(status) {
            Change::Stopped(libc::WSTOPSIG(status))
        } else {
            Change::Continued
        }
    }
}

impl From<resource::Usage> for Usage {
    fn from(all: resource::Usage) -> Usage {
        let duration = |time: TimeVal| Duration::from_micros(time.num_microseconds().unsigned_abs());
        Usage { user: duration(all.user_time()), system: duration(all.system_time()), all: Some(all) }
    }
}
