//! Fuzzes the reader of lists of the format `un_sc_xml`.
#![no_main]

diligence_fuzz::fuzz!("un_sc_xml");
