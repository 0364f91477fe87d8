//! `umask` (POSIX XCU umask). A symbolic mask says what is allowed, an octal one what is not.

use crate::pipeline::Status;
use crate::pipeline::report::shown;
use crate::sys::limits;

use super::{Action, Call};

pub fn umask(call: &mut Call<'_>) -> Action {
    let mut is_symbolic = false;
    let mut operand = None;
    for argument in call.arguments {
        match &**argument {
            b"-S" if operand.is_none() => is_symbolic = true,
            b"--" if operand.is_none() => {}
            _ if operand.is_none() => operand = Some(argument),
            _ => return Action::Done(call.misused("too many arguments")),
        }
    }
    let mask = limits::mask();
    let Some(operand) = operand else {
        let text = if is_symbolic { symbolic(!mask) } else { format!("{mask:04o}\n") };
        call.out.extend_from_slice(text.as_bytes());
        return Action::Done(Status::SUCCESS);
    };
    let octal = std::str::from_utf8(operand).ok().and_then(|text| u32::from_str_radix(text, 8).ok());
    let new = match octal {
        Some(new) => Some(new).filter(|new| *new <= 0o7777),
        None => changed(!mask & 0o777, operand).map(|allowed| !allowed & 0o777),
    };
    match new {
        Some(new) => {
            limits::set_mask(new);
            Action::Done(Status::SUCCESS)
        }
        None => {
            call.complain(format_args!("{}: neither an octal mask nor a symbolic one", shown(operand)));
            Action::Done(Status::FAILURE)
        }
    }
}

/// `u=rwx,g=rx,o=rx`
fn symbolic(allowed: u32) -> String {
    let class = |name: char, shift: u32| {
        let letters = [(4, 'r'), (2, 'w'), (1, 'x')];
        let set = letters.iter().filter(|(bit, _)| allowed >> shift & bit != 0);
        format!("{name}={}", set.map(|(_, letter)| letter).collect::<String>())
    };
    format!("{},{},{}\n", class('u', 6), class('g', 3), class('o', 0))
}

/// Applies clauses like `u+rw,go-w,o=g` to the permissions that are allowed (POSIX XCU chmod).
fn changed(mut allowed: u32, clauses: &[u8]) -> Option<u32> {
    for clause in clauses.split(|&byte| byte == b',') {
        let length = clause.iter().take_while(|byte| b"ugoa".contains(byte)).count();
        let (who, mut actions) = clause.split_at(length);
        let who = match who {
            [] => 0o777,
            who => who.iter().fold(0, |mask, class| mask | bits_of(*class)),
        };
        if actions.is_empty() {
            return None;
        }
        while let Some((operator, rest)) = actions.split_first() {
            let length = rest.iter().take_while(|byte| !b"+-=".contains(byte)).count();
            let (permissions, rest) = rest.split_at(length);
            let mut set = 0;
            for permission in permissions {
                set |= match permission {
                    b'r' => 0o444,
                    b'w' => 0o222,
                    b'x' => 0o111,
                    b'X' => {
                        if allowed & 0o111 == 0 {
                            0
                        } else {
                            0o111
                        }
                    }
                    b's' | b't' => 0,
                    b'u' => (allowed >> 6 & 7) * 0o111,
                    b'g' => (allowed >> 3 & 7) * 0o111,
                    b'o' => (allowed & 7) * 0o111,
                    _ => return None,
                };
            }
            allowed = match operator {
                b'+' => allowed | (set & who),
                b'-' => allowed & !(set & who),
                b'=' => (allowed & !who) | (set & who),
                _ => return None,
            };
            actions = rest;
        }
    }
    Some(allowed)
}

fn bits_of(class: u8) -> u32 {
    match class {
        b'u' => 0o700,
        b'g' => 0o070,
        b'o' => 0o007,
        _ => 0o777,
    }
}
