//! Lists that come as workbooks, and as tables of the same columns: what is read, what is rejected
//! and why, which files are refused, and what the publishers' real editions give.

use crate::lists_real::{declared, real};
use crate::support::workbook::Workbook;
use diligence::party::{Gender, PartyKind, Scheme, Tie};
use diligence::watchlist::{Detail, InputFile, Limits, Link, Listing, ParseError, Parsed, parse};
use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

/// Parses one file of a declared list.
fn read(list: &str, file: &str, bytes: &[u8]) -> Result<Parsed, ParseError> {
    let files = [InputFile { role: "main".to_owned(), name: file.to_owned() }];
    let mut load = |_| Ok(bytes.to_vec());
    parse(&declared(list), &files, &mut load, &Limits::default())
}

fn fixture(path: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/lists");
    std::fs::read(folder.join(path)).unwrap()
}

/// A real file, unpacked when it is compressed.
fn real_bytes(path: &str) -> Option<Vec<u8>> {
    let bytes = std::fs::read(real(path)?).unwrap();
    if !path.ends_with(".gz") {
        return Some(bytes);
    }
    let mut plain = Vec::new();
    flate2::read::MultiGzDecoder::new(bytes.as_slice()).read_to_end(&mut plain).unwrap();
    Some(plain)
}

fn find<'a>(parsed: &'a Parsed, id: &str) -> &'a Listing {
    parsed.listings.iter().find(|listing| listing.id == id).unwrap()
}

/// Names with their quality and language, in order.
fn names(listing: &Listing) -> Vec<String> {
    let name = |name: &diligence::party::PartyName| {
        let language = name.language.as_deref().unwrap_or("-");
        format!("{} {:?} {language}", name.text, name.quality)
    };
    listing.party.names.iter().map(name).collect()
}

fn dates(listing: &Listing) -> Vec<String> {
    listing.party.birth_dates.iter().map(ToString::to_string).collect()
}

/// `row field code`, in order.
fn rejects(parsed: &Parsed) -> Vec<String> {
    let line = |r: &diligence::party::Reject| format!("{} {} {}", r.row, r.field, r.code);
    parsed.rejects.iter().map(line).collect()
}

/// How much an edition says, for a person to compare.
fn summary(title: &str, parsed: &Parsed) -> BTreeMap<String, usize> {
    let all = &parsed.listings;
    let mut counts = BTreeMap::new();
    let mut count = |what: String, number: usize| *counts.entry(what).or_insert(0) += number;
    for listing in all {
        let party = &listing.party;
        let kind = party.kind.map_or("no kind", PartyKind::as_str);
        count(format!("kind {kind}"), 1);
        for name in &party.names {
            count(format!("names {:?}", name.quality), 1);
        }
        for identifier in &party.identifiers {
            count(format!("identifiers {:?}", identifier.scheme), 1);
        }
        count("birth dates".to_owned(), party.birth_dates.len());
        count("birth places".to_owned(), party.birth_places.len());
        count("addresses".to_owned(), party.addresses.len());
        count(
            "nationalities".to_owned(),
            party.countries.iter().filter(|c| c.tie == Tie::Nationality).count(),
        );
        count("listed on".to_owned(), usize::from(listing.listed_on.is_some()));
        count("reasons".to_owned(), listing.reasons.len());
    }
    for reject in &parsed.rejects {
        count(format!("reject {} {}", reject.code, reject.field), 1);
    }
    println!(
        "{title}: {:?}, {} listings of {} rows, {} lost; {counts:?}; warnings {:?}",
        parsed.header,
        all.len(),
        parsed.rows_read,
        parsed.lost_records,
        parsed.warnings
    );
    if std::env::var_os("DILIGENCE_SHOW_REJECTS").is_some() {
        for reject in &parsed.rejects {
            println!("  {} {} {} | {}", reject.row, reject.field, reject.code, reject.message);
        }
    }
    counts
}

/// The rows of a table as the lines of a workbook.
fn lines(csv_text: &[u8]) -> String {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(csv_text);
    let rows = reader.records().map(|row| row.unwrap().iter().collect::<Vec<_>>().join("|"));
    rows.collect::<Vec<_>>().join("\n")
}

