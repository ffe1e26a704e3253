//! Fuzzes the reader of pages whose links are followed.
#![no_main]

diligence_fuzz::fuzz!("links");
