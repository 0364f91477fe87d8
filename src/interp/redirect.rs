//! Redirections (POSIX XCU 2.7) to descriptor steps, and those that the shell makes in itself.

use std::ffi::CString;

use crate::expand::{self, Host};
use crate::pipeline::{StartError, Status};
use crate::state::options::Flag;
use crate::syntax::ast::{Redirect, RedirectOperator as Operator};
use crate::sys::fd::{self, FdStep, OpenMode, Redirected};
use crate::sys::files;

use super::{Divert, Flow, Interp};

/// Why a redirection cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum RedirectError {
    /// A word in it cannot be expanded.
    #[error(transparent)]
    Expand(#[from] expand::Error),
    /// The system refused, or it names no descriptor.
    #[error(transparent)]
    Start(StartError),
}

/// The steps that redirections mean, in order.
pub fn steps(redirects: &[Redirect], host: &mut dyn Host) -> Result<Vec<FdStep>, RedirectError> {
    redirects.iter().map(|redirect| step(redirect, host)).collect()
}

/// Whether a step changes or copies standard output, which may be more than a descriptor.
pub fn uses_output(step: &FdStep) -> bool {
    step.target() == 1 || copies_output(step)
}

/// Whether a step copies standard output, by number or by name.
pub fn copies_output(step: &FdStep) -> bool {
    match step {
        FdStep::Dup { from, .. } => *from == 1,
        FdStep::Open { file, .. } => {
            fd::is_output(file.to_bytes()) || files::is_same(file.to_bytes(), b"/dev/fd/1")
        }
        FdStep::Close { .. } | FdStep::Text { .. } => false,
    }
}

fn step(redirect: &Redirect, host: &mut dyn Host) -> Result<FdStep, RedirectError> {
    let to = redirect.fd;
    if let Some(body) = &redirect.body {
        let text = body.get().map(|text| expand::text(text, host)).transpose()?.unwrap_or_default();
        return Ok(FdStep::Text { bytes: text.to_vec(), to });
    }
    let target = expand::text(&redirect.target, host)?;
    let mode = match redirect.operator {
        Operator::Input => OpenMode::Read,
        Operator::Output if host.shell().options.has(Flag::NoClobber) => OpenMode::New,
        Operator::Output | Operator::Clobber => OpenMode::Truncate,
        Operator::Append => OpenMode::Append,
        Operator::ReadWrite => OpenMode::ReadWrite,
        // Only here-strings come here: here-documents have a body.
        Operator::HereDocument | Operator::HereDocumentTabs | Operator::HereString => {
            return Ok(FdStep::Text { bytes: [&target, b"\n".as_slice()].concat(), to });
        }
        Operator::DuplicateInput | Operator::DuplicateOutput => {
            if *target == *b"-" {
                return Ok(FdStep::Close { to });
            }
            let digits = target.iter().all(u8::is_ascii_digit).then_some(&target);
            let number = digits.and_then(|digits| std::str::from_utf8(digits).ok()?.parse().ok());
            return number.map(|from| FdStep::Dup { from, to }).ok_or_else(|| {
                let operator = redirect.operator.as_str();
                let why = format!("not a descriptor: a number or `-` is wanted after `{operator}`");
                RedirectError::Start(StartError { what: target.to_vec(), why })
            });
        }
    };
    // No value has NUL bytes: neither the parser nor the environment lets one in.
    let file = CString::new(target.to_vec()).unwrap_or_default();
    Ok(FdStep::Open { file, mode, to })
}

impl Interp<'_> {
    /// Makes redirections in the shell itself, until the value is dropped. None if one failed: that was said,
    /// and the status is set. What a command substitution captures in this shell cannot go to what a step says
    /// that `needs_process`.
    pub(super) fn redirect(
        &mut self,
        redirects: &[Redirect],
        needs_process: fn(&FdStep) -> bool,
    ) -> Result<Option<Redirected>, Divert> {
        let mut redirected = Redirected::default();
        if redirects.is_empty() {
            return Ok(Some(redirected));
        }
        let steps = match steps(redirects, self) {
            Ok(steps) => steps,
            Err(error) => return self.redirect_failed(error).map(|()| None),
        };
        if self.capture.is_some() && steps.iter().any(needs_process) {
            self.become_process()?;
        }
        self.shell.lines.forget();
        let Err((index, errno)) = redirected.take(&steps) else { return Ok(Some(redirected)) };
        self.run_traps()?;
        // The message goes where the redirections before it say.
        let error = StartError::of_step(steps.get(index), errno);
        self.redirect_failed(RedirectError::Start(error)).map(|()| None)
    }

    pub(super) fn redirect_failed(&mut self, error: RedirectError) -> Flow {
        match error {
            RedirectError::Expand(error) => Err(self.expansion_failed(error)),
            RedirectError::Start(error) => {
                self.shell.complain(error);
                self.done(Status::FAILURE)
            }
        }
    }
}