#[test]
fn ofsi_rows_of_one_group_are_one_party_wherever_they_stand() {
    let parsed = read("uk_ofsi", "ConList.csv", &fixture("uk_ofsi_csv/basic/ConList.csv")).unwrap();
    assert_eq!((parsed.rejects.len(), parsed.rows_read), (0, 6), "{:?}", parsed.rejects);
    assert_eq!(parsed.header.published.as_deref(), Some("2025-04-14"));
    let ids: Vec<&str> = parsed.listings.iter().map(|listing| listing.id.as_str()).collect();
    assert_eq!(ids, ["90001", "90002", "90003"]);
    let person = find(&parsed, "90001");
    assert_eq!(
        names(person),
        [
            "Vesna Ilse MARSH Primary -",
            "Vesna OKONJO WeakAlias -",
            "Весна Марш Native ru",
            "Wesna MARSH Alias -",
            "Марш Native und-Cyrl",
            "Vesna FENN Former -",
        ]
    );
    assert_eq!(dates(person), ["1971", "1971-07-21", "1971-08"]);
    assert_eq!(
        person.party.birth_places,
        ["Port Severin, Ukrainian SSR (now Ukraine)", "Lake Oro, Mali"]
    );
    let ties: Vec<String> =
        person.party.countries.iter().map(|c| format!("{} {:?}", c.country, c.tie)).collect();
    assert_eq!(
        ties,
        ["UA BirthPlace", "ML BirthPlace", "RU Nationality", "CY Nationality", "RU Address"]
    );
    let numbers: Vec<String> = person
        .party
        .identifiers
        .iter()
        .map(|i| {
            format!(
                "{:?} {} {:?} {}",
                i.scheme,
                i.value,
                i.country.map(|c| c.code()),
                i.label.as_deref().unwrap()
            )
        })
        .collect();
    assert_eq!(
        numbers,
        [
            "Passport ZX0000001 Some(\"TN\") Tunisian number, issued on 4 Jan. 2010",
            "Passport ZX0000002 None Passport Number",
            "Tax 990000000001 None Taxpayer ID",
            "Other GAC9001 None UK Sanctions List Ref",
        ]
    );
    assert_eq!(person.party.gender, Some(Gender::Female));
    assert_eq!(person.functions, ["Harbour master", "Minister of Ports", "Dr"]);
    assert_eq!(person.reasons, ["Took bribes (see note) for berths."]);
    assert!(person.remarks[0].starts_with("(UK Sanctions List Ref):GAC9001 (UK Statement"));
    assert_eq!(person.party.addresses[0].text, "1 Quay Street, Old Town, Port Severin, 00100");
    assert_eq!(person.programmes, ["Global Anti-Corruption", "Cyber"]);
    assert!(person.topics.contains(&diligence::watchlist::Topic::Corruption));
    assert_eq!(person.listed_on.unwrap().to_string(), "2021-01-01");
    assert_eq!(person.amended_on.unwrap().to_string(), "2024-03-06");
}

#[test]
fn ofsi_other_information_gives_ships_and_companies_their_particulars() {
    let parsed = read("uk_ofsi", "ConList.csv", &fixture("uk_ofsi_csv/basic/ConList.csv")).unwrap();
    let company = find(&parsed, "90002");
    assert_eq!(company.party.kind, Some(PartyKind::Organization));
    assert_eq!(
        company.linked_to,
        [
            Link::named(Some("parent company of"), "Oro Mills"),
            Link::named(Some("parent company of"), "Oro Rail"),
            Link::named(Some("subsidiary of"), "Oro Group"),
        ]
    );
    assert_eq!(company.party.addresses[0].text, "12 Mill Road, Iraq (previous address)");
    assert_eq!(company.party.addresses[0].country.unwrap().code(), "IQ");
    let registration = company.party.identifiers.iter().find(|i| i.scheme == Scheme::Registration);
    assert_eq!(registration.unwrap().value, "990000000002");
    let ship = find(&parsed, "90003");
    assert_eq!(ship.party.kind, Some(PartyKind::Vessel));
    assert_eq!(ship.party.identifiers[0].scheme, Scheme::Imo);
    assert!(ship.details.contains(&Detail::new("tonnage of ship", "1676")));
    assert!(ship.party.countries.iter().any(|c| c.tie == Tie::Flag && c.country.code() == "KP"));
    assert_eq!(ship.linked_to, [Link::named(Some("owned by"), "Oro Shipping")]);
}

