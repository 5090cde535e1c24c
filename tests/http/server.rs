//! A server without a socket.

use crate::register::{BASE, catalogue};
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Request, StatusCode, header};
use eu_service_list::catalogue::{Base, Catalogue};
use eu_service_list::http::{App, HttpSettings, QueryLimits, Router, router};
use http_body_util::BodyExt;
use std::sync::{Arc, LazyLock};
use std::time::{Duration, SystemTime};
use tower::ServiceExt;

/// A server of a catalogue, asked without a socket.
pub(crate) struct TestServer {
    router: Router,
}

/// An answer, read to its end.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    /// A header's value; empty if it is absent.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

impl TestServer {
    /// With the shipped list, in a register that all tests read and none writes.
    pub(crate) fn new() -> Self {
        static SHIPPED: LazyLock<Router> = LazyLock::new(|| {
            let server = TestServer::of(catalogue(), BASE);
            // Within the second of a commit or a start no time is told, since more may follow in it.
            std::thread::sleep(Duration::from_millis(1_100));
            server.router
        });
        Self { router: SHIPPED.clone() }
    }

    /// Of a catalogue whose documents answer at `site`.
    pub(crate) fn of(catalogue: Arc<Catalogue>, site: &str) -> Self {
        Self::at(catalogue, site, SystemTime::now)
    }

    /// The same at the time that a clock tells.
    pub(crate) fn at(catalogue: Arc<Catalogue>, site: &str, clock: fn() -> SystemTime) -> Self {
        let settings = HttpSettings {
            publisher: Some("Town of <b>Test</b>".to_owned()),
            publisher_contact: Some("javascript:alert(1)".to_owned()),
            cache: 64 << 20,
            kept_answers: 8 << 20,
            clock,
            ..HttpSettings::of(
                Base::parse(site).unwrap(),
                QueryLimits { time: Duration::from_secs(5), at_once: 4, ..QueryLimits::default() },
            )
        };
        Self::with(router(App::of_catalogue(catalogue, settings).unwrap()))
    }

    /// Its routes, to be asked directly.
    pub(crate) fn router(&self) -> Router {
        self.router.clone()
    }

    /// Its routes, for another server.
    pub(crate) fn into_router(self) -> Router {
        self.router
    }

    /// With these routes.
    pub(crate) fn with(router: Router) -> Self {
        Self { router }
    }

    /// Sends a request and reads the whole answer.
    pub(crate) async fn send(&self, mut request: Request<Body>) -> Answer {
        request.headers_mut().entry(header::HOST).or_insert(HeaderValue::from_static("anything.example"));
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = String::from_utf8(body.collect().await.unwrap().to_bytes().to_vec()).unwrap();
        assert!(parts.status != StatusCode::INTERNAL_SERVER_ERROR, "an internal error: {body}");
        Answer { status: parts.status, headers: parts.headers, body }
    }

    /// Sends a request and reads the answer's bytes as they come.
    pub(crate) async fn send_for_bytes(&self, mut request: Request<Body>) -> (HeaderMap, Vec<u8>) {
        request.headers_mut().entry(header::HOST).or_insert(HeaderValue::from_static("anything.example"));
        let (parts, body) = self.router.clone().oneshot(request).await.unwrap().into_parts();
        (parts.headers, body.collect().await.unwrap().to_bytes().to_vec())
    }

    /// GETs a path with an `Accept`.
    pub(crate) async fn get(&self, path: &str, accept: &str) -> Answer {
        self.send(Request::get(path).header(header::ACCEPT, accept).body(Body::empty()).unwrap()).await
    }

    /// POSTs a query.
    pub(crate) async fn query(&self, query: &str, accept: &str) -> Answer {
        let request = Request::post("/sparql")
            .header(header::CONTENT_TYPE, "application/sparql-query")
            .header(header::ACCEPT, accept)
            .body(Body::from(query.to_owned()))
            .unwrap();
        self.send(request).await
    }
}
