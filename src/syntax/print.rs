//! A tree back to source text, on one line. What it prints parses to the same tree, but for here-documents, which
//! become here-strings.

use super::ast::{
    AndOr, Assignment, CaseArm, Command, Compound, CompoundKind, Connector, Modified, Modifier, Parameter,
    Part, Pipeline, Program, Redirect, RedirectOperator, Simple, Timed, Word,
};

/// What can be printed as it is written in a script.
pub trait ToSource {
    /// Adds its source text to `out`.
    fn print(&self, out: &mut Vec<u8>);

    /// The same behind a blank.
    fn print_next(&self, out: &mut Vec<u8>) {
        out.push(b' ');
        self.print(out);
    }

    /// Its source text.
    fn to_source(&self) -> Vec<u8> {
        let mut out = Vec::new();
        self.print(&mut out);
        out
    }
}

impl ToSource for Program {
    fn print(&self, out: &mut Vec<u8>) {
        let mut list = Vec::new();
        self.print_before("", &mut list);
        // Without the last semicolon and the first blank.
        let list = list.strip_suffix(b";").unwrap_or(&list);
        out.extend(list.iter().skip(1));
    }
}

impl Program {
    /// Behind a blank, and ended, for a reserved word to follow.
    fn print_before(&self, word: &str, out: &mut Vec<u8>) {
        for item in &self.items {
            item.and_or.print_next(out);
            out.extend_from_slice(if item.background { b" &" } else { b";" });
        }
        out.extend_from_slice(word.as_bytes());
    }
}

impl ToSource for AndOr {
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

impl ToSource for Pipeline {
    fn print(&self, out: &mut Vec<u8>) {
        match self.timed {
            Some(Timed::Full) => out.extend_from_slice(b"time "),
            Some(Timed::Posix) => out.extend_from_slice(b"time -p "),
            None => {}
        }
        if self.negated {
            out.extend_from_slice(b"! ");
        }
        self.commands.print(out);
    }
}

/// The commands of a pipeline.
impl ToSource for [Command] {
    fn print(&self, out: &mut Vec<u8>) {
        out.extend(bstr::join(" | ", self.iter().map(Command::to_source)));
    }
}

impl ToSource for Command {
    fn print(&self, out: &mut Vec<u8>) {
        match self {
            Command::Simple(simple) => simple.print(out),
            Command::Compound(compound) => compound.print(out),
            Command::Function(function) => {
                out.extend_from_slice(&function.name);
                out.extend_from_slice(b"() ");
                function.body.print(out);
            }
        }
    }
}

impl ToSource for Compound {
    fn print(&self, out: &mut Vec<u8>) {
        match &self.kind {
            CompoundKind::Brace(program) => {
                out.push(b'{');
                program.print_before(" }", out);
            }
            CompoundKind::Subshell(program) => {
                out.extend_from_slice(b"( ");
                program.print(out);
                out.extend_from_slice(b" )");
            }
            CompoundKind::If { branches, otherwise } => {
                for (index, (condition, body)) in branches.iter().enumerate() {
                    out.extend_from_slice(if index == 0 { b"if" } else { b" elif" });
                    condition.print_before(" then", out);
                    body.print_before("", out);
                }
                if let Some(body) = otherwise {
                    out.extend_from_slice(b" else");
                    body.print_before("", out);
                }
                out.extend_from_slice(b" fi");
            }
            CompoundKind::While { until, condition, body } => {
                out.extend_from_slice(if *until { b"until" } else { b"while" });
                condition.print_before(" do", out);
                body.print_before(" done", out);
            }
            CompoundKind::For { name, words, body } => {
                out.extend_from_slice(b"for ");
                out.extend_from_slice(&name.text);
                if let Some(words) = words {
                    out.extend_from_slice(b" in");
                    words.iter().for_each(|word| word.print_next(out));
                }
                out.extend_from_slice(b"; do");
                body.print_before(" done", out);
            }
            CompoundKind::Case { word, arms } => {
                out.extend_from_slice(b"case ");
                word.print(out);
                out.extend_from_slice(b" in ");
                arms.iter().for_each(|arm| arm.print(out));
                out.extend_from_slice(b"esac");
            }
        }
        self.redirects.iter().for_each(|redirect| redirect.print_next(out));
    }
}

impl ToSource for CaseArm {
    fn print(&self, out: &mut Vec<u8>) {
        let patterns = self.patterns.iter().map(|pattern| pattern.word.to_source());
        out.extend([b"(", &*bstr::join(" | ", patterns), b") "].concat());
        self.body.print(out);
        out.extend_from_slice(if self.falls_through { b" ;& " } else { b" ;; " });
    }
}

impl ToSource for Simple {
    fn print(&self, out: &mut Vec<u8>) {
        let assignments = self.assignments.iter().map(ToSource::to_source);
        let words = self.words.iter().map(ToSource::to_source);
        let redirects = self.redirects.iter().map(ToSource::to_source);
        out.extend(bstr::join(" ", assignments.chain(words).chain(redirects)));
    }
}

impl ToSource for Assignment {
    fn print(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.name.text);
        out.push(b'=');
        self.value.print(out);
    }
}

