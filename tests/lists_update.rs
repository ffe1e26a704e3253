//! `lists update` and `lists check` as a user runs them: the lines, the exit codes, what is next.

use crate::support::command::{Home, fixture};
use crate::support::fault_server::{Answer, FaultServer};
use crate::support::fetching::{always, newer_un_file, un_file};

/// A user whose UN list is published by `server`.
fn subscriber(server: &FaultServer) -> Home {
    subscriber_of(&server.host(), &server.url("/un"))
}

/// A user whose UN list is at `url`, on a host that is named as internal.
pub(crate) fn subscriber_of(host: &str, url: &str) -> Home {
    let home = Home::new();
    let fetch = include_str!("../config/fetch.toml")
        .replace("requests_per_minute = 60", "requests_per_minute = 60000")
        .replace("most = 5", "most = 0");
    let internal = format!("\n[[internal]]\nhost = \"{host}\"\nreason = \"the tests\"\n");
    home.write("conf/fetch.toml", &format!("{fetch}{internal}"));
    let un = include_str!("../watchlists/un_sc.toml")
        .replace("https://scsanctions.un.org/resources/xml/en/consolidated.xml", url)
        .replace("min_records = { person = 580, organization = 145 }", "")
        .replace("max_reject_percent = 10.0", "max_reject_percent = 100.0");
    home.write("conf/watchlists/un_sc.toml", &un);
    home
}

pub(crate) fn run(home: &Home, args: &[&str]) -> (i32, String) {
    let said = home.run(&[&["--config", "conf"], args].concat());
    (said.code, format!("{}{}", said.out, said.err))
}

#[test]
fn an_update_publishes_then_finds_nothing_new() {
    let server = FaultServer::start(|asked| Answer::good(asked, &un_file(), "\"a\""));
    let home = subscriber(&server);
    let (code, said) = run(&home, &["lists", "update", "un_sc"]);
    assert_eq!(code, 0, "{said}");
    assert!(said.starts_with("un_sc: updated: edition 2026-02-27-"), "{said}");
    assert!(said.ends_with("published: 2 records, 0 refused, dated 2026-02-27T00:00:09.554Z\n"));
    let (code, said) = run(&home, &["lists", "update", "un_sc", "--format", "json"]);
    assert_eq!(code, 0, "{said}");
    let lines: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!(lines[0]["outcome"], "unchanged");
    let (code, said) = run(&home, &["lists", "check", "un_sc"]);
    assert_eq!(code, 0, "{said}");
    assert!(said.starts_with("un_sc: current: retrieved 0 hours ago, unchanged since "), "{said}");
}

#[test]
fn a_dry_run_says_what_would_be_asked_and_asks_nothing() {
    let server = always(Answer::file(&un_file()));
    let home = subscriber(&server);
    let (code, said) = run(&home, &["lists", "update", "un_sc", "ofac_sdn", "--dry-run"]);
    assert_eq!(code, 0, "{said}");
    assert!(said.starts_with(&format!("un_sc main: {}, whole\n", server.url("/un"))), "{said}");
    assert!(said.contains("ofac_sdn comments: https://sanctionslistservice.ofac."), "{said}");
    assert_eq!(server.asked().len(), 0);
    assert!(!home.path("data/lists/un_sc").exists());
}

#[test]
fn a_list_that_fails_or_is_held_ends_with_four_and_says_what_stays() {
    let server = FaultServer::start(|asked| match asked.before {
        0 => Answer::file(&un_file()),
        1 => Answer::status(404),
        _ => Answer::file(b"<html></html>"),
    });
    let home = subscriber(&server);
    assert_eq!(run(&home, &["lists", "update", "un_sc"]).0, 0);
    let (code, said) = run(&home, &["lists", "update", "un_sc"]);
    assert_eq!(code, 4);
    assert!(
        said.starts_with("un_sc: failed: the files could not be fetched; edition 2026-02-27-")
            && said.ends_with("expected the file, the server answered 404 Not Found\n"),
        "{said}"
    );
    let (code, said) = run(&home, &["lists", "status"]);
    assert_eq!(code, 0, "a publisher that is away holds nothing: {said}");
    assert!(said.contains("last tried ") && said.contains("404 Not Found"), "{said}");
    let (code, said) = run(&home, &["lists", "update", "un_sc"]);
    assert_eq!(code, 4);
    assert!(said.starts_with("un_sc: held: ") && said.ends_with(" stays in use\n"), "{said}");
    let (code, said) = run(&home, &["lists", "check"]);
    assert_eq!(code, 4);
    assert!(said.starts_with("un_sc: held: the last import was held: "), "{said}");
    let next = "  next: look at the reasons; with a better edition: diligence lists update un_sc\n";
    assert!(said.contains(next), "{said}");
    assert!(said.contains("declared and never imported: ") && said.contains(", demo, "), "{said}");
}

#[test]
fn a_check_finds_stale_missing_and_damaged_lists() {
    let server = always(Answer::file(&newer_un_file()));
    let home = subscriber(&server);
    let (code, said) = run(&home, &["lists", "check"]);
    assert_eq!(code, 4, "without any list nothing can be checked: {said}");
    let (code, said) = run(&home, &["lists", "check", "un_sc"]);
    assert_eq!(
        (code, said.as_str()),
        (4, "un_sc: missing: not imported yet\n  next: diligence lists update un_sc\n")
    );
    let file = fixture("lists/un_sc_xml/basic/un.xml");
    let import = ["lists", "import", "un_sc", &file, "--retrieved", "2020-01-01T00:00:00Z"];
    assert_eq!(run(&home, &import).0, 0);
    let (code, said) = run(&home, &["lists", "check", "un_sc"]);
    assert_eq!(code, 4);
    assert!(said.starts_with("un_sc: stale: retrieved "), "{said}");
    assert_eq!(run(&home, &["lists", "update", "un_sc"]).0, 0);
    assert_eq!(run(&home, &["lists", "check", "un_sc"]).0, 0);
    let edition = std::fs::read_to_string(home.path("data/lists/un_sc/CURRENT")).unwrap();
    let listings = home.path("data/lists/un_sc").join(edition.trim()).join("listings.jsonl");
    std::fs::write(listings, "").unwrap();
    let (code, said) = run(&home, &["lists", "check", "un_sc"]);
    assert_eq!(code, 5);
    assert!(said.starts_with("un_sc: damaged: what is stored cannot be relied on: "), "{said}");
    let next = "  next: find out who touched it, then replace it: diligence lists update un_sc\n";
    assert!(said.ends_with(next), "{said}");
    let (code, said) = run(&home, &["lists", "update", "un_sc"]);
    assert_eq!(code, 0, "{said}");
    assert!(said.starts_with("un_sc: updated: "), "the same files mend it: {said}");
    assert_eq!(run(&home, &["lists", "check", "un_sc"]).0, 0);
}

#[test]
fn the_environments_proxy_is_not_used() {
    let proxy = always(Answer::file(&un_file()));
    let server = always(Answer::file(&un_file()));
    let home = subscriber(&server);
    let said = home.run_with(
        &["--config", "conf", "lists", "update", "un_sc"],
        &[
            ("HTTP_PROXY", &proxy.url("/")),
            ("http_proxy", &proxy.url("/")),
            ("ALL_PROXY", &proxy.url("/")),
        ],
    );
    assert_eq!((said.code, proxy.asked().len(), server.asked().len()), (0, 0, 1));
    let address = proxy.url("/");
    let (code, said) = run(&home, &["lists", "update", "un_sc", "--proxy", &address]);
    assert_eq!((code, proxy.asked().len(), server.asked().len()), (0, 1, 1), "{said}");
}
