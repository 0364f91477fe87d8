//! The parser: trees, what they print as, messages.

use bstr::ByteSlice;
use minish::syntax::ast::{
    Assignment, CaseArm, Command, CompoundKind, Connector, Item, Modifier, Parameter, Part, Pipeline,
    Program, Redirect, Word,
};
use minish::syntax::{Parser, parse};

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
                    format!("<{name} {colon}{} {}>", char::from(action.character()), word(text))
                }
                Modifier::Trim { suffix, longest, pattern } => {
                    let operator = if *suffix { "%" } else { "#" };
                    format!("<{name} {} {}>", operator.repeat(1 + usize::from(*longest)), word(&pattern.word))
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
        Parameter::Special(special) => char::from(special.character()).to_string(),
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
            let body = Command::Compound(function.body.clone());
            return format!("(function {} {})", function.name.to_str_lossy(), self::command(&body));
        }
    }
    items.extend(command.redirects().iter().map(redirect));
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
    check("${x/a/b} ${!x}", "(<unknown x/a/b> <! unknown>)".replace("<! unknown>", "<unknown !x>").as_str());
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
    assert_eq!(parser.next_command().unwrap_err().excerpt.line, 2);
}

#[test]
fn lines_are_asked_for_only_when_needed() {
    let lines = std::cell::RefCell::new(vec!["d\n", "c'\n", "a; b | 'x\n"]);
    let mut parser = Parser::by_line(Box::new(|| lines.borrow_mut().pop().map(Into::into)));
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
