//! Decides who the invented owners and key persons are: given name and surname of one stock put
//! together by chance, with a birth date, a gender and a nationality.

use super::rng::Rng;
use std::collections::BTreeMap;

/// Given names and surnames that go together: one language or country.
pub(crate) struct Stock {
    /// ISO 3166-1 alpha-2 code, when the stock is one country's.
    pub(crate) country: Option<String>,
    given: [Vec<String>; 2],
    surnames: [Vec<String>; 2],
}

/// An invented natural person.
pub(crate) struct Person {
    pub(crate) name: String,
    pub(crate) female: bool,
    pub(crate) birth_date: String,
    /// ISO 3166-1 alpha-2 code.
    pub(crate) nationality: String,
}

impl Stock {
    /// A stock from lists by key, as name collections publish them: `first_names_female`,
    /// `first_names_male`, `first_names`, `last_names…`. `None` when a part is missing.
    pub(crate) fn of(
        lists: &BTreeMap<String, Vec<String>>,
        country: Option<String>,
    ) -> Option<Self> {
        let list = |key: &str, gender: &str| {
            let own = lists.get(&format!("{key}_{gender}")).filter(|names| !names.is_empty());
            own.or_else(|| lists.get(key)).filter(|names| !names.is_empty()).cloned()
        };
        Some(Self {
            country,
            given: [list("first_names", "male")?, list("first_names", "female")?],
            surnames: [list("last_names", "male")?, list("last_names", "female")?],
        })
    }

    /// A stock of names made of syllables, for a run without any file of names.
    pub(crate) fn invented() -> Self {
        let join = |starts: &[&str], ends: &[&str]| -> Vec<String> {
            let pairs = starts.iter().flat_map(|s| ends.iter().map(move |e| format!("{s}{e}")));
            pairs.collect()
        };
        let heads =
            ["Bel", "Dor", "Fen", "Hal", "Jor", "Kel", "Lun", "Mar", "Ner", "Ros", "Tav", "Wil"];
        let roots = [
            "Arden", "Brask", "Corvin", "Dalhem", "Elst", "Farrow", "Grenn", "Holm", "Imber",
            "Korsk", "Lind", "Morav", "Nessel", "Orlo", "Pell", "Quist",
        ];
        let surnames = join(&roots, &["berg", "dale", "ev", "feld", "man", "osen", "ski", "ton"]);
        Self {
            country: None,
            given: [
                join(&heads, &["an", "bert", "dric", "mir", "on", "win"]),
                join(&heads, &["a", "elle", "ina", "isse", "ora", "une"]),
            ],
            surnames: [surnames.clone(), surnames],
        }
    }

    /// Invents somebody. `at_home` is the nationality when the stock names none.
    pub(crate) fn person(&self, rng: &mut Rng, at_home: &str) -> Person {
        let female = rng.below(2) == 1;
        let [male_given, female_given] = &self.given;
        let [male_surnames, female_surnames] = &self.surnames;
        let (given, surnames) =
            if female { (female_given, female_surnames) } else { (male_given, male_surnames) };
        let part = |names: &[String], rng: &mut Rng| rng.pick(names).cloned().unwrap_or_default();
        let name = format!("{} {}", part(given, rng), part(surnames, rng));
        let nationality = self.country.clone().unwrap_or_else(|| at_home.to_owned());
        Person { name, female, birth_date: date(rng, 1945, 1995), nationality }
    }
}

/// A full date in the years given, both included; the day is at most the 28th.
pub(crate) fn date(rng: &mut Rng, first_year: u64, last_year: u64) -> String {
    let (year, month, day) =
        (rng.between(first_year, last_year), rng.between(1, 12), rng.between(1, 28));
    format!("{year}-{month:02}-{day:02}")
}
