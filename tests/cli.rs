//! The command line: options, scripts, standard streams, bad input.

use std::fs::File;
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};

use nix::sys::signal::SigSet;

use super::support::{MINISH, minish, run, run_with_input, say, text};

#[test]
fn operands_after_the_command_are_parameters() {
    let output = run(&mut minish(["-c", "echo $0 $# \"$@\"", "name", "a b", "c"]));
    assert_eq!(text(&output), "name 2 a b c\nstatus 0");
    let output = run(&mut minish(["+i", "-c", "--", "echo $0-$#"]));
    // Without a name, `$0` is what the shell was called.
    assert_eq!(text(&output), format!("{MINISH}-0\nstatus 0"));
}

#[test]
fn signals_that_were_blocked_at_the_start_are_heard() {
    let script = "trap 'echo heard' USR1; kill -USR1 $$; : & wait; exec grep SigBlk /proc/self/status";
    let mut command = minish(["-c", script]);
    // SAFETY: only changes the mask, which a child may after a fork.
    unsafe { command.pre_exec(|| Ok(SigSet::all().thread_block()?)) };
    assert_eq!(text(&run(&mut command)), "heard\nSigBlk:\t0000000000000000\nstatus 0");
}

#[test]
fn a_script_file_gets_its_arguments() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("script"), "echo $0 $2\nnosuch\necho ${1}\nexit 7").unwrap();
    let output = run(minish(["script", "-c", "b"]).current_dir(folder.path()));
    insta::assert_snapshot!(text(&output), @"
    script b
    -c
    stderr| minish: script: line 2: nosuch: not found
    status 7
    ");
}

#[test]
fn a_long_script_is_read_while_it_runs() {
    let folder = tempfile::tempdir().unwrap();
    let comment = format!("# {}\n", "comment ".repeat(30));
    let commands = format!("{comment}i=$((i+1)) # to count\n").repeat(1000);
    let lines: String = (0..10_000).map(|number| format!("line {number}\n")).collect();
    let text =
        format!("i=0\nrm \"$0\"\n{commands}cat <<'end'\n{lines}end\n{commands}echo $i $LINENO; (exit 7)");
    std::fs::write(folder.path().join("script"), text).unwrap();
    let output = run(minish(["script"]).current_dir(folder.path()));
    assert_eq!(output.stdout, format!("{lines}2000 14005\n").into_bytes());
    assert_eq!(output.status.code(), Some(7));
}

#[test]
fn what_a_script_appends_to_itself_is_run() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("script"), "echo 1\necho 'echo 2' >>script\n:\n").unwrap();
    let output = run(minish(["script"]).current_dir(folder.path()));
    assert_eq!(text(&output), "1\n2\nstatus 0");
}

#[test]
fn misuse_is_told_with_the_usage() {
    insta::assert_snapshot!(
        [
            text(&run(&mut minish(["-Z"]))),
            text(&run(&mut minish(["--plan=xml"]))),
            text(&run(&mut minish(["-c"]))),
            text(&run(&mut minish(["-eo"]))),
        ]
        .join("\n\n")
    );
}

#[test]
fn help_and_version() {
    let output = text(&run(&mut minish(["--help"])));
    assert!(output.contains("--plan=json") && output.ends_with("status 0"), "{output}");
    assert_eq!(
        text(&run(&mut minish(["--version"]))),
        concat!("minish ", env!("CARGO_PKG_VERSION"), "\nstatus 0")
    );
}

#[test]
fn scripts_that_are_none_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).unwrap();
    write("binary", b"\x7fELF\0\0\n");
    write("nul", b"echo before\necho a\0b\n");
    let in_folder = |name: &str| text(&run(minish([name]).current_dir(folder.path())));
    insta::assert_snapshot!(["/", "missing", "./missing", "binary", "nul"].map(in_folder).join("\n\n"));
}

