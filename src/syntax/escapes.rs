//! What a backslash and what follows it stand for in `$'…'` (POSIX XCU 2.2.4), for `echo -e` and for `printf`.

/// Whose escapes are interpreted: they differ in `\c`, in octal numbers and in quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Escapes {
    /// Those in `$'…'`: `\ddd`, and `\cX` for a control character.
    Quoted,
    /// Those of `echo -e`: `\0ddd`, and `\c` ends all output.
    Echo,
    /// Those of an argument for `%b`: `\0ddd` and `\ddd`, and `\c` ends all output.
    Argument,
    /// Those of a format of `printf`: `\ddd`, and no `\c`.
    Format,
}

/// Interprets the escapes of a text; false if `\c` ended all output.
pub fn unescape(text: &[u8], whose: Escapes, out: &mut Vec<u8>) -> bool {
    let mut rest = text;
    while let Some(at) = rest.iter().position(|&byte| byte == b'\\') {
        let (text, escape) = rest.split_at(at);
        out.extend_from_slice(text);
        rest = escape.get(1..).unwrap_or_default();
        if !write_escape(&mut rest, whose, out) {
            return false;
        }
    }
    out.extend_from_slice(rest);
    true
}

/// Takes what follows a backslash from `rest` and interprets it; false for a `\c` that ends all output.
pub fn write_escape(rest: &mut &[u8], whose: Escapes, out: &mut Vec<u8>) -> bool {
    use Escapes::{Argument, Echo, Format, Quoted};
    let (letter, mut after) = rest.split_first().map_or((0, *rest), |(&letter, after)| (letter, after));
    let value = match (letter, whose) {
        (b'a', _) => Some(7),
        (b'b', _) => Some(8),
        (b'e' | b'E', _) => Some(27),
        (b'f', _) => Some(12),
        (b'n', _) => Some(10),
        (b'r', _) => Some(13),
        (b't', _) => Some(9),
        (b'v', _) => Some(11),
        (b'\\', _) | (b'\'' | b'?', Quoted) | (b'"', Quoted | Format) => Some(letter.into()),
        (b'c', Quoted) => Some(control(&mut after)),
        (b'c', Echo | Argument) => return false,
        (b'x', _) => number(&mut after, 16, 2),
        (b'u', _) => number(&mut after, 16, 4),
        (b'U', _) => number(&mut after, 16, 8),
        (b'0', Echo | Argument) => number(&mut after, 8, 3).or(Some(0)),
        (b'0'..=b'7', Argument | Format | Quoted) => {
            after = rest;
            number(&mut after, 8, 3)
        }
        _ => None,
    };
    match value {
        // No escape: it stands for itself.
        None => {
            out.push(b'\\');
            return true;
        }
        Some(value) if b"uU".contains(&letter) => {
            let character = char::from_u32(value).unwrap_or(char::REPLACEMENT_CHARACTER);
            out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
        }
        Some(value) => out.push(value as u8),
    }
    *rest = after;
    true
}

/// Takes the character that Ctrl is held with; a backslash is doubled.
fn control(rest: &mut &[u8]) -> u32 {
    let (character, after) = match *rest {
        [b'\\', b'\\', after @ ..] => (b'\\', after),
        [character, after @ ..] => (*character, after),
        [] => (b'@', *rest),
    };
    *rest = after;
    if character == b'?' { 127 } else { (character & 0x1f).into() }
}

/// Takes at most so many digits; gives their value if there is one at least.
fn number(rest: &mut &[u8], base: u32, most: usize) -> Option<u32> {
    let digits = rest.iter().take(most).map_while(|byte| char::from(*byte).to_digit(base));
    let (count, value) = digits.fold((0, 0), |(count, value), digit| (count + 1, value * base + digit));
    *rest = rest.get(count..).unwrap_or_default();
    (count > 0).then_some(value)
}
