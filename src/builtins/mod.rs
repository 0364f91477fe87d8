//! The built-in utilities, one file each or a family. A built-in gets its arguments, the shell and a place
//! for its output; what only the interpreter can do it asks for by the `Action` that it returns.

mod alias;
mod cd;
mod commands;
mod echo;
mod flow;
mod getopts;
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
mod ulimit;
mod umask;
mod variables;

use bstr::ByteSlice;

use crate::pipeline::{JobKey, Status, shown};
use crate::state::{Divert, Shell};
use crate::syntax::Bytes;
use crate::syntax::ast::Name;
use crate::sys::signal::{self, SIGHUP};

use getopts::Found;
pub use help::{entries as manual, usage};
pub use jobs::{news, notice};
pub use nearest::{is_command, of_commands as nearest_commands};

/// Special built-ins (POSIX XCU 2.15) end a script when they fail, and assignments before them stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Special,
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
    /// Run this text, and then this built-in again with these arguments and the status.
    Again(Vec<u8>, Vec<Bytes>),
    /// Run a script in this shell.
    Source {
        path: Bytes,
        /// Its positional parameters, if it is to have others than the shell's.
        arguments: Option<Vec<Bytes>>,
    },
    /// Run a built-in or a program, but no function.
    Command {
        argv: Vec<Bytes>,
        /// Where it is searched instead of PATH.
        path: Option<&'static [u8]>,
    },
    /// Let the redirections stand; with arguments, become that program.
    Exec(Vec<Bytes>),
    /// Continue a job, and wait for it.
    Foreground(JobKey),
    /// Ctrl-C came while it slept.
    Interrupt,
}

/// What a built-in gives; a failure has been told already, and ends a script if the built-in is a special one.
pub type Answer = Result<Action, Status>;

const DONE: Answer = Ok(Action::Done(Status::SUCCESS));

/// What a built-in works with.
pub struct Call<'a> {
    pub shell: &'a mut Shell,
    /// Its arguments without its name.
    pub arguments: &'a [Bytes],
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
        self.wrong(format_args!("{message}; usage: {}", usage(self.name.as_bytes())))
    }

    /// Checks that this can be the name of a variable.
    fn check_name(&self, name: &[u8]) -> Result<(), Status> {
        let wrong = || self.wrong(format_args!("{}: not a name of a variable", shown(name)));
        Name::is_valid(name).then_some(()).ok_or_else(wrong)
    }

    fn set(&mut self, name: &[u8], value: impl Into<Bytes>) -> Result<(), Status> {
        self.shell.variables.set(name, value).map_err(|error| self.wrong(error))
    }

    fn unset(&mut self, name: &[u8]) -> Result<(), Status> {
        self.shell.variables.unset(name).map_err(|error| self.wrong(error))
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

    /// What follows when a signal ended a sleep: one that is trapped, or one that an interactive shell minds.
    fn interrupted(&mut self) -> Action {
        let trapped = self.shell.traps.caught().find(|&signal| signal::has_come(signal));
        match trapped {
            Some(signal) => {
                self.shell.set_status(Status::of_signal(signal));
                Action::Trapped
            }
            // The end of the command line notices it.
            None if signal::has_come(SIGHUP) => Action::Done(Status::of_signal(SIGHUP)),
            None => Action::Interrupt,
        }
    }

    /// All arguments, where there are no options.
    fn operands(&self) -> &'a [Bytes] {
        after_dashes(self.arguments)
    }

    /// Its only operand, if it has one.
    fn operand(&self, operands: &'a [Bytes]) -> Result<Option<&'a Bytes>, Status> {
        self.no_more(operands.get(1..).unwrap_or_default())?;
        Ok(operands.first())
    }

    fn no_more(&self, rest: &[Bytes]) -> Result<(), Status> {
        if rest.is_empty() { Ok(()) } else { Err(self.misused("too many arguments")) }
    }

    /// The number that its only operand is, if it has one; `wanted` says what would be one.
    fn number_operand<N: std::str::FromStr>(&self, wanted: &str) -> Result<Option<N>, Status> {
        let Some(operand) = self.operand(self.operands())? else { return Ok(None) };
        let wrong = || self.wrong(format_args!("{}: not {wanted}", shown(operand)));
        number(operand).map(Some).ok_or_else(wrong)
    }

    /// Splits the options, which must be in `known`, written as for `getopts`, from the operands. With a `#` at
    /// its end, a `-` with a digit is an operand.
    fn options(&self, known: &str) -> Result<(Options<'a>, &'a [Bytes]), Status> {
        let mut options = Vec::new();
        let mut place = (1, 0);
        loop {
            let word = self.arguments.get(place.0 - 1).map_or(b"".as_slice(), |word| word);
            if matches!(word, [b'-', b'0'..=b'9', ..]) && known.ends_with('#') {
                break;
            }
            match getopts::next(known.as_bytes(), self.arguments, &mut place) {
                Found::Option(letter, value) => options.push((char::from(letter), value.unwrap_or_default())),
                Found::Unknown(_) => return Err(self.misused(format!("unknown option {}", shown(word)))),
                Found::Missing(letter) => {
                    return Err(self.misused(format!("an argument is missing after -{}", char::from(letter))));
                }
                Found::End => break,
            }
        }
        Ok((Options(options), self.arguments.get(place.0 - 1..).unwrap_or_default()))
    }
}

