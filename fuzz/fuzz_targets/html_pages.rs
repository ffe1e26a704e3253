//! Fuzzes the reader of lists of the format `html_pages`.
#![no_main]

diligence_fuzz::fuzz!("html_pages");
