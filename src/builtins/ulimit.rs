//! `ulimit` (POSIX XCU ulimit), with all the limits that Linux has, by the letters of bash.

use crate::pipeline::report::shown;
use crate::syntax::Bytes;
use crate::sys::limits::{self, PIPE_BYTES, Resource, UNLIMITED};
use crate::sys::{Errno, reason};

use super::{Answer, Call, DONE, line, number};

/// Its letter, what is limited (none for what never changes), its name, its unit, and a unit as the kernel counts.
type Limit = (u8, Option<Resource>, &'static str, &'static str, u64);

const LIMITS: &[Limit] = &[
    (b'R', Some(Resource::RLIMIT_RTTIME), "real-time slice", "microseconds", 1),
    (b'c', Some(Resource::RLIMIT_CORE), "core file size", "512 bytes", 512),
    (b'd', Some(Resource::RLIMIT_DATA), "data segment size", "KiB", 1024),
    (b'e', Some(Resource::RLIMIT_NICE), "scheduling priority", "20 - nice", 1),
    (b'f', Some(Resource::RLIMIT_FSIZE), "file size", "512 bytes", 512),
    (b'i', Some(Resource::RLIMIT_SIGPENDING), "pending signals", "number", 1),
    (b'l', Some(Resource::RLIMIT_MEMLOCK), "locked memory", "KiB", 1024),
    (b'm', Some(Resource::RLIMIT_RSS), "resident memory", "KiB", 1024),
    (b'n', Some(Resource::RLIMIT_NOFILE), "open files", "number", 1),
    (b'p', None, "pipe size", "512 bytes", 512),
    (b'q', Some(Resource::RLIMIT_MSGQUEUE), "message queues", "bytes", 1),
    (b'r', Some(Resource::RLIMIT_RTPRIO), "real-time priority", "number", 1),
    (b's', Some(Resource::RLIMIT_STACK), "stack size", "KiB", 1024),
    (b't', Some(Resource::RLIMIT_CPU), "processor time", "seconds", 1),
    (b'u', Some(Resource::RLIMIT_NPROC), "user processes", "number", 1),
    (b'v', Some(Resource::RLIMIT_AS), "virtual memory", "KiB", 1024),
    (b'x', Some(Resource::RLIMIT_LOCKS), "file locks", "number", 1),
];

/// What a call asks for: each limit is to be set to its value, or shown.
#[derive(Debug, Default)]
struct Request {
    soft: bool,
    hard: bool,
    wanted: Vec<(Limit, Option<Bytes>)>,
}

pub fn ulimit(call: &mut Call<'_>) -> Answer {
    let mut request = Request::default();
    request.read(call.arguments).map_err(|message| call.misused(message))?;
    for (limit, value) in &request.wanted {
        let done = match value {
            Some(value) => request.set(limit, value).map_err(|why| format!("{}: {why}", shown(value))),
            None => request.show(limit, call.out).map_err(str::to_owned),
        };
        done.map_err(|why| call.failed(format_args!("{}: {why}", limit.2)))?;
    }
    DONE
}

impl Request {
    /// Reads the arguments: a value belongs to the letter before it, or to `-f`.
    fn read(&mut self, arguments: &[Bytes]) -> Result<(), String> {
        let find = |letter| LIMITS.iter().find(|limit| limit.0 == letter);
        let mut all = false;
        for argument in arguments.iter().filter(|argument| ***argument != *b"--") {
            let letters = argument.strip_prefix(b"-").unwrap_or_default();
            for &letter in letters {
                match find(letter) {
                    Some(&limit) => self.wanted.push((limit, None)),
                    None if letter == b'H' => self.hard = true,
                    None if letter == b'S' => self.soft = true,
                    None if letter == b'a' => all = true,
                    None => return Err(format!("unknown option -{}", letter.escape_ascii())),
                }
            }
            match self.wanted.last_mut() {
                _ if !letters.is_empty() => {}
                Some((_, value @ None)) if !all => *value = Some(argument.clone()),
                None if !all => self.wanted.extend(find(b'f').map(|&limit| (limit, Some(argument.clone())))),
                _ => return Err("too many arguments".to_owned()),
            }
        }
        if all || self.wanted.is_empty() {
            self.wanted.extend(LIMITS.iter().filter(|it| all || it.0 == b'f').map(|&limit| (limit, None)));
        }
        Ok(())
    }

    fn show(&self, limit: &Limit, out: &mut Vec<u8>) -> Result<(), &'static str> {
        let &(letter, resource, name, unit, scale) = limit;
        let (soft, hard) = resource.map_or(Ok((PIPE_BYTES, PIPE_BYTES)), limits::get).map_err(reason)?;
        if self.wanted.len() > 1 {
            out.extend(format!("{name:<20} -{}  {unit:<13}", char::from(letter)).into_bytes());
        }
        match if self.hard && !self.soft { hard } else { soft } {
            UNLIMITED => line(out, "unlimited"),
            limit => line(out, (limit / scale).to_string()),
        }
        Ok(())
    }

    fn set(&self, limit: &Limit, value: &[u8]) -> Result<(), &'static str> {
        let resource = limit.1.ok_or("this never changes")?;
        let (mut soft, mut hard) = limits::get(resource).map_err(reason)?;
        let new = match value {
            b"unlimited" => UNLIMITED,
            b"hard" => hard,
            b"soft" => soft,
            _ => number::<u64>(value)
                .and_then(|units| units.checked_mul(limit.4))
                .ok_or("this cannot be a limit")?,
        };
        soft = if self.hard && !self.soft { soft } else { new };
        hard = if self.soft && !self.hard { hard } else { new };
        limits::set(resource, soft, hard).map_err(|errno| match errno {
            Errno::EINVAL if soft > hard => "the soft limit would be above the hard limit",
            Errno::EPERM => "the hard limit may not be raised so far",
            errno => reason(errno),
        })
    }
}
