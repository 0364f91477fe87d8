//! Integers in words, as several built-ins read them.

use std::num::{IntErrorKind, ParseIntError};

use crate::pipeline::report::shown;

/// The decimal integer that a word is, blanks around it aside.
///
/// # Errors
/// Why it is none.
pub fn decimal(word: &[u8]) -> Result<i64, String> {
    let text = std::str::from_utf8(word.trim_ascii()).unwrap_or_default();
    text.parse().map_err(|error: ParseIntError| match error.kind() {
        IntErrorKind::PosOverflow | IntErrorKind::NegOverflow => format!("{}: out of range", shown(word)),
        _ => format!("{}: not an integer", shown(word)),
    })
}

/// The integer with which a word begins, written as in C: decimal, octal or hexadecimal; and how many bytes
/// of the word it has.
pub fn integer_of_c(word: &[u8]) -> (i128, usize) {
    let (is_negative, digits) = match word.trim_ascii_start() {
        [sign @ (b'-' | b'+'), digits @ ..] => (*sign == b'-', digits),
        digits => (false, digits),
    };
    let (base, digits) = match digits {
        [b'0', b'x' | b'X', digits @ ..] if digits.first().is_some_and(u8::is_ascii_hexdigit) => (16, digits),
        [b'0', ..] => (8, digits),
        _ => (10, digits),
    };
    let values = digits.iter().map_while(|byte| char::from(*byte).to_digit(base));
    let append = |value: i128, digit: u32| value.saturating_mul(base.into()).saturating_add(digit.into());
    let used = match values.clone().count() {
        0 => 0,
        count => word.len() - digits.len() + count,
    };
    let value = values.fold(0, append);
    (if is_negative { -value } else { value }, used)
}
