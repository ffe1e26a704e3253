//! TLS: a certificate the platform trusts is enough, anything else is no answer.

use crate::lists_update::{run, subscriber_of};
use crate::support::command::{Home, fixture};
use crate::support::fetching::un_file;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, Stream};
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;

/// Serves the UN fixture over TLS at 127.0.0.1 until the test process ends.
fn tls_server() -> SocketAddr {
    let read = |name: &str| std::fs::read(fixture(&format!("fetch/{name}"))).unwrap();
    let certificate = CertificateDer::from(read("server.der"));
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(read("server.key.der")));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // A client that does not trust us hangs up; that is what some tests are about.
            let _ = answer(stream, Arc::clone(&config));
        }
    });
    address
}

fn answer(mut stream: TcpStream, config: Arc<ServerConfig>) -> std::io::Result<()> {
    let mut tls = ServerConnection::new(config).map_err(std::io::Error::other)?;
    let mut stream = Stream::new(&mut tls, &mut stream);
    for line in BufReader::new(&mut stream).lines() {
        if line?.is_empty() {
            break;
        }
    }
    let body = un_file();
    let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", body.len());
    stream.write_all(head.as_bytes())?;
    stream.write_all(&body)?;
    stream.conn.send_close_notify();
    stream.flush()
}

/// A user whose UN list is published over TLS at this host.
fn user(host: &str) -> Home {
    subscriber_of(host, &format!("https://{host}/un"))
}

#[test]
fn a_certificate_the_platform_trusts_is_enough() {
    let home = user(&tls_server().to_string());
    let authority = fixture("fetch/authority.pem");
    let said = home.run_with(
        &["--config", "conf", "lists", "update", "un_sc"],
        &[("SSL_CERT_FILE", authority.as_str())],
    );
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    assert!(said.out.starts_with("un_sc: updated: edition 2026-02-27-"), "{}", said.out);
}

#[test]
fn an_unknown_authority_another_name_and_no_tls_at_all_are_no_answer() {
    let address = tls_server();
    let (code, said) = run(&user(&address.to_string()), &["lists", "update", "un_sc"]);
    assert_eq!(code, 4);
    assert!(said.contains("no answer: invalid peer certificate: UnknownIssuer"), "{said}");

    let home = user(&format!("localhost:{}", address.port()));
    let authority = fixture("fetch/authority.pem");
    let said = home.run_with(
        &["--config", "conf", "lists", "update", "un_sc"],
        &[("SSL_CERT_FILE", authority.as_str())],
    );
    assert_eq!(said.code, 4);
    assert!(said.out.contains("no answer: invalid peer certificate: "), "{}", said.out);
    assert!(said.out.contains("not valid for name"), "{}", said.out);

    let plain =
        crate::support::fetching::always(crate::support::fault_server::Answer::file(&un_file()));
    let (code, said) = run(&user(&plain.host()), &["lists", "update", "un_sc"]);
    assert_eq!(code, 4);
    assert!(said.contains("/un: no answer: "), "{said}");
}
