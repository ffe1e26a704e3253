//! Decides the identity confidence: how sure it is that two parties are one, from the name and
//! everything else that is known, and what each piece of evidence added.
//!
//! Agreement closes a share of the gap to 1, conflict takes a share of the score away, missing
//! evidence does nothing. Agreement counts in proportion to how well the name agrees; an identifier
//! counts in full and last, because the same number settles it. The weights shown add up to the
//! score. Derivation: `docs/scoring.md`, section 3.

use super::config::{BandConfig, EvidenceConfig};
use super::evidence::Finding;
use super::matched::{Agreement, Band, Feature};

/// The findings about one pair of parties; `None` is missing.
#[derive(Debug, Clone, Default)]
pub(super) struct Findings {
    /// The best pair of names: its score as `share`.
    pub(super) name: Option<Finding>,
    /// A weak alias agrees too.
    pub(super) weak_alias: bool,
    pub(super) birth_date: Option<Finding>,
    pub(super) country: Option<Finding>,
    pub(super) gender: Option<Finding>,
    pub(super) identifier: Option<Finding>,
    pub(super) kind: Option<Finding>,
    pub(super) address: Option<Finding>,
}

/// Score in [0, 1], four decimals, and the features in display order. Rises with the name score
/// and with every share; weights add up to the score.
pub(super) fn confidence(findings: &Findings, config: &EvidenceConfig) -> (f64, Vec<Feature>) {
    let likeness = findings.name.as_ref().map_or(0.0, |name| name.share);
    let trust = ((likeness - config.name_floor) / (1.0 - config.name_floor)).clamp(0.0, 1.0);
    let mut score = config.exact_name * likeness;
    if findings.weak_alias {
        score = apply(score, config.weak_alias_supports * trust);
    }
    score = rounded(score);
    let name = feature("name", findings.name.as_ref(), score);
    // Identifiers come last in the arithmetic, so that nothing takes away what they settle.
    let mut weigh = |label: &str, finding: &Option<Finding>, trust: f64| {
        let share = finding.as_ref().map_or(0.0, |found| found.share);
        let next = rounded(apply(score, if share > 0.0 { share * trust } else { share }));
        let made = feature(label, finding.as_ref(), rounded(next - score));
        score = next;
        made
    };
    let birth_date = weigh("birth_date", &findings.birth_date, trust);
    let country = weigh("country", &findings.country, trust);
    let gender = weigh("gender", &findings.gender, trust);
    let kind = weigh("kind", &findings.kind, trust);
    let address = weigh("address", &findings.address, trust);
    let identifier = weigh("identifier", &findings.identifier, 1.0);
    (score, vec![name, birth_date, country, gender, identifier, kind, address])
}

/// Name score up to which nothing but an identifier can lift a party to the alert threshold: with
/// all other evidence agreeing as far as it can, the confidence stays below. At least the name
/// floor.
pub(super) fn least_name_score(config: &EvidenceConfig, bands: &BandConfig) -> f64 {
    const STEPS: u32 = 1_000;
    // Ten times what rounding at each step can move.
    const ROUNDING: f64 = 0.001;
    let below = |step: &u32| {
        let likeness = f64::from(*step) / f64::from(STEPS);
        confidence(&at_best(likeness, config), config).0 < bands.possible - ROUNDING
    };
    let step = (0..=STEPS).take_while(below).last().unwrap_or(0);
    config.name_floor.max(f64::from(step) / f64::from(STEPS))
}

/// Everything but the identifier agreeing as far as it can.
fn at_best(likeness: f64, config: &EvidenceConfig) -> Findings {
    let agreeing = |shares: &[f64]| {
        let share = shares.iter().copied().fold(0.0, f64::max);
        Some(Finding { verdict: Agreement::Agree, share, ..Finding::default() })
    };
    Findings {
        name: agreeing(&[likeness]),
        weak_alias: true,
        birth_date: agreeing(&[
            config.birth_date_agrees,
            config.birth_month_agrees,
            config.birth_year_agrees,
            config.birth_date_nearly,
        ]),
        country: agreeing(&[config.country_agrees]),
        gender: agreeing(&[config.gender_agrees]),
        identifier: None,
        kind: agreeing(&[config.kind_agrees]),
        address: agreeing(&[config.address_agrees, config.city_agrees]),
    }
}

/// A positive share closes that much of the gap to 1; a negative one takes that much away.
fn apply(score: f64, share: f64) -> f64 {
    let moved = if share > 0.0 { score + (1.0 - score) * share } else { score * (1.0 + share) };
    moved.clamp(0.0, 1.0)
}

/// Four decimals; never −0.
fn rounded(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0 + 0.0
}

fn feature(label: &str, finding: Option<&Finding>, weight: f64) -> Feature {
    let feature = label.to_owned();
    match finding {
        None => Feature {
            feature,
            verdict: Agreement::Missing,
            weight: 0.0,
            query: String::new(),
            candidate: String::new(),
            note: "not known on both sides".to_owned(),
        },
        Some(found) => Feature {
            feature,
            verdict: found.verdict,
            weight,
            query: found.query.clone(),
            candidate: found.candidate.clone(),
            note: found.note.clone(),
        },
    }
}

