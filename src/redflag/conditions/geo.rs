//! Decides the geography flags (GEO).

use crate::intake::Engagement;
use crate::party::{Country, Party, Tie};
use crate::redflag::Evidence;
use crate::redflag::facts::{Facts, Finding};
use std::collections::BTreeSet;

/// GEO-05: the account lies neither where the work is done nor where the party is registered.
/// An account that is given in several ways must fit in each of them.
pub(super) fn account_country(facts: &Facts<'_>) -> Vec<Finding> {
    let (Some(engagement), Some(subject)) = (facts.engagement, facts.subject()) else {
        return Vec::new();
    };
    let accounts = account_countries(engagement);
    if accounts.is_empty() {
        let needs = vec![format!("account of {}", engagement.id)];
        return vec![Finding::unknown(None, "no bank account is given".to_owned(), needs)];
    }
    let registered = registered(&subject.record.party);
    let performed = engagement.country_of_performance;
    let fits = |country: &Country| registered.contains(country) || performed == Some(*country);
    let strange: Vec<&(Country, String)> = accounts.iter().filter(|(c, _)| !fits(c)).collect();
    if strange.is_empty() {
        return Vec::new();
    }
    let mut needs = Vec::new();
    if registered.is_empty() {
        needs.push(format!("country of {}", subject.record.id));
    }
    if performed.is_none() {
        needs.push(format!("country of performance of {}", engagement.id));
    }
    if !needs.is_empty() {
        let because = "the account's country cannot be compared with both countries".to_owned();
        return vec![Finding::unknown(None, because, needs)];
    }
    vec![mismatch(engagement, &registered, &strange)]
}

/// Where the party is registered: its jurisdiction, or when none is given the country stated for
/// it.
fn registered(party: &Party) -> BTreeSet<Country> {
    let tied = |kind: Tie| -> BTreeSet<Country> {
        party.countries.iter().filter(|tie| tie.tie == kind).map(|tie| tie.country).collect()
    };
    let jurisdiction = tied(Tie::Jurisdiction);
    if jurisdiction.is_empty() { tied(Tie::Stated) } else { jurisdiction }
}

fn mismatch(
    engagement: &Engagement,
    registered: &BTreeSet<Country>,
    strange: &[&(Country, String)],
) -> Finding {
    let source = format!("{} row {}", engagement.row.file, engagement.row.row);
    let names = |countries: &mut dyn Iterator<Item = Country>| {
        countries.map(Country::name).collect::<Vec<_>>().join(", ")
    };
    let registered_in = names(&mut registered.iter().copied());
    let performed_in = names(&mut engagement.country_of_performance.into_iter());
    let account_countries: BTreeSet<Country> =
        strange.iter().map(|(country, _)| *country).collect();
    let account_in = names(&mut account_countries.into_iter());
    let mut evidence: Vec<Evidence> = strange
        .iter()
        .map(|(country, how)| Evidence::new(how.clone(), country.name(), source.clone()))
        .collect();
    evidence.push(Evidence::new("registered in", registered_in.clone(), "portfolio"));
    evidence.push(Evidence::new("performed in", performed_in.clone(), source));
    let because = format!(
        "the account lies in {account_in}; the work is done in {performed_in} and the party is registered in {registered_in}"
    );
    Finding::yes(None, because, evidence)
}

/// Countries the account names, with how.
fn account_countries(engagement: &Engagement) -> Vec<(Country, String)> {
    let iban = engagement.account_iban.as_ref().and_then(|iban| iban.embedded_country());
    let bic = engagement.account_bic.as_ref().and_then(|bic| bic.embedded_country());
    [(iban, "IBAN"), (bic, "BIC"), (engagement.account_country, "account country")]
        .into_iter()
        .filter_map(|(country, how)| Some((country?, how.to_owned())))
        .collect()
}
