//! The history, the prompt and what greets a person, on a pseudo-terminal.

use std::path::Path;
use std::process::{Command, Stdio};

use super::pty::Terminal;
use super::support::{self, text};

/// The rows of a database, as another session has them: what `history` prints there.
#[track_caller]
fn rows(home: &Path, arguments: &str) -> String {
    let terminal = Terminal::open(home, &[("PS1", "$ ")]);
    terminal.wait_for_line("$");
    terminal.run(&format!(" history {arguments} > rows"), "$");
    std::fs::read_to_string(home.join("rows")).unwrap()
}

#[test]
fn nothing_is_lost_when_the_shell_is_killed() {
    let (home, terminal) = Terminal::new();
    terminal.run("echo one | false | true", "$");
    terminal.send("echo two; kill -9 $$\r");
    terminal.wait("the end", |screen| screen.end.is_some());
    let rows = rows(home.path(), "--json");
    let rows: serde_json::Value = serde_json::from_str(&rows).unwrap();
    let of = |row: usize, name: &str| rows[row][name].clone();
    assert_eq!((of(0, "text"), of(0, "stages")), ("echo one | false | true".into(), "0|1|0".into()));
    assert_eq!((of(1, "text"), of(1, "stages")), ("echo two; kill -9 $$".into(), serde_json::Value::Null));
    assert_eq!(of(1, "folder"), home.path().to_str().unwrap());
}

#[test]
fn sessions_share_the_history_while_they_run() {
    let (home, one) = Terminal::new();
    let other = Terminal::open(home.path(), &[("PS1", "$ ")]);
    other.wait_for_line("$");
    one.run("echo first", "$");
    other.run("echo second", "$");
    one.run("echo third", "$");
    // Up shows what this session ran before what others did; Ctrl-R finds everything.
    one.send("\x1b[A\x1b[A");
    one.wait_for_line("$ echo first");
    one.send("\x1b[A");
    one.wait_for_line("$ echo second");
    one.send("\x1b[B\x1b[B\x1b[B");
    one.wait_for_line("$");
    one.send("\x12sec");
    one.wait_for_line("(reverse-i-search)`sec': echo second");
    one.send("\x07");
    one.wait_for_line("$");
    one.run("fc -s; fc -l -2", "$");
    insta::assert_snapshot!(one.contents());
}

#[test]
fn a_history_that_cannot_be_written_is_kept_in_memory_and_one_message_says_so() {
    let (home, terminal) = Terminal::new();
    terminal.run("echo before", "$");
    terminal.run("ulimit -S -f 0", "$");
    terminal.run("echo hidden >/dev/null", "$");
    terminal.run("echo more >/dev/null", "$");
    terminal.send("\x1b[A\x1b[A");
    terminal.wait_for_line("$ echo hidden >/dev/null");
    terminal.send("\x15");
    terminal.run("ulimit -S -f unlimited", "$");
    let shown = terminal.contents();
    assert_eq!(shown.matches("only kept in memory").count(), 1, "{shown}");
    // What was only in memory is written as soon as it can be.
    assert!(rows(home.path(), "").contains("echo hidden"));
}

#[test]
fn another_program_that_locks_the_history_stops_nobody() {
    let (home, terminal) = Terminal::new();
    let file = home.path().join(".local/state/minish/history.db");
    let locked = rusqlite::Connection::open(file).unwrap();
    locked.execute_batch("BEGIN EXCLUSIVE").unwrap();
    terminal.run("echo hi >/dev/null", "$");
    locked.execute_batch("COMMIT").unwrap();
    terminal.run("echo on", "$");
    assert!(terminal.contents().contains("database is locked"), "{}", terminal.contents());
    let rows = rows(home.path(), "");
    assert!(rows.contains("echo hi") && rows.contains("echo on"), "{rows}");
}

#[test]
fn a_blank_or_a_private_shell_keeps_commands_out() {
    let (home, terminal) = Terminal::new();
    terminal.run(" echo blank", "$");
    terminal.run("echo kept", "$");
    let private = Terminal::open_with(home.path(), &["--private"], &[("PS1", "$ ")]);
    private.wait_for_line("$");
    private.run("echo private", "$");
    private.send("\x1b[A");
    private.wait_for_line("$ echo private");
    assert_eq!(rows(home.path(), ""), "    1  echo kept\n");
}

#[test]
fn the_history_is_searched_and_deleted() {
    let (_home, terminal) = Terminal::new();
    for command in ["echo a", "false", "cd /", "echo 'a\nb'", "echo c"] {
        terminal.send(&format!("{command}\r"));
    }
    terminal.wait("the last", |screen| screen.text().ends_with("\nc\n$"));
    terminal.run("clear", "$");
    terminal.run("history --failed; echo; history --here echo 1; echo; history 'ech?*b'", "$");
    terminal.run("history --delete 'echo*'; history -d 2; history", "$");
    terminal.run("history -d 99; history --delete; history --clear; history", "$");
    insta::assert_snapshot!(terminal.contents());
}

#[test]
fn fc_edits_commands_and_runs_them_again() {
    let (_home, terminal) = Terminal::new();
    terminal.run("echo one two", "$");
    terminal.run("fc -e 'sed -i s/one/1/'", "$");
    terminal.run("fc -s two=2 ech", "$");
    terminal.run("fc -e - 2=3", "$");
    terminal.run("fc -e false -1", "[1] $");
    terminal.run("fc -ln 1 2; fc -lr -2 -1; fc -l nosuch", "[1] $");
    terminal.run("fc -lx", "[2] $");
    insta::assert_snapshot!(terminal.contents());
}

