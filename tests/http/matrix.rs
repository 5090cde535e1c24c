//! Every address × media type × method keeps the rules that `docs/API.md` gives for all of them.

use crate::register::BASE;
use crate::server::{Answer, TestServer};
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};

/// Documents in all forms, by their address without an extension.
const DOCUMENTS: [&str; 17] = [
    "/doc/service-type/372",
    "/doc/function/40",
    "/doc/handling/answer",
    "/list/channel-type",
    "/list/functions",
    "/list/services/4.00",
    "/list/services?by=letter&letter=Z",
    "/list/suitability",
    "/list/suitability?by=function",
    "/list/decision-table",
    "/list/antwoord-phase",
    "/doc/service-type/372/versions",
    "/doc/service-type/372/v/1",
    "/list/services/4.00/versions",
    "/def",
    "/shapes",
    "/shapes/cpsv-ap",
];

/// Whether a document is a record's, which has a history.
fn is_of_a_record(path: &str) -> bool {
    (path.starts_with("/doc/") || path.starts_with("/list/")) && !path.contains("/v/") && !path.contains("/versions")
}

/// What is only a page.
const PAGES: [&str; 20] = [
    "/",
    "/list",
    "/nl/",
    "/de/list",
    "/sv/doc/service-type/372",
    "/nl/doc/service-type/372/versions",
    "/fr/doc/service-type/372/v/1",
    "/nb/list/services?page=2",
    "/nl/list/suitability?channel=telephone&phase=2",
    "/fr/list/suitability?by=function",
    "/pilots",
    "/sv/co-design",
    "/fr/def",
    "/en/shapes",
    "/de/shapes/cpsv-ap",
    "/validate",
    "/fr/validate",
    "/nl/sparql",
    "/problem/not-found",
    "/de/problem/too-busy",
];

/// The JSON-LD context.
const CONTEXT: &str = "/context/v1";

/// What answers 303.
const POINTERS: [&str; 11] = [
    "/id/service-type/372",
    "/id/channel-type/telephone",
    "/id/service-type/%33%37%32",
    "/context",
    "/resolve?iri=https%3A%2F%2Fw3id.org%2Feu-service-list%2Fshapes%2Fcpsv-ap%23Event",
    "/resolve?iri=http%3A%2F%2Flists.example.eu%2Fdoc%2Ffunction%2F40.html",
    "/resolve?iri=http%3A%2F%2Flists.example.eu%2F",
    "/resolve?iri=http%3A%2F%2Flists.example.eu%2Fcontext%2Fv1",
    "/resolve?iri=http%3A%2F%2Flists.example.eu%2Fdef%23a%250Ab%22%3E%3B%20rel%3D%22next%22",
    "/resolve?iri=http%3A%2F%2Flists.example.eu%2Fid%2Fservice-type%2F372%23%C3%A9",
    "/resolve?iri=http%3A%2F%2Flists.example.eu%2Fid%2Ffunction%2F40%23x%3E%3B%20rel%3D%22next%22%2C%20%3Chttp%3A%2F%2Felsewhere.example%2F",
];

/// What answers with a problem.
const PROBLEMS: [(&str, StatusCode); 16] = [
    ("/doc/service-type/99999", StatusCode::NOT_FOUND),
    ("/id/service-type/99999", StatusCode::NOT_FOUND),
    ("/context/v9", StatusCode::NOT_FOUND),
    ("/context/v1.ttl", StatusCode::NOT_FOUND),
    ("/nl/doc/service-type/372.ttl", StatusCode::NOT_FOUND),
    ("/fr/def.jsonld", StatusCode::NOT_FOUND),
    ("/list/services.nt?by=size", StatusCode::BAD_REQUEST),
    ("/list/suitability?by=size", StatusCode::BAD_REQUEST),
    ("/list/suitability?page=x", StatusCode::NOT_FOUND),
    ("/list/services.csv", StatusCode::NOT_FOUND),
    ("/resolve?iri=http%3A%2F%2Flists.example.eu%2Fdef%2Fnonsense", StatusCode::NOT_FOUND),
    ("/xx/doc/service-type/372", StatusCode::NOT_FOUND),
    ("/resolve", StatusCode::BAD_REQUEST),
    ("/resolve?iri=http%3A%2F%2Felsewhere.example%2F", StatusCode::NOT_FOUND),
    ("/doc/service-type/372?format=pdf", StatusCode::BAD_REQUEST),
    ("/doc/service-type/372?profile=unheard-of", StatusCode::BAD_REQUEST),
];

