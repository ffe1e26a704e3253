//! Decides what a name consists of: text in, typed tokens out, once per name.
//!
//! NFKC, case and accents folded, Cyrillic and Greek transliterated, "LAST, First" of persons put
//! in the order spoken, titles, particles, initials, numerals and legal forms typed. A name over
//! the limits is a typed problem, never cut in silence.

use super::NameConfig;
use super::legal_form::type_legal_forms;
use super::rarity::{TokenWeights, rarity_by_length};
use super::split::raw_tokens;
use super::token::{Token, TokenKind};
use super::words::words;
use crate::party::PartyKind;

/// A name as comparable tokens.
#[derive(Debug, Clone, PartialEq)]
pub struct AnalysedName {
    /// The name as written.
    pub text: String,
    /// Kind of the party that bears it, when known.
    pub kind: Option<PartyKind>,
    /// Tokens in spoken order; never empty, at least one with weight.
    pub tokens: Vec<Token>,
}

/// Why a name could not be analysed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NameProblem {
    /// No letter and no digit.
    #[error("expected a name, found no letter or digit")]
    NoName,
    /// Over a limit.
    #[error("expected at most {limit} {unit}, found {found}")]
    TooLong {
        /// Length found.
        found: usize,
        /// What was counted: "characters" or "words".
        unit: &'static str,
        /// The limit.
        limit: usize,
    },
}

/// Analyses one name. `kind` decides what single letters, titles and commas mean; `None` is read
/// as an organisation whose single letters may be initials.
///
/// Rarity is set by length and the generic-word table; [`AnalysedName::weigh`] replaces it by
/// counts.
///
/// # Errors
/// [`NameProblem`] when there is nothing to compare or more than the limits of `config`.
pub fn analyse(
    text: &str,
    kind: Option<PartyKind>,
    config: &NameConfig,
) -> Result<AnalysedName, NameProblem> {
    let found = text.chars().count();
    if found > config.max_characters {
        let limit = config.max_characters;
        return Err(NameProblem::TooLong { found, unit: "characters", limit });
    }
    let person = kind == Some(PartyKind::Person);
    let spoken = if person { spoken_order(text) } else { text.to_owned() };
    let raw = raw_tokens(&spoken, person);
    if raw.is_empty() {
        return Err(NameProblem::NoName);
    }
    if raw.len() > config.max_tokens {
        let (found, limit) = (raw.len(), config.max_tokens);
        return Err(NameProblem::TooLong { found, unit: "words", limit });
    }
    let mut tokens = match kind {
        Some(PartyKind::Person) => type_person(raw),
        Some(PartyKind::Vessel | PartyKind::Aircraft) => type_vessel(raw),
        _ => type_organisation(raw, kind.is_none()),
    };
    for token in &mut tokens {
        token.rarity = rarity_by_length(token, config);
        token.settle();
    }
    Ok(AnalysedName { text: text.to_owned(), kind, tokens })
}

impl AnalysedName {
    /// Replaces rarity by what the lists' own corpus says.
    #[must_use]
    pub fn weigh(mut self, weights: &TokenWeights, config: &NameConfig) -> Self {
        for token in &mut self.tokens {
            token.rarity = weights.rarity(token, config);
        }
        self
    }

    /// Whether anything in the name can tell one party from another: a word, a numeral or an
    /// initial, not a legal form, title or particle alone.
    #[must_use]
    pub fn says_something(&self) -> bool {
        let tells =
            |kind| matches!(kind, TokenKind::Word | TokenKind::Numeral | TokenKind::Initial);
        self.tokens.iter().any(|token| tells(token.kind))
    }

    /// Key under which two names meet whatever their order: the folded words, sorted. Legal forms
    /// and titles are not in it, unless there is nothing else.
    #[must_use]
    pub fn exact_key(&self) -> String {
        let mut words = self.naming_words();
        words.sort_unstable();
        words.join(" ")
    }

    /// Key under which two names meet whatever their spaces: the folded words run together.
    #[must_use]
    pub fn joined_key(&self) -> String {
        self.naming_words().concat()
    }

    fn naming_words(&self) -> Vec<&str> {
        let beside = |t: &&Token| !matches!(t.kind, TokenKind::LegalForm | TokenKind::Title);
        self.tokens.iter().filter(beside).map(|t| t.folded.as_str()).collect()
    }
}

/// "LAST, First" of the lists becomes "First LAST"; a second comma stays where it is.
fn spoken_order(text: &str) -> String {
    match text.split_once([',', '،']) {
        Some((last, first)) if !first.trim().is_empty() => format!("{first} {last}"),
        _ => text.to_owned(),
    }
}

