//! Decides what each owner holds in each entity on a day, as an interval, from all relations
//! between the two.
//!
//! Two rows about the same pair may be one holding told twice or two holdings: the lower bound is
//! the larger of the two, the upper bound their sum. A row without an upper share leaves the
//! holding open: it may be anything the other owners surely leave. Shares an entity holds in
//! itself belong to nobody else: the others' upper bounds grow as if those shares were not there.

use super::Holding;
use crate::intake::{Relation, RelationKind};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Holdings on one day, by entity and by owner.
pub(super) struct Holdings {
    of: BTreeMap<String, Vec<Holding>>,
    by: BTreeMap<String, Vec<(String, usize)>>,
}

impl Holdings {
    /// Gathers the ownership relations in force on `date`.
    pub(super) fn on(relations: &[Relation], date: Date) -> Self {
        let mut pairs: BTreeMap<(&str, &str), Holding> = BTreeMap::new();
        let mut own_shares: BTreeMap<&str, f64> = BTreeMap::new();
        let in_force = |relation: &&Relation| {
            relation.kind == RelationKind::Owns && is_current(relation, date)
        };
        for relation in relations.iter().filter(in_force) {
            let lower = relation.share_min.unwrap_or(0.0);
            if relation.from == relation.to {
                let own = own_shares.entry(&relation.to).or_default();
                *own = own.max(lower);
                continue;
            }
            let holding = pairs
                .entry((relation.to.as_str(), relation.from.as_str()))
                .or_insert_with(|| none(&relation.from));
            holding.lower = holding.lower.max(lower);
            holding.upper = (holding.upper + relation.share_max.unwrap_or(0.0)).min(100.0);
            holding.stated &= relation.share_max.is_some();
            holding.rows.push(format!("{} row {}", relation.row.file, relation.row.row));
        }
        let mut of: BTreeMap<String, Vec<Holding>> = BTreeMap::new();
        for ((entity, _), holding) in pairs {
            of.entry(entity.to_owned()).or_default().push(holding);
        }
        for (entity, holdings) in &mut of {
            let own = own_shares.get(entity.as_str()).copied().unwrap_or(0.0);
            open_upper_bounds(holdings, own);
        }
        let mut by: BTreeMap<String, Vec<(String, usize)>> = BTreeMap::new();
        for (entity, holdings) in &of {
            for (place, holding) in holdings.iter().enumerate() {
                by.entry(holding.owner.clone()).or_default().push((entity.clone(), place));
            }
        }
        Self { of, by }
    }

    /// Everybody's holdings in `entity`, by owner.
    pub(super) fn of(&self, entity: &str) -> &[Holding] {
        self.of.get(entity).map_or(&[], Vec::as_slice)
    }

    /// What `owner` holds: entity and holding, by entity.
    pub(super) fn by(&self, owner: &str) -> impl Iterator<Item = (&str, &Holding)> {
        self.by
            .get(owner)
            .into_iter()
            .flatten()
            .filter_map(|(entity, place)| Some((entity.as_str(), self.of(entity).get(*place)?)))
    }
}

fn none(owner: &str) -> Holding {
    Holding { owner: owner.to_owned(), lower: 0.0, upper: 0.0, stated: true, rows: Vec::new() }
}

/// A holding without a stated upper share may be anything the *other* owners surely leave; `own`
/// is the share the entity holds in itself, per cent.
fn open_upper_bounds(holdings: &mut [Holding], own: f64) {
    let surely_held: f64 = holdings.iter().map(|holding| holding.lower).sum();
    for holding in holdings {
        if !holding.stated {
            holding.upper = (100.0 - (surely_held - holding.lower)).clamp(holding.lower, 100.0);
        }
        if own > 0.0 {
            let others = (100.0 - own).max(holding.upper).max(f64::MIN_POSITIVE);
            holding.upper = (holding.upper * 100.0 / others).min(100.0);
        }
    }
}

/// Whether a relation may be in force on `date`: not surely over, not surely still to come.
fn is_current(relation: &Relation, date: Date) -> bool {
    let over = relation.end.is_some_and(|end| end.latest() < date);
    let to_come = relation.start.is_some_and(|start| start.earliest() > date);
    !over && !to_come
}