/// What a client may send as `Accept`; the last is none.
const ACCEPTS: [&str; 12] = [
    "text/html",
    "text/turtle",
    "application/ld+json",
    "application/rdf+xml",
    "application/n-triples",
    "application/json",
    "*/*",
    "application/*",
    "text/*;q=0.1",
    "image/png",
    "text/html;q=0.2, application/rdf+xml;q=0.3",
    "",
];

const EXTENSIONS: [(&str, &str); 6] = [
    ("html", "text/html; charset=utf-8"),
    ("ttl", "text/turtle; charset=utf-8"),
    ("jsonld", "application/ld+json"),
    ("rdf", "application/rdf+xml"),
    ("nt", "application/n-triples"),
    ("json", "application/json"),
];

async fn ask(server: &TestServer, method: Method, path: &str, accept: &str) -> Answer {
    let mut request = Request::builder().method(method).uri(path);
    if !accept.is_empty() {
        request = request.header(header::ACCEPT, accept);
    }
    server.send(request.body(Body::empty()).unwrap()).await
}

/// What holds for every answer to GET, and for HEAD and OPTIONS beside it.
async fn keeps_the_rules_of_all(server: &TestServer, path: &str, accept: &str) -> Answer {
    let at = format!("{path} as {accept:?}");
    let answer = ask(server, Method::GET, path, accept).await;
    assert!(!answer.status.is_server_error(), "{at}");
    assert_eq!(answer.header("access-control-allow-origin"), "*", "{at}");
    assert_eq!(answer.header("content-encoding"), "", "{at}: compressed unasked");

    let head = ask(server, Method::HEAD, path, accept).await;
    assert_eq!((head.status, head.body.as_str()), (answer.status, ""), "{at}");
    for (name, value) in &answer.headers {
        assert_eq!(head.headers.get(name), Some(value), "{at}: HEAD has another {name}");
    }
    if answer.status != StatusCode::SEE_OTHER {
        assert_eq!(head.header("content-length"), answer.body.len().to_string(), "{at}");
    }

    let options = ask(server, Method::OPTIONS, path, accept).await;
    if options.status != StatusCode::NOT_FOUND {
        assert_eq!(options.status, StatusCode::NO_CONTENT, "{at}");
        for method in ["GET", "HEAD", "OPTIONS"] {
            assert!(options.header("allow").contains(method), "{at}: {:?}", options.headers);
        }
    }
    answer
}

/// What holds for every 200 of a document.
async fn is_a_document(server: &TestServer, path: &str, answer: &Answer) {
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
    let etag = answer.header("etag");
    assert!(etag.starts_with('"') && etag.ends_with('"'), "{path}: {etag} is strong");
    let moment = httpdate::parse_http_date(answer.header("last-modified")).unwrap();
    assert!(moment <= std::time::SystemTime::now(), "{path}");
    assert!(answer.header("vary").contains("Accept-Encoding"), "{path}");
    let link = answer.header("link");
    for relation in ["rel=\"canonical\"", "rel=\"license\""] {
        assert!(link.contains(relation), "{path}: no {relation} in {link}");
    }

    let location = answer.header("content-location");
    let there = location.strip_prefix(BASE).unwrap_or_else(|| panic!("{path}: {location} is not under the site"));
    let same = ask(server, Method::GET, &format!("/{there}"), "").await;
    assert_eq!((same.status, same.header("etag")), (StatusCode::OK, etag), "{path}: {location} has other bytes");
    assert_eq!(same.body, answer.body, "{path}: {location} has other bytes");

    let conditions =
        [("if-none-match", etag), ("if-none-match", "*"), ("if-modified-since", answer.header("last-modified"))];
    for (condition, value) in conditions {
        let request = Request::get(path)
            .header(header::ACCEPT, answer.header("content-type"))
            .header(condition, value)
            .body(Body::empty())
            .unwrap();
        let known = server.send(request).await;
        let mut head = Request::head(path).header(header::ACCEPT, answer.header("content-type"));
        head = head.header(condition, value);
        let head = server.send(head.body(Body::empty()).unwrap()).await;
        assert_eq!((head.status, head.header("content-length")), (StatusCode::NOT_MODIFIED, ""), "{path}");
        assert_eq!((known.status, known.body.as_str()), (StatusCode::NOT_MODIFIED, ""), "{path}: {condition}: {value}");
        for field in ["etag", "cache-control", "content-location"] {
            assert_eq!(known.header(field), answer.header(field), "{path}: {condition}: {field}");
        }
        assert!(!known.header("vary").is_empty(), "{path}");
    }
}

