//! `--plan`: walks a program as it would be run, and gives the plans instead of launching them.
//!
//! Nothing runs, so what depends on what ran before is not known: `$?`, the working directory after `cd`,
//! which side of `&&` is taken. Assignments are made, as they touch nothing but this shell. The plan says
//! of each job on which condition it runs.

use serde_json::{Value, json};

use crate::builtins;
use crate::expand;
use crate::pipeline::{Plan, Stage, What};
use crate::syntax::ast::{Command, CompoundKind, Connector, Pipeline, Program, Simple};

use super::{Interp, Tail};

/// A planned job and when it runs.
#[derive(Debug)]
pub struct Explained {
    /// `only on success before`; empty if it runs in any case.
    condition: String,
    /// The status is inverted.
    negated: bool,
    plan: Plan,
}

/// Plans all jobs of a program without running any.
pub fn explain(interp: &mut Interp<'_>, program: &Program, tail: Tail) -> Vec<Explained> {
    let mut all = Vec::new();
    explain_list(interp, program, tail, &mut all);
    all
}

fn explain_list(interp: &mut Interp<'_>, program: &Program, tail: Tail, all: &mut Vec<Explained>) {
    let last = program.items.len().saturating_sub(1);
    for (index, item) in program.items.iter().enumerate() {
        let and_or = &item.and_or;
        // A process with children that it must wait for does not become another program.
        let has_jobs = all.iter().any(|job| job.plan.background);
        let tail = tail.and(index == last && !item.background && !has_jobs);
        if item.background && and_or.as_commands().is_none() {
            let stage = interp.stage(What::Shell { text: and_or.to_source() }, Vec::new(), 0);
            let plan = Plan { text: and_or.to_source(), ..interp.plan_of(vec![stage], true) };
            all.push(Explained { condition: String::new(), negated: false, plan });
            continue;
        }
        let is_only = and_or.rest.is_empty();
        explain_pipeline(interp, &and_or.first, ("", item.background), tail.and(is_only), all);
        for (index, (connector, pipeline)) in and_or.rest.iter().enumerate() {
            let condition = match connector {
                Connector::And => "only on success before",
                Connector::Or => "only on failure before",
            };
            let is_last = index + 1 == and_or.rest.len();
            explain_pipeline(interp, pipeline, (condition, false), tail.and(is_last), all);
        }
    }
}

fn explain_pipeline(
    interp: &mut Interp<'_>,
    pipeline: &Pipeline,
    (condition, background): (&'static str, bool),
    tail: Tail,
    all: &mut Vec<Explained>,
) {
    let negated = pipeline.negated;
    let plan = match pipeline.commands.as_slice() {
        [Command::Compound(compound)] if !background && compound.redirects.is_empty() => {
            if let CompoundKind::Brace(program) = &compound.kind {
                let first = all.len();
                explain_list(interp, program, tail.and(!negated), all);
                for job in all.iter_mut().skip(first).filter(|_| !condition.is_empty()) {
                    let own = if job.condition.is_empty() { "" } else { ", then " };
                    job.condition = format!("{condition} the group{own}{}", job.condition);
                }
                return;
            }
            interp.plan(&pipeline.commands, false)
        }
        [Command::Simple(simple)] if !background => interp.plan_alone(simple, tail.and(!negated)),
        commands => interp.plan(commands, background),
    };
    let plan = Plan { text: super::pipeline::join_sources(&pipeline.commands), ..plan };
    all.push(Explained { condition: condition.to_owned(), negated, plan });
}

impl Interp<'_> {
    /// The plan of a simple command that runs in the foreground by itself.
    fn plan_alone(&mut self, simple: &Simple, tail: Tail) -> Plan {
        let mut argv = Vec::new();
        simple.words.iter().for_each(|word| expand::fields(word, self.shell, &mut argv));
        let in_shell = argv.first().is_none_or(|name| builtins::find(name).is_some());
        let planned = match in_shell {
            true => None,
            false => self.plan_program(simple, argv.clone()).ok(),
        };
        let in_the_shell = |interp: &Self| {
            let text = Command::Simple(simple.clone()).to_source();
            let stage = interp.stage(What::Shell { text }, Vec::new(), simple.span.line);
            Stage { vehicle: crate::pipeline::Vehicle::Here, ..stage }
        };
        if argv.is_empty() {
            self.assign(&simple.assignments);
        }
        let stage = match planned {
            Some(stage) => Stage { vehicle: self.vehicle_alone(&stage, tail), ..stage },
            None => in_the_shell(self),
        };
        let vehicle = stage.vehicle;
        let mut plan = self.plan_of(vec![stage], false);
        plan.stages.iter_mut().for_each(|stage| stage.vehicle = vehicle);
        plan
    }
}

/// The plans as text, a job after the other.
pub fn to_text(jobs: &[Explained]) -> String {
    let job = |job: &Explained| {
        let condition =
            if job.condition.is_empty() { String::new() } else { format!("  {}\n", job.condition) };
        let negated = if job.negated { "  its status is inverted\n" } else { "" };
        format!("{}{condition}{negated}", job.plan)
    };
    jobs.iter().map(job).collect()
}

/// The plans as JSON, with the version of its form.
pub fn to_json(jobs: &[Explained]) -> Value {
    let job = |job: &Explained| {
        let mut value = job.plan.to_json();
        if let Some(fields) = value.as_object_mut() {
            fields.insert("condition".into(), json!(job.condition));
            fields.insert("negated".into(), json!(job.negated));
        }
        value
    };
    json!({ "version": crate::pipeline::plan::JSON_VERSION, "jobs": jobs.iter().map(job).collect::<Vec<_>>() })
}
