//! `read` (POSIX XCU read), with some of bash's options.

use std::time::{Duration, Instant};

use crate::expand::Separators;
use crate::pipeline::{Status, shown};
use crate::syntax::Bytes;
use crate::sys::lines::{self, Limits};
use crate::sys::{Errno, fd, reason, signal, terminal};

use super::{Action, Answer, Call, number};

#[derive(Default)]
struct Line {
    bytes: Vec<u8>,
    /// The same with a NUL byte, at which nothing is split, for each byte that a backslash protects; empty where there
    /// was no backslash.
    shape: Vec<u8>,
    /// The delimiter was there.
    is_complete: bool,
}

pub fn read(call: &mut Call<'_>) -> Answer {
    let (options, names) = call.options("rsd:n:p:t:")?;
    // Nothing means the NUL byte.
    let delimiter = options.value('d').map_or(b'\n', |text| text.first().copied().unwrap_or(0));
    let misused = |text: &[u8], unit| call.misused(format_args!("{}: not a number of {unit}", shown(text)));
    let seconds = |text: &[u8]| Duration::try_from_secs_f64(number(text)?).ok();
    let characters = options.value('n').map(|text| number(text).ok_or_else(|| misused(text, "characters")));
    let time = options.value('t').map(|text| seconds(text).ok_or_else(|| misused(text, "seconds")));
    let (characters, time) = (characters.transpose()?, time.transpose()?);
    names.iter().try_for_each(|name| call.check_name(name))?;
    if time.is_some_and(|time| time.is_zero()) {
        return Ok(Action::Done(Status::of(lines::can_read(0))));
    }
    let on_terminal = terminal::is_terminal(0);
    if let Some(prompt) = options.value('p').filter(|_| on_terminal) {
        fd::tell(prompt);
    }
    let deadline = time.and_then(|time| Instant::now().checked_add(time));
    let is_utf8 = call.shell.variables.is_utf8();
    let limits = Limits { characters, is_utf8, deadline, is_interrupted: signal::any_interrupts };
    let (is_silent, by_key) = (on_terminal && options.has('s'), on_terminal && characters.is_some());
    let line = terminal::typed(0, is_silent, by_key, || read_line(call, options.has('r'), delimiter, limits));
    let line = match line {
        Ok(line) => line,
        Err(Errno::EINTR) => return Ok(call.interrupted()),
        Err(errno) => {
            return Err(call.wrong(format_args!("cannot read from standard input: {}", reason(errno))));
        }
    };
    match names.split_last() {
        // All of the line, which nothing splits.
        None => call.set(b"REPLY", line.bytes.as_slice())?,
        Some((last, first)) => assign(call, &line, first, last)?,
    }
    let is_late = !line.is_complete && deadline.is_some_and(|deadline| Instant::now() >= deadline);
    Ok(Action::Done(if is_late { Status::of_signal(signal::SIGALRM) } else { Status::of(line.is_complete) }))
}

/// Reads lines until one does not end in a backslash, which joins the next one to it.
fn read_line(call: &mut Call<'_>, is_raw: bool, delimiter: u8, mut limits: Limits) -> Result<Line, Errno> {
    let mut line = Line::default();
    if !call.shell.jobs.is_empty() {
        call.shell.lines.forget();
    }
    loop {
        let mut raw = call.shell.lines.read(0, delimiter, &mut limits)?;
        line.is_complete = raw.pop_if(|last| *last == delimiter).is_some() || limits.characters == Some(0);
        raw.retain(|&byte| byte != 0);
        if is_raw || line.bytes.is_empty() && !raw.contains(&b'\\') {
            line.bytes = raw;
            return Ok(line);
        }
        if !line.unescape(&raw, delimiter) || !line.is_complete {
            return Ok(line);
        }
    }
}

impl Line {
    /// Adds a line without its backslashes; true if it goes on with the next one.
    fn unescape(&mut self, raw: &[u8], delimiter: u8) -> bool {
        let mut bytes = raw.iter();
        while let Some(&byte) = bytes.next() {
            if byte != b'\\' {
                self.bytes.push(byte);
                // With its first byte, all of a character is protected.
                let goes_on = byte & 0xc0 == 0x80 && self.shape.last() == Some(&0);
                self.shape.push(if goes_on { 0 } else { byte });
                continue;
            }
            let next = bytes.next();
            // At the end, it is the delimiter that was quoted, if there is one.
            let escaped = next.copied().or(self.is_complete.then_some(delimiter));
            if let Some(escaped) = escaped.filter(|&byte| byte != b'\n') {
                self.bytes.push(escaped);
                self.shape.push(0);
            }
            if next.is_none() {
                return true;
            }
        }
        false
    }
}

/// Field splitting (POSIX XCU 2.6.5); the last variable takes all that is left.
fn assign(call: &mut Call<'_>, line: &Line, first: &[Bytes], last: &[u8]) -> Result<(), Status> {
    let ifs = call.shell.variables.separators().cloned();
    let separators = Separators::new(ifs.as_ref(), call.shell.variables.is_utf8());
    let shape = if line.shape.is_empty() { &line.bytes } else { &line.shape };
    let length = shape.len();
    let is_blank = |at: &usize| {
        let byte = shape.get(*at..=*at).unwrap_or_default();
        matches!(byte, b" " | b"\t" | b"\n") && !separators.find(byte).is_empty()
    };
    let skip_blanks = |from: usize| (from..length).find(|at| !is_blank(at)).unwrap_or(length);
    // Where the field that begins here ends, and where the next one begins.
    let field = |start: usize| {
        let rest = |from: usize| shape.get(from..).unwrap_or_default();
        let end = start + separators.find(rest(start)).start;
        let next = skip_blanks(end);
        let separator = separators.find(rest(next));
        (end, if separator.start == 0 { skip_blanks(next + separator.end) } else { next })
    };
    let text = |start: usize, end: usize| line.bytes.get(start..end).unwrap_or_default();
    let mut start = skip_blanks(0);
    for name in first {
        let (end, next) = field(start);
        call.set(name, text(start, end))?;
        start = next;
    }
    let end = match field(start) {
        // A single field: the delimiter behind it is not part of it.
        (end, next) if next >= length => end,
        _ => (start..length).rfind(|at| !is_blank(at)).map_or(start, |at| at + 1),
    };
    call.set(last, text(start, end))
}
