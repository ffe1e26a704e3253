//! Decides which of the statements in an OFAC remark are facts with a field of their own: dates
//! and places of birth, nationality, gender, numbers with their country, weak aliases, links.
//!
//! A remark is a run of statements between semicolons, each opened by its label, with "alt." for
//! a second one. What no label of ours opens stays in the verbatim remark alone; that is no
//! reject, since nothing of it is lost. A labelled value that cannot be read is one.

use super::super::dates::english_span;
use super::super::fault::Fault;
use super::super::ofac_terms::{
    DIGITAL_CURRENCY, NUMBERS, Paper, add_name, country, identifier, statements,
};
use crate::party::{Country, Gender, Identifier, NameQuality, Party, Scheme, Tie};
use crate::watchlist::{Link, Listing};

/// Moves what a remark states into the party and the listing.
pub(super) fn apply(
    remark: &str,
    party: &mut Party,
    listing: &mut Listing,
    faults: &mut Vec<Fault>,
) {
    for statement in statements(remark) {
        let plain = statement.strip_prefix("alt. ").unwrap_or(statement);
        if let Some(text) = label(plain, "DOB") {
            birth_date(text, party, faults);
        } else if let Some(text) = label(plain, "POB") {
            birth_place(text, party);
        } else if let Some(text) = label(plain, "nationality").or_else(|| label(plain, "citizen")) {
            if let Some(country) = country(text, "nationality", faults) {
                party.tie(country, Tie::Nationality);
            }
        } else if let Some(text) = label(plain, "Gender") {
            gender(text, party, faults);
        } else if let Some(text) = label(plain, "Linked To:") {
            listing.linked_to.push(Link::named(None, text));
        } else if let Some(name) = quoted_name(plain) {
            add_name(party, name, NameQuality::WeakAlias);
        } else if let Some(identifier) = number(plain, faults)
            && !party.identifiers.contains(&identifier)
        {
            party.identifiers.push(identifier);
        }
    }
}

/// What follows a label and a space; `None` for another label or nothing behind it.
fn label<'a>(statement: &'a str, label: &str) -> Option<&'a str> {
    let rest = statement.strip_prefix(label)?;
    let value = rest.strip_prefix(' ')?.trim();
    (!value.is_empty()).then_some(value)
}

fn birth_date(text: &str, party: &mut Party, faults: &mut Vec<Fault>) {
    match english_span(text) {
        Ok(span) if !party.birth_dates.contains(&span) => party.birth_dates.push(span),
        Ok(_) => {}
        Err(error) => faults.push(Fault::field("Remarks: DOB", "bad-date", error.to_string())),
    }
}

/// The place as written; a country at its end is also a tie, when it is one.
fn birth_place(text: &str, party: &mut Party) {
    party.birth_places.push(text.to_owned());
    let last = text.rsplit(',').next().unwrap_or_default();
    if let Ok(country) = last.trim().parse() {
        party.tie(country, Tie::BirthPlace);
    }
}

fn gender(text: &str, party: &mut Party, faults: &mut Vec<Fault>) {
    party.gender = Gender::parse(text);
    if party.gender.is_none() {
        let message = format!("expected Male or Female, found '{text}'");
        faults.push(Fault::field("Remarks: Gender", "unknown-gender", message));
    }
}

/// A quoted name in the remarks is weak, whether also, formerly or now known as.
fn quoted_name(statement: &str) -> Option<&str> {
    let labels = ["a.k.a. ", "f.k.a. ", "n.k.a. "];
    let rest = labels.iter().find_map(|label| statement.strip_prefix(label))?.trim();
    let name = rest.strip_prefix('\'')?;
    let name = name.strip_suffix('\'').unwrap_or(name).trim();
    (!name.is_empty()).then_some(name)
}

