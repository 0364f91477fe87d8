//! Tells what a program inherited from the one that started it, one fact a line: arguments, descriptors, process
//! group, terminal, signals, folder, umask, limits. Put it where a command may stand to see what a shell does there:
//!
//! ```sh
//! inherit                         # everything
//! inherit fds signals             # only these sections
//! inherit argv -- 'a b' ''        # words after `--` name no section
//! sleep 9 | inherit group | cat   # in the middle of a pipeline
//! ```
//!
//! The text is the same at every run: pipes, sockets and pseudo-terminals are printed without their numbers. With
//! standard output closed it goes to standard error, since a closed descriptor is one of the things to look at.
//!
//! The Rust runtime would falsify two of the facts before `main`: it ignores SIGPIPE and opens `/dev/null` in place of
//! a closed descriptor 0, 1 or 2. Hence `no_main`: the C library calls [`main`] and nothing runs before it. The
//! arguments are still there, since glibc hands them to the standard library as it does to any initializer.

#![no_main]
#![allow(unsafe_code)] // only to give `main` the name under which the C library looks for it

use nix::errno::Errno;
use nix::sys::resource::{Resource, getrlimit};
use nix::sys::signal::Signal;
use nix::unistd::{Pid, getpgid, getpgrp, getpid, getppid, getsid, tcgetpgrp};
use std::ffi::{OsStr, OsString, c_int};
use std::fmt::Display;
use std::fs::{self, File};
use std::io::{self, Write};
use std::os::fd::AsFd;
use std::os::unix::ffi::OsStrExt;

type Section = fn(&mut Vec<u8>) -> io::Result<()>;

const SECTIONS: [(&str, Section); 9] = [
    ("argv", argv),
    ("fds", fds),
    ("group", group),
    ("terminal", terminal),
    ("mask", mask),
    ("ignored", ignored),
    ("folder", folder),
    ("umask", umask),
    ("limits", limits),
];

/// The resources whose limits are told, by the names that `setrlimit` gives them.
const LIMITS: [(&str, Resource); 7] = [
    ("as", Resource::RLIMIT_AS),
    ("core", Resource::RLIMIT_CORE),
    ("cpu", Resource::RLIMIT_CPU),
    ("data", Resource::RLIMIT_DATA),
    ("fsize", Resource::RLIMIT_FSIZE),
    ("nofile", Resource::RLIMIT_NOFILE),
    ("stack", Resource::RLIMIT_STACK),
];

/// What the C library calls.
// SAFETY: no other `main` is linked (`no_main`), and C may call a `main` of this signature.
#[unsafe(no_mangle)]
pub extern "C" fn main() -> c_int {
    let wanted: Vec<OsString> = std::env::args_os().skip(1).take_while(|word| word != "--").collect();
    if let Some(word) = wanted.iter().find(|word| !names_a_section(word)) {
        let names = SECTIONS.map(|(name, _)| name).join(" ");
        eprintln!("inherit: no section {}; there are: {names} signals", shown(word));
        return 2;
    }
    match report(&wanted) {
        Ok(()) => 0,
        Err(error) => {
            eprintln!("inherit: {error}");
            1
        }
    }
}

fn names_a_section(word: &OsStr) -> bool {
    word == "signals" || SECTIONS.iter().any(|(name, _)| word == *name)
}

/// Gathers everything before the first byte is written, so that the output itself changes nothing that is told.
fn report(wanted: &[OsString]) -> io::Result<()> {
    let named = |name: &str| wanted.iter().any(|word| word == name);
    let mut text = Vec::new();
    for (name, section) in SECTIONS {
        let is_signals = matches!(name, "mask" | "ignored");
        if wanted.is_empty() || named(name) || (is_signals && named("signals")) {
            section(&mut text)?;
        }
    }
    // `println!` takes a closed standard output for success.
    let output = io::stdout().as_fd().try_clone_to_owned();
    let output = output.or_else(|_| io::stderr().as_fd().try_clone_to_owned())?;
    File::from(output).write_all(&text)
}

/// Any bytes as printable text on one line.
fn shown(bytes: &OsStr) -> impl Display + '_ {
    bytes.as_bytes().escape_ascii()
}

fn argv(out: &mut Vec<u8>) -> io::Result<()> {
    for (index, word) in std::env::args_os().enumerate() {
        writeln!(out, "argv[{index}]: \"{}\"", shown(&word))?;
    }
    Ok(())
}

fn fds(out: &mut Vec<u8>) -> io::Result<()> {
    let mut numbers = Vec::new();
    for entry in fs::read_dir("/proc/self/fd")? {
        numbers.extend(entry?.file_name().to_str().and_then(|name| name.parse::<u32>().ok()));
    }
    numbers.sort_unstable();
    for number in numbers {
        // The scan has listed its own descriptor, which is closed by now: that one has no link any more.
        let Ok(target) = fs::read_link(format!("/proc/self/fd/{number}")) else { continue };
        writeln!(out, "fd {number}: {} {}", kind(target.as_os_str()), access(number)?)?;
    }
    Ok(())
}

