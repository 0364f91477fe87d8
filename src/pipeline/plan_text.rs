//! A Plan as text for people and as JSON for programs: what `minish --plan` prints.

use std::fmt;

use bstr::ByteSlice;
use serde_json::{Value, json};

use crate::sys::fd::{FdStep, OpenMode};
use crate::sys::reason;

use super::plan::{Group, Plan, Stage, Vehicle, What};
use super::report::shown;

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
            writeln!(f, "  stage {}: {}", index + 1, Headline(stage))?;
            if index > 0 {
                writeln!(f, "    0 < the pipe from stage {index}")?;
            }
            if index + 1 < count {
                writeln!(f, "    1 > the pipe to stage {}", index + 2)?;
            }
            write!(f, "{}", Details(stage))?;
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

struct Headline<'a>(&'a Stage);

impl fmt::Display for Headline<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let vehicle = self.0.vehicle.as_str();
        match &self.0.what {
            What::Program(image) => {
                let argv: Vec<_> = image.argv.iter().map(|argument| quoted(argument.to_bytes())).collect();
                write!(f, "{vehicle} {}: {}", shown(image.path.to_bytes()), argv.join(" "))
            }
            What::Missing { name, errno } => {
                write!(f, "{vehicle} a message: {}: {}", shown(name), reason(*errno))
            }
            What::Shell { text } if self.0.vehicle == Vehicle::Here => {
                write!(f, "{vehicle}, by the shell itself: {}", shown(text))
            }
            What::Shell { text } => {
                write!(
                    f,
                    "{vehicle} shell code: {}\n    what it runs is not known before it runs",
                    shown(text)
                )
            }
            What::Output { argv, bytes, status } => {
                let argv: Vec<_> = argv.iter().map(|argument| quoted(argument)).collect();
                write!(f, "{vehicle} built-in: {}", argv.join(" "))?;
                write!(f, "\n    writes {} bytes, status {}", bytes.len(), status.0)
            }
        }
    }
}

struct Details<'a>(&'a Stage);

impl fmt::Display for Details<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for variable in &self.0.environment {
            writeln!(f, "    environment {}", quoted(variable))?;
        }
        for step in &self.0.steps {
            match step {
                FdStep::Open { file, mode, to } => {
                    writeln!(f, "    {to} {} {}", symbol(*mode), quoted(file.to_bytes()))?;
                }
                FdStep::Dup { from, to } => writeln!(f, "    {to} = {from}")?,
                FdStep::Close { fd } => writeln!(f, "    {fd} closed")?,
                FdStep::Text { bytes, to } => writeln!(f, "    {to} < {} bytes of text", bytes.len())?,
            }
        }
        Ok(())
    }
}

fn symbol(mode: OpenMode) -> &'static str {
    match mode {
        OpenMode::Read => "<",
        OpenMode::Truncate => ">",
        OpenMode::New => ">",
        OpenMode::Append => ">>",
        OpenMode::ReadWrite => "<>",
    }
}

/// So that a shell can read it back.
fn quoted(bytes: &[u8]) -> String {
    match shlex::bytes::try_quote(bytes) {
        Ok(quoted) => quoted.to_str_lossy().into_owned(),
        Err(_) => shown(bytes),
    }
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
        FdStep::Close { fd } => json!({ "close": fd }),
        FdStep::Text { bytes, to } => json!({ "text": text(bytes), "to": to }),
    }
}

fn text(bytes: &[u8]) -> Value {
    match bytes.to_str() {
        Ok(text) => json!(text),
        Err(_) => json!(bytes),
    }
}
