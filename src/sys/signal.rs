//! Signals: the one handler, what is pending, blocking, sleeping until one comes, names.

use std::os::fd::BorrowedFd;
use std::sync::atomic::{AtomicBool, AtomicI32, AtomicU64, Ordering};

use nix::libc;
pub use nix::libc::{
    SIGALRM, SIGCHLD, SIGCONT, SIGHUP, SIGINT, SIGKILL, SIGPIPE, SIGQUIT, SIGSTOP, SIGTERM, SIGTSTP, SIGTTIN,
    SIGTTOU, SIGXFSZ,
};
use nix::poll::{PollFd, PollFlags, ppoll};
use nix::sys::signal::{SaFlags, SigAction, SigHandler, SigSet, SigmaskHow, Signal, pthread_sigmask};

use super::{Errno, Pid, wait};

/// A bit for each signal that has come and was not yet taken.
static PENDING: AtomicU64 = AtomicU64::new(0);

/// Whether SIGINT is to be noted, since a child decides what it means.
static PATIENT: AtomicBool = AtomicBool::new(false);

fn bit(signal: i32) -> u64 {
    1 << (signal - 1)
}

extern "C" fn note(signal: libc::c_int) {
    PENDING.fetch_or(bit(signal), Ordering::Relaxed);
}

extern "C" fn hang_up(signal: libc::c_int) {
    note(signal);
    let errno = Errno::last();
    // SAFETY: calls that a handler may make. The line editor goes on reading after a signal, and finds the end.
    unsafe {
        let end = libc::open(c"/dev/null".as_ptr(), libc::O_RDONLY | libc::O_CLOEXEC);
        libc::dup2(end, 0);
        libc::close(end);
    }
    errno.set();
}

/// Also runs in a child that shares the shell's memory and has not executed yet, which it ends.
extern "C" fn interrupt(signal: libc::c_int) {
    tell_newest(SIGINT);
    let is_noted = PATIENT.load(Ordering::Relaxed) && !IS_SPAWNING.load(Ordering::Relaxed);
    if is_noted { note(signal) } else { end_by(SIGINT) }
}

/// Ends this process by a signal, as if it had never been caught; returns where that cannot be: in process 1.
/// From a handler, when that returns.
pub fn end_by(signal: i32) {
    // SAFETY: calls that a handler may make, with numbers only.
    unsafe {
        libc::signal(signal, libc::SIG_DFL);
        libc::kill(libc::getpid(), signal);
    }
}

/// Also runs in such a child, which Ctrl-Z must not stop: its parent sleeps until it executes, and could not be
/// stopped. It ends; the parent, which got the signal too, makes another when it goes on.
extern "C" fn stop(_signal: libc::c_int) {
    if IS_SPAWNING.load(Ordering::Relaxed) {
        IS_SPOILT.store(true, Ordering::Relaxed);
        // SAFETY: ends the process; no invariant is left to hold.
        unsafe { libc::_exit(0) };
    }
    let errno = Errno::last();
    tell_newest(SIGTSTP);
    // A signal is blocked while its handler runs.
    default(SIGTSTP);
    if SigSet::from(Signal::SIGTSTP).thread_unblock().is_ok() {
        let _ = send(Pid::this().as_raw(), SIGTSTP);
    }
    set(SIGTSTP, SigHandler::Handler(stop), SaFlags::SA_RESTART);
    errno.set();
}

/// A child shares this process's memory and has not executed yet.
static IS_SPAWNING: AtomicBool = AtomicBool::new(false);
/// It ended, since it was to be stopped.
static IS_SPOILT: AtomicBool = AtomicBool::new(false);

/// Makes a child that shares the shell's memory until it executes; again if Ctrl-Z came first. All signals are blocked.
pub(super) fn unless_stopped(mut make: impl FnMut() -> Result<Pid, Errno>) -> Result<Pid, Errno> {
    loop {
        let blocked = Blocked::all();
        IS_SPAWNING.store(true, Ordering::Relaxed);
        let made = make();
        // From here on this is the parent alone.
        IS_SPAWNING.store(false, Ordering::Relaxed);
        let child = made?;
        if !IS_SPOILT.swap(false, Ordering::Relaxed) {
            hand_on(child, blocked);
            return Ok(child);
        }
        let _ = wait::wait(Some(child), wait::Patience::Sleep);
    }
}

