//! The pages in a real browser. Runs headless Chromium when one is found: on `PATH`, or where
//! `DILIGENCE_CHROMIUM` says. Without one a test prints that it was skipped, and fails when
//! `DILIGENCE_REQUIRE_ALL=1`.

#![expect(clippy::unwrap_used, reason = "what is missing fails the test")]
#![expect(clippy::disallowed_methods, reason = "a browser opens a file and prints to one")]
#![expect(clippy::print_stdout, reason = "a skipped test says so")]

use crate::dossier::{HOSTILE, filled_with};
use crate::dossier_fixture::{dossier, portfolio, run};
use diligence::dossier::{html, index_page};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// What starts a browser that touches nothing but the page.
const QUIET: [&str; 11] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--enable-logging=stderr",
    "--v=0",
];

/// The browser, or `None` after saying so.
fn chromium() -> Option<PathBuf> {
    let named = std::env::var_os("DILIGENCE_CHROMIUM").map(PathBuf::from);
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let found = named.or_else(|| {
        std::env::split_paths(&folders)
            .flat_map(|dir| {
                ["chromium", "chromium-browser", "google-chrome"].map(|name| dir.join(name))
            })
            .find(|path| path.is_file())
    });
    if found.is_none() {
        let required = std::env::var_os("DILIGENCE_REQUIRE_ALL").is_some_and(|v| v == "1");
        assert!(!required, "no Chromium found, and DILIGENCE_REQUIRE_ALL=1 asks for one");
        println!("skipped: no Chromium found");
    }
    found
}

/// Opens a page from a file with the given options.
fn open(browser: &Path, folder: &Path, page: &str, options: &[String]) -> Output {
    let file = folder.join("page.html");
    std::fs::write(&file, page).unwrap();
    let profile = folder.join("profile");
    let output = Command::new(browser)
        .args(QUIET)
        .arg(format!("--user-data-dir={}", profile.display()))
        .args(options)
        .arg(format!("file://{}", file.display()))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output
}

/// The document as the browser understood it, after scripts, and what it complained about.
fn dump(browser: &Path, page: &str) -> (String, String) {
    let folder = tempfile::tempdir().unwrap();
    let output = open(browser, folder.path(), page, &["--dump-dom".to_owned()]);
    (
        String::from_utf8(output.stdout).unwrap(),
        String::from_utf8_lossy(&output.stderr).into_owned(),
    )
}

/// The complaints of the page itself: scripts, policy, failed loads.
fn console(stderr: &str) -> Vec<&str> {
    stderr.lines().filter(|line| line.contains("CONSOLE")).collect()
}

/// The text of a value as a reader sees it: what is invisible is spelled out.
fn as_read(text: &str) -> String {
    let mut read = String::new();
    for c in text.chars() {
        let code = u32::from(c);
        let hidden = (c.is_control() && c != '\n')
            || matches!(code,
                0xAD | 0x61C | 0x115F | 0x200B..=0x200F | 0x2028..=0x202E | 0x2060..=0x206F
                | 0x3164 | 0xFEFF | 0xFFA0 | 0xFFF9..=0xFFFB | 0xFFFE | 0x1FFFF
                | 0xE0000..=0xE007F);
        if hidden {
            read.push_str(&format!("⟨U+{code:04X}⟩"));
        } else {
            read.push(c);
        }
    }
    read
}

/// Undoes what a browser escapes when it writes text.
fn unescaped(html: &str) -> String {
    html.replace("&nbsp;", "\u{A0}")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}

/// The texts of all elements `<tag …>` without elements inside, but for the isolating `bdi`.
fn texts_of(dom: &str, open: &str, close: &str) -> Vec<String> {
    dom.split(open)
        .skip(1)
        .filter_map(|rest| rest.split_once(close))
        .map(|(inside, _)| {
            let mut text = inside.to_owned();
            if let Some(isolated) = text.strip_prefix("<bdi") {
                let (_, isolated) = isolated.split_once('>').unwrap();
                text = isolated.strip_suffix("</bdi>").unwrap().to_owned();
            }
            unescaped(&text)
        })
        .collect()
}

#[test]
fn a_browser_reads_what_was_given_and_runs_nothing_of_it() {
    let Some(browser) = chromium() else { return };
    // One page with every hostile text as a value of its own, and in a title and a margin line.
    let mut case = filled_with("x");
    let field = case.subject[0].clone();
    case.subject = HOSTILE
        .iter()
        .map(|text| {
            let mut field = field.clone();
            field.label = "hostile".to_owned();
            field.value = (*text).to_owned();
            field
        })
        .collect();
    case.engagement.clear();
    case.assessment.caption = HOSTILE.concat();
    let (dom, stderr) = dump(&browser, &html(&case).unwrap());
    let values = texts_of(&dom, "<dt>hostile</dt><dd class=\"val\">", "</dd>");
    let expected: Vec<String> = HOSTILE.iter().map(|text| as_read(text)).collect();
    assert_eq!(values, expected);
    assert!(!dom.contains("<script"), "the dossier has no script at all");
    assert_eq!(console(&stderr), Vec::<&str>::new());
}

