//! The integration tests, in one crate, which links once.

mod cases;
mod terminal;
mod tidy;
