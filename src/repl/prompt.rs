//! The prompts: PS1 and PS2, in which parameters are expanded (POSIX XCU 2.5.3) and the escapes of bash are known,
//! and what is shown without PS1.
//!
//! What is written in PS1 itself may steer the terminal; what comes from names, variables and the system may not;
//! what a program writes there may change colours.

use std::ffi::CString;
use std::time::Duration;

use bstr::ByteSlice;

use crate::interp::Interp;
use crate::pipeline::visible;
use crate::state::Shell;
use crate::syntax::Bytes;
use crate::syntax::ast::Part;
use crate::sys::{files, system};

use super::highlight::has_colours;
use super::integration;

/// As it is measured, without what takes no room on the screen, and as it is shown.
pub type Prompt = (String, String);

/// From when on a command is slow.
const SLOW: Duration = Duration::from_secs(2);
/// What an escape stands for is put in after the expansion, in the place of a character from here on.
const FIRST_PLACE: u32 = 0x10_0000;
/// What stands between these takes no room.
const HIDDEN: [char; 2] = ['\u{1}', '\u{2}'];

/// The prompt for a new command.
pub fn first(shell: &mut Shell) -> Prompt {
    let text = match shell.variables.value(b"PS1").cloned() {
        Some(template) => expanded(&template, true, shell),
        None => by_default(shell),
    };
    let (raw, styled) = measured(&text);
    (raw, styled + integration::end_of_prompt(shell))
}

/// The prompt for what a command still needs.
pub fn second(shell: &mut Shell) -> Prompt {
    let template = shell.variables.value(b"PS2").cloned().unwrap_or_default();
    measured(&expanded(&template, false, shell))
}

/// The status of each stage when one failed, the time of a slow command, the jobs, the folder, the branch.
fn by_default(shell: &Shell) -> String {
    let is_coloured = integration::can_steer(shell) && has_colours(shell);
    let coloured = |colour: &str, text: &str| match is_coloured {
        true => format!("\x1b[{colour}m{text}\x1b[0m "),
        false => format!("{text} "),
    };
    let mut text = String::new();
    if !shell.status.is_success() || shell.pipe_status.iter().any(|status| !status.is_success()) {
        // Of the whole too, if it is another than that of the last stage.
        let is_last = shell.pipe_status.last() == Some(&shell.status);
        let whole = if is_last { String::new() } else { format!(" {}", shell.status.0) };
        text += &coloured("31", &format!("[{}{whole}]", shell.stages("|")));
    }
    if shell.elapsed >= SLOW {
        text += &coloured("33", &duration(shell.elapsed));
    }
    let jobs = shell.jobs.listed().len();
    if jobs > 0 {
        text += &coloured("36", &format!("{jobs} job{}", if jobs == 1 { "" } else { "s" }));
    }
    text += &coloured("1;34", &folder(shell));
    if let Some(branch) = branch(shell.variables.text(b"PWD")) {
        text += &coloured("35", &format!("({})", visible(&branch)));
    }
    text + if files::is_superuser() { "# " } else { "$ " }
}

fn duration(elapsed: Duration) -> String {
    match elapsed.as_secs() {
        0..60 => format!("{:.1}s", elapsed.as_secs_f32()),
        seconds @ 60..3600 => format!("{}m{}s", seconds / 60, seconds % 60),
        seconds => format!("{}h{}m", seconds / 3600, seconds / 60 % 60),
    }
}

/// What git has checked out in the repository that a folder is in: a branch, else the start of a commit's name.
fn branch(folder: &[u8]) -> Option<Vec<u8>> {
    let mut folders = std::iter::successors(Some(folder), |folder| Some(folder.rsplit_once_str("/")?.0));
    let git =
        folders.find_map(|folder| Some(files::join(folder, b".git")).filter(|git| files::exists(git)))?;
    let read = |file: &[u8]| {
        let text = files::test(b'f', file)?.then(|| files::read(file).ok())??;
        Some(text.trim().to_vec())
    };
    let directory = match files::is_directory(&git) {
        true => git,
        // A further working tree, or a submodule.
        false => {
            let target = read(&git)?.strip_prefix(b"gitdir:")?.trim().to_vec();
            let parent = git.strip_suffix(b".git")?;
            if target.starts_with(b"/") { target } else { [parent, &target].concat() }
        }
    };
    let head = read(&files::join(&directory, b"HEAD"))?;
    match head.strip_prefix(b"ref: ") {
        Some(name) => Some(name.strip_prefix(b"refs/heads/").unwrap_or(name).to_vec()),
        None => head.get(..7).map(<[u8]>::to_vec),
    }
}

