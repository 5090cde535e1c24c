//! Tests that are requests, one after another, each with the answer that should come: of the types `mf:ProtocolTest`
//! and `mf:GraphStoreProtocolTest`.

use super::data::UPDATE;
use super::server::{Address, Answer, Server, compare, parse, told};
use crate::manifest::{ACTION, Entry, list_items, subject};
use axum::body::Body;
use axum::http::{Request, header};
use oxrdf::vocab::rdf;
use oxrdf::{NamedNode, NamedOrBlankNodeRef, TermRef};
use oxrdfio::RdfFormat;
use sparesults::QueryResultsFormat;

const MF: &str = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#";
const HT: &str = "http://www.w3.org/2011/http#";
const CNT: &str = "http://www.w3.org/2011/content#";
const STATUS: &str = "http://www.w3.org/2011/http-statusCodes#";

/// Runs one test.
///
/// # Errors
/// The request, by its place, and how its answer differs from the expectation.
pub(crate) fn run(entry: &Entry) -> Result<(), String> {
    let server = Server::empty()?;
    server.load(entry, &UPDATE.files(entry, entry.iri.as_ref().into())?)?;
    let connection = Node { entry, node: subject(entry.value(ACTION)?).ok_or("mf:action is a literal")? };
    let mut location = None;
    for (place, step) in connection.list(HT, "requests")?.into_iter().enumerate() {
        run_step(&server, step, &mut location).map_err(|reason| format!("request {}: {reason}", place + 1))?;
    }
    Ok(())
}

/// Sends one request and checks its answer. A location that is expected is kept for the requests after it.
fn run_step(server: &Server, step: Node<'_>, location: &mut Option<(String, String)>) -> Result<(), String> {
    let request = Sent::read(server, step, location.as_ref())?;
    let expected = step.node(HT, "resp")?;
    let answer = server.send(request.into_request()?)?;
    let statuses = expected.values(MF, "expectedStatus");
    if !statuses.iter().any(|status| is_status(&answer, *status)) {
        return Err(format!("unexpected status {}", told(&answer)));
    }
    if let Some(boolean) = expected.value(MF, "expectedBoolean") {
        check_truth(&answer, boolean)?;
    }
    if let Some(TermRef::Literal(format)) = expected.value(MF, "expectedFormat") {
        check_format(&answer, format.value())?;
    }
    if let Some(TermRef::Literal(name)) = expected.value(MF, "expectedLocation") {
        let given = answer.headers().get(header::LOCATION).and_then(|value| value.to_str().ok());
        *location = Some((name.value().to_owned(), given.ok_or("Location is missing")?.to_owned()));
    }
    for (name, value) in expected.headers()? {
        let given = answer.headers().get(&name).and_then(|given| given.to_str().ok()).unwrap_or_default();
        if !is_same_field(given, &value) {
            return Err(format!("{name} is {given:?}, not {value:?}"));
        }
    }
    match expected.text_of_body()? {
        Some(text) => check_graph(&answer, &text),
        None => Ok(()),
    }
}

/// Whether a header field's value is the expected one. UTF-8 goes without saying: Turtle knows nothing else.
fn is_same_field(given: &str, expected: &str) -> bool {
    let bare = |value: &str| value.to_ascii_lowercase().trim_end_matches("; charset=utf-8").to_owned();
    bare(given) == bare(expected)
}