fn accepts(accept: &str, media_type: &str) -> bool {
    let (main, _) = media_type.split_once('/').unwrap();
    accept.is_empty() || [media_type, "*/*", &format!("{main}/*")].iter().any(|range| accept.contains(range))
}

#[tokio::test]
async fn a_document_comes_in_a_form_that_is_accepted_or_says_which_there_are() {
    let server = TestServer::new();
    for path in DOCUMENTS {
        for accept in ACCEPTS {
            let answer = keeps_the_rules_of_all(&server, path, accept).await;
            if accept == "image/png" {
                assert_eq!(answer.status, StatusCode::NOT_ACCEPTABLE, "{path}");
                is_a_problem(&server, &answer, path).await;
                continue;
            }
            is_a_document(&server, path, &answer).await;
            let media_type = answer.header("content-type").split(';').next().unwrap();
            assert!(accepts(accept, media_type), "{path}: {media_type} for {accept}");
            let vary = "Accept, Accept-Profile, Accept-Language, Accept-Encoding";
            // The document of a record is a TimeGate too.
            let gate = if is_of_a_record(path) { ", Accept-Datetime" } else { "" };
            assert_eq!(answer.header("vary"), format!("{vary}{gate}"), "{path}");
            for (extension, other) in EXTENSIONS {
                let other = other.split(';').next().unwrap();
                let is_named =
                    answer.header("link").contains(&format!(".{extension}>; rel=\"alternate\"; type=\"{other}\""));
                assert_eq!(is_named, other != media_type, "{path}: {other} among the alternates of {media_type}");
            }
        }
    }
}

#[tokio::test]
async fn an_extension_fixes_the_form_and_the_bytes_are_those_of_the_negotiated_one() {
    let server = TestServer::new();
    for path in DOCUMENTS {
        let (stem, query) =
            path.split_once('?').map_or((path, String::new()), |(stem, query)| (stem, format!("?{query}")));
        for (extension, content_type) in EXTENSIONS {
            let fixed = format!("{stem}.{extension}{query}");
            let answer = keeps_the_rules_of_all(&server, &fixed, "image/png").await;
            is_a_document(&server, &fixed, &answer).await;
            assert_eq!(answer.header("content-type"), content_type, "{fixed}");
            assert!(!answer.header("vary").contains("Accept,"), "{fixed}");
            let negotiated = ask(&server, Method::GET, path, content_type).await;
            assert_eq!(negotiated.header("etag"), answer.header("etag"), "{fixed}");
            let by_parameter = format!("{stem}?{}&format={extension}", query.trim_start_matches('?'));
            let by_parameter = ask(&server, Method::GET, &by_parameter, "image/png").await;
            assert_eq!(by_parameter.header("etag"), answer.header("etag"), "{fixed}");
        }
    }
}

