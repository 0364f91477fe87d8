//! The Plan: what is going to run. Pure data, in which nothing is open or alive, so that it can be printed
//! and compared without starting anything.

use crate::sys::fd::FdStep;
use crate::sys::spawn::Image;
use crate::sys::{Errno, files};

use super::report::Status;

/// A job that can be launched: the stages of a pipeline, each reading what the one before it writes. By default it is
/// waited for, in the shell's process group and without the terminal.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Plan {
    /// At least one.
    pub stages: Vec<Stage>,
    /// In which process group they run.
    pub group: Group,
    /// The group becomes the foreground process group of the terminal.
    pub terminal: bool,
    /// An asynchronous list: nobody waits.
    pub background: bool,
    /// Source text, for people; may be empty where nobody will ask.
    pub text: Vec<u8>,
}

/// A stage of a pipeline.
#[derive(Debug, Clone, PartialEq)]
pub struct Stage {
    /// What runs.
    pub what: What,
    /// What is done to its descriptors after it is wired to its pipes, in order.
    pub steps: Vec<FdStep>,
    /// In what it runs.
    pub vehicle: Vehicle,
    /// `name=value` that this stage's environment has beside what is exported.
    pub environment: Vec<Vec<u8>>,
    /// Line in the script, for messages; 0 if there is none.
    pub line: u32,
}

/// What a stage runs.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// A program.
    Program(Image),
    /// A program that cannot be executed, which is known before anything starts.
    Missing {
        /// Its name as it was asked for.
        name: Vec<u8>,
        /// Why.
        errno: Errno,
    },
    /// Shell code, which whoever launches the plan runs by the number of the stage. What it will do is not
    /// known before it runs.
    Shell {
        /// Its source text, for people.
        text: Vec<u8>,
    },
    /// A built-in utility that has run already, as far as running it can be told from this text.
    Output {
        /// Its name and arguments.
        argv: Vec<Vec<u8>>,
        /// What it writes to standard output.
        bytes: Vec<u8>,
        /// How it ended.
        status: Status,
    },
}

/// The process group of a job.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Group {
    /// That of the shell.
    #[default]
    Inherit,
    /// A new one, which the first process leads and the others join.
    Lead,
    /// Each process leads one in a session of its own: no terminal is in its reach.
    Session,
}

/// In what a stage runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vehicle {
    /// The shell's own process, which ends as the program.
    Replace,
    /// A child that shares memory with the shell until it executes.
    Spawn,
    /// A child that is a copy of the shell.
    Fork,
    /// The shell itself; no child.
    Here,
}

/// What a Here stage may write: as much as the smallest pipe holds, so that writing never waits.
pub const MAX_HERE: usize = 4096;

/// Whether one of these steps may wait for somebody else.
pub(super) fn may_block(steps: &[FdStep]) -> bool {
    steps.iter().any(|step| matches!(step, FdStep::Open { file, .. } if files::may_block(file)))
}

impl Stage {
    /// A stage in a child of its own, without descriptor steps.
    pub fn new(what: What, line: u32) -> Stage {
        Stage { what, steps: Vec::new(), vehicle: Vehicle::Fork, environment: Vec::new(), line }
    }

    /// The same that runs shell code.
    pub fn shell(text: Vec<u8>, line: u32) -> Stage {
        Stage::new(What::Shell { text }, line)
    }

    /// The vehicle for this stage in a pipeline. `gets_terminal`: its job becomes the foreground job of the
    /// terminal. A child that shares the shell's memory suspends it until it executes, so it must not open
    /// what can block, nor be one that Ctrl-Z can stop.
    pub fn choose_vehicle(&self, gets_terminal: bool) -> Vehicle {
        let may_block = may_block(&self.steps);
        // What is written to another descriptor may wait for its reader.
        let is_elsewhere =
            |step: &FdStep| matches!(step, FdStep::Dup { from, to } if *to == 1 || (*to == 2 && *from != 1));
        let writes_elsewhere = self.steps.iter().any(is_elsewhere);
        match &self.what {
            What::Shell { .. } => Vehicle::Fork,
            What::Program(_) if gets_terminal || may_block => Vehicle::Fork,
            What::Program(_) => Vehicle::Spawn,
            What::Output { .. } | What::Missing { .. } if may_block || writes_elsewhere => Vehicle::Fork,
            What::Output { .. } | What::Missing { .. } => Vehicle::Here,
        }
    }

    /// The name that messages use for it.
    pub fn name(&self) -> Vec<u8> {
        match &self.what {
            What::Program(image) => image.argv.first().map_or_else(Vec::new, |name| name.to_bytes().to_vec()),
            What::Missing { name, .. } => name.clone(),
            What::Shell { text } => text.clone(),
            What::Output { argv, .. } => argv.first().cloned().unwrap_or_default(),
        }
    }
}
