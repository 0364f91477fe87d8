//! Subshell environments (POSIX XCU 2.13) that need no process: `$(…)` and `( … )` run in the shell itself, and
//! what they change is undone. A command that would change what cannot be undone (the working directory, the
//! umask, traps …) or needs a process to itself makes the shell fork there and then: the child goes on with
//! the rest of the subshell, while the shell leaves it and waits.

use std::os::fd::AsRawFd;
use std::time::Instant;

use crate::expand::Host;
use crate::pipeline::{Job, Plan, Process, Stage, Status, What};
use crate::state::Shell;
use crate::syntax::ast::{ProcessSubstitution, Program};
use crate::syntax::{Bytes, ToSource};
use crate::sys::fd::{FdStep, Redirected};
use crate::sys::{Errno, fd, reason, signal, spawn};

use super::{Divert, Flow, Interp, Tail};

impl Interp<'_> {
    /// Runs a subshell in this process. Only its status and its output come out of it.
    pub(super) fn nested(&mut self, program: &Program) -> Flow {
        self.check_depth()?;
        signal::prepare_for_nested();
        self.depth += 1;
        let own_depth = self.depth;
        let end_nested = self.shell.begin_nested();
        let mut flow = self.list(program, Tail::Yes);
        if self.depth < own_depth {
            // This is the child that was forked inside: the subshell is all that it was for.
            spawn::exit(i32::from(self.run_to_end(|_| flow).0));
        }
        end_nested(self.shell);
        self.depth -= 1;
        if let Err(Divert::Forked(key)) = flow {
            let job = self.shell.jobs.get_mut(key);
            if let Some(stage) = job.and_then(|job| job.plan.stages.first_mut()) {
                stage.what = What::Shell { text: [b"(", &*program.to_source(), b")"].concat() };
            }
            flow = self.wait_for(key);
        }
        match flow {
            Err(Divert::Interrupt) if self.is_interrupted() => flow,
            // That of one command, whatever pipelines ran in it.
            _ => self.done(self.shell.status),
        }
    }

    /// Becomes a subshell, whose EXIT trap runs under all redirections that hold.
    pub(super) fn enter_subshell(&mut self) {
        (self.depth, self.capture) = (0, None);
        self.kept.drain(..).for_each(Redirected::keep);
        self.shell.enter_subshell();
    }

    /// Before something that cannot be undone: if a subshell runs in this process, a child goes on with it.
    pub(super) fn become_process(&mut self) -> Flow {
        if !self.is_nested() {
            return Ok(());
        }
        self.run_traps()?;
        self.fork_here().unwrap_or_else(|errno| {
            self.shell.complain(format_args!("cannot make a process for a subshell: {}", reason(errno)));
            Err(self.exit(Status::NOT_EXECUTABLE))
        })
    }

    /// The same before programs, whose parent the subshell is, unless they are its last act: then it may have
    /// become them.
    pub(super) fn become_process_unless(&mut self, tail: Tail) -> Flow {
        if tail == Tail::Yes { Ok(()) } else { self.become_process() }
    }

    /// The same before what may take long, where the shell has traps: a signal ends a subshell, which has none.
    pub(super) fn become_process_if_trapping(&mut self) -> Flow {
        if self.shell.traps.caught().next().is_none() {
            return Ok(());
        }
        let flow = self.become_process();
        if let Err(Divert::Forked(key)) = flow
            && let Some(job) = self.shell.jobs.get(key)
        {
            // What came before it was there may have been for all processes of the subshell.
            for signal in self.shell.traps.caught().filter(|&signal| signal::has_come(signal)) {
                let _ = job.send(signal);
            }
        }
        flow
    }

    /// The same before a built-in, if it is one that cannot be undone.
    pub(super) fn become_process_for(&mut self, builtin: &str, argv: &[Bytes]) -> Flow {
        if !self.is_nested() {
            return Ok(());
        }
        let spares = match builtin {
            "bg" | "cd" | "disown" | "exec" | "fg" | "jobs" | "wait" => false,
            "hash" | "trap" | "ulimit" | "umask" => argv.len() < 2,
            // What stops or ends the shell leaves its subshells alone. But SIGINT is for a child to decide on.
            "kill" => argv.iter().any(|word| matches!(&**word, b"-INT" | b"INT" | b"-2" | b"-l")),
            "read" => return self.become_process_if_trapping(),
            // Job control, by letter or by name, needs a process group.
            "set" => !argv.iter().any(|word| word.contains(&b'm')),
            // What is captured here looks like a pipe there.
            "[" | "test" => !argv.iter().any(|word| **word == *b"-t" || fd::is_output(word)),
            _ => true,
        };
        if spares { Ok(()) } else { self.become_process() }
    }

    /// In the child, nothing; in the shell, what makes it leave the subshell.
    fn fork_here(&mut self) -> Result<Flow, Errno> {
        self.shell.lines.forget();
        let pipe = self.capture.is_some().then(fd::own_pipe).transpose()?;
        match spawn::fork_here(&self.shell.child_reset())? {
            None => {
                if let Some((_, write)) = pipe {
                    fd::dup2(write.as_raw_fd(), 1)?;
                }
                self.enter_subshell();
                Ok(Ok(()))
            }
            Some(pid) => {
                let stages = vec![Stage::shell(Vec::new(), self.shell.line)];
                let plan = Plan { stages, ..Plan::default() };
                let processes = vec![Process::new(Some(pid), Instant::now(), None)];
                let output = pipe.map(|(read, _)| read);
                let job = Job { plan, processes, output, ..Job::default() };
                Ok(Err(Divert::Forked(self.shell.jobs.add(job))))
            }
        }
    }
}

