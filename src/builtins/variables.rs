//! `export`, `readonly`, `unset` (POSIX XCU 2.15) and `local`.

use std::rc::Rc;

use bstr::ByteSlice;

use crate::pipeline::Status;
use crate::state::variables::{Variable, Variables};

use super::{Answer, Call, DONE, after_dashes, assignment, line};

pub fn export(call: &mut Call<'_>) -> Answer {
    declare(call, |variable| variable.is_exported, Variables::export)
}

pub fn readonly(call: &mut Call<'_>) -> Answer {
    declare(call, |variable| variable.is_readonly, Variables::protect)
}

/// Marks variables, or lists those that are marked so that it can be read back.
fn declare(call: &mut Call<'_>, is_marked: fn(&Variable) -> bool, mark: fn(&mut Variables, &[u8])) -> Answer {
    let (options, operands) = call.options("p")?;
    if operands.is_empty() || options.has('p') {
        for Variable { name, value, .. } in call.shell.variables.all().filter(|variable| is_marked(variable))
        {
            let text = value.as_ref().map_or_else(|| name.to_vec(), |value| assignment(name, value));
            line(call.out, [call.name.as_bytes(), b" ", &text].concat());
        }
        return DONE;
    }
    for operand in operands {
        let (name, value) = parts(operand, call)?;
        if let Some(value) = value {
            call.set(name, value)?;
        }
        mark(&mut call.shell.variables, name);
    }
    DONE
}

fn parts<'o>(operand: &'o [u8], call: &Call<'_>) -> Result<(&'o [u8], Option<&'o [u8]>), Status> {
    let assigned = operand.split_once_str("=");
    let (name, value) = assigned.map_or((operand, None), |(name, value)| (name, Some(value)));
    call.check_name(name)?;
    Ok((name, value))
}

/// `local`: what a function calls so is put back when it returns. Without a value, it is unset until then, unless
/// it is local already.
pub fn local(call: &mut Call<'_>) -> Answer {
    if call.shell.frames == 0 {
        return Err(call.failed("only in a function"));
    }
    for operand in after_dashes(call.arguments) {
        let (name, value) = parts(operand, call)?;
        let is_local = call.shell.locals.iter().any(|local| *local.name == *name);
        if !is_local {
            call.shell.locals.push(call.shell.variables.save(name));
        }
        match value {
            Some(value) => call.set(name, value)?,
            None if is_local => {}
            None => call.unset(name)?,
        }
    }
    DONE
}

pub fn unset(call: &mut Call<'_>) -> Answer {
    let (options, operands) = call.options("fv")?;
    for name in operands {
        if options.last_of("fv") != Some('f') {
            call.check_name(name)?;
            call.unset(name)?;
        } else if call.shell.functions.contains_key(name) {
            Rc::make_mut(&mut call.shell.functions).remove(name);
        }
    }
    DONE
}
