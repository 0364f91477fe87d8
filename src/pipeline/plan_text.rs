//! A Plan as text for people and as JSON for programs: what `minish --plan` prints.

use std::fmt;

use bstr::ByteSlice;
use serde_json::{Value, json};

use crate::sys::fd::{FdStep, OpenMode};
use crate::sys::reason;

use super::plan::{Group, Plan, Stage, Vehicle, What};
use super::report::{quoted, shown};

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.background { "background" } else { "foreground" };
        let group = match self.group {
            Group::Inherit => "the shell's process group",
            Group::Lead => "a process group of its own",
            Group::Session => "a session of its own",
        };
        let terminal = if self.terminal { ", gets the terminal" } else { "" };
        writeln!(f, "job: {}", shown(&self.text))?;
        writeln!(f, "  {place}, in {group}{terminal}")?;
        let count = self.stages.len();
        for (index, stage) in self.stages.iter().enumerate() {
            writeln!(f, "  stage {}: {}", index + 1, headline(stage))?;
            let input = (index > 0).then(|| format!("0 < the pipe from stage {index}"));
            let output = (index + 1 < count).then(|| format!("1 > the pipe to stage {}", index + 2));
            let variables = stage.environment.iter().map(|one| format!("environment {}", readable([one])));
            let mut details =
                input.into_iter().chain(output).chain(variables).chain(stage.steps.iter().map(in_words));
            details.try_for_each(|detail| writeln!(f, "    {detail}"))?;
        }
        Ok(())
    }
}

impl Vehicle {
    /// One word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Vehicle::Replace => "replace",
            Vehicle::Spawn => "spawn",
            Vehicle::Fork => "fork",
            Vehicle::Here => "here",
        }
    }
}

fn headline(stage: &Stage) -> String {
    let vehicle = stage.vehicle.as_str();
    match &stage.what {
        What::Program(image) => {
            let argv = readable(image.argv.iter().map(|argument| argument.to_bytes()));
            format!("{vehicle} {}: {argv}", shown(image.path.to_bytes()))
        }
        What::Missing { name, errno } => format!("{vehicle} a message: {}: {}", shown(name), reason(*errno)),
        What::Shell { text } if stage.vehicle == Vehicle::Here => {
            format!("{vehicle}, by the shell itself: {}", shown(text))
        }
        What::Shell { text } => {
            format!("{vehicle} shell code: {}\n    what it runs is not known before it runs", shown(text))
        }
        What::Output { argv, bytes, status } => {
            let argv = readable(argv);
            format!("{vehicle} built-in: {argv}\n    writes {} bytes, status {}", bytes.len(), status.0)
        }
    }
}

fn in_words(step: &FdStep) -> String {
    match step {
        FdStep::Open { file, mode, to } => format!("{to} {} {}", symbol(*mode), readable([file.to_bytes()])),
        FdStep::Dup { from, to } => format!("{to} = {from}"),
        FdStep::Close { to } => format!("{to} closed"),
        FdStep::Text { bytes, to } => format!("{to} < {} bytes of text", bytes.len()),
    }
}

fn symbol(mode: OpenMode) -> &'static str {
    match mode {
        OpenMode::Read => "<",
        OpenMode::Truncate | OpenMode::New => ">",
        OpenMode::Append => ">>",
        OpenMode::ReadWrite => "<>",
    }
}

/// Words that a shell can read back.
fn readable(words: impl IntoIterator<Item = impl AsRef<[u8]>>) -> String {
    let words = words.into_iter().map(|word| quoted(word.as_ref()).into_owned());
    bstr::join(" ", words).to_str_lossy().into_owned()
}

impl Plan {
    /// The plan for programs to read. Bytes that are not UTF-8 are an array of numbers instead of a string.
    pub fn to_json(&self) -> Value {
        let count = self.stages.len();
        json!({
            "type": "job",
            "text": text(&self.text),
            "background": self.background,
            "process_group": match self.group {
                Group::Inherit => "inherit",
                Group::Lead => "lead",
                Group::Session => "session",
            },
            "terminal": self.terminal,
            "stages": self.stages.iter().enumerate().map(|(index, stage)| stage.to_json(index, count)).collect::<Vec<_>>(),
        })
    }
}

impl Stage {
    fn to_json(&self, index: usize, count: usize) -> Value {
        let what = match &self.what {
            What::Program(image) => json!({
                "program": text(image.path.to_bytes()),
                "argv": image.argv.iter().map(|argument| text(argument.to_bytes())).collect::<Vec<_>>(),
            }),
            What::Missing { name, errno } => json!({ "missing": text(name), "reason": reason(*errno) }),
            What::Shell { text: source } => {
                json!({ "shell": text(source), "known": self.vehicle == Vehicle::Here })
            }
            What::Output { argv, bytes, status } => json!({
                "builtin": argv.iter().map(|argument| text(argument)).collect::<Vec<_>>(),
                "output": text(bytes),
                "status": status.0,
            }),
        };
        json!({
            "what": what,
            "vehicle": self.vehicle.as_str(),
            "line": self.line,
            "input": if index > 0 { "pipe" } else { "inherit" },
            "output": if index + 1 < count { "pipe" } else { "inherit" },
            "environment": self.environment.iter().map(|variable| text(variable)).collect::<Vec<_>>(),
            "descriptors": self.steps.iter().map(step_to_json).collect::<Vec<_>>(),
        })
    }
}

fn step_to_json(step: &FdStep) -> Value {
    match step {
        FdStep::Open { file, mode, to } => {
            json!({ "open": text(file.to_bytes()), "mode": symbol(*mode), "to": to })
        }
        FdStep::Dup { from, to } => json!({ "dup": from, "to": to }),
        FdStep::Close { to } => json!({ "close": to }),
        FdStep::Text { bytes, to } => json!({ "text": text(bytes), "to": to }),
    }
}

fn text(bytes: &[u8]) -> Value {
    bytes.to_str().map_or_else(|_| json!(bytes), |text| json!(text))
}
