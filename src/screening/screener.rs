//! Decides which listings a party matches: every name of the party against every list, the best
//! pair of names a listing, all other evidence on top, and the reasons with the number.
//!
//! Weak aliases of either side support a match and never open one. Results do not depend on
//! threads or on the order of lists. An index that fails is an error of the party, never a clear.

use super::birth::births;
use super::confidence::{Findings, band, confidence, least_name_score};
use super::config::MatchConfig;
use super::evidence::{Finding, addresses, countries, gender, identifiers, kind};
use super::index::{IndexError, ListIndex};
use super::matched::{Agreement, Match, NamePair, NotScreened, TokenPair};
use crate::names::{
    AlignedTokens, AnalysedName, Comparer, NameComparison, NameConfig, NameProblem, TokenKind,
    TokenWeights, analyse,
};
use crate::party::{NameQuality, Party, PartyKind, PartyName};
use crate::watchlist::Listing;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

/// All lists, ready to screen against. Shared by threads.
pub struct Screener {
    lists: Vec<List>,
    weights: TokenWeights,
    config: MatchConfig,
    listed_names: NameConfig,
    /// Name score below which only an identifier makes a candidate.
    least_name_score: f64,
}

/// One list with its index; a listed name is analysed when it is first a candidate.
struct List {
    name: String,
    index: ListIndex,
    listings: Vec<Arc<Listing>>,
    analysed: Vec<OnceLock<Vec<Named>>>,
}

/// An analysed name and its place among the party's names.
struct Named {
    quality: NameQuality,
    name: AnalysedName,
}

/// The best pair of names of two parties.
#[derive(Clone)]
struct BestPair<'a> {
    ours: &'a Named,
    listed: &'a Named,
    compared: NameComparison,
}

impl Screener {
    /// Opens lists by name, folder of their index and listings. Words are counted over all lists
    /// together, so that a score does not depend on which list an entry stands on.
    ///
    /// # Errors
    /// [`IndexError`] when an index cannot be opened or belongs to other listings.
    pub fn open(
        lists: Vec<(String, PathBuf, Vec<Listing>)>,
        config: MatchConfig,
    ) -> Result<Self, IndexError> {
        let mut weights = TokenWeights::default();
        let mut opened = Vec::with_capacity(lists.len());
        for (name, dir, listings) in lists {
            let index = ListIndex::open(&dir, &listings, &config)?;
            index.count_words(&mut weights)?;
            let analysed = listings.iter().map(|_| OnceLock::new()).collect();
            let listings = listings.into_iter().map(Arc::new).collect();
            opened.push(List { name, index, listings, analysed });
        }
        let listed_names = config.listed_names();
        let least_name_score = least_name_score(&config.evidence, &config.bands);
        Ok(Self { lists: opened, weights, config, listed_names, least_name_score })
    }

    /// All listings the party may be, best first, ties by the listing's reference. Empty means
    /// that every list was searched and nothing reached the alert threshold.
    ///
    /// # Errors
    /// [`NotScreened`] when the party has no name, a name over the limits, or an index fails.
    pub fn screen(&self, party: &Party) -> Result<Vec<Match>, NotScreened> {
        let names = self.analyse_ours(party)?;
        let mut matches = Vec::new();
        for list in &self.lists {
            for ordinal in list.candidates(party, &names, &self.config)? {
                let Some(listing) = list.listings.get(ordinal) else { continue };
                let listed = list.analysed(ordinal, self);
                matches.extend(self.assess(party, &names, listing, listed));
            }
        }
        sort(&mut matches);
        Ok(matches)
    }