/// The working directory, `~` for the home.
pub fn folder(shell: &Shell) -> String {
    let [pwd, home] = [b"PWD".as_slice(), b"HOME"].map(|name| shell.variables.text(name));
    match pwd.strip_prefix(home) {
        Some(below @ ([] | [b'/', ..])) if home.len() > 1 => format!("~{}", visible(below)),
        _ => visible(pwd),
    }
}

/// What a program has written: control characters are replaced, but for newlines and sequences that choose colours.
fn with_colours(text: &[u8]) -> String {
    let text = text.to_str_lossy();
    let is_fine = |at: usize, c: char| match c {
        '\n' => true,
        '\x1b' => text.get(at + 1..).is_some_and(begins_with_colour),
        c => !c.is_control(),
    };
    text.char_indices().map(|(at, c)| if is_fine(at, c) { c } else { '?' }).collect()
}

/// Whether this, behind an escape character, chooses colours (ECMA-48 8.3.117).
fn begins_with_colour(text: &str) -> bool {
    let is_parameter = |c: char| c.is_ascii_digit() || c == ';' || c == ':';
    text.strip_prefix('[').is_some_and(|rest| rest.trim_start_matches(is_parameter).starts_with('m'))
}

fn expanded(template: &Bytes, is_first: bool, shell: &mut Shell) -> String {
    let mut values = Vec::new();
    let decoded = decoded(template, shell, &mut values);
    let history = shell.history.clone();
    let text = Interp::new(shell).expand_template(&decoded, |part, text| match part {
        Part::Literal(_) if is_first && text.contains(&b'!') => {
            let number = history.as_ref().map_or(0, |history| history.next_number()).to_string();
            let pieces = text.split_str("!!").map(|piece| piece.replace("!", &number));
            pieces.collect::<Vec<_>>().join(&b'!')
        }
        Part::Literal(_) => text.to_vec(),
        Part::Command(_) => with_colours(text).into_bytes(),
        _ => visible(text).into_bytes(),
    });
    let place = |c: char| values.get(usize::try_from(u32::from(c).checked_sub(FIRST_PLACE)?).ok()?);
    let shown = |c: char| place(c).cloned().unwrap_or_else(|| c.to_string());
    text.to_str_lossy().chars().map(shown).collect()
}

/// Replaces the escapes: what is only letters and digits by itself, for `$(…)` to see, the rest by a character for
/// which it is put in later, so that it is not expanded.
fn decoded(template: &[u8], shell: &Shell, values: &mut Vec<String>) -> Bytes {
    let template = template.to_str_lossy();
    let (mut text, mut rest) = (String::new(), template.chars());
    while let Some(c) = rest.next() {
        let found = match c {
            '\\' => escape(rest.as_str(), shell),
            c if c.is_control() && c != '\n' => Some((c.to_string(), rest.as_str())),
            _ => None,
        };
        let Some((value, after)) = found else {
            text.push(c);
            continue;
        };
        rest = after.chars();
        if value.chars().all(|c| c.is_ascii_alphanumeric()) {
            text += &value;
        } else if let Some(place) = char::from_u32(FIRST_PLACE + u32::try_from(values.len()).unwrap_or(0)) {
            text.push(place);
            values.push(value);
        }
    }
    text.into_bytes().into()
}

