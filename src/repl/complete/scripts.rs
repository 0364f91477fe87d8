//! What other projects know about the words of programs: carapace (<https://carapace.sh>) where it is installed,
//! else the scripts of bash-completion, which bash runs. Either is a child without a terminal, and is killed when
//! it takes too long.

use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::OsStringExt;
use std::time::Duration;

use crate::pipeline::report::shown;
use crate::pipeline::{Command, Pipeline};
use crate::state::Shell;
use crate::sys::fd::OpenMode;
use crate::sys::files;

use super::insert::{Candidate, quoted};
use super::name_of;

const LIMIT: Duration = Duration::from_millis(1500);

/// Does in bash what its own completion would, for the line, the file of the scripts and the words that it is given;
/// writes the options in force, then the candidates. For a program without a script it writes nothing.
const ASK_BASH: &str = r#"
COMP_LINE=$1 COMP_POINT=${#1} COMP_TYPE=9 COMP_KEY=9 options= from=$2
shift 2
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
. "$from" >/dev/null || exit
compopt() {
    case ${FUNCNAME[1]} in
        *_command_offset) options="$* $options" ;;
        *) options+=" $*" ;;
    esac
}
_minimal() { exit; }
_comp_complete_minimal() { exit; }
ask=_command_offset
declare -F _comp_command_offset >/dev/null && ask=_comp_command_offset
"$ask" 0 >/dev/null
printf '%s\0' "$options" "${COMPREPLY[@]}"
"#;

/// What may stand for `typed` behind `words`, and behind how many bytes of it. None if nobody knows.
pub fn ask(shell: &Shell, words: &[Vec<u8>], typed: &[u8]) -> Option<(usize, Vec<Candidate>)> {
    let (from, found) = match ask_carapace(shell, words, typed) {
        Some(found) => (0, found),
        None => (typed.iter().rposition(is_break).map_or(0, |last| last + 1), ask_bash(shell, words, typed)?),
    };
    // All but the last component of a path is there already.
    let folder = typed.iter().rposition(|&byte| byte == b'/').map_or(from, |slash| from.max(slash + 1));
    let there = typed.get(from..folder).unwrap_or_default();
    let mut behind = Vec::new();
    for candidate in &found {
        let Some(value) = candidate.value.strip_prefix(there) else { return Some((from, found)) };
        behind.push(Candidate { value: value.to_vec(), ..candidate.clone() });
    }
    Some((folder, behind))
}

fn ask_carapace(shell: &Shell, words: &[Vec<u8>], typed: &[u8]) -> Option<Vec<Candidate>> {
    let program = find(shell, b"carapace")?;
    let arguments = [name_of(words), b"export"].into_iter();
    let arguments = arguments.chain(words.iter().map(Vec::as_slice)).chain([typed]);
    let answer: serde_json::Value = serde_json::from_slice(&output(shell, &program, arguments)?).ok()?;
    let field = |of: &serde_json::Value, name: &str| of.get(name)?.as_str().map(str::to_owned);
    let open = field(&answer, "nospace").unwrap_or_default();
    let found = answer.get("values")?.as_array()?.iter().filter_map(|entry| {
        let value = field(entry, "value")?;
        let about = field(entry, "description").filter(|about| !about.is_empty());
        let label = about.map(|about| format!("{}  ({about})", field(entry, "display").unwrap_or_default()));
        let is_open = open.contains('*') || value.ends_with(|c| open.contains(c));
        let label = label.map(|label| shown(label.as_bytes()));
        Some(Candidate { label, suffix: if is_open { "" } else { " " }, ..Candidate::new(value) })
    });
    Some(found.collect()).filter(|found: &Vec<_>| !found.is_empty())
}

fn ask_bash(shell: &Shell, words: &[Vec<u8>], typed: &[u8]) -> Option<Vec<Candidate>> {
    let data = match shell.variables.text(b"XDG_DATA_DIRS") {
        b"" => b"/usr/local/share:/usr/share",
        data => data,
    };
    let mut scripts =
        files::directories(data).map(|folder| files::join(folder, b"bash-completion/bash_completion"));
    let scripts = scripts.find(|file| files::is_readable_file(file))?;
    let bash = find(shell, b"bash").filter(|_| !words.is_empty())?;
    // As they would be typed; and bash itself takes `=` and `:` for words.
    let typed = quoted(typed, None, None);
    let words: Vec<String> = words.iter().map(|word| quoted(word, None, None)).collect();
    let line = format!("{} {typed}", words.join(" "));
    let split = |word: &str| -> Vec<Vec<u8>> {
        let pieces = word.as_bytes().chunk_by(|one, other| is_break(one) == is_break(other));
        if word.is_empty() { vec![Vec::new()] } else { pieces.map(<[u8]>::to_vec).collect() }
    };
    let pieces: Vec<Vec<u8>> = words.iter().chain([&typed]).flat_map(|word| split(word)).collect();
    // `-p`: no BASH_ENV, no functions from the environment.
    let front = [b"-pc".as_slice(), ASK_BASH.as_bytes(), b"bash", line.as_bytes(), &scripts];
    let answer = output(shell, &bash, front.into_iter().chain(pieces.iter().map(Vec::as_slice)))?;
    let mut answers = answer.split(|&byte| byte == 0);
    let options = String::from_utf8_lossy(answers.next()?).into_owned();
    let options: Vec<&str> = options.split_whitespace().collect();
    // The last word about it counts: `-o` or `+o`.
    let has = |option: &str| {
        options.rsplitn(2, |word| *word == option).nth(1).is_some_and(|before| before.last() == Some(&"-o"))
    };
    let mut found = Vec::new();
    for text in answers.filter(|text| !text.is_empty()) {
        let (value, is_ended) = match text.strip_suffix(b" ") {
            Some(value) => (value, true),
            None => (text, !has("nospace")),
        };
        found.push(if has("filenames") && files::is_directory(value) && !value.ends_with(b"/") {
            Candidate::open([value, b"/"].concat())
        } else {
            Candidate { suffix: if is_ended { " " } else { "" }, ..Candidate::new(value) }
        });
    }
    // Without a word of the script against it, what was begun may be the name of a file.
    let is_file = has("default") || has("bashdefault") || !typed.is_empty() && !typed.starts_with('-');
    (!found.is_empty() || !is_file).then_some(found)
}

fn is_break(byte: &u8) -> bool {
    matches!(byte, b'=' | b':')
}

fn find(shell: &Shell, name: &[u8]) -> Option<OsString> {
    files::find_program(name, shell.path()).ok().map(|path| OsString::from_vec(path.into_bytes()))
}

/// What a program writes, if it comes to its end in time.
fn output<'a>(shell: &Shell, program: &OsStr, arguments: impl Iterator<Item = &'a [u8]>) -> Option<Vec<u8>> {
    let text = |bytes: &[u8]| OsString::from_vec(bytes.to_vec());
    let mut command = Command::new(program).env_clear().args(arguments.map(text));
    for pair in shell.variables.environment_with(&[]).iter() {
        let mut parts = pair.to_bytes().splitn(2, |&byte| byte == b'=');
        command = command.env(text(parts.next()?), text(parts.next()?));
    }
    command = command.redirect(0, OpenMode::Read, "/dev/null").redirect(2, OpenMode::Truncate, "/dev/null");
    let (report, output) = Pipeline::new(command).own_session().capture_within(LIMIT).ok()?;
    report.status().is_success().then_some(output)
}
