//! The `diligence` command.

fn main() {}
