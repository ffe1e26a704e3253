//! `lists export`: the editions in use as one file, for a machine without a network.

use crate::cli::common::{Common, Opened};
use crate::cli::{Exit, show};
use crate::pipeline::packs;
use std::path::PathBuf;

/// Pack the editions in use into one file, to be imported where there is no network
#[derive(Debug, clap::Args)]
pub(super) struct Export {
    /// Only these lists [default: all that have an edition in use]
    #[arg(value_name = "NAME")]
    lists: Vec<String>,
    /// The pack; a file of that name is replaced
    #[arg(long, value_name = "PACK.zip")]
    out: PathBuf,
}

pub(super) fn run(args: &Export, common: &Common, opened: &Opened) -> anyhow::Result<Exit> {
    let packed = packs::export(&opened.settings, &opened.store, &args.lists, &args.out)?;
    if !common.is_quiet() {
        show::note(&format!("packed {}", packed.join(", ")));
    }
    Ok(Exit::Ok)
}
