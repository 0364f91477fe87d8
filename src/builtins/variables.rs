//! `export`, `readonly`, `unset` (POSIX XCU 2.15) and `local`.

use crate::pipeline::Status;
use crate::pipeline::report::shown;
use crate::state::variables::Variable;
use crate::syntax::ast::Name;

use super::{Action, Call, in_quotes};

pub fn export(call: &mut Call<'_>) -> Action {
    declare(call, |variable| variable.is_exported, |call, name| call.shell.variables.export(name))
}

pub fn readonly(call: &mut Call<'_>) -> Action {
    declare(call, |variable| variable.is_readonly, |call, name| call.shell.variables.protect(name))
}

/// Marks variables, or lists those that are marked so that it can be read back.
fn declare(
    call: &mut Call<'_>,
    is_marked: fn(&Variable) -> bool,
    mark: impl Fn(&mut Call<'_>, &[u8]),
) -> Action {
    let (letters, operands) = match call.options("p") {
        Ok(options) => options,
        Err(status) => return Action::Fail(status),
    };
    if operands.is_empty() || !letters.is_empty() {
        for (name, variable) in call.shell.variables.all().filter(|(_, variable)| is_marked(variable)) {
            call.out.extend_from_slice(call.name.as_bytes());
            call.out.push(b' ');
            call.out.extend_from_slice(name);
            if let Some(value) = &variable.value {
                call.out.push(b'=');
                call.out.extend_from_slice(&in_quotes(value));
            }
            call.out.push(b'\n');
        }
        return Action::Done(Status::SUCCESS);
    }
    for operand in operands {
        let (name, value) = parts(operand);
        if !Name::is_valid(name) {
            return not_a_name(call, name);
        }
        if let Some(value) = value
            && let Err(error) = call.shell.variables.set(name, value)
        {
            call.complain(error);
            return Action::Fail(Status::FAILURE);
        }
        mark(call, name);
    }
    Action::Done(Status::SUCCESS)
}

/// `name=value` or `name`.
fn parts(operand: &[u8]) -> (&[u8], Option<&[u8]>) {
    match operand.iter().position(|&byte| byte == b'=') {
        Some(equals) => {
            let (name, value) = operand.split_at(equals);
            (name, value.get(1..))
        }
        None => (operand, None),
    }
}

/// `local`: what a function calls so is put back when it returns. Without a value, it is unset until then.
pub fn local(call: &mut Call<'_>) -> Action {
    if call.shell.frames == 0 {
        call.complain("only in a function");
        return Action::Fail(Status::FAILURE);
    }
    for operand in call.arguments {
        let (name, value) = parts(operand);
        if !Name::is_valid(name) {
            return not_a_name(call, name);
        }
        let saved = call.shell.variables.save(name);
        call.shell.locals.push(saved);
        let done = match value {
            Some(value) => call.shell.variables.set(name, value),
            None => call.shell.variables.unset(name),
        };
        if let Err(error) = done {
            call.complain(error);
            return Action::Fail(Status::FAILURE);
        }
    }
    Action::Done(Status::SUCCESS)
}

pub fn unset(call: &mut Call<'_>) -> Action {
    let (letters, operands) = match call.options("fv") {
        Ok(options) => options,
        Err(status) => return Action::Fail(status),
    };
    let functions = letters.last() == Some(&'f');
    for name in operands {
        if functions {
            if call.shell.functions.contains_key(name) {
                std::rc::Rc::make_mut(&mut call.shell.functions).remove(name);
            }
            continue;
        }
        if !Name::is_valid(name) {
            return not_a_name(call, name);
        }
        if let Err(error) = call.shell.variables.unset(name) {
            call.complain(error);
            return Action::Fail(Status::FAILURE);
        }
    }
    Action::Done(Status::SUCCESS)
}

fn not_a_name(call: &Call<'_>, name: &[u8]) -> Action {
    call.complain(format_args!("{}: not a name of a variable", shown(name)));
    Action::Fail(Status::FAILURE)
}
