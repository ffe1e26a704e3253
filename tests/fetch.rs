//! Fetching when all goes well, or well in the end: what is asked, what is kept, what "unchanged"
//! means, and how a cut is mended.

use crate::support::fault_server::{Answer, FaultServer};
use crate::support::fetching::{Subscriber, always, first_then, newer_un_file, un_file};
use diligence::watchlist::{Reliance, Updated};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

const TAG: &str = "\"edition-1\"";

#[test]
fn a_list_is_fetched_published_and_asked_for_politely() {
    let server = FaultServer::start(|asked| Answer::good(asked, &un_file(), TAG));
    let subscriber = Subscriber::of(&[&server]);
    subscriber.updated();
    assert_eq!(std::fs::read(subscriber.downloaded()).unwrap(), un_file());
    let asked = server.asked();
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0].path, "/un.xml");
    assert_eq!(asked[0].header("accept-encoding"), Some("identity"));
    assert!(asked[0].header("user-agent").unwrap().starts_with("diligence/"));
    for header in ["cookie", "authorization", "referer", "if-none-match", "range"] {
        assert_eq!(asked[0].header(header), None, "{header}");
    }
}

#[test]
fn unchanged_renews_the_age_of_the_edition_and_not_its_bytes() {
    let server = FaultServer::start(|asked| Answer::good(asked, &un_file(), TAG));
    let subscriber = Subscriber::of(&[&server]);
    subscriber.updated();
    let edition = subscriber.in_use();
    let (reliance, _) = subscriber.state_at("2026-03-08T07:00:00Z");
    assert_eq!(reliance, Reliance::HardStale, "nobody has asked for four days");
    let updated = subscriber.update_at("2026-03-08T06:00:00Z").unwrap();
    let in_use = edition.as_ref().unwrap().0.clone();
    assert_eq!(updated, Updated::Unchanged { edition: in_use });
    assert_eq!(server.asked()[1].header("if-none-match"), Some(TAG));
    assert_eq!(subscriber.in_use(), edition);
    let (reliance, sentence) = subscriber.state_at("2026-03-08T07:00:00Z");
    assert_eq!(reliance, Reliance::Current);
    assert_eq!(sentence, "retrieved 1 hours ago, unchanged since 2026-03-04");
    let (reliance, _) = subscriber.state_at("2026-03-11T06:00:00Z");
    assert_eq!(reliance, Reliance::HardStale, "a confirmation ages like an edition");
}

#[test]
fn a_server_without_marks_is_believed_by_the_bytes() {
    let server = always(Answer::file(&un_file()));
    let subscriber = Subscriber::of(&[&server]);
    subscriber.updated();
    assert!(matches!(subscriber.update(), Ok(Updated::Unchanged { .. })));
    assert_eq!(server.asked()[1].header("if-modified-since"), None);
}

#[test]
fn last_modified_alone_is_enough_to_ask_whether_it_changed() {
    const DATE: &str = "Fri, 27 Feb 2026 00:00:10 GMT";
    let server = FaultServer::start(|asked| match asked.header("if-modified-since") {
        Some(DATE) => Answer::status(304),
        _ => Answer::file(&un_file()).with("Last-Modified", DATE),
    });
    let subscriber = Subscriber::of(&[&server]);
    subscriber.updated();
    assert!(matches!(subscriber.update(), Ok(Updated::Unchanged { .. })));
    assert_eq!(server.asked().len(), 2);
}

#[test]
fn a_changed_file_is_a_new_edition() {
    let server = first_then(Answer::file(&un_file()).with("ETag", TAG), |asked| {
        Answer::good(asked, &newer_un_file(), "\"edition-2\"")
    });
    let subscriber = Subscriber::of(&[&server]);
    subscriber.updated();
    let before = subscriber.in_use();
    subscriber.updated();
    assert_ne!(subscriber.in_use(), before);
    assert!(matches!(subscriber.update(), Ok(Updated::Unchanged { .. })));
}

