//! Decides what an identifier is, whether its own checksum holds, and when two are the same.
//!
//! Standards: LEI ISO 17442 (mod 97-10), IBAN ISO 13616, BIC ISO 9362 (shape), INN and OGRN as
//! published by the Russian tax service, IMO ship numbers as in IMO resolution A.1117(30).

use super::Country;
use serde::{Deserialize, Serialize};

/// Who issues a number and how it is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scheme {
    /// Legal entity identifier, ISO 17442.
    Lei,
    /// International bank account number, ISO 13616.
    Iban,
    /// Business identifier code, ISO 9362.
    Bic,
    /// Russian taxpayer number, 10 or 12 digits.
    Inn,
    /// Russian state registration number, 13 or 15 digits.
    Ogrn,
    /// IMO ship or company number.
    Imo,
    /// Value-added tax number.
    Vat,
    /// Other tax number.
    Tax,
    /// Number in a company or other public register.
    Registration,
    /// Passport.
    Passport,
    /// National identity number or card.
    NationalId,
    /// Wikidata item, a stable identity across publications.
    Wikidata,
    /// Anything else with a number.
    Other,
}

/// A number somebody issued, with its issuer's country when known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Identifier {
    /// Issuing scheme.
    pub scheme: Scheme,
    /// The number as written.
    pub value: String,
    /// Country of issue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<Country>,
    /// What the source calls the number, for a person to read ("Cedula No.", "D-U-N-S"), with
    /// what it says of its issue and expiry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
}

/// Result of checking a number against its own check digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Checksum {
    /// Check digits agree.
    Valid,
    /// Wrong length, wrong characters or wrong check digits; says which standard was not met.
    Invalid(&'static str),
    /// The scheme has no check digits.
    NotCheckable,
}

impl Scheme {
    /// Whether two parties that share a valid number of this scheme are the same party.
    #[must_use]
    pub fn is_strong(self) -> bool {
        !matches!(self, Self::Iban | Self::Bic | Self::Other)
    }

    /// The scheme's name in tables and outputs.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Lei => "LEI",
            Self::Iban => "IBAN",
            Self::Bic => "BIC",
            Self::Inn => "INN",
            Self::Ogrn => "OGRN",
            Self::Imo => "IMO number",
            Self::Vat => "VAT number",
            Self::Tax => "tax number",
            Self::Registration => "registration number",
            Self::Passport => "passport",
            Self::NationalId => "national identity number",
            Self::Wikidata => "Wikidata item",
            Self::Other => "identifier",
        }
    }
}

impl Identifier {
    /// An identifier without a country.
    #[must_use]
    pub fn new(scheme: Scheme, value: impl Into<String>) -> Self {
        Self { scheme, value: value.into(), country: None, label: None }
    }

    /// The number without spaces and punctuation, upper case: what is compared.
    #[must_use]
    pub fn normalised(&self) -> String {
        let kept = self.value.chars().filter(|c| c.is_alphanumeric());
        let text: String = kept.flat_map(char::to_uppercase).collect();
        match self.scheme {
            Scheme::Imo => text.strip_prefix("IMO").map(str::to_owned).unwrap_or(text),
            _ => text,
        }
    }

    /// Checks the number against its scheme's own check digits.
    #[must_use]
    pub fn checksum(&self) -> Checksum {
        let text = self.normalised();
        let (holds, rule) = match self.scheme {
            Scheme::Lei => (is_lei(&text), "20 characters, check digits by ISO 17442"),
            Scheme::Iban => (
                text.parse::<iban::Iban>().is_ok(),
                "length of its country and check digits by ISO 13616",
            ),
            Scheme::Bic => (is_bic(&text), "8 or 11 characters, bank, country, place (ISO 9362)"),
            Scheme::Inn => (is_inn(&text), "10 or 12 digits with their check digits"),
            Scheme::Ogrn => (is_ogrn(&text), "13 or 15 digits with their check digit"),
            Scheme::Imo => (is_imo(&text), "7 digits, the last one a check digit"),
            _ => return Checksum::NotCheckable,
        };
        if holds { Checksum::Valid } else { Checksum::Invalid(rule) }
    }

    /// Country in the number itself (IBAN, BIC), when it names a known one.
    #[must_use]
    pub fn embedded_country(&self) -> Option<Country> {
        let text = self.normalised();
        let skip = match self.scheme {
            Scheme::Iban => 0,
            Scheme::Bic => 4,
            _ => return None,
        };
        text.chars().skip(skip).take(2).collect::<String>().parse().ok()
    }
}

