//! What goes wrong is told in a form that the client reads.

use crate::server::TestServer;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use eu_service_list::http::ProblemType;

#[tokio::test]
async fn an_unknown_record_is_a_problem_for_programs_and_a_page_for_people() {
    let server = TestServer::new();
    for path in ["/id/service-type/99999", "/doc/service-type/99999", "/doc/nothing/1", "/list/nothing", "/nowhere"] {
        let answer = server.get(path, "*/*").await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(answer.header("content-type"), "application/problem+json");
        let details: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
        assert_eq!(details["type"], "http://lists.example.eu/problem/not-found");
        assert_eq!(details["status"], 404);
        assert_eq!(details["instance"], path);
        let page = server.get(path, "text/html,*/*;q=0.8").await;
        assert_eq!((page.status, page.header("content-type")), (StatusCode::NOT_FOUND, "text/html; charset=utf-8"));
    }
}

#[tokio::test]
async fn a_406_lists_what_there_is() {
    let answer = TestServer::new().get("/doc/service-type/372", "image/png").await;
    assert_eq!(answer.status, StatusCode::NOT_ACCEPTABLE);
    let details: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    let offered: Vec<&str> =
        details["offered"].as_array().unwrap().iter().map(|offer| offer["type"].as_str().unwrap()).collect();
    let all = [
        "text/html",
        "text/turtle",
        "application/ld+json",
        "application/rdf+xml",
        "application/n-triples",
        "application/json",
        "application/linkset+json",
    ];
    assert_eq!(offered, all);
}

#[tokio::test]
async fn a_405_names_the_methods_there_are() {
    let request = Request::delete("/id/service-type/372").body(Body::empty()).unwrap();
    let answer = TestServer::new().send(request).await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(answer.header("allow").contains("GET"), "{:?}", answer.headers);
    assert!(answer.body.contains("method-not-allowed"));
}

#[tokio::test]
async fn every_problem_type_has_its_page() {
    let server = TestServer::new();
    for kind in ProblemType::ALL {
        let answer = server.get(&format!("/problem/{}", kind.name()), "text/html").await;
        assert_eq!(answer.status, StatusCode::OK, "{}", kind.name());
    }
    assert_eq!(server.get("/problem/nothing", "text/html").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn odd_addresses_are_refused_without_a_failure_of_ours() {
    let server = TestServer::new();
    for path in [
        "/doc/service-type/%ff",
        "/doc/service-type/..%2f..",
        "/id/a%20b/c",
        "/doc/service-type/372%00",
        "/list/%e2%82",
        "/problem/%ff",
    ] {
        let answer = server.get(path, "*/*").await;
        assert!(answer.status.is_client_error(), "{path}: {}", answer.status);
        assert_eq!(answer.header("content-type"), "application/problem+json", "{path}");
    }
}

#[tokio::test]
async fn a_head_larger_than_any_that_means_something_is_refused() {
    let server = TestServer::new();
    let long = format!("/sparql?query={}", "a".repeat(33 << 10));
    let answer = server.get(&long, "*/*").await;
    assert_eq!(answer.status, StatusCode::URI_TOO_LONG);
    assert!(answer.body.contains("address-too-long") && answer.body.contains("POST"), "{}", answer.body);
    let request = Request::get("/doc/service-type/372").header("cookie", "x".repeat(33 << 10)).body(Body::empty());
    let answer = server.send(request.unwrap()).await;
    assert_eq!(answer.status, StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE);
    assert!(answer.body.contains("fields-too-large"), "{}", answer.body);
    let fits = format!("/doc/service-type/372?{}", "a".repeat(31 << 10));
    assert_eq!(server.get(&fits, "text/html").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_request_that_names_no_host_or_two_is_refused() {
    let server = TestServer::new();
    for hosts in [vec!["one.example", "two.example"], vec!["a b"], vec!["a/<>"]] {
        let mut request = Request::get("/doc/service-type/372").body(Body::empty()).unwrap();
        for host in hosts {
            request.headers_mut().append("host", host.parse().unwrap());
        }
        assert_eq!(server.send(request).await.status, StatusCode::BAD_REQUEST);
    }
}
