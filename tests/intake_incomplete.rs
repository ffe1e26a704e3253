//! Portfolios with a hole in them: a party without an engagement, a tie to nobody, a table that is
//! there and not read, a name that is none. Each could make somebody look clean who is not.

use crate::support::command::Home;
use diligence::intake::{Intake, read, read_bytes};

fn portfolio(tables: &[(&str, &str)]) -> Intake {
    read_bytes(files(tables)).unwrap()
}

fn files(tables: &[(&str, &str)]) -> Vec<(String, Vec<u8>)> {
    tables.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect()
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
