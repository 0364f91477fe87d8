//! The tokens that the grammar is made of (XCU 2.10.1).

use super::ast::RedirectOperator;

/// What the grammar is made of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Token {
    /// A word, for `take_word`; which reserved one it is where such may stand.
    Word(Option<Reserved>),
    /// Digits right before `<` or `>`.
    IoNumber(i32),
    Operator(Operator),
    Redirect(RedirectOperator),
    Newline,
    #[default]
    End,
}

impl Token {
    /// Whether a redirection begins with it.
    pub fn is_redirect(self) -> bool {
        use Operator::{AppendBoth, OutputBoth};
        matches!(self, Token::Redirect(_) | Token::IoNumber(_) | Token::Operator(OutputBoth | AppendBoth))
    }
}

/// The control operators, and the additions that are two POSIX operators in one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    And,
    Or,
    Semicolon,
    DoubleSemicolon,
    SemicolonAmpersand,
    Ampersand,
    Pipe,
    /// `|&`: standard error goes into the pipe too.
    PipeBoth,
    /// `&>`: standard output and standard error.
    OutputBoth,
    /// `&>>`
    AppendBoth,
    Open,
    Close,
}

impl Operator {
    /// Whether it ends a list.
    pub fn ends_list(self) -> bool {
        matches!(self, Operator::Close | Operator::DoubleSemicolon | Operator::SemicolonAmpersand)
    }
}

/// The reserved words (XCU 2.4), and `time` and `-p`, which are in front of a pipeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reserved {
    Not,
    OpenBrace,
    CloseBrace,
    Case,
    Do,
    Done,
    Elif,
    Else,
    Esac,
    Fi,
    For,
    If,
    In,
    Then,
    Until,
    While,
    Time,
    /// `-p`
    Portable,
}

impl Reserved {
    /// The reserved word that this text is.
    pub fn of(text: &[u8]) -> Option<Reserved> {
        Some(match text {
            b"!" => Reserved::Not,
            b"{" => Reserved::OpenBrace,
            b"}" => Reserved::CloseBrace,
            b"case" => Reserved::Case,
            b"do" => Reserved::Do,
            b"done" => Reserved::Done,
            b"elif" => Reserved::Elif,
            b"else" => Reserved::Else,
            b"esac" => Reserved::Esac,
            b"fi" => Reserved::Fi,
            b"for" => Reserved::For,
            b"if" => Reserved::If,
            b"in" => Reserved::In,
            b"then" => Reserved::Then,
            b"until" => Reserved::Until,
            b"while" => Reserved::While,
            b"time" => Reserved::Time,
            b"-p" => Reserved::Portable,
            _ => return None,
        })
    }

    /// Whether it ends a list.
    pub fn ends_list(self) -> bool {
        use Reserved::{CloseBrace, Do, Done, Elif, Else, Esac, Fi, Then};
        matches!(self, CloseBrace | Do | Done | Elif | Else | Esac | Fi | Then)
    }
}