/// What a descriptor refers to: what has a lasting name by that name, anything else by its kind.
fn kind(target: &OsStr) -> String {
    let text = shown(target).to_string();
    let numbered = [("pipe:[", "pipe"), ("socket:[", "socket"), ("/dev/pts/", "terminal")];
    match numbered.iter().find(|(prefix, _)| text.starts_with(prefix)) {
        Some((_, kind)) => (*kind).to_owned(),
        None => text,
    }
}

/// `fcntl(F_GETFL)` would need a descriptor made from a bare number, which is unsafe; the kernel prints the same flags.
fn access(number: u32) -> io::Result<&'static str> {
    let flags = field(&format!("/proc/self/fdinfo/{number}"), "flags:")?;
    let flags = i32::from_str_radix(&flags, 8).map_err(io::Error::other)?;
    Ok(match flags & nix::libc::O_ACCMODE {
        nix::libc::O_RDONLY => "r",
        nix::libc::O_WRONLY => "w",
        _ => "rw",
    })
}

fn group(out: &mut Vec<u8>) -> io::Result<()> {
    let group = getpgrp();
    // A parent outside this PID namespace is 0, which `getpgid` would take for the caller.
    let parent = getppid();
    let is_parents = parent.as_raw() != 0 && getpgid(Some(parent)) == Ok(group);
    let whose = match group {
        own if own == getpid() => "leads its own group",
        _ if is_parents => "shares its parent's group",
        _ => "another's",
    };
    writeln!(out, "group: {whose}")?;
    let leads = getsid(None)? == getpid();
    writeln!(out, "session: {}", if leads { "leads its own session" } else { "not its leader" })
}

/// The controlling terminal is asked for by name: standard input may be something else, or another terminal.
fn terminal(out: &mut Vec<u8>) -> io::Result<()> {
    let place = match File::open("/dev/tty") {
        Err(error) if error.raw_os_error() == Some(Errno::ENXIO as i32) => "no terminal",
        Err(error) => return Err(error),
        Ok(tty) => match tcgetpgrp(&tty) {
            Ok(group) if group == getpgrp() => "in the foreground group",
            Ok(group) if group == Pid::from_raw(0) => "foreground group of another PID namespace",
            Ok(_) => "in a background group",
            Err(errno) => return Err(errno.into()),
        },
    };
    writeln!(out, "terminal: {place}")
}

fn mask(out: &mut Vec<u8>) -> io::Result<()> {
    writeln!(out, "blocked: {}", signals("SigBlk:")?)
}

/// A caught signal cannot be inherited: `exec` sets it back to its default. What is not listed here is at its default.
fn ignored(out: &mut Vec<u8>) -> io::Result<()> {
    writeln!(out, "ignored: {}", signals("SigIgn:")?)
}

/// The names of one of the signal sets of `/proc/self/status`, where bit 0 is signal 1.
fn signals(set: &str) -> io::Result<String> {
    let bits = u64::from_str_radix(&field("/proc/self/status", set)?, 16).map_err(io::Error::other)?;
    let numbers = (1..=64).filter(|number| bits >> (number - 1) & 1 == 1);
    let names: Vec<String> = numbers.map(signal_name).collect();
    Ok(if names.is_empty() { "none".to_owned() } else { names.join(" ") })
}

fn signal_name(number: i32) -> String {
    match Signal::try_from(number) {
        Ok(signal) => signal.as_str().to_owned(),
        Err(_) => number.to_string(), // real-time signals have no fixed names
    }
}

fn folder(out: &mut Vec<u8>) -> io::Result<()> {
    match std::env::current_dir() {
        Ok(path) => writeln!(out, "folder: {}", shown(path.as_os_str())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => writeln!(out, "folder: removed"),
        Err(error) => Err(error),
    }
}

/// Read where reading changes nothing: `umask(2)` can tell the mask only by setting another.
fn umask(out: &mut Vec<u8>) -> io::Result<()> {
    writeln!(out, "umask: {}", field("/proc/self/status", "Umask:")?)
}

/// The number of open files always; other limits only where the soft one was set below the hard one.
fn limits(out: &mut Vec<u8>) -> io::Result<()> {
    for (name, resource) in LIMITS {
        let (soft, hard) = getrlimit(resource)?;
        if name == "nofile" || soft != hard {
            writeln!(out, "limit {name}: {soft}")?;
        }
    }
    Ok(())
}

/// The value in a file of `name value` lines.
fn field(file: &str, name: &str) -> io::Result<String> {
    let text = fs::read_to_string(file)?;
    let value = text.lines().find_map(|line| line.strip_prefix(name));
    value.map(|value| value.trim().to_owned()).ok_or_else(|| io::Error::other(format!("{file}: no {name}")))
}
