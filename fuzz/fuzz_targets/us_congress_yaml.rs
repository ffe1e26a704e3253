//! Fuzzes the reader of lists of the format `us_congress_yaml`.
#![no_main]

diligence_fuzz::fuzz!("us_congress_yaml");
