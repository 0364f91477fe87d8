//! `exit` (POSIX XCU 2.15).

use crate::pipeline::Status;
use crate::pipeline::report::shown;

use super::{Action, Call};

pub fn exit(call: &mut Call<'_>) -> Action {
    match call.arguments {
        [] => Action::Exit(call.shell.status),
        [status] => match std::str::from_utf8(status).ok().and_then(|text| text.parse::<u32>().ok()) {
            // As the kernel does: the low eight bits.
            Some(status) => Action::Exit(Status(status.to_le_bytes()[0])),
            None => {
                call.complain(format_args!("{}: not a status: a number from 0 on is wanted", shown(status)));
                Action::Fail(Status::USAGE)
            }
        },
        _ => Action::Fail(call.misused("too many arguments")),
    }
}
