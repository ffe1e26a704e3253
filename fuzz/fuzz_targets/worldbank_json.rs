//! Fuzzes the reader of lists of the format `worldbank_json`.
#![no_main]

diligence_fuzz::fuzz!("worldbank_json");
