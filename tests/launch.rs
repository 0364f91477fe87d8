//! Launching: what every stage is given, and what is left behind. The probe is `examples/inherit.rs`.

use std::process::Command;

use super::support::{MINISH, example, minish, run, say, text};

/// Runs a script in which `inherit` is the probe.
#[track_caller]
fn probe(script: &str) -> String {
    let probe = example("inherit");
    let mut command = minish(["-c", &script.replace("inherit", probe.to_str().unwrap())]);
    text(&run(&mut command))
}

/// What this test itself hands down, beside 0, 1 and 2: the shell passes it on, and it is no leak.
fn handed_down() -> Vec<String> {
    let output = run(Command::new(example("inherit")).arg("fds"));
    let number = |line: &str| line.split(':').next().map(str::to_owned);
    let lines = String::from_utf8_lossy(&output.stdout).lines().filter_map(number).collect::<Vec<_>>();
    lines.into_iter().filter(|fd| !["fd 0", "fd 1", "fd 2"].contains(&fd.as_str())).collect()
}

/// The lines about descriptors that the probe printed, in any stage, without those that were handed down.
#[track_caller]
fn descriptors(script: &str) -> Vec<String> {
    let handed_down = handed_down();
    let printed = probe(script);
    assert!(printed.ends_with("status 0"), "{script}: {printed}");
    let is_own = |line: &&str| !handed_down.iter().any(|fd| line.contains(&format!("{fd}:")));
    printed.lines().filter(|line| line.contains("fd ")).filter(is_own).map(str::to_owned).collect()
}

/// Each probe of a script has exactly the standard descriptors.
#[track_caller]
fn check_descriptors(script: &str, probes: usize) {
    let lines = descriptors(script);
    let with = |fd: &str| lines.iter().filter(|line| line.contains(fd)).count();
    assert_eq!(
        (with("fd 0:"), with("fd 1:"), with("fd 2:")),
        (probes, probes, probes),
        "{script}: {lines:#?}"
    );
    assert_eq!(lines.len(), probes * 3, "{script}: {lines:#?}");
}

#[test]
fn a_stage_gets_three_descriptors_and_no_other() {
    check_descriptors("inherit fds", 1);
    check_descriptors("inherit fds; :", 1);
    check_descriptors("{ inherit fds >&2; } | { inherit fds >&2; } | inherit fds >&2; :", 3);
    check_descriptors("inherit fds >&2 | inherit fds >&2 | inherit fds >&2", 3);
    check_descriptors("( inherit fds ); { inherit fds; }; :", 2);
    check_descriptors("inherit fds & wait", 1);
    check_descriptors("echo a 3>/dev/null | inherit fds; echo | echo b 4>/dev/null | inherit fds; :", 2);
    check_descriptors("echo x | { inherit fds; inherit fds; } | cat", 2);
    check_descriptors("{ inherit fds; } 2>&1 >/dev/stdout | cat; echo", 1);
}

#[test]
fn a_stage_gets_what_its_redirections_say() {
    let script = "inherit fds 3</dev/null 4>&1 2>/dev/null </dev/zero; inherit fds 3<&0 0<&- 2>&1 | cat";
    insta::assert_snapshot!(descriptors(script).join("\n"));
}

#[test]
fn descriptors_of_exec_are_given_to_programs() {
    let script = "exec 3</dev/null 12>/dev/full; inherit fds; exec 3<&-; inherit fds | cat";
    insta::assert_snapshot!(descriptors(script).join("\n"));
}

#[test]
fn a_child_does_not_inherit_sigpipe_ignored() {
    let plain = text(&run(Command::new(example("inherit")).arg("signals")));
    for script in
        ["inherit signals", "inherit signals; :", "inherit signals | cat", "{ inherit signals; } | cat"]
    {
        assert_eq!(probe(script), plain, "{script}");
    }
    assert!(!plain.contains("PIPE"), "{plain}");
    assert_eq!(say("yes | head -n 1"), "y\nstatus 0");
}

/// Runs `minish` in a process in which this signal is ignored.
fn ignoring(signal: &str, script: &str) -> String {
    let probe = example("inherit");
    let script = script.replace("inherit", probe.to_str().unwrap());
    let mut command = Command::new("sh");
    command.args(["-c", &format!("trap '' {signal}; exec \"$0\" -c \"$1\""), MINISH, &script]);
    text(&run(&mut command))
}

