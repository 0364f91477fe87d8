//! Job control on a pseudo-terminal, as a person sees it.

use std::path::Path;

use nix::sys::signal::{Signal, kill};
use nix::sys::wait::WaitStatus;
use nix::unistd::tcgetpgrp;

use super::pty::{CLEAR, READY, Terminal, pid_of};
use super::support::{MINISH, example};

/// What a command says.
#[track_caller]
fn answer(home: &Path, terminal: &Terminal, command: &str) -> String {
    terminal.run(&format!("{{ {command}; }} >answer 2>&1; {CLEAR}"), "$");
    std::fs::read_to_string(home.join("answer")).unwrap().trim_end().to_owned()
}

#[test]
fn what_is_stopped_can_be_named_in_many_ways() {
    let (home, terminal) = Terminal::new();
    terminal.stop(READY);
    terminal.run("sleep 1000 & sleep 1001 &", "$");
    let ambiguous = answer(home.path(), &terminal, "kill -CONT %sleep");
    assert_eq!(ambiguous, "minish: kill: %sleep: more than one job fits");
    assert_eq!(answer(home.path(), &terminal, "kill %?1001; wait %?1001; echo $?"), "143");
    // The stopped job is the current one, whatever was started since.
    assert_eq!(answer(home.path(), &terminal, "jobs -r"), "[2] - Running                sleep 1000 &");
    assert!(answer(home.path(), &terminal, "jobs -s").starts_with("[1] + Stopped (SIGTSTP)"));
    assert!(answer(home.path(), &terminal, "jobs -l %sl | cat").starts_with("[2] - "));
    assert_eq!(answer(home.path(), &terminal, "kill %%; wait %1; kill %-; wait; jobs"), "");
    assert_eq!(terminal.others(), []);
}

#[test]
fn a_job_that_is_disowned_is_left_alone() {
    let (home, terminal) = Terminal::new();
    terminal.run("sleep 1000 & p=$!; disown", "$");
    assert_eq!(answer(home.path(), &terminal, "jobs; wait $p; echo $?"), "127");
    assert_eq!(terminal.others().len(), 1);
    assert_eq!(answer(home.path(), &terminal, "disown %1; echo $?"), "minish: disown: %1: no such job\n127");
}

#[test]
fn functions_and_loops_are_stopped_and_go_on() {
    let (_home, terminal) = Terminal::new();
    terminal.run("f() { sh -c 'echo re\"\"ady; read x'; echo \"went $?\"; }", "$");
    for command in ["f | cat", "( f )", "{ f; } | cat", "while f; do break; done | cat"] {
        terminal.stop(command);
        terminal.send("fg\r");
        terminal.wait(command, |screen| screen.last_line() == command);
        terminal.send("\r");
        terminal.wait("went", |screen| screen.text().contains("\nwent 0\n"));
        terminal.wait_for_line("$");
        terminal.run(CLEAR, "$");
    }
    terminal.send(&format!("for i in 1 2; do while :; do {READY}; done; done; echo \"after $?\"\r"));
    terminal.wait_for_line("ready");
    terminal.send("\x1a");
    terminal.wait("after", |screen| screen.text().contains("\nafter 148\n"));
    terminal.wait_for_line("$");
    insta::assert_snapshot!(terminal.contents().split_once("\nready\n").unwrap().1);
}

#[test]
fn how_a_background_pipeline_ended_is_told_of_each_stage() {
    let (_home, terminal) = Terminal::new();
    terminal.run("set -b", "$");
    for (command, notice) in [
        ("false | (exit 3) | true &", "Done(1|3|0)"),
        ("sleep 1000 | sleep 1000 & kill %1", "Killed by SIGTERM"),
        ("true | true &", "Done "),
    ] {
        terminal.run(&format!("{CLEAR}; {command}"), "$");
        terminal.wait(notice, |screen| screen.text().contains(&format!("[1] + {notice}")));
    }
}

#[test]
fn exit_warns_of_stopped_jobs_once() {
    for (first, second) in [("exit 3\r", "exit 3\r"), ("\x04", "\x04")] {
        let (_home, terminal) = Terminal::new();
        terminal.stop(READY);
        terminal.send(first);
        terminal.wait("the warning", |screen| screen.text().contains("there are stopped jobs"));
        terminal.wait("a prompt", |screen| screen.last_line().ends_with('$'));
        terminal.run("true", "$");
        // Something else was done: it warns again.
        terminal.run(CLEAR, "$");
        terminal.send(first);
        terminal.wait("the warning", |screen| screen.text().contains("there are stopped jobs"));
        terminal.wait("a prompt", |screen| screen.last_line().ends_with('$'));
        // It has told of this, and doing it is no change of mind.
        terminal.run("jobs", "$");
        terminal.send(second);
        let status = terminal.exit_status();
        assert!(if first == "\x04" { status < 2 } else { status == 3 }, "{status}");
    }
}