/// The child that was just made.
static NEWEST: AtomicI32 = AtomicI32::new(0);

/// Lets signals in again after a child was made. What came for the whole group while they were blocked, but before
/// the child was there, is handed on to it.
pub(super) fn hand_on(child: Pid, blocked: Blocked) {
    NEWEST.store(child.as_raw(), Ordering::Relaxed);
    drop(blocked);
    NEWEST.store(0, Ordering::Relaxed);
}

fn tell_newest(signal: i32) {
    let newest = NEWEST.load(Ordering::Relaxed);
    if newest > 0 {
        let _ = send(newest, signal);
    }
}

/// What ends who writes where nobody reads, or too much: by default not this shell, but the subshell that it runs.
pub const OF_WRITERS: [i32; 2] = [SIGPIPE, SIGXFSZ];

/// None of them has its default action.
static IS_OUTLIVING: AtomicBool = AtomicBool::new(false);

/// Before a subshell that runs in this process: from now on those are noted, unless they are ignored or trapped.
pub fn prepare_for_nested() {
    if !IS_OUTLIVING.load(Ordering::Relaxed) {
        IS_OUTLIVING.store(true, Ordering::Relaxed);
        OF_WRITERS.into_iter().filter(|&signal| disposition(signal) == libc::SIG_DFL).for_each(catch);
    }
}

/// Before a script's first child: from now on Ctrl-Z never stops one that has not executed, and SIGINT is the
/// child's to decide on while the script waits for it. Nothing is changed that is ignored or trapped; what is
/// executed does not notice.
pub fn prepare_for_children() {
    static IS_READY: AtomicBool = AtomicBool::new(false);
    if IS_READY.swap(true, Ordering::Relaxed) {
        return;
    }
    let handlers: [(i32, extern "C" fn(libc::c_int)); 2] = [(SIGINT, interrupt), (SIGTSTP, stop)];
    for (signal, handler) in handlers {
        // What the signal comes into goes on after it, as after a stop without a handler.
        if disposition(signal) == libc::SIG_DFL {
            set(signal, SigHandler::Handler(handler), SaFlags::SA_RESTART);
        }
    }
}

/// From now on SIGINT is only noted: the child that is waited for has got it too, and may mind or not.
pub fn be_patient() {
    PATIENT.store(true, Ordering::Relaxed);
}

/// In a child: what has come was for its parent.
pub(super) fn forget() {
    PATIENT.store(false, Ordering::Relaxed);
    PENDING.store(0, Ordering::Relaxed);
}

/// From now on it ends the script again. Tells whether it has come.
pub fn end_patience() -> bool {
    PATIENT.store(false, Ordering::Relaxed);
    take(SIGINT)
}

/// Makes a signal not end or stop an interactive shell: SIGINT is noted; SIGHUP too, and standard input ends there
/// and then; others are ignored.
pub fn survive(signal: i32) {
    match signal {
        SIGINT => catch(signal),
        SIGHUP => set(signal, SigHandler::Handler(hang_up), SaFlags::empty()),
        _ => ignore(signal),
    }
}

/// Makes a signal be noted, and end whatever the shell sleeps in.
pub fn catch(signal: i32) {
    set(signal, SigHandler::Handler(note), SaFlags::empty());
}

/// Runs something that a signal ends at once, and that puts back what it has changed before the signal has its effect.
pub(super) fn after<T>(signal: i32, run: impl FnOnce() -> T) -> T {
    let before = exchange(signal, None);
    if before.sa_sigaction == libc::SIG_IGN {
        return run();
    }
    catch(signal);
    let result = run();
    exchange(signal, Some(&before));
    if take(signal) {
        let _ = send(Pid::this().as_raw(), signal);
    }
    result
}

