//! Tables of one's own: a declaration with a mapping, in the user's configuration folder, and
//! what becomes of the rows of the table. All parties are fictional.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "tests read and write files and stop at the first surprise"
)]

use crate::formats_tables::{details, names, numbers, read_as, read_bytes, rejects, ties};
use crate::lists_real::options;
use diligence::config::Settings;
use diligence::party::{NameQuality, PartyKind, Tie};
use diligence::watchlist::{ListSource, ListStore, ParseError, Parsed, Topic, import_list};
use std::path::{Path, PathBuf};

const DECLARATION: &str = include_str!("../fixtures/lists/plain_csv/rejected_partners.toml");

fn declared(text: &str) -> Result<ListSource, String> {
    ListSource::from_toml("watchlists/rejected_partners.toml", text).map_err(|error| {
        let cause = std::error::Error::source(&error).map(ToString::to_string);
        format!("{error}: {}", cause.unwrap_or_default())
    })
}

fn partners(situation: &str) -> Result<Parsed, ParseError> {
    read_as(&declared(DECLARATION).unwrap(), &format!("plain_csv/{situation}"))
}

fn fixture(situation: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/lists/plain_csv");
    folder.join(situation).join("partners.csv")
}

#[test]
fn a_row_is_read_by_the_mapping_of_its_declaration() {
    let parsed = partners("basic").unwrap();
    assert_eq!((parsed.rejects.as_slice(), parsed.rows_read), (&[][..], 2));
    let firm = &parsed.listings[0];
    assert_eq!((firm.id.as_str(), firm.party.kind), ("V-100", Some(PartyKind::Company)));
    let expected = [
        ("Halden Pumpworks AS", NameQuality::Primary),
        ("Halden Pumps", NameQuality::Alias),
        ("HPW Norge", NameQuality::Alias),
        ("Halden Jernverk", NameQuality::Former),
        ("HPW", NameQuality::WeakAlias),
    ];
    assert_eq!(names(firm), expected);
    let expected =
        ["VAT=NO 000 111 222 MVA", "trade register=000111222", "trade register=000111333"];
    assert_eq!(numbers(firm), expected);
    assert_eq!(firm.party.identifiers[0].country, "NO".parse().ok());
    assert_eq!(firm.party.addresses[0].text, "Verftsgata 3, 1771, Halden");
    assert_eq!(ties(firm), [("NO", Tie::Stated), ("NO", Tie::Address)]);
    assert_eq!(firm.listed_on.unwrap().to_string(), "2023-02-01");
    assert_eq!(firm.ends_on.unwrap().to_string(), "2028-12-31");
    assert_eq!(
        (firm.programmes.join("|"), firm.reasons.join("|")),
        ("bribery".to_owned(), "Offered a \"gift\"; twice".to_owned())
    );
    assert_eq!(firm.linked_to[0].to_string(), "owned by Orla Nystrand");
    assert_eq!(firm.authority.as_deref(), Some("Group Compliance Committee"));
    assert!(firm.topics.contains(&Topic::Other("internal.rejected".to_owned())));
}

#[test]
fn a_column_nobody_mapped_is_kept_and_an_ignored_one_is_not() {
    let parsed = partners("basic").unwrap();
    assert_eq!(details(&parsed.listings[0]), ["Region: North"]);
    let person = &parsed.listings[1];
    assert_eq!(names(person)[1], ("Мирела Стойканова", NameQuality::Native));
    let births: Vec<String> = person.party.birth_dates.iter().map(ToString::to_string).collect();
    assert_eq!(births, ["1971-04-03", "circa 1972"]);
    assert_eq!(ties(person)[..2], [("BG", Tie::Nationality), ("DE", Tie::Nationality)]);
    assert_eq!(
        (person.functions.as_slice(), person.remarks.as_slice()),
        (&["Director".to_owned()][..], &["left the company".to_owned()][..])
    );
    assert_eq!(person.listed_on.unwrap().to_string(), "2024-05");
}

#[test]
fn what_a_row_of_ones_own_table_gets_wrong_is_told() {
    let parsed = partners("recoverable_errors").unwrap();
    let expected = [
        "2 Type unknown-kind",
        "2 Born bad-date",
        "2 Country unknown-country",
        "2 Since bad-date",
        "3  no-name",
        "4  no-id",
        "5  wrong-column-count",
        "3 id duplicate-id",
    ];
    assert_eq!(rejects(&parsed), expected);
    let ids: Vec<&str> = parsed.listings.iter().map(|l| l.id.as_str()).collect();
    assert_eq!((ids, parsed.lost_records), (vec!["V-1", "V-4", "V-4-2"], 3));
}

