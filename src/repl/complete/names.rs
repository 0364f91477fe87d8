//! Where candidates come from that the shell or its files know.

use bstr::ByteSlice;

use crate::builtins;
use crate::pipeline::shown;
use crate::state::Shell;
use crate::state::options::Flag;
use crate::syntax::reserved_words;
use crate::sys::listing::Listing;
use crate::sys::{files, signal};

use super::insert::{Candidate, fits_in_any_case};

/// Which files may stand somewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Only {
    All,
    Directories,
    /// Programs, and the directories on the way to them.
    Programs,
}

/// Each of these names ends its word.
pub fn all(names: impl Iterator<Item = impl AsRef<[u8]>>) -> Vec<Candidate> {
    names.map(|name| Candidate::new(name.as_ref())).collect()
}

/// The names in a directory that begin with `start`. Hidden ones are named only after a period.
pub fn files_in(directory: &[u8], start: &[u8], only: Only) -> Vec<Candidate> {
    let mut found = Vec::new();
    let place = if directory.is_empty() { b".".as_slice() } else { directory };
    Listing::default().for_each_name(place, |name, is_directory| {
        let is_link = matches!(name, b"." | b"..") && name != start && start != b".";
        if name.starts_with(b".") != start.starts_with(b".") || is_link || !fits_in_any_case(name, start) {
            return;
        }
        let path = || files::join(place, name);
        if is_directory.unwrap_or_else(|| files::is_directory(&path())) {
            found.push(Candidate::open([name, b"/"].concat()));
        } else if only == Only::All || only == Only::Programs && files::check_executable(&path()).is_ok() {
            found.push(Candidate::new(name));
        }
    });
    found
}

/// What can stand where a command is expected; behind `sudo` and the like, only `programs`.
pub fn commands(shell: &Shell, start: &[u8], programs: bool) -> Vec<Candidate> {
    let mut found = Vec::new();
    if !programs {
        found.extend(all(builtins::TABLE.iter().map(|builtin| builtin.name)));
        found.extend(all(reserved_words(shell.options.has(Flag::Posix))));
        found.extend(all(shell.aliases.keys().chain(shell.functions.keys())));
    }
    for directory in files::directories(shell.path()) {
        let there = files_in(directory, start, Only::Programs);
        // `name=value` would be an assignment.
        let is_name = |value: &[u8]| !value.ends_with(b"/") && !value.contains(&b'=');
        found.extend(there.into_iter().filter(|candidate| is_name(&candidate.value)));
    }
    found
}

pub fn variables(shell: &Shell) -> Vec<Candidate> {
    let set = shell.variables.all().filter(|variable| variable.value.is_some());
    all(set.map(|variable| &variable.name))
}

/// `%1` for each job, and behind more than `%` what each began with.
pub fn jobs(shell: &Shell, typed: &[u8]) -> Vec<Candidate> {
    let mut found = Vec::new();
    for (_, job) in shell.jobs.listed() {
        let id = format!("%{}", job.number.unwrap_or(0));
        let label = Some(format!("{id}  {}", shown(&job.plan.text)));
        found.push(Candidate { label, ..Candidate::new(id) });
        let first = job.plan.text.split(u8::is_ascii_whitespace).next().filter(|_| typed.len() > 1);
        found.extend(first.map(|first| Candidate::new([b"%", first].concat())));
    }
    found
}

/// The names of all signals behind `front`.
pub fn signals(front: &str) -> Vec<Candidate> {
    all(signal::all().map(|signal| format!("{front}{}", signal::name(signal))))
}

/// The options of a built-in, from its usage line: `[-rs]`, `[-H|-S]`, `[--here]`.
pub fn options_of(builtin: &[u8]) -> Vec<Candidate> {
    let mut found = Vec::new();
    for word in builtins::usage(builtin).split(|c: char| c.is_whitespace() || "[]{}|,.".contains(c)) {
        let sign = word.chars().next().unwrap_or(' ');
        if word.starts_with("--") {
            found.push(Candidate::new(word));
        } else if let Some(letters) = word.strip_prefix(['-', '+']) {
            let letters = letters.chars().filter(|c| c.is_alphanumeric());
            found.extend(letters.map(|letter| Candidate::new(format!("{sign}{letter}"))));
        }
    }
    found
}

/// What may stand behind `~`: each user.
pub fn users() -> Vec<Candidate> {
    let text = files::read(b"/etc/passwd").unwrap_or_default();
    let logins = text.lines().filter_map(|line| line.split_str(":").next());
    let logins = logins.filter(|login| login.iter().any(u8::is_ascii_alphanumeric));
    logins.map(|login| Candidate::open([login, b"/"].concat())).collect()
}

/// The hosts that `ssh` and the system know by name. Hashed ones in `known_hosts` cannot be read.
pub fn hosts(shell: &Shell, suffix: &'static str) -> Vec<Candidate> {
    let home = shell.variables.text(b"HOME");
    let lines = |path: Vec<u8>| {
        let text = String::from_utf8_lossy(&files::read(&path).unwrap_or_default()).into_owned();
        text.lines().map(|line| line.split('#').next().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    let mut names: Vec<String> = Vec::new();
    for line in lines(files::join(home, b".ssh/config")) {
        let mut words = line.split(|c: char| c.is_whitespace() || c == '=').filter(|word| !word.is_empty());
        if words.next().is_some_and(|first| first.eq_ignore_ascii_case("host")) {
            names.extend(words.map(str::to_owned));
        }
    }
    for line in lines(files::join(home, b".ssh/known_hosts")) {
        let first = line.split_whitespace().find(|word| !word.starts_with('@')).unwrap_or_default();
        let hosts = first.split(',').filter_map(|host| host.split(['[', ']']).find(|part| !part.is_empty()));
        names.extend(hosts.map(str::to_owned));
    }
    for line in lines(b"/etc/hosts".to_vec()) {
        names.extend(line.split_whitespace().skip(1).map(str::to_owned));
    }
    names.retain(|name| !name.contains(['*', '?', '!', '|', '"']));
    names.into_iter().map(|name| Candidate { suffix, ..Candidate::new(name) }).collect()
}
