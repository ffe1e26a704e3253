//! Portfolios with a hole in them: a party without an engagement, a tie to nobody, a table that is
//! there and not read, a name that is none. Each could make somebody look clean who is not.

use crate::support::command::{Home, fixture};
use diligence::intake::{Intake, read, read_bytes};
use diligence::party::PartyKind;

fn portfolio(tables: &[(&str, &str)]) -> Intake {
    read_bytes(files(tables)).unwrap()
}

fn files(tables: &[(&str, &str)]) -> Vec<(String, Vec<u8>)> {
    tables.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect()
}

/// One word a subject: its engagement or else its party, `!` when it is quarantined.
fn subjects(intake: &Intake) -> Vec<String> {
    let line = |s: &diligence::intake::Subject| {
        let id = s.engagement.clone().or_else(|| s.party.clone()).unwrap_or_else(|| "?".to_owned());
        if s.quarantined.is_some() { format!("{id}!") } else { id }
    };
    intake.subjects.iter().map(line).collect()
}

const OWNED_DIRECTOR: [(&str, &str); 2] = [
    ("parties.csv", "id,name\nS1,Acme\nD,Direct Ltd\nL,Listed\nS2,Other\nX,Alone\n"),
    ("relations.csv", "from,to,type,share\nD,S1,directs,\nL,D,owns,100\n"),
];

#[test]
fn whom_no_engagement_reaches_has_a_line_of_their_own() {
    let [parties, relations] = OWNED_DIRECTOR;
    let with =
        |engagements| subjects(&portfolio(&[parties, relations, ("engagements.csv", engagements)]));
    assert_eq!(with("id,party\nE2,S2\nE1,S1\n"), ["E2", "E1", "X"]);
    assert_eq!(with("id,party\nE1,S1\nE3,L\n"), ["E1", "E3", "S2", "X"]);
    assert_eq!(with("id,party\n"), ["S1", "D", "L", "S2", "X"]);
    assert_eq!(with("id,party,start_date\nE1,S1,never\n"), ["E1!", "S2", "X"]);
    assert_eq!(with("id,party\nE1,NOBODY\n"), ["E1!", "S1", "D", "L", "S2", "X"]);
    assert_eq!(with("id,party\nE1,S1,\n"), ["E1!", "S1", "D", "L", "S2", "X"], "ragged");
}

#[test]
fn a_refused_party_row_has_its_own_line_unless_an_engagement_answers_for_it() {
    let intake = portfolio(&[
        (
            "parties.csv",
            "id,name,country\nA,Acme,\nB,Bad,Atlantis\nC,Cad,Atlantis\nD,Dad,Atlantis\n,No,\nA,Two,\n",
        ),
        ("relations.csv", "from,to,type\nB,A,owns\nC,B,owns\n"),
        ("engagements.csv", "id,party\nE1,A\nE2,D\n"),
    ]);
    assert_eq!(subjects(&intake), ["E1", "E2!", "C!", "?!"]);
    assert!(intake.gaps["A"].iter().any(|gap| gap.starts_with("B was refused")));
}

#[test]
fn a_party_at_the_clean_end_of_a_refused_tie_is_not_lost() {
    let intake = portfolio(&[
        ("parties.csv", "id,name\nA,Acme\nL,Listed\n"),
        ("relations.csv", "from,to,type,share\nL,A,owns,600\n"),
        ("engagements.csv", "id,party\nE1,A\n"),
    ]);
    assert_eq!(subjects(&intake), ["E1", "L"]);
}

#[test]
fn rows_of_both_party_tables_are_subjects() {
    let tables = [
        ("partners.csv", "id,name,owner.1.name\nP,Acme,Ann\n"),
        ("parties.csv", "id,name\nQ,Bee\n"),
    ];
    assert_eq!(subjects(&portfolio(&tables)), ["P", "Q"]);
    let engaged = [tables[0], tables[1], ("engagements.csv", "id,party\nE,Q\n")];
    assert_eq!(subjects(&portfolio(&engaged)), ["E", "P"]);
}

#[test]
fn a_tie_that_may_concern_anybody_is_a_gap_of_the_whole_run() {
    let with = |row: &str| {
        let relations = format!("from,to,type,share\n{row}\n");
        portfolio(&[
            ("parties.csv", "id,name,country\nS1,Acme,\nL,Listed,\nR,Bad,Atlantis\n"),
            ("relations.csv", &relations),
        ])
        .unattributed
    };
    let told = with("L,S-1,owns,60");
    let expected = "relations.csv row 2, to: expected the id of a party; found 'S-1': nobody can say whom this tie concerns";
    assert_eq!(told, [expected]);
    for unclear in [
        "L,,owns,",
        "L,S1,owns",
        "L,,S1,owns,60",
        "X,Y,owns,60",
        "L,Y,befriends,",
        "X,L,family,",
        "L,S\x001,owns,",
    ] {
        assert_eq!(with(unclear).len(), 1, "{unclear}");
    }
    for clear in ["X,S1,owns,60", "L,S1,befriends,", "L,S1,owns,600", "L,R,owns,60", "R,S1,family,"]
    {
        assert_eq!(with(clear), Vec::<String>::new(), "{clear}");
    }
}