/// The digits of a text, or `None` when anything else is in it.
fn digits(text: &str) -> Option<Vec<u32>> {
    text.chars().map(|c| c.to_digit(10)).collect()
}

/// ISO 7064 mod 97-10 over letters (A = 10) and digits.
fn is_lei(text: &str) -> bool {
    if text.len() != 20 || !text.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return false;
    }
    let remainder = text.chars().filter_map(|c| c.to_digit(36)).fold(0, |rest, value| {
        let shift = if value > 9 { 100 } else { 10 };
        (rest * shift + value) % 97
    });
    remainder == 1
}

fn is_bic(text: &str) -> bool {
    let bytes = text.as_bytes();
    let place_ok = bytes.iter().skip(6).all(u8::is_ascii_alphanumeric);
    let head_ok = bytes.iter().take(6).all(u8::is_ascii_uppercase);
    let country: String = text.chars().skip(4).take(2).collect();
    matches!(bytes.len(), 8 | 11) && head_ok && place_ok && country.parse::<Country>().is_ok()
}

fn is_inn(text: &str) -> bool {
    const LEGAL: [u32; 9] = [2, 4, 10, 3, 5, 9, 4, 6, 8];
    const PERSON_1: [u32; 10] = [7, 2, 4, 10, 3, 5, 9, 4, 6, 8];
    const PERSON_2: [u32; 11] = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8];
    let Some(number) = digits(text) else { return false };
    let holds = |weights: &[u32]| {
        let sum: u32 = weights.iter().zip(&number).map(|(weight, digit)| weight * digit).sum();
        number.get(weights.len()) == Some(&(sum % 11 % 10))
    };
    match number.len() {
        10 => holds(&LEGAL),
        12 => holds(&PERSON_1) && holds(&PERSON_2),
        _ => false,
    }
}

fn is_ogrn(text: &str) -> bool {
    let divisor: u64 = match text.len() {
        13 => 11,
        15 => 13,
        _ => return false,
    };
    let Ok(number) = text.parse::<u64>() else { return false };
    number / 10 % divisor % 10 == number % 10
}

fn is_imo(text: &str) -> bool {
    let Some(number) = digits(text) else { return false };
    let sum: u32 = number.iter().take(6).zip((2..=7).rev()).map(|(digit, w)| digit * w).sum();
    number.len() == 7 && number.last() == Some(&(sum % 10))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(scheme: Scheme, value: &str) -> Checksum {
        Identifier::new(scheme, value).checksum()
    }

    #[test]
    fn published_examples_pass_and_one_changed_digit_fails() {
        let cases = [
            (Scheme::Lei, "5493001KJTIIGC8Y1R12", "5493001KJTIIGC8Y1R13"),
            (Scheme::Iban, "DE89 3704 0044 0532 0130 00", "DE88 3704 0044 0532 0130 00"),
            (Scheme::Inn, "7707083893", "7707083894"),
            (Scheme::Inn, "500100732259", "500100732258"),
            (Scheme::Ogrn, "1027700132195", "1027700132196"),
            (Scheme::Imo, "IMO 9074729", "IMO 9074728"),
            (Scheme::Bic, "DEUTDEFF500", "DEUTZZFF500"),
        ];
        for (scheme, good, bad) in cases {
            assert_eq!(check(scheme, good), Checksum::Valid, "{good}");
            assert!(matches!(check(scheme, bad), Checksum::Invalid(_)), "{bad}");
        }
    }

    #[test]
    fn hostile_numbers_are_invalid_and_never_panic() {
        for scheme in [Scheme::Lei, Scheme::Iban, Scheme::Bic, Scheme::Inn, Scheme::Ogrn] {
            for text in ["", "９９９９", "Ω", "0", &"9".repeat(10_000)] {
                assert!(matches!(check(scheme, text), Checksum::Invalid(_)), "{scheme:?}");
            }
        }
        assert_eq!(check(Scheme::Passport, "X1"), Checksum::NotCheckable);
    }

    #[test]
    fn accounts_name_their_country() {
        let country = |scheme, value| Identifier::new(scheme, value).embedded_country();
        let code = |c: Option<Country>| c.map(Country::code);
        assert_eq!(code(country(Scheme::Iban, "CY17002001280000001200527600")), Some("CY"));
        assert_eq!(code(country(Scheme::Bic, "DEUTDEFF")), Some("DE"));
        assert_eq!(code(country(Scheme::Lei, "5493001KJTIIGC8Y1R12")), None);
    }
}
