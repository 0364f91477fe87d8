//! Patterns (XCU 2.14): compiled once, matched without ever trying a piece of text twice for one `*`.

use std::iter;
use std::ops::Range;

use bstr::ByteSlice;

/// A compiled pattern.
#[derive(Debug, Clone)]
pub struct Pattern {
    items: Vec<Item>,
    utf8: bool,
}

#[derive(Debug, Clone)]
enum Item {
    /// These bytes, which are whole characters.
    Text(Vec<u8>),
    /// `?`
    Any,
    /// `*`
    Star,
    /// `[…]`
    Set { negated: bool, members: Vec<Member> },
}

#[derive(Debug, Clone)]
enum Member {
    Range(Char, Char),
    Class(Test),
}

/// A character, or a byte that is part of none, kept apart above all characters.
type Char = u32;
const STRAY: Char = 0x11_0000;

type Test = fn(char) -> bool;

/// The character classes of a bracket expression (XBD 9.3.5).
const CLASSES: &[(&[u8], Test)] = &[
    (b"alnum", char::is_alphanumeric),
    (b"alpha", char::is_alphabetic),
    (b"blank", |c| matches!(c, ' ' | '\t')),
    (b"cntrl", char::is_control),
    (b"digit", |c| c.is_ascii_digit()),
    (b"graph", |c| !c.is_control() && !c.is_whitespace()),
    (b"lower", char::is_lowercase),
    (b"print", |c| !c.is_control()),
    (b"punct", |c| c.is_ascii_punctuation()),
    (b"space", char::is_whitespace),
    (b"upper", char::is_uppercase),
    (b"xdigit", |c| c.is_ascii_hexdigit()),
];

/// Where the characters of a text in UTF-8 stand; a byte that is part of none counts as one.
pub fn characters(text: &[u8]) -> impl Iterator<Item = Range<usize>> {
    let mut end = 0;
    iter::from_fn(move || {
        let (_, size) = first_char(text.get(end..)?, true)?;
        end += size;
        Some(end - size..end)
    })
}

/// The first character of `text` and its length in bytes.
fn first_char(text: &[u8], utf8: bool) -> Option<(Char, usize)> {
    Some(character(*text.first()?, utf8, || bstr::decode_utf8(text)))
}

/// The character that begins or ends with this byte, and its length in bytes.
fn character(byte: u8, utf8: bool, decode: impl Fn() -> (Option<char>, usize)) -> (Char, usize) {
    match byte.is_ascii() {
        true => (u32::from(byte), 1),
        false if utf8 && let (Some(c), size) = decode() => (u32::from(c), size),
        false => (STRAY + u32::from(byte), 1),
    }
}

/// Whether unquoted text has a character that can begin a pattern.
pub fn has_special(text: &[u8]) -> bool {
    text.iter().any(|byte| matches!(byte, b'*' | b'?' | b'['))
}

impl Pattern {
    /// Compiles a pattern. `is_quoted` says of a byte's offset whether it stands for itself; an unquoted
    /// backslash quotes what follows it. With `utf8`, a character can be several bytes.
    pub fn new(text: &[u8], is_quoted: impl Fn(usize) -> bool, utf8: bool) -> Pattern {
        let mut items = Vec::new();
        let mut at = 0;
        while let Some((mut c, size)) = text.get(at..).and_then(|text| first_char(text, utf8)) {
            let (mut start, mut end) = (at, at + size);
            match c {
                _ if is_quoted(start) => {}
                0x2a | 0x3f => {
                    let item = if c == 0x2a { Item::Star } else { Item::Any };
                    if !matches!((&item, items.last()), (Item::Star, Some(Item::Star))) {
                        items.push(item);
                    }
                    at = end;
                    continue;
                }
                0x5b => {
                    if let Some((set, after)) = bracket(text, end, &is_quoted, utf8) {
                        items.push(set);
                        at = after;
                        continue;
                    }
                }
                0x5c => {
                    if let Some((escaped, size)) = text.get(end..).and_then(|text| first_char(text, utf8)) {
                        (c, start, end) = (escaped, end, end + size);
                    }
                }
                _ => {}
            }
            let bytes = text.get(start..end).unwrap_or_default();
            match items.last_mut() {
                // In UTF-8, the bytes of a stray one may be part of a character.
                _ if utf8 && c >= STRAY => {
                    items.push(Item::Set { negated: false, members: vec![Member::Range(c, c)] });
                }
                Some(Item::Text(text)) => text.extend_from_slice(bytes),
                _ => items.push(Item::Text(bytes.to_vec())),
            }
            at = end;
        }
        Pattern { items, utf8 }
    }

