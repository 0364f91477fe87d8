//! The interactive shell on a pseudo-terminal, as a person sees it.

use std::time::Instant;

use nix::sys::wait::WaitStatus;

use super::pty::{CLEAR, READY, Terminal, fifo};
use super::support::{deadline, example};

#[test]
fn a_command_is_run_and_the_prompt_comes_back() {
    let (_home, terminal) = Terminal::new();
    terminal.run("echo hi | cat", "$");
    insta::assert_snapshot!(terminal.contents());
}

#[test]
fn output_without_a_newline_at_its_end_stays() {
    let (_home, terminal) = Terminal::new();
    terminal.send("printf one\r");
    terminal.wait("the mark", |screen| screen.styled().ends_with("\none[dim:⏎]\n$ ▒"));
    // What Ctrl-C leaves needs none.
    terminal.send("echo two; read x\r");
    terminal.wait_for_line("two");
    terminal.send("\x03");
    terminal.wait("the prompt", |screen| screen.styled().ends_with("\ntwo\n^C[dim: ]\n[130] $ ▒"));
}

#[test]
fn a_trap_waits_for_the_next_command_where_lines_cannot_be_edited() {
    let home = tempfile::tempdir().unwrap();
    let terminal = Terminal::open(home.path(), &[("PS1", "$ "), ("TERM", "dumb")]);
    terminal.wait_for_line("$");
    terminal.send("trap 'echo trapped' USR1\r");
    let asleep = "until read _ _ state _ </proc/$$/stat && [ $state = S ]; do :; done";
    terminal.send(&format!("{{ {asleep}; kill -s USR1 $$; echo se\"\"nt; }} &\r"));
    terminal.wait("the signal", |screen| screen.text().contains("sent"));
    // The prompt may come after what is typed.
    terminal.send("echo next\r");
    terminal.wait("the trap", |screen| screen.text().contains("next\ntrapped"));
}

#[test]
fn what_is_not_complete_gets_a_second_prompt_where_lines_cannot_be_edited() {
    let home = tempfile::tempdir().unwrap();
    let terminal = Terminal::open(home.path(), &[("PS1", "$ "), ("TERM", "dumb")]);
    terminal.wait_for_line("$");
    for (typed, rest) in [("echo 'a", "b'"), ("echo c |", "cat"), ("echo d\\", "e"), ("{ echo f", "}")] {
        terminal.send(&format!("{typed}\r"));
        terminal.wait_for_line(">");
        terminal.send(&format!("{rest}\r"));
        terminal.wait_for_line("$");
    }
    for (typed, prompt) in [("false", "[1] $"), ("echo 'a", ">")] {
        terminal.send(&format!("{typed}\r"));
        terminal.wait_for_line(prompt);
        terminal.send("no");
        terminal.wait_for_line(&format!("{prompt} no"));
        terminal.send("\x03");
        terminal.wait_for_line("[130] $");
    }
    insta::assert_snapshot!(terminal.contents());
}

#[test]
fn ctrl_c_drops_the_line() {
    let (_home, terminal) = Terminal::new();
    terminal.send("echo not this");
    terminal.wait_for_line("$ echo not this");
    terminal.send("\x03");
    terminal.wait_for_line("[130] $");
    terminal.send("echo 'not\r");
    terminal.wait_for_cursor(2, 0);
    terminal.send("\x03");
    terminal.wait_for_line("[130] $");
    // The mark stands behind the line, wherever the cursor was.
    terminal.send("echo nor this\x01\x03");
    terminal.wait("the mark", |screen| screen.text().ends_with("nor this^C\n[130] $"));
    terminal.run("echo this", "$");
    insta::assert_snapshot!(terminal.contents());
}

