//! The house rules, each held by a test of its name: they read the sources as text and list every offender as
//! `path:line: what`. A second test beside each shows that the rule can fail.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The rooms, and for each those that it may import. The two roots stand first; what is not listed is no room.
const ROOMS: [(&str, &[&str]); 9] = [
    ("sys", &[]),
    ("syntax", &[]),
    ("pipeline", &["sys"]),
    ("state", &["sys", "syntax", "pipeline"]),
    ("expand", &["state", "pipeline", "syntax", "sys"]),
    ("builtins", &["expand", "state", "pipeline", "sys", "syntax"]),
    ("interp", &["builtins", "expand", "state", "pipeline", "sys", "syntax"]),
    ("repl", &["interp", "builtins", "expand", "state", "pipeline", "sys", "syntax"]),
    ("cli", &["repl", "interp", "builtins", "expand", "state", "pipeline", "sys", "syntax"]),
];

const LONGEST_FILE: usize = 600;
const LONGEST_FUNCTION: usize = 70;

/// A text file, and what is left of it for those who look for code.
struct File {
    /// Below the crate's folder.
    path: String,
    text: String,
    /// The text with the characters of comments, strings and character literals blanked.
    code: String,
    /// The text with only comments blanked.
    uncommented: String,
}

impl File {
    fn new(path: &str, text: &str) -> File {
        let (code, uncommented) = blanked(text);
        File { path: path.to_owned(), text: text.to_owned(), code, uncommented }
    }

    fn is_in(&self, folder: &str) -> bool {
        self.path.starts_with(folder)
    }

    /// An offence at a byte of the text.
    fn offence(&self, at: usize, what: &str) -> String {
        format!("{}:{}: {what}", self.path, line_of(&self.text, at))
    }
}

fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|&byte| byte == b'\n').count() + 1
}

// ---- the rules, held by what stands in the crate ----

#[test]
fn a_room_imports_only_rooms_above_it() {
    hold(sources(&["src"]).iter().flat_map(order_of_the_rooms));
}

#[test]
fn unsafe_stands_only_under_sys_and_says_why_it_is_safe() {
    hold(sources(&["src"]).iter().flat_map(unsafe_with_its_reason));
}

#[test]
fn system_calls_are_made_only_under_sys() {
    hold(sources(&["src"]).iter().flat_map(no_system_calls));
}

#[test]
fn no_file_is_longer_than_600_lines() {
    hold(sources(&["src"]).iter().flat_map(short_file));
}

#[test]
fn no_function_is_longer_than_70_lines() {
    hold(sources(&["src", "tests", "examples", "benches"]).iter().flat_map(short_functions));
}

#[test]
fn no_message_shows_an_os_error_number() {
    let mut files = sources(&["src"]);
    files.extend(files_below("tests/snapshots", "snap").iter().map(|path| read(path)));
    hold(files.iter().flat_map(no_os_error_number));
}

#[test]
fn every_builtin_file_is_named_in_the_table_of_builtins() {
    let table = read("src/builtins/mod.rs");
    hold(files_below("src/builtins", "rs").iter().filter_map(|path| named_in_table(path, &table)));
}

#[test]
fn every_gotcha_names_an_existing_file_and_an_existing_test() {
    let mut tests = sources(&["src", "tests"]);
    tests.extend(files_below("tests/cases", "sh").iter().map(|path| read(path)));
    let is_file = |path: &str| root().join(path).is_file();
    hold(gotchas(&read("docs/gotchas.md"), is_file, |name| has_test(&tests, name)));
}

#[test]
fn nothing_is_left_to_do() {
    hold(sources(&["src"]).iter().flat_map(nothing_left));
}

#[track_caller]
fn hold(offences: impl IntoIterator<Item = String>) {
    let offences: Vec<String> = offences.into_iter().collect();
    assert!(offences.is_empty(), "{} offence(s):\n{}", offences.len(), offences.join("\n"));
}

// ---- finding the files ----

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sources(folders: &[&str]) -> Vec<File> {
    folders.iter().flat_map(|folder| files_below(folder, "rs")).map(|path| read(&path)).collect()
}

/// A file that cannot be read is an empty one whose path says so: the rules that need it then fail by that name.
fn read(path: &str) -> File {
    match fs::read_to_string(root().join(path)) {
        Ok(text) => File::new(path, &text),
        Err(error) => File::new(&format!("{path} ({})", error.kind()), ""),
    }
}

