//! What a user hands over, through the public door: good tables in every dialect, and bad ones.
#![expect(clippy::unwrap_used, reason = "a helper of a test may fail as the test would")]

use diligence::intake::{Intake, IntakeError, Limits, RelationKind, read, read_bytes};
use diligence::intake::{Subject, read_bytes_within};
use diligence::party::{NameQuality, PartyKind, Scheme, Tie};
use proptest::prelude::*;
use std::path::{Path, PathBuf};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/intake").join(name)
}

fn files(tables: &[(&str, &str)]) -> Vec<(String, Vec<u8>)> {
    tables.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect()
}

fn portfolio(tables: &[(&str, &str)]) -> Intake {
    read_bytes(files(tables)).unwrap()
}

fn parties(text: &str) -> Intake {
    portfolio(&[("parties.csv", text)])
}

fn error(tables: &[(&str, &str)]) -> String {
    read_bytes(files(tables)).unwrap_err().to_string()
}

/// `row field code` of every reject.
fn rejects(intake: &Intake) -> Vec<String> {
    let line = |r: &diligence::party::Reject| format!("{} {} {}", r.row, r.field, r.code);
    intake.rejects.iter().map(line).collect()
}

fn quarantined(intake: &Intake) -> Vec<bool> {
    intake.subjects.iter().map(|subject: &Subject| subject.quarantined.is_some()).collect()
}

#[test]
fn a_party_keeps_every_value_it_came_with() {
    let intake = parties(
        "id,kind,name,native_name,alias,country,jurisdiction,nationality,lei,registration_number,\
         birth_date,incorporation_date,bearer_shares,website,Shoe Size\n\
         P-1,company,Acme Ltd,Ακμή ΕΠΕ,Acme; ACM,Cyprus,CY,,BADLEI,HE 1,1970-02,2001,no,acme.example,44\n",
    );
    let record = &intake.parties["P-1"];
    let names: Vec<_> = record.party.names.iter().map(|n| (n.text.as_str(), n.quality)).collect();
    let expected = [
        ("Acme Ltd", NameQuality::Primary),
        ("Ακμή ΕΠΕ", NameQuality::Native),
        ("Acme", NameQuality::Alias),
        ("ACM", NameQuality::Alias),
    ];
    assert_eq!(names, expected);
    assert_eq!(record.party.kind, Some(PartyKind::Company));
    let ties: Vec<_> = record.party.countries.iter().map(|t| (t.country.code(), t.tie)).collect();
    assert_eq!(ties, [("CY", Tie::Jurisdiction), ("CY", Tie::Stated)]);
    let schemes: Vec<_> = record.party.identifiers.iter().map(|i| i.scheme).collect();
    assert_eq!(schemes, [Scheme::Registration, Scheme::Lei]);
    assert_eq!(record.party.birth_dates[0].to_string(), "1970-02");
    assert_eq!(record.incorporation_date.unwrap().to_string(), "2001");
    assert_eq!(record.bearer_shares, Some(false));
    assert_eq!(record.other["website"], "acme.example");
    assert_eq!(record.other["shoe_size"], "44");
    assert_eq!(intake.warnings, ["parties.csv: column 'Shoe Size' is not known in parties"]);
    assert!(intake.rejects.is_empty());
}

#[test]
fn owners_and_key_persons_beside_a_partner_become_parties_and_ties() {
    let intake = portfolio(&[(
        "partners.csv",
        "id;name;owner.1.name;owner.1.share;owner.2.name;owner.2.kind;owner.2.share_min;\
         person.1.name;person.1.role;person.7.name;person.7.type\n\
         P-1;Acme;Ann Bee;60%;Holdco;company;25;Cy Dee;director;Di Eff;represents\n",
    )]);
    let ids: Vec<&str> = intake.parties.keys().map(String::as_str).collect();
    assert_eq!(ids, ["P-1", "P-1.owner.1", "P-1.owner.2", "P-1.person.1", "P-1.person.7"]);
    let kinds: Vec<_> = intake.relations.iter().map(|r| (r.from.as_str(), r.kind)).collect();
    let expected = [
        ("P-1.owner.1", RelationKind::Owns),
        ("P-1.owner.2", RelationKind::Owns),
        ("P-1.person.1", RelationKind::Directs),
        ("P-1.person.7", RelationKind::Represents),
    ];
    assert_eq!(kinds, expected);
    assert_eq!(
        (intake.relations[0].share_min, intake.relations[0].share_max),
        (Some(60.0), Some(60.0))
    );
    assert_eq!((intake.relations[1].share_min, intake.relations[1].share_max), (Some(25.0), None));
    assert_eq!(intake.relations[2].role.as_deref(), Some("director"));
    assert_eq!(intake.parties["P-1.owner.1"].party.kind, None);
    assert_eq!(intake.parties["P-1.person.1"].party.kind, None);
    assert_eq!(intake.subjects.len(), 1);
}