#[test]
fn a_signal_that_the_shell_was_given_ignored_stays_ignored() {
    for script in ["inherit ignored", "inherit ignored | cat", "{ inherit ignored; } | cat"] {
        let printed = ignoring("PIPE", script);
        assert!(printed.contains("PIPE"), "{script}: {printed}");
    }
}

#[test]
fn an_asynchronous_program_ignores_the_keys() {
    let printed = probe("inherit ignored & wait; inherit ignored");
    let lines: Vec<&str> = printed.lines().collect();
    assert!(lines[0].contains("INT") && lines[0].contains("QUIT"), "{printed}");
    assert!(!lines[1].contains("INT"), "{printed}");
}

#[test]
fn statuses_are_known_also_where_sigchld_came_in_ignored() {
    let mut command = Command::new("env");
    command.args([
        "--ignore-signal=CHLD",
        MINISH,
        "-c",
        "sh -c 'exit 3'; echo $?; sh -c 'exit 4' | true; echo $PIPESTATUS",
    ]);
    assert_eq!(text(&run(&mut command)), "3\n4 0\nstatus 0");
}

#[test]
fn a_daemon_does_not_hold_the_output_that_it_closed() {
    let mut command = minish(["-c", "( sleep 1000; : ) >/dev/null 2>&1 & echo $!"]);
    let output = run(&mut command);
    let pid: i32 = String::from_utf8_lossy(&output.stdout).trim().parse().unwrap();
    assert!(output.status.success());
    // Its whole group is the test's: `run` made it.
    let group = nix::unistd::getpgid(Some(nix::unistd::Pid::from_raw(pid))).unwrap();
    nix::sys::signal::killpg(group, nix::sys::signal::Signal::SIGKILL).unwrap();
}

#[test]
fn deep_subshells_have_the_stack_that_they_need() {
    let script = format!("{}echo deep{}", "( ".repeat(240), " ; : )".repeat(240));
    let printed = say(&script);
    assert!(printed.starts_with("deep\n"), "{printed}");
}

#[test]
fn no_zombie_stays() {
    // The probe lists the children of the shell that are dead but not reaped.
    let list = r#"sh -c 'for p in /proc/[0-9]*/stat; do read -r pid name state parent rest 2>/dev/null <"$p" || continue
        [ "$parent" = "$PPID" ] && [ "$state" = Z ] && echo "zombie $pid $name"; done; :'"#;
    let script = format!(
        "true | false | true; sh -c 'exit 3' | (exit 2); nosuch 2>/dev/null | :\n echo x | cat >/dev/null; ( true ); sleep 0 & wait\n {list}; :"
    );
    assert_eq!(say(&script), "status 0");
}

#[test]
fn a_stage_that_ends_first_leaves_no_zombie_behind() {
    assert_eq!(say("sleep 0.05 | exit; sleep 0.05 | true; echo $PIPESTATUS"), "0 0\nstatus 0");
}

#[test]
fn all_stages_run_at_the_same_time() {
    // Each stage waits for the first byte of the next one before it writes its own.
    let folder = tempfile::tempdir().unwrap();
    let script = "mkfifo b c d
        { cat b >/dev/null; echo 1; } | { echo >b; cat c >/dev/null; cat; echo 2; } | { echo >c; cat d >/dev/null; cat; echo 3; } | { echo >d; cat; }";
    let output = run(minish(["-c", script]).current_dir(folder.path()));
    assert_eq!(text(&output), "1\n2\n3\nstatus 0");
}

#[test]
fn a_stage_that_opens_a_fifo_does_not_stop_the_others() {
    let folder = tempfile::tempdir().unwrap();
    for script in [
        "mkfifo f; echo hi > f | cat < f",
        "cat < f & echo hi > f; wait",
        "echo hi > f & cat < f; wait",
        "cat < f | cat & printf 'hi\\n' > f; wait",
        "{ echo hi; } > f | cat < f",
    ] {
        let output = run(minish(["-c", script]).current_dir(folder.path()));
        assert_eq!(text(&output), "hi\nstatus 0", "{script}");
    }
}

