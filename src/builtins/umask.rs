//! `umask` (POSIX XCU umask). A symbolic mode says what is allowed, as `chmod` writes it; the mask is what is not.

use crate::pipeline::shown;
use crate::sys::limits;

use super::{Answer, Call, DONE, line};

const ALL: u32 = 0o777;

/// Who may be named in a symbolic mode, and their bits.
const CLASSES: [(char, u32); 4] = [('u', 0o700), ('g', 0o070), ('o', 0o007), ('a', ALL)];

const OPERATORS: [char; 3] = ['+', '-', '='];

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
    let mode = std::str::from_utf8(operand).ok()?;
    if !mode.starts_with(|first: char| first.is_ascii_digit()) {
        return changed(mode, ALL & !mask).map(|allowed| ALL & !allowed);
    }
    // No more than the bits that a mode has.
    u32::from_str_radix(mode, 8).ok().filter(|&mask| mask <= 0o7777).map(|mask| mask & ALL)
}

/// What is allowed after all clauses of a symbolic mode: `u=rwx,g+r-w`.
fn changed(mode: &str, before: u32) -> Option<u32> {
    let mut allowed = before;
    for clause in mode.split(',') {
        let (who, actions) = clause.split_at(clause.find(OPERATORS)?);
        let who = if who.is_empty() { ALL } else { bits_of(who, &CLASSES)? };
        for (operator, permissions) in actions.matches(OPERATORS).zip(actions.split(OPERATORS).skip(1)) {
            let bits = who & permitted(permissions, before, allowed)?;
            allowed = match operator {
                "+" => allowed | bits,
                "-" => allowed & !bits,
                _ => allowed & !who | bits,
            };
        }
    }
    Some(allowed)
}

/// The bits that letters stand for, all together.
fn bits_of(letters: &str, table: &[(char, u32)]) -> Option<u32> {
    letters.chars().try_fold(0, |all, letter| {
        let (_, bits) = table.iter().find(|(this, _)| *this == letter)?;
        Some(all | bits)
    })
}

/// The bits of an action for all classes: permissions, or those of a class. A mask has no bits for `s` and `t`.
fn permitted(permissions: &str, before: u32, allowed: u32) -> Option<u32> {
    if let "u" | "g" | "o" = permissions {
        let class = bits_of(permissions, &CLASSES)?;
        return Some(((allowed & class) >> class.trailing_zeros()) * 0o111);
    }
    let execute_if_any = if before & 0o111 == 0 { 0 } else { 0o111 };
    let table = [('r', 0o444), ('w', 0o222), ('x', 0o111), ('X', execute_if_any), ('s', 0), ('t', 0)];
    bits_of(permissions, &table)
}
