//! The built-in utilities, one file each or a family. A built-in gets its arguments, the shell and a place
//! for its output; what only the interpreter can do it asks for by the `Action` that it returns.

mod alias;
mod cd;
mod echo;
mod eval;
mod fc;
mod flow;
mod getopts;
mod hash;
mod help;
mod history;
mod jobs;
mod kill;
mod nearest;
mod printf;
mod read;
mod set;
mod test;
mod times;
mod trap;
mod trivial;
mod ulimit;
mod umask;
mod variables;

use std::borrow::Cow;

use bstr::ByteSlice;

use crate::pipeline::Status;
use crate::pipeline::report::shown;
use crate::state::{Divert, Shell};
use crate::syntax::Bytes;
use crate::syntax::ast::Name;

pub use eval::RESERVED;
pub use jobs::{notice, status_of_news};
pub use nearest::{is_command, of_commands as nearest_commands};

/// Special built-ins (POSIX XCU 2.15) end a script when they fail, and assignments before them stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A special built-in.
    Special,
    /// A regular built-in.
    Regular,
    /// A regular built-in that changes nothing and only says something: in a pipeline, the shell can run it
    /// without a child.
    Pure,
}

/// What a built-in asks the interpreter to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Nothing more: this is its status.
    Done(Status),
    /// Leave what encloses the command.
    Divert(Divert),
    /// A trapped signal ended it, whose status is set: run the trap.
    Trapped,
    /// Run this text.
    Eval(Vec<u8>),
    /// Run a script in this shell.
    Source {
        /// Its file.
        path: Bytes,
        /// Its positional parameters, if it is to have others than the shell's.
        arguments: Option<Vec<Bytes>>,
    },
    /// Run a built-in or a program, but no function.
    Command {
        /// Its name and arguments.
        argv: Vec<Bytes>,
        /// Search it where the standard utilities are, not in PATH.
        default_path: bool,
    },
    /// Let the redirections stand; with arguments, become that program.
    Exec(Vec<Bytes>),
    /// Continue a job, and wait for it.
    Foreground(crate::pipeline::job::JobKey),
    /// Ctrl-C came while it slept.
    Interrupt,
}

/// What a built-in gives; a failure has been told already, and ends a script if the built-in is a special one.
pub type Answer = Result<Action, Status>;

/// Letters, each with its argument if it has one.
type Options<'a> = Vec<(char, &'a [u8])>;

const DONE: Answer = Ok(Action::Done(Status::SUCCESS));

/// What a built-in works with.
#[derive(Debug)]
pub struct Call<'a> {
    /// The shell.
    pub shell: &'a mut Shell,
    /// Its arguments without its name.
    pub arguments: &'a [Bytes],
    /// Its name.
    pub name: &'static str,
    /// What it writes to standard output.
    pub out: &'a mut Vec<u8>,
}

impl<'a> Call<'a> {
    fn complain(&self, message: impl std::fmt::Display) {
        self.shell.complain(format_args!("{}: {message}", self.name));
    }

    /// Says why it failed, and gives the status for that.
    fn failed(&self, message: impl std::fmt::Display) -> Status {
        self.complain(message);
        Status::FAILURE
    }

    /// Says what is wrong with an operand.
    fn wrong(&self, message: impl std::fmt::Display) -> Status {
        self.complain(message);
        Status::USAGE
    }

    /// It was called wrongly: says how it is called.
    fn misused(&self, message: impl std::fmt::Display) -> Status {
        let usage = find(self.name.as_bytes()).map_or("", |builtin| builtin.usage);
        self.wrong(format_args!("{message}; usage: {usage}"))
    }

    /// Does it for each operand; what fails is said, and does not keep the others from it.
    fn each<E: std::fmt::Display>(
        &mut self,
        operands: &[Bytes],
        mut act: impl FnMut(&mut Self, &Bytes) -> Result<(), E>,
    ) -> Answer {
        let mut status = Status::SUCCESS;
        for operand in operands {
            if let Err(why) = act(self, operand) {
                status = self.failed(format_args!("{}: {why}", shown(operand)));
            }
        }
        Ok(Action::Done(status))
    }

