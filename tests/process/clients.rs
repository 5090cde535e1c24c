//! Clients that write over HTTP with tokens and idempotency keys, that go on asking until they are answered, and that
//! know what they were answered.

use crate::binary::{BASE, eusl, run, stderr, stdout};
use eu_service_list::register::{Location, Register};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU16, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// The record that all clients add to.
pub const SHARED: &str = "thing/shared";

/// How long a client goes on asking.
const PATIENCE: Duration = Duration::from_mins(2);

/// An answer, taken apart.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Answer {
    /// The value of a header field.
    pub fn field(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.into_iter().find(|(field, _)| field.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
}

/// Sends a request; nothing where the server is not there, or goes before it has answered.
pub fn send(port: u16, head: &str, token: &str, body: &str) -> Option<Answer> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
    stream.set_read_timeout(Some(PATIENCE)).ok()?;
    let length = body.len();
    let fields = format!("Host: localhost\r\nAuthorization: Bearer {token}\r\nConnection: close");
    write!(stream, "{head}\r\n{fields}\r\nContent-Length: {length}\r\n\r\n{body}").ok()?;
    let mut answer = Vec::new();
    // What came before the connection broke is an answer: the server has said that it is written.
    let _ = stream.read_to_end(&mut answer);
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let status = answer.strip_prefix("HTTP/1.1 ")?.get(..3)?.parse().ok()?;
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    Some(Answer { status, head: head.to_owned(), body: body.to_owned() })
}

/// Makes a token; gives its text.
pub fn token(data: &Path, role: &str) -> String {
    let output = run(eusl(data).args(["token", "add", "A client", "--role", role]));
    assert!(output.status.success(), "{}", stderr(&output));
    stdout(&output).trim_end().to_owned()
}

/// One write, as it is asked for.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The record, by its path after `id/`; nothing where it gets the next number.
    pub record: Option<String>,
    /// The method, and the address.
    method: &'static str,
    address: String,
    /// What must hold, as a header field.
    condition: &'static str,
    /// What is told of it, that nobody else tells.
    pub mark: String,
    /// The version that the record has then, where that is known.
    pub version: Option<u64>,
    /// What it is answered: the first addition to the shared record makes it.
    statuses: &'static [u16],
}

/// A write that was answered.
#[derive(Clone, Debug)]
pub struct Acknowledged {
    pub wanted: Wanted,
    /// The record's path.
    pub record: String,
}

impl Wanted {
    /// The write of a client with a number: in turns a record is made, changed, added to, made with the next number,
    /// and withdrawn.
    pub fn numbered(client: usize, number: usize) -> Self {
        let own = format!("thing/{client}-{}", number / 5);
        let mark = format!("mark-{client}-{number}.");
        let at = |method, condition, version, statuses| Self {
            record: Some(own.clone()),
            method,
            address: format!("/doc/{own}"),
            condition,
            mark: mark.clone(),
            version,
            statuses,
        };
        match number % 5 {
            0 => at("PUT", "If-None-Match: *", Some(1), &[201]),
            1 => at("PUT", "If-Match: \"v1-0\"", Some(2), &[204]),
            2 => Self {
                record: Some(SHARED.to_owned()),
                address: format!("/graph-store?graph={BASE}id/{SHARED}"),
                ..at("POST", "", None, &[201, 204])
            },
            3 => Self { record: None, address: "/doc/thing".to_owned(), ..at("POST", "", Some(1), &[201]) },
            _ => at("DELETE", "If-Match: \"v2-0\"", Some(3), &[204]),
        }
    }

    fn head(&self) -> String {
        let Self { method, address, condition, mark, .. } = self;
        let condition = if condition.is_empty() { String::new() } else { format!("\r\n{condition}") };
        let fields = format!("Content-Type: text/turtle\r\nIdempotency-Key: \"{mark}\"{condition}");
        format!("{method} {address} HTTP/1.1\r\n{fields}")
    }

    fn body(&self) -> String {
        let note = format!("<http://www.w3.org/2004/02/skos/core#note> \"{}\"@en", self.mark);
        let subject =
            if self.record.as_deref() == Some(SHARED) { format!("<{BASE}id/{SHARED}>") } else { "<>".to_owned() };
        match (self.method, subject.as_str()) {
            ("DELETE", _) => String::new(),
            (_, "<>") => format!("<> a <http://a.example/Thing> ; {note} ; <http://a.example/end> \"{}\" .", self.mark),
            (_, shared) => format!("{shared} a <http://a.example/Thing> ; {note} ."),
        }
    }