#[test]
fn a_hang_up_is_passed_on_to_jobs() {
    let (home, terminal) = Terminal::new();
    let noting = |name: &str| {
        format!("sh -c 'trap \"echo >{name}; kill $!; exit\" HUP; sleep 1000 & echo re\"\"ady; wait'")
    };
    terminal.stop(&noting("stopped"));
    terminal.run(CLEAR, "$");
    terminal.send(&format!("{} &\r", noting("running")));
    terminal.wait("ready", |screen| screen.text().lines().any(|line| line.ends_with("ready")));
    terminal.send(&format!("{} &\r", noting("spared")));
    terminal
        .wait("ready", |screen| screen.text().lines().filter(|line| line.ends_with("ready")).count() == 2);
    terminal.send("disown -h %3; echo spa\"\"red\r");
    terminal.wait("disown", |screen| screen.text().contains("\nspared"));
    kill(pid_of(&terminal.child), Signal::SIGHUP).unwrap();
    terminal.wait("the end", |screen| screen.end.is_some());
    let end = terminal.screen.0.lock().unwrap().end;
    assert!(matches!(end, Some(WaitStatus::Signaled(_, Signal::SIGHUP, _))), "{end:?}");
    terminal.wait("the files", |_| ["stopped", "running"].iter().all(|name| home.path().join(name).exists()));
    assert!(!home.path().join("spared").exists());
}

#[test]
fn a_script_that_controls_jobs_finds_its_terminal() {
    let (home, terminal) = Terminal::new();
    std::os::unix::fs::symlink(example("inherit"), home.path().join("inherit")).unwrap();
    let script = "set -m; ./inherit group terminal; ( ./inherit group terminal ); set +m; ./inherit group terminal; \
        (set -m; ./inherit group terminal | cat; :)";
    std::fs::write(home.path().join("script"), script).unwrap();
    terminal.run(&format!("{MINISH} script </dev/null >out 2>&1; cat out"), "$");
    let contents = terminal.contents();
    let out = contents.split_once("cat out\n").unwrap().1;
    insta::assert_snapshot!(out);
    // A job of a script is stopped by Ctrl-Z, and the script goes on.
    terminal.run(CLEAR, "$");
    let script =
        format!("set -m; {READY}; echo \"stopped $?\"; jobs -s; kill %1; wait %1; echo \"ended $?\"");
    std::fs::write(home.path().join("script"), script).unwrap();
    terminal.send(&format!("{MINISH} script\r"));
    terminal.wait_for_line("ready");
    terminal.send("\x1a");
    terminal.wait("the end", |screen| screen.text().contains("\nended 143\n"));
    terminal.wait_for_line("$");
    insta::assert_snapshot!(terminal.contents().split_once('\n').unwrap().1);
}

#[test]
fn a_script_leaves_ctrl_c_to_the_program_that_it_waits_for() {
    let (home, terminal) = Terminal::new();
    let handling = "sh -c 'trap \"echo caught; exit 3\" INT; echo re\"\"ady; read x'";
    for (script, last) in [
        (format!("{handling}; echo \"on $?\""), "on 3"),
        (format!("set -m; {handling}; echo \"on $?\""), "on 3"),
        (format!("{READY}; echo never"), "^C"),
        (format!("set -m; {READY}; echo never"), "^C"),
        (format!("trap 'echo trapped' INT; {READY}; echo \"on $?\""), "on 130"),
        (format!("( {READY} ); echo never"), "^C"),
    ] {
        std::fs::write(home.path().join("script"), &script).unwrap();
        terminal.send(&format!("{MINISH} script\r"));
        terminal.wait_for_line("ready");
        terminal.send("\x03");
        terminal.wait("a prompt", |screen| screen.last_line().ends_with('$'));
        let text = terminal.contents();
        assert!(text.lines().any(|line| line == last) && !text.contains("never"), "{script}\n{text}");
        assert_eq!(terminal.others(), []);
        terminal.run(CLEAR, "$");
    }
}

#[test]
fn ctrl_z_at_any_moment_stops_a_script_as_a_whole() {
    let (_home, terminal) = Terminal::new();
    for _ in 0..30 {
        terminal.send(&format!("{MINISH} -c 'while :; do /bin/true; done'\r"));
        let shell = pid_of(&terminal.child);
        let foreground = || tcgetpgrp(terminal.pty.as_ref().unwrap()).unwrap();
        while foreground() == shell {
            std::thread::yield_now();
        }
        terminal.send("\x1a");
        terminal.wait_for_line("[148] $");
        terminal.run("kill -KILL %1; wait %1", "[137] $");
        terminal.run(CLEAR, "$");
    }
}

