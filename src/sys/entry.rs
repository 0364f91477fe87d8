//! Where the system enters the program. Part of the binary only.
//!
//! The runtime of Rust's own `main` would ignore SIGPIPE, so that nobody could know any more whether it was
//! inherited so, and would open `/dev/null` in place of a closed standard stream, so that `echo >&-` would
//! seem to work.

use std::ffi::{c_char, c_int};

use minish::sys::memory::Pools;

#[global_allocator]
static MEMORY: Pools = Pools;

/// Called by the C library, which has given the arguments to `std::env` already.
// SAFETY: nothing else in this program has the name `main`, and this is the signature that C wants.
#[unsafe(no_mangle)]
pub extern "C" fn main(_argc: c_int, _argv: *const *const c_char) -> c_int {
    minish::cli::main()
}
