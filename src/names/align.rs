//! Decides which token of one name stands for which token of the other.
//!
//! Words written together on one side and apart on the other are joined first; identical tokens
//! are paired; the rest goes by highest total similarity, one to one. Every token of both names is
//! in exactly one pair.

use super::NameConfig;
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

/// A word of a name as it is aligned: one token, or a run of neighbours read as one word.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece<'a> {
    /// What is compared; for a run, the token of the other name that it spells.
    pub(super) token: &'a Token,
    run: &'a [Token],
}

impl Piece<'_> {
    /// As written.
    pub(super) fn text(&self) -> String {
        match self.run {
            [one] => one.text.clone(),
            run => run.iter().map(|t| t.text.as_str()).collect::<Vec<_>>().join(" "),
        }
    }

    fn is_joined(&self) -> bool {
        self.run.len() > 1
    }
}

/// A pair with what the score needs to know about it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pair<'a> {
    pub(super) left: Option<Piece<'a>>,
    pub(super) right: Option<Piece<'a>>,
    pub(super) kind: PairKind,
    pub(super) similarity: f64,
    /// Place of the right token in its name, for the order.
    pub(super) place: usize,
}

/// Most words of one side that may stand for one of the other ("A.B.C.D." and "ABCD").
pub(super) const MOST_JOINED: usize = 4;

/// For a left token its partner's place, the similarity and what it rests on.
type Partner = Option<(usize, f64, PairKind)>;

/// Aligns one pair of names after another; the working memory is kept between them.
#[derive(Debug, Default)]
pub(super) struct Aligner<'a> {
    left: Vec<Piece<'a>>,
    right: Vec<Piece<'a>>,
    partners: Vec<Partner>,
    free: Vec<bool>,
    rows: Vec<usize>,
    columns: Vec<usize>,
    /// What each left token of `rows` and each right one of `columns` have in common, row by row.
    cells: Vec<Partner>,
    /// The alignment: in the order of the left name, then what only the right one has.
    pub(super) pairs: Vec<Pair<'a>>,
}

impl<'a> Aligner<'a> {
    /// Aligns two names into `self.pairs`.
    pub(super) fn align(&mut self, left: &'a [Token], right: &'a [Token], config: &NameConfig) {
        join(&mut self.left, left, right.iter());
        join(&mut self.right, right, self.left.iter().map(|piece| piece.token));
        self.pair_identical(config);
        self.pair_rest(config);
        self.pairs.clear();
        self.free.clear();
        self.free.resize(self.right.len(), true);
        for (piece, partner) in self.left.iter().zip(&self.partners) {
            let found = partner.and_then(|(place, similarity, kind)| {
                Some((place, self.right.get(place)?, similarity, kind))
            });
            let Some((place, other, similarity, kind)) = found else {
                self.pairs.push(alone(Some(*piece), None));
                continue;
            };
            let joined = piece.is_joined() || other.is_joined();
            let kind = if joined { PairKind::Joined } else { kind };
            if let Some(flag) = self.free.get_mut(place) {
                *flag = false;
            }
            let (left, right) = (Some(*piece), Some(*other));
            self.pairs.push(Pair { left, right, kind, similarity, place });
        }
        let rest = self.right.iter().zip(&self.free).filter(|(_, free)| **free);
        self.pairs.extend(rest.map(|(piece, _)| alone(None, Some(*piece))));
    }

    /// Identical tokens first: no other pair of theirs is worth more, and most need no comparing.
    fn pair_identical(&mut self, config: &NameConfig) {
        self.free.clear();
        self.free.resize(self.right.len(), true);
        self.partners.clear();
        for Piece { token, .. } in &self.left {
            let mut right = self.right.iter().zip(&mut self.free).enumerate();
            let same = right.find(|(_, (other, free))| {
                **free && other.token.kind == token.kind && other.token.same_folded(token)
            });
            let partner = same.and_then(|(place, (_, free))| {
                let (similarity, kind) = similarity(token, token, config)?;
                *free = false;
                Some((place, similarity, kind))
            });
            self.partners.push(partner);
        }
    }