    /// Whether a listing is found when its own party is screened against its list: retrieval and
    /// comparison as in [`Screener::screen`], of this one candidate.
    ///
    /// # Errors
    /// [`NotScreened`] as for [`Screener::screen`].
    pub fn finds(&self, sought: &Listing) -> Result<bool, NotScreened> {
        let names = self.analyse_ours(&sought.party)?;
        for list in self.lists.iter().filter(|list| list.name == sought.list) {
            for ordinal in list.candidates(&sought.party, &names, &self.config)? {
                let own = list.listings.get(ordinal).filter(|listing| listing.id == sought.id);
                let found = own.and_then(|listing| {
                    self.assess(&sought.party, &names, listing, list.analysed(ordinal, self))
                });
                if found.is_some() {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// Compares a party with one listing, by the same path as [`Screener::screen`] but without
    /// retrieval. `None`: below the alert threshold.
    ///
    /// # Errors
    /// [`NotScreened`] as for [`Screener::screen`].
    pub fn compare(
        &self,
        party: &Party,
        listing: &Arc<Listing>,
    ) -> Result<Option<Match>, NotScreened> {
        let names = self.analyse_ours(party)?;
        let listed = self.analyse_listed(listing);
        Ok(self.assess(party, &names, listing, &listed))
    }

    /// Compares a party with every listing of every list, without retrieval: what retrieval may
    /// not lose. Slow by design; same order as [`Screener::screen`].
    ///
    /// # Errors
    /// [`NotScreened`] as for [`Screener::screen`].
    pub fn screen_exhaustively(&self, party: &Party) -> Result<Vec<Match>, NotScreened> {
        let names = self.analyse_ours(party)?;
        let mut matches = Vec::new();
        for list in &self.lists {
            for (ordinal, listing) in list.listings.iter().enumerate() {
                let listed = list.analysed(ordinal, self);
                matches.extend(self.assess(party, &names, listing, listed));
            }
        }
        sort(&mut matches);
        Ok(matches)
    }

    fn analyse_ours(&self, party: &Party) -> Result<Vec<Named>, NotScreened> {
        let mut names = Vec::with_capacity(party.names.len());
        for name in &party.names {
            match analyse(&name.text, party.kind, &self.config.names) {
                Ok(analysed) => {
                    names.push(self.named(analysed, name.quality));
                    names.extend(self.as_organisation(party, name));
                }
                // A party may have one empty name beside a good one.
                Err(NameProblem::NoName) => {}
                Err(NameProblem::TooLong { found, unit, limit }) => {
                    return Err(NotScreened::NameTooLong { found, unit, limit });
                }
            }
        }
        // Weak aliases open no alert: without another name nothing would be looked for.
        let opens = |named: &Named| named.quality.opens_alert() && named.name.says_something();
        if names.iter().any(opens) { Ok(names) } else { Err(NotScreened::NoName) }
    }

    /// A name with a legal form is a company's, whatever kind was recorded: read as one too, so
    /// that a wrong kind does not turn the form into a word that stands against the name.
    fn as_organisation(&self, party: &Party, name: &PartyName) -> Option<Named> {
        if party.kind.is_none_or(PartyKind::is_organisation) {
            return None;
        }
        let read = analyse(&name.text, None, &self.config.names).ok()?;
        let formal = read.tokens.iter().any(|token| token.kind == TokenKind::LegalForm);
        formal.then(|| self.named(read, name.quality))
    }

    /// Names that cannot be analysed were reported when the index was built.
    fn analyse_listed(&self, listing: &Listing) -> Vec<Named> {
        let kind = listing.party.kind;
        let read = |text: &str| analyse(text, kind, &self.listed_names).ok();
        let names = listing.party.names.iter();
        names.filter_map(|n| Some(self.named(read(&n.text)?, n.quality))).collect()
    }

    fn named(&self, name: AnalysedName, quality: NameQuality) -> Named {
        Named { quality, name: name.weigh(&self.weights, &self.config.names) }
    }

    /// The one path to a score and its reasons.
    fn assess(
        &self,
        ours: &Party,
        names: &[Named],
        listing: &Arc<Listing>,
        listed_names: &[Named],
    ) -> Option<Match> {
        let evidence = &self.config.evidence;
        let theirs = &listing.party;
        let identifier = identifiers(&ours.identifiers, &theirs.identifiers, evidence);
        let settled = identifier.as_ref().is_some_and(|f| f.verdict == Agreement::Agree);
        // Only an identifier makes a candidate of names that are less alike; then any pair will do.
        let likely = self.config.bands.likely;
        let floors = if settled { (0.0, 0.0) } else { (self.least_name_score, likely) };
        let (opening, weak) = self.best_pairs(names, listed_names, floors);
        let best = opening.or_else(|| weak.clone().filter(|_| settled));
        if best.is_none() && !settled {
            return None;
        }
        let supported = weak.is_some_and(|pair| pair.compared.score >= likely);
        let findings = Findings {
            name: best.as_ref().map(|best| self.name_finding(best, supported)),
            weak_alias: supported,
            birth_date: births(&ours.birth_dates, &theirs.birth_dates, evidence),
            country: countries(ours, theirs, evidence),
            gender: gender(ours, theirs, evidence),
            identifier,
            kind: kind(ours, theirs, evidence),
            address: addresses(ours, theirs, evidence),
        };
        let (score, features) = confidence(&findings, evidence);
        let band = band(score, &self.config.bands)?;
        let name = NamePair {
            query: best.as_ref().map_or(ours.caption(), |b| &b.ours.name.text).to_owned(),
            matched: best.as_ref().map_or(theirs.caption(), |b| &b.listed.name.text).to_owned(),
            quality: best.as_ref().map_or(NameQuality::Primary, |b| b.listed.quality),
        };
        let pairs = best.map(|b| b.compared.alignment).unwrap_or_default();
        let alignment = pairs.into_iter().map(token_pair).collect();
        Some(Match { listing: Arc::clone(listing), name, score, band, features, alignment })
    }

    /// The best pair of names that may open an alert, and the best of the others; of each, only
    /// pairs that reach its floor. Of equal ones the first counts.
    fn best_pairs<'a>(
        &'a self,
        ours: &'a [Named],
        listed: &'a [Named],
        floors: (f64, f64),
    ) -> (Option<BestPair<'a>>, Option<BestPair<'a>>) {
        let (mut opening, mut weak): (Option<BestPair<'a>>, Option<BestPair<'a>>) = (None, None);
        let mut comparer = Comparer::new(&self.config.names);
        for ours in ours {
            for listed in listed {
                let opens = ours.quality.opens_alert() && listed.quality.opens_alert();
                let (slot, floor) =
                    if opens { (&mut opening, floors.0) } else { (&mut weak, floors.1) };
                let best = slot.as_ref().map(|best| best.compared.score);
                // No score is above 1: nothing can take the place of the same name.
                if best.is_some_and(|best| best >= 1.0) {
                    continue;
                }
                let from = best.unwrap_or(floor);
                let compared = comparer.compare_from(from, &ours.name, &listed.name);
                let better = compared.filter(|found| best.is_none_or(|best| found.score > best));
                if let Some(compared) = better.map(|found| found.explained()) {
                    *slot = Some(BestPair { ours, listed, compared });
                }
            }
        }
        (opening, weak)
    }

    fn name_finding(&self, best: &BestPair<'_>, supported: bool) -> Finding {
        let share = best.compared.score;
        let agrees = share >= self.config.evidence.name_floor;
        let verdict = if agrees { Agreement::Agree } else { Agreement::Conflict };
        let mut note = match share {
            s if s >= 1.0 => "the same name".to_owned(),
            s => format!("names {:.0} % alike", s * 100.0),
        };
        if supported {
            note.push_str("; a weak alias agrees as well");
        }
        let (query, candidate) = (best.ours.name.text.clone(), best.listed.name.text.clone());
        Finding { verdict, share, query, candidate, note }
    }
}

fn sort(matches: &mut [Match]) {
    matches.sort_by(|a, b| {
        let reference = |m: &Match| (m.listing.list.clone(), m.listing.id.clone());
        b.score.total_cmp(&a.score).then_with(|| reference(a).cmp(&reference(b)))
    });
}

impl List {
    fn candidates(
        &self,
        party: &Party,
        names: &[Named],
        config: &MatchConfig,
    ) -> Result<BTreeSet<usize>, NotScreened> {
        let failed = |error: IndexError| NotScreened::Index {
            list: self.name.clone(),
            reason: error.to_string(),
        };
        let mut found = self.index.holders(&party.identifiers).map_err(failed)?;
        for named in names.iter().filter(|named| named.quality.opens_alert()) {
            let more = self.index.candidates(&named.name, &config.retrieval).map_err(failed)?;
            found.extend(more);
        }
        Ok(found)
    }

    fn analysed(&self, ordinal: usize, screener: &Screener) -> &[Named] {
        let pair = self.analysed.get(ordinal).zip(self.listings.get(ordinal));
        pair.map_or(&[], |(cell, listing)| cell.get_or_init(|| screener.analyse_listed(listing)))
    }
}

fn token_pair(pair: AlignedTokens) -> TokenPair {
    TokenPair {
        query: pair.left,
        candidate: pair.right,
        kind: pair.kind.as_str().to_owned(),
        similarity: (pair.similarity * 10_000.0).round() / 10_000.0,
    }
}
