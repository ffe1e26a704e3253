//! Screening as a caller sees it: retrieval, evidence, weak aliases, threads. Fictional parties.

use diligence::party::{
    DateSpan, Gender, Identifier, NameQuality, Party, PartyKind, PartyName, Scheme, Tie,
};
use diligence::screening::{
    Agreement, Band, IndexError, Match, MatchConfig, NotScreened, Screener, build_index,
};
use diligence::watchlist::Listing;

fn person(name: &str) -> Party {
    let names = vec![PartyName::new(name, NameQuality::Primary)];
    Party { kind: Some(PartyKind::Person), names, ..Party::default() }
}

fn company(name: &str) -> Party {
    Party { kind: Some(PartyKind::Company), ..person(name) }
}

fn born(mut party: Party, date: &str) -> Party {
    party.birth_dates.push(DateSpan::from(date.parse::<diligence::party::PartialDate>().unwrap()));
    party
}

fn from(mut party: Party, country: &str) -> Party {
    party.tie(country.parse().unwrap(), Tie::Nationality);
    party
}

fn also(mut party: Party, name: &str, quality: NameQuality) -> Party {
    party.names.push(PartyName::new(name, quality));
    party
}

fn numbered(mut party: Party, scheme: Scheme, value: &str) -> Party {
    party.identifiers.push(Identifier::new(scheme, value));
    party
}

fn listings() -> Vec<Listing> {
    let aliased = also(company("Nordwind Shipping LLC"), "NW Lines", NameQuality::Alias);
    let parties = [
        from(born(person("VARGA, Ilya Ivanovich"), "1970-03-07"), "RU"),
        also(person("TULAYBI, Omar"), "Falcon Eye", NameQuality::WeakAlias),
        also(aliased, "Северный Ветер", NameQuality::Native),
        numbered(company("Zenit-Vega"), Scheme::Lei, "5493001KJTIIGC8Y1R12"),
        company("SIS d.o.o."),
        company("11420 CORP"),
    ];
    let listing = |(place, party): (usize, Party)| Listing {
        list: "demo".into(),
        id: place.to_string(),
        party,
        ..Listing::default()
    };
    parties.into_iter().enumerate().map(listing).collect()
}

fn screener() -> Screener {
    let dir = tempfile::tempdir().unwrap();
    let config = MatchConfig::embedded();
    build_index(dir.path(), &listings(), &config).unwrap();
    Screener::open(vec![("demo".into(), dir.path().into(), listings())], config).unwrap()
}

fn screen(party: &Party) -> Vec<Match> {
    screener().screen(party).unwrap()
}

fn score(party: &Party) -> f64 {
    screen(party).first().map_or(0.0, |found| found.score)
}

#[test]
fn every_listed_name_that_may_open_an_alert_finds_its_own_entry() {
    let screener = screener();
    for listing in listings() {
        for name in listing.party.names.iter().filter(|n| n.quality.opens_alert()) {
            let query =
                Party { names: vec![name.clone()], kind: listing.party.kind, ..Party::default() };
            let found = screener.screen(&query).unwrap();
            assert_eq!(
                found.first().map(|m| m.listing.id.clone()),
                Some(listing.id.clone()),
                "{}",
                name.text
            );
        }
    }
}

#[test]
fn an_exact_name_alone_alerts_and_an_alias_counts_like_the_primary_name() {
    let by_name = screen(&company("Nordwind Shipping LLC"));
    let by_alias = screen(&company("NW Lines"));
    assert_eq!(by_name[0].band, Band::Likely);
    assert!((by_name[0].score - by_alias[0].score).abs() < 1e-9);
    assert_eq!(by_alias[0].name.matched, "NW Lines");
}

