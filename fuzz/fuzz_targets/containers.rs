//! Fuzzes the reader of gzip and zip files, workbooks among them.
#![no_main]

diligence_fuzz::fuzz!("containers");
