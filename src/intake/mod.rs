//! Decides what the user handed over: tables become parties, relations and engagements; what
//! cannot be used is quarantined with file, row, field and reason, and counted.
//!
//! `read` takes a path, `read_bytes` files in memory; both give an `Intake`. Whom a subject
//! stands for when it is screened is decided by `Ties::involved`.
//!
//! Invariant: every engagement row, and every party row that no engagement reaches, is one
//! `Subject`, screened or quarantined. A party about whom anything was refused has an entry in
//! `Intake::gaps`; what was refused and may be about anybody stands in `Intake::unattributed`.
//!
//! Codes of rejects: `ragged-row`, `control-character`, `missing-value`, `no-name`,
//! `duplicate-id`, `unknown-party`, `bad-kind`, `bad-date`, `bad-country`, `bad-gender`, `bad-flag`, `bad-word`,
//! `bad-share`, `bad-currency`.

mod assemble;
mod columns;
mod engagement_row;
mod error;
mod fields;
mod involved;
mod model;
mod party_row;
mod read;
mod relation_row;
mod subjects;
mod table;
mod values;

pub use assemble::from_tables;
pub use columns::Table;
pub use error::IntakeError;
pub use involved::{Involved, InvolvedRole, Involvement, Standing, Ties, involved};
pub use model::{
    ClauseState, Engagement, InputFile, Intake, PartyRecord, Purpose, Relation, RelationKind, Role,
    Row, Subject,
};
pub use read::{read, read_bytes, read_bytes_within};
pub use table::{Limits, RawTable};
