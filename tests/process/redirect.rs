//! IRIs under one host, documents under another: a redirecting proxy such as w3id.org in front.

use crate::binary::Server;
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use tempfile::TempDir;

/// Redirects what stands under `/eu-services/` to a site, keeping the path, and nothing else.
struct Proxy {
    port: u16,
}

impl Proxy {
    fn to(site: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                redirect(stream, &site);
            }
        });
        Self { port }
    }
}

fn redirect(mut stream: TcpStream, site: &str) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut head = String::new();
    while reader.read_line(&mut head).is_ok_and(|read| read > 2) {}
    let path = head.split(' ').nth(1).unwrap_or_default();
    let answer = match path.strip_prefix("/eu-services/") {
        Some(rest) => format!("HTTP/1.1 302 Found\r\nLocation: {site}{rest}\r\n"),
        None => "HTTP/1.1 404 Not Found\r\n".to_owned(),
    };
    // The client may have gone; then nobody misses the answer.
    let _ = write!(stream, "{answer}Content-Length: 0\r\nConnection: close\r\n\r\n");
}

/// An answer: status, the value of `Location`, the head and the body.
struct Fetched {
    status: u16,
    head: String,
    body: String,
}

impl Fetched {
    fn field(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.filter(|(field, _)| field.eq_ignore_ascii_case(name)).map(|(_, value)| value).next()
    }
}

fn fetch(address: &str, accept: &str) -> Fetched {
    let rest = address.strip_prefix("http://").unwrap_or_else(|| panic!("{address} is no http address"));
    let (host, path) = rest.split_once('/').unwrap();
    let mut stream = TcpStream::connect(host).unwrap_or_else(|error| panic!("{address}: {error}"));
    write!(stream, "GET /{path} HTTP/1.1\r\nHost: {host}\r\nAccept: {accept}\r\nConnection: close\r\n\r\n").unwrap();
    let mut text = Vec::new();
    stream.read_to_end(&mut text).unwrap();
    let text = String::from_utf8(text).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Fetched { status, head: head.to_owned(), body: body.to_owned() }
}

/// Follows redirects as clients do.
fn follow(address: &str, accept: &str) -> (String, Fetched) {
    let mut address = address.to_owned();
    for _ in 0..5 {
        let answer = fetch(&address, accept);
        match answer.field("location") {
            Some(location) if (300..400).contains(&answer.status) => location.clone_into(&mut address),
            _ => return (address, answer),
        }
    }
    panic!("{address} leads from one redirect to the next");
}

/// The addresses that stand between two marks.
fn addresses<'t>(text: &'t str, before: &str, after: char) -> BTreeSet<&'t str> {
    text.split(before)
        .skip(1)
        .filter_map(|rest| rest.split(after).next())
        .filter(|iri| iri.starts_with("http"))
        .collect()
}

#[test]
fn every_iri_leads_through_the_redirect_to_its_document_and_every_address_to_the_site() {
    let folder = TempDir::new().unwrap();
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let site = format!("http://127.0.0.1:{free}/");
    let proxy = Proxy::to(site.clone());
    let base = format!("http://127.0.0.1:{}/eu-services/", proxy.port);
    let mut command = Command::new(env!("CARGO_BIN_EXE_eusl"));
    command.env_clear().args(["--base", &base, "--site", &site, "--listen", &format!("127.0.0.1:{free}")]);
    let _server = Server::run(command.args(["--data", ":memory:"]).current_dir(folder.path()));

    let iri = format!("{base}id/service-type/372");
    let (address, turtle) = follow(&iri, "text/turtle");
    assert_eq!((turtle.status, address), (200, format!("{site}doc/service-type/372")));
    assert!(turtle.body.contains("\"Abandoned vehicles\"@en"), "{}", turtle.body);

    let (_, data) = follow(&iri, "application/n-triples");
    let ours: BTreeSet<&str> =
        addresses(&data.body, "<", '>').into_iter().filter(|iri| iri.starts_with(&base)).collect();
    assert!(ours.contains(iri.as_str()) && ours.len() > 3, "{ours:?}");
    for iri in ours {
        let (address, answer) = follow(iri.split('#').next().unwrap(), "text/turtle");
        assert_eq!(answer.status, 200, "{iri} led to {address}");
        assert!(address.starts_with(&site), "{iri} led to {address}");
    }
    assert!(!data.body.contains(&site), "data names IRIs, not the site:\n{}", data.body);

    for accept in ["text/html", "text/turtle", "application/ld+json"] {
        let (_, answer) = follow(&iri, accept);
        assert!(answer.field("content-location").unwrap().starts_with(&site), "{}", answer.head);
        for link in answer.field("link").unwrap().split(", <").map(|link| link.trim_start_matches('<')) {
            let (target, relation) = link.split_once(">; ").unwrap();
            let is_iri = ["cite-as", "primaryTopic"].iter().any(|name| relation.contains(name));
            let start = if is_iri { &base } else { &site };
            assert!(target.starts_with(start.as_str()) || !target.contains("127.0.0.1"), "{link}");
        }
    }
    let (_, page) = follow(&iri, "text/html");
    for href in addresses(&page.body, "href=\"", '"') {
        assert!(href.starts_with(&site) || href == iri || !href.contains("127.0.0.1"), "{href}");
        if href.starts_with(&site) {
            assert_eq!(follow(href.split('#').next().unwrap(), "*/*").1.status, 200, "{href}");
        }
    }
    let (_, json) = follow(&iri, "application/ld+json");
    let context = format!("\"{site}context/v1.jsonld\"");
    assert!(json.body.contains(&context), "{}", json.body);
    assert_eq!(follow(context.trim_matches('"'), "application/ld+json").1.status, 200);
}
