//! How far the stack may grow, so that endless recursion in a script is an error and not a crash.

use nix::sys::resource::{Resource, getrlimit};

/// What is taken of an unlimited stack.
const MOST: u64 = 64 << 20;
/// What is left for the parser, which limits itself, and for whatever a command needs.
const RESERVE: usize = if cfg!(debug_assertions) { 6 << 20 } else { 3 << 20 };

/// The address under which the stack may not grow, for a caller near its beginning, and how much of what is below
/// that the parser may use.
pub fn bounds() -> (usize, usize) {
    let limit = getrlimit(Resource::RLIMIT_STACK).map_or(MOST, |(soft, _)| soft.min(MOST));
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let room = limit.saturating_sub(RESERVE).max(limit / 4);
    (address().saturating_sub(room), limit / 8 * 5)
}

/// About where the stack is now.
#[inline(never)]
pub fn address() -> usize {
    let here = 0_u8;
    std::ptr::from_ref(&here).addr()
}
