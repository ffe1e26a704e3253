//! Fuzzes the reader of lists of the format `ftm_json`.
#![no_main]

diligence_fuzz::fuzz!("ftm_json");