fn limited(limit: &str, script: &str) -> String {
    let mut command = Command::new("sh");
    command.args(["-c", &format!("ulimit -S {limit}; exec \"$0\" -c \"$1\""), MINISH, script]);
    text(&run(&mut command))
}

#[test]
fn a_thousand_stages_work_with_sixty_four_descriptors() {
    let programs = format!("printf hi{}", " | cat".repeat(999));
    assert_eq!(limited("-n 64", &programs), "histatus 0");
    let shells = format!("echo hi{}", " | { cat; }".repeat(999));
    assert_eq!(limited("-n 64", &shells), "hi\nstatus 0");
}

#[test]
fn too_few_descriptors_for_a_pipe_are_one_message() {
    let output = limited("-n 4", "echo started; true | true | true; echo $?");
    insta::assert_snapshot!(output);
}

#[test]
fn closed_standard_streams_are_not_confused_with_pipes() {
    let mut command = Command::new("sh");
    let script = r#"exec "$0" -c 'echo hi | cat | cat >&3; echo $PIPESTATUS >&3' 3>&1 <&- >&- 2>&-"#;
    assert_eq!(text(&run(command.args(["-c", script, MINISH]))), "hi\n0 0 0\nstatus 0");
    // A pipe end that were descriptor 2 would carry the shell's messages.
    let mut command = Command::new("sh");
    let script = r#"exec "$0" -c 'nosuch | cat; echo $PIPESTATUS' <&- 2>&-"#;
    assert_eq!(text(&run(command.args(["-c", script, MINISH]))), "127 0\nstatus 0");
}

#[test]
fn a_forked_stage_does_not_hold_the_pipe_that_it_writes_to() {
    // If it did, `yes` would never hear that nobody reads.
    assert_eq!(say("{ yes; :; } | head -n 1"), "y\nstatus 0");
    assert_eq!(say("{ cat; :; } </dev/null | { cat; echo end; }"), "end\nstatus 0");
}

#[test]
fn the_only_program_replaces_the_shell() {
    let mut command = minish(["-c", "sh -c 'echo $PPID'"]);
    let output = run(&mut command);
    let parent: u32 = String::from_utf8_lossy(&output.stdout).trim().parse().unwrap();
    assert_eq!(parent, std::process::id());
}

#[test]
fn a_program_costs_one_child() {
    // The last program of a forked stage replaces it: its parent is the shell, `$$`.
    for script in [
        "{ sh -c 'echo $PPID'; } | cat; echo $$",
        "( sh -c 'echo $PPID' ); echo $$",
        "sh -c 'echo $PPID' | cat; echo $$",
    ] {
        let printed = say(script);
        let lines: Vec<&str> = printed.lines().collect();
        assert_eq!(lines[0], lines[1], "{script}");
    }
}

#[test]
fn a_subshell_leaks_nothing_into_the_shell() {
    let folder = tempfile::tempdir().unwrap();
    let script = "x=1; ( x=2; cd /; exec 3>/dev/null; export y=3 ); echo $x $y; pwd; cat <&3";
    let mut command = minish(["-c", script]);
    command.current_dir(folder.path()).env("PWD", folder.path());
    let expected =
        format!("1\n{}\nstderr| minish: line 1: 3: Bad file descriptor\nstatus 1", folder.path().display());
    assert_eq!(text(&run(&mut command)), expected);
}

#[test]
fn a_killed_launch_is_told_by_its_signal() {
    insta::assert_snapshot!(say(
        "sh -c 'kill -9 $$' | cat; echo $PIPESTATUS; sh -c 'kill -TERM $$'; echo $?"
    ));
}

#[test]
fn arguments_that_are_too_long_are_told_with_their_size() {
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("script");
    let long = "x".repeat(200_000);
    let many = format!("{} ", "y".repeat(100_000)).repeat(60);
    std::fs::write(&script, format!("env x='{long}'; echo $?; env {many}; echo $?")).unwrap();
    let output = run(Command::new(MINISH)
        .env_clear()
        .arg("script")
        .current_dir(folder.path())
        .env("PATH", "/usr/bin:/bin"));
    let told = text(&output);
    assert!(
        told.contains("env: argument list too long: one argument has 200003 bytes, the limit is 131072"),
        "{told}"
    );
    assert!(told.contains("env: argument list too long: 60") && told.starts_with("126\n126\n"), "{told}");
}
