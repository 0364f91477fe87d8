//! `help`: a page for the screen, and what each built-in does.

use crate::pipeline::shown;

use super::{Answer, Call, TABLE, line};

const PAGE: &str = "\
minish runs the POSIX shell language.

  a | b   a && b   a || b   a; b   a &      pipe; and; or; then; background
  > file   >> file   < file   2>&1          output and input
  $x   ${x:-y}   $(command)   $((1 + 2))    what is replaced by a value

Tab completes; Right takes the grey suggestion; Ctrl-R searches the history;
Ctrl-X Ctrl-E edits the line in $EDITOR; Ctrl-Z stops a job, fg brings it back.

What is built in (`help name` says more; `minish --help` has the options):
";

const COLUMNS: usize = 8;

/// The only place that says how the shell and its built-ins are called and what they do.
const MANUAL: &str = include_str!("../../docs/minish.1");

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
        let (usage, summary) = described(name).ok_or_else(not_found)?;
        line(call.out, format!("{}\n  {summary}", usage.join("\n")));
        Ok::<_, String>(())
    })
}

/// What the entries of a section of the manual are about, and what they say.
pub fn entries(section: &str) -> impl Iterator<Item = (Vec<String>, String)> {
    let (_, rest) = MANUAL.split_once(&format!("\n.SH {section}\n")).unwrap_or_default();
    let (section, _) = rest.split_once("\n.SH ").unwrap_or_default();
    section.split(".TP\n").skip(1).map(|entry| {
        let (heads, text): (Vec<&str>, Vec<&str>) = entry.lines().partition(|line| line.starts_with('.'));
        let heads = heads.iter().filter_map(|line| line.strip_prefix(".B \"")?.strip_suffix('"'));
        (heads.map(plain).collect(), plain(&text.join(" ")))
    })
}

/// How a built-in is called.
pub fn usage(name: &[u8]) -> String {
    described(name).map(|(usages, _)| usages.join(", or ")).unwrap_or_default()
}

/// The ways to call a built-in, and what it does.
fn described(name: &[u8]) -> Option<(Vec<String>, String)> {
    let is_called = |usage: &String| usage.split(' ').next().map(str::as_bytes) == Some(name);
    entries("BUILT-INS").find(|(usages, _)| usages.iter().any(is_called))
}

/// Without the escapes of roff.
fn plain(text: &str) -> String {
    text.replace("\\-", "-").replace("\\(aq", "'").replace("\\(ga", "`").replace("\\(ti", "~")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manual_describes_each_builtin() {
        for builtin in TABLE {
            let (usage, summary) = described(builtin.name.as_bytes()).unwrap();
            assert!(usage.iter().all(|usage| usage.starts_with(builtin.name) && !usage.contains('\\')));
            assert!(summary.ends_with('.') && !summary.contains('\\'), "{}: {summary}", builtin.name);
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
}
