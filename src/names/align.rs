//! Decides which token of one name stands for which token of the other.
//!
//! Words written together on one side and apart on the other are joined first; identical tokens
//! are paired; the rest goes by highest total similarity, one to one. Every token of both names is
//! in exactly one pair.

use super::NameConfig;
use super::analyse::AnalysedName;
use super::assignment::assign;
use super::similarity::similarity;
use super::token::{Token, TokenKind};

/// What a pair of tokens rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PairKind {
    /// Identical after folding.
    Exact,
    /// One sound written differently, or only vowels differ.
    Variant,
    /// A few letters differ.
    Typo,
    /// An initial and a word that starts with it.
    Initial,
    /// Written together on one side, apart on the other.
    Joined,
    /// Two legal forms, the same or of one class.
    LegalForm,
    /// The same title.
    Title,
    /// Only one side has it.
    Unmatched,
}

impl PairKind {
    /// The kind's name in outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Variant => "variant",
            Self::Typo => "typo",
            Self::Initial => "initial",
            Self::Joined => "joined",
            Self::LegalForm => "legal_form",
            Self::Title => "title",
            Self::Unmatched => "unmatched",
        }
    }
}

/// One pair of the alignment; an empty text means that the other token has no partner.
#[derive(Debug, Clone, PartialEq)]
pub struct AlignedTokens {
    /// Token or tokens of the first name, as written.
    pub left: String,
    /// Token or tokens of the second name, as written.
    pub right: String,
    /// What the pair rests on.
    pub kind: PairKind,
    /// Similarity in [0, 1]; 0 for an unmatched token.
    pub similarity: f64,
}

/// A pair with what the score needs to know about it.
#[derive(Debug, Clone)]
pub(super) struct Pair {
    pub(super) left: Option<Token>,
    pub(super) right: Option<Token>,
    pub(super) kind: PairKind,
    pub(super) similarity: f64,
    /// Places of the two tokens in their names, for the order.
    pub(super) places: (usize, usize),
}

/// Most words of one side that may stand for one of the other ("A.B.C.D." and "ABCD").
const MOST_JOINED: usize = 4;

/// Aligns two names. Pairs come in the order of the left name, then what only the right one has.
pub(super) fn align(left: &AnalysedName, right: &AnalysedName, config: &NameConfig) -> Vec<Pair> {
    let (left, left_joined) = join(&left.tokens, &right.tokens);
    let (right, right_joined) = join(&right.tokens, &left);
    let matched = pairing(&left, &right, config);
    let mut taken = vec![false; right.len()];
    let mut pairs: Vec<Pair> = Vec::with_capacity(left.len() + right.len());
    for (place, (token, partner)) in left.iter().zip(matched).enumerate() {
        let Some((other, similarity, kind)) = partner else {
            pairs.push(alone(Some(token), None));
            continue;
        };
        let joined = flag(&left_joined, place) || flag(&right_joined, other);
        let kind = if joined { PairKind::Joined } else { kind };
        if let Some(flag) = taken.get_mut(other) {
            *flag = true;
        }
        pairs.push(Pair {
            left: Some(token.clone()),
            right: right.get(other).cloned(),
            kind,
            similarity,
            places: (place, other),
        });
    }
    let rest = right.iter().zip(taken).filter(|(_, taken)| !taken);
    pairs.extend(rest.map(|(token, _)| alone(None, Some(token))));
    pairs
}

fn flag(flags: &[bool], place: usize) -> bool {
    flags.get(place).copied().unwrap_or(false)
}

fn alone(left: Option<&Token>, right: Option<&Token>) -> Pair {
    let (left, right) = (left.cloned(), right.cloned());
    Pair { left, right, kind: PairKind::Unmatched, similarity: 0.0, places: (0, 0) }
}

/// For each left token its partner's place, the similarity and what it rests on.
type Partner = Option<(usize, f64, PairKind)>;

fn pairing(left: &[Token], right: &[Token], config: &NameConfig) -> Vec<Partner> {
    let mut partners: Vec<Partner> = vec![None; left.len()];
    let mut free: Vec<bool> = vec![true; right.len()];
    // Identical tokens first: no other pair of theirs is worth more, and most need no comparing.
    for (token, partner) in left.iter().zip(&mut partners) {
        let same = right.iter().enumerate().find(|(place, other)| {
            flag(&free, *place) && other.kind == token.kind && other.folded == token.folded
        });
        if let Some((place, _)) = same
            && let Some((similarity, kind)) = similarity(token, token, config)
        {
            *partner = Some((place, similarity, kind));
            free[place] = false;
        }
    }
    let rows: Vec<usize> =
        partners.iter().enumerate().filter(|(_, p)| p.is_none()).map(|(i, _)| i).collect();
    let columns: Vec<usize> =
        free.iter().enumerate().filter(|(_, f)| **f).map(|(i, _)| i).collect();
    let found: Vec<Vec<Partner>> = rows
        .iter()
        .filter_map(|row| left.get(*row))
        .map(|token| columns.iter().map(|column| partner(token, right, *column, config)).collect())
        .collect();
    let values: Vec<Vec<f64>> = found
        .iter()
        .map(|line| line.iter().map(|cell| cell.map_or(0.0, |(_, value, _)| value)).collect())
        .collect();
    for ((row, column), line) in rows.iter().zip(assign(&values)).zip(found) {
        let cell = column.and_then(|column| line.get(column).copied().flatten());
        if let Some(partner) = partners.get_mut(*row) {
            *partner = cell;
        }
    }
    partners
}

fn partner(token: &Token, right: &[Token], place: usize, config: &NameConfig) -> Partner {
    let other = right.get(place)?;
    similarity(token, other, config).map(|(value, kind)| (place, value, kind))
}

/// `tokens` with every run of neighbours replaced by one token where the run spells a word of
/// `others` that `tokens` does not have itself; and which tokens are such runs.
fn join(tokens: &[Token], others: &[Token]) -> (Vec<Token>, Vec<bool>) {
    let has = |tokens: &[Token], word: &str| tokens.iter().any(|t| t.folded == word);
    let mut joined = Vec::with_capacity(tokens.len());
    let mut flags = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let run = (2..=MOST_JOINED.min(tokens.len() - at)).rev().find_map(|width| {
            let run = tokens.get(at..at + width)?;
            let spelled: String = run.iter().map(|t| t.folded.as_str()).collect();
            let meets = |other: &&Token| other.kind == TokenKind::Word && other.folded == spelled;
            let target = others.iter().find(meets)?;
            let own = has(tokens, &target.folded) || run.iter().all(|t| has(others, &t.folded));
            let typed = run.iter().any(|t| t.kind == TokenKind::LegalForm);
            (!own && !typed).then(|| (merged(run, target), width))
        });
        let (token, width) = run.unwrap_or_else(|| (token.clone(), 1));
        joined.push(token);
        flags.push(width > 1);
        at += width;
    }
    (joined, flags)
}

/// A run as the word it spells on the other side.
fn merged(run: &[Token], target: &Token) -> Token {
    let texts: Vec<&str> = run.iter().map(|t| t.text.as_str()).collect();
    Token { text: texts.join(" "), ..target.clone() }
}
