//! OFAC's own editions of the non-SDN list in two formats, when they are here: counts, refusals,
//! and that both formats say the same of the parties they share.

use crate::lists_real::{declared, options, real};
use diligence::party::{Country, DateSpan, NameQuality, Scheme};
use diligence::watchlist::{
    Format, InputFile, Limits, ListStore, Listing, ParseError, Parsed, import_list, parse,
};
use std::collections::{BTreeMap, BTreeSet};

/// Parses one real file in the format it has.
fn read(format: Format, path: &str) -> Option<Result<Parsed, ParseError>> {
    let path = real(path)?;
    let mut source = declared("ofac_cons");
    source.format = format;
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let files = [InputFile { role: "main".to_owned(), name }];
    let mut load = |_| Ok(std::fs::read(&path).unwrap());
    Some(parse(&source, &files, &mut load, &Limits::default()))
}

/// Entries, names, weak and native names among them, numbers, birth dates, links.
fn counts(listings: &[Listing]) -> [usize; 7] {
    let names = |quality: Option<NameQuality>| {
        let all = listings.iter().flat_map(|listing| &listing.party.names);
        all.filter(|name| quality.is_none_or(|quality| name.quality == quality)).count()
    };
    let sum = |of: fn(&Listing) -> usize| listings.iter().map(of).sum();
    [
        listings.len(),
        names(None),
        names(Some(NameQuality::WeakAlias)),
        names(Some(NameQuality::Native)),
        sum(|listing| listing.party.identifiers.len()),
        sum(|listing| listing.party.birth_dates.len()),
        sum(|listing| listing.linked_to.len()),
    ]
}

#[test]
fn three_classic_editions_are_read_whole_in_both_namespaces() {
    for (file, published, expected) in [
        ("cons_fetched_2021-12-17.xml", "2021-12-16", [441, 1_493, 59, 0, 833, 75, 285]),
        ("cons_2024-05-06.xml", "2024-05-06", [443, 1_568, 66, 0, 886, 74, 284]),
        ("cons_2025-03-28.xml", "2025-03-28", [443, 1_578, 70, 0, 894, 75, 283]),
    ] {
        let Some(parsed) = read(Format::OfacXml, &format!("lists/ofac_cons_xml/{file}")) else {
            return;
        };
        let parsed = parsed.unwrap();
        assert_eq!(parsed.header.published.as_deref(), Some(published));
        assert_eq!(parsed.header.record_count, Some(parsed.listings.len() as u64), "{file}");
        assert_eq!((parsed.rejects.len(), parsed.lost_records), (0, 0), "{file}");
        assert_eq!(counts(&parsed.listings), expected, "{file}");
    }
}

#[test]
fn the_real_failed_download_is_refused_as_empty() {
    let path = "lists/ofac_cons_xml/cons_fetched_2024-05-04.xml";
    let Some(result) = read(Format::OfacXml, path) else { return };
    assert!(matches!(result, Err(ParseError::Empty { .. })));
}

#[test]
fn the_extract_by_programme_is_read_with_its_native_names() {
    let path = "lists/ofac_enhanced_xml/IRGC_sanctions_ENHANCED_2024-08-28.xml";
    let Some(parsed) = read(Format::OfacEnhancedXml, path) else { return };
    let parsed = parsed.unwrap();
    assert_eq!((parsed.rejects.len(), parsed.lost_records), (0, 0));
    assert_eq!(counts(&parsed.listings), [293, 929, 46, 94, 299, 183, 272]);
    let native = parsed.listings.iter().flat_map(|listing| &listing.party.names);
    let native: Vec<_> = native.filter(|name| name.language.is_some()).collect();
    assert!(native.iter().all(|name| !name.text.starts_with('\u{202b}')));
}

/// The published archive, imported as its declaration says.
fn published_archive() -> Option<Vec<Listing>> {
    let archive = real("lists/ofac_enhanced_xml/CONS_ENHANCED.ZIP")?;
    let folder = tempfile::tempdir().unwrap();
    let store = ListStore::new(folder.path().to_owned());
    let source = declared("ofac_cons");
    let report = import_list(&store, &source, &[archive], &options(), &|_, _| Ok(())).unwrap();
    assert!(report.is_published(), "{:?}", report.trips);
    let manifest = &report.manifest;
    assert_eq!((manifest.records, manifest.rows_read, manifest.lost_records), (443, 443, 0));
    assert_eq!(report.rejects.len(), 0);
    assert_eq!(manifest.published.as_deref(), Some("2025-01-10T00:00:00"));
    assert_eq!((manifest.by_kind["person"], manifest.by_kind["organization"]), (80, 363));
    Some(store.current("ofac_cons").unwrap().unwrap().listings().unwrap())
}

