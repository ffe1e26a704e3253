//! Writes the World Bank's list of ineligible firms and individuals, JSON.
//!
//! Other names stand in brackets in the additional information, where `*` opens a footnote and
//! commas, semicolons, colons and square brackets around a note are left out, so no name has one
//! of these. A ground with a digit cites a rule; one without is a reason.

use super::strategy::{AddressForm, Carries};
use super::{Writer, Written, comes_back, street};
use crate::lists_real::declared;
use diligence::party::{NameQuality, PartyKind, Scheme, Tie};
use diligence::watchlist::Listing;
use serde_json::{Value, json};

const WRITER: Writer =
    Writer { source: || declared("worldbank"), carries, fit, section: |_| 0, has_ids: true, write };

#[test]
fn the_world_bank_list_comes_back_as_it_was_written() {
    comes_back(&WRITER);
}

fn carries() -> Carries {
    Carries {
        kinds: vec![Some(PartyKind::Company), Some(PartyKind::Person), None],
        not_in_names: "()*,;:[]",
        qualities: vec![NameQuality::Alias, NameQuality::Former],
        ties: vec![Tie::Address],
        numbers: vec![
            (Scheme::Registration, Some("register number"), false),
            (Scheme::Other, Some("D-U-N-S Number"), false),
        ],
        addresses: 1,
        address: AddressForm::CityThenCode,
        measures: 1,
        reasons: 1,
        details: vec!["acronym before the name", "acronym behind the name", "ineligibility status"],
        days: [true, true, false],
        ..Carries::default()
    }
}

/// One number of a kind; a ground is a reason or cites a rule; what the additional information
/// says of names is kept as a remark as well.
fn fit(mut listing: Listing) -> Listing {
    let numbers = &mut listing.party.identifiers;
    numbers.sort_by_key(|number| number.scheme);
    numbers.dedup_by_key(|number| number.scheme);
    let cites = |ground: &String| ground.chars().any(|c| c.is_ascii_digit());
    (listing.legal_basis, listing.reasons) = listing.reasons.into_iter().partition(cites);
    let others = listing.party.names.iter().skip(1).map(|name| match name.quality {
        NameQuality::Former => format!("(formerly known as {})", name.text),
        _ => format!("(also known as {})", name.text),
    });
    let information: Vec<String> = others.collect();
    listing.remarks =
        Some(information.join(" ")).filter(|text| !text.is_empty()).into_iter().collect();
    listing
}

fn write(listings: &[Listing]) -> Vec<Written> {
    let records: Vec<Value> = listings.iter().map(record).collect();
    let text = json!({"response": {"ZPROCSUPP": records}}).to_string();
    Written::only("worldbank.json", text, listings.len())
}

fn record(listing: &Listing) -> Value {
    let party = &listing.party;
    let detail = |label: &str| {
        let found = listing.details.iter().find(|detail| detail.label == label);
        found.map(|detail| detail.value.as_str())
    };
    let number = |scheme: Scheme| {
        party.identifiers.iter().find(|number| number.scheme == scheme).map(|n| n.value.as_str())
    };
    let address = party.addresses.first();
    json!({
        "SUPP_ID": listing.id.parse::<u64>().unwrap(),
        "SUPP_NAME": party.caption(),
        "SUPP_TYPE_CODE": match party.kind {
            Some(PartyKind::Person) => "I",
            Some(_) => "F",
            None => "U",
        },
        "SUPP_PRE_ACRN": detail("acronym before the name"),
        "SUPP_POST_ACRN": detail("acronym behind the name"),
        "LAND1": address.and_then(|a| a.country).map(|country| country.code()),
        "COUNTRY_NAME": address.and_then(|a| a.country).map(|country| country.name()),
        "SUPP_ADDR": address.map(street),
        "SUPP_CITY": address.and_then(|a| a.city.as_deref()),
        "SUPP_POST_CODE": address.and_then(|a| a.postal_code.as_deref()),
        "DEBAR_FROM_DATE": listing.listed_on.map(|day| day.to_string()),
        "DEBAR_TO_DATE": listing.ends_on.map(|day| day.to_string()),
        "DEBAR_REASON": listing.reasons.first().or(listing.legal_basis.first()),
        "ADD_SUPP_INFO": listing.remarks.first(),
        "ELIG_STAT": listing.measures.first(),
        "INELIGIBLY_STATUS": detail("ineligibility status"),
        "REGISTER_ID": number(Scheme::Registration),
        "DNB_ID": number(Scheme::Other),
    })
}
