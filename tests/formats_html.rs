//! Web pages read by declaration: fictional parliaments, layouts that changed, links, and the
//! saved pages of a real one against their ground truth.

use crate::formats_officials::{offices, publish, read_as, read_texts, rejects};
use crate::lists_real::{declared, options, real};
use diligence::party::NameQuality;
use diligence::watchlist::{
    ListSource, ListStore, Listing, ParseError, Parsed, first_link, import_list, page_links,
};
use std::collections::BTreeMap;

fn riigikogu(situation: &str) -> Result<Parsed, ParseError> {
    read_as(&declared("ee_riigikogu"), &format!("html_pages/{situation}"))
}

fn details(listing: &Listing) -> Vec<String> {
    listing.details.iter().map(ToString::to_string).collect()
}

fn message(text: &str) -> String {
    let error = ListSource::from_toml("ee_riigikogu.toml", text).unwrap_err();
    let cause = std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default();
    format!("{error}: {cause}")
}

fn declaration() -> String {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path.join("watchlists/ee_riigikogu.toml")).unwrap()
}

#[test]
fn a_member_on_the_list_and_on_an_own_page_is_one_entry() {
    let parsed = riigikogu("basic").unwrap();
    assert_eq!(rejects(&parsed), [""; 0]);
    assert_eq!((parsed.listings.len(), parsed.rows_read, parsed.lost_records), (2, 3, 0));
    let member = &parsed.listings[0];
    assert_eq!(member.id, "00000000-0000-4000-8000-0000000000a1");
    let names: Vec<_> =
        member.party.names.iter().map(|name| (name.text.as_str(), name.quality)).collect();
    assert_eq!(
        names,
        [("Leelo Tammsalu", NameQuality::Primary), ("Leelo Tammsalu-Kask", NameQuality::Alias)]
    );
    assert_eq!(member.party.names[0].language.as_deref(), Some("et"));
    assert_eq!(member.party.birth_dates[0].to_string(), "1961-04-03");
    assert_eq!(
        offices(member),
        ["Member of the Riigikogu | Riigikogu | EE | .. | Saareliidu fraktsioon; Saarte ringkond"]
    );
    assert_eq!(member.functions, ["Rahanduskomisjon", "Kultuurikomisjon"]);
    assert_eq!(details(member), ["email: Leelo.Tammsalu@parliament.example", "telephone: 5550100"]);
    assert_eq!(
        parsed.listings[1].source_url.as_deref(),
        Some("https://www.riigikogu.ee/saadik/00000000-0000-4000-8000-0000000000a2/Ounapuu")
    );
    assert_eq!(parsed.warnings, ["1 of 2 on the list have no page"]);
}

#[test]
fn what_a_needed_selector_misses_is_told_and_no_name_is_no_entry() {
    let parsed = riigikogu("misses").unwrap();
    assert_eq!(
        rejects(&parsed),
        [
            "liikmed.html:1 email bad-email",
            "liikmed.html:2  selector-miss",
            "liikmed.html:3  selector-miss",
            "liikmed.html:4 party selector-miss",
            "liikmed.html:4 email selector-miss",
        ]
    );
    assert_eq!((parsed.listings.len(), parsed.lost_records), (2, 2));
    assert!(parsed.rejects[0].raw.contains("name=Aino Vesik"), "{}", parsed.rejects[0].raw);
}

#[test]
fn a_list_without_entries_is_another_layout() {
    let error = riigikogu("no_items").unwrap_err();
    assert!(error.to_string().contains("no entry for html.list.item"), "{error}");
    let declared = declared("ee_riigikogu");
    for text in ["", "%PDF-1.4", "<html></html>", "{}"] {
        assert!(read_texts(&declared, &[("list", "liikmed.html", text.as_bytes())]).is_err());
    }
}