#[test]
fn owners_in_a_row_without_an_id_are_a_gap_of_the_whole_run() {
    let intake = portfolio(&[("partners.csv", "id,name,owner.1.name\nP,Acme,Ann\n,,Bob\n,Cid,\n")]);
    assert_eq!(subjects(&intake), ["P", "?!", "?!"]);
    assert_eq!(intake.unattributed.len(), 1);
    let told = &intake.unattributed[0];
    assert!(told.starts_with("partners.csv row 3, id: expected"), "{told}");
    assert!(told.ends_with("nobody can say whose owners or key persons these are"), "{told}");
}

#[test]
fn a_key_person_is_a_natural_person_only_when_the_row_says_so() {
    let kind = |columns: &str, values: &str| {
        let table = format!("id,name,person.1.name,{columns}\nP,Acme,Direct Ltd,{values}\n");
        portfolio(&[("partners.csv", &table)]).parties["P.person.1"].party.kind
    };
    assert_eq!(kind("person.1.role", "director"), None);
    assert_eq!(kind("person.1.kind", "company"), Some(PartyKind::Company));
    assert_eq!(kind("person.1.kind,person.1.birth_date", "company,"), Some(PartyKind::Company));
    for (column, value) in [
        ("birth_date", "1970"),
        ("gender", "f"),
        ("nationality", "DE"),
        ("passport_number", "X1"),
        ("id_number", "1"),
    ] {
        assert_eq!(kind(&format!("person.1.{column}"), value), Some(PartyKind::Person), "{column}");
    }
}

#[test]
fn a_placeholder_is_no_name() {
    let intake = portfolio(&[(
        "parties.csv",
        "id,name,alias,native_name\nA,Acme,n/a; ACM,-\nB,N/A,Bee,\nC,?,,Ce\nD,none; Dee,,\nE,Eff,UNKNOWN,\nF,None Such Ltd,,\n",
    )]);
    let codes: Vec<_> =
        intake.rejects.iter().map(|r| (r.row, r.field.as_str(), r.code.as_str())).collect();
    assert_eq!(codes, [(3, "name", "no-name"), (4, "name", "no-name")]);
    let names = |id: &str| -> Vec<_> {
        intake.parties[id].party.names.iter().map(|name| name.text.as_str()).collect()
    };
    assert_eq!(names("A"), ["Acme", "ACM"]);
    assert_eq!(names("D"), ["Dee"]);
    assert_eq!(names("F"), ["None Such Ltd"]);
    let expected = [
        "parties.csv: alias is 'n/a' or the like, which is no name and is left out (rows: 2, the first is 2)",
        "parties.csv: name is 'none' or the like, which is no name and is left out (rows: 1, the first is 5)",
        "parties.csv: native_name is '-' or the like, which is no name and is left out (rows: 1, the first is 2)",
    ];
    assert_eq!(intake.warnings, expected);
}

#[test]
fn an_owner_without_a_name_leaves_a_gap_on_the_partner() {
    let intake =
        portfolio(&[("partners.csv", "id,name,owner.1.name,owner.1.share\nP,Acme,unknown,60\n")]);
    assert_eq!(intake.rejects[0].code, "no-name");
    assert_eq!(intake.rejects[0].field, "owner.1.name");
    assert!(intake.gaps.contains_key("P"));
}

#[test]
fn a_table_without_rows_is_told_and_a_portfolio_without_any_is_empty() {
    let intake =
        portfolio(&[("parties.csv", "id,name\nA,Acme\n"), ("relations.csv", "from,to,type\n")]);
    assert_eq!(intake.warnings, ["relations.csv: the table relations has no rows"]);
    assert!(!intake.is_empty());
    assert!(portfolio(&[("partners.csv", "id,name\n")]).is_empty());
}

