//! Decides whether an answer is the file that was asked for, byte by byte as it comes: unchanged,
//! whole, or the rest of a part that is here.
//!
//! Nothing is believed that can be checked: a promised length must come, a rest must begin where
//! the part ends and carry the same mark, an answer without length or framing is refused because a
//! cut could not be told from its end. What came before a cut is kept, to go on from.

use super::FetchError;
use super::client::{Client, Question, innermost, text};
use super::config::FetchConfig;
use super::error::shown;
use super::hosts::Hosts;
use super::place::{PartNote, Place, failed};
use reqwest::header::{
    CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_RANGE, ETAG, LAST_MODIFIED, TRANSFER_ENCODING,
};
use reqwest::{Response, StatusCode, Version};
use std::fs::File;
use std::io::Write;
use std::time::Duration;

/// What one try gave.
#[derive(Debug)]
pub(super) enum Got {
    /// What is here is what the server has.
    Unchanged,
    /// The part is whole.
    Whole(PartNote),
}

/// Told while bytes come: bytes so far, bytes in all when known.
pub(super) type Told<'a> = &'a dyn Fn(u64, Option<u64>);

/// One try: asks, and takes down what comes.
pub(super) async fn take(
    client: &Client,
    config: &FetchConfig,
    hosts: &Hosts,
    question: &Question<'_>,
    place: &Place,
    limit: u64,
    told: Told<'_>,
) -> Result<Got, FetchError> {
    let asking = client.ask(hosts, question);
    let answer = match tokio::time::timeout(config.idle, asking).await {
        Ok(answer) => answer?,
        Err(_) => return Err(idle(question.url, config.idle, 0)),
    };
    let (file, begun, note) = match answer.status() {
        StatusCode::NOT_MODIFIED if question.unless.is_some() => return Ok(Got::Unchanged),
        StatusCode::NOT_MODIFIED => {
            return Err(FetchError::UnchangedUnasked { url: shown(question.url) });
        }
        StatusCode::OK => {
            let note = note(question.url, &answer)?;
            check_length(question.url, note.total, limit)?;
            (place.begin(&note)?, 0, note)
        }
        _ => match rest(question, &answer, place) {
            Ok((from, note)) => (place.go_on()?, from, note),
            Err(other) => {
                place.discard()?;
                return Err(other);
            }
        },
    };
    let mut body = Body { url: question.url, file, got: begun, total: note.total, limit };
    body.stream(answer, config.idle, place, told).await?;
    Ok(Got::Whole(note))
}

/// What a whole answer says about itself.
fn note(url: &str, answer: &Response) -> Result<PartNote, FetchError> {
    let headers = answer.headers();
    let gzip = match text(headers, CONTENT_ENCODING.as_str()).map(|found| found.to_lowercase()) {
        None => false,
        Some(found) if found == "identity" || found.is_empty() => false,
        Some(found) if found == "gzip" || found == "x-gzip" => true,
        Some(found) => return Err(FetchError::Encoding { url: shown(url), found }),
    };
    let total = text(headers, CONTENT_LENGTH.as_str()).and_then(|length| length.parse().ok());
    let is_framed = answer.version() >= Version::HTTP_2
        || text(headers, TRANSFER_ENCODING.as_str()).is_some_and(|te| te.contains("chunked"));
    if total.is_none() && !is_framed {
        return Err(FetchError::NoEnd { url: shown(url) });
    }
    Ok(PartNote {
        url: url.to_owned(),
        etag: text(headers, ETAG.as_str()),
        last_modified: text(headers, LAST_MODIFIED.as_str()),
        total,
        gzip,
    })
}

