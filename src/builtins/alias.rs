//! `alias` and `unalias` (POSIX XCU alias, unalias).

use std::rc::Rc;

use crate::pipeline::Status;
use crate::pipeline::report::shown;

use super::{Action, Call, in_quotes};

pub fn alias(call: &mut Call<'_>) -> Action {
    let aliases = Rc::clone(&call.shell.aliases);
    let mut write = |name: &[u8], value: &[u8]| {
        call.out.extend_from_slice(name);
        call.out.push(b'=');
        call.out.extend_from_slice(&in_quotes(value));
        call.out.push(b'\n');
    };
    if call.arguments.is_empty() {
        aliases.iter().for_each(|(name, value)| write(name, value));
    }
    let mut status = Status::SUCCESS;
    for operand in call.operands().to_vec() {
        // A name has at least one character.
        let equals = operand.iter().skip(1).position(|&byte| byte == b'=').map(|at| at + 1);
        match (equals, call.shell.aliases.get(&operand)) {
            (Some(equals), _) => {
                let (name, value) = operand.split_at(equals);
                let value = value.get(1..).unwrap_or_default();
                Rc::make_mut(&mut call.shell.aliases).insert(name.into(), value.into());
            }
            (None, Some(value)) => {
                let line = [&operand, b"=".as_slice(), &in_quotes(value), b"\n"].concat();
                call.out.extend_from_slice(&line);
            }
            (None, None) => {
                call.complain(format_args!("{}: not found", shown(&operand)));
                status = Status::FAILURE;
            }
        }
    }
    Action::Done(status)
}

pub fn unalias(call: &mut Call<'_>) -> Action {
    let (letters, operands) = match call.options("a") {
        Ok((letters, operands)) => (letters, operands.to_vec()),
        Err(status) => return Action::Done(status),
    };
    if letters.is_empty() && operands.is_empty() {
        return Action::Done(call.misused("a name is missing"));
    }
    let aliases = Rc::make_mut(&mut call.shell.aliases);
    if !letters.is_empty() {
        aliases.clear();
        return Action::Done(Status::SUCCESS);
    }
    let missing: Vec<_> = operands.iter().filter(|name| aliases.remove(*name).is_none()).collect();
    for name in &missing {
        call.complain(format_args!("{}: not found", shown(name)));
    }
    Action::Done(if missing.is_empty() { Status::SUCCESS } else { Status::FAILURE })
}