#[test]
fn a_file_that_may_be_a_table_and_is_not_read_is_an_error_that_names_it() {
    for name in [
        "relations",
        "relations.csv.gz",
        "Relations.CSV~",
        "relations (1).csv",
        "RELATIONS-2024.tsv",
        "relations.csv.bak",
        "relations.md",
        "relations.xlsx",
        "relation.csv",
        "engagements_old.csv",
        "Partners.JSON.zip",
        "parties.numbers",
    ] {
        let error =
            read_bytes(files(&[("parties.csv", "id,name\nA,Acme\n"), (name, "x")])).unwrap_err();
        assert!(error.to_string().starts_with(&format!("{name}: expected ")), "{error}");
    }
    let told =
        ["README", "README.md", "notes.pdf", "payments.csv.gz", "planted.csv", "vendors.xlsx"];
    for name in told {
        let warnings = portfolio(&[("parties.csv", "id,name\nA,Acme\n"), (name, "x")]).warnings;
        assert_eq!(warnings.len(), 1, "{name}");
        assert!(warnings[0].starts_with(&format!("{name}: ")), "{warnings:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_to_nothing_or_a_folder_in_place_of_a_table_is_an_error() {
    let home = Home::new();
    home.write("p/parties.csv", "id,name\nA,Acme\n");
    home.write("p/.DS_Store", "x");
    home.write("p/notes/relations.csv", "x");
    let folder = home.path("p");
    assert_eq!(read(&folder).unwrap().warnings, Vec::<String>::new());
    let link = folder.join("relations.csv");
    std::os::unix::fs::symlink("gone.csv", &link).unwrap();
    let error = read(&folder).unwrap_err().to_string();
    assert!(
        error.starts_with("relations.csv: expected a regular file; found a broken link"),
        "{error}"
    );
    std::fs::remove_file(&link).unwrap();
    std::os::unix::fs::symlink("/dev/null", &link).unwrap();
    let error = read(&folder).unwrap_err().to_string();
    assert!(error.contains("found a device, pipe or socket"), "{error}");
    std::fs::remove_file(&link).unwrap();
    home.write("p/Relations.parquet/part-0", "x");
    let error = read(&folder).unwrap_err().to_string();
    assert!(error.starts_with("Relations.parquet: expected the table relations"), "{error}");
}

#[test]
fn a_column_that_looks_like_an_owner_and_is_not_read_is_an_error() {
    for (column, meant) in [
        ("owner1.name", "owner.1.name"),
        ("ownr.1.name", "owner.1.name"),
        ("owner.name", "owner.1.name"),
        ("person.name", "person.1.name"),
        ("Person", "person.1.name"),
    ] {
        let table = format!("id,name,{column}\nP,Acme,Ann\n");
        let error = read_bytes(files(&[("partners.csv", &table)])).unwrap_err().to_string();
        assert!(error.starts_with("partners.csv: expected the columns of owners"), "{error}");
        assert!(error.contains(&format!("found '{column}': write {meant}")), "{error}");
    }
    let other = portfolio(&[(
        "partners.csv",
        "id,name,ownership form,owner.1.name,owner.1.shoe\nP,Acme,x,Ann,4\n",
    )]);
    assert_eq!(other.warnings.len(), 2, "{:?}", other.warnings);
}

/// The verdict on each line of a run of the demonstration list, by engagement or party.
fn verdicts(home: &Home, folder: &str) -> Vec<String> {
    let said = home.run(&["screen", folder, "--out", "run"]);
    assert!([0, 3].contains(&said.code), "{}{}", said.out, said.err);
    let text = std::fs::read_to_string(home.path("run/results.jsonl")).unwrap();
    let line = |line: &str| {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        let id = line["engagement"].as_str().or(line["party"].as_str()).unwrap();
        format!("{id} {}", line["verdict"].as_str().unwrap())
    };
    text.lines().map(line).collect()
}

#[test]
fn the_listed_owner_of_a_director_blocks_whoever_else_is_in_the_portfolio() {
    let home = Home::new();
    assert_eq!(home.run(&["lists", "import", "demo", &fixture("demo/lists")]).code, 0);
    home.write(
        "p/parties.csv",
        "id,kind,name,country\nS1,company,Nordlicht Messtechnik GmbH,DE\n\
         D,company,Sonnenhof Verpackung AG,CH\nL,company,Orlan Avionics JSC,RU\n",
    );
    home.write("p/relations.csv", "from,to,type,share\nD,S1,directs,\nL,D,owns,100\n");
    home.write("p/engagements.csv", "id,party,role\nE1,S1,donee\n");
    assert_eq!(verdicts(&home, "p"), ["E1 BLOCK"]);
    home.write("p/engagements.csv", "id,party,role\nE1,S1,donee\nE2,L,donee\n");
    assert_eq!(verdicts(&home, "p"), ["E1 BLOCK", "E2 BLOCK"]);
    home.write("p/relations.csv", "from,to,type,share\n");
    home.write("p/engagements.csv", "id,party,role\nE1,S1,donee\n");
    assert_eq!(verdicts(&home, "p"), ["E1 PASS", "D PASS", "L BLOCK"]);
}
