//! Decides the numbers of matching: `config/matching.toml`, embedded as the default and
//! replaceable as a whole. Unknown keys and values out of range are errors.

use crate::names::NameConfig;
use serde::Deserialize;

/// Everything that can be set about matching.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MatchConfig {
    /// Name analysis and comparison.
    pub names: NameConfig,
    /// How many candidates retrieval proposes.
    pub retrieval: RetrievalConfig,
    /// What each piece of evidence adds or takes.
    pub evidence: EvidenceConfig,
    /// Where the bands begin.
    pub bands: BandConfig,
}

/// How many candidates retrieval proposes. Retrieval never decides.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RetrievalConfig {
    /// Longest listed name that is indexed, in characters.
    pub listed_max_characters: usize,
    /// Most words of a listed name that is indexed.
    pub listed_max_tokens: usize,
    /// Names that the broad query proposes, for one name of ours and one list.
    pub broad_candidates: usize,
    /// A word that at most so many listed names have proposes all of them.
    pub rare_names: u64,
    /// Weight of a shared skeleton against a shared trigram.
    pub skeleton_boost: f32,
}

/// What each piece of evidence adds or takes, all in [0, 1]: agreement closes a share of the gap
/// to 1, conflict takes a share of the score away.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvidenceConfig {
    /// Score of the same name when nothing else is known.
    pub exact_name: f64,
    /// Least name score at which other evidence counts.
    pub name_floor: f64,
    /// Same day of birth.
    pub birth_date_agrees: f64,
    /// Same year and month of birth, a day unknown.
    pub birth_month_agrees: f64,
    /// Same year of birth, or inside a stated range, more unknown.
    pub birth_year_agrees: f64,
    /// Day and month exchanged, or the year one off, or about the same year.
    pub birth_date_nearly: f64,
    /// A country in common.
    pub country_agrees: f64,
    /// Same gender.
    pub gender_agrees: f64,
    /// Kinds that go together.
    pub kind_agrees: f64,
    /// The same valid strong identifier.
    pub identifier_agrees: f64,
    /// The same address.
    pub address_agrees: f64,
    /// The same city.
    pub city_agrees: f64,
    /// A weak alias that agrees beside a name that does.
    pub weak_alias_supports: f64,
    /// Births more than a year apart.
    pub birth_date_conflicts: f64,
    /// Same year of birth, another day.
    pub birth_day_conflicts: f64,
    /// No country in common.
    pub country_conflicts: f64,
    /// Different gender.
    pub gender_conflicts: f64,
    /// A person and an organisation, or another pair that cannot be one.
    pub kind_conflicts: f64,
    /// Different numbers in one register.
    pub identifier_conflicts: f64,
    /// Years by which an approximate birth date may be off.
    pub approximate_years: i16,
}

/// Where the bands begin; below `possible` there is no alert.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BandConfig {
    /// The alert threshold.
    pub possible: f64,
    /// Probably them.
    pub likely: f64,
    /// Everything known agrees.
    pub strong: f64,
}

