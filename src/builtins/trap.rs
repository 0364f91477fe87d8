//! `trap` (POSIX XCU 2.15).

use crate::state::traps::Condition;
use crate::syntax::Bytes;
use crate::sys::signal::{self, SIGCHLD, SIGKILL, SIGSTOP};

use super::{Answer, Call, DONE, in_quotes, kill, line};

pub fn trap(call: &mut Call<'_>) -> Answer {
    let (options, operands) = call.options("lp")?;
    if options.has('l') {
        return kill::list(call, &[]);
    }
    let (action, conditions) = match operands {
        [] => {
            let signals = signal::all().filter(|signal| ![SIGKILL, SIGSTOP].contains(signal));
            let listed: Vec<Condition> = match options.has('p') {
                // Defaults are told too.
                true => [Condition::Exit].into_iter().chain(signals.map(Condition::Signal)).collect(),
                false => call.shell.traps.listed().keys().copied().collect(),
            };
            listed.into_iter().for_each(|condition| list(call, condition));
            return DONE;
        }
        _ if options.has('p') => {
            return call.each(operands, |call, name| condition(name).map(|it| list(call, it)));
        }
        // Obsolescent: a number first means that all are set to their default.
        [first, ..] if !first.is_empty() && first.iter().all(u8::is_ascii_digit) => (None, operands),
        [only] if condition(only).is_ok() => (None, operands),
        [dash, rest @ ..] if **dash == *b"-" => (None, rest),
        [action, rest @ ..] => (Some(action.clone()), rest),
    };
    if conditions.is_empty() {
        return Err(call.misused("a signal or EXIT is missing"));
    }
    call.each(conditions, |call, name| condition(name).map(|it| set(call, it, action.clone())))
}

/// `EXIT`, `0`, a signal's name with or without SIG, or its number; `ERR`.
fn condition(name: &[u8]) -> Result<Condition, &'static str> {
    match name.to_ascii_uppercase().as_slice() {
        b"EXIT" => Ok(Condition::Exit),
        b"ERR" => Ok(Condition::Err),
        _ => match signal::number(name) {
            Some(0) => Ok(Condition::Exit),
            Some(number) if signal::all().any(|signal| signal == number) => Ok(Condition::Signal(number)),
            _ => Err("not a signal"),
        },
    }
}

/// Lists a trap so that it can be read back.
fn list(call: &mut Call<'_>, condition: Condition) {
    let name = match condition {
        Condition::Exit => "EXIT".to_owned(),
        Condition::Err => "ERR".to_owned(),
        Condition::Signal(signal) => signal::name(signal),
    };
    let action = call.shell.traps.listed().get(&condition).map_or(b"-".to_vec(), |action| in_quotes(action));
    line(call.out, [b"trap -- ", action.as_slice(), b" ", name.as_bytes()].concat());
}

/// A signal that was ignored when a script's shell began stays ignored.
fn set(call: &mut Call<'_>, condition: Condition, action: Option<Bytes>) {
    if let Condition::Signal(signal) = condition {
        let is_own = call.shell.reset.default.contains(&signal);
        let is_known = is_own || call.shell.traps.action(condition).is_some();
        if !is_known && !call.shell.is_interactive && signal::is_ignored(signal) {
            return;
        }
        // What came before was not for this one.
        signal::take(signal);
        // For SIGKILL and SIGSTOP, which cannot be caught, the trap is only remembered.
        match &action {
            // If the kernel ignored it, it would keep no status of a child.
            Some(action) if action.is_empty() && signal == SIGCHLD => signal::default(signal),
            Some(action) if action.is_empty() => signal::ignore(signal),
            Some(_) => signal::catch(signal),
            None if is_own => signal::survive(signal),
            None => signal::default(signal),
        }
    }
    call.shell.traps.set(condition, action);
}
