//! Completion on a pseudo-terminal: what Tab inserts and lists, as a person sees it.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use super::pty::Terminal;

/// A home with these files, of which those with a slash at the end are folders, and a folder of programs.
fn home(files: &[&[u8]]) -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    for file in files {
        let path = home.path().join(OsStr::from_bytes(file));
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        match file.ends_with(b"/") {
            true => std::fs::create_dir_all(path).unwrap(),
            false => std::fs::write(path, "").unwrap(),
        }
    }
    for name in ["frob", "frobnicate", "sudo"] {
        program(home.path(), name, "#!/bin/sh\n");
    }
    home
}

fn program(home: &Path, name: &str, text: &str) {
    let path = home.join(".bin").join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, text).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
}

/// A shell in that home that finds no programs but those, and no scripts.
fn shell(home: &Path) -> Terminal {
    let text = |path: &str| home.join(path).to_str().unwrap().to_owned();
    let environment = [("PS1", "$ "), ("PATH", &text(".bin")), ("XDG_DATA_DIRS", &text(".data"))];
    let terminal = Terminal::open(home, &environment);
    terminal.wait_for_line("$");
    terminal
}

/// What stands on the screen after these keys and Tab. What is typed next, a `^`, shows where the cursor is and
/// that all is done.
fn tab(terminal: &Terminal, keys: &str) -> String {
    terminal.send(&format!("{keys}\t^"));
    terminal.wait("a ^", |screen| screen.last_line().contains('^'));
    let contents = terminal.contents();
    terminal.send("\x05\x15\x0c");
    terminal.wait("an empty screen", |screen| screen.text() == "$");
    contents
}

/// Each line and what Tab makes of it.
fn table(terminal: &Terminal, lines: &[&str]) -> String {
    let mut table = String::new();
    for line in lines {
        let shown = tab(terminal, line).replace('\n', "\n    ");
        writeln!(table, "{}\n    {shown}", line.replace('\x1b', "^[").replace('\x02', "^B")).unwrap();
    }
    table
}

/// Typed where the files of the next test are.
const FILES: &[&str] = &[
    "frob My",
    "frob 'My",
    "frob \"My",
    "frob $'My",
    "frob My\\ ",
    "frob 'My Docs/",
    "frob \"My Docs\"/o",
    "frob My' 'D",
    "frob \"$HOME\"/my\\ d",
    "frob 'my d",
    "frob it",
    "frob \"it",
    "frob 'it",
    "frob $'it",
    "frob pay",
    "frob \"pay",
    "frob 'pay",
    "frob new",
    "frob \"new",
    "frob bad",
    "frob 'bad",
    "frob \"esc",
    "frob gr",
    "frob rea",
    "frob .h",
    "frob",
    "frob ",
    "frob twin",
    "frob 'twin",
    "frob >RE",
    "frob 2>>RE",
    "frob <$HOME/RE",
    "frob ~/RE",
    "frob \"$HOME\"/RE",
    "frob --file=RE",
    "frob a:RE",
    "X=RE",
    "X=a:RE",
    "X=~/RE",
    "X=/bin:~/RE",
    "export X=~/RE",
    "for f in RE",
    "frob \"RE\"\x02",
    "frob RE x\x02\x02",
    "frob $(frob RE",
    "frob \"$(frob RE",
    "frob `frob RE",
    "frob # RE",
    "frob $(frob)RE",
    "nothing-such/RE",
    "frob nothing",
    "./My",
    "frob My\\ Docs/nothing",
];

#[test]
fn files_are_completed_in_any_quotes() {
    let files: [&[u8]; 11] = [
        b"My Docs/one two",
        b"it's",
        b"pay$day",
        b"new\nline",
        b"bad\xffname",
        b"esc\x1b[31mape",
        "größe".as_bytes(),
        b"README.md",
        b".hidden",
        b"twin a",
        b"twin$b",
    ];
    let home = home(&files);
    let terminal = shell(home.path());
    insta::assert_snapshot!(table(&terminal, FILES));
}

