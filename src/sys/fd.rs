//! Descriptors: pipes, and the one interpreter of descriptor steps, which serves a fresh child, a forked
//! child and the shell itself.
//!
//! A descriptor that the shell keeps for itself is close-on-exec. That is also how a script's descriptors
//! are told from the shell's own: a step that names a close-on-exec descriptor is refused with EBADF,
//! and one that closes it does nothing.

use std::ffi::{CStr, CString};
use std::fs::File;
use std::io::Write;
use std::mem::ManuallyDrop;
use std::os::fd::{AsRawFd, BorrowedFd, FromRawFd, OwnedFd, RawFd};

use nix::fcntl::{FcntlArg, FdFlag, OFlag, fcntl, open};
use nix::libc;
use nix::sys::memfd::{MFdFlags, memfd_create};
use nix::sys::stat::Mode;

use super::fault::{self, Call};
use super::{Errno, files, signal};

/// How much is read at once from what may have much to say.
pub const LARGE_BLOCK: usize = 64 * 1024;
/// The lowest number of a descriptor that the shell may keep: a script has those below for itself.
const FIRST_OWN: RawFd = 10;
/// Where the shell's own begin as long as the limit lets them, out of the way of scripts that use more; the kernel
/// makes room for descriptors by powers of two.
const PREFERRED_OWN: RawFd = 240;

/// One step in setting up descriptors (POSIX XCU 2.7); they are taken in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FdStep {
    /// Opens a file.
    Open {
        /// Its path.
        file: CString,
        /// How.
        mode: OpenMode,
        /// As which descriptor.
        to: RawFd,
    },
    /// Makes `to` another name of what `from` is.
    Dup {
        /// An open descriptor.
        from: RawFd,
        /// The new one.
        to: RawFd,
    },
    /// Closes a descriptor, which may be closed already.
    Close {
        /// The descriptor.
        to: RawFd,
    },
    /// Gives a text to be read, as a here-document does.
    Text {
        /// All of it.
        bytes: Vec<u8>,
        /// As which descriptor.
        to: RawFd,
    },
}

/// What a redirection opens a file for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenMode {
    /// `<`: it must exist.
    Read,
    /// `>`: created or emptied.
    Truncate,
    /// `>` with `set -C`: a regular file must not exist yet.
    New,
    /// `>>`: created; each write goes to its end.
    Append,
    /// `<>`: created; not emptied.
    ReadWrite,
}

impl OpenMode {
    fn open(self, file: &CStr) -> Result<OwnedFd, Errno> {
        let everyone = Mode::from_bits_truncate(0o666);
        let open = |flags| open(file, flags | OFlag::O_CLOEXEC, everyone);
        loop {
            match open(self.flags()) {
                Err(Errno::EEXIST) if self == OpenMode::New => {
                    let opened = open(OFlag::O_WRONLY)?;
                    let kind = nix::sys::stat::fstat(&opened)?.st_mode & libc::S_IFMT;
                    return if kind == libc::S_IFREG { Err(Errno::EEXIST) } else { Ok(opened) };
                }
                // A FIFO that nobody else opens: only Ctrl-C ends the wait.
                Err(Errno::EINTR) if !signal::has_come(signal::SIGINT) => {}
                opened => return opened,
            }
        }
    }

    fn flags(self) -> OFlag {
        match self {
            OpenMode::Read => OFlag::O_RDONLY,
            OpenMode::Truncate => OFlag::O_WRONLY | OFlag::O_CREAT | OFlag::O_TRUNC,
            OpenMode::New => OFlag::O_WRONLY | OFlag::O_CREAT | OFlag::O_EXCL,
            OpenMode::Append => OFlag::O_WRONLY | OFlag::O_CREAT | OFlag::O_APPEND,
            OpenMode::ReadWrite => OFlag::O_RDWR | OFlag::O_CREAT,
        }
    }
}

impl FdStep {
    /// The descriptor that it changes.
    pub fn target(&self) -> RawFd {
        let (FdStep::Open { to, .. }
        | FdStep::Dup { to, .. }
        | FdStep::Close { to }
        | FdStep::Text { to, .. }) = self;
        *to
    }