#[test]
fn an_ofsi_workbook_of_the_same_table_is_the_same_list() {
    let bytes = fixture("uk_ofsi_csv/basic/ConList.csv");
    let table = read("uk_ofsi", "ConList.csv", &bytes).unwrap();
    let book = Workbook::new(&[("Notes", "Nothing of the list"), ("Data", &lines(&bytes))]);
    let book = read("uk_ofsi", "ConList.xlsx", &book.bytes()).unwrap();
    assert_eq!(book.listings, table.listings);
    assert_eq!(book.header, table.header);
    assert_eq!(book.warnings.len(), 1);
    assert!(book.warnings[0].contains("the sheet 'Notes'"), "{:?}", book.warnings);
}

#[test]
fn ofsi_rows_with_something_unreadable_are_kept_and_told_and_askew_ones_refused() {
    let bytes = fixture("uk_ofsi_csv/recoverable_errors/ConList.csv");
    let parsed = read("uk_ofsi", "ConList.csv", &bytes).unwrap();
    assert_eq!(
        rejects(&parsed),
        [
            "1 Last Updated bad-date",
            "3 Alias Quality unknown-value",
            "3 Alias Type unknown-value",
            "3 Group Type unknown-kind",
            "3 DOB bad-date",
            "3 Country unknown-country",
            "4  no-id",
            "6  wrong-column-count",
            "7 Non-Latin Script Language unknown-language",
            "1 Mood unknown-column",
            "3 Alias Type no-primary-name",
            "5  no-name",
            "7 Alias Type no-primary-name",
        ]
    );
    assert_eq!((parsed.listings.len(), parsed.lost_records), (2, 3));
    assert!(parsed.listings[0].party.addresses[0].text.ends_with("Atlantis"));
}

#[test]
fn what_is_not_the_ofsi_format_is_refused_in_words() {
    let other = fixture("uk_ofsi_csv/unknown_version/ConList.csv");
    let told = |bytes: &[u8]| read("uk_ofsi", "ConList", bytes).unwrap_err().to_string();
    assert!(told(&other).contains("no column 'Name 6'"));
    assert!(told(&Workbook::new(&[("Data", &lines(&other))]).bytes()).contains("no sheet with"));
    assert!(told(b"<!DOCTYPE html><html>").contains("HTML page"));
    assert!(told(&[0xd0, 0xcf, 0x11, 0xe0, 0, 0]).contains("encrypted with a password"));
    assert!(told(b"").contains("empty file"));
}

#[test]
fn the_ofsi_table_and_the_ofsi_workbook_of_one_day_are_the_same_list() {
    let Some(book) = real_bytes("lists/uk_ofsi/ConList_2025.xlsx") else { return };
    let Some(table) = real_bytes("lists/uk_ofsi/ConList_2025_converted.csv.gz") else { return };
    let book = read("uk_ofsi", "ConList.xlsx", &book).unwrap();
    let table = read("uk_ofsi", "ConList.csv", &table).unwrap();
    summary("OFSI of April 2025", &book);
    assert_eq!(book.header, table.header);
    assert_eq!((book.rows_read, table.rows_read), (18_798, 18_798));
    assert_eq!((book.listings.len(), book.lost_records), (4_688, 0));
    assert!(book.listings == table.listings, "not one field of one listing differs");
    let without_place = |parsed: &Parsed| -> Vec<(String, String, String)> {
        let of =
            |r: &diligence::party::Reject| (r.field.clone(), r.code.clone(), r.message.clone());
        parsed.rejects.iter().map(of).collect()
    };
    assert_eq!(without_place(&book), without_place(&table));
}

#[test]
fn the_ofsi_workbook_of_june_2023_is_read_whole() {
    let Some(book) = real_bytes("lists/uk_ofsi/ConList_2023.xlsx") else { return };
    let parsed = read("uk_ofsi", "ConList.xlsx", &book).unwrap();
    let counts = summary("OFSI of June 2023", &parsed);
    assert_eq!((parsed.rows_read, parsed.listings.len(), parsed.lost_records), (16_823, 3_993, 0));
    assert_eq!((counts["kind person"], counts["kind organization"]), (3_231, 747));
}

