//! Fuzzes the reader of lists of the format `uk_sl_xml`.
#![no_main]

diligence_fuzz::fuzz!("uk_sl_xml");
