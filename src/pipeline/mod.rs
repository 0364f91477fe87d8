//! The executor: a Plan is launched as a Job, which is waited for and accounted for in a Report. Knows
//! stages and descriptors, and nothing of the shell language.

mod builder;
pub mod job;
pub mod launch;
pub mod plan;
mod plan_text;
pub mod report;

pub use builder::{Command, Pipeline, Running};
pub use job::{Job, Jobs};
pub use launch::{Host, LaunchError, launch};
pub use plan::{Group, Plan, Stage, Vehicle, What};
pub use report::{Outcome, Report, Status, shown, visible};
