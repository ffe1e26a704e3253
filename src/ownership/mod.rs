//! Decides whether an entity counts as blocked because blocked persons own it (OFAC's 50 Percent
//! Rule: FAQ 398–401 and the guidance of 13 August 2014), and which holdings prove it.
//!
//! Shares are intervals. *Proven* rests on lower bounds alone; *possible* means the upper bounds
//! reach the threshold and names the shares that would settle it. Holdings of several blocked
//! owners add up; an entity that is blocked by ownership blocks what it owns in turn. A listing
//! that is only possibly the owner makes the verdict possible. Every entity is settled once, so
//! cycles end and depth does not matter.

mod holdings;

use crate::intake::Relation;
use crate::screening::{Band, Match};
use crate::watchlist::Topic;
use holdings::Holdings;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// What the shares say about one entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Upper bounds reach the threshold, lower bounds do not.
    Possible,
    /// Lower bounds reach the threshold.
    Proven,
}

/// An entity that blocked persons own, or may own, to the threshold.
#[derive(Debug, Clone, PartialEq)]
pub struct BlockedEntity {
    /// Proven or possible.
    pub verdict: Verdict,
    /// Sum of the lower bounds of blocked holdings, per cent, at most 100.
    pub lower: f64,
    /// Sum of the upper bounds of blocked and possibly blocked holdings, per cent, at most 100.
    pub upper: f64,
    /// The holdings that make it so, by owner.
    pub holdings: Vec<Holding>,
}

/// The share one owner holds in an entity, from all its relations to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Holding {
    /// Party id of the owner.
    pub owner: String,
    /// Per cent, lower bound; 0 when no share is stated.
    pub lower: f64,
    /// Per cent, upper bound; what the other owners leave when no share is stated.
    pub upper: f64,
    /// Whether the share is stated at all.
    pub stated: bool,
    /// Where the relations stand: `file row`.
    pub rows: Vec<String>,
}

/// How sure it is that a party is a sanctioned one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Identity {
    /// Worth a look, no more.
    Possible,
    /// Likely or strong.
    Likely,
}

/// The parties that match an entry of topic sanction, and how surely.
#[must_use]
pub fn sanctioned<'a>(
    screened: impl IntoIterator<Item = (&'a str, &'a [Match])>,
) -> BTreeMap<String, Identity> {
    let identity = |found: &Match| match found.band {
        Band::Possible => Identity::Possible,
        Band::Likely | Band::Strong => Identity::Likely,
    };
    let listed = |found: &&Match| found.listing.topics.contains(&Topic::Sanction);
    screened
        .into_iter()
        .filter_map(|(party, matches)| {
            let surest = matches.iter().filter(listed).map(identity).max()?;
            Some((party.to_owned(), surest))
        })
        .collect()
}

/// Entities that are, or may be, blocked by ownership on `date`, by party id. Parties in `listed`
/// are not repeated. `threshold_percent` is met when the sum is equal or greater.
#[must_use]
pub fn blocked_by_ownership(
    relations: &[Relation],
    listed: &BTreeMap<String, Identity>,
    threshold_percent: f64,
    date: Date,
) -> BTreeMap<String, BlockedEntity> {
    let holdings = Holdings::on(relations, date);
    let all: BTreeSet<String> = listed.keys().cloned().collect();
    let sure = listed.iter().filter(|(_, identity)| **identity == Identity::Likely);
    let sure: BTreeSet<String> = sure.map(|(party, _)| party.clone()).collect();
    let proven = reached(&holdings, &sure, threshold_percent, |holding| holding.lower);
    let possible = reached(&holdings, &all, threshold_percent, |holding| holding.upper);
    let mut entities = BTreeMap::new();
    for entity in possible.union(&proven).filter(|entity| !listed.contains_key(*entity)) {
        let held_by = |owners: &BTreeSet<String>| -> Vec<Holding> {
            let all = holdings.of(entity).iter();
            all.filter(|holding| owners.contains(&holding.owner)).cloned().collect()
        };
        let (certain, perhaps) = (held_by(&proven), held_by(&possible));
        let is_proven = proven.contains(entity);
        entities.insert(
            entity.clone(),
            BlockedEntity {
                verdict: if is_proven { Verdict::Proven } else { Verdict::Possible },
                lower: sum(&certain, |holding| holding.lower),
                upper: sum(&perhaps, |holding| holding.upper),
                holdings: if is_proven { certain } else { perhaps },
            },
        );
    }
    entities
}

/// All parties that are listed or owned to the threshold by such parties, counting `share`.
fn reached(
    holdings: &Holdings,
    listed: &BTreeSet<String>,
    threshold_percent: f64,
    share: fn(&Holding) -> f64,
) -> BTreeSet<String> {
    let mut blocked = listed.clone();
    let mut queue: VecDeque<String> = listed.iter().cloned().collect();
    let mut held: BTreeMap<String, f64> = BTreeMap::new();
    while let Some(owner) = queue.pop_front() {
        for (entity, holding) in holdings.by(&owner) {
            let total = held.entry(entity.to_owned()).or_default();
            *total += share(holding);
            if *total >= threshold_percent - ROUNDING && blocked.insert(entity.to_owned()) {
                queue.push_back(entity.to_owned());
            }
        }
    }
    blocked
}

/// Slack for sums of decimal shares in binary floating point, far below any stated share.
const ROUNDING: f64 = 1e-9;

