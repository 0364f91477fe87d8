//! `ulimit` (POSIX XCU ulimit) and `times` (XCU 2.15).

use crate::pipeline::Status;
use crate::pipeline::report::shown;
use crate::sys::limits::{self, RLIM_INFINITY, Resource, getrlimit, setrlimit};
use crate::sys::reason;

use super::{Action, Call};

/// Letter, resource, the size of its unit in bytes or whatever the kernel counts, and what it is.
const RESOURCES: &[(u8, Resource, u64, &str)] = &[
    (b'c', Resource::RLIMIT_CORE, 512, "core file size (512-byte blocks)"),
    (b'd', Resource::RLIMIT_DATA, 1024, "data segment (KiB)"),
    (b'e', Resource::RLIMIT_NICE, 1, "scheduling priority"),
    (b'f', Resource::RLIMIT_FSIZE, 512, "file size (512-byte blocks)"),
    (b'i', Resource::RLIMIT_SIGPENDING, 1, "pending signals"),
    (b'l', Resource::RLIMIT_MEMLOCK, 1024, "locked memory (KiB)"),
    (b'm', Resource::RLIMIT_RSS, 1024, "resident memory (KiB)"),
    (b'n', Resource::RLIMIT_NOFILE, 1, "open files"),
    (b'q', Resource::RLIMIT_MSGQUEUE, 1, "message queues (bytes)"),
    (b'r', Resource::RLIMIT_RTPRIO, 1, "real-time priority"),
    (b's', Resource::RLIMIT_STACK, 1024, "stack (KiB)"),
    (b't', Resource::RLIMIT_CPU, 1, "processor time (seconds)"),
    (b'u', Resource::RLIMIT_NPROC, 1, "processes of this user"),
    (b'v', Resource::RLIMIT_AS, 1024, "address space (KiB)"),
    (b'x', Resource::RLIMIT_LOCKS, 1, "file locks"),
];

/// Which of the two limits of a resource.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Which {
    soft: bool,
    hard: bool,
}

pub fn ulimit(call: &mut Call<'_>) -> Action {
    let (letters, operands) = match call.options("HSacdefilmnqrstuvx") {
        Ok((letters, operands)) => (letters, operands.to_vec()),
        Err(status) => return Action::Done(status),
    };
    let named = Which { soft: letters.contains(&'S'), hard: letters.contains(&'H') };
    let wanted: Vec<_> = RESOURCES
        .iter()
        .filter(|(letter, ..)| letters.contains(&'a') || letters.contains(&char::from(*letter)))
        .collect();
    let wanted = match wanted.is_empty() {
        true => RESOURCES.iter().filter(|(letter, ..)| *letter == b'f').collect(),
        false => wanted,
    };
    let with_names = wanted.len() > 1;
    match operands.as_slice() {
        [] => {
            for (letter, resource, unit, what) in wanted {
                let (soft, hard) = getrlimit(*resource).unwrap_or((RLIM_INFINITY, RLIM_INFINITY));
                let value = if named.hard && !named.soft { hard } else { soft };
                let value =
                    if value == RLIM_INFINITY { "unlimited".into() } else { (value / unit).to_string() };
                let name = match with_names {
                    true => format!("-{} {what:<34} ", char::from(*letter)),
                    false => String::new(),
                };
                call.out.extend_from_slice(format!("{name}{value}\n").as_bytes());
            }
            Action::Done(Status::SUCCESS)
        }
        [value] => match wanted.as_slice() {
            [(_, resource, unit, what)] => set(call, *resource, *unit, what, value, named),
            _ => Action::Done(call.misused("one resource at a time can be limited")),
        },
        _ => Action::Done(call.misused("too many arguments")),
    }
}

/// Without `-H` or `-S`, both limits are set.
fn set(call: &Call<'_>, resource: Resource, unit: u64, what: &str, value: &[u8], named: Which) -> Action {
    let both = !named.soft && !named.hard;
    let (soft, hard) = match getrlimit(resource) {
        Ok(limits) => limits,
        Err(errno) => {
            call.complain(format_args!("{what}: {}", reason(errno)));
            return Action::Done(Status::FAILURE);
        }
    };
    let limit = match value {
        b"unlimited" => Some(RLIM_INFINITY),
        b"hard" => Some(hard),
        b"soft" => Some(soft),
        digits => {
            let number = std::str::from_utf8(digits).ok().and_then(|text| text.parse::<u64>().ok());
            number.and_then(|number| number.checked_mul(unit))
        }
    };
    let Some(limit) = limit else {
        call.complain(format_args!("{}: not a limit: a number or `unlimited` is wanted", shown(value)));
        return Action::Done(Status::USAGE);
    };
    let soft = if both || named.soft { limit } else { soft };
    let hard = if both || named.hard { limit } else { hard };
    match setrlimit(resource, soft, hard) {
        Ok(()) => Action::Done(Status::SUCCESS),
        Err(errno) => {
            call.complain(format_args!("{what}: cannot be set to {}: {}", shown(value), reason(errno)));
            Action::Done(Status::FAILURE)
        }
    }
}

pub fn times(call: &mut Call<'_>) -> Action {
    let times = limits::times();
    let clock = |time: std::time::Duration| {
        let hundredths = time.as_millis() / 10;
        format!("{}m{}.{:02}s", hundredths / 6000, hundredths / 100 % 60, hundredths % 100)
    };
    let line = |user, system| format!("{} {}\n", clock(user), clock(system));
    call.out.extend_from_slice(line(times.user, times.system).as_bytes());
    call.out.extend_from_slice(line(times.children_user, times.children_system).as_bytes());
    Action::Done(Status::SUCCESS)
}