#[test]
fn a_script_is_run_up_to_its_syntax_error() {
    insta::assert_snapshot!(say("echo one\necho two; echo 'three\n"), @"
    one
    stderr| minish: line 2, column 16: syntax error: this single quote is never closed
    stderr|   echo two; echo 'three
    stderr|                  ^
    status 2
    ");
}

#[test]
fn standard_input_is_read_no_further_than_the_command() {
    let script = b"echo one; cat\nthis is for cat\n";
    assert_eq!(text(&run_with_input(&mut minish([]), Some(script))), "one\nthis is for cat\nstatus 0");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("script");
    std::fs::write(&file, "head -n 1; echo two\nfor head\necho three").unwrap();
    let output = run(minish([]).stdin(File::open(&file).unwrap()));
    // `head` reads a block, and seeks back over what it did not print.
    assert_eq!(text(&output), "for head\ntwo\nthree\nstatus 0");
}

#[test]
fn standard_input_gives_parameters_with_s() {
    let output = run_with_input(&mut minish(["-s", "a", "b"]), Some(b"echo $0 $1 $2"));
    assert_eq!(text(&output), format!("{MINISH} a b\nstatus 0"));
}

#[test]
fn an_interactive_shell_survives_errors_in_its_text() {
    let folder = tempfile::tempdir().unwrap();
    let (env, home) = (folder.path().join("env"), folder.path());
    std::fs::write(&env, "case $- in *i*) echo env;; esac\nreadonly r=1; r=2\necho still").unwrap();
    let say = |arguments: [&str; 2]| {
        let mut command = minish(arguments);
        text(&run(command.env("ENV", &env).env("HOME", home).env_remove("XDG_CONFIG_HOME")))
            .replace(home.to_str().unwrap(), "[dir]")
    };
    let env_said = "stderr| minish: [dir]/env: r: this variable is read-only\n";
    let after = |out: &str, err: &str, status: i32| format!("env\n{out}{env_said}{err}status {status}");
    let unset = "stderr| minish: x: unset\n";
    assert_eq!(say(["-ic", "echo ${x?unset}; echo no\necho $? $-"]), after("2 ci\n", unset, 0));
    assert_eq!(say(["-ic", "echo ${x?unset}"]), after("", unset, 2));
    assert!(say(["-ic", "fi\necho no"]).ends_with("status 2"));
    let script = folder.path().join("script");
    std::fs::write(&script, "shift 5; echo no\necho go on\nexit 3").unwrap();
    assert!(say(["-i", script.to_str().unwrap()]).starts_with("env\ngo on\n"));
}

#[test]
fn closed_standard_input_is_told() {
    let mut command = Command::new("sh");
    assert_eq!(
        text(&run(command.args(["-c", "\"$0\" <&-", MINISH]))),
        "stderr| minish: standard input: cannot read: Bad file descriptor\nstatus 128"
    );
    let output = run(minish([]).stdin(File::open("/").unwrap()));
    assert_eq!(text(&output), "stderr| minish: standard input: cannot read: is a directory\nstatus 128");
}

#[test]
fn nothing_written_is_lost_in_silence() {
    let scripts = [
        "echo hi >&-; echo $?",
        "echo hi >/dev/full; echo $?",
        "pwd >/dev/full; export -p >/dev/full; echo $?",
        "{ echo hi; } >/dev/full | cat; echo $PIPESTATUS",
        "echo hi >/dev/full | cat; echo $PIPESTATUS",
        "( echo hi ) >&-; echo $?",
    ];
    insta::assert_snapshot!(scripts.map(say).join("\n\n"));
}

#[test]
fn a_full_disk_is_the_status_of_the_last_command() {
    let full = || Stdio::from(File::options().write(true).open("/dev/full").unwrap());
    let mut child = minish(["-c", "echo hi"]).stdout(full()).stderr(Stdio::null()).spawn().unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(1));
    let mut child = minish(["--plan", "-c", "echo hi"]).stdout(full()).stderr(Stdio::null()).spawn().unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(1));
}

#[test]
fn programs_that_cannot_be_executed_are_told_why() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8], mode: u32| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    write("plain", b"echo plain $0 $1\n", 0o755);
    write("empty", b"", 0o755);
    write("forbidden", b"echo\n", 0o644);
    write("bad", b"#!/no/such/interpreter -x\n", 0o755);
    write("dos", b"#!/bin/sh\r\n", 0o755);
    write("foreign", b"\x7fXYZ\0\0\0\n", 0o755);
    std::fs::create_dir(folder.path().join("folder")).unwrap();
    let busy = File::options().append(true).open(folder.path().join("bad")).unwrap();
    drop(busy);
    let names = [
        "./plain x",
        "./empty",
        "./forbidden",
        "./bad",
        "./dos",
        "./foreign",
        "./folder",
        "./missing",
        "./plain/x",
        "nosuch",
        "''",
    ];
    let all = names.map(|name| {
        let script = format!("{name}; echo $?");
        text(&run(minish(["-c", &script]).current_dir(folder.path())))
    });
    insta::assert_snapshot!(all.join("\n\n"));
}

#[test]
fn a_busy_program_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("busy");
    std::fs::copy("/bin/true", &path).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    let _writer = File::options().append(true).open(&path).unwrap();
    insta::assert_snapshot!(text(&run(minish(["-c", "./busy; echo $?"]).current_dir(folder.path()))), @"
    126
    stderr| minish: line 1: ./busy: text file busy: it is open for writing
    status 0
    ");
}

