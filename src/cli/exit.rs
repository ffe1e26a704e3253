//! Decides how the process ends: the exit codes of the house and what is said about an error.

use super::show;
use crate::intake::IntakeError;
use crate::pipeline::{Engine, PlaceError, RunReport};
use crate::redflag::{Outcome, Severity};
use crate::watchlist::{ImportError, StoreError};
use std::process::{ExitCode, Termination};

/// How a command ended. The higher code wins when several apply, but incompleteness (3) and lists
/// (4) win over findings (1), and damage (5) over all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Done.
    Ok = 0,
    /// Findings at or above `--fail-on`.
    Findings = 1,
    /// Wrong usage or configuration.
    Usage = 2,
    /// Something was not screened, or input was refused.
    Incomplete = 3,
    /// A list is missing, stale or held.
    Lists = 4,
    /// Damaged data.
    Integrity = 5,
    /// Another run is at work.
    Running = 6,
}

impl Termination for Exit {
    fn report(self) -> ExitCode {
        ExitCode::from(self as u8)
    }
}

impl Exit {
    /// How a run ended.
    pub(super) fn of_run(report: &RunReport, fail_on: Option<Severity>) -> Self {
        let findings = fail_on.is_some_and(|floor| report.gravest >= Some(floor));
        if !report.unreliable_lists.is_empty() {
            Self::Lists
        } else if !report.is_complete() {
            Self::Incomplete
        } else if findings {
            Self::Findings
        } else {
            Self::Ok
        }
    }

    /// How the answer for one subject ended.
    pub(super) fn of_answer(
        engine: &Engine,
        outcome: Outcome,
        gravest: Option<Severity>,
        complete: bool,
        fail_on: Option<Severity>,
    ) -> Self {
        if !engine.unreliable_lists.is_empty() {
            Self::Lists
        } else if !complete || matches!(outcome, Outcome::NotScreened | Outcome::Quarantined) {
            Self::Incomplete
        } else if fail_on.is_some_and(|floor| gravest >= Some(floor)) {
            Self::Findings
        } else {
            Self::Ok
        }
    }
}

/// Help and version go to stdout and are no error; everything else of clap's is wrong usage.
pub(super) fn of_usage(error: &clap::Error) -> Exit {
    let _ = error.print();
    if error.use_stderr() { Exit::Usage } else { Exit::Ok }
}

/// Says what went wrong, cause by cause, and chooses the code by the error's type.
pub(super) fn of_error(error: &anyhow::Error) -> Exit {
    if is_broken_pipe(error) {
        return Exit::Ok;
    }
    let mut causes: Vec<String> = Vec::new();
    for cause in error.chain() {
        let text = cause.to_string();
        if !causes.last().is_some_and(|last| last.contains(text.as_str())) {
            causes.push(text);
        }
    }
    show::error(&causes);
    code(error)
}

fn code(error: &anyhow::Error) -> Exit {
    for cause in error.chain() {
        if let Some(intake) = cause.downcast_ref::<IntakeError>() {
            return of_intake(intake);
        }
        if let Some(import) = cause.downcast_ref::<ImportError>() {
            return of_import(import);
        }
        if let Some(store) = cause.downcast_ref::<StoreError>() {
            return of_store(store);
        }
        if let Some(PlaceError::Running(_)) = cause.downcast_ref::<PlaceError>() {
            return Exit::Running;
        }
    }
    Exit::Usage
}

/// A path that is not there is wrong usage; a table that does not read leaves all of it unscreened.
fn of_intake(error: &IntakeError) -> Exit {
    match error {
        IntakeError::Io { .. } | IntakeError::NotAFileOrFolder { .. } => Exit::Usage,
        _ => Exit::Incomplete,
    }
}

/// A file that is not found is wrong usage; a file that cannot be trusted is a matter of lists.
fn of_import(error: &ImportError) -> Exit {
    match error {
        ImportError::Files(_) => Exit::Usage,
        ImportError::Parse { .. } | ImportError::Index { .. } => Exit::Lists,
        ImportError::Store(error) => of_store(error),
    }
}

fn of_store(error: &StoreError) -> Exit {
    match error {
        StoreError::Locked { .. } => Exit::Running,
        StoreError::Io { .. } => Exit::Lists,
        StoreError::Integrity { .. }
        | StoreError::Unreadable { .. }
        | StoreError::BadPointer { .. } => Exit::Integrity,
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<std::io::Error>()
            .is_some_and(|io| io.kind() == std::io::ErrorKind::BrokenPipe)
    })
}