#[test]
fn the_dfat_workbook_of_december_2024_is_read_whole() {
    let Some(book) = real_bytes("lists/au_dfat/regulation8_consolidated.xlsx") else { return };
    let parsed = read("au_dfat", "regulation8_consolidated.xlsx", &book).unwrap();
    let counts = summary("DFAT of December 2024", &parsed);
    assert_eq!((parsed.rows_read, parsed.listings.len(), parsed.lost_records), (9_553, 3_062, 0));
    assert_eq!((counts["kind person"], counts["kind organization"]), (2_316, 746));
    let years = parsed.listings.iter().flat_map(|l| &l.party.birth_dates).map(|d| d.from.year());
    assert!(years.clone().all(|year| (1920..2010).contains(&year)), "{:?}", years.min());
}

const DFAT: &str = "Consolidated list\nReference|Name of Individual or Entity|Type|Name Type|Date of Birth|Place of Birth|Citizenship|Address|Additional Information|Listing Information|Committees|Control Date\n";

fn dfat(rows: &str) -> Parsed {
    let table = format!("{DFAT}{rows}");
    read("au_dfat", "list.xlsx", &Workbook::new(&[("Sheet1", &table)]).bytes()).unwrap()
}

#[test]
fn dfat_rows_of_one_number_are_one_party_with_its_names() {
    let rest = "a) @|a) Port Severin, Mali b) Lake Oro|Russian and Congolese|a) 1 Quay Street, Moscow, Russia; 2 Mill Road b) Iraq (previous)|Title: Dr. Designation: Harbour master. Passport no.: XZ1234567 issued 2003|Listed by the UN 1267 Committee on 25 January 2001 (amended on 3 Sep 2003)|1988 (Taliban)|@41988";
    let rest = rest.replace("a) @", "a) Approximately 1955- 1958 b) 7 Apr. 1956");
    let parsed = dfat(&format!(
        "7a|Vesna Fenn|individual |Aka |{rest}\n#7|Vesna  Marsh|Individual|Primary Name|{rest}\n7b|Весна Марш|Individual|Original script|{rest}\n7c|Vesna Okonjo (formerly listed as)|Individual|aka|@20546|NA|||||1988 (Taliban)|@41989\n#8|Oro Mills|Entity|Primary Name|na|||n/a|NA|Instrument of first designation: Instrument 2022|Autonomous (Thematic – Corruption)|@44000"
    ));
    assert_eq!(rejects(&parsed), ["3 Citizenship unknown-country"]);
    let person = find(&parsed, "7");
    assert_eq!(
        names(person),
        [
            "Vesna Marsh Primary -",
            "Vesna Fenn Alias -",
            "Весна Марш Native -",
            "Vesna Okonjo Former -"
        ]
    );
    assert_eq!(dates(person), ["circa 1955 to 1958", "1956-04-07", "1956-04-01"]);
    assert_eq!(person.party.birth_places, ["Port Severin, Mali", "Lake Oro"]);
    let addresses: Vec<_> = person
        .party
        .addresses
        .iter()
        .map(|a| (a.text.as_str(), a.country.map(|c| c.code())))
        .collect();
    let expected = [
        ("1 Quay Street, Moscow, Russia", Some("RU")),
        ("2 Mill Road", None),
        ("Iraq (previous)", Some("IQ")),
    ];
    assert_eq!(addresses, expected);
    assert_eq!(person.functions, ["Dr", "Harbour master"]);
    assert_eq!(person.party.identifiers[0].value, "XZ1234567");
    assert_eq!(person.listed_on.unwrap().to_string(), "2001-01-25");
    assert_eq!(person.amended_on.unwrap().to_string(), "2014-12-16");
    assert_eq!(person.authority.as_deref(), Some("United Nations Security Council"));
    let company = find(&parsed, "8");
    assert_eq!(company.party.kind, Some(PartyKind::Organization));
    assert!(company.topics.contains(&diligence::watchlist::Topic::Corruption));
    assert_eq!(company.authority.as_deref(), Some("Minister for Foreign Affairs (Australia)"));
    assert!(company.party.addresses.is_empty() && company.remarks.is_empty());
}

#[test]
fn dfat_days_are_the_same_in_a_workbook_that_counts_from_1904() {
    let rows = format!("{DFAT}#9|Oro Rail|Entity|Primary Name||||||||@44299");
    let book = Workbook::of_1904(&[("Sheet1", &rows)]);
    let parsed = read("au_dfat", "list.xlsx", &book.bytes()).unwrap();
    assert_eq!(parsed.listings[0].amended_on.unwrap().to_string(), "2025-04-14");
}

