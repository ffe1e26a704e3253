//! Decides what OFAC's own words mean, whichever of its formats they stand in.
//!
//! The delimited files put everything about a party into one remark, the classic XML into an "id"
//! list, the ENHANCED and ADVANCED XML into documents and features, all under the same labels
//! ("Passport", "Vessel Flag", "Secondary sanctions risk:"). A number keeps its label as written;
//! a label nobody has taught us becomes a particular of the entry, so nothing is lost.

mod names;
mod numbers;
mod period;
mod remark;
mod schema;
mod statement;

pub(super) use names::{
    add_full_name, add_name, in_script, is_latin_script, read_quality, script_language,
};
pub(super) use numbers::{NUMBERS, Paper, identifier, named_scheme, russian};
pub(super) use period::boundary_span;
pub(super) use remark::{linked, statements};
pub(super) use schema::{Known, check_namespace, unknown_elements};
pub(super) use statement::{Stated, add_identifier, apply};

use super::fault::{self, Fault};
use crate::party::{Country, PartyKind};

/// Where OFAC shows an entry; its number follows.
pub(super) const DETAILS_URL: &str = "https://sanctionssearch.ofac.treas.gov/Details.aspx?id=";
/// What OFAC writes when it knows no flag or country.
const NO_COUNTRY: [&str; 3] = ["none identified", "undetermined", "unknown"];
/// How the formats call a currency's addresses; the currency's code follows.
pub(super) const DIGITAL_CURRENCY: &str = "Digital Currency Address - ";

/// The kind of a party. The delimited files leave it empty for an organisation of any sort.
pub(super) fn kind(text: &str, field: &str, faults: &mut Vec<Fault>) -> Option<PartyKind> {
    match text.to_lowercase().as_str() {
        "individual" => Some(PartyKind::Person),
        "" | "entity" => Some(PartyKind::Organization),
        "vessel" => Some(PartyKind::Vessel),
        "aircraft" => Some(PartyKind::Aircraft),
        _ => {
            let message =
                format!("expected individual, entity, vessel, aircraft or null, found '{text}'");
            faults.push(Fault::field(field, "unknown-kind", message));
            None
        }
    }
}

/// A country, nothing when the publisher says it knows none, or a fault.
pub(super) fn country(text: &str, field: &str, faults: &mut Vec<Fault>) -> Option<Country> {
    if NO_COUNTRY.contains(&text.to_lowercase().as_str()) {
        return None;
    }
    fault::country(text, field, faults)
}
