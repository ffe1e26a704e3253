//! OFAC sanctions lists, classic XML (`sdnList`: `SDN.XML`, `CONSOLIDATED.XML`), U.S. Department
//! of the Treasury; <https://ofac.treasury.gov/sdn-list-data-formats-data-schemas>. Both
//! namespaces: `http://tempuri.org/sdnList.xsd`, in use until 2024, and the one of the Sanctions
//! List Service since. Public domain.
//!
//! Read: everything but the publisher's own keys (`uid`) of aliases, numbers, addresses and dates.
//! The `id` list holds numbers and, under the same labels as the remarks of the delimited files,
//! whatever else is known; a `mainEntry` stands before the others. An element the schema does not
//! have is reported, once a path. `Record_Count` counts entries.

mod map;

use super::fault::{Fault, reject_all};
use super::ofac_terms::{Known, check_namespace, unknown_elements};
use super::sniff::{self, Syntax};
use super::xml::{Node, Place, Shape, read_records};
use crate::party::PartialDate;
use crate::watchlist::{Header, Limits, ListSource, ParseError, Parsed};
use std::collections::BTreeSet;

const FORMAT: &str = "an OFAC list (XML, sdnList)";
const NAMESPACES: [&str; 2] = [
    "http://tempuri.org/sdnList.xsd",
    "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/XML",
];
const ROOT: &str = "sdnList";
/// The publisher's spelling.
const PUBLICATION: &str = "publshInformation";
const PUBLISH_DATE: &str = "Publish_Date";
const RECORD_COUNT: &str = "Record_Count";
const ENTRY: &str = "sdnEntry";

const KNOWN: &Known = &[
    (PUBLICATION, &[PUBLISH_DATE, RECORD_COUNT]),
    (
        ENTRY,
        &[
            "uid",
            "firstName",
            "lastName",
            "title",
            "sdnType",
            "remarks",
            "programList",
            "idList",
            "akaList",
            "addressList",
            "nationalityList",
            "citizenshipList",
            "dateOfBirthList",
            "placeOfBirthList",
            "vesselInfo",
        ],
    ),
    ("programList", &["program"]),
    ("idList", &["id"]),
    ("id", &["uid", "idType", "idNumber", "idCountry", "issueDate", "expirationDate"]),
    ("akaList", &["aka"]),
    ("aka", &["uid", "type", "category", "lastName", "firstName"]),
    ("addressList", &["address"]),
    (
        "address",
        &[
            "uid",
            "address1",
            "address2",
            "address3",
            "city",
            "stateOrProvince",
            "postalCode",
            "country",
            "region",
        ],
    ),
    ("nationalityList", &["nationality"]),
    ("nationality", &["uid", "country", "mainEntry"]),
    ("citizenshipList", &["citizenship"]),
    ("citizenship", &["uid", "country", "mainEntry"]),
    ("dateOfBirthList", &["dateOfBirthItem"]),
    ("dateOfBirthItem", &["uid", "dateOfBirth", "mainEntry"]),
    ("placeOfBirthList", &["placeOfBirthItem"]),
    ("placeOfBirthItem", &["uid", "placeOfBirth", "mainEntry"]),
    (
        "vesselInfo",
        &[
            "callSign",
            "vesselType",
            "vesselFlag",
            "vesselOwner",
            "tonnage",
            "grossRegisteredTonnage",
        ],
    ),
];

/// Reads one list.
///
/// # Errors
/// [`ParseError`] when the file as a whole cannot be trusted to be the complete list.
pub(super) fn parse(
    source: &ListSource,
    file: &str,
    bytes: &[u8],
    limits: &Limits,
) -> Result<Parsed, ParseError> {
    sniff::expect(file, FORMAT, Syntax::Xml, bytes)?;
    let sections = &[PUBLICATION, ENTRY];
    let shape = Shape { format: FORMAT, root: ROOT, sections, record_depth: 2 };
    let mut parsed = Parsed::default();
    let mut unknown = BTreeSet::new();
    let outline = read_records(file, bytes, &shape, limits, |Place { row, .. }, record| {
        let mut faults = Vec::new();
        match record.name.as_str() {
            PUBLICATION => parsed.header = header(&record, &mut faults),
            ENTRY => {
                parsed.rows_read += 1;
                match map::listing(source, &record, &mut faults) {
                    Some(listing) => parsed.listings.push(listing),
                    None => parsed.lost_records += 1,
                }
            }
            other => {
                if unknown.insert(other.to_owned()) {
                    let message = format!("expected {PUBLICATION} or {ENTRY}, found <{other}>");
                    faults.push(Fault::field(other, "unknown-element", message));
                }
            }
        }
        if [PUBLICATION, ENTRY].contains(&record.name.as_str()) {
            unknown_elements(&record, KNOWN, &mut unknown, &mut faults);
        }
        let row = if record.name == ENTRY { parsed.rows_read } else { row };
        reject_all(&mut parsed.rejects, faults, file, row, || record.to_text());
    })?;
    check_namespace(file, FORMAT, &outline, &NAMESPACES)?;
    Ok(parsed)
}

fn header(record: &Node, faults: &mut Vec<Fault>) -> Header {
    let published = record.value(PUBLISH_DATE).and_then(|text| {
        let date = american_date(&text);
        if date.is_none() {
            let message = format!("expected a date as MM/DD/YYYY, found '{text}'");
            faults.push(Fault::field(PUBLISH_DATE, "bad-date", message));
        }
        date.map(|date| date.to_string())
    });
    let record_count = record.value(RECORD_COUNT).and_then(|text| {
        let count = text.parse().ok();
        if count.is_none() {
            let message = format!("expected a number of entries, found '{text}'");
            faults.push(Fault::field(RECORD_COUNT, "bad-number", message));
        }
        count
    });
    Header { published, record_count }
}

/// `05/06/2024` is the sixth of May.
fn american_date(text: &str) -> Option<PartialDate> {
    let parts: Vec<&str> = text.split('/').collect();
    let [month, day, year] = parts.as_slice() else { return None };
    PartialDate::new(year.parse().ok()?, Some(month.parse().ok()?), Some(day.parse().ok()?)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_month_comes_first_and_nothing_is_guessed() {
        let read = |text| american_date(text).map(|date| date.to_string());
        assert_eq!(read("05/06/2024").as_deref(), Some("2024-05-06"));
        assert_eq!(read("12/31/2021").as_deref(), Some("2021-12-31"));
        for text in ["31/12/2021", "2024-05-06", "05/06", "05/06/24/1", "a/b/c", ""] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
