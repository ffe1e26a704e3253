//! The one integration-test binary: one link instead of twenty.
#![allow(
    clippy::disallowed_methods,
    reason = "tests read and write files, and unlike #[expect] this stays true when none does"
)]

/// The house keeps its own rules: import ladder, file sizes, opening docs.
mod layout;

/// Every list format on fictional files, one situation a file.
mod lists;

/// The list parsers and the store on the publishers' own files.
mod lists_real;

/// Importing and publishing snapshots.
mod lists_store;

/// Screening as a caller sees it.
mod matching;

/// The matcher against real lists and labelled pairs.
mod matching_real;

/// Every red flag is raised, not raised, unknown, and right at its border.
mod redflags;

/// Builders shared by the tests.
mod support;
