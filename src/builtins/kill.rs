//! `kill` (POSIX XCU kill).

use crate::pipeline::{Jobs, State, Status, shown};
use crate::syntax::Bytes;
use crate::sys::reason;
use crate::sys::signal::{self, SIGCONT, SIGHUP, SIGKILL, SIGTERM};

use super::jobs::named;
use super::{Answer, Call, after_dashes, behind, line, number};

pub fn kill(call: &mut Call<'_>) -> Answer {
    // A child that has ended is none any more, also for `kill -0`.
    call.shell.jobs.poll();
    if let Some(operands) = behind(b"-l", call.arguments) {
        return list(call, after_dashes(operands));
    }
    let (signal, operands) = read(call)?;
    call.each(operands, |call, operand| match operand.starts_with(b"%") {
        true => send_to_job(&mut call.shell.jobs, operand, signal),
        false => {
            let pid = number(operand).filter(|_| !operand.starts_with(b"+"));
            let pid = pid.ok_or("neither a process ID nor a job")?;
            signal::send(pid, signal).map_err(reason)
        }
    })
}

/// The signal, and to whom it is to be sent.
fn read<'a>(call: &Call<'a>) -> Result<(i32, &'a [Bytes]), Status> {
    let (name, operands) = match call.arguments {
        [option, rest @ ..] if option.starts_with(b"-") && **option != *b"--" => match (&**option, rest) {
            (b"-s" | b"-n", [name, rest @ ..]) => (&**name, rest),
            (b"-s" | b"-n", []) => return Err(call.misused("the signal is missing")),
            // `-stop` is no `-s top`.
            ([_, b's' | b'n', name @ ..], _) if signal::number(name).is_some() => (name, rest),
            (option, _) => (option.get(1..).unwrap_or_default(), rest),
        },
        operands => (b"TERM".as_slice(), operands),
    };
    let unknown = || call.failed(format_args!("{}: no such signal", shown(name)));
    let signal = signal::number(name).ok_or_else(unknown)?;
    match after_dashes(operands) {
        [] => Err(call.misused("the process or job is missing")),
        operands => Ok((signal, operands)),
    }
}

fn send_to_job(jobs: &mut Jobs, id: &[u8], signal: i32) -> Result<(), &'static str> {
    let job = jobs.get_mut(named(jobs, id)?).ok_or("no such job")?;
    // Its numbers may be those of others by now.
    if job.state() == State::Done {
        return Err("it has ended already");
    }
    job.send(signal).map_err(reason)?;
    // What is stopped would not notice that it is to end; and a `wait` that follows must not find it stopped.
    if job.group.is_some() && matches!(signal, SIGTERM | SIGHUP | SIGKILL | SIGCONT) {
        job.resume();
    }
    Ok(())
}

/// The names of all signals, or of those that operands name by number or by the status of a process that they
/// ended; of a name, the number.
pub fn list(call: &mut Call<'_>, operands: &[Bytes]) -> Answer {
    if operands.is_empty() {
        line(call.out, bstr::join(" ", signal::all().map(signal::name)));
    }
    call.each(operands, |call, operand| {
        let found = match number::<i32>(operand) {
            Some(number) => signal::all().find(|&it| number == it || number == it + 128).map(signal::name),
            None => signal::number(operand).map(|signal| signal.to_string()),
        };
        line(call.out, found.ok_or("neither a signal nor the status of one")?);
        Ok::<_, &str>(())
    })
}
