//! Fuzzes the reader of lists of the format `au_dfat`.
#![no_main]

diligence_fuzz::fuzz!("au_dfat");
