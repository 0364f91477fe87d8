//! `cd` and `pwd` (POSIX XCU cd, pwd).

use crate::pipeline::{Status, shown};
use crate::state::variables::Variables;
use crate::syntax::Bytes;
use crate::sys::{Errno, files, reason};

use super::{Answer, Call, DONE, line, nearest};

pub fn cd(call: &mut Call<'_>) -> Answer {
    let (options, operands) = call.options("LPe")?;
    let is_physical = options.last_of("LP") == Some('P');
    let variable = |name: &str| {
        let value = call.shell.variables.value(name.as_bytes()).filter(|value| !value.is_empty());
        value.cloned().ok_or_else(|| call.failed(format_args!("{name} is not set")))
    };
    let (target, is_back) = match call.operand(operands)? {
        None => (variable("HOME")?, false),
        Some(dash) if **dash == *b"-" => (variable("OLDPWD")?, true),
        Some(directory) => (directory.clone(), false),
    };
    if target.is_empty() {
        return Err(call.failed("the name of the directory is empty"));
    }
    let (found, by_path) = search(&target, call);
    let logical = if is_physical { None } else { logical_path(&call.shell.variables, &found) };
    let is_strict = is_physical && options.has('e');
    files::change_directory(logical.as_deref().unwrap_or(&found)).map_err(|errno| {
        let is_typo = call.shell.is_interactive && errno == Errno::ENOENT;
        let hint = if is_typo { nearest::of_directories(&target) } else { String::new() };
        let status = call.failed(format_args!("{}: {}{hint}", shown(&target), reason(errno)));
        // With `-e`, 1 is for a directory that was changed to and whose path cannot be found out.
        if is_strict { Status(2) } else { status }
    })?;
    match logical.map_or_else(files::working_directory, Ok) {
        Ok(new) => {
            let variables = &mut call.shell.variables;
            if let Some(old) = variables.value(b"PWD").cloned() {
                variables.put(b"OLDPWD", old);
            }
            variables.put(b"PWD", new.as_slice().into());
            if is_back || by_path {
                line(call.out, new);
            }
        }
        Err(errno) if is_strict => return Err(lost(call, errno)),
        Err(_) => {}
    }
    DONE
}

/// Looks a relative directory up in CDPATH; the flag says that a part of it which is not the working
/// directory was used.
fn search(target: &Bytes, call: &Call<'_>) -> (Vec<u8>, bool) {
    let first = target.split(|&byte| byte == b'/').next();
    let is_relative = !matches!(first, Some(b"" | b"." | b".."));
    let cdpath = call.shell.variables.value(b"CDPATH").filter(|_| is_relative);
    let directories = cdpath.into_iter().flat_map(|cdpath| cdpath.split(|&byte| byte == b':'));
    let mut candidates = directories.map(|directory| {
        let here = if directory.is_empty() { b".".as_slice() } else { directory };
        (files::join(here, target), !directory.is_empty())
    });
    candidates.find(|(path, _)| files::is_directory(path)).unwrap_or((target.to_vec(), false))
}

/// The target as an absolute path without `.` and `..`, which go back over symbolic links as over
/// directories. None if a directory before a `..` is not there, or it is not known where this is.
fn logical_path(variables: &Variables, target: &[u8]) -> Option<Vec<u8>> {
    let here = || variables.working_directory();
    let full = if target.starts_with(b"/") { target.to_vec() } else { files::join(here()?, target) };
    let path_of = |parts: &[&[u8]]| [b"/".as_slice(), &parts.join(&b'/')].concat();
    let mut parts: Vec<&[u8]> = Vec::new();
    for part in full.split(|&byte| byte == b'/') {
        match part {
            b"" | b"." => {}
            b".." if files::is_directory(&path_of(&parts)) => drop(parts.pop()),
            b".." => return None,
            part => parts.push(part),
        }
    }
    Some(path_of(&parts))
}

pub fn pwd(call: &mut Call<'_>) -> Answer {
    let (options, operands) = call.options("LP")?;
    call.no_more(operands)?;
    let is_physical = options.last_of("LP") == Some('P');
    let logical = if is_physical { None } else { call.shell.variables.working_directory() };
    let found = logical.map_or_else(files::working_directory, |pwd| Ok(pwd.to_vec()));
    let path = found.map_err(|errno| lost(call, errno))?;
    line(call.out, path);
    DONE
}

fn lost(call: &Call<'_>, errno: Errno) -> Status {
    call.failed(format_args!("the working directory: {}", reason(errno)))
}
