//! A thread that rings while the line editor waits for keys: a child has changed.
//!
//! It lives only while a line is edited, so that the shell has one thread whenever it forks.

use std::os::fd::{AsRawFd, BorrowedFd, RawFd};
use std::os::unix::thread::JoinHandleExt;

use nix::fcntl::{FcntlArg, FdFlag, fcntl};
use nix::sys::pthread::pthread_kill;
use nix::sys::signal::{SigSet, Signal};

use super::signal::Blocked;
use super::{Errno, fd};

/// What ends the thread: sent to it alone.
const END: Signal = Signal::SIGURG;

/// Calls `ring` whenever a child changes while `edit` runs. Where there cannot be another thread, it never does.
pub fn ringing<T>(mut ring: impl FnMut() + Send + 'static, edit: impl FnOnce() -> T) -> T {
    let awaited: SigSet = [Signal::SIGCHLD, END].into_iter().collect();
    // Kept for the thread from before it begins: what nobody blocks, and is ignored by default, is lost.
    let _kept = Blocked::these(&awaited);
    let listen = move || {
        // The others are for the thread that edits.
        let _all = Blocked::all();
        while awaited.wait() == Ok(Signal::SIGCHLD) {
            ring();
        }
    };
    let thread = std::thread::Builder::new().spawn(listen);
    let edited = edit();
    if let Ok(thread) = thread {
        let _ = pthread_kill(thread.as_pthread_t(), END);
        let _ = thread.join();
    }
    edited
}

/// Calls what makes a pipe without care, and makes that pipe the shell's own: numbered 10 or above, and
/// close-on-exec. Gives the end that is read as well.
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
