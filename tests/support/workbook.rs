//! Writes workbooks from small tables a person can read, so that no binary file is kept.
//!
//! One line is a row, `|` stands between two cells, `⏎` for a line break. `#12` is a number, `@12`
//! the same number under a date format, `=12` the cached text of a formula; an empty cell is not
//! written at all. Everything else is a shared string.

use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// The parts of a workbook, to be written as they are or spoilt first.
pub(crate) struct Workbook {
    parts: Vec<(String, Vec<u8>)>,
}

impl Workbook {
    /// A workbook of sheets, each a name and a table.
    pub(crate) fn new(sheets: &[(&str, &str)]) -> Self {
        Self::with_properties(sheets, "")
    }

    /// A workbook that counts its days from 1904.
    pub(crate) fn of_1904(sheets: &[(&str, &str)]) -> Self {
        Self::with_properties(sheets, "<workbookPr date1904=\"1\"/>")
    }

    fn with_properties(sheets: &[(&str, &str)], properties: &str) -> Self {
        let mut shared = Vec::new();
        let (mut list, mut relations, mut parts) = (String::new(), String::new(), Vec::new());
        for (number, (name, table)) in (1..).zip(sheets) {
            let name = escaped(name);
            list += &format!("<sheet name=\"{name}\" sheetId=\"{number}\" r:id=\"rId{number}\"/>");
            relations += &format!(
                "<Relationship Id=\"rId{number}\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet{number}.xml\"/>"
            );
            parts.push((format!("xl/worksheets/sheet{number}.xml"), sheet(table, &mut shared)));
        }
        let strings: String =
            shared.iter().map(|text| format!("<si><t>{}</t></si>", escaped(text))).collect();
        let mut book = Self { parts: Vec::new() };
        book.set("[Content_Types].xml", &format!("<Types xmlns=\"{PACKAGE}/content-types\"/>"));
        book.set(
            "_rels/.rels",
            &format!(
                "<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"rId1\" Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        );
        book.set(
            "xl/workbook.xml",
            &format!(
                "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\">{properties}<sheets>{list}</sheets></workbook>"
            ),
        );
        book.set(
            "xl/_rels/workbook.xml.rels",
            &format!(
                "<Relationships xmlns=\"{PACKAGE}/relationships\">{relations}</Relationships>"
            ),
        );
        book.set(
            "xl/styles.xml",
            &format!(
                "<styleSheet xmlns=\"{MAIN}\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"
            ),
        );
        let count = shared.len();
        book.set(
            "xl/sharedStrings.xml",
            &format!(
                "<sst xmlns=\"{MAIN}\" count=\"{count}\" uniqueCount=\"{count}\">{strings}</sst>"
            ),
        );
        for (name, content) in parts {
            book.set(&name, &content);
        }
        book
    }

    /// Adds a part or puts another content in its place.
    pub(crate) fn set(&mut self, name: &str, content: &str) {
        self.remove(name);
        self.parts.push((name.to_owned(), content.as_bytes().to_vec()));
    }

    /// Leaves a part out.
    pub(crate) fn remove(&mut self, name: &str) {
        self.parts.retain(|(known, _)| known != name);
    }

    /// The content of a part.
    pub(crate) fn part(&self, name: &str) -> String {
        let (_, content) = self.parts.iter().find(|(known, _)| known == name).unwrap();
        String::from_utf8(content.clone()).unwrap()
    }

    /// The file.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.packed(CompressionMethod::Deflated)
    }

    /// The file, packed in a certain way.
    pub(crate) fn packed(&self, method: CompressionMethod) -> Vec<u8> {
        let options = SimpleFileOptions::default().compression_method(method);
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in &self.parts {
            writer.start_file(name.as_str(), options).unwrap();
            writer.write_all(content).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }
}

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;").replace('⏎', "\n")
}

/// The part of one sheet; its texts are added to the shared ones.
fn sheet(table: &str, shared: &mut Vec<String>) -> String {
    let mut rows = String::new();
    for (number, line) in (1..).zip(table.lines()) {
        rows += &format!("<row r=\"{number}\">");
        for (column, cell) in line.split('|').map(str::trim).enumerate() {
            let at = format!("r=\"{}{number}\"", letters(column));
            let rest: String = cell.chars().skip(1).collect();
            rows += &match cell.chars().next() {
                None => String::new(),
                Some('#') => format!("<c {at}><v>{rest}</v></c>"),
                Some('@') => format!("<c {at} s=\"1\"><v>{rest}</v></c>"),
                Some('=') => {
                    format!("<c {at} t=\"str\"><f>A1</f><v>{}</v></c>", escaped(&rest))
                }
                Some(_) => {
                    shared.push(cell.to_owned());
                    format!("<c {at} t=\"s\"><v>{}</v></c>", shared.len() - 1)
                }
            };
        }
        rows += "</row>";
    }
    format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{rows}</sheetData></worksheet>")
}

/// The letters of a column counted from 0.
fn letters(column: usize) -> String {
    let last = char::from(b'A' + u8::try_from(column % 26).unwrap());
    if column < 26 { last.to_string() } else { format!("{}{last}", letters(column / 26 - 1)) }
}
