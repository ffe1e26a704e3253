//! Decides how alike two names are: the score, and the aligned tokens that explain it, in one
//! call.
//!
//! What agrees is set against everything that could: words standing against each other cost most,
//! words that only one side has cost a share of their weight, misspelling costs a multiple of the
//! letters that differ. Numbers that differ and organisations that share only generic words cap
//! the score. Derivation of each number: `docs/scoring.md`, section 2.

use super::NameConfig;
use super::align::{AlignedTokens, Aligner, Pair, PairKind, Piece};
use super::analyse::AnalysedName;
use super::bound::most_alike;
use super::token::{Token, TokenKind};
use crate::party::PartyKind;
use std::cmp::Ordering;

/// How alike two names are, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct NameComparison {
    /// Likeness in [0, 1]. 1.0: the same name after normalising; 0.0: nothing shared.
    pub score: f64,
    /// Every token of both names, in exactly one pair.
    pub alignment: Vec<AlignedTokens>,
    /// Rarity of the rarest word that both have, in [0, 1]; 0 when they share none.
    pub rarest_shared: f64,
}

/// Compares two analysed names. Symmetric; never fails, and an empty name (which [`super::analyse`]
/// never gives) is 0 like anything.
///
/// ```
/// use diligence::names::{analyse, compare};
/// use diligence::party::PartyKind::Person;
/// use diligence::screening::MatchConfig;
/// let config = MatchConfig::embedded().names;
/// let name = |text| analyse(text, Some(Person), &config).unwrap();
/// let compared = compare(&name("VARGA, Ilya"), &name("Ilya Varga"), &config);
/// assert_eq!(compared.score, 1.0);
/// ```
#[must_use]
pub fn compare(left: &AnalysedName, right: &AnalysedName, config: &NameConfig) -> NameComparison {
    Comparer::new(config).compare(left, right).explained()
}

/// Compares many pairs of names with one working memory.
#[derive(Debug)]
pub struct Comparer<'a> {
    config: &'a NameConfig,
    aligner: Aligner<'a>,
}

/// The last pair of names that a [`Comparer`] compared: the score, and the alignment it was
/// computed from.
#[derive(Debug)]
pub struct Compared<'c, 'a> {
    /// As [`NameComparison::score`].
    pub score: f64,
    /// As [`NameComparison::rarest_shared`].
    pub rarest_shared: f64,
    pairs: &'c [Pair<'a>],
    turned: bool,
}

impl Compared<'_, '_> {
    /// The same with its alignment written out.
    #[must_use]
    pub fn explained(&self) -> NameComparison {
        NameComparison {
            score: self.score,
            alignment: self.pairs.iter().map(|pair| shown(pair, self.turned)).collect(),
            rarest_shared: self.rarest_shared,
        }
    }
}

impl<'a> Comparer<'a> {
    /// A comparer by these numbers.
    #[must_use]
    pub fn new(config: &'a NameConfig) -> Self {
        Self { config, aligner: Aligner::default() }
    }

    /// As [`Comparer::compare`], if the score is at least `floor`. Names that cannot reach it are
    /// not aligned.
    pub fn compare_from(
        &mut self,
        floor: f64,
        left: &'a AnalysedName,
        right: &'a AnalysedName,
    ) -> Option<Compared<'_, 'a>> {
        if most_alike(left, right, self.config) < floor {
            return None;
        }
        Some(self.compare(left, right)).filter(|compared| compared.score >= floor)
    }

    /// Compares two analysed names, as [`compare`] does.
    pub fn compare(&mut self, left: &'a AnalysedName, right: &'a AnalysedName) -> Compared<'_, 'a> {
        let config = self.config;
        // One canonical direction, so that ties in the alignment cannot make the score depend on
        // who is compared with whom.
        let turned = order(left, right).is_gt();
        let (first, second) = if turned { (right, left) } else { (left, right) };
        self.aligner.align(&first.tokens, &second.tokens, config);
        let pairs = self.aligner.pairs.as_slice();
        let tally = Tally::of(pairs, config);
        let mut score = tally.score(config);
        if !in_order(pairs) {
            score *= 1.0 - config.order_cost;
        }
        if tally.numerals_conflict() {
            score = score.min(config.numeral_conflict_cap);
        }
        let generic = tally.rarest < config.distinctive_rarity && !tally.identical;
        if generic && organisations(left, right) {
            score = score.min(config.generic_cap);
        }
        Compared { score: score.clamp(0.0, 1.0), rarest_shared: tally.rarest, pairs, turned }
    }
}

/// Fewer words first, then by the words.
fn order(left: &AnalysedName, right: &AnalysedName) -> Ordering {
    let (left, right) = (&left.tokens, &right.tokens);
    let by_words =
        || left.iter().map(|t| t.folded.as_str()).cmp(right.iter().map(|t| t.folded.as_str()));
    left.len().cmp(&right.len()).then_with(by_words)
}