    /// What the record must hold once it is written; a record that is withdrawn says nothing of it.
    pub fn says(&self) -> Vec<String> {
        let literal = format!("\"{}\"", self.mark);
        match (self.method, self.record.as_deref()) {
            ("DELETE", _) => vec!["concept-status/RETIRED>".to_owned()],
            (_, Some(SHARED)) => vec![format!("{literal}@en")],
            _ => vec![
                format!("{literal}@en"),
                format!("<http://a.example/end> {literal} ."),
                "a.example/Thing>".to_owned(),
            ],
        }
    }
}

/// What clients share: where the server is, and what was acknowledged.
#[derive(Default)]
pub struct Clients {
    /// The server's port; 0 while there is none.
    pub port: AtomicU16,
    pub acknowledged: Mutex<Vec<Acknowledged>>,
    /// How many requests were sent again since they were not answered.
    pub sent_again: AtomicUsize,
    /// How many were answered that they could not be stored.
    pub not_stored: AtomicUsize,
    /// Whether they give up.
    pub is_over: AtomicBool,
}

impl Clients {
    /// Sends a write until it is answered, and notes it.
    pub fn write(&self, token: &str, wanted: Wanted) {
        let Some(answer) = self.ask(token, &wanted) else { return };
        assert!(wanted.statuses.contains(&answer.status), "{wanted:?}: {} {}", answer.head, answer.body);
        let record = wanted.record.clone().unwrap_or_else(|| {
            let location = answer.field("location").unwrap_or_default();
            location.split_once("/doc/").unwrap_or_default().1.to_owned()
        });
        self.acknowledged.lock().unwrap().push(Acknowledged { wanted, record });
    }

    /// Sends a write until it is answered and stored; nothing where clients have given up.
    pub fn ask(&self, token: &str, wanted: &Wanted) -> Option<Answer> {
        let began = Instant::now();
        while began.elapsed() < PATIENCE {
            if self.is_over.load(Ordering::SeqCst) {
                return None;
            }
            let port = self.port.load(Ordering::SeqCst);
            if port != 0 {
                match send(port, &wanted.head(), token, &wanted.body()) {
                    Some(answer) if answer.status != 507 => return Some(answer),
                    Some(_) => self.not_stored.fetch_add(1, Ordering::SeqCst),
                    None => self.sent_again.fetch_add(1, Ordering::SeqCst),
                };
            }
            std::thread::sleep(Duration::from_millis(3));
        }
        panic!("nobody answered {wanted:?}");
    }

    /// How many writes were acknowledged.
    pub fn count(&self) -> usize {
        self.acknowledged.lock().unwrap().len()
    }

    /// What is wrong with a register: acknowledged writes that are not there, or not whole.
    pub fn missing_from(&self, data: &Path) -> Vec<String> {
        let acknowledged = self.acknowledged.lock().unwrap().clone();
        missing(data, &acknowledged)
    }
}

fn missing(data: &Path, acknowledged: &[Acknowledged]) -> Vec<String> {
    let register = Register::open_to_read(&Location::Directory(data.to_owned())).unwrap();
    let snapshot = register.snapshot().unwrap();
    let is_missing = |write: &&Acknowledged| {
        let iri = format!("{BASE}id/{}", write.record);
        let versions = snapshot.version_count(&iri).unwrap().unwrap_or(0);
        let version = write.wanted.version.unwrap_or(versions);
        match snapshot.version(&iri, version).unwrap() {
            Some((_, content)) => {
                let text = content.to_string();
                write.wanted.says().iter().any(|part| !text.contains(part))
            }
            None => true,
        }
    };
    acknowledged.iter().filter(is_missing).map(|write| format!("{write:?}")).collect()
}

/// Holds a register to its promises with `eusl verify`.
pub fn verify(data: &Path) {
    let output = run(eusl(data).arg("verify"));
    assert!(output.status.success(), "{}{}", stdout(&output), stderr(&output));
}
