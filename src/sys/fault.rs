//! The one seam for tests: makes a chosen system call of this thread fail, to walk every error exit.

use super::Errno;

/// The calls that can be made to fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Call {
    /// `pipe2(2)`
    Pipe,
    /// `fork(2)` and `clone(2)`
    Fork,
}

#[cfg(test)]
thread_local! {
    static NEXT: std::cell::Cell<Option<(Call, u32, Errno)>> = const { std::cell::Cell::new(None) };
}

/// Makes the `nth` such call from now on (counted from 0) fail with `errno`, once.
#[cfg(test)]
pub fn fail(call: Call, nth: u32, errno: Errno) {
    NEXT.set(Some((call, nth, errno)));
}

/// What the call is to fail with. Nothing, outside of tests.
#[cfg(test)]
pub fn check(call: Call) -> Result<(), Errno> {
    match NEXT.get() {
        Some((next, 0, errno)) if next == call => {
            NEXT.set(None);
            Err(errno)
        }
        Some((next, nth, errno)) if next == call => {
            NEXT.set(Some((next, nth - 1, errno)));
            Ok(())
        }
        _ => Ok(()),
    }
}

/// What the call is to fail with. Nothing, outside of tests.
#[cfg(not(test))]
#[inline]
pub fn check(_call: Call) -> Result<(), Errno> {
    Ok(())
}
