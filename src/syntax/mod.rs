//! Bytes to tree. What was written, with its places, and nothing about what it means: no variables, no
//! files, no processes. POSIX.1-2024 XCU 2.2, 2.3, 2.4 and 2.10.
//!
//! `Parser::next_command` reads one complete command (usually a line) at a time, because a shell runs
//! each before it reads the next.

pub(crate) mod arithmetic;
pub mod ast;
mod bytes;
mod compound;
mod dollar;
pub(crate) mod escapes;
mod grammar;
mod here_document;
mod lexer;
mod outline;
mod parser;
pub(crate) mod pattern;
mod print;
mod source;
mod token;
mod word;

pub use bytes::Bytes;
pub use outline::{End, Kind, Outline, Piece, outline};
pub(crate) use parser::stack_address;
pub use parser::{Aliases, Parser};
pub use print::ToSource;
pub use source::{Excerpt, Span};
pub use token::reserved_words;

use std::rc::Rc;

use ast::{Program, Word};

/// Parses a whole script. The commands of all its lines come back as one list.
///
/// # Errors
/// The first syntax error, with its place.
pub fn parse(text: &[u8]) -> Result<Program, Box<SyntaxError>> {
    Parser::new(text.to_vec()).rest()
}

/// Parses what a person has typed so far, with the aliases that hold. `None` if it is not complete: an open
/// quote, a trailing `|` or `\`.
///
/// # Errors
/// The first syntax error that more text cannot mend.
pub fn parse_line(
    text: &[u8],
    aliases: &Rc<Aliases>,
    is_posix: bool,
) -> Result<Option<Program>, Box<SyntaxError>> {
    let mut parser = Parser::new(text.to_vec());
    parser.set_language(aliases, is_posix);
    match parser.rest() {
        Ok(_) if parser.continued => Ok(None),
        Ok(program) => Ok(Some(program)),
        Err(error) if error.incomplete => Ok(None),
        Err(error) => Err(error),
    }
}

/// Parses a text in which only parameters are expanded, as if it stood in double quotes: a prompt.
///
/// # Errors
/// What follows a `$` is wrong.
pub fn parse_text(text: &[u8]) -> Result<Word, Box<SyntaxError>> {
    Parser::new(text.to_vec()).text()
}

/// Why a script cannot be parsed, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {}, column {}: syntax error: {problem}\n{}", excerpt.span.line, excerpt.column, excerpt.text)]
pub struct SyntaxError {
    /// What is wrong.
    pub problem: Problem,
    /// The line that it is on, and the place in it.
    pub excerpt: Excerpt,
    /// Whether more text could make it right: an open quote, a line that ends in `|`.
    pub incomplete: bool,
}

/// What is wrong with a piece of shell text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// An operator has nothing to operate on.
    #[error("a command is missing {place} `{operator}`")]
    MissingCommand {
        /// `before` or `after`.
        place: &'static str,
        /// The operator or reserved word as written.
        operator: String,
    },
    /// A redirection operator stands alone.
    #[error("a word is missing after `{0}`")]
    MissingTarget(&'static str),
    /// Something that may not stand here.
    #[error("`{0}` is unexpected here")]
    Unexpected(String),
    /// A quote, brace or parenthesis that is never closed.
    #[error("this {0} is never closed")]
    Unclosed(&'static str),
    /// `for` is not followed by a name.
    #[error("the name of a variable is wanted after `for`")]
    LoopVariable,
    /// `name()` is not followed by a compound command.
    #[error("the body of a function is wanted: a compound command, as `{{ …; }}`")]
    FunctionBody,
    /// Text cannot hold a NUL byte; this is not a script.
    #[error("a NUL byte: this is not text")]
    Nul,
    /// A descriptor number that no system has.
    #[error("{0} is too large for a file descriptor")]
    BigDescriptor(String),
    /// Nested deeper than the parser follows.
    #[error("nested too deep")]
    TooDeep,
}
