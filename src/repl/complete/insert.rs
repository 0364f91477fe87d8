//! From candidates to what is inserted and what is shown: matching, the part that all have in common, quoting.

use rustyline::completion::Pair;

use crate::pipeline::report::shown;

/// Something that a word, or the end of one, may become.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Candidate {
    /// Its text, in no quotes.
    pub value: Vec<u8>,
    /// What a list shows instead of its text.
    pub label: Option<String>,
    /// What follows it when it is the only one: a blank ends the word and its quotes, anything else does not.
    pub suffix: &'static str,
}

impl Candidate {
    /// One that ends its word.
    pub fn new(value: impl Into<Vec<u8>>) -> Candidate {
        Candidate { value: value.into(), label: None, suffix: " " }
    }

    /// One that something else must follow.
    pub fn open(value: impl Into<Vec<u8>>) -> Candidate {
        Candidate { suffix: "", ..Candidate::new(value) }
    }
}

/// More than anybody reads; the editor counts them in 16 bits.
const MOST_SHOWN: usize = 10_000;

/// What is inserted for `typed`, the text at `source`: the only candidate that goes on from it, or as much as all
/// have in common. Where that is nothing new, the candidates are only listed. `write` puts a text into the quotes
/// that hold, and ends them before a blank.
pub fn offer(
    source: &str,
    typed: &[u8],
    mut candidates: Vec<Candidate>,
    write: impl Fn(&[u8], &str) -> String,
) -> Vec<Pair> {
    if candidates.iter().any(|candidate| candidate.value.starts_with(typed)) {
        candidates.retain(|candidate| candidate.value.starts_with(typed));
    } else {
        candidates.retain(|candidate| fits_in_any_case(&candidate.value, typed));
    }
    candidates.sort_unstable();
    candidates.dedup_by(|one, other| one.value == other.value);
    let only = |text: String| vec![Pair { display: text.clone(), replacement: text }];
    let common = match candidates.as_slice() {
        [] => return Vec::new(),
        [candidate] => return only(write(&candidate.value, candidate.suffix)),
        [first, rest @ ..] => common_start(&first.value, rest),
    };
    if common.len() > typed.len() || common.len() == typed.len() && common != typed {
        return only(write(common, ""));
    }
    candidates.truncate(MOST_SHOWN);
    let listed = candidates.into_iter().map(|candidate| Pair {
        display: candidate.label.unwrap_or_else(|| shown(&candidate.value)),
        // The editor inserts what all of these have in common.
        replacement: source.to_owned(),
    });
    listed.collect()
}

/// Whether `value` begins with `typed`, if capital and small letters are the same.
pub fn fits_in_any_case(value: &[u8], typed: &[u8]) -> bool {
    let is_same = |(one, other): (&u8, &u8)| one.eq_ignore_ascii_case(other);
    value.len() >= typed.len() && value.iter().zip(typed).all(is_same)
}

/// The text with which all begin, in whole characters.
fn common_start<'a>(first: &'a [u8], others: &[Candidate]) -> &'a [u8] {
    let common = |one: &[u8]| first.iter().zip(one).take_while(|(one, other)| one == other).count();
    let mut length = others.iter().map(|other| common(&other.value)).min().unwrap_or(first.len());
    // A byte that goes on a character is not its first.
    while first.get(length).is_some_and(|byte| byte & 0xc0 == 0x80) && length > 0 {
        length -= 1;
    }
    first.get(..length).unwrap_or_default()
}

/// What reads back as `value` behind the character `before` where `quote` is open: `'`, `"`, or `$` for `$'`.
pub fn quoted(value: &[u8], quote: Option<u8>, mut before: Option<char>) -> String {
    let (open, close) = match quote {
        None => ("$'", "'"),
        Some(b'$') => ("", ""),
        Some(b'"') => ("\"$'", "'\""),
        Some(_) => ("'$'", "''"),
    };
    let (mut text, mut escaped) = (String::new(), String::new());
    let mut escape = |text: &mut String, bytes: &[u8], is_last: bool| {
        for &byte in bytes {
            escaped += &match byte {
                b'\n' => "\\n".to_owned(),
                b'\t' => "\\t".to_owned(),
                byte => format!("\\{byte:03o}"),
            };
        }
        if is_last && !escaped.is_empty() {
            *text += &format!("{open}{escaped}{close}");
            escaped.clear();
        }
    };
    for chunk in value.utf8_chunks() {
        for c in chunk.valid().chars() {
            if c.is_control() {
                escape(&mut text, c.encode_utf8(&mut [0; 4]).as_bytes(), false);
            } else {
                escape(&mut text, b"", true);
                match quote {
                    Some(b'\'') if c == '\'' => text += "'\\'",
                    Some(b'"') if "$`\"\\".contains(c) => text.push('\\'),
                    Some(b'$') if "'\\".contains(c) => text.push('\\'),
                    None if is_special(c, before) => text.push('\\'),
                    _ => {}
                }
                text.push(c);
            }
            before = Some(c);
        }
        escape(&mut text, chunk.invalid(), false);
    }
    escape(&mut text, b"", true);
    text
}

/// Whether a character has a meaning behind `before`, unquoted.
fn is_special(c: char, before: Option<char>) -> bool {
    match c {
        '#' => before.is_none(),
        '~' => matches!(before, None | Some(':' | '=')),
        c => " |&;<>()$`\\\"'*?[".contains(c),
    }
}
