//! Decides who must be screened for a subject: itself; whoever owns or controls it, at any depth;
//! the key persons (directors, representatives, office holders) of all of those; the relatives and
//! close associates of all these; whoever else the subject is tied to; and whoever owns or controls
//! any of these, at any depth. So a listed owner of a director's company counts whether or not it
//! is a subject itself: the answer does not depend on who else is in the portfolio.
//!
//! An ended tie does not clear anybody: the party stays and is marked as former, unless a tie that
//! still holds leads to it in the same part. A tie that starts in the future counts as one that
//! holds. Every party appears once, in its gravest part and there by its shortest path; the other
//! parts it plays are beside it. Owning the subject goes before owning somebody else involved. The
//! walk is iterative, ends on cycles, and its order depends on the ids alone.

use super::model::{Intake, Relation, RelationKind};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What a party is to a subject, gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvolvedRole {
    /// The subject itself.
    Subject,
    /// Owns or controls the subject or anybody else involved, directly or through others.
    Owner,
    /// Directs, represents or holds an office in the subject or one of its owners.
    KeyPerson,
    /// Relative or close associate of any of the above.
    Associate,
    /// Tied to the subject in any other way: owned by it, directed by it, employed by or for it.
    Counterparty,
}

impl InvolvedRole {
    /// The role's name in outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Subject => "subject",
            Self::Owner => "owner",
            Self::KeyPerson => "key_person",
            Self::Associate => "associate",
            Self::Counterparty => "counterparty",
        }
    }
}

/// A part a party plays for a subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Standing {
    /// What the party is to the subject.
    pub role: InvolvedRole,
    /// A tie on the way to it had ended before the run date.
    pub former: bool,
    /// Number of ties from the subject; 0 for itself.
    pub depth: usize,
}

/// A party to screen for a subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Involved {
    /// Party id.
    pub party: String,
    /// Its gravest part; among equals one that still holds, then the nearest.
    pub standing: Standing,
    /// The other parts it plays, gravest first.
    pub also: Vec<Standing>,
    node: usize,
}

/// Everybody who must be screened for one subject, ordered by depth, role and id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Involvement {
    /// The parties, the subject first; empty when the portfolio has no such party.
    pub parties: Vec<Involved>,
    nodes: Vec<Node>,
}

impl Involvement {
    /// The ties that lead from the subject to a party of this involvement, nearest to the subject
    /// first, as positions in [`Intake::relations`]. Made on demand: the paths of a long chain
    /// together would be quadratic in its length.
    #[must_use]
    pub fn path(&self, involved: &Involved) -> Vec<usize> {
        let mut path = Vec::new();
        let mut at = self.nodes.get(involved.node);
        while let Some((relation, parent)) = at.and_then(|node| node.reached) {
            path.push(relation);
            at = self.nodes.get(parent);
        }
        path.reverse();
        path
    }
}

/// A place on the walk: a party in one role.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Node {
    party: String,
    standing: Standing,
    /// Relation and node it was reached by; `None` for the subject.
    reached: Option<(usize, usize)>,
}

/// Everybody who must be screened for one party. For many subjects make [`Ties`] once.
#[must_use]
pub fn involved(intake: &Intake, party: &str, run_date: Date) -> Involvement {
    Ties::new(intake).involved(party, run_date)
}

/// The ties of a portfolio, by party.
#[derive(Debug, Clone)]
pub struct Ties<'a> {
    intake: &'a Intake,
    of: BTreeMap<&'a str, Vec<usize>>,
}

