//! Fuzzes the reader of declarations of lists.
#![no_main]

diligence_fuzz::fuzz!("declarations");
