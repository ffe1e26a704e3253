//! Fuzzes the reader of lists of the format `jp_mof`.
#![no_main]

diligence_fuzz::fuzz!("jp_mof");
