//! Decides which scheme a number belongs to beyond what its publisher calls it, and how the
//! publisher's words about a document are put together for a person to read.
//!
//! Russian tax and register numbers have schemes of their own: a number that a list calls a tax or
//! registration number is one of them when its issuer is Russia and its check digits agree.

use crate::party::{Checksum, Identifier, Scheme};

const RUSSIA: &str = "RU";

/// The number under its own scheme, when its issuer's country and its check digits say so.
pub(super) fn refined(identifier: Identifier) -> Identifier {
    let is_russian = identifier.country.is_some_and(|country| country.code() == RUSSIA);
    let scheme = match identifier.scheme {
        Scheme::Tax => Scheme::Inn,
        Scheme::Registration => Scheme::Ogrn,
        _ => return identifier,
    };
    let special = Identifier { scheme, ..identifier.clone() };
    if is_russian && special.checksum() == Checksum::Valid { special } else { identifier }
}

/// Whether a text can be a number at all: publishers write `-` or `none` where there is none.
pub(super) fn is_number(text: &str) -> bool {
    let filler = ["none", "n/a", "na", "unknown", "not known"];
    text.chars().any(char::is_alphanumeric)
        && !filler.contains(&text.trim().to_lowercase().as_str())
}

/// `type (word; word)`, or the words alone, or nothing.
pub(super) fn label(kind: Option<String>, words: &[String]) -> Option<String> {
    let words = words.join("; ");
    match kind {
        Some(kind) if words.is_empty() => Some(kind),
        Some(kind) => Some(format!("{kind} ({words})")),
        None => (!words.is_empty()).then_some(words),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_russian_number_takes_its_scheme_by_country_and_check_digits() {
        let made = |scheme, value: &str, country: Option<&str>| Identifier {
            country: country.map(|code| code.parse().unwrap()),
            ..Identifier::new(scheme, value)
        };
        for (scheme, value, country, expected) in [
            (Scheme::Tax, "0004170010", Some("RU"), Scheme::Inn),
            (Scheme::Tax, "0004170011", Some("RU"), Scheme::Tax),
            (Scheme::Tax, "0004170010", None, Scheme::Tax),
            (Scheme::Registration, "1990000417010", Some("RU"), Scheme::Ogrn),
            (Scheme::Passport, "0004170010", Some("RU"), Scheme::Passport),
        ] {
            assert_eq!(refined(made(scheme, value, country)).scheme, expected, "{value}");
        }
    }

    #[test]
    fn a_dash_is_no_number_and_words_stand_in_brackets() {
        assert!(!is_number("-") && !is_number(" N/A ") && is_number("A-1"));
        let words = ["issued 2001".to_owned(), "known false".to_owned()];
        assert_eq!(
            label(Some("Passport".to_owned()), &words).as_deref(),
            Some("Passport (issued 2001; known false)")
        );
        assert_eq!(label(None, &[]), None);
    }
}
