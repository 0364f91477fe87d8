//! Making processes: a program without copying memory (`clone(2)` as `vfork(2)` does it), a copy of the
//! shell (`fork(2)`), or this process itself (`execve(2)`).
//!
//! The law of what runs between `clone` and `execve`: no allocation, no lock, no drop, no panic, no return.
//! The child shares the parent's memory while the parent sleeps; it writes nothing but the failure slot.

use std::cell::Cell;
use std::ffi::{CStr, CString};
use std::os::fd::{AsRawFd, OwnedFd, RawFd};
use std::rc::Rc;

use nix::libc::{self, c_char};
use nix::sched::{CloneFlags, clone};
use nix::unistd::{ForkResult, setpgid};

use super::fault::{self, Call};
use super::fd::{self, FdStep};
use super::signal::{self, Blocked, Reset};
use super::{Errno, Pid, files};

/// A program ready to be executed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// Path of its file.
    pub path: CString,
    /// Its arguments, the first being its name.
    pub argv: Vec<CString>,
    /// `name=value` each.
    pub environment: Rc<[CString]>,
    /// What runs the file if it is a text without `#!` (ENOEXEC).
    pub interpreter: &'static CStr,
}

/// The pipe ends that are open while a child is made.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ends<'a> {
    /// What becomes its standard input.
    pub input: Option<&'a OwnedFd>,
    /// What becomes its standard output.
    pub output: Option<&'a OwnedFd>,
    /// What the next child will read.
    pub next: Option<&'a OwnedFd>,
}

impl Ends<'_> {
    /// The descriptors that it is wired to, each with the one that it becomes.
    pub fn wiring(&self) -> impl Iterator<Item = (RawFd, RawFd)> {
        [(self.input, 0), (self.output, 1)].into_iter().filter_map(|(end, to)| Some((end?.as_raw_fd(), to)))
    }
}

/// What a child is to be before it runs anything.
pub struct Setup<'a> {
    /// Its pipes.
    pub ends: Ends<'a>,
    /// Then these.
    pub steps: &'a [FdStep],
    /// The process group to join; 0 leads a new one.
    pub group: Option<Pid>,
    /// Whether it leaves the terminal for a session of its own.
    pub session: bool,
    /// A pipe that nobody writes to. It waits here before it runs anything, until the writing end is closed, also
    /// by the shell's death: its job is whole and has the terminal by then.
    pub gate: Option<(&'a OwnedFd, &'a OwnedFd)>,
    /// Signals that the shell changed for itself.
    pub reset: &'a Reset,
}

/// Where a child failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Wiring it to its pipes.
    Wire,
    /// The descriptor step of this index.
    Fd(usize),
    /// Executing its program.
    Exec,
    /// Writing what it has to say.
    Write,
}

/// Where a child that could not start leaves its reason; shared with it. It is read when the child is waited for.
pub type Slot = Cell<Option<(Step, Errno)>>;

/// A slot in memory that a forked child shares.
#[derive(Debug)]
pub struct SharedSlot(std::ptr::NonNull<Slot>);

impl SharedSlot {
    /// An empty one.
    pub fn new() -> Result<SharedSlot, Errno> {
        use nix::sys::mman::{MapFlags, ProtFlags, mmap_anonymous};
        let length = std::num::NonZeroUsize::new(size_of::<Slot>()).ok_or(Errno::EINVAL)?;
        let protection = ProtFlags::PROT_READ | ProtFlags::PROT_WRITE;
        // SAFETY: a new anonymous mapping, which overlays nothing; it is large enough and aligned for a slot.
        unsafe {
            let page = mmap_anonymous(None, length, protection, MapFlags::MAP_SHARED)?.cast();
            page.write(Slot::default());
            Ok(SharedSlot(page))
        }
    }
}

impl std::ops::Deref for SharedSlot {
    type Target = Slot;

    fn deref(&self) -> &Slot {
        // SAFETY: there is a slot in the mapping, which lives as long as self.
        unsafe { self.0.as_ref() }
    }
}

impl Drop for SharedSlot {
    fn drop(&mut self) {
        // SAFETY: unmaps exactly what `new` mapped; no borrow of the slot outlives self.
        let _ = unsafe { nix::sys::mman::munmap(self.0.cast(), size_of::<Slot>()) };
    }
}

/// Enough for the child's few calls, a signal frame and the dynamic linker.
const CHILD_STACK: usize = 32 * 1024;

