//! The parser: trees, what they print as, messages.

use bstr::ByteSlice;
use minish::syntax::ast::{
    Assignment, CaseArm, Command, CompoundKind, Connector, Item, Modifier, Parameter, Part, Pipeline,
    Program, Redirect, Word,
};
use minish::syntax::{Kind, Parser, Piece, ToSource, outline, parse};

fn parse_line(text: &[u8]) -> Result<Option<Program>, Box<minish::syntax::SyntaxError>> {
    minish::syntax::parse_line(text, &Default::default(), false)
}

fn parts(parts: &[Part]) -> String {
    parts.iter().map(part).collect::<Vec<_>>().join("")
}

fn part(part: &Part) -> String {
    match part {
        Part::Literal(text) => text.to_str_lossy().into_owned(),
        Part::Quoted(inner) => format!("'{}'", parts(inner)),
        Part::Tilde(login) => format!("<~{}>", login.to_str_lossy()),
        Part::Parameter(one) => format!("<{}>", parameter(one)),
        Part::Modified(modified) => {
            let name = parameter(&modified.parameter);
            match &modified.modifier {
                Modifier::Length => format!("<length {name}>"),
                Modifier::Default { action, colon, word: text } => {
                    let colon = if *colon { ":" } else { "" };
                    format!("<{name} {colon}{} {}>", char::from(*action as u8), word(text))
                }
                Modifier::Trim { suffix, longest, pattern } => {
                    let operator = if *suffix { "%" } else { "#" };
                    format!("<{name} {} {}>", operator.repeat(1 + usize::from(*longest)), word(&pattern.word))
                }
                Modifier::Slice { offset, length } => {
                    let length = length.iter().map(|length| format!(" : {}", parts(&length.parts)));
                    format!("<{name} : {}{}>", parts(&offset.parts), length.collect::<String>())
                }
                Modifier::Replace { place, pattern, with } => {
                    let operator = place.operator().to_str_lossy();
                    format!("<{name} {operator} {} / {}>", word(&pattern.word), word(with))
                }
                Modifier::Unknown(text) => format!("<unknown {}>", text.to_str_lossy()),
            }
        }
        Part::Command(list) => format!("$({})", program(list)),
        Part::Arithmetic(arithmetic) => format!("$(({}))", parts(&arithmetic.parts)),
        Part::Process(process) => {
            format!("{}({})", if process.is_output { ">" } else { "<" }, program(&process.program))
        }
    }
}

fn parameter(parameter: &Parameter) -> String {
    match parameter {
        Parameter::Variable(name) => name.text.to_str_lossy().into_owned(),
        Parameter::Positional(number) => number.to_string(),
        Parameter::Special(special) => char::from(*special as u8).to_string(),
    }
}

fn word(word: &Word) -> String {
    if word.parts.is_empty() { "<empty>".into() } else { parts(&word.parts) }
}

fn redirect(redirect: &Redirect) -> String {
    if let Some(body) = redirect.body.as_ref().and_then(|body| body.get()) {
        // As it is printed: on one line.
        return format!("(<<< {} {})", redirect.fd, word(body));
    }
    format!("({} {} {})", redirect.operator.as_str(), redirect.fd, word(&redirect.target))
}

fn redirects(command: &Command) -> &[Redirect] {
    match command {
        Command::Simple(simple) => &simple.redirects,
        Command::Compound(compound) => &compound.redirects,
        Command::Function(_) => &[],
    }
}