/// Option letters, each with its argument if it has one.
struct Options<'a>(Vec<(char, &'a [u8])>);

impl<'a> Options<'a> {
    fn has(&self, letter: char) -> bool {
        self.value(letter).is_some()
    }

    /// The argument of a letter; of several, the last one.
    fn value(&self, letter: char) -> Option<&'a [u8]> {
        self.0.iter().rfind(|(one, _)| *one == letter).map(|(_, argument)| *argument)
    }

    /// Which of these letters came last.
    fn last_of(&self, letters: &str) -> Option<char> {
        self.0.iter().map(|(letter, _)| *letter).rfind(|letter| letters.contains(*letter))
    }
}

/// Without a leading `--`.
fn after_dashes(arguments: &[Bytes]) -> &[Bytes] {
    behind(b"--", arguments).unwrap_or(arguments)
}

/// What is behind a word, if that is the first one.
fn behind<'a>(word: &[u8], arguments: &'a [Bytes]) -> Option<&'a [Bytes]> {
    arguments.split_first().filter(|(first, _)| ***first == *word).map(|(_, rest)| rest)
}

fn line(out: &mut Vec<u8>, text: impl AsRef<[u8]>) {
    out.extend_from_slice(text.as_ref());
    out.push(b'\n');
}

/// `name='value'`, to be read back.
fn assignment(name: &[u8], value: &[u8]) -> Vec<u8> {
    [name, b"=", &in_quotes(value)].concat()
}

/// The number that an operand is, with blanks around it or none.
fn number<N: std::str::FromStr>(operand: &[u8]) -> Option<N> {
    std::str::from_utf8(operand).ok()?.trim_ascii().parse().ok()
}

pub struct Builtin {
    pub name: &'static str,
    pub kind: Kind,
    run: fn(&mut Call<'_>) -> Answer,
}

impl Builtin {
    /// Runs it; `argv` begins with its name.
    pub fn call(&self, shell: &mut Shell, argv: &[Bytes], out: &mut Vec<u8>) -> Answer {
        let arguments = argv.get(1..).unwrap_or_default();
        (self.run)(&mut Call { shell, arguments, name: self.name, out })
    }
}

/// What POSIX does not have: `set -o posix` turns it off.
pub const ADDITIONS: &[&str] = &["disown", "help", "history", "source"];

/// `TABLE` and `find` from one list: comparing with known texts, one after the other, costs less than searching.
macro_rules! builtins {
    ($($name:literal $kind:ident $run:expr,)*) => {
        /// All built-ins, sorted by name; the manual says how they are called.
        pub const TABLE: &[Builtin] = &[$(Builtin { name: $name, kind: Kind::$kind, run: $run }),*];

        pub fn find(name: &[u8]) -> Option<&'static Builtin> {
            $(if name == $name.as_bytes() {
                return Some(&Builtin { name: $name, kind: Kind::$kind, run: $run });
            })*
            None
        }
    };
}

builtins! {
    "." Special commands::source,
    ":" Special |_| DONE,
    "[" Regular test::bracket,
    "alias" Regular alias::alias,
    "bg" Regular jobs::bg,
    "break" Special |call| flow::leave(call, Divert::Break),
    "cd" Regular cd::cd,
    "command" Regular commands::command,
    "continue" Special |call| flow::leave(call, Divert::Continue),
    "disown" Regular jobs::disown,
    "echo" Pure echo::echo,
    "eval" Special |call| Ok(Action::Eval(call.operands().join(&b' '))),
    "exec" Special |call| Ok(Action::Exec(call.operands().to_vec())),
    "exit" Special flow::exit,
    "export" Special variables::export,
    "false" Pure |_| Ok(Action::Done(Status::FAILURE)),
    "fc" Regular history::fc,
    "fg" Regular jobs::fg,
    "getopts" Regular getopts::getopts,
    "hash" Regular commands::hash,
    "help" Regular help::help,
    "history" Regular history::history,
    "jobs" Regular jobs::jobs,
    "kill" Regular kill::kill,
    "local" Regular variables::local,
    "printf" Pure printf::printf,
    "pwd" Pure cd::pwd,
    "read" Regular read::read,
    "readonly" Special variables::readonly,
    "return" Special flow::return_from,
    "set" Special set::set,
    "shift" Special set::shift,
    "source" Special commands::source,
    "test" Regular test::test,
    "times" Special times::times,
    "trap" Special trap::trap,
    "true" Pure |_| DONE,
    "type" Regular |call| commands::describe(call, call.operands(), None, false),
    "ulimit" Regular ulimit::ulimit,
    "umask" Regular umask::umask,
    "unalias" Regular alias::unalias,
    "unset" Special variables::unset,
    "wait" Regular jobs::wait,
}

/// In single quotes, whatever it is: so lists are written that are to be read back.
pub fn in_quotes(value: &[u8]) -> Vec<u8> {
    [b"'", value.replace(b"'", b"'\\''").as_slice(), b"'"].concat()
}