impl Host for Interp<'_> {
    fn shell(&mut self) -> &mut Shell {
        self.shell
    }

    fn substitute(&mut self, program: &Program) -> Result<Bytes, Divert> {
        let outer = self.capture.replace(Vec::new());
        // `$?` in the same command is that of the one before.
        let before = (self.shell.line, self.shell.status, self.shell.pipe_status.clone());
        if program.items.is_empty() {
            self.shell.set_status(Status::SUCCESS);
        }
        let flow = self.nested(program);
        let mut bytes = std::mem::replace(&mut self.capture, outer).unwrap_or_default();
        flow?;
        self.shell.substituted = Some(self.shell.status);
        (self.shell.line, self.shell.status, self.shell.pipe_status) = before;
        let length = bytes.iter().rposition(|&byte| byte != b'\n').map_or(0, |last| last + 1);
        bytes.truncate(length);
        if bytes.contains(&0) {
            // No word can hold NUL bytes.
            bytes.retain(|&byte| byte != 0);
        }
        Ok(bytes.into())
    }

    /// The file is `/dev/fd/N`, a pipe that stays open until the command that names it is over.
    fn process_substitution(&mut self, process: &ProcessSubstitution) -> Result<Bytes, Divert> {
        // Nobody waits for those before it.
        self.shell.jobs.poll();
        let pipe = fd::pipe().and_then(|(read, write)| Ok((fd::inheritable(read)?, fd::inheritable(write)?)));
        let (read, write) = pipe.map_err(|errno| {
            self.shell.complain(format_args!("cannot make a pipe: {}", reason(errno)));
            self.fatal(Status::NOT_EXECUTABLE)
        })?;
        let (theirs, ours, to) = if process.is_output { (read, write, 0) } else { (write, read, 1) };
        let mut stage = Stage::shell(process.program.to_source(), self.shell.line);
        stage.steps = vec![
            FdStep::Dup { from: theirs.as_raw_fd(), to },
            FdStep::Close { to: theirs.as_raw_fd() },
            FdStep::Close { to: ours.as_raw_fd() },
        ];
        let plan = self.plan_of(vec![stage], false, Tail::No, Vec::new);
        let plan = Plan { background: true, terminal: false, ..plan };
        let capture = self.capture.take();
        self.launch(plan, &|interp, _| interp.list(&process.program, Tail::Yes));
        self.capture = capture;
        let name = format!("/dev/fd/{}", ours.as_raw_fd());
        self.process_ends.push(ours);
        Ok(name.into_bytes().into())
    }
}
