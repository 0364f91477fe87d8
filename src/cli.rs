//! The command line: options to a running shell, errors to messages, the exit status.

use std::cell::{Cell, RefCell};
use std::mem::ManuallyDrop;
use std::os::fd::{IntoRawFd, RawFd};
use std::os::unix::ffi::OsStringExt;
use std::rc::Rc;

use crate::builtins;
use crate::interp::{self, Divert, Explained, Flow, Interp, Tail};
use crate::pipeline::{Status, shown};
use crate::repl;
use crate::state::options::{self, Flag, Options};
use crate::state::{Positional, Shell};
use crate::syntax::{Bytes, Parser};
use crate::sys::lines::{Limits, Lines, NO_LIMITS};
use crate::sys::signal::{self, SIGCHLD, SIGHUP};
use crate::sys::{Errno, fd, files, limits, reason, system, terminal};

const USAGE: &str = "\
usage: minish [-+abCefhilmnuvx] [-+o option]... [--plan[=json]] [script [argument...]]
       minish [-+abCefhilmnuvx] [-+o option]... [--plan[=json]] -c command [name [argument...]]
       minish [-+abCefhilmnuvx] [-+o option]... [--plan[=json]] -s [argument...]
";

/// Where commands come from.
#[derive(Default, PartialEq, Eq)]
enum Source {
    Text(Vec<u8>),
    File(Vec<u8>),
    #[default]
    Input,
}

/// What the command line asks for.
#[derive(Default)]
struct Invocation {
    source: Source,
    interactive: Option<bool>,
    is_login: bool,
    is_private: bool,
    options: Options,
    /// How to print plans instead of running anything.
    plan: Option<fn(&[Explained]) -> String>,
    /// `$0` and the positional parameters.
    operands: Vec<Vec<u8>>,
}

/// Runs minish with the arguments of this process, and gives its exit status.
pub fn main() -> i32 {
    let mut arguments = std::env::args_os().map(OsStringExt::into_vec);
    let name = arguments.next().unwrap_or_default();
    let status = Invocation::parse(&name, arguments.collect()).map_or_else(|status| status, Invocation::run);
    i32::from(status.0)
}

fn help() -> String {
    let options =
        builtins::manual("OPTIONS").map(|(names, text)| format!("  {:14} {text}\n", names.join(" ")));
    format!("{USAGE}\n{}", options.collect::<String>())
}

fn misused(problem: impl std::fmt::Display) -> Status {
    say(format_args!("{problem}\n{}", USAGE.trim_end()));
    Status::USAGE
}

fn print(text: &str) -> Status {
    let Err(errno) = fd::write_all(1, text.as_bytes()) else { return Status::SUCCESS };
    say(format_args!("cannot write to standard output: {}", reason(errno)));
    Status::FAILURE
}

fn say(message: impl std::fmt::Display) {
    fd::tell(format!("minish: {message}\n"));
}

impl Invocation {
    /// `name` is what this process was called by. The error is the status where there is nothing to run, as has been
    /// said.
    fn parse(name: &[u8], arguments: Vec<Vec<u8>>) -> Result<Invocation, Status> {
        let mut rest = arguments.into_iter().peekable();
        let mut invocation = Invocation { is_login: name.starts_with(b"-"), ..Invocation::default() };
        let base = name.rsplit(|&byte| byte == b'/').next().unwrap_or_default();
        invocation.options.set(Flag::Posix, matches!(base, b"sh" | b"-sh"));
        let (mut is_text, mut is_input) = (false, false);
        let is_option = |argument: &Vec<u8>| matches!(argument.as_slice(), [b'-', ..] | [b'+', _, ..]);
        while let Some(argument) = rest.next_if(is_option) {
            match argument.as_slice() {
                b"--" | b"-" => break,
                b"--plan" => invocation.plan = Some(interp::to_text),
                b"--plan=json" => invocation.plan = Some(interp::to_json),
                b"--login" => invocation.is_login = true,
                b"--private" => invocation.is_private = true,
                b"--posix" => invocation.options.set(Flag::Posix, true),
                b"--help" => return Err(print(&help())),
                b"--version" => return Err(print(concat!("minish ", env!("CARGO_PKG_VERSION"), "\n"))),
                letters => {
                    let is_on = letters.starts_with(b"-");
                    for letter in letters.iter().skip(1) {
                        match letter {
                            b'c' if is_on => is_text = true,
                            b's' => is_input = is_on,
                            b'l' => invocation.is_login = is_on,
                            b'i' => invocation.interactive = Some(is_on),
                            letter => {
                                let missing = || misused("a name is missing after -o");
                                let wants_name = (*letter == b'o').then(|| rest.next().ok_or_else(missing));
                                let name = wants_name.transpose()?;
                                let flag = match &name {
                                    Some(name) => options::by_name(name),
                                    None => options::by_letter(*letter),
                                };
                                let name = name.as_deref().unwrap_or(letters);
                                let unknown = || misused(format_args!("unknown option {}", shown(name)));
                                invocation.options.set(flag.ok_or_else(unknown)?, is_on);
                            }
                        }
                    }
                }
            }
        }
        if is_text {
            let missing = || misused("a command is missing after -c");
            invocation.source = Source::Text(rest.next().ok_or_else(missing)?);
        } else if !is_input && let Some(file) = rest.peek() {
            invocation.source = Source::File(file.clone());
        }
        if is_input || invocation.source == Source::Input || rest.peek().is_none() {
            invocation.operands.push(name.to_vec());
        }
        invocation.operands.extend(rest);
        Ok(invocation)
    }