    /// Takes the step. Allocates nothing: a child that shares memory with the shell does this.
    fn take(&self) -> Result<(), Errno> {
        match self {
            FdStep::Open { file, mode, to } => move_to(mode.open(file)?, *to),
            FdStep::Dup { from, .. } if is_own(*from)? => Err(Errno::EBADF),
            FdStep::Dup { from, to } => dup2(*from, *to),
            FdStep::Close { to } => {
                close(*to);
                Ok(())
            }
            FdStep::Text { bytes, to } => {
                let file = memfd_create(c"here-document", MFdFlags::MFD_CLOEXEC)?;
                write_all(file.as_raw_fd(), bytes)?;
                nix::unistd::lseek(&file, 0, nix::unistd::Whence::SeekSet)?;
                move_to(file, *to)
            }
        }
    }
}

/// Takes steps in order, for good. The error has the index of the step that failed; those before it have been taken.
pub fn apply(steps: &[FdStep]) -> Result<(), (usize, Errno)> {
    steps.iter().enumerate().try_for_each(|(index, step)| step.take().map_err(|errno| (index, errno)))
}

/// Takes steps in the shell itself; they are undone when the value is dropped.
#[must_use]
#[derive(Debug, Default)]
pub struct Redirected {
    saved: Vec<Saved>,
}

/// What a descriptor was.
#[derive(Debug)]
struct Saved {
    target: RawFd,
    /// None where it was closed.
    copy: Option<OwnedFd>,
    /// It was the shell's own, and is to be close-on-exec again.
    is_own: bool,
}

impl Redirected {
    /// Takes steps in order. If one fails, those before it hold until this is dropped, so that a message
    /// about it goes where they say.
    pub fn take(&mut self, steps: &[FdStep]) -> Result<(), (usize, Errno)> {
        steps.iter().enumerate().try_for_each(|(index, step)| {
            let outcome = match (self.save(step.target()), step) {
                // The shell's own are closed for everybody else.
                (Err(Errno::EBADF), FdStep::Close { .. }) => Ok(()),
                (saved, step) => saved.and_then(|()| step.take()),
            };
            outcome.map_err(|errno| (index, errno))
        })
    }

    /// Makes each second descriptor another name of the first, which is the shell's own.
    pub fn wire(&mut self, mut wiring: impl Iterator<Item = (RawFd, RawFd)>) -> Result<(), Errno> {
        wiring.try_for_each(|(from, to)| {
            self.save(to)?;
            dup2(from, to)
        })
    }

    fn save(&mut self, target: RawFd) -> Result<(), Errno> {
        if self.saved.iter().any(|saved| saved.target == target) {
            return Ok(());
        }
        let is_own = is_own(target);
        if target >= FIRST_OWN && is_own == Ok(true) {
            return Err(Errno::EBADF);
        }
        let copy = is_own.is_ok().then(|| duplicate_own(target)).transpose()?;
        self.saved.push(Saved { target, copy, is_own: is_own == Ok(true) });
        Ok(())
    }

    /// Lets the changes stand, as `exec` without a program does.
    pub fn keep(mut self) {
        self.saved.clear();
    }
}

impl Drop for Redirected {
    fn drop(&mut self) {
        for Saved { target, copy, is_own } in self.saved.drain(..).rev() {
            let flags = if is_own { libc::O_CLOEXEC } else { 0 };
            match copy {
                // SAFETY: acts on numbers; the target, which is never the copy, was open a moment ago.
                Some(copy) => drop(unsafe { libc::dup3(copy.as_raw_fd(), target, flags) }),
                None => close(target),
            }
        }
    }
}

/// Both ends of a new pipe: to read, to write. Close-on-exec, and never 0, 1 or 2, so that no step that
/// wires one end can destroy the other.
pub fn pipe() -> Result<(OwnedFd, OwnedFd), Errno> {
    fault::check(Call::Pipe)?;
    let (read, write) = nix::unistd::pipe2(OFlag::O_CLOEXEC)?;
    Ok((above_standard(read)?, above_standard(write)?))
}

/// The same to be kept while a script opens and closes what it likes.
pub fn own_pipe() -> Result<(OwnedFd, OwnedFd), Errno> {
    let (read, write) = pipe()?;
    Ok((duplicate_own(read.as_raw_fd())?, duplicate_own(write.as_raw_fd())?))
}

