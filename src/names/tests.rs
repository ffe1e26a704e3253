//! Names as they are met, each with the reason why it must or must not match. All are fictional.

use super::*;
use crate::party::PartyKind::{self, Company, Organization, Person, Vessel};
use proptest::prelude::*;

/// Name score at which a name alone reaches the alert threshold: `possible` ÷ `exact_name`.
const ALERT: f64 = 0.65 / 0.82;

pub(super) fn config() -> NameConfig {
    let file: toml::Table = toml::from_str(include_str!("../../config/matching.toml")).unwrap();
    file["names"].clone().try_into().unwrap()
}

fn named(text: &str, kind: PartyKind) -> AnalysedName {
    analyse(text, Some(kind), &config()).unwrap()
}

fn score(kind: PartyKind, a: &str, b: &str) -> f64 {
    compare(&named(a, kind), &named(b, kind), &config()).score
}

#[test]
fn spellings_of_one_name_are_the_same_name() {
    let cases = [
        (Company, "SIS DOO", "SIS d.o.o."),      // E-01: legal form
        (Company, "ООО Берёзка", "OOO Berezka"), // script and form together
        (Person, "VARGA, Ilya Ivanovich", "Ilya Ivanovich Varga"), // OFAC's order
        (Person, "José Núñez", "JOSE NUNEZ"),    // accents, case
        (Person, "Dr. Łukasz Brzęk", "Lukasz Brzek"), // title, letter that does not decompose
        (Person, "Aidan O’Mallon", "Aidan OMallon"), // apostrophe
        (Person, "Hamid AL-RAYSI", "Hamid Alraysi"), // joined article
        (Company, "AERONORDICA", "AERO-NORDICA"), // joined words
        (Company, "A.B.Z. Works", "ABZ Works"),  // dotted abbreviation
        (Vessel, "MV Amber Spirit", "AMBER SPIRIT"), // ship's prefix
        (Company, "Orbis & Sons", "Orbis and Sons"), // and
        (Company, "Fund III Orbis", "Fund 3 Orbis"), // Roman and Arabic numerals
    ];
    for (kind, a, b) in cases {
        assert!((score(kind, a, b) - 1.0).abs() < 1e-9, "{a} / {b}: {}", score(kind, a, b));
    }
}

#[test]
fn variants_of_one_name_reach_the_alert_threshold() {
    let cases = [
        (Person, "VARGA ILYA", "Ilya Varga"),             // E-11: order
        (Person, "Sergey Tarakov", "Serguei Tarakow"),    // transliteration standards
        (Person, "Сергій Таракiв", "Serhii Tarakiv"),     // a Latin i among Cyrillic letters
        (Person, "Юрий Щербинский", "Yury Shcherbinsky"), // -iy and -y
        (Person, "Mohamed Al Sayari", "Muhammad Al-Sayyari"), // Arabic vowels, doubled letters
        (Person, "Usama Nasrani", "Osama Nasrani"),       // first letter differs
        (Person, "Ilya Ivanovich Varga", "Ilya Varga"),   // patronymic left out
        (Person, "J. Brandmark", "Jonas Brandmark"),      // initial
        (Person, "Tomas Lindeman", "Tomas Lindemann"),    // doubled letter
        (Person, "Abd al-Karim Dosari", "Abdul Karim Dosari"), // two ways to write one article
        (Company, "Zenit Vega Telecom", "Zenit-Vega"),    // E-05: listed name inside a longer one
        (Company, "Orbimax Aktiengeselschaft", "Orbimax AG"), // misspelt legal form
        (Organization, "Institut of Orbital Mechanics", "Institute of Orbital Mechanics"),
    ];
    for (kind, a, b) in cases {
        assert!(score(kind, a, b) >= ALERT, "{a} / {b}: {}", score(kind, a, b));
    }
}

#[test]
fn different_names_stay_below_the_alert_threshold() {
    let cases = [
        (Person, "Ilya Varga", "Ilya Petrescu"), // only the given name
        (Person, "Varga", "Ilya Varga"),         // only the family name
        (Person, "A Brandmark", "Jonas Brandmark"), // another initial
        (Person, "Omar Sayari Hassan Tulaybi", "Omar Sayari Hassan Nadiri"), // last of four differs
        (Person, "Kim Yo Han", "Kim Yo Min"),    // short words must be exact
        (Company, "11420 CORP", "20411 CORP"),   // E-12: numerals are the name
        (Company, "11420 CORP", "ORBIS CORP"),
        (Company, "Orbis Fund II", "Orbis Fund III"), // another fund
        (Company, "Orbis Fund", "Orbis Fund II"),
        (Company, "Volkert Aktiengesellschaft", "Simmens Aktiengesellschaft"), // form alone
        (Company, "General Trading International LLC", "International Trading Group LLC"),
        (Company, "Management Company", "Westmere Management Company"),
    ];
    for (kind, a, b) in cases {
        assert!(score(kind, a, b) < ALERT, "{a} / {b}: {}", score(kind, a, b));
    }
}

#[test]
fn a_shared_rare_word_says_more_than_a_shared_common_one() {
    let mut weights = TokenWeights::default();
    weights.add(10_000, [("varga".to_owned(), 5_000), ("quillon".to_owned(), 1)]);
    let weighed = |text| named(text, Person).weigh(&weights, &config());
    let score = |a, b| compare(&weighed(a), &weighed(b), &config()).score;
    assert!(score("Ilya Quillon", "Marek Quillon") > score("Ilya Varga", "Marek Varga"));
}

