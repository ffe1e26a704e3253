//! Decides how many bytes of an untrusted list file are let in, compressed or plain.
//!
//! Compression is recognised by the file's first bytes, never by its name. Two ceilings of
//! [`Limits`] hold: bytes after decompression, and the ratio once 10 MiB have come out (a gzip
//! bomb). Meeting one is an error; a file is never cut silently. Archives made of several gzip
//! members are read to the end. Of a zip archive the one file that is wanted is taken; a workbook,
//! which is such an archive itself, stays as it is.

use super::archive;
use crate::watchlist::{Limits, ParseError};
use std::io::Read;

/// First bytes of a gzip member (RFC 1952).
const GZIP_MAGIC: [u8; 2] = [0x1f, 0x8b];
/// Output below which the ratio is not looked at: small files compress well honestly.
const RATIO_FREE_BYTES: u64 = 10 << 20;

/// The plain bytes of a file that may be gzip-compressed or the member of an archive whose name
/// `fits`.
///
/// # Errors
/// [`ParseError::TooLarge`] at a ceiling, [`ParseError::Truncated`] when the compressed stream
/// ends early, [`ParseError::Malformed`] when it is broken.
pub fn plain_bytes(
    file: &str,
    stored: Vec<u8>,
    fits: Option<&dyn Fn(&str) -> bool>,
    limits: &Limits,
) -> Result<Vec<u8>, ParseError> {
    if archive::is_zip(&stored) && !archive::is_workbook(file, &stored)? {
        return archive::member(file, &stored, fits, limits);
    }
    if !stored.starts_with(&GZIP_MAGIC) {
        return if stored.len() as u64 > limits.file_bytes {
            Err(too_large(file, limits.file_bytes, "bytes"))
        } else {
            Ok(stored)
        };
    }
    let mut decoder = flate2::read::MultiGzDecoder::new(stored.as_slice());
    let mut plain = Vec::with_capacity(stored.len().saturating_mul(4).min(64 << 20));
    let mut chunk = vec![0_u8; 64 << 10];
    let ratio_ceiling = limits.ratio.saturating_mul(stored.len() as u64).max(RATIO_FREE_BYTES);
    loop {
        let count = match decoder.read(&mut chunk) {
            Ok(0) => return Ok(plain),
            Ok(count) => count,
            Err(error) => return Err(broken_gzip(file, plain.len() as u64, error)),
        };
        let total = (plain.len() + count) as u64;
        if total > limits.file_bytes {
            return Err(too_large(file, limits.file_bytes, "bytes after decompression"));
        }
        if total > ratio_ceiling {
            return Err(too_large(file, limits.ratio, "times its compressed size"));
        }
        plain.extend(chunk.iter().take(count));
    }
}

/// The plain bytes of an answer that was compressed on its way: gzip, and nothing else.
///
/// # Errors
/// As [`plain_bytes`], and [`ParseError::NotThisFormat`] when it is not gzip.
pub(in crate::watchlist) fn unpacked(
    file: &str,
    stored: Vec<u8>,
    limits: &Limits,
) -> Result<Vec<u8>, ParseError> {
    if !stored.starts_with(&GZIP_MAGIC) {
        return Err(ParseError::NotThisFormat {
            file: file.to_owned(),
            expected: "gzip, as the server calls it",
            found: "something else".to_owned(),
        });
    }
    plain_bytes(file, stored, None, limits)
}

fn too_large(file: &str, limit: u64, what: &'static str) -> ParseError {
    ParseError::TooLarge { file: file.to_owned(), limit, what }
}

fn broken_gzip(file: &str, position: u64, error: std::io::Error) -> ParseError {
    let file = file.to_owned();
    if error.kind() == std::io::ErrorKind::UnexpectedEof {
        let found = format!("the gzip stream ends early, after {position} bytes of content");
        return ParseError::Truncated { file, records: 0, found };
    }
    ParseError::Malformed { file, format: "gzip", position, source: error.into() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::GzEncoder};
    use std::io::Write;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn plain_and_compressed_files_and_several_members_give_the_same_bytes() {
        let limits = Limits::default();
        assert_eq!(plain_bytes("a", b"abc".to_vec(), None, &limits).unwrap(), b"abc");
        assert_eq!(plain_bytes("a", gzip(b"abc"), None, &limits).unwrap(), b"abc");
        let two = [gzip(b"abc"), gzip(b"def")].concat();
        assert_eq!(plain_bytes("a", two, None, &limits).unwrap(), b"abcdef");
    }

    #[test]
    fn a_bomb_is_refused_by_its_ratio_and_by_its_size() {
        let bomb = gzip(&vec![b'0'; 24 << 20]);
        let by_ratio = plain_bytes("bomb.gz", bomb.clone(), None, &Limits::default()).unwrap_err();
        assert!(by_ratio.to_string().contains("100 times its compressed size"), "{by_ratio}");
        let small = Limits { file_bytes: 1 << 20, ..Limits::default() };
        let by_size = plain_bytes("bomb.gz", bomb, None, &small).unwrap_err();
        assert!(matches!(by_size, ParseError::TooLarge { limit, .. } if limit == 1 << 20));
        assert!(plain_bytes("big", vec![b'x'; 2 << 20], None, &small).is_err());
    }

    #[test]
    fn the_ratio_is_not_looked_at_below_ten_mebibytes() {
        let dense = gzip(&vec![b'0'; 9 << 20]);
        assert_eq!(plain_bytes("a", dense, None, &Limits::default()).unwrap().len(), 9 << 20);
    }

    #[test]
    fn a_cut_stream_is_truncated_and_a_broken_one_malformed() {
        let whole = gzip(b"some text that is long enough to be cut in the middle");
        let cut: Vec<u8> = whole.iter().copied().take(whole.len() - 12).collect();
        let error = plain_bytes("a.gz", cut, None, &Limits::default()).unwrap_err();
        assert!(matches!(error, ParseError::Truncated { .. }), "{error}");
        let mut broken = whole;
        let middle = broken.len() / 2;
        broken[middle] ^= 0xff;
        let error = plain_bytes("a.gz", broken, None, &Limits::default()).unwrap_err();
        assert!(matches!(error, ParseError::Malformed { .. }), "{error}");
    }
}