/// Band of a score; `None` below the alert threshold.
pub(super) fn band(score: f64, bands: &BandConfig) -> Option<Band> {
    match score {
        s if s >= bands.strong => Some(Band::Strong),
        s if s >= bands.likely => Some(Band::Likely),
        s if s >= bands.possible => Some(Band::Possible),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::MatchConfig;
    use super::*;
    use proptest::prelude::*;

    fn finding(share: f64) -> Option<Finding> {
        let verdict = if share < 0.0 { Agreement::Conflict } else { Agreement::Agree };
        Some(Finding { verdict, share, ..Finding::default() })
    }

    fn score(name: f64, birth: Option<Finding>, country: Option<Finding>) -> f64 {
        let findings =
            Findings { name: finding(name), birth_date: birth, country, ..Findings::default() };
        confidence(&findings, &MatchConfig::embedded().evidence).0
    }

    #[test]
    fn the_worked_example_of_the_scoring_page_holds() {
        // docs/scoring.md, section 4.
        let c = MatchConfig::embedded().evidence;
        let agrees = || finding(c.birth_date_agrees);
        assert_eq!(format!("{:.4}", score(1.0, None, None)), "0.8200");
        assert_eq!(format!("{:.4}", score(1.0, agrees(), None)), "0.9784");
        assert_eq!(format!("{:.4}", score(1.0, agrees(), finding(c.country_agrees))), "0.9870");
        assert_eq!(format!("{:.4}", score(1.0, finding(-c.birth_date_conflicts), None)), "0.3690");
        assert_eq!(format!("{:.4}", score(0.0, None, None)), "0.0000");
    }

    #[test]
    fn bands_begin_exactly_where_the_configuration_says() {
        let bands = MatchConfig::embedded().bands;
        let cases = [
            (0.6499, None),
            (0.65, Some(Band::Possible)),
            (0.7999, Some(Band::Possible)),
            (0.8, Some(Band::Likely)),
            (0.9299, Some(Band::Likely)),
            (0.93, Some(Band::Strong)),
            (1.0, Some(Band::Strong)),
        ];
        for (score, expected) in cases {
            assert_eq!(band(score, &bands), expected, "{score}");
        }
    }

    #[test]
    fn the_same_identifier_settles_it_whatever_the_name_and_the_kind_say() {
        let c = MatchConfig::embedded().evidence;
        let findings = Findings {
            name: finding(0.3),
            kind: finding(-c.kind_conflicts),
            identifier: finding(c.identifier_agrees),
            ..Findings::default()
        };
        assert!(confidence(&findings, &c).0 >= MatchConfig::embedded().bands.strong);
    }

    #[test]
    fn the_least_name_score_is_close_to_where_alerts_begin() {
        let MatchConfig { evidence: c, bands, .. } = MatchConfig::embedded();
        let least = least_name_score(&c, &bands);
        let at = |likeness| confidence(&at_best(likeness, &c), &c).0;
        assert!(
            least > c.name_floor
                && at(least) < bands.possible
                && at(least + 0.002) >= bands.possible - 0.002
        );
    }

    fn any_findings() -> impl Strategy<Value = [f64; 7]> {
        let shares = || prop_oneof![Just(0.0), -0.9..0.97_f64];
        (0.0..1.0_f64, shares(), shares(), shares(), shares(), shares(), shares())
            .prop_map(|(a, b, c, d, e, f, g)| [a, b, c, d, e, f, g])
    }

    fn made(shares: &[f64; 7]) -> Findings {
        Findings {
            name: finding(shares[0]),
            weak_alias: false,
            birth_date: finding(shares[1]),
            country: finding(shares[2]),
            gender: finding(shares[3]),
            identifier: finding(shares[4]),
            kind: finding(shares[5]),
            address: finding(shares[6]),
        }
    }

    proptest! {
        #[test]
        fn more_agreement_never_lowers_the_score(shares in any_findings(), at in 0_usize..7, by in 0.0..0.5_f64) {
            let config = MatchConfig::embedded().evidence;
            let mut more = shares;
            more[at] = (more[at] + by).min(1.0);
            let (before, after) = (confidence(&made(&shares), &config).0, confidence(&made(&more), &config).0);
            // Rounding at each step may cost the last decimal.
            prop_assert!(after >= before - 0.0004, "{before} {after}");
        }

        #[test]
        fn below_the_least_name_score_no_evidence_but_an_identifier_alerts(
            below in 0.0..=1.0_f64,
            agreeing in proptest::collection::vec(-1.0..=1.0_f64, 6),
            weak_alias in any::<bool>(),
        ) {
            let MatchConfig { evidence: c, bands, .. } = MatchConfig::embedded();
            let least = least_name_score(&c, &bands);
            let best = [c.birth_date_agrees, c.country_agrees, c.gender_agrees, 0.0, c.kind_agrees, c.address_agrees];
            let mut shares = [below * least; 7];
            for (place, (share, most)) in agreeing.iter().zip(best).enumerate() {
                shares[place + 1] = share.min(most);
            }
            let findings = Findings { weak_alias, ..made(&shares) };
            prop_assert_eq!(band(confidence(&findings, &c).0, &bands), None);
        }

        #[test]
        fn the_score_is_in_range_and_the_weights_add_up_to_it(shares in any_findings()) {
            let (score, features) = confidence(&made(&shares), &MatchConfig::embedded().evidence);
            let sum: f64 = features.iter().map(|f| f.weight).sum();
            prop_assert!((0.0..=1.0).contains(&score));
            prop_assert!((sum - score).abs() < 1e-9);
            prop_assert_eq!(features.iter().map(|f| f.feature.as_str()).collect::<Vec<_>>(),
                ["name", "birth_date", "country", "gender", "identifier", "kind", "address"]);
        }
    }
}
