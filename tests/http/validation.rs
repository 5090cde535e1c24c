//! Validation of what is sent, at `/validate` and on its page.

use crate::forms::dataset;
use crate::server::{Answer, TestServer};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use oxrdf::dataset::Dataset;
use oxrdfio::RdfFormat;
use std::fmt::Write as _;

/// Both describe themselves as `http://a.example/s`; the second lacks a name, an identifier, a description and
/// an authority, and points at a channel that nothing is said of.
const PREFIXES: &str = "@prefix cpsv: <http://purl.org/vocab/cpsv#> . @prefix dct: <http://purl.org/dc/terms/> .
    @prefix cv: <http://data.europa.eu/m8g/> . ";
const BROKEN: &str = "<http://a.example/s> a cpsv:PublicService ;
    dct:title \"<script>alert(1)</script>\" ; cv:hasChannel <http://a.example/channel> .";

/// The syntaxes that reports come in.
const REPORTS: [(&str, RdfFormat); 4] = [
    ("text/turtle", RdfFormat::Turtle),
    ("application/ld+json", RdfFormat::JsonLd { profile: oxrdfio::JsonLdProfileSet::empty() }),
    ("application/rdf+xml", RdfFormat::RdfXml),
    ("application/n-triples", RdfFormat::NTriples),
];

async fn post(server: &TestServer, path: &str, (content_type, accept): (&str, &str), body: impl Into<Body>) -> Answer {
    let request = Request::post(path)
        .header(header::CONTENT_TYPE, content_type)
        .header(header::ACCEPT, accept)
        .body(body.into())
        .unwrap();
    server.send(request).await
}

async fn validated(server: &TestServer, turtle: &str, accept: &str) -> Answer {
    post(server, "/validate", ("text/turtle", accept), format!("{PREFIXES}{turtle}")).await
}

/// What the form of the page sends.
fn form(content: &str, syntax: &str) -> String {
    form_urlencoded::Serializer::new(String::new())
        .append_pair("content", content)
        .append_pair("syntax", syntax)
        .finish()
}

async fn page(server: &TestServer, path: &str, turtle: &str) -> Answer {
    let sent = form(&format!("{PREFIXES}\n{turtle}"), "ttl");
    post(server, path, ("application/x-www-form-urlencoded", "text/html,*/*;q=0.8"), sent).await
}

#[tokio::test]
async fn a_report_comes_in_every_syntax_and_says_the_same_in_each() {
    let server = TestServer::new();
    let context = server.get("/context/v1", "*/*").await.body;
    let mut first: Option<Dataset> = None;
    for (media_type, format) in REPORTS {
        let answer = validated(&server, BROKEN, media_type).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        assert_eq!(answer.header("content-type").split(';').next(), Some(media_type));
        assert_eq!(answer.header("cache-control"), "no-store");
        assert!(answer.header("vary").contains("Accept"));
        let found = dataset(format, &answer.body, &context);
        let conforms = "<http://www.w3.org/ns/shacl#conforms> \"false\"^^<http://www.w3.org/2001/XMLSchema#boolean>";
        assert!(found.to_string().contains(conforms), "{}", answer.body);
        let first = first.get_or_insert_with(|| found.clone());
        assert!(found.len() > 10 && *first == found, "{media_type} says something else than Turtle");
    }
}

#[tokio::test]
async fn anything_is_turtle_and_a_parameter_chooses_another_form() {
    let server = TestServer::new();
    let answer = validated(&server, BROKEN, "*/*").await;
    assert_eq!(answer.header("content-type"), "text/turtle; charset=utf-8");
    let again = validated(&server, BROKEN, "*/*").await;
    assert_eq!(again.body, answer.body, "the same data give other bytes");
    let chosen = post(&server, "/validate?format=nt", ("text/turtle", "*/*"), BROKEN.replace("cpsv:", "#")).await;
    assert_eq!(chosen.status, StatusCode::BAD_REQUEST, "prefixes are missing");
    let chosen = post(&server, "/validate?format=nt", ("text/turtle", "*/*"), format!("{PREFIXES}{BROKEN}")).await;
    assert_eq!(chosen.header("content-type"), "application/n-triples");
    let refused = validated(&server, BROKEN, "image/png").await;
    assert_eq!(refused.status, StatusCode::NOT_ACCEPTABLE);
    assert!(refused.body.contains("validate?format=jsonld"), "{}", refused.body);
}

