//! Fuzzes the reader of lists of the format `parlparse_json`.
#![no_main]

diligence_fuzz::fuzz!("parlparse_json");
