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
    /// `&>` and `&>>`: standard output and standard error.
    RedirectBoth(RedirectOperator),
    Newline,
    #[default]
    End,
}

impl Token {
    /// Whether a redirection begins with it.
    pub fn is_redirect(self) -> bool {
        matches!(self, Token::Redirect(_) | Token::RedirectBoth(_) | Token::IoNumber(_))
    }

    /// Whether no command can begin with it, and a list ends before it.
    pub fn ends_list(self) -> bool {
        use Operator::{Close, DoubleSemicolon, SemicolonAmpersand};
        use Reserved::{CloseBrace, Do, Done, Elif, Else, Esac, Fi, In, Then};
        match self {
            Token::Word(Some(word)) => {
                matches!(word, CloseBrace | Do | Done | Elif | Else | Esac | Fi | In | Then)
            }
            Token::Operator(operator) => matches!(operator, Close | DoubleSemicolon | SemicolonAmpersand),
            token => matches!(token, Token::Newline | Token::End),
        }
    }
}

/// The control operators.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    And,
    Or,
    Semicolon,
    DoubleSemicolon,
    SemicolonAmpersand,
    Ampersand,
    Pipe,
    /// `|&`, an addition: standard error goes into the pipe too.
    PipeBoth,
    Open,
    Close,
}

macro_rules! reserved {
    ($($word:ident $text:literal,)*) => {
        /// The reserved words (XCU 2.4), and `time` and `-p`, which are in front of a pipeline.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Reserved {
            $($word),*
        }

        /// Each of them, and its text.
        const RESERVED: &[(Reserved, &[u8])] = &[$((Reserved::$word, $text)),*];

        impl Reserved {
            /// The reserved word that this text is.
            pub fn of(text: &[u8]) -> Option<Reserved> {
                match text {
                    $($text => Some(Reserved::$word),)*
                    _ => None,
                }
            }
        }
    };
}

reserved! {
    Not b"!",
    OpenBrace b"{",
    CloseBrace b"}",
    Case b"case",
    Do b"do",
    Done b"done",
    Elif b"elif",
    Else b"else",
    Esac b"esac",
    Fi b"fi",
    For b"for",
    If b"if",
    In b"in",
    Then b"then",
    Until b"until",
    While b"while",
    Time b"time",
    Portable b"-p",
    EndOfOptions b"--",
}

/// The texts of the words that are reserved where a command begins.
pub fn reserved_words(is_posix: bool) -> impl Iterator<Item = &'static [u8]> {
    let is_one = move |word| match word {
        Reserved::Time => !is_posix,
        word => !matches!(word, Reserved::Portable | Reserved::EndOfOptions),
    };
    RESERVED.iter().filter(move |(word, _)| is_one(*word)).map(|(_, text)| *text)
}