/// Types all tokens by `rule`, unless that would leave no word to name the party by.
fn typed(raw: Vec<Token>, rule: impl Fn(usize, &Token) -> TokenKind) -> Vec<Token> {
    let kinds: Vec<TokenKind> =
        raw.iter().enumerate().map(|(place, token)| rule(place, token)).collect();
    let names = |kind: &TokenKind| matches!(kind, TokenKind::Word | TokenKind::Numeral);
    let keep = kinds.iter().any(names);
    raw.into_iter()
        .zip(kinds)
        .map(|(token, kind)| match kind {
            TokenKind::Numeral => numeral(token),
            TokenKind::Particle if keep => {
                let folded = words().particle(&token.folded);
                Token { folded, key: String::new(), ..token.of_kind(kind) }
            }
            kind if keep => token.of_kind(kind),
            _ => token,
        })
        .collect()
}

/// A numeral is compared by value: leading zeros go.
fn numeral(token: Token) -> Token {
    let digits = roman_value(&token.folded).unwrap_or_else(|| token.folded.clone());
    let value = digits.trim_start_matches('0');
    let folded = if value.is_empty() { "0".to_owned() } else { value.to_owned() };
    Token { folded, ..token.of_kind(TokenKind::Numeral) }
}

fn is_number(token: &Token) -> bool {
    token.folded.bytes().all(|b| b.is_ascii_digit())
}

/// "Abd al-" is the first half of one given name, written "Abdul" by others.
fn join_abd_al(raw: Vec<Token>) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::with_capacity(raw.len());
    for token in raw {
        match out.last_mut() {
            Some(last)
                if last.folded == "abd" && matches!(token.folded.as_str(), "al" | "el" | "ul") =>
            {
                let text = format!("{} {}", last.text, token.text);
                *last = Token::word(text, "abdul".to_owned(), true, token.tied);
            }
            _ => out.push(token),
        }
    }
    out
}

fn type_person(raw: Vec<Token>) -> Vec<Token> {
    let raw = join_abd_al(raw);
    let table = words();
    let title = |t: &Token| table.titles.contains(&t.folded);
    let suffix = |t: &Token| table.suffixes.contains(&t.folded);
    let leading = raw.iter().take_while(|t| title(t)).count();
    let trailing = raw.len() - raw.iter().rev().take_while(|t| suffix(t)).count();
    typed(raw, |place, token| match () {
        () if place < leading || place >= trailing => TokenKind::Title,
        () if is_number(token) => TokenKind::Numeral,
        () if is_particle(token) => TokenKind::Particle,
        () if is_letter(token) => TokenKind::Initial,
        () => TokenKind::Word,
    })
}

fn type_organisation(raw: Vec<Token>, may_be_person: bool) -> Vec<Token> {
    let table = words();
    let last = raw.len().saturating_sub(1);
    let tokens = typed(raw, |place, token| match () {
        () if is_number(token) => TokenKind::Numeral,
        () if place > 0 && is_roman(token, place == last) => TokenKind::Numeral,
        () if may_be_person && is_letter(token) => TokenKind::Initial,
        () => TokenKind::Word,
    });
    // Legal forms before links: "GmbH and Co KG", "Societe a responsabilite limitee".
    let tokens = type_legal_forms(tokens);
    typed(tokens, |_, token| match token.kind {
        TokenKind::Word if table.company_links.contains(&token.folded) || is_particle(token) => {
            TokenKind::Particle
        }
        kind => kind,
    })
}

fn type_vessel(raw: Vec<Token>) -> Vec<Token> {
    let last = raw.len().saturating_sub(1);
    typed(raw, |place, token| match () {
        () if place == 0 && words().vessel_prefixes.contains(&token.folded) => TokenKind::Title,
        () if is_number(token) || (place > 0 && is_roman(token, place == last)) => {
            TokenKind::Numeral
        }
        () => TokenKind::Word,
    })
}

fn is_particle(token: &Token) -> bool {
    let table = words();
    table.particles.contains(&token.folded)
        || (token.tied && table.hyphenated_particles.contains(&token.folded))
}

fn is_letter(token: &Token) -> bool {
    token.length == 1 && token.folded.bytes().all(|b| b.is_ascii_alphabetic())
}

/// Roman numerals from 2 to 39; a single letter only at the end of the name ("Fund V").
fn is_roman(token: &Token, last: bool) -> bool {
    (token.length > 1 || last) && roman_value(&token.folded).is_some()
}

fn roman_value(folded: &str) -> Option<String> {
    let digit = |c| match c {
        'i' => Some(1),
        'v' => Some(5),
        'x' => Some(10),
        _ => None,
    };
    let digits: Vec<i32> = folded.chars().take(16).map(digit).collect::<Option<_>>()?;
    let next = |place: usize| digits.get(place + 1).copied().unwrap_or(0);
    let signed = |(place, digit): (usize, &i32)| if *digit < next(place) { -digit } else { *digit };
    let value = digits.iter().enumerate().map(signed).sum::<i32>();
    // Only the standard writing counts: "iix" or "vv" is no numeral.
    (roman(value) == folded).then(|| value.to_string())
}

fn roman(mut value: i32) -> String {
    let mut text = String::new();
    for (size, letters) in [(10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")] {
        while value >= size {
            text.push_str(letters);
            value -= size;
        }
    }
    text
}