#[test]
fn every_field_of_a_dossier_is_inert_in_a_browser() {
    let Some(browser) = chromium() else { return };
    let bait = "\"><img src=x onerror=\"document.title='ran'\">\
                <script>document.title='ran'</script><style>body{display:none}</style>";
    let (dom, stderr) = dump(&browser, &html(&filled_with(bait)).unwrap());
    let title = texts_of(&dom, "<title>", "</title>").remove(0);
    assert!(title.starts_with("BLOCK – "), "{title}");
    assert!(!dom.contains("<img") && !dom.contains("<script"));
    assert_eq!(dom.matches("<style").count(), 1);
    assert_eq!(console(&stderr), Vec::<&str>::new());
}

#[test]
fn the_policy_lets_the_style_and_the_script_of_ours_work() {
    let Some(browser) = chromium() else { return };
    let (dom, stderr) = dump(&browser, &index_page(&portfolio(30), &run()).unwrap());
    assert!(dom.contains("<form class=\"tools\" id=\"tools\">"), "the script showed the filter");
    assert_eq!(dom.matches("<tr data-v=").count(), 30);
    assert_eq!(console(&stderr), Vec::<&str>::new(), "neither was refused");
    let tampered = index_page(&portfolio(30), &run())
        .unwrap()
        .replace("<script>", "<script>document.title='ran';</script><script>");
    let (dom, stderr) = dump(&browser, &tampered);
    assert!(!dom.contains("<title>ran"), "a script that is not ours does not run");
    assert_eq!(console(&stderr).len(), 1, "and the browser says it was refused");
}

#[test]
fn the_portfolio_can_be_filtered_and_sorted() {
    let Some(browser) = chromium() else { return };
    let page = index_page(&portfolio(30), &run()).unwrap();
    let (head, rest) = page.split_once("<meta http-equiv").unwrap();
    let (_, rest) = rest.split_once('>').unwrap();
    // Without the policy, so that a second script can do what a reader does.
    let act = |actions: &str| {
        let acted = format!("{head}{rest}<script>{actions}</script>");
        let (dom, stderr) = dump(&browser, &acted);
        assert_eq!(console(&stderr), Vec::<&str>::new());
        dom.split("<tr data-v=")
            .skip(1)
            .filter(|row| !row.split('>').next().unwrap().contains("hidden"))
            .map(|row| {
                let (_, rest) = row.split_once("<td class=\"num\">").unwrap();
                rest.split('<').next().unwrap().parse::<usize>().unwrap()
            })
            .collect::<Vec<_>>()
    };
    let input = "tools.dispatchEvent(new Event('input', { bubbles: true }));";
    assert_eq!(act("").len(), 30);
    assert_eq!(
        act(&format!("document.getElementById('find').value = 'e-2026-0007'; {input}")),
        [7]
    );
    let block = portfolio(30).iter().filter(|row| row.verdict.as_str() == "BLOCK").count();
    let facet = "tools.querySelector('[data-facet=v]').value = 'BLOCK';";
    assert_eq!(act(&format!("{facet} {input}")).len(), block);
    assert_eq!(
        act(&format!("document.getElementById('find').value = 'nobody has this'; {input}")),
        Vec::<usize>::new()
    );
    let click = "table.tHead.querySelector('[role=button]').click();";
    assert_eq!(act(click), (1..=30).collect::<Vec<_>>());
    assert_eq!(act(&click.repeat(2)), (1..=30).rev().collect::<Vec<_>>());
}

#[test]
fn a_dossier_prints_to_pdf() {
    let Some(browser) = chromium() else { return };
    for page in [html(&dossier()).unwrap(), html(&filled_with(&HOSTILE.concat())).unwrap()] {
        let folder = tempfile::tempdir().unwrap();
        let pdf = folder.path().join("dossier.pdf");
        let options =
            ["--no-pdf-header-footer".to_owned(), format!("--print-to-pdf={}", pdf.display())];
        open(&browser, folder.path(), &page, &options);
        let bytes = std::fs::read(&pdf).unwrap();
        assert!(bytes.starts_with(b"%PDF-") && bytes.len() > 20_000, "{} bytes", bytes.len());
    }
}
