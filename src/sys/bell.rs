//! A thread that rings while the line editor waits for keys: a child has changed.
//!
//! It lives only while a line is edited, so that the shell has one thread whenever it forks.

use std::os::fd::{AsRawFd, BorrowedFd, RawFd};
use std::os::unix::thread::JoinHandleExt;
use std::thread::JoinHandle;

use nix::fcntl::{FcntlArg, FdFlag, fcntl};
use nix::sys::pthread::pthread_kill;
use nix::sys::signal::{SigSet, Signal};

use super::signal::Blocked;
use super::{Errno, fd};

/// What ends the thread: sent to it alone.
const END: Signal = Signal::SIGURG;

/// Rings until it is dropped.
#[must_use]
#[derive(Debug)]
pub struct Bell {
    thread: Option<JoinHandle<()>>,
    /// Keeps SIGCHLD for the thread.
    _blocked: Blocked,
}

impl Bell {
    /// Calls `ring` whenever a child has changed.
    ///
    /// # Errors
    /// EAGAIN where there cannot be another thread.
    pub fn new(mut ring: impl FnMut() + Send + 'static) -> Result<Bell, Errno> {
        let _blocked = Blocked::only(&[Signal::SIGCHLD]);
        let listen = move || {
            // The others are for the thread that edits.
            let _all = Blocked::all();
            let awaited: SigSet = [Signal::SIGCHLD, END].into_iter().collect();
            while awaited.wait() == Ok(Signal::SIGCHLD) {
                ring();
            }
        };
        let thread = std::thread::Builder::new().spawn(listen).map_err(|_| Errno::EAGAIN)?;
        Ok(Bell { thread: Some(thread), _blocked })
    }
}

impl Drop for Bell {
    fn drop(&mut self) {
        if let Some(thread) = self.thread.take() {
            let _ = pthread_kill(thread.as_pthread_t(), END);
            let _ = thread.join();
        }
    }
}

/// Calls what makes a pipe without care, and makes that pipe the shell's own: numbered 10 or above, and
/// close-on-exec. Gives the end that is read as well.
///
/// # Errors
/// EMFILE.
pub fn with_own_pipe<T>(make: impl FnOnce() -> T) -> Result<(T, RawFd), Errno> {
    // The lowest free numbers are taken until only such are left as the shell may have.
    let mut taken = Vec::new();
    let mut ends = Vec::new();
    while ends.len() < 2 {
        let copy = nix::unistd::dup(fd::duplicate_own(0)?)?;
        if copy.as_raw_fd() < 10 { taken.push(copy) } else { ends.push(copy) }
    }
    let numbers: Vec<RawFd> = ends.drain(..).map(|end| end.as_raw_fd()).collect();
    let made = make();
    for &number in &numbers {
        // SAFETY: the number is borrowed for one call, which reports one that is not open.
        let _ = fcntl(unsafe { BorrowedFd::borrow_raw(number) }, FcntlArg::F_SETFD(FdFlag::FD_CLOEXEC));
    }
    Ok((made, numbers.first().copied().unwrap_or(-1)))
}
