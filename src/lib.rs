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
pub mod pipeline;
mod repl;
mod state;
pub mod syntax;
#[allow(unsafe_code)]
pub mod sys;

pub use pipeline::{Command, Job, LaunchError, Outcome, Pipeline, Plan, Report, Running, Status};
