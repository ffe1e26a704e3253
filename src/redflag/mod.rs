//! Decides which questions of the policy a subject answers with yes, no or unknown, how bad that
//! is, and whether the relationship may go on. The machine may raise, never lower or close.

mod assessment;

pub use assessment::{
    Assessment, Evidence, MatchLine, NotScreenedLine, Outcome, RedFlag, Severity, Truth, Unknown,
    Verdict,
};
