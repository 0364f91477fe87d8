//! The line that is edited, as a person sees it: text, colours and cursor.

use super::pty::Terminal;

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
    insta::assert_snapshot!("done", terminal.contents());
}
