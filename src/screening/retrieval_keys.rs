//! Decides under which keys a name is stored and looked up. Both sides make them the same way.

use crate::names::{AnalysedName, TokenKind};
use crate::party::{Checksum, Identifier, Scheme};
use std::collections::BTreeSet;

/// The keys of one name, each once.
#[derive(Debug, Default, PartialEq)]
pub(super) struct RetrievalKeys {
    /// The whole name: words sorted, and words run together.
    pub(super) exact: BTreeSet<String>,
    /// Its naming words.
    pub(super) words: BTreeSet<String>,
    /// Neighbouring words run together.
    pub(super) pairs: BTreeSet<String>,
    /// Trigrams of its words, with marks for start and end.
    pub(super) grams: BTreeSet<String>,
    /// Consonants of its words; the word itself where it is short or not Latin.
    pub(super) skeletons: BTreeSet<String>,
}

impl RetrievalKeys {
    /// The keys of a name. Legal forms and titles give none, unless they are all there is.
    pub(super) fn of(name: &AnalysedName) -> Self {
        let mut keys = Self::default();
        keys.exact.insert(format!("={}", name.exact_key()));
        keys.exact.insert(format!("+{}", name.joined_key()));
        let beside = |kind| !matches!(kind, TokenKind::LegalForm | TokenKind::Title);
        let naming: Vec<_> = name.tokens.iter().filter(|t| beside(t.kind)).collect();
        for token in &naming {
            keys.words.insert(token.folded.clone());
            if token.kind == TokenKind::Initial {
                continue;
            }
            keys.grams.extend(trigrams(&token.folded));
            let skeleton = token.skeleton();
            let key = if skeleton.is_empty() { &token.folded } else { skeleton };
            keys.skeletons.insert(key.to_owned());
        }
        for pair in naming.windows(2) {
            if let [first, second] = pair {
                keys.pairs.insert(format!("{}{}", first.folded, second.folded));
            }
        }
        keys
    }
}

fn trigrams(word: &str) -> Vec<String> {
    let padded: Vec<char> = format!("^{word}$").chars().collect();
    padded.windows(3).map(|gram| gram.iter().collect()).collect()
}

/// Key of an identifier that can settle an identity; `None` for one that cannot. Schemes under
/// which lists write the same number share a key.
pub(super) fn identifier_key(number: &Identifier) -> Option<String> {
    let text = number.normalised();
    let invalid = matches!(number.checksum(), Checksum::Invalid(_));
    if !number.scheme.is_strong() || invalid || text.chars().count() < 4 {
        return None;
    }
    Some(format!("{}:{text}", family(number.scheme).label()))
}

/// The register a scheme's numbers are compared in: lists write a tax number under any tax scheme.
pub(super) fn family(scheme: Scheme) -> Scheme {
    match scheme {
        Scheme::Inn | Scheme::Tax | Scheme::Vat => Scheme::Tax,
        Scheme::Ogrn | Scheme::Registration => Scheme::Registration,
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::super::MatchConfig;
    use super::*;
    use crate::names::analyse;
    use crate::party::PartyKind;

    fn keys(name: &str, kind: PartyKind) -> RetrievalKeys {
        RetrievalKeys::of(&analyse(name, Some(kind), &MatchConfig::embedded().names).unwrap())
    }

    #[test]
    fn order_spaces_and_legal_form_do_not_change_the_exact_keys() {
        let exact = |name, kind| keys(name, kind).exact;
        assert_eq!(exact("VARGA, Ilya", PartyKind::Person), exact("Ilya Varga", PartyKind::Person));
        assert_eq!(exact("SIS DOO", PartyKind::Company), exact("SIS d.o.o.", PartyKind::Company));
        let apart = exact("Aero Nordica", PartyKind::Company);
        assert_eq!(apart.intersection(&exact("AERONORDICA", PartyKind::Company)).count(), 1);
    }

    #[test]
    fn an_identifier_that_is_weak_or_invalid_has_no_key() {
        assert!(identifier_key(&Identifier::new(Scheme::Lei, "5493001KJTIIGC8Y1R12")).is_some());
        assert!(identifier_key(&Identifier::new(Scheme::Lei, "5493001KJTIIGC8Y1R13")).is_none());
        assert!(identifier_key(&Identifier::new(Scheme::Iban, "DE89370400440532013000")).is_none());
        let inn = identifier_key(&Identifier::new(Scheme::Inn, "7707083893"));
        assert_eq!(inn, identifier_key(&Identifier::new(Scheme::Tax, "7707083893")));
    }
}
