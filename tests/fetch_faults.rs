//! Everything a server can do wrong: nothing of it is published, the edition in use stays, and the
//! sentence a person reads says what was asked and what came.

use crate::support::fault_server::{Answer, FaultServer};
use crate::support::fetching::{Subscriber, always, first_then, newer_un_file, un_file};
use diligence::watchlist::{Reliance, Updated};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// What every failed fetch of these tests begins with.
const KEPT: &str =
    "un_sc: the files could not be fetched; edition 2026-02-27-EDITION stays in use: ";

/// The sentence after a failed update from a server that always answers so, without the common
/// beginning.
fn told(answer: Answer) -> String {
    let server = always(answer);
    told_by(&Subscriber::with_edition(&[&server]))
}

fn told_by(subscriber: &Subscriber) -> String {
    let edition = subscriber.in_use().unwrap().0;
    let said = subscriber.failure().replace(&edition, "2026-02-27-EDITION");
    said.strip_prefix(KEPT).unwrap_or_else(|| panic!("{said}")).to_owned()
}

#[test]
fn a_server_that_fails_is_asked_six_times_with_growing_pauses() {
    let server = always(Answer::status(503).body(b"<html>maintenance</html>"));
    let subscriber = Subscriber::with_edition(&[&server]);
    assert_eq!(
        told_by(&subscriber),
        "main: SERVER/un.xml: expected the file, the server answered 503 Service Unavailable (6 tries)"
    );
    assert_eq!(server.asked().len(), 6);
    assert_eq!(subscriber.waited(), [1, 2, 4, 8, 16], "half of 2, 4, 8, 16, 32 seconds");
}

#[test]
fn a_burst_of_errors_with_bodies_passes() {
    let server = FaultServer::start(|asked| match asked.before {
        0..=2 => Answer::status(500).body(b"<CONSOLIDATED_LIST/>"),
        _ => Answer::file(&newer_un_file()),
    });
    let subscriber = Subscriber::with_edition(&[&server]);
    subscriber.updated();
    assert_eq!(server.asked().len(), 4);
}

#[test]
fn what_does_not_pass_is_not_asked_again() {
    for (status, words) in [(404, "404 Not Found"), (403, "403 Forbidden"), (410, "410 Gone")] {
        let server = always(Answer::status(status).body(b"<html>no</html>"));
        let subscriber = Subscriber::with_edition(&[&server]);
        let expected =
            format!("main: SERVER/un.xml: expected the file, the server answered {words}");
        assert_eq!(told_by(&subscriber), expected);
        assert_eq!(server.asked().len(), 1);
    }
}

#[test]
fn a_server_that_asks_to_wait_is_waited_for() {
    for (header, seconds) in [("7", 7), ("Wed, 04 Mar 2026 06:00:09 GMT", 9)] {
        let server = first_then(Answer::status(429).with("Retry-After", header), |_| {
            Answer::file(&newer_un_file())
        });
        let subscriber = Subscriber::with_edition(&[&server]);
        subscriber.updated();
        assert_eq!(subscriber.waited(), [seconds], "{header}");
    }
}

#[test]
fn a_server_that_asks_to_wait_for_an_hour_is_left_alone() {
    let server = always(Answer::status(429).with("Retry-After", "3600"));
    let subscriber = Subscriber::with_edition(&[&server]);
    assert_eq!(
        told_by(&subscriber),
        "main: SERVER/un.xml: expected the file, the server answered 429 Too Many Requests and asks to wait 3600 seconds"
    );
    assert_eq!(server.asked().len(), 1);
}

#[test]
fn a_file_that_is_always_cut_is_an_error_at_each_of_a_hundred_places() {
    let length = newer_un_file().len();
    let cut = Arc::new(AtomicUsize::new(0));
    let at = Arc::clone(&cut);
    let server = FaultServer::start(move |_| {
        Answer::file(&newer_un_file()).cut_at(at.load(Ordering::SeqCst))
    });
    let mut subscriber = Subscriber::with_edition(&[&server]);
    subscriber.config.retries = 1;
    for place in 0..100 {
        let at = length * place / 100;
        cut.store(at, Ordering::SeqCst);
        assert_eq!(
            told_by(&subscriber),
            format!(
                "main: SERVER/un.xml: cut short: expected {length} bytes, found {at} bytes (2 tries)"
            )
        );
        assert!(
            !subscriber.downloaded().exists(),
            "a short file never has the name of a whole one"
        );
    }
}

