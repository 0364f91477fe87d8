//! Completion: what the word at the cursor may become. Where the cursor stands is `syntax::outline`'s to say; here
//! it is decided what is wanted there.

mod insert;
mod names;
mod scripts;

use rustyline::completion::Pair;

use crate::builtins;
use crate::expand;
use crate::pipeline::shown;
use crate::state::Shell;
use crate::state::options::{self, Flag};
use crate::syntax::ast::{Assignment, Name, Parameter, Part};
use crate::syntax::{End, Kind, outline};
use crate::sys::files;

use insert::{Candidate, common_start, fits_in_any_case, offer, quoted};
use names::Only;

/// Candidates, and behind how many bytes of the word each would stand.
type Found = (usize, Vec<Candidate>);

/// Where the text begins that may be replaced, and by what.
type Completed = Option<(usize, Vec<Pair>)>;

/// Where the text begins that may be replaced up to the cursor, and by what.
pub fn complete(shell: &Shell, line: &str, cursor: usize) -> (usize, Vec<Pair>) {
    let (text, rest) = line.split_at_checked(cursor).unwrap_or((line, ""));
    let end = outline(text.as_bytes(), shell.options.has(Flag::Posix)).end;
    let place = Place { shell, text, rest, end };
    let completed = place.end.parameter.map_or_else(|| place.word(), |start| place.parameter(start));
    completed.unwrap_or((cursor, Vec::new()))
}

/// A cursor in a line.
struct Place<'a> {
    shell: &'a Shell,
    /// The line before it.
    text: &'a str,
    /// And behind it.
    rest: &'a str,
    end: End,
}

impl Place<'_> {
    /// The name of a variable, which begins at `start`.
    fn parameter(&self, start: usize) -> Completed {
        let (before, typed) = self.text.split_at_checked(start)?;
        let ends_word = self.end.quote.is_none() && self.end.kind.is_word();
        let close = |name: &Candidate| match name.suffix {
            "" => "",
            _ if before.ends_with("${") || before.ends_with("${#") => "}",
            _ if !before.ends_with('$') => "",
            _ if files::is_directory(self.shell.variables.text(&name.value)) => "/",
            suffix if ends_word => suffix,
            _ => "",
        };
        self.offer(typed.as_bytes(), names::variables(self.shell), |name| close(name).to_owned())
    }

    /// None where only running something could tell what was typed.
    fn word(&self) -> Completed {
        let word = self.end.word.clone()?;
        let command = self.end.before.first().and_then(|word| word.as_unquoted());
        let assigns =
            matches!(command, Some(b"export" | b"readonly" | b"local")) || self.end.kind == Kind::Assignment;
        let (mut typed, word) = match Name::assigned(word.literal_front()).filter(|_| assigns) {
            Some(length) => {
                let Assignment { name, value } = word.into_assignment(length);
                ([&name.text, b"=".as_slice()].concat(), value)
            }
            None => (Vec::new(), word),
        };
        let is_assignment = !typed.is_empty();
        let (behind, found) = match &*word.parts {
            // All of the rest is a tilde-prefix.
            [parts @ .., Part::Tilde(login)] => {
                typed.extend([&*text_of(self.shell, parts)?, b"~", login].concat());
                (typed.len() - login.len(), names::users())
            }
            parts => {
                typed.extend(text_of(self.shell, parts)?);
                self.candidates(&typed, is_assignment)
            }
        };
        let close = |candidate: &Candidate| {
            let quote = self.end.quote.map_or("", |quote| if quote == b'"' { "\"" } else { "'" });
            match candidate.suffix {
                " " if !quote.is_empty() && self.rest.starts_with(quote) => String::new(),
                " " if self.rest.starts_with(' ') => quote.to_owned(),
                " " => format!("{quote} "),
                suffix => suffix.to_owned(),
            }
        };
        self.offer(typed.get(behind..)?, found, close)
    }

    /// What was typed stays as it is, as far as it is right.
    fn offer(&self, typed: &[u8], found: Vec<Candidate>, close: impl Fn(&Candidate) -> String) -> Completed {
        let offered = offer(typed, found);
        let [candidate] = offered.as_slice() else {
            // Of a path, the folder is there already.
            let folder = behind_last(typed, b"/");
            let name = |value: &[u8]| shown(value.get(folder..).unwrap_or_default());
            let listed = offered.into_iter().map(|Candidate { value, label, .. }| Pair {
                display: label.unwrap_or_else(|| name(&value)),
                // The editor inserts what all of these have in common.
                replacement: String::new(),
            });
            return Some((self.text.len(), listed.collect()));
        };
        let right = common_start(typed, &candidate.value).len();
        let wrong = quoted(typed.get(right..)?, self.end.quote, None);
        let text = self.text.strip_suffix(&*wrong)?;
        let before = text.chars().last().filter(|_| text.len() > self.end.start);
        let new = quoted(candidate.value.get(right..)?, self.end.quote, before) + &close(candidate);
        Some((text.len(), vec![Pair { display: String::new(), replacement: new }]))
    }

    /// What the text of the word may become.
    fn candidates(&self, typed: &[u8], is_assignment: bool) -> Found {
        let words = self.end.before.iter().map(|word| text_of(self.shell, &word.parts).unwrap_or_default());
        match self.end.kind {
            _ if is_assignment => paths(typed, Only::All, true),
            Kind::Command => command(self.shell, typed, false),
            Kind::Argument => argument(self.shell, words.collect(), typed),
            _ => paths(typed, Only::All, false),
        }
    }
}

