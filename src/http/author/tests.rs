//! What requests with and without a token are answered, at an address that needs one.

use super::super::router::with_shared;
use super::super::{HttpSettings, QueryLimits, Router, serve};
use super::*;
use crate::catalogue::{Base, Catalogue, MadeToken, NewToken, Role};
use crate::register::Location;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use axum::response::Response;
use axum::routing::put;
use http_body_util::BodyExt;
use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::sync::Arc;
use std::time::SystemTime;
use tokio::net::{TcpListener, TcpSocket};
use tower::ServiceExt;

/// A server with one address that tells who writes there, if they may write service type 20000.
struct TestServer {
    catalogue: Arc<Catalogue>,
    routes: Router,
}

/// An answer, read to its end.
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Answer {
    async fn of(response: Response) -> Self {
        let (parts, body) = response.into_parts();
        let body = String::from_utf8(body.collect().await.unwrap().to_bytes().to_vec()).unwrap();
        Self { status: parts.status, headers: parts.headers, body }
    }

    /// A header's values, with commas.
    fn header(&self, name: &str) -> String {
        let values: Vec<&str> = self.headers.get_all(name).iter().map(|value| value.to_str().unwrap()).collect();
        values.join(", ")
    }

    /// The last step of the problem's type.
    fn problem(&self) -> &str {
        self.body.split("/problem/").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or("none")
    }
}

async fn who(author: Author) -> Result<String, Problem> {
    let base = Base::parse("http://example.eu/").unwrap();
    author.may_write(&base.record_of("http://example.eu/id/service-type/20000").unwrap())?;
    Ok(author.name)
}

impl TestServer {
    fn new() -> Self {
        // `date -u -d 2099-04-01T00:00:01 +%s`
        Self::at(|| SystemTime::UNIX_EPOCH + Duration::from_secs(4_078_684_801))
    }

    fn at(clock: fn() -> SystemTime) -> Self {
        let base = Base::parse("http://example.eu/").unwrap();
        let catalogue = Arc::new(Catalogue::open(&Location::Memory, &base).unwrap());
        let settings = HttpSettings {
            cache: 1 << 20,
            clock,
            ..HttpSettings::of(base, QueryLimits { time: Duration::from_secs(1), at_once: 1, ..QueryLimits::default() })
        };
        let app = App::of_catalogue(Arc::clone(&catalogue), settings).unwrap();
        Self { catalogue, routes: with_shared(Router::new().route("/write", put(who)), app) }
    }

    fn token(&self, expires: Option<&str>, numbers: Option<std::ops::RangeInclusive<u64>>) -> MadeToken {
        let new = NewToken {
            name: "Voorbeeldstad".to_owned(),
            role: Role::Edit,
            organisation: None,
            kinds: BTreeSet::new(),
            numbers,
            expires: expires.map(str::to_owned),
        };
        self.catalogue.add_token(new).unwrap()
    }

    async fn put(&self, authorization: &[&str], peer: [u8; 4]) -> Answer {
        let mut request = Request::put("/write").header(header::HOST, "anything.example");
        for value in authorization {
            request = request.header(header::AUTHORIZATION, *value);
        }
        let request = request.extension(ConnectInfo(SocketAddr::from((peer, 4_711)))).body(Body::empty()).unwrap();
        Answer::of(self.routes.clone().oneshot(request).await.unwrap()).await
    }

    async fn show(&self, token: &str) -> Answer {
        self.put(&[&format!("Bearer {token}")], [192, 0, 2, 1]).await
    }
}

#[tokio::test]
async fn who_shows_no_token_is_asked_for_one() {
    let server = TestServer::new();
    let basic = "Basic ZXVzbDpzZWNyZXQ=";
    for authorization in [&[][..], &[basic]] {
        let answer = server.put(authorization, [192, 0, 2, 1]).await;
        assert_eq!((answer.status, answer.problem()), (StatusCode::UNAUTHORIZED, "token-required"));
        // No error is told to who showed no token: RFC 6750, section 3.1.
        assert_eq!(answer.header("www-authenticate"), "Bearer realm=\"European Service List\"");
        assert_eq!(answer.header("cache-control"), "private, no-store");
        assert!(answer.header("vary").contains("Authorization"));
    }
}

#[tokio::test]
async fn who_shows_a_token_is_its_author_and_no_cache_keeps_the_answer() {
    let server = TestServer::new();
    let made = server.token(None, None);
    for scheme in ["Bearer", "bearer", "BEARER"] {
        let answer = server.put(&[&format!("{scheme} {}", made.text.reveal())], [192, 0, 2, 1]).await;
        assert_eq!((answer.status, answer.body.as_str()), (StatusCode::OK, "Voorbeeldstad"), "{scheme}");
        assert_eq!(answer.header("cache-control"), "private, no-store");
        assert!(answer.header("vary").contains("Authorization"));
    }
}

