//! Decides what the user handed over: tables become parties, relations and engagements; what
//! cannot be used is quarantined with file, row, field and reason, and counted.

mod model;

pub use model::{
    ClauseState, Engagement, InputFile, Intake, PartyRecord, Purpose, Relation, RelationKind, Role,
    Row, Subject,
};
