//! What other projects know about the words of programs: carapace (<https://carapace.sh>) where it is installed,
//! else the scripts of bash-completion, which bash runs. Either is a child without a terminal, and is killed when
//! it takes too long.

use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt;
use std::time::Duration;

use bstr::ByteSlice;

use crate::pipeline::{Command, Pipeline, shown};
use crate::state::Shell;
use crate::sys::fd::OpenMode;
use crate::sys::files;

use super::insert::{Candidate, quoted};
use super::{behind_last, name_of};

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
    let of_carapace = ask_carapace(shell, words, typed).map(|found| (0, found));
    of_carapace.or_else(|| Some((behind_last(typed, b"=:"), ask_bash(shell, words, typed)?)))
}

fn ask_carapace(shell: &Shell, words: &[Vec<u8>], typed: &[u8]) -> Option<Vec<Candidate>> {
    let arguments = [name_of(words), b"export"].into_iter();
    let arguments = arguments.chain(words.iter().map(Vec::as_slice)).chain([typed]);
    let answer: serde_json::Value = serde_json::from_slice(&output(shell, b"carapace", arguments)?).ok()?;
    let field = |of: &serde_json::Value, name: &str| of.get(name)?.as_str().map(str::to_owned);
    let open = field(&answer, "nospace").unwrap_or_default();
    let found = answer.get("values")?.as_array()?.iter().filter_map(|entry| {
        let value = field(entry, "value")?;
        let about = field(entry, "description").filter(|about| !about.is_empty());
        let display = field(entry, "display").unwrap_or_default();
        let label = about.map(|about| shown(format!("{display}  ({about})").as_bytes()));
        let is_open = open.contains('*') || value.ends_with(|c| open.contains(c));
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
    let scripts = scripts.find(|file| !words.is_empty() && files::is_readable_file(file))?;
    // As they would be typed; and bash itself takes `=` and `:` for words.
    let words = words.iter().map(Vec::as_slice).chain([typed]).map(|word| quoted(word, None, None));
    let words: Vec<String> = words.collect();
    let pieces = words.iter().flat_map(|word| {
        let is_break = |byte| matches!(byte, b'=' | b':');
        let pieces = word.as_bytes().chunk_by(move |&one, &other| is_break(one) == is_break(other));
        pieces.chain(word.is_empty().then_some(b"".as_slice()))
    });
    let line = words.join(" ");
    // `-p`: no BASH_ENV, no functions from the environment.
    let front = [b"-pc".as_slice(), ASK_BASH.as_bytes(), b"bash", line.as_bytes(), &scripts];
    let answer = output(shell, b"bash", front.into_iter().chain(pieces))?;
    let mut answers = answer.split(|&byte| byte == 0);
    let options = answers.next()?.to_str_lossy();
    let options: Vec<&str> = options.split_whitespace().collect();
    let has = |option: &str| {
        // The last word about it counts: `-o` or `+o`.
        let last = options.windows(2).rfind(|pair| pair.ends_with(&[option]));
        last.is_some_and(|pair| pair.starts_with(&["-o"]))
    };
    let candidate = |text: &[u8]| match text.strip_suffix(b" ") {
        Some(value) => Candidate::new(value),
        None if has("filenames") && files::is_directory(text) && !text.ends_with(b"/") => {
            Candidate::open([text, b"/"].concat())
        }
        None if has("nospace") => Candidate::open(text),
        None => Candidate::new(text),
    };
    let found: Vec<_> = answers.filter(|text| !text.is_empty()).map(candidate).collect();
    // Without a word of the script against it, what was begun may be the name of a file.
    let is_file = has("default") || has("bashdefault") || !typed.is_empty() && !typed.starts_with(b"-");
    (!found.is_empty() || !is_file).then_some(found)
}

/// What a program writes, if there is one and it comes to its end in time.
fn output<'a>(shell: &Shell, name: &[u8], arguments: impl Iterator<Item = &'a [u8]>) -> Option<Vec<u8>> {
    let text = |bytes: &[u8]| OsString::from_vec(bytes.to_vec());
    let program = files::find_program(name, shell.path()).ok()?;
    let mut command = Command::new(text(program.to_bytes())).env_clear().args(arguments.map(text));
    for pair in shell.variables.environment_with(&[]).iter() {
        let (name, value) = pair.to_bytes().split_once_str("=")?;
        command = command.env(text(name), text(value));
    }
    command = command.redirect(0, OpenMode::Read, "/dev/null").redirect(2, OpenMode::Truncate, "/dev/null");
    let (report, output) = Pipeline::new(command).own_session().capture_within(LIMIT).ok()?;
    report.status().is_success().then_some(output)
}