/// A number behind one of the known labels, with the country in brackets and the dates of issue and
/// expiry behind it.
fn number(statement: &str, faults: &mut Vec<Fault>) -> Option<Identifier> {
    let (label, rest, scheme) = digital_currency(statement).or_else(|| known_number(statement))?;
    let (value, behind) = rest.split_once('(').unwrap_or((rest, rest));
    let value = value.split(" expires ").next().unwrap_or(value);
    let value = value.split(" issued ").next().unwrap_or(value);
    let value = value.trim_matches([' ', ':', ',', '.']);
    // Only a bank's code may lack digits.
    if value.is_empty() || (scheme != Scheme::Bic && !value.chars().any(|c| c.is_ascii_digit())) {
        return None;
    }
    let issuer = behind.split_once(')').map_or("", |(issuer, _)| issuer).trim();
    let paper = Paper {
        label,
        country: issuing_country(issuer, faults),
        issued: dated(behind, " issued "),
        expires: dated(behind, " expires "),
        ..Paper::default()
    };
    Some(identifier(scheme, value, &paper))
}

/// Label, rest and scheme of a number; the longest label wins.
fn known_number(statement: &str) -> Option<(&str, &str, Scheme)> {
    NUMBERS
        .iter()
        .filter_map(|(label, scheme)| Some((*label, statement.strip_prefix(label)?, *scheme)))
        .filter(|(_, rest, _)| rest.starts_with([' ', ':']))
        .min_by_key(|(_, rest, _)| rest.len())
}

/// The same for an address of a currency, whose code belongs to the label.
fn digital_currency(statement: &str) -> Option<(&str, &str, Scheme)> {
    let code = statement.strip_prefix(DIGITAL_CURRENCY)?.split(' ').next()?;
    let rest = statement.strip_prefix(DIGITAL_CURRENCY)?.strip_prefix(code)?;
    let label = statement.strip_suffix(rest)?;
    Some((label, rest, Scheme::Other))
}

/// The date behind a word, to the next such word or the end of the statement.
fn dated<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let (_, date) = text.split_once(word)?;
    [" issued ", " expires ", "("]
        .iter()
        .find_map(|end| Some(date.split_once(end)?.0))
        .or(Some(date))
}