/// The paths below the crate's folder of all files with this extension, in order.
fn files_below(folder: &str, extension: &str) -> Vec<String> {
    let mut found = Vec::new();
    // A folder that is not there has no files.
    let _ = collect(&root().join(folder), &mut found);
    found.retain(|path| path.extension().is_some_and(|this| this == extension));
    found.sort();
    found.iter().filter_map(|path| Some(path.strip_prefix(root()).ok()?.to_str()?.to_owned())).collect()
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { collect(&path, found)? } else { found.push(path) }
    }
    Ok(())
}

// ---- the rules ----

/// `lib.rs` and `main.rs` belong to no room; tests may import what they like.
fn order_of_the_rooms(file: &File) -> Vec<String> {
    let inside = file.path.strip_prefix("src/").unwrap_or_default();
    if ["lib.rs", "main.rs"].contains(&inside) {
        return Vec::new();
    }
    let room = first_word(inside);
    let Some((_, allowed)) = ROOMS.iter().find(|(name, _)| *name == room) else {
        return vec![file.offence(0, &format!("{room} is no room of this house"))];
    };
    let code = without_tests(&file.code);
    let mut offences = leaving_through_super(file, &code);
    for at in words(&code, "crate") {
        for name in imported(code.get(at + "crate".len()..).unwrap_or_default()) {
            if !ROOMS.iter().any(|(room, _)| *room == name) {
                offences.push(file.offence(at, &format!("crate::{name}: import it from its room")));
            } else if name != room && !allowed.contains(&name) {
                offences.push(file.offence(at, &format!("{room} imports {name}")));
            }
        }
    }
    offences
}

/// From `src/room/mod.rs` one `super::` leads out of the room, from the files beside it two. Written as a path from
/// `crate::`, such an import shows its room.
fn leaving_through_super(file: &File, code: &str) -> Vec<String> {
    let is_top = file.path.ends_with("/mod.rs") || file.path.matches('/').count() == 1;
    let out = if is_top { "super::" } else { "super::super::" };
    let leaves = |at: &usize| {
        let (before, rest) = code.split_at(*at);
        !before.ends_with("super::") && rest.starts_with(out)
    };
    let ups = words(code, "super").into_iter().filter(leaves);
    ups.map(|at| file.offence(at, &format!("{out} leads out of the room: write crate::"))).collect()
}

/// The first names of what follows `crate` in a path: `::a::b` gives a; `::{a::b, c::{d, e}}` gives a and c.
fn imported(rest: &str) -> Vec<&str> {
    let Some(rest) = rest.strip_prefix("::") else { return Vec::new() };
    let Some(group) = rest.strip_prefix('{') else { return vec![first_word(rest)] };
    let mut names = Vec::new();
    let mut depth = 0;
    let mut start = 0;
    for (at, byte) in group.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b',' | b'}' if depth == 0 => {
                names.push(first_word(group.get(start..at).unwrap_or_default().trim_start()));
                start = at + 1;
                if byte == b'}' {
                    break;
                }
            }
            b'}' => depth -= 1,
            _ => {}
        }
    }
    names.retain(|name| !name.is_empty()); // after a last comma
    names
}

fn unsafe_with_its_reason(file: &File) -> Vec<String> {
    let mut offences = Vec::new();
    for at in words(&file.code, "unsafe") {
        if !file.is_in("src/sys/") {
            offences.push(file.offence(at, "unsafe outside src/sys"));
        } else if !has_reason(file, line_of(&file.text, at)) {
            offences.push(file.offence(at, "unsafe without a SAFETY line before it"));
        }
    }
    offences
}

/// Whether a comment with the reason begins or goes on in the three lines before this one, with no blank line between.
/// Neighbours may share it.
fn has_reason(file: &File, line: usize) -> bool {
    let before: Vec<&str> = file.text.lines().take(line - 1).map(str::trim).collect();
    let mut in_comment = false;
    for (distance, text) in (1..).zip(before.into_iter().rev()) {
        let is_comment = text.starts_with("//");
        // Above the three lines, only the rest of a comment that reaches down into them.
        if text.is_empty() || (distance > 3 && !(is_comment && in_comment)) {
            return false;
        }
        if is_comment && (text.contains("SAFETY:") || text.contains("# Safety")) {
            return true;
        }
        in_comment = is_comment;
    }
    false
}

