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
//! The modules below are in the order in which they build on each other: `sys` and `syntax` know nobody;
//! each of the others only those before it.

#[forbid(unsafe_code)]
mod builtins;
#[forbid(unsafe_code)]
pub mod cli;
#[forbid(unsafe_code)]
mod expand;
#[forbid(unsafe_code)]
mod interp;
#[forbid(unsafe_code)]
pub mod pipeline;
#[forbid(unsafe_code)]
mod repl;
#[forbid(unsafe_code)]
mod state;
#[forbid(unsafe_code)]
pub mod syntax;
pub mod sys;

pub use pipeline::{Command, Job, LaunchError, Outcome, Pipeline, Plan, Report, Running, Status};
