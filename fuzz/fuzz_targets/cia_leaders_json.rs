//! Fuzzes the reader of lists of the format `cia_leaders_json`.
#![no_main]

diligence_fuzz::fuzz!("cia_leaders_json");
