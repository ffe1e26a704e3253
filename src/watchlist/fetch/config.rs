//! Decides how politely lists are fetched, how long is waited, and which doors are open besides
//! https to public addresses (`config/fetch.toml`).
//!
//! Every value is checked when the file is read: a pause of a year or a rate of nothing is an error
//! of the configuration, not of the night.

use serde::Deserialize;
use std::time::Duration;

/// Longest wait anybody may set: an hour.
const MOST_SECONDS: u64 = 3600;
/// Redirects beyond which an address is not where the file is.
const MOST_REDIRECTS: u32 = 10;

/// How lists are fetched.
#[derive(Debug, Clone, PartialEq)]
pub struct FetchConfig {
    /// Least time between two requests to one host.
    pub interval: Duration,
    /// Largest file in bytes, where the list declares no limit of its own.
    pub max_bytes: u64,
    /// Redirects followed for one file.
    pub max_redirects: u32,
    /// Proxy every request goes through; the environment's is never taken.
    pub proxy: Option<String>,
    /// Longest wait for a connection.
    pub connect: Duration,
    /// Longest wait for the next bytes.
    pub idle: Duration,
    /// Longest time for one try at one file.
    pub total: Duration,
    /// Tries at one address after the first.
    pub retries: u32,
    /// Ceiling of the first pause; it doubles with each try.
    pub first_pause: Duration,
    /// Ceiling the doubling stops at.
    pub longest_pause: Duration,
    /// Longest time for all tries at one address.
    pub within: Duration,
    /// Hosts that may be private or without TLS.
    pub internal: Vec<Internal>,
}

/// A host of the user's own that may be on a private address or without TLS.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Internal {
    /// Name or address, with the port when it is not that of https.
    pub host: String,
    /// Why, for whoever reviews the configuration.
    pub reason: String,
}

/// Why `fetch.toml` cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FetchConfigError {
    /// Not TOML, an unknown key, a value of the wrong kind.
    #[error("expected the keys of fetch.toml")]
    Toml(#[source] Box<toml::de::Error>),
    /// A value that is of the right kind and still cannot be.
    #[error("{key}: expected {expected}, found '{found}'")]
    Value {
        /// Key, dotted.
        key: &'static str,
        /// What is allowed.
        expected: String,
        /// What stands there.
        found: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    requests_per_minute: u64,
    max_megabytes: u64,
    max_redirects: u32,
    proxy: Option<String>,
    timeouts: RawTimeouts,
    retries: RawRetries,
    #[serde(default)]
    internal: Vec<Internal>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTimeouts {
    connect_seconds: u64,
    idle_seconds: u64,
    total_seconds: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRetries {
    most: u32,
    first_pause_seconds: u64,
    longest_pause_seconds: u64,
    within_seconds: u64,
}

impl FetchConfig {
    /// Reads and validates `fetch.toml`.
    ///
    /// # Errors
    /// [`FetchConfigError`] naming the key and what is allowed.
    pub fn from_toml(text: &str) -> Result<Self, FetchConfigError> {
        let raw: Raw =
            toml::from_str(text).map_err(|error| FetchConfigError::Toml(Box::new(error)))?;
        let per_minute = within("requests_per_minute", raw.requests_per_minute, 1, 60_000)?;
        let megabytes = within("max_megabytes", raw.max_megabytes, 1, 1024)?;
        let redirects = u64::from(raw.max_redirects);
        within("max_redirects", redirects, 0, u64::from(MOST_REDIRECTS))?;
        within("retries.most", u64::from(raw.retries.most), 0, 20)?;
        let seconds =
            |key, value, least| within(key, value, least, MOST_SECONDS).map(Duration::from_secs);
        let RawTimeouts { connect_seconds, idle_seconds, total_seconds } = raw.timeouts;
        let retries = raw.retries;
        if let Some(internal) = raw.internal.iter().find(|one| one.reason.trim().is_empty()) {
            return Err(FetchConfigError::Value {
                key: "internal.reason",
                expected: format!("why {} may be asked", internal.host),
                found: internal.reason.clone(),
            });
        }
        Ok(Self {
            interval: Duration::from_secs(60) / u32::try_from(per_minute).unwrap_or(1),
            max_bytes: megabytes << 20,
            max_redirects: raw.max_redirects,
            proxy: raw.proxy,
            connect: seconds("timeouts.connect_seconds", connect_seconds, 1)?,
            idle: seconds("timeouts.idle_seconds", idle_seconds, 1)?,
            total: seconds("timeouts.total_seconds", total_seconds, 1)?,
            retries: retries.most,
            first_pause: seconds("retries.first_pause_seconds", retries.first_pause_seconds, 0)?,
            longest_pause: seconds(
                "retries.longest_pause_seconds",
                retries.longest_pause_seconds,
                0,
            )?,
            within: seconds("retries.within_seconds", retries.within_seconds, 1)?,
            internal: raw.internal,
        })
    }
}

fn within(key: &'static str, value: u64, least: u64, most: u64) -> Result<u64, FetchConfigError> {
    if (least..=most).contains(&value) {
        return Ok(value);
    }
    let expected = format!("a number from {least} to {most}");
    Err(FetchConfigError::Value { key, expected, found: value.to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHIPPED: &str = include_str!("../../../config/fetch.toml");

    #[test]
    fn the_shipped_file_is_polite_and_opens_no_door() {
        let config = FetchConfig::from_toml(SHIPPED).unwrap();
        assert_eq!(config.interval, Duration::from_secs(1));
        assert_eq!((config.retries, config.within), (5, Duration::from_secs(600)));
        assert_eq!((config.proxy, config.internal), (None, vec![]));
    }

    #[test]
    fn what_cannot_be_is_named() {
        for (from, to, expected) in [
            ("per_minute = 60", "per_minute = 0", "requests_per_minute: expected a number from 1"),
            ("connect_seconds = 10", "connect_seconds = 90000", "timeouts.connect_seconds"),
            ("most = 5", "most = 5\nmore = 1", "expected the keys of fetch.toml"),
            ("most = 5", "most = 500", "retries.most: expected a number from 0 to 20, found '500'"),
        ] {
            let error = FetchConfig::from_toml(&SHIPPED.replace(from, to)).unwrap_err();
            assert!(error.to_string().contains(expected), "{error}");
        }
        let unexplained = format!("{SHIPPED}\n[[internal]]\nhost = \"a:1\"\nreason = \" \"\n");
        let error = FetchConfig::from_toml(&unexplained).unwrap_err();
        assert_eq!(error.to_string(), "internal.reason: expected why a:1 may be asked, found ' '");
    }
}
