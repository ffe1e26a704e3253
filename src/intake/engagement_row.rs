//! Decides what one row says about a relationship: who enters it for what, which clauses stand in
//! the contract, and to which account is paid. Amounts stay text here; account numbers whose check
//! digits fail are kept for a red flag to name.

use super::fields::Fields;
use super::model::Engagement;
use super::values::currency;
use crate::party::{Identifier, Scheme};

/// Reads an engagement. Faults are left in `fields`; an engagement with faults must not be used.
pub(super) fn read(fields: &mut Fields<'_>, id: &str, party: &str) -> Engagement {
    let number = |scheme| move |value: &str| Identifier::new(scheme, value);
    Engagement {
        id: id.to_owned(),
        party: party.to_owned(),
        our_entity: fields.string("our_entity"),
        our_country: fields.country("our_country"),
        manager: fields.string("manager"),
        role: fields.word("role"),
        purpose: fields.word("purpose"),
        acts_on_behalf: fields.flag("acts_on_behalf"),
        interacts_with_government: fields.flag("interacts_with_government"),
        description: fields.string("description"),
        country_of_performance: fields.country("country_of_performance"),
        start_date: fields.date("start_date"),
        end_date: fields.date("end_date"),
        value: fields.string("value"),
        currency: fields.parse("currency", "bad-currency", currency),
        written_agreement: fields.flag("written_agreement"),
        clause_anti_corruption: fields.word("clause_anti_corruption"),
        clause_termination: fields.word("clause_termination"),
        clause_audit: fields.word("clause_audit"),
        account_iban: fields.text("account_iban").map(number(Scheme::Iban)),
        account_bic: fields.text("account_bic").map(number(Scheme::Bic)),
        account_holder: fields.string("account_holder"),
        account_country: fields.country("account_country"),
        other: fields.rest(),
        row: fields.row(),
    }
}
