//! Matching against real lists and labelled pairs, where they are at hand. The files are never in
//! the repository: `DILIGENCE_SHARED_DATA` or `../shared/data`; without them a test says so.

use diligence::party::{
    DateSpan, Gender, NameQuality, PartialDate, Party, PartyKind, PartyName, Tie,
};
use diligence::screening::{MatchConfig, Screener, build_index};
use diligence::watchlist::Listing;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A file of the shared data, or `None` with a message.
fn shared(file: &str) -> Option<PathBuf> {
    let root = std::env::var_os("DILIGENCE_SHARED_DATA").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data"),
        PathBuf::from,
    );
    let path = root.join(file);
    if path.exists() {
        return Some(path);
    }
    println!("skipped: {file} is not at hand");
    None
}

fn party(kind: Option<PartyKind>, name: &str) -> Party {
    let names = vec![PartyName::new(name, NameQuality::Primary)];
    Party { kind, names, ..Party::default() }
}

/// Names and aliases of the SDN list, without its other columns: enough to try the matcher.
fn sdn() -> Option<Vec<Listing>> {
    let (names, aliases) = (
        shared("lists/ofac_sdn_csv/2022-01-21/sdn.csv")?,
        shared("lists/ofac_sdn_csv/2022-01-21/alt.csv")?,
    );
    let mut listings: BTreeMap<u64, Listing> = BTreeMap::new();
    for row in rows(&names) {
        let Some(id) = number(&row) else { continue };
        let kind = match row.get(2).unwrap_or_default().trim() {
            "individual" => PartyKind::Person,
            "vessel" => PartyKind::Vessel,
            "aircraft" => PartyKind::Aircraft,
            _ => PartyKind::Organization,
        };
        let listing = Listing {
            list: "sdn".into(),
            id: id.to_string(),
            party: party(Some(kind), row.get(1).unwrap_or_default()),
            ..Listing::default()
        };
        listings.insert(id, listing);
    }
    for row in rows(&aliases) {
        let entry = number(&row).and_then(|id| listings.get_mut(&id));
        if let (Some(listing), Some(name)) = (entry, row.get(3)) {
            listing.party.names.push(PartyName::new(name, NameQuality::Alias));
        }
    }
    Some(listings.into_values().collect())
}

fn rows(path: &Path) -> Vec<csv::StringRecord> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_path(path)
        .expect("a CSV file");
    reader.records().filter_map(Result::ok).collect()
}

fn number(row: &csv::StringRecord) -> Option<u64> {
    row.get(0)?.trim().parse().ok()
}

fn screener(listings: Vec<Listing>) -> Screener {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let config = MatchConfig::embedded();
    let stats = build_index(dir.path(), &listings, &config).expect("an index");
    let files = std::fs::read_dir(dir.path()).expect("the index's folder");
    let bytes: u64 = files.filter_map(|file| file.ok()?.metadata().ok()).map(|m| m.len()).sum();
    println!("{} listings, {} names, {bytes} bytes", stats.listings, stats.names);
    assert!(stats.not_indexed.is_empty(), "{:?}", stats.not_indexed);
    let lists = vec![("sdn".to_owned(), dir.path().to_owned(), listings)];
    Screener::open(lists, config).expect("an open index")
}

/// Counts of one labelled set at the alert threshold.
#[derive(Default, Debug)]
struct Tally {
    found: u32,
    missed: u32,
    wrong: u32,
}

impl Tally {
    fn add(&mut self, expected: bool, alerted: bool) {
        match (expected, alerted) {
            (true, true) => self.found += 1,
            (true, false) => self.missed += 1,
            (false, true) => self.wrong += 1,
            (false, false) => {}
        }
    }

    fn f1(&self) -> f64 {
        let twice = f64::from(2 * self.found);
        twice / (twice + f64::from(self.missed + self.wrong))
    }
}

fn alerts(screener: &Screener, kind: &str, query: &str, candidate: &str) -> bool {
    // LegalEntity says that it is one of several kinds, persons among them.
    let kind = if kind == "LegalEntity" { None } else { kind.parse().ok() };
    let listing = Arc::new(Listing { party: party(kind, candidate), ..Listing::default() });
    screener.compare(&party(kind, query), &listing).expect("comparable names").is_some()
}

