//! Decides how matches are read: under the party of ours they are about, the surest first, and
//! within each the conflicts before what agrees, because a conflict is what decides.

use super::{Label, counted, in_words, party_label};
use crate::dossier::{Dossier, ListLine};
use crate::party::NameQuality;
use crate::redflag::{Evidence, MatchLine};
use crate::screening::{Agreement, Band, Feature, TokenPair};
use std::cmp::{Ordering, Reverse};
use std::collections::BTreeMap;

/// The matches of one party of ours.
#[derive(Debug)]
pub(crate) struct MatchGroup<'a> {
    /// Our party.
    pub(crate) party: Label,
    /// What it is to the subject, in words.
    pub(crate) role: String,
    /// Its matches, the surest first.
    pub(crate) matches: Vec<MatchView<'a>>,
}

/// A match as the page shows it.
#[derive(Debug)]
pub(crate) struct MatchView<'a> {
    /// The match.
    pub(crate) line: &'a MatchLine,
    /// Its place on the page, from 1.
    pub(crate) number: usize,
    /// The score in words.
    pub(crate) words: &'static str,
    /// Class of the band.
    pub(crate) class: &'static str,
    /// The score with four decimals.
    pub(crate) score: String,
    /// Length of the score's bar, of 100.
    pub(crate) bar: u32,
    /// "1 conflict · 3 agree · 2 missing".
    pub(crate) balance: String,
    /// Number of conflicts.
    pub(crate) conflicts: usize,
    /// Title of the list and its edition.
    pub(crate) list: String,
    /// What the entry means, in words.
    pub(crate) topics: String,
    /// How the publisher qualifies the name.
    pub(crate) quality: &'static str,
    /// Evidence, conflicts first.
    pub(crate) features: Vec<FeatureView<'a>>,
    /// The names token by token.
    pub(crate) tokens: Vec<TokenView<'a>>,
    /// The entry's own facts.
    pub(crate) entry: Vec<EntryView<'a>>,
    /// Whether it is shown unfolded.
    pub(crate) open: bool,
}

/// A piece of evidence.
#[derive(Debug)]
pub(crate) struct FeatureView<'a> {
    /// The evidence.
    pub(crate) feature: &'a Feature,
    /// Its name in words.
    pub(crate) name: String,
    /// What it says, with a mark.
    pub(crate) verdict: &'static str,
    /// Class of the row.
    pub(crate) class: &'static str,
    /// What it added to the score, signed; empty when nothing.
    pub(crate) weight: String,
}

/// A fact of the entry.
#[derive(Debug)]
pub(crate) struct EntryView<'a> {
    /// What, in words.
    pub(crate) fact: String,
    /// The fact.
    pub(crate) evidence: &'a Evidence,
    /// Its source, when it is not the entry itself.
    pub(crate) source: &'a str,
}

/// An aligned pair of name tokens.
#[derive(Debug)]
pub(crate) struct TokenView<'a> {
    /// The pair.
    pub(crate) pair: &'a TokenPair,
    /// How they go together, in words.
    pub(crate) kind: String,
    /// Class of the column.
    pub(crate) class: &'static str,
    /// Similarity with two decimals; empty when one side has no partner.
    pub(crate) similarity: String,
}

/// All matches by party of ours; the party with the surest match first.
pub(crate) fn match_groups(dossier: &Dossier) -> Vec<MatchGroup<'_>> {
    let lists: BTreeMap<&str, &ListLine> =
        dossier.certificate.lists.iter().map(|line| (line.list.as_str(), line)).collect();
    let mut lines: Vec<&MatchLine> = dossier.assessment.matches.iter().collect();
    lines.sort_by(|a, b| surest_first(a, b));
    let mut groups: Vec<MatchGroup<'_>> = Vec::new();
    let mut place: BTreeMap<&str, usize> = BTreeMap::new();
    for line in lines {
        let at = *place.entry(&line.party).or_insert(groups.len());
        if at == groups.len() {
            groups.push(MatchGroup {
                party: party_label(dossier, &line.party),
                role: in_words(&line.role),
                matches: Vec::new(),
            });
        }
        if let Some(group) = groups.get_mut(at) {
            group.matches.push(match_view(line, &lists));
        }
    }
    for (i, view) in groups.iter_mut().flat_map(|group| &mut group.matches).enumerate() {
        view.number = i + 1;
    }
    groups
}

fn surest_first(a: &MatchLine, b: &MatchLine) -> Ordering {
    Reverse(a.band)
        .cmp(&Reverse(b.band))
        .then(b.score.total_cmp(&a.score))
        .then_with(|| (&a.party, &a.listing).cmp(&(&b.party, &b.listing)))
}

