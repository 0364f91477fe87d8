//! minish: a small Unix shell whose heart is a pipeline executor, as a library.
//!
//! ```text
//!  bytes ──► AST ──► Plan ──► Job ──► Report
//!    syntax     interp   launch    wait
//! ```
//!
//! [`Pipeline`] runs programs from Rust and gives their [`Report`]. [`syntax::parse`] turns shell text into
//! a tree. [`cli::main`] is the whole shell.
//!
//! The modules build on each other in this order: `sys`, `syntax`, `pipeline`, `state`, `expand`, `builtins`, `interp`,
//! `repl`, `cli`. Each knows only those before it; the first two know nobody.

#![deny(unsafe_code)]

mod builtins;
pub mod cli;
mod expand;
mod interp;
mod pipeline;
mod repl;
mod state;
pub mod syntax;
#[allow(unsafe_code)]
mod sys;

pub use pipeline::{
    Command, Group, Job, LaunchError, Outcome, Pipeline, Plan, Process, Report, Running, Stage, StageReport,
    State, Status, Vehicle, What,
};
pub use sys::fd::{FdStep, OpenMode};
pub use sys::spawn::{Image, Step};
pub use sys::wait::Usage;
pub use sys::{Errno, Pid};
/// For the program alone.
#[doc(hidden)]
pub use sys::{memory::Pools, terminal::gives_keys};