/// A request as the manifest describes it.
struct Sent {
    method: String,
    path: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Sent {
    fn read(server: &Server, step: Node<'_>, location: Option<&(String, String)>) -> Result<Self, String> {
        let mut path = step.text(HT, "absolutePath")?;
        let mut body = step.text_of_body()?.unwrap_or_default();
        let headers = step.headers()?;
        path = path_at(server, &path, &body, &headers);
        if let Some((name, value)) = location {
            path = path.replace(name, value);
            body = body.replace(name, value);
        }
        let in_utf_16 = step.body().is_some_and(|body| body.text(CNT, "characterEncoding").as_deref() == Ok("UTF-16"));
        let body = if in_utf_16 { utf_16(&body) } else { body.into_bytes() };
        Ok(Self { method: step.text(HT, "methodName")?, path, headers, body })
    }

    fn into_request(self) -> Result<Request<Body>, String> {
        let mut request = Request::builder().method(self.method.as_str()).uri(self.path);
        for (name, value) in self.headers {
            request = request.header(name, value);
        }
        request.body(Body::from(self.body)).map_err(|error| error.to_string())
    }
}

/// Where a server answers what the suite asks at `/gsp` and `/sparql/`, the latter for queries and updates alike.
fn path_at(server: &Server, path: &str, body: &str, headers: &[(String, String)]) -> String {
    if let Some(rest) = path.strip_prefix("/gsp") {
        return format!("{}{rest}", server.path(Address::Store));
    }
    let is_query = headers.iter().any(|(_, value)| value.starts_with("application/sparql-query"))
        || path.contains("?query=")
        || ["query=", "ASK"].iter().any(|begin| body.starts_with(begin));
    let address = if is_query { Address::Query } else { Address::Update };
    path.replacen("/sparql/", server.path(address), 1)
}

/// A text in UTF-16, with the mark of its byte order.
fn utf_16(text: &str) -> Vec<u8> {
    std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect()
}

/// Whether an answer has a status, or one of a class of them.
fn is_status(answer: &Answer, expected: TermRef<'_>) -> bool {
    let TermRef::NamedNode(expected) = expected else { return false };
    let status = answer.status().as_u16();
    match expected.as_str().strip_prefix(STATUS) {
        Some("OK") => status == 200,
        Some("Created") => status == 201,
        Some("NoContent") => status == 204,
        Some("NotFound") => status == 404,
        Some("StatusCode2xx") => (200..300).contains(&status),
        Some("StatusCode3xx") => (300..400).contains(&status),
        Some("StatusCode4xx") => (400..500).contains(&status),
        _ => false,
    }
}

/// Whether an answer comes in a format for truth values, for solutions, or for triples.
fn check_format(answer: &Answer, expected: &str) -> Result<(), String> {
    let media_type = media_type(answer).ok_or("the answer has no media type")?;
    let is_expected = match expected {
        "RDF" => RdfFormat::from_media_type(media_type).is_some(),
        "boolean" | "tabular" => QueryResultsFormat::from_media_type(media_type).is_some(),
        _ => false,
    };
    if is_expected { Ok(()) } else { Err(format!("{media_type} is not {expected}")) }
}

fn media_type(answer: &Answer) -> Option<&str> {
    answer.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok())
}

fn check_truth(answer: &Answer, expected: TermRef<'_>) -> Result<(), String> {
    let read: serde_json::Value = serde_json::from_slice(answer.body()).map_err(|error| error.to_string())?;
    let given = read.get("boolean").and_then(serde_json::Value::as_bool).ok_or("the answer is no truth value")?;
    let expected = matches!(expected, TermRef::Literal(literal) if literal.value() == "true");
    if given == expected { Ok(()) } else { Err(format!("the answer is {given}")) }
}

fn check_graph(answer: &Answer, expected: &str) -> Result<(), String> {
    let format = media_type(answer).and_then(RdfFormat::from_media_type).ok_or("the answer is no RDF")?;
    let base = "http://www.example/";
    compare("the answer", &parse(expected.as_bytes(), format, base)?, &parse(answer.body(), format, base)?)
}

/// A node of the manifest.
#[derive(Clone, Copy)]
struct Node<'a> {
    entry: &'a Entry,
    node: NamedOrBlankNodeRef<'a>,
}

impl<'a> Node<'a> {
    fn values(self, namespace: &str, name: &str) -> Vec<TermRef<'a>> {
        let property = NamedNode::new_unchecked(format!("{namespace}{name}"));
        self.entry.manifest.graph.objects_for_subject_predicate(self.node, &property).collect()
    }

    fn value(self, namespace: &str, name: &str) -> Option<TermRef<'a>> {
        self.values(namespace, name).into_iter().next()
    }

    fn node(self, namespace: &str, name: &str) -> Result<Self, String> {
        let node = self.value(namespace, name).and_then(subject).ok_or_else(|| format!("{name} is missing"))?;
        Ok(Self { node, ..self })
    }

    fn text(self, namespace: &str, name: &str) -> Result<String, String> {
        match self.value(namespace, name) {
            Some(TermRef::Literal(text)) => Ok(text.value().to_owned()),
            _ => Err(format!("{name} is missing")),
        }
    }

    /// The members of a list.
    fn list(self, namespace: &str, name: &str) -> Result<Vec<Self>, String> {
        let list = self.value(namespace, name).unwrap_or(TermRef::NamedNode(rdf::NIL));
        let items = list_items(&self.entry.manifest.graph, list).ok_or_else(|| format!("{name} is no list"))?;
        let nodes = items.into_iter().map(|item| subject(item).map(|node| Self { node, ..self }));
        nodes.collect::<Option<_>>().ok_or_else(|| format!("{name} has a literal"))
    }

    /// The header fields of a request or an answer.
    fn headers(self) -> Result<Vec<(String, String)>, String> {
        let fields = self.list(HT, "headers")?.into_iter();
        fields.map(|field| Ok((field.text(HT, "fieldName")?, field.text(HT, "fieldValue")?))).collect()
    }

    fn body(self) -> Option<Self> {
        self.node(HT, "body").ok()
    }

    fn text_of_body(self) -> Result<Option<String>, String> {
        self.body().map(|body| body.text(CNT, "chars")).transpose()
    }
}
