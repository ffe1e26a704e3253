//! Decides whether and when an address is asked again after a fault that may pass.
//!
//! The pause is drawn between nothing and a ceiling that doubles (full jitter), and never shorter
//! than the publisher asks for in Retry-After, in seconds or as an HTTP date (RFC 9110, 10.2.3).
//! Whoever asks for more time than there is left is not asked again.

use super::{FetchConfig, FetchError};
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;
use std::time::Duration;

/// How long to wait before the next try; `None` when there is to be none.
///
/// `tries` were made, `spent` is the time since the first began, `chance` a number from 0 up to 1.
pub(super) fn pause(
    config: &FetchConfig,
    error: &FetchError,
    tries: u32,
    spent: Duration,
    chance: f64,
) -> Option<Duration> {
    if !error.passes() || tries > config.retries {
        return None;
    }
    let doubled = 1_u32.checked_shl(tries.saturating_sub(1)).unwrap_or(u32::MAX);
    let ceiling = config.first_pause.saturating_mul(doubled).min(config.longest_pause);
    let asked = match error {
        FetchError::Status { retry_after: Some(seconds), .. } => Duration::from_secs(*seconds),
        _ => Duration::ZERO,
    };
    let pause = ceiling.mul_f64(chance.clamp(0.0, 1.0)).max(asked);
    (spent.saturating_add(pause) < config.within).then_some(pause)
}

/// Seconds a Retry-After asks for; a date that has passed asks for none.
pub(super) fn seconds(header: &str, now: Timestamp) -> Option<u64> {
    let header = header.trim();
    if let Ok(seconds) = header.parse::<u64>() {
        return Some(seconds);
    }
    let date = DateTimeParser::new().parse_timestamp(header).ok()?;
    let ahead = date.as_second().saturating_sub(now.as_second());
    Some(u64::try_from(ahead).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::super::error::StatusLine;
    use super::*;

    fn config() -> FetchConfig {
        FetchConfig::from_toml(include_str!("../../../config/fetch.toml")).unwrap()
    }

    fn status(code: u16, retry_after: Option<u64>) -> FetchError {
        let status = StatusLine { code, words: "" };
        FetchError::Status { url: String::new(), status, retry_after }
    }

    fn after(error: &FetchError, tries: u32, spent: u64, chance: f64) -> Option<u64> {
        let spent = Duration::from_secs(spent);
        pause(&config(), error, tries, spent, chance).map(|pause| pause.as_secs())
    }

    #[test]
    fn the_ceiling_doubles_up_to_its_limit_and_chance_draws_below_it() {
        let failed = status(503, None);
        let ceilings: Vec<Option<u64>> = (1..=6).map(|n| after(&failed, n, 0, 1.0)).collect();
        assert_eq!(ceilings, [Some(2), Some(4), Some(8), Some(16), Some(32), None]);
        assert_eq!(after(&failed, 5, 0, 0.0), Some(0));
        assert_eq!(after(&failed, 5, 0, 0.5), Some(16));
    }

    #[test]
    fn only_what_may_pass_is_tried_again() {
        for code in [408, 429, 500, 502, 503, 504] {
            assert!(after(&status(code, None), 1, 0, 0.5).is_some(), "{code}");
        }
        for code in [400, 401, 403, 404, 410, 416, 451] {
            assert_eq!(after(&status(code, None), 1, 0, 0.5), None, "{code}");
        }
        let cut = FetchError::Cut { url: String::new(), expected: None, got: 1 };
        assert!(after(&cut, 1, 0, 0.5).is_some());
    }

    #[test]
    fn the_publisher_may_ask_for_more_time_but_not_for_more_than_there_is() {
        assert_eq!(after(&status(429, Some(90)), 1, 0, 0.9), Some(90));
        assert_eq!(after(&status(429, Some(1)), 1, 0, 1.0), Some(2));
        assert_eq!(after(&status(429, Some(600)), 1, 0, 0.0), None);
        assert_eq!(after(&status(429, Some(90)), 1, 520, 0.0), None);
        assert_eq!(after(&status(429, Some(u64::MAX)), 1, 0, 0.0), None);
        assert_eq!(after(&status(503, None), 1, 600, 0.0), None);
    }

    #[test]
    fn retry_after_is_read_in_seconds_and_as_a_date() {
        let now = "2026-03-04T12:00:00Z".parse().unwrap();
        assert_eq!(seconds(" 120 ", now), Some(120));
        assert_eq!(seconds("Wed, 04 Mar 2026 12:01:30 GMT", now), Some(90));
        assert_eq!(seconds("Wed, 04 Mar 2026 11:00:00 GMT", now), Some(0));
        for nonsense in ["", "soon", "-5", "1.5", "Wed, 99 Mar 2026 12:00:00 GMT"] {
            assert_eq!(seconds(nonsense, now), None, "{nonsense}");
        }
    }
}