#[test]
fn the_archive_is_imported_by_its_declaration() {
    let Some(listings) = published_archive() else { return };
    assert_eq!(counts(&listings), [443, 1_623, 71, 43, 894, 75, 283]);
    assert!(listings.iter().all(|listing| listing.listed_on.is_some()));
    assert!(listings.iter().all(|listing| !listing.legal_basis.is_empty()));
}

/// What both formats state of an entry: names in Latin script, birth dates, numbers.
#[derive(Debug, PartialEq)]
struct Shared<'a> {
    names: BTreeSet<(&'a str, NameQuality)>,
    births: BTreeSet<DateSpan>,
    numbers: BTreeSet<(Scheme, &'a str, Option<Country>)>,
}

fn by_id(listings: &[Listing]) -> BTreeMap<&str, Shared<'_>> {
    let ids = listings.iter().map(|listing| listing.id.as_str());
    let all = listings.iter().map(|listing| {
        let party = &listing.party;
        let latin = party.names.iter().filter(|name| name.language.is_none());
        Shared {
            names: latin.map(|name| (name.text.as_str(), name.quality)).collect(),
            births: party.birth_dates.iter().copied().collect(),
            numbers: party
                .identifiers
                .iter()
                .map(|number| (number.scheme, number.value.as_str(), number.country))
                .collect(),
        }
    });
    ids.zip(all).collect()
}

/// The archive is of January 2025. Against the edition of March 2025 no name and no birth date
/// differs, and two entries have a number whose country was added or taken away between the two.
/// Against the edition of May 2024 OFAC had renamed parties in the eight months between and given
/// them aliases and numbers; entries are paired by number, not by name.
#[test]
fn both_formats_say_the_same_of_the_parties_they_share() {
    let Some(enhanced) = published_archive() else { return };
    let enhanced = by_id(&enhanced);
    for (file, shared, [names, births, numbers]) in
        [("cons_2025-03-28.xml", 443, [0, 0, 2]), ("cons_2024-05-06.xml", 442, [14, 0, 6])]
    {
        let path = format!("lists/ofac_cons_xml/{file}");
        let Some(classic) = read(Format::OfacXml, &path) else { return };
        let classic = classic.unwrap();
        let classic = by_id(&classic.listings);
        let pairs: Vec<_> =
            classic.iter().filter_map(|(id, one)| Some((one, enhanced.get(id)?))).collect();
        let differ = |of: fn(&Shared<'_>, &Shared<'_>) -> bool| {
            pairs.iter().filter(|(one, other)| of(one, other)).count()
        };
        let found = [
            differ(|one, other| one.names != other.names),
            differ(|one, other| one.births != other.births),
            differ(|one, other| one.numbers != other.numbers),
        ];
        println!("{file}: {} shared, {found:?} differ in names, births, numbers", pairs.len());
        assert_eq!((pairs.len(), found), (shared, [names, births, numbers]), "{file}");
    }
}

/// The delimited SDN list of May 2024 and the extract of August 2024, which leaves out nothing of its
/// 293 parties: every birth date and every number is the same in both. One name has a blank more
/// in the delimited file, and three parties were put under a further programme in between.
#[test]
fn the_delimited_and_the_enhanced_list_say_the_same_of_the_parties_they_share() {
    let Some(file) = real("lists/ofac_sdn_csv/2024-05-03/sdn.csv") else { return };
    let path = "lists/ofac_enhanced_xml/IRGC_sanctions_ENHANCED_2024-08-28.xml";
    let Some(enhanced) = read(Format::OfacEnhancedXml, path) else { return };
    let files = [InputFile { role: "main".to_owned(), name: "sdn.csv".to_owned() }];
    let mut load = |_| Ok(std::fs::read(&file).unwrap());
    let csv = parse(&declared("ofac_sdn"), &files, &mut load, &Limits::default()).unwrap();
    let enhanced = enhanced.unwrap();
    let programmes = |parsed: &Parsed| -> BTreeMap<String, BTreeSet<String>> {
        let of = |l: &Listing| (l.id.clone(), l.programmes.iter().cloned().collect());
        parsed.listings.iter().map(of).collect()
    };
    let (before, after) = (programmes(&csv), programmes(&enhanced));
    let (csv, enhanced) = (by_id(&csv.listings), by_id(&enhanced.listings));
    let pairs: Vec<_> = enhanced.iter().map(|(id, one)| (one, &csv[id])).collect();
    assert_eq!(pairs.len(), 293);
    assert!(pairs.iter().all(|(one, other)| one.births == other.births));
    assert!(pairs.iter().all(|(one, other)| one.numbers == other.numbers));
    // Strong aliases are in the other delimited file.
    let renamed = pairs.iter().filter(|(one, other)| !one.names.is_superset(&other.names));
    assert_eq!(renamed.count(), 1);
    assert_eq!(after.iter().filter(|(id, programmes)| before[*id] != **programmes).count(), 3);
}
