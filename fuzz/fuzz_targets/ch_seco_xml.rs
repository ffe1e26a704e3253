//! Fuzzes the reader of lists of the format `ch_seco_xml`.
#![no_main]

diligence_fuzz::fuzz!("ch_seco_xml");