#[test]
fn a_changed_layout_holds_the_edition() {
    let folder = tempfile::tempdir().unwrap();
    let fixtures = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/lists");
    let store = ListStore::new(folder.path().to_owned());
    let mut source = declared("ee_riigikogu");
    source.guards.min_records = BTreeMap::new();
    let held = |situation: &str| {
        let path = fixtures.join(format!("html_pages/{situation}"));
        let report = import_list(&store, &source, &[path], &options(), &|_, _| Ok(())).unwrap();
        report.trips.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(held("basic"), [""; 0]);
    let reasons = held("layout_changed");
    assert!(reasons.iter().any(|reason| reason.contains("2 of 2")), "{reasons:?}");
}

#[test]
fn a_page_deep_as_a_well_ends_without_a_member() {
    let source = declared("ee_riigikogu");
    let deep = format!("<html><body>{}", "<div>".repeat(100_000));
    let error = read_texts(&source, &[("list", "liikmed.html", deep.as_bytes())]).unwrap_err();
    assert!(matches!(error, ParseError::Refused { .. }), "{error}");
    let long = format!("<html><body>{}", "<i>x</i>".repeat(600_000));
    let error = read_texts(&source, &[("list", "liikmed.html", long.as_bytes())]).unwrap_err();
    assert!(matches!(error, ParseError::TooLarge { .. }), "{error}");
}

#[test]
fn a_declaration_of_pages_is_told_what_is_wrong_with_it() {
    let good = declaration();
    for (from, to, expected) in [
        ("name = \"h3 a\"", "name = \"h3 >\"", "html.list.fields.name: expected a CSS selector"),
        ("item = \"ul.profile-list > li.item\"", "item = \"li[\"", "html.list.item"),
        ("item = \"ul.profile-list > li.item\"\n", "", "html.list.item"),
        ("name = \"h3 a\"\n", "", "html.list.fields.name: expected a selector"),
        ("segment = -2", "segment = 0", "counted from 1 or from -1"),
        ("segment = -2", "part = -2", "part"),
        ("party = \".content", "partei = \".content", "partei"),
        ("needed = [\"party\", \"email\"]", "needed = [\"start\"]", "html.list.fields.start"),
        ("\"%d.%m.%Y\"", "\"%d.%m\"", "html.dates"),
        ("\"%d.%m.%Y\"", "\"%Y %!\"", "html.dates"),
        ("dates = [\"%d.%m.%Y\", \"%d.%m.%Y,\"]\n", "", "how the pages write dates"),
        ("position = \"Member of the Riigikogu\"\n", "", "html.position"),
        ("base = \"https:", "base = \"http:", "https://"),
        ("country = \"EE\"", "country = \"Atlantis\"", "Atlantis"),
        ("role = \"page\"", "role = \"seite\"", "one of list, page"),
        ("[html.page]\nneeded", "[html.page]\nitem = \"li\"\nneeded", "html.page.item"),
        ("format = \"html_pages\"", "format = \"ftm_json\"", "role"),
    ] {
        assert!(good.contains(from), "{from}");
        let text = message(&good.replacen(from, to, 1));
        assert!(text.contains(expected), "{to}: {text}");
    }
}

#[test]
fn a_table_without_its_file_and_pages_without_a_table_are_refused() {
    let good = declaration();
    let (head, tail) = good.split_once("# A member's page adds").unwrap();
    let (_, tail) = tail.split_once("[[files]]").unwrap();
    let text = message(&format!("{head}[[files]]{tail}"));
    assert!(text.contains("html.page"), "{text}");
    let (head, _) = good.split_once("[html]").unwrap();
    let text = message(&format!("{head}[[files]]{tail}"));
    assert!(text.contains("html: expected a table"), "{text}");
}

#[test]
fn a_list_page_leads_to_the_pages_of_its_members() {
    let page = b"<html><ul class=profile-list>
        <li class=item><h3><a href='/saadik/1/A#top'>A</a></h3></li>
        <li class=item><h3><a href='saadik/2/\xc3\x84'>B</a></h3></li>
        <li class=item><h3><a href='javascript:void(0)'>C</a></h3></li>
        <li class=item><h3><a href='//other.example/3'>D</a></h3></li>
        <li class=item><h3><a href='/saadik/1/A'>A again</a></h3></li></ul></html>";
    let source = declared("ee_riigikogu");
    let links = page_links(&source, "https://parliament.example/list/", page).unwrap();
    assert_eq!(
        links,
        [
            "https://parliament.example/saadik/1/A",
            "https://parliament.example/list/saadik/2/%C3%84",
            "https://other.example/3",
        ]
    );
    let error = page_links(&source, "https://parliament.example/", b"<html></html>").unwrap_err();
    assert!(error.to_string().contains("none for 'h3 a@href'"), "{error}");
    assert!(page_links(&declared("un_sc"), "https://parliament.example/", page).is_err());
    assert!(page_links(&source, "no address", page).is_err());
}

#[test]
fn a_workbook_behind_a_link_is_found() {
    let page = b"<html><head><base href='https://files.example/x/'></head><body>
        <a href='notes.pdf'>n</a><a href='mailto:x'>m</a><a href='list_0401.xlsx'>l</a></body>";
    let link = |css: &str| first_link("https://ministry.example/page.html", page, css);
    assert_eq!(link("a[href$='.xlsx']").unwrap(), "https://files.example/x/list_0401.xlsx");
    assert_eq!(link("a").unwrap(), "https://files.example/x/notes.pdf");
    assert!(link("a[href$='.csv']").unwrap_err().to_string().contains("no link for"));
    assert!(link("a[").is_err());
}

#[test]
fn a_file_behind_a_link_is_declared_with_page_and_selector() {
    let text = include_str!("../watchlists/un_sc.toml");
    let declared = |link: &str| {
        let text = text.replace("[limits]", &format!("{link}\n[limits]"));
        ListSource::from_toml("un_sc.toml", &text)
    };
    let good = declared("link = { page = \"https://a.example/\", selector = \"a\" }").unwrap();
    assert_eq!(good.files[0].link.as_ref().unwrap().page, "https://a.example/");
    let bad = declared("link = { page = \"https://a.example/\", selector = \"a[\" }").unwrap_err();
    assert!(bad.to_string().contains("files.link.selector"), "{bad}");
    assert!(declared("link = { page = \"ftp://a.example/\", selector = \"a\" }").is_err());
}

#[test]
fn the_saved_pages_of_the_riigikogu_agree_with_their_ground_truth() {
    let Some(folder) = real("officials/parliament_html/estonia/mirror") else { return };
    let Some(truth) = real("officials/parliament_html/estonia/parsed/liikmed.json") else { return };
    let (_keep, snapshot) = publish("ee_riigikogu", std::slice::from_ref(&folder));
    let truth: serde_json::Value = serde_json::from_slice(&std::fs::read(truth).unwrap()).unwrap();
    let truth = truth["members"].as_array().unwrap();
    let listings = snapshot.listings().unwrap();
    assert_eq!((listings.len(), truth.len()), (101, 101));
    let by_id: BTreeMap<&str, &Listing> = listings.iter().map(|l| (l.id.as_str(), l)).collect();
    let mut differences = Vec::new();
    let mut more = 0;
    for member in truth {
        let text = |key: &str| member[key].as_str().unwrap_or_default().to_owned();
        let Some(listing) = by_id.get(text("id").as_str()) else {
            differences.push(format!("{}: not found", text("id")));
            continue;
        };
        let faction = listing.offices[0].note.as_deref().unwrap_or_default();
        let email = details(listing).first().cloned().unwrap_or_default();
        for (what, expected, found) in [
            ("name", text("name"), listing.party.caption().to_owned()),
            ("faction", text("faction"), faction.split("; ").next().unwrap_or_default().to_owned()),
            ("email", format!("email: {}", text("email")), email),
        ] {
            if expected != found {
                differences.push(format!("{} {what}: '{expected}', found '{found}'", listing.id));
            }
        }
        let committees = member["commissions"].as_array().unwrap();
        let committees = committees.iter().filter_map(|c| c["name"].as_str());
        let told = committees.filter(|name| listing.functions.iter().any(|f| f == name)).count();
        if told < member["commissions"].as_array().unwrap().len() {
            differences.push(format!("{} committees: {:?}", listing.id, listing.functions));
        }
        more += listing.functions.len() - told;
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
    // The ground truth is of the list; two members' own pages tell a committee more.
    assert_eq!(more, 2);
    // One of the 101 curricula vitae is empty.
    let born = listings.iter().filter(|listing| !listing.party.birth_dates.is_empty()).count();
    assert_eq!(born, 100);
    assert!(snapshot.manifest.rejects.is_empty(), "{:?}", snapshot.manifest.rejects);
    assert!(listings.iter().all(|listing| listing.party.names.len() == 1));
    let list = std::fs::read(folder.join("liikmed.html")).unwrap();
    let address = "https://www.riigikogu.ee/riigikogu/koosseis/riigikogu-liikmed/";
    assert_eq!(page_links(&declared("ee_riigikogu"), address, &list).unwrap().len(), 101);
}
