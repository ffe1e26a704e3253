//! Exports of OpenSanctions that hold one target a record: `targets.nested.json`, with everything
//! about it in one JSON object, and `targets.simple.csv`, with the little most tools need;
//! described at <https://www.opensanctions.org/docs/bulk/>. Licence: CC BY-NC 4.0, or the user's
//! contract with OpenSanctions.
//!
//! Both are FollowTheMoney underneath and are read by its mapping ([`super::ftm`]); the identifier
//! is the entity's. Ignored on purpose: `last_seen`, which is new every day, `referents` (earlier
//! identifiers) and `target`, which is always true.

mod nested;
mod simple;

use super::fault::Fault;

pub(super) use nested::parse as parse_nested;
pub(super) use simple::parse as parse_simple;

const UNSUPPORTED: &str = "unsupported-schema";

/// What is said of a target that is no party: a wallet, a security.
fn no_party(schema: &str) -> Fault {
    Fault::record(UNSUPPORTED, format!("expected the schema of a party, found '{schema}'"))
}

/// Whether a record without a listing is a party that was lost; a wallet or a security is none.
fn is_lost(faults: &[Fault]) -> bool {
    !faults.iter().any(|fault| fault.code == UNSUPPORTED && fault.field.is_empty())
}
