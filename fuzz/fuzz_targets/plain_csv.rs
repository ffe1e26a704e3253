//! Fuzzes the reader of lists of the format `plain_csv`.
#![no_main]

diligence_fuzz::fuzz!("plain_csv");