fn sum(holdings: &[Holding], share: fn(&Holding) -> f64) -> f64 {
    holdings.iter().map(share).sum::<f64>().min(100.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::{RelationKind, Row};
    use jiff::civil::date;

    fn owns(from: &str, to: &str, share: Option<(f64, f64)>) -> Relation {
        Relation {
            from: from.into(),
            to: to.into(),
            kind: RelationKind::Owns,
            share_min: share.map(|(min, _)| min),
            share_max: share.map(|(_, max)| max),
            role: None,
            start: None,
            end: None,
            other: BTreeMap::new(),
            row: Row { file: "relations.csv".into(), row: 2 },
        }
    }

    fn exactly(share: f64) -> Option<(f64, f64)> {
        Some((share, share))
    }

    fn verdicts(relations: &[Relation], listed: &[&str]) -> Vec<(String, Verdict)> {
        let listed = listed.iter().map(|id| ((*id).to_owned(), Identity::Likely)).collect();
        blocked_by_ownership(relations, &listed, 50.0, date(2026, 11, 21))
            .into_iter()
            .map(|(entity, blocked)| (entity, blocked.verdict))
            .collect()
    }

    #[test]
    fn exactly_half_is_blocked_and_a_tenth_less_is_not() {
        assert_eq!(
            verdicts(&[owns("A", "E", exactly(50.0))], &["A"]),
            [("E".into(), Verdict::Proven)]
        );
        assert_eq!(verdicts(&[owns("A", "E", exactly(49.9))], &["A"]), []);
    }

    #[test]
    fn two_blocked_owners_add_up_and_an_unlisted_one_does_not() {
        let relations = [
            owns("A", "E", exactly(30.0)),
            owns("B", "E", exactly(25.0)),
            owns("C", "E", exactly(45.0)),
        ];
        assert_eq!(verdicts(&relations, &["A", "B"]), [("E".into(), Verdict::Proven)]);
        assert_eq!(verdicts(&relations, &["A"]), []);
    }

    #[test]
    fn blocking_cascades_one_level_up_and_further() {
        let relations = [owns("A", "H", exactly(60.0)), owns("H", "E", exactly(50.0))];
        let both = [("E".into(), Verdict::Proven), ("H".into(), Verdict::Proven)];
        assert_eq!(verdicts(&relations, &["A"]), both);
    }

    #[test]
    fn a_band_across_the_threshold_is_possible_and_so_is_a_missing_share() {
        let band = [owns("A", "E", Some((25.0, 50.0)))];
        assert_eq!(verdicts(&band, &["A"]), [("E".into(), Verdict::Possible)]);
        let missing = [owns("A", "E", None), owns("B", "E", exactly(40.0))];
        assert_eq!(verdicts(&missing, &["A"]), [("E".into(), Verdict::Possible)]);
        let too_little_left = [owns("A", "E", None), owns("B", "E", exactly(60.0))];
        assert_eq!(verdicts(&too_little_left, &["A"]), []);
    }

    #[test]
    fn the_same_holding_told_twice_counts_once_when_proving() {
        let relations = [owns("A", "E", exactly(30.0)), owns("A", "E", exactly(30.0))];
        assert_eq!(verdicts(&relations, &["A"]), [("E".into(), Verdict::Possible)]);
    }

    #[test]
    fn a_lower_bound_alone_leaves_the_rest_open() {
        let open = |min, other| {
            [owns("A", "E", None), owns("B", "E", exactly(other))].map(|mut r| {
                if r.from == "A" {
                    r.share_min = Some(min);
                }
                r
            })
        };
        assert_eq!(verdicts(&open(30.0, 40.0), &["A"]), [("E".into(), Verdict::Possible)]);
        assert_eq!(verdicts(&open(30.0, 60.0), &["A"]), []);
        let told_and_untold = [owns("A", "E", exactly(10.0)), owns("A", "E", None)];
        assert_eq!(verdicts(&told_and_untold, &["A"]), [("E".into(), Verdict::Possible)]);
    }

    #[test]
    fn shares_an_entity_holds_in_itself_do_not_dilute_the_others() {
        let treasury = [owns("A", "E", exactly(40.0)), owns("E", "E", exactly(60.0))];
        assert_eq!(verdicts(&treasury, &["A"]), [("E".into(), Verdict::Possible)]);
        let little = [owns("A", "E", exactly(40.0)), owns("E", "E", exactly(10.0))];
        assert_eq!(verdicts(&little, &["A"]), []);
    }

    #[test]
    fn an_owner_who_is_only_possibly_listed_makes_it_possible() {
        let relations = [owns("A", "E", exactly(80.0))];
        let listed = [("A".to_owned(), Identity::Possible)].into();
        let blocked = blocked_by_ownership(&relations, &listed, 50.0, date(2026, 11, 21));
        assert_eq!(blocked["E"].verdict, Verdict::Possible);
    }

    #[test]
    fn cycles_and_long_chains_end() {
        let cycle = [owns("A", "B", exactly(100.0)), owns("B", "A", exactly(100.0))];
        assert_eq!(verdicts(&cycle, &["A"]), [("B".into(), Verdict::Proven)]);
        let chain: Vec<Relation> = (0..100_000)
            .map(|n| owns(&n.to_string(), &(n + 1).to_string(), exactly(51.0)))
            .collect();
        assert_eq!(verdicts(&chain, &["0"]).len(), 100_000);
    }

    #[test]
    fn a_holding_that_ended_before_the_day_does_not_count() {
        let mut past = owns("A", "E", exactly(80.0));
        past.end = Some("2024-03".parse().unwrap());
        assert_eq!(verdicts(&[past], &["A"]), []);
    }
}
