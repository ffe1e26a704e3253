//! Decides which country a code or a name means (ISO 3166-1, with the spellings that lists use).
//!
//! Codes and English short names come from a registry crate; every other spelling is a line of
//! `config/countries.toml`. A text that is neither is an error, never a guess.

use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// A country as its ISO 3166-1 alpha-2 code (or `XK`, Kosovo), always upper case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Country(&'static str);

/// A text that names no country we know.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("expected an ISO 3166-1 country code or a country's English name; found '{0}'")]
pub struct UnknownCountry(pub String);

/// User-assigned code for Kosovo, which the registry crate does not carry.
const KOSOVO: (&str, &str) = ("XK", "Kosovo");

static SPELLINGS: LazyLock<BTreeMap<String, &'static str>> = LazyLock::new(|| {
    let mut spellings = BTreeMap::new();
    for code in rust_iso3166::ALL {
        for name in [code.alpha2, code.alpha3, code.name] {
            spellings.insert(key(name), code.alpha2);
        }
    }
    spellings.insert(key(KOSOVO.0), KOSOVO.0);
    let aliases: BTreeMap<String, String> =
        toml::from_str(include_str!("../../config/countries.toml"))
            .expect("config/countries.toml is embedded and read by a test");
    for (name, code) in aliases {
        if let Some(known) = spellings.get(&key(&code)).copied() {
            spellings.insert(key(&name), known);
        }
    }
    spellings
});

/// The comparison key of a spelling: letters and digits, folded, without accents.
fn key(text: &str) -> String {
    text.nfd().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

impl Country {
    /// The alpha-2 code, upper case.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.0
    }

    /// The English short name.
    #[must_use]
    pub fn name(self) -> &'static str {
        if self.0 == KOSOVO.0 {
            return KOSOVO.1;
        }
        rust_iso3166::from_alpha2(self.0).map_or(self.0, |code| code.name)
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl FromStr for Country {
    type Err = UnknownCountry;

    /// Reads alpha-2, alpha-3 and names in any case, with or without accents and punctuation.
    fn from_str(text: &str) -> Result<Self, UnknownCountry> {
        SPELLINGS
            .get(&key(text))
            .map(|code| Self(code))
            .ok_or_else(|| UnknownCountry(text.trim().to_owned()))
    }
}

impl<'de> Deserialize<'de> for Country {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_names_and_list_spellings_mean_the_same_country() {
        for text in ["KP", "prk", "Korea, North", "Democratic People’s Republic of Korea", " kp "]
        {
            assert_eq!(text.parse::<Country>().unwrap().code(), "KP", "{text}");
        }
        assert_eq!("Côte d’Ivoire".parse::<Country>().unwrap().code(), "CI");
        assert_eq!("Kosovo".parse::<Country>().unwrap().name(), "Kosovo");
    }

    #[test]
    fn every_alias_names_a_known_code() {
        let aliases: BTreeMap<String, String> =
            toml::from_str(include_str!("../../config/countries.toml")).unwrap();
        for (name, code) in aliases {
            assert_eq!(name.parse::<Country>().unwrap().code(), code, "{name}");
        }
    }

    #[test]
    fn no_country_is_an_error_that_quotes_it() {
        let error = "Atlantis".parse::<Country>().unwrap_err();
        assert!(error.to_string().ends_with("found 'Atlantis'"));
        assert!("".parse::<Country>().is_err());
    }
}