#[test]
fn ctrl_c_ends_what_runs_and_not_the_shell() {
    let (_home, terminal) = Terminal::new();
    for command in [
        READY.to_owned(),
        format!("{READY} | cat"),
        format!("( {READY}; echo no ); echo no"),
        format!("{{ {READY}; echo no; }}"),
    ] {
        terminal.send(&format!("{command}\r"));
        terminal.wait_for_line("ready");
        terminal.send("\x03");
        terminal.wait_for_line("[130] $");
        terminal.run(CLEAR, "$");
    }
    terminal.run("wait", "$");
}

#[test]
fn ctrl_c_between_a_line_and_its_command_does_not_end_the_shell() {
    for _ in 0..20 {
        let (_home, terminal) = Terminal::new();
        terminal.send("true\r");
        terminal.wait("the line's end", |screen| screen.newlines > 0);
        // It may come to the editor, to the command or in between.
        terminal.send("\x03");
        terminal.wait("a prompt", |screen| screen.end.is_some() || screen.last_line().ends_with('$'));
        assert_eq!(terminal.screen.0.lock().unwrap().end, None);
    }
}

#[test]
fn ctrl_c_at_the_moment_when_a_program_starts_ends_it() {
    let (_home, terminal) = Terminal::new();
    for program in ["sleep 1000", "sleep 1000 | cat"].repeat(20) {
        // The shell says it itself, just before: from here on the key is a signal.
        terminal.send(&format!("echo re\"\"ady; {program}\r"));
        terminal.wait_for_line("ready");
        terminal.send("\x03");
        // A last stage that has not started yet sees only the end of its input, and its status is 0.
        terminal.wait("a prompt", |screen| screen.last_line().ends_with('$'));
        assert_eq!(terminal.others(), [], "after {program}");
        terminal.run(CLEAR, "$");
    }
}

#[test]
fn ctrl_c_ends_a_command_substitution_that_never_would() {
    let (_home, terminal) = Terminal::new();
    for body in ["echo re\"\"ady >&2; while :; do :; done", "sleep 1000 & echo $! >pid; echo re\"\"ady >&2"] {
        terminal.send(&format!("x=$({body})\r"));
        terminal.wait_for_line("ready");
        terminal.send("\x03");
        terminal.wait("a prompt", |screen| screen.last_line().ends_with('$'));
        terminal.run(CLEAR, "$");
    }
    terminal.run("kill $(cat pid)", "$");
}

#[test]
fn ctrl_c_at_the_prompt_runs_its_trap() {
    for term in ["xterm", "dumb"] {
        let home = tempfile::tempdir().unwrap();
        let terminal = Terminal::open(home.path(), &[("PS1", "$ "), ("TERM", term)]);
        terminal.wait_for_line("$");
        terminal.run("trap 'echo trapped $?; sh -c \"exit 3\"' INT", "$");
        terminal.send("not this\x03");
        terminal.wait("the trap", |screen| screen.text().contains("\ntrapped 130\n"));
        terminal.wait_for_line("[130] $");
        terminal.run("echo $?; trap 'exit 7' INT", "$");
        terminal.wait("what it left", |screen| screen.text().contains("\n130\n"));
        terminal.send("\x03");
        terminal.wait("the end", |screen| matches!(screen.end, Some(WaitStatus::Exited(_, 7))));
    }
}

#[test]
fn a_trap_is_not_for_what_came_before_it() {
    let (_home, terminal) = Terminal::new();
    terminal.run("sh -c :", "$");
    terminal.run("trap 'echo trapped' CHLD; echo set", "$");
    terminal.run("sh -c :; echo ran", "$");
    let lines = terminal.contents();
    assert!(
        lines.contains("set\n$ ") && lines.contains("trapped\nran") && !lines.contains("trapped\nset"),
        "{lines}"
    );
}

