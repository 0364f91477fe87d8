//! What the kernel allows this process and its children, and what it counts of them: resource limits, the
//! mask of new files' modes, processor times.

use std::time::Duration;

use nix::libc;
pub use nix::sys::resource::Resource;
use nix::sys::resource::{RLIM_INFINITY, UsageWho, getrlimit, getrusage, setrlimit};
use nix::sys::stat::{Mode, umask};
use nix::sys::time::TimeVal;

use super::Errno;

/// The limit that is none.
pub const UNLIMITED: u64 = RLIM_INFINITY;

/// How many bytes a pipe takes in one piece: no process can change it.
pub const PIPE_BYTES: u64 = libc::PIPE_BUF as u64;

/// The soft and the hard limit of a resource.
///
/// # Errors
/// EINVAL where this kernel does not know it.
pub fn get(resource: Resource) -> Result<(u64, u64), Errno> {
    getrlimit(resource)
}

/// Sets the soft and the hard limit of a resource.
///
/// # Errors
/// EINVAL where the soft one is above the hard one, EPERM where the hard one may not be raised so far.
pub fn set(resource: Resource, soft: u64, hard: u64) -> Result<(), Errno> {
    setrlimit(resource, soft, hard)
}

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

/// User and system time of this process, then of its children that were waited for.
///
/// # Errors
/// None that can happen.
pub fn times() -> Result<[(Duration, Duration); 2], Errno> {
    let duration = |time: TimeVal| {
        let micros = u64::try_from(time.tv_usec()).unwrap_or(0);
        Duration::from_secs(time.tv_sec().unsigned_abs()) + Duration::from_micros(micros)
    };
    let of = |who| getrusage(who).map(|usage| (duration(usage.user_time()), duration(usage.system_time())));
    Ok([of(UsageWho::RUSAGE_SELF)?, of(UsageWho::RUSAGE_CHILDREN)?])
}