#[test]
fn a_bad_owner_refuses_the_owner_and_leaves_a_gap_on_the_partner() {
    let intake = portfolio(&[(
        "partners.csv",
        "id,name,owner.1.name,owner.1.share,owner.1.birth_date\nP-1,Acme,Ann,160,31.12.1970\n",
    )]);
    assert_eq!(rejects(&intake), ["2 owner.1.birth_date bad-date", "2 owner.1.share bad-share"]);
    assert_eq!(quarantined(&intake), [false]);
    let gap = &intake.gaps["P-1"][0];
    assert!(
        gap.starts_with("owner 1 of P-1 was refused: partners.csv row 2, owner.1.share"),
        "{gap}"
    );
}

#[test]
fn every_fault_of_a_row_is_told_and_the_row_is_quarantined() {
    let intake = parties(
        "id,kind,name,country,birth_date,gender,declared_official\n\
         P-1,ship,Acme,Atlantis,2023-02-29,f,perhaps\nP-2,person,Ann,DE,1970,f,no\n,,,,,,\n",
    );
    let expected = [
        "2 birth_date bad-date",
        "2 country bad-country",
        "2 declared_official bad-flag",
        "2 kind bad-kind",
        "4 id missing-value",
        "4 name missing-value",
    ];
    assert_eq!(rejects(&intake), expected);
    assert_eq!(quarantined(&intake), [true, false, true]);
    assert_eq!(intake.subjects[0].party.as_deref(), Some("P-1"));
    assert_eq!(intake.rejects[0].raw, "P-1,ship,Acme,Atlantis,2023-02-29,f,perhaps");
    assert!(intake.rejects[0].message.contains("'2023-02-29' is not a calendar date"));
}

#[test]
fn of_two_rows_with_one_id_the_first_stays_with_a_gap() {
    let intake = parties("id,name\nP-1,Acme\nP-2,Bcme\nP-1,Ccme\n");
    assert_eq!(rejects(&intake), ["4 id duplicate-id"]);
    assert_eq!(intake.parties["P-1"].party.caption(), "Acme");
    assert_eq!(quarantined(&intake), [false, false, true]);
    assert!(intake.gaps["P-1"][0].contains("stands twice"), "{:?}", intake.gaps);
    assert!(!intake.gaps.contains_key("P-2"));
}

#[test]
fn a_tie_to_nobody_or_to_a_refused_party_leaves_a_gap() {
    let intake = portfolio(&[
        ("parties.csv", "id,name,birth_date\nP-1,Acme,\nP-9,Ann,never\n"),
        (
            "relations.csv",
            "from,to,type,share\nP-9,P-1,owns,60\nP-8,P-1,owns,40\nP-1,P-1,owns,400\n",
        ),
    ]);
    let expected = [
        "3 birth_date bad-date",
        "2 from unknown-party",
        "3 from unknown-party",
        "4 share bad-share",
    ];
    assert_eq!(rejects(&intake), expected);
    assert!(intake.relations.is_empty());
    let gaps = &intake.gaps["P-1"];
    assert!(
        gaps[0].starts_with("P-9 was refused: parties.csv row 3, birth_date: expected"),
        "{gaps:?}"
    );
    assert!(
        gaps[1].starts_with("a tie with P-8 was refused: relations.csv row 3, from"),
        "{gaps:?}"
    );
    assert_eq!(gaps.len(), 3);
}

