//! Completion: what the word at the cursor may become. Where the cursor stands is `syntax::outline`'s to say; here
//! it is decided what is wanted there.

mod insert;
mod names;
mod scripts;

use std::borrow::Cow;

use rustyline::completion::Pair;

use crate::builtins;
use crate::expand;
use crate::state::Shell;
use crate::state::options::Flag;
use crate::syntax::ast::{Parameter, Part};
use crate::syntax::{End, Kind, outline};
use crate::sys::files;

use insert::{Candidate, fits_in_any_case, offer, quoted};
use names::Only;

/// Candidates, and behind how many bytes of the word each would stand.
type Found = (usize, Vec<Candidate>);

/// Where the text begins that may be replaced up to the cursor, and by what.
pub fn complete(shell: &Shell, line: &str, cursor: usize) -> (usize, Vec<Pair>) {
    let (text, rest) = line.split_at_checked(cursor).unwrap_or((line, ""));
    let place = Place { shell, text, rest, end: end_of(shell, text) };
    let completed = match (place.end.parameter, place.end.kind) {
        (Some(start), _) => place.parameter(start),
        (None, Kind::Command | Kind::Argument | Kind::Assignment | Kind::Target) => place.word(),
        (None, _) => None,
    };
    completed.unwrap_or((cursor, Vec::new()))
}

fn end_of(shell: &Shell, text: &str) -> End {
    outline(text.as_bytes(), shell.options.has(Flag::Posix)).end
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
    fn parameter(&self, start: usize) -> Option<(usize, Vec<Pair>)> {
        let (before, typed) = self.text.split_at_checked(start)?;
        let ends_word = self.end.quote.is_none()
            && matches!(self.end.kind, Kind::Command | Kind::Argument | Kind::Assignment | Kind::Target);
        let write = |name: &[u8], suffix: &str| {
            let is_folder = || files::is_directory(self.shell.variables.text(name));
            let suffix = match suffix {
                "" => "",
                _ if before.ends_with("${") || before.ends_with("${#") => "}",
                _ if !before.ends_with('$') => "",
                _ if is_folder() => "/",
                suffix if ends_word => suffix,
                _ => "",
            };
            String::from_utf8_lossy(name).into_owned() + suffix
        };
        Some((start, offer(typed, typed.as_bytes(), names::variables(self.shell), write)))
    }

    fn word(&self) -> Option<(usize, Vec<Pair>)> {
        let typed = typed(self.shell, &self.end)?;
        let (behind, candidates) = self.candidates(&typed);
        let (start, quote) = self.source_behind(behind)?;
        let (before, source) = self.text.split_at_checked(start)?;
        let before = before.chars().last().filter(|_| start > self.end.start);
        let write = |value: &[u8], suffix: &str| {
            let mut text = quoted(value, quote, before);
            if suffix != " " {
                return text + suffix;
            }
            match quote.map(|quote| if quote == b'$' { '\'' } else { char::from(quote) }) {
                Some(quote) if self.rest.starts_with(quote) => return text,
                quote => text.extend(quote),
            }
            text + if self.rest.starts_with(' ') { "" } else { suffix }
        };
        Some((start, offer(source, typed.value.get(behind..)?, candidates, write)))
    }

    /// Where the source of the word stands for so many bytes of its value, behind a quote that was opened there,
    /// and the quote that is open.
    fn source_behind(&self, bytes: usize) -> Option<(usize, Option<u8>)> {
        (self.end.start..=self.text.len()).rev().find_map(|at| {
            let text = self.text.get(..at)?;
            let is_seam = at == self.end.start || text.ends_with(['/', ':', '=', '@', '~', '\'', '"']);
            let end = is_seam.then(|| end_of(self.shell, text))?;
            (typed(self.shell, &end)?.value.len() == bytes).then_some((at, end.quote))
        })
    }

    fn candidates(&self, typed: &Typed) -> Found {
        let text = typed.value.as_slice();
        let words = self.end.before.iter().map(|word| text_of(self.shell, &word.parts).unwrap_or_default());
        match self.end.kind {
            _ if typed.login.is_some() => (text.len() - typed.login.unwrap_or(0), names::users()),
            _ if typed.is_assignment => paths(text, Only::All, true),
            Kind::Command if text.contains(&b'/') => paths(text, Only::Programs, false),
            Kind::Command => (0, names::commands(self.shell, text, false)),
            Kind::Argument => argument(self.shell, words.collect(), text),
            _ => paths(text, Only::All, false),
        }
    }
}

/// The word that ends somewhere.
struct Typed {
    /// Its text, in no quotes and with parameters expanded.
    value: Vec<u8>,
    /// How long the login name is, if all of the rest is a tilde-prefix.
    login: Option<usize>,
    is_assignment: bool,
}

