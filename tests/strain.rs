//! What scripts do to a shell: recursion without end, deep nesting, much data; and what subshells that run in
//! the shell itself must not show.

use std::fs;
use std::process::Command;

use super::support::{MINISH, deadline, minish, run, run_with_input, say, text};

/// Refused with one message and a status, or done; never a signal.
#[track_caller]
fn check_refused(script: &str, message: &str) {
    let said = say(script);
    assert_eq!(said.matches("stderr|").count(), said.matches(message).count(), "{said}");
    assert!(said.contains(message) && said.ends_with("status 2"), "{said}");
}

#[test]
fn endless_recursion_is_an_error() {
    let message = "the stack is used up";
    check_refused("f() { f; }; f; echo no", message);
    check_refused("x='eval \"$x\"'; eval \"$x\"; echo no", message);
    check_refused("f() { ( f; exit ); exit 2; }; f", message);
    check_refused("f() { if f; then :; fi; }; f", message);
    check_refused("x=y y=x; echo $((x))", "nested too deep");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("self");
    fs::write(&file, format!(". {}\n", file.display())).unwrap();
    check_refused(&format!(". {}; echo no", file.display()), message);
}

#[test]
fn deep_nesting_is_refused_and_some_is_not() {
    for (open, inside, close) in [
        ("( ", "echo hi", " ; )"),
        ("{ ", "echo hi", "; }"),
        ("echo $(", "echo hi", ")"),
        ("if :; then ", "echo hi", "; fi"),
        ("for i in 1; do ", "echo hi", "; done"),
    ] {
        let nested = |depth| format!("{}{inside}{}", open.repeat(depth), close.repeat(depth));
        assert!(say(&nested(60)).starts_with("hi\n"), "{open}");
        let said = say(&nested(5_000));
        assert!(said.contains("nested too deep") && said.ends_with("status 2"), "{open}");
    }
    for (open, inside, close) in [
        ("(", "$((1))", ")"),
        ("$((", "1", "))"),
        ("${x-", "1", "}"),
        ("\"${x-", "1", "}\""),
        ("\"$(", ":", ")\""),
    ] {
        let script = format!("echo $(({}{inside}{}))", open.repeat(10_000), close.repeat(10_000));
        let said = text(&run_with_input(&mut minish([]), Some(script.as_bytes())));
        assert!(said.contains("nested too deep") && said.ends_with("status 2"), "{open}: {said}");
    }
}

#[test]
fn a_tree_that_is_deep_in_several_ways_is_refused() {
    let minuses = "- ".repeat(400);
    let variables: String = (0..20).map(|i| format!("x{i}='{minuses}x{}'; ", i + 1)).collect();
    let test = format!("[ {} a {} ]", "'(' ".repeat(50_000), "')' ".repeat(50_000));
    for script in [format!("echo $(({minuses}{minuses}x))"), format!("{variables}echo $((x0))"), test] {
        let said = text(&run_with_input(&mut minish([]), Some(script.as_bytes())));
        assert!(said.contains("nested too deep") && said.ends_with("status 2"), "{said}");
    }
    let nested = format!("{}:{}", "{ ".repeat(3_000), "; }".repeat(3_000));
    let small =
        run(Command::new("sh").args(["-c", "ulimit -s 1024; exec \"$0\" -c \"$1\"", MINISH, &nested]));
    assert!(text(&small).contains("nested too deep"), "{}", text(&small));
}

#[test]
fn a_line_may_have_many_quoted_separators() {
    let script = "yes '\\ ' | head -400000 | tr -d '\\n' | { read x y; echo ${#x} ${#y}; }";
    assert_eq!(say(script), "400000 0\nstatus 0");
}

#[test]
fn arithmetic_may_be_long() {
    let sum = "1+".repeat(10_000);
    let said = say(&format!("x='{sum}'; echo $((${{x}}1)) $(({sum}1))"));
    assert_eq!(said, "10001 10001\nstatus 0");
    let chain = "+y".repeat(1_500);
    let groups = format!("{}1{}", "(".repeat(200), format!("){chain}").repeat(200));
    let ands = "y && ".repeat(100_000);
    let script = format!("y=1 x=1{chain}; echo $(((1{chain}) * (2{chain}) + x)) $(({groups})) $(({ands}y))");
    let said = text(&run_with_input(&mut minish([]), Some(script.as_bytes())));
    assert_eq!(said, format!("{} 300001 1\nstatus 0", 1501 * 1502 + 1501));
}

#[test]
fn nesting_is_not_looked_through_at_each_level() {
    let began = std::time::Instant::now();
    let blanks = " ".repeat(2_000_000);
    let script = format!("echo {}1{blanks}{}", "$((".repeat(300), "))".repeat(300));
    assert_eq!(text(&run_with_input(&mut minish([]), Some(script.as_bytes()))), "1\nstatus 0");
    assert!(began.elapsed() < deadline() / 10);
}

