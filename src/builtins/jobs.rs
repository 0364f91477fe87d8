//! `jobs`, `wait`, `fg`, `bg` (POSIX XCU 2.11 and these) and `disown`.

use bstr::ByteSlice;

use crate::pipeline::{Job, JobKey, Jobs, Outcome, Process, State, Status, shown};
use crate::state::options::Flag;
use crate::syntax::Bytes;
use crate::sys::Pid;
use crate::sys::signal::{self, SIGCHLD, SIGHUP, SIGINT};

use super::{Action, Answer, Call, line, number};

/// The line about a job, as POSIX has it: `[1] + Running  sleep 100 &`. With `-l`, its leader comes before the state.
fn listing(jobs: &Jobs, key: JobKey, job: &Job, is_long: bool) -> String {
    let state = match job.state() {
        State::Running => "Running".to_owned(),
        State::Stopped(signal) => format!("Stopped (SIG{})", signal::name(signal)),
        State::Done => ended(job),
    };
    let leader = leader(job).filter(|_| is_long).map(|pid| format!("{pid} ")).unwrap_or_default();
    let ampersand = if job.state() == State::Running { " &" } else { "" };
    let (number, mark) = (job.number.unwrap_or(0), jobs.mark(key));
    format!("[{number}] {mark} {leader}{state:<22} {}{ampersand}", shown(&job.plan.text))
}

/// How it ended; of a pipeline whose stages ended differently, the status of each.
fn ended(job: &Job) -> String {
    let outcomes: Vec<Outcome> = job.processes.iter().filter_map(Process::outcome).collect();
    match outcomes.last() {
        last if outcomes.iter().any(|outcome| Some(outcome) != last) => {
            let statuses = outcomes.iter().map(|outcome| outcome.status().0.to_string());
            format!("Done({})", statuses.collect::<Vec<_>>().join("|"))
        }
        Some(Outcome::Exited(0)) | None => "Done".to_owned(),
        Some(Outcome::Exited(status)) => format!("Done({status})"),
        Some(other) => {
            let mut sentence = other.sentence();
            sentence.get_mut(..1).map(str::make_ascii_uppercase);
            sentence
        }
    }
}

/// The process whose ID stands for a job: its group's leader.
fn leader(job: &Job) -> Option<Pid> {
    job.group.or_else(|| job.processes.iter().find_map(|process| process.pid))
}

/// The lines about jobs that have stopped or ended since people were last told; the ended ones are then off the table.
pub fn news(jobs: &mut Jobs) -> String {
    jobs.poll();
    let mut news = keys_of(jobs);
    news.retain(|&key| jobs.get(key).is_some_and(|job| job.is_news && job.state() != State::Running));
    news.into_iter().map(|key| notice(jobs, key)).collect()
}

/// The line that tells people about a job, who then know.
pub fn notice(jobs: &mut Jobs, key: JobKey) -> String {
    let line = jobs.get(key).map(|job| listing(jobs, key, job, false) + "\n");
    forget_news(jobs, key);
    line.unwrap_or_default()
}

fn forget_news(jobs: &mut Jobs, key: JobKey) {
    if let Some(job) = jobs.get_mut(key) {
        job.is_news = false;
    }
    forget_ended(jobs, key);
}

pub fn jobs(call: &mut Call<'_>) -> Answer {
    let (options, operands) = call.options("lprs")?;
    // Whoever was warned of stopped jobs and looks at them may still leave.
    call.shell.warned = 2 * call.shell.warned.min(1);
    call.shell.jobs.poll();
    let (status, mut keys) = chosen(call, operands, true);
    let [is_long, only_leader, running, stopped] = ['l', 'p', 'r', 's'].map(|letter| options.has(letter));
    let is_wanted = |job: &Job| match job.state() {
        _ if !running && !stopped => true,
        State::Running => running,
        State::Stopped(_) => stopped,
        State::Done => false,
    };
    let jobs = &mut call.shell.jobs;
    keys.retain(|&key| jobs.get(key).is_some_and(is_wanted));
    for &key in &keys {
        let text = jobs.get(key).map(|job| match only_leader {
            true => leader(job).map_or_else(String::new, |pid| pid.to_string()),
            false => listing(jobs, key, job, is_long),
        });
        line(call.out, text.unwrap_or_default());
    }
    // Only now: where a job is taken off the table, the marks move.
    if !only_leader {
        keys.into_iter().for_each(|key| forget_news(jobs, key));
    }
    Ok(Action::Done(status))
}

