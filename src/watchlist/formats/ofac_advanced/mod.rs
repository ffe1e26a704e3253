//! OFAC sanctions lists, ADVANCED XML (`SDN_ADVANCED.XML`, `CONS_ADVANCED.XML`), U.S. Department
//! of the Treasury, after the United Nations' advanced sanctions data model;
//! <https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/ADVANCED_XML.xsd>.
//! Public domain.
//!
//! Seven sections in the schema's order refer to each other by number. The file is read once and
//! record by record: of the reference values, places and documents a small map is kept, parties
//! become listings at once, relationships and sanctions entries are added to them. Another order
//! of the sections, and a file of changes (`DeltaBaseVersion`), are refused. Read: everything
//! except the publisher's calendars, versions, links between features and identities, and the
//! status of names, scripts and parts of places. The file carries no count.

mod entries;
mod features;
mod names;
mod party;
mod places;
mod references;
mod schema;

use super::fault::{Fault, reject_all};
use super::ofac_terms::{check_namespace, unknown_elements};
use super::sniff::{self, Syntax};
use super::xml::{Node, Place, Shape, read_records};
use crate::party::{PartialDate, Reject};
use crate::watchlist::{Limits, ListSource, Listing, ParseError, Parsed};
use places::{Document, Site};
use references::References;
use std::collections::{BTreeMap, BTreeSet};

const FORMAT: &str = "an OFAC list (ADVANCED XML, Sanctions)";
const NAMESPACES: [&str; 1] =
    ["https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/ADVANCED_XML"];
const ROOT: &str = "Sanctions";
const DATE_OF_ISSUE: &str = "DateOfIssue";
/// The sections in the schema's order.
const SECTIONS: [&str; 8] = [
    DATE_OF_ISSUE,
    "ReferenceValueSets",
    "Locations",
    "IDRegDocuments",
    "DistinctParties",
    "ProfileRelationships",
    "SanctionsEntries",
    "SanctionsEntryLinks",
];
const PARTY: &str = "DistinctParty";
const DELTA_BASE: &str = "DeltaBaseVersion";

/// What one pass over the file has gathered.
struct Reading<'a> {
    source: &'a ListSource,
    references: References,
    sites: BTreeMap<String, Site>,
    /// Documents by the identity they were issued to, until that identity is read.
    documents: BTreeMap<String, Vec<Document>>,
    listings: Vec<Listing>,
    /// Where the listing of a profile stands.
    by_profile: BTreeMap<String, usize>,
    /// The profile of a sanctions entry.
    entry_profiles: BTreeMap<String, String>,
    /// Where the listings with a sanctions entry stand.
    entered: BTreeSet<usize>,
    /// The row of each listing's party.
    rows: Vec<u64>,
    /// Number of the record being read.
    row: u64,
    /// Year, month and day of issue.
    issued: Vec<String>,
    lost_records: u64,
}