/// What the escape after a backslash stands for, and what follows it. One that is none is left.
fn escape<'a>(text: &'a str, shell: &Shell) -> Option<(String, &'a str)> {
    let time = |format: &str| {
        let format = CString::new(format).unwrap_or_default();
        visible(&system::local_time(&format))
    };
    let digits = text.get(..3).filter(|digits| !digits.starts_with('+'));
    if let Some(byte) = digits.and_then(|digits| u8::from_str_radix(digits, 8).ok()) {
        return Some((char::from(byte).to_string(), text.get(3..)?));
    }
    if let Some((format, after)) = text.strip_prefix("D{").and_then(|rest| rest.split_once('}')) {
        return Some((time(if format.is_empty() { "%X" } else { format }), after));
    }
    let letter = text.chars().next()?;
    let value = match letter {
        'a' => "\x07".to_owned(),
        'e' => "\x1b".to_owned(),
        'n' => "\n".to_owned(),
        'r' => "\r".to_owned(),
        '[' => HIDDEN[0].to_string(),
        ']' => HIDDEN[1].to_string(),
        '\\' => "\\".to_owned(),
        '$' => if files::is_superuser() { "#" } else { "$" }.to_owned(),
        'd' => time("%a %b %d"),
        't' => time("%H:%M:%S"),
        'T' => time("%I:%M:%S"),
        '@' => time("%I:%M %p"),
        'A' => time("%H:%M"),
        'u' => visible(&system::user_name().unwrap_or_default()),
        'h' => visible(system::host_name().split(|&byte| byte == b'.').next()?),
        'H' => visible(&system::host_name()),
        's' => visible(shell.name.rsplit(|&byte| byte == b'/').next()?),
        'v' => concat!(env!("CARGO_PKG_VERSION_MAJOR"), ".", env!("CARGO_PKG_VERSION_MINOR")).to_owned(),
        'V' => env!("CARGO_PKG_VERSION").to_owned(),
        'w' => folder(shell),
        'W' => match &*folder(shell) {
            whole @ ("/" | "~") => whole.to_owned(),
            path => path.rsplit('/').next()?.to_owned(),
        },
        'j' => shell.jobs.listed().len().to_string(),
        '?' => shell.status.0.to_string(),
        '!' => shell.history.as_ref()?.next_number().to_string(),
        '#' => (shell.typed + 1).to_string(),
        _ => return None,
    };
    Some((value, text.strip_prefix(letter)?))
}

/// Takes what takes no room away for the measure: what is marked so, and control sequences.
fn measured(text: &str) -> Prompt {
    let mut marked = text.split(HIDDEN[0]);
    let mut visible = marked.next().unwrap_or_default().to_owned();
    visible.extend(marked.filter_map(|piece| Some(piece.split_once(HIDDEN[1])?.1)));
    let mut sequences = visible.split('\x1b');
    let mut raw = sequences.next().unwrap_or_default().to_owned();
    raw.extend(sequences.map(behind_sequence));
    raw.retain(|c| !c.is_control() || c == '\n');
    (raw, text.replace(HIDDEN, ""))
}

/// What follows the control sequence that this begins with, behind an escape character (ECMA-48 5.4 and 5.6).
fn behind_sequence(text: &str) -> &str {
    let (introducer, rest) = text.split_at(text.chars().next().map_or(0, char::len_utf8));
    let behind = match introducer {
        "[" => rest.split_once(|c| ('@'..='~').contains(&c)),
        // A string, which the next escape character ends as well.
        "]" | "P" | "_" | "^" => rest.split_once('\x07'),
        _ => return rest,
    };
    behind.map_or("", |(_, rest)| rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell() -> Shell {
        let mut shell = Shell::new();
        shell.variables.put(b"HOME", b"/home/me".as_slice().into());
        shell.variables.put(b"PWD", b"/home/me/a\x1b[31m$(b)".as_slice().into());
        shell.variables.put(b"y", b"\x1b]0;t\x07".as_slice().into());
        shell.variables.put(b"x", b"v\x1b[1m".as_slice().into());
        shell
    }

    #[track_caller]
    fn check(template: &str, raw: &str, styled: &str) {
        let text = expanded(&template.as_bytes().into(), true, &mut shell());
        assert_eq!(measured(&text), (raw.to_owned(), styled.to_owned()));
    }

    #[test]
    fn escapes_stand_for_what_they_do_in_bash() {
        check(
            r"\s \v \W \j \? \# \\ a\nb \101 \q",
            "minish 0.1 a\\u001B[31m$(b) 0 0 1 \\ a\nb A \\q",
            "minish 0.1 a\\u001B[31m$(b) 0 0 1 \\ a\nb A \\q",
        );
        check(r"\w", r"~/a\u001B[31m$(b)", r"~/a\u001B[31m$(b)");
    }

    #[test]
    fn only_the_prompt_itself_steers_the_terminal() {
        check(
            "\\[\\e]0;t\\a\\]\\e[1mb\x1b[0m $x",
            "b v\\u001B[1m",
            "\x1b]0;t\x07\x1b[1mb\x1b[0m v\\u001B[1m",
        );
        check(r#"$(echo "$x$y")"#, "v?]0;t?", "v\x1b[1m?]0;t?");
    }

    #[test]
    fn an_exclamation_mark_is_the_number_of_the_command() {
        check("! !! ${x+!}", "0 ! !", "0 ! !");
    }

    #[test]
    fn durations_are_short() {
        let of = |seconds| duration(Duration::from_millis(seconds));
        assert_eq!([2_340, 61_000, 3_700_000].map(of), ["2.3s", "1m1s", "1h1m"]);
    }
}
