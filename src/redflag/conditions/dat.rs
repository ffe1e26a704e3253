//! Decides the flags about the data and the run itself (DAT): they keep "we do not know" from
//! turning into "no".

use crate::party::{Checksum, Identifier, Party, PartyKind};
use crate::policy::Identifying;
use crate::redflag::Evidence;
use crate::redflag::facts::{Facts, Finding, InvolvedFacts};
use crate::screening::NotScreened;

/// DAT-01: somebody is known by name alone, so that "no match" proves nothing. One finding a
/// subject; it names everybody.
pub(super) fn negative_unsupported(facts: &Facts<'_>) -> Vec<Finding> {
    let weak: Vec<&InvolvedFacts<'_>> =
        facts.involved.iter().filter(|involved| !is_identified(facts, involved)).collect();
    let Some(first) = weak.first() else { return Vec::new() };
    let because = match weak.len() {
        1 => format!("{} is known by name alone", first.words()),
        more => format!(
            "{more} of {} parties are known by name alone, first {}",
            facts.involved.len(),
            first.words()
        ),
    };
    let evidence = weak
        .iter()
        .map(|involved| {
            let row = &involved.record.row;
            let source = format!("{} row {}", row.file, row.row);
            Evidence::new("known by name alone", involved.words(), source)
        })
        .collect();
    let needs = weak.iter().map(|involved| question(&involved.record.party, &involved.record.id));
    let mut finding = Finding::yes(None, because, evidence);
    finding.needs = needs.collect();
    vec![finding]
}

/// Whether anything beside the name identifies the party, by the measure of its kind. A party of
/// unknown kind must meet the stricter one, the person's.
fn is_identified(facts: &Facts<'_>, involved: &InvolvedFacts<'_>) -> bool {
    let party = &involved.record.party;
    let natural = party.kind.is_none_or(|kind| kind == PartyKind::Person);
    let by = if natural {
        &facts.policy.person_identified_by
    } else {
        &facts.policy.organisation_identified_by
    };
    let strong =
        |id: &Identifier| id.scheme.is_strong() && !matches!(id.checksum(), Checksum::Invalid(_));
    by.value.iter().any(|attribute| match attribute {
        Identifying::BirthDate => !party.birth_dates.is_empty(),
        Identifying::Country => !party.countries.is_empty(),
        Identifying::Identifier => party.identifiers.iter().any(strong),
    })
}

/// The question that would identify a party best.
fn question(party: &Party, id: &str) -> String {
    match party.kind {
        None => format!("kind and date of birth or register number of {id}"),
        Some(PartyKind::Person) => format!("birth date of {id}"),
        Some(_) => format!("country of {id}"),
    }
}

/// DAT-02: a list is missing, held or stale.
pub(super) fn list_unreliable(facts: &Facts<'_>) -> Vec<Finding> {
    facts
        .unreliable_lists
        .iter()
        .map(|(list, reason)| {
            let evidence = vec![Evidence::new("list", list.clone(), "list manifest")];
            Finding::yes(None, format!("list {list}: {reason}"), evidence)
        })
        .collect()
}

/// DAT-03: an identifier does not pass its own check digits.
pub(super) fn checksum(facts: &Facts<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for involved in &facts.involved {
        let row = &involved.record.row;
        let source = format!("{} row {}", row.file, row.row);
        for identifier in &involved.record.party.identifiers {
            findings.extend(failing(identifier, Some(&involved.record.id), &source));
        }
    }
    if let Some(engagement) = facts.engagement {
        let source = format!("{} row {}", engagement.row.file, engagement.row.row);
        for identifier in [&engagement.account_iban, &engagement.account_bic].into_iter().flatten()
        {
            findings.extend(failing(identifier, None, &source));
        }
    }
    findings
}

fn failing(identifier: &Identifier, party: Option<&str>, source: &str) -> Option<Finding> {
    let Checksum::Invalid(rule) = identifier.checksum() else { return None };
    let label = identifier.scheme.label();
    let because = format!("the {label} '{}' is not valid: expected {rule}", identifier.value);
    let evidence = vec![Evidence::new(label, identifier.value.clone(), source)];
    Some(Finding::yes(party, because, evidence))
}

/// DAT-05: a stage failed for somebody who must be screened.
pub(super) fn engine_error(facts: &Facts<'_>) -> Vec<Finding> {
    facts
        .involved
        .iter()
        .filter_map(|involved| match involved.screened {
            Err(error @ (NotScreened::Index { .. } | NotScreened::LeftOut)) => {
                Some((involved, error))
            }
            _ => None,
        })
        .map(|(involved, error)| {
            let because = format!("{} was not screened: {error}", involved.words());
            Finding::yes(Some(&involved.record.id), because, Vec::new())
        })
        .collect()
}
