//! `exec` (POSIX XCU 2.15).

use crate::pipeline::Status;

use super::{Action, Call};

pub fn exec(call: &mut Call<'_>) -> Action {
    match call.options("") {
        Ok((_, operands)) => Action::Exec(operands.to_vec()),
        Err(_) => Action::Fail(Status::USAGE),
    }
}
