//! `--plan`: walks a program as it would be run, and gives the plans instead of launching them.
//!
//! Nothing runs but what touches only this shell and is certain: assignments, `export`, `unset`, `cd`. What
//! is not known before running is said so: on which condition a job runs, that a word holds the status of an
//! earlier job, what an earlier command may change.

use bstr::ByteSlice;
use serde_json::{Value, json};

use crate::builtins::{self, Kind};
use crate::expand;
use crate::pipeline::{Plan, Stage, Vehicle, shown};
use crate::syntax::ast::{AndOr, Command, Compound, CompoundKind, Connector, Pipeline, Program, Simple};
use crate::syntax::{Bytes, ToSource};

use super::simple::Meaning;
use super::{Interp, Tail};

/// Version of the JSON form of plans; it changes when a program that reads it would have to.
const JSON_VERSION: u32 = 1;

/// A planned job and what is known of when it runs.
pub struct Explained {
    /// `only on success before`; empty if it runs in any case.
    condition: String,
    /// The status is inverted.
    negated: bool,
    /// What the plan cannot show, in sentences.
    notes: Vec<String>,
    plan: Plan,
}

/// Plans all jobs of a program without running any.
pub fn explain(interp: &mut Interp<'_>, program: &Program) -> Vec<Explained> {
    let mut explainer = Explainer {
        interp,
        jobs: Vec::new(),
        condition: String::new(),
        group: Vec::new(),
        skipped: Vec::new(),
    };
    explainer.list(program, Tail::Yes);
    explainer.jobs
}

/// The built-ins that change nothing but this shell.
const HARMLESS: &[&str] = &[":", "cd", "export", "unset"];

struct Explainer<'i, 's> {
    interp: &'i mut Interp<'s>,
    jobs: Vec<Explained>,
    /// That of the group that is walked.
    condition: String,
    /// The redirections of the groups that are walked.
    group: Vec<String>,
    /// Commands that may change the shell, and were not run.
    skipped: Vec<String>,
}

impl Explainer<'_, '_> {
    fn list(&mut self, program: &Program, tail: Tail) {
        let last = program.items.len().saturating_sub(1);
        for (index, item) in program.items.iter().enumerate() {
            // A process with children that it must wait for does not become another program.
            let has_children = self.jobs.iter().any(|job| job.plan.background);
            let tail = tail.and(index == last && !has_children);
            if item.background {
                let plan = self.interp.plan_asynchronous(&item.and_or);
                self.push(plan, &item.and_or.first);
            } else {
                self.and_or(&item.and_or, tail);
            }
        }
    }

    fn and_or(&mut self, and_or: &AndOr, tail: Tail) {
        self.pipeline(&and_or.first, tail.and(and_or.rest.is_empty()));
        let outside = self.condition.clone();
        for (index, (connector, pipeline)) in and_or.rest.iter().enumerate() {
            let condition = match connector {
                Connector::And => "only on success before",
                Connector::Or => "only on failure before",
            };
            let comma = if outside.is_empty() { "" } else { " the group, then " };
            self.condition = format!("{outside}{comma}{condition}");
            self.pipeline(pipeline, tail.and(index + 1 == and_or.rest.len()));
        }
        self.condition = outside;
    }

    fn pipeline(&mut self, pipeline: &Pipeline, tail: Tail) {
        let tail = tail.and(!pipeline.negated && pipeline.timed.is_none());
        let plan = match &*pipeline.commands {
            [command @ Command::Simple(simple)] => self.simple(command, simple, tail),
            [command @ Command::Compound(compound)] => match &compound.kind {
                CompoundKind::Brace(program) => return self.in_this_process(compound, program, tail),
                CompoundKind::Subshell(program) => {
                    let end_nested = self.interp.shell.begin_nested();
                    self.in_this_process(compound, program, tail);
                    return end_nested(self.interp.shell);
                }
                _ => self.in_this_shell(command),
            },
            [command @ Command::Function(_)] if self.condition.is_empty() => {
                let _ = self.interp.command(command, Tail::No);
                self.here(command)
            }
            [command] => self.in_this_shell(command),
            commands => self.interp.plan(commands, false),
        };
        self.push(Plan { text: pipeline.commands.to_source(), ..plan }, pipeline);
    }

    /// What runs depends on what happens before: only that it runs in the shell itself is known.
    fn in_this_shell(&mut self, command: &Command) -> Plan {
        self.skipped.push(shown(&command.to_source()));
        self.here(command)
    }

