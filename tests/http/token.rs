//! What a token changes for those who read: nothing but that no cache keeps what they are answered.

use crate::server::TestServer;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};

#[tokio::test]
async fn what_is_read_with_a_token_is_the_same_and_is_kept_by_no_cache() {
    let server = TestServer::new();
    let without = server.get("/doc/service-type/372", "text/turtle").await;
    assert_eq!(without.header("cache-control"), "no-cache");
    // Twice, since the second comes from what the server keeps itself.
    for _ in 0..2 {
        let request = Request::get("/doc/service-type/372")
            .header(header::ACCEPT, "text/turtle")
            .header(header::AUTHORIZATION, "Bearer eusl_whatever");
        let with = server.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!((with.status, &with.body), (StatusCode::OK, &without.body));
        assert_eq!(with.header("cache-control"), "private, no-store");
        let vary: Vec<_> = with.headers.get_all(header::VARY).iter().collect();
        assert!(vary.iter().any(|value| *value == "Authorization"), "{vary:?}");
    }
    let after = server.get("/doc/service-type/372", "text/turtle").await;
    assert_eq!(after.header("cache-control"), "no-cache", "nothing of it stays with the others");
}

#[tokio::test]
async fn a_script_of_another_site_may_send_a_token_and_never_what_the_browser_would_add() {
    let request = Request::builder()
        .method(Method::OPTIONS)
        .uri("/doc/service-type/372")
        .header(header::ORIGIN, "https://elsewhere.example")
        .header(header::ACCESS_CONTROL_REQUEST_METHOD, "PUT")
        .header(header::ACCESS_CONTROL_REQUEST_HEADERS, "authorization, if-match");
    let answer = TestServer::new().send(request.body(Body::empty()).unwrap()).await;
    for field in ["Authorization", "If-Match", "If-Unmodified-Since", "Idempotency-Key", "Prefer"] {
        assert!(answer.header("access-control-allow-headers").contains(field), "{field}");
    }
    for method in ["PUT", "PATCH", "DELETE"] {
        assert!(answer.header("access-control-allow-methods").contains(method), "{method}");
    }
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    assert!(!answer.headers.contains_key("access-control-allow-credentials"));
    for field in ["WWW-Authenticate", "Repr-Digest", "Content-Range"] {
        assert!(answer.header("access-control-expose-headers").contains(field), "{field}");
    }
}