/// Starts a program in a child that shares the shell's memory until it executes, at a cost that does not depend on the
/// shell's size. The shell sleeps meanwhile: the child must not open what may block. The child's own failure is in
/// `slot` when this returns.
// Not inlined: its stack must not be part of frames that shell code runs below.
#[inline(never)]
pub fn spawn(image: &Image, setup: &Setup<'_>, slot: &Slot) -> Result<Pid, Errno> {
    fault::check(Call::Fork)?;
    let pointers = Pointers::new(image);
    let mut stack = [0; CHILD_STACK];
    let flags = CloneFlags::CLONE_VM | CloneFlags::CLONE_VFORK;
    signal::unless_stopped(|| {
        let child = Box::new(|| {
            slot.set(Some(start(image, &pointers, setup)));
            1
        });
        // SAFETY: CLONE_VFORK keeps this frame, the stack and all borrows alive until the child has executed or
        // ended; the child keeps the law at the top of this file; signals are blocked until it has none of the
        // shell's handlers but those made for it.
        unsafe { clone(child, &mut stack, flags, Some(libc::SIGCHLD)) }
    })
}

/// Makes a copy of the shell that becomes a program, for what may block while it opens and for what gets the
/// terminal; or else runs `body` and exits with what it returns. If the copy cannot be set up or become the program,
/// it calls `body` with the reason. Pipe ends are not left to it.
pub fn fork(
    setup: &Setup<'_>,
    program: Option<&Image>,
    body: impl FnOnce(Result<(), (Step, Errno)>) -> i32,
) -> Result<Pid, Errno> {
    let program = program.map(|image| (image, Pointers::new(image)));
    if let Some(child) = copy(setup.group)? {
        return Ok(child);
    }
    let ready = match &program {
        Some((image, pointers)) => Err(start(image, pointers, setup)),
        None => prepare(setup),
    };
    for end in [setup.ends.input, setup.ends.output, setup.ends.next].into_iter().flatten() {
        fd::close(end.as_raw_fd());
    }
    exit(body(ready))
}

/// Makes a copy of the shell that goes on where this one is: `None` in the copy.
pub fn fork_here(reset: &Reset) -> Result<Option<Pid>, Errno> {
    let child = copy(None)?;
    if child.is_none() {
        reset.apply();
        signal::unblock_all();
    }
    Ok(child)
}

/// Makes a copy of this process, in which there is no child and all signals are blocked.
fn copy(group: Option<Pid>) -> Result<Option<Pid>, Errno> {
    fault::check(Call::Fork)?;
    let blocked = Blocked::all();
    // SAFETY: the shell has one thread when it forks, so the copy is whole; a program with more threads
    // only ever runs `start` in it, which keeps the law at the top of this file.
    match unsafe { nix::unistd::fork() }? {
        ForkResult::Child => {
            std::mem::forget(blocked);
            signal::forget();
            Ok(None)
        }
        ForkResult::Parent { child } => {
            if let Some(group) = group {
                // Also done by the child: whichever comes first, it holds before either goes on.
                let _ = setpgid(child, group);
            }
            signal::hand_on(child, blocked);
            Ok(Some(child))
        }
    }
}

/// Replaces this process by a program. Returns only to say why it could not.
pub fn replace(image: &Image, reset: &Reset) -> Errno {
    let pointers = Pointers::new(image);
    reset.apply_while(|| execute(image, &pointers))
}

/// Ends this process without running any destructor or flushing any buffer: both are the parent's.
pub fn exit(status: i32) -> ! {
    // SAFETY: ends the process; no invariant is left to hold.
    unsafe { libc::_exit(status) }
}

/// `argv` and `environ` as the kernel wants them, made before the child exists.
struct Pointers {
    argv: Vec<*const c_char>,
    /// `interpreter path arguments…`
    script_argv: Vec<*const c_char>,
    environment: Vec<*const c_char>,
}

impl Pointers {
    fn new(image: &Image) -> Pointers {
        let end = || std::iter::once(std::ptr::null());
        let strings = |all: &[CString]| all.iter().map(|s| s.as_ptr()).chain(end()).collect::<Vec<_>>();
        let arguments = image.argv.iter().skip(1).map(|argument| argument.as_ptr());
        let front = [c"minish".as_ptr(), image.path.as_ptr()];
        Pointers {
            argv: strings(&image.argv),
            script_argv: front.into_iter().chain(arguments).chain(end()).collect(),
            environment: strings(&image.environment),
        }
    }
}

/// What a child does to become its program. Returns only to say why it could not.
fn start(image: &Image, pointers: &Pointers, setup: &Setup<'_>) -> (Step, Errno) {
    prepare(setup).err().unwrap_or_else(|| (Step::Exec, execute(image, pointers)))
}

