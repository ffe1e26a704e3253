//! Decides what a fuzz target is: which format or entry it feeds, how one input becomes the files
//! of an edition, and what must hold afterwards.
//!
//! A reader may refuse anything; it may not panic, hang, or grow beyond the ceilings, and what it
//! did read can be stored and read again. The kept corpora run through the same code in the
//! ordinary tests (`tests/fuzz_corpus.rs`).

use super::workbook::Workbook;
use diligence::watchlist::{
    Format, InputFile, Limits, ListSource, Listing, WantedFile, first_link, page_links, parse,
    plain_bytes, read_ftm_party,
};
use zip::CompressionMethod;

/// Between two files of an edition, two sheets of a workbook or two of its parts, in one input.
pub const SEPARATOR: &[u8] = b"\n%%%%\n";

/// A declaration for every format: the shipped one, or what stands in for it.
const DECLARATIONS: [(&str, &str); 25] = [
    ("au_dfat", include_str!("../../watchlists/au_dfat.toml")),
    ("bis_dpl_tsv", include_str!("../../watchlists/bis_dpl.toml")),
    ("ca_sema_xml", include_str!("../../watchlists/ca_sema.toml")),
    ("ch_seco_xml", include_str!("../../watchlists/ch_seco.toml")),
    ("cia_leaders_json", include_str!("../../watchlists/cia_world_leaders.toml")),
    ("eu_fsf_xml", include_str!("../../watchlists/eu_fsf.toml")),
    ("ftm_json", include_str!("../../watchlists/demo.toml")),
    ("html_pages", include_str!("../../watchlists/ee_riigikogu.toml")),
    ("jp_mof", include_str!("../../watchlists/jp_mof.toml")),
    // The comments of ofac_cons.toml say how a list is read in another of OFAC's formats.
    ("ofac_advanced_xml", include_str!("../../watchlists/ofac_cons.toml")),
    ("ofac_enhanced_xml", include_str!("../../watchlists/ofac_cons.toml")),
    ("ofac_sdn_csv", include_str!("../../watchlists/ofac_sdn.toml")),
    ("ofac_xml", include_str!("../../watchlists/ofac_cons.toml")),
    ("opensanctions_nested_json", include_str!("../../watchlists/opensanctions.toml")),
    ("opensanctions_simple_csv", include_str!("../../watchlists/opensanctions_simple.toml")),
    ("parlparse_json", include_str!("../../watchlists/uk_ministers.toml")),
    ("plain_csv", include_str!("../../fixtures/lists/plain_csv/rejected_partners.toml")),
    ("popolo_json", include_str!("../../watchlists/everypolitician.toml")),
    ("uk_ofsi", include_str!("../../watchlists/uk_ofsi.toml")),
    ("uk_sl_xml", include_str!("../../watchlists/uk_sl.toml")),
    ("un_sc_xml", include_str!("../../watchlists/un_sc.toml")),
    ("us_congress_yaml", include_str!("../../watchlists/us_congress.toml")),
    ("us_csl_csv", include_str!("../../watchlists/us_csl.toml")),
    ("wikidata_sparql_json", include_str!("../../watchlists/wikidata_officials.toml")),
    ("worldbank_json", include_str!("../../watchlists/worldbank.toml")),
];

/// Targets that are no format.
const OTHERS: [&str; 5] = ["containers", "declarations", "links", "queries", "workbook_parts"];

/// What an input is fed to.
pub enum Target {
    /// The files of a list, one after the other.
    List(Box<ListSource>),
    /// The sheets of a workbook in the notation of the workbooks of our tests: name, then rows.
    Sheets(Box<ListSource>),
    /// The parts of a workbook as a zip archive has them: name, then XML.
    WorkbookParts(Box<ListSource>),
    /// A gzip or zip file; the list is for the workbooks among them.
    Containers(Box<ListSource>),
    /// A declaration of a list.
    Declarations,
    /// A page behind its address and a selector, a line each; the list is the one with links.
    Links(Box<ListSource>),
    /// A line with a party that is asked about.
    Queries,
}