#[tokio::test]
async fn data_that_conform_have_an_empty_report_and_codes_are_known_by_the_closure() {
    let server = TestServer::new();
    for (turtle, what) in [
        ("", "nothing"),
        ("<http://a.example/s> <http://a.example/p> 1 .", "what no shape speaks of"),
        (include_str!("../fixtures/shapes/cpsv-ap-valid.ttl"), "the fixture"),
    ] {
        let answer = post(&server, "/validate", ("text/turtle", "application/n-triples"), turtle).await;
        let lines: Vec<&str> = answer.body.lines().filter(|line| line.contains("#Violation")).collect();
        assert_eq!((answer.status, lines), (StatusCode::OK, vec![]), "{what}");
    }
    let answer = validated(&server, "", "application/n-triples").await;
    assert_eq!(answer.body.lines().count(), 2, "{}", answer.body);
    assert!(answer.body.contains("conforms> \"true\""), "{}", answer.body);
}

#[tokio::test]
async fn data_are_read_in_every_syntax() {
    let server = TestServer::new();
    let service = "<http://a.example/s> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> \
        <http://purl.org/vocab/cpsv#PublicService>";
    let xml = "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns:c=\"http://purl.org/vocab/cpsv#\">\
        <c:PublicService rdf:about=\"http://a.example/s\"/></rdf:RDF>";
    let json = r#"{"@id": "http://a.example/s", "@type": "http://purl.org/vocab/cpsv#PublicService"}"#;
    let mut reports = Vec::new();
    for (content_type, text) in [
        ("text/turtle;charset=UTF-8", format!("{service} .")),
        ("application/n-triples", format!("{service} .")),
        ("application/n-quads", format!("{service} <http://a.example/g> .")),
        ("application/trig", format!("<http://a.example/g> {{ {service} }}")),
        ("application/rdf+xml", xml.to_owned()),
        ("application/ld+json", json.to_owned()),
    ] {
        let answer = post(&server, "/validate", (content_type, "application/n-triples"), text).await;
        assert_eq!(answer.status, StatusCode::OK, "{content_type}: {}", answer.body);
        assert!(answer.body.contains("#Violation"), "{content_type}: {}", answer.body);
        reports.push(answer.body);
    }
    assert!(reports.windows(2).all(|pair| pair[0] == pair[1]));
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_with_the_place_or_with_what_is_read() {
    let server = TestServer::new();
    let answer = post(&server, "/validate", ("text/turtle", "*/*"), "<http://a.example/s> a\n  <b> , .").await;
    let details: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{details}");
    assert_eq!(details["type"], "http://lists.example.eu/problem/rdf-syntax");
    assert_eq!((&details["line"], &details["column"]), (&2.into(), &9.into()), "{details}");
    let answer = post(&server, "/validate", ("text/csv", "*/*"), "a,b").await;
    assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    for read in ["text/turtle", "application/ld+json", "application/rdf+xml", "application/n-triples"] {
        assert!(answer.body.contains(read), "{}", answer.body);
    }
    let elsewhere = r#"{"@context": "http://127.0.0.1:9/context.jsonld", "@id": "http://a.example/s"}"#;
    let answer = post(&server, "/validate", ("application/ld+json", "*/*"), elsewhere).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST, "a context elsewhere is not fetched: {}", answer.body);
    assert!(answer.body.contains("nothing is fetched") && answer.body.contains("127.0.0.1:9"), "{}", answer.body);
    let own =
        r#"{"@context": "http://lists.example.eu/context/v1", "id": "http://a.example/s", "prefLabel": {"en": "S"}}"#;
    let answer = post(&server, "/validate", ("application/ld+json", "application/n-triples"), own).await;
    assert_eq!(answer.status, StatusCode::OK, "our own context may be named: {}", answer.body);
    let answer = post(&server, "/validate", ("text/turtle", "*/*"), vec![b' '; (10 << 20) + 1]).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    let answer = post(&server, "/validate", ("application/x-www-form-urlencoded", "*/*"), form("", "csv")).await;
    assert!(answer.status == StatusCode::BAD_REQUEST && answer.body.contains("ttl, jsonld"), "{}", answer.body);
}

#[tokio::test]
async fn a_text_that_xml_cannot_hold_is_reported_in_other_syntaxes_alone() {
    let server = TestServer::new();
    let turtle = "<http://a.example/s> a cpsv:PublicService ; dct:title \"a\\u0001b\" .";
    assert_eq!(validated(&server, turtle, "application/rdf+xml").await.status, StatusCode::NOT_ACCEPTABLE);
    assert_eq!(validated(&server, turtle, "text/turtle").await.status, StatusCode::OK);
}

#[tokio::test]
async fn results_beyond_the_bound_are_counted() {
    let server = TestServer::new();
    let mut turtle = String::new();
    for number in 0..2_600 {
        write!(turtle, "<http://a.example/{number}> a cpsv:PublicService . ").unwrap();
    }
    let answer = validated(&server, &turtle, "application/n-triples").await;
    let results = answer.body.lines().filter(|line| line.contains("shacl#result> ")).count();
    assert_eq!(results, 10_000);
    assert!(answer.body.contains("more results were found than are listed here"), "the rest is told");
    let page = page(&server, "/en/validate", &turtle).await;
    assert!(page.body.contains("more results were found than are shown here"), "the rest is told");
}

