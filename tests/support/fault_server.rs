//! An HTTP/1.1 server on 127.0.0.1 that misbehaves on order: cuts, drips, lies about lengths,
//! changes its mind. One request a connection; every request is kept for the test to look at.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A request as it came.
#[derive(Debug, Clone, Default)]
pub(crate) struct Asked {
    /// Path with its query.
    pub(crate) path: String,
    /// Headers by lower-case name.
    pub(crate) headers: BTreeMap<String, String>,
    /// How many requests came before.
    pub(crate) before: usize,
}

impl Asked {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }

    /// First byte of `Range: bytes=N-`.
    pub(crate) fn range_from(&self) -> Option<usize> {
        self.header("range")?.strip_prefix("bytes=")?.strip_suffix('-')?.parse().ok()
    }
}

/// What is answered.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    /// `None` leaves the length out; the framing is then up to the headers.
    length: Option<usize>,
    cut_at: Option<usize>,
    drip: Option<(usize, Duration)>,
    hold: Option<Duration>,
}

impl Answer {
    /// 200 with these bytes and their true length.
    pub(crate) fn file(body: &[u8]) -> Self {
        Self {
            status: 200,
            headers: Vec::new(),
            body: body.to_vec(),
            length: Some(body.len()),
            cut_at: None,
            drip: None,
            hold: None,
        }
    }

    /// A status without a body.
    pub(crate) fn status(status: u16) -> Self {
        Self { status, ..Self::file(b"") }
    }

    pub(crate) fn redirect(status: u16, to: &str) -> Self {
        Self::status(status).with("Location", to)
    }

    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn body(mut self, body: &[u8]) -> Self {
        (self.body, self.length) = (body.to_vec(), Some(body.len()));
        self
    }

    /// Says that the body is this long, whatever it is.
    pub(crate) fn claiming(mut self, length: usize) -> Self {
        self.length = Some(length);
        self
    }

    /// Says nothing about the length; the end is the end of the connection.
    pub(crate) fn without_length(mut self) -> Self {
        self.length = None;
        self
    }

    /// Ends the connection after so many bytes of the body.
    pub(crate) fn cut_at(mut self, bytes: usize) -> Self {
        self.cut_at = Some(bytes);
        self
    }

    /// Sends so many bytes at a time, with pauses.
    pub(crate) fn dripping(mut self, bytes: usize, pause: Duration) -> Self {
        self.drip = Some((bytes, pause));
        self
    }

    /// Keeps the connection open after what was sent.
    pub(crate) fn holding(mut self, pause: Duration) -> Self {
        self.hold = Some(pause);
        self
    }

    /// What a good server answers: 304 to a known mark, 206 to a fitting rest, else everything.
    pub(crate) fn good(asked: &Asked, body: &[u8], etag: &str) -> Self {
        if asked.header("if-none-match") == Some(etag) {
            return Self::status(304).with("ETag", etag);
        }
        match asked.range_from() {
            Some(from) if asked.header("if-range") == Some(etag) && from < body.len() => {
                let range = format!("bytes {from}-{}/{}", body.len() - 1, body.len());
                Self { status: 206, ..Self::file(&body[from..]) }
                    .with("ETag", etag)
                    .with("Content-Range", &range)
            }
            _ => Self::file(body).with("ETag", etag),
        }
    }

    /// The same answer under another status.
    pub(crate) fn under_status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    fn send(&self, stream: &mut TcpStream) -> std::io::Result<()> {
        let mut head = format!("HTTP/1.1 {} Said\r\nConnection: close\r\n", self.status);
        if let Some(length) = self.length.filter(|_| self.status != 304) {
            head.push_str(&format!("Content-Length: {length}\r\n"));
        }
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        stream.write_all(head.as_bytes())?;
        stream.write_all(b"\r\n")?;
        let sent = &self.body[..self.cut_at.unwrap_or(self.body.len()).min(self.body.len())];
        match self.drip {
            None => stream.write_all(sent)?,
            Some((bytes, pause)) => {
                for piece in sent.chunks(bytes) {
                    stream.write_all(piece)?;
                    stream.flush()?;
                    std::thread::sleep(pause);
                }
            }
        }
        stream.flush()?;
        if let Some(pause) = self.hold {
            std::thread::sleep(pause);
        }
        Ok(())
    }
}

/// The server; it stops when dropped.
pub(crate) struct FaultServer {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<Asked>>>,
    stopping: Arc<AtomicBool>,
}

impl FaultServer {
    /// Answers as told.
    pub(crate) fn start(script: impl Fn(&Asked) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let asked: Arc<Mutex<Vec<Asked>>> = Arc::default();
        let stopping = Arc::new(AtomicBool::new(false));
        let (log, stop, script) = (Arc::clone(&asked), Arc::clone(&stopping), Arc::new(script));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if stop.load(Ordering::SeqCst) {
                    return;
                }
                let (log, script) = (Arc::clone(&log), Arc::clone(&script));
                std::thread::spawn(move || serve(stream, &log, script.as_ref()));
            }
        });
        Self { address, asked, stopping }
    }

    /// `127.0.0.1:PORT`.
    pub(crate) fn host(&self) -> String {
        self.address.to_string()
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// All requests so far, in order.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }
}

impl Drop for FaultServer {
    fn drop(&mut self) {
        self.stopping.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.address);
    }
}

fn serve(mut stream: TcpStream, log: &Mutex<Vec<Asked>>, script: &dyn Fn(&Asked) -> Answer) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
    let Some(Ok(first)) = lines.next() else { return };
    let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut asked = Asked { path, ..Asked::default() };
    for line in lines.map_while(Result::ok).take_while(|line| !line.is_empty()) {
        if let Some((name, value)) = line.split_once(": ") {
            asked.headers.insert(name.to_lowercase(), value.to_owned());
        }
    }
    {
        let mut log = log.lock().unwrap();
        asked.before = log.len();
        log.push(asked.clone());
    }
    // A client that has heard enough closes early; that is not the server's fault.
    let _ = script(&asked).send(&mut stream);
}
