//! Fuzzes the reader of lists of the format `ca_sema_xml`.
#![no_main]

diligence_fuzz::fuzz!("ca_sema_xml");