/// Whoever can name `nix`, `libc` or the files of the standard library can call the system.
fn no_system_calls(file: &File) -> Vec<String> {
    if file.is_in("src/sys/") {
        return Vec::new();
    }
    let code = without_tests(&file.code);
    let names = ["nix", "libc"].into_iter().flat_map(|name| words(&code, name));
    let paths = ["std::fs", "std::process", "std::net"].into_iter().flat_map(|path| code.match_indices(path));
    let all = names.chain(paths.map(|(at, _)| at));
    all.map(|at| file.offence(at, "a system call outside src/sys")).collect()
}

fn short_file(file: &File) -> Option<String> {
    let lines = file.text.lines().count();
    (lines > LONGEST_FILE).then(|| format!("{}:{lines}: a file of {lines} lines", file.path))
}

/// The length of a function is that from its `fn` to its last brace.
fn short_functions(file: &File) -> Vec<String> {
    let mut offences = Vec::new();
    for at in words(&file.code, "fn") {
        let rest = file.code.get(at..).unwrap_or_default();
        let name = first_word(rest.get("fn".len()..).unwrap_or_default().trim_start());
        let lines = rest.get(..item_length(rest)).unwrap_or_default().lines().count();
        // Without a name it is the type of a function.
        if !name.is_empty() && lines > LONGEST_FUNCTION {
            offences.push(file.offence(at, &format!("{name} has {lines} lines")));
        }
    }
    offences
}

fn no_os_error_number(file: &File) -> Vec<String> {
    // Snapshots are not Rust: a `//` in them begins no comment.
    let text = if file.path.ends_with(".rs") { &file.uncommented } else { &file.text };
    text.match_indices("(os error").map(|(at, found)| file.offence(at, found)).collect()
}

fn named_in_table(path: &str, table: &File) -> Option<String> {
    let name = path.strip_prefix("src/builtins/")?.strip_suffix(".rs")?;
    let declaration = format!("mod {name};");
    let is_exempt = name == "mod" || name.contains('/');
    (!is_exempt && !table.code.contains(&declaration))
        .then(|| format!("{path}:1: {} has no `{declaration}`", table.path))
}

fn nothing_left(file: &File) -> Vec<String> {
    let marks = ["todo!", "unimplemented!", "TODO", "FIXME"];
    let found = |mark| file.text.match_indices(mark).map(|(at, found)| file.offence(at, found));
    marks.into_iter().flat_map(found).collect()
}

/// Each gotcha is a section with a heading of the second level that ends with the line
/// ``File: `src/…`. Test: `name`.``
fn gotchas(page: &File, is_file: impl Fn(&str) -> bool, is_test: impl Fn(&str) -> bool) -> Vec<String> {
    let mut offences = Vec::new();
    for (line, title, last) in sections(&page.text) {
        let mut offend = |what: String| offences.push(format!("{}:{line}: {title}: {what}", page.path));
        let named = last.strip_prefix("File: `").and_then(|rest| rest.strip_suffix("`."));
        let Some((path, test)) = named.and_then(|named| named.split_once("`. Test: `")) else {
            offend("does not end with File: `src/…`. Test: `name`.".to_owned());
            continue;
        };
        if !is_file(path) {
            offend(format!("{path} does not exist"));
        }
        if !is_test(test) {
            offend(format!("no test and no case is named {test}"));
        }
    }
    if sections(&page.text).is_empty() {
        offences.push(format!("{}:1: no gotchas", page.path));
    }
    offences
}

/// Of each section the line and the text of its heading, and its last line that is not blank.
fn sections(page: &str) -> Vec<(usize, &str, &str)> {
    let mut sections: Vec<(usize, &str, &str)> = Vec::new();
    let mut is_fenced = false; // in a shell script, `## ` begins a comment
    for (line, text) in (1..).zip(page.lines()) {
        is_fenced ^= text.starts_with("```");
        match (text.strip_prefix("## "), sections.last_mut()) {
            (Some(title), _) if !is_fenced => sections.push((line, title, "")),
            (_, Some(section)) if !text.trim().is_empty() => section.2 = text.trim(),
            _ => {}
        }
    }
    sections
}

/// A test is a function in Rust code, or a case, which is a heading in a file of cases.
fn has_test(files: &[File], name: &str) -> bool {
    let function = format!("fn {name}");
    let case = format!("#### {name}");
    files.iter().any(|file| match file.path.ends_with(".sh") {
        true => file.text.lines().any(|line| line.trim_end() == case),
        false => words(&file.code, &function)
            .iter()
            .any(|at| file.code.get(at + function.len()..).is_some_and(|rest| rest.starts_with('('))),
    })
}

