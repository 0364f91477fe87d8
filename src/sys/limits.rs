//! What processes may use (`getrlimit(2)`), what they have used (`times(2)`), and the file mode creation mask.

use std::time::Duration;

use nix::libc;
pub use nix::sys::resource::{RLIM_INFINITY, Resource, getrlimit, setrlimit};
use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::stat::{Mode, umask};

/// Processor time of this process and of those of its children that have ended.
#[derive(Debug, Clone, Copy, Default)]
pub struct Times {
    /// Spent in this program.
    pub user: Duration,
    /// Spent in the kernel for it.
    pub system: Duration,
    /// Spent in the children's programs.
    pub children_user: Duration,
    /// Spent in the kernel for them.
    pub children_system: Duration,
}

/// What has been used so far.
pub fn times() -> Times {
    let of = |who| {
        getrusage(who).map_or((Duration::ZERO, Duration::ZERO), |usage| {
            let duration = |time: nix::sys::time::TimeVal| {
                let micros = u64::try_from(time.tv_usec()).unwrap_or(0);
                Duration::from_secs(u64::try_from(time.tv_sec()).unwrap_or(0)) + Duration::from_micros(micros)
            };
            (duration(usage.user_time()), duration(usage.system_time()))
        })
    };
    let ((user, system), (children_user, children_system)) =
        (of(UsageWho::RUSAGE_SELF), of(UsageWho::RUSAGE_CHILDREN));
    Times { user, system, children_user, children_system }
}

/// The file mode creation mask: the permissions that new files do not get.
pub fn mask() -> u32 {
    let mask = umask(Mode::from_bits_truncate(0o077));
    umask(mask);
    mask.bits()
}

/// Sets the file mode creation mask.
pub fn set_mask(mask: u32) {
    umask(Mode::from_bits_truncate(mask & 0o777 as libc::mode_t));
}