    /// All others by highest total similarity.
    fn pair_rest(&mut self, config: &NameConfig) {
        let open = self.partners.iter().enumerate().filter(|(_, partner)| partner.is_none());
        self.rows.clear();
        self.rows.extend(open.map(|(row, _)| row));
        let open = self.free.iter().enumerate().filter(|(_, free)| **free);
        self.columns.clear();
        self.columns.extend(open.map(|(column, _)| column));
        if self.rows.is_empty() || self.columns.is_empty() {
            return;
        }
        self.cells.clear();
        for token in self.rows.iter().filter_map(|row| self.left.get(*row)).map(|p| p.token) {
            let right = self.columns.iter().map(|column| (*column, self.right.get(*column)));
            self.cells.extend(right.map(|(column, other)| {
                let (value, kind) = similarity(token, other?.token, config)?;
                Some((column, value, kind))
            }));
        }
        if self.pair_undisputed() {
            return;
        }
        let lines = || self.cells.chunks(self.columns.len());
        let value = |cell: &Partner| cell.map_or(0.0, |(_, value, _)| value);
        let values: Vec<Vec<f64>> = lines().map(|line| line.iter().map(value).collect()).collect();
        for ((row, column), line) in self.rows.iter().zip(assign(&values)).zip(lines()) {
            let cell = column.and_then(|column| line.get(column).copied().flatten());
            if let Some(partner) = self.partners.get_mut(*row) {
                *partner = cell;
            }
        }
    }

    /// Where no token has a choice, taking every pair there is, is the best assignment. Gives
    /// whether that is so.
    fn pair_undisputed(&mut self) -> bool {
        let width = self.columns.len();
        let line_choice = self.cells.chunks(width).any(|line| line.iter().flatten().count() > 1);
        let column = |place| self.cells.iter().skip(place).step_by(width).flatten();
        let worthless = |cell: &(usize, f64, PairKind)| cell.1 <= 0.0;
        if line_choice
            || (0..width).any(|place| column(place).count() > 1)
            || self.cells.iter().flatten().any(worthless)
        {
            return false;
        }
        for (row, line) in self.rows.iter().zip(self.cells.chunks(width)) {
            if let Some(partner) = self.partners.get_mut(*row) {
                *partner = line.iter().flatten().next().copied();
            }
        }
        true
    }
}

fn alone<'a>(left: Option<Piece<'a>>, right: Option<Piece<'a>>) -> Pair<'a> {
    Pair { left, right, kind: PairKind::Unmatched, similarity: 0.0, place: 0 }
}

/// Puts `tokens` into `out`, every run of neighbours as one piece where the run spells a word of
/// `others` that `tokens` does not have itself.
fn join<'a>(
    out: &mut Vec<Piece<'a>>,
    tokens: &'a [Token],
    others: impl Iterator<Item = &'a Token> + Clone,
) {
    out.clear();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let run = runs(tokens, at).find_map(|run| {
            let bytes: usize = run.iter().map(|t| t.folded.len()).sum();
            let target = others.clone().find(|other| {
                other.folded.len() == bytes
                    && other.kind == TokenKind::Word
                    && spells(run, &other.folded)
            })?;
            let has = |word: &Token| others.clone().any(|other| other.same_folded(word));
            let own = tokens.iter().any(|t| t.same_folded(target)) || run.iter().all(has);
            let typed = run.iter().any(|t| t.kind == TokenKind::LegalForm);
            (!own && !typed).then_some(Piece { token: target, run })
        });
        let piece = run.unwrap_or(Piece { token, run: std::slice::from_ref(token) });
        at += piece.run.len();
        out.push(piece);
    }
}

/// The runs of neighbours that start at a place, the longest first.
fn runs(tokens: &[Token], at: usize) -> impl Iterator<Item = &[Token]> {
    (2..=MOST_JOINED).rev().filter_map(move |width| tokens.get(at..at + width))
}

/// Whether the tokens, run together, are this word.
fn spells(run: &[Token], word: &str) -> bool {
    let rest = run.iter().try_fold(word, |rest, token| rest.strip_prefix(token.folded.as_str()));
    rest.is_some_and(str::is_empty)
}