/// A name of unknown kind is held to the rule of organisations unless the other is a person's.
fn organisations(left: &AnalysedName, right: &AnalysedName) -> bool {
    ![left.kind, right.kind].contains(&Some(PartyKind::Person))
}

fn shown(pair: &Pair<'_>, turned: bool) -> AlignedTokens {
    let text = |piece: &Option<Piece<'_>>| piece.map_or(String::new(), |piece| piece.text());
    let (left, right) = (text(&pair.left), text(&pair.right));
    let (left, right) = if turned { (right, left) } else { (left, right) };
    AlignedTokens { left, right, kind: pair.kind, similarity: pair.similarity }
}

/// Whether the paired naming tokens stand in one order on both sides; the pairs are in the order of
/// the left name.
fn in_order(pairs: &[Pair<'_>]) -> bool {
    let naming = |pair: &&Pair<'_>| {
        pair.left.is_some_and(|p| p.token.kind != TokenKind::LegalForm) && pair.right.is_some()
    };
    pairs.iter().filter(naming).map(|pair| pair.place).is_sorted()
}

/// Weight of a token: its kind's share of its rarity.
pub(super) fn weight(token: &Token, config: &NameConfig) -> f64 {
    match token.kind {
        TokenKind::Word => token.rarity,
        TokenKind::Numeral => 1.0,
        TokenKind::Initial => config.initial_weight,
        TokenKind::LegalForm => config.legal_form_weight,
        TokenKind::Particle => config.particle_weight,
        TokenKind::Title => 0.0,
    }
}

/// Sums over the pairs of one alignment.
#[derive(Default)]
struct Tally {
    /// Weight that agrees, misspelling taken off.
    agreed: f64,
    /// Weight of all pairs.
    paired: f64,
    /// Weight of naming words that only one side has: left, right.
    alone: (f64, f64),
    /// The same of legal forms.
    legal_alone: (f64, f64),
    /// The same of particles, both sides together.
    particles_alone: f64,
    /// Numerals that only one side has: left, right; they are not in `alone`.
    numerals_alone: (u32, u32),
    rarest: f64,
    identical: bool,
}

impl Tally {
    fn of(pairs: &[Pair<'_>], config: &NameConfig) -> Self {
        let mut tally = Self { identical: true, ..Self::default() };
        for pair in pairs {
            match (&pair.left, &pair.right) {
                (Some(left), Some(right)) => tally.pair(pair, left.token, right.token, config),
                (Some(left), None) => tally.lone(left.token, true, config),
                (None, Some(right)) => tally.lone(right.token, false, config),
                (None, None) => {}
            }
        }
        tally
    }

    fn pair(&mut self, pair: &Pair<'_>, left: &Token, right: &Token, config: &NameConfig) {
        // The smaller of the two: a misspelt common word is not rare because nobody else has it.
        let shared = weight(left, config).min(weight(right, config));
        let typo = matches!(pair.kind, PairKind::Typo | PairKind::Variant);
        let cost = if typo { config.typo_cost } else { 1.0 };
        let agreed = (1.0 - cost * (1.0 - pair.similarity)).max(0.0);
        self.paired += shared;
        self.agreed += shared * agreed;
        self.identical &= pair.similarity >= 1.0;
        if matches!(left.kind, TokenKind::Word | TokenKind::Numeral) {
            self.rarest = self.rarest.max(left.rarity.min(right.rarity));
        }
    }

    fn lone(&mut self, token: &Token, left: bool, config: &NameConfig) {
        let weight = weight(token, config);
        self.identical &= token.kind == TokenKind::Title;
        let side = |sums: &mut (f64, f64)| if left { sums.0 += weight } else { sums.1 += weight };
        match token.kind {
            TokenKind::LegalForm => side(&mut self.legal_alone),
            TokenKind::Particle => self.particles_alone += weight,
            TokenKind::Title => {}
            TokenKind::Numeral if left => self.numerals_alone.0 += 1,
            TokenKind::Numeral => self.numerals_alone.1 += 1,
            TokenKind::Word | TokenKind::Initial => side(&mut self.alone),
        }
    }

    /// Agreement as a share of agreement, conflict and surplus, in [0, 1].
    fn score(&self, config: &NameConfig) -> f64 {
        if self.agreed <= 0.0 {
            return 0.0;
        }
        let against = self.alone.0.min(self.alone.1) + self.legal_alone.0.min(self.legal_alone.1);
        let surplus = (self.alone.0 - self.alone.1).abs()
            + (self.legal_alone.0 - self.legal_alone.1).abs()
            + self.particles_alone;
        let numerals = f64::from(self.numerals_alone.0 + self.numerals_alone.1);
        let cost = config.conflict_cost * against
            + config.extra_cost * surplus
            + config.numeral_cost * numerals;
        self.agreed / (self.paired + cost)
    }

    fn numerals_conflict(&self) -> bool {
        self.numerals_alone.0 > 0 && self.numerals_alone.1 > 0
    }
}
