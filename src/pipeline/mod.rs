//! The executor: a Plan is launched as a Job, which is waited for and accounted for in a Report. Knows
//! stages and descriptors, and nothing of the shell language.

mod builder;
mod job;
mod launch;
mod plan;
mod plan_text;
mod report;

pub use builder::{Command, Pipeline, Running};
pub use job::{Job, JobKey, Jobs, Process, State};
pub use launch::{Host, LaunchError, launch, say_again};
pub use plan::{Group, MAX_HERE, Plan, Stage, Vehicle, What};
pub use report::{Outcome, Report, StageReport, StartError, Status, quoted, shown, visible};
