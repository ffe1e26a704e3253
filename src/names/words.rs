//! Decides which words of a name are titles, particles, generic company words or ship prefixes:
//! the tables of `config/names/words.toml`, folded once.

use super::fold::fold;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// `config/names/words.toml`, folded.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub(super) titles: BTreeSet<String>,
    pub(super) suffixes: BTreeSet<String>,
    pub(super) particles: BTreeSet<String>,
    pub(super) hyphenated_particles: BTreeSet<String>,
    pub(super) company_links: BTreeSet<String>,
    particle_spellings: Vec<Vec<String>>,
    pub(super) generic: BTreeSet<String>,
    pub(super) vessel_prefixes: BTreeSet<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let raw: Words = toml::from_str(include_str!("../../config/names/words.toml"))
        .expect("config/names/words.toml is embedded and read by a test");
    let folded = |set: BTreeSet<String>| set.iter().map(|word| fold(word).0).collect();
    Words {
        titles: folded(raw.titles),
        suffixes: folded(raw.suffixes),
        particles: folded(raw.particles),
        hyphenated_particles: folded(raw.hyphenated_particles),
        company_links: folded(raw.company_links),
        particle_spellings: raw.particle_spellings,
        generic: folded(raw.generic),
        vessel_prefixes: folded(raw.vessel_prefixes),
    }
});

impl Words {
    /// The spelling under which a particle is compared: "ibn" is "bin".
    pub(super) fn particle(&self, folded: &str) -> String {
        let family = self.particle_spellings.iter().find(|f| f.iter().any(|s| s == folded));
        family.and_then(|f| f.first()).map_or_else(|| folded.to_owned(), Clone::clone)
    }
}

/// The tables.
pub(super) fn words() -> &'static Words {
    &WORDS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_tables_are_read_and_a_word_is_not_both_title_and_particle() {
        let words = words();
        assert!(words.titles.contains("haji") && words.particles.contains("bin"));
        assert!(words.titles.is_disjoint(&words.particles));
    }
}
