//! Commands to a Plan: what each stage runs, and in what.

use std::ffi::CString;

use crate::builtins::{Action, Builtin, Kind};
use crate::expand;
use crate::pipeline::{Group, MAX_HERE, Plan, Stage, Vehicle, What};
use crate::state::options::Flag;
use crate::state::variables::Pair;
use crate::syntax::ast::{AndOr, Assignment, Command, Simple};
use crate::syntax::{Bytes, ToSource};
use crate::sys::fd::{FdStep, OpenMode};
use crate::sys::spawn::Image;

use super::redirect::{self, RedirectError};
use super::simple::Meaning;
use super::{Flow, Interp, Tail};

impl Interp<'_> {
    /// The plan of a pipeline of several commands, or of an asynchronous one.
    pub(super) fn plan(&mut self, commands: &[Command], background: bool) -> Plan {
        let stages = commands.iter().map(|command| self.plan_stage(command)).collect();
        self.plan_of(stages, background, Tail::No, || commands.to_source())
    }

    /// The plan of an asynchronous list: that of its only pipeline, or of a shell that runs it.
    pub(super) fn plan_asynchronous(&mut self, and_or: &AndOr) -> Plan {
        if let Some(commands) = and_or.as_commands() {
            return self.plan(commands, true);
        }
        let text = and_or.to_source();
        let line = and_or.first.commands.first().map_or(0, |command| command.span().line);
        self.plan_of(vec![Stage::shell(text.clone(), line)], true, Tail::No, || text)
    }

    /// Whether each pipeline is a process group of its own. A subshell in this process has none.
    pub(super) fn controls_jobs(&self) -> bool {
        self.shell.options.has(Flag::Monitor) && !self.is_nested()
    }

    /// A plan of these stages: their vehicles are chosen here, and what an asynchronous list reads. With
    /// `Tail::Yes` it is one of a program. Its text is made where somebody may ask for it.
    pub(super) fn plan_of(
        &self,
        mut stages: Vec<Stage>,
        background: bool,
        tail: Tail,
        text: impl FnOnce() -> Vec<u8>,
    ) -> Plan {
        let job_control = self.controls_jobs();
        let terminal = job_control && !background && self.shell.terminal.is_some();
        if let Some(first) = stages.first_mut().filter(|_| background && !job_control) {
            first.steps.insert(0, FdStep::Open { file: c"/dev/null".into(), mode: OpenMode::Read, to: 0 });
        }
        let may_replace = self.may_replace(tail);
        let last = stages.len().saturating_sub(1);
        for (index, stage) in stages.iter_mut().enumerate() {
            // `$!` names a process. The last one writes where the shell does: a broken pipe there must not end the shell.
            let needs_process = background || (index == last && last > 0);
            stage.vehicle = if may_replace { Vehicle::Replace } else { stage.choose_vehicle(terminal) };
            if stage.vehicle == Vehicle::Here && needs_process {
                stage.vehicle = Vehicle::Fork;
            }
        }
        let group = if job_control { Group::Lead } else { Group::Inherit };
        let text = if background || job_control { text() } else { Vec::new() };
        Plan { stages, group, terminal, background, text }
    }

    /// A stage whose words are expanded here, where that cannot be told from expanding them in the child;
    /// else the child runs the command as shell code.
    fn plan_stage(&mut self, command: &Command) -> Stage {
        let line = command.span().line;
        self.shell.line = line;
        let is_traced = self.shell.options.has(Flag::XTrace);
        let planned = match command {
            Command::Simple(simple) if !is_traced && !simple.has_effects() => self.plan_simple(simple),
            _ => None,
        };
        planned.unwrap_or_else(|| Stage::shell(command.to_source(), line))
    }

    /// A program, or what a pure built-in writes. None for what only the interpreter can run, and where something is
    /// wrong: the child runs into that again, and says so.
    fn plan_simple(&mut self, simple: &Simple) -> Option<Stage> {
        let mut argv = Vec::new();
        for word in &simple.words {
            expand::fields(word, self, &mut argv).ok()?;
        }
        match self.meaning(argv.first()?) {
            Meaning::Builtin(builtin) if simple.assignments.is_empty() => {
                let what = self.output_of(builtin, &argv)?;
                let steps = redirect::steps(&simple.redirects, self).ok()?;
                Some(Stage { steps, ..Stage::new(what, simple.span.line) })
            }
            Meaning::Builtin(_) | Meaning::Function(_) => None,
            Meaning::Program => self.plan_program(simple, &argv).ok(),
        }
    }

    /// The stage that runs a program, or says why it cannot.
    pub(super) fn plan_program(&mut self, simple: &Simple, argv: &[Bytes]) -> Result<Stage, RedirectError> {
        let steps = redirect::steps(&simple.redirects, self)?;
        let own = self.own_variables(&simple.assignments)?;
        let own_path = own.iter().rev().find(|(name, _)| **name == *b"PATH").map(|(_, value)| &**value);
        let stage = self.program_stage(argv, &own, own_path);
        Ok(Stage { steps, line: simple.span.line, ..stage })
    }

    /// The stage that runs the program that `path`, or else PATH, has under the first word of `argv`, with
    /// these variables of its own.
    pub(super) fn program_stage(&mut self, argv: &[Bytes], own: &[Pair], path: Option<&[u8]>) -> Stage {
        let name = argv.first().cloned().unwrap_or_default();
        let what = match self.shell.find_program(&name, path) {
            Ok(path) => {
                let variables = &mut self.shell.variables;
                let environment =
                    if own.is_empty() { variables.environment() } else { variables.environment_with(own) };
                // No field has NUL bytes: neither the parser nor the environment lets one in.
                let argv =
                    argv.iter().map(|field| CString::new(field.to_vec()).unwrap_or_default()).collect();
                What::Program(Image { path, argv, environment, interpreter: c"/proc/self/exe" })
            }
            Err(errno) => What::Missing { name: name.to_vec(), errno },
        };
        let environment = own.iter().map(|(name, value)| [name, &**value].join(&b'=')).collect();
        Stage { environment, ..Stage::new(what, self.shell.line) }
    }

    /// What assignments before a program give it. Each sees those before it; the shell keeps none.
    pub(super) fn own_variables(&mut self, assignments: &[Assignment]) -> Result<Vec<Pair>, expand::Error> {
        let saved = self.save(assignments);
        let own = assignments.iter().map(|one| Ok((one.name.text.clone(), self.assign_one(one)?))).collect();
        self.put_back(saved);
        own
    }

    /// Runs a built-in that changes nothing, to let the shell write its output in place of a child.
    fn output_of(&mut self, builtin: &Builtin, argv: &[Bytes]) -> Option<What> {
        // `printf -v` sets a variable.
        let has_option = argv.get(1).is_some_and(|argument| argument.starts_with(b"-"));
        if builtin.kind != Kind::Pure || (builtin.name == "printf" && has_option) {
            return None;
        }
        let mut bytes = Vec::new();
        self.shell.unsaid.set(Some(0));
        let answer = builtin.call(self.shell, argv, &mut bytes);
        if self.shell.unsaid.take() != Some(0) {
            // What it has to complain about belongs where its standard error goes.
            return None;
        }
        let Ok(Action::Done(status)) = answer else { return None };
        let argv = argv.iter().map(|argument| argument.to_vec()).collect();
        (bytes.len() <= MAX_HERE).then_some(What::Output { argv, bytes, status })
    }

    pub(super) fn run_pipeline(&mut self, commands: &[Command], tail: Tail) -> Flow {
        self.become_process_unless(tail)?;
        let plan = self.plan(commands, false);
        self.run_in_foreground(plan, &|interp, stage| interp.stage(commands, stage))
    }

    /// Runs a command of a pipeline in the child that was made for it.
    pub(super) fn stage(&mut self, commands: &[Command], stage: usize) -> Flow {
        commands.get(stage).map_or(Ok(()), |command| self.command(command, Tail::Yes))
    }
}