    /// The arguments behind a leading `--`.
    fn operands(&self) -> &'a [Bytes] {
        match self.arguments {
            [first, rest @ ..] if **first == *b"--" => rest,
            all => all,
        }
    }

    /// Splits leading option letters, all of which must be in `known`, from the operands. `--` ends them.
    fn options(&self, known: &str) -> Result<(Vec<char>, &'a [Bytes]), Status> {
        let (options, operands) = self.valued_options(known)?;
        Ok((options.into_iter().map(|(letter, _)| letter).collect(), operands))
    }

    /// The same, with the argument of each letter that has a `:` behind it in `known`, as for `getopts`. With a `#`
    /// at its end, a `-` with a digit is an operand.
    fn valued_options(&self, known: &str) -> Result<(Options<'a>, &'a [Bytes]), Status> {
        let mut options = Vec::new();
        let mut rest = self.arguments;
        while let Some((first, after)) = rest.split_first() {
            let mut letters = match first.strip_prefix(b"-") {
                None | Some([]) => break,
                Some([b'0'..=b'9', ..]) if known.ends_with('#') => break,
                Some(b"-") => return Ok((options, after)),
                Some(letters) => letters,
            };
            rest = after;
            while let Some((&letter, attached)) = letters.split_first() {
                let letter = char::from(letter);
                let Some((_, others)) = known.split_once(letter).filter(|_| !":#".contains(letter)) else {
                    return Err(self.misused(format_args!("unknown option {}", shown(first))));
                };
                let mut argument: &[u8] = b"";
                letters = attached;
                if others.starts_with(':') {
                    (argument, letters) = (attached, b"");
                    if argument.is_empty() {
                        let missing = || self.misused(format_args!("an argument is missing after -{letter}"));
                        (argument, rest) =
                            rest.split_first().map(|(next, rest)| (&**next, rest)).ok_or_else(missing)?;
                    }
                }
                options.push((letter, argument));
            }
        }
        Ok((options, rest))
    }
}

/// Adds a line to the output.
fn line(out: &mut Vec<u8>, text: impl AsRef<[u8]>) {
    out.extend_from_slice(text.as_ref());
    out.push(b'\n');
}

/// `name='value'`, to be read back.
fn assignment(name: &[u8], value: &[u8]) -> Vec<u8> {
    [name, b"=", &in_quotes(value)].concat()
}

/// The number that an operand is.
fn number<N: std::str::FromStr>(operand: &[u8]) -> Option<N> {
    std::str::from_utf8(operand).ok()?.parse().ok()
}

fn check_name(name: &[u8]) -> Result<(), String> {
    Name::is_valid(name).then_some(()).ok_or_else(|| format!("{}: not a name of a variable", shown(name)))
}