#[tokio::test]
async fn anything_is_a_page_for_a_document_and_turtle_for_what_programs_come_to() {
    let server = TestServer::new();
    for path in DOCUMENTS {
        let form = if path.starts_with("/shapes") { "text/turtle; charset=utf-8" } else { "text/html; charset=utf-8" };
        assert_eq!(ask(&server, Method::GET, path, "*/*").await.header("content-type"), form, "{path}");
    }
    assert_eq!(ask(&server, Method::GET, CONTEXT, "*/*").await.header("content-type"), "application/ld+json");
}

#[tokio::test]
async fn a_page_is_one_in_its_language_and_nothing_else() {
    let server = TestServer::new();
    for path in PAGES {
        for accept in ACCEPTS {
            let answer = keeps_the_rules_of_all(&server, path, accept).await;
            if !accepts(accept, "text/html") {
                assert_eq!(answer.status, StatusCode::NOT_ACCEPTABLE, "{path} as {accept}");
                is_a_problem(&server, &answer, path).await;
                continue;
            }
            is_a_document(&server, path, &answer).await;
            assert_eq!(answer.header("content-type"), "text/html; charset=utf-8", "{path}");
            let language = path.get(1..3).filter(|_| path.get(3..4) == Some("/")).unwrap_or("en");
            assert_eq!(answer.header("content-language"), language, "{path}");
            assert!(answer.body.contains(&format!("<html lang=\"{language}\"")), "{path}");
        }
    }
}

#[tokio::test]
async fn the_context_is_json() {
    let server = TestServer::new();
    for accept in ACCEPTS {
        let answer = keeps_the_rules_of_all(&server, CONTEXT, accept).await;
        if accepts(accept, "application/ld+json") || accepts(accept, "application/json") {
            is_a_document(&server, CONTEXT, &answer).await;
            let context: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
            assert!(context["@context"].is_object());
        } else {
            assert_eq!(answer.status, StatusCode::NOT_ACCEPTABLE, "{accept}");
        }
    }
}

#[tokio::test]
async fn a_pointer_leads_to_a_document_by_an_absolute_ascii_address() {
    let server = TestServer::new();
    for path in POINTERS {
        for accept in ACCEPTS {
            let answer = keeps_the_rules_of_all(&server, path, accept).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path} as {accept}");
            let location = answer.header("location");
            assert_eq!(answer.header("link"), format!("<{location}>; rel=\"describedby\""), "{path}");
            assert!(location.is_ascii() && location.starts_with(BASE), "{path}: {location}");
            let there = ask(&server, Method::GET, &format!("/{}", &location[BASE.len()..]), "").await;
            assert_eq!(there.status, StatusCode::OK, "{path}: {location}");
        }
    }
}

/// What holds for every problem.
async fn is_a_problem(server: &TestServer, answer: &Answer, path: &str) {
    assert!(answer.header("vary").contains("Accept"), "{path}");
    let content_type = answer.header("content-type");
    assert!(["application/problem+json", "text/html; charset=utf-8"].contains(&content_type), "{path}: {content_type}");
    if content_type != "application/problem+json" {
        return;
    }
    let details: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(details["status"], answer.status.as_u16(), "{path}");
    assert!(details["type"].as_str().unwrap().starts_with(&format!("{BASE}problem/")), "{path}");
    let offered = details["offered"].as_array().cloned().unwrap_or_default();
    assert!(answer.status != StatusCode::NOT_ACCEPTABLE || !offered.is_empty(), "{path}: a 406 without offers");
    for offer in offered {
        let (href, media_type) = (offer["href"].as_str().unwrap(), offer["type"].as_str().unwrap());
        let there = ask(server, Method::GET, &format!("/{}", href.strip_prefix(BASE).unwrap()), media_type).await;
        assert_eq!(there.status, StatusCode::OK, "{path}: {href}");
        assert!(there.header("content-type").starts_with(media_type), "{path}: {href}");
    }
}

#[tokio::test]
async fn a_problem_is_told_to_programs_and_to_people() {
    let server = TestServer::new();
    for (path, status) in PROBLEMS {
        for accept in ACCEPTS {
            let answer = keeps_the_rules_of_all(&server, path, accept).await;
            assert_eq!(answer.status, status, "{path} as {accept}");
            is_a_problem(&server, &answer, path).await;
        }
    }
}