#[test]
fn dfat_rows_that_cannot_be_read_are_told_and_another_table_is_refused() {
    let parsed = dfat(
        "x1|Nobody|Individual|Primary Name\n#5||Individual|Primary Name\n#6|Oro Star|Boat|Nickname|someday||Atlantis|||||soon\n#6|Oro Star|Boat|Nickname|someday||Atlantis|||||soon|beyond",
    );
    assert_eq!(
        rejects(&parsed),
        [
            "3 Reference no-id",
            "4 Name of Individual or Entity no-name",
            "5 Name Type unknown-value",
            "5 Type unknown-kind",
            "5 Date of Birth bad-date",
            "5 Citizenship unknown-country",
            "5 Control Date bad-date",
            "6 cells under no column unknown-column",
            "4  no-name",
            "5 Name Type no-primary-name",
        ]
    );
    assert_eq!((parsed.listings.len(), parsed.lost_records), (1, 2));
    let mut book = Workbook::new(&[("Sheet1", "Reference|Name\n#1|x")]);
    let told = |book: &Workbook| read("au_dfat", "l.xlsx", &book.bytes()).unwrap_err().to_string();
    assert!(told(&book).contains("no sheet with the columns Reference"));
    let sheet = book.part("xl/worksheets/sheet1.xml").replace("</sheetData>", "");
    book.set("xl/worksheets/sheet1.xml", &sheet);
    assert!(told(&book).contains("malformed"), "{}", told(&book));
}

#[test]
fn the_japanese_workbook_of_march_2026_is_read_whole() {
    let Some(book) = real_bytes("lists/jp_mof/shisantouketsu20260305.xlsx") else { return };
    let parsed = read("jp_mof", "shisantouketsu20260305.xlsx", &book).unwrap();
    let counts = summary("Japan of March 2026", &parsed);
    if std::env::var_os("DILIGENCE_SHOW_REJECTS").is_some() {
        for listing in parsed.listings.iter().step_by(37) {
            println!("@ {} {:?} {:?}", listing.id, listing.party.kind, names(listing));
        }
    }
    assert_eq!((parsed.listings.len(), parsed.lost_records), (2_862, 1));
    assert_eq!((counts["kind person"], counts["kind organization"]), (2_009, 850));
    assert_eq!(parsed.warnings.len(), 5, "contents, three lifted measures, deleted rows");
    let words = [
        "DOB",
        " born ",
        "生年月日",
        "出生",
        "生まれ",
        "isted as",
        "In Arabic",
        "riginal script",
        ";",
    ];
    let noted = |text: &str| words.iter().any(|word| text.contains(word));
    let unbalanced = |text: &str| {
        let count = |marks: [char; 2]| text.chars().filter(|c| marks.contains(c)).count();
        count(['(', '（']) != count([')', '）'])
    };
    let all = || parsed.listings.iter().flat_map(|l| &l.party.names).map(|name| name.text.as_str());
    let counted = (all().filter(|t| noted(t)).count(), all().filter(|t| unbalanced(t)).count());
    assert_eq!(counted, (1, 0), "one bracket of names with figures stays; none is halved");
}

const MOF: &str = "告示日付|告示番号|日本語表記|英語表記";