/// Moves a descriptor of the shell's own up, to where scripts do not look for theirs, and lets programs inherit it.
pub fn inheritable(fd: OwnedFd) -> Result<OwnedFd, Errno> {
    let copy = duplicate_own(fd.as_raw_fd())?;
    fcntl(&copy, FcntlArg::F_SETFD(FdFlag::empty()))?;
    Ok(copy)
}

/// Widens a pipe to `bytes`, if the system lets this user; it works as well when it does not.
pub fn widen(pipe: &OwnedFd, bytes: i32) {
    let _ = fcntl(pipe, FcntlArg::F_SETPIPE_SZ(bytes));
}

fn above_standard(fd: OwnedFd) -> Result<OwnedFd, Errno> {
    if fd.as_raw_fd() > 2 { Ok(fd) } else { duplicate_own(fd.as_raw_fd()) }
}

/// Whether this is a name of standard output.
pub fn is_output(path: &[u8]) -> bool {
    path == b"/dev/stdout" || path.ends_with(b"/fd/1")
}

/// Makes a copy of a descriptor for the shell itself: close-on-exec and numbered 10 or above.
pub fn duplicate_own(fd: RawFd) -> Result<OwnedFd, Errno> {
    let duplicate = |lowest: RawFd| {
        // SAFETY: fcntl takes any number, and reports one that is not open.
        Errno::result(unsafe { libc::fcntl(fd, libc::F_DUPFD_CLOEXEC, lowest) })
    };
    let copy = match duplicate(PREFERRED_OWN) {
        // Above the limit.
        Err(Errno::EINVAL | Errno::EMFILE) => duplicate(FIRST_OWN).map_err(|_| Errno::EMFILE)?,
        other => other?,
    };
    // SAFETY: the kernel just made this descriptor; nobody else knows of it.
    Ok(unsafe { OwnedFd::from_raw_fd(copy) })
}

/// Whether a descriptor is close-on-exec: the shell's own. EBADF where it is not open.
pub fn is_own(fd: RawFd) -> Result<bool, Errno> {
    // SAFETY: fcntl takes any number, and reports one that is not open.
    let flags = Errno::result(unsafe { libc::fcntl(fd, libc::F_GETFD) })?;
    Ok(FdFlag::from_bits_truncate(flags).contains(FdFlag::FD_CLOEXEC))
}

/// `dup2(2)`; the new descriptor stays open in programs, also when it is the old one.
pub fn dup2(from: RawFd, to: RawFd) -> Result<(), Errno> {
    // SAFETY: these act on numbers. Descriptors that a script names are owned by nobody in this program,
    // and the shell's own are never `to`.
    let result = unsafe { if from == to { libc::fcntl(to, libc::F_SETFD, 0) } else { libc::dup2(from, to) } };
    Errno::result(result).map(drop)
}

fn move_to(from: OwnedFd, to: RawFd) -> Result<(), Errno> {
    let number = from.as_raw_fd();
    dup2(number, to)?;
    if number == to {
        std::mem::forget(from);
    }
    Ok(())
}

/// Closes a descriptor that a script names; it may be closed already.
pub fn close(fd: RawFd) {
    // SAFETY: acts on a number that a script named, which is owned by nobody in this program.
    unsafe { libc::close(fd) };
}

/// Writes all of `bytes` to a descriptor.
pub fn write_all(fd: RawFd, bytes: &[u8]) -> Result<(), Errno> {
    // SAFETY: the number is borrowed for calls in which the kernel checks it, and not closed.
    let mut file = ManuallyDrop::new(unsafe { File::from_raw_fd(fd) });
    file.write_all(bytes).map_err(files::errno)
}

/// Writes to standard error. Where that is closed, there is nobody left to tell; a terminal that is gone is noticed
/// when the next line is read.
pub fn tell(text: impl AsRef<[u8]>) {
    let _ = write_all(2, text.as_ref());
}

/// Adds what one `read(2)` gives, at most so many bytes, and says how many; 0 at the end.
pub fn read_some(fd: BorrowedFd<'_>, most: usize, bytes: &mut Vec<u8>) -> Result<usize, Errno> {
    bytes.reserve(most);
    let room = bytes.spare_capacity_mut().as_mut_ptr().cast();
    // SAFETY: there is room for `most` bytes, and as many as the kernel says are written.
    unsafe {
        let count = Errno::result(libc::read(fd.as_raw_fd(), room, most))?.unsigned_abs();
        bytes.set_len(bytes.len() + count);
        Ok(count)
    }
}
