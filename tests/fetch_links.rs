//! Files behind links: the one a page leads to, and a page for every holder a list names.

use crate::lists_real::declared;
use crate::support::fault_server::{Answer, Asked, FaultServer};
use crate::support::fetching::{Subscriber, un_file};
use diligence::watchlist::{PageLink, Updated};

fn fixture(name: &str) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/lists/html_pages/basic");
    std::fs::read_to_string(format!("{folder}/{name}")).unwrap()
}

/// A page with a link, the UN file where it leads, and nothing else.
fn publisher(link: &'static str) -> FaultServer {
    FaultServer::start(move |asked: &Asked| match asked.path.as_str() {
        "/lists/page.html" => Answer::file(
            format!("<p><a href='/about'>About</a> <a class='xml' {link}>List</a></p>").as_bytes(),
        ),
        "/lists/un-2026.xml" => Answer::good(asked, &un_file(), "\"a\""),
        _ => Answer::status(404),
    })
}

fn behind_a_link(server: &FaultServer) -> Subscriber {
    let mut subscriber = Subscriber::of(&[server]);
    subscriber.source.files[0].urls.clear();
    let (page, selector) = (server.url("/lists/page.html"), "a.xml".to_owned());
    subscriber.source.files[0].link = Some(PageLink { page, selector });
    subscriber
}

#[test]
fn a_file_behind_a_link_is_found_and_asked_for_only_once() {
    let server = publisher("href='un-2026.xml'");
    let subscriber = behind_a_link(&server);
    subscriber.updated();
    let paths: Vec<String> = server.asked().into_iter().map(|asked| asked.path).collect();
    assert_eq!(paths, ["/lists/page.html", "/lists/un-2026.xml"]);
    assert!(matches!(subscriber.update(), Ok(Updated::Unchanged { .. })));
    let again = server.asked();
    assert_eq!(again.last().unwrap().header("if-none-match"), Some("\"a\""));
}

#[test]
fn a_page_that_no_longer_leads_there_is_told_and_the_edition_stays() {
    let server = publisher("name='x'");
    let said = behind_a_link(&server).failure();
    assert!(
        said.contains("no link to the file for 'main'; the page may have a new layout"),
        "{said}"
    );
    assert!(said.contains("a.xml"), "{said}");
}

#[test]
fn a_link_to_a_strange_host_is_not_followed() {
    let server = publisher("href='https://elsewhere.example/un-2026.xml'");
    let said = behind_a_link(&server).failure();
    assert!(said.contains("expected a host of this list"), "{said}");
    assert_eq!(server.asked().len(), 1);
}

/// A parliament of two members, one of whose pages may be gone.
fn parliament(second_page: Option<&'static str>) -> (FaultServer, Subscriber) {
    let (first, list) = ("00000000-0000-4000-8000-0000000000a1", fixture("liikmed.html"));
    let page = fixture(&format!("{first}.html"));
    let list = list.replace("http://parliament.example/saadik/", "/saadik/");
    let server = FaultServer::start(move |asked: &Asked| match asked.path.as_str() {
        "/members/" => Answer::file(list.as_bytes()),
        path if path.contains(first) => Answer::file(page.as_bytes()),
        path if path.contains("0000000000a2") => match second_page {
            Some(name) => Answer::file(
                page.replace(first, "00000000-0000-4000-8000-0000000000a2")
                    .replace("Leelo Tammsalu-Kask", name)
                    .as_bytes(),
            ),
            None => Answer::status(404),
        },
        _ => Answer::status(404),
    });
    let mut subscriber = Subscriber::of(&[&server]);
    let guards = subscriber.source.guards.clone();
    subscriber.source = declared("ee_riigikogu");
    subscriber.source.guards = guards;
    subscriber.source.files[0].urls = vec![server.url("/members/")];
    (server, subscriber)
}

#[test]
fn the_pages_of_all_members_are_fetched_from_the_list_that_names_them() {
    let (server, subscriber) = parliament(Some("Märt Õunapuu-Saar"));
    subscriber.updated();
    assert_eq!(server.asked().len(), 3);
    let snapshot = subscriber.store.current("ee_riigikogu").unwrap().unwrap();
    let mut roles: Vec<&str> = snapshot.manifest.files.iter().map(|f| f.role.as_str()).collect();
    roles.sort_unstable();
    assert_eq!(roles, ["list", "page", "page"]);
    assert_eq!(snapshot.manifest.warnings, [""; 0]);
    let births = snapshot.listings().unwrap();
    assert!(births.iter().all(|member| member.party.birth_dates.len() == 1));
    assert!(matches!(subscriber.update(), Ok(Updated::Unchanged { .. })));
}

#[test]
fn one_missing_page_of_a_member_publishes_nothing() {
    let (_server, subscriber) = parliament(None);
    let said = match subscriber.update() {
        Err(error) => subscriber.no_port(&diligence::watchlist::update_error_text(&error)),
        Ok(updated) => panic!("{updated:?}"),
    };
    assert!(said.contains("0000000000a2"), "{said}");
    assert!(subscriber.store.current("ee_riigikogu").unwrap().is_none());
}