#[test]
fn japanese_sheets_are_read_by_their_own_headers() {
    let persons = format!(
        "ポート・セヴェリンの関係者\n{MOF}|別名|確定に十分でない別名|称号|生年月日|出生地|国籍|旅券番号|その他の情報\n\
         2001.9.22⏎2008.6.25改訂|#1|ヴェスナ・マーシュ|VESNA MARSH⏎（original script：Весна Марш）|(a)ヴェスナ（Wesna）、⏎(b)フェン（Fenn）|オコンジョ（Okonjo）|(a)Dr（博士）|(a)1971年頃⏎（b）昭和48年7月21日|ケニア・ナイロビ|(a)マリ共和国⏎(b)ロシア連邦|(a)チュニジア旅券 XZ123456（2010年発行）⏎(b)不明|船長\n\
         2003.1.1削除|2\n\
         |||||||||||続き\n\
         2026.3.5|３(*7)|イルゼ|ILSE||不明|不明|@26242|不明|不明|不明|不明"
    );
    let bodies = format!(
        "{MOF}|別称・旧称|所在地|機嫌\n@45000|#1|オロ製粉|ORO MILLS|オロ；ミル⏎Oro; Mills|12 Mill Road, Minsk, Belarus|良い"
    );
    let book = Workbook::new(&[
        ("一覧", "目次\n#1|関係者"),
        ("1.関係者（個人）", &persons),
        ("2.製粉 (団体)", &bodies),
        ("3.【解除】旧", "解除されました"),
        ("4.新しい形", "name|number\nNobody|#1"),
    ]);
    let parsed = read("jp_mof", "shisantouketsu.xlsx", &book.bytes()).unwrap();
    assert_eq!(rejects(&parsed), ["1 機嫌 unknown-column"]);
    let ids: Vec<&str> = parsed.listings.iter().map(|listing| listing.id.as_str()).collect();
    assert_eq!(ids, ["1-1", "1-3", "2-1"]);
    let person = find(&parsed, "1-1");
    assert_eq!(
        names(person),
        [
            "VESNA MARSH Primary -",
            "Весна Марш Native -",
            "ヴェスナ・マーシュ Alias ja",
            "ヴェスナ Alias ja",
            "Wesna Alias -",
            "フェン Alias ja",
            "Fenn Alias -",
            "オコンジョ WeakAlias ja",
            "Okonjo WeakAlias -",
        ]
    );
    assert_eq!(person.party.kind, Some(PartyKind::Person));
    assert_eq!(dates(person), ["circa 1971", "1973-07-21"]);
    let ties: Vec<String> =
        person.party.countries.iter().map(|c| format!("{} {:?}", c.country, c.tie)).collect();
    assert_eq!(ties, ["KE BirthPlace", "ML Nationality", "RU Nationality"]);
    let passport = &person.party.identifiers[0];
    assert_eq!((passport.scheme, passport.value.as_str()), (Scheme::Passport, "XZ123456"));
    assert_eq!(passport.country.unwrap().code(), "TN");
    assert_eq!(person.party.identifiers.len(), 1);
    assert_eq!(person.functions, ["Dr（博士）"]);
    assert_eq!(person.listed_on.unwrap().to_string(), "2001-09-22");
    assert_eq!(person.amended_on.unwrap().to_string(), "2008-06-25");
    assert!(person.remarks.contains(&"船長".to_owned()));
    assert!(person.remarks.iter().any(|text| text.contains("続き")), "{:?}", person.remarks);
    let other = find(&parsed, "1-3");
    assert_eq!(dates(other), ["1971-11-05"]);
    assert_eq!(other.details, [Detail::new("告示番号", "３(*7)")]);
    let company = find(&parsed, "2-1");
    assert_eq!(company.party.kind, Some(PartyKind::Organization));
    assert_eq!(company.listed_on.unwrap().to_string(), "2023-03-15");
    assert_eq!(company.party.addresses[0].country.unwrap().code(), "BY");
    assert_eq!(company.party.names.len(), 6);
    let told = |words: &str| parsed.warnings.iter().any(|warning| warning.contains(words));
    assert!(told("'一覧' is the table of contents"));
    assert!(told("'3.【解除】旧' tells of measures that were lifted"));
    assert!(told("'4.新しい形' has no header of the list and was not read (2 rows)"));
    assert!(told("1 rows are marked as deleted"));
    assert_eq!(parsed.warnings.len(), 4);
}

#[test]
fn japanese_rows_that_cannot_be_read_are_told() {
    let sheet = format!(
        "{MOF}|生年月日|国籍\n2024.1.1|#1|||1971年\n2024.1.1|欠番|ヴェスナ|VESNA\n20241.1|#3|イルゼ|ILSE|いつか|アトランティス"
    );
    let book = Workbook::new(&[("1.関係者", &sheet)]);
    let parsed = read("jp_mof", "l.xlsx", &book.bytes()).unwrap();
    assert_eq!(
        rejects(&parsed),
        [
            "2  no-name",
            "3 告示番号 no-id",
            "4 告示日付 bad-date",
            "4 生年月日 bad-date",
            "4 国籍 unknown-country",
        ]
    );
    assert_eq!((parsed.listings.len(), parsed.lost_records), (1, 2));
    let empty = Workbook::new(&[("1.関係者", "告示日付|告示番号")]).bytes();
    let error = read("jp_mof", "l.xlsx", &empty).unwrap_err().to_string();
    assert!(error.contains("no sheet with the columns 告示日付"), "{error}");
}
