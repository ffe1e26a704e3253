//! Decides, condition by condition, what is true, false or unknown about a subject. One file a
//! family; the metadata of every code stands in `config/redflags.toml`.
//!
//! A condition returns its findings: none means false. It looks at [`Facts`] alone.

mod beh;
mod dat;
mod geo;
mod gov;
mod own;
mod rec;
mod shl;

use super::facts::{Facts, Finding};

/// A condition: facts in, reasons to say true or unknown out.
pub(super) type Condition = fn(&Facts<'_>) -> Vec<Finding>;

/// Every code with its condition.
pub(super) const ALL: &[(&str, Condition)] = &[
    ("OWN-01", own::sanctioned),
    ("OWN-02", own::fifty_percent),
    ("GOV-01", gov::listed_official),
    ("REC-01", rec::debarred),
    ("GEO-05", geo::account_country),
    ("SHL-01", shl::newly_incorporated),
    ("BEH-01", beh::anti_corruption_clause),
    ("BEH-02", beh::audit_right),
    ("BEH-03", beh::termination_right),
    ("BEH-08", beh::written_agreement),
    ("DAT-01", dat::negative_unsupported),
    ("DAT-02", dat::list_unreliable),
    ("DAT-03", dat::checksum),
    ("DAT-05", dat::engine_error),
];