#[test]
fn shares_must_be_able_to_be_true_together() {
    let tables = |share: &str| {
        let ties = format!("from,to,type,share,share_min,share_max\nA,B,owns,{share}\n");
        portfolio(&[("parties.csv", "id,name\nA,Ann\nB,Bea\n"), ("relations.csv", &ties)])
    };
    for good in [",25,50", "30,25,50", "30,,", ",,", "0,0,0", "100,100,100"] {
        assert_eq!(tables(good).relations.len(), 1, "{good}");
    }
    for bad in [",50,25", "10,25,50", "60,25,50", "101,,", "-1,,", "NaN,,"] {
        assert!(tables(bad).relations.is_empty(), "{bad}");
        assert!(tables(bad).gaps.contains_key("A") && tables(bad).gaps.contains_key("B"), "{bad}");
    }
}

#[test]
fn with_engagements_every_row_of_theirs_is_a_subject() {
    let intake = portfolio(&[
        ("parties.csv", "id,name,country\nP-1,Acme,DE\nP-2,Bcme,Nowhere\n"),
        (
            "engagements.csv",
            "id,party,role,purpose,clause_audit,written_agreement,account_iban,category\n\
             E-1,P-1,JV-Partner,enter,refused,1,DE00,tools\nE-2,P-2,,,,,,\nE-3,P-3,,,,,,\n\
             E-1,P-1,,,,,,\nE-4,P-1,friend,,,,,\n",
        ),
    ]);
    assert_eq!(quarantined(&intake), [false, true, true, true, true]);
    let why = |at: usize| intake.subjects[at].quarantined.clone().unwrap();
    assert!(why(1).contains("which was refused: parties.csv row 3, country"), "{}", why(1));
    assert!(why(2).contains("expected the id of a party; found 'P-3'"), "{}", why(2));
    assert!(intake.gaps["P-1"][0].contains("engagement E-1 stands twice"));
    let engagement = &intake.engagements["E-1"];
    assert_eq!(engagement.written_agreement, Some(true));
    assert_eq!(engagement.account_iban.as_ref().unwrap().value, "DE00");
    assert_eq!(engagement.other["category"], "tools");
}

#[test]
fn every_dialect_reads_the_same() {
    let plain = "id,name,birth date\nP-1,\"Bee, Ann\",1970\n";
    let expected = parties(plain).parties;
    let bom = format!("\u{feff}{plain}");
    let dialects = [
        bom.as_str(),
        "ID;Name;Birth-Date\r\nP-1;Bee, Ann;1970\r\n",
        "id\tname\tBIRTH.DATE\nP-1\tBee, Ann\t1970",
        "id|name|birth_date\rP-1|Bee, Ann|1970\r",
        "\n\n\"id\",\"name\",\"birth_date\"\n\"P-1\",\"Bee, Ann\",\"1970\"\n\n",
    ];
    for text in dialects {
        let mut read = parties(text).parties;
        read.get_mut("P-1").unwrap().row = expected["P-1"].row.clone();
        assert_eq!(read, expected, "{text}");
    }
}

#[test]
fn a_row_is_numbered_by_the_line_it_starts_on() {
    let intake = parties("id,name\n\n  \nP-1,\"Two\nlines\"\nP-2\n\r\nP-3,x,y\n");
    assert_eq!(intake.parties["P-1"].row.row, 4);
    assert_eq!(rejects(&intake), ["6 name ragged-row", "8 cell 3 ragged-row"]);
    assert_eq!(intake.rejects[1].raw, "P-3,x,y");
    assert_eq!(intake.subjects.len(), 3);
    let old_mac = parties("id,name\rP-1,Ann\r\rP-2\r");
    assert_eq!(rejects(&old_mac), ["4 name ragged-row"]);
}

#[test]
fn a_misspelt_column_is_warned_of_with_what_was_meant() {
    let intake = parties("id,name,brith_date,\nP-1,Ann,1970,\n");
    let expected = [
        "parties.csv: column 'brith_date' is not known in parties; did you mean 'birth_date'?",
        "parties.csv: column 4 has no name; its values are not read",
    ];
    assert_eq!(intake.warnings, expected);
}

