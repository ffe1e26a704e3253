//! Fuzzes the reader of the parts of a workbook.
#![no_main]

diligence_fuzz::fuzz!("workbook_parts");