#[test]
fn a_length_that_is_too_long_is_a_cut_and_one_too_short_is_found_by_the_parser() {
    let whole = newer_un_file();
    let long = Answer::file(&whole).claiming(whole.len() + 5);
    let (length, longer) = (whole.len(), whole.len() + 5);
    assert_eq!(
        told(long),
        format!(
            "main: SERVER/un.xml: cut short: expected {longer} bytes, found {length} bytes (6 tries)"
        )
    );
    let server = always(Answer::file(&whole).claiming(whole.len() - 20));
    let subscriber = Subscriber::with_edition(&[&server]);
    assert_eq!(
        subscriber.failure(),
        "un_sc: the files cannot be read as this list: consolidated.xml: cut short after record 2: the file ends inside the markup at byte 2894"
    );
}

#[test]
fn an_answer_without_an_end_is_refused() {
    assert_eq!(
        told(Answer::file(&newer_un_file()).without_length()),
        "main: SERVER/un.xml: the server does not say how long the file is, so a cut could not be noticed"
    );
    let mut chunked = format!("{:x}\r\n", newer_un_file().len()).into_bytes();
    chunked.extend(newer_un_file());
    let open = Answer::file(&chunked).without_length().with("Transfer-Encoding", "chunked");
    let length = newer_un_file().len();
    assert_eq!(
        told(open),
        format!(
            "main: SERVER/un.xml: cut short: expected the end of the answer, found {length} bytes (6 tries)"
        )
    );
}

#[test]
fn silence_and_dripping_are_cut_off() {
    let server = always(Answer::file(&newer_un_file()).cut_at(100).holding(Duration::from_secs(3)));
    let mut subscriber = Subscriber::with_edition(&[&server]);
    subscriber.config.retries = 0;
    subscriber.config.idle = Duration::from_millis(1000);
    assert_eq!(
        told_by(&subscriber),
        "main: SERVER/un.xml: nothing came for 1 seconds, after 100 bytes"
    );
    let drip = Answer::file(&newer_un_file()).dripping(1, Duration::from_millis(20));
    let server = always(drip);
    let mut subscriber = Subscriber::with_edition(&[&server]);
    subscriber.config.retries = 0;
    subscriber.config.total = Duration::from_millis(300);
    let said = told_by(&subscriber);
    assert!(
        said.starts_with("main: SERVER/un.xml: expected the whole file within 0.3 seconds, found "),
        "{said}"
    );
    let silent = always(Answer::file(b"").claiming(9).holding(Duration::from_secs(3)));
    let mut subscriber = Subscriber::with_edition(&[&silent]);
    subscriber.config.retries = 0;
    subscriber.config.idle = Duration::from_millis(1000);
    assert_eq!(
        told_by(&subscriber),
        "main: SERVER/un.xml: nothing came for 1 seconds, after 0 bytes"
    );
}

#[test]
fn an_empty_answer_is_no_file() {
    assert_eq!(
        told(Answer::file(b"")),
        "main: SERVER/un.xml: expected the file, found an empty answer (6 tries)"
    );
}

#[test]
fn nobody_home_is_told_and_the_edition_ages() {
    let gone = always(Answer::status(200));
    let subscriber = Subscriber::with_edition(&[&gone]);
    drop(gone);
    let said = told_by(&subscriber);
    assert!(said.starts_with("main: SERVER/un.xml: no answer: "), "{said}");
    assert!(said.contains("refused") && said.ends_with("(6 tries)"), "{said}");
    let (reliance, sentence) = subscriber.state_at("2026-03-04T07:00:00Z");
    assert_eq!(reliance, Reliance::Current, "not held: the list only ages");
    assert!(
        sentence.starts_with(
            "retrieved 7 hours ago; last tried 2026-03-04 06:00Z: main: SERVER/un.xml: no answer: "
        ),
        "{sentence}"
    );
    assert_eq!(subscriber.state_at("2026-03-07T00:00:00Z").0, Reliance::HardStale);
}

