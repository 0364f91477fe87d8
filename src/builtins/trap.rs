//! `trap` (POSIX XCU 2.15).

use crate::state::Shell;
use crate::state::traps::Condition;
use crate::syntax::Bytes;
use crate::sys::signal::{self, SIGCHLD, SIGKILL, SIGSTOP};

use super::{Answer, Call, DONE, in_quotes, kill, line};

/// Not told of where they have their defaults.
const UNTOLD: [Condition; 3] = [Condition::Signal(SIGKILL), Condition::Signal(SIGSTOP), Condition::Err];

pub fn trap(call: &mut Call<'_>) -> Answer {
    let (options, operands) = call.options("lp")?;
    if options.has('l') {
        return kill::list(call, &[]);
    }
    let (action, conditions) = match operands {
        [] => {
            let signals = signal::all().map(Condition::Signal);
            for condition in [Condition::Exit].into_iter().chain(signals).chain([Condition::Err]) {
                // Defaults are told too.
                if action(call.shell, condition).is_some() || options.has('p') && !UNTOLD.contains(&condition)
                {
                    list(call, condition);
                }
            }
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
    let action = action(call.shell, condition).map_or(b"-".to_vec(), |action| in_quotes(&action));
    line(call.out, [b"trap -- ", action.as_slice(), b" ", name.as_bytes()].concat());
}

/// What is listed for a condition.
fn action(shell: &Shell, condition: Condition) -> Option<Bytes> {
    let listed = shell.traps.listed().get(&condition).cloned();
    listed.or_else(|| stays_ignored(shell, condition).then(Bytes::default))
}

/// Whether it is a signal that was ignored when a script's shell began: it stays so.
fn stays_ignored(shell: &Shell, condition: Condition) -> bool {
    matches!(condition, Condition::Signal(signal) if !shell.is_interactive && shell.traps.is_default(signal)
        && !shell.reset.default.contains(&signal) && signal::is_ignored(signal))
}

fn set(call: &mut Call<'_>, condition: Condition, action: Option<Bytes>) {
    if stays_ignored(call.shell, condition) {
        return;
    }
    if let Condition::Signal(signal) = condition {
        // What came before was not for this one.
        signal::take(signal);
        // For SIGKILL and SIGSTOP, which cannot be caught, the trap is only remembered.
        match &action {
            // If the kernel ignored it, it would keep no status of a child.
            Some(action) if action.is_empty() && signal == SIGCHLD => signal::default(signal),
            Some(action) if action.is_empty() => signal::ignore(signal),
            Some(_) => signal::catch(signal),
            None if call.shell.reset.default.contains(&signal) => signal::survive(signal),
            None => signal::default(signal),
        }
    }
    call.shell.traps.set(condition, action);
}
