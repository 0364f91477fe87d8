//! Reading up to a delimiter and not a byte more, so that the programs of a script can read what follows: from
//! a file a block at a time, and back to where the line ends; from a pipe by looking first (`tee(2)`); else
//! byte by byte.

use std::os::fd::{AsRawFd, BorrowedFd, OwnedFd, RawFd};
use std::time::Instant;

use nix::libc;

use super::wait::until_readable;
use super::{Errno, fd, signal};

/// How much is looked at: most lines are shorter.
const BLOCK: usize = 1024;

/// A reader of lines, which keeps a pipe for looking ahead.
#[derive(Debug, Default)]
pub struct Lines {
    aside: Option<(OwnedFd, OwnedFd)>,
    /// What was seen in a pipe and not read yet, and in which.
    seen: Vec<u8>,
    seen_in: RawFd,
}

/// When to stop before the delimiter.
#[derive(Debug, Clone, Copy, Default)]
pub struct Limits {
    /// After so many bytes.
    pub bytes: Option<usize>,
    /// At this time.
    pub deadline: Option<Instant>,
}

impl Lines {
    /// Reads up to `delimiter`, which is included. Without it at its end, what is returned came before the end
    /// of the file or a limit.
    ///
    /// # Errors
    /// Those of `read(2)`; EINTR where a caught signal has come; ETIMEDOUT with what was read lost.
    pub fn read(&mut self, from: RawFd, delimiter: u8, limits: Limits) -> Result<Vec<u8>, Errno> {
        let mut line = Vec::new();
        let is_limited = limits.bytes.is_some() || limits.deadline.is_some();
        if is_limited {
            // It is read without looking.
            self.forget();
        }
        let is_seekable = !is_limited && !self.has_seen(from) && is_seekable(from);
        loop {
            if limits.bytes.is_some_and(|most| line.len() >= most) {
                return Ok(line);
            }
            if let Some(deadline) = limits.deadline {
                wait_until(from, deadline)?;
            }
            let got = match is_seekable {
                true => seek_after(from, delimiter, &mut line),
                false if is_limited => read_into(from, 1, &mut line),
                false => self.look_ahead(from, delimiter, &mut line),
            };
            match got {
                Ok(0) => return Ok(line),
                Ok(_) if line.last() == Some(&delimiter) => return Ok(line),
                Ok(_) => {}
                Err(Errno::EINTR) if !signal::any_has_come() => {}
                Err(errno) => return Err(errno),
            }
        }
    }

    /// Forgets what was seen: somebody else may have read it, or the descriptor may be another file.
    pub fn forget(&mut self) {
        self.seen.clear();
    }

    fn has_seen(&self, from: RawFd) -> bool {
        !self.seen.is_empty() && self.seen_in == from
    }

    /// Copies what a pipe holds into another pipe, to see where the line ends, and then reads up to there. What is
    /// no pipe is read byte by byte.
    fn look_ahead(&mut self, from: RawFd, delimiter: u8, line: &mut Vec<u8>) -> Result<usize, Errno> {
        if !self.has_seen(from) {
            if self.aside.is_none() {
                self.aside = fd::pipe().ok();
            }
            let Some((read, write)) = &self.aside else { return read_into(from, 1, line) };
            // SAFETY: acts on numbers; the kernel says EINVAL where one is no pipe.
            let copied = match Errno::result(unsafe { libc::tee(from, write.as_raw_fd(), BLOCK, 0) }) {
                Err(Errno::EINVAL) => return read_into(from, 1, line),
                copied => copied?.unsigned_abs(),
            };
            self.seen.clear();
            self.seen_in = from;
            while self.seen.len() < copied
                && read_into(read.as_raw_fd(), copied - self.seen.len(), &mut self.seen)? > 0
            {}
        }
        let end = self.seen.iter().position(|&byte| byte == delimiter).map_or(self.seen.len(), |at| at + 1);
        let count = read_into(from, end, line)?;
        self.seen.drain(..count);
        Ok(count)
    }
}

fn is_seekable(from: RawFd) -> bool {
    // SAFETY: acts on a number; the kernel says ESPIPE or EBADF where it cannot.
    unsafe { libc::lseek(from, 0, libc::SEEK_CUR) >= 0 }
}

/// Reads a block, and goes back to where the line ends.
fn seek_after(from: RawFd, delimiter: u8, line: &mut Vec<u8>) -> Result<usize, Errno> {
    let before = line.len();
    let count = read_into(from, BLOCK, line)?;
    let got = line.get(before..).unwrap_or_default();
    if let Some(end) = got.iter().position(|&byte| byte == delimiter).map(|at| at + 1)
        && end < count
    {
        let back = i64::try_from(count - end).unwrap_or(0);
        // SAFETY: acts on a number that was seekable a moment ago.
        unsafe { libc::lseek(from, -back, libc::SEEK_CUR) };
        line.truncate(before + end);
    }
    Ok(count)
}

/// Adds at most `most` bytes that one `read(2)` gives; says how many.
fn read_into(from: RawFd, most: usize, bytes: &mut Vec<u8>) -> Result<usize, Errno> {
    let mut block = [0; BLOCK];
    let most = most.min(block.len());
    // SAFETY: `most` bytes at most are written into a buffer that has them.
    let count = Errno::result(unsafe { libc::read(from, block.as_mut_ptr().cast(), most) })?.unsigned_abs();
    bytes.extend_from_slice(block.get(..count).unwrap_or_default());
    Ok(count)
}

/// Whether something, if only the end, can be read now.
pub fn can_read(from: RawFd) -> bool {
    wait_until(from, Instant::now()).is_ok()
}

/// Sleeps until something can be read.
fn wait_until(from: RawFd, deadline: Instant) -> Result<(), Errno> {
    // SAFETY: the number is borrowed for questions, which the kernel answers for any number.
    let from = unsafe { BorrowedFd::borrow_raw(from) };
    loop {
        let rest = deadline.saturating_duration_since(Instant::now());
        match until_readable(&[from], Some(rest)).contains(&true) {
            true => return Ok(()),
            false if rest.is_zero() => return Err(Errno::ETIMEDOUT),
            false if signal::any_has_come() => return Err(Errno::EINTR),
            false => {}
        }
    }
}
