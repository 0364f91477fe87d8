//! A thread that rings while the line editor waits for keys: a child has changed.
//!
//! It lives only while a line is edited, so that the shell has one thread whenever it forks.

use std::os::fd::{AsRawFd, BorrowedFd, RawFd};
use std::os::unix::thread::JoinHandleExt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

use nix::fcntl::{FcntlArg, FdFlag, fcntl};
use nix::sys::pthread::pthread_kill;
use nix::sys::signal::{SigSet, Signal};

use super::signal::Blocked;
use super::{Errno, fd};

/// Rings until it is dropped.
#[must_use]
#[derive(Debug)]
pub struct Bell {
    thread: Option<JoinHandle<()>>,
    is_over: Arc<AtomicBool>,
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
        let is_over = Arc::new(AtomicBool::new(false));
        let is_asleep = Arc::clone(&is_over);
        let listen = move || {
            // The others are for the thread that edits.
            let _all = Blocked::all();
            let changes: SigSet = [Signal::SIGCHLD].into_iter().collect();
            while changes.wait().is_ok() && !is_asleep.load(Ordering::Relaxed) {
                ring();
            }
        };
        let thread = std::thread::Builder::new().spawn(listen).map_err(|_| Errno::EAGAIN)?;
        Ok(Bell { thread: Some(thread), is_over, _blocked })
    }
}

impl Drop for Bell {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            let _ = pthread_kill(thread.as_pthread_t(), Signal::SIGCHLD);
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
