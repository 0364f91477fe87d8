//! What the system calls itself and its user, and what time it is there.

use std::ffi::CStr;
use std::mem::MaybeUninit;
use std::os::unix::ffi::OsStringExt;

use nix::libc;

use super::files;

/// The longest text of a time.
const LONGEST: usize = 256;

/// The name of this machine.
pub fn host_name() -> Vec<u8> {
    nix::unistd::gethostname().map(OsStringExt::into_vec).unwrap_or_default()
}

/// Whether this process has other rights than whoever started it: its real and effective IDs differ.
pub fn has_other_rights() -> bool {
    use nix::unistd::{getegid, geteuid, getgid, getuid};
    getuid() != geteuid() || getgid() != getegid()
}

/// The login name of the user.
pub fn user_name() -> Option<Vec<u8>> {
    files::user(2, nix::unistd::geteuid().to_string().as_bytes(), 0)
}

/// The local time as `strftime(3)` writes it.
pub fn local_time(format: &CStr) -> Vec<u8> {
    let mut now = MaybeUninit::<libc::tm>::zeroed();
    let mut text = vec![0_u8; LONGEST];
    // SAFETY: `time` takes a null pointer; `localtime_r` fills the structure that is given to it, of which all bytes
    // are zero and therefore valid, or leaves it; `strftime` writes at most as many bytes as it is told and reads a
    // string that ends with NUL. No other thread changes the environment that they read.
    let length = unsafe {
        let seconds = libc::time(std::ptr::null_mut());
        libc::localtime_r(&raw const seconds, now.as_mut_ptr());
        libc::strftime(text.as_mut_ptr().cast(), LONGEST, format.as_ptr(), now.as_ptr())
    };
    text.truncate(length);
    text
}
