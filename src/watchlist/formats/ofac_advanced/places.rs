//! Decides what a place and a registered document of OFAC's ADVANCED XML say, and which span a
//! date period means.
//!
//! Both stand before the parties that refer to them, so what is kept of them is small.

use super::super::fault::Fault;
use super::super::ofac_terms::{Paper, add_identifier, boundary_span, named_scheme};
use super::super::xml::Node;
use super::Reading;
use super::references::References;
use crate::party::{Address, Country, DateSpan, PartialDate, Party, Scheme};
use std::collections::BTreeMap;

/// Parts of an address in the order they are written in.
const PARTS: [&str; 7] =
    ["ADDRESS1", "ADDRESS2", "ADDRESS3", "CITY", "STATE/PROVINCE", "POSTAL CODE", "REGION"];

/// A place: its address in the main spelling and in others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Site {
    /// Spellings, the main one first.
    pub(super) addresses: Vec<Address>,
    /// The country.
    pub(super) country: Option<Country>,
    /// The country in the publisher's words.
    pub(super) country_text: Option<String>,
    /// A comment on the place.
    pub(super) comment: Option<String>,
}

/// A document, until its holder is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Document {
    /// The row it stood in.
    pub(super) row: u64,
    kind: String,
    number: Option<String>,
    country: Option<Country>,
    issued: Option<String>,
    expires: Option<String>,
    notes: Vec<String>,
    /// Number of the name it is made out to.
    name: Option<String>,
}

impl Document {
    /// The document for a person to read.
    pub(super) fn to_text(&self) -> String {
        format!("{} {}", self.kind, self.number.as_deref().unwrap_or_default())
    }

    /// Adds the number to its holder; `names` are the holder's names by number.
    pub(super) fn add_to(
        &self,
        party: &mut Party,
        names: &BTreeMap<String, String>,
        faults: &mut Vec<Fault>,
    ) {
        let Some(number) = &self.number else {
            let message = format!("expected the number of a '{}', found none", self.kind);
            faults.push(Fault::field("IDRegistrationNo", "no-number", message));
            return;
        };
        let name = self.name.as_ref().and_then(|id| names.get(id));
        let name = name.filter(|name| *name != party.caption());
        let mut notes = self.notes.clone();
        notes.extend(name.map(|name| format!("in the name of {name}")));
        let paper = Paper {
            label: &self.kind,
            country: self.country,
            issued: self.issued.as_deref(),
            expires: self.expires.as_deref(),
            notes: &notes,
        };
        let scheme = named_scheme(&self.kind).unwrap_or(Scheme::Other);
        add_identifier(party, scheme, number, &paper);
    }
}

/// Reads a place. A country stands apart or is that of an area.
pub(super) fn site(location: &Node, references: &References, faults: &mut Vec<Fault>) -> Site {
    let (mut country, mut country_text) = (None, None);
    for stated in location.all("LocationCountry") {
        let words = references.words("Country", stated, "CountryID", &mut Vec::new());
        country_text = country_text.or(words);
        country = country.or_else(|| references.country(stated, "CountryID", faults));
    }
    let mut areas = Vec::new();
    for stated in location.all("LocationAreaCode") {
        let Some(area) = references.of("AreaCode", stated, "AreaCodeID", faults) else { continue };
        let by_id = area.attribute("CountryID").and_then(|id| references.get("Country", id));
        let code = by_id.and_then(|country| country.attribute("ISO2"));
        country = country.or_else(|| code.and_then(|code| code.parse().ok()));
        areas.extend(area.attribute("Description").map(str::to_owned));
    }
    let mut main = Vec::new();
    let mut others: Vec<Vec<(usize, String)>> = Vec::new();
    for part in location.all("LocationPart") {
        let kind = references.words("LocPartType", part, "LocPartTypeID", faults);
        let place = kind.and_then(|kind| PARTS.iter().position(|known| *known == kind));
        let place = place.unwrap_or(PARTS.len());
        let mut other = 0;
        for value in part.all("LocationPartValue") {
            let Some(text) = value.value("Value") else { continue };
            if value.attribute("Primary").is_none_or(|text| text == "true") {
                main.push((place, text));
                continue;
            }
            if others.len() <= other {
                others.push(Vec::new());
            }
            if let Some(spelling) = others.get_mut(other) {
                spelling.push((place, text));
            }
            other += 1;
        }
    }
    main.extend(areas.into_iter().map(|area| (PARTS.len(), area)));
    let spellings = std::iter::once(main).chain(others);
    let addresses = spellings.map(|parts| address(parts, country));
    Site {
        addresses: addresses.filter(|a| !a.text.is_empty() || a.country.is_some()).collect(),
        country,
        country_text,
        comment: location.value("Comment"),
    }
}

