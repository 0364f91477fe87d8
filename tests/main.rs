//! The integration tests, in one crate, which links once.

mod cases;
mod cli;
mod examples;
mod launch;
mod library;
mod plans;
mod support;
mod syntax;
mod terminal;
mod tidy;