/// A built-in utility.
#[derive(Debug)]
pub struct Builtin {
    /// Its name.
    pub name: &'static str,
    /// Special or regular.
    pub kind: Kind,
    /// How it is called.
    pub usage: &'static str,
    /// Runs it.
    pub run: fn(&mut Call<'_>) -> Answer,
}

use Kind::{Pure, Regular, Special};

const fn builtin(
    name: &'static str,
    kind: Kind,
    usage: &'static str,
    run: fn(&mut Call<'_>) -> Answer,
) -> Builtin {
    Builtin { name, kind, usage, run }
}

/// What POSIX does not have: `set -o posix` turns it off.
pub const ADDITIONS: &[&str] = &["disown", "help", "history", "source"];

/// All built-ins, sorted by name.
pub const TABLE: &[Builtin] = &[
    builtin(".", Special, ". file [argument...]", eval::source),
    builtin(":", Special, ": [argument...]", trivial::succeed),
    builtin("[", Regular, "[ expression ]", test::bracket),
    builtin("alias", Regular, "alias [name[=value]...]", alias::alias),
    builtin("bg", Regular, "bg [job...]", jobs::bg),
    builtin("break", Special, "break [loops]", flow::break_loop),
    builtin("cd", Regular, "cd [-L | -P [-e]] [directory | -]", cd::cd),
    builtin("command", Regular, "command [-p] [-v | -V] name [argument...]", eval::command),
    builtin("continue", Special, "continue [loops]", flow::continue_loop),
    builtin("disown", Regular, "disown [-ahr] [job...]", jobs::disown),
    builtin("echo", Pure, "echo [-neE] [text...]", echo::echo),
    builtin("eval", Special, "eval [text...]", eval::eval),
    builtin("exec", Special, "exec [program [argument...]]", eval::exec),
    builtin("exit", Special, "exit [status]", flow::exit),
    builtin("export", Special, "export [-p] [name[=value]...]", variables::export),
    builtin("false", Pure, "false", trivial::fail),
    builtin(
        "fc",
        Regular,
        "fc [-r] [-e editor] [first [last]], fc -l [-nr] [first [last]], or fc -s [old=new] [first]",
        fc::fc,
    ),
    builtin("fg", Regular, "fg [job]", jobs::fg),
    builtin("getopts", Regular, "getopts options name [argument...]", getopts::getopts),
    builtin("hash", Regular, "hash [-r] [name...]", hash::hash),
    builtin("help", Regular, "help [name...]", help::help),
    builtin(
        "history",
        Regular,
        "history [--failed] [--here] [--json] [pattern] [count], or history {--clear | --delete pattern | -d number}",
        history::history,
    ),
    builtin("jobs", Regular, "jobs [-l | -p] [-rs] [job...]", jobs::jobs),
    builtin("kill", Regular, "kill [-s signal | -signal] {pid | job}..., or kill -l [status...]", kill::kill),
    builtin("local", Regular, "local name[=value]...", variables::local),
    builtin("printf", Pure, "printf [-v name] format [argument...]", printf::printf),
    builtin("pwd", Pure, "pwd [-L|-P]", cd::pwd),
    builtin(
        "read",
        Regular,
        "read [-rs] [-d delimiter] [-n bytes] [-p prompt] [-t seconds] [name...]",
        read::read,
    ),
    builtin("readonly", Special, "readonly [-p] [name[=value]...]", variables::readonly),
    builtin("return", Special, "return [status]", flow::return_from),
    builtin("set", Special, "set [-+abCefhmnuvx] [-+o name] [argument...]", set::set),
    builtin("shift", Special, "shift [count]", set::shift),
    builtin("source", Special, "source file [argument...]", eval::source),
    builtin("test", Regular, "test [expression]", test::test),
    builtin("times", Special, "times", times::times),
    builtin("trap", Special, "trap [-lp] [action condition...]", trap::trap),
    builtin("true", Pure, "true", trivial::succeed),
    builtin("type", Regular, "type name...", eval::type_of),
    builtin("ulimit", Regular, "ulimit [-H|-S] [-a | -cdefilmnpqrstuvxR [limit]]", ulimit::ulimit),
    builtin("umask", Regular, "umask [-S] [-p] [mode]", umask::umask),
    builtin("unalias", Regular, "unalias -a | name...", alias::unalias),
    builtin("unset", Special, "unset [-fv] name...", variables::unset),
    builtin("wait", Regular, "wait [-n] [-p name] [job | pid]...", jobs::wait),
];

/// In quotes where it needs them: text that any shell reads back.
pub fn quoted(word: &[u8]) -> Vec<u8> {
    // No word holds NUL bytes.
    shlex::bytes::try_quote(word).map_or_else(|_| word.to_vec(), Cow::into_owned)
}

/// In single quotes, whatever it is: so lists are written that are to be read back.
pub fn in_quotes(value: &[u8]) -> Vec<u8> {
    [b"'", value.replace(b"'", b"'\\''").as_slice(), b"'"].concat()
}

/// The number in `TABLE` of the first built-in whose name begins with a byte or a greater one.
const STARTS: [usize; 257] = starts();

#[allow(clippy::indexing_slicing)]
const fn starts() -> [usize; 257] {
    let mut starts = [TABLE.len(); 257];
    let mut index = TABLE.len();
    while index > 0 {
        index -= 1;
        let mut byte = 0;
        while byte <= TABLE[index].name.as_bytes()[0] as usize {
            starts[byte] = index;
            byte += 1;
        }
    }
    starts
}

/// The built-in of this name.
pub fn find(name: &[u8]) -> Option<&'static Builtin> {
    let first = usize::from(*name.first()?);
    let candidates = TABLE.get(*STARTS.get(first)?..*STARTS.get(first + 1)?)?;
    candidates.iter().find(|builtin| builtin.name.as_bytes() == name)
}
