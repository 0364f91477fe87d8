//! Colours on the line that is edited, from the parser's own reading of it.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::builtins;
use crate::state::Shell;
use crate::state::options::Flag;
use crate::syntax::{Kind, Outline, Piece, outline};

/// How a piece looks: the parameters of the terminal's SGR sequence (ECMA-48 8.3.117), `0` for no colour.
type Style = &'static str;

const PLAIN: Style = "0";
const KNOWN: Style = "32";
const WRONG: Style = "31";
const RESERVED: Style = "35";
const TEXT: Style = "33";
const VALUE: Style = "36";
const OPERATOR: Style = "1";
const FAINT: Style = "90";
const ERROR: Style = "31;4";
const OPEN: Style = "33;4";
const PARTNER: Style = "7";
const CONTROL: Style = "31;7";

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
        if let Some(style) = style(shell, known, line, piece)
            && let Some(place) = styles.get_mut(piece.start..piece.end)
        {
            place.fill(style);
        }
    }
    let partner = cursor.and_then(|cursor| partner(line.as_bytes(), &styles, cursor));
    if let Some(style) = partner.and_then(|partner| styles.get_mut(partner)) {
        *style = PARTNER;
    }
    let mut painted = String::with_capacity(2 * line.len());
    let mut current = PLAIN;
    for (at, character) in line.char_indices() {
        let (shown, style) = match picture(character) {
            Some(picture) => (picture, CONTROL),
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

/// Whether the bracket at the cursor, or just before it, has to be looked at.
pub fn is_at_bracket(line: &str, cursor: usize) -> bool {
    let at = |place: Option<usize>| place.and_then(|place| line.as_bytes().get(place));
    [Some(cursor), cursor.checked_sub(1)]
        .into_iter()
        .any(|place| at(place).is_some_and(|byte| b"(){}[]".contains(byte)))
}

/// See <https://no-color.org>.
fn has_colours(shell: &Shell) -> bool {
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

fn style(shell: &Shell, known: &mut Known, line: &str, piece: &Piece) -> Option<Style> {
    Some(match piece.kind {
        Kind::Command => command(shell, known, line, piece),
        Kind::Reserved => RESERVED,
        Kind::Quoted | Kind::HereDocument => TEXT,
        Kind::Assignment | Kind::Parameter | Kind::Arithmetic => VALUE,
        Kind::Redirection | Kind::Control => OPERATOR,
        Kind::Comment => FAINT,
        Kind::Error => ERROR,
        Kind::Unclosed => OPEN,
        Kind::Substitution => PLAIN,
        Kind::Argument | Kind::Target => return None,
    })
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
    if *is_known { KNOWN } else { WRONG }
}

/// Where the other bracket of the pair is of which one is at the cursor or just before it. Brackets in texts and
/// comments do not count.
fn partner(line: &[u8], styles: &[Style], cursor: usize) -> Option<usize> {
    let bracket = |at: usize| {
        let is_code = styles.get(at).is_some_and(|style| ![TEXT, FAINT].contains(style));
        let byte = line.get(at).filter(|_| is_code)?;
        let kind = b"({[".iter().position(|open| open == byte);
        kind.map(|kind| (kind, true))
            .or_else(|| b")}]".iter().position(|close| close == byte).map(|kind| (kind, false)))
    };
    let start =
        [Some(cursor), cursor.checked_sub(1)].into_iter().flatten().find(|&at| bracket(at).is_some())?;
    let (kind, is_open) = bracket(start)?;
    let mut depth = 0;
    let mut counts = |at: usize| {
        match bracket(at) {
            Some((other, opens)) if other == kind => depth += if opens == is_open { 1 } else { -1 },
            _ => {}
        }
        depth == 0
    };
    match is_open {
        true => (start..line.len()).find(|&at| counts(at)),
        false => (0..=start).rev().find(|&at| counts(at)),
    }
}
