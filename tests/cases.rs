//! Runs `cases/*.sh`: many named scripts a file. What minish says is in a snapshot for each file; dash and
//! bash, where they are installed, run the same scripts as judges.
//!
//! A case is a line `#### name` and the script below it. Lines `## dash: reason` and `## bash: reason` right
//! after the name say why minish differs from that judge, which then is not asked; `## args: a b` gives
//! positional parameters.

use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;

use super::support::{MINISH, run};

type Judge = (&'static str, &'static [&'static str]);

const JUDGES: [Judge; 2] = [("dash", &["dash"]), ("bash", &["bash", "--posix"])];

struct Case {
    name: String,
    arguments: Vec<String>,
    /// Judges that are not asked.
    excused: Vec<String>,
    script: String,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

fn cases(topic: &str) -> Vec<Case> {
    let text = std::fs::read_to_string(folder().join(format!("{topic}.sh"))).unwrap();
    format!("\n{text}").split("\n#### ").skip(1).map(parse).collect()
}

/// The script has no newline at its end, so that a case can show what the end of a script does.
fn parse(block: &str) -> Case {
    let (name, mut rest) = block.split_once('\n').unwrap_or((block, ""));
    let (mut arguments, mut excused) = (Vec::new(), Vec::new());
    while let Some(directive) = rest.strip_prefix("## ") {
        let (line, after) = directive.split_once('\n').unwrap_or((directive, ""));
        match line.split_once(": ") {
            Some(("args", words)) => arguments = words.split(' ').map(Into::into).collect(),
            Some((judge @ ("dash" | "bash"), _reason)) => excused.push(judge.into()),
            _ => panic!("{name}: not a directive: {line}"),
        }
        rest = after;
    }
    Case { name: name.into(), arguments, excused, script: rest.trim_end_matches('\n').into() }
}

/// Runs a case in a fresh folder, which is also its HOME. What fails in doing so, a deadline above all, is told
/// as an error.
fn run_by(shell: &[&str], case: &Case) -> Result<Output, String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().canonicalize().unwrap();
    let mut command = Command::new(shell[0]);
    command.args(&shell[1..]).args(["-c", &case.script, "minish"]).args(&case.arguments);
    command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command.env("HOME", &path).env("LC_ALL", "C.UTF-8").current_dir(&path).stdin(Stdio::null());
    let mut output = panic::catch_unwind(AssertUnwindSafe(|| run(&mut command)))
        .map_err(|cause| cause.downcast_ref::<&str>().unwrap_or(&"it could not be run").to_string())?;
    for bytes in [&mut output.stdout, &mut output.stderr] {
        *bytes = bstr::ByteSlice::replace(bytes.as_slice(), path.to_str().unwrap(), "[dir]");
    }
    Ok(output)
}

/// Output, errors and a status other than 0, a line each.
fn shown(output: &Output) -> String {
    let mut text = String::from_utf8_lossy(&output.stdout).into_owned();
    if !text.is_empty() && !text.ends_with('\n') {
        text += "[no newline]\n";
    }
    for line in String::from_utf8_lossy(&output.stderr).lines() {
        text += &format!("stderr| {line}\n");
    }
    match (output.status.code(), std::os::unix::process::ExitStatusExt::signal(&output.status)) {
        (Some(0), _) => text,
        (Some(status), _) => text + &format!("status {status}\n"),
        (None, signal) => text + &format!("signal {}\n", signal.unwrap_or_default()),
    }
}

/// What a judge says differently; error messages only have to be there, or not.
fn difference(judge: &str, case: &Case, ours: &Output, theirs: &Output) -> Option<String> {
    let is_same = ours.stdout == theirs.stdout
        && ours.status == theirs.status
        && ours.stderr.is_empty() == theirs.stderr.is_empty();
    let indented = |text: &str| text.lines().map(|line| format!("    {line}\n")).collect::<String>();
    (!is_same).then(|| {
        let (script, ours, theirs) =
            (indented(&case.script), indented(&shown(ours)), indented(&shown(theirs)));
        format!("#### {}\n{script}  minish:\n{ours}  {judge}:\n{theirs}\n", case.name)
    })
}

/// What minish says to a case, and all that a judge says differently; an error is a run that never came to an
/// end.
fn trial(case: &Case, judges: &[Judge]) -> Result<(String, String), String> {
    let run_by = |who: &str, shell: &[&str]| {
        run_by(shell, case).map_err(|cause| format!("#### {}\n  {who}: {cause}\n", case.name))
    };
    let ours = run_by("minish", &[MINISH])?;
    let mut differences = String::new();
    for (judge, shell) in judges.iter().filter(|(judge, _)| !case.excused.iter().any(|one| one == judge)) {
        differences.extend(difference(judge, case, &ours, &run_by(judge, shell)?));
    }
    Ok((format!("#### {}\n{}\n", case.name, shown(&ours)), differences))
}

fn topic(name: &str) {
    let is_installed = |judge: &str| Command::new(judge).args(["-c", ":"]).output().is_ok();
    let judges: Vec<_> = JUDGES.into_iter().filter(|(judge, _)| is_installed(judge)).collect();
    let cases = cases(name);
    let (first, second) = cases.split_at(cases.len() / 2);
    let trials = |cases: &[Case]| cases.iter().map(|case| trial(case, &judges)).collect::<Vec<_>>();
    let trials = thread::scope(|scope| {
        let second = scope.spawn(|| trials(second));
        [trials(first), second.join().unwrap()].concat()
    });
    let (mut record, mut differences, mut failures) = (String::new(), String::new(), String::new());
    for trial in trials {
        match trial {
            Ok((said, differently)) => {
                record += &said;
                differences += &differently;
            }
            Err(failure) => failures += &failure,
        }
    }
    assert!(failures.is_empty(), "{failures}");
    eprint!("{differences}");
    insta::assert_snapshot!(name, record);
    assert!(differences.is_empty(), "the judges named above say something else");
}

/// A test for each topic file, and one that none is forgotten.
macro_rules! topics {
    ($($test:ident $file:literal)*) => {
        $(#[test] fn $test() { topic($file); })*

        #[test]
        fn every_topic_file_is_run() {
            let files = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
            for file in files {
                let name = file.file_stem().unwrap().to_str().unwrap();
                assert!([$($file),*].contains(&name), "{name} is not run");
            }
        }
    };
}

topics! {
    quoting "2.2-quoting"
    tokens "2.3-tokens"
    parameters "2.5-parameters"
    tilde_expansion "2.6.1-tilde"
    parameter_expansion "2.6.2-parameter-expansion"
    command_substitution "2.6.3-command-substitution"
    arithmetic_expansion "2.6.4-arithmetic"
    field_splitting "2.6.5-field-splitting"
    pathname_expansion "2.6.6-pathname-expansion"
    redirection "2.7-redirection"
    here_documents "2.7.4-here-documents"
    compound_commands "2.9.4-compound"
    functions "2.9.5-functions"
    options "set-options"
    traps "2.12-traps"
    errors "2.8-errors"
    dollar_single_quotes "2.2-dollar-single-quotes"
    subshells "2.13-subshells"
    patterns "2.14-patterns"
    special_builtins "2.15-special-builtins"
    alias "builtin-alias"
    command "builtin-command"
    getopts "builtin-getopts"
    printf "builtin-printf"
    read "builtin-read"
    test "builtin-test"
    umask "builtin-umask"
    ulimit "builtin-ulimit"
    kill "builtin-kill"
    hash "builtin-hash"
    simple_commands "2.9.1-simple-commands"
    pipelines "2.9.2-pipelines"
    lists "2.9.3-lists"
    grouping "2.9.4-grouping"
    builtins "builtins"
    cd "builtin-cd"
    echo "builtin-echo"
    export "builtin-export"
    exit "builtin-exit"
    exec "builtin-exec"
    wait "builtin-wait"
}
