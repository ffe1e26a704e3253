//! Decides what one item of the column `ids` says: a number with its issuer and dates, the gender,
//! or a particular of the entry.
//!
//! Editions write an item in two orders: `XK, 2019-09-09, 2009-09-10, 008800, Passport` (country,
//! expiry, issue, number, type) and `Passport, 008800, XK, 10 Sep 2009, 09 Sep 2019`. The type is
//! the end that is known to be one. A number is a type with a digit in its value; types that state
//! something else are particulars. Of two dates the earlier is the issue; a single one is, too.

use super::super::dates::english_span;
use super::super::ofac_terms::{NUMBERS, russian};
use crate::party::{Checksum, Country, Gender, Identifier, PartialDate, Scheme};
use crate::watchlist::Detail;

/// What an item says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Item {
    /// A number somebody issued.
    Number(Identifier),
    /// The gender as stated.
    Gender(Gender),
    /// Where a person belongs or a vessel or firm is registered.
    Nationality(Country),
    /// Anything else.
    Particular(Detail),
}

const GENDER: &str = "Gender";
/// Types that name a country by its name.
const NATIONALITIES: [&str; 2] = ["Nationality Country", "Nationality of Registration"];
/// Types of numbers that the remarks of the SDN list do not write.
const MORE_NUMBERS: [(&str, Scheme); 13] = [
    ("Vessel Registration Identification", Scheme::Other),
    ("RFC", Scheme::Tax),
    ("C.I.F.", Scheme::Tax),
    ("Paraguayan tax identification number", Scheme::Tax),
    ("Kenyan ID No.", Scheme::NationalId),
    ("Moroccan Personal ID No.", Scheme::NationalId),
    ("Bosnian Personal ID No.", Scheme::NationalId),
    ("Tazkira National ID Card", Scheme::NationalId),
    ("British National Overseas Passport", Scheme::Passport),
    ("Branch Unit Number", Scheme::Registration),
    ("File Number", Scheme::Registration),
    ("License", Scheme::Other),
    ("Electoral Registry No.", Scheme::Other),
];
/// Types that are no numbers though their values have digits.
const PARTICULARS: [&str; 18] = [
    "Website",
    "Email Address",
    "Phone Number",
    "Organization Established Date",
    "Aircraft Model",
    "Aircraft Manufacture Date",
    "Aircraft Operator",
    "Target Type",
    "Former Vessel Flag",
    "Other Vessel Flag",
    "Other Vessel Type",
    "Issuer Name",
    "Equity Ticker",
    "Effective Date",
    "Listing Date",
    "Purchase/Sales For Divestment Date",
    "Executive Order",
    "UN/LOCODE",
];
const CURRENCY: &str = "Digital Currency Address";

/// Reads one item; `None` when there is nothing in it.
pub(super) fn read(item: &str) -> Option<Item> {
    let parts: Vec<&str> = item.split(", ").map(str::trim).filter(|p| !p.is_empty()).collect();
    let (first, last) = (*parts.first()?, *parts.last()?);
    if parts.len() == 1 {
        return Some(Item::Particular(Detail::new("statement", item)));
    }
    let behind = parts.get(1..).unwrap_or_default();
    let before = parts.get(..parts.len() - 1).unwrap_or_default();
    let (kind, rest, type_is_last) =
        if type_stands_last(first, last) { (last, before, true) } else { (first, behind, false) };
    let value = rest.join(", ");
    if kind == GENDER
        && let Some(gender) = Gender::parse(&value)
    {
        return Some(Item::Gender(gender));
    }
    if NATIONALITIES.contains(&kind)
        && let Ok(country) = value.parse()
    {
        return Some(Item::Nationality(country));
    }
    let scheme = scheme(kind);
    if scheme.is_none() && (is_statement(kind) || !has_digit(&value)) {
        let label = kind.trim_end_matches([' ', ':', '-']);
        return Some(Item::Particular(Detail::new(label, value)));
    }
    Some(number(kind, scheme.unwrap_or(Scheme::Other), rest, type_is_last))
}

fn has_digit(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit())
}

fn is_statement(kind: &str) -> bool {
    kind.ends_with([':', '-']) || PARTICULARS.iter().any(|known| kind.starts_with(known))
}

fn is_known(kind: &str) -> bool {
    kind == GENDER
        || NATIONALITIES.contains(&kind)
        || scheme(kind).is_some()
        || is_statement(kind)
        || kind.starts_with(CURRENCY)
}

fn scheme(kind: &str) -> Option<Scheme> {
    let all = NUMBERS.iter().chain(&MORE_NUMBERS);
    let of_table = all.clone().find(|(label, _)| *label == kind);
    of_table.map(|(_, scheme)| *scheme)
}

/// A known type decides; between two strangers the one without a digit that is no country code.
fn type_stands_last(first: &str, last: &str) -> bool {
    match (is_known(first), is_known(last)) {
        (_, true) => true,
        (true, false) => false,
        _ => country_code(last).is_none() && (!has_digit(last) || country_code(first).is_some()),
    }
}

