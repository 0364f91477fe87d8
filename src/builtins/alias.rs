//! `alias` and `unalias` (POSIX XCU alias, unalias).

use std::rc::Rc;

use super::{Answer, Call, DONE, assignment, line};

pub fn alias(call: &mut Call<'_>) -> Answer {
    if call.arguments.is_empty() {
        call.shell.aliases.iter().for_each(|(name, value)| line(call.out, assignment(name, value)));
    }
    call.each(call.operands(), |call, operand| {
        // A name has at least one character.
        let equals = operand.iter().skip(1).position(|&byte| byte == b'=');
        if let Some((name, [_, value @ ..])) = equals.and_then(|at| operand.split_at_checked(at + 1)) {
            Rc::make_mut(&mut call.shell.aliases).insert(name.into(), value.into());
        } else {
            let value = call.shell.aliases.get(operand).ok_or("not found")?;
            line(call.out, assignment(operand, value));
        }
        Ok::<_, &str>(())
    })
}

pub fn unalias(call: &mut Call<'_>) -> Answer {
    let (options, operands) = call.options("a")?;
    if options.has('a') {
        Rc::make_mut(&mut call.shell.aliases).clear();
        return DONE;
    }
    if operands.is_empty() {
        return Err(call.misused("a name is missing"));
    }
    call.each(operands, |call, name| {
        Rc::make_mut(&mut call.shell.aliases).remove(name).map(drop).ok_or("not found")
    })
}
