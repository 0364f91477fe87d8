//! `jobs`, `wait`, `fg` and `bg` (POSIX XCU 2.11 and these).

use crate::pipeline::job::{Job, JobKey, Jobs, State};
use crate::pipeline::report::shown;
use crate::pipeline::{Outcome, Status};
use crate::syntax::Bytes;
use crate::sys::Pid;
use crate::sys::signal::{self, Signal};

use super::{Action, Call};

/// The line about a job: `[1]+ Running  sleep 100 &`.
fn listing(jobs: &Jobs, key: JobKey, job: &Job) -> String {
    let state = match job.state() {
        State::Running => "Running".to_owned(),
        State::Stopped(signal) => format!("Stopped (SIG{})", signal::name(signal)),
        State::Done => match job.processes.last().and_then(|process| process.outcome()) {
            Some(Outcome::Exited(0)) | None => "Done".to_owned(),
            Some(Outcome::Exited(status)) => format!("Done ({status})"),
            Some(other) => {
                let mut sentence = other.sentence();
                sentence.get_mut(..1).map(str::make_ascii_uppercase);
                sentence
            }
        },
    };
    let ampersand = if job.state() == State::Running { " &" } else { "" };
    format!(
        "[{}]{} {state:<22} {}{ampersand}",
        job.number.unwrap_or(0),
        jobs.mark(key),
        shown(&job.plan().text)
    )
}

/// The lines about jobs that have stopped or ended since people were last told; the ended ones are then off
/// the table.
pub fn status_of_news(jobs: &mut Jobs) -> Vec<String> {
    let is_news = |job: &Job| job.is_news && job.state() != State::Running;
    let news: Vec<JobKey> =
        jobs.listed().into_iter().filter(|(_, job)| is_news(job)).map(|(key, _)| key).collect();
    let mut lines = Vec::new();
    for key in news {
        let Some(job) = jobs.get(key) else { continue };
        lines.push(listing(jobs, key, job));
        forget_news(jobs, key);
    }
    lines
}

fn forget_news(jobs: &mut Jobs, key: JobKey) {
    if let Some(job) = jobs.get_mut(key) {
        job.is_news = false;
        if job.state() == State::Done {
            jobs.remove(key);
        }
    }
}

pub fn jobs(call: &mut Call<'_>) -> Action {
    let (letters, operands) = match call.options("lp") {
        Ok((letters, operands)) => (letters, operands.to_vec()),
        Err(status) => return Action::Done(status),
    };
    call.shell.jobs.poll();
    let mut chosen = Vec::new();
    for operand in &operands {
        match named(&call.shell.jobs, operand) {
            Some(key) => chosen.push(key),
            None => return Action::Done(no_such_job(call, operand)),
        }
    }
    if operands.is_empty() {
        chosen = call.shell.jobs.listed().into_iter().map(|(key, _)| key).collect();
    }
    for key in chosen {
        let jobs = &mut call.shell.jobs;
        let Some(job) = jobs.get(key) else { continue };
        let pids = job.processes.iter().filter_map(|process| process.pid);
        match letters.last() {
            Some('p') => {
                let leader = job.group.or_else(|| pids.clone().next());
                call.out.extend(leader.map(|pid| format!("{pid}\n")).unwrap_or_default().into_bytes());
                continue;
            }
            Some('l') => {
                let pids: Vec<String> = pids.map(|pid| pid.to_string()).collect();
                call.out
                    .extend(format!("{}  (pid {})\n", listing(jobs, key, job), pids.join(" ")).into_bytes());
            }
            _ => call.out.extend(format!("{}\n", listing(jobs, key, job)).into_bytes()),
        }
        forget_news(jobs, key);
    }
    Action::Done(Status::SUCCESS)
}

/// The job that a job ID names (XBD 3.182): `%1`, `%+`, `%-`, `%%`, `%string`, `%?string`.
pub fn named(jobs: &Jobs, id: &[u8]) -> Option<JobKey> {
    let id = id.strip_prefix(b"%")?;
    if let Some(number) = std::str::from_utf8(id).ok().and_then(|id| id.parse::<usize>().ok()) {
        return jobs.listed().into_iter().find(|(_, job)| job.number == Some(number)).map(|(key, _)| key);
    }
    let fits = |job: &Job| match id.strip_prefix(b"?") {
        Some(part) => bstr::ByteSlice::contains_str(job.plan().text.as_slice(), part),
        None => job.plan().text.starts_with(id),
    };
    match id {
        b"" | b"+" | b"%" => jobs.recent(0),
        b"-" => jobs.recent(1),
        _ => jobs.listed().into_iter().find(|(_, job)| fits(job)).map(|(key, _)| key),
    }
}

fn no_such_job(call: &Call<'_>, operand: &[u8]) -> Status {
    call.complain(format_args!("{}: no such job", shown(operand)));
    Status::NOT_FOUND
}