#[test]
fn a_mapped_column_the_file_lacks_is_an_error_of_the_file() {
    let error = partners("missing_column").unwrap_err().to_string();
    assert!(error.contains("no column 'Name (local)'"), "{error}");
    let source = declared(DECLARATION).unwrap();
    let error = read_bytes(&source, "partners.csv", b"Vendor No,Name\n1,A\n".to_vec());
    assert!(error.unwrap_err().to_string().contains("no column 'Vendor No'"));
}

#[test]
fn a_list_without_numbers_keeps_its_identifiers_whatever_the_order_of_rows() {
    let text = DECLARATION.split("[columns]").next().unwrap().to_owned()
        + "[columns]\nname_parts = [\"First\", \"Last\"]\nkind = { constant = \"person\" }\n"
        + "[staleness]\nfrozen = true\n[guards]\nmax_shrink_percent = 5\nmax_reject_percent = 5\n";
    let source = declared(&text).unwrap();
    let ids = |text: &str| {
        let parsed = read_bytes(&source, "partners.csv", text.into()).unwrap();
        let read = parsed.listings.into_iter().map(|l| (l.party.caption().to_owned(), l.id));
        read.collect::<std::collections::BTreeMap<_, _>>()
    };
    let forward = ids("First,Last\nIda,Vell\nOle,Marn\n");
    assert_eq!(forward, ids("Last,First\n MARN,Ole\nVell,Ida\n".replace("MARN", "Marn").as_str()));
    assert_eq!(forward.keys().collect::<Vec<_>>(), ["Ida Vell", "Ole Marn"]);
    assert_ne!(forward["Ida Vell"], forward["Ole Marn"]);
}

#[test]
fn a_mapping_that_cannot_be_is_told_with_what_is_allowed() {
    for (from, to, told) in [
        ("[columns]\n", "[columns]\nnickname = \"x\"\n", "weak_alias"),
        ("scheme = \"vat\"", "scheme = \"vta\"", "vat"),
        ("\"plain_csv\"", "\"ftm_json\"", "except with the format plain_csv"),
        ("\"Firma\" = \"company\"", "\"Firma\" = \"firm\"", "constant = KIND"),
        ("delimiter = \";\"", "delimiter = \";;\"", "delimiter"),
        ("name = \"Name\"\n", "", "columns.name"),
    ] {
        let error = declared(&DECLARATION.replacen(from, to, 1)).unwrap_err();
        assert!(error.contains(told), "{to}: {error}");
    }
    let (head, tail) = DECLARATION.split_once("[columns]").unwrap();
    let (_, tail) = tail.split_once("[staleness]").unwrap();
    let error = declared(&format!("{head}[staleness]{tail}")).unwrap_err();
    assert!(error.contains("a [columns] table"), "{error}");
}

#[test]
fn a_declaration_in_the_users_folder_is_a_list_like_any_other() {
    let folder = tempfile::tempdir().unwrap();
    let declarations = folder.path().join("watchlists");
    std::fs::create_dir(&declarations).unwrap();
    std::fs::write(declarations.join("rejected_partners.toml"), DECLARATION).unwrap();
    let settings = Settings::load(Some(folder.path())).unwrap();
    let source = settings.source("rejected_partners").unwrap();
    let store = ListStore::new(folder.path().join("lists"));
    let paths = [fixture("basic")];
    let report = import_list(&store, source, &paths, &options(), &|_, _| Ok(())).unwrap();
    assert!(report.is_published(), "{:?}", report.trips);
    let snapshot = store.current("rejected_partners").unwrap().unwrap();
    assert_eq!(snapshot.listings().unwrap().len(), 2);
    assert_eq!(snapshot.manifest.names, 7);
}

#[test]
fn the_declaration_in_the_readme_is_one() {
    let readme = include_str!("../README.md");
    let (_, behind) = readme.split_once("```toml\n").unwrap();
    let (text, _) = behind.split_once("```").unwrap();
    let source = ListSource::from_toml("refused_partners.toml", text).unwrap();
    assert_eq!(source.name, "refused_partners");
}
