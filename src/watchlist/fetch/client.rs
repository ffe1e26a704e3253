//! Asks one question of one server: the address checked, the turnstile passed, redirects followed
//! by hand with every target checked like the first address, and nothing sent that could tell one
//! host about another.
//!
//! No cookies, no referrer, no user name; headers a declaration asks for go to the host of the
//! declared address only. TLS 1.2 or newer with the platform's roots, ring underneath; the
//! environment's proxy is not read.

use super::config::FetchConfig;
use super::error::{StatusLine, shown};
use super::hosts::{Hosts, Refusal};
use super::pace::{Pace, Turnstile};
use super::resolve::CheckedNames;
use super::{FetchError, retry};
use reqwest::header::{
    ACCEPT_ENCODING, HeaderMap, HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_RANGE, LOCATION,
    RANGE, RETRY_AFTER,
};
use reqwest::{Response, StatusCode, Url, redirect};
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::sync::Arc;

/// What is asked.
#[derive(Debug, Clone, Default)]
pub(super) struct Question<'a> {
    /// Address of the declaration.
    pub(super) url: &'a str,
    /// Headers of the declaration.
    pub(super) headers: Option<&'a BTreeMap<String, String>>,
    /// "Has it changed?": mark and date of what is here.
    pub(super) unless: Option<(Option<String>, Option<String>)>,
    /// "Give me the rest": first byte wanted, and what proves that it is the same file.
    pub(super) rest: Option<(u64, String)>,
}

/// The client and its turnstile.
pub(super) struct Client {
    http: reqwest::Client,
    turnstile: Turnstile,
    pace: Arc<dyn Pace>,
    max_redirects: u32,
}

impl Client {
    pub(super) fn new(config: &FetchConfig, pace: Arc<dyn Pace>) -> Result<Self, FetchError> {
        // The first call of the process decides; a provider that is already there is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let failed = |error: &dyn Error| FetchError::Client { reason: innermost(error) };
        let mut builder = reqwest::Client::builder()
            .user_agent(concat!("diligence/", env!("CARGO_PKG_VERSION")))
            .redirect(redirect::Policy::none())
            .referer(false)
            .retry(reqwest::retry::never())
            .connect_timeout(config.connect)
            .min_tls_version(reqwest::tls::Version::TLS_1_2)
            .dns_resolver(Arc::new(names(config)));
        builder = match &config.proxy {
            None => builder.no_proxy(),
            Some(proxy) => builder.proxy(reqwest::Proxy::all(proxy).map_err(|e| failed(&e))?),
        };
        let http = builder.build().map_err(|error| failed(&error))?;
        let turnstile = Turnstile::new(Arc::clone(&pace), config.interval);
        Ok(Self { http, turnstile, pace, max_redirects: config.max_redirects })
    }

    /// The answer to a question: 200, 206, 304 or 416; everything else is an error.
    pub(super) async fn ask(
        &self,
        hosts: &Hosts,
        question: &Question<'_>,
    ) -> Result<Response, FetchError> {
        let first = check(hosts, question.url)?;
        let mut url = first.clone();
        let mut redirects = 0;
        loop {
            let host = url.host_str().unwrap_or_default();
            self.turnstile.pass(host);
            let at_home = url.origin() == first.origin();
            let request = self.http.get(url.clone()).headers(headers(question, at_home));
            let answer = request.send().await.map_err(|error| no_answer(&url, &error))?;
            match answer.status() {
                StatusCode::OK
                | StatusCode::PARTIAL_CONTENT
                | StatusCode::NOT_MODIFIED
                | StatusCode::RANGE_NOT_SATISFIABLE => return Ok(answer),
                StatusCode::MOVED_PERMANENTLY
                | StatusCode::FOUND
                | StatusCode::SEE_OTHER
                | StatusCode::TEMPORARY_REDIRECT
                | StatusCode::PERMANENT_REDIRECT => {
                    let next = target(&url, &answer)?;
                    if redirects == self.max_redirects {
                        return Err(FetchError::Redirects {
                            url: shown(question.url),
                            limit: self.max_redirects,
                            to: shown(next.as_str()),
                        });
                    }
                    url = check(hosts, next.as_str())?;
                    redirects += 1;
                }
                status => return Err(self.refused(&url, status, answer.headers())),
            }
        }
    }

