//! Runs `cases/*.sh`: many named scripts a file. What minish says is in a snapshot for each file; dash and
//! bash, where they are installed, run the same scripts as judges.
//!
//! A case is a line `#### name` and the script below it. Lines `## dash: reason` and `## bash: reason` right
//! after the name say why minish differs from that judge; `## args: a b` gives positional parameters.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use super::support::{MINISH, run, text};

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
    text.split("\n#### ").skip(1).map(parse).collect()
}

fn parse(block: &str) -> Case {
    let (name, rest) = block.split_once('\n').unwrap_or((block, ""));
    let mut case = Case { name: name.into(), arguments: vec![], excused: vec![], script: String::new() };
    for line in rest.lines() {
        match line.strip_prefix("## ").and_then(|line| line.split_once(": ")) {
            Some(("args", words)) => case.arguments = words.split(' ').map(Into::into).collect(),
            Some((judge, _reason)) => case.excused.push(judge.into()),
            None => case.script += &format!("{line}\n"),
        }
    }
    case
}

/// Runs a case in a fresh folder, which is also its HOME.
fn run_by(shell: &[&str], case: &Case) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().canonicalize().unwrap();
    let mut command = Command::new(shell[0]);
    command.args(&shell[1..]).args(["-c", &case.script, "minish"]).args(&case.arguments);
    command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command.env("HOME", &path).env("LC_ALL", "C.UTF-8").current_dir(&path).stdin(Stdio::null());
    let mut output = run(&mut command);
    for bytes in [&mut output.stdout, &mut output.stderr] {
        *bytes = bstr::ByteSlice::replace(bytes.as_slice(), path.to_str().unwrap(), "[dir]");
    }
    output
}

/// What a judge says differently; error messages only have to be there, or not.
fn difference(judge: &str, case: &Case, ours: &Output, theirs: &Output) -> Option<String> {
    let is_same = ours.stdout == theirs.stdout
        && ours.status == theirs.status
        && ours.stderr.is_empty() == theirs.stderr.is_empty();
    (!is_same).then(|| {
        let indented = |output| text(output).replace('\n', "\n    ");
        format!(
            "#### {}\n  minish:\n    {}\n  {judge}:\n    {}\n",
            case.name,
            indented(ours),
            indented(theirs)
        )
    })
}

fn topic(name: &str) {
    let judges: [(&str, &[&str]); 2] = [("dash", &["dash"]), ("bash", &["bash", "--posix"])];
    let is_installed = |judge: &str| Command::new(judge).args(["-c", ":"]).output().is_ok();
    let judges: Vec<_> = judges.into_iter().filter(|(judge, _)| is_installed(judge)).collect();
    let mut record = String::new();
    let mut differences = String::new();
    for case in cases(name) {
        let ours = run_by(&[MINISH], &case);
        record += &format!("#### {}\n{}\n\n", case.name, text(&ours));
        for (judge, shell) in judges.iter().filter(|(judge, _)| !case.excused.iter().any(|one| one == judge))
        {
            differences.extend(difference(judge, &case, &ours, &run_by(shell, &case)));
        }
    }
    insta::assert_snapshot!(format!("cases {name}"), record);
    assert!(differences.is_empty(), "{differences}");
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
    field_splitting "2.6.5-field-splitting"
    pathname_expansion "2.6.6-pathname-expansion"
    redirection "2.7-redirection"
    simple_commands "2.9.1-simple-commands"
    pipelines "2.9.2-pipelines"
    lists "2.9.3-lists"
    grouping "2.9.4-grouping"
    builtins "builtins"
}
