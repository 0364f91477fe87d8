//! `read` (POSIX XCU read), with some of bash's options.

use std::ops::Range;
use std::time::{Duration, Instant};

use crate::expand::Separators;
use crate::pipeline::Status;
use crate::pipeline::report::shown;
use crate::syntax::Bytes;
use crate::sys::lines::{self, Limits};
use crate::sys::{Errno, fd, reason, terminal};

use super::{Action, Answer, Call, number};

/// How to read.
#[derive(Default)]
struct Options {
    raw: bool,
    delimiter: u8,
    limits: Limits,
    prompt: Vec<u8>,
    is_silent: bool,
    /// `-t 0`: whether something could be read.
    only_asks: bool,
}

/// What was read.
#[derive(Default)]
struct Line {
    bytes: Vec<u8>,
    /// The places of the bytes that a backslash protects from being split at, in order.
    protected: Vec<usize>,
    /// The delimiter was there.
    is_complete: bool,
}

pub fn read(call: &mut Call<'_>) -> Answer {
    let (letters, names) = call.options("rsd:n:p:t:")?;
    let mut options = Options { delimiter: b'\n', ..Options::default() };
    for (letter, argument) in letters.0 {
        let misused = |problem| call.misused(format_args!("{}: {problem}", shown(argument)));
        options.set(letter, argument).map_err(misused)?;
    }
    names.iter().try_for_each(|name| call.check_name(name))?;
    if options.only_asks {
        return Ok(Action::Done(Status::of(lines::can_read(0))));
    }
    let on_terminal = terminal::is_terminal(0);
    if on_terminal && !options.prompt.is_empty() {
        fd::tell(&options.prompt);
    }
    let silenced = (on_terminal && options.is_silent).then(|| terminal::Silenced::new(0));
    let line = read_line(call, &options);
    drop(silenced);
    let line = match line {
        Ok(line) => line,
        Err(Errno::EINTR) => return Ok(call.interrupted()),
        Err(Errno::ETIMEDOUT) => return Err(Status::of_signal(crate::sys::signal::SIGALRM)),
        Err(errno) => {
            return Err(call.wrong(format_args!("cannot read from standard input: {}", reason(errno))));
        }
    };
    match names.split_last() {
        // All of the line, which nothing splits.
        None => call.set(b"REPLY", line.bytes.as_slice())?,
        Some((last, first)) => assign(call, &line, first, last)?,
    }
    Ok(Action::Done(Status::of(line.is_complete)))
}

impl Options {
    fn set(&mut self, letter: char, argument: &[u8]) -> Result<(), &'static str> {
        match letter {
            'r' => self.raw = true,
            's' => self.is_silent = true,
            // Nothing means the NUL byte.
            'd' => self.delimiter = argument.first().copied().unwrap_or(0),
            'p' => self.prompt = argument.to_vec(),
            'n' => self.limits.bytes = Some(number(argument).ok_or("not a number of bytes")?),
            _ => {
                let duration = number(argument).and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
                let duration = duration.ok_or("not a number of seconds")?;
                self.only_asks = duration.is_zero();
                self.limits.deadline = Instant::now().checked_add(duration);
            }
        }
        Ok(())
    }
}

/// Reads lines until one does not end in a backslash, which joins the next one to it.
fn read_line(call: &mut Call<'_>, options: &Options) -> Result<Line, Errno> {
    let mut line = Line::default();
    if !call.shell.jobs.is_empty() {
        call.shell.lines.forget();
    }
    loop {
        let mut raw = call.shell.lines.read(0, options.delimiter, options.limits)?;
        let is_full = options.limits.bytes.is_some_and(|most| raw.len() >= most);
        line.is_complete = raw.pop_if(|last| *last == options.delimiter).is_some() || is_full;
        raw.retain(|&byte| byte != 0);
        if options.raw || !raw.contains(&b'\\') {
            match line.bytes.is_empty() {
                true => line.bytes = raw,
                false => line.bytes.extend_from_slice(&raw),
            }
            return Ok(line);
        }
        if !line.unescape(&raw, options.delimiter) || !line.is_complete {
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
                continue;
            }
            let next = bytes.next();
            // At the end, it is the delimiter that was quoted, if there is one.
            let escaped = next.copied().or(self.is_complete.then_some(delimiter));
            if let Some(escaped) = escaped.filter(|&byte| byte != b'\n') {
                self.protected.push(self.bytes.len());
                self.bytes.push(escaped);
            }
            if next.is_none() {
                return true;
            }
        }
        false
    }

    /// Where the first separator behind a place stands.
    fn find(&self, separators: &Separators<'_>, from: usize) -> Range<usize> {
        let found = separators.find(self.bytes.get(from..).unwrap_or_default());
        let found = from + found.start..from + found.end;
        match self.is_protected(found.start) {
            true => self.find(separators, found.end),
            false => found,
        }
    }

    fn is_protected(&self, at: usize) -> bool {
        self.protected.binary_search(&at).is_ok()
    }
}

/// Field splitting (POSIX XCU 2.6.5); the last variable takes all that is left.
fn assign(call: &mut Call<'_>, line: &Line, first: &[Bytes], last: &[u8]) -> Result<(), Status> {
    let ifs = call.shell.variables.separators().cloned();
    let separators = Separators::new(ifs.as_ref(), call.shell.variables.is_utf8());
    let length = line.bytes.len();
    let is_blank = |at: &usize| {
        let byte = line.bytes.get(*at..=*at).unwrap_or_default();
        matches!(byte, b" " | b"\t" | b"\n") && !separators.find(byte).is_empty() && !line.is_protected(*at)
    };
    let skip_blanks = |from: usize| (from..length).find(|at| !is_blank(at)).unwrap_or(length);
    // Where the field that begins here ends, and where the next one begins.
    let field = |start: usize| {
        let end = line.find(&separators, start).start;
        let next = skip_blanks(end);
        let separator = line.find(&separators, next);
        (end, if separator.start == next { skip_blanks(separator.end) } else { next })
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