#[tokio::test]
async fn a_token_that_cannot_be_used_is_refused_and_said_why_to_who_has_the_whole_of_it() {
    let server = TestServer::new();
    let (ended, revoked) = (server.token(Some("2099-03-31"), None), server.token(None, None));
    server.catalogue.revoke_token(revoked.text.reveal()).unwrap();
    let guess = format!("eusl_{}_{}", revoked.author.token.clone().unwrap(), "0".repeat(43));
    let cases =
        [(ended.text.reveal(), "until 2099-03-31"), (revoked.text.reveal(), "was revoked"), (&guess, "not known")];
    for (token, reason) in cases {
        let answer = server.show(token).await;
        assert_eq!((answer.status, answer.problem()), (StatusCode::UNAUTHORIZED, "invalid-token"));
        assert!(answer.body.contains(reason), "{}", answer.body);
        assert!(answer.header("www-authenticate").ends_with("error=\"invalid_token\""));
        let secret = token.rsplit('_').next().unwrap();
        assert!(!answer.body.contains(secret), "{}", answer.body);
    }
}

#[tokio::test]
async fn a_token_is_read_from_one_header_field_alone() {
    let server = TestServer::new();
    let made = server.token(None, None);
    let token = made.text.reveal();
    let request = Request::put(format!("/write?access_token={token}")).header(header::HOST, "anything.example");
    let answer = server.routes.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
    let field = format!("Bearer {token}");
    let answer = server.put(&[&field, &field], [192, 0, 2, 1]).await;
    assert_eq!((answer.status, answer.problem()), (StatusCode::BAD_REQUEST, "bad-request"));
}

#[tokio::test]
async fn a_token_that_does_not_reach_so_far_is_told_how_far_it_reaches() {
    let server = TestServer::new();
    let answer = server.show(server.token(None, Some(10_000..=10_999)).text.reveal()).await;
    assert_eq!((answer.status, answer.problem()), (StatusCode::FORBIDDEN, "insufficient-scope"));
    assert!(answer.header("www-authenticate").ends_with("error=\"insufficient_scope\""));
    assert!(answer.body.contains("from 10000 to 10999"), "{}", answer.body);
}

#[tokio::test]
async fn guesses_are_slowed_and_lock_nobody_out() {
    let server = TestServer::new();
    let made = server.token(None, None);
    let prefix = made.author.token.clone().unwrap();
    for number in 0..30 {
        let answer = server.show(&format!("eusl_{prefix}_{number:043}")).await;
        let expected = if number < 10 { StatusCode::UNAUTHORIZED } else { StatusCode::TOO_MANY_REQUESTS };
        assert_eq!(answer.status, expected, "{number}");
        if number >= 10 {
            let wait: u64 = answer.header("retry-after").parse().unwrap();
            assert!((1..=6).contains(&wait) && answer.problem() == "too-many-attempts", "{}", answer.body);
        }
    }
    assert_eq!(server.show(made.text.reveal()).await.status, StatusCode::OK);
    let elsewhere = server.put(&["Bearer eusl_guess"], [192, 0, 2, 2]).await;
    assert_eq!(elsewhere.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_token_stays_out_of_what_writes_down_a_request() {
    let server = TestServer::new();
    let made = server.token(None, None);
    let mut headers = HeaderMap::new();
    assert!(!hide(&mut headers));
    let field = format!("Bearer {}", made.text.reveal());
    headers.append(header::AUTHORIZATION, field.parse().unwrap());
    assert!(format!("{headers:?}").contains(made.text.reveal()), "nothing is hidden yet");
    assert!(hide(&mut headers));
    assert!(!format!("{headers:?}").contains("eusl_"), "{headers:?}");
}

/// PUTs with a wrong token from an address of this machine, on a connection of its own; gives the status.
async fn guess(server: SocketAddr, from: [u8; 4]) -> String {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(SocketAddr::from((from, 0))).unwrap();
    let mut stream = socket.connect(server).await.unwrap().into_std().unwrap();
    stream.set_nonblocking(false).unwrap();
    tokio::task::spawn_blocking(move || {
        let fields = "Authorization: Bearer eusl_guess\r\nX-Forwarded-For: 203.0.113.9\r\nForwarded: for=203.0.113.9";
        write!(stream, "PUT /write HTTP/1.1\r\nHost: a\r\n{fields}\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer.split(' ').nth(1).unwrap().to_owned()
    })
    .await
    .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_peer_is_the_one_that_the_connection_comes_from_whatever_the_request_says() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let serving = tokio::spawn(serve(listener, TestServer::new().routes));
    for _ in 0..10 {
        assert_eq!(guess(address, [127, 0, 0, 1]).await, "401");
    }
    assert_eq!(guess(address, [127, 0, 0, 1]).await, "429");
    assert_eq!(guess(address, [127, 0, 0, 2]).await, "401");
    serving.abort();
}