/// Group, gate, signals and descriptors. The mask is lifted before anything is opened, so that Ctrl-C can end a
/// child that waits for a FIFO; no handler of the shell is left by then.
fn prepare(setup: &Setup<'_>) -> Result<(), (Step, Errno)> {
    if setup.session {
        let _ = nix::unistd::setsid();
    }
    if let Some(group) = setup.group {
        let _ = setpgid(Pid::from_raw(0), group);
    }
    if let Some((read, write)) = setup.gate {
        fd::close(write.as_raw_fd());
        let _ = nix::unistd::read(read, &mut [0]);
        fd::close(read.as_raw_fd());
    }
    setup.reset.apply();
    signal::unblock_all();
    for (end, to) in setup.ends.wiring() {
        fd::dup2(end, to).map_err(|errno| (Step::Wire, errno))?;
    }
    fd::apply(setup.steps).map_err(|(index, errno)| (Step::Fd(index), errno))
}

fn execute(image: &Image, pointers: &Pointers) -> Errno {
    // SAFETY: both arrays end with a null pointer; they and their strings outlive the call.
    unsafe { libc::execve(image.path.as_ptr(), pointers.argv.as_ptr(), pointers.environment.as_ptr()) };
    let errno = Errno::last();
    if errno == Errno::ENOEXEC && is_text(&image.path) {
        let script = pointers.script_argv.as_ptr();
        // SAFETY: as above.
        unsafe { libc::execve(image.interpreter.as_ptr(), script, pointers.environment.as_ptr()) };
    }
    errno
}

/// Whether a file looks like a script: no NUL byte in its first line (POSIX XCU 2.9.1.4).
fn is_text(path: &CStr) -> bool {
    files::first_line(path, &mut [0; 256]).is_some_and(|line| !line.contains(&0))
}

#[cfg(test)]
mod tests {
    use std::alloc::{GlobalAlloc, Layout, System};
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;
    use crate::sys::wait::{Change, Patience, wait};

    /// Ends a child that allocates: the law at the top of this file, for all unit tests.
    struct OnlyInParent;

    static PARENT: AtomicU32 = AtomicU32::new(0);

    // SAFETY: hands everything on to the system's allocator.
    unsafe impl GlobalAlloc for OnlyInParent {
        // SAFETY: as the system's.
        unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
            check();
            // SAFETY: the caller's promises are passed on.
            unsafe { System.alloc(layout) }
        }

        // SAFETY: as the system's.
        unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
            check();
            // SAFETY: the caller's promises are passed on.
            unsafe { System.dealloc(pointer, layout) }
        }
    }

    fn check() {
        let this = std::process::id();
        let parent = PARENT.compare_exchange(0, this, Ordering::Relaxed, Ordering::Relaxed);
        if parent.is_err_and(|parent| parent != this) {
            exit(99);
        }
    }

    #[global_allocator]
    static ALLOCATOR: OnlyInParent = OnlyInParent;

    fn setup(reset: &Reset) -> Setup<'_> {
        Setup { ends: Ends::default(), steps: &[], group: None, session: false, gate: None, reset }
    }

    fn end(pid: Pid) -> Change {
        wait(Some(pid), Patience::Sleep).unwrap().unwrap().1
    }

    #[test]
    fn a_child_that_allocates_is_ended() {
        let reset = Reset::default();
        let pid = fork(&setup(&reset), None, |_| i32::from(vec![0; 8].is_empty())).unwrap();
        assert_eq!(end(pid), Change::Exited(99));
    }

    #[test]
    fn nothing_is_allocated_between_clone_and_exec() {
        let reset = Reset { default: vec![libc::SIGPIPE], ignore: vec![libc::SIGINT] };
        let steps = [
            FdStep::Open { file: c"/dev/null".into(), mode: fd::OpenMode::Read, to: 0 },
            FdStep::Text { bytes: b"hi".to_vec(), to: 3 },
            FdStep::Dup { from: 3, to: 4 },
            FdStep::Close { to: 3 },
        ];
        let (read, write) = fd::pipe().unwrap();
        for path in [c"/bin/true", c"/nonexistent", c"/"] {
            let environment = Rc::from([]);
            let image =
                Image { path: path.into(), argv: vec![path.into()], environment, interpreter: c"/bin/sh" };
            let (first, second) = (Slot::default(), SharedSlot::new().unwrap());
            let ends = Ends { input: Some(&read), output: Some(&write), next: None };
            let full = Setup { ends, steps: &steps, ..setup(&reset) };
            let spawned = end(spawn(&image, &full, &first).unwrap());
            let fill = |ready: Result<(), _>| {
                second.set(ready.err());
                1
            };
            let forked = end(fork(&full, Some(&image), fill).unwrap());
            assert_eq!(spawned, forked);
            assert_ne!(spawned, Change::Exited(99));
            assert_eq!(first.get(), second.get());
        }
    }
}