// ---- reading Rust, as far as the rules need it ----

/// The text twice, with the same lines: without comments and literals, and without comments alone. What is taken away
/// becomes blanks, so that a byte keeps its place.
fn blanked(text: &str) -> (String, String) {
    let (mut code, mut uncommented) = (String::new(), String::new());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let comment = comment_length(rest);
        let literal = literal_length(rest, code.chars().next_back());
        let (piece, after) = rest.split_at(comment.max(literal).max(first.len_utf8()));
        let is_code = comment == 0 && literal == 0;
        code += &if is_code { piece.to_owned() } else { blanks(piece) };
        uncommented += &if comment == 0 { piece.to_owned() } else { blanks(piece) };
        rest = after;
    }
    (code, uncommented)
}

fn blanks(text: &str) -> String {
    text.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect()
}

/// The length of the comment that begins here, or 0.
fn comment_length(text: &str) -> usize {
    if text.starts_with("//") {
        return text.find('\n').unwrap_or(text.len());
    }
    let mut depth = 0;
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        at += match rest {
            _ if rest.starts_with("/*") => {
                depth += 1;
                2
            }
            _ if depth == 0 => return 0,
            _ if rest.starts_with("*/") => {
                depth -= 1;
                2
            }
            _ => rest.chars().next().map_or(1, char::len_utf8),
        };
        if depth == 0 {
            break;
        }
    }
    at
}

/// The length of the string or character that begins here, or 0. What stands before tells `r"…"` from a name that
/// ends with r.
fn literal_length(text: &str, before: Option<char>) -> usize {
    if text.starts_with('"') {
        return quoted_length(text, '"');
    }
    if let Some(rest) = text.strip_prefix('\'') {
        // A lifetime has no quote after its first character.
        let is_character = rest.starts_with('\\') || rest.chars().nth(1) == Some('\'');
        return if is_character { quoted_length(text, '\'') } else { 0 };
    }
    let is_prefix = before.is_none_or(|before| !is_word(before) || "bc".contains(before));
    let Some(rest) = text.strip_prefix('r').filter(|_| is_prefix) else { return 0 };
    let hashes = rest.len() - rest.trim_start_matches('#').len();
    let Some(body) = rest.get(hashes..).and_then(|rest| rest.strip_prefix('"')) else { return 0 };
    let end = format!("\"{}", "#".repeat(hashes));
    let start = text.len() - body.len();
    body.find(&end).map_or(text.len(), |at| start + at + end.len())
}