    /// Whether a character can be several bytes in it.
    pub fn is_utf8(&self) -> bool {
        self.utf8
    }

    /// The text that it matches, if that is known to be the only one.
    pub fn as_text(&self) -> Option<&[u8]> {
        match self.items.as_slice() {
            [] => Some(b""),
            [Item::Text(text)] => Some(text),
            _ => None,
        }
    }

    /// Whether it begins with a period that stands for itself, as it must to match a hidden file.
    pub fn begins_with_period(&self) -> bool {
        matches!(self.items.first(), Some(Item::Text(text)) if text.first() == Some(&b'.'))
    }

    /// Whether the whole of `text` matches. Between two `*` a pattern has a fixed number of characters, so that
    /// the first place where each piece fits leaves the most for those behind it, and nothing is tried twice.
    pub fn matches(&self, text: &[u8]) -> bool {
        let [start, end] = [false, true].map(|from_end| Side { text, from_end, utf8: self.utf8 });
        let mut pieces = self.pieces();
        let Some(mut at) = pieces.next().and_then(|first| start.matched(first, 0)) else { return false };
        let Some(last) = pieces.next_back() else { return at == text.len() };
        for piece in pieces {
            match start.find(piece, at, false) {
                Some(after) => at = after,
                None => return false,
            }
        }
        end.matched(last, 0).is_some_and(|length| at + length <= text.len())
    }

    /// How many bytes at the beginning of `text`, or with `suffix` at its end, match: as few as possible, or
    /// as many. It goes piece by piece, as `matches` does.
    pub fn trim(&self, text: &[u8], suffix: bool, longest: bool) -> Option<usize> {
        let side = Side { text, from_end: suffix, utf8: self.utf8 };
        let mut pieces: Vec<&[Item]> = self.pieces().collect();
        if suffix {
            pieces.reverse();
        }
        let (first, rest) = pieces.split_first()?;
        let mut at = side.matched(first, 0)?;
        let Some((last, middle)) = rest.split_last() else { return Some(at) };
        for piece in middle {
            at = side.find(piece, at, false)?;
        }
        match (last.is_empty(), longest) {
            (true, true) => Some(text.len()),
            (true, false) => Some(at),
            (false, _) => side.find(last, at, longest),
        }
    }

    /// What stands between the `*`.
    fn pieces(&self) -> impl DoubleEndedIterator<Item = &[Item]> {
        self.items.split(|item| matches!(item, Item::Star))
    }
}

/// A text read from one of its ends; places are counted in bytes from there.
#[derive(Clone, Copy)]
struct Side<'t> {
    text: &'t [u8],
    from_end: bool,
    utf8: bool,
}

impl Side<'_> {
    fn next(&self, at: usize) -> Option<(Char, usize)> {
        let rest = self.rest(at)?;
        let (c, size) = match self.from_end {
            true => character(*rest.last()?, self.utf8, || bstr::decode_last_utf8(rest)),
            false => first_char(rest, self.utf8)?,
        };
        Some((c, at + size))
    }

    /// What is behind a place.
    fn rest(&self, at: usize) -> Option<&[u8]> {
        if self.from_end { self.text.get(..self.text.len().checked_sub(at)?) } else { self.text.get(at..) }
    }

    /// The end of a match of `items`, none of which is a `*`, that begins at `at`.
    fn matched(&self, items: &[Item], at: usize) -> Option<usize> {
        let step = |at: usize, item: &Item| {
            let Item::Text(text) = item else {
                let (c, after) = self.next(at)?;
                return item.accepts(c).then_some(after);
            };
            let rest = self.rest(at)?;
            let is_there = if self.from_end { rest.ends_with(text) } else { rest.starts_with(text) };
            is_there.then_some(at + text.len())
        };
        if self.from_end { items.iter().rev().try_fold(at, step) } else { items.iter().try_fold(at, step) }
    }

    /// The end of the first match at `at` or behind it, or of the last one.
    fn find(&self, items: &[Item], mut at: usize, last: bool) -> Option<usize> {
        if let [Item::Text(wanted)] = items {
            // Whole characters are never found in the middle of another one.
            let rest = self.rest(at)?;
            let start = if self.from_end == last { rest.find(wanted) } else { rest.rfind(wanted) }?;
            return Some(at + if self.from_end { rest.len() - start } else { start + wanted.len() });
        }
        let mut found = None;
        loop {
            found = self.matched(items, at).or(found);
            if found.is_some() && !last {
                return found;
            }
            match self.next(at) {
                Some((_, after)) => at = after,
                None => return found,
            }
        }
    }
}