/// Makes a signal be ignored, here and in what is executed.
pub fn ignore(signal: i32) {
    set(signal, SigHandler::SigIgn, SaFlags::empty());
}

/// Gives a signal its default action.
pub fn default(signal: i32) {
    if OF_WRITERS.contains(&signal) {
        IS_OUTLIVING.store(false, Ordering::Relaxed);
    }
    set(signal, SigHandler::SigDfl, SaFlags::empty());
}

/// Does nothing to SIGKILL and SIGSTOP.
fn set(signal: i32, handler: SigHandler, flags: SaFlags) {
    exchange(signal, Some(&SigAction::new(handler, flags, SigSet::empty()).into()));
}

/// Gives a signal an action, if there is a new one, and tells what it had.
fn exchange(signal: i32, action: Option<&libc::sigaction>) -> libc::sigaction {
    // SAFETY: sigaction is plain data, for which zero is a value.
    let mut before: libc::sigaction = unsafe { std::mem::zeroed() };
    let action = action.map_or(std::ptr::null(), std::ptr::from_ref);
    // SAFETY: both outlive the call. The handlers change atomics and make only calls that a handler may make.
    unsafe { libc::sigaction(signal, action, &raw mut before) };
    before
}

/// Whether a caught signal has come since this was last asked; it is then forgotten.
pub fn take(signal: i32) -> bool {
    PENDING.fetch_and(!bit(signal), Ordering::Relaxed) & bit(signal) != 0
}

/// Whether a caught signal has come; it stays.
pub fn has_come(signal: i32) -> bool {
    PENDING.load(Ordering::Relaxed) & bit(signal) != 0
}

/// Whether any caught signal has come: a glance between two commands.
pub fn any_has_come() -> bool {
    PENDING.load(Ordering::Relaxed) != 0
}

/// Whether one has come that ends what somebody waits for: any but that a child has changed.
pub fn any_interrupts() -> bool {
    PENDING.load(Ordering::Relaxed) & !bit(SIGCHLD) != 0
}

/// Whether a signal is ignored now: at start, whether the shell was started so.
pub fn is_ignored(signal: i32) -> bool {
    disposition(signal) == libc::SIG_IGN
}

fn disposition(signal: i32) -> libc::sighandler_t {
    exchange(signal, None).sa_sigaction
}

/// Which signals a child must get back to their defaults before it may run anything: those that the shell
/// catches, and those that it ignores for itself.
#[derive(Debug, Clone, Default)]
pub struct Reset {
    /// Set to the default action.
    pub default: Vec<i32>,
    /// Set to be ignored: SIGINT and SIGQUIT in asynchronous lists without job control (POSIX XCU 2.12).
    pub ignore: Vec<i32>,
}

impl Reset {
    /// For a program that is not minish: SIGPIPE, which the Rust runtime ignores, and whatever it catches,
    /// since its handlers must not run in a child that shares its memory.
    pub fn of_this_program() -> Reset {
        let caught = |signal: &i32| !matches!(disposition(*signal), libc::SIG_DFL | libc::SIG_IGN);
        let default = (1..=libc::SIGRTMAX()).filter(caught).chain([SIGPIPE]).collect();
        Reset { default, ..Reset::default() }
    }

    /// Does it, in a child. Allocates nothing.
    pub(super) fn apply(&self) {
        self.default.iter().for_each(|&signal| default(signal));
        self.ignore.iter().for_each(|&signal| ignore(signal));
    }

    /// Does it while `run` runs.
    pub(super) fn apply_while<T>(&self, run: impl FnOnce() -> T) -> T {
        let changed = self.default.iter().chain(&self.ignore);
        let before: Vec<_> = changed.map(|&signal| (signal, exchange(signal, None))).collect();
        self.apply();
        let result = run();
        for (signal, action) in before {
            exchange(signal, Some(&action));
        }
        result
    }
}