    fn refused(&self, url: &Url, status: StatusCode, headers: &HeaderMap) -> FetchError {
        let asked = text(headers, RETRY_AFTER.as_str());
        FetchError::Status {
            url: shown(url.as_str()),
            status: StatusLine {
                code: status.as_u16(),
                words: status.canonical_reason().unwrap_or("(no usual words)"),
            },
            retry_after: asked.and_then(|asked| retry::seconds(&asked, self.pace.now())),
        }
    }
}

/// Internal hosts and the proxy may be private; nobody else.
fn names(config: &FetchConfig) -> CheckedNames {
    let name = |host: &str| host.rsplit_once(':').map_or(host, |(name, _)| name).to_lowercase();
    let internal = config.internal.iter().map(|internal| name(&internal.host));
    let proxy = config.proxy.iter().filter_map(|proxy| Url::parse(proxy).ok());
    let proxy = proxy.filter_map(|url| url.host_str().map(str::to_owned));
    CheckedNames { may_be_private: Arc::new(internal.chain(proxy).collect::<BTreeSet<_>>()) }
}

fn check(hosts: &Hosts, url: &str) -> Result<Url, FetchError> {
    hosts.check(url).map_err(|reason| FetchError::Refused { url: shown(url), reason })
}

/// Where a redirect leads, relative ones from where it was met.
fn target(from: &Url, answer: &Response) -> Result<Url, FetchError> {
    let nowhere = || FetchError::RedirectNowhere {
        url: shown(from.as_str()),
        status: answer.status().as_u16(),
    };
    let location = text(answer.headers(), LOCATION.as_str()).ok_or_else(nowhere)?;
    from.join(&location).map_err(|_| nowhere())
}

/// Bytes as they are stored, so that lengths and ranges mean the file itself.
fn headers(question: &Question<'_>, at_home: bool) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
    let mut add = |name, value: Option<&str>| {
        if let Some(Ok(value)) = value.map(HeaderValue::from_str) {
            headers.insert(name, value);
        }
    };
    if let Some((etag, date)) = &question.unless {
        add(IF_NONE_MATCH, etag.as_deref());
        // A server that knows the ETag must not look at the date; one that does not, has it.
        add(IF_MODIFIED_SINCE, date.as_deref());
    }
    if let Some((from, proof)) = &question.rest {
        add(RANGE, Some(&format!("bytes={from}-")));
        add(IF_RANGE, Some(proof));
    }
    if at_home {
        for (name, value) in question.headers.into_iter().flatten() {
            if let (Ok(name), Ok(value)) =
                (reqwest::header::HeaderName::try_from(name), HeaderValue::from_str(value))
            {
                headers.insert(name, value);
            }
        }
    }
    headers
}

/// A header as text; `None` when it is not there or not text.
pub(super) fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
}

/// A name that leads to a private address is a refusal, everything else may pass.
fn no_answer(url: &Url, error: &reqwest::Error) -> FetchError {
    let mut cause: Option<&dyn Error> = Some(error);
    while let Some(at) = cause {
        if let Some(reason) = at.downcast_ref::<Refusal>() {
            return FetchError::Refused { url: shown(url.as_str()), reason: reason.clone() };
        }
        cause = at.source();
    }
    let reason =
        if error.is_timeout() { "no connection in time".to_owned() } else { innermost(error) };
    FetchError::Unreachable { url: shown(url.as_str()), reason }
}

/// The words of the last cause: the ones before only say that something failed.
pub(super) fn innermost(error: &dyn Error) -> String {
    let mut last = error;
    while let Some(source) = last.source() {
        last = source;
    }
    last.to_string()
}