impl Item {
    fn accepts(&self, c: Char) -> bool {
        match self {
            Item::Any => true,
            Item::Star | Item::Text(_) => false,
            Item::Set { negated, members } => negated != &members.iter().any(|member| member.contains(c)),
        }
    }
}

impl Member {
    fn contains(&self, c: Char) -> bool {
        match self {
            Member::Range(low, high) => (*low..=*high).contains(&c),
            Member::Class(class) => char::from_u32(c).is_some_and(class),
        }
    }
}

/// Parses a bracket expression whose `[` is behind; gives it and the offset after its `]`. `None` if there
/// is no such expression, and then the `[` stands for itself.
fn bracket(
    text: &[u8],
    start: usize,
    is_quoted: &impl Fn(usize) -> bool,
    utf8: bool,
) -> Option<(Item, usize)> {
    let mut at = start;
    let negated = matches!(text.get(at), Some(b'!' | b'^')) && !is_quoted(at);
    at += usize::from(negated);
    let first = at;
    let mut members = Vec::new();
    loop {
        let is_plain = !is_quoted(at);
        match text.get(at)? {
            b']' if is_plain && at > first => return Some((Item::Set { negated, members }, at + 1)),
            b'[' if is_plain && let Some((class, end)) = delimited(text, at, b"[:", b":]") => {
                let (_, test) = CLASSES.iter().find(|(name, _)| *name == class)?;
                members.push(Member::Class(*test));
                at = end;
            }
            _ => {
                let (low, end) = element(text, at, is_quoted, utf8)?;
                at = end;
                let is_range = text.get(at) == Some(&b'-') && !is_quoted(at);
                let range =
                    is_range && text.get(at + 1).is_some_and(|&next| next != b']' || is_quoted(at + 1));
                let mut high = low;
                if range {
                    (high, at) = element(text, at + 1, is_quoted, utf8)?;
                }
                members.push(Member::Range(low, high));
            }
        }
    }
}

/// One end of a range: a character, an escaped one, `[.x.]` or `[=x=]`.
fn element(text: &[u8], at: usize, is_quoted: &impl Fn(usize) -> bool, utf8: bool) -> Option<(Char, usize)> {
    let rest = text.get(at..)?;
    if !is_quoted(at) {
        for (open, close) in [(b"[.", b".]"), (b"[=", b"=]")] {
            if let Some((name, end)) = delimited(text, at, open, close) {
                let (c, size) = first_char(name, utf8)?;
                return (size == name.len()).then_some((c, end));
            }
        }
        if let Some(escaped) = rest.strip_prefix(b"\\") {
            let (c, size) = first_char(escaped, utf8)?;
            return Some((c, at + 1 + size));
        }
    }
    let (c, size) = first_char(rest, utf8)?;
    Some((c, at + size))
}

