//! `/id/…` and `/doc/…`.

use crate::register::{BASE, catalogue};
use crate::server::TestServer;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};

#[tokio::test]
async fn a_thing_answers_303_to_its_document_and_the_document_names_it() {
    let server = TestServer::new();
    let thing = server.get("/id/service-type/372", "text/turtle").await;
    assert_eq!(thing.status, StatusCode::SEE_OTHER);
    assert_eq!(thing.header("location"), "http://lists.example.eu/doc/service-type/372");
    let asked = server.get("/id/service-type/372?profile=skos&x=%22%3E", "text/turtle").await;
    assert_eq!(asked.header("location"), "http://lists.example.eu/doc/service-type/372?profile=skos&x=%22%3E");
    let document = server.get("/doc/service-type/372", "text/turtle").await;
    assert_eq!(document.status, StatusCode::OK);
    assert_eq!(document.header("content-type"), "text/turtle; charset=utf-8");
    assert!(document.body.contains("skos:prefLabel \"Abandoned vehicles\"@en"), "{}", document.body);
}

#[tokio::test]
async fn a_document_has_the_labels_of_what_it_points_at_and_what_points_at_it() {
    let server = TestServer::new();
    let entry = server.get("/doc/service-type/372.nt", "*/*").await;
    assert!(
        entry.body.contains("<http://lists.example.eu/id/function/40> <http://www.w3.org/2004/02/skos/core#prefLabel>")
    );
    let function = server.get("/doc/function/40.nt", "*/*").await;
    let link = "<http://lists.example.eu/id/service-type/372> <http://www.w3.org/2004/02/skos/core#broader> <http://lists.example.eu/id/function/40> .";
    assert!(function.body.contains(link));
}

#[tokio::test]
async fn a_document_carries_the_headers_that_caches_and_crawlers_need() {
    let server = TestServer::new();
    let answer = server.get("/doc/service-type/372", "text/turtle").await;
    assert_eq!(answer.header("content-location"), "http://lists.example.eu/doc/service-type/372.ttl");
    assert_eq!(answer.header("eusl-revision"), "1");
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    let link = answer.header("link");
    for part in [
        "<http://lists.example.eu/doc/service-type/372.html>; rel=\"alternate\"; type=\"text/html\"",
        "<http://lists.example.eu/doc/service-type/372.ttl?profile=skos>; rel=\"alternate\"; type=\"text/turtle\"; formats=\"http://www.w3.org/2004/02/skos/core\"",
        "<http://lists.example.eu/doc/service-type/372>; rel=\"canonical\"",
        "<https://creativecommons.org/licenses/by/4.0/>; rel=\"license\"",
        "<http://lists.example.eu/id/service-type/372>; rel=\"cite-as\"",
        "<http://lists.example.eu/def>; rel=\"describedby\"",
        "<https://w3id.org/eu-service-list/def#ServiceType>; rel=\"type\"",
    ] {
        assert!(link.contains(part), "{part} is missing in {link}");
    }
    let page = server.get("/doc/service-type/372", "text/html").await;
    for part in [
        "<http://lists.example.eu/en/doc/service-type/372>; rel=\"canonical\"",
        "<http://lists.example.eu/doc/service-type/372.ttl>; rel=\"describedby\"; type=\"text/turtle\"",
    ] {
        assert!(page.header("link").contains(part), "{part} is missing in {}", page.header("link"));
    }
}

#[tokio::test]
async fn a_client_that_has_the_bytes_gets_304() {
    let server = TestServer::new();
    let answer = server.get("/doc/service-type/372.ttl", "*/*").await;
    let request = |tag: String| {
        Request::get("/doc/service-type/372.ttl").header(header::IF_NONE_MATCH, tag).body(Body::empty()).unwrap()
    };
    let again = server.send(request(format!("\"x\", {}", answer.header("etag")))).await;
    assert_eq!((again.status, again.body.as_str()), (StatusCode::NOT_MODIFIED, ""));
    assert_eq!(server.send(request("\"x\"".to_owned())).await.status, StatusCode::OK);
}

#[tokio::test]
async fn documents_answer_at_the_site_while_iris_keep_the_base() {
    let server = TestServer::of(catalogue(), "https://portal.example/list-of-services/");
    let thing = server.get("/id/service-type/372", "*/*").await;
    assert_eq!(thing.header("location"), "https://portal.example/list-of-services/doc/service-type/372");
    let page = server.get("/doc/service-type/372", "text/html").await;
    assert!(page.body.contains("https://portal.example/list-of-services/en/doc/function/40"));
    assert!(page.body.contains(&format!("{BASE}id/service-type/372")), "the page names the IRI");
}