#[test]
fn a_header_that_cannot_be_used_is_an_error_that_says_why() {
    let one = |text: &str| error(&[("parties.csv", text)]);
    let wrong = one("vendor,city\nAcme,Bonn\n");
    assert_eq!(wrong, "parties.csv: expected the columns id, name; found vendor, city");
    let twice = one("id,name,Birth Date,birth_date\n");
    assert_eq!(
        twice,
        "parties.csv: expected every column once; found 'Birth Date' and 'birth_date' for birth_date"
    );
    assert_eq!(one(""), "parties.csv: expected a header; found an empty file");
    assert_eq!(one("\u{feff}\n\n"), "parties.csv: expected a header; found an empty file");
    let relations = error(&[("relations.csv", "from,to,type\n")]);
    assert_eq!(relations, "expected a table named partners or parties; found relations.csv");
}

#[test]
fn a_header_alone_is_a_portfolio_of_nobody() {
    let intake = parties("id,name\n");
    assert!(intake.is_empty() && intake.rejects.is_empty());
    assert_eq!(intake.warnings, ["parties.csv: the table parties has no rows"]);
    assert_eq!(intake.files[0].rows, 0);
}

#[test]
fn other_encodings_are_errors_that_name_the_byte() {
    let utf16: Vec<u8> = "\u{feff}id,name\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let unmarked: Vec<u8> = "id,name\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let cases: [(&[u8], &str); 3] = [
        (&utf16, "a UTF-16 byte order mark at byte 0"),
        (&unmarked, "found a NUL in the header, as in UTF-16 text, at byte 1"),
        (b"id,name\nP-1,M\xfcller\n", "found the byte 0xFC at byte 13"),
    ];
    for (bytes, expected) in cases {
        let read = read_bytes(vec![("parties.csv".to_owned(), bytes.to_vec())]);
        let message = read.unwrap_err().to_string();
        assert!(message.contains(expected), "{message}");
    }
}

#[test]
fn a_nul_in_a_row_refuses_that_row_only() {
    let intake = parties("id,name\nP-1,A\0nn\nP-2,Bea\n");
    assert_eq!(rejects(&intake), ["2 name control-character"]);
    assert_eq!(quarantined(&intake), [true, false]);
}

#[test]
fn a_quote_that_never_closes_is_an_error_because_it_swallows_rows() {
    let swallowed = "id,name\nP-1,Ann\nP-2,\"Bea\nP-3,Cy\n";
    let message = error(&[("parties.csv", swallowed)]);
    assert!(message.contains("the record that starts on line 3"), "{message}");
    let inch = parties("id,name\nP-1,5\" pipe\nP-2,\"a \"\"b\"\"\"\n");
    assert_eq!(inch.parties["P-2"].party.caption(), "a \"b\"");
}

#[test]
fn what_is_too_large_is_refused_with_its_limit() {
    let limits = Limits { file_bytes: 1000, rows: 2, columns: 3, cell_bytes: 10 };
    let one = |text: &str| {
        read_bytes_within(files(&[("parties.csv", text)]), &limits).unwrap_err().to_string()
    };
    assert_eq!(
        one("id,name\n1,a\n2,b\n3,c\n"),
        "parties.csv: expected at most 2 rows; found 3 on line 4"
    );
    assert_eq!(one("id,name,a,b\n"), "parties.csv: expected at most 3 columns; found 4 on line 1");
    let cell = one("id,name\n1,abcdefghijk\n");
    assert_eq!(cell, "parties.csv: expected at most 10 bytes in a cell; found 11 on line 2");
    assert_eq!(one(&"x".repeat(1001)), "parties.csv: expected at most 1000 bytes; found 1001");
}

#[test]
fn a_header_of_a_million_columns_and_a_huge_cell_are_refused() {
    let wide = format!("id,name{}\n", ",x".repeat(1_000_000));
    let message = error(&[("parties.csv", &wide)]);
    assert!(message.contains("at most 2000 columns; found 1000002"), "{message}");
    let huge = format!("id,name\nP-1,{}\n", "x".repeat(10_000_000));
    let message = error(&[("parties.csv", &huge)]);
    assert!(message.contains("bytes in a cell; found 10000000 on line 2"), "{message}");
}

