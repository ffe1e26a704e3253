//! Fuzzes the reader of lists of the format `popolo_json`.
#![no_main]

diligence_fuzz::fuzz!("popolo_json");