pub fn wait(call: &mut Call<'_>) -> Action {
    let (letters, operands) = match call.options("n") {
        Ok(options) => options,
        Err(status) => return Action::Done(status),
    };
    if !letters.is_empty() {
        return wait_for_any(call, operands);
    }
    if operands.is_empty() {
        if let Err(action) =
            sleep_until(call, |jobs| !jobs.listed().iter().any(|(_, job)| job.state() == State::Running))
        {
            return action;
        }
        let keys = call.shell.jobs.listed().into_iter().map(|(key, _)| key).collect::<Vec<_>>();
        keys.into_iter().for_each(|key| forget_ended(&mut call.shell.jobs, key));
        return Action::Done(Status::SUCCESS);
    }
    let mut status = Status::SUCCESS;
    for operand in operands {
        let Some((key, index)) = waited_for(call, operand) else {
            status = Status::NOT_FOUND;
            continue;
        };
        if let Err(action) = sleep_until(call, |jobs| is_over(jobs, key)) {
            return action;
        }
        status = status_of(call, key, index);
        forget_ended(&mut call.shell.jobs, key);
    }
    Action::Done(status)
}

/// `wait -n`: until one of these jobs, or any, is over.
fn wait_for_any(call: &mut Call<'_>, operands: &[Bytes]) -> Action {
    let keys: Vec<JobKey> = match operands {
        [] => call.shell.jobs.listed().into_iter().map(|(key, _)| key).collect(),
        operands => {
            operands.iter().filter_map(|operand| waited_for(call, operand)).map(|(key, _)| key).collect()
        }
    };
    if keys.is_empty() {
        return Action::Done(Status::NOT_FOUND);
    }
    if let Err(action) = sleep_until(call, |jobs| keys.iter().any(|&key| is_over(jobs, key))) {
        return action;
    }
    let over = keys.into_iter().find(|&key| is_over(&call.shell.jobs, key));
    let Some(key) = over else { return Action::Done(Status::NOT_FOUND) };
    let last = call.shell.jobs.get(key).map_or(0, |job| job.processes.len().saturating_sub(1));
    let status = status_of(call, key, last);
    forget_ended(&mut call.shell.jobs, key);
    Action::Done(status)
}

fn is_over(jobs: &Jobs, key: JobKey) -> bool {
    jobs.get(key).is_none_or(|job| job.state() != State::Running)
}

fn status_of(call: &Call<'_>, key: JobKey, index: usize) -> Status {
    let Some(job) = call.shell.jobs.get(key) else { return Status::NOT_FOUND };
    let process = job.processes.get(index);
    match (process.and_then(|process| process.outcome()), job.state()) {
        (Some(outcome), _) => outcome.status(),
        (None, State::Stopped(signal)) => Status::of_signal(signal),
        (None, _) => Status::SUCCESS,
    }
}

/// Sleeps until the jobs are so; a trapped signal, or Ctrl-C in an interactive shell, ends it early.
fn sleep_until(call: &mut Call<'_>, is_enough: impl FnMut(&Jobs) -> bool) -> Result<(), Action> {
    let mut interrupts: Vec<Signal> =
        call.shell.traps.caught().filter_map(|number| Signal::try_from(number).ok()).collect();
    interrupts.retain(|&signal| signal != Signal::SIGCHLD);
    let traps = interrupts.clone();
    if call.shell.is_interactive {
        interrupts.push(Signal::SIGINT);
    } else if !interrupts.is_empty() {
        // Its handler ends the sleep.
        let _ = signal::catch(Signal::SIGCHLD);
    }
    let waited = call.shell.jobs.wait_until(&interrupts, is_enough);
    let chld = crate::state::traps::Condition::Signal(Signal::SIGCHLD as i32);
    if !call.shell.is_interactive && !traps.is_empty() && call.shell.traps.action(chld).is_none() {
        let _ = signal::default(Signal::SIGCHLD);
        signal::take(Signal::SIGCHLD);
    }
    if waited.is_ok() {
        return Ok(());
    }
    match traps.into_iter().find(|&signal| signal::has_come(signal)) {
        Some(signal) => {
            call.shell.set_status(Status::of_signal(signal as i32));
            Err(Action::Trapped)
        }
        None => Err(Action::Interrupt),
    }
}

fn forget_ended(jobs: &mut Jobs, key: JobKey) {
    if jobs.get(key).is_some_and(|job| job.state() == State::Done) {
        jobs.remove(key);
    }
}

/// The job, and the stage of it, that an operand of `wait` names: a job ID or a process ID. Complains about
/// what is neither; a process that is no child of this shell is only unknown.
fn waited_for(call: &Call<'_>, operand: &Bytes) -> Option<(JobKey, usize)> {
    let jobs = &call.shell.jobs;
    if operand.starts_with(b"%") {
        let key = named(jobs, operand);
        if key.is_none() {
            no_such_job(call, operand);
        }
        return key.and_then(|key| Some((key, jobs.get(key)?.processes.len().saturating_sub(1))));
    }
    match std::str::from_utf8(operand).ok().and_then(|text| text.parse::<i32>().ok()) {
        Some(pid) => jobs.by_pid(Pid::from_raw(pid)),
        None => {
            call.complain(format_args!("{}: neither a job nor a process ID", shown(operand)));
            None
        }
    }
}

pub fn fg(call: &mut Call<'_>) -> Action {
    go_on(call, true)
}

pub fn bg(call: &mut Call<'_>) -> Action {
    go_on(call, false)
}

fn go_on(call: &mut Call<'_>, foreground: bool) -> Action {
    if call.shell.terminal.is_none() {
        call.complain("there is no job control here");
        return Action::Done(Status::FAILURE);
    }
    call.shell.jobs.poll();
    let id = call.arguments.first().cloned().unwrap_or_else(|| b"%+".as_slice().into());
    match named(&call.shell.jobs, &id) {
        Some(job) => Action::Continue { job, foreground },
        None => Action::Done(no_such_job(call, &id)),
    }
}
