//! `break`, `continue`, `return` and `exit` (POSIX XCU 2.15).

use std::num::NonZeroU32;

use crate::pipeline::Status;
use crate::state::Divert;

use super::{Action, Answer, Call, DONE};

/// `break` and `continue`: more levels than there are loops mean all of them; outside a loop, nothing happens.
pub fn leave(call: &mut Call<'_>, divert: fn(u32) -> Divert) -> Answer {
    let levels = call.number_operand("a number of loops: from 1 on")?.map_or(1, NonZeroU32::get);
    call.shell.set_status(Status::SUCCESS);
    match call.shell.loops {
        0 => DONE,
        loops => Ok(Action::Divert(divert(levels.min(loops)))),
    }
}

pub fn return_from(call: &mut Call<'_>) -> Answer {
    // From a function that the trap calls, it is as anywhere else.
    let in_trap = call.shell.before_trap.filter(|&(_, frames)| frames >= call.shell.frames);
    end(call, in_trap, Divert::Return)
}

pub fn exit(call: &mut Call<'_>) -> Answer {
    end(call, call.shell.before_trap, Divert::Exit)
}

/// Ends with the status that is the operand; without one, with that of the last command, or of the one before the trap
/// that is running.
fn end(call: &mut Call<'_>, in_trap: Option<(Status, u32)>, divert: Divert) -> Answer {
    let status = call.number_operand::<u32>("a status: a number from 0 on is wanted")?;
    // As the kernel does: the low eight bits.
    let given = status.map(|status| Status(status.to_le_bytes()[0]));
    let status = given.or(in_trap.map(|(status, _)| status)).unwrap_or(call.shell.status);
    call.shell.set_status(status);
    Ok(Action::Divert(divert))
}
