//! What reads a script: its state, what the interpreter asks of it, and its first error.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::ast::{Command, Program, Word};
use super::here_document::Pending;
use super::outline::Notes;
use super::token::Token;
use super::word::Collected;
use super::{Bytes, Excerpt, Problem, Span, SyntaxError};

/// Alias names and what they stand for.
pub type Aliases = BTreeMap<Bytes, Bytes>;

/// The stack that parsing a text may use, so that no script overruns it by nesting. Unoptimized frames are large.
const STACK: usize = if cfg!(debug_assertions) { 5 << 20 } else { 2 << 20 };

/// An alias whose text is being read, or was read right before.
pub(super) struct ActiveAlias {
    pub(super) name: Bytes,
    /// Where its text ends.
    pub(super) end: usize,
    /// It has a blank at its end: the next word may be an alias too.
    pub(super) ends_blank: bool,
}

/// Reads a script a complete command at a time. Its tokens are read in `lexer` and `word`, its rules are in `grammar`
/// and `compound`.
#[derive(Default)]
pub struct Parser<'a> {
    pub(super) text: Vec<u8>,
    pub(super) position: usize,
    pub(super) line: u32,
    /// Gives the next line of a script that is not all there yet, or several, with their newlines; `None` at its end.
    pub(super) refill: Option<Box<dyn FnMut() -> Option<Vec<u8>> + 'a>>,
    /// The text ended behind a `\` newline or in a here-document: a person is not finished.
    pub(super) continued: bool,
    /// Here-documents whose lines have not come yet.
    pub(super) pending: Vec<Pending>,
    pub(super) aliases: Rc<Aliases>,
    /// Aliases whose text is being read, and where it ends: they are not substituted in it again.
    pub(super) active: Vec<ActiveAlias>,
    /// What is known of `((` further on: whether an arithmetic expansion begins there.
    pub(super) arithmetic: BTreeMap<usize, bool>,
    /// Up to where the text was given to those who show it.
    pub(super) shown: usize,
    /// Without the additions to POSIX.
    pub(super) is_posix: bool,
    /// The address under which the stack may not grow.
    pub(super) floor: usize,
    /// What is noted for an outline, if one is wanted.
    pub(super) notes: Option<Box<Notes>>,
    /// The first syntax error, and what had been noted up to there. Behind it the text is at its end, so that each rule
    /// comes to its own end.
    pub(super) failure: Option<(Box<SyntaxError>, Option<Box<Notes>>)>,
    pub(super) parts: Collected,
    /// The commands of the pipelines that are being read, the innermost last.
    pub(super) commands: Vec<Command>,
    /// The token that was read last.
    pub(super) token: Token,
    /// Nothing has stepped over it yet.
    pub(super) has_token: bool,
    /// Its word, unless it is plain text: most are, and reserved words and names need to be no more.
    pub(super) word: Option<Word>,
    /// Where it begins and ends, and the line that it begins on.
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) start_line: u32,
    /// There was a syntax error: nothing more can be read.
    pub has_failed: bool,
}

