//! `export` and `unset` (POSIX XCU 2.15).

use crate::pipeline::Status;
use crate::pipeline::report::shown;
use crate::syntax::ast::Name;

use super::{Action, Call};

pub fn export(call: &mut Call<'_>) -> Action {
    let (letters, operands) = match call.options("p") {
        Ok((letters, operands)) => (letters, operands.to_vec()),
        Err(status) => return Action::Fail(status),
    };
    if operands.is_empty() || !letters.is_empty() {
        for (name, value) in call.shell.variables.exported() {
            call.out.extend_from_slice(b"export ");
            call.out.extend_from_slice(name);
            if let Some(value) = value {
                call.out.push(b'=');
                write_quoted(value, call.out);
            }
            call.out.push(b'\n');
        }
        return Action::Done(Status::SUCCESS);
    }
    for operand in operands {
        let mut parts = operand.splitn(2, |&byte| byte == b'=');
        let name = parts.next().unwrap_or_default();
        if !Name::is_valid(name) {
            return not_a_name(call, name);
        }
        if let Some(value) = parts.next() {
            call.shell.variables.set(name, value);
        }
        call.shell.variables.export(name);
    }
    Action::Done(Status::SUCCESS)
}

/// In single quotes, whatever it is: text that any shell reads back.
fn write_quoted(value: &[u8], out: &mut Vec<u8>) {
    out.push(b'\'');
    for &byte in value {
        match byte {
            b'\'' => out.extend_from_slice(b"'\\''"),
            byte => out.push(byte),
        }
    }
    out.push(b'\'');
}

pub fn unset(call: &mut Call<'_>) -> Action {
    let operands = match call.options("v") {
        Ok((_, operands)) => operands.to_vec(),
        Err(status) => return Action::Fail(status),
    };
    for name in operands {
        if !Name::is_valid(&name) {
            return not_a_name(call, &name);
        }
        call.shell.variables.unset(&name);
    }
    Action::Done(Status::SUCCESS)
}

fn not_a_name(call: &Call<'_>, name: &[u8]) -> Action {
    call.complain(format_args!("{}: not a name of a variable", shown(name)));
    Action::Fail(Status::FAILURE)
}
