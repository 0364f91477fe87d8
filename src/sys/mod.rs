//! Every system call, and all the `unsafe`, a file a subject. Acts and never decides; knows nothing of the
//! shell language. Errors are `Errno`: whoever asked knows on what.

pub mod bell;
pub mod fault;
pub mod fd;
pub mod files;
pub mod limits;
pub mod lines;
pub mod listing;
pub mod memory;
pub mod numbers;
pub mod signal;
pub mod spawn;
pub mod system;
pub mod terminal;
pub mod wait;

pub use nix::errno::Errno;
pub use nix::unistd::Pid;

/// The reason in plain words, as `strerror(3)` has it, without its number.
pub fn reason(errno: Errno) -> &'static str {
    match errno {
        Errno::ENOENT => "not found",
        Errno::EACCES => "permission denied",
        Errno::EISDIR => "is a directory",
        Errno::ENOTDIR => "a part of the path is not a directory",
        Errno::EEXIST => "it exists already",
        Errno::ETXTBSY => "text file busy: it is open for writing",
        Errno::ELOOP => "too many levels of symbolic links",
        Errno::ENOEXEC => "it is neither a program of this system nor a script",
        Errno::EBADF => "Bad file descriptor",
        Errno::EMFILE => "too many open files: see `ulimit -n`",
        Errno::EAGAIN => "resource temporarily unavailable: too many processes?",
        Errno::ENOMEM => "not enough memory",
        Errno::ENOSPC => "no space left on device",
        Errno::ESRCH => "no such process",
        Errno::EPERM => "not permitted",
        Errno::EPIPE => "broken pipe: nobody reads it any more",
        other => other.desc(),
    }
}