/// Names of all targets: the formats, then the other entries.
pub fn names() -> impl Iterator<Item = &'static str> {
    DECLARATIONS.iter().map(|(format, _)| *format).chain(OTHERS)
}

impl Target {
    /// The target of this name.
    ///
    /// # Panics
    /// When there is none, or a declaration of our own is not one.
    pub fn named(name: &str) -> Self {
        let boxed = |format| Box::new(declared(format));
        match name {
            "au_dfat" | "jp_mof" => Self::Sheets(boxed(name)),
            "containers" => Self::Containers(boxed("au_dfat")),
            "declarations" => Self::Declarations,
            "links" => Self::Links(boxed("html_pages")),
            "queries" => Self::Queries,
            "workbook_parts" => Self::WorkbookParts(boxed("au_dfat")),
            _ => Self::List(boxed(name)),
        }
    }

    /// Feeds one input and gives the number of parties, files, links or declarations read from it.
    pub fn run(&self, data: &[u8]) -> usize {
        match self {
            Self::List(source) => list(source, &files_of(source, &split(data))),
            Self::Sheets(source) => one_file(source, workbook(data)),
            Self::WorkbookParts(source) => one_file(source, zipped(data)),
            Self::Containers(source) => containers(source, data),
            Self::Declarations => std::str::from_utf8(data).map_or(0, declarations),
            Self::Links(source) => links(source, data),
            Self::Queries => {
                let line = std::str::from_utf8(data).unwrap_or_default();
                usize::from(read_ftm_party(line).is_ok_and(|query| !query.party.names.is_empty()))
            }
        }
    }
}

/// Ceilings small enough for a thousand runs a second.
fn limits() -> Limits {
    Limits { file_bytes: 1 << 20, records: 10_000, text_bytes: 1 << 16, ..Limits::default() }
}

/// The declaration of a format.
fn declared(format: &str) -> ListSource {
    let found = DECLARATIONS.iter().find(|(known, _)| *known == format);
    let (_, text) = found.unwrap_or_else(|| panic!("no target is called '{format}'"));
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for line in &mut lines {
        if line.starts_with("format = ") {
            *line = format!("format = \"{format}\"");
        }
    }
    ListSource::from_toml(format, &lines.join("\n")).expect("the declaration is ours")
}

/// The pieces of an input with the files they stand for: one for every entry of the declaration in
/// its order, an empty piece for a file that is not there; further pieces are more files of the
/// first entry that may have several.
fn files_of<'a>(source: &ListSource, pieces: &[&'a [u8]]) -> Vec<(InputFile, &'a [u8])> {
    let many = source.files.iter().find(|wanted| wanted.many);
    let mut found = Vec::new();
    for (number, piece) in pieces.iter().enumerate() {
        let Some(wanted) = source.files.get(number).or(many) else { break };
        if !piece.is_empty() || pieces.len() == 1 {
            let file =
                InputFile { role: wanted.role.clone(), name: name(source.format, wanted, number) };
            found.push((file, *piece));
        }
    }
    found.sort_by_key(|(file, _)| source.files.iter().position(|wanted| wanted.role == file.role));
    found
}

/// A name that fits the entry, another one for every piece.
fn name(format: Format, wanted: &WantedFile, number: usize) -> String {
    let pattern = wanted.patterns.last().map_or("", String::as_str);
    match format {
        // The name says country and house.
        Format::PopoloJson if wanted.role == "main" => {
            format!("Guinea-Bissau__House_{number}__ep-popolo-v1.0.json")
        }
        _ => pattern.replace('*', &number.to_string()),
    }
}

fn one_file(source: &ListSource, bytes: Vec<u8>) -> usize {
    list(source, &files_of(source, &[&bytes]))
}