/// The brackets behind a number mostly name a country; a province or town is reported and the
/// number kept without one.
fn issuing_country(issuer: &str, faults: &mut Vec<Fault>) -> Option<Country> {
    let country = issuer.parse().ok();
    if country.is_none() && !issuer.is_empty() {
        let message = format!("expected the country that issued a number, found '{issuer}'");
        faults.push(Fault::field("Remarks: number", "unknown-issuer", message));
    }
    country
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(remark: &str) -> (Party, Listing, Vec<Fault>) {
        let (mut party, mut listing, mut faults) =
            (Party::default(), Listing::default(), Vec::new());
        apply(remark, &mut party, &mut listing, &mut faults);
        (party, listing, faults)
    }

    #[test]
    fn a_person_remark_becomes_typed_facts() {
        let (party, listing, faults) = read(
            "DOB 21 Jul 1965; alt. DOB circa 1966; POB Port Demo, Iran; nationality Iran; citizen Syria; \
             Gender Male; Passport A12345 (Iran) expires 2020; National ID No. 004-5 (Iran); \
             a.k.a. 'THE CLERK'; Linked To: DEMO SHIPPING LLC; Secondary sanctions risk: section 1.",
        );
        assert_eq!(faults, []);
        let dates: Vec<String> = party.birth_dates.iter().map(ToString::to_string).collect();
        assert_eq!(dates, ["1965-07-21", "circa 1966"]);
        assert_eq!(party.birth_places, ["Port Demo, Iran"]);
        let ties: Vec<_> = party.countries.iter().map(|t| (t.country.code(), t.tie)).collect();
        assert_eq!(
            ties,
            [("IR", Tie::BirthPlace), ("IR", Tie::Nationality), ("SY", Tie::Nationality)]
        );
        assert_eq!(party.gender, Some(Gender::Male));
        let numbers: Vec<_> =
            party.identifiers.iter().map(|i| (i.scheme, i.value.as_str())).collect();
        assert_eq!(numbers, [(Scheme::Passport, "A12345"), (Scheme::NationalId, "004-5")]);
        assert_eq!(
            party.names[0],
            crate::party::PartyName::new("THE CLERK", NameQuality::WeakAlias)
        );
        assert_eq!(listing.linked_to, [Link::named(None, "DEMO SHIPPING LLC")]);
    }

    #[test]
    fn numbers_find_their_scheme_by_the_longest_label_and_by_check_digits() {
        let scheme =
            |text: &str| read(text).0.identifiers.first().map(|i| (i.scheme, i.value.clone()));
        for (text, expected, value) in [
            ("Company Number IMO 5946501", Scheme::Imo, "5946501"),
            ("Company Number 12345 (Malta)", Scheme::Registration, "12345"),
            ("Tax ID No. 0004170010 (Russia)", Scheme::Inn, "0004170010"),
            ("Tax ID No. 0004170011 (Russia)", Scheme::Tax, "0004170011"),
            ("Registration Number 1990000417010 (Russia)", Scheme::Ogrn, "1990000417010"),
            (
                "Unified Social Credit Code (USCC) 91440101DEMO0K7X2P (China)",
                Scheme::Registration,
                "91440101DEMO0K7X2P",
            ),
            ("alt. Legal Entity Number 213800DEMOKRYONERI57", Scheme::Lei, "213800DEMOKRYONERI57"),
        ] {
            assert_eq!(scheme(text), Some((expected, value.to_owned())), "{text}");
        }
        assert_eq!(scheme("Passport refused at the border"), None);
    }

    #[test]
    fn a_number_keeps_its_label_with_issue_and_expiry() {
        let label = |text: &str| read(text).0.identifiers.first().and_then(|i| i.label.clone());
        for (text, expected) in [
            (
                "Passport DEMO7 (Egypt) issued 18 Jan 1984 expires 17 Jan 1991",
                "Passport, issued 1984-01-18, expires 1991-01-17",
            ),
            ("Passport DEMO7 expires 2020", "Passport, expires 2020"),
            ("alt. Digital Currency Address - XBT 1DEMO77", "Digital Currency Address - XBT"),
            ("Identification Number IMO 5946501", "Identification Number"),
            ("SWIFT/BIC DEMOCYNI", "SWIFT/BIC"),
        ] {
            assert_eq!(label(text).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(
            read("Digital Currency Address - XBT 1DEMO77").0.identifiers[0].value,
            "1DEMO77"
        );
        assert_eq!(label("Digital Currency Address - XBT"), None);
    }

    #[test]
    fn what_cannot_be_read_is_a_fault_and_the_rest_stays() {
        let (party, _, faults) =
            read("DOB unknown; nationality Atlantis; Gender neither; DOB 1970.");
        let codes: Vec<_> = faults.iter().map(|fault| fault.code).collect();
        assert_eq!(codes, ["bad-date", "unknown-country", "unknown-gender"]);
        assert_eq!(party.birth_dates.len(), 1);
    }

    #[test]
    fn an_open_bracket_swallows_no_name() {
        let (party, ..) = read("Tax ID No. 77 (Russia; a.k.a. 'THE CLERK'");
        assert_eq!(party.names[0].text, "THE CLERK");
    }

    #[test]
    fn every_label_can_win() {
        for (label, scheme) in NUMBERS.iter().copied() {
            let (party, ..) = read(&format!("{label} 77"));
            assert_eq!(party.identifiers.first().map(|i| i.scheme), Some(scheme), "{label}");
        }
    }

    proptest! {
        #[test]
        fn no_remark_makes_the_reader_panic(
            parts in proptest::collection::vec("(DOB |a\\.k\\.a\\. '|Passport |alt\\. |Linked To: |Gender )?\\PC{0,12}", 0..6)
        ) {
            let _ = read(&parts.join("; "));
        }
    }
}