#[test]
fn labelled_name_pairs_stay_at_the_level_reached() {
    let (Some(path), Some(listings)) = (shared("labelled/name_pairs.csv"), sdn()) else { return };
    let screener = screener(listings);
    let mut tally = Tally::default();
    let verbose = std::env::var_os("SHOW_PAIRS").is_some();
    for row in csv::Reader::from_path(path).unwrap().records().map(Result::unwrap) {
        let expected = &row[4] == "true";
        let alerted = alerts(&screener, &row[1], &row[2], &row[3]);
        if verbose && expected != alerted {
            println!(
                "{} {} | {} | {}",
                if expected { "MISSED" } else { "WRONG" },
                &row[1],
                &row[2],
                &row[3]
            );
        }
        tally.add(expected, alerted);
    }
    println!("name pairs: F1 {:.3}, {tally:?}", tally.f1());
    assert!(tally.f1() >= 0.83, "{tally:?}");
}

#[test]
fn labelled_entities_stay_at_the_level_reached() {
    let (Some(path), Some(listings)) = (shared("labelled/entity_pairs.jsonl"), sdn()) else {
        return;
    };
    let screener = screener(listings);
    let mut tally = Tally::default();
    let verbose = std::env::var_os("SHOW_PAIRS").is_some();
    for line in std::fs::read_to_string(path).unwrap().lines() {
        let pair: serde_json::Value = serde_json::from_str(line).unwrap();
        let name = |side: &str| match pair[side]["name"].as_str() {
            Some(name) => name.to_owned(),
            None => ["firstName", "middleName", "lastName"]
                .iter()
                .filter_map(|part| pair[side][part].as_str())
                .collect::<Vec<_>>()
                .join(" "),
        };
        let expected = pair["match"].as_bool().unwrap();
        let schema = pair["schema"].as_str().unwrap();
        let alerted = alerts(&screener, schema, &name("query"), &name("candidate"));
        if verbose && expected != alerted {
            println!(
                "{} {schema} | {} | {}",
                if expected { "MISSED" } else { "WRONG" },
                name("query"),
                name("candidate")
            );
        }
        tally.add(expected, alerted);
    }
    println!("entities: F1 {:.3}, {tally:?}", tally.f1());
    assert!(tally.f1() >= 0.79, "{tally:?}");
}

#[test]
fn invented_persons_raise_few_alerts_by_name_alone() {
    let (Some(path), Some(listings)) = (shared("labelled/negatives_1000.csv"), sdn()) else {
        return;
    };
    let screener = screener(listings);
    let mut alerted = 0;
    let mut screened = 0;
    for row in csv::Reader::from_path(path).unwrap().records().map(Result::unwrap) {
        let found = screener.screen(&party(Some(PartyKind::Person), &row[0])).unwrap();
        screened += 1;
        alerted += usize::from(!found.is_empty());
        if std::env::var_os("SHOW_PAIRS").is_some()
            && let Some(first) = found.first()
        {
            println!("WRONG {} | {} {}", &row[0], first.name.matched, first.score);
        }
    }
    println!("negatives: {alerted} of {screened} alerted");
    assert!(alerted * 10 < screened, "{alerted} of {screened}");
}

/// The members of all parliaments: names, birth date, gender, country of the parliament.
fn politicians() -> Option<Vec<Listing>> {
    let folder = shared("officials/everypolitician")?;
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut listings = Vec::new();
    for file in files.iter().filter(|file| file.to_string_lossy().ends_with(".json.gz")) {
        let reader = flate2::read::GzDecoder::new(std::fs::File::open(file).unwrap());
        let popolo: serde_json::Value = serde_json::from_reader(reader).unwrap();
        let place = file.file_name().unwrap().to_string_lossy().replace('_', " ");
        let country = place.split("  ").next().and_then(|name| name.parse().ok());
        for member in popolo["persons"].as_array().into_iter().flatten() {
            let mut who =
                party(Some(PartyKind::Person), member["name"].as_str().unwrap_or_default());
            for other in member["other_names"].as_array().into_iter().flatten() {
                let name = other["name"].as_str().unwrap_or_default();
                who.names.push(PartyName::new(name, NameQuality::Alias));
            }
            who.gender = member["gender"].as_str().and_then(Gender::parse);
            let born = member["birth_date"].as_str().and_then(|date| date.parse().ok());
            who.birth_dates.extend(born.map(|date: PartialDate| DateSpan::from(date)));
            if let Some(country) = country {
                who.tie(country, Tie::Office);
            }
            let id = listings.len().to_string();
            listings.push(Listing { list: "ep".into(), id, party: who, ..Listing::default() });
        }
    }
    Some(listings)
}

