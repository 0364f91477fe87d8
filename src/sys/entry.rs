//! Where the system enters the program. Part of the binary only.
//!
//! The runtime of Rust's own `main` would ignore SIGPIPE, so that nobody could know any more whether it was inherited
//! so, and would open `/dev/null` in place of a closed standard stream, so that `echo >&-` would seem to work.

use std::ffi::{c_char, c_int, c_void};

use minish::{Pools, gives_keys};
use nix::libc;

#[global_allocator]
static MEMORY: Pools = Pools;

/// Called by the C library, which has given the arguments to `std::env` already.
// SAFETY: nothing else in this program has the name `main`, and this is the signature that C wants.
#[unsafe(no_mangle)]
pub extern "C" fn main(_argc: c_int, _argv: *const *const c_char) -> c_int {
    // Up to 4 MiB, memory stays with the process: a text that a loop makes longer and longer would be given back and
    // asked for again at each turn.
    // SAFETY: two numbers, before memory is used.
    #[cfg(target_env = "gnu")]
    unsafe {
        libc::mallopt(libc::M_MMAP_THRESHOLD, 4 << 20);
        libc::mallopt(libc::M_TRIM_THRESHOLD, 8 << 20);
    }
    minish::cli::main()
}

/// Takes the place of the C library's `read` because of the line editor, which asks for all that was typed: it gets
/// a byte, and the terminal keeps the rest for the program that Enter starts.
// SAFETY: the C library's own is weak, so that a program may have another of that name, and has this signature.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn read(fd: c_int, buffer: *mut c_void, count: usize) -> isize {
    let count = if gives_keys(fd) { count.min(1) } else { count };
    // SAFETY: the caller vouches for the buffer.
    let result = unsafe { libc::syscall(libc::SYS_read, fd, buffer, count) };
    result as isize
}
