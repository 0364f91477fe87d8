//! `umask` (POSIX XCU umask). A symbolic mode says what is allowed, as `chmod` writes it; the mask is what is
//! not.

use crate::pipeline::report::shown;
use crate::sys::limits;

use super::{Answer, Call, DONE, line};

const ALL: u32 = 0o777;

/// Who may be named in a symbolic mode, and their bits.
const CLASSES: [(u8, u32); 4] = [(b'u', 0o700), (b'g', 0o070), (b'o', 0o007), (b'a', ALL)];

pub fn umask(call: &mut Call<'_>) -> Answer {
    let (options, operands) = call.options("Sp")?;
    let mask = limits::file_mask();
    match call.operand(operands)? {
        None => {
            let text = match ['p', 'S'].map(|letter| options.has(letter)) {
                [false, false] => format!("{mask:04o}"),
                [false, true] => symbols(!mask),
                [true, false] => format!("umask {mask:04o}"),
                [true, true] => format!("umask -S {}", symbols(!mask)),
            };
            line(call.out, text);
        }
        Some(mode) => {
            let why = "neither an octal number, as 022, nor a mode, as u=rwx,g=rx,o=";
            let failed = || call.failed(format_args!("{}: {why}", shown(mode)));
            limits::set_file_mask(parsed(mode, mask).ok_or_else(failed)?);
        }
    }
    DONE
}

/// What is allowed to each class: `u=rwx,g=rx,o=rx`.
fn symbols(allowed: u32) -> String {
    let class = |shift: u32| {
        let is_allowed = |(_, bit): &(char, u32)| allowed >> shift & bit != 0;
        "rwx".chars().zip([4, 2, 1]).filter(is_allowed).map(|(letter, _)| letter).collect::<String>()
    };
    format!("u={},g={},o={}", class(6), class(3), class(0))
}

/// The new mask that an operand gives.
fn parsed(operand: &[u8], mask: u32) -> Option<u32> {
    if !operand.first().is_some_and(u8::is_ascii_digit) {
        return changed(operand, ALL & !mask).map(|allowed| ALL & !allowed);
    }
    // No sign, and no more than the bits that a mode has.
    let digits = std::str::from_utf8(operand).ok()?;
    u32::from_str_radix(digits, 8).ok().filter(|&mask| mask <= 0o7777).map(|mask| mask & ALL)
}

/// What is allowed after all clauses of a symbolic mode: `u=rwx,g+r-w`.
fn changed(mode: &[u8], before: u32) -> Option<u32> {
    let is_operator = |byte: &u8| b"+-=".contains(byte);
    let mut allowed = before;
    for clause in mode.split(|&byte| byte == b',') {
        let (who, mut actions) = clause.split_at_checked(clause.iter().position(is_operator)?)?;
        let who = if who.is_empty() { ALL } else { bits_of(who, &CLASSES)? };
        while let Some((operator, rest)) = actions.split_first() {
            let length = rest.iter().position(is_operator).unwrap_or(rest.len());
            let (permissions, next) = rest.split_at_checked(length)?;
            let bits = who & permitted(permissions, before, allowed)?;
            allowed = match operator {
                b'+' => allowed | bits,
                b'-' => allowed & !bits,
                _ => allowed & !who | bits,
            };
            actions = next;
        }
    }
    Some(allowed)
}

/// The bits that letters stand for, all together.
fn bits_of(letters: &[u8], table: &[(u8, u32)]) -> Option<u32> {
    letters.iter().try_fold(0, |all, letter| {
        let (_, bits) = table.iter().find(|(this, _)| this == letter)?;
        Some(all | bits)
    })
}

/// The bits of an action for all classes: permissions, or those of a class. A mask has no bits for `s` and `t`.
fn permitted(permissions: &[u8], before: u32, allowed: u32) -> Option<u32> {
    if let b"u" | b"g" | b"o" = permissions {
        let class = bits_of(permissions, &CLASSES)?;
        return Some(((allowed & class) >> class.trailing_zeros()) * 0o111);
    }
    let execute_if_any = if before & 0o111 == 0 { 0 } else { 0o111 };
    let table = [(b'r', 0o444), (b'w', 0o222), (b'x', 0o111), (b'X', execute_if_any), (b's', 0), (b't', 0)];
    bits_of(permissions, &table)
}