#[test]
fn the_message_of_a_stage_goes_where_its_errors_go() {
    insta::assert_snapshot!(say("nosuch 2>&1 | tr a-z A-Z; nosuch 2>/dev/null; /etc 2>&1 | tr a-z A-Z; cat 2>/dev/null </nosuch; echo $?"), @"
    MINISH: LINE 1: NOSUCH: NOT FOUND
    MINISH: LINE 1: /ETC: IS A DIRECTORY
    1
    status 0
    ");
}

#[test]
fn words_that_are_not_utf8_pass_unharmed() {
    use std::os::unix::ffi::OsStrExt;
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(std::ffi::OsStr::from_bytes(b"a\xffb")), "").unwrap();
    let script = std::ffi::OsStr::from_bytes(b"x=\xfe; echo a?b [!x]* $x | cat; printf %s \"$x\"");
    let mut command = minish(["-c"]);
    let output = run(command.arg(script).current_dir(folder.path()));
    assert_eq!(output.stdout, b"a\xffb a\xffb \xfe\n\xfe");
}

#[test]
fn standard_error_may_be_closed() {
    assert_eq!(say("exec 2>&-; nosuch; echo $?; echo hi >/nonexistent/x; echo $?"), "127\n1\nstatus 0");
}

#[test]
fn a_script_ends_by_the_signal_that_ends_it() {
    for (script, end) in [
        ("kill -INT $$; echo never", "signal 2"),
        ("/bin/true; kill -INT $$; echo never", "signal 2"),
        ("/bin/true; kill -TERM $$; echo never", "signal 15"),
        ("sh -c 'kill -INT $$'; echo on $?", "on 130\nstatus 0"),
        ("/bin/true; (kill -INT $$); echo never", "signal 2"),
    ] {
        assert_eq!(say(script), end, "{script}");
    }
}

#[test]
fn process_1_reaps_what_it_is_given() {
    let unshare = |script: &str| {
        let mut command = Command::new("unshare");
        text(&run(command.args(["-rpf", "--mount-proc", MINISH, "-c", script]).stdin(Stdio::null())))
    };
    if !unshare("echo $$").starts_with("1\n") {
        // This machine does not let us make process 1.
        return;
    }
    // The orphan ends while the shell waits for something else; SIGINT cannot end process 1.
    let script = "(sh -c 'sleep 0 & exec true' &); sleep 0.2; grep -sl zombie /proc/[0-9]*/status; \
        wait; kill -INT $$; echo \"on $?\"";
    assert_eq!(unshare(script), "on 0\nstatus 0");
}

#[test]
fn an_asynchronous_program_says_why_it_cannot_start() {
    let script = "cat </dev/fd/99 & wait $!; echo $?; (cat </dev/fd/99 | cat) 2>&1; cat </dev/fd/99 2>/dev/null & wait";
    insta::assert_snapshot!(say(script));
}

#[test]
fn jobs_can_be_listed_in_a_pipeline_and_a_subshell() {
    let script = "sleep 1000 & jobs | cat; (jobs); ( sleep 0; jobs | cat ); ( wait; jobs ); \
        wait -n -p name 1 $!x 2>/dev/null; kill $!; wait -p name $!; echo $? ${name:-none}; \
        wait -p name 1; echo $? ${name-none}";
    let said = say(script);
    let without_ids: Vec<&str> =
        said.lines().map(|line| line.trim_end_matches(|c: char| c.is_ascii_digit())).collect();
    insta::assert_snapshot!(without_ids.join("\n"));
}

#[test]
fn the_end_of_what_an_interactive_shell_reads_is_asked_for_once() {
    let output = run_with_input(minish(["-i"]).env("PS1", "1> ").env("PS2", "2> "), Some(b"echo x |\ncat\n"));
    assert_eq!(text(&output), "x\nstderr| 1> 2> 1> \nstatus 0");
}

#[test]
fn what_is_assigned_for_an_exec_that_fails_does_not_stay_at_a_prompt() {
    let script = b"x=1 exec /nonexistent\nenv | grep '^x='; echo \"[$x]\"\n";
    let output = run_with_input(minish(["-i"]).env("PS1", "").env("PS2", ""), Some(script));
    assert_eq!(text(&output), "[]\nstderr| minish: /nonexistent: not found\nstatus 0");
}

#[test]
fn the_line_number_is_not_taken_from_the_environment() {
    let mut command = minish(["-c", "echo $LINENO; env | grep LINENO"]);
    assert_eq!(text(&run(command.env("LINENO", "50"))), "1\nLINENO=50\nstatus 0");
}

#[test]
fn a_script_may_close_all_descriptors_that_it_sees() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("script");
    let close = "for fd in /proc/$$/fd/*; do fd=${fd##*/}; test $fd -lt 3 || eval \"exec $fd>&-\"; done";
    std::fs::write(&file, format!("{close}\necho still there\n")).unwrap();
    assert_eq!(text(&run(&mut minish([file.to_str().unwrap()]))), "still there\nstatus 0");
}
