//! Decides what relationships, sanctions entries and links between entries add to the listings of
//! OFAC's ADVANCED XML.
//!
//! A measure of the type "Program" names the programme in its comment. The first event of an
//! entry is its listing, the last later one its amendment.

use super::super::fault::Fault;
use super::super::xml::Node;
use super::Reading;
use super::places::{date, span};
use super::references::References;
use crate::party::PartialDate;
use crate::watchlist::{Detail, Link, Listing};

/// The type of measure that names a programme.
const PROGRAM: &str = "Program";

/// Adds a relationship to the profile it goes from, and a symmetrical one to the other as well.
pub(super) fn relationship(reading: &mut Reading<'_>, node: &Node, faults: &mut Vec<Fault>) {
    let kind = reading.references.of("RelationType", node, "RelationTypeID", faults).cloned();
    let is_symmetrical =
        kind.as_ref().and_then(|kind| kind.attribute("Symmetrical")).is_some_and(|t| t == "true");
    let quality = reading.references.words("RelationQuality", node, "RelationQualityID", faults);
    let is_former = node.attribute("Former").is_some_and(|text| text == "true");
    let during = node.child("DatePeriod").and_then(|period| span(period, faults));
    let relation = kind
        .map(|kind| if is_former { format!("{} (former)", kind.text) } else { kind.text.clone() });
    let said = [
        quality.filter(|quality| !quality.is_empty()).map(|quality| format!("quality {quality}")),
        during.map(|span| span.to_string()),
        node.value("Comment"),
    ];
    let said: Vec<String> = said.into_iter().flatten().collect();
    let (from, to) = (node.attribute("From-ProfileID"), node.attribute("To-ProfileID"));
    connect(reading, from.as_deref(), to.as_deref(), relation.as_deref(), &said, faults);
    if is_symmetrical {
        connect(reading, to.as_deref(), from.as_deref(), relation.as_deref(), &said, faults);
    }
}

/// A profile of another list has no name here; it is linked by its number.
fn connect(
    reading: &mut Reading<'_>,
    from: Option<&str>,
    to: Option<&str>,
    relation: Option<&str>,
    said: &[String],
    faults: &mut Vec<Fault>,
) {
    let other =
        to.and_then(|to| reading.by_profile.get(to)).and_then(|at| reading.listings.get(*at));
    let (name, id) = match (other, to) {
        (Some(other), _) => (other.party.caption().to_owned(), Some(other.id.clone())),
        (None, Some(to)) => (format!("profile {to}"), Some(to.to_owned())),
        (None, None) => {
            let message = "expected To-ProfileID, found none";
            faults.push(Fault::field("To-ProfileID", "no-link", message));
            return;
        }
    };
    let link = Link { relation: relation.map(str::to_owned), name, id };
    let place = reading.place_of(from, faults);
    let Some(listing) = place.and_then(|at| reading.listings.get_mut(at)) else { return };
    // A remark that only names the party gives way to the relationship.
    listing.linked_to.retain(|known| known.id.is_some() || known.name != link.name);
    if !said.is_empty() {
        listing.remarks.push(format!("{link}: {}", said.join("; ")));
    }
    if !listing.linked_to.contains(&link) {
        listing.linked_to.push(link);
    }
}

/// What one sanctions entry says.
#[derive(Debug, Default)]
struct Entry {
    list: Option<String>,
    days: Vec<PartialDate>,
    acts: Vec<String>,
    programmes: Vec<String>,
    measures: Vec<String>,
    remarks: Vec<String>,
}

/// Adds lists, dates, programmes, measures and acts to the listing of a profile.
pub(super) fn entry(reading: &mut Reading<'_>, node: &Node, faults: &mut Vec<Fault>) {
    let profile = node.attribute("ProfileID");
    if let (Some(id), Some(profile)) = (node.attribute("ID"), profile.clone()) {
        reading.entry_profiles.insert(id, profile);
    }
    let entry = read_entry(&reading.references, node, faults);
    let Some(at) = reading.place_of(profile.as_deref(), faults) else { return };
    reading.entered.insert(at);
    if let Some(listing) = reading.listings.get_mut(at) {
        entry.add_to(listing);
    }
}

