//! Workbooks as publishers write them and as attackers do.

#![allow(clippy::string_slice, reason = "tests cut ASCII texts")]

use super::*;
use workbook::Workbook;

#[path = "../../../../tests/support/workbook.rs"]
mod workbook;

const FORMAT: &str = "a test list (XLSX)";

fn open<'a>(bytes: &'a [u8], limits: &'a Limits) -> Result<Book<'a>, ParseError> {
    Book::open("b.xlsx", FORMAT, bytes, limits)
}

/// Every cell of every sheet as `row:column text`.
fn cells(bytes: &[u8]) -> Result<Vec<String>, ParseError> {
    let limits = Limits::default();
    let mut book = open(bytes, &limits)?;
    let mut found = Vec::new();
    for (sheet, _) in book.sheets() {
        book.rows(&sheet, &mut |row| {
            found.extend(row.cells.iter().map(|(c, text)| format!("{}:{c} {text}", row.number)));
            Ok(())
        })?;
    }
    Ok(found)
}

fn told(bytes: &[u8]) -> String {
    let error = cells(bytes).unwrap_err();
    let cause = std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default();
    format!("{error}: {cause}")
}

#[test]
fn texts_numbers_dates_and_cached_formulas_are_read_as_text() {
    let book = Workbook::new(&[("S", "A & B|#7|@45761|=cached\n\n|#0.5|two⏎lines")]);
    let expected =
        ["1:0 A & B", "1:1 7", "1:2 2025-04-14", "1:3 cached", "3:1 0.5", "3:2 two\nlines"];
    assert_eq!(cells(&book.bytes()).unwrap(), expected);
    let book = Workbook::of_1904(&[("S", "@44299")]);
    assert_eq!(cells(&book.bytes()).unwrap(), ["1:0 2025-04-14"]);
}

#[test]
fn the_header_is_found_by_its_columns_below_whatever_stands_above() {
    let book =
        Workbook::new(&[("S", "Made on|@45761\nNote\nother|Na me|ID\nx|Ada|#1\n|Bo||extra")]);
    let (bytes, limits) = (book.bytes(), Limits::default());
    let mut book = open(&bytes, &limits).unwrap();
    let (mut above, mut rows) = (Vec::new(), Vec::new());
    let sheet = book
        .table("S", (FORMAT, &["id", "name"]), &mut |row| above.push(row.number), &mut |row| {
            rows.push((row.number, row.value("name"), row.value("id"), row.width()))
        })
        .unwrap();
    assert!(matches!(sheet, Sheet::Table(columns) if columns.names().len() == 3));
    assert_eq!(above, [1, 2]);
    let text = |t: &str| Some(t.to_owned());
    assert_eq!(rows, [(4, text("Ada"), text("1"), 3), (5, text("Bo"), None, 4)]);
    let none = book.table("S", (FORMAT, &["passport"]), &mut |_| {}, &mut |_| {}).unwrap();
    assert!(matches!(none, Sheet::NoTable(5)));
}

#[test]
fn two_cells_in_opposite_corners_are_two_cells() {
    let mut book = Workbook::new(&[("S", "x")]);
    let sheet = "<worksheet><dimension ref=\"A1:XFD1048576\"/><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>2</v></c></row></sheetData></worksheet>";
    book.set("xl/worksheets/sheet1.xml", sheet);
    let bytes = book.bytes();
    assert_eq!(cells(&bytes).unwrap(), ["1:0 1", "1048576:16383 2"]);
    let mut header = Workbook::new(&[("S", "x")]);
    header.set("xl/worksheets/sheet1.xml", &sheet.replace("<v>2</v>", "<v>1</v>"));
    let (bytes, limits) = (header.bytes(), Limits::default());
    let mut widths = Vec::new();
    let mut book = open(&bytes, &limits).unwrap();
    book.table("S", (FORMAT, &["1"]), &mut |_| {}, &mut |row| widths.push(row.width())).unwrap();
    assert_eq!(widths, [2], "a row is as wide as what is in it");
}

