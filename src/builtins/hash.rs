//! `hash` (POSIX XCU hash).

use crate::sys::reason;

use super::{Answer, Call, find, line};

pub fn hash(call: &mut Call<'_>) -> Answer {
    let (options, names) = call.options("r")?;
    if options.has('r') {
        call.shell.remembered_programs().clear();
    } else if names.is_empty() {
        call.shell.remembered_programs().values().for_each(|path| line(call.out, path.to_bytes()));
    }
    call.each(names, |call, name| {
        if find(name).is_some() {
            return Ok(());
        }
        // A program that was installed since then may come first on PATH.
        call.shell.remembered_programs().remove(name);
        call.shell.find_program(name, None).map(drop).map_err(reason)
    })
}