#[test]
fn tokens_are_typed() {
    let kinds = |text, kind| named(text, kind).tokens.iter().map(|t| t.kind).collect::<Vec<_>>();
    use TokenKind::{Initial, LegalForm, Numeral, Particle, Title, Word};
    assert_eq!(kinds("Haji J. van Dorn Jr.", Person), [Title, Initial, Particle, Word, Title]);
    assert_eq!(kinds("Orbis 7 of Nova Ltd", Company), [Word, Numeral, Particle, Word, LegalForm]);
    // Titles and particles that are all there is are the name.
    assert_eq!(kinds("Sheikh", Person), [Word]);
    assert_eq!(kinds("De La", Person), [Word, Word]);
}

#[test]
fn limits_and_empty_names_are_typed_problems() {
    let problem = |text: &str| analyse(text, Some(Person), &config()).unwrap_err();
    for text in ["", "  ", "—", "\u{202e}\u{200b}", "\u{301}\u{301}", "'’"] {
        assert_eq!(problem(text), NameProblem::NoName, "{text:?}");
    }
    let long = "a".repeat(513);
    assert_eq!(problem(&long), NameProblem::TooLong { found: 513, unit: "characters", limit: 512 });
    assert_eq!(
        problem(&"ab ".repeat(33)),
        NameProblem::TooLong { found: 33, unit: "words", limit: 32 }
    );
    assert!(matches!(problem(&"word ".repeat(10_000)), NameProblem::TooLong { .. }));
}

#[test]
fn hostile_names_within_the_limits_compare_in_bounded_work() {
    let hostile = [
        "a".repeat(512),
        "a ".repeat(32),
        format!("x{}", "\u{301}".repeat(500)),
        "\u{202e}ilya\u{202c} \u{2066}varga\u{2069}".to_owned(),
        "а a α ａ ա".to_owned(),
        "\u{fdfa}".repeat(28),
        "(((((ilya))))) ,,,,, varga".to_owned(),
        ",".to_owned() + "ilya,,",
    ];
    for a in &hostile {
        for b in &hostile {
            for kind in PartyKind::ALL {
                let pair = [a, b].map(|text| analyse(text, Some(kind), &config()));
                if let [Ok(a), Ok(b)] = pair {
                    let compared = compare(&a, &b, &config());
                    assert!((0.0..=1.0).contains(&compared.score));
                }
            }
        }
    }
}

fn any_name() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        "[a-z]{1,9}",
        Just("al".to_owned()),
        Just("LLC".to_owned()),
        Just("II".to_owned()),
        Just("2004".to_owned()),
        Just("Мухаммад".to_owned()),
        Just("محمد".to_owned()),
        "\\PC{1,4}",
    ];
    proptest::collection::vec(word, 1..7).prop_map(|words| words.join(" "))
}

fn any_kind() -> impl Strategy<Value = Option<PartyKind>> {
    prop_oneof![Just(None), Just(Some(Person)), Just(Some(Company)), Just(Some(Vessel))]
}

proptest! {
    #[test]
    fn comparing_is_symmetric_and_in_range(a in any_name(), b in any_name(), kind in any_kind()) {
        let config = config();
        if let (Ok(a), Ok(b)) = (analyse(&a, kind, &config), analyse(&b, kind, &config)) {
            let (there, back) = (compare(&a, &b, &config), compare(&b, &a, &config));
            prop_assert!((0.0..=1.0).contains(&there.score));
            prop_assert!((there.score - back.score).abs() < 1e-12);
        }
    }

    #[test]
    fn a_name_is_the_same_as_itself(a in any_name(), kind in any_kind()) {
        let config = config();
        if let Ok(name) = analyse(&a, kind, &config) {
            prop_assert!((compare(&name, &name, &config).score - 1.0).abs() < 1e-12);
        }
    }

    #[test]
    fn every_token_is_in_exactly_one_pair(a in any_name(), b in any_name(), kind in any_kind()) {
        let config = config();
        if let (Ok(a), Ok(b)) = (analyse(&a, kind, &config), analyse(&b, kind, &config)) {
            let pairs = compare(&a, &b, &config).alignment;
            let words = |texts: Vec<&str>| {
                let mut words: Vec<String> =
                    texts.iter().flat_map(|t| t.split(' ')).filter(|t| !t.is_empty()).map(str::to_owned).collect();
                words.sort();
                words
            };
            let own = |name: &AnalysedName| words(name.tokens.iter().map(|t| t.text.as_str()).collect());
            prop_assert_eq!(words(pairs.iter().map(|p| p.left.as_str()).collect()), own(&a));
            prop_assert_eq!(words(pairs.iter().map(|p| p.right.as_str()).collect()), own(&b));
        }
    }

    #[test]
    fn no_two_names_are_more_alike_than_their_bound(
        a in any_name(), b in any_name(), swap in any::<(bool, bool)>(), kind in any_kind(),
    ) {
        // Also names that have most of their words in common, joined and misspelt ones included.
        let b = if swap.0 { format!("{a} {b}").replacen(' ', "", 1) } else { b };
        let b = if swap.1 { a.replacen('a', "o", 1) + " " + &b } else { b };
        let config = config();
        if let (Ok(a), Ok(b)) = (analyse(&a, kind, &config), analyse(&b, kind, &config)) {
            let most = bound::most_alike(&a, &b, &config);
            let whole = compare(&a, &b, &config);
            prop_assert!(whole.score <= most, "{} {most}", whole.score);
            let mut comparer = Comparer::new(&config);
            let reached = comparer.compare_from(0.6, &a, &b).map(|found| found.explained());
            prop_assert_eq!(reached, (whole.score >= 0.6).then_some(whole));
        }
    }

    #[test]
    fn any_text_is_a_name_or_a_typed_problem(text in "\\PC{0,600}", kind in any_kind()) {
        if let Ok(name) = analyse(&text, kind, &config()) {
            prop_assert!(!name.tokens.is_empty());
        }
    }
}
