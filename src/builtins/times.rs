//! `times` (POSIX XCU 2.15).

use std::time::Duration;

use crate::pipeline::Status;
use crate::sys::{limits, reason};

use super::{Action, Call};

pub fn times(call: &mut Call<'_>) -> Action {
    if !call.arguments.is_empty() {
        return Action::Fail(call.misused("too many arguments"));
    }
    match limits::times() {
        Ok(lines) => {
            let line = |(user, system)| format!("{} {}\n", shown(user), shown(system));
            call.out.extend(lines.map(line).concat().into_bytes());
            Action::Done(Status::SUCCESS)
        }
        Err(errno) => {
            call.complain(reason(errno));
            Action::Fail(Status::FAILURE)
        }
    }
}

fn shown(time: Duration) -> String {
    format!("{}m{}.{:02}s", time.as_secs() / 60, time.as_secs() % 60, time.subsec_millis() / 10)
}