impl ToSource for Redirect {
    fn print(&self, out: &mut Vec<u8>) {
        if self.fd != self.operator.default_fd() {
            out.extend_from_slice(self.fd.to_string().as_bytes());
        }
        let (operator, word) = match self.body.as_ref().and_then(|body| body.get()) {
            // On one line, a here-document is a here-string.
            Some(text) => (RedirectOperator::HereString, text),
            None => (self.operator, &self.target),
        };
        out.extend_from_slice(operator.as_str().as_bytes());
        word.print(out);
    }
}

impl ToSource for Word {
    fn print(&self, out: &mut Vec<u8>) {
        self.parts.iter().for_each(|part| part.print(out, b""));
    }
}

impl Part {
    /// Puts a backslash before each byte of literal text that is in `escaped`.
    fn print(&self, out: &mut Vec<u8>, escaped: &[u8]) {
        match self {
            Part::Literal(text) => {
                for &byte in text.iter() {
                    if escaped.contains(&byte) {
                        out.push(b'\\');
                    }
                    out.push(byte);
                }
            }
            Part::Quoted(inner) => print_quoted(inner, out),
            Part::Parameter(parameter) => {
                out.extend_from_slice(b"${");
                parameter.print(out);
                out.push(b'}');
            }
            Part::Modified(modified) => modified.print(out, escaped),
            Part::Command(program) => {
                let source = program.to_source();
                // `$((` would begin something else.
                out.extend_from_slice(if source.starts_with(b"(") { b"$( " } else { b"$(" });
                out.extend_from_slice(&source);
                out.push(b')');
            }
            Part::Arithmetic(arithmetic) => {
                out.extend_from_slice(b"$((");
                arithmetic.parts.iter().for_each(|part| part.print(out, b"$`\\"));
                out.extend_from_slice(b"))");
            }
            Part::Process(process) => {
                out.extend_from_slice(if process.is_output { b">(" } else { b"<(" });
                process.program.print(out);
                out.push(b')');
            }
            Part::Tilde(login) => {
                out.push(b'~');
                out.extend_from_slice(login);
            }
        }
    }
}

/// Single quotes where they do, else double quotes.
fn print_quoted(inner: &[Part], out: &mut Vec<u8>) {
    match inner {
        [Part::Literal(text)] if !text.contains(&b'\'') => out.extend([b"'", &**text, b"'"].concat()),
        _ => {
            out.push(b'"');
            inner.iter().for_each(|part| part.print(out, b"$`\"\\"));
            out.push(b'"');
        }
    }
}

impl Modified {
    /// With something to escape, it stands in quotes.
    fn print(&self, out: &mut Vec<u8>, escaped: &[u8]) {
        out.extend_from_slice(b"${");
        let in_quotes = if escaped.is_empty() { b"".as_slice() } else { b"$`\"\\}" };
        if self.modifier == Modifier::Length {
            out.push(b'#');
        }
        if !matches!(self.modifier, Modifier::Unknown(_)) {
            self.parameter.print(out);
        }
        match &self.modifier {
            Modifier::Length => {}
            Modifier::Default { action, colon, word } => {
                out.extend_from_slice(if *colon { b":" } else { b"" });
                out.push(*action as u8);
                word.parts.iter().for_each(|part| part.print(out, in_quotes));
            }
            Modifier::Trim { suffix, longest, pattern } => {
                let operator = if *suffix { b"%%" } else { b"##" };
                out.extend(operator.iter().take(1 + usize::from(*longest)));
                pattern.word.print(out);
            }
            Modifier::Slice { offset, length } => {
                for bound in std::iter::once(offset).chain(length) {
                    out.push(b':');
                    bound.parts.iter().for_each(|part| part.print(out, b"$`\\"));
                }
            }
            Modifier::Replace { place, pattern, with } => {
                out.extend_from_slice(place.operator());
                pattern.word.print(out);
                out.push(b'/');
                with.print(out);
            }
            Modifier::Unknown(text) => out.extend_from_slice(text),
        }
        out.push(b'}');
    }
}

impl ToSource for Parameter {
    fn print(&self, out: &mut Vec<u8>) {
        match self {
            Parameter::Variable(name) => out.extend_from_slice(&name.text),
            Parameter::Positional(number) => out.extend_from_slice(number.to_string().as_bytes()),
            Parameter::Special(special) => out.push(*special as u8),
        }
    }
}