/// Waits while SIGCHLD is caught, so that a child's end ends what the shell sleeps in.
pub fn woken_by_children<T>(wait: impl FnOnce() -> T) -> T {
    let is_default = disposition(SIGCHLD) == libc::SIG_DFL;
    catch(SIGCHLD);
    let result = wait();
    // Otherwise somebody else catches it.
    if is_default {
        default(SIGCHLD);
        take(SIGCHLD);
    }
    result
}

/// Blocks signals until dropped.
#[must_use]
pub struct Blocked {
    before: SigSet,
}

impl Blocked {
    /// Blocks all signals.
    pub fn all() -> Blocked {
        Blocked::these(&SigSet::all())
    }

    pub(super) fn these(signals: &SigSet) -> Blocked {
        // It cannot fail: there is such a way to change the mask.
        Blocked { before: signals.thread_swap_mask(SigmaskHow::SIG_BLOCK).unwrap_or(SigSet::empty()) }
    }

    /// Lets the signals in as they were, and sleeps until one has come and its handler has run: a single
    /// step for the kernel, so that none is missed in between.
    pub fn sleep(&self) {
        // Always ends with EINTR.
        let _ = self.before.suspend();
    }

    /// The same, until a descriptor can be read or a signal has come; whether it can.
    pub fn sleep_until_readable(&self, from: BorrowedFd<'_>) -> bool {
        let mut polled = [PollFd::new(from, PollFlags::POLLIN)];
        ppoll(&mut polled, None, Some(self.before)).is_ok()
    }
}

impl Drop for Blocked {
    fn drop(&mut self) {
        let _ = self.before.thread_set_mask();
    }
}

/// Blocks nothing, at the start and in a child.
pub fn unblock_all() {
    let _ = pthread_sigmask(SigmaskHow::SIG_SETMASK, Some(&SigSet::empty()), None);
}

/// Sends a signal of this number as `kill(2)` does: 0 only asks whether it could; a target below 0 is a process
/// group, 0 the shell's own.
pub fn send(target: i32, signal: i32) -> Result<(), Errno> {
    // SAFETY: takes numbers only.
    Errno::result(unsafe { libc::kill(target, signal) }).map(drop)
}

/// The name of a signal without `SIG`, as `sig2str(3)` has it: `INT`, `RTMIN+1`, `RTMAX-1`.
pub fn name(signal: i32) -> String {
    let (first, last) = (libc::SIGRTMIN(), libc::SIGRTMAX());
    match Signal::try_from(signal) {
        Ok(signal) => signal.as_str().trim_start_matches("SIG").to_owned(),
        Err(_) if signal == first => "RTMIN".to_owned(),
        Err(_) if signal == last => "RTMAX".to_owned(),
        Err(_) if (first..=first.midpoint(last)).contains(&signal) => format!("RTMIN+{}", signal - first),
        Err(_) if (first..=last).contains(&signal) => format!("RTMAX-{}", last - signal),
        Err(_) => signal.to_string(),
    }
}

/// The numbers of all signals that have a name.
pub fn all() -> impl Iterator<Item = i32> {
    (1..=libc::SIGRTMAX()).filter(|&signal| Signal::try_from(signal).is_ok() || signal >= libc::SIGRTMIN())
}

/// The number of a signal, or 0, from that number or from its name in any case, with or without `SIG`.
pub fn number(text: &[u8]) -> Option<i32> {
    let text = std::str::from_utf8(text).ok()?.to_ascii_uppercase();
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().ok().filter(|signal| (0..=libc::SIGRTMAX()).contains(signal));
    }
    let wanted = text.strip_prefix("SIG").unwrap_or(&text);
    // A signal in the middle may be counted from both ends.
    let (first, last) = (libc::SIGRTMIN(), libc::SIGRTMAX());
    let counted = |signal| [format!("RTMIN+{}", signal - first), format!("RTMAX-{}", last - signal)];
    all().find(|&signal| {
        name(signal) == wanted || signal >= first && counted(signal).iter().any(|name| name == wanted)
    })
}