fn text_of(shell: &Shell, parts: &[Part]) -> Option<Vec<u8>> {
    let mut text = Vec::new();
    for part in parts {
        match part {
            Part::Literal(literal) => text.extend_from_slice(literal),
            Part::Quoted(inner) => text.extend(text_of(shell, inner)?),
            Part::Tilde(login) => text.extend_from_slice(&expand::home(login, shell)),
            Part::Parameter(Parameter::Variable(name)) => {
                text.extend_from_slice(&shell.variable(name).unwrap_or_default());
            }
            _ => return None,
        }
    }
    Some(text)
}

/// Files for a path. In an assignment, and wherever the whole is none, a path may begin behind `=` or `:`.
fn paths(typed: &[u8], only: Only, is_assignment: bool) -> Found {
    let (part, component) = (behind_last(typed, b"=:"), behind_last(typed, b"/"));
    for from in [if is_assignment { part } else { 0 }, part] {
        let behind = from.max(component);
        let (folder, start) = (typed.get(from..behind), typed.get(behind..));
        let found = names::files_in(folder.unwrap_or_default(), start.unwrap_or_default(), only);
        if !found.is_empty() {
            return (behind, found);
        }
    }
    (component, Vec::new())
}

/// What can run; `programs` leaves out what only the shell can.
fn command(shell: &Shell, typed: &[u8], programs: bool) -> Found {
    match typed.contains(&b'/') {
        true => paths(typed, Only::Programs, false),
        false => (0, names::commands(shell, typed, programs)),
    }
}

/// Commands that run the command in their operands, and those of their options that take a word of their own.
const WRAPPERS: [(&[u8], &str); 9] = [
    (b"command", ""),
    (b"doas", "Cu"),
    (b"env", "CSu"),
    (b"exec", ""),
    (b"nice", "n"),
    (b"nohup", ""),
    (b"sudo", "CDghpRrTtUu"),
    (b"time", "fo"),
    (b"xargs", "adEILnPs"),
];

/// What may stand for `typed` behind the words of a command.
fn argument(shell: &Shell, mut words: Vec<Vec<u8>>, typed: &[u8]) -> Found {
    if let Some(alias) = words.first().and_then(|first| shell.aliases.get(first.as_slice())) {
        let end = outline(&[alias, b" ".as_slice()].concat(), false).end;
        words.splice(..1, end.before.iter().filter_map(|word| text_of(shell, &word.parts)));
    }
    let mut words = words.as_slice();
    while let Some((_, valued)) = WRAPPERS.iter().find(|(wrapper, _)| *wrapper == name_of(words)) {
        match wrapped(words.get(1..).unwrap_or_default(), valued) {
            Some(inner @ [_, ..]) => words = inner,
            Some([]) if !typed.starts_with(b"-") => {
                return command(shell, typed, name_of(words) != b"command");
            }
            _ => break,
        }
    }
    let name = name_of(words);
    let known = known_argument(shell, name, words, typed);
    let found = match builtins::find(name) {
        Some(_) => known,
        // Others may know more of a program.
        None => known.filter(|found| fits(found, typed)).or_else(|| scripts::ask(shell, words, typed)),
    };
    found.unwrap_or_else(|| paths(typed, Only::All, false))
}