fn command(command: &Command) -> String {
    let mut items = Vec::new();
    match command {
        Command::Simple(simple) => {
            let assignment =
                |a: &Assignment| format!("(= {} {})", a.name.text.to_str_lossy(), word(&a.value));
            items.extend(simple.assignments.iter().map(assignment));
            items.extend(simple.words.iter().map(word));
        }
        Command::Compound(compound) => match &compound.kind {
            CompoundKind::Brace(list) => items.push(format!("brace {}", program(list))),
            CompoundKind::Subshell(list) => items.push(format!("subshell {}", program(list))),
            CompoundKind::If { branches, otherwise } => {
                items.push("if".into());
                for (condition, body) in branches {
                    items.push(format!("[{}] [{}]", program(condition), program(body)));
                }
                items.extend(otherwise.iter().map(|body| format!("[{}]", program(body))));
            }
            CompoundKind::While { until, condition, body } => {
                let name = if *until { "until" } else { "while" };
                items.push(format!("{name} [{}] [{}]", program(condition), program(body)));
            }
            CompoundKind::For { name, words, body } => {
                items.push(format!("for {}", name.text.to_str_lossy()));
                items.extend(
                    words
                        .iter()
                        .map(|words| format!("in {}", words.iter().map(word).collect::<Vec<_>>().join(" "))),
                );
                items.push(format!("[{}]", program(body)));
            }
            CompoundKind::Case { word: subject, arms } => {
                items.push(format!("case {}", word(subject)));
                items.extend(arms.iter().map(arm));
            }
        },
        Command::Function(function) => {
            let body = Command::Compound(Box::new(function.body.clone()));
            return format!("(function {} {})", function.name.to_str_lossy(), self::command(&body));
        }
    }
    items.extend(redirects(command).iter().map(redirect));
    format!("({})", items.join(" "))
}

fn arm(arm: &CaseArm) -> String {
    let patterns: Vec<_> = arm.patterns.iter().map(|pattern| word(&pattern.word)).collect();
    let end = if arm.falls_through { ";&" } else { ";;" };
    format!("({}) [{}]{end}", patterns.join("|"), program(&arm.body))
}

fn pipeline(pipeline: &Pipeline) -> String {
    let commands: Vec<_> = pipeline.commands.iter().map(command).collect();
    let inner = match commands.as_slice() {
        [only] => only.clone(),
        several => format!("(pipe {})", several.join(" ")),
    };
    if pipeline.negated { format!("(! {inner})") } else { inner }
}

fn program(program: &Program) -> String {
    let item = |item: &Item| {
        let mut text = pipeline(&item.and_or.first);
        for (connector, next) in &item.and_or.rest {
            let name = if *connector == Connector::And { "and" } else { "or" };
            text = format!("({name} {text} {})", pipeline(next));
        }
        if item.background { format!("(& {text})") } else { text }
    };
    program.items.iter().map(item).collect::<Vec<_>>().join(" ")
}

/// The tree of a text; and what it prints as parses to the same tree.
#[track_caller]
fn check(text: &str, tree: &str) {
    let parsed = parse(text.as_bytes()).unwrap();
    assert_eq!(program(&parsed), tree);
    let printed = parsed.to_source();
    let again = parse(&printed).unwrap();
    assert_eq!(program(&again), tree, "printed as {}", printed.as_bstr());
}

#[test]
fn a_pipe_is_an_operator_unless_quoted() {
    check("ps aux|grep bash", "(pipe (ps aux) (grep bash))");
    check("echo a '|' cat", "(echo a '|' cat)");
    check("echo a \\| cat", "(echo a '|' cat)");
    check("echo a | cat", "(pipe (echo a) (cat))");
    check("a |\n\n b |# comment\n c", "(pipe (a) (b) (c))");
}

#[test]
fn lists_bind_as_the_grammar_says() {
    check("a && b || c; d & e", "(or (and (a) (b)) (c)) (& (d)) (e)");
    check("! a | b && ! c", "(and (! (pipe (a) (b))) (! (c)))");
    check("a&b", "(& (a)) (b)");
    check("a &&\nb ||\n c", "(or (and (a) (b)) (c))");
    check("{ a; b & }", "(brace (a) (& (b)))");
    check("(a;(b))>f 2>&1", "(subshell (a) (subshell (b)) (> 1 f) (>& 2 1))");
    check("\n\n a \n\n b # c\n", "(a) (b)");
}

#[test]
fn reserved_words_are_reserved_only_as_commands() {
    check("echo { } ! if", "(echo { } ! if)");
    check("'{' a", "('{' a)");
    check("{ echo }; }", "(brace (echo }))");
    check("{a", "({a)");
}