impl<'a> Parser<'a> {
    /// A parser of a text that is all there.
    pub fn new(text: Vec<u8>) -> Parser<'a> {
        let mut parser = Parser { text, line: 1, ..Parser::default() };
        parser.limit_stack(STACK);
        parser
    }

    /// A parser that asks for the next lines when it needs them, and not before.
    pub fn by_line(refill: impl FnMut() -> Option<Vec<u8>> + 'a) -> Parser<'a> {
        Parser { refill: Some(Box::new(refill)), ..Parser::new(Vec::new()) }
    }

    /// Sets the number of the first line.
    pub fn starting_at(self, line: u32) -> Parser<'a> {
        Parser { line, ..self }
    }

    /// How much of the stack it may use from here on, where that is less than it takes by itself.
    pub fn limit_stack(&mut self, bytes: usize) {
        self.floor = stack_address().saturating_sub(bytes.min(STACK));
    }

    /// Which aliases hold and whether the additions to POSIX are off, from the next command on.
    pub fn set_language(&mut self, aliases: &Rc<Aliases>, is_posix: bool) {
        if !Rc::ptr_eq(aliases, &self.aliases) {
            self.aliases = Rc::clone(aliases);
        }
        self.is_posix = is_posix;
    }

    /// The next complete command: and-or lists up to the end of the line. `None` at the end of the script.
    ///
    /// # Errors
    /// A syntax error; what follows it cannot be read.
    pub fn next_command(&mut self) -> Result<Option<Program>, Box<SyntaxError>> {
        self.forget();
        self.linebreak();
        let mut program = None;
        if *self.peek_token() != Token::End {
            self.list(&mut program.insert(Program::default()).items);
            match self.next_token() {
                Token::Newline | Token::End => {}
                _ => self.unexpected(),
            }
        }
        self.outcome(program)
    }

    /// Forgets what has been read and not run, after an error that a person survives.
    pub fn drop_line(&mut self) {
        self.has_token = false;
        self.position = self.text.len();
        self.pending.clear();
    }

    /// All complete commands up to the end of the text, as one list.
    ///
    /// # Errors
    /// A syntax error.
    pub fn rest(&mut self) -> Result<Program, Box<SyntaxError>> {
        let mut program = Program::default();
        while let Some(line) = self.next_command()? {
            program.items.extend(line.items);
        }
        Ok(program)
    }

    /// Whether no command follows. Reads ahead no further than to where one would begin, since the commands
    /// before it may change how it is read; not for text that somebody still writes.
    pub fn is_at_end(&mut self) -> bool {
        while !self.has_token {
            self.skip_blanks();
            match self.peek() {
                None => return true,
                Some(b'\n') => self.advance(),
                Some(_) => break,
            }
        }
        false
    }

    /// The text that has been read since this was last asked.
    pub fn take_text(&mut self) -> &[u8] {
        let from = self.shown.min(self.position);
        self.shown = self.position;
        self.text.get(from..self.position).unwrap_or_default()
    }

    /// A parser for what lies between the places `start` and `end`, where this text reads `text`. It notes
    /// pieces for this one only if it can read the same bytes.
    pub(super) fn within(&mut self, text: Vec<u8>, start: Span, end: Span) -> Parser<'static> {
        let (aliases, is_posix, floor) = (Rc::clone(&self.aliases), self.is_posix, self.floor);
        let inner = Parser { text, line: start.line, aliases, is_posix, floor, ..Parser::default() };
        let (from, to) = (start.start as usize, end.start as usize);
        match self.text.get(..to) {
            Some(whole) if self.notes.is_some() && whole.get(from..) == Some(&*inner.text) => {
                Parser { text: whole.to_vec(), position: from, notes: self.notes.take(), ..inner }
            }
            _ => inner,
        }
    }

    /// Refuses to go deeper when the stack comes to its end.
    pub(super) fn check_depth(&mut self) {
        if stack_address() < self.floor {
            self.fail(Problem::TooDeep, self.mark());
        }
    }

    /// Forgets text that is behind when it is half of all, so that a long script or session is not kept, and no text
    /// is moved often.
    fn forget(&mut self) {
        let is_behind = |alias: &ActiveAlias| alias.end <= self.position;
        let is_half = !self.has_token && self.position >= self.text.len() / 2;
        if is_half && self.notes.is_none() && self.active.iter().all(is_behind) {
            self.text.drain(..self.position);
            self.position = 0;
            self.shown = 0;
            self.arithmetic.clear();
            self.active.clear();
        }
    }

    /// What is wrong at `span`, if it is the first error. More text could only close what is open.
    #[cold]
    pub(super) fn fail(&mut self, problem: Problem, span: Span) {
        let is_open = matches!(problem, Problem::Unclosed(_));
        self.give_up(self.error(problem, span, is_open));
    }

    /// The same for an error that is due to the token that was read last: behind the end of the text, another may come.
    #[cold]
    pub(super) fn fail_before(&mut self, problem: Problem, span: Span) {
        self.give_up(self.error(problem, span, self.token == Token::End));
    }

    fn error(&self, problem: Problem, span: Span, incomplete: bool) -> Box<SyntaxError> {
        Box::new(SyntaxError { problem, excerpt: Excerpt::new(&self.text, span), incomplete })
    }

    #[cold]
    pub(super) fn give_up(&mut self, error: Box<SyntaxError>) {
        if self.failure.is_none() {
            self.failure = Some((error, self.notes.take()));
            self.text.truncate(self.position);
            self.pending.clear();
            self.token = Token::End;
        }
    }

    /// The first syntax error, which is forgotten, or what was read.
    pub(super) fn outcome<T>(&mut self, read: T) -> Result<T, Box<SyntaxError>> {
        let Some((error, notes)) = self.failure.take() else { return Ok(read) };
        self.notes = notes;
        Err(error)
    }
}

/// About where the stack is now.
pub fn stack_address() -> usize {
    let here = 0_u8;
    std::ptr::from_ref(&here).addr()
}
