//! Decides what the column `Other Information` says: a run of `(Heading):text`.
//!
//! Only the headings below open a new part, so that brackets inside a text stay in it. The text as
//! a whole is kept as a remark by whoever calls; here it is taken apart.

use super::super::enumerated::items;
use super::super::nationality;
use crate::party::{Gender, Identifier, Scheme, Tie};
use crate::watchlist::{Detail, Link, Listing};

/// Headings whose text is a number somebody issued.
const NUMBERS: [(&str, Scheme); 4] = [
    ("UK Sanctions List Ref", Scheme::Other),
    ("UN Ref", Scheme::Other),
    ("Business Reg No", Scheme::Registration),
    ("IMO number", Scheme::Imo),
];
/// Headings whose text names other parties, and how the entry is linked to them.
const LINKS: [(&str, &str); 3] = [
    ("Parent company", "subsidiary of"),
    ("Subsidiaries", "parent company of"),
    ("Current owners", "owned by"),
];
/// Headings whose text is a particular.
const DETAILS: [&str; 12] = [
    "Phone number",
    "Email address",
    "Website",
    "Fax",
    "Type of entity",
    "Flag of ship",
    "Previous flags",
    "Type of ship",
    "Tonnage of ship",
    "Length of ship",
    "Year built",
    "Hull identification number (HIN)",
];
const REASONS: &str = "UK Statement of Reasons";
const GENDER: &str = "Gender";
const FLAG: &str = "Flag of ship";

/// Puts what the text says into the listing.
pub(super) fn read(text: &str, listing: &mut Listing) {
    for (heading, content) in parts(text) {
        if let Some((_, scheme)) = NUMBERS.iter().find(|(known, _)| *known == heading) {
            for value in items(&content) {
                let identifier = Identifier {
                    label: Some(heading.to_owned()),
                    ..Identifier::new(*scheme, value)
                };
                add(&mut listing.party.identifiers, identifier);
            }
        } else if let Some((_, relation)) = LINKS.iter().find(|(known, _)| *known == heading) {
            for name in items(&content) {
                add(&mut listing.linked_to, Link::named(Some(relation), name));
            }
        } else if heading == REASONS {
            add(&mut listing.reasons, content);
        } else if heading == GENDER {
            listing.party.gender = listing.party.gender.or_else(|| Gender::parse(&content));
        } else {
            if let Some(country) = nationality::country(&content).filter(|_| heading == FLAG) {
                listing.party.tie(country, Tie::Flag);
            }
            add(&mut listing.details, Detail::new(heading.to_lowercase(), content));
        }
    }
}

fn add<T: PartialEq>(known: &mut Vec<T>, new: T) {
    if !known.contains(&new) {
        known.push(new);
    }
}

/// The parts of the text that open with a known heading, in order, without empty ones.
fn parts(text: &str) -> Vec<(&'static str, String)> {
    let headings = NUMBERS.iter().map(|(heading, _)| *heading);
    let headings = headings.chain(LINKS.iter().map(|(heading, _)| *heading)).chain(DETAILS);
    let mut opened: Vec<(usize, usize, &'static str)> = Vec::new();
    for heading in headings.chain([REASONS, GENDER]) {
        let mark = format!("({heading}):");
        opened.extend(text.match_indices(&mark).map(|(at, _)| (at, at + mark.len(), heading)));
    }
    opened.sort_unstable();
    let ends = opened.iter().skip(1).map(|(at, _, _)| *at).chain([text.len()]);
    let parts = opened.iter().zip(ends).filter_map(|((_, from, heading), to)| {
        let content = text.get(*from..to)?.trim();
        (!content.is_empty()).then(|| (*heading, content.to_owned()))
    });
    parts.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_headings_open_a_part() {
        let text = "(UK Sanctions List Ref):ABC0001. (UK Statement of Reasons):Runs a fund (see (2022): a note). (Gender):Female (Odd):x (Phone number):(1) +1 (2) +2";
        let mut listing = Listing::default();
        read(text, &mut listing);
        assert_eq!(listing.reasons, ["Runs a fund (see (2022): a note)."]);
        assert_eq!(listing.party.identifiers[0].value, "ABC0001.");
        assert_eq!(listing.party.gender, None, "'Female (Odd):x' is not a gender we can read");
        assert_eq!(listing.details, [Detail::new("phone number", "(1) +1 (2) +2")]);
    }

    #[test]
    fn an_empty_or_unmarked_text_has_no_parts() {
        assert!(parts("").is_empty());
        assert!(parts("(Gender):").is_empty());
        assert!(parts("plain words (with brackets)").is_empty());
    }
}
