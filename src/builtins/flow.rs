//! `break`, `continue`, `return` and `exit` (POSIX XCU 2.15).

use crate::pipeline::Status;
use crate::pipeline::report::shown;
use crate::state::Divert;

use super::{Action, Call};

pub fn break_loop(call: &mut Call<'_>) -> Action {
    leave(call, Divert::Break)
}

pub fn continue_loop(call: &mut Call<'_>) -> Action {
    leave(call, Divert::Continue)
}

/// More levels than there are loops mean all of them; outside a loop, nothing happens.
fn leave(call: &mut Call<'_>, divert: fn(u32) -> Divert) -> Action {
    let levels = match call.operands() {
        [] => 1,
        [levels] => match std::str::from_utf8(levels).ok().and_then(|text| text.parse().ok()) {
            Some(levels @ 1_u32..) => levels,
            _ => {
                call.complain(format_args!("{}: not a number of loops: from 1 on", shown(levels)));
                return Action::Fail(Status::USAGE);
            }
        },
        _ => return Action::Fail(call.misused("too many arguments")),
    };
    call.shell.set_status(Status::SUCCESS);
    match call.shell.loops {
        0 => Action::Done(Status::SUCCESS),
        loops => Action::Divert(divert(levels.min(loops))),
    }
}

pub fn return_from(call: &mut Call<'_>) -> Action {
    // From a function that the trap calls, it is as anywhere else.
    let in_trap = call.shell.before_trap.filter(|&(_, frames)| frames >= call.shell.frames);
    match status(call, in_trap) {
        Ok(status) => {
            call.shell.set_status(status);
            Action::Divert(Divert::Return)
        }
        Err(failed) => failed,
    }
}

pub fn exit(call: &mut Call<'_>) -> Action {
    match status(call, call.shell.before_trap) {
        Ok(status) => Action::Divert(Divert::Exit(status)),
        Err(failed) => failed,
    }
}

/// The operand; without one, the status of the last command, or of the one before the trap that is running.
fn status(call: &Call<'_>, in_trap: Option<(Status, u32)>) -> Result<Status, Action> {
    match call.operands() {
        [] => Ok(in_trap.map_or(call.shell.status, |(status, _)| status)),
        [status] => match std::str::from_utf8(status).ok().and_then(|text| text.parse::<u32>().ok()) {
            // As the kernel does: the low eight bits.
            Some(status) => Ok(Status(status.to_le_bytes()[0])),
            None => {
                call.complain(format_args!("{}: not a status: a number from 0 on is wanted", shown(status)));
                Err(Action::Fail(Status::USAGE))
            }
        },
        _ => Err(Action::Fail(call.misused("too many arguments"))),
    }
}