    fn run(self) -> Status {
        // Whoever started this shell may ignore SIGCHLD; the kernel would then keep no status of a child. What they
        // block, nobody would hear.
        signal::default(SIGCHLD);
        signal::unblock_all();
        // Never dropped: the process ends with it, and the system takes all back at once.
        let mut shell = ManuallyDrop::new(Shell::new());
        let mut operands = self.operands.into_iter().map(Bytes::from);
        if let Some(name) = operands.next() {
            shell.name = name;
        }
        shell.positional = Positional::new(operands.collect(), 0);
        let on_terminal = || terminal::is_terminal(0) && terminal::is_terminal(2);
        let is_interactive =
            self.interactive.unwrap_or_else(|| self.source == Source::Input && on_terminal());
        shell.is_interactive = is_interactive;
        // The line editor's shell takes the terminal itself.
        let controls_jobs = is_interactive && self.source != Source::Input && on_terminal();
        let mut options = self.options;
        options.set(Flag::Monitor, options.has(Flag::Monitor) || controls_jobs);
        shell.set_options(options);
        shell.source_letter = match self.source {
            Source::Text(_) => Some(b'c'),
            Source::Input => Some(b's'),
            Source::File(_) => None,
        };
        if self.plan.is_none()
            && read_profiles(&mut shell, self.is_login, is_interactive) == Err(Divert::Exit)
        {
            return Interp::new(&mut shell).exit_trap();
        }
        let reader = Reader { lines: Rc::clone(&shell.lines), ..Reader::default() };
        let (parser, tail) = match self.source {
            Source::Input if self.plan.is_none() && is_interactive && on_terminal() => {
                let status = repl::run(&mut shell, self.is_private);
                if signal::has_come(SIGHUP) {
                    shell.jobs.hang_up();
                    signal::end_by(SIGHUP);
                }
                return status;
            }
            Source::Input => {
                if is_interactive && shell.variables.value(b"PS1").is_none() {
                    shell.variables.put(b"PS1", b"$ ".as_slice().into());
                }
                (reader.parser(0), Tail::No)
            }
            Source::Text(text) => (Parser::new(text), Tail::Yes),
            Source::File(file) => {
                shell.script = Some(file.as_slice().into());
                match open_script(&file, &mut shell, &reader) {
                    Ok(parser_and_tail) => parser_and_tail,
                    Err(status) => return status,
                }
            }
        };
        match self.plan {
            Some(to_text) => print_plan(&mut shell, parser, to_text),
            None => run(&mut shell, parser, tail, &reader),
        }
    }
}

/// What a login shell and an interactive one read first (POSIX XCU sh, ENV); Ctrl-C or `exit` leaves out the rest.
/// Files that one user chose are not read with the rights of another.
fn read_profiles(shell: &mut Shell, is_login: bool, is_interactive: bool) -> Flow {
    if is_login {
        read_profile(shell, b"/etc/profile")?;
    }
    if system::has_other_rights() {
        return Ok(());
    }
    if is_login {
        let home = shell.variables.text(b"HOME").to_vec();
        read_profile(shell, &[&home, b"/.profile".as_slice()].concat())?;
    }
    if is_interactive {
        let env = Interp::new(shell).expand_prompt(b"ENV");
        read_profile(shell, &env)?;
        if !shell.options.has(Flag::Posix)
            && let Some(file) = shell.variables.own_file(b"XDG_CONFIG_HOME", b".config", b"rc")
        {
            read_profile(shell, &file)?;
        }
    }
    Ok(())
}

