//! Text to commands to effects: scripts, `eval`, `.`, and the texts that are expanded as prompts are.

use std::rc::Rc;

use crate::expand;
use crate::pipeline::{Status, shown};
use crate::state::Positional;
use crate::state::options::Flag;
use crate::syntax::ast::Part;
use crate::syntax::{self, Bytes, Parser};
use crate::sys::{fd, files, reason, signal};

use super::{Divert, Flow, Interp, Tail};

impl Interp<'_> {
    /// Runs all commands that a parser gives, each before the next is read. With `Tail::Yes`, the last may
    /// replace this process: then the parser must not wait for anybody. Nothing at all succeeds.
    pub fn run(&mut self, parser: &mut Parser<'_>, tail: Tail) -> Flow {
        if !self.run_next(parser, tail)? {
            return self.done(Status::SUCCESS);
        }
        while self.run_next(parser, tail)? {}
        Ok(())
    }

    /// Runs the next complete command; false if there is none.
    pub fn run_next(&mut self, parser: &mut Parser<'_>, tail: Tail) -> Result<bool, Divert> {
        let posix = self.shell.options.has(Flag::Posix);
        parser.set_language(&self.shell.aliases, posix);
        parser.limit_stack(self.stack_for_parser);
        let next = parser.next_command();
        let is_verbose = self.shell.options.has(Flag::Verbose);
        let text = parser.take_text();
        if is_verbose {
            fd::tell(text);
            if !text.is_empty() && !text.ends_with(b"\n") {
                fd::tell("\n");
            }
        }
        let program = match next {
            Ok(Some(program)) => program,
            Ok(None) => return Ok(false),
            Err(error) => {
                parser.has_failed = true;
                self.shell.complain_at(0, error);
                return Err(self.fatal(Status::USAGE));
            }
        };
        // Looking ahead would show text too early.
        let is_last = tail == Tail::Yes && !is_verbose && parser.is_at_end();
        if !self.shell.aliases.is_empty() {
            // Nobody else holds them while the command runs, or each that it makes would copy them all.
            parser.set_language(&Rc::default(), posix);
        }
        if signal::any_has_come() && self.shell.before_trap.is_none() {
            // While the command was read, which a trap's is not.
            self.run_traps()?;
        }
        self.list(&program, Tail::Yes.and(is_last))?;
        Ok(true)
    }

    /// `eval`: runs a text that begins at this line. An error in it is one of a special built-in.
    pub(super) fn eval(&mut self, text: Vec<u8>, is_special: bool, tail: Tail) -> Flow {
        self.check_depth()?;
        let line = self.shell.line;
        let flow = self.run(&mut Parser::new(text).starting_at(line.max(1)), tail);
        self.shell.line = line;
        match flow {
            Err(Divert::Interrupt) if !is_special && !self.is_interrupted() => Ok(()),
            flow => flow,
        }
    }

    /// `.`: runs a script in this shell. With arguments, they are its positional parameters.
    pub fn source(&mut self, path: &Bytes, arguments: Option<Vec<Bytes>>, is_special: bool) -> Flow {
        let text = match files::read(path) {
            Ok(text) => text,
            Err(errno) => {
                self.shell.complain(format_args!(".: {}: cannot read: {}", shown(path), reason(errno)));
                let divert = self.fatal(Status::FAILURE);
                return if is_special { Err(divert) } else { Ok(()) };
            }
        };
        let script = self.shell.script.replace(path.clone());
        let line = std::mem::replace(&mut self.shell.line, 1);
        let own = arguments.map(|words| Positional::new(words, 0));
        let outer = own.map(|own| std::mem::replace(&mut self.shell.positional, own));
        self.shell.frames += 1;
        let flow = self.eval(text, is_special, Tail::No);
        self.shell.line = line;
        self.shell.script = script;
        self.leave_frame(outer, flow)
    }

    /// Ends what `return` ends: a function or such a script.
    pub(super) fn leave_frame(&mut self, outer: Option<Positional>, flow: Flow) -> Flow {
        self.shell.frames -= 1;
        if let Some(outer) = outer {
            self.shell.positional = outer;
        }
        match flow {
            Err(Divert::Return) => Ok(()),
            flow => flow,
        }
    }

    /// The value of a variable whose text is expanded when it is used.
    pub fn expand_prompt(&mut self, name: &[u8]) -> Vec<u8> {
        let template = self.shell.variables.value(name).cloned().unwrap_or_default();
        self.expand_template(&template, |_, text| text.to_vec())
    }

    /// Expands the text of a prompt; `show` makes of each part and its value what is to be seen. Nothing traps or
    /// traces meanwhile.
    pub fn expand_template(
        &mut self,
        template: &Bytes,
        mut show: impl FnMut(&Part, &[u8]) -> Vec<u8>,
    ) -> Vec<u8> {
        let before = (self.shell.status, self.shell.pipe_status.clone(), self.shell.substituted);
        let is_quiet = std::mem::replace(&mut self.is_quiet, true);
        let parts = match syntax::parse_text(template).as_ref().map(|word| &*word.parts) {
            Ok([Part::Quoted(inner)]) => inner.to_vec(),
            Ok(parts) => parts.to_vec(),
            Err(_) => vec![Part::Literal(template.clone())],
        };
        let mut text = Vec::new();
        for part in &parts {
            let value = expand::text_of_part(part, self);
            text.extend(show(part, value.as_deref().unwrap_or_default()));
        }
        self.is_quiet = is_quiet;
        (self.shell.status, self.shell.pipe_status, self.shell.substituted) = before;
        text
    }
}
