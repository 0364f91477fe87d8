//! The text of a script and places in it.

use bstr::ByteSlice;

/// A place in a script: byte offsets into the text of its complete command, and the line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset after the last byte.
    pub end: u32,
    /// Line of the first byte, counted from 1.
    pub line: u32,
}

impl Span {
    /// From the beginning of this place to the end of another.
    pub fn to(self, end: Span) -> Span {
        Span { end: end.end.max(self.start), ..self }
    }
}

/// How many bytes of a line are shown before and behind a place.
const WINDOW: usize = 200;

/// A line of a script with a mark under a place in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// Column in characters, counted from 1.
    pub column: usize,
    /// The place.
    pub span: Span,
    /// The line, and below it the mark.
    pub text: String,
}

impl Excerpt {
    /// Cuts the line of `span` out of `text`. Control characters are shown as `?`, since this is printed on terminals.
    pub fn new(text: &[u8], span: Span) -> Excerpt {
        let start = (span.start as usize).min(text.len());
        let (before, after) = text.split_at(start);
        let line_start = before.rfind_byte(b'\n').map_or(0, |newline| newline + 1);
        let rest = after.lines().next().unwrap_or_default();
        let head = before.get(line_start..).unwrap_or_default();
        let column = head.chars().count() + 1;
        // Of a very long line, what is around the place.
        let head = head.get(head.len().saturating_sub(WINDOW)..).unwrap_or(head);
        let rest = rest.get(..WINDOW.min(rest.len())).unwrap_or(rest);
        let width = (span.end as usize).saturating_sub(start).min(rest.len());
        let marked = rest.get(..width).unwrap_or_default();
        let picture = |c: char| match c {
            '\t' => ' ',
            c if c.is_control() => '?',
            c => c,
        };
        let shown = |bytes: &[u8]| bytes.chars().map(picture).collect::<String>();
        let mark = " ".repeat(head.chars().count()) + &"^".repeat(marked.chars().count().max(1));
        Excerpt { column, span, text: format!("  {}{}\n  {mark}", shown(head), shown(rest)) }
    }
}
