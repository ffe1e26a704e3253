//! Decides what a written value means: yes or no, a share in per cent, a word of a vocabulary, a
//! currency. A text that is none of what is expected is an error that says both.

use super::model::{ClauseState, Purpose, RelationKind, Role};

/// A text that is not what its field needs.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected {expected}; found '{found}'")]
pub(super) struct BadValue {
    expected: String,
    found: String,
}

impl BadValue {
    pub(super) fn new(expected: impl Into<String>, found: &str) -> Self {
        Self { expected: expected.into(), found: found.to_owned() }
    }
}

/// What people write where there is no name, in lower case. Only a whole cell counts: "None Such
/// Ltd" is a name.
const NO_NAMES: [&str; 12] =
    ["n/a", "n.a.", "na", "none", "unknown", "tbd", "-", "--", "–", "—", "?", "."];

/// Whether a text stands for a name that is not there: `n/a`, `unknown`, `-`. Screened as a name
/// it would find nobody and look clear.
pub(super) fn is_no_name(text: &str) -> bool {
    NO_NAMES.contains(&text.trim().to_lowercase().as_str())
}

/// Reads yes or no.
pub(super) fn yes_no(text: &str) -> Result<bool, BadValue> {
    match text.to_lowercase().as_str() {
        "yes" | "y" | "true" | "1" => Ok(true),
        "no" | "n" | "false" | "0" => Ok(false),
        _ => Err(BadValue::new("yes, no, y, n, true, false, 1 or 0", text)),
    }
}

/// Reads a share in per cent: `60`, `33.3`, `33,3`, `60 %`. Range 0 to 100.
pub(super) fn percent(text: &str) -> Result<f64, BadValue> {
    let number = text.strip_suffix('%').unwrap_or(text).trim_end().replace(',', ".");
    let plain = number.chars().all(|c| c.is_ascii_digit() || c == '.');
    let value = number.parse::<f64>().ok().filter(|value| plain && *value <= 100.0);
    value.ok_or_else(|| BadValue::new("a share in per cent from 0 to 100", text))
}

/// Reads the shape of an ISO 4217 code, upper case. Which codes exist is not checked here.
pub(super) fn currency(text: &str) -> Result<String, BadValue> {
    let shape = text.chars().count() == 3 && text.chars().all(|c| c.is_ascii_alphabetic());
    if shape {
        return Ok(text.to_ascii_uppercase());
    }
    Err(BadValue::new("a currency as three letters (ISO 4217)", text))
}

/// A vocabulary of the contract.
pub(super) trait Word: Copy + 'static {
    /// The words with what they mean, in the contract's order.
    const WORDS: &'static [(&'static str, Self)];

    /// Reads a word in any case, `_`, `-` and space alike.
    fn read(text: &str) -> Result<Self, BadValue> {
        let key = text.to_lowercase().replace(['-', ' '], "_");
        let known = Self::WORDS.iter().find(|(word, _)| *word == key);
        known.map(|(_, meaning)| *meaning).ok_or_else(|| {
            let words: Vec<&str> = Self::WORDS.iter().map(|(word, _)| *word).collect();
            BadValue::new(format!("one of {}", words.join(", ")), text)
        })
    }
}

impl Word for RelationKind {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("owns", Self::Owns),
        ("controls", Self::Controls),
        ("directs", Self::Directs),
        ("employed_by", Self::EmployedBy),
        ("represents", Self::Represents),
        ("family", Self::Family),
        ("associate", Self::Associate),
        ("holds_office", Self::HoldsOffice),
    ];
}

impl Word for Role {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("supplier", Self::Supplier),
        ("agent", Self::Agent),
        ("distributor", Self::Distributor),
        ("consultant", Self::Consultant),
        ("representative", Self::Representative),
        ("contractor", Self::Contractor),
        ("jv_partner", Self::JvPartner),
        ("intermediary", Self::Intermediary),
        ("ma_target", Self::MaTarget),
        ("candidate", Self::Candidate),
        ("employee", Self::Employee),
        ("donee", Self::Donee),
        ("event", Self::Event),
    ];
}

impl Word for Purpose {
    const WORDS: &'static [(&'static str, Self)] =
        &[("enter", Self::Enter), ("continue", Self::Continue), ("pay", Self::Pay)];
}

impl Word for ClauseState {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("present", Self::Present),
        ("deviating", Self::Deviating),
        ("refused", Self::Refused),
        ("missing", Self::Missing),
    ];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_read_with_per_cent_sign_and_either_decimal_mark() {
        for (text, value) in
            [("60", 60.0), ("60%", 60.0), ("49,9 %", 49.9), ("0", 0.0), ("100.0", 100.0)]
        {
            assert!((percent(text).unwrap() - value).abs() < 1e-9, "{text}");
        }
        for text in ["", "%", "-1", "100.1", "1e1", "NaN", "inf", "1.2.3", "half", "１０"] {
            assert!(percent(text).is_err(), "{text}");
        }
    }

    #[test]
    fn words_and_flags_say_what_they_expected() {
        assert_eq!(Role::read("JV partner"), Ok(Role::JvPartner));
        let error = Purpose::read("renew").unwrap_err().to_string();
        assert_eq!(error, "expected one of enter, continue, pay; found 'renew'");
        assert_eq!(yes_no("N"), Ok(false));
        assert!(yes_no("maybe").is_err());
        assert_eq!(currency("eur"), Ok("EUR".to_owned()));
        assert!(currency("€").is_err());
    }

    #[test]
    fn every_relation_kind_reads_its_own_name() {
        for (word, kind) in RelationKind::WORDS {
            assert_eq!(kind.as_str(), *word);
        }
    }
}