#[test]
fn a_first_fetch_that_fails_leaves_a_list_that_says_so() {
    let server = always(Answer::status(404));
    let subscriber = Subscriber::of(&[&server]);
    assert_eq!(
        subscriber.failure(),
        "un_sc: the files could not be fetched; there is no edition to use: main: SERVER/un.xml: expected the file, the server answered 404 Not Found"
    );
    let (reliance, sentence) = subscriber.state_at("2026-03-04T07:00:00Z");
    assert_eq!(reliance, Reliance::Missing);
    assert_eq!(
        sentence,
        "not imported yet; last tried 2026-03-04 06:00Z: main: SERVER/un.xml: expected the file, the server answered 404 Not Found"
    );
}

#[test]
fn a_page_instead_of_the_list_is_held_with_the_right_words() {
    let page = Answer::file(b"<!DOCTYPE html><html><body>Access denied</body></html>");
    let server = always(page.with("ETag", "\"page\""));
    let subscriber = Subscriber::with_edition(&[&server]);
    assert_eq!(
        subscriber.failure(),
        "un_sc: the files cannot be read as this list: consolidated.xml: expected the UN Security Council consolidated list (XML), found an HTML page, probably the publisher's error page"
    );
    assert_eq!(subscriber.state_at("2026-03-04T07:00:00Z").0, Reliance::Held);
    subscriber.failure();
    let asked = server.asked();
    assert_eq!(asked[1].header("if-none-match"), None, "what was held is asked for whole again");
}

#[test]
fn the_good_file_again_after_a_held_one_settles_it() {
    let server = FaultServer::start(|asked| match asked.before {
        1 => Answer::file(b"<html></html>"),
        _ => Answer::good(asked, &un_file(), "\"good\""),
    });
    let subscriber = Subscriber::of(&[&server]);
    subscriber.updated();
    subscriber.failure();
    subscriber.updated();
    assert_eq!(subscriber.state_at("2026-03-04T07:00:00Z").0, Reliance::Current);
    assert!(matches!(subscriber.update(), Ok(Updated::Unchanged { .. })));
}

#[test]
fn unchanged_to_a_question_nobody_asked_is_no_answer() {
    assert_eq!(
        told(Answer::status(304)),
        "main: SERVER/un.xml: expected the file, the server answered that it is unchanged, unasked"
    );
}

#[test]
fn bombs_are_refused_as_a_file_and_on_the_way() {
    let bomb = gzip_of_zeros(24 << 20);
    let on_the_way = Answer::file(&bomb).with("Content-Encoding", "gzip");
    assert_eq!(
        told(on_the_way),
        "main: SERVER/un.xml: the compressed answer cannot be unpacked: consolidated.xml: more than 100 times its compressed size"
    );
    let server = always(Answer::file(&bomb));
    let subscriber = Subscriber::with_edition(&[&server]);
    assert_eq!(
        subscriber.failure(),
        "un_sc: the files cannot be read as this list: consolidated.xml: more than 100 times its compressed size"
    );
}

#[test]
fn an_encoding_nobody_asked_for_and_gzip_that_is_none_are_refused() {
    assert_eq!(
        told(Answer::file(&newer_un_file()).with("Content-Encoding", "br")),
        "main: SERVER/un.xml: expected the file as it is or gzip, found the encoding 'br'"
    );
    assert_eq!(
        told(Answer::file(&newer_un_file()).with("Content-Encoding", "gzip")),
        "main: SERVER/un.xml: the compressed answer cannot be unpacked: consolidated.xml: expected gzip, as the server calls it, found something else"
    );
}

#[test]
fn more_than_the_list_may_have_is_refused_promised_or_not() {
    let big = vec![b' '; (1 << 20) + 1];
    let limited = |answer: Answer| {
        let server = always(answer);
        let mut subscriber = Subscriber::with_edition(&[&server]);
        subscriber.source.fetch.max_megabytes = Some(1);
        told_by(&subscriber)
    };
    assert_eq!(
        limited(Answer::file(&big)),
        "main: SERVER/un.xml: expected at most 1048576 bytes, found 1048577"
    );
    let mut chunked = format!("{:x}\r\n", big.len()).into_bytes();
    chunked.extend(&big);
    chunked.extend(b"\r\n0\r\n\r\n");
    assert_eq!(
        limited(Answer::file(&chunked).without_length().with("Transfer-Encoding", "chunked")),
        "main: SERVER/un.xml: expected at most 1048576 bytes, found more"
    );
}

