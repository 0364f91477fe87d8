//! Colours on the line that is edited, from the parser's own reading of it.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::builtins;
use crate::state::Shell;
use crate::state::options::Flag;
use crate::syntax::{Kind, Outline, Piece, outline};

/// How a piece looks: the parameters of the terminal's SGR sequence (ECMA-48 8.3.117), `0` for no colour, 31 to 36
/// for red, green, yellow, blue, magenta and cyan, 90 for grey, 1 for bold, 4 for underlined, 7 for reversed.
type Style = &'static str;

const PLAIN: Style = "0";
const TEXT: Style = "33";
const FAINT: Style = "90";

/// Each opening one before the one that closes it.
const BRACKETS: &[u8; 6] = b"(){}[]";

/// Which of the names that stand where commands do are commands. Forgotten at each prompt, since what was run may
/// have changed it.
pub type Known = BTreeMap<Vec<u8>, bool>;

/// The line as the terminal gets it. `cursor` is none when the line is done.
pub fn highlight(shell: &Shell, known: &mut Known, line: &str, cursor: Option<usize>) -> String {
    if !has_colours(shell) {
        return harmless(line);
    }
    let Outline { pieces, .. } = outline(line.as_bytes(), shell.options.has(Flag::Posix));
    let mut styles = vec![PLAIN; line.len()];
    for piece in &pieces {
        if let Some(place) = styles.get_mut(piece.start..piece.end) {
            place.fill(style(shell, known, line, piece));
        }
    }
    let partner = cursor.and_then(|cursor| partner(line.as_bytes(), &styles, cursor));
    if let Some(style) = partner.and_then(|partner| styles.get_mut(partner)) {
        *style = "7";
    }
    let mut painted = String::with_capacity(2 * line.len());
    let mut current = PLAIN;
    for (at, character) in line.char_indices() {
        let (shown, style) = match picture(character) {
            Some(picture) => (picture, "31;7"),
            None => (character, styles.get(at).copied().unwrap_or(PLAIN)),
        };
        if style != current {
            let _ = write!(painted, "\x1b[0;{style}m");
            current = style;
        }
        painted.push(shown);
    }
    if current != PLAIN {
        painted.push_str("\x1b[0m");
    }
    painted
}

/// A suggestion, which is not yet part of the line.
pub fn suggested(shell: &Shell, text: &str) -> String {
    // A shade is no colour, and without any the suggestion would look like what was typed.
    let style = if has_colours(shell) { FAINT } else { "2" };
    format!("\x1b[{style}m{}\x1b[0m", harmless(text))
}

/// Without anything that could steer the terminal.
pub fn harmless(text: &str) -> String {
    text.chars().map(|character| picture(character).unwrap_or(character)).collect()
}

/// Whether a bracket has to be looked at.
pub fn is_at_bracket(line: &str, cursor: usize) -> bool {
    at_or_before(cursor).any(|at| line.as_bytes().get(at).is_some_and(|byte| BRACKETS.contains(byte)))
}

/// Where the bracket may be whose other one is shown.
fn at_or_before(cursor: usize) -> impl Iterator<Item = usize> {
    [Some(cursor), cursor.checked_sub(1)].into_iter().flatten()
}

/// See <https://no-color.org>.
pub fn has_colours(shell: &Shell) -> bool {
    shell.variables.text(b"NO_COLOR").is_empty()
}

/// A sign for a control character, except for newlines and tabs, with which the editor lays out the line.
fn picture(character: char) -> Option<char> {
    match character {
        '\n' | '\t' => None,
        '\x7f' => Some('\u{2421}'),
        '\0'..='\x1f' => char::from_u32(0x2400 + character as u32),
        _ => character.is_control().then_some('\u{fffd}'),
    }
}

fn style(shell: &Shell, known: &mut Known, line: &str, piece: &Piece) -> Style {
    match piece.kind {
        Kind::Command => command(shell, known, line, piece),
        Kind::Reserved => "35",
        Kind::Quoted | Kind::HereDocument => TEXT,
        Kind::Assignment | Kind::Parameter | Kind::Arithmetic => "36",
        Kind::Redirection | Kind::Control => "1",
        Kind::Comment => FAINT,
        Kind::Error => "31;4",
        Kind::Unclosed => "33;4",
        Kind::Substitution | Kind::Argument | Kind::Target => PLAIN,
    }
}

/// A name that is only known once it is expanded is neither right nor wrong, and so is one that is defined here.
fn command(shell: &Shell, known: &mut Known, line: &str, piece: &Piece) -> Style {
    let bytes = line.as_bytes();
    let name = bytes.get(piece.start..piece.end).unwrap_or_default();
    let rest = bytes.get(piece.end..).unwrap_or_default();
    let is_defined = rest.trim_ascii_start().starts_with(b"(");
    if is_defined || name.starts_with(b"~") || name.iter().any(|byte| b"$`*?[".contains(byte)) {
        return PLAIN;
    }
    let is_quote = |byte: &u8| b"\\'\"".contains(byte);
    let name: Vec<u8> = name.iter().copied().filter(|byte| !is_quote(byte)).collect();
    let is_known = known.entry(name).or_insert_with_key(|name| builtins::is_command(name, shell));
    if *is_known { "32" } else { "31" }
}

/// Where the other bracket of the pair is. Brackets in texts and comments do not count.
fn partner(line: &[u8], styles: &[Style], cursor: usize) -> Option<usize> {
    let bracket = |at: usize| {
        let number = BRACKETS.iter().position(|byte| line.get(at) == Some(byte))?;
        let is_code = styles.get(at).is_some_and(|style| ![TEXT, FAINT].contains(style));
        is_code.then_some((number / 2, number % 2 == 0))
    };
    let (start, (kind, is_open)) = at_or_before(cursor).find_map(|at| Some((at, bracket(at)?)))?;
    let mut depth = 0;
    let mut closes = |at: &usize| {
        if let Some((_, opens)) = bracket(*at).filter(|(other, _)| *other == kind) {
            depth += if opens == is_open { 1 } else { -1 };
        }
        depth == 0
    };
    if is_open { (start..line.len()).find(closes) } else { (0..=start).rev().find(|at| closes(at)) }
}
