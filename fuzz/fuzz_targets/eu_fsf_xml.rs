//! Fuzzes the reader of lists of the format `eu_fsf_xml`.
#![no_main]

diligence_fuzz::fuzz!("eu_fsf_xml");
