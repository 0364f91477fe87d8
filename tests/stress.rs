//! Job control under stress: hundreds of jobs are started, stopped, continued, killed and waited for in random
//! order on a pseudo-terminal. After each step the shell's table (`jobs -l`), the kernel's processes (`/proc`) and
//! the terminal's foreground group must say the same.
//!
//! `MINISH_STRESS_SECONDS=3600` runs it for an hour, `MINISH_STRESS_SEED=7` with the same choices again.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant, SystemTime};

use nix::sys::signal::{Signal, kill, killpg};
use nix::unistd::{Pid, tcgetpgrp};

use super::pty::{Process, Terminal, pid_of};
use super::support::deadline;

/// As many jobs as there may be at once.
const MAX_JOBS: usize = 8;
const FUNCTIONS: &str = "f() { sleep 1000; :; }; g() { for i in 1 2 3; do sleep 1000; done; }; \
    h() { (exit $1); }; s() { sh -c 'kill -STOP $$; exec sleep 1000'; }";
/// Stages that stay, as programs, functions and compound commands.
const STAYING: [&str; 8] = [
    "sleep 1000",
    "f",
    "g",
    "s",
    "while :; do sleep 1000; done",
    "( sleep 1000; : )",
    "{ sleep 1000 | sleep 1000; }",
    "sh -c 'kill -STOP $$; exec sleep 1000'",
];
/// Stages that end at once, or with the one before them.
const PASSING: [&str; 5] = ["true", "h 3", "no-such-program 2>/dev/null", "cat", "{ cat; :; }"];

#[test]
fn jobs_processes_and_the_terminal_agree() {
    let number = |name| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let clock = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
    let seed = number("MINISH_STRESS_SEED").unwrap_or(u64::from(clock.subsec_nanos()));
    let time = Duration::from_secs(number("MINISH_STRESS_SECONDS").unwrap_or(4));
    let mut stress = Stress::new(seed);
    let started = Instant::now();
    while started.elapsed() < time {
        stress.step();
    }
    stress.finish();
    println!("MINISH_STRESS_SEED={seed}: {} steps", stress.steps);
}

struct Stress {
    terminal: Terminal,
    home: tempfile::TempDir,
    shell: Pid,
    seed: u64,
    random: u64,
    steps: usize,
    log: Vec<String>,
    /// What the last `jobs -l` said: the group and the state of each job.
    jobs: BTreeMap<usize, (Pid, State)>,
    disowned: BTreeSet<Pid>,
    /// The key that was pressed for a job that `fg` had continued.
    again: Option<&'static str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Running,
    Stopped,
    Done,
}

impl Stress {
    fn new(seed: u64) -> Stress {
        let (home, terminal) = Terminal::new();
        let shell = pid_of(&terminal.child);
        let (log, jobs, disowned) = (Vec::new(), BTreeMap::new(), BTreeSet::new());
        let random = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        let stress =
            Stress { terminal, home, shell, seed, random, steps: 0, log, jobs, disowned, again: None };
        stress.terminal.send(&format!("{FUNCTIONS}\r"));
        stress
    }

    /// Less than `end`.
    fn random(&mut self, end: usize) -> usize {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        usize::try_from(self.random >> 33).unwrap() % end
    }