/// Why a matching configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum MatchConfigError {
    /// Not TOML, or a key that is unknown or missing.
    #[error("the matching configuration cannot be read")]
    Syntax(#[from] toml::de::Error),
    /// A share outside [0, 1].
    #[error("{key} in the matching configuration: expected 0 to 1, found {found}")]
    Share {
        /// Key at fault.
        key: &'static str,
        /// Value found.
        found: f64,
    },
    /// Bands that do not rise.
    #[error("bands of the matching configuration: expected possible < likely < strong")]
    Bands,
    /// A limit or factor that must not be 0.
    #[error("{0} in the matching configuration: expected more than 0")]
    Zero(&'static str),
}

const EMBEDDED: &str = include_str!("../../config/matching.toml");

impl MatchConfig {
    /// The configuration shipped with the program.
    #[must_use]
    pub fn embedded() -> Self {
        Self::from_toml(EMBEDDED).expect("config/matching.toml is embedded and read by a test")
    }

    /// Reads a whole configuration.
    ///
    /// # Errors
    /// [`MatchConfigError`] naming the key at fault.
    pub fn from_toml(text: &str) -> Result<Self, MatchConfigError> {
        let config: Self = toml::from_str(text)?;
        config.check()?;
        Ok(config)
    }

    fn check(&self) -> Result<(), MatchConfigError> {
        let bands = &self.bands;
        let mut shares = self.names.shares();
        shares.extend(self.evidence.shares());
        shares.extend([("possible", bands.possible), ("strong", bands.strong)]);
        if let Some((key, found)) = shares.into_iter().find(|(_, v)| !(0.0..=1.0).contains(v)) {
            return Err(MatchConfigError::Share { key, found });
        }
        if !(bands.possible < bands.likely && bands.likely < bands.strong) {
            return Err(MatchConfigError::Bands);
        }
        let counts = [
            ("max_characters", self.names.max_characters),
            ("max_tokens", self.names.max_tokens),
            ("broad_candidates", self.retrieval.broad_candidates),
            ("typo_cost", usize::from(self.names.typo_cost >= 1.0)),
            ("conflict_cost", usize::from(self.names.conflict_cost >= 0.0)),
            ("exact_name", usize::from(self.evidence.exact_name > 0.0)),
        ];
        match counts.into_iter().find(|(_, count)| *count == 0) {
            Some((key, _)) => Err(MatchConfigError::Zero(key)),
            None => Ok(()),
        }
    }

    /// The name rules for listed names: the same, with the limits of the index.
    pub(super) fn listed_names(&self) -> NameConfig {
        NameConfig {
            max_characters: self.retrieval.listed_max_characters,
            max_tokens: self.retrieval.listed_max_tokens,
            ..self.names.clone()
        }
    }
}

impl Default for MatchConfig {
    fn default() -> Self {
        Self::embedded()
    }
}

impl EvidenceConfig {
    fn shares(&self) -> [(&'static str, f64); 19] {
        [
            ("exact_name", self.exact_name),
            ("name_floor", self.name_floor),
            ("birth_date_agrees", self.birth_date_agrees),
            ("birth_month_agrees", self.birth_month_agrees),
            ("birth_year_agrees", self.birth_year_agrees),
            ("birth_date_nearly", self.birth_date_nearly),
            ("country_agrees", self.country_agrees),
            ("gender_agrees", self.gender_agrees),
            ("kind_agrees", self.kind_agrees),
            ("identifier_agrees", self.identifier_agrees),
            ("address_agrees", self.address_agrees),
            ("city_agrees", self.city_agrees),
            ("weak_alias_supports", self.weak_alias_supports),
            ("birth_date_conflicts", self.birth_date_conflicts),
            ("birth_day_conflicts", self.birth_day_conflicts),
            ("country_conflicts", self.country_conflicts),
            ("gender_conflicts", self.gender_conflicts),
            ("kind_conflicts", self.kind_conflicts),
            ("identifier_conflicts", self.identifier_conflicts),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_configuration_is_valid_and_complete() {
        assert_eq!(MatchConfig::default(), MatchConfig::from_toml(EMBEDDED).unwrap());
    }

    #[test]
    fn unknown_keys_values_out_of_range_and_falling_bands_are_errors() {
        let changed = |from: &str, to: &str| MatchConfig::from_toml(&EMBEDDED.replace(from, to));
        let unknown = changed("[bands]", "[bands]\nalmost = 0.5");
        assert!(matches!(unknown, Err(MatchConfigError::Syntax(_))));
        let outside = changed("order_cost = 0.01", "order_cost = 1.01");
        assert!(matches!(outside, Err(MatchConfigError::Share { key: "order_cost", .. })));
        let falling = changed("likely = 0.8", "likely = 0.5");
        assert!(matches!(falling, Err(MatchConfigError::Bands)));
        let not_a_number = changed("exact_name = 0.82", "exact_name = nan");
        assert!(matches!(not_a_number, Err(MatchConfigError::Share { .. })));
    }
}