fn fits((behind, found): &Found, typed: &[u8]) -> bool {
    let start = typed.get(*behind..).unwrap_or_default();
    found.iter().any(|candidate| fits_in_any_case(&candidate.value, start))
}

/// The name of the command without the folder that it is in.
fn name_of(words: &[Vec<u8>]) -> &[u8] {
    words.first().and_then(|word| word.rsplit(|&byte| byte == b'/').next()).unwrap_or_default()
}

/// Where that begins which stands behind the last of these bytes.
fn behind_last(text: &[u8], bytes: &[u8]) -> usize {
    text.iter().rposition(|byte| bytes.contains(byte)).map_or(0, |last| last + 1)
}

/// The command in the operands of a wrapper, as far as it is there. None where the argument of an option is missing.
fn wrapped<'w>(operands: &'w [Vec<u8>], valued: &str) -> Option<&'w [Vec<u8>]> {
    let [first, rest @ ..] = operands else { return Some(operands) };
    match first.as_slice() {
        [b'-', letter] if valued.contains(char::from(*letter)) => wrapped(rest.get(1..)?, valued),
        word if word.starts_with(b"-") || word.contains(&b'=') => wrapped(rest, valued),
        _ => Some(operands),
    }
}

/// What minish itself knows of the arguments of a command.
fn known_argument(shell: &Shell, name: &[u8], words: &[Vec<u8>], typed: &[u8]) -> Option<Found> {
    let last = words.last().map_or(b"".as_slice(), |word| word);
    let found = match (name, typed) {
        (b"set", _) if matches!(last, b"-o" | b"+o") => {
            names::all(options::TABLE.iter().map(|(_, _, name)| name))
        }
        (b"kill", [b'-', ..]) => names::signals("-"),
        (b"kill", _) if matches!(last, b"-s" | b"-l") => names::signals(""),
        (_, [b'-' | b'+', ..]) if builtins::find(name).is_some() => names::options_of(name),
        (b"trap", _) if words.len() > 1 => names::signals(""),
        (b"cd" | b"rmdir", _) => return Some(folders(shell, name, typed)),
        (b"unset", _) if words.iter().any(|word| word == b"-f") => names::all(shell.functions.keys()),
        (b"unset" | b"export" | b"readonly" | b"local" | b"read", _) => names::variables(shell),
        (b"alias" | b"unalias", _) => names::all(shell.aliases.keys()),
        (b"type" | b"hash" | b"which", _) => return Some(command(shell, typed, false)),
        (b"help", _) => names::all(builtins::TABLE.iter().map(|builtin| builtin.name)),
        (b"fg" | b"bg" | b"jobs" | b"disown" | b"wait" | b"kill", _) => names::jobs(shell, typed),
        (b"ssh" | b"scp" | b"sftp" | b"ping" | b"host", _) if !typed.starts_with(b"-") => {
            let hosts = names::hosts(shell, if name == b"scp" { ":" } else { " " });
            return Some((behind_last(typed, b"@"), hosts));
        }
        _ => return None,
    };
    Some((0, found))
}

/// Only folders; for `cd`, those below CDPATH too.
fn folders(shell: &Shell, name: &[u8], typed: &[u8]) -> Found {
    let (behind, mut found) = paths(typed, Only::Directories, false);
    let is_searched = name == b"cd" && !typed.starts_with(b"/") && !typed.starts_with(b".");
    let others = shell.variables.text(b"CDPATH").split(|&byte| byte == b':');
    for other in others.filter(|other| is_searched && !other.is_empty()) {
        found.extend(paths(&files::join(other, typed), Only::Directories, false).1);
    }
    (behind, found)
}