impl Reading<'_> {
    /// Takes one record of a section; gives back the path of one that is not known.
    fn record(&mut self, section: &str, record: &Node, faults: &mut Vec<Fault>) -> Option<String> {
        match (section, record.name.as_str()) {
            (DATE_OF_ISSUE, _) => self.issued.push(record.line()),
            ("ReferenceValueSets", _) => self.references.add(record),
            (_, "Location") => match record.attribute("ID") {
                Some(id) => {
                    self.sites.insert(id, places::site(record, &self.references, faults));
                }
                None => {
                    faults.push(Fault::record("no-id", "expected the attribute ID, found none"))
                }
            },
            (_, "IDRegDocument") => {
                // One that names no identity is told at the end, as one of nobody.
                let identity = record.attribute("IdentityID").unwrap_or_default();
                let document = places::document(record, self, faults);
                self.documents.entry(identity).or_default().push(document);
            }
            (_, PARTY) => match party::listing(self, record, faults) {
                Some(listing) => {
                    for profile in record.all("Profile").filter_map(|p| p.attribute("ID")) {
                        self.by_profile.insert(profile, self.listings.len());
                    }
                    self.listings.push(listing);
                    self.rows.push(self.row);
                }
                None => self.lost_records += 1,
            },
            (_, "ProfileRelationship") => entries::relationship(self, record, faults),
            (_, "SanctionsEntry") => entries::entry(self, record, faults),
            (_, "SanctionsEntryLink") => entries::link(self, record, faults),
            (section, name) => return Some(format!("{section}/{name}")),
        }
        None
    }

    /// What the end of the file leaves open: a date nobody can read, papers of nobody, parties under
    /// no sanction.
    fn loose_ends(&mut self, file: &str, rejects: &mut Vec<Reject>) {
        if self.published().is_none() {
            let found = self.issued.join("-");
            let message = format!("expected a year, a month and a day, found '{found}'");
            rejects.push(Fault::field(DATE_OF_ISSUE, "bad-date", message).at(file, 1, &found));
        }
        for (identity, documents) in std::mem::take(&mut self.documents) {
            for document in documents {
                let message = format!("expected the number of an identity, found '{identity}'");
                let fault = Fault::field("IDRegDocument/@IdentityID", "orphan", message);
                rejects.push(fault.at(file, document.row, &document.to_text()));
            }
        }
        for (at, (listing, row)) in self.listings.iter().zip(&self.rows).enumerate() {
            if !self.entered.contains(&at) {
                let message = "expected a sanctions entry of the party, found none";
                let fault = Fault::field("SanctionsEntry", "no-entry", message);
                rejects.push(fault.at(file, *row, &listing.id));
            }
        }
    }

    /// Where the listing of a profile stands, or a fault that nobody has it.
    fn place_of(&self, profile: Option<&str>, faults: &mut Vec<Fault>) -> Option<usize> {
        let place = profile.and_then(|profile| self.by_profile.get(profile)).copied();
        if place.is_none() {
            let profile = profile.unwrap_or_default();
            let message = format!("expected the number of a profile above, found '{profile}'");
            faults.push(Fault::record("orphan", message));
        }
        place
    }

    fn published(&self) -> Option<String> {
        let [year, month, day] = self.issued.as_slice() else { return None };
        let date = PartialDate::new(
            year.parse().ok()?,
            Some(month.parse().ok()?),
            Some(day.parse().ok()?),
        );
        date.ok().map(|date| date.to_string())
    }
}

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
    let shape = Shape { format: FORMAT, root: ROOT, sections: &SECTIONS, record_depth: 3 };
    let mut parsed = Parsed::default();
    let mut reading = Reading {
        source,
        references: References::default(),
        sites: BTreeMap::new(),
        documents: BTreeMap::new(),
        listings: Vec::new(),
        by_profile: BTreeMap::new(),
        entry_profiles: BTreeMap::new(),
        entered: BTreeSet::new(),
        rows: Vec::new(),
        row: 0,
        issued: Vec::new(),
        lost_records: 0,
    };
    let mut unknown = BTreeSet::new();
    let mut reached = 0;
    let mut misplaced: Option<String> = None;
    let outline = read_records(file, bytes, &shape, limits, |Place { section, row }, record| {
        let rank = SECTIONS.iter().position(|known| *known == section).unwrap_or(reached);
        if rank < reached {
            misplaced.get_or_insert_with(|| section.to_owned());
        }
        reached = reached.max(rank);
        let mut faults = Vec::new();
        reading.row = row;
        if let Some(path) = reading.record(section, &record, &mut faults)
            && unknown.insert(path.clone())
        {
            let message = format!("expected a record of the schema, found {path}; it is not used");
            faults.push(Fault::field(&path, "unknown-element", message));
        }
        parsed.rows_read += u64::from(record.name == PARTY);
        unknown_elements(&record, schema::KNOWN, &mut unknown, &mut faults);
        reject_all(&mut parsed.rejects, faults, file, row, || record.to_text());
    })?;
    let refused = |found: String| ParseError::NotThisFormat {
        file: file.to_owned(),
        expected: FORMAT,
        found,
    };
    check_namespace(file, FORMAT, &outline, &NAMESPACES)?;
    if let Some(base) = outline.root_attributes.get(DELTA_BASE).filter(|base| !base.is_empty()) {
        return Err(refused(format!("only the changes since version {base}, not the whole list")));
    }
    if let Some(section) = misplaced {
        return Err(refused(format!("the section {section} behind one that refers to it")));
    }
    parsed.header.published = reading.published();
    reading.loose_ends(file, &mut parsed.rejects);
    parsed.lost_records = reading.lost_records;
    parsed.listings = reading.listings;
    Ok(parsed)
}