#[test]
fn long_is_not_deep() {
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("script");
    let long = [
        "if false; then :; ".to_owned() + &"elif false; then :; ".repeat(10_000) + "else echo elif; fi\n",
        format!("true{}; echo and\n", " && true".repeat(20_000)),
        format!("case x in {} x) echo case;; esac\n", "y) ;;".repeat(10_000)),
        format!("set -- {}; echo $#\n", "a ".repeat(100_000)),
        format!("x='{}'; echo ${{#x}}\n", "a".repeat(1_000_000)),
        format!("n=; for i in {}; do n=$i; done; echo $n\n", "1 ".repeat(200_000)),
        "set -- $x$x$x; echo $#; IFS=a; set -- $x; echo $#; set -- $n; echo $*\n".to_owned(),
    ];
    fs::write(&script, long.concat()).unwrap();
    let said = text(&run(&mut minish([script.to_str().unwrap()])));
    assert_eq!(said, "elif\nand\ncase\n100000\n1000000\n1\n1\n1000000\n1\nstatus 0");
}

#[test]
fn a_large_value_is_not_copied_too_often() {
    let script = "x=$(head -c 20000000 /dev/zero | tr '\\0' a); y=${x%a*a} z=${x#*a}; echo ${#x} ${#y} ${#z}
        case $x in *b*) echo b;; *) echo none;; esac";
    assert_eq!(say(script), "20000000 19999998 19999999\nnone\nstatus 0");
}

#[test]
fn programs_of_a_subshell_are_its_children() {
    // The shell's own number would be told if the subshell's programs were its children.
    assert_eq!(say("(sh -c 'test $PPID != '$$' && echo other'; :); :"), "other\nstatus 0");
    let killed = say("(sh -c 'kill -TERM $PPID'; echo no) 2>/dev/null; echo $?");
    assert!(killed.contains("143\n") && killed.ends_with("status 0"), "{killed}");
}

#[test]
fn what_a_subshell_in_this_process_captures_keeps_its_order() {
    let script =
        "x=$(echo 1; sh -c 'echo 2'; echo 3; cd /; echo 4; sh -c 'echo 5'; (echo 6); echo 7 | cat); echo $x";
    assert_eq!(say(script), "1 2 3 4 5 6 7\nstatus 0");
}

#[test]
fn lines_of_a_pipe_are_left_to_programs() {
    let script = "read x; read y; cat; echo $x $y";
    let output = run_with_input(&mut minish(["-c", script]), Some(b"a\nb\nc\nd\n"));
    assert_eq!(text(&output), "c\nd\na b\nstatus 0");
    // Also where they follow in the script itself.
    let script = b"read x\na line\nsh -c 'read y; echo $y'\nanother\ncat\necho no $x\n";
    let output = run_with_input(&mut minish(["-s"]), Some(script));
    assert_eq!(text(&output), "another\necho no $x\nstatus 0");
}

#[test]
fn a_script_on_a_fifo_is_read_a_line_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let fifo = folder.path().join("fifo");
    nix::unistd::mkfifo(&fifo, nix::sys::stat::Mode::from_bits_truncate(0o600)).unwrap();
    let path = fifo.clone();
    let (answer, answered) = std::sync::mpsc::channel::<()>();
    let writer = std::thread::spawn(move || {
        use std::io::Write;
        let mut file = fs::OpenOptions::new().write(true).open(path).unwrap();
        file.write_all(b"echo first >done\n").unwrap();
        // The rest comes only when the first line has run.
        answered.recv().unwrap();
        file.write_all(b"echo second\n").unwrap();
    });
    let done = folder.path().join("done");
    let watch = std::thread::spawn(move || {
        while fs::read(&done).unwrap_or_default() != b"first\n" {
            std::thread::yield_now();
        }
        answer.send(()).unwrap();
    });
    let output = run(minish([fifo.to_str().unwrap()]).current_dir(folder.path()));
    assert_eq!(text(&output), "second\nstatus 0");
    writer.join().unwrap();
    watch.join().unwrap();
}

#[test]
fn under_the_name_sh_the_additions_are_off() {
    let folder = tempfile::tempdir().unwrap();
    let sh = folder.path().join("sh");
    std::os::unix::fs::symlink(MINISH, &sh).unwrap();
    let said = |script: &str| text(&run(std::process::Command::new(&sh).args(["-c", script])));
    assert_eq!(said("set -o | grep posix | tr -s ' '"), "posix on\nstatus 0");
    assert!(said("cat <<<a").contains("syntax error"));
    assert!(said("source /dev/null").contains("not found"));
    assert_eq!(said("echo \"[$RANDOM]\"; echo a &>/dev/null; wait"), "[]\na\nstatus 0");
    assert_eq!(say("source /dev/null; cat <<<a; echo a &>/dev/null"), "a\nstatus 0");
}

#[test]
fn a_shell_stays_small() {
    let script = "size() { while read -r name kib _; do case $name in VmRSS:) rss=$kib;; esac; done </proc/$$/status; }
        size; echo $(($rss < 6000)); before=$rss
        i=0; while [ $i -lt 100000 ]; do i=$((i+1)); x=$(echo $i); ( y=$i ); set -- $x; done
        size; echo $(($rss - before < 300))";
    assert_eq!(say(script), "1\n1\nstatus 0");
}
