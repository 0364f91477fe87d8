//! `help`: a page for the screen, and what each built-in does.

use crate::pipeline::report::shown;

use super::{Answer, Call, TABLE, find, line};

/// What each built-in does, in the order of their table.
const SUMMARIES: &[(&str, &str)] = &[
    (".", "runs a script in this shell"),
    (":", "does nothing, and succeeds"),
    ("[", "compares texts and numbers, and asks about files"),
    ("alias", "gives a command another name, or lists such names"),
    ("bg", "lets a stopped job go on in the background"),
    ("break", "leaves a loop, or so many of them"),
    ("cd", "changes the working directory; `-` is the one before"),
    ("command", "runs a command that is no function; -v says what a name stands for"),
    ("continue", "goes on with the next turn of a loop"),
    ("disown", "forgets jobs, which live on when the shell is gone"),
    ("echo", "writes its arguments"),
    ("eval", "runs its arguments as a command"),
    ("exec", "becomes a program, or changes the shell's own descriptors"),
    ("exit", "ends the shell"),
    ("export", "gives variables to the programs that are started"),
    ("false", "does nothing, and fails"),
    ("fc", "edits commands of the history and runs them again; -l lists them, -s runs one at once"),
    ("fg", "lets a job go on in the foreground"),
    ("getopts", "takes the options of a script apart"),
    ("hash", "remembers where programs are; -r forgets"),
    ("help", "shows a page of help, or what built-ins do"),
    ("history", "lists, searches and deletes what was typed, in all sessions"),
    ("jobs", "lists the jobs; -l with their processes"),
    ("kill", "sends a signal to jobs or processes; -l lists the signals"),
    ("local", "gives a function variables of its own"),
    ("printf", "writes its arguments in a format"),
    ("pwd", "writes the working directory"),
    ("read", "reads a line into variables"),
    ("readonly", "makes variables constant"),
    ("return", "leaves a function or a script that `.` runs"),
    ("set", "changes options and the positional parameters; `set -o` lists the options"),
    ("shift", "drops the first positional parameters"),
    ("source", "runs a script in this shell"),
    ("test", "compares texts and numbers, and asks about files"),
    ("times", "says how much processor time was used"),
    ("trap", "runs a command when a signal comes or the shell exits"),
    ("true", "does nothing, and succeeds"),
    ("type", "says what names stand for"),
    ("ulimit", "shows or sets limits of what programs may use"),
    ("umask", "shows or sets which permissions new files do not get"),
    ("unalias", "removes aliases"),
    ("unset", "removes variables or functions"),
    ("wait", "waits for jobs to end"),
];

const PAGE: &str = "\
minish runs the POSIX shell language.

  a | b   a && b   a || b   a; b   a &      pipe; and; or; then; background
  > file   >> file   < file   2>&1          output and input
  $x   ${x:-y}   $(command)   $((1 + 2))    what is replaced by a value

Tab completes; Right takes the grey suggestion; Ctrl-R searches the history;
Ctrl-X Ctrl-E edits the line in $EDITOR; Ctrl-Z stops a job, fg brings it back.

What is built in (`help name` says more; `minish --help` has the options):
";

/// The columns of the list on the page.
const COLUMNS: usize = 8;

pub fn help(call: &mut Call<'_>) -> Answer {
    if call.operands().is_empty() {
        call.out.extend_from_slice(PAGE.as_bytes());
        for row in TABLE.chunks(COLUMNS) {
            let row = row.iter().map(|builtin| format!("  {:8}", builtin.name)).collect::<String>();
            line(call.out, row.trim_end());
        }
        line(call.out, "\nSettings: ~/.config/minish/rc, which is shell code. The manual: man minish.");
    }
    call.each(call.operands(), |call, name| {
        let not_found = || format!("not a built-in: try `man {}`", shown(name));
        let builtin = find(name).ok_or_else(not_found)?;
        let summary = SUMMARIES.iter().find(|(known, _)| *known == builtin.name).map_or("", |known| known.1);
        let usage = builtin.usage.replace(", or ", "\n  ");
        line(call.out, format!("{}: {summary}\n  {usage}", builtin.name));
        Ok::<_, String>(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manual_says_how_each_builtin_is_called() {
        let manual = include_str!("../../docs/minish.1").replace("\\-", "-").replace("\\(aq", "'");
        for usage in TABLE.iter().flat_map(|builtin| builtin.usage.split(", or ")) {
            assert!(manual.contains(&format!("\n.B \"{usage}\"\n")), "{usage}");
        }
    }

    #[test]
    fn the_page_fits_a_screen() {
        let mut shell = crate::state::Shell::new();
        let mut out = Vec::new();
        help(&mut Call { shell: &mut shell, arguments: &[], name: "help", out: &mut out }).unwrap();
        let page = String::from_utf8(out).unwrap();
        assert!(page.lines().count() < 24 && page.lines().all(|line| line.len() <= 80), "{page}");
    }

    #[test]
    fn each_builtin_has_a_summary() {
        let names = TABLE.iter().map(|builtin| builtin.name).collect::<Vec<_>>();
        assert_eq!(SUMMARIES.iter().map(|(name, _)| *name).collect::<Vec<_>>(), names);
    }
}