fn address(mut parts: Vec<(usize, String)>, country: Option<Country>) -> Address {
    parts.sort_by_key(|(place, _)| *place);
    let named = |name: &str| {
        let at = PARTS.iter().position(|known| *known == name)?;
        parts.iter().find(|(place, _)| *place == at).map(|(_, text)| text.clone())
    };
    Address {
        city: named("CITY"),
        postal_code: named("POSTAL CODE"),
        text: parts.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join(", "),
        country,
    }
}

/// Reads a document.
pub(super) fn document(
    document: &Node,
    reading: &Reading<'_>,
    faults: &mut Vec<Fault>,
) -> Document {
    let references = &reading.references;
    let kind = references.words("IDRegDocType", document, "IDRegDocTypeID", faults);
    let place = document.attribute("IssuedIn-LocationID");
    let site = place.and_then(|id| reading.sites.get(&id));
    let country = references.country(document, "IssuedBy-CountryID", faults);
    let mut notes = Vec::new();
    let town = site.and_then(|site| site.addresses.first()).map(|a| a.text.clone());
    let authority = document.value("IssuingAuthority");
    let by = authority.into_iter().chain(town.filter(|town| !town.is_empty()));
    notes.extend(by.map(|text| format!("by {text}")));
    let validity = references.words("Validity", document, "ValidityID", faults);
    notes.extend(validity.filter(|text| text != "Valid").map(|text| text.to_lowercase()));
    notes.extend(document.value("Comment"));
    let mut read = Document {
        kind: kind.unwrap_or_default(),
        row: reading.row,
        number: document.value("IDRegistrationNo"),
        country: country.or_else(|| site.and_then(|site| site.country)),
        name: document
            .child("DocumentedNameReference")
            .and_then(|node| node.attribute("DocumentedNameID")),
        ..Document::default()
    };
    for dated in document.all("DocumentDate") {
        let kind = references.words("IDRegDocDateType", dated, "IDRegDocDateTypeID", faults);
        let kind = kind.unwrap_or_default().to_lowercase();
        let Some(span) = dated.child("DatePeriod").and_then(|period| span(period, faults)) else {
            continue;
        };
        if kind.starts_with("issue") {
            read.issued = Some(span.to_string());
        } else if kind.starts_with("expir") {
            read.expires = Some(span.to_string());
        } else {
            notes.push(format!("{kind} {span}"));
        }
    }
    Document { notes, ..read }
}

/// The span of a date period; nothing for an empty one.
pub(super) fn span(period: &Node, faults: &mut Vec<Fault>) -> Option<DateSpan> {
    let mut bound = |name: &str| {
        let boundary = period.child(name)?;
        let mut point =
            |name: &str| boundary.child(name).and_then(|node| date(node, "DatePeriod", faults));
        let (from, to) = (point("From"), point("To"));
        let is_about = boundary.attribute("Approximate").is_some_and(|text| text == "true");
        Some((from.or(to)?, to.or(from)?, is_about))
    };
    let (start, end) = (bound("Start"), bound("End"));
    // The four days of a period are mostly one and the same.
    faults.dedup();
    let (start, end) = (start.or(end)?, end.or(start)?);
    boundary_span((start.0, start.1), (end.0, end.1), start.2 || end.2)
        .map_err(|error| faults.push(Fault::field("DatePeriod", "bad-date", error.to_string())))
        .ok()
}

/// A date in its three parts; the schema has all of them.
pub(super) fn date(node: &Node, field: &str, faults: &mut Vec<Fault>) -> Option<PartialDate> {
    let part = |name: &str| node.value(name).unwrap_or_default();
    let (year, month, day) = (part("Year"), part("Month"), part("Day"));
    let read = match (year.parse(), month.parse(), day.parse()) {
        (Ok(year), Ok(month), Ok(day)) => PartialDate::new(year, Some(month), Some(day)).ok(),
        _ => None,
    };
    if read.is_none() {
        let message = format!("expected a day of the calendar, found '{year}-{month}-{day}'");
        faults.push(Fault::field(field, "bad-date", message));
    }
    read
}
