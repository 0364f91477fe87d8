//! A zombie: a process that has ended and is not waited for. Starts a pipeline, shows in which state the kernel
//! lists its processes once they have ended, waits for them, and shows that they are gone.
//!
//! `cargo run --example zombies`

use minish::Pipeline;
use nix::sys::wait::{Id, WaitPidFlag, waitid};

/// The state letter of a process, from `/proc/PID/stat`: `R`unning, `S`leeping, `Z`ombie (`proc(5)`).
fn state(pid: nix::unistd::Pid) -> Option<char> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name before it is in parentheses, and may have some itself.
    stat.rsplit_once(')')?.1.trim_start().chars().next()
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let running = Pipeline::new(["echo", "hello"]).pipe(["sh", "-c", "read line; exit 3"]).start()?;
    let pids: Vec<_> = running.job.processes.iter().filter_map(|process| process.pid).collect();
    for &pid in &pids {
        // Sleeps until it has ended, and leaves it as it is.
        waitid(Id::Pid(pid), WaitPidFlag::WEXITED | WaitPidFlag::WNOWAIT)?;
        println!("{pid} has ended; its state is {}", state(pid).unwrap_or('?'));
    }
    let (report, _) = running.wait();
    for (&pid, stage) in pids.iter().zip(&report.stages) {
        let left = state(pid).map_or("is gone".to_owned(), |state| format!("has state {state}"));
        println!("{pid} {}, was waited for, and {left}", stage.outcome.sentence());
    }
    Ok(())
}
