//! Decides which questions of the policy a subject answers with yes, no or unknown, how bad that
//! is, and whether the relationship may go on. The machine may raise, never lower or close.

mod assess;
mod assessment;
mod catalogue;
mod conditions;
mod facts;
mod match_line;
mod open_questions;

pub use assess::{assess, quarantined};
pub use assessment::{
    Assessment, Evidence, MatchLine, NotScreenedLine, Outcome, RedFlag, Severity, Truth, Unknown,
    Verdict,
};
pub use catalogue::{About, Catalogue, CatalogueError, Entry, WhenUnknown};
pub use facts::{Facts, Finding, InvolvedFacts};
