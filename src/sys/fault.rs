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
pub fn check(#[cfg_attr(not(test), expect(unused))] call: Call) -> Result<(), Errno> {
    #[cfg(test)]
    if let Some((next, nth, errno)) = NEXT.get().filter(|(next, ..)| *next == call) {
        NEXT.set(nth.checked_sub(1).map(|nth| (next, nth, errno)));
        return if nth == 0 { Err(errno) } else { Ok(()) };
    }
    Ok(())
}