#[test]
fn invented_persons_with_birth_date_and_nationality_are_few_politicians() {
    let (Some(path), Some(listings)) = (shared("labelled/negatives_1000.csv"), politicians())
    else {
        return;
    };
    let screener = screener(listings);
    let step = if cfg!(debug_assertions) { 10 } else { 1 };
    let (mut screened, mut alerted, mut by_name) = (0, 0, 0);
    for row in csv::Reader::from_path(path).unwrap().records().map(Result::unwrap).step_by(step) {
        let mut who = party(Some(PartyKind::Person), &row[0]);
        by_name += usize::from(!screener.screen(&who).unwrap().is_empty());
        who.gender = Gender::parse(&row[4]);
        who.birth_dates.extend(row[5].parse::<PartialDate>().ok().map(DateSpan::from));
        if let Ok(country) = row[7].parse() {
            who.tie(country, Tie::Nationality);
        }
        let found = screener.screen(&who).unwrap();
        screened += 1;
        alerted += usize::from(!found.is_empty());
    }
    println!("politicians: {alerted} of {screened} alerted, {by_name} by name alone");
    assert!(alerted * 20 < screened, "{alerted} of {screened}");
}

#[test]
fn real_companies_that_are_not_listed_raise_few_alerts() {
    let file = "names/companies/gleif_lei_names_country.csv.gz";
    let (Some(path), Some(listings)) = (shared(file), sdn()) else { return };
    let screener = screener(listings);
    let reader = flate2::read::GzDecoder::new(std::fs::File::open(path).unwrap());
    let step = if cfg!(debug_assertions) { 800 } else { 100 };
    let (mut screened, mut alerted, mut too_long) = (0, 0, 0);
    for row in csv::Reader::from_reader(reader).records().map(Result::unwrap).step_by(step) {
        let Ok(found) = screener.screen(&party(Some(PartyKind::Company), &row[1])) else {
            too_long += 1;
            continue;
        };
        screened += 1;
        alerted += usize::from(!found.is_empty());
    }
    assert!(too_long * 200 < screened, "{too_long} names over the limits");
    println!("companies: {alerted} of {screened} alerted, {too_long} too long");
    assert!(alerted * 20 < screened, "{alerted} of {screened}");
}

#[test]
fn every_name_on_the_list_finds_its_own_entry() {
    let Some(listings) = sdn() else { return };
    let screener = screener(listings.clone());
    let mut lost = Vec::new();
    // All of them were tried once (docs/scoring.md); a build without optimisation tries every 60th.
    let step = if cfg!(debug_assertions) { 60 } else { 1 };
    let mut names = 0;
    for listing in listings.iter().step_by(step) {
        for name in &listing.party.names {
            names += 1;
            let query = party(listing.party.kind, &name.text);
            let found = screener.screen(&query).unwrap();
            if !found.iter().any(|m| m.listing.id == listing.id) {
                lost.push(name.text.clone());
            }
        }
    }
    println!("exact recall: {} of {names}", names - lost.len());
    assert!(lost.is_empty(), "{lost:?}");
}

#[test]
fn retrieval_loses_no_damaged_name_that_comparing_everything_finds() {
    let Some(listings) = sdn() else { return };
    let screener = screener(listings.clone());
    let step = if cfg!(debug_assertions) { 1_500 } else { 60 };
    let (mut alerts, mut lost) = (0, 0);
    for listing in listings.iter().step_by(step) {
        // The second letter of every word left out: no word is exact any more.
        let drop_second = |word: &str| {
            let kept = word.chars().enumerate().filter(|(place, _)| *place != 1);
            kept.map(|(_, letter)| letter).collect::<String>()
        };
        let name = &listing.party.names[0].text;
        let words: Vec<String> = name.split(' ').map(drop_second).collect();
        let Ok(found) = screener.screen(&party(listing.party.kind, &words.join(" "))) else {
            continue;
        };
        let all =
            screener.screen_exhaustively(&party(listing.party.kind, &words.join(" "))).unwrap();
        alerts += all.len();
        lost += all.iter().filter(|m| !found.iter().any(|f| f.listing.id == m.listing.id)).count();
    }
    println!("retrieval: {lost} of {alerts} alerts lost");
    assert_eq!(lost, 0, "of {alerts}");
}