#[test]
fn a_download_somebody_touched_is_asked_for_whole() {
    let server = FaultServer::start(|asked| Answer::good(asked, &un_file(), TAG));
    let subscriber = Subscriber::of(&[&server]);
    subscriber.updated();
    std::fs::write(subscriber.downloaded(), "<CONSOLIDATED_LIST/>").unwrap();
    assert!(matches!(subscriber.update(), Ok(Updated::Unchanged { .. })));
    assert_eq!(server.asked()[1].header("if-none-match"), None);
    assert_eq!(std::fs::read(subscriber.downloaded()).unwrap(), un_file());
}

#[test]
fn a_file_cut_at_a_hundred_places_is_resumed_to_the_same_bytes() {
    let whole = un_file();
    let cut = Arc::new(AtomicUsize::new(0));
    let at = Arc::clone(&cut);
    let server = FaultServer::start(move |asked| match asked.range_from() {
        None if at.load(Ordering::SeqCst) > 0 => {
            Answer::file(&un_file()).with("ETag", TAG).cut_at(at.load(Ordering::SeqCst))
        }
        _ => Answer::good(asked, &un_file(), TAG),
    });
    let subscriber = Subscriber::of(&[&server]);
    subscriber.updated();
    for at in (1..=100).map(|place| (whole.len() - 1) * place / 100) {
        cut.store(at, Ordering::SeqCst);
        std::fs::remove_dir_all(subscriber.downloaded().parent().unwrap()).unwrap();
        let updated = subscriber.update();
        assert!(matches!(updated, Ok(Updated::Unchanged { .. })), "cut at {at}: {updated:?}");
        assert_eq!(std::fs::read(subscriber.downloaded()).unwrap(), whole, "cut at {at}");
        let last = server.asked().pop().unwrap();
        assert_eq!((last.range_from(), last.header("if-range")), (Some(at), Some(TAG)));
    }
    assert_eq!(server.asked().len(), 201);
}

#[test]
fn a_cut_is_mended_by_the_next_update_too() {
    let whole = un_file();
    let first = Answer::file(&whole).with("ETag", TAG).cut_at(1000);
    let server = first_then(first, |asked| Answer::good(asked, &un_file(), TAG));
    let mut subscriber = Subscriber::of(&[&server]);
    let retries = std::mem::replace(&mut subscriber.config.retries, 0);
    subscriber.failure();
    subscriber.config.retries = retries;
    subscriber.updated();
    assert_eq!(server.asked()[1].range_from(), Some(1000));
    assert_eq!(std::fs::read(subscriber.downloaded()).unwrap(), whole);
}

#[test]
fn a_server_that_cannot_resume_is_asked_for_all_of_it_again() {
    for tag in [None, Some("W/\"weak\""), Some(TAG)] {
        let tagged = move |answer: Answer| match tag {
            Some(tag) => answer.with("ETag", tag),
            None => answer,
        };
        let first = tagged(Answer::file(&un_file()).cut_at(1000));
        let server = first_then(first, move |_| tagged(Answer::file(&un_file())));
        let subscriber = Subscriber::of(&[&server]);
        subscriber.updated();
        assert_eq!(std::fs::read(subscriber.downloaded()).unwrap(), un_file(), "{tag:?}");
        let is_asked_for_the_rest = server.asked()[1].range_from().is_some();
        assert_eq!(is_asked_for_the_rest, tag == Some(TAG), "{tag:?}");
    }
}

#[test]
fn a_file_that_changes_between_the_parts_is_started_over() {
    // A server that ignores If-Range and gives the rest of another file: 206 with another mark.
    let first = Answer::file(&un_file()).with("ETag", TAG).cut_at(2000);
    let server = first_then(first, |asked| match asked.range_from() {
        Some(from) => {
            let whole = newer_un_file();
            let range = format!("bytes {from}-{}/{}", whole.len() - 1, whole.len());
            Answer::file(&whole[from..])
                .under_status(206)
                .with("Content-Range", &range)
                .with("ETag", "\"edition-2\"")
        }
        None => Answer::file(&newer_un_file()).with("ETag", "\"edition-2\""),
    });
    let subscriber = Subscriber::of(&[&server]);
    subscriber.updated();
    assert_eq!(server.asked().len(), 3);
    assert_eq!(std::fs::read(subscriber.downloaded()).unwrap(), newer_un_file());
}