fn quoted_length(text: &str, quote: char) -> usize {
    let mut is_escaped = false;
    for (at, this) in text.char_indices().skip(1) {
        match this {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            _ if this == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// The code with every item marked `#[cfg(test)]` blanked.
fn without_tests(code: &str) -> String {
    let mut left = code.to_owned();
    for (at, _) in code.match_indices("#[cfg(test)]") {
        let item = code.get(at..).unwrap_or_default();
        let item = item.get(..item_length(item)).unwrap_or_default();
        left.replace_range(at..at + item.len(), &blanks(item));
    }
    left
}

/// The length of an item: to its `;` or to the brace that closes the first one opened, whichever comes first.
/// Parentheses and brackets hide what is in them, as in `[u8; 3]`. A field, which has neither, ends with its struct.
fn item_length(code: &str) -> usize {
    let mut depth = 0;
    for (at, byte) in code.bytes().enumerate() {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth -= 1,
            _ => {}
        }
        match byte {
            b'}' | b';' if depth == 0 => return at + 1,
            _ if depth < 0 => return at,
            _ => {}
        }
    }
    code.len()
}

/// Where a word stands in the code as a whole word.
fn words(code: &str, word: &str) -> Vec<usize> {
    let is_whole = |at: &usize| {
        let before = code.get(..*at).and_then(|before| before.chars().next_back());
        let after = code.get(at + word.len()..).and_then(|after| after.chars().next());
        !before.is_some_and(is_word) && !after.is_some_and(is_word)
    };
    code.match_indices(word).map(|(at, _)| at).filter(is_whole).collect()
}

fn first_word(text: &str) -> &str {
    text.split(|this| !is_word(this)).next().unwrap_or_default()
}

fn is_word(this: char) -> bool {
    this.is_alphanumeric() || this == '_'
}

// ---- each rule can fail, and fails for nothing else ----

#[track_caller]
fn check<O: IntoIterator<Item = String>>(rule: fn(&File) -> O, path: &str, text: &str, offences: &[&str]) {
    let found: Vec<String> = rule(&File::new(path, text)).into_iter().collect();
    let expected: Vec<String> = offences.iter().map(|offence| format!("{path}:{offence}")).collect();
    assert_eq!(found, expected);
}

#[test]
fn the_order_of_the_rooms_is_seen_in_paths_and_groups() {
    let rule = order_of_the_rooms;
    check(rule, "src/sys/fd.rs", "use a;\nuse crate::syntax::Word;", &["2: sys imports syntax"]);
    check(rule, "src/state/mod.rs", "use crate::{sys::fd, syntax, pipeline::{Job, Plan},\n};", &[]);
    check(rule, "src/expand/mod.rs", "use crate::{state::{a, b}, interp::c};", &["1: expand imports interp"]);
    check(rule, "src/pipeline/job.rs", "fn f() { crate::state::g() }", &["1: pipeline imports state"]);
    check(rule, "src/repl/mod.rs", "use crate::cli;", &["1: repl imports cli"]);
    check(rule, "src/cli.rs", "use crate::{repl, interp, builtins, expand, sys};", &[]);
    check(rule, "src/sys/fd.rs", "use crate::Plan;", &["1: crate::Plan: import it from its room"]);
    check(rule, "src/lib.rs", "pub use crate::sys;", &[]);
    check(rule, "src/util.rs", "", &["1: util is no room of this house"]);
}

#[test]
fn the_order_of_the_rooms_does_not_bind_comments_strings_and_tests() {
    let rule = order_of_the_rooms;
    check(rule, "src/sys/fd.rs", "// use crate::syntax;\nconst A: &str = \"crate::syntax\";", &[]);
    check(rule, "src/sys/fd.rs", "pub(crate) fn f() {}\npub(in crate::sys) fn g() {}", &[]);
    let around = "#[cfg(test)]\nmod tests { use crate::syntax; }\nuse crate::state;";
    check(rule, "src/sys/fd.rs", around, &["3: sys imports state"]);
    let field = "struct A {\n#[cfg(test)]\na: crate::syntax::Word }\nuse crate::state;";
    check(rule, "src/sys/fd.rs", field, &["4: sys imports state"]);
}

#[test]
fn a_path_through_super_may_not_leave_the_room() {
    let rule = order_of_the_rooms;
    let out = "1: super::super:: leads out of the room: write crate::";
    check(rule, "src/sys/fd.rs", "use super::super::syntax;", &[out]);
    check(rule, "src/sys/fd.rs", "use super::wait;", &[]);
    check(rule, "src/sys/mod.rs", "use super::syntax;", &["1: super:: leads out of the room: write crate::"]);
}

#[test]
fn unsafe_is_seen_wherever_it_stands() {
    let rule = unsafe_with_its_reason;
    check(rule, "src/cli.rs", "// SAFETY: no\nunsafe { f() }", &["2: unsafe outside src/sys"]);
    check(rule, "src/cli.rs", "#![forbid(unsafe_code)]\n// unsafe\nconst A: &str = \"unsafe {\";", &[]);
    check(rule, "src/sys/fd.rs", "// SAFETY: f is\nlet a =\n    unsafe { f() };", &[]);
    check(rule, "src/sys/fd.rs", "// SAFETY: a\n// b\n// c\n// d\n// e\nlet f =\n    unsafe { g() };", &[]);
    let none = "unsafe without a SAFETY line before it";
    check(rule, "src/sys/fd.rs", "unsafe { f() };", &[&format!("1: {none}")]);
    check(rule, "src/sys/fd.rs", "unsafe impl Send for A {}", &[&format!("1: {none}")]);
    check(rule, "src/sys/fd.rs", "#[unsafe(no_mangle)]\nfn f() {}", &[&format!("1: {none}")]);
    check(rule, "src/sys/fd.rs", "unsafe fn f() {}", &[&format!("1: {none}")]);
    check(rule, "src/sys/fd.rs", "// SAFETY: a\nunsafe { f() };\nunsafe { g() };", &[]);
    check(rule, "src/sys/fd.rs", "// SAFETY: a\n\nunsafe { f() };", &[&format!("3: {none}")]);
    check(rule, "src/sys/fd.rs", "// SAFETY: a\nb;\nc;\nd;\nunsafe { f() };", &[&format!("5: {none}")]);
}

#[test]
fn a_long_file_is_seen() {
    check(short_file, "src/a.rs", &"\n".repeat(600), &[]);
    check(short_file, "src/a.rs", &"\n".repeat(601), &["601: a file of 601 lines"]);
}

#[test]
fn a_long_function_is_seen() {
    let function = |body: &str| format!("\nfn f<'a>(a: [u8; 3]) {{{body}}}\nfn g() {{}}\n");
    check(short_functions, "src/a.rs", &function(&"\n".repeat(69)), &[]);
    check(short_functions, "src/a.rs", &function(&"\n".repeat(70)), &["2: f has 71 lines"]);
    let table = format!("type F = fn(u8) -> u8;\nconst A: [F; 1] = [{}];", "\n".repeat(90));
    check(short_functions, "src/a.rs", &table, &[]);
}

#[test]
fn braces_in_literals_and_comments_close_no_function() {
    let comments = ["// }", "/* } /* } */ } */"];
    let literals = [r#""}""#, r#""\"}""#, r##"r#""}"#"##, r#"br"}""#, "b'}'", "'}'", r"'\''; '}'"];
    for closer in comments.into_iter().chain(literals) {
        let text = format!("fn f<'a>() {{\n{closer}{}}}", "\n".repeat(70));
        check(short_functions, "src/a.rs", &text, &["1: f has 72 lines"]);
    }
}

#[test]
fn an_os_error_number_is_seen_in_strings_and_snapshots() {
    let rule = no_os_error_number;
    check(rule, "src/a.rs", "// never (os error 2)\nlet a = \"(os error 2)\";", &["2: (os error"]);
    check(rule, "tests/snapshots/a.snap", "see http://a (os error 2)", &["1: (os error"]);
}

#[test]
fn a_builtin_file_without_its_line_is_seen() {
    let table = File::new("src/builtins/mod.rs", "mod cd;\npub(crate) mod read;\n// mod echo;\n");
    let found = |path| named_in_table(path, &table);
    assert_eq!(found("src/builtins/cd.rs"), None);
    assert_eq!(found("src/builtins/read.rs"), None);
    assert_eq!(found("src/builtins/mod.rs"), None);
    let missing = "src/builtins/echo.rs:1: src/builtins/mod.rs has no `mod echo;`";
    assert_eq!(found("src/builtins/echo.rs").as_deref(), Some(missing));
}

#[test]
fn a_gotcha_that_names_nothing_real_is_seen() {
    let page = "# Gotchas\n\n## A\nWhy.\n```\n## no heading\n```\n\nFile: `src/a.rs`. Test: `t`.\n\n\
                ## B\nFile: `src/b.rs`. Test: `u`.\n\n## C\n";
    let rule = |page: &File| gotchas(page, |path| path == "src/a.rs", |test| test == "t");
    let found = rule(&File::new("g.md", page));
    let expected = [
        "g.md:11: B: src/b.rs does not exist",
        "g.md:11: B: no test and no case is named u",
        "g.md:14: C: does not end with File: `src/…`. Test: `name`.",
    ];
    assert_eq!(found, expected);
    assert_eq!(rule(&File::new("g.md", "")), ["g.md:1: no gotchas"]);
}

#[test]
fn a_test_is_a_function_or_a_case() {
    let rust = File::new("tests/a.rs", "fn one() {}\n// fn two() {}");
    let files = [rust, File::new("tests/cases/a.sh", "#### a b\nfn three()\n")];
    let known = ["one", "two", "three", "on", "a b", "a"].map(|name| has_test(&files, name));
    assert_eq!(known, [true, false, false, false, true, false]);
}

#[test]
fn what_is_left_to_do_is_seen() {
    let text = "todo!()\nunimplemented!()\n// TODO\n// FIXME\n";
    check(nothing_left, "src/a.rs", text, &["1: todo!", "2: unimplemented!", "3: TODO", "4: FIXME"]);
}

#[test]
fn a_system_call_is_seen_by_its_crate() {
    check(no_system_calls, "src/sys/fd.rs", "use nix::libc;", &[]);
    check(no_system_calls, "src/interp/jobs.rs", "use nix::sys;", &["1: a system call outside src/sys"]);
    check(
        no_system_calls,
        "src/repl/mod.rs",
        "fn f() {\n std::fs::read(p) }",
        &["2: a system call outside src/sys"],
    );
    check(no_system_calls, "src/repl/mod.rs", "// nix\n#[cfg(test)]\nuse nix::libc;", &[]);
}
