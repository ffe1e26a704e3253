//! Decides how the process ends: the exit codes of the house and what is said about an error.

use super::show;
use crate::intake::IntakeError;
use crate::pipeline::PlaceError;
use crate::pipeline::guarded::{self, IndexPanic};
use crate::redflag::Severity;
use crate::screening::IndexError;
use crate::watchlist::{DecisionError, DiffError, ImportError, PackError, StoreError};
use std::io;
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

/// What decides how a command that answered ends.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ending {
    /// Whether every list can be relied on.
    pub(super) lists_reliable: bool,
    /// Whether everything owed was answered and nothing was refused.
    pub(super) complete: bool,
    /// Gravest severity raised.
    pub(super) gravest: Option<Severity>,
}

impl Ending {
    /// The code; findings count from `fail_on` up.
    pub(super) fn exit(self, fail_on: Option<Severity>) -> Exit {
        if !self.lists_reliable {
            Exit::Lists
        } else if !self.complete {
            Exit::Incomplete
        } else if fail_on.is_some_and(|floor| self.gravest >= Some(floor)) {
            Exit::Findings
        } else {
            Exit::Ok
        }
    }
}

/// Keeps the panic message of what is caught and told as an error from stderr: it would come first,
/// with a place in somebody else's code and perhaps with data.
pub(super) fn say_nothing_of_guarded_panics() {
    let default = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !guarded::is_guarded() {
            default(panic);
        }
    }));
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
        if let Some(pack) = cause.downcast_ref::<PackError>()
            && pack.is_integrity()
        {
            return Exit::Integrity;
        }
        if let Some(decision) = cause.downcast_ref::<DecisionError>() {
            return of_decision(decision);
        }
        if let Some(DiffError::Store(store)) = cause.downcast_ref::<DiffError>() {
            return of_store(store);
        }
        if let Some(store) = cause.downcast_ref::<StoreError>() {
            return of_store(store);
        }
        if cause.is::<IndexError>() || cause.is::<IndexPanic>() {
            return Exit::Integrity;
        }
        if let Some(io) = cause.downcast_ref::<io::Error>()
            && io.kind() == io::ErrorKind::StorageFull
        {
            return Exit::Incomplete;
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
        ImportError::Parse { .. } | ImportError::Index { .. } | ImportError::Canary { .. } => {
            Exit::Lists
        }
        ImportError::Store(error) => of_store(error),
    }
}

/// A decision without name or reason is wrong usage; one that cannot be carried out is a matter of
/// lists, and an index that does not find its own list is damage.
fn of_decision(error: &DecisionError) -> Exit {
    match error {
        DecisionError::NoReason { .. }
        | DecisionError::NoName { .. }
        | DecisionError::InUse { .. } => Exit::Usage,
        DecisionError::NothingHeld { .. }
        | DecisionError::NotApprovable { .. }
        | DecisionError::NothingOlder { .. } => Exit::Lists,
        DecisionError::Index { .. } | DecisionError::CanariesMissed { .. } => Exit::Integrity,
        DecisionError::Store(error) => of_store(error),
    }
}

/// What the store itself wrote and can no longer vouch for is damage.
fn of_store(error: &StoreError) -> Exit {
    match error {
        StoreError::Locked { .. } => Exit::Running,
        StoreError::UnknownEdition { .. } => Exit::Usage,
        error if error.is_integrity() => Exit::Integrity,
        _ => Exit::Lists,
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.downcast_ref::<io::Error>().is_some_and(|io| io.kind() == io::ErrorKind::BrokenPipe)
    })
}