/// None where only running something could tell it.
fn typed(shell: &Shell, end: &End) -> Option<Typed> {
    let word = end.word.as_ref()?;
    let command = end.before.first().and_then(|word| word.as_unquoted());
    let declares = matches!(command, Some(b"export" | b"readonly" | b"local"));
    let assignment = (declares || end.kind == Kind::Assignment).then(|| word.as_assignment()).flatten();
    let is_assignment = assignment.is_some();
    let (mut value, word) = match assignment {
        Some((name, word)) => ([&name.text, b"=".as_slice()].concat(), Cow::Owned(word)),
        None => (Vec::new(), Cow::Borrowed(word)),
    };
    let login = match word.parts.last() {
        Some(Part::Tilde(login)) => Some(login),
        _ => None,
    };
    let parts = word.parts.get(..word.parts.len() - usize::from(login.is_some()))?;
    value.extend(text_of(shell, parts)?);
    value.extend(login.iter().flat_map(|login| [b"~".as_slice(), login].concat()));
    Some(Typed { value, login: login.map(|login| login.len()), is_assignment })
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
    let part = typed.iter().rposition(|byte| matches!(byte, b'=' | b':')).map_or(0, |last| last + 1);
    let component = typed.iter().rposition(|&byte| byte == b'/').map_or(0, |slash| slash + 1);
    for from in [if is_assignment { part } else { 0 }, part] {
        let behind = from.max(component);
        let (folder, start) = (typed.get(from..behind), typed.get(behind..));
        let found = names::files_in(folder.unwrap_or_default(), start.unwrap_or_default(), only);
        if !found.is_empty() {
            return (behind, found);
        }
    }
    (0, Vec::new())
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
    while let Some((_, valued)) = WRAPPERS.iter().find(|(wrapper, _)| *wrapper == name_of(&words)) {
        let at = command_in(&words, valued);
        match typed {
            _ if at < words.len() => drop(words.drain(..at)),
            [b'-', ..] => break,
            _ if at > words.len() => break,
            _ if typed.contains(&b'/') => return paths(typed, Only::Programs, false),
            _ => return (0, names::commands(shell, typed, !has_word(&words, b"command"))),
        }
    }
    let name = name_of(&words);
    let is_builtin = builtins::find(name).is_some();
    let fits = |(behind, found): &Found| {
        let start = typed.get(*behind..).unwrap_or_default();
        found.iter().any(|candidate| fits_in_any_case(&candidate.value, start))
    };
    let known = known_argument(shell, name, &words, typed).filter(|found| is_builtin || fits(found));
    let found = known.or_else(|| if is_builtin { None } else { scripts::ask(shell, &words, typed) });
    found.unwrap_or_else(|| paths(typed, Only::All, false))
}

/// The name of the command without the folder that it is in.
fn name_of(words: &[Vec<u8>]) -> &[u8] {
    words.first().and_then(|word| word.rsplit(|&byte| byte == b'/').next()).unwrap_or_default()
}

fn has_word(words: &[Vec<u8>], word: &[u8]) -> bool {
    words.iter().any(|one| one == word)
}

/// Which word the command is that a wrapper runs.
fn command_in(words: &[Vec<u8>], valued: &str) -> usize {
    let mut at = 1;
    while let Some(word) = words.get(at) {
        at += match word.as_slice() {
            [b'-', letter] if valued.contains(char::from(*letter)) => 2,
            [b'-', ..] => 1,
            word if word.contains(&b'=') => 1,
            _ => break,
        };
    }
    at
}

/// What minish itself knows of the arguments of a command.
fn known_argument(shell: &Shell, name: &[u8], words: &[Vec<u8>], typed: &[u8]) -> Option<Found> {
    let last = words.last().map_or(b"".as_slice(), |word| word);
    let builtin = builtins::find(name);
    let found = match (name, typed) {
        (b"set", _) if matches!(last, b"-o" | b"+o") => names::option_names(),
        (b"kill", [b'-', ..]) => names::signals("-"),
        (b"kill", _) if matches!(last, b"-s" | b"-l") => names::signals(""),
        (_, [b'-' | b'+', ..]) if builtin.is_some() => names::options_of(name),
        (b"trap", _) if words.len() > 1 => names::signals(""),
        (b"cd" | b"rmdir", _) => return Some(folders(shell, name, typed)),
        (b"unset", _) if has_word(words, b"-f") => names::functions(shell),
        (b"unset" | b"export" | b"readonly" | b"local" | b"read", _) => names::variables(shell),
        (b"alias" | b"unalias", _) => names::aliases(shell),
        (b"type" | b"hash" | b"which", _) => names::commands(shell, typed, false),
        (b"help", _) => builtins::TABLE.iter().map(|builtin| Candidate::new(builtin.name)).collect(),
        (b"fg" | b"bg" | b"jobs" | b"disown" | b"wait" | b"kill", _) => names::jobs(shell, typed),
        (b"ssh" | b"scp" | b"sftp" | b"ping" | b"host", _) if !typed.starts_with(b"-") => {
            let behind = typed.iter().rposition(|&byte| byte == b'@').map_or(0, |at| at + 1);
            return Some((behind, names::hosts(shell, if name == b"scp" { ":" } else { " " })));
        }
        _ => return None,
    };
    Some((0, found))
}

/// Only folders; for `cd`, those below CDPATH too.
fn folders(shell: &Shell, name: &[u8], typed: &[u8]) -> Found {
    let behind = typed.iter().rposition(|&byte| byte == b'/').map_or(0, |slash| slash + 1);
    let (folder, start) = typed.split_at(behind);
    let mut found = names::files_in(folder, start, Only::Directories);
    if name == b"cd" && !typed.starts_with(b"/") && !typed.starts_with(b".") {
        for other in
            shell.variables.text(b"CDPATH").split(|&byte| byte == b':').filter(|other| !other.is_empty())
        {
            found.extend(names::files_in(&files::join(other, folder), start, Only::Directories));
        }
    }
    (behind, found)
}