/// What stands between `[:` (or its like) at `at` and `:]`, and the offset after that. Where either is missing, the
/// `[` stands for itself.
fn delimited<'t>(text: &'t [u8], at: usize, open: &[u8], close: &[u8]) -> Option<(&'t [u8], usize)> {
    let inside = text.get(at..)?.strip_prefix(open)?;
    let length = inside.windows(2).position(|pair| pair == close)?;
    Some((inside.get(..length)?, at + 2 + length + 2))
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    #[track_caller]
    fn check(pattern: &str, matching: &[&str], others: &[&str]) {
        let compiled = Pattern::new(pattern.as_bytes(), |_| false, true);
        for text in matching {
            assert!(compiled.matches(text.as_bytes()), "{pattern} should match {text}");
        }
        for text in others {
            assert!(!compiled.matches(text.as_bytes()), "{pattern} should not match {text}");
        }
    }

    #[test]
    fn stars_and_question_marks() {
        check("*", &["", "a", "äb"], &[]);
        check("?", &["a", "ä"], &["", "ab"]);
        check("a*b*c", &["abc", "aXbYc", "abcbc"], &["ab", "acb", "abcd"]);
        check("**a", &["a", "xa"], &["ab"]);
        check("*é*é", &["éé", "aébé"], &["é", "ée"]);
    }

    #[test]
    fn bracket_expressions() {
        check("[abc]", &["a", "c"], &["d", "", "ab"]);
        check("[!a-c]", &["d", "-"], &["a", "b"]);
        check("[^a]", &["b"], &["a"]);
        check("[]a]", &["]", "a"], &["[]a]"]);
        check("[!]a]", &["b"], &["]", "a"]);
        check("[a-]", &["a", "-"], &["b"]);
        check("[[:digit:]x]", &["5", "x"], &["y", ":"]);
        check("[[:alpha:]]", &["a", "ä"], &["1"]);
        check("[[.-.]a]", &["-", "a"], &["b"]);
        check("[[=a=]]", &["a"], &["b"]);
        check("[[:alpha]", &["a", "[", ":"], &["b", "[a"]);
        check("[\\]]", &["]"], &["\\"]);
    }

    #[test]
    fn what_is_no_bracket_expression_stands_for_itself() {
        check("[", &["["], &[""]);
        check("[a", &["[a"], &["a"]);
        check("a[]", &["a[]"], &["a"]);
        check("[[:none:]]", &[], &["n"]);
    }

    #[test]
    fn backslashes_quote() {
        check("\\*", &["*"], &["a", "\\*"]);
        check("a\\", &["a\\"], &["a"]);
    }

    #[test]
    fn quoted_bytes_stand_for_themselves() {
        let quoted = Pattern::new(b"*[a]*", |at| at > 0, true);
        assert!(quoted.matches(b"x[a]*"));
        assert!(!quoted.matches(b"a"));
    }

    #[test]
    fn stray_bytes_are_characters() {
        check("?", &[], &["ab"]);
        assert!(Pattern::new(b"a?b", |_| false, true).matches(b"a\xffb"));
        assert!(!Pattern::new(b"?", |_| false, false).matches("ä".as_bytes()));
    }

    #[test]
    fn the_shortest_and_the_longest_match_at_either_end() {
        let trim = |pattern: &str, text: &str| {
            let compiled = Pattern::new(pattern.as_bytes(), |_| false, true);
            let all = [(false, false), (false, true), (true, false), (true, true)];
            all.map(|(suffix, longest)| compiled.trim(text.as_bytes(), suffix, longest))
        };
        assert_eq!(trim("*/", "/a/b/"), [Some(1), Some(5), Some(1), Some(5)]);
        assert_eq!(trim("/*", "/a/b"), [Some(1), Some(4), Some(2), Some(4)]);
        assert_eq!(trim("a*b*c", "abcbc"), [Some(3), Some(5), Some(5), Some(5)]);
        assert_eq!(trim("?", "äö"), [Some(2); 4]);
        assert_eq!(trim("*", "abc"), [Some(0), Some(3), Some(0), Some(3)]);
        assert_eq!(trim("x", "abc"), [None; 4]);
        assert_eq!(trim("*aa", "aaab"), [Some(2), Some(3), None, None]);
        assert_eq!(trim("é*", "aéaé"), [None, None, Some(2), Some(5)]);
        assert_eq!(trim("ab", "ab"), [Some(2); 4]);
    }

    #[test]
    fn many_stars_take_no_exponential_time() {
        let pattern = Pattern::new(format!("{}b", "a*".repeat(50)).as_bytes(), |_| false, true);
        assert!(!pattern.matches("a".repeat(5000).as_bytes()));
        assert!(pattern.matches(format!("{}b", "a".repeat(5000)).as_bytes()));
    }
}
