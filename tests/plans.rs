//! `--plan`: what would run, printed without running it.

use super::support::{minish, run, text};

/// The plan of a script, with a PATH in which the programs are always the same.
#[track_caller]
fn plan(form: &str, script: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    for name in ["ps", "grep", "cat"] {
        let program = folder.path().join(name);
        std::fs::write(&program, "#!/bin/sh\n").unwrap();
        std::fs::set_permissions(&program, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    }
    nix::unistd::mkfifo(&folder.path().join("fifo"), nix::sys::stat::Mode::S_IRWXU).unwrap();
    let path = folder.path().to_str().unwrap();
    let mut command = minish([form, "-c", script]);
    command.env_clear().env("PATH", path).current_dir(path);
    text(&run(&mut command)).replace(path, "[dir]")
}

#[test]
fn a_pipeline_of_programs() {
    insta::assert_snapshot!(plan("--plan", "ps aux | grep 'a b' >out 2>&1"));
}

#[test]
fn vehicles_and_conditions() {
    insta::assert_snapshot!(plan(
        "--plan",
        "echo hi | cat; cat <fifo; nosuch | cat; x=1 grep $x && { ps; cd /; } || ! ps; ( ps; grep ) | cat; ps & cat && ps & ps"
    ));
}

#[test]
fn assignments_hold_for_what_follows() {
    insta::assert_snapshot!(plan("--plan", "name=grep; $name \"$name\""));
}

#[test]
fn functions_are_defined_and_not_taken_for_programs() {
    insta::assert_snapshot!(plan(
        "--plan",
        "cat() { :; }; cat | grep x; cat; true && echo() { :; }; unset -f cat; cat"
    ));
}

#[test]
fn what_is_not_known_is_said() {
    insta::assert_snapshot!(plan(
        "--plan",
        "ps; grep $? \"$PIPESTATUS\"; true && x=1; { ps $x; } >out; exit 3 | ps; export y=2; ( ps $y )"
    ));
}

#[test]
fn the_plan_is_what_runs() {
    // The vehicles that the plan names, and the children that a shell then makes.
    for (script, children) in [
        ("ps", 0),
        ("ps; ps", 1),
        ("( ps )", 0),
        ("( ps ); :", 1),
        ("{ ps; ps; }", 1),
        ("echo | ps", 1),
        ("ps & ps", 2),
        ("! ps", 1),
        ("time ps", 1),
        ("ps | ps; ps", 2),
    ] {
        let text = plan("--plan", script);
        let made = text.matches(": spawn ").count() + text.matches(": fork ").count();
        assert_eq!(made, children, "{script}:\n{text}");
    }
}

#[test]
fn json_has_a_version() {
    insta::assert_snapshot!(plan("--plan=json", "X='1 2' ps | grep \"\u{ff}\" >out 2>&1 3>&-; nosuch"));
}

#[test]
fn nothing_runs() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("made");
    let script = format!("echo x > {0}; touch {0} | cat; exec touch {0}; ( touch {0} )", file.display());
    let output = run(&mut minish(["--plan", "-c", &script]));
    assert!(output.status.success());
    assert!(!file.exists());
}

#[test]
fn syntax_errors_are_told_before_anything_is_printed() {
    assert_eq!(
        plan("--plan", "ps\nps |"),
        "stderr| minish: line 2, column 4: syntax error: a command is missing after `|`\nstderr|   ps |\nstderr|      ^\nstatus 2"
    );
}
