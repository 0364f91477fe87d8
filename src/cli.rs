//! The command line: options to a running shell, errors to messages, the exit status.

use std::cell::Cell;
use std::os::unix::ffi::OsStringExt;
use std::rc::Rc;

use crate::interp::{self, Divert, Interp, Tail};
use crate::pipeline::Status;
use crate::pipeline::report::shown;
use crate::state::Shell;
use crate::syntax::ast::Program;
use crate::syntax::{Bytes, Parser, SyntaxError};
use crate::sys::signal::{self, Signal};
use crate::sys::{Errno, fd, files, reason, terminal};
use crate::{repl, syntax};

const USAGE: &str = "\
usage: minish [-i] [-o vi] [--plan[=json]] [script [argument...]]
       minish [-i] [--plan[=json]] -c command [name [argument...]]
       minish [-i] [-o vi] [--plan[=json]] -s [argument...]
";

const HELP: &str = "
  -c command     run this text; `name` is its $0
  -s             read commands from standard input, also when there are arguments
  -i, +i         be interactive, or not: by default, when used on a terminal
  -o vi          edit lines with the keys of vi; `-o emacs`, the default, with those of emacs
  --plan         print what would run, as text, and run nothing
  --plan=json    the same as JSON
  --help         this page
  --version      the version
";

/// Where commands come from.
#[derive(Debug, PartialEq, Eq)]
enum Source {
    Text(Vec<u8>),
    File(Vec<u8>),
    Input,
}

/// In which form to print plans.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Text,
    Json,
}

/// What the command line asks for.
#[derive(Debug, PartialEq, Eq)]
struct Invocation {
    source: Source,
    interactive: Option<bool>,
    edits_like_vi: bool,
    plan: Option<Format>,
    /// `$0` and the positional parameters.
    operands: Vec<Vec<u8>>,
}

/// What to print instead of running.
#[derive(Debug, PartialEq, Eq)]
enum Instead {
    Help,
    Version,
    Misuse(String),
}

/// Runs minish with the arguments of this process, and gives its exit status.
pub fn main() -> i32 {
    let arguments = std::env::args_os().skip(1).map(OsStringExt::into_vec).collect();
    let status = match Invocation::parse(arguments) {
        Ok(invocation) => invocation.run(),
        Err(Instead::Help) => print(format!("{USAGE}{HELP}").as_bytes()),
        Err(Instead::Version) => print(concat!("minish ", env!("CARGO_PKG_VERSION"), "\n").as_bytes()),
        Err(Instead::Misuse(problem)) => {
            say(format_args!("{problem}\n{}", USAGE.trim_end()));
            Status::USAGE
        }
    };
    i32::from(status.0)
}

fn print(bytes: &[u8]) -> Status {
    match fd::write_all(1, bytes) {
        Ok(()) => Status::SUCCESS,
        Err(errno) => {
            say(format_args!("cannot write to standard output: {}", reason(errno)));
            Status::FAILURE
        }
    }
}

fn say(message: impl std::fmt::Display) {
    // Where standard error is closed, there is nobody left to tell.
    let _ = fd::write_all(2, format!("minish: {message}\n").as_bytes());
}

impl Invocation {
    fn parse(arguments: Vec<Vec<u8>>) -> Result<Invocation, Instead> {
        let mut rest = arguments.into_iter().peekable();
        let mut invocation = Invocation {
            source: Source::Input,
            interactive: None,
            edits_like_vi: false,
            plan: None,
            operands: Vec::new(),
        };
        let (mut is_text, mut is_input) = (false, false);
        while let Some(argument) = rest.next_if(|argument| is_option(argument)) {
            match argument.as_slice() {
                b"--" | b"-" => break,
                b"--plan" => invocation.plan = Some(Format::Text),
                b"--plan=json" => invocation.plan = Some(Format::Json),
                b"--help" => return Err(Instead::Help),
                b"--version" => return Err(Instead::Version),
                letters => {
                    let is_on = letters.starts_with(b"-");
                    for letter in letters.get(1..).unwrap_or_default() {
                        match letter {
                            b'c' if is_on => is_text = true,
                            b's' if is_on => is_input = true,
                            b'i' => invocation.interactive = Some(is_on),
                            b'o' => match rest.next().as_deref() {
                                Some(b"vi") => invocation.edits_like_vi = is_on,
                                Some(b"emacs") => invocation.edits_like_vi = !is_on,
                                _ => {
                                    return Err(Instead::Misuse("`vi` or `emacs` is wanted after -o".into()));
                                }
                            },
                            _ => return Err(Instead::Misuse(format!("unknown option {}", shown(&argument)))),
                        }
                    }
                }
            }
        }
        if is_text {
            let text = rest.next().ok_or_else(|| Instead::Misuse("a command is missing after -c".into()))?;
            invocation.source = Source::Text(text);
        } else if !is_input && let Some(file) = rest.peek() {
            invocation.source = Source::File(file.clone());
        }
        if is_input {
            invocation.operands.push(b"minish".to_vec());
        }
        invocation.operands.extend(rest);
        Ok(invocation)
    }