#[tokio::test]
async fn the_page_tells_the_verdict_first_then_what_was_found_and_keeps_the_text() {
    let server = TestServer::new();
    let answer = page(&server, "/en/validate", BROKEN).await;
    assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, "text/html; charset=utf-8"));
    assert_eq!(answer.header("content-language"), "en");
    assert!(answer.header("content-security-policy").contains("default-src 'none'"));
    let place = |part: &str| answer.body.find(part).unwrap_or_else(|| panic!("{part} is missing in\n{}", answer.body));
    assert!(place("The data are not valid") < place("What was found"));
    assert!(place("What was found") < place("<textarea"));
    assert!(place("http://<wbr>a.example/<wbr>s") < place("<textarea"), "the focus node is told");
    assert!(place("(line 3)") < place("<textarea"), "the line is told");
    assert!(place("href=\"http://lists.example.eu/en/shapes/cpsv-ap#") < place("<textarea"));
    let dangling = "The data say nothing about what is referred to here.";
    assert!(place(dangling) < place("<textarea"));
    assert!(!answer.body.contains("<script>alert"), "what was sent is escaped");
    assert!(answer.body[place("<textarea")..].contains("dct:title &#34;&#60;script&#62;"), "{}", answer.body);
    assert!(answer.body.contains("<option value=\"ttl\" selected>"), "the syntax stays chosen");
}

#[tokio::test]
async fn the_page_speaks_the_language_of_its_address_and_so_do_messages() {
    let server = TestServer::new();
    for (language, verdict) in [
        ("en", "The data are not valid"),
        ("nl", "De gegevens zijn niet geldig"),
        ("de", "Die Daten sind nicht gültig"),
        ("sv", "Data är inte giltiga"),
        ("nb", "Dataene er ikke gyldige"),
        ("fr", "Les données ne sont pas valides"),
    ] {
        let answer = page(&server, &format!("/{language}/validate"), BROKEN).await;
        assert!(answer.body.contains(verdict) && answer.header("content-language") == language, "{language}");
        let findings = answer.body.split("<h3>").skip(1).filter_map(|part| part.split("</h3>").next());
        // Messages of CPSV-AP's shapes are in all six languages; others fall back to English, and are marked.
        let own = findings.filter(|message| !message.contains("lang=") && message.contains("dct:"));
        assert!(own.count() > 2, "{language}: {}", answer.body);
        assert!(answer.body.contains(&format!("action=\"http://lists.example.eu/{language}/validate\"")), "{language}");
    }
}

#[tokio::test]
async fn the_page_tells_where_a_text_cannot_be_read_and_keeps_it() {
    let server = TestServer::new();
    let answer = page(&server, "/nl/validate", "<http://a.example/s> a , .").await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    for part in [
        "De gegevens konden niet gecontroleerd worden",
        "regel 3",
        "href=\"#content-to-validate\"",
        "aria-describedby=\"refusal\"",
    ] {
        assert!(answer.body.contains(part), "{part} is missing in {}", answer.body);
    }
    assert!(answer.body.contains("&#60;http://a.example/s&#62; a , ."), "{}", answer.body);
}

#[tokio::test]
async fn an_empty_page_is_a_form_and_a_browser_that_sends_rdf_gets_a_page() {
    let server = TestServer::new();
    let answer = server.get("/validate", "text/html").await;
    assert!(answer.body.contains("<form") && answer.body.contains("method=\"post\""), "{}", answer.body);
    assert!(!answer.body.contains("<script>"));
    let answer = validated(&server, BROKEN, "text/html").await;
    assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
    assert!(answer.body.contains("The data are not valid"));
    let options = Request::options("/validate").body(Body::empty()).unwrap();
    assert_eq!(server.send(options).await.header("allow"), "GET, HEAD, POST, OPTIONS");
}

#[tokio::test]
async fn nothing_that_is_sent_enters_the_graph() {
    let server = TestServer::new();
    let before = server.query("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }", "text/csv").await.body;
    validated(&server, "<http://lists.example.eu/id/service-type/372> dct:title \"x\" .", "text/turtle").await;
    assert_eq!(server.query("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }", "text/csv").await.body, before);
}

#[tokio::test]
async fn each_shapes_document_leads_to_the_other_and_the_page_to_both() {
    let server = TestServer::new();
    for (from, to) in [
        ("/en/shapes", "/en/shapes/cpsv-ap"),
        ("/en/shapes/cpsv-ap", "/en/shapes"),
        ("/en/validate", "/en/shapes/cpsv-ap"),
    ] {
        let body = server.get(from, "text/html").await.body;
        assert!(body.contains(&format!("href=\"http://lists.example.eu{to}\"")), "{from} does not lead to {to}");
    }
}