    fn choice(&mut self, of: &[&'static str]) -> &'static str {
        of[self.random(of.len())]
    }

    /// 1 to 4 stages, of which at least one stays.
    fn pipeline(&mut self) -> String {
        let count = 1 + self.random(4);
        let staying = self.random(count);
        let stages = (0..count).map(|stage| match stage == staying || self.random(3) == 0 {
            true => self.choice(&STAYING),
            // A first `cat` would read from the terminal.
            false if stage == 0 => self.choice(&PASSING[..3]),
            false => self.choice(&PASSING),
        });
        stages.collect::<Vec<_>>().join(" | ")
    }

    fn step(&mut self) {
        self.steps += 1;
        self.again = None;
        let listed: Vec<usize> = self.jobs.keys().copied().collect();
        let action = match (listed.is_empty(), listed.len() >= MAX_JOBS) {
            (true, _) => self.random(5),
            (_, true) => 5 + self.random(13),
            _ => self.random(18),
        };
        let job = if listed.is_empty() { 0 } else { listed[self.random(listed.len())] };
        let group = self.jobs.get(&job).map(|(group, _)| *group);
        let pipeline = self.pipeline();
        let id = format!("%{job}");
        match action {
            0 | 1 => self.type_line(&format!("{pipeline} &")),
            2 => self.in_foreground(&pipeline, "\x1a"),
            3 => self.in_foreground(&pipeline, "\x03"),
            4 => self.type_line("true | h 3; h 0 | cat; ( true ); { :; } | cat"),
            5 | 6 => self.in_foreground(&format!("fg {id}"), "\x1a"),
            7 => self.in_foreground(&format!("fg {id}"), "\x03"),
            8 => self.type_line(&format!("bg {id}")),
            9 => self.type_line(&format!("kill {id}")),
            10 => self.type_line(&format!("kill -KILL {id}; wait {id}; kill -CONT {id} 2>/dev/null")),
            11 => self.type_line(&format!("kill -STOP {id}")),
            12 => self.type_line(&format!("kill -CONT {id}")),
            13 => {
                self.type_line(&format!("disown {id}"));
                self.disowned.extend(group);
                self.jobs.remove(&job);
            }
            14 => self.press_at_the_prompt("\x1a\x03"),
            _ => self.signal_one(group, [Signal::SIGSTOP, Signal::SIGCONT, Signal::SIGKILL][action - 15]),
        }
        self.check();
    }

    fn note(&mut self, what: String) {
        self.log.push(format!("{} {what}", self.steps));
    }

    fn type_line(&mut self, line: &str) {
        self.note(line.to_owned());
        self.terminal.send(&format!("{line}\r"));
    }

    /// Runs a job in the foreground, and presses a key as soon as it has the terminal.
    fn in_foreground(&mut self, command: &str, key: &'static str) {
        self.note(format!("{command}, then {key:?}"));
        let end = format!("<over {}>", self.steps);
        self.wait("a prompt", |stress| stress.is_at_prompt(0));
        let before = self.terminal.screen.0.lock().unwrap().newlines;
        self.terminal.send(&format!("{command}; printf '<%s {}>\\n' over\r", self.steps));
        // It may stop or end by itself, also by a Ctrl-C that came while it was stopped.
        self.wait("the terminal to change hands", |stress| {
            stress.foreground() != stress.shell
                || stress.terminal.contents().contains(&end)
                || stress.is_at_prompt(before)
        });
        if self.foreground() != self.shell {
            self.terminal.send(key);
        }
        self.again = if command.starts_with("fg") { Some(key) } else { None };
    }

    /// The editor drops what came with a Ctrl-C: the next line is typed at the next prompt.
    fn press_at_the_prompt(&mut self, keys: &str) {
        self.note(format!("{keys:?}"));
        self.wait("a prompt", |stress| stress.is_at_prompt(0));
        let before = self.terminal.screen.0.lock().unwrap().newlines;
        self.terminal.send(keys);
        self.wait("a prompt", |stress| stress.is_at_prompt(before));
    }

    /// Whether a prompt stands there that came after so many lines.
    fn is_at_prompt(&self, before: usize) -> bool {
        let screen = self.terminal.screen.0.lock().unwrap();
        let line = screen.last_line();
        // A subshell in the background may have said something after it.
        let is_prompt = line == "$" || line.starts_with("$ minish: ");
        screen.newlines > before && (is_prompt || (line.starts_with('[') && line.ends_with("] $")))
    }

    fn foreground(&self) -> Pid {
        tcgetpgrp(self.terminal.pty.as_ref().unwrap()).unwrap()
    }

    /// Sends a signal to one process of a job that has no children, which would be left behind.
    fn signal_one(&mut self, group: Option<Pid>, signal: Signal) {
        let processes = self.terminal.processes();
        let is_parent = |pid| processes.iter().any(|process| process.parent == pid);
        let leaves: Vec<Pid> = processes
            .iter()
            .filter(|process| Some(process.group) == group && !is_parent(process.pid))
            .map(|process| process.pid)
            .collect();
        if leaves.is_empty() {
            return;
        }
        let leaf = leaves[self.random(leaves.len())];
        self.note(format!("{signal} to {leaf} of {group:?}"));
        let _ = kill(leaf, signal);
    }

    /// Asks the shell for its jobs until it, the kernel and the terminal agree.
    fn check(&mut self) {
        let started = Instant::now();
        for attempt in 0.. {
            let file = self.home.path().join("jobs");
            let _ = std::fs::remove_file(&file);
            self.terminal.send(&format!("jobs -l >jobs; printf '<%s {}.{attempt}>\\n' at\r", self.steps));
            let end = format!("<at {}.{attempt}>", self.steps);
            // A job that ended just before a key was pressed leaves the key, and what follows it, to the editor.
            let is_asked = self.waited(deadline() / 30, |stress| stress.terminal.contents().contains(&end));
            let text = std::fs::read_to_string(file).ok().filter(|_| is_asked);
            let Some(text) = text else {
                if started.elapsed() > deadline() / 3 {
                    self.fail(&format!("waited for {end}"));
                }
                // SIGCONT takes a stop away that came between it and the terminal: as a person would.
                if let Some(key) = self.again.filter(|_| self.foreground() != self.shell) {
                    self.terminal.send(key);
                }
                continue;
            };
            self.jobs = text.lines().map(parse).collect();
            let problem = self.problem();
            self.jobs.retain(|_, (_, state)| *state != State::Done);
            let Some(problem) = problem else { break };
            if started.elapsed() > deadline() / 3 {
                self.fail(&problem);
            }
        }
        let living: BTreeSet<Pid> =
            self.terminal.processes().into_iter().map(|process| process.group).collect();
        self.disowned.retain(|group| living.contains(group));
        if self.disowned.len() > 3 {
            self.kill_disowned();
        }
    }

    fn kill_disowned(&self) {
        for &group in &self.disowned {
            let _ = killpg(group, Signal::SIGKILL);
        }
    }

    /// What does not fit together.
    fn problem(&self) -> Option<String> {
        let processes = self.terminal.processes();
        let foreground = self.foreground();
        if foreground != self.shell {
            return Some(format!("the foreground group is {foreground}, the shell {}", self.shell));
        }
        for (number, (group, state)) in &self.jobs {
            let states: Vec<char> = processes
                .iter()
                .filter(|process| process.group == *group && process.parent == self.shell)
                .map(|process| process.state)
                .filter(|state| *state != 'Z')
                .collect();
            let actual = match states.is_empty() {
                true => State::Done,
                false if states.iter().all(|state| *state == 'T') => State::Stopped,
                false => State::Running,
            };
            if actual != *state {
                return Some(format!("job {number} is {actual:?}: {processes:?}"));
            }
        }
        let known: BTreeSet<Pid> =
            self.jobs.values().map(|(group, _)| *group).chain(self.disowned.iter().copied()).collect();
        // A zombie that has lost its parent is waited for by another process.
        let is_stray = |process: &&Process| match process.state {
            'Z' => process.parent == self.shell,
            _ => !known.contains(&process.group),
        };
        let stray = processes.iter().find(is_stray);
        stray.map(|process| format!("no job has {process:?}"))
    }

    #[track_caller]
    fn wait(&self, what: &str, is_there: impl Fn(&Stress) -> bool) {
        if !self.waited(deadline() / 3, is_there) {
            self.fail(&format!("waited for {what}"));
        }
    }

    fn waited(&self, time: Duration, is_there: impl Fn(&Stress) -> bool) -> bool {
        let started = Instant::now();
        while !is_there(self) {
            if started.elapsed() > time {
                return false;
            }
            // Until something is written, or a moment.
            let guard = self.terminal.screen.0.lock().unwrap();
            drop(self.terminal.screen.1.wait_timeout(guard, Duration::from_millis(1)).unwrap());
        }
        true
    }

    #[track_caller]
    fn fail(&self, problem: &str) -> ! {
        let last = self.log.len().saturating_sub(25);
        panic!(
            "MINISH_STRESS_SEED={}: {problem}\njobs: {:?}\nprocesses: {:?}\nforeground {} shell {}\n{}\n{}",
            self.seed,
            self.jobs,
            self.terminal.processes(),
            self.foreground(),
            self.shell,
            self.log[last..].join("\n"),
            self.terminal.contents()
        );
    }

    /// Kills and waits for all, after which there may be nothing left.
    fn finish(&mut self) {
        self.kill_disowned();
        for number in self.jobs.keys().copied().collect::<Vec<_>>() {
            self.type_line(&format!("kill -KILL %{number}; wait %{number}"));
        }
        self.check();
        self.wait("all jobs to end", |stress| {
            stress.terminal.processes().iter().all(|process| process.state == 'Z')
        });
        assert!(self.jobs.is_empty(), "{:?}", self.jobs);
        self.terminal.send("exit\r");
        self.wait("the end", |stress| stress.terminal.screen.0.lock().unwrap().end.is_some());
    }
}

/// `[1] + 1234 Running   sleep 1000 &`
#[track_caller]
fn parse(line: &str) -> (usize, (Pid, State)) {
    let words: Vec<&str> = line.split_whitespace().filter(|word| !["+", "-"].contains(word)).collect();
    let [number, group, state, ..] = words.as_slice() else { panic!("a line of `jobs -l`: {line}") };
    let state = match *state {
        "Running" => State::Running,
        "Stopped" => State::Stopped,
        _ => State::Done,
    };
    let number = number.trim_matches(['[', ']']).parse().unwrap();
    (number, (Pid::from_raw(group.parse().unwrap()), state))
}
