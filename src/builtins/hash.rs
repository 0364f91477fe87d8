//! `hash` (POSIX XCU hash).

use crate::pipeline::Status;
use crate::pipeline::report::shown;
use crate::sys::reason;

use super::{Action, Call};

pub fn hash(call: &mut Call<'_>) -> Action {
    let (letters, names) = match call.options("r") {
        Ok((letters, names)) => (letters, names.to_vec()),
        Err(status) => return Action::Done(status),
    };
    if !letters.is_empty() {
        call.shell.forget_programs(|_| true);
    } else if names.is_empty() {
        for path in call.shell.remembered_programs() {
            call.out.extend_from_slice(path.to_bytes());
            call.out.push(b'\n');
        }
    }
    let mut status = Status::SUCCESS;
    for name in names.iter().filter(|name| super::find(name).is_none()) {
        // A program that was installed since then may come first on PATH.
        call.shell.forget_programs(|known| known == name);
        if let Err(errno) = call.shell.find_program(name, None) {
            call.complain(format_args!("{}: {}", shown(name), reason(errno)));
            status = Status::FAILURE;
        }
    }
    Action::Done(status)
}