#[test]
fn ctrl_c_is_for_its_trap_and_the_line_goes_on() {
    let (_home, terminal) = Terminal::new();
    terminal.run("trap 'echo trapped' INT", "$");
    terminal.send("x=$(echo re\"\"ady >&2; exec sleep 1000); echo on $?\r");
    terminal.wait("the whole line", |screen| screen.styled().ends_with("\nready\n▒"));
    terminal.send("\x03");
    terminal.wait_for_line("$");
    // It is not the shell that gets it here.
    terminal.run("trap 'echo wrong' INT", "$");
    terminal.send("sh -c 'echo re\"\"ady; exec sleep 1000'; echo on $?\r");
    terminal.wait("the whole line", |screen| screen.styled().ends_with("\nready\n▒"));
    terminal.send("\x03");
    terminal.wait_for_line("$");
    insta::assert_snapshot!(terminal.contents());
}

#[test]
fn ctrl_c_at_the_moment_of_fg_ends_the_job() {
    let (_home, terminal) = Terminal::new();
    for _ in 0..40 {
        terminal.stop(READY);
        terminal.send("fg\r");
        terminal.wait_for_line(r#"sh -c 'echo re""ady; exec sleep 1000'"#);
        terminal.send("\x03");
        terminal.wait_for_line("[130] $");
        assert_eq!(terminal.others(), []);
        terminal.run(CLEAR, "$");
    }
}

#[test]
fn what_is_typed_ahead_is_for_the_program_that_enter_starts() {
    let (_home, terminal) = Terminal::new();
    terminal.send(&format!("{CLEAR}; cat -E\none\ntwo\n"));
    terminal.wait_for_line("two$");
    terminal.send("\x04");
    terminal.wait_for_line("$");
    terminal.send("read x\nthree\necho \"<$x>\"\n");
    terminal.wait("the word", |screen| screen.text().ends_with("\n<three>\n$"));
}

#[test]
fn read_gets_keys_where_it_does_not_want_a_line() {
    let (_home, terminal) = Terminal::new();
    for (options, keys, shown) in [("-n 1", "a", "<a>"), ("-sn 2", "bc", "<bc>")] {
        terminal.send(&format!("{CLEAR}; echo re\"\"ady; read {options} x; echo \"<$x>\"\r"));
        terminal.wait_for_line("ready");
        terminal.send(keys);
        // In front may be an echo: the keys may come before the shell reads.
        terminal.wait("the key", |screen| screen.text().lines().any(|line| line.ends_with(shown)));
        terminal.wait_for_line("$");
    }
    terminal.run("stty -a | grep -o ' icanon' | tr -d ' '", "$");
    assert!(terminal.contents().contains("icanon\n"), "{}", terminal.contents());
}

#[test]
fn ctrl_d_ends_the_shell_with_the_last_status() {
    let (_home, terminal) = Terminal::new();
    terminal.run("sh -c 'exit 4'", "[4] $");
    terminal.send("\x04");
    assert_eq!(terminal.exit_status(), 4);
}

#[test]
fn with_ignoreeof_ctrl_d_says_how_to_leave_and_the_tenth_in_a_row_leaves() {
    let home = tempfile::tempdir().unwrap();
    for kind in ["xterm", "dumb"] {
        let environment = [("PS1", "$ "), ("TERM", kind)];
        let terminal = Terminal::open_with(home.path(), &["-o", "ignoreeof"], &environment);
        terminal.wait_for_line("$");
        for _ in 0..2 {
            // A command ends the row.
            terminal.run(CLEAR, "$");
            for count in 1..10 {
                terminal.send("\x04");
                terminal.wait(&format!("message {count}, {kind}"), |screen| {
                    let text = screen.text();
                    let messages = text.lines().filter(|line| *line == "minish: `exit` leaves this shell");
                    messages.count() == count && text.ends_with("\n$")
                });
            }
        }
        terminal.send("\x04");
        assert_eq!(terminal.exit_status(), 0);
    }
}

#[test]
fn ctrl_d_in_the_middle_of_a_command_is_an_error_and_the_shell_goes_on() {
    let (_home, terminal) = Terminal::new();
    terminal.send("echo 'a\r");
    terminal.wait_for_cursor(1, 0);
    terminal.send("\x04");
    terminal.wait_for_line("[2] $");
    terminal.send("echo on |\r");
    terminal.wait_for_cursor(6, 0);
    terminal.send("\x04");
    terminal.wait_for_line("[2] $");
    terminal.run("echo b", "$");
    insta::assert_snapshot!(terminal.contents());
}

#[test]
fn lines_are_edited_with_the_keys_of_vi_or_emacs() {
    let (_home, terminal) = Terminal::new();
    terminal.run("xho emacs\x01\x04ec", "$");
    let home = tempfile::tempdir().unwrap();
    let vi = Terminal::open_with(home.path(), &["-o", "vi"], &[("PS1", "$ ")]);
    vi.wait_for_line("$");
    vi.run("xho vi\x1b0cwecho\x1bA", "$");
    assert!(vi.contents().contains("\nvi"), "{}", vi.contents());
    insta::assert_snapshot!(terminal.contents());
}

#[test]
fn exit_ends_the_shell() {
    let (_home, terminal) = Terminal::new();
    terminal.send("exit 3\r");
    assert_eq!(terminal.exit_status(), 3);
}

#[test]
fn the_status_is_in_the_prompt_when_it_is_not_0() {
    let (_home, terminal) = Terminal::new();
    terminal.run("false", "[1] $");
    terminal.run("no-such-program", "[127] $");
    terminal.run("true", "$");
    insta::assert_snapshot!(terminal.contents());
}

#[test]
fn a_syntax_error_is_marked_and_the_line_is_kept() {
    let (_home, terminal) = Terminal::new();
    terminal.run("echo a | | b", "[2] $ echo a | | b");
    // The cursor is where the error is.
    terminal.wait_for_cursor(4, 15);
    terminal.run("\x04\x04cat; #", "$");
    insta::assert_snapshot!(terminal.contents());
}

#[test]
fn the_history_is_kept_for_the_next_session() {
    use std::os::unix::fs::PermissionsExt;
    let (home, terminal) = Terminal::new();
    terminal.run("echo one", "$");
    terminal.send("\x1b[A");
    terminal.wait_for_line("$ echo one");
    terminal.send("\x15exit\r");
    assert_eq!(terminal.exit_status(), 0);
    let file = home.path().join(".local/state/minish/history.db");
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let terminal = Terminal::open(home.path(), &[("PS1", "$ ")]);
    terminal.wait_for_line("$");
    terminal.send("\x1b[A\x1b[A");
    terminal.wait_for_line("$ echo one");
}

#[test]
fn the_history_folder_can_be_chosen_or_missing() {
    let home = tempfile::tempdir().unwrap();
    let state = home.path().join("elsewhere");
    let terminal = Terminal::open(home.path(), &[("PS1", "$ "), ("XDG_STATE_HOME", state.to_str().unwrap())]);
    terminal.wait_for_line("$");
    terminal.run("echo hi", "$");
    assert!(state.join("minish/history.db").exists());
    let terminal = Terminal::open(home.path(), &[("PS1", "$ "), ("XDG_STATE_HOME", "/dev/null")]);
    terminal.wait_for_line("$");
    terminal.run("echo hi", "$");
    assert!(terminal.contents().contains("the history is only kept in memory"), "{}", terminal.contents());
    let terminal = Terminal::open(home.path(), &[("PS1", "$ "), ("HOME", "")]);
    terminal.wait_for_line("$");
    terminal.run("echo hi", "$");
}

#[test]
fn prompts_come_from_the_environment() {
    let home = tempfile::tempdir().unwrap();
    let terminal = Terminal::open(
        home.path(),
        &[("PS1", "<$WHO> "), ("PS2", "more${WHO}> "), ("WHO", "me"), ("TERM", "dumb")],
    );
    terminal.wait_for_line("<me>");
    terminal.send("echo '\r");
    terminal.wait_for_line("moreme>");
    terminal.send("'; PS1='$ '\r");
    terminal.wait_for_line("$");
    insta::assert_snapshot!(terminal.contents());
}

#[test]
fn the_prompt_shows_the_folder_where_nothing_else_is_set() {
    let home = tempfile::tempdir().unwrap();
    let sign = if nix::unistd::geteuid().is_root() { '#' } else { '$' };
    let terminal = Terminal::open(home.path(), &[]);
    terminal.wait_for_line(&format!("~ {sign}"));
    terminal.run("cd /", &format!("/ {sign}"));
    let terminal = Terminal::open(home.path(), &[("HOME", "")]);
    terminal.wait_for_line(&format!("{} {sign}", home.path().canonicalize().unwrap().display()));
}

#[test]
fn what_is_typed_while_a_program_runs_is_the_next_command() {
    let (home, terminal) = Terminal::new();
    fifo(&home.path().join("fifo"));
    terminal.send("sh -c 'echo re\"\"ady; read line <fifo'\r");
    terminal.wait_for_line("ready");
    terminal.send("echo la\"\"ter\r");
    terminal.wait_for_line("echo la\"\"ter");
    std::fs::write(home.path().join("fifo"), "\n").unwrap();
    terminal.wait("later", |screen| screen.text().contains("\nlater\n"));
    terminal.wait_for_line("$");
}

#[test]
fn ctrl_z_stops_a_job_and_fg_brings_it_back() {
    let (_home, terminal) = Terminal::new();
    terminal.stop(&format!("{READY} | cat"));
    terminal.run("jobs", "$");
    terminal.send("fg\r");
    terminal.wait_for_line(r#"sh -c 'echo re""ady; exec sleep 1000' | cat"#);
    terminal.send("\x03");
    terminal.wait_for_line("[130] $");
    terminal.run("jobs", "$");
    insta::assert_snapshot!(terminal.contents());
}

#[test]
fn what_runs_in_the_background_is_listed_and_waited_for() {
    let (home, terminal) = Terminal::new();
    fifo(&home.path().join("fifo"));
    terminal.run("cat fifo &", "$");
    terminal.run("echo done > fifo; wait $!", "$");
    terminal.run("cat fifo & exec 3>fifo", "$");
    terminal.run("jobs", "$");
    terminal.run("exec 3>&-; wait; jobs", "$");
    let contents = terminal.contents();
    assert!(contents.contains("Running                cat fifo &"), "{contents}");
    assert!(contents.contains("\ndone\n"), "{contents}");
}

#[test]
fn the_end_of_a_background_job_is_told_before_the_next_prompt() {
    let (home, terminal) = Terminal::new();
    fifo(&home.path().join("fifo"));
    terminal.run("sh -c 'read line <fifo; exit 5' &", "$");
    terminal.run("echo >fifo", "$");
    let started = Instant::now();
    // The job ends when it likes: each new prompt is a chance to tell it.
    while !terminal.contents().contains("Done") {
        assert!(started.elapsed() < deadline(), "{}", terminal.contents());
        terminal.run(":", "$");
    }
    let contents = terminal.contents();
    let lines: Vec<&str> = contents.lines().rev().collect();
    let notice = "[1] + Done(5)                sh -c 'read line <fifo; exit 5'";
    assert_eq!(lines[..2], ["$", notice], "{contents}");
    terminal.run(&format!("{CLEAR}; jobs"), "$");
    assert_eq!(terminal.contents(), "$");
}

#[test]
fn ctrl_c_spares_what_runs_in_the_background() {
    let (_home, terminal) = Terminal::new();
    terminal.run("sleep 1000 &", "$");
    terminal.send("\x03");
    terminal.wait_for_line("[130] $");
    terminal.send(&format!("{READY}\r"));
    terminal.wait_for_line("ready");
    terminal.send("\x03");
    terminal.wait_for_line("[130] $");
    terminal.run(&format!("{CLEAR}; jobs"), "$");
    assert_eq!(terminal.contents(), "[1] + Running                sleep 1000 &\n$");
}

#[test]
fn a_stopped_job_goes_on_in_the_background() {
    let (_home, terminal) = Terminal::new();
    terminal.stop(READY);
    terminal.run("bg", "$");
    terminal.run("jobs", "$");
    terminal.send("fg %1\r");
    terminal.wait_for_line(r#"sh -c 'echo re""ady; exec sleep 1000'"#);
    terminal.send("\x03");
    terminal.wait_for_line("[130] $");
    insta::assert_snapshot!(terminal.contents());
}

#[test]
fn terminal_modes_survive_a_program_that_spoils_them() {
    let (_home, terminal) = Terminal::new();
    let compare = r#"sh -c '[ "$(cat before)" = "$(cat after)" ]'"#;
    terminal.run("stty -a >before", "$");
    for (spoiler, prompt) in [
        ("stty raw -echo", "$"),
        ("sh -c 'stty raw -echo; exit 1'", "[1] $"),
        ("sh -c 'stty raw -echo; kill -9 $$'", "[137] $"),
        ("sh -c 'stty raw -echo; exit 1' | cat", "$"),
    ] {
        terminal.run(spoiler, prompt);
        terminal.run("stty -a >after", "$");
        terminal.run(compare, "$");
    }
    terminal.run("stty -ixon; stty -a >after", "$");
    terminal.run(compare, "[1] $");
}

#[test]
fn a_job_has_a_group_of_its_own_in_the_foreground() {
    let (home, terminal) = Terminal::new();
    std::os::unix::fs::symlink(example("inherit"), home.path().join("inherit")).unwrap();
    terminal.run(&format!("./inherit group terminal >c & wait; {CLEAR}"), "$");
    terminal.run("cat c", "$");
    terminal.run("./inherit group terminal | cat", "$");
    terminal.run("./inherit group terminal >a | ./inherit group terminal >b; cat a b", "$");
    terminal.run("./inherit signals | cat >d", "$");
    insta::assert_snapshot!(terminal.contents());
    // What has no name is of no concern to a shell: some surroundings ignore one of those.
    let signals = std::fs::read_to_string(home.path().join("d")).unwrap();
    assert!(signals.starts_with("blocked: none\nignored: ") && !signals.contains("SIG"), "{signals}");
}

#[test]
fn a_pipeline_of_built_ins_and_shell_code_keeps_the_terminal() {
    let (_home, terminal) = Terminal::new();
    terminal.run("echo a | { cat; echo b; } | cat; true | true; no-such-program | :", "$");
    terminal.run("( echo c ); ( sh -c 'kill -STOP $$' )", "[147] $");
    terminal.run("fg", "$");
    insta::assert_snapshot!(terminal.contents());
}

#[test]
fn a_thousand_jobs_one_after_the_other() {
    let (_home, terminal) = Terminal::new();
    let line = "echo hello | rev >/dev/null; ".replace("rev", "cat").repeat(50);
    for _ in 0..20 {
        // Pasted, since the editor paints the whole line for each key.
        terminal.run(&format!("\x1b[200~{line} {CLEAR}\x1b[201~"), "$");
    }
    terminal.run("jobs; echo $PIPESTATUS", "$");
}

#[test]
fn a_terminal_that_hangs_up_ends_the_shell() {
    let (program, pipeline) = (format!("{READY}\r"), format!("{READY} | cat\r"));
    let background = format!("sleep 1000 & {READY}\r");
    for (keys, line) in [
        ("", "$"),
        ("echo never", "$ echo never"),
        ("echo 'never\rmore", "more"),
        (&program, "ready"),
        (&pipeline, "ready"),
        (&background, "ready"),
    ] {
        let (_home, mut terminal) = Terminal::new();
        terminal.send(keys);
        terminal.wait_for_line(line);
        terminal.hang_up();
        terminal.wait("the end", |screen| screen.end.is_some());
    }
}