#[test]
fn redirects_are_checked_like_first_addresses() {
    for (to, expected) in [
        (
            "https://10.0.0.1/un.xml",
            "https://10.0.0.1/un.xml: not asked: expected a public address, found 10.0.0.1, a private address",
        ),
        (
            "http://169.254.169.254/latest/meta-data?token=x",
            "http://169.254.169.254/latest/meta-data: not asked: expected a public address, found 169.254.169.254, a link-local address",
        ),
        (
            "http://127.0.0.1:9/un.xml",
            "http://127.0.0.1:9/un.xml: not asked: expected a public address, found 127.0.0.1, a loopback address",
        ),
        (
            "https://evil.example/un.xml",
            "https://evil.example/un.xml: not asked: expected a host of this list (127.0.0.1), found evil.example",
        ),
        (
            "http://lists.example/un.xml",
            "http://lists.example/un.xml: not asked: expected https, found http; fetch.toml can name lists.example as internal",
        ),
        (
            "https://me:secret@lists.example/",
            "https://lists.example/: not asked: expected an address without a user name or password",
        ),
        (
            "file:///etc/passwd",
            "file:///etc/passwd: not asked: expected an address that begins with https://, found 'file:///etc/passwd'",
        ),
    ] {
        let server = always(Answer::redirect(301, to));
        let subscriber = Subscriber::with_edition(&[&server]);
        assert_eq!(told_by(&subscriber), format!("main: {expected}"), "{to}");
        assert_eq!(server.asked().len(), 1, "{to}: a refusal does not pass");
    }
}

#[test]
fn loops_long_chains_and_redirects_to_nowhere_end() {
    let server = always(Answer::redirect(302, "/un.xml"));
    let subscriber = Subscriber::with_edition(&[&server]);
    assert_eq!(
        told_by(&subscriber),
        "main: SERVER/un.xml: expected the file after at most 3 redirects, found another to SERVER/un.xml"
    );
    assert_eq!(server.asked().len(), 4);
    let chain = FaultServer::start(|asked| {
        Answer::redirect(308, &format!("/step{}?token=secret", asked.before))
    });
    assert_eq!(
        told_by(&Subscriber::with_edition(&[&chain])),
        "main: SERVER/un.xml: expected the file after at most 3 redirects, found another to SERVER/step3"
    );
    assert_eq!(
        told(Answer::status(303)),
        "main: SERVER/un.xml: expected the file, found a redirect (303) that leads nowhere"
    );
}

#[test]
fn every_address_that_failed_is_told_in_order() {
    let server = always(Answer::status(503));
    let mirror = always(Answer::status(404));
    assert_eq!(
        told_by(&Subscriber::with_edition(&[&server, &mirror])),
        "main: SERVER/un.xml: expected the file, the server answered 503 Service Unavailable (6 tries); then MIRROR/un.xml: expected the file, the server answered 404 Not Found"
    );
}

#[test]
fn without_the_configurations_leave_nothing_on_this_machine_is_asked() {
    let server = always(Answer::file(&newer_un_file()));
    let mut subscriber = Subscriber::with_edition(&[&server]);
    let internal = std::mem::take(&mut subscriber.config.internal);
    let said = told_by(&subscriber).replace(&internal[0].host, "127.0.0.1:PORT");
    assert_eq!(
        said,
        "main: http://127.0.0.1:PORT/un.xml: not asked: expected a public address, found 127.0.0.1, a loopback address"
    );
    subscriber.source.files[0].urls = vec!["https://localhost/un.xml".to_owned()];
    let said = told_by(&subscriber);
    assert!(
        said.starts_with("main: https://localhost/un.xml: not asked: expected a public address, found localhost, which is ")
            && said.ends_with(", a loopback address"),
        "a name is checked by what it resolves to: {said}"
    );
    assert_eq!(server.asked().len(), 0);
}

#[test]
fn a_list_without_an_address_says_what_to_do() {
    let server = always(Answer::file(&newer_un_file()));
    let mut subscriber = Subscriber::with_edition(&[&server]);
    subscriber.source.files[0].urls.clear();
    assert_eq!(
        told_by(&subscriber),
        "un_sc: no address is declared for 'main'; fetch it by hand and import it"
    );
}

fn gzip_of_zeros(bytes: usize) -> Vec<u8> {
    use std::io::Write;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(&vec![b'0'; bytes]).unwrap();
    encoder.finish().unwrap()
}