    fn run(self) -> Status {
        // Whoever started this shell may ignore SIGCHLD; the kernel would then keep no status of a child.
        let _ = signal::default(Signal::SIGCHLD);
        let mut shell = Shell::new();
        shell.interpreter = c"/proc/self/exe";
        shell.edits_like_vi = self.edits_like_vi;
        let mut operands = self.operands.into_iter().map(Bytes::from);
        if let Some(name) = operands.next() {
            shell.name = name;
        }
        shell.positional = operands.collect();
        let on_terminal = || terminal::is_terminal(0) && terminal::is_terminal(2);
        let is_interactive =
            self.interactive.unwrap_or_else(|| self.source == Source::Input && on_terminal());
        match self.source {
            Source::Input if self.plan.is_none() && is_interactive && on_terminal() => repl::run(&mut shell),
            Source::Input => run_input(&mut shell, self.plan),
            Source::Text(text) => run_text(&mut shell, text, self.plan),
            Source::File(file) => {
                shell.script = Some(file.as_slice().into());
                match read_script(&file, &mut shell) {
                    Ok(text) => run_text(&mut shell, text, self.plan),
                    Err(status) => status,
                }
            }
        }
    }
}

fn is_option(argument: &[u8]) -> bool {
    argument.starts_with(b"-") || (argument.starts_with(b"+") && argument.len() > 1)
}

/// The text of a script file, which is searched on PATH if it is not in the working directory (POSIX XCU
/// sh). Has complained if there is none: 127 for not found, else 126.
fn read_script(file: &[u8], shell: &mut Shell) -> Result<Vec<u8>, Status> {
    let found = match shell.find_program(&file.into(), None) {
        Ok(found) if !file.contains(&b'/') && !files::exists(file) => found.into_bytes(),
        _ => file.to_vec(),
    };
    let text = files::read(&found).map_err(|errno| {
        say(format_args!("{}: cannot read: {}", shown(file), reason(errno)));
        if errno == Errno::ENOENT { Status::NOT_FOUND } else { Status::NOT_EXECUTABLE }
    })?;
    let first_line = text.split(|&byte| byte == b'\n').next().unwrap_or_default();
    if first_line.contains(&0) {
        say(format_args!("{}: it is a binary file, not a script", shown(file)));
        return Err(Status::NOT_EXECUTABLE);
    }
    Ok(text)
}

/// Runs a text that is all there, a complete command at a time; its last command may replace the shell.
fn run_text(shell: &mut Shell, text: Vec<u8>, plan: Option<Format>) -> Status {
    if let Some(format) = plan {
        return match syntax::parse(&text) {
            Ok(program) => print_plan(shell, &program, format),
            Err(error) => refuse(shell, &error),
        };
    }
    let mut parser = Parser::new(text);
    loop {
        let program = match parser.next_command() {
            Ok(Some(program)) => program,
            Ok(None) => return shell.status,
            Err(error) => return refuse(shell, &error),
        };
        let tail = if parser.is_at_end() { Tail::Yes } else { Tail::No };
        match run_command(shell, &program, tail) {
            Ok(()) => {}
            Err(status) => return status,
        }
    }
}

/// Runs standard input a line at a time, reading not a byte more than the line that is to run, since what
/// follows may be for the programs that it starts.
fn run_input(shell: &mut Shell, plan: Option<Format>) -> Status {
    let failed = Rc::new(Cell::new(None));
    let noted = Rc::clone(&failed);
    let next_line = move || match fd::read_line(0) {
        Ok(line) => Some(line).filter(|line| !line.is_empty()),
        Err(errno) => {
            noted.set(Some(errno));
            None
        }
    };
    let mut parser = Parser::by_line(Box::new(next_line));
    let mut planned = Program::default();
    loop {
        match parser.next_command() {
            Ok(Some(program)) if plan.is_some() => planned.items.extend(program.items),
            Ok(Some(program)) => {
                if let Err(status) = run_command(shell, &program, Tail::No) {
                    return status;
                }
            }
            Ok(None) => break,
            Err(error) => return refuse(shell, &error),
        }
    }
    if let Some(errno) = failed.get() {
        say(format_args!("standard input: cannot read: {}", reason(errno)));
        return Status::USAGE;
    }
    match plan {
        Some(format) => print_plan(shell, &planned, format),
        None => shell.status,
    }
}

/// Runs a command; the error is the status to exit with.
fn run_command(shell: &mut Shell, program: &Program, tail: Tail) -> Result<(), Status> {
    let flow = Interp { shell }.run(program, tail);
    match flow {
        Ok(()) => Ok(()),
        Err(Divert::Exit(status)) => Err(status),
        Err(Divert::Interrupt) => Err(shell.status),
    }
}

fn refuse(shell: &Shell, error: &SyntaxError) -> Status {
    shell.complain_at(0, error);
    Status::USAGE
}

fn print_plan(shell: &mut Shell, program: &Program, format: Format) -> Status {
    let jobs = interp::explain(&mut Interp { shell }, program, Tail::Yes);
    match format {
        Format::Text => print(interp::to_text(&jobs).as_bytes()),
        Format::Json => print(format!("{:#}\n", interp::to_json(&jobs)).as_bytes()),
    }
}
