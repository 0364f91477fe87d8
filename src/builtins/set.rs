//! `set` and `shift` (POSIX XCU 2.15).

use crate::pipeline::{Status, quoted, shown};
use crate::state::Positional;
use crate::state::options::{self, Flag, Options, TABLE};

use super::{Answer, Call, DONE, line};

pub fn set(call: &mut Call<'_>) -> Answer {
    if call.arguments.is_empty() {
        for variable in call.shell.variables.all() {
            if let Some(value) = &variable.value {
                line(call.out, [&variable.name, b"=".as_slice(), &quoted(value)].concat());
            }
        }
        return DONE;
    }
    let mut options = call.shell.options;
    let mut rest = call.arguments;
    while let [first, after @ ..] = rest {
        let is_on = match &**first {
            b"--" => {
                call.shell.positional = Positional::new(after.to_vec(), 0);
                rest = &[];
                break;
            }
            // Obsolescent: turns off what shows commands.
            b"-" => {
                rest = after;
                options.set(Flag::XTrace, false);
                options.set(Flag::Verbose, false);
                break;
            }
            [b'-', ..] => true,
            [b'+', ..] => false,
            _ => break,
        };
        rest = after;
        for &letter in first.iter().skip(1) {
            let flag = match (letter, rest) {
                (b'o', [name, after @ ..]) if !name.starts_with(b"-") && !name.starts_with(b"+") => {
                    rest = after;
                    options::by_name(name).ok_or_else(|| unknown(call, name))?
                }
                (b'o', _) => {
                    list(options, is_on, call.out);
                    continue;
                }
                _ => {
                    let name = [if is_on { b'-' } else { b'+' }, letter];
                    options::by_letter(letter).ok_or_else(|| unknown(call, &name))?
                }
            };
            options.set(flag, is_on);
        }
    }
    call.shell.set_options(options);
    if !rest.is_empty() {
        call.shell.positional = Positional::new(rest.to_vec(), 0);
    }
    DONE
}

fn unknown(call: &Call<'_>, name: &[u8]) -> Status {
    call.wrong(format_args!("{}: unknown option", shown(name)))
}

/// `set -o`: a table for people; `set +o`: commands that make it so again.
fn list(options: Options, for_people: bool, out: &mut Vec<u8>) {
    for (flag, _, name) in TABLE {
        let is_on = options.has(*flag);
        let text = match for_people {
            true => format!("{name:<15} {}", if is_on { "on" } else { "off" }),
            false => format!("set {}o {name}", if is_on { "-" } else { "+" }),
        };
        line(out, text);
    }
}

pub fn shift(call: &mut Call<'_>) -> Answer {
    let count = call.number_operand("a number")?.unwrap_or(1);
    if call.shell.positional.shift(count) {
        return DONE;
    }
    let have = call.shell.positional.as_slice().len();
    Err(call.wrong(format_args!("cannot shift {count}: there are {have} parameters")))
}
