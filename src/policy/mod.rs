//! Decides which of the company's parameters are in force on a day, and from which source.
//!
//! `config/policy.toml` is the only place where a number from law or policy stands. A missing or
//! overlapping value is an error when the policy is read, never a default in the code.

mod parameter;

pub use parameter::{Parameter, PolicyError};

use jiff::civil::Date;
use parameter::Declared;
use serde::Deserialize;
use std::collections::BTreeSet;

/// How long after leaving office a listed official still counts.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum LookBack {
    /// So many years after the last day in office.
    Years(u16),
    /// Always.
    Unlimited(Unlimited),
}

/// The word `unlimited`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unlimited {
    /// No end.
    Unlimited,
}

/// What beside the name identifies a party well enough to support a negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Identifying {
    /// A date of birth, at least the year.
    BirthDate,
    /// Any country.
    Country,
    /// Any identifier that is strong and passes its checksum.
    Identifier,
}

/// Writes the declared policy, its check and its dated form from one table, so that no parameter
/// can be declared and then forgotten.
macro_rules! parameters {
    ($($(#[$doc:meta])* $name:ident: $type:ty,)*) => {
        /// The policy file as read: every parameter with all its values over time.
        #[derive(Debug, Clone, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct Policy {
            $($name: Declared<$type>,)*
        }

        /// The parameters in force on one day.
        #[derive(Debug, Clone, PartialEq)]
        pub struct Parameters {
            $($(#[$doc])* pub $name: Parameter<$type>,)*
        }

        impl Policy {
            /// Reads a policy file; `file` is its name for messages.
            ///
            /// # Errors
            /// [`PolicyError::Read`] for anything that is not the documented file,
            /// [`PolicyError::Overlap`] when two values are in force on one day.
            pub fn read(file: &str, text: &str) -> Result<Self, PolicyError> {
                let policy: Self = toml::from_str(text).map_err(|source| {
                    PolicyError::Read { file: file.to_owned(), source: Box::new(source) }
                })?;
                $(policy.$name.check(stringify!($name))?;)*
                Ok(policy)
            }

            /// The parameters in force on `date`.
            ///
            /// # Errors
            /// [`PolicyError::NotInForce`] when a parameter has no value on that day.
            pub fn on(&self, date: Date) -> Result<Parameters, PolicyError> {
                Ok(Parameters { $($name: self.$name.on(stringify!($name), date)?,)* })
            }
        }
    };
}

parameters! {
    /// Share in per cent from which an entity owned by blocked persons is blocked itself.
    ownership_threshold_percent: f64,
    /// How long a former official counts.
    official_look_back_years: LookBack,
    /// Age in days below which a company is newly incorporated.
    new_company_days: u32,
    /// Roles that make a third party an Agent.
    agent_roles: BTreeSet<String>,
    /// Roles that make a third party an intermediary.
    intermediary_roles: BTreeSet<String>,
    /// Roles that may represent us without being intermediaries.
    may_represent_roles: BTreeSet<String>,
    /// Roles whose contract needs the anti-corruption clause.
    anti_corruption_clause_roles: BTreeSet<String>,
    /// Roles whose contract needs the termination right.
    termination_right_roles: BTreeSet<String>,
    /// Roles whose contract needs the audit right.
    audit_right_roles: BTreeSet<String>,
    /// Authorities whose debarments count.
    debarring_authorities: BTreeSet<String>,
    /// What identifies a natural person.
    person_identified_by: BTreeSet<Identifying>,
    /// What identifies a legal person.
    organisation_identified_by: BTreeSet<Identifying>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const SHIPPED: &str = include_str!("../../config/policy.toml");

    #[test]
    fn the_shipped_policy_is_in_force_today_and_names_its_sources() {
        let policy = Policy::read("policy.toml", SHIPPED).unwrap();
        let parameters = policy.on(date(2026, 11, 21)).unwrap();
        assert!(parameters.ownership_threshold_percent.source.contains("OFAC"));
        assert_eq!(
            parameters.official_look_back_years.value,
            LookBack::Unlimited(Unlimited::Unlimited)
        );
    }

    #[test]
    fn a_day_before_every_value_is_an_error_that_names_the_parameter() {
        let error = Policy::read("p", SHIPPED).unwrap().on(date(1990, 1, 1)).unwrap_err();
        assert!(matches!(
            error,
            PolicyError::NotInForce { name: "ownership_threshold_percent", .. }
        ));
    }

    #[test]
    fn overlapping_and_backward_ranges_are_refused() {
        let overlapping = SHIPPED.replace(
            "{ value = 365, from = \"2020-07-03\"",
            "{ value = 100, from = \"2021-01-01\", source = \"x\" }, { value = 365, from = \"2020-07-03\"",
        );
        let backward = SHIPPED.replace(
            "{ value = 365, from = \"2020-07-03\"",
            "{ value = 365, to = \"2019-01-01\", from = \"2020-07-03\"",
        );
        for text in [overlapping, backward] {
            let error = Policy::read("p", &text).unwrap_err();
            assert!(matches!(error, PolicyError::Overlap { name: "new_company_days", .. }));
        }
    }

    #[test]
    fn unknown_keys_are_refused() {
        let text = format!("{SHIPPED}\n[new_compny_days]\ntitle = \"x\"\nvalues = []\n");
        assert!(matches!(Policy::read("p", &text), Err(PolicyError::Read { .. })));
    }
}