#[test]
fn evidence_moves_an_exact_name_from_likely_to_strong_or_below_the_threshold() {
    let name = || person("Ilya Ivanovich Varga");
    let alone = score(&name());
    let dated = score(&born(name(), "1970-03-07"));
    let full = score(&from(born(name(), "1970-03-07"), "RU"));
    assert!(alone < dated && dated < full && full < 1.0, "{alone} {dated} {full}");
    assert!(full > 0.985, "{full}");
    // A year alone is shared by one in some fifty: likely, and strong with the country.
    assert_eq!(screen(&born(name(), "1970"))[0].band, Band::Likely);
    assert_eq!(screen(&from(born(name(), "1970"), "RU"))[0].band, Band::Strong);
    assert_eq!(screen(&born(name(), "1970-03-07"))[0].band, Band::Strong);
    // E-13: exchanged day and month, and one year off, stay alerts.
    assert!(score(&born(name(), "1970-07-03")) >= alone);
    assert!(score(&born(name(), "1971-03-07")) >= alone);
    // Years apart: below the threshold, and more so with another nationality.
    assert!(screen(&born(name(), "1988-11-30")).is_empty());
    assert!(screen(&from(born(name(), "1988-11-30"), "BR")).is_empty());
    // Another nationality alone does not clear an exact name.
    assert_eq!(screen(&from(name(), "BR"))[0].band, Band::Possible);
}

#[test]
fn features_stand_in_one_order_and_their_weights_add_up_to_the_score() {
    let mut query = from(born(person("Ilya Varga"), "1970-03-07"), "BR");
    query.gender = Some(Gender::Male);
    let found = screen(&query).remove(0);
    let labels: Vec<&str> = found.features.iter().map(|f| f.feature.as_str()).collect();
    assert_eq!(
        labels,
        ["name", "birth_date", "country", "gender", "identifier", "kind", "address"]
    );
    let sum: f64 = found.features.iter().map(|f| f.weight).sum();
    assert!((sum - found.score).abs() < 1e-9);
    assert_eq!(found.features[2].verdict, Agreement::Conflict);
    assert_eq!((found.features[3].verdict, found.features[3].weight), (Agreement::Missing, 0.0));
    assert_eq!(found.alignment.len(), 3, "{:?}", found.alignment);
}

#[test]
fn a_weak_alias_supports_a_match_and_never_opens_one() {
    assert!(screen(&person("Falcon Eye")).is_empty());
    let alone = score(&person("Omar Tulaybi"));
    let supported = score(&also(person("Omar Tulaybi"), "Falcon Eye", NameQuality::Alias));
    assert!(supported > alone, "{supported} {alone}");
    // The same on our side.
    let ours = also(person("Jonas Brandmark"), "Ilya Ivanovich Varga", NameQuality::WeakAlias);
    assert!(screen(&ours).is_empty());
}

#[test]
fn the_same_identifier_finds_and_settles_it_under_another_name() {
    let renamed = numbered(company("Quillon Harbour"), Scheme::Lei, "5493001KJTIIGC8Y1R12");
    let found = screen(&renamed);
    assert_eq!((found[0].listing.id.as_str(), found[0].band), ("3", Band::Strong));
    // The same digits with a wrong check digit are no evidence at all.
    let wrong = numbered(company("Quillon Harbour"), Scheme::Lei, "5493001KJTIIGC8Y1R13");
    assert!(screen(&wrong).is_empty());
}

#[test]
fn enforcement_cases_of_the_name_kind_hold() {
    let ids =
        |party: &Party| screen(party).into_iter().map(|m| m.listing.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&company("SIS DOO")), ["4"]); // E-01
    assert_eq!(ids(&company("Zenit Vega Telecom")), ["3"]); // E-05
    assert_eq!(ids(&person("VARGA ILYA IVANOVICH")), ["0"]); // E-11
    assert_eq!(ids(&company("11420 Corporation")), ["5"]); // E-12
    assert!(ids(&company("Corporation")).is_empty());
}

#[test]
fn an_exact_name_alerts_whatever_kind_was_recorded() {
    let screener = screener();
    for listing in listings() {
        for kind in PartyKind::ALL {
            let names = vec![PartyName::new(listing.party.caption(), NameQuality::Primary)];
            let party = Party { kind: Some(kind), names, ..Party::default() };
            let found = screener.screen(&party).unwrap();
            assert!(found.iter().any(|m| m.listing.id == listing.id), "{} {kind:?}", listing.id);
        }
    }
}

#[test]
fn kind_is_evidence_and_not_a_filter() {
    let as_company = Party { kind: Some(PartyKind::Vessel), ..person("Nordwind Shipping") };
    let same = numbered(as_company, Scheme::Lei, "5493001KJTIIGC8Y1R12");
    assert!(screen(&same).iter().any(|m| m.features[5].verdict == Agreement::Conflict));
    let unknown = Party { kind: None, ..person("Ilya Ivanovich Varga") };
    assert_eq!(screen(&unknown)[0].features[5].verdict, Agreement::Missing);
}

