//! Fuzzes the reader of lists of the format `uk_ofsi`.
#![no_main]

diligence_fuzz::fuzz!("uk_ofsi");