#[test]
fn a_shell_in_the_background_waits_for_the_foreground() {
    let (_home, terminal) = Terminal::new();
    terminal.run(&format!("{MINISH} -i &"), "$");
    while !terminal.contents().contains("Stopped (SIGTTIN)") {
        terminal.run(CLEAR, "$");
        terminal.run("jobs", "$");
    }
    terminal.run(CLEAR, "$");
    terminal.send("fg\r");
    terminal.wait("the name of the job", |screen| screen.text().contains("-i"));
    terminal.wait_for_line("$");
    terminal.run("PS1='inner> '", "inner>");
    // The inner shell's jobs are its own, and the outer one's prompt comes back when it ends.
    terminal.send(&format!("{READY}\r"));
    terminal.wait_for_line("ready");
    terminal.send("\x1a");
    terminal.wait("the inner prompt", |screen| screen.last_line().ends_with("inner>"));
    terminal.run("kill %1; wait %1; jobs", "inner>");
    terminal.send("exit 3\r");
    terminal.wait_for_line("[3] $");
    assert_eq!(terminal.others(), []);
}

#[test]
fn a_stopped_job_gets_its_terminal_modes_back() {
    let (home, terminal) = Terminal::new();
    let program =
        "sh -c 'stty -echo -icanon; echo re\"\"ady; kill -STOP $$; stty -a | grep -c -e -echo.*; echo over'";
    terminal.send(&format!("{program}\r"));
    terminal.wait_for_line("[147] $");
    assert!(answer(home.path(), &terminal, "stty -a | grep -o ' icanon'").contains("icanon"));
    terminal.send("fg\r");
    terminal.wait("over", |screen| screen.text().contains("\nover"));
    terminal.wait_for_line("$");
    let text = terminal.contents();
    assert!(text.contains("\n1\nover"), "{text}");
    assert!(answer(home.path(), &terminal, "stty -a | grep -o ' icanon'").contains("icanon"));
}

#[test]
fn the_terminal_goes_back_to_whom_the_shell_has_it_from() {
    let (home, terminal) = Terminal::new();
    let outer = format!("{MINISH}\necho rea''dy; read x; echo \"got $x\"\n");
    std::fs::write(home.path().join("outer"), outer).unwrap();
    for (end, had) in [("exit", ""), ("exec sh -c 'echo stea\"\"dy; read y; echo \"had $y\"'", "had bye\n")] {
        terminal.run("sh outer", "$");
        terminal.run("exec nosuch", "[127] $");
        terminal.send(&format!("{end}\r"));
        if !had.is_empty() {
            terminal.wait_for_line("steady");
            terminal.send("bye\r");
        }
        terminal.wait("those above", |screen| screen.text().ends_with(&format!("{had}ready")));
        terminal.send("one\r");
        terminal.wait("what was read", |screen| screen.text().ends_with("one\ngot one\n$"));
        terminal.run(CLEAR, "$");
    }
}

#[test]
fn lines_that_are_typed_ahead_are_read_while_jobs_are_watched() {
    let (_home, terminal) = Terminal::new();
    terminal.run("set -b", "$");
    terminal.send(&("echo one\r".repeat(20) + "echo la''st\r"));
    terminal.wait("the last line", |screen| screen.text().ends_with("\nlast\n$"));
}

#[test]
fn a_program_that_reads_unseen_and_is_interrupted_leaves_the_terminal_as_it_was() {
    let (home, terminal) = Terminal::new();
    std::fs::write(home.path().join("unseen"), "echo rea''dy; read -s x").unwrap();
    terminal.send(&format!("sh -c 'trap : INT; {MINISH} unseen; stty -a | grep -c \" echo \"'\r"));
    terminal.wait_for_line("ready");
    terminal.wait("a terminal that shows nothing", |_| {
        let modes = nix::sys::termios::tcgetattr(terminal.pty.as_ref().unwrap()).unwrap();
        !modes.local_flags.contains(nix::sys::termios::LocalFlags::ECHO)
    });
    terminal.send("\x03");
    terminal.wait("its modes", |screen| screen.text().ends_with("\n1\n$"));
}

#[test]
fn the_prompt_stays_where_standard_error_goes() {
    let (home, terminal) = Terminal::new();
    terminal.run("exec >log", "$");
    terminal.run("echo hidden", "$");
    terminal.run("exec >&-", "$");
    terminal.run("exec >/dev/tty; cat log", "$");
    assert!(terminal.contents().ends_with("cat log\nhidden\n$"), "{}", terminal.contents());
    assert_eq!(std::fs::read_to_string(home.path().join("log")).unwrap(), "hidden\n");
}

#[test]
fn the_text_before_a_prompt_may_end_the_shell() {
    let (_home, terminal) = Terminal::new();
    terminal.send("PROMPT_COMMAND='exit 7'\r");
    assert_eq!(terminal.exit_status(), 7);
}
