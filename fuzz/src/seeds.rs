//! Decides what a fuzz target starts from: the project's own fixtures, laid out as one input, and
//! for workbooks and containers, of which no fixture is kept, what is built from small tables.

use super::target::{SEPARATOR, Target};
use super::workbook::Workbook;
use diligence::watchlist::ListSource;
use flate2::{Compression, write::GzEncoder};
use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use zip::{ZipWriter, write::SimpleFileOptions};

/// A list of the Australian publisher: two names of a person, a company, a ship of bad fields.
const DFAT: &str = "Sheet1\nConsolidated list\nReference|Name of Individual or Entity|Type|Name Type|Date of Birth|Place of Birth|Citizenship|Address|Additional Information|Listing Information|Committees|Control Date\n\
    7a|Vesna Fenn|individual|Aka|a) Approximately 1955- 1958 b) 7 Apr. 1956|a) Port Severin, Mali b) Lake Oro|Russian and Malian|a) 1 Quay Street, Moscow, Russia; 2 Mill Road b) Iraq (previous)|Title: Dr. Designation: Harbour master. Passport no.: XZ1234567 issued 2003|Listed by the UN 1267 Committee on 25 January 2001 (amended on 3 Sep 2003)|1988 (Taliban)|@41988\n\
    #7|Vesna Marsh|Individual|Primary Name|@20546|NA|||||1988 (Taliban)|@41989\n\
    #8|Oro Mills|Entity|Primary Name|na|||n/a|NA|Instrument of first designation: Instrument 2022|Autonomous (Thematic – Corruption)|@44000\n\
    #6|Oro Star|Boat|Nickname|someday||Atlantis|||||soon|beyond";

/// A list of the Japanese publisher: contents, persons, organisations.
const MOF: &str = "一覧\n目次\n#1|関係者\n%%%%\n1.関係者（個人）\n告示日付|告示番号|日本語表記|英語表記|別名|確定に十分でない別名|称号|生年月日|出生地|国籍|旅券番号|その他の情報\n\
    2001.9.22⏎2008.6.25改訂|#1|ヴェスナ・マーシュ|VESNA MARSH⏎（original script：Весна Марш）|(a)ヴェスナ（Wesna）、⏎(b)フェン（Fenn）|オコンジョ（Okonjo）|(a)Dr（博士）|(a)1971年頃⏎（b）昭和48年7月21日|ケニア・ナイロビ|(a)マリ共和国⏎(b)ロシア連邦|(a)チュニジア旅券 XZ123456（2010年発行）⏎(b)不明|船長\n\
    2003.1.1削除|2\n2026.3.5|３(*7)|イルゼ|ILSE||不明|不明|@26242|不明|不明|不明|不明\n%%%%\n2.製粉 (団体)\n\
    告示日付|告示番号|日本語表記|英語表記|別称・旧称|所在地|機嫌\n@45000|#1|オロ製粉|ORO MILLS|オロ；ミル⏎Oro; Mills|12 Mill Road, Minsk, Belarus|良い";

/// Inputs of a target, each with a name; `root` is the project's folder.
///
/// # Panics
/// When a fixture cannot be read.
pub fn of(target: &Target, root: &Path) -> Vec<(String, Vec<u8>)> {
    let fixtures = root.join("fixtures/lists");
    let text = |name: &str, text: &str| (name.to_owned(), text.as_bytes().to_vec());
    match target {
        Target::List(source) => editions(source, &fixtures),
        Target::Sheets(source) if source.name == "jp_mof" => vec![text("sheets", MOF)],
        Target::Sheets(_) => vec![text("sheets", DFAT)],
        Target::WorkbookParts(_) => vec![text("parts", &parts(&dfat()))],
        Target::Containers(_) => containers(),
        Target::Declarations => declarations(root),
        Target::Links(_) => links(&fixtures),
        Target::Queries => queries(&fixtures),
    }
}

