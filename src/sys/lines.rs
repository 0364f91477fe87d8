//! Reading up to a delimiter and not a byte more, so that the programs of a script can read what follows: from a file a
//! block at a time, and back to where the line ends; from a pipe by looking first (`tee(2)`); else byte by byte.

use std::cell::{Cell, OnceCell, RefCell};
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd, RawFd};
use std::time::{Duration, Instant};

use nix::fcntl::{SpliceFFlags, tee};
use nix::unistd::{Whence, getpgrp, lseek, tcgetpgrp};

use super::signal::Blocked;
use super::{Errno, fd, wait};

/// How much is looked at: most lines are shorter.
const BLOCK: usize = 1024;

/// A reader of lines, which keeps a pipe for looking ahead: one for all of a shell, since what one has seen another
/// may have read.
#[derive(Debug, Default)]
pub struct Lines {
    aside: OnceCell<Option<(OwnedFd, OwnedFd)>>,
    /// What was seen in a pipe and not read yet, and in which.
    seen: RefCell<Vec<u8>>,
    seen_in: Cell<RawFd>,
}

/// When to stop before the delimiter.
pub struct Limits {
    /// After so many characters: those that are left.
    pub characters: Option<usize>,
    /// Whether one may have several bytes.
    pub is_utf8: bool,
    /// At this time.
    pub deadline: Option<Instant>,
    /// When this says that a signal has come which ends the wait.
    pub is_interrupted: fn() -> bool,
}

/// Only the end of a line.
pub const NO_LIMITS: Limits =
    Limits { characters: None, is_utf8: false, deadline: None, is_interrupted: || false };

impl Lines {
    /// Reads up to `delimiter`, which is included. Without it at its end, what is returned came before the end of the
    /// file or a limit. EINTR where a signal has come that ends the wait.
    pub fn read(&self, from: RawFd, delimiter: u8, limits: &mut Limits) -> Result<Vec<u8>, Errno> {
        // SAFETY: the number is borrowed for calls in which the kernel checks it.
        let from = unsafe { BorrowedFd::borrow_raw(from) };
        let mut line = Vec::new();
        let is_limited = limits.characters.is_some() || limits.deadline.is_some();
        if is_limited {
            // It is read without looking.
            self.forget();
        }
        let is_seekable = !is_limited && !self.has_seen(from) && lseek(from, 0, Whence::SeekCur).is_ok();
        loop {
            if limits.characters == Some(0) {
                return Ok(line);
            }
            if let Some(deadline) = limits.deadline {
                let rest = deadline.saturating_duration_since(Instant::now());
                let is_ready = wait::until_readable(&[from], Some(rest)).contains(&true);
                // Something may always be there.
                if rest.is_zero() && !(is_ready && line.is_empty()) {
                    return Ok(line);
                }
                if !is_ready {
                    if (limits.is_interrupted)() {
                        return Err(Errno::EINTR);
                    }
                    continue;
                }
            }
            let got = match is_seekable {
                true => seek_after(from, delimiter, &mut line),
                false if is_limited => fd::read_some(from, 1, &mut line),
                false => self.look_ahead(from, delimiter, &mut line, limits.is_interrupted),
            };
            match got {
                Ok(count) if count == 0 || line.last() == Some(&delimiter) => return Ok(line),
                Err(errno) if errno != Errno::EINTR || (limits.is_interrupted)() => return Err(errno),
                Ok(_) if !limits.is_utf8 || ends_character(&line) => {
                    limits.characters = limits.characters.map(|left| left - 1);
                }
                _ => {}
            }
        }
    }

    /// Forgets what was seen: somebody else may have read it, or the descriptor may be another file.
    pub fn forget(&self) {
        self.seen.borrow_mut().clear();
    }

    fn has_seen(&self, from: BorrowedFd<'_>) -> bool {
        !self.seen.borrow().is_empty() && self.seen_in.get() == from.as_raw_fd()
    }

    /// Copies what a pipe holds into another pipe, to see where the line ends, and then reads up to there. What is
    /// no pipe is read byte by byte.
    fn look_ahead(
        &self,
        from: BorrowedFd<'_>,
        delimiter: u8,
        line: &mut Vec<u8>,
        is_interrupted: fn() -> bool,
    ) -> Result<usize, Errno> {
        if !self.has_seen(from) {
            let aside = self.aside.get_or_init(|| fd::own_pipe().ok());
            let Some((read, write)) = aside else { return fd::read_some(from, 1, line) };
            let copied = loop {
                match tee(from, write, BLOCK, SpliceFFlags::SPLICE_F_NONBLOCK) {
                    Err(Errno::EAGAIN) => until_readable(from, is_interrupted)?,
                    Err(Errno::EINVAL) => {
                        // In the background, the read has to stop this process.
                        if tcgetpgrp(from) == Ok(getpgrp()) {
                            until_readable(from, is_interrupted)?;
                        }
                        return fd::read_some(from, 1, line);
                    }
                    copied => break copied?,
                }
            };
            let mut seen = self.seen.borrow_mut();
            seen.clear();
            self.seen_in.set(from.as_raw_fd());
            while seen.len() < copied && fd::read_some(read.as_fd(), copied - seen.len(), &mut seen)? > 0 {}
        }
        let mut seen = self.seen.borrow_mut();
        let end = seen.iter().position(|&byte| byte == delimiter).map_or(seen.len(), |at| at + 1);
        let count = fd::read_some(from, end, line)?;
        seen.drain(..count);
        Ok(count)
    }
}

/// Whether the last character is whole, or can never be.
fn ends_character(line: &[u8]) -> bool {
    let begin = line.iter().rev().take(4).position(|byte| byte & 0xc0 != 0x80).unwrap_or(0);
    let character = line.get(line.len() - 1 - begin..).unwrap_or_default();
    str::from_utf8(character).err().is_none_or(|error| error.error_len().is_some())
}

/// Reads a block, and goes back to where the line ends.
fn seek_after(from: BorrowedFd<'_>, delimiter: u8, line: &mut Vec<u8>) -> Result<usize, Errno> {
    let before = line.len();
    let count = fd::read_some(from, BLOCK, line)?;
    let got = line.get(before..).unwrap_or_default();
    if let Some(end) = got.iter().position(|&byte| byte == delimiter).map(|at| at + 1)
        && end < count
    {
        let back = i64::try_from(count - end).unwrap_or(0);
        lseek(from, -back, Whence::SeekCur)?;
        line.truncate(before + end);
    }
    Ok(count)
}

/// Sleeps until something can be read. No signal that ends the wait is missed.
fn until_readable(from: BorrowedFd<'_>, is_interrupted: fn() -> bool) -> Result<(), Errno> {
    let blocked = Blocked::all();
    while !is_interrupted() {
        if blocked.sleep_until_readable(from) {
            return Ok(());
        }
    }
    Err(Errno::EINTR)
}

/// Whether something, if only the end, can be read now.
pub fn can_read(from: RawFd) -> bool {
    // SAFETY: the number is borrowed for a question, which the kernel answers for any number.
    let from = unsafe { BorrowedFd::borrow_raw(from) };
    wait::until_readable(&[from], Some(Duration::ZERO)).contains(&true)
}