/// Typed where the names of the next test are known.
const NAMES: &[&str] = &[
    "fro",
    "frob",
    "frobn",
    "whi",
    "fals",
    "while frob",
    "frob | frobn",
    "{ frobn",
    "sudo frobn",
    "sudo -u me X=y frobn",
    "sudo -u me fro",
    "sudo -u fro",
    "~/.bin/sudo frobn",
    "sudo whi",
    "command fro",
    "command -v frol",
    "exec frobn",
    "env A=b frobn fi",
    "! frobn",
    "cd f",
    "cd ",
    "cd a",
    "ll f",
    "cd folder/",
    "cd ./",
    "echo $FRU",
    "echo ${FRUI",
    "echo \"$FRUI",
    "echo \"${FRUI",
    "echo ${#FRUI",
    "echo $((FRUI",
    "echo $HOM",
    "unset FRUI",
    "unset -f frol",
    "export FRUI",
    "unalias fa",
    "type fan",
    "read -",
    "set -o vi",
    "set +o allex",
    "kill -s KIL",
    "kill -KIL",
    "trap '' US",
    "trap : HU",
    "ulimit -",
    "command -",
    "help fal",
    "fancy fi",
    "ssh alpha",
    "ssh me@bet",
    "scp gam",
    "ssh alpha-o",
    "ssh fi",
    "echo ~roo",
    "X=~roo",
    "frob ~nobody-such",
    "alias fan",
];

#[test]
fn commands_and_their_arguments_are_completed_by_what_the_shell_knows() {
    let home = home(&[b"folder/sub/", b"file", b"elsewhere/away/", b".data/"]);
    let ssh = home.path().join(".ssh");
    std::fs::create_dir(&ssh).unwrap();
    std::fs::write(ssh.join("config"), "Host alpha-one *.alpha\n  HostName x\nhost=alpha-two # no\n")
        .unwrap();
    let known =
        "|1|hash|hash ssh-rsa A\n[beta.example]:22,alpha-three ssh-rsa A\n@revoked gamma.example ssh-rsa A\n";
    std::fs::write(ssh.join("known_hosts"), known).unwrap();
    let terminal = shell(home.path());
    terminal
        .run("alias fancy='frob -x' ll='cd'; frolic() { :; }; CDPATH=$HOME/elsewhere; FRUIT=a FRUGAL=b", "$");
    terminal.run("printf '\\033[2J\\033[H'", "$");
    insta::assert_snapshot!(table(&terminal, NAMES));
}

#[test]
fn jobs_are_completed_by_their_ids() {
    let home = home(&[]);
    std::os::unix::fs::symlink("/bin/sleep", home.path().join(".bin/sleep")).unwrap();
    let terminal = shell(home.path());
    terminal.run("sleep 1000 &", "$");
    terminal.run("sleep 2000 &", "$");
    terminal.run("printf '\\033[2J\\033[H'", "$");
    insta::assert_snapshot!(table(&terminal, &["fg ", "kill %", "fg %2", "bg %sl", "wait %1"]));
}

#[test]
fn ctrl_c_ends_a_long_list() {
    let names: Vec<String> = (0..200).map(|number| format!("huge/file{number}")).collect();
    let home = home(&names.iter().map(String::as_bytes).collect::<Vec<_>>());
    let terminal = shell(home.path());
    terminal.send(": huge/file\t");
    terminal.wait("the question", |screen| screen.last_line().ends_with("(y or n)"));
    terminal.shows("\x03", "$ [green::] huge/file▒");
    terminal.send("\ty");
    terminal.wait("the end of a page", |screen| screen.last_line() == "--More--");
    terminal.shows("\x03", "$ [green::] huge/file▒");
    terminal.wait_for_line("$ : huge/file");
    terminal.shows("\x15", "$ ▒");
}

