//! Decides which facts of a subject and an engagement a dossier shows, in which order and words.
//! Only what was given is shown; what is missing is said by the flags.

use super::Field;
use crate::intake::{ClauseState, Engagement, PartyRecord};
use crate::party::{Country, NameQuality, Tie};
use std::fmt::Display;

/// The subject's own facts.
#[must_use]
pub fn subject_fields(record: &PartyRecord) -> Vec<Field> {
    let party = &record.party;
    let mut fields = Fields::default();
    for name in &party.names {
        fields.add(name_label(name.quality), Some(&name.text));
    }
    fields.add("Kind", party.kind.map(|kind| kind.as_str().replace('_', " ")));
    for tie in &party.countries {
        fields.add(tie_label(tie.tie), Some(country(tie.country)));
    }
    for born in &party.birth_dates {
        fields.add("Born", Some(born));
    }
    for place in &party.birth_places {
        fields.add("Born at", Some(place));
    }
    for identifier in &party.identifiers {
        fields.add(identifier.scheme.label(), Some(&identifier.value));
    }
    fields.add("Incorporated", record.incorporation_date);
    fields.add("Status", record.status.as_ref());
    for address in &party.addresses {
        let country = address.country.map(|code| format!(", {}", country(code)));
        fields.add("Address", Some(format!("{}{}", address.text, country.unwrap_or_default())));
    }
    fields.add("Position", record.position.as_ref());
    fields.add("Declared official", record.declared_official.map(yes_no));
    fields.add("Bearer shares", record.bearer_shares.map(yes_no));
    for (column, value) in &record.other {
        fields.add(&column.replace('_', " "), Some(value));
    }
    fields.add("Record", Some(format!("{} row {}", record.row.file, record.row.row)));
    fields.0
}

/// The engagement's facts.
#[must_use]
pub fn engagement_fields(engagement: &Engagement) -> Vec<Field> {
    let mut fields = Fields::default();
    fields.add("Engagement", Some(&engagement.id));
    fields.add("Our entity", engagement.our_entity.as_ref());
    fields.add("Our country", engagement.our_country.map(country));
    fields.add("Manager", engagement.manager.as_ref());
    fields.add("Role", engagement.role.map(|role| role.as_str().replace('_', " ")));
    fields.add("Purpose", engagement.purpose.map(|purpose| format!("{purpose:?}").to_lowercase()));
    fields.add("Acts on our behalf", engagement.acts_on_behalf.map(yes_no));
    fields.add("Deals with government", engagement.interacts_with_government.map(yes_no));
    fields.add("Description", engagement.description.as_ref());
    fields.add("Performed in", engagement.country_of_performance.map(country));
    fields.add("From", engagement.start_date);
    fields.add("To", engagement.end_date);
    let currency = engagement.currency.as_deref().unwrap_or_default();
    let value = engagement.value.as_ref().map(|value| format!("{value} {currency}"));
    fields.add("Value", value.map(|text| text.trim().to_owned()));
    fields.add("Written agreement", engagement.written_agreement.map(yes_no));
    fields.add("Anti-corruption clause", engagement.clause_anti_corruption.map(clause));
    fields.add("Termination right", engagement.clause_termination.map(clause));
    fields.add("Audit right", engagement.clause_audit.map(clause));
    fields.add("Account, IBAN", engagement.account_iban.as_ref().map(|iban| &iban.value));
    fields.add("Account, BIC", engagement.account_bic.as_ref().map(|bic| &bic.value));
    fields.add("Account holder", engagement.account_holder.as_ref());
    fields.add("Account country", engagement.account_country.map(country));
    for (column, value) in &engagement.other {
        fields.add(&column.replace('_', " "), Some(value));
    }
    fields.add("Record", Some(format!("{} row {}", engagement.row.file, engagement.row.row)));
    fields.0
}

#[derive(Default)]
struct Fields(Vec<Field>);

impl Fields {
    fn add(&mut self, label: &str, value: Option<impl Display>) {
        if let Some(value) = value {
            let mut label = label.to_owned();
            if let Some(first) = label.get_mut(0..1) {
                first.make_ascii_uppercase();
            }
            self.0.push(Field { label, value: value.to_string() });
        }
    }
}

fn name_label(quality: NameQuality) -> &'static str {
    match quality {
        NameQuality::Primary => "Name",
        NameQuality::Alias => "Alias",
        NameQuality::Native => "Native name",
        NameQuality::Former => "Previous name",
        NameQuality::WeakAlias => "Weak alias",
    }
}

fn tie_label(tie: Tie) -> &'static str {
    match tie {
        Tie::Nationality => "Nationality",
        Tie::Jurisdiction => "Registered in",
        Tie::Address => "Address in",
        Tie::BirthPlace => "Born in",
        Tie::Office => "Office in",
        Tie::Flag => "Flag",
        Tie::Stated => "Country",
    }
}

fn country(country: Country) -> String {
    format!("{} · {}", country.code(), country.name())
}

fn yes_no(value: bool) -> &'static str {
    if value { "yes" } else { "no" }
}

fn clause(state: ClauseState) -> &'static str {
    match state {
        ClauseState::Present => "present",
        ClauseState::Deviating => "deviating",
        ClauseState::Refused => "refused",
        ClauseState::Missing => "missing",
    }
}