fn read_entry(references: &References, node: &Node, faults: &mut Vec<Fault>) -> Entry {
    let mut entry = Entry {
        list: references.words("List", node, "ListID", faults),
        remarks: ["Comment", "LimitationsToListing"]
            .iter()
            .filter_map(|name| node.value(name))
            .collect(),
        ..Entry::default()
    };
    for event in node.all("EntryEvent") {
        let day = event.child("Date").and_then(|node| date(node, "EntryEvent/Date", faults));
        entry.days.extend(day);
        let kind = references.words("EntryEventType", event, "EntryEventTypeID", faults);
        let comment = event.value("Comment");
        entry.remarks.extend(comment.map(|t| format!("{}: {t}", kind.unwrap_or_default())));
        entry.acts.extend(references.words("LegalBasis", event, "LegalBasisID", faults));
    }
    for measure in node.all("SanctionsMeasure") {
        let kind = references.words("SanctionsType", measure, "SanctionsTypeID", faults);
        let kind = kind.unwrap_or_default();
        let during = measure.child("DatePeriod").and_then(|period| span(period, faults));
        let during = during.map(|span| format!(" ({span})")).unwrap_or_default();
        match measure.value("Comment") {
            Some(programme) if kind == PROGRAM => entry.programmes.push(programme),
            Some(comment) => entry.measures.push(format!("{kind}: {comment}{during}")),
            None => entry.measures.push(format!("{kind}{during}")),
        }
    }
    for info in node.all("SupportingInfo") {
        let kind = references.words("SupInfoType", info, "SupInfoTypeID", faults);
        let words: Vec<String> =
            ["Text", "DirectURL"].iter().filter_map(|name| info.value(name)).collect();
        if !words.is_empty() {
            let remark = format!("{}: {}", kind.unwrap_or_default(), words.join(" "));
            entry.remarks.push(remark);
        }
    }
    entry
}

impl Entry {
    fn add_to(self, listing: &mut Listing) {
        let (first, last) = (self.days.iter().min().copied(), self.days.iter().max().copied());
        let since = first.map(|day| format!(", published {day}")).unwrap_or_default();
        let list = self.list.map(|name| Detail::new("sanctions list", format!("{name}{since}")));
        listing.details.extend(list);
        listing.amended_on = listing.amended_on.max(last.filter(|last| Some(*last) != first));
        listing.listed_on = listing.listed_on.into_iter().chain(first).min();
        for (all, new) in [
            (&mut listing.programmes, self.programmes),
            (&mut listing.measures, self.measures),
            (&mut listing.legal_basis, self.acts),
            (&mut listing.remarks, self.remarks),
        ] {
            for text in new {
                if !all.contains(&text) {
                    all.push(text);
                }
            }
        }
    }
}

/// Adds a link between two entries to the party of the first.
pub(super) fn link(reading: &mut Reading<'_>, node: &Node, faults: &mut Vec<Fault>) {
    let relation = reading.references.words("EntryLinkType", node, "EntryLinkTypeID", faults);
    let mut profile = |attribute: &str| {
        let id = node.attribute(attribute).unwrap_or_default();
        let found = reading.entry_profiles.get(&id).cloned();
        if found.is_none() {
            let message = format!("expected the number of an entry above, found '{id}'");
            faults.push(Fault::record("orphan", message));
        }
        found
    };
    let (from, to) = (profile("EntryA-SanctionsEntryID"), profile("EntryB-SanctionsEntryID"));
    let (Some(from), Some(to)) = (from, to) else { return };
    let said: Vec<String> = node.value("Comment").into_iter().collect();
    connect(reading, Some(&from), Some(&to), relation.as_deref(), &said, faults);
}
