//! Fuzzes the reader of lists of the format `opensanctions_nested_json`.
#![no_main]

diligence_fuzz::fuzz!("opensanctions_nested_json");
