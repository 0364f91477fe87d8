//! minish.
#[forbid(unsafe_code)]
pub mod pipeline;
pub mod sys;
#[forbid(unsafe_code)]
pub mod syntax;
pub use pipeline::{Command, LaunchError, Pipeline};
