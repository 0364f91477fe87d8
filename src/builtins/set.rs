//! `set` and `shift` (POSIX XCU 2.15).

use crate::pipeline::Status;
use crate::pipeline::report::shown;
use crate::state::Positional;
use crate::state::options::{self, TABLE};
use crate::syntax::Bytes;

use super::{Action, Call, quoted};

pub fn set(call: &mut Call<'_>) -> Action {
    if call.arguments.is_empty() {
        for (name, variable) in call.shell.variables.all() {
            if let Some(value) = &variable.value {
                call.out.extend_from_slice(name);
                call.out.push(b'=');
                call.out.extend_from_slice(&quoted(value));
                call.out.push(b'\n');
            }
        }
        return Action::Done(Status::SUCCESS);
    }
    let mut rest = call.arguments;
    let mut sets_positional = false;
    while let Some((first, after)) = rest.split_first() {
        let is_on = match first.first() {
            _ if **first == *b"--" => {
                rest = after;
                sets_positional = true;
                break;
            }
            // Obsolescent: turns off what shows commands.
            _ if **first == *b"-" => {
                rest = after;
                let mut options = call.shell.options;
                options.set(options::Flag::XTrace, false);
                options.set(options::Flag::Verbose, false);
                call.shell.set_options(options);
                break;
            }
            Some(b'-') => true,
            Some(b'+') if first.len() > 1 => false,
            _ => break,
        };
        rest = after;
        let mut names = rest.iter();
        for &letter in first.iter().skip(1) {
            if letter == b'o' {
                match names.next() {
                    Some(name) if !name.starts_with(b"-") && !name.starts_with(b"+") => {
                        let Some(flag) = options::by_name(name) else { return unknown(call, name) };
                        turn(call, flag, is_on);
                    }
                    _ => {
                        names = rest.iter();
                        list(call, is_on);
                    }
                }
                rest = names.as_slice();
                continue;
            }
            let Some(flag) = options::by_letter(letter) else {
                let name = [first.first().copied().unwrap_or(b'-'), letter];
                return unknown(call, &name);
            };
            turn(call, flag, is_on);
        }
    }
    if sets_positional || !rest.is_empty() {
        call.shell.positional = Positional::new(rest.to_vec(), 0);
    }
    Action::Done(Status::SUCCESS)
}

fn turn(call: &mut Call<'_>, flag: options::Flag, is_on: bool) {
    let mut options = call.shell.options;
    options.set(flag, is_on);
    call.shell.set_options(options);
}

fn unknown(call: &Call<'_>, name: &[u8]) -> Action {
    call.complain(format_args!("{}: unknown option", shown(name)));
    Action::Fail(Status::USAGE)
}

/// `set -o`: a table for people; `set +o`: commands that make it so again.
fn list(call: &mut Call<'_>, for_people: bool) {
    for (flag, _, name) in TABLE {
        let is_on = call.shell.options.has(*flag);
        let line = match (for_people, is_on) {
            (true, true) => format!("{name:<15} on\n"),
            (true, false) => format!("{name:<15} off\n"),
            (false, true) => format!("set -o {name}\n"),
            (false, false) => format!("set +o {name}\n"),
        };
        call.out.extend_from_slice(line.as_bytes());
    }
}

pub fn shift(call: &mut Call<'_>) -> Action {
    let operands: &[Bytes] = call.operands();
    let count = match operands {
        [] => Some(1),
        [count] => std::str::from_utf8(count).ok().and_then(|text| text.parse::<usize>().ok()),
        _ => return Action::Fail(call.misused("too many arguments")),
    };
    match count {
        Some(count) if call.shell.positional.shift(count) => Action::Done(Status::SUCCESS),
        Some(count) => {
            let have = call.shell.positional.len();
            call.complain(format_args!("cannot shift {count}: there are {have} parameters"));
            Action::Fail(Status::USAGE)
        }
        None => {
            let operand = operands.first().map_or_else(String::new, |operand| shown(operand));
            call.complain(format_args!("{operand}: not a number"));
            Action::Fail(Status::USAGE)
        }
    }
}
