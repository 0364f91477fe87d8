//! The integration tests, in one crate, which links once.

// A helper of a test fails by panicking, as the test itself does.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod cases;
mod cli;
mod editor;
mod examples;
mod launch;
mod library;
mod plans;
mod pty;
mod strain;
mod stress;
mod support;
mod syntax;
mod terminal;
mod terminal_complete;
mod terminal_history;
mod terminal_jobs;
mod tidy;