/// A stand-in for the scripts of bash-completion, that says what it was asked.
const SCRIPTS: &str = r#"
_command_offset() {
    case ${COMP_WORDS[0]} in
        frob) _frob ;;
        frobnicate) sleep 1000 ;;
        *) _minimal ;;
    esac
    compopt -o nospace
}
_frob() {
    cat >"$HOME/asked" <<<"${COMP_WORDS[*]}|$COMP_CWORD|$COMP_LINE|$COMP_POINT|$0"
    { : </dev/tty; } 2>/dev/null && echo "the terminal is in reach" >>"$HOME/asked"
    case ${COMP_WORDS[COMP_CWORD]} in
        fil*) compopt -o filenames +o nospace; COMPREPLY=(file folder) ;;
        colour|=) COMPREPLY=("red apple " "$(printf 'red\033[31m')") ;;
        alw*) COMPREPLY=("always ") ;;
        -*) COMPREPLY=(--colour= --count) ;;
        none) ;;
        folder/*) COMPREPLY=(folder/one folder/two) ;;
        *) COMPREPLY=(one two) ;;
    esac
}
"#;

#[test]
fn programs_are_completed_by_the_scripts_of_bash_completion() {
    let home = home(&[b"file", b"folder/", b"notes"]);
    let scripts = home.path().join(".data/bash-completion");
    std::fs::create_dir_all(&scripts).unwrap();
    std::fs::write(scripts.join("bash_completion"), SCRIPTS).unwrap();
    for name in ["bash", "cat"] {
        std::os::unix::fs::symlink(format!("/bin/{name}"), home.path().join(".bin").join(name)).unwrap();
    }
    let terminal = shell(home.path());
    let mut shown = table(
        &terminal,
        &[
            "frob o",
            "frob --co",
            "frob --colour=alw",
            "frob --colour=",
            "frob file",
            "frob fil",
            "frob folder/",
            "sudo no",
        ],
    );
    tab(&terminal, "X=y frob a\\ b --colour=al 'o n");
    shown += &std::fs::read_to_string(home.path().join("asked")).unwrap();
    // A script that does not come to an end is none.
    shown += &table(&terminal, &["frobnicate no"]);
    insta::assert_snapshot!(shown);
}

#[test]
fn programs_are_completed_by_carapace() {
    let home = home(&[b"file"]);
    let answer = r##"#!/bin/sh
echo "$*" >>asked
case $1 in frob) ;; *) exit 1;; esac
echo '{"version":"1","nospace":"/=","values":[{"value":"checkout","display":"checkout","description":"Switch \u001b[31mbranches"},
{"value":"cherry","display":"cherry"},{"value":"--all=","display":"--all="}]}'
"##;
    program(home.path(), "carapace", answer);
    let terminal = shell(home.path());
    let mut shown = table(&terminal, &["frob ch", "frob che", "frob cher", "frob x --a", "frobnicate fi"]);
    shown += &std::fs::read_to_string(home.path().join("asked")).unwrap();
    insta::assert_snapshot!(shown);
}

#[test]
fn what_is_inserted_is_the_name_when_it_runs() {
    let mut random = 12345_u32;
    let mut next = |below: usize| {
        random = random.wrapping_mul(1_103_515_245).wrapping_add(12345);
        (random >> 16) as usize % below
    };
    let awkward: &[u8] = b" \t\n\r\x07\x1b\x7f!\"#$%&'()*+,-:;<=>?@[\\]^`{|}~a0\x80\xc3\xbc\xff";
    let names: Vec<Vec<u8>> =
        (0..60).map(|_| (0..=next(7)).map(|_| awkward[next(awkward.len())]).collect()).collect();
    let files: Vec<Vec<u8>> = names
        .iter()
        .enumerate()
        .map(|(index, name)| [format!("{index}/").as_bytes(), name].concat())
        .collect();
    let home =
        home(&files.iter().map(Vec::as_slice).filter(|file| !file.ends_with(b"/..")).collect::<Vec<_>>());
    let terminal = shell(home.path());
    for (index, file) in files.iter().enumerate() {
        // What is hidden shows itself only after a period.
        let start = if names[index].starts_with(b".") { "." } else { "" };
        for open in ["", "'", "\"", "$'"] {
            terminal.run(&format!("printf '%s\\0' {open}{index}/{start}\t>out"), "$");
            let out = std::fs::read(home.path().join("out")).unwrap();
            assert_eq!(
                out.escape_ascii().to_string(),
                [file.as_slice(), b"\0"].concat().escape_ascii().to_string(),
                "{open}"
            );
            terminal.run("printf '\\033[2J\\033[H'", "$");
        }
    }
}
