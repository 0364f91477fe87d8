//! What each piece of a text is, and where its end stands in the grammar, for a line editor to colour and to
//! complete. The parser notes it while it reads, if it is asked to; so it holds for wrong and for unfinished text
//! too, up to where that gave up.

use bstr::ByteSlice;

use super::ast::{Name, Word};
use super::parser::Parser;
use super::token::Token;
use super::{Problem, Span};

/// The pieces of a text, and its end.
#[derive(Debug)]
pub struct Outline {
    /// Ordered by where they begin. They nest, the outer one first: whoever paints them one after the other
    /// paints right.
    pub pieces: Vec<Piece>,
    /// What could go on there.
    pub end: End,
}

/// A piece of the text, in byte offsets. One that is still open reaches to the end of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// What it is.
    pub kind: Kind,
    /// The offset of its first byte.
    pub start: usize,
    /// The offset behind its last byte.
    pub end: usize,
}

/// What a piece of text is. The first four are whole words, and `Reserved` is one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Kind {
    /// The name of a command or a function.
    #[default]
    Command,
    /// Any other word: an argument, the words of `for` and `case`.
    Argument,
    /// `name=value`, up to the first `=` the name.
    Assignment,
    /// What a redirection opens; the delimiter of a here-document.
    Target,
    /// `if`, `{`, `!`.
    Reserved,
    /// `'…'`, `"…"`, `$'…'` or `\x`; its first byte tells which.
    Quoted,
    /// `$x`, `${…}`.
    Parameter,
    /// `$(…)`, `` `…` ``, `<(…)` with the commands in it.
    Substitution,
    /// `$((…))`.
    Arithmetic,
    /// A redirection operator; the number before it is a piece of its own.
    Redirection,
    /// `|`, `;`, `(`, a newline.
    Control,
    /// From `#` to the end of the line.
    Comment,
    /// The lines of a here-document with the one that ends it.
    HereDocument,
    /// Where a syntax error is.
    Error,
    /// What is not finished: an open quote, brace, `if`; a `|` that nothing follows.
    Unclosed,
}

impl Kind {
    /// Whether it is a word that is expanded.
    pub fn is_word(self) -> bool {
        matches!(self, Kind::Command | Kind::Argument | Kind::Assignment | Kind::Target)
    }
}

/// What the end of a text stands in: what completion wants to know.
#[derive(Debug)]
pub struct End {
    /// What the word that ends here is, or what a new one would be: `Command`, `Argument`, `Assignment` or
    /// `Target`; where no word can stand, `Arithmetic`, `Comment`, `HereDocument` or, behind one, `Error`.
    pub kind: Kind,
    /// Where that word begins.
    pub start: usize,
    /// That word, its open quote closed. None if more is open in it, or if there is none.
    pub word: Option<Word>,
    /// The name of the simple command and its arguments before that word.
    pub before: Vec<Word>,
    /// The first byte of the quotes that are open: `'`, `"`, or `$` for `$'`.
    pub quote: Option<u8>,
    /// Where the name of a variable begins that may end here: behind `$`, `${` and in arithmetic.
    pub parameter: Option<usize>,
}

/// The outline of a text. Aliases are left as they are typed.
pub fn outline(text: &[u8], is_posix: bool) -> Outline {
    let notes = Some(Box::default());
    let mut parser = Parser { is_posix, notes, ..Parser::new(text.to_vec()) };
    let error = parser.rest().err();
    let is_read = parser.text.len() >= text.len();
    let Notes { mut pieces, expected, redirected } = parser.notes.map_or_else(Notes::default, |notes| *notes);
    let expected = match (is_read, redirected) {
        (false, _) if error.is_some() => Kind::Error,
        (_, true) => Kind::Target,
        _ => expected,
    };
    let end = end(text, &pieces, expected);
    for piece in &mut pieces {
        (piece.start, piece.end) = (piece.start.min(text.len()), piece.end.min(text.len()));
    }
    if let Some(error) = error {
        let is_open = error.incomplete || is_read && matches!(error.problem, Problem::MissingTarget(_));
        let kind = if is_open { Kind::Unclosed } else { Kind::Error };
        let (start, end) = (error.excerpt.span.start as usize, error.excerpt.span.end as usize);
        let place = pieces.partition_point(|piece| piece.start <= start);
        pieces.insert(place, Piece { kind, start, end: end.min(text.len()) });
    }
    Outline { pieces, end }
}

/// The end of an open piece.
const OPEN: usize = usize::MAX;

