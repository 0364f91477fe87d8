//! The built-in utilities, one file each or a family. A built-in gets its arguments, the shell and a place
//! for its output; what only the interpreter can do it asks for by the `Action` that it returns.

mod cd;
mod echo;
mod exec;
mod exit;
mod export;
mod jobs;
mod trivial;

use crate::pipeline::Status;
use crate::state::Shell;
use crate::syntax::Bytes;

pub use jobs::status_of_news;

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
    /// A special built-in was used wrongly: a script ends.
    Fail(Status),
    /// End the shell.
    Exit(Status),
    /// Let the redirections stand; with arguments, become that program.
    Exec(Vec<Bytes>),
    /// Continue a stopped job, in the foreground or not.
    Continue {
        /// Which.
        job: crate::pipeline::job::JobKey,
        /// Whether to wait for it.
        foreground: bool,
    },
    /// Ctrl-C came while it slept.
    Interrupt,
}

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

impl Call<'_> {
    fn complain(&self, message: impl std::fmt::Display) {
        self.shell.complain(format_args!("{}: {message}", self.name));
    }

    /// It was called wrongly: says how, and gives the status for that.
    fn misused(&self, message: impl std::fmt::Display) -> Status {
        let usage = find(self.name.as_bytes()).map_or("", |builtin| builtin.usage);
        self.complain(format_args!("{message}; usage: {usage}"));
        Status::USAGE
    }

    /// Splits leading option letters, all of which must be in `known`, from the operands. `--` ends them.
    ///
    /// # Errors
    /// The status of a usage message that was written about an unknown letter.
    fn options(&self, known: &str) -> Result<(Vec<char>, &[Bytes]), Status> {
        let mut letters = Vec::new();
        let mut operands = self.arguments;
        while let Some((first, rest)) = operands.split_first() {
            match first.strip_prefix(b"-") {
                None | Some([]) => break,
                Some(b"-") => return Ok((letters, rest)),
                Some(found) => letters.extend(found.iter().map(|&letter| char::from(letter))),
            }
            if let Some(unknown) = letters.iter().find(|&&letter| !known.contains(letter)) {
                return Err(self.misused(format_args!("unknown option -{}", unknown.escape_default())));
            }
            operands = rest;
        }
        Ok((letters, operands))
    }
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
    pub run: fn(&mut Call<'_>) -> Action,
}

use Kind::{Pure, Regular, Special};

/// All built-ins, sorted by name.
pub const TABLE: &[Builtin] = &[
    Builtin { name: ":", kind: Special, usage: ": [argument...]", run: trivial::succeed },
    Builtin { name: "bg", kind: Regular, usage: "bg [job]", run: jobs::bg },
    Builtin { name: "cd", kind: Regular, usage: "cd [-L|-P] [directory | -]", run: cd::cd },
    Builtin { name: "echo", kind: Pure, usage: "echo [-neE] [text...]", run: echo::echo },
    Builtin { name: "exec", kind: Special, usage: "exec [program [argument...]]", run: exec::exec },
    Builtin { name: "exit", kind: Special, usage: "exit [status]", run: exit::exit },
    Builtin { name: "export", kind: Special, usage: "export [-p] [name[=value]...]", run: export::export },
    Builtin { name: "false", kind: Pure, usage: "false", run: trivial::fail },
    Builtin { name: "fg", kind: Regular, usage: "fg [job]", run: jobs::fg },
    Builtin { name: "jobs", kind: Regular, usage: "jobs [-l|-p]", run: jobs::jobs },
    Builtin { name: "pwd", kind: Pure, usage: "pwd [-L|-P]", run: cd::pwd },
    Builtin { name: "true", kind: Pure, usage: "true", run: trivial::succeed },
    Builtin { name: "unset", kind: Special, usage: "unset [-v] name...", run: export::unset },
    Builtin { name: "wait", kind: Regular, usage: "wait [job | pid]...", run: jobs::wait },
];

/// The built-in of this name.
pub fn find(name: &[u8]) -> Option<&'static Builtin> {
    let at = TABLE.binary_search_by(|builtin| builtin.name.as_bytes().cmp(name)).ok()?;
    TABLE.get(at)
}
