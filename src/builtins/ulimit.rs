//! `ulimit` (POSIX XCU ulimit), with all the limits that Linux has, by the letters of bash.

use crate::pipeline::shown;
use crate::sys::limits::{self, PIPE_BYTES, Resource, UNLIMITED};
use crate::sys::{Errno, reason};

use super::{Answer, Call, DONE, line, number};

/// Its letter, what is limited (none for what never changes), its name, its unit, and a unit as the kernel counts.
type Limit = (char, Option<Resource>, &'static str, &'static str, u64);

const LIMITS: &[Limit] = &[
    ('R', Some(Resource::RLIMIT_RTTIME), "real-time slice", "microseconds", 1),
    ('c', Some(Resource::RLIMIT_CORE), "core file size", "512 bytes", 512),
    ('d', Some(Resource::RLIMIT_DATA), "data segment size", "KiB", 1024),
    ('e', Some(Resource::RLIMIT_NICE), "scheduling priority", "20 - nice", 1),
    ('f', Some(Resource::RLIMIT_FSIZE), "file size", "512 bytes", 512),
    ('i', Some(Resource::RLIMIT_SIGPENDING), "pending signals", "number", 1),
    ('l', Some(Resource::RLIMIT_MEMLOCK), "locked memory", "KiB", 1024),
    ('m', Some(Resource::RLIMIT_RSS), "resident memory", "KiB", 1024),
    ('n', Some(Resource::RLIMIT_NOFILE), "open files", "number", 1),
    ('p', None, "pipe size", "512 bytes", 512),
    ('q', Some(Resource::RLIMIT_MSGQUEUE), "message queues", "bytes", 1),
    ('r', Some(Resource::RLIMIT_RTPRIO), "real-time priority", "number", 1),
    ('s', Some(Resource::RLIMIT_STACK), "stack size", "KiB", 1024),
    ('t', Some(Resource::RLIMIT_CPU), "processor time", "seconds", 1),
    ('u', Some(Resource::RLIMIT_NPROC), "user processes", "number", 1),
    ('v', Some(Resource::RLIMIT_AS), "virtual memory", "KiB", 1024),
    ('x', Some(Resource::RLIMIT_LOCKS), "file locks", "number", 1),
];

pub fn ulimit(call: &mut Call<'_>) -> Answer {
    let letters = LIMITS.iter().map(|limit| limit.0).chain(['H', 'S', 'a']).collect::<String>();
    let (options, operands) = call.options(&letters)?;
    let value = call.operand(operands)?;
    let limit_of = |wanted| LIMITS.iter().find(|limit| limit.0 == wanted);
    let mut limits: Vec<&Limit> = match options.has('a') {
        true => LIMITS.iter().collect(),
        false => options.0.iter().filter_map(|&(letter, _)| limit_of(letter)).collect(),
    };
    if limits.is_empty() {
        limits.extend(limit_of('f'));
    }
    if value.is_some() && limits.len() > 1 {
        return Err(call.misused("one limit at a time can be set"));
    }
    // Without one of them, both are set, and the soft one is shown.
    let only = options.last_of("HS").filter(|_| !(options.has('H') && options.has('S')));
    for limit in &limits {
        let done = match value {
            Some(value) => set(limit, only, value).map_err(|why| format!("{}: {why}", shown(value))),
            None => show(limit, only, limits.len() > 1, call.out).map_err(str::to_owned),
        };
        done.map_err(|why| call.failed(format_args!("{}: {why}", limit.2)))?;
    }
    DONE
}

fn show(limit: &Limit, only: Option<char>, is_table: bool, out: &mut Vec<u8>) -> Result<(), &'static str> {
    let &(letter, resource, name, unit, scale) = limit;
    let (soft, hard) = resource.map_or(Ok((PIPE_BYTES, PIPE_BYTES)), limits::get).map_err(reason)?;
    if is_table {
        out.extend(format!("{name:<20} -{letter}  {unit:<13}").into_bytes());
    }
    match if only == Some('H') { hard } else { soft } {
        UNLIMITED => line(out, "unlimited"),
        limit => line(out, (limit / scale).to_string()),
    }
    Ok(())
}

fn set(limit: &Limit, only: Option<char>, value: &[u8]) -> Result<(), &'static str> {
    let resource = limit.1.ok_or("this never changes")?;
    let (mut soft, mut hard) = limits::get(resource).map_err(reason)?;
    let in_bytes = || number::<u64>(value)?.checked_mul(limit.4);
    let new = match value {
        b"unlimited" => UNLIMITED,
        b"hard" => hard,
        b"soft" => soft,
        _ => in_bytes().ok_or("this cannot be a limit")?,
    };
    soft = if only == Some('H') { soft } else { new };
    hard = if only == Some('S') { hard } else { new };
    limits::set(resource, soft, hard).map_err(|errno| match errno {
        Errno::EINVAL if soft > hard => "the soft limit would be above the hard limit",
        Errno::EPERM => "the hard limit may not be raised so far",
        errno => reason(errno),
    })
}