fn keys_of(jobs: &Jobs) -> Vec<JobKey> {
    jobs.listed().into_iter().map(|(key, _)| key).collect()
}

/// The jobs that operands name; without operands all, or the current one. Complains about each that there is not.
fn chosen(call: &Call<'_>, operands: &[Bytes], by_default_all: bool) -> (Status, Vec<JobKey>) {
    let current = [b"%+".as_slice().into()];
    let operands = match operands {
        [] if by_default_all => return (Status::SUCCESS, keys_of(&call.shell.jobs)),
        [] => &current,
        operands => operands,
    };
    let (mut status, mut keys) = (Status::SUCCESS, Vec::new());
    for operand in operands {
        match named(&call.shell.jobs, operand) {
            Ok(key) => keys.push(key),
            Err(why) => status = unknown(call, operand, why),
        }
    }
    (status, keys)
}

fn unknown(call: &Call<'_>, operand: &[u8], why: &str) -> Status {
    call.complain(format_args!("{}: {why}", shown(operand)));
    Status::NOT_FOUND
}

/// The job that a job ID names (XBD 3.182): `%1`, `%+`, `%-`, `%%`, `%string`, `%?string`.
pub fn named(jobs: &Jobs, id: &[u8]) -> Result<JobKey, &'static str> {
    let none = "no such job";
    let id = id.strip_prefix(b"%").ok_or(none)?;
    let wanted = number::<usize>(id);
    let fits = |job: &Job| match id.strip_prefix(b"?") {
        _ if wanted.is_some() => job.number == wanted,
        Some(part) => job.plan.text.contains_str(part),
        None => job.plan.text.starts_with(id),
    };
    let found = match id {
        b"" | b"+" | b"%" => jobs.recent().next(),
        // A single job is both.
        b"-" => jobs.recent().take(2).last(),
        _ => {
            let mut fitting = jobs.listed().into_iter().filter(|(_, job)| fits(job)).map(|(key, _)| key);
            let found = fitting.next();
            if fitting.next().is_some() {
                return Err("more than one job fits");
            }
            found
        }
    };
    found.ok_or(none)
}

pub fn wait(call: &mut Call<'_>) -> Answer {
    let (options, operands) = call.options("np:")?;
    let is_any = options.has('n');
    let variable = options.value('p');
    if let Some(name) = variable {
        call.check_name(name)?;
        call.unset(name)?;
    }
    // Each of them in turn, or all at once.
    let mut targets: Vec<Vec<_>> = match operands {
        [] => keys_of(&call.shell.jobs).into_iter().map(|key| vec![last_of(call, key)]).collect(),
        operands => operands.iter().map(|operand| waited_for(call, operand).into_iter().collect()).collect(),
    };
    if is_any {
        targets = vec![targets.concat()];
    }
    let caught = call.shell.traps.caught().filter(|&signal| signal != SIGCHLD);
    let of_people = [SIGINT, SIGHUP].into_iter().filter(|_| call.shell.is_interactive);
    let interrupts: Vec<i32> = caught.chain(of_people).collect();
    let mut status = Status::SUCCESS;
    for wanted in targets {
        let is_enough = |jobs: &Jobs| wanted.is_empty() || wanted.iter().any(|&(key, _)| jobs.is_over(key));
        if call.shell.jobs.wait_until(&interrupts, is_enough).is_err() {
            return Ok(call.interrupted());
        }
        status = Status::NOT_FOUND;
        let over = wanted.iter().find(|(key, _)| call.shell.jobs.is_over(*key));
        if let Some(&(key, index)) = over
            && let Some(job) = call.shell.jobs.get(key)
        {
            let process = job.processes.get(index);
            status = match (process.and_then(Process::outcome), job.state()) {
                (Some(outcome), _) => outcome.status(),
                (None, State::Stopped(signal)) => Status::of_signal(signal),
                (None, _) => Status::SUCCESS,
            };
            if let (Some(name), Some(pid)) = (variable, process.and_then(|process| process.pid)) {
                // It could be unset, so it is not read-only.
                let _ = call.shell.variables.set(name, pid.to_string().into_bytes());
            }
            forget_ended(&mut call.shell.jobs, key);
        }
    }
    Ok(Action::Done(if is_any || !operands.is_empty() { status } else { Status::SUCCESS }))
}