    fn here(&self, command: &Command) -> Plan {
        let stage = Stage::shell(command.to_source(), command.span().line);
        let stages = vec![Stage { vehicle: Vehicle::Here, ..stage }];
        Plan { stages, ..self.interp.plan_of(Vec::new(), false, Tail::No, Vec::new) }
    }

    /// A group that needs no child: its jobs, one by one.
    fn in_this_process(&mut self, compound: &Compound, program: &Program, tail: Tail) {
        let depth = self.group.len();
        let redirects = compound.redirects.iter().map(|redirect| shown(&redirect.to_source()));
        self.group.extend(redirects.map(|redirect| format!("in a group with {redirect}")));
        self.list(program, tail);
        self.group.truncate(depth);
    }

    /// A simple command that runs in the foreground by itself.
    fn simple(&mut self, command: &Command, simple: &Simple, tail: Tail) -> Plan {
        let mut argv = Vec::new();
        // What would run commands or fail is only known when it runs.
        let is_known = !simple.has_effects()
            && simple.words.iter().all(|word| expand::fields(word, self.interp, &mut argv).is_ok());
        match argv.first().filter(|_| is_known).map(|name| self.interp.meaning(name)) {
            Some(Meaning::Function(_)) => return self.in_this_shell(command),
            Some(Meaning::Program) => {
                if let Ok(stage) = self.interp.plan_program(simple, &argv) {
                    return self.interp.plan_of(vec![stage], false, tail, Vec::new);
                }
            }
            _ => {}
        }
        self.change_this_shell(command, simple, &argv);
        self.here(command)
    }

    /// Makes the assignments, and runs a harmless built-in, if it is certain that they will be.
    fn change_this_shell(&mut self, command: &Command, simple: &Simple, argv: &[Bytes]) {
        let builtin = argv.first().and_then(|name| builtins::find(name));
        let is_harmless = builtin.is_none_or(|builtin| HARMLESS.contains(&builtin.name));
        let is_certain =
            self.condition.is_empty() && !simple.has_effects() && !self.mentions_outcome(command);
        if is_harmless && is_certain {
            if let (Ok(()), Some(builtin)) = (self.interp.assign(&simple.assignments), builtin) {
                // What fails has said so.
                let _ = builtin.call(self.interp.shell, argv, &mut Vec::new());
            }
        } else if builtin.is_none_or(|builtin| builtin.kind != Kind::Pure) {
            self.skipped.push(shown(&command.to_source()));
        }
    }

    fn push(&mut self, plan: Plan, pipeline: &Pipeline) {
        let mut notes = self.group.clone();
        let mut simple = pipeline.commands.iter().filter(|command| matches!(command, Command::Simple(_)));
        if simple.any(|command| self.mentions_outcome(command)) {
            notes.push("the outcome of an earlier job is not known: its status is shown as 0".to_owned());
        }
        // The last one may be this job itself.
        let before = self.skipped.iter().filter(|text| **text != shown(&plan.text));
        notes.extend(before.map(|text| format!("planned without what this may change first: {text}")));
        let condition = self.condition.clone();
        self.jobs.push(Explained { condition, negated: pipeline.negated, notes, plan });
    }

    /// Whether a word holds the outcome of a job that has not run.
    fn mentions_outcome(&self, command: &Command) -> bool {
        let source = command.to_source();
        let outcomes = ["$?", "${?", "$!", "${!", "PIPESTATUS"];
        !self.jobs.is_empty() && outcomes.iter().any(|outcome| source.contains_str(outcome))
    }
}

/// The plans as text, a job after the other.
pub fn to_text(jobs: &[Explained]) -> String {
    let job = |job: &Explained| {
        let inverted = job.negated.then_some("its status is inverted");
        let condition = Some(job.condition.as_str()).filter(|condition| !condition.is_empty());
        let lines = condition.into_iter().chain(inverted).chain(job.notes.iter().map(String::as_str));
        job.plan.to_string() + &lines.map(|line| format!("  {line}\n")).collect::<String>()
    };
    jobs.iter().map(job).collect()
}

/// The plans as JSON, with the version of its form.
pub fn to_json(jobs: &[Explained]) -> String {
    let job = |job: &Explained| {
        let mut value = job.plan.to_json();
        if let Some(fields) = value.as_object_mut() {
            fields.insert("condition".into(), json!(job.condition));
            fields.insert("negated".into(), json!(job.negated));
            fields.insert("notes".into(), json!(job.notes));
        }
        value
    };
    let jobs: Vec<Value> = jobs.iter().map(job).collect();
    format!("{:#}\n", json!({ "version": JSON_VERSION, "jobs": jobs }))
}
