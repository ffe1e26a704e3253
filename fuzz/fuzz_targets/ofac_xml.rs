//! Fuzzes the reader of lists of the format `ofac_xml`.
#![no_main]

diligence_fuzz::fuzz!("ofac_xml");
