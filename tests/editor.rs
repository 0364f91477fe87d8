//! The line that is edited, as a person sees it: text, colours and cursor.

use super::pty::{CLEAR, Terminal};

/// A shell in a fresh home, that has run some commands.
fn after(commands: &[&str]) -> (tempfile::TempDir, Terminal) {
    let (home, terminal) = Terminal::new();
    for command in commands {
        terminal.run(command, "$");
    }
    terminal.shows("\x0c", "$ ▒");
    (home, terminal)
}

#[test]
fn a_line_has_the_colours_of_what_it_says() {
    let (_home, terminal) = after(&["f() { :; }", "alias a=:"]);
    for (keys, line) in [
        ("tru", "$ [red:tru]▒"),
        ("e", "$ [green:true]▒"),
        (
            "\x15f;a;cat;nosuch;no\\such",
            "$ [green:f][bold:;][green:a][bold:;][green:cat][bold:;][red:nosuch][bold:;][red:no][yellow:\\s][red:uch]▒",
        ),
        (
            "\x15x=1 e\"ch\"o a 'b' \"c$d\"",
            "$ [cyan:x=1] [green:e][yellow:\"ch\"][green:o] a [yellow:'b'] [yellow:\"c][cyan:$d][yellow:\"]▒",
        ),
        (
            "\x15if :; then >out 2>&1 cat # no",
            "$ [yellow underlined:if] [green::][bold:;] [magenta:then] [bold:>]out [bold:2>&]1 [green:cat] [grey:# no]▒",
        ),
        (
            "\x15: $(nosuch) $((1+1)) ${x%y}",
            "$ [green::] $([red:nosuch][bold:)] [cyan:$((1+1))] [cyan:$][reversed:{][cyan:x%y}]▒",
        ),
        ("\x15echo 'open", "$ [green:echo] [yellow underlined:'][yellow:open]▒"),
        ("\x15echo a | | b", "$ [green:echo] a [bold:|] [red underlined:|] b▒"),
        ("\x15$nosuch", "$ [cyan:$nosuch]▒"),
        ("\x15", "$ ▒"),
    ] {
        terminal.shows(keys, line);
    }
}

#[test]
fn the_history_suggests_how_the_line_may_go_on() {
    let (_home, terminal) = after(&["echo one two-three"]);
    for (keys, line) in [
        ("ec", "$ [red:ec]▒[grey:ho one two-three]"),
        ("\x1bf", "$ [green:echo]▒[grey: one two-three]"),
        ("\x1b[1;5C", "$ [green:echo] one▒[grey: two-three]"),
        // Moved away from its end, the line has no suggestion, until it is changed.
        ("\x02", "$ [green:echo] on▒e"),
        ("\x06", "$ [green:echo] one▒"),
        ("\x06", "$ [green:echo] one▒"),
        (" ", "$ [green:echo] one ▒[grey:two-three]"),
        ("\x05", "$ [green:echo] one two-three▒"),
        ("\x15echo", "$ [green:echo]▒[grey: one two-three]"),
        ("\x1b[F", "$ [green:echo] one two-three▒"),
        ("\x1f\x1f", "$ ▒"),
    ] {
        terminal.shows(keys, line);
    }
    terminal.shows("ech", "$ [red:ech]▒[grey:o one two-three]");
    // What was only suggested does not stay on the screen.
    terminal.shows("\x03", "[130] $ ▒");
    insta::assert_snapshot!(terminal.screen.0.lock().unwrap().styled());
}

