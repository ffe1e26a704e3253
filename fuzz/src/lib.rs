//! Decides what a fuzz target feeds a parser: the bytes of a list's files, as they could lie on
//! disk, read under small ceilings. A parser may refuse anything; it may not panic, hang, or grow
//! beyond the ceilings.

use diligence::watchlist::{InputFile, Limits, ListSource, parse, plain_bytes};

/// Between two files of an edition in one input.
const SEPARATOR: &[u8] = b"\n%%%%\n";

/// Ceilings small enough for a thousand runs a second.
fn limits() -> Limits {
    Limits { file_bytes: 1 << 20, records: 10_000, text_bytes: 1 << 16, ..Limits::default() }
}

/// A fuzz target that reads its input as the files of the list declared in `watchlists/`.
#[macro_export]
macro_rules! list_target {
    ($name:literal) => {
        libfuzzer_sys::fuzz_target!(|data: &[u8]| {
            static SOURCE: std::sync::LazyLock<diligence::watchlist::ListSource> =
                std::sync::LazyLock::new(|| {
                    $crate::declared(include_str!(concat!("../../watchlists/", $name, ".toml")))
                });
            $crate::list(&SOURCE, data);
        });
    };
}

/// A declaration of our own.
pub fn declared(text: &str) -> ListSource {
    ListSource::from_toml("fuzz", text).expect("the declaration is ours")
}

/// Reads `data` as the files of a list.
pub fn list(source: &ListSource, data: &[u8]) {
    let contents = split(data);
    let files: Vec<InputFile> = source
        .files
        .iter()
        .zip(&contents)
        .map(|(wanted, _)| InputFile { role: wanted.role.clone(), name: wanted.role.clone() })
        .collect();
    let limits = limits();
    let read = parse(
        source,
        &files,
        &mut |index| {
            let stored = contents.get(index).copied().unwrap_or_default().to_vec();
            plain_bytes("fuzz", stored, None, &limits)
        },
        &limits,
    );
    if let Ok(parsed) = read {
        // Whatever was read can be stored and read again.
        for listing in &parsed.listings {
            let line = serde_json::to_string(listing).expect("a listing is JSON");
            let again: diligence::watchlist::Listing =
                serde_json::from_str(&line).expect("a stored listing is read again");
            assert_eq!(*listing, again);
        }
    }
}

fn split(data: &[u8]) -> Vec<&[u8]> {
    let mut pieces = Vec::new();
    let mut rest = data;
    while let Some(at) = rest.windows(SEPARATOR.len()).position(|window| window == SEPARATOR) {
        let (piece, behind) = rest.split_at(at);
        pieces.push(piece);
        rest = &behind[SEPARATOR.len()..];
    }
    pieces.push(rest);
    pieces
}
