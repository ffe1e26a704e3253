//! Third-party due diligence: from a partner file to a dossier somebody can decide from.
//!
//! The modules below stand in pipeline order. A module imports only from modules above it; a test
//! keeps that.

/// Who somebody is: kind, names, identifiers with their checksums, countries, partial dates.
pub mod party;

/// How alike two names are, and why.
pub mod names;

/// The company's parameters, with source and effective dates.
pub mod policy;

/// What is listed, by whom, since when: declarations, formats, guards, snapshots.
pub mod watchlist;

/// Records in: tables become parties, relations and engagements; the rest is quarantined.
pub mod intake;

/// Which listings a party may be, how sure that is, and why.
pub mod screening;

/// How much of an entity do blocked persons own, and which relations prove it.
pub mod ownership;

/// Who is a Government Official, and on what evidence.
pub mod officials;

/// Facts, three-valued conditions, red flags, rating and verdict.
pub mod redflag;

/// A case as a document, and the pages over all of them.
pub mod dossier;

/// All stages' configuration, gathered and validated.
pub mod config;

/// The story: one run, one check, one import.
pub mod pipeline;

/// The command line, one file a subcommand.
pub mod cli;
