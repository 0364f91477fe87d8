//! How far the stack may grow, so that endless recursion in a script is an error and not a crash.

use nix::sys::resource::{Resource, getrlimit};

/// What is taken of an unlimited stack.
const MOST: u64 = 64 << 20;
/// What is left for the parser, which limits itself, and for whatever a command needs.
const RESERVE: usize = if cfg!(debug_assertions) { 6 << 20 } else { 3 << 20 };

/// How many bytes of the stack a caller near its beginning may use, and how many the parser.
pub fn room() -> (usize, usize) {
    let limit = getrlimit(Resource::RLIMIT_STACK).map_or(MOST, |(soft, _)| soft.min(MOST));
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    (limit.saturating_sub(RESERVE).max(limit / 4), limit / 8 * 5)
}