#[test]
fn up_and_down_walk_through_what_begins_as_the_line_does() {
    let (_home, terminal) = after(&["echo one", "true two", "echo three", "true"]);
    let up = "\x1b[A";
    let down = "\x1b[B";
    for (keys, line) in [
        ("ec", "$ [red:ec]▒[grey:ho three]"),
        (up, "$ [green:echo] three▒"),
        (up, "$ [green:echo] one▒"),
        // There is no older one.
        (up, "$ [green:echo] one▒"),
        (down, "$ [green:echo] three▒"),
        (down, "$ [red:ec]▒[grey:ho three]"),
        (up, "$ [green:echo] three▒"),
        // What is changed is typed.
        ("\x17", "$ [green:echo] ▒[grey:three]"),
        (up, "$ [green:echo] one▒"),
        ("\x15\x03", "[130] $ ▒"),
        ("true", "[130] $ [green:true]▒[grey: two]"),
        (up, "[130] $ [green:true] two▒"),
        (down, "[130] $ [green:true]▒[grey: two]"),
        ("\x15\x03", "[130] $ ▒"),
        (up, "[130] $ [green:true]▒[grey: two]"),
        (up, "[130] $ [green:echo] three▒"),
    ] {
        terminal.shows(keys, line);
    }
}

#[test]
fn a_command_of_more_lines_is_edited_as_one() {
    let (_home, terminal) = after(&[]);
    terminal.send("for i in 1 2; do\recho $i\rdone");
    terminal.wait_for_cursor(2, 4);
    terminal.send("\x1b[A\x05; : x");
    terminal.wait_for_cursor(1, 12);
    insta::assert_snapshot!(terminal.screen.0.lock().unwrap().styled());
    terminal.run("\x1b[B", "$");
    // It comes back as one.
    terminal.send("\x1b[A");
    terminal.wait_for_cursor(7, 4);
    terminal.send("\x1b[A");
    terminal.wait_for_cursor(6, 4);
    terminal.shows("\x03", "[130] $ ▒");
    insta::assert_snapshot!(terminal.contents());
}

#[test]
fn a_long_line_fits_a_small_screen_and_one_that_changes() {
    let (_home, terminal) = after(&[]);
    terminal.resize(10, 30);
    // Wide characters are not cut in two at the edge.
    // A key and a change of size that come at once are seen in either order: one key has its effect first.
    terminal.shows("e", "$ [red:e]▒");
    terminal.send("cho 0123456789 0123456789 日本語 'a");
    terminal.wait_for_cursor(1, 9);
    insta::assert_snapshot!("small", terminal.screen.0.lock().unwrap().styled());
    terminal.send("\x01");
    terminal.wait_for_cursor(0, 2);
    terminal.send("\x1b[C\x1b[C\x1b[C\x1b[C\x0b");
    terminal.shows("", "$ [green:echo]▒");
    terminal.send("\x19\x02'");
    terminal.wait_for_cursor(1, 9);
    terminal.resize(24, 80);
    terminal.wait_for_cursor(0, 38);
    insta::assert_snapshot!("large", terminal.screen.0.lock().unwrap().styled());
    terminal.run("\x05", "$");
    terminal.run("echo $COLUMNS $LINES; unset COLUMNS; sh -c 'echo [$COLUMNS]'", "$");
    insta::assert_snapshot!("done", terminal.contents());
}

#[test]
fn what_is_pasted_waits_for_enter_and_steers_nothing() {
    let (_home, terminal) = after(&[]);
    terminal.send("\x1b[200~echo a\necho b\x07\x1b[31m\u{9b}5mc\x7f\x1b[201~");
    terminal.wait("the text", |screen| screen.last_line().starts_with("echo b"));
    insta::assert_snapshot!(terminal.screen.0.lock().unwrap().styled());
    // By Ctrl-V a control character can be typed.
    terminal.send("\x15\x16\x1b");
    terminal.wait("the sign", |screen| screen.last_line() == "\u{241b}");
}

#[test]
fn the_keys_of_vi_hold_from_the_next_line_on() {
    let (_home, terminal) = after(&["set -o vi"]);
    terminal.send("echo one two\x1b");
    terminal.wait_for_cursor(0, 13);
    terminal.shows("bcwtwice\x1b", "$ [green:echo] one twic▒e");
    terminal.shows("0x", "$ ▒[red:cho] one twice");
    terminal.shows("u", "$ [green:e▒cho] one twice");
    terminal.run("$i\x7f", "$");
    terminal.run("set -o emacs", "$");
    terminal.shows("abc\x02\x02x\x01", "$ ▒[red:axbc]");
}