/// Reads the files of a list; what was read can be stored and read again.
fn list(source: &ListSource, files: &[(InputFile, &[u8])]) -> usize {
    let limits = limits();
    let wanted: Vec<InputFile> = files.iter().map(|(file, _)| file.clone()).collect();
    let read = parse(
        source,
        &wanted,
        &mut |index| {
            let stored = files.get(index).map_or_else(Vec::new, |(_, bytes)| bytes.to_vec());
            plain_bytes("fuzz", stored, None, &limits)
        },
        &limits,
    );
    let Ok(parsed) = read else { return 0 };
    for listing in &parsed.listings {
        let line = serde_json::to_string(listing).expect("a listing is JSON");
        let again: Listing = serde_json::from_str(&line).expect("a stored listing is read again");
        assert_eq!(*listing, again);
    }
    parsed.listings.len()
}

/// A workbook of the sheets of an input.
fn workbook(data: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(data);
    let sheets = text.split("\n%%%%\n").map(|sheet| sheet.split_once('\n').unwrap_or((sheet, "")));
    // Not compressed: that would take most of the time.
    Workbook::new(&sheets.collect::<Vec<_>>()).packed(CompressionMethod::Stored)
}

/// An archive of the parts of an input; a part that stands twice is there once.
fn zipped(data: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(data);
    let mut book = Workbook::new(&[]);
    for part in text.split("\n%%%%\n") {
        let (name, content) = part.split_once('\n').unwrap_or((part, ""));
        if name.len() < 100 {
            book.set(name, content);
        }
    }
    book.packed(CompressionMethod::Stored)
}

fn containers(source: &ListSource, data: &[u8]) -> usize {
    let limits = limits();
    let fits = |name: &str| name.ends_with(".xml");
    let by_name = plain_bytes("fuzz", data.to_vec(), Some(&fits), &limits);
    let only = plain_bytes("fuzz", data.to_vec(), None, &limits);
    let plain: Vec<Vec<u8>> = [by_name, only].into_iter().flatten().collect();
    for bytes in &plain {
        assert!(bytes.len() as u64 <= limits.file_bytes);
        list(source, &files_of(source, &[bytes]));
    }
    plain.len()
}

/// A declaration that holds reads a file of its format without harm, whatever its selectors or
/// its mapping are.
fn declarations(text: &str) -> usize {
    let Ok(source) = ListSource::from_toml("fuzz", text) else { return 0 };
    let page = include_bytes!("../../fixtures/lists/html_pages/basic/liikmed.html");
    let table = include_bytes!("../../fixtures/lists/plain_csv/basic/partners.csv");
    for wanted in &source.files {
        assert!(wanted.fits("list.xml.gz") || !wanted.fits("list.xml"));
    }
    match source.format {
        Format::HtmlPages => list(&source, &files_of(&source, &[page, page])),
        Format::PlainCsv => list(&source, &files_of(&source, &[table])),
        _ => 0,
    };
    1
}

/// Whatever a page leads to is an address of the web.
fn links(source: &ListSource, data: &[u8]) -> usize {
    let text = String::from_utf8_lossy(data);
    let (address, rest) = text.split_once('\n').unwrap_or((&text, ""));
    let (selector, page) = rest.split_once('\n').unwrap_or((rest, ""));
    let first = first_link(address, page.as_bytes(), selector).ok();
    let listed = page_links(source, address, page.as_bytes()).unwrap_or_default();
    let found: Vec<String> = first.into_iter().chain(listed).collect();
    for link in &found {
        assert!(link.starts_with("https://") || link.starts_with("http://"), "{link}");
    }
    found.len()
}

/// The pieces of an input.
fn split(data: &[u8]) -> Vec<&[u8]> {
    let mut pieces = Vec::new();
    let mut rest = data;
    while let Some(at) = rest.windows(SEPARATOR.len()).position(|window| window == SEPARATOR) {
        let (piece, behind) = rest.split_at(at);
        pieces.push(piece);
        rest = behind.get(SEPARATOR.len()..).unwrap_or_default();
    }
    pieces.push(rest);
    pieces
}
