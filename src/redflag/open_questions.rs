//! Decides which single question would settle most of what is open: missing inputs of unanswered
//! flags, and attributes that a listing has and our party lacks.

use super::{MatchLine, RedFlag, Unknown};
use crate::screening::Agreement;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Missing inputs, the one that settles most first; ties by the question's text.
pub(super) fn open_questions(flags: &[RedFlag], matches: &[MatchLine]) -> Vec<Unknown> {
    let from_flags = flags.iter().map(|flag| flag.needs.iter().cloned().collect());
    let from_matches = matches.iter().map(missing_on_our_side);
    let open: Vec<BTreeSet<String>> = from_flags
        .chain(from_matches)
        .filter(|needs: &BTreeSet<String>| !needs.is_empty())
        .collect();
    let mut settles: BTreeMap<&str, usize> = BTreeMap::new();
    for needs in open.iter().flatten() {
        *settles.entry(needs).or_default() += 1;
    }
    let mut unknown: Vec<Unknown> = settles
        .into_iter()
        .map(|(needs, would_settle)| Unknown {
            needs: needs.to_owned(),
            would_settle,
            of: open.len(),
        })
        .collect();
    unknown.sort_by_key(|question| (Reverse(question.would_settle), question.needs.clone()));
    unknown
}

/// What the listing states and our record does not.
fn missing_on_our_side(line: &MatchLine) -> BTreeSet<String> {
    line.features
        .iter()
        .filter(|feature| {
            feature.verdict == Agreement::Missing
                && feature.query.is_empty()
                && !feature.candidate.is_empty()
        })
        .map(|feature| format!("{} of {}", feature.feature.replace('_', " "), line.party))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::party::NameQuality;
    use crate::screening::{Band, Feature, NamePair};

    fn lacking(party: &str, listing: &str, features: &[&str]) -> MatchLine {
        let missing = |feature: &&str| Feature {
            feature: (*feature).to_owned(),
            verdict: Agreement::Missing,
            weight: 0.0,
            query: String::new(),
            candidate: "1962".to_owned(),
            note: String::new(),
        };
        MatchLine {
            party: party.to_owned(),
            role: "owner".to_owned(),
            listing: listing.to_owned(),
            list: "demo".to_owned(),
            caption: String::new(),
            name: NamePair {
                query: String::new(),
                matched: String::new(),
                quality: NameQuality::Primary,
            },
            score: 0.9,
            band: Band::Likely,
            topics: Vec::new(),
            features: features.iter().map(missing).collect(),
            alignment: Vec::new(),
            entry: Vec::new(),
        }
    }

    #[test]
    fn the_question_that_settles_most_comes_first() {
        let matches = [
            lacking("P-1", "a", &["birth_date", "country"]),
            lacking("P-1", "b", &["birth_date"]),
            lacking("P-2", "c", &["country"]),
        ];
        let questions = open_questions(&[], &matches);
        let first = questions.first().unwrap();
        assert_eq!(
            (first.needs.as_str(), first.would_settle, first.of),
            ("birth date of P-1", 2, 3)
        );
        assert_eq!(questions.len(), 3);
    }

    #[test]
    fn nothing_open_asks_nothing() {
        assert!(open_questions(&[], &[lacking("P-1", "a", &[])]).is_empty());
    }
}
