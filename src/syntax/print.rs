//! A tree back to source text, on one line. What it prints parses to the same tree.

use super::ast::{
    AndOr, Command, Compound, CompoundKind, Connector, Item, Parameter, Part, Pipeline, Program, Redirect,
    Simple, Word,
};

impl Program {
    /// As source text.
    pub fn to_source(&self) -> Vec<u8> {
        let mut out = Vec::new();
        for (index, item) in self.items.iter().enumerate() {
            if index > 0 {
                out.push(b' ');
            }
            item.print(&mut out);
            if !item.background && index + 1 < self.items.len() {
                out.push(b';');
            }
        }
        out
    }
}

impl Item {
    fn print(&self, out: &mut Vec<u8>) {
        self.and_or.print(out);
        if self.background {
            out.extend_from_slice(b" &");
        }
    }
}

impl AndOr {
    /// As source text.
    pub fn to_source(&self) -> Vec<u8> {
        let mut out = Vec::new();
        self.print(&mut out);
        out
    }

    fn print(&self, out: &mut Vec<u8>) {
        self.first.print(out);
        for (connector, pipeline) in &self.rest {
            out.extend_from_slice(match connector {
                Connector::And => b" && ",
                Connector::Or => b" || ",
            });
            pipeline.print(out);
        }
    }
}

impl Pipeline {
    /// As source text.
    pub fn to_source(&self) -> Vec<u8> {
        let mut out = Vec::new();
        self.print(&mut out);
        out
    }

    fn print(&self, out: &mut Vec<u8>) {
        if self.negated {
            out.extend_from_slice(b"! ");
        }
        for (index, command) in self.commands.iter().enumerate() {
            if index > 0 {
                out.extend_from_slice(b" | ");
            }
            command.print(out);
        }
    }
}

impl Command {
    /// As source text.
    pub fn to_source(&self) -> Vec<u8> {
        let mut out = Vec::new();
        self.print(&mut out);
        out
    }

    fn print(&self, out: &mut Vec<u8>) {
        match self {
            Command::Simple(simple) => simple.print(out),
            Command::Compound(compound) => compound.print(out),
        }
    }
}

impl Compound {
    /// As source text.
    pub fn to_source(&self) -> Vec<u8> {
        let mut out = Vec::new();
        self.print(&mut out);
        out
    }

    fn print(&self, out: &mut Vec<u8>) {
        match &self.kind {
            CompoundKind::Brace(program) => {
                out.extend_from_slice(b"{ ");
                out.extend_from_slice(&program.to_source());
                let ends_in_ampersand = program.items.last().is_some_and(|item| item.background);
                out.extend_from_slice(if ends_in_ampersand { b" }" } else { b"; }" });
            }
            CompoundKind::Subshell(program) => {
                out.extend_from_slice(b"( ");
                out.extend_from_slice(&program.to_source());
                out.extend_from_slice(b" )");
            }
        }
        for redirect in &self.redirects {
            out.push(b' ');
            redirect.print(out);
        }
    }
}

impl Simple {
    fn print(&self, out: &mut Vec<u8>) {
        let start = out.len();
        let blank = |out: &mut Vec<u8>| {
            if out.len() > start {
                out.push(b' ');
            }
        };
        for assignment in &self.assignments {
            blank(out);
            out.extend_from_slice(&assignment.name.text);
            out.push(b'=');
            assignment.value.print(out);
        }
        for word in &self.words {
            blank(out);
            word.print(out);
        }
        for redirect in &self.redirects {
            blank(out);
            redirect.print(out);
        }
    }
}

impl Redirect {
    /// As source text.
    pub fn to_source(&self) -> Vec<u8> {
        let mut out = Vec::new();
        self.print(&mut out);
        out
    }

    fn print(&self, out: &mut Vec<u8>) {
        if self.fd != self.operator.default_fd() {
            out.extend_from_slice(self.fd.to_string().as_bytes());
        }
        out.extend_from_slice(self.operator.as_str().as_bytes());
        self.target.print(out);
    }
}

impl Word {
    /// As source text.
    pub fn to_source(&self) -> Vec<u8> {
        let mut out = Vec::new();
        self.print(&mut out);
        out
    }

    fn print(&self, out: &mut Vec<u8>) {
        for part in &self.parts {
            match part {
                Part::Literal(text) => out.extend_from_slice(text),
                Part::Quoted(inner) => print_quoted(inner, out),
                Part::Parameter(parameter) => parameter.print(out),
                Part::Tilde(login) => {
                    out.push(b'~');
                    out.extend_from_slice(login);
                }
            }
        }
    }
}

/// Single quotes where they do, else double quotes.
fn print_quoted(inner: &[Part], out: &mut Vec<u8>) {
    if let [Part::Literal(text)] = inner
        && !text.contains(&b'\'')
    {
        out.push(b'\'');
        out.extend_from_slice(text);
        out.push(b'\'');
        return;
    }
    out.push(b'"');
    for part in inner {
        match part {
            Part::Literal(text) => {
                for &byte in text.iter() {
                    if b"$`\"\\".contains(&byte) {
                        out.push(b'\\');
                    }
                    out.push(byte);
                }
            }
            Part::Parameter(parameter) => parameter.print(out),
            Part::Quoted(_) | Part::Tilde(_) => {}
        }
    }
    out.push(b'"');
}

impl Parameter {
    /// In braces, so that what follows cannot run into it.
    fn print(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"${");
        match self {
            Parameter::Variable(name) => out.extend_from_slice(&name.text),
            Parameter::Positional(number) => out.extend_from_slice(number.to_string().as_bytes()),
            Parameter::Special(special) => out.push(special.character()),
        }
        out.push(b'}');
    }
}
