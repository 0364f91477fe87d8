//! From candidates to what is inserted and what is shown: matching, the part that all have in common, quoting.

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

/// What `typed`, which may be wrong about capital and small letters, becomes: the only candidate that goes on from it,
/// or as much as all have in common. Where that is nothing new, what it may become.
pub fn offer(typed: &[u8], mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    let is_right = |candidate: &Candidate| candidate.value.starts_with(typed);
    match candidates.iter().any(is_right) {
        true => candidates.retain(is_right),
        false => candidates.retain(|candidate| fits_in_any_case(&candidate.value, typed)),
    }
    candidates.sort_unstable();
    candidates.dedup_by(|one, other| one.value == other.value);
    if let [first, .., last] = candidates.as_slice() {
        // What these have in common, all between them have.
        let common = common_start(&first.value, &last.value);
        if common.len() > typed.len() || common.len() == typed.len() && common != typed {
            return vec![Candidate::open(common)];
        }
    }
    candidates.truncate(MOST_SHOWN);
    candidates
}

/// Whether `value` begins with `typed`, if capital and small letters are the same.
pub fn fits_in_any_case(value: &[u8], typed: &[u8]) -> bool {
    value.get(..typed.len()).is_some_and(|start| start.eq_ignore_ascii_case(typed))
}

/// The text with which both begin, in whole characters.
pub fn common_start<'a>(one: &'a [u8], other: &[u8]) -> &'a [u8] {
    let length = one.iter().zip(other).take_while(|(one, other)| one == other).count();
    // A byte that goes on a character is not its first.
    let begins = |at: &usize| one.get(*at).is_none_or(|byte| byte & 0xc0 != 0x80);
    let whole = (0..=length).rfind(begins).unwrap_or(0);
    one.get(..whole).unwrap_or_default()
}

/// What reads back as `value` behind the character `before` where `quote` is open: `'`, `"`, or `$` for `$'`.
pub fn quoted(value: &[u8], quote: Option<u8>, mut before: Option<char>) -> String {
    let (open, close) = match quote {
        None => ("$'", "'"),
        Some(b'$') => ("", ""),
        Some(b'"') => ("\"$'", "'\""),
        Some(_) => ("'$'", "''"),
    };
    let escape = |byte: u8| match byte {
        b'\n' => format!("{open}\\n{close}"),
        byte => format!("{open}\\{byte:03o}{close}"),
    };
    let mut text = String::new();
    for chunk in value.utf8_chunks() {
        for c in chunk.valid().chars() {
            match quote {
                _ if c.is_control() => {
                    text.extend(c.to_string().bytes().map(escape));
                    continue;
                }
                Some(b'\'') if c == '\'' => text += "'\\'",
                Some(b'"') if "$`\"\\".contains(c) => text.push('\\'),
                Some(b'$') if "'\\".contains(c) => text.push('\\'),
                None if is_special(c, before) => text.push('\\'),
                _ => {}
            }
            text.push(c);
            before = Some(c);
        }
        text.extend(chunk.invalid().iter().copied().map(escape));
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::shown;
    use crate::syntax::ast::{Command, Part};
    use crate::syntax::parse;

    /// What a word of this text is when it runs.
    fn read_back(word: &str) -> Vec<u8> {
        let program = parse(format!("x {word}").as_bytes()).unwrap();
        let Command::Simple(simple) = &program.items[0].and_or.first.commands[0] else { panic!("{word}") };
        let is_one = simple.words.len() == 2 && program.items.len() == 1 && simple.words[1].is_single;
        assert!(is_one, "{word} is more than a text");
        text_of(&simple.words[1].parts)
    }

    fn text_of(parts: &[Part]) -> Vec<u8> {
        let texts = parts.iter().map(|part| match part {
            Part::Literal(text) => text.to_vec(),
            Part::Quoted(inner) => text_of(inner),
            part => panic!("{part:?} is more than a text"),
        });
        texts.collect::<Vec<_>>().concat()
    }

    #[test]
    fn each_pair_of_bytes_reads_back_in_any_quotes() {
        let others = b"a1 ~#:='\"\\$\n\xc3\xff";
        let pairs = (1..=255).flat_map(|one| others.map(|other| [[one, other], [other, one]]));
        for pair in pairs.flatten() {
            for (open, quote, close) in
                [("", None, ""), ("'", Some(b'\''), "'"), ("\"", Some(b'"'), "\""), ("$'", Some(b'$'), "'")]
            {
                let word = format!("{open}{}{close}", quoted(&pair, quote, None));
                assert_eq!(read_back(&word), pair, "{word}");
                assert!(!word.contains(char::is_control), "{word}");
            }
        }
    }

    #[track_caller]
    fn check(typed: &str, names: &[&str], expected: &str) {
        let candidates = names.iter().map(|name| Candidate::new(*name)).collect();
        let offered = match offer(typed.as_bytes(), candidates).as_slice() {
            [candidate] => format!("{}{}", shown(&candidate.value), candidate.suffix),
            all => all.iter().map(|candidate| format!("{}, ", shown(&candidate.value))).collect(),
        };
        assert_eq!(offered, expected);
    }

    #[test]
    fn what_all_candidates_have_in_common_is_inserted_else_they_are_listed() {
        check("x", &["a"], "");
        check("a", &["ab c", "b"], "ab c ");
        check("a", &["abc", "abd"], "ab");
        check("ab", &["abd", "abc", "abc"], "abc, abd, ");
        check("gr", &["grün", "grö"], "grö, grün, ");
        check("A", &["abc", "abd"], "ab");
        check("A", &["abc", "Abd"], "Abd ");
        check("re", &["README", "Readme"], "README, Readme, ");
        check("", &["a\x1b[m", "\n"], "\\n, a\\u001B[m, ");
    }

    #[test]
    fn no_list_is_longer_than_the_editor_can_count() {
        let names = (0..70_000).map(|number| Candidate::new(number.to_string())).collect();
        assert_eq!(offer(b"", names).len(), MOST_SHOWN);
    }
}