/// Two capitals that are a country's code.
fn country_code(text: &str) -> Option<Country> {
    let is_code = text.chars().count() == 2 && text.chars().all(|c| c.is_ascii_uppercase());
    is_code.then(|| text.parse().ok()).flatten()
}

/// The number with what stands around it; one without a digit is a particular.
fn number(kind: &str, scheme: Scheme, rest: &[&str], type_is_last: bool) -> Item {
    // From the type inwards: number, dates, country in the one order; country and dates behind
    // the number in the other.
    let mut parts: Vec<&str> = rest.to_vec();
    if type_is_last {
        parts.reverse();
    }
    let mut dates: Vec<PartialDate> = Vec::new();
    let mut country = None;
    while parts.len() > 1 {
        let Some(end) = parts.last() else { break };
        let is_date = date(end);
        match (country_code(end), is_date) {
            (Some(code), _) if country.is_none() => country = Some(code),
            (None, Some(date)) if dates.len() < 2 => dates.push(date),
            _ => break,
        }
        parts.pop();
    }
    if type_is_last {
        parts.reverse();
    }
    let value = parts.join(", ");
    if !has_digit(&value) && scheme != Scheme::Bic {
        return Item::Particular(Detail::new(kind, rest.join(", ")));
    }
    dates.sort();
    let mut label = kind.to_owned();
    for (words, date) in [", issued ", ", expires "].iter().zip(&dates) {
        label.push_str(words);
        label.push_str(&date.to_string());
    }
    let stated = Identifier { scheme, value, country, label: Some(label) };
    Item::Number(Identifier { scheme: settled(&stated), ..stated })
}

/// `2013-09-09` or `09 Sep 2013`, to the day: a bare year may be a number.
fn date(text: &str) -> Option<PartialDate> {
    let read = text.parse().ok().or_else(|| english_span(text).ok().map(|span| span.from));
    read.filter(|date: &PartialDate| date.day().is_some())
}

/// The scheme after a look at the number itself: an IMO number says so, a Russian number and a
/// legal entity identifier have check digits.
fn settled(stated: &Identifier) -> Scheme {
    if stated.value.starts_with("IMO ") {
        return Scheme::Imo;
    }
    if stated.scheme == Scheme::Lei && stated.checksum() != Checksum::Valid {
        return Scheme::Registration;
    }
    russian(stated)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn number(item: &str) -> (Scheme, String, Option<&'static str>, String) {
        match read(item) {
            Some(Item::Number(id)) => {
                let country = id.country.map(Country::code);
                (id.scheme, id.value, country, id.label.unwrap_or_default())
            }
            other => panic!("expected a number in '{item}', found {other:?}"),
        }
    }

    #[test]
    fn both_orders_of_an_item_say_the_same() {
        for item in [
            "XK, 2019-09-09, 2009-09-10, 008800, Passport",
            "Passport, 008800, XK, 10 Sep 2009, 09 Sep 2019",
        ] {
            let label = "Passport, issued 2009-09-10, expires 2019-09-09";
            let expected = (Scheme::Passport, "008800".into(), Some("XK"), label.into());
            assert_eq!(number(item), expected, "{item}");
        }
        for item in ["4600, Doc. 12, Public Registration Number", "K7, Passport", "Passport, K7"] {
            assert!(matches!(read(item), Some(Item::Number(_))), "{item}");
        }
        assert_eq!(number("RU, 0004170010, Tax ID No.").0, Scheme::Inn);
        assert_eq!(number("IMO 9999993, Vessel Registration Identification").0, Scheme::Imo);
        assert_eq!(number("77 A, XY, Some New Paper").3, "Some New Paper");
        assert_eq!(number("Some New Paper, 77, DE").2, Some("DE"));
        assert_eq!(number("SWIFT/BIC, DEMODEFF").0, Scheme::Bic);
    }

    #[test]
    fn what_is_no_number_is_a_particular_a_gender_or_a_country() {
        let told = |item: &str| match read(item) {
            Some(Item::Particular(detail)) => detail.to_string(),
            other => format!("{other:?}"),
        };
        assert_eq!(read("Male, Gender"), Some(Item::Gender(Gender::Male)));
        assert_eq!(read("Gender, Female"), Some(Item::Gender(Gender::Female)));
        assert!(matches!(read("China, Nationality of Registration"), Some(Item::Nationality(_))));
        assert_eq!(
            told("Subject to Directive 3, Directive Information -"),
            "Directive Information: Subject to Directive 3"
        );
        assert_eq!(
            told("16 Jan 2017, Organization Established Date"),
            "Organization Established Date: 16 Jan 2017"
        );
        assert_eq!(told("CO, Provisional, NIT #"), "NIT #: CO, Provisional");
        assert_eq!(told("lonely words"), "statement: lonely words");
        assert_eq!(read(" "), None);
    }

    proptest! {
        #[test]
        fn no_item_makes_the_reader_panic(item in "([A-Za-z0-9 :#.-]{0,8}, ){0,5}\\PC{0,8}") {
            let _ = read(&item);
        }
    }
}
