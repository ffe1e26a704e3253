//! Fuzzes the reader of lists of the format `ofac_enhanced_xml`.
#![no_main]

diligence_fuzz::fuzz!("ofac_enhanced_xml");
