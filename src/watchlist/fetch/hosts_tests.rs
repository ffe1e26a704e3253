//! Addresses an attacker would write, one a line, with the words they are refused with.

use super::*;
use crate::watchlist::WantedFile;

fn hosts() -> Hosts {
    let mut source = ListSource::ftm("t").unwrap();
    source.files = vec![WantedFile {
        urls: vec!["https://lists.example.org/a.xml".to_owned(), "https://10.1.2.3/a".to_owned()],
        ..WantedFile::default()
    }];
    source.fetch.hosts = vec![
        "*.storage.example".to_owned(),
        "127.0.0.1".to_owned(),
        "mirror.example".to_owned(),
        "xn--bcher-kva.example".to_owned(),
    ];
    let internal = |host: &str| Internal { host: host.to_owned(), reason: "mirror".to_owned() };
    Hosts::of(&source, &[internal("127.0.0.1:8080"), internal("mirror.example:8443")])
}

#[test]
fn what_a_publisher_uses_passes() {
    for url in [
        "https://lists.example.org/a.xml",
        "https://LISTS.example.org:443/b?token=c",
        "https://lists.example.org\\@evil.example/",
        "https://a.storage.example/x",
        "https://a.b.storage.example/x",
        "https://bücher.example/x",
        "http://127.0.0.1:8080/mirror",
        "https://mirror.example:8443/mirror",
    ] {
        assert!(hosts().check(url).is_ok(), "{url}: {:?}", hosts().check(url));
    }
}

/// What is written, and words of the refusal.
const TRICKS: [(&str, &str); 74] = [
    // Literal addresses, on the list or not, however they are written.
    ("https://127.0.0.1/", "loopback"),
    ("https://127.1/", "loopback"),
    ("https://2130706433/", "loopback"),
    ("https://0x7f000001/", "loopback"),
    ("https://0x7f.1/", "loopback"),
    ("https://0177.0.0.1/", "loopback"),
    ("https://017700000001/", "loopback"),
    ("https://127.0.0.1./", "loopback"),
    ("https://①②⑦.⓪.⓪.①/", "loopback"),
    ("https://127。0。0。1/", "loopback"),
    ("https://%31%32%37.0.0.1/", "loopback"),
    ("https://0.0.0.0/", "this machine"),
    ("https://0/", "this machine"),
    ("https://10.1.2.3/a", "private"),
    ("https://10.0.0.1/", "private"),
    ("https://012.1.2.3/", "private"),
    ("https://0xa010203/", "private"),
    ("https://172.16.5.4/", "private"),
    ("https://192.168.0.1/", "private"),
    ("https://192.168.257/", "private"),
    ("https://169.254.169.254/latest/meta-data/", "link-local"),
    ("https://2852039166/", "link-local"),
    ("https://0xA9FEA9FE/", "link-local"),
    ("https://100.100.100.200/", "carrier-grade"),
    ("https://224.0.0.251/", "multicast"),
    ("https://255.255.255.255/", "reserved"),
    ("https://198.18.0.1/", "measurements"),
    ("https://192.0.2.1/", "documentation"),
    ("https://[::1]/", "loopback"),
    ("https://[::]/", "this machine"),
    ("https://[::ffff:127.0.0.1]/", "written as IPv6"),
    ("https://[::ffff:7f00:1]/", "written as IPv6"),
    ("https://[0:0:0:0:0:ffff:a9fe:a9fe]/", "written as IPv6"),
    ("https://[::127.0.0.1]/", "written as IPv6"),
    ("https://[64:ff9b::10.0.0.1]/", "NAT64"),
    ("https://[2002:7f00:1::]/", "tunnelled"),
    ("https://[fd00:ec2::254]/", "unique local"),
    ("https://[fe80::1]/", "link-local"),
    ("https://[ff02::1]/", "multicast"),
    ("https://8.8.8.8/", "expected a host of this list"),
    ("https://[2606:4700::1]/", "expected a host of this list"),
    // Names that only look like the list's.
    ("https://evil.example/", "expected a host of this list"),
    ("https://lists.example.org.evil.example/", "expected a host of this list"),
    ("https://evil-lists.example.org/", "expected a host of this list"),
    ("https://sub.lists.example.org/", "expected a host of this list"),
    ("https://lists.example.org./", "expected a host of this list"),
    ("https://storage.example/", "expected a host of this list"),
    ("https://evilstorage.example/", "expected a host of this list"),
    ("https://a.storage.example.evil/", "expected a host of this list"),
    ("https:\\\\evil.example\\@lists.example.org/", "expected a host of this list"),
    ("https://evil.example/https://lists.example.org/", "expected a host of this list"),
    ("https://lists.examp1e.org/", "expected a host of this list"),
    ("https://lіsts.example.org/", "expected a host of this list"),
    ("https://localhost/", "expected a host of this list"),
    // Users, ports, schemes.
    ("https://lists.example.org@evil.example/", "without a user name"),
    ("https://user:word@lists.example.org/", "without a user name"),
    ("https://:word@lists.example.org/", "without a user name"),
    ("https://lists.example.org:22/", "expected the port of https, found 22"),
    ("https://lists.example.org:8080/", "expected the port of https, found 8080"),
    ("https://127.0.0.1:8081/", "loopback"),
    ("https://mirror.example/", "mirror.example:8443, as fetch.toml has it, found 443"),
    ("http://lists.example.org/a.xml", "expected https, found http"),
    ("http://lists.example.org:443/a.xml", "expected https, found http"),
    ("ftp://lists.example.org/a.xml", "expected https, found ftp"),
    ("ftp://127.0.0.1:8080/a.xml", "begins with https://"),
    ("file:///etc/passwd", "begins with https://"),
    ("gopher://lists.example.org/", "begins with https://"),
    ("data:text/plain,a", "begins with https://"),
    ("javascript:alert(1)", "begins with https://"),
    ("//lists.example.org/", "begins with https://"),
    ("https://", "begins with https://"),
    ("", "begins with https://"),
    ("https://[::1/", "begins with https://"),
    ("https://lists.example.org:99999/", "begins with https://"),
];

#[test]
fn tricks_are_refused_and_named() {
    for (url, expected) in TRICKS {
        let told = hosts().check(url).map_err(|refusal| refusal.to_string());
        assert!(told.as_ref().is_err_and(|told| told.contains(expected)), "{url}: {told:?}");
    }
}

#[test]
fn one_private_address_among_several_refuses_the_name() {
    let both = ["8.8.8.8".parse().unwrap(), "10.0.0.7".parse().unwrap()];
    let told = public("lists.example.org", both).unwrap_err().to_string();
    assert_eq!(
        told,
        "expected a public address, found lists.example.org, which is 10.0.0.7, a private address"
    );
    assert_eq!(public("a", ["8.8.8.8".parse().unwrap()]), Ok(()));
}
