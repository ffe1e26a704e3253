//! Packs: the same editions on another machine, their age kept; whatever was changed on the way is
//! refused before anything is published.

use crate::support::command::{Home, Said, contents, fixture};
use diligence::watchlist::{Limits, PackError, PackedEdition, read_pack};
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// When the editions of the sender were retrieved.
const RETRIEVED: &str = "2026-03-01T06:00:00Z";

/// A user whose UN declaration fits the fixtures.
fn user() -> Home {
    let home = Home::new();
    let un = include_str!("../watchlists/un_sc.toml")
        .replace("min_records = { person = 580, organization = 145 }", "")
        .replace("max_reject_percent = 10.0", "max_reject_percent = 100.0");
    home.write("conf/watchlists/un_sc.toml", &un);
    home
}

fn run(home: &Home, args: &[&str]) -> Said {
    home.run(&[&["--config", "conf"], args].concat())
}

fn import(home: &Home, list: &str, files: &str) {
    let said = run(home, &["lists", "import", list, files, "--retrieved", RETRIEVED]);
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
}

/// A user with two lists.
fn sender() -> Home {
    let home = user();
    import(&home, "un_sc", &fixture("lists/un_sc_xml/basic/un.xml"));
    import(&home, "demo", &fixture("demo/lists"));
    home
}

fn pack_of(home: &Home) -> Vec<u8> {
    let said = run(home, &["lists", "export", "--out", "out.zip"]);
    assert_eq!((said.code, said.err.as_str()), (0, "packed demo, un_sc\n"));
    std::fs::read(home.path("out.zip")).unwrap()
}

/// A new user who is handed these bytes as a pack.
fn handed(bytes: &[u8]) -> (Home, Said) {
    let home = user();
    std::fs::write(home.path("in.zip"), bytes).unwrap();
    let said = run(&home, &["lists", "import", "in.zip"]);
    (home, said)
}

/// Names and contents of an archive.
type Members = Vec<(String, Vec<u8>)>;

/// The members of a pack in order.
fn members(pack: &[u8]) -> Members {
    let mut archive = ZipArchive::new(Cursor::new(pack)).unwrap();
    let mut members = Vec::new();
    for at in 0..archive.len() {
        let mut member = archive.by_index(at).unwrap();
        let mut content = Vec::new();
        member.read_to_end(&mut content).unwrap();
        members.push((member.name().unwrap().into_owned(), content));
    }
    members
}

/// The contents of a pack as text, to tell two packs apart.
fn text_of(pack: &[u8]) -> String {
    let all = members(pack).into_iter();
    all.map(|(name, text)| format!("{name}\n{}\n", String::from_utf8(text).unwrap())).collect()
}