fn end(text: &[u8], pieces: &[Piece], expected: Kind) -> End {
    let is_level = |piece: &Piece| {
        let holds = matches!(piece.kind, Kind::Substitution | Kind::Arithmetic | Kind::HereDocument);
        holds && piece.end == OPEN
    };
    // The innermost open piece that holds something else than the command around it.
    let inside = pieces.rsplit(is_level).next().unwrap_or_default();
    let level = pieces.iter().rev().find_map(|piece| is_level(piece).then_some(piece.kind));
    let no_commands = level.filter(|&level| level != Kind::Substitution);
    let (mut kind, mut start) = (no_commands.unwrap_or(expected), text.len());
    let (mut before, mut behind) = (Vec::new(), 0);
    for piece in inside {
        if piece.start < behind {
            continue;
        }
        behind = piece.end;
        match piece.kind {
            Kind::Reserved if behind >= text.len() => (kind, start) = (Kind::Command, piece.start),
            Kind::Control | Kind::Reserved => before.clear(),
            word if behind >= text.len() && (word.is_word() || word == Kind::Comment) => {
                (kind, start) = (word, piece.start);
            }
            Kind::Command => before = vec![*piece],
            Kind::Argument if !before.is_empty() => before.push(*piece),
            _ => {}
        }
    }
    let open = inside.iter().rfind(|piece| piece.kind == Kind::Quoted && piece.end == OPEN);
    let quote = open.and_then(|piece| text.get(piece.start).copied());
    let name = text.trim_end_with(|c| c == '_' || c.is_ascii_alphanumeric()).len();
    let is_named = pieces.last().is_some_and(|last| {
        last.kind == Kind::Parameter && matches!(text.get(last.start..name), Some(b"$" | b"${" | b"${#"))
    });
    let is_number = text.get(name).is_some_and(u8::is_ascii_digit);
    let parameter = Some(name).filter(|_| (is_named || kind == Kind::Arithmetic) && !is_number);
    let last = kind.is_word().then(|| word(text.get(start..)?, quote)).flatten();
    let before = before.iter().filter_map(|piece| word(text.get(piece.start..piece.end)?, None)).collect();
    End { kind, start, word: last, before, quote, parameter }
}

/// The word of this text; `quote` is open at its end.
fn word(text: &[u8], quote: Option<u8>) -> Option<Word> {
    let backslashes = text.len() - text.trim_end_with(|c| c == '\\').len();
    if backslashes % 2 == 1 && quote != Some(b'\'') {
        return None;
    }
    let quote = quote.map(|quote| if quote == b'$' { b'\'' } else { quote });
    let text = text.iter().copied().chain(quote).collect();
    let mut parser = Parser::new(text);
    let word = parser.word();
    parser.outcome(word).ok()
}

/// What the parser has noted.
#[derive(Default)]
pub struct Notes {
    pieces: Vec<Piece>,
    /// What the next word is.
    expected: Kind,
    /// Behind a redirection operator, of which the next word is the target.
    redirected: bool,
}

impl Notes {
    #[cold]
    fn begin(&mut self, kind: Kind, start: Span) -> usize {
        self.pieces.push(Piece { kind, start: start.start as usize, end: OPEN });
        if kind == Kind::Substitution {
            (self.expected, self.redirected) = (Kind::Command, false);
        }
        self.pieces.len() - 1
    }
}

impl Parser<'_> {
    /// Notes that a piece begins at `start`. Returns its number, for `end_piece`.
    pub(super) fn begin_piece(&mut self, kind: Kind, start: Span) -> usize {
        self.notes.as_mut().map_or(0, |notes| notes.begin(kind, start))
    }

    /// Notes that a piece ends here.
    pub(super) fn end_piece(&mut self, number: usize) {
        if let Some(piece) = self.notes.as_mut().and_then(|notes| notes.pieces.get_mut(number)) {
            piece.end = self.position;
        }
    }

    /// Reads a token and notes it.
    #[cold]
    pub(super) fn read_noted(&mut self) {
        self.skip_blanks();
        let piece = self.begin_token(self.mark());
        self.read_other();
        self.end_token(piece, self.token);
    }

    /// Notes that a token begins at `start`. Returns what `end_token` wants.
    pub(super) fn begin_token(&mut self, start: Span) -> (usize, Kind) {
        let Some(notes) = &self.notes else { return (0, Kind::Command) };
        let is_assignment = Name::assigned(self.unread()).is_some();
        let outer = notes.expected;
        let kind = match outer {
            _ if notes.redirected => Kind::Target,
            Kind::Command if is_assignment => Kind::Assignment,
            outer => outer,
        };
        (self.begin_piece(kind, start), outer)
    }

    /// Notes what a token was.
    fn end_token(&mut self, (number, outer): (usize, Kind), token: Token) {
        self.end_piece(number);
        let Some(notes) = &mut self.notes else { return };
        let Some(piece) = notes.pieces.get_mut(number) else { return };
        match token {
            Token::Word(_) => self.end_word((number, outer)),
            Token::End => notes.pieces.truncate(number),
            token if token.is_redirect() => (piece.kind, notes.redirected) = (Kind::Redirection, true),
            _ => {
                piece.kind = Kind::Control;
                (notes.expected, notes.redirected) = (Kind::Command, false);
            }
        }
    }

    /// Notes that a word ends here.
    pub(super) fn end_word(&mut self, (number, outer): (usize, Kind)) {
        self.end_piece(number);
        let Some(notes) = &mut self.notes else { return };
        let is_name = notes.pieces.get(number).is_some_and(|piece| piece.kind == Kind::Command);
        notes.expected = if is_name { Kind::Argument } else { outer };
        notes.redirected = false;
    }

    /// Notes that the word at `span`, the last that was read, is of another kind than it seemed.
    pub(super) fn note_kind(&mut self, kind: Kind, span: Span) {
        let Some(notes) = &mut self.notes else { return };
        // The outermost that begins there.
        let number = notes.pieces.partition_point(|piece| piece.start < span.start as usize);
        notes.pieces.get_mut(number).into_iter().for_each(|piece| piece.kind = kind);
        notes.expected = if kind == Kind::Reserved { Kind::Command } else { kind };
    }

    /// Notes what the next word is.
    pub(super) fn note_next(&mut self, kind: Kind) {
        self.notes.iter_mut().for_each(|notes| notes.expected = kind);
    }
}