/// A job and its last stage, whose status is the job's.
fn last_of(call: &Call<'_>, key: JobKey) -> (JobKey, usize) {
    (key, call.shell.jobs.get(key).map_or(0, |job| job.processes.len().saturating_sub(1)))
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
    let found = match number(operand) {
        _ if operand.starts_with(b"%") => named(jobs, operand).map(|key| Some(last_of(call, key))),
        Some(pid) => Ok(jobs.by_pid(Pid::from_raw(pid))),
        None => Err("neither a job nor a process ID"),
    };
    found.map_err(|why| unknown(call, operand, why)).ok().flatten()
}

pub fn fg(call: &mut Call<'_>) -> Answer {
    let (status, keys) = to_continue(call)?;
    match keys.as_slice() {
        [key] => {
            let text = call.shell.jobs.get(*key).map(|job| shown(&job.plan.text));
            line(call.out, text.unwrap_or_default());
            Ok(Action::Foreground(*key))
        }
        [] => Ok(Action::Done(status)),
        _ => Err(call.misused("one job at a time")),
    }
}

pub fn bg(call: &mut Call<'_>) -> Answer {
    let (status, keys) = to_continue(call)?;
    for key in keys {
        let Some(job) = call.shell.jobs.get_mut(key) else { continue };
        job.resume();
        call.shell.background = job.processes.last().and_then(|process| process.pid);
        line(call.out, format!("[{}] {}", job.number.unwrap_or(0), shown(&job.plan.text)));
    }
    Ok(Action::Done(status))
}

/// The jobs that `fg` and `bg` are to continue: by default the current one.
fn to_continue(call: &mut Call<'_>) -> Result<(Status, Vec<JobKey>), Status> {
    if !call.shell.options.has(Flag::Monitor) {
        return Err(call.failed("there is no job control here: see `set -m`"));
    }
    call.shell.jobs.poll();
    let (mut status, mut keys) = chosen(call, call.operands(), false);
    keys.retain(|&key| {
        let job = call.shell.jobs.get(key).filter(|job| job.state() != State::Done);
        let refusal = match job.map(|job| job.group) {
            Some(Some(_)) => return true,
            Some(None) => "it was started without job control",
            None => "it has ended already",
        };
        status = call.failed(refusal);
        false
    });
    Ok((status, keys))
}

/// Takes jobs off the table, or lets them live when the shell hangs up (`-h`).
pub fn disown(call: &mut Call<'_>) -> Answer {
    let (options, operands) = call.options("ahr")?;
    call.shell.jobs.poll();
    let (status, keys) = chosen(call, operands, options.has('a') || options.has('r'));
    for key in keys {
        let Some(job) = call.shell.jobs.get_mut(key) else { continue };
        match options.has('h') {
            _ if options.has('r') && job.state() != State::Running => {}
            true => job.survives_hangup = true,
            false => drop(call.shell.jobs.remove(key)),
        }
    }
    Ok(Action::Done(status))
}
