//! An endpoint of a test: it notes what it is asked, and answers as the test says, well or badly.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// A request as it came.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    /// Request line and header fields.
    pub(crate) head: String,
    /// The query in its form.
    pub(crate) query: String,
}

/// An endpoint that listens until the test ends.
pub(crate) struct Endpoint {
    /// Its address, `http://127.0.0.1:{port}/sparql`.
    pub(crate) iri: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Endpoint {
    /// One that lets `answer` write to each connection what it wants, which is then closed.
    pub(crate) fn new(answer: impl Fn(&Asked, &mut TcpStream) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let iri = format!("http://{}/sparql", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (noted, answer) = (Arc::clone(&asked), Arc::new(answer));
        thread::spawn(move || {
            for connection in listener.incoming() {
                let (noted, answer) = (Arc::clone(&noted), Arc::clone(&answer));
                let mut connection = connection.unwrap();
                thread::spawn(move || {
                    let Some(request) = read(&mut connection) else { return };
                    noted.lock().unwrap().push(request.clone());
                    answer(&request, &mut connection);
                });
            }
        });
        Self { iri, asked }
    }

    /// One that answers every query with these solutions in JSON.
    pub(crate) fn with_solutions(json: &'static str) -> Self {
        Self::new(move |_, connection| send(connection, &answer("200 OK", JSON, json)))
    }

    /// The requests so far.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }
}

/// The media type of solutions in JSON.
pub(crate) const JSON: &str = "application/sparql-results+json";

/// A whole answer.
pub(crate) fn answer(status: &str, media_type: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}

/// Sends what the client still takes.
pub(crate) fn send(connection: &mut TcpStream, text: &str) {
    drop(connection.write_all(text.as_bytes()));
}

/// A request with its body; nothing if the client went away before it was whole.
fn read(connection: &mut TcpStream) -> Option<Asked> {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.to_lowercase().split_once("content-length: ")?.1.lines().next()?.trim().parse().ok()?;
            if body.len() >= length {
                let query = form_urlencoded::parse(body.as_bytes()).find(|(name, _)| name == "query")?.1.into_owned();
                return Some(Asked { head: head.to_owned(), query });
            }
        }
        match connection.read(&mut buffer) {
            Ok(length @ 1..) => bytes.extend(buffer.iter().take(length)),
            _ => return None,
        }
    }
}
