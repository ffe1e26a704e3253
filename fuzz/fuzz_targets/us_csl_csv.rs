//! Fuzzes the reader of lists of the format `us_csl_csv`.
#![no_main]

diligence_fuzz::fuzz!("us_csl_csv");