fn read_profile(shell: &mut Shell, file: &[u8]) -> Flow {
    match files::is_readable_file(file) {
        true => Interp::new(shell).source(&file.into(), None, false),
        false => Ok(()),
    }
}

/// The parser of a script file, which is searched on PATH if it is not in the working directory (POSIX XCU sh),
/// and whether its last command may replace the shell. Has complained if there is none: 127 for not found, else 126.
fn open_script<'r>(file: &[u8], shell: &mut Shell, reader: &'r Reader) -> Result<(Parser<'r>, Tail), Status> {
    let found = match shell.find_program(file, None) {
        Ok(found) if !file.contains(&b'/') && !files::exists(file) => found.into_bytes(),
        _ => file.to_vec(),
    };
    let complain = |errno| {
        say(format_args!("{}: cannot read: {}", shown(file), reason(errno)));
        if errno == Errno::ENOENT { Status::NOT_FOUND } else { Status::NOT_EXECUTABLE }
    };
    if files::is_stream(&found) {
        // Open until the process ends.
        let stream = files::open(&found).map_err(complain)?.into_raw_fd();
        return Ok((reader.parser(stream), Tail::No));
    }
    let mut script = files::Script::open(&found).map_err(complain)?;
    if script.is_binary() {
        say(format_args!("{}: it is a binary file, not a script", shown(file)));
        return Err(Status::NOT_EXECUTABLE);
    }
    Ok((Parser::by_line(move || reader.checked(script.next_lines())), Tail::Yes))
}

/// Reads what is run while it is read: a line at a time and not a byte more than the line that is to run, since
/// what follows may be for the programs that it starts.
#[derive(Default)]
struct Reader {
    lines: Rc<Lines>,
    /// Why no more could be read.
    failed: Cell<Option<Errno>>,
    /// For the next line, and for those after it.
    prompts: RefCell<(Vec<u8>, Vec<u8>)>,
}

impl Reader {
    fn parser(&self, from: RawFd) -> Parser<'_> {
        Parser::by_line(move || {
            let (next, after) = &mut *self.prompts.borrow_mut();
            fd::tell(&next);
            next.clone_from(after);
            // What comes meanwhile is for the next command.
            self.checked(self.lines.read(from, b'\n', &mut Limits { ..NO_LIMITS }))
        })
    }

    /// What was read, if it is not the end; keeps the reason if nothing could be read.
    fn checked(&self, read: Result<Vec<u8>, Errno>) -> Option<Vec<u8>> {
        self.failed.set(read.as_ref().err().copied());
        read.ok().filter(|text| !text.is_empty())
    }
}

/// Runs a complete command at a time. With `Tail::Yes` nobody is waited for, and the last one may replace the
/// shell. Where the shell is interactive, an error ends a line, and a syntax error or Ctrl-C such a text.
fn run(shell: &mut Shell, mut parser: Parser<'_>, tail: Tail, reader: &Reader) -> Status {
    let is_read = tail == Tail::No;
    Interp::new(shell).run_to_end(|interp| {
        interp.shell.set_status(Status::SUCCESS);
        loop {
            if is_read && interp.shell.is_interactive {
                reader.prompts.replace((interp.expand_prompt(b"PS1"), interp.expand_prompt(b"PS2")));
            }
            match interp.run_next(&mut parser, tail) {
                Ok(true) => {}
                Ok(false) => break,
                // What was wrong has been said.
                Err(Divert::Interrupt) if interp.shell.is_interactive => {
                    if is_read || parser.has_failed || interp.is_interrupted() {
                        parser.drop_line();
                    }
                }
                Err(divert) => return Err(divert),
            }
        }
        let Some(errno) = reader.failed.get() else { return Ok(()) };
        let name = interp.shell.script.as_deref().map_or("standard input".into(), shown);
        say(format_args!("{name}: cannot read: {}", reason(errno)));
        interp.done(Status::UNREADABLE)
    })
}

fn print_plan(shell: &mut Shell, mut parser: Parser<'_>, to_text: fn(&[Explained]) -> String) -> Status {
    parser.limit_stack(limits::stack().1);
    match parser.rest() {
        Ok(program) => print(&to_text(&interp::explain(&mut Interp::new(shell), &program))),
        Err(error) => {
            shell.complain_at(0, error);
            Status::USAGE
        }
    }
}
