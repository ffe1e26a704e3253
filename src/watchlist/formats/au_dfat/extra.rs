//! Decides what `Additional Information` says under a heading: titles, functions, numbers.
//!
//! The text is free; only the headings below are looked for, each with a colon behind it, and a
//! part goes to the next heading. Of a part with numbers every item gives the first word that
//! looks like one (five letters or digits, three of them digits, no date). The text as a whole is
//! kept as a remark by whoever calls.

use super::super::enumerated::items;
use crate::party::{Gender, Identifier, Scheme};
use crate::watchlist::Listing;

/// What stands under a heading.
#[derive(Clone, Copy, PartialEq)]
enum Content {
    Function,
    Number(Scheme),
    Gender,
    /// Ends the part before it; its own text stays in the remark only.
    Text,
}

/// Headings in lower case, as the list writes them.
const HEADINGS: [(&str, Content); 32] = [
    ("title:", Content::Function),
    ("designation:", Content::Function),
    ("last known position:", Content::Function),
    ("military rank:", Content::Function),
    ("gender:", Content::Gender),
    ("passport no.:", Content::Number(Scheme::Passport)),
    ("passport no:", Content::Number(Scheme::Passport)),
    ("passport number:", Content::Number(Scheme::Passport)),
    ("passport:", Content::Number(Scheme::Passport)),
    ("national identification no.:", Content::Number(Scheme::NationalId)),
    ("national identification no:", Content::Number(Scheme::NationalId)),
    ("national identification number:", Content::Number(Scheme::NationalId)),
    ("national id number:", Content::Number(Scheme::NationalId)),
    ("spanish identity card no:", Content::Number(Scheme::NationalId)),
    ("company identification number:", Content::Number(Scheme::Registration)),
    ("state registration number:", Content::Number(Scheme::Registration)),
    ("registration number:", Content::Number(Scheme::Registration)),
    ("registration id:", Content::Number(Scheme::Registration)),
    ("tax id no.:", Content::Number(Scheme::Tax)),
    ("pakistan national tax number:", Content::Number(Scheme::Tax)),
    ("italian fiscal code:", Content::Number(Scheme::Tax)),
    ("imo number:", Content::Number(Scheme::Imo)),
    ("imo identification number:", Content::Number(Scheme::Imo)),
    ("swift/bic:", Content::Number(Scheme::Bic)),
    ("other information:", Content::Text),
    ("address:", Content::Text),
    ("physical description:", Content::Text),
    ("website:", Content::Text),
    ("email:", Content::Text),
    ("tel:", Content::Text),
    ("fax:", Content::Text),
    ("phone:", Content::Text),
];

/// Puts what the text says into the listing.
pub(super) fn read(text: &str, listing: &mut Listing) {
    for (heading, content, part) in parts(text) {
        match content {
            Content::Function => {
                let part = part.trim_end_matches('.');
                let stated =
                    items(part).into_iter().filter(|item| !item.eq_ignore_ascii_case("na"));
                stated.for_each(|item| add(&mut listing.functions, item));
            }
            Content::Number(scheme) => {
                for item in items(&part) {
                    let Some(value) = number(&item) else { continue };
                    let label = format!("{}: {item}", heading.trim_end_matches(':'));
                    let identifier =
                        Identifier { label: Some(label), ..Identifier::new(scheme, value) };
                    add(&mut listing.party.identifiers, identifier);
                }
            }
            Content::Gender => {
                let word = part.split([' ', '.', ',', ';']).next().unwrap_or_default();
                listing.party.gender = listing.party.gender.or_else(|| Gender::parse(word));
            }
            Content::Text => {}
        }
    }
}

fn add<T: PartialEq>(known: &mut Vec<T>, new: T) {
    if !known.contains(&new) {
        known.push(new);
    }
}

/// The parts of the text that open with a heading, in order.
fn parts(text: &str) -> Vec<(&'static str, Content, String)> {
    // ASCII only, so that places in one are places in the other.
    let lower = text.to_ascii_lowercase();
    let mut opened: Vec<(usize, usize, &'static str, Content)> = Vec::new();
    for (heading, content) in HEADINGS {
        for (at, _) in lower.match_indices(heading) {
            let before = lower.get(..at).and_then(|head| head.chars().next_back());
            let covered = opened.iter().any(|(from, to, ..)| *from <= at && at < *to);
            if before.is_none_or(|c| !c.is_alphanumeric()) && !covered {
                opened.push((at, at + heading.len(), heading, content));
            }
        }
    }
    opened.sort_unstable_by_key(|(at, ..)| *at);
    // "Tax ID No.:" may open inside a longer heading: the one that begins first holds.
    opened.dedup_by(|later, earlier| later.0 < earlier.1);
    let ends = opened.iter().skip(1).map(|(at, ..)| *at).chain([text.len()]);
    let parts = opened.iter().zip(ends).filter_map(|((_, from, heading, content), to)| {
        let part = text.get(*from..to)?.trim();
        (!part.is_empty()).then(|| (*heading, *content, part.to_owned()))
    });
    parts.collect()
}

/// The first word that looks like a number somebody issued.
fn number(item: &str) -> Option<String> {
    let words = item.split_whitespace();
    let mut words = words.map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    let looks_like_one = |word: &&str| {
        let digits = word.chars().filter(char::is_ascii_digit).count();
        let letters = word.chars().filter(|c| c.is_alphanumeric()).count();
        letters >= 5 && digits >= 3 && !word.contains('/') && !word.contains(':')
    };
    words.find(looks_like_one).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_functions_and_numbers_are_taken_out_and_nothing_is_made_up() {
        let text = "Title: a) Dr b) Haji. Designation: Harbour master. Passport no.: a) Xan passport number XZ1234567 issued on 4 Feb. 2003 b) na. National identification no.: 990-0000-1. Other information: born 2003. Gender: female.";
        let mut listing = Listing::default();
        read(text, &mut listing);
        assert_eq!(listing.functions, ["Dr", "Haji", "Harbour master"]);
        let numbers: Vec<(Scheme, &str)> =
            listing.party.identifiers.iter().map(|i| (i.scheme, i.value.as_str())).collect();
        let expected = [(Scheme::Passport, "XZ1234567"), (Scheme::NationalId, "990-0000-1")];
        assert_eq!(numbers, expected);
        assert_eq!(listing.party.gender, Some(Gender::Female));
        let mut none = Listing::default();
        read("İTitle of a book; passport number unknown", &mut none);
        assert_eq!(none, Listing::default());
    }
}
