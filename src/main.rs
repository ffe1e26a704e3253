//! The `diligence` command.

use diligence::cli;

fn main() -> cli::Exit {
    cli::run(std::env::args_os())
}