#[test]
fn a_file_of_any_name_is_known_by_its_header_when_it_is_alone() {
    let intake = portfolio(&[("Our Vendors.csv", "id,name,owner.1.name\nV-1,Acme,Ann\n")]);
    assert_eq!(intake.files[0].table, "partners");
    assert_eq!(intake.parties.len(), 2);
}

#[test]
fn other_tables_of_a_folder_are_told_and_not_read() {
    let intake = portfolio(&[
        ("parties.csv", "id,name\nP-1,Acme\n"),
        ("payments.csv", "nonsense"),
        ("holidays.csv", "nonsense"),
        ("README.md", "nonsense"),
    ]);
    let expected = [
        "README.md: no table of that name is known; it is not read",
        "holidays.csv: no table of that name is known; it is not read",
        "payments.csv: the table is not read by this version",
    ];
    assert_eq!(intake.warnings, expected);
    let workbook = [("parties.csv", "id,name\n"), ("relations.xlsx", "PK")];
    let message = error(&workbook);
    assert!(message.contains("found the extension 'xlsx'"), "{message}");
    let twice = error(&[("parties.csv", "id,name\n"), ("Parties.tsv", "id\tname\n")]);
    assert!(twice.contains("expected one file for the table parties"), "{twice}");
}

#[test]
fn the_bad_files_of_the_fixtures_are_told_apart() {
    let code = |name: &str| match read(&fixture(name)) {
        Ok(intake) => format!("{} subjects, {:?}", intake.subjects.len(), rejects(&intake)),
        Err(error) => error.to_string(),
    };
    let names = [
        "utf16.csv",
        "latin1.csv",
        "wrong_header.csv",
        "empty.csv",
        "duplicate_header.csv",
        "unclosed_quote.csv",
        "semicolons_bom.csv",
        "recoverable_errors",
    ];
    let told = names.map(|name| format!("{name}: {}", code(name))).join("\n");
    insta::assert_snapshot!(told);
}

#[test]
fn a_file_that_is_not_there_is_an_error_that_names_it() {
    let error = read(&fixture("no_such_folder")).unwrap_err();
    assert!(matches!(error, IntakeError::Io { .. }));
    assert!(error.to_string().ends_with("no_such_folder could not be read"));
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        for name in ["parties.csv", "partners.csv", "x"] {
            let _ = read_bytes(vec![(name.to_owned(), bytes.clone())]);
        }
    }

    #[test]
    fn every_data_row_is_one_subject(body in "[a-c0-9,;\"|\\r\\n\\t \0é]{0,200}", single in any::<bool>()) {
        let mut tables = files(&[("parties.csv", &format!("id,name,birth_date\n{body}"))]);
        if !single {
            tables = files(&[
                ("parties.csv", "id,name\na,A\nb,B\n"),
                ("engagements.csv", &format!("id,party,start_date\n{body}")),
            ]);
        }
        if let Ok(intake) = read_bytes(tables) {
            let rows = intake.files.last().map_or(0, |file| file.rows);
            let (owed, others): (Vec<_>, Vec<_>) = intake
                .subjects
                .iter()
                .partition(|s| single || s.row.file == "engagements.csv");
            prop_assert_eq!(owed.len() as u64, rows);
            prop_assert!(intake.subjects.iter().take(owed.len()).eq(owed.iter().copied()));
            for subject in &intake.subjects {
                let known = subject.quarantined.is_some()
                    || subject.party.as_ref().is_some_and(|id| intake.parties.contains_key(id));
                prop_assert!(known, "{:?}", subject);
            }
            for id in intake.parties.keys() {
                let lines = others.iter().filter(|s| s.party.as_ref() == Some(id)).count();
                let engaged = owed.iter().any(|s| s.party.as_ref() == Some(id));
                prop_assert!(lines <= 1 && (engaged || lines == 1), "{}", id);
            }
            let mut lines: Vec<u64> = owed.iter().map(|s| s.row.row).collect();
            lines.dedup();
            prop_assert_eq!(lines.len(), owed.len());
            prop_assert!(lines.is_sorted());
        }
    }
}
