//! Decides how alike two names can be at most, from the shapes of their words: most candidates
//! share a word and no more, and need no alignment to be told from the party.
//!
//! A word that can be paired with none of the other name's stands alone. What is left can at best
//! agree in full, up to the weight of the side that has less of it. The score falls with every
//! word that stands alone, so this is an upper bound; a property test holds it against `compare`.
//! Order and caps only lower a score and are left out.

use super::NameConfig;
use super::align::MOST_JOINED;
use super::analyse::AnalysedName;
use super::compare::weight;
use super::shape::Shape;
use super::similarity::may_be_similar;
use super::token::{Token, TokenKind};

/// Room for rounding in sums of weights.
const ROUNDING: f64 = 1e-9;

/// Upper bound of the score of two names; may be above 1.
pub(super) fn most_alike(left: &AnalysedName, right: &AnalysedName, config: &NameConfig) -> f64 {
    let (left, right) = (left.tokens.as_slice(), right.tokens.as_slice());
    // Beyond what the flags hold, or where words may be joined, nothing is claimed.
    let claims = left.len() <= 128
        && right.len() <= 128
        && config.conflict_cost >= config.extra_cost
        && !may_join(left, right)
        && !may_join(right, left);
    if !claims {
        return f64::INFINITY;
    }
    let (ours, theirs) = partners(left, right, config);
    let (ours, theirs) = (side(left, ours, config), side(right, theirs, config));
    let paired = ours.paired.min(theirs.paired);
    if paired <= 0.0 {
        return ROUNDING;
    }
    let against = ours.alone.min(theirs.alone);
    let surplus = (ours.alone - theirs.alone).abs();
    paired / (paired + config.conflict_cost * against + config.extra_cost * surplus) + ROUNDING
}

/// Which tokens of either name have a possible partner in the other, one bit a token.
fn partners(left: &[Token], right: &[Token], config: &NameConfig) -> (u128, u128) {
    let (mut ours, mut theirs) = (0_u128, 0_u128);
    for (row, token) in left.iter().enumerate() {
        for (column, other) in right.iter().enumerate() {
            if may_be_similar(token, other, config) {
                ours |= 1 << row;
                theirs |= 1 << column;
            }
        }
    }
    (ours, theirs)
}

/// Weights of one name: what may be paired at most, what stands alone at least.
struct Side {
    paired: f64,
    alone: f64,
}

fn side(tokens: &[Token], partners: u128, config: &NameConfig) -> Side {
    let mut side = Side { paired: 0.0, alone: 0.0 };
    for (place, token) in tokens.iter().enumerate() {
        if partners & (1 << place) != 0 {
            side.paired += weight(token, config);
        } else if matches!(token.kind, TokenKind::Word | TokenKind::Initial) {
            side.alone += weight(token, config);
        }
    }
    side
}

/// Whether a run of neighbours may spell a word of the other name.
fn may_join(tokens: &[Token], others: &[Token]) -> bool {
    let words = || others.iter().filter(|other| other.kind == TokenKind::Word).map(|t| t.shape);
    let longest = words().map(Shape::length).max().unwrap_or(0);
    tokens.iter().enumerate().any(|(at, first)| {
        let mut run = first.shape;
        let rest = tokens.iter().skip(at + 1).take(MOST_JOINED - 1);
        rest.map_while(|next| {
            run = run.with(next.shape);
            (run.length() <= longest).then_some(run)
        })
        .any(|run| words().any(|word| word == run))
    })
}