impl<'a> Ties<'a> {
    /// Indexes the relations of a portfolio, in O(n log n).
    #[must_use]
    pub fn new(intake: &'a Intake) -> Self {
        let mut of: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, relation) in intake.relations.iter().enumerate() {
            of.entry(&relation.to).or_default().push(at);
            if relation.from != relation.to {
                of.entry(&relation.from).or_default().push(at);
            }
        }
        Self { intake, of }
    }

    /// Everybody who must be screened for a party.
    #[must_use]
    pub fn involved(&self, party: &str, run_date: Date) -> Involvement {
        if !self.intake.parties.contains_key(party) {
            return Involvement::default();
        }
        let mut walk = Walk { ties: self, run_date, nodes: Vec::new(), best: BTreeMap::new() };
        walk.owners(party);
        let holders = walk.nodes.len();
        for at in 0..holders {
            walk.step(at, InvolvedRole::KeyPerson, key_person);
        }
        for at in 0..walk.nodes.len() {
            walk.step(at, InvolvedRole::Associate, associate);
        }
        walk.step(0, InvolvedRole::Counterparty, counterparty);
        walk.owners_of_others(holders);
        walk.finish()
    }
}

/// The party at the other end, when the relation makes it an owner of `party`.
fn owner<'r>(relation: &'r Relation, party: &str) -> Option<&'r str> {
    let holds = matches!(relation.kind, RelationKind::Owns | RelationKind::Controls);
    (holds && relation.to == party).then_some(relation.from.as_str())
}

fn key_person<'r>(relation: &'r Relation, party: &str) -> Option<&'r str> {
    let acts = matches!(
        relation.kind,
        RelationKind::Directs | RelationKind::Represents | RelationKind::HoldsOffice
    );
    (acts && relation.to == party).then_some(relation.from.as_str())
}

fn associate<'r>(relation: &'r Relation, party: &str) -> Option<&'r str> {
    matches!(relation.kind, RelationKind::Family | RelationKind::Associate)
        .then(|| other_end(relation, party))
}

/// Any tie that makes neither an owner, nor a key person, nor an associate.
fn counterparty<'r>(relation: &'r Relation, party: &str) -> Option<&'r str> {
    let graver = [owner, key_person, associate].iter().any(|role| role(relation, party).is_some());
    (!graver).then(|| other_end(relation, party))
}

fn other_end<'r>(relation: &'r Relation, party: &str) -> &'r str {
    if relation.from == party { &relation.to } else { &relation.from }
}

struct Walk<'w, 'a> {
    ties: &'w Ties<'a>,
    run_date: Date,
    nodes: Vec<Node>,
    /// Best node of a party in a role.
    best: BTreeMap<(String, InvolvedRole), usize>,
}

impl Walk<'_, '_> {
    /// The subject and its owners at any depth: nearest first, and ties that hold before any that
    /// ended, so that the first visit of a party is its best.
    fn owners(&mut self, subject: &str) {
        let standing = Standing { role: InvolvedRole::Subject, former: false, depth: 0 };
        let start = Node { party: subject.to_owned(), standing, reached: None };
        let mut open = BTreeSet::from([(false, 0, subject.to_owned(), 0)]);
        let mut found = vec![start];
        let mut done: BTreeSet<String> = BTreeSet::new();
        while let Some((former, depth, party, at)) = open.pop_first() {
            let Some(mut node) = found.get(at).cloned() else { continue };
            if !done.insert(party.clone()) {
                continue;
            }
            // Parents are popped before their children: their place in `nodes` is known.
            node.reached = node.reached.and_then(|(relation, parent)| {
                let parent = found.get(parent)?;
                let role = parent.standing.role;
                Some((relation, *self.best.get(&(parent.party.clone(), role))?))
            });
            self.best.insert((party.clone(), node.standing.role), self.nodes.len());
            self.nodes.push(node);
            for (relation, next, ended) in self.next(&party, owner) {
                if done.contains(&next) {
                    continue;
                }
                let former = former || ended;
                let standing = Standing { role: InvolvedRole::Owner, former, depth: depth + 1 };
                open.insert((former, depth + 1, next.clone(), found.len()));
                found.push(Node { party: next, standing, reached: Some((relation, at)) });
            }
        }
    }