fn match_view<'a>(line: &'a MatchLine, lists: &BTreeMap<&str, &ListLine>) -> MatchView<'a> {
    let count = |verdict| line.features.iter().filter(|f| f.verdict == verdict).count();
    let conflicts = count(Agreement::Conflict);
    let mut features: Vec<&Feature> = line.features.iter().collect();
    features.sort_by_key(|feature| reading_order(feature.verdict));
    MatchView {
        line,
        number: 0,
        words: band_words(line.band),
        class: band_class(line.band),
        score: format!("{:.4}", line.score),
        bar: bar_percent(line.score),
        balance: format!(
            "{} · {} agree · {} missing",
            counted(conflicts, "conflict", "conflicts"),
            count(Agreement::Agree),
            count(Agreement::Missing)
        ),
        conflicts,
        list: list_words(line, lists),
        topics: line.topics.iter().map(|t| topic_words(t.code())).collect::<Vec<_>>().join(", "),
        quality: quality_words(line.name.quality),
        features: features.into_iter().map(feature_view).collect(),
        tokens: line.alignment.iter().map(token_view).collect(),
        entry: line.entry.iter().map(|evidence| entry_view(line, evidence)).collect(),
        open: line.band >= Band::Likely,
    }
}

fn list_words(line: &MatchLine, lists: &BTreeMap<&str, &ListLine>) -> String {
    match lists.get(line.list.as_str()) {
        Some(list) if list.published.is_empty() => {
            format!("{}, retrieved {}", list.title, list.retrieved)
        }
        Some(list) => format!("{}, edition of {}", list.title, list.published),
        None => line.list.clone(),
    }
}

fn entry_view<'a>(line: &MatchLine, evidence: &'a Evidence) -> EntryView<'a> {
    let own = evidence.source == line.list || evidence.source == line.listing;
    let source = if own { "" } else { evidence.source.as_str() };
    EntryView { fact: in_words(&evidence.fact), evidence, source }
}

fn feature_view(feature: &Feature) -> FeatureView<'_> {
    let (verdict, class) = match feature.verdict {
        Agreement::Agree => ("✓ agree", "agree"),
        Agreement::Conflict => ("✕ CONFLICT", "conflict"),
        Agreement::Missing => ("– missing", "missing"),
    };
    let weight = format!("{:+.2}", feature.weight).replace('-', "−");
    let weight =
        if matches!(weight.as_str(), "+0.00" | "−0.00") { String::new() } else { weight };
    FeatureView { feature, name: in_words(&feature.feature), verdict, class, weight }
}

fn token_view(pair: &TokenPair) -> TokenView<'_> {
    let alone = pair.query.is_empty() || pair.candidate.is_empty();
    let class = match (alone, pair.kind.as_str()) {
        (true, _) => "t-alone",
        (false, "exact") => "t-exact",
        (false, _) => "t-near",
    };
    let similarity = if alone { String::new() } else { format!("{:.2}", pair.similarity) };
    TokenView { pair, kind: pair.kind.replace('_', " "), class, similarity }
}

fn reading_order(verdict: Agreement) -> u8 {
    match verdict {
        Agreement::Conflict => 0,
        Agreement::Agree => 1,
        Agreement::Missing => 2,
    }
}

fn band_words(band: Band) -> &'static str {
    match band {
        Band::Strong => "Strong: very probably them",
        Band::Likely => "Likely: probably them",
        Band::Possible => "Possible: worth a look",
    }
}

fn band_class(band: Band) -> &'static str {
    match band {
        Band::Strong => "b-strong",
        Band::Likely => "b-likely",
        Band::Possible => "b-possible",
    }
}

fn quality_words(quality: NameQuality) -> &'static str {
    match quality {
        NameQuality::Primary => "primary name",
        NameQuality::Alias => "alias",
        NameQuality::Native => "name in its own script",
        NameQuality::Former => "former name",
        NameQuality::WeakAlias => "weak alias",
    }
}

fn topic_words(code: &str) -> &str {
    match code {
        "sanction" => "sanctioned",
        "debarment" => "debarred",
        "role.pep" => "public office",
        "role.rca" => "close to a public office holder",
        "gov" => "government body",
        "gov.soe" => "state-owned",
        other => other,
    }
}

/// The score as a whole percentage for the bar's length; 0 for what is not a score.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0..=100")]
fn bar_percent(score: f64) -> u32 {
    (score.clamp(0.0, 1.0) * 100.0).round() as u32
}

#[cfg(test)]
mod tests {
    use super::bar_percent;

    #[test]
    fn the_bar_stays_inside_its_frame() {
        assert_eq!([-1.0, 0.0, 0.8349, 1.0, 7.0].map(bar_percent), [0, 0, 83, 100, 100]);
        assert_eq!(bar_percent(f64::NAN), 0);
    }
}
