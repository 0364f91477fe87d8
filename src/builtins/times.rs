//! `times` (POSIX XCU 2.15).

use std::time::Duration;

use crate::sys::{limits, reason};

use super::{Answer, Call, DONE, line};

pub fn times(call: &mut Call<'_>) -> Answer {
    if !call.arguments.is_empty() {
        return Err(call.misused("too many arguments"));
    }
    for (user, system) in limits::times().map_err(|errno| call.failed(reason(errno)))? {
        line(call.out, format!("{} {}", shown(user), shown(system)));
    }
    DONE
}

fn shown(time: Duration) -> String {
    format!("{}m{}.{:02}s", time.as_secs() / 60, time.as_secs() % 60, time.subsec_millis() / 10)
}
