//! Fuzzes the reader of lists of the format `ofac_sdn_csv`.
#![no_main]

diligence_fuzz::fuzz!("ofac_sdn_csv");