#[test]
fn fc_runs_what_is_left_whatever_is_called_command() {
    let (_home, terminal) = Terminal::new();
    terminal.run("echo one; command() { :; }", "$");
    terminal.run("fc -e 'sed -i s/one/1/' echo", "$");
    terminal.run("fc -e 'truncate -s 0' echo", "$");
    terminal.run("fc -l", "$");
    insta::assert_snapshot!(terminal.contents());
}

#[test]
fn without_a_person_there_is_no_history() {
    insta::assert_snapshot!(support::say("fc -l; history"));
}

#[test]
fn what_is_listed_cannot_steer_the_terminal() {
    let (home, terminal) = Terminal::new();
    std::fs::create_dir(home.path().join("a\u{1b}]0;t\u{7}b")).unwrap();
    terminal.run("x=$(printf 'a\\033[2Jb'); alias y=\"$x\"", "$");
    terminal.run("alias; set | grep -c '\\[2J'; cd a*; pwd | tr -dc '\\007' | wc -c", "$");
    terminal.run("pwd -P | cut -c 1-1; cd ..", "$");
    insta::assert_snapshot!(terminal.contents());
}

#[test]
fn the_prompt_tells_what_happened() {
    let home = tempfile::tempdir().unwrap();
    let terminal = Terminal::open(home.path(), &[("NO_COLOR", "1")]);
    let is_root = nix::unistd::geteuid().is_root();
    let end = if is_root { "#" } else { "$" };
    terminal.wait_for_line(&format!("~ {end}"));
    terminal.run(
        "mkdir -p r/.git r/s; echo 'ref: refs/heads/topic' >r/.git/HEAD; cd r/s",
        &format!("~/r/s (topic) {end}"),
    );
    terminal.run("echo 0123456789abcdef >../.git/HEAD", &format!("~/r/s (0123456) {end}"));
    terminal.run("cd ../..; true | sh -c 'kill -13 $$' | false", &format!("[0|141|1] ~ {end}"));
    terminal.run("sleep 100 &", &format!("1 job ~ {end}"));
    terminal.run("kill %1; wait; PS1='<\\W \\j> '", "<~ 0>");
    terminal.run("PROMPT_COMMAND='echo \"$? $CMD_DURATION\" >ran'; false", "<~ 0>");
    assert!(std::fs::read_to_string(home.path().join("ran")).unwrap().starts_with("1 "));
}

#[test]
fn a_new_person_is_greeted_once() {
    let home = tempfile::tempdir().unwrap();
    let state = home.path().join("state");
    let environment = [("PS1", "$ "), ("XDG_STATE_HOME", state.to_str().unwrap())];
    let terminal = Terminal::open(home.path(), &environment);
    terminal.wait_for_line("$");
    terminal.run("gti; cd /usr/bni; hlep", "[127] $");
    let shown = terminal.contents();
    let again = Terminal::open(home.path(), &environment);
    again.wait_for_line("$");
    assert_eq!(again.contents(), "$");
    assert!(shown.contains("cd: /usr/bni: not found; did you mean /usr/bin?"), "{shown}");
    assert!(shown.contains("hlep: not found; did you mean help?"), "{shown}");
    insta::assert_snapshot!(shown.lines().take(3).collect::<Vec<_>>().join("\n"));
}

#[test]
fn settings_are_read_by_interactive_shells_and_cannot_keep_anybody_out() {
    let home = tempfile::tempdir().unwrap();
    let settings = home.path().join(".config/minish");
    std::fs::create_dir_all(&settings).unwrap();
    std::fs::write(settings.join("rc"), "PS1='mine> '\necho settings\nif\n").unwrap();
    let terminal = Terminal::open(home.path(), &[]);
    terminal.wait_for_line("mine>");
    let posix = Terminal::open_with(home.path(), &["--posix"], &[("PS1", "$ ")]);
    posix.wait_for_line("$");
    assert_eq!(posix.contents(), "$");
    let mut script = support::minish(["-c", "echo script"]);
    assert_eq!(text(&support::run(script.env("HOME", home.path()))), "script\nstatus 0");
    assert!(terminal.contents().contains("settings\n"), "{}", terminal.contents());
}

#[test]
fn the_manual_is_well_formed() {
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/minish.1");
    let mut man = Command::new("man");
    man.args(["--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", page]).stdin(Stdio::null());
    match man.output() {
        Ok(output) => assert_eq!(String::from_utf8_lossy(&output.stderr), ""),
        // Where there is no man, nobody can tell.
        Err(error) => assert_eq!(error.kind(), std::io::ErrorKind::NotFound),
    }
}

#[test]
fn the_file_that_fc_gives_an_editor_is_removed_after_ctrl_c_too() {
    let (home, terminal) = Terminal::new();
    std::fs::create_dir(home.path().join("tmp")).unwrap();
    terminal.run("TMPDIR=$PWD/tmp; ed() { echo re\"\"ady; sleep 1000; }", "$");
    terminal.send("FCEDIT=ed fc -1\r");
    terminal.wait_for_line("ready");
    terminal.send("\x03");
    terminal.wait_for_line("[130] $");
    assert_eq!(std::fs::read_dir(home.path().join("tmp")).unwrap().count(), 0);
}
