//! The library: `minish::Pipeline` and its Report.

use std::time::{Duration, Instant};

use minish::{Command, FdStep, OpenMode, Outcome, Pipeline, Status};

#[test]
fn output_is_captured_and_input_is_fed() {
    let (report, output) =
        Pipeline::new(["cat"]).pipe(["tr", "a-z", "A-Z"]).input("hello").capture().unwrap();
    assert_eq!(output, b"HELLO");
    assert!(report.status().is_success());
}

#[test]
fn a_megabyte_is_fed_and_captured() {
    let input = b"0123456789abcdef".repeat(1 << 16);
    let (_, output) = Pipeline::new(["cat"]).pipe(["cat"]).input(input.clone()).capture().unwrap();
    assert!(output == input);
}

#[test]
fn the_report_tells_of_each_stage() {
    let report = Pipeline::new(["sh", "-c", "exit 3"])
        .pipe(["nosuch-program"])
        .pipe(["sh", "-c", "kill -9 $$"])
        .run()
        .unwrap();
    let outcomes: Vec<String> = report.stages.iter().map(|stage| stage.outcome.sentence()).collect();
    assert_eq!(outcomes, ["exited 3", "not started: not found", "killed by SIGKILL"]);
    assert_eq!(report.status(), Status(137));
    assert_eq!(report.stages[0].outcome.wait_status(), 3 << 8);
    for stage in &report.stages {
        assert!(stage.started <= stage.ended);
    }
    assert!(report.stages[0].pid.is_some() && report.stages[1].pid.is_none());
}

#[test]
fn processor_time_is_reported() {
    let busy = "i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done";
    let report = Pipeline::new(["sh", "-c", busy]).run().unwrap();
    let usage = report.stages[0].usage;
    assert!(usage.user + usage.system > std::time::Duration::ZERO);
    assert!(report.stages[0].duration() >= usage.user);
}

#[test]
fn the_end_of_each_stage_has_its_own_time() {
    // The first stage ends when its reader has gone; the last one ends when the pipe is closed.
    let folder = tempfile::tempdir().unwrap();
    let fifo = folder.path().join("fifo");
    nix::unistd::mkfifo(&fifo, nix::sys::stat::Mode::S_IRWXU).unwrap();
    let waits = Command::new("cat").arg(&fifo);
    let running = Pipeline::new(["true"]).pipe(waits).start().unwrap();
    let writer = Command::new("sh").args(["-c", "sleep 0.1; echo >\"$0\""]).arg(&fifo);
    let written = Pipeline::new(writer).start().unwrap();
    let (report, _) = running.wait();
    let _ = written.wait();
    assert!(report.stages[0].ended < report.stages[1].ended);
}

#[test]
fn redirections_are_taken_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("out");
    let command = Command::new("sh")
        .args(["-c", "echo out; echo err >&2"])
        .redirect(1, OpenMode::Truncate, &file)
        .step(FdStep::Dup { from: 1, to: 2 });
    assert!(Pipeline::new(command).run().unwrap().status().is_success());
    assert_eq!(std::fs::read_to_string(file).unwrap(), "out\nerr\n");
}

#[test]
fn variables_are_set_in_the_environment() {
    let command = Command::new("sh").args(["-c", "echo $GREETING"]).env("GREETING", "hello");
    assert_eq!(Pipeline::new(command).capture().unwrap().1, b"hello\n");
}

#[test]
fn other_children_are_left_alone() {
    let mut other = std::process::Command::new("sh").args(["-c", "exit 5"]).spawn().unwrap();
    let report = Pipeline::new(["true"]).pipe(["true"]).run().unwrap();
    assert!(report.status().is_success());
    assert_eq!(other.wait().unwrap().code(), Some(5));
}

#[test]
fn a_text_without_an_interpreter_is_run_by_sh() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("script");
    std::fs::write(&script, "echo $0 $1\n").unwrap();
    std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o755)).unwrap();
    let (report, output) = Pipeline::new(Command::new(&script).arg("x")).capture().unwrap();
    assert_eq!(report.stages[0].outcome, Outcome::Exited(0));
    assert_eq!(output, format!("{} x\n", script.display()).into_bytes());
}

#[test]
fn handlers_of_the_program_do_not_run_in_a_child() {
    let (report, output) = Pipeline::new(["sh", "-c", "kill -PIPE $$"]).capture().unwrap();
    // The test harness ignores SIGPIPE, as all Rust programs do.
    assert_eq!((report.status(), output), (Status(141), Vec::new()));
}

#[test]
fn a_thousand_stages_are_run_by_the_library() {
    let pipeline = (0..999).fold(Pipeline::new(["echo", "hi"]), |pipeline, _| pipeline.pipe(["cat"]));
    assert_eq!(pipeline.capture().unwrap().1, b"hi\n");
}

#[test]
fn what_takes_too_long_is_killed_with_all_that_it_started() {
    let started = Instant::now();
    let pipeline = Pipeline::new(["sh", "-c", "echo begun; sleep 1000 & sleep 1000"]).own_session();
    let (report, output) = pipeline.capture_within(Duration::from_millis(300)).unwrap();
    assert_eq!((report.status(), output), (Status(137), b"begun\n".to_vec()));
    assert!(started.elapsed() < Duration::from_secs(100));
    let (report, output) = Pipeline::new(["echo", "hi"]).capture_within(Duration::from_secs(100)).unwrap();
    assert_eq!((report.status(), output), (Status(0), b"hi\n".to_vec()));
}

#[test]
fn a_session_of_its_own_and_an_environment_of_its_own() {
    let command = Command::new("sh").args(["-c", "env; ps -o sid= -p $$; echo $$"]).env_clear().env("A", "b");
    let (_, output) = Pipeline::new(command.env("PATH", "/usr/bin:/bin")).own_session().capture().unwrap();
    let lines: Vec<&str> = std::str::from_utf8(&output).unwrap().lines().map(str::trim).collect();
    assert!(lines.contains(&"A=b") && !lines.iter().any(|line| line.starts_with("CARGO")), "{lines:?}");
    assert_eq!(lines[lines.len() - 2], lines[lines.len() - 1]);
}