#[tokio::test]
async fn documents_answer_under_the_path_of_the_site_too() {
    let server = TestServer::of(catalogue(), "https://portal.example/list-of-services/");
    for path in ["/", "/doc/service-type/372.ttl", "/nl/doc/function/40", "/def", "/assets/style.css", "/nl/sparql"] {
        let stripped = server.get(path, "*/*").await;
        let whole = server.get(&format!("/list-of-services{path}"), "*/*").await;
        assert_eq!((stripped.status, whole.status), (StatusCode::OK, StatusCode::OK), "{path}");
        assert_eq!(stripped.body, whole.body, "{path}");
    }
    for path in ["list", "nl", "doc/x", "def"] {
        let server = TestServer::of(catalogue(), &format!("https://portal.example/{path}/"));
        assert_eq!(server.get("/doc/service-type/372.ttl", "*/*").await.status, StatusCode::OK, "{path}");
    }
}

#[tokio::test]
async fn a_request_for_another_state_of_a_document_is_refused() {
    let server = TestServer::new();
    let now = server.get("/doc/service-type/372.ttl", "*/*").await;
    let (tag, moment) = (now.header("etag").to_owned(), now.header("last-modified").to_owned());
    let old = "Sun, 06 Nov 1994 08:49:37 GMT".to_owned();
    for (field, value, status) in [
        ("if-match", tag.clone(), StatusCode::OK),
        ("if-match", "*".to_owned(), StatusCode::OK),
        ("if-match", format!("\"x\", {tag}"), StatusCode::OK),
        ("if-match", "\"x\"".to_owned(), StatusCode::PRECONDITION_FAILED),
        ("if-match", format!("W/{tag}"), StatusCode::PRECONDITION_FAILED),
        ("if-unmodified-since", moment, StatusCode::OK),
        ("if-unmodified-since", old, StatusCode::PRECONDITION_FAILED),
        ("if-unmodified-since", "yesterday".to_owned(), StatusCode::OK),
    ] {
        let request = Request::get("/doc/service-type/372.ttl").header(field, &value).body(Body::empty());
        assert_eq!(server.send(request.unwrap()).await.status, status, "{field}: {value}");
    }
}

#[tokio::test]
async fn names_come_in_the_readers_language_and_others_are_marked() {
    let server = TestServer::new();
    let request =
        Request::get("/doc/channel-type/telephone.html").header(header::ACCEPT_LANGUAGE, "nl").body(Body::empty());
    let page = server.send(request.unwrap()).await.body;
    let title = page.split("<h1").nth(1).unwrap().split("</h1>").next().unwrap();
    assert!(title.contains("Telefoon") && page.contains("lang=\"nl\""), "{title}");
}

#[tokio::test]
async fn what_the_settings_say_is_escaped() {
    let page = TestServer::new().get("/doc/service-type/372.html", "*/*").await.body;
    assert!(page.contains("Town of") && !page.contains("<b>Test</b>"));
}

#[tokio::test]
async fn a_page_alone_names_no_other_form_and_is_refused_to_those_who_cannot_read_it() {
    let server = TestServer::new();
    for path in ["/", "/list"] {
        let page = server.get(path, "text/html").await;
        assert!(!page.header("link").contains("alternate"), "{path}");
        assert_eq!(server.get(path, "text/turtle").await.status, StatusCode::NOT_ACCEPTABLE, "{path}");
    }
    let second = server.get("/list/services?page=2", "text/html").await;
    assert_eq!(second.header("content-location"), "http://lists.example.eu/en/list/services?page=2");
}

#[tokio::test]
async fn a_preflight_is_answered() {
    let request = Request::builder()
        .method(Method::OPTIONS)
        .uri("/sparql")
        .header(header::ORIGIN, "https://elsewhere.example")
        .header(header::ACCESS_CONTROL_REQUEST_METHOD, "POST")
        .header(header::ACCESS_CONTROL_REQUEST_HEADERS, "content-type");
    let answer = TestServer::new().send(request.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    assert!(answer.header("access-control-allow-headers").contains("Content-Type"));
    assert!(answer.header("access-control-allow-methods").contains("POST"));
}
