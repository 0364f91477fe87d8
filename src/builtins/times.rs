//! `times` (POSIX XCU 2.15).

use std::time::Duration;

use crate::sys::wait;

use super::{Answer, Call, DONE, line};

pub fn times(call: &mut Call<'_>) -> Answer {
    call.no_more(call.arguments)?;
    for used in wait::used() {
        line(call.out, format!("{} {}", shown(used.user), shown(used.system)));
    }
    DONE
}

fn shown(time: Duration) -> String {
    format!("{}m{}.{:02}s", time.as_secs() / 60, time.as_secs() % 60, time.subsec_millis() / 10)
}
