//! Decides the behaviour and contract flags (BEH). Which roles a clause is asked of is policy; a
//! role or a clause that is not given leaves the question open.

use crate::intake::{ClauseState, Engagement};
use crate::policy::Parameter;
use crate::redflag::facts::{Facts, Finding};
use crate::redflag::{Evidence, Truth};
use std::collections::BTreeSet;

/// BEH-01: the anti-corruption clause is refused or missing.
pub(super) fn anti_corruption_clause(facts: &Facts<'_>) -> Vec<Finding> {
    let asked = &facts.policy.anti_corruption_clause_roles;
    clause(facts, asked, "anti-corruption clause", |e| e.clause_anti_corruption)
}

/// BEH-02: the audit right is refused or missing.
pub(super) fn audit_right(facts: &Facts<'_>) -> Vec<Finding> {
    clause(facts, &facts.policy.audit_right_roles, "audit right", |e| e.clause_audit)
}

/// BEH-03: the right to terminate at once is refused or missing.
pub(super) fn termination_right(facts: &Facts<'_>) -> Vec<Finding> {
    clause(facts, &facts.policy.termination_right_roles, "termination right", |e| {
        e.clause_termination
    })
}

fn clause(
    facts: &Facts<'_>,
    asked: &Parameter<BTreeSet<String>>,
    name: &str,
    state: fn(&Engagement) -> Option<ClauseState>,
) -> Vec<Finding> {
    let Some(engagement) = facts.engagement else { return Vec::new() };
    let role = facts.role_is_one_of(&asked.value);
    let (needs, because) = match (role, state(engagement)) {
        (Truth::False, _) | (_, Some(ClauseState::Present | ClauseState::Deviating)) => {
            return Vec::new();
        }
        (Truth::True, Some(ClauseState::Refused)) => {
            return vec![against(engagement, asked, format!("the {name} was refused"))];
        }
        (Truth::True, Some(ClauseState::Missing)) => {
            return vec![against(engagement, asked, format!("the contract has no {name}"))];
        }
        (Truth::Unknown, _) => ("role", "the role is not given".to_owned()),
        (Truth::True, None) => {
            (name, format!("it is not known whether the contract has the {name}"))
        }
    };
    vec![Finding::unknown(None, because, vec![format!("{needs} of {}", engagement.id)])]
}

fn against(
    engagement: &Engagement,
    asked: &Parameter<BTreeSet<String>>,
    because: String,
) -> Finding {
    let role = engagement.role.map(|role| role.as_str()).unwrap_or_default();
    let source = format!("{} row {}", engagement.row.file, engagement.row.row);
    let evidence = vec![
        Evidence::new("contract", because.clone(), source),
        Evidence::new("asked of", role, asked.reference()),
    ];
    Finding::yes(None, format!("{because}; it is required of the role {role}"), evidence)
}

/// BEH-08: an intermediary, by role or because it acts on our behalf, without a written agreement.
pub(super) fn written_agreement(facts: &Facts<'_>) -> Vec<Finding> {
    let Some(engagement) = facts.engagement else { return Vec::new() };
    if engagement.written_agreement == Some(true) {
        return Vec::new();
    }
    let roles = &facts.policy.intermediary_roles;
    let unknown = |what: &str, because: &str| {
        let needs = vec![format!("{what} of {}", engagement.id)];
        vec![Finding::unknown(None, because.to_owned(), needs)]
    };
    let why = match (facts.role_is_one_of(&roles.value), engagement.acts_on_behalf) {
        (Truth::True, _) => "by its role",
        (_, Some(true)) => "it acts on our behalf",
        (Truth::Unknown, _) => return unknown("role", "the role is not given"),
        (Truth::False, Some(false)) => return Vec::new(),
        (Truth::False, None) if !may_represent(facts) => return Vec::new(),
        (Truth::False, None) => {
            let because = "it is not known whether the party acts on our behalf";
            return unknown("answer whether the party acts on our behalf", because);
        }
    };
    if engagement.written_agreement.is_none() {
        return unknown("written agreement", "it is not known whether a written agreement exists");
    }
    let source = format!("{} row {}", engagement.row.file, engagement.row.row);
    let evidence = vec![
        Evidence::new("written agreement", "no", source),
        Evidence::new("intermediary", why, roles.reference()),
    ];
    let because = format!("an intermediary ({why}) is engaged without a written agreement");
    vec![Finding::yes(None, because, evidence)]
}

/// Whether the role is one of which it must be said whether it acts for us.
fn may_represent(facts: &Facts<'_>) -> bool {
    facts.role_is_one_of(&facts.policy.may_represent_roles.value) == Truth::True
}
