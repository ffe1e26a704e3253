//! Keeps a panic of the index reader from ending the process: an index that somebody damaged is
//! damaged data, which has an exit code of its own, and a party that was not searched is one that
//! was not screened.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// The index reader gave up instead of answering.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected readable indexes; their reader panicked while {0}: import the lists again")]
pub struct IndexPanic(pub &'static str);

/// Does what may panic in the index reader. `doing` says what, as in "while …".
///
/// # Errors
/// [`IndexPanic`] when it did.
pub(super) fn guarded<T>(doing: &'static str, work: impl FnOnce() -> T) -> Result<T, IndexPanic> {
    let before = GUARDED.replace(true);
    // What is looked at after a panic is read-only or filled whole: nothing half-made is seen.
    let result = catch_unwind(AssertUnwindSafe(work));
    GUARDED.set(before);
    result.map_err(|_| IndexPanic(doing))
}

/// Whether a panic on this thread is caught and told as an error: a panic hook need not tell it.
#[must_use]
pub fn is_guarded() -> bool {
    GUARDED.get()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_an_error_and_the_guard_ends_with_the_work() {
        let index: Vec<u8> = Vec::new();
        assert_eq!(guarded("testing", || index[3]), Err(IndexPanic("testing")));
        assert!(!is_guarded());
        assert_eq!(guarded("testing", is_guarded), Ok(true));
    }
}
