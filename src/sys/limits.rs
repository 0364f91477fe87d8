//! What the kernel allows this process and its children: resource limits, and the mask of new files' modes.

use nix::libc;
pub use nix::sys::resource::{RLIM_INFINITY as UNLIMITED, Resource, getrlimit as get, setrlimit as set};
use nix::sys::stat::{Mode, umask};

/// How many bytes a pipe takes in one piece: no process can change it.
pub const PIPE_BYTES: u64 = libc::PIPE_BUF as u64;

/// The permissions that new files do not get.
pub fn file_mask() -> u32 {
    // It can only be read by setting it: to all, so that nothing can be made too open meanwhile.
    let mask = umask(Mode::from_bits_truncate(0o777));
    umask(mask);
    mask.bits()
}

/// Sets the permissions that new files do not get.
pub fn set_file_mask(mask: u32) {
    umask(Mode::from_bits_truncate(mask & 0o777));
}

/// What is taken of an unlimited stack.
const MOST_STACK: u64 = 64 << 20;
/// What is left for the parser, which limits itself, and for whatever a command needs.
const RESERVED_STACK: usize = if cfg!(debug_assertions) { 6 << 20 } else { 3 << 20 };

/// How many bytes of the stack a caller near its beginning may use, and how many the parser: endless recursion in a
/// script is an error and not a crash.
pub fn stack() -> (usize, usize) {
    let limit = get(Resource::RLIMIT_STACK).map_or(MOST_STACK, |(soft, _)| soft.min(MOST_STACK));
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    (limit.saturating_sub(RESERVED_STACK).max(limit / 4), limit / 8 * 5)
}