#[test]
fn a_party_that_cannot_be_screened_says_why() {
    let screener = screener();
    assert_eq!(screener.screen(&person("—")), Err(NotScreened::NoName));
    assert_eq!(screener.screen(&Party::default()), Err(NotScreened::NoName));
    let found = screener.screen(&person(&"x".repeat(600))).unwrap_err();
    let expected = NotScreened::NameTooLong { found: 600, unit: "characters", limit: 512 };
    assert_eq!(found, expected);
    // A good name does not hide a bad one.
    let both = also(person("Ilya Varga"), &"ab ".repeat(40), NameQuality::Alias);
    assert!(matches!(screener.screen(&both), Err(NotScreened::NameTooLong { .. })));
}

#[test]
fn results_are_the_same_from_many_threads_and_without_retrieval() {
    use rayon::prelude::*;
    let screener = screener();
    let queries: Vec<Party> = listings().into_iter().map(|l| l.party).collect();
    let one_by_one: Vec<_> = queries.iter().map(|q| screener.screen(q)).collect();
    let together: Vec<_> = queries.par_iter().map(|q| screener.screen(q)).collect();
    let exhaustive: Vec<_> = queries.iter().map(|q| screener.screen_exhaustively(q)).collect();
    assert_eq!(one_by_one, together);
    assert_eq!(one_by_one, exhaustive);
}

#[test]
fn whether_an_entry_finds_itself_is_answered_as_by_screening() {
    let screener = screener();
    let mut stranger = listings().remove(0);
    stranger.id = "on no list".to_owned();
    for (sought, expected) in listings().iter().map(|l| (l, true)).chain([(&stranger, false)]) {
        let matches = screener.screen(&sought.party).unwrap();
        let own =
            matches.iter().any(|m| m.listing.list == sought.list && m.listing.id == sought.id);
        assert_eq!((screener.finds(sought).unwrap(), own), (expected, expected), "{}", sought.id);
    }
}

#[test]
fn an_index_of_other_listings_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let config = MatchConfig::embedded();
    build_index(dir.path(), &listings(), &config).unwrap();
    let mut renamed = listings();
    renamed[0].party.names[0].text.push('x');
    let fewer: Vec<Listing> = listings().into_iter().skip(1).collect();
    for others in [fewer, renamed] {
        let list = vec![("demo".into(), dir.path().into(), others)];
        let opened = Screener::open(list, config.clone());
        assert!(matches!(opened, Err(IndexError::Mismatch { .. })));
    }
    let nowhere = vec![("demo".into(), dir.path().join("none"), Vec::new())];
    assert!(matches!(Screener::open(nowhere, config), Err(IndexError::Damaged { .. })));
}

#[test]
fn an_index_with_a_flipped_bit_is_refused_and_never_searched() {
    let config = MatchConfig::embedded();
    let mut refused = 0;
    for place in 0..40 {
        let dir = tempfile::tempdir().unwrap();
        build_index(dir.path(), &listings(), &config).unwrap();
        let mut files: Vec<_> =
            std::fs::read_dir(dir.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.retain(|file| std::fs::metadata(file).unwrap().len() > 0);
        files.sort_by_key(|file| file.extension().map(std::ffi::OsStr::to_owned));
        let file = &files[place % files.len()];
        let mut bytes = std::fs::read(file).unwrap();
        let at = place * 7919 % bytes.len();
        bytes[at] ^= 1 << (place % 8);
        std::fs::write(file, bytes).unwrap();
        let list = vec![("demo".into(), dir.path().into(), listings())];
        refused += usize::from(Screener::open(list, config.clone()).is_err());
    }
    assert_eq!(refused, 40);
}

#[test]
fn a_party_with_nothing_but_a_weak_alias_or_a_legal_form_is_not_screened() {
    let screener = screener();
    for (name, quality) in
        [("Volkhov Meridian Trading LLC", NameQuality::WeakAlias), ("---", NameQuality::Primary)]
    {
        let mut party = Party { names: vec![PartyName::new(name, quality)], ..Party::default() };
        assert_eq!(screener.screen(&party), Err(NotScreened::NoName), "{name}");
        party.names.push(PartyName::new("Some Weak Alias", NameQuality::WeakAlias));
        assert_eq!(screener.screen(&party), Err(NotScreened::NoName), "{name}");
    }
}