#[test]
fn bombs_are_refused_by_what_comes_out_of_them() {
    let mut strings = Workbook::new(&[("S", "x")]);
    let text = "0".repeat(30 << 20);
    strings.set("xl/sharedStrings.xml", &format!("<sst><si><t>{text}</t></si></sst>"));
    assert!(told(&strings.bytes()).contains("times its compressed size"));
    let mut count = Workbook::new(&[("S", "x")]);
    let honest = count.part("xl/sharedStrings.xml");
    let lie = honest.replace("uniqueCount=\"1\"", "uniqueCount=\"99999999999999\"");
    count.set("xl/sharedStrings.xml", &lie);
    assert!(told(&count.bytes()).contains("uniqueCount"));
}

#[test]
fn the_budget_counts_cells_and_every_repetition_of_a_shared_text() {
    let table = "a long shared text|b|c\n".repeat(10);
    let bytes = Workbook::new(&[("S", &table), ("T", &table)]).bytes();
    let limits = Limits::default();
    let read = |cells, text| {
        let budget = Budget { cells, text };
        let mut book = Book::open_within("b.xlsx", FORMAT, &bytes, &limits, budget).unwrap();
        let mut rows = 0;
        let mut count = |_| {
            rows += 1;
            Ok(())
        };
        let both = book.rows("S", &mut count).and_then(|()| book.rows("T", &mut count));
        (both.map_err(|error| error.to_string()), rows)
    };
    assert_eq!(read(60, 400), (Ok(()), 20));
    let (result, rows) = read(45, 400);
    assert!(result.unwrap_err().contains("cells"));
    assert_eq!(rows, 14, "what came before was handed over as it was read");
    assert!(read(60, 399).0.unwrap_err().contains("text in cells"));
}

#[test]
fn names_of_parts_are_never_followed() {
    let mut book = Workbook::new(&[("S", "x")]);
    book.set("../../../../tmp/diligence-slip.xml", "<a/>");
    book.set("/etc/diligence-slip.xml", "<a/>");
    assert_eq!(cells(&book.bytes()).unwrap(), ["1:0 x"]);
    let mut escape = Workbook::new(&[("S", "x")]);
    let relations = escape.part("xl/_rels/workbook.xml.rels");
    escape.set("xl/_rels/workbook.xml.rels", &relations.replace("worksheets/sheet1.xml", "../x"));
    assert!(told(&escape.bytes()).contains("no .xml part"));
}

#[test]
fn what_came_instead_of_a_workbook_is_said_in_words() {
    let mut encrypted = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    encrypted.resize(4096, 0);
    assert!(told(&encrypted).contains("encrypted with a password"));
    assert!(told(b"<!DOCTYPE html><html>").contains("HTML page"));
    assert!(told(b"").contains("an empty file"));
    assert!(told(b"Name,ID\n").contains("plain text"));
    let mut other = Workbook::new(&[]);
    other.remove("xl/workbook.xml");
    assert!(told(&other.bytes()).contains("without a workbook"));
    other.set("META-INF/manifest.xml", "<m/>");
    assert!(told(&other.bytes()).contains("OpenDocument"));
    other.set("xl/workbook.bin", "");
    assert!(told(&other.bytes()).contains(".xlsb"));
    let whole = Workbook::new(&[("S", &"a|b|c\n".repeat(200))]).bytes();
    for cut in [1, 30, whole.len() / 2, whole.len() - 1] {
        assert!(cells(&whole[..cut]).is_err(), "{cut}");
    }
}

#[test]
fn a_sheet_cut_inside_or_in_disorder_is_refused() {
    let mut book = Workbook::new(&[("S", "a|b\nc|d")]);
    let sheet = book.part("xl/worksheets/sheet1.xml");
    let at = sheet.find("<c r=\"B2\"").unwrap();
    book.set("xl/worksheets/sheet1.xml", &sheet[..at]);
    assert!(told(&book.bytes()).contains("cut short"));
    book.set("xl/worksheets/sheet1.xml", &sheet.replace("r=\"A2\"", "r=\"A1\""));
    assert!(told(&book.bytes()).contains("of the sheet 'S'"));
    book.set(
        "xl/worksheets/sheet1.xml",
        &sheet.replace("\"A2\"", "\"A9\"").replace("\"B2\"", "\"B3\""),
    );
    assert!(told(&book.bytes()).contains("after a later one"));
}
