//! `jobs`, `wait`, `fg` and `bg` (POSIX XCU 2.11 and these).

use crate::pipeline::job::{Job, JobKey, Jobs, State};
use crate::pipeline::report::shown;
use crate::pipeline::{Outcome, Status};
use crate::syntax::Bytes;
use crate::sys::Pid;
use crate::sys::signal;

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
fn named(jobs: &Jobs, id: &[u8]) -> Option<JobKey> {
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
    let operands = match call.options("") {
        Ok((_, operands)) => operands.to_vec(),
        Err(status) => return Action::Done(status),
    };
    let interruptible = call.shell.is_interactive;
    let is_busy = |job: &Job| job.state() == State::Running;
    if operands.is_empty() {
        let wait = call
            .shell
            .jobs
            .wait_until(interruptible, |jobs| !jobs.listed().iter().any(|(_, job)| is_busy(job)));
        if wait.is_err() {
            return Action::Interrupt;
        }
        let keys = call.shell.jobs.listed().into_iter().map(|(key, _)| key).collect::<Vec<_>>();
        keys.into_iter().for_each(|key| forget_ended(&mut call.shell.jobs, key));
        return Action::Done(Status::SUCCESS);
    }
    let mut status = Status::SUCCESS;
    for operand in &operands {
        let Some((key, index)) = waited_for(call, operand) else {
            status = Status::NOT_FOUND;
            continue;
        };
        let is_over = |jobs: &Jobs| jobs.get(key).is_none_or(|job| !is_busy(job));
        if call.shell.jobs.wait_until(interruptible, is_over).is_err() {
            return Action::Interrupt;
        }
        if let Some(job) = call.shell.jobs.get(key) {
            let process = job.processes.get(index);
            status = match (process.and_then(|process| process.outcome()), job.state()) {
                (Some(outcome), _) => outcome.status(),
                (None, State::Stopped(signal)) => Status::of_signal(signal),
                (None, _) => Status::SUCCESS,
            };
        }
        forget_ended(&mut call.shell.jobs, key);
    }
    Action::Done(status)
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