#[test]
fn the_last_words_of_older_commands_are_put_in_one_after_the_other() {
    let (_home, terminal) = after(&[": one", ": two", "{ :; } | cat >'o p'", ": >'o p'"]);
    for (keys, line) in [
        ("\x1b.", "$ [yellow:'o p']▒"),
        ("\x1b.", "$ [red:two]▒"),
        ("\x15: -x\x02\x1b.", "$ [green::] -[yellow:'o p']▒x"),
        ("\x1b.", "$ [green::] -two▒x"),
        ("\x1b.", "$ [green::] -one▒x"),
        ("\x1b.", "$ [green::] -one▒x"),
        ("\x05\x1b.", "$ [green::] -onex[yellow:'o p']▒"),
    ] {
        terminal.shows(keys, line);
    }
}

#[test]
fn the_bracket_that_belongs_to_the_one_at_the_cursor_is_shown() {
    let (_home, terminal) = after(&[]);
    for (keys, line) in [
        ("( : '(' )", "$ [reversed:(] [green::] [yellow:'('] [bold:)]▒"),
        ("\x01", "$ ▒[bold:(] [green::] [yellow:'('] [reversed:)]"),
        ("\x06\x06", "$ [bold:(] ▒[green::] [yellow:'('] [bold:)]"),
    ] {
        terminal.shows(keys, line);
    }
}

#[test]
fn a_program_can_edit_the_line() {
    let (home, terminal) = after(&[]);
    let program = "#!/bin/sh\nls -l \"$1\" | cut -c1-10 >&2\necho ' edited' >>\"$1\"; tr -d '\\n' <\"$1\" >new; cat new >\"$1\"\n";
    std::fs::write(home.path().join("program"), program).unwrap();
    terminal.run("chmod +x program; EDITOR=./program; echo once", "$");
    terminal.send("echo line\x18\x05");
    terminal.wait_for_line("$ echo line edited");
    // Nothing runs before Enter.
    terminal.run("\x15false", "[1] $");
    terminal.run("EDITOR=false", "$");
    terminal.send("echo \x1b.kept\x18\x05");
    // What the program would have changed comes back as it was.
    terminal.wait("it twice", |screen| screen.text().ends_with(&["\n$ echo EDITOR=falsekept"; 2].concat()));
    terminal.run("", "$");
    insta::assert_snapshot!(terminal.contents());
}

#[test]
fn colours_are_left_out_where_they_are_not_wanted() {
    let home = tempfile::tempdir().unwrap();
    let terminal = Terminal::open(home.path(), &[("PS1", "$ "), ("NO_COLOR", "1")]);
    terminal.wait_for_line("$");
    terminal.run("nosuch 'a'", "[127] $");
    terminal.shows("\x0cno", "[127] $ no▒[dim:such 'a']");
}

#[test]
fn bytes_that_are_no_characters_do_not_lose_the_line() {
    let (_home, terminal) = after(&[]);
    terminal.shows("echo a", "$ [green:echo] a▒");
    terminal.send_bytes(b"\xff");
    terminal.wait("the message", |screen| screen.text().contains("not UTF-8"));
    terminal.shows("", "[1] $ [green:echo] a▒");
}

#[test]
fn with_set_b_a_notice_comes_at_once_above_the_line() {
    let (home, terminal) =
        after(&["ls /proc/self/fd | wc -l >before", "set -b", "mkfifo fifo", "(read x <fifo; exit 3) &"]);
    for line in ["$ echo o", "$ true t"] {
        terminal.send(&line[2..]);
        terminal.wait("the line", |screen| screen.last_line() == line);
        std::fs::write(home.path().join("fifo"), "x\n").unwrap();
        terminal.wait("the notice", |screen| screen.text().contains("Done(3)"));
        terminal.wait("the line", |screen| screen.last_line() == line);
        terminal.run("ne", "$");
        // The line above has the job's process id, or nothing.
        let contents = terminal.contents();
        insta::assert_snapshot!(contents.split_once('\n').unwrap().1);
        terminal.run(&format!("{CLEAR}; (read x <fifo; exit 3) &"), "$");
    }
    // No program gets what wakes the editor up.
    terminal.run("ls /proc/self/fd | wc -l | cmp - before", "$");
}
