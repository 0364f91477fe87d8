//! Waiting for children: `wait4(2)`, which alone tells what each of them used.

use std::os::fd::{BorrowedFd, FromRawFd, OwnedFd};
use std::time::Duration;

use nix::libc;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::resource::{UsageWho, getrusage};
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

/// What a child and those of its children that it waited for used, from `getrusage(2)`. There is no
/// memory figure: a child's begins with the size of the shell that it was made from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Usage {
    /// Processor time spent in programs.
    pub user: Duration,
    /// Processor time spent in the kernel for them.
    pub system: Duration,
    /// `ru_maxrss`: the largest resident size in KiB, of the child or of the shell that it was made from,
    /// whichever was larger.
    pub max_resident_kib: i64,
    /// Page faults served without reading.
    pub minor_faults: i64,
    /// Page faults that read from a disk.
    pub major_faults: i64,
    /// Blocks of 512 bytes read from disks.
    pub blocks_in: i64,
    /// Blocks of 512 bytes written to disks.
    pub blocks_out: i64,
    /// Times it gave the processor up, mostly to wait.
    pub voluntary_switches: i64,
    /// Times the processor was taken from it.
    pub involuntary_switches: i64,
}

/// Whether to sleep until a child changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Patience {
    /// Only what has happened already.
    Poll,
    /// Sleeps until there is something.
    Sleep,
}

/// Takes note of a child that has ended, stopped or gone on: any child, or one.
///
/// # Errors
/// ECHILD where there is no such child; EINTR.
pub fn wait(child: Option<Pid>, patience: Patience) -> Result<Option<(Pid, Change, Usage)>, Errno> {
    let mut status = 0;
    // SAFETY: rusage is numbers only, for which zero is a value.
    let mut usage: libc::rusage = unsafe { std::mem::zeroed() };
    let poll = if patience == Patience::Poll { libc::WNOHANG } else { 0 };
    let options = libc::WUNTRACED | libc::WCONTINUED | poll;
    let wanted = child.map_or(-1, Pid::as_raw);
    // SAFETY: both pointers are to variables of the right types that outlive the call.
    let pid = Errno::result(unsafe { libc::wait4(wanted, &raw mut status, options, &raw mut usage) })?;
    Ok((pid != 0).then(|| (Pid::from_raw(pid), Change::from_wait_status(status), Usage::from_raw(&usage))))
}

/// What this process used, and what those of its children used that it waited for.
pub fn used() -> [Usage; 2] {
    let of = |who| getrusage(who).map(|usage| Usage::from_raw(usage.as_ref())).unwrap_or_default();
    [of(UsageWho::RUSAGE_SELF), of(UsageWho::RUSAGE_CHILDREN)]
}

/// A descriptor that becomes readable when the child ends (`pidfd_open(2)`).
///
/// # Errors
/// EMFILE; ENOSYS on old kernels.
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
    let mut polled: Vec<PollFd<'_>> =
        descriptors.iter().map(|&fd| PollFd::new(fd, PollFlags::POLLIN)).collect();
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

impl Usage {
    fn from_raw(raw: &libc::rusage) -> Usage {
        let duration = |time| Duration::from_micros(TimeVal::from(time).num_microseconds().unsigned_abs());
        Usage {
            user: duration(raw.ru_utime),
            system: duration(raw.ru_stime),
            max_resident_kib: raw.ru_maxrss,
            minor_faults: raw.ru_minflt,
            major_faults: raw.ru_majflt,
            blocks_in: raw.ru_inblock,
            blocks_out: raw.ru_oublock,
            voluntary_switches: raw.ru_nvcsw,
            involuntary_switches: raw.ru_nivcsw,
        }
    }
}