/// Each situation of a format as one input: the files in the declaration's order, an empty piece
/// for one that is not there, further files of one entry behind.
fn editions(source: &ListSource, fixtures: &Path) -> Vec<(String, Vec<u8>)> {
    let format = source.format.to_string();
    let folder = fixtures.join(if format == "uk_ofsi" { "uk_ofsi_csv" } else { &format });
    let mut found = Vec::new();
    for situation in entries(&folder).into_iter().filter(|path| path.is_dir()) {
        let files = files_below(&situation);
        let mut pieces = Vec::new();
        let mut more = Vec::new();
        for wanted in &source.files {
            let mut fitting = files.iter().filter(|path| wanted.fits(&file_name(path)));
            pieces.push(fitting.next().map_or_else(Vec::new, |path| read(path)));
            more.extend(fitting.map(|path| read(path)));
        }
        if let ([piece], [file]) = (pieces.as_mut_slice(), files.as_slice()) {
            *piece = read(file);
        }
        while more.is_empty() && pieces.last().is_some_and(Vec::is_empty) && pieces.len() > 1 {
            pieces.pop();
        }
        pieces.extend(more);
        found.push((file_name(&situation), pieces.join(SEPARATOR)));
    }
    found
}

fn dfat() -> Workbook {
    let (sheet, table) = DFAT.split_once('\n').unwrap_or_default();
    Workbook::new(&[(sheet, table)])
}

/// The parts of a workbook as text.
fn parts(book: &Workbook) -> String {
    let names = [
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        "xl/sharedStrings.xml",
        "xl/worksheets/sheet1.xml",
    ];
    names.map(|name| format!("{name}\n{}", book.part(name))).join("\n%%%%\n")
}

fn containers() -> Vec<(String, Vec<u8>)> {
    let gzip = |text: &str| {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(text.as_bytes()).expect("memory takes it");
        encoder.finish().expect("memory takes it")
    };
    let zip = |files: &[(&str, &str)]| {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in files {
            writer.start_file(*name, SimpleFileOptions::default()).expect("memory takes it");
            writer.write_all(content.as_bytes()).expect("memory takes it");
        }
        writer.finish().expect("memory takes it").into_inner()
    };
    let members = [gzip("first;"), gzip("second")].concat();
    vec![
        ("gzip".to_owned(), gzip("<list><name>Vesna Marsh</name></list>")),
        ("gzip_members".to_owned(), members),
        ("zip".to_owned(), zip(&[("LIST.xml", "<list/>")])),
        (
            "zip_of_two".to_owned(),
            zip(&[("dist/a.json", "[]"), ("../b.xml", "<b>aaaaaaaaaaa</b>")]),
        ),
        ("zip_empty".to_owned(), zip(&[])),
        ("workbook".to_owned(), dfat().bytes()),
    ]
}

fn declarations(root: &Path) -> Vec<(String, Vec<u8>)> {
    let shipped = entries(&root.join("watchlists"));
    let own = root.join("fixtures/lists/plain_csv/rejected_partners.toml");
    let files = shipped.into_iter().filter(|path| path.extension().is_some_and(|e| e == "toml"));
    files.chain([own]).map(|path| (file_name(&path), read(&path))).collect()
}

fn links(fixtures: &Path) -> Vec<(String, Vec<u8>)> {
    let head = b"https://files.example/list/\na[href$='.xlsx'], li.item h3 > a\n";
    let small = "<base href='/x/'><p><a href='notes.pdf'>n</a><a href='list_0401.xlsx'>l</a>";
    let mut found = vec![("small".to_owned(), [head, small.as_bytes()].concat())];
    for situation in entries(&fixtures.join("html_pages")) {
        let page = read(&situation.join("liikmed.html"));
        found.push((file_name(&situation), [head, page.as_slice()].concat()));
    }
    found
}

fn queries(fixtures: &Path) -> Vec<(String, Vec<u8>)> {
    let text = String::from_utf8(read(&fixtures.join("ftm_json/basic/demo.ftm.json")));
    let text = text.expect("the fixture is text");
    let lines = text.lines().enumerate();
    lines.map(|(number, line)| (format!("line{number}"), line.as_bytes().to_vec())).collect()
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{folder:?}: {error}"));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("readable").path()).collect();
    paths.sort();
    paths
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let each = |path: PathBuf| if path.is_dir() { files_below(&path) } else { vec![path] };
    entries(folder).into_iter().flat_map(each).collect()
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn read(path: &Path) -> Vec<u8> {
    fs::read(path).unwrap_or_else(|error| panic!("{path:?}: {error}"))
}