#[test]
fn quotes_end_up_in_the_parts() {
    check("a'b'\"c$d\"e", "(a'b''c<d>'e)");
    check(r#"echo "\$\a\"" '\'"#, r#"(echo '$\a"' '\')"#);
    check("echo '' \"\"", "(echo '' '')");
    check("a\\\nb \\\n c\\\n", "(ab c)");
    check("'a\\\nb'", "('a\\\nb')");
    check("echo a#b #c", "(echo a#b)");
}

#[test]
fn parameters() {
    check(
        "$x ${y}z $1 $10 ${10} $? $$ $! $# $0 $@ $* $-",
        "(<x> <y>z <1> <1>0 <10> <?> <$> <!> <#> <0> <@> <*> <->)",
    );
    check("$ $% a$", "($ $% a$)");
    check("\"$@\"$x", "('<@>'<x>)");
}

#[test]
fn tildes_are_prefixes() {
    check("~ ~u/x a~ '~' ~\"u\" ~$u", "(<~> <~u>/x a~ '~' ~'u' ~<u>)");
    check("x=~ y=~:~u/a:b~ z=a:~ w=:~'u'", "((= x <~>) (= y <~>:<~u>/a:b~) (= z a:<~>) (= w :~'u'))");
}

#[test]
fn assignments_are_in_front_of_the_command() {
    check("a=1 b=$c d=e", "((= a 1) (= b <c>) (= d e))");
    check("a=1 b c=d", "((= a 1) b c=d)");
    check("a= b", "((= a <empty>) b)");
    check("export a=~:$b c d=", "(export a=<~>:<b> c d=)");
    check("1a=b 'a'=b a\\=b", "(1a=b 'a'=b a'='b)");
}

#[test]
fn redirections_stand_anywhere() {
    check(">f a <g b 2>>h", "(a b (> 1 f) (< 0 g) (>> 2 h))");
    check("a 2 >f 2>|g 3<>h 4<&5 6>&-", "(a 2 (> 1 f) (>| 2 g) (<> 3 h) (<& 4 5) (>& 6 -))");
    check("a 2\\\n>f", "(a (> 2 f))");
    check("a '2'>f x2>f", "(a '2' x2 (> 1 f) (> 1 f))");
    check("a<b>c", "(a (< 0 b) (> 1 c))");
}

#[test]
fn parameter_expansions_hold_words() {
    check("${x:-a b} ${x=~}", "(<x :- a b> <x = <~>>)");
    check("\"${x:-'a' \\} \"b\"}\"", "('<x :- 'a' } 'b'>')");
    check("${x#*/} ${x%%'*'}", "(<x # */> <x %% '*'>)");
    check("${#x} ${#} ${#-} ${##} ${#:-a} ${##a}", "(<length x> <#> <length -> <length #> <# :- a> <# # a>)");
    check("${x:-${y:-$z}}", "(<x :- <y :- <z>>>)");
    check("${x/a/b} ${x:1:n} ${!x} ${x^}", "(<x / a / b> <x : 1 : n> <unknown !x> <unknown x^>)");
}

#[test]
fn substitutions_hold_commands() {
    check("a $(b | c) \"$(d \"e\")\"", "(a $((pipe (b) (c))) '$((d 'e'))')");
    check("`a \\`b\\``", "($((a $((b)))))");
    check("$(case x in a) b;; (c) d; esac)", "($((case x (a) [(b)];; (c) [(d)];;)))");
    check("$( (a) ) $((1 + $x))", "($((subshell (a))) $((1 + <x>)))");
    check("$((a) | b)", "($((pipe (subshell (a)) (b))))");
    check("$(a # )\n)", "($((a)))");
    check("a <(b) >(c d)", "(a <((b)) >((c d)))");
}

#[test]
fn compound_commands() {
    check("if a; then b; elif c\nthen d; else e; fi >f", "(if [(a)] [(b)] [(c)] [(d)] [(e)] (> 1 f))");
    check("while a; do b; done; until c\ndo\nd\ndone", "(while [(a)] [(b)]) (until [(c)] [(d)])");
    check("for x in a b; do c; done", "(for x in a b [(c)])");
    check(
        "for x do a; done; for y; do b; done; for z in\ndo c; done",
        "(for x [(a)]) (for y [(b)]) (for z in  [(c)])",
    );
    check("case $x in\n(a|b) c;;\nd) ;&\n*) e\nesac", "(case <x> (a|b) [(c)];; (d) [];& (*) [(e)];;)");
    check("f() { a; } >g; h ( )\n(b)", "(function f (brace (a) (> 1 g))) (function h (subshell (b)))");
    check("echo if then; done=1", "(echo if then) ((= done 1))");
    check("time -p a | b", "(pipe (a) (b))");
}

#[test]
fn here_documents_follow_their_line() {
    check("a <<X; b\nc $d\nX\ne", "(a (<<< 0 'c <d>\n')) (b) (e)");
    check("a <<'X'\n$d\nX\n", "(a (<<< 0 '$d\n'))");
    check("a <<-X <<Y | b\n\tc\n\tX\nd\nY\n", "(pipe (a (<<< 0 'c\n') (<<< 0 'd\n')) (b))");
    check("$(a <<X\nb\nX\n)", "($((a (<<< 0 'b\n'))))");
    assert_eq!(parse_line(b"a <<X\nb\n"), Ok(None));
}

#[test]
fn words_are_bytes() {
    let parsed = parse(b"echo \xff'\xfe'").unwrap();
    assert_eq!(parsed.to_source(), b"echo \xff'\xfe'");
}

#[test]
fn a_command_is_given_before_what_follows_is_read() {
    let mut parser = Parser::new(b"a\nb | |\n".to_vec());
    assert_eq!(program(&parser.next_command().unwrap().unwrap()), "(a)");
    assert!(!parser.is_at_end());
    assert!(parser.next_command().is_err());
}

#[test]
fn an_error_is_told_when_its_command_is_asked_for() {
    let mut parser = Parser::new(b"a\n'b".to_vec());
    assert!(parser.next_command().is_ok());
    assert!(!parser.is_at_end());
    assert_eq!(parser.next_command().unwrap_err().excerpt.span.line, 2);
}

#[test]
fn lines_are_asked_for_only_when_needed() {
    let lines = std::cell::RefCell::new(vec!["d\n", "c'\n", "a; b | 'x\n"]);
    let mut parser = Parser::by_line(|| lines.borrow_mut().pop().map(Into::into));
    assert_eq!(program(&parser.next_command().unwrap().unwrap()), "(a) (pipe (b) ('x\nc'))");
    assert_eq!(lines.borrow().len(), 1);
}

#[test]
fn a_person_may_go_on_typing() {
    for open in ["a |", "a &&", "a ||", "'a", "\"a", "\"$x", "(a", "{ a;", "a \\", "(", "a | {"] {
        assert_eq!(parse_line(format!("{open}\n").as_bytes()), Ok(None), "{open}");
    }
    assert!(parse_line(b"a | | b\n").is_err());
    assert!(parse_line(b"a # \\\n").unwrap().is_some());
}

fn error(text: &str) -> String {
    parse(text.as_bytes()).unwrap_err().to_string()
}

#[test]
fn errors_are_sentences_with_a_place() {
    let texts = [
        "echo a |",
        "a | | b",
        "&& a",
        "a &&",
        "a ;; b",
        "a; ; b",
        "& a",
        "!",
        "a | ! ",
        "a )",
        "( )",
        "{ }",
        "{ a; )",
        "( a; }",
        "echo 'abc",
        "x\necho \"abc",
        "a >",
        "a > | b",
        "a 2>&",
        "${x",
        "$(a",
        "`a",
        "$((1",
        "${x:-y",
        "$'a",
        "a <<",
        "if a",
        "if a; then fi",
        "while b; do done",
        "for 1 in a; do b; done",
        "for x in a b done",
        "case x in a b) c;; esac",
        "case x in (a",
        "f() a",
        "$(a; fi)",
        "a b (c)",
        "then",
        "99999999999>f",
        "echo\tä $(",
        "a\0b",
        "echo \u{1b}[31m )",
    ];
    let all: Vec<String> = texts.iter().map(|text| format!("{text:?}\n{}\n", error(text))).collect();
    insta::assert_snapshot!(all.join("\n"));
}

#[test]
fn nesting_has_a_limit() {
    // Unoptimized frames are large.
    let deep = std::thread::Builder::new().stack_size(64 << 20).spawn(|| {
        for open in ["(", "{ ", "$(", "${x:-", "$((", "if ", "a=\"$(", "\"${x-", "while ", "a | { "] {
            let text = open.repeat(100_000);
            assert!(error(&text).contains("nested too deep"), "{open}");
        }
    });
    deep.unwrap().join().unwrap();
}

/// The pieces of a text, but for newlines.
#[track_caller]
fn check_pieces(text: &str, expected: &str) {
    let outline = outline(text.as_bytes(), false);
    let show = |piece: &Piece| format!("{:?} {}", piece.kind, &text[piece.start..piece.end]);
    let shown: Vec<_> = outline.pieces.iter().map(show).filter(|piece| piece != "Control \n").collect();
    assert_eq!(shown.join(", "), expected);
}

#[test]
fn the_outline_of_a_text_tells_its_pieces() {
    check_pieces(
        "x=1 ls -l >f 2>&1 | wc; # c",
        "Assignment x=1, Command ls, Argument -l, Redirection >, Target f, Redirection 2, Redirection >&, \
         Target 1, Control |, Command wc, Control ;, Comment # c",
    );
    check_pieces(
        "if ! a; then { b; }; elif c\nthen d; fi",
        "Reserved if, Reserved !, Command a, Control ;, Reserved then, Reserved {, Command b, Control ;, \
         Reserved }, Control ;, Reserved elif, Command c, Reserved then, Command d, Control ;, Reserved fi",
    );
    check_pieces(
        "for x in if; do case $x in\na|b) echo a;; esac done",
        "Reserved for, Argument x, Reserved in, Argument if, Control ;, Reserved do, Reserved case, \
         Argument $x, Parameter $x, Reserved in, Argument a, Control |, Argument b, Control ), Command echo, \
         Argument a, Control ;;, Reserved esac, Reserved done",
    );
    check_pieces(
        r#"'a'\b"$c${d}" $'e' $(f "`g`") $((h+$i)) <(j)"#,
        r#"Command 'a'\b"$c${d}", Quoted 'a', Quoted \b, Quoted "$c${d}", Parameter $c, Parameter ${d}, Argument $'e', Quoted $'e', Argument $(f "`g`"), Substitution $(f "`g`"), Command f, Argument "`g`", Quoted "`g`", Substitution `g`, Command g, Control ), Argument $((h+$i)), Arithmetic $((h+$i)), Parameter $i, Argument <(j), Substitution <(j), Command j, Control )"#,
    );
    check_pieces(
        "a <<X b\n$c\nX\nd",
        "Command a, Redirection <<, Target X, Argument b, Control \n$c\nX\n, HereDocument $c\nX\n, \
         Parameter $c, Command d",
    );
    check_pieces("f() (a)", "Command f, Control (, Control ), Control (, Command a, Control )");
}

#[test]
fn the_outline_of_a_wrong_text_ends_at_the_error() {
    check_pieces("a | | b", "Command a, Control |, Control |, Error |");
    check_pieces("a; fi; b", "Command a, Control ;, Command fi, Error fi");
    check_pieces("a |", "Command a, Control |, Unclosed |");
    check_pieces("a >", "Command a, Redirection >, Unclosed >");
    check_pieces("a 'b", "Command a, Argument 'b, Quoted 'b, Unclosed '");
    check_pieces(
        "x=\"$(if b",
        "Assignment x=\"$(if b, Quoted \"$(if b, Substitution $(if b, Reserved if, Unclosed if, Command b",
    );
    check_pieces("`a b", "Command `a b, Substitution `a b, Unclosed `, Command a, Argument b");
}

/// What the end of a text is: kind, the word or its text, the words before it, the open quote, the place of
/// the parameter.
#[track_caller]
fn check_end(text: &str, expected: &str) {
    let end = outline(text.as_bytes(), false).end;
    let before = end.before.iter().map(word).collect::<Vec<_>>().join(" ");
    let word = end.word.as_ref().map_or("?".into(), word);
    let mut shown = format!("{:?} {}={word}", end.kind, &text[end.start..]);
    shown.extend(end.quote.map(|quote| format!(" quote {}", char::from(quote))));
    shown.extend(end.parameter.map(|start| format!(" parameter {}", &text[start..])));
    assert_eq!(format!("{before} > {shown}").trim_start(), expected);
}

#[test]
fn the_outline_tells_what_can_be_completed() {
    check_end("", "> Command =<empty>");
    check_end("l", "> Command l=l");
    check_end("ls ", "ls > Argument =<empty>");
    check_end("a | x=1 b 'c d' e\\ f", "b 'c d' > Argument e\\ f=e' 'f");
    check_end("sudo a >", "sudo a > Target =<empty>");
    check_end("a 2>> $x/f", "a > Target $x/f=<x>/f");
    check_end("a >f ", "a > Argument =<empty>");
    check_end(">f ", "> Command =<empty>");
    check_end("cat <<", "cat > Target =<empty>");
    check_end("a b\\", "a > Argument b\\=?");
    check_end("a 'b\\", "a > Argument 'b\\='b\\' quote '");
    check_end("a; x='b c", "> Assignment x='b c=x='b c' quote '");
    check_end("a; x=$(b ~u/c", "b > Argument ~u/c=<~u>/c");
    check_end("if a; then { b \"c d", "b > Argument \"c d='c d' quote \"");
    check_end("if a; th", "> Command th=th");
    check_end("if a; then", "> Command then=then");
    check_end("a b (c", "> Error =?");
    check_end("echo \"a $(ls 'b", "ls > Argument 'b='b' quote '");
    check_end("echo `ls b", "ls > Argument b=b");
    check_end("echo $(a; b) c", "echo $((a) (b)) > Argument c=c");
    check_end("for x in a", "> Argument a=a");
    check_end("for x in a; do b c", "b > Argument c=c");
    check_end("case x in a) b ", "b > Argument =<empty>");
    check_end("echo \"$HO", "echo > Argument \"$HO='<HO>' quote \" parameter HO");
    check_end("echo a${HO", "echo > Argument a${HO=? parameter HO");
    check_end("echo $", "echo > Argument $=$ parameter ");
    check_end("echo $((a+b", "> Arithmetic =? parameter b");
    check_end("a # b", "a > Comment # b=?");
    check_end("a <<X; b\nc $d", "> HereDocument =? parameter d");
    check_end("a <<X; b", "> Command b=b");
    check_end("a <<X\nb\nX\nc d", "c > Argument d=d");
    check_end("a |\nb\nc", "> Command c=c");
    check_end("f() { a b", "a > Argument b=b");
    check_end("echo 'a' # ", "echo 'a' > Comment # =?");
}

#[test]
fn every_beginning_of_a_text_has_an_outline() {
    let text = "x=\"$(if ! a '\\'`b \\`c\\``; then { d <<X | (e) 2>&1; }; fi)${f##g}\" $'h\\'' \\\n$((i)) # j\n$k`l`\nX\n\
                case $m in (n) ;; esac & for o; do p; done <q; r <(s)\n";
    for length in 0..=text.len() {
        let outline = outline(&text.as_bytes()[..length], false);
        assert!(outline.pieces.is_sorted_by_key(|piece| piece.start), "{length} {outline:?}");
        assert!(outline.pieces.iter().all(|piece| piece.start <= piece.end && piece.end <= length));
        assert_ne!(outline.end.kind, Kind::Error, "{}", &text[..length]);
    }
}