fn zipped(members: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in members {
        writer.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A pack with one member's text changed, its announced fingerprint too when `announced`.
fn forged(pack: &[u8], member: &str, from: &str, to: &str, announced: bool) -> Vec<u8> {
    let mut all = members(pack);
    let changed = |content: &[u8]| {
        let text = String::from_utf8(content.to_vec()).unwrap();
        assert!(text.contains(from), "{member} has no {from}");
        text.replacen(from, to, 1).into_bytes()
    };
    let one = all.iter_mut().find(|(name, _)| name == member).unwrap();
    let (old, old_length) = (sha256(&one.1), one.1.len());
    one.1 = changed(&one.1);
    let (new, new_length) = (sha256(&one.1), one.1.len());
    if announced {
        let index = String::from_utf8(all[0].1.clone()).unwrap();
        let index = index.replace(&old, &new);
        let lengths = (format!("\"bytes\": {old_length}"), format!("\"bytes\": {new_length}"));
        all[0].1 = index.replace(&lengths.0, &lengths.1).into_bytes();
    }
    zipped(&all)
}

fn sha256(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    base16ct::lower::encode_string(&Sha256::digest(bytes))
}

fn read(pack: &[u8]) -> Result<Vec<PackedEdition>, PackError> {
    read_pack(pack, &Limits::default())
}

#[test]
fn a_pack_carries_editions_with_their_age_and_can_be_packed_again() {
    let pack = pack_of(&sender());
    let (home, said) = handed(&pack);
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    let lines: Vec<&str> = said.out.lines().collect();
    assert!(lines[0].starts_with("demo: updated: edition "), "{}", said.out);
    assert!(lines[1].starts_with("un_sc: updated: edition 2026-02-27-"), "{}", said.out);
    let status = run(&home, &["lists", "status", "--date", "2026-03-01"]);
    assert!(status.out.contains("un_sc: retrieved 17 hours ago"), "{}", status.out);
    let found = run(&home, &["check", "--kind", "company", "--name", "Sahel Air"]);
    assert!(found.out.contains("on un_sc"), "the index was built here: {}{}", found.out, found.err);
    let packed_again = pack_of(&home);
    assert_eq!(text_of(&packed_again), text_of(&pack));
    assert!(packed_again == pack, "the same editions give the same bytes");
    let again = run(&home, &["lists", "import", "out.zip"]);
    assert_eq!(again.code, 0, "{}", again.err);
    assert!(again.out.contains("un_sc: unchanged: already in use: edition 2026-02-27-"));
}

#[test]
fn an_older_pack_is_held_by_the_guards() {
    let pack = pack_of(&sender());
    let home = user();
    let text = std::fs::read_to_string(fixture("lists/un_sc_xml/basic/un.xml")).unwrap();
    let newer = home.write("newer.xml", &text.replace("2026-02-27T", "2026-02-28T"));
    import(&home, "un_sc", &newer.display().to_string());
    std::fs::write(home.path("in.zip"), &pack).unwrap();
    let said = run(&home, &["lists", "import", "in.zip"]);
    assert_eq!(said.code, 4, "{}{}", said.out, said.err);
    assert!(
        said.out.contains("un_sc: held: expected an edition published on or after 2026-02-28"),
        "{}",
        said.out
    );
    assert!(said.out.contains("edition 2026-02-28-") && said.out.contains("demo: updated"));
}

#[test]
fn what_was_changed_on_the_way_is_refused_whole() {
    let pack = pack_of(&sender());
    let manifest = "un_sc/manifest.json";
    let listings = "un_sc/listings.jsonl";
    for (what, forged, expected) in [
        (
            "a listing",
            forged(&pack, listings, "TARHUNI", "TARHUNO", false),
            "un_sc/listings.jsonl: expected SHA-256 ",
        ),
        (
            "a listing and its announcement",
            forged(&pack, listings, "TARHUNI", "TARHUNO", true),
            "un_sc: fingerprint of the listings: expected ",
        ),
        (
            "a count",
            forged(&pack, manifest, "\"records\": 2", "\"records\": 3", true),
            "un_sc: counts: expected 3 ",
        ),
        (
            "the list",
            forged(&pack, manifest, "\"list\": \"un_sc\"", "\"list\": \"ofac_sdn\"", true),
            "un_sc: list: expected un_sc, found ofac_sdn",
        ),
        (
            "the edition",
            forged(&pack, manifest, "\"edition\": \"2026", "\"edition\": \"2027", true),
            "un_sc: edition: expected 2026-02-27-",
        ),
        (
            "the time",
            forged(&pack, manifest, RETRIEVED, "2026-03-02T06:00:00Z", true),
            "un_sc: last seen: expected 2026-03-02T06:00:00Z or later",
        ),
    ] {
        let (home, said) = handed(&forged);
        assert_eq!(said.code, 5, "{what}: {}{}", said.out, said.err);
        assert!(said.err.contains("in.zip: nothing of it was imported"), "{what}: {}", said.err);
        assert!(said.err.contains(expected), "{what}: {}", said.err);
        assert!(!home.path("data/lists").exists(), "{what}: demo came first and was published");
    }
}

#[test]
fn members_nobody_announced_or_with_other_names_are_refused() {
    let pack = pack_of(&sender());
    let all = members(&pack);
    let with = |change: &dyn Fn(&mut Members)| {
        let mut all = all.clone();
        change(&mut all);
        read(&zipped(&all)).unwrap_err().to_string()
    };
    let extra = with(&|all| all.push(("../../evil".to_owned(), b"x".to_vec())));
    assert!(extra.starts_with("expected the files ") && extra.contains("../../evil"), "{extra}");
    let missing = with(&|all| all.truncate(6));
    assert!(missing.starts_with("expected the files "), "{missing}");
    let renamed = with(&|all| all[1].0 = "../manifest.json".to_owned());
    assert!(renamed.starts_with("expected the files "), "{renamed}");
    let hostile = with(&|all| {
        let index = String::from_utf8(all[0].1.clone()).unwrap().replace("un_sc", "../un");
        all[0].1 = index.into_bytes();
        for (name, _) in all {
            *name = name.replace("un_sc", "../un");
        }
    });
    assert!(hostile.starts_with("expected the files "), "{hostile}");
    let newer = with(&|all| {
        let index = String::from_utf8(all[0].1.clone()).unwrap();
        all[0].1 = index.replace("\"format\": 1", "\"format\": 2").into_bytes();
    });
    assert_eq!(newer, "expected a pack of format 1, found 2");
    let bomb = with(&|all| all[2].1 = vec![b'0'; 24 << 20]);
    assert_eq!(bomb, "the pack cannot be opened");
}

#[test]
fn no_flipped_byte_and_no_cut_gives_other_editions() {
    let pack = pack_of(&sender());
    let whole = read(&pack).unwrap();
    let mut refused = 0;
    for place in 0..300 {
        let at = pack.len() * place / 300;
        let mut flipped = pack.clone();
        flipped[at] ^= 0x11;
        match read(&flipped) {
            Ok(editions) => assert_eq!(editions, whole, "flipped at {at}"),
            Err(_) => refused += 1,
        }
        assert!(read(&pack[..at]).is_err(), "cut at {at}");
    }
    assert!(refused > 250, "only times and flags may differ unnoticed: {refused}");
    let (home, said) = handed(&pack[..pack.len() / 2]);
    assert_eq!(said.code, 5, "{}", said.err);
    assert!(!home.path("data/lists").exists());
}

#[test]
fn what_is_no_pack_and_what_cannot_be_packed_is_told() {
    let (_, said) = handed(&zipped(&[("sdn.csv".to_owned(), b"1,a".to_vec())]));
    assert_eq!(said.code, 2);
    assert!(
        said.err
            .starts_with("error: in.zip: expected a pack made by 'lists export'; for a file of"),
        "{}",
        said.err
    );
    let home = user();
    let said = run(&home, &["lists", "export", "--out", "out.zip"]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("expected an edition in use to pack, found none"), "{}", said.err);
    let said = run(&home, &["lists", "export", "un_sc", "--out", "out.zip"]);
    assert!(said.err.contains("un_sc: expected an edition in use"), "{}", said.err);
    let home = sender();
    let edition = std::fs::read_to_string(home.path("data/lists/un_sc/CURRENT")).unwrap();
    let listings = home.path("data/lists/un_sc").join(edition.trim()).join("listings.jsonl");
    std::fs::write(listings, "").unwrap();
    let said = run(&home, &["lists", "export", "--out", "out.zip"]);
    assert_eq!(said.code, 5, "a damaged edition is not handed on: {}", said.err);
    assert!(!contents(&home.path(".")).contains_key("out.zip"));
}
