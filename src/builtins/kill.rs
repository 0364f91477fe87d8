//! `kill` (POSIX XCU kill).

use crate::pipeline::Status;
use crate::pipeline::report::shown;
use crate::syntax::Bytes;
use crate::sys::signal::{self, SIGTERM};
use crate::sys::{Errno, Pid, reason};

use super::{Action, Call, jobs};

pub fn kill(call: &mut Call<'_>) -> Action {
    let mut number = SIGTERM;
    let mut rest = call.arguments;
    if let Some((first, after)) = rest.split_first() {
        let wanted: Option<&[u8]> = match &**first {
            b"-l" | b"-L" => return list(call, after),
            b"--" => {
                rest = after;
                None
            }
            b"-s" | b"-n" => {
                let Some((name, after)) = after.split_first() else {
                    return Action::Done(call.misused("a signal is missing"));
                };
                rest = after;
                Some(name)
            }
            [b'-', name @ ..] if !name.is_empty() => {
                rest = after;
                Some(
                    name.strip_prefix(b"s")
                        .filter(|name| name.first().is_some_and(u8::is_ascii_uppercase))
                        .unwrap_or(name),
                )
            }
            _ => None,
        };
        if let Some(name) = wanted {
            number = match if name == b"0" || name == b"EXIT" { Some(0) } else { signal::number(name) } {
                Some(number) => number,
                None => {
                    call.complain(format_args!("{}: not a signal", shown(name)));
                    return Action::Done(Status::USAGE);
                }
            };
            if let Some((_, after)) = rest.split_first().filter(|(first, _)| ***first == *b"--") {
                rest = after;
            }
        }
    }
    if rest.is_empty() {
        return Action::Done(call.misused("a process or a job is missing"));
    }
    // A child that has ended is there no more.
    call.shell.jobs.poll();
    let mut status = Status::SUCCESS;
    for operand in rest {
        if let Err(problem) = send(call, operand, number) {
            call.complain(format_args!("{}: {problem}", shown(operand)));
            status = Status::FAILURE;
        }
    }
    Action::Done(status)
}

fn send(call: &mut Call<'_>, operand: &Bytes, number: i32) -> Result<(), &'static str> {
    let to = |pid: Pid| signal::send_number(pid, number);
    if !operand.starts_with(b"%") {
        let pid = std::str::from_utf8(operand).ok().and_then(|text| text.parse().ok());
        return to(Pid::from_raw(pid.ok_or("neither a process ID nor a job")?)).map_err(reason);
    }
    let key = jobs::named(&call.shell.jobs, operand).ok_or("no such job")?;
    let job = call.shell.jobs.get(key).ok_or("no such job")?;
    let targets: Vec<Pid> = match job.group {
        Some(group) => vec![Pid::from_raw(-group.as_raw())],
        None => {
            job.processes.iter().filter(|one| one.outcome().is_none()).filter_map(|one| one.pid).collect()
        }
    };
    let sent = targets.into_iter().map(to).collect::<Result<Vec<()>, Errno>>();
    if job.group.is_some() && matches!(number, SIGTERM | signal::SIGHUP) {
        // A stopped job would not notice.
        let _ = job.group.map(|group| signal::send_number(Pid::from_raw(-group.as_raw()), signal::SIGCONT));
    }
    sent.map(drop).map_err(reason)
}

/// `kill -l`: all names; or the name of a signal's number or of an exit status, the number of a name.
fn list(call: &mut Call<'_>, operands: &[Bytes]) -> Action {
    if operands.is_empty() {
        let names: Vec<String> = signal::Signal::iterator().map(|one| signal::name(one as i32)).collect();
        call.out.extend_from_slice(format!("{}\n", names.join("\n")).as_bytes());
        return Action::Done(Status::SUCCESS);
    }
    let mut status = Status::SUCCESS;
    for operand in operands {
        let number = std::str::from_utf8(operand).ok().and_then(|text| text.parse::<i32>().ok());
        let text = match number {
            Some(0) => Some("EXIT".to_owned()),
            Some(number) => {
                let number = if number > 128 { number - 128 } else { number };
                signal::Signal::try_from(number).ok().map(|_| signal::name(number))
            }
            None => signal::number(operand).map(|number| number.to_string()),
        };
        match text {
            Some(text) => call.out.extend_from_slice(format!("{text}\n").as_bytes()),
            None => {
                call.complain(format_args!("{}: not a signal", shown(operand)));
                status = Status::FAILURE;
            }
        }
    }
    Action::Done(status)
}
