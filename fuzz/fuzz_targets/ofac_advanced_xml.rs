//! Fuzzes the reader of lists of the format `ofac_advanced_xml`.
#![no_main]

diligence_fuzz::fuzz!("ofac_advanced_xml");