#[test]
fn a_rest_that_begins_elsewhere_or_is_refused_is_started_over() {
    for wrong in [
        Answer::file(b"...")
            .under_status(206)
            .with("Content-Range", "bytes 0-2/3")
            .with("ETag", TAG),
        Answer::file(b"...").under_status(206).with("ETag", TAG),
        Answer::file(b"...")
            .under_status(206)
            .with("Content-Range", "bytes 2000-2002/3898")
            .with("ETag", TAG),
        Answer::file(b"...")
            .under_status(206)
            .with("Content-Range", "bytes 2000-2002/2003")
            .with("ETag", TAG),
        Answer::status(416).with("Content-Range", "bytes */9"),
    ] {
        let first = Answer::file(&un_file()).with("ETag", TAG).cut_at(2000);
        let server = first_then(first, move |asked| match asked.range_from() {
            Some(_) => wrong.clone(),
            None => Answer::good(asked, &un_file(), TAG),
        });
        let subscriber = Subscriber::of(&[&server]);
        subscriber.updated();
        assert_eq!(server.asked().len(), 3);
        assert_eq!(std::fs::read(subscriber.downloaded()).unwrap(), un_file());
    }
}

#[test]
fn what_was_compressed_on_the_way_is_unpacked_and_a_compressed_file_stays() {
    let packed = gzip(&un_file());
    let on_the_way = always(Answer::file(&packed).with("Content-Encoding", "gzip"));
    let subscriber = Subscriber::of(&[&on_the_way]);
    subscriber.updated();
    assert_eq!(std::fs::read(subscriber.downloaded()).unwrap(), un_file());
    let as_it_is = always(Answer::file(&packed));
    let subscriber = Subscriber::of(&[&as_it_is]);
    subscriber.updated();
    assert_eq!(std::fs::read(subscriber.downloaded()).unwrap(), packed);
}

#[test]
fn redirects_to_the_lists_own_hosts_are_followed_without_carrying_headers_along() {
    let storage = always(Answer::file(&un_file()));
    let to = storage.url("/short-lived?signature=secret");
    let server = FaultServer::start(move |asked| match asked.path.as_str() {
        "/un.xml" => Answer::redirect(302, "/elsewhere"),
        _ => Answer::redirect(307, &to),
    });
    let mut subscriber = Subscriber::of(&[&server, &storage]);
    subscriber.source.files[0].urls.truncate(1);
    subscriber.source.fetch.hosts = vec!["127.0.0.1".to_owned()];
    subscriber.source.fetch.headers = [("X-Key".to_owned(), "public".to_owned())].into();
    subscriber.updated();
    assert!(server.asked().iter().all(|asked| asked.header("x-key") == Some("public")));
    assert_eq!(storage.asked()[0].header("x-key"), None, "headers stay with their host");
    assert_eq!(storage.asked()[0].header("referer"), None);
}

#[test]
fn a_mirror_takes_over_after_the_tries_of_the_first_choice() {
    let broken = always(Answer::status(500));
    let mirror = always(Answer::file(&un_file()));
    let subscriber = Subscriber::of(&[&broken, &mirror]);
    subscriber.updated();
    assert_eq!((broken.asked().len(), mirror.asked().len()), (6, 1));
}

#[test]
fn an_optional_file_that_is_not_there_is_left_out() {
    let server = FaultServer::start(|asked| match asked.path.as_str() {
        "/un.xml" => Answer::file(&un_file()),
        _ => Answer::status(404),
    });
    let mut subscriber = Subscriber::of(&[&server]);
    let mut extra = subscriber.source.files[0].clone();
    extra.role = "extra".to_owned();
    extra.patterns = vec!["extra.xml".to_owned()];
    extra.urls = vec![server.url("/extra.xml")];
    extra.optional = true;
    subscriber.source.files.push(extra);
    subscriber.updated();
    assert_eq!(server.asked().len(), 2, "a file that does not exist is not asked for again");
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}
