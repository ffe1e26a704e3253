//! Fuzzes the reader of lists of the format `opensanctions_simple_csv`.
#![no_main]

diligence_fuzz::fuzz!("opensanctions_simple_csv");