/// The first byte and the note of a partial answer that goes on where the part ends; the error says
/// what it is instead.
fn rest(
    question: &Question<'_>,
    answer: &Response,
    place: &Place,
) -> Result<(u64, PartNote), FetchError> {
    let from = question.rest.as_ref().map_or(0, |(from, _)| *from);
    let other = |found: String| FetchError::OtherRest { url: shown(question.url), from, found };
    let Some((mut note, length)) = place.begun()?.filter(|_| question.rest.is_some()) else {
        return Err(other("a part nobody asked for".to_owned()));
    };
    if answer.status() == StatusCode::RANGE_NOT_SATISFIABLE {
        return Err(other("that there is none (416)".to_owned()));
    }
    let range = text(answer.headers(), CONTENT_RANGE.as_str()).unwrap_or_default();
    let parsed = content_range(&range);
    // A rest that does not reach the end of the same whole would leave a hole.
    let fits = |(first, end, total): (u64, u64, Option<u64>)| {
        let is_same = note.total.is_none() || total.is_none() || note.total == total;
        first == length && is_same && note.total.or(total) == Some(end)
    };
    let Some((_, end, _)) = parsed.filter(|parsed| fits(*parsed)) else {
        return Err(other(format!("the range '{range}'")));
    };
    let etag = text(answer.headers(), ETAG.as_str());
    let date = text(answer.headers(), LAST_MODIFIED.as_str());
    if etag != note.etag || (date.is_some() && date != note.last_modified) {
        return Err(other("the mark of another file (ETag, Last-Modified)".to_owned()));
    }
    note.total = Some(end);
    Ok((length, note))
}

/// First byte, the byte after the last, and the length of the whole, of
/// `bytes FIRST-LAST/LENGTH`.
fn content_range(header: &str) -> Option<(u64, u64, Option<u64>)> {
    let (range, total) = header.trim().strip_prefix("bytes ")?.split_once('/')?;
    let (first, last) = range.split_once('-')?;
    let (first, last) = (first.trim().parse::<u64>().ok()?, last.trim().parse::<u64>().ok()?);
    let total = match total.trim() {
        "*" => None,
        total => Some(total.parse::<u64>().ok()?),
    };
    let end = last.checked_add(1).filter(|end| first < *end)?;
    Some((first, end, total))
}

fn check_length(url: &str, found: Option<u64>, limit: u64) -> Result<(), FetchError> {
    match found.filter(|found| *found > limit) {
        None => Ok(()),
        Some(found) => {
            Err(FetchError::TooLarge { url: shown(url), limit, found: found.to_string() })
        }
    }
}

fn idle(url: &str, wait: Duration, got: u64) -> FetchError {
    FetchError::Idle { url: shown(url), seconds: wait.as_secs_f64(), got }
}

/// A body on its way into the part.
struct Body<'a> {
    url: &'a str,
    file: File,
    got: u64,
    total: Option<u64>,
    limit: u64,
}

impl Body<'_> {
    async fn stream(
        &mut self,
        mut answer: Response,
        wait: Duration,
        place: &Place,
        told: Told<'_>,
    ) -> Result<(), FetchError> {
        let url = shown(self.url);
        loop {
            let piece = match tokio::time::timeout(wait, answer.chunk()).await {
                Err(_) => return Err(idle(self.url, wait, self.got)),
                Ok(Err(error)) => {
                    tracing::debug!(url, got = self.got, cause = innermost(&error), "cut");
                    return Err(FetchError::Cut { url, expected: self.total, got: self.got });
                }
                Ok(Ok(None)) => break,
                Ok(Ok(Some(piece))) => piece,
            };
            self.got += piece.len() as u64;
            if self.got > self.limit {
                place.discard()?;
                let found = "more".to_owned();
                return Err(FetchError::TooLarge { url, limit: self.limit, found });
            }
            self.file.write_all(&piece).map_err(failed(&place.file(), "written"))?;
            told(self.got, self.total);
        }
        if self.total.is_some_and(|total| total != self.got) {
            return Err(FetchError::Cut { url, expected: self.total, got: self.got });
        }
        if self.got == 0 {
            place.discard()?;
            return Err(FetchError::Empty { url });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_read_or_is_none() {
        assert_eq!(content_range("bytes 5-9/10"), Some((5, 10, Some(10))));
        assert_eq!(content_range("bytes 5-9/*"), Some((5, 10, None)));
        for wrong in [
            "",
            "bytes 9-5/10",
            "bytes */10",
            "items 5-9/10",
            "bytes 5-/10",
            "bytes 5-9",
            "bytes 0-18446744073709551615/0",
        ] {
            assert_eq!(content_range(wrong), None, "{wrong}");
        }
    }
}