    /// The owners, at any depth, of everybody found after the `holders` (the subject and its own
    /// owners), in the same order. Whoever is among the holders stays there by that chain.
    fn owners_of_others(&mut self, holders: usize) {
        let holding: BTreeSet<String> =
            self.nodes.iter().take(holders).map(|node| node.party.clone()).collect();
        let mut done = holding.clone();
        let place = |at: usize, node: &Node| {
            let Standing { role, former, depth } = node.standing;
            (former, depth, node.party.clone(), role, at)
        };
        let others = self.nodes.iter().enumerate().skip(holders);
        let mut open: BTreeSet<_> = others.map(|(at, node)| place(at, node)).collect();
        while let Some((former, depth, party, _, at)) = open.pop_first() {
            if !done.insert(party.clone()) {
                continue;
            }
            for (relation, next, ended) in self.next(&party, owner) {
                let standing = Standing {
                    role: InvolvedRole::Owner,
                    former: former || ended,
                    depth: depth + 1,
                };
                if holding.contains(&next) {
                    continue;
                }
                let node = Node { party: next, standing, reached: Some((relation, at)) };
                // Only nodes not yet followed are ever replaced: what is popped later is worse.
                if let Some(changed) = self.keep_best(node)
                    && let Some(node) = self.nodes.get(changed)
                {
                    open.insert(place(changed, node));
                }
            }
        }
    }

    /// Adds, in a role, everybody one tie away from a node.
    fn step(&mut self, at: usize, role: InvolvedRole, reach: Reach) {
        let Some(Node { party, standing, .. }) = self.nodes.get(at).cloned() else { return };
        for (relation, next, ended) in self.next(&party, reach) {
            let standing =
                Standing { role, former: standing.former || ended, depth: standing.depth + 1 };
            let node = Node { party: next, standing, reached: Some((relation, at)) };
            self.keep_best(node);
        }
    }

    /// Adds a node, unless its party has one in that role that is as good: a worse one gives way.
    /// Returns the place of the node when anything changed.
    fn keep_best(&mut self, node: Node) -> Option<usize> {
        let key = (node.party.clone(), node.standing.role);
        let at = *self.best.entry(key).or_insert(self.nodes.len());
        match self.nodes.get_mut(at) {
            Some(known) if known.standing <= node.standing => return None,
            Some(known) => *known = node,
            None => self.nodes.push(node),
        }
        Some(at)
    }

    /// Ties of a party that reach somebody: relation, the other party, whether the tie has ended.
    fn next(&self, party: &str, reach: Reach) -> Vec<(usize, String, bool)> {
        let ties = self.ties.of.get(party).map(Vec::as_slice).unwrap_or_default();
        let reached = ties.iter().filter_map(|at| {
            let relation = self.ties.intake.relations.get(*at)?;
            let next = reach(relation, party)?;
            let ended = relation.end.is_some_and(|end| end.latest() < self.run_date);
            (next != party).then(|| (*at, next.to_owned(), ended))
        });
        reached.collect()
    }

    fn finish(self) -> Involvement {
        let mut standings: BTreeMap<&str, Vec<(Standing, usize)>> = BTreeMap::new();
        for (at, node) in self.nodes.iter().enumerate() {
            standings.entry(&node.party).or_default().push((node.standing, at));
        }
        let mut parties: Vec<Involved> = Vec::with_capacity(standings.len());
        for (party, mut parts) in standings {
            parts.sort();
            let Some((standing, node)) = parts.first().copied() else { continue };
            let also = parts.iter().skip(1).map(|(standing, _)| *standing).collect();
            parties.push(Involved { party: party.to_owned(), standing, also, node });
        }
        parties.sort_by(|a, b| {
            let key = |i: &Involved| (i.standing.depth, i.standing.role);
            key(a).cmp(&key(b)).then_with(|| a.party.cmp(&b.party))
        });
        Involvement { parties, nodes: self.nodes }
    }
}

/// Whom a relation reaches from a party, if anybody.
type Reach = for<'r> fn(&'r Relation, &str) -> Option<&'r str>;

#[cfg(test)]
#[path = "involved_tests.rs"]
mod tests;
