//! Running the real binary, with a deadline.

use std::io::{Read, Write};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc;
use std::time::Duration;

/// The binary under test.
pub const MINISH: &str = env!("CARGO_BIN_EXE_minish");

/// How long anything may take; `MINISH_TEST_TIME=10` stretches it on slow machines.
pub fn deadline() -> Duration {
    let factor = std::env::var("MINISH_TEST_TIME").ok().and_then(|text| text.parse().ok()).unwrap_or(1);
    Duration::from_secs(30 * factor)
}

/// An example program, which `cargo test` has built.
pub fn example(name: &str) -> PathBuf {
    let folder = PathBuf::from(MINISH).parent().unwrap().join("examples");
    folder.join(name)
}

/// `minish` with arguments, nothing on standard input.
pub fn minish<const N: usize>(arguments: [&str; N]) -> Command {
    let mut command = Command::new(MINISH);
    command.args(arguments).env_remove("PS1").env("LC_ALL", "C.UTF-8").stdin(Stdio::null());
    command
}

/// Runs a command in a process group of its own, to its end or the deadline.
#[track_caller]
pub fn run(command: &mut Command) -> Output {
    run_with_input(command, None)
}

/// The same with bytes on standard input, through a pipe.
#[track_caller]
pub fn run_with_input(command: &mut Command, input: Option<&[u8]>) -> Output {
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).process_group(0);
    with_default_signals(command);
    if input.is_some() {
        command.stdin(Stdio::piped());
    }
    let mut child = command.spawn().unwrap();
    if let (Some(mut stdin), Some(input)) = (child.stdin.take(), input) {
        // A command that ends without reading is the business of its test.
        let _ = stdin.write_all(input);
    }
    finish(child)
}

/// Whoever started the tests may ignore signals, which a shell could not trap then.
pub fn with_default_signals(command: &mut Command) {
    // SAFETY: only calls signal(2), which a child may after a fork.
    unsafe { command.pre_exec(default_signals) };
}

/// For a child, before it executes.
pub fn default_signals() -> std::io::Result<()> {
    use nix::sys::signal::{SigHandler, Signal, signal};
    for one in [Signal::SIGHUP, Signal::SIGINT, Signal::SIGQUIT, Signal::SIGPIPE, Signal::SIGTERM] {
        // SAFETY: sets a default; no handler runs.
        unsafe { signal(one, SigHandler::SigDfl) }?;
    }
    Ok(())
}

#[track_caller]
fn finish(mut child: Child) -> Output {
    let group = nix::unistd::Pid::from_raw(i32::try_from(child.id()).unwrap());
    let (mut out, mut err) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        let errors = std::thread::spawn(move || read(&mut err));
        let stdout = read(&mut out);
        let stderr = errors.join().unwrap();
        let status = child.wait().unwrap();
        let _ = sender.send(Output { status, stdout, stderr });
    });
    receiver.recv_timeout(deadline()).unwrap_or_else(|_| {
        let _ = nix::sys::signal::killpg(group, nix::sys::signal::Signal::SIGKILL);
        panic!("it hangs");
    })
}

fn read(from: &mut impl Read) -> Vec<u8> {
    let mut bytes = Vec::new();
    from.read_to_end(&mut bytes).unwrap();
    bytes
}

/// Standard output, standard error and the status, as text.
pub fn text(output: &Output) -> String {
    let mut text = String::from_utf8_lossy(&output.stdout).into_owned();
    for line in String::from_utf8_lossy(&output.stderr).lines() {
        text += &format!("stderr| {line}\n");
    }
    match std::os::unix::process::ExitStatusExt::signal(&output.status) {
        Some(signal) => text + &format!("signal {signal}"),
        None => text + &format!("status {}", output.status.code().unwrap()),
    }
}

/// What `minish -c script` says and how it ends.
#[track_caller]
pub fn say(script: &str) -> String {
    text(&run(&mut minish(["-c", script])))
}
