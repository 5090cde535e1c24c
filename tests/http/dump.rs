//! Dumps as harvesters fetch them: whole, in parts, again, and after they have gone.

use crate::register::BASE;
use crate::server::TestServer;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use base64::Engine;
use eu_service_list::catalogue::{Base, Catalogue};
use eu_service_list::dump::{Dumps, Limits};
use eu_service_list::http::{App, HttpSettings, QueryLimits, router};
use eu_service_list::rdf::{Content, Literal, NamedNode, Triple};
use eu_service_list::register::{Change, Commit, Location, Register, hex};
use http_body_util::BodyExt;
use proptest::prelude::*;
use sha2::{Digest, Sha256};
use std::sync::{Arc, LazyLock};
use std::time::Duration;
use tempfile::TempDir;
use tower::ServiceExt;

/// A data directory whose register says one thing with a text, past the gate.
fn directory(text: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    say(&folder, text);
    folder
}

fn say(folder: &TempDir, text: &str) {
    let register = Register::open(&Location::Directory(folder.path().to_owned()), BASE).unwrap();
    let iri = format!("{BASE}id/function/1");
    let property = NamedNode::new_unchecked("http://www.w3.org/2004/02/skos/core#note");
    let triple = Triple::new(NamedNode::new_unchecked(&iri), property, Literal::new_simple_literal(text));
    let change = Change { iri, kind: "function".to_owned(), number: None, content: Content::from_iter([triple]) };
    register.commit(&Commit { changes: vec![change], ..Commit::default() }).unwrap();
}

fn catalogue(folder: &TempDir) -> Arc<Catalogue> {
    let location = Location::Directory(folder.path().to_owned());
    Arc::new(Catalogue::open(&location, &Base::parse(BASE).unwrap()).unwrap())
}

fn server(catalogue: &Arc<Catalogue>, dumps: Dumps) -> TestServer {
    let limits = QueryLimits { time: Duration::from_secs(5), at_once: 4, ..QueryLimits::default() };
    let settings = HttpSettings::of(Base::parse(BASE).unwrap(), limits);
    TestServer::with(router(App::with_dumps(Arc::clone(catalogue), dumps, settings).unwrap()))
}

/// A server of a register that says one thing of 300,000 letters, whose dumps have more than a chunk.
fn long() -> TestServer {
    static LONG: LazyLock<(TempDir, axum::Router)> = LazyLock::new(|| {
        let folder = directory(&"x".repeat(300_000));
        let catalogue = catalogue(&folder);
        let dumps = Dumps::open(&catalogue, Limits::default()).unwrap();
        dumps.make(&catalogue).unwrap();
        let server = server(&catalogue, dumps);
        // Within the second in which a set was made no time is told.
        std::thread::sleep(Duration::from_millis(1_100));
        (folder, server.into_router())
    });
    TestServer::with(LONG.1.clone())
}

async fn ask(
    server: &TestServer,
    method: &str,
    path: &str,
    fields: &[(&str, &str)],
) -> (StatusCode, HeaderMap, Vec<u8>) {
    let mut request = Request::builder().method(method).uri(path).header("host", "anything.example");
    for (name, value) in fields {
        request = request.header(*name, *value);
    }
    let response = server.router().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    (parts.status, parts.headers, body.collect().await.unwrap().to_bytes().to_vec())
}

fn field<'h>(headers: &'h HeaderMap, name: &str) -> &'h str {
    headers.get(name).map_or("", |value| value.to_str().unwrap())
}

#[tokio::test]
async fn a_dump_goes_out_as_it_lies_on_the_disk_with_all_that_tells_it_apart() {
    let server = long();
    let (status, headers, body) = ask(&server, "GET", "/dump/all.nt", &[("accept-encoding", "gzip, br, zstd")]).await;
    assert_eq!(
        (status, body.len()),
        (
            StatusCode::OK,
            300_000
                + "<> <http://www.w3.org/2004/02/skos/core#note> \"\" .\n".len()
                + BASE.len()
                + "id/function/1".len()
        )
    );
    assert_eq!(field(&headers, "content-type"), "application/n-triples");
    assert_eq!(field(&headers, "content-length"), body.len().to_string());
    assert_eq!(field(&headers, "content-encoding"), "");
    assert_eq!((field(&headers, "accept-ranges"), field(&headers, "eusl-revision")), ("bytes", "1"));
    let digest = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(&body));
    assert_eq!(field(&headers, "repr-digest"), format!("sha-256=:{digest}:"));
    let (etag, since) = (field(&headers, "etag"), field(&headers, "last-modified"));
    assert!(etag.starts_with('"') && since.ends_with(" GMT"), "{headers:?}");
    assert!(field(&headers, "link").contains(&format!("<{BASE}dump>; rel=\"collection\"")), "{headers:?}");
    let (status, of_head, nothing) = ask(&server, "HEAD", "/dump/all.nt", &[("range", "bytes=0-1")]).await;
    assert_eq!(
        (status, nothing.len(), &of_head),
        (StatusCode::OK, 0, &headers),
        "HEAD is GET without a body, and has no parts"
    );
    for condition in [("if-none-match", etag), ("if-modified-since", since)] {
        let (status, brief, nothing) = ask(&server, "GET", "/dump/all.nt", &[condition, ("range", "bytes=0-1")]).await;
        assert_eq!((status, nothing.len()), (StatusCode::NOT_MODIFIED, 0), "{condition:?}");
        assert_eq!((field(&brief, "etag"), field(&brief, "content-length")), (etag, ""));
    }
    let (status, ..) = ask(&server, "GET", "/dump/all.nt", &[("if-match", "\"another\"")]).await;
    assert_eq!(status, StatusCode::PRECONDITION_FAILED);
    let dated = field(&headers, "content-location").strip_prefix(BASE.trim_end_matches('/')).unwrap().to_owned();
    assert!(dated.starts_with("/dump/20") && dated.ends_with("/all.nt"), "{dated}");
    let (status, of_the_day, again) = ask(&server, "GET", &dated, &[]).await;
    assert_eq!((status, again == body), (StatusCode::OK, true));
    assert_eq!(field(&of_the_day, "cache-control"), "no-cache", "the day is not over");
    for (name, media_type) in [
        ("all.nt.gz", "application/gzip"),
        ("all.nt.zst", "application/zstd"),
        ("all.ttl", "text/turtle; charset=utf-8"),
        ("services.csv", "text/csv; charset=utf-8; header=present"),
    ] {
        let (status, headers, _) = ask(&server, "GET", &format!("/dump/{name}"), &[("accept-encoding", "gzip")]).await;
        assert_eq!(
            (status, field(&headers, "content-type"), field(&headers, "content-encoding")),
            (StatusCode::OK, media_type, ""),
            "{name}"
        );
    }
}

#[tokio::test]
async fn parts_of_a_dump_are_its_bytes_where_the_state_is_the_one_that_was_meant() {
    let server = long();
    let (_, headers, whole) = ask(&server, "GET", "/dump/all.nt", &[]).await;
    let (etag, since) = (field(&headers, "etag"), field(&headers, "last-modified"));
    let length = whole.len();
    let (status, headers, part) = ask(&server, "GET", "/dump/all.nt", &[("range", "bytes=100-200000")]).await;
    assert_eq!((status, part == whole[100..=200_000]), (StatusCode::PARTIAL_CONTENT, true));
    assert_eq!(field(&headers, "content-range"), format!("bytes 100-200000/{length}"));
    assert_eq!(field(&headers, "content-length"), "199901");
    for state in [etag, since] {
        let (status, _, part) =
            ask(&server, "GET", "/dump/all.nt", &[("range", "bytes=-5"), ("if-range", state)]).await;
        assert_eq!((status, part == whole[length - 5..]), (StatusCode::PARTIAL_CONTENT, true), "{state}");
    }
    for state in ["\"another\"", &format!("W/{etag}"), "Thu, 01 Jan 1970 00:00:00 GMT"] {
        let (status, _, all) = ask(&server, "GET", "/dump/all.nt", &[("range", "bytes=-5"), ("if-range", state)]).await;
        assert_eq!((status, all == whole), (StatusCode::OK, true), "{state}");
    }
    let (status, headers, body) = ask(&server, "GET", "/dump/all.nt", &[("range", "bytes=400000-")]).await;
    assert_eq!((status, body.len()), (StatusCode::RANGE_NOT_SATISFIABLE, 0));
    assert_eq!(field(&headers, "content-range"), format!("bytes */{length}"));
}

#[tokio::test]
async fn several_parts_come_in_one_body_each_with_what_it_is() {
    let server = long();
    let (_, _, whole) = ask(&server, "GET", "/dump/all.nt", &[]).await;
    let (status, headers, body) =
        ask(&server, "GET", "/dump/all.nt", &[("range", "bytes=0-9, 150000-299999, -1")]).await;
    assert_eq!(status, StatusCode::PARTIAL_CONTENT);
    assert_eq!(field(&headers, "content-length"), body.len().to_string());
    let boundary = field(&headers, "content-type").strip_prefix("multipart/byteranges; boundary=").unwrap();
    let text = String::from_utf8(body).unwrap();
    let (parts, end) = text.rsplit_once(&format!("\r\n--{boundary}--\r\n")).unwrap();
    assert_eq!(end, "");
    let parts: Vec<&str> = parts.split(&format!("\r\n--{boundary}\r\n")).skip(1).collect();
    assert_eq!(parts.len(), 3);
    for (part, range) in parts.iter().zip([0..10, 150_000..300_000, whole.len() - 1..whole.len()]) {
        let (head, bytes) = part.split_once("\r\n\r\n").unwrap();
        let place = format!("Content-Range: bytes {}-{}/{}", range.start, range.end - 1, whole.len());
        assert!(head.contains("Content-Type: application/n-triples") && head.contains(&place), "{head}");
        assert!(bytes.as_bytes() == &whole[range]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn whatever_stands_in_range_the_answer_is_whole_or_a_part_or_refused(value in "(bytes=)?[0-9,-]{0,12}|[ -~]{0,20}") {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let (status, headers, body) = runtime.block_on(async {
            ask(&long(), "GET", "/dump/all.nt", &[("range", &value)]).await
        });
        prop_assert!([200, 206, 416].contains(&status.as_u16()), "{} for {:?}", status, value);
        prop_assert_eq!(field(&headers, "content-length"), body.len().to_string());
    }
}

#[tokio::test]
async fn a_download_ends_with_the_bytes_that_it_began_with_whatever_takes_their_place() {
    let folder = directory(&"first".repeat(100_000));
    let first = catalogue(&folder);
    let dumps = Dumps::open(&first, Limits::default()).unwrap();
    dumps.make(&first).unwrap();
    let old = dumps.manifest().unwrap();
    let server_of_first = server(&first, dumps);
    let request = Request::get("/dump/all.nt").header("host", "anything.example").body(Body::empty()).unwrap();
    let mut response = server_of_first.router().oneshot(request).await.unwrap();
    let beginning = response.body_mut().frame().await.unwrap().unwrap().into_data().unwrap();
    drop((server_of_first, first));
    for text in ["second", "third"] {
        say(&folder, text);
        let catalogue = catalogue(&folder);
        let dumps = Dumps::open(&catalogue, Limits::default()).unwrap();
        dumps.make(&catalogue).unwrap();
        let (status, headers, body) = ask(&server(&catalogue, dumps), "GET", "/dump/all.nt", &[]).await;
        assert!(status == StatusCode::OK && String::from_utf8(body).unwrap().contains(text), "{headers:?}");
    }
    let rest = response.into_body().collect().await.unwrap().to_bytes();
    let digest = Sha256::new().chain_update(&beginning).chain_update(&rest).finalize();
    assert_eq!(hex(&digest), old.file("all.nt").unwrap().sha256);
}

#[tokio::test]
async fn what_is_not_there_yet_no_longer_or_never_says_which() {
    let folder = directory("x");
    let catalogue = catalogue(&folder);
    let server_of = |dumps| server(&catalogue, dumps);
    let off = server_of(Dumps::off()).get("/dump/all.nt", "*/*").await;
    assert_eq!(off.status, StatusCode::NOT_FOUND);
    assert!(off.body.contains("makes no dumps"), "{}", off.body);
    let not_yet = server_of(Dumps::open(&catalogue, Limits::default()).unwrap()).get("/dump/all.nt", "*/*").await;
    assert_eq!((not_yet.status, not_yet.header("retry-after")), (StatusCode::SERVICE_UNAVAILABLE, "5"));
    assert!(not_yet.body.contains("/problem/not-yet"), "{}", not_yet.body);
    let dumps = Dumps::open(&catalogue, Limits::default()).unwrap();
    dumps.make(&catalogue).unwrap();
    let today = dumps.manifest().unwrap().date.clone();
    let server = server_of(dumps);
    for path in [
        "/dump/none.nt",
        "/dump/manifest.json",
        "/dump/..%2f..%2fregister.sqlite",
        &format!("/dump/{today}/none.nt"),
        "/dump/2999-01-01/all.nt",
    ] {
        let answer = server.get(path, "*/*").await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(answer.body.contains(&format!("{BASE}dump lists what there is")), "{}", answer.body);
    }
    let gone = server.get("/dump/2026-01-01/all.nt", "*/*").await;
    assert_eq!(gone.status, StatusCode::GONE);
    assert!(gone.body.contains("/problem/gone") && gone.body.contains(&today), "{}", gone.body);
}

#[tokio::test]
async fn links_lead_from_part_to_part() {
    let folder = tempfile::tempdir().unwrap();
    for number in 0..3 {
        let register = Register::open(&Location::Directory(folder.path().to_owned()), BASE).unwrap();
        let iri = format!("{BASE}id/function/{number}");
        let note = NamedNode::new_unchecked("http://www.w3.org/2004/02/skos/core#note");
        let triple = Triple::new(NamedNode::new_unchecked(&iri), note, Literal::new_simple_literal("x".repeat(200)));
        let change = Change { iri, kind: "function".to_owned(), number: None, content: Content::from_iter([triple]) };
        register.commit(&Commit { changes: vec![change], ..Commit::default() }).unwrap();
    }
    let catalogue = catalogue(&folder);
    let dumps = Dumps::open(&catalogue, Limits { part: 300 }).unwrap();
    dumps.make(&catalogue).unwrap();
    let today = dumps.manifest().unwrap().date.clone();
    let server = server(&catalogue, dumps);
    for day in ["", &format!("{today}/")] {
        let links = |headers: &HeaderMap| {
            let links = field(headers, "link").split(", ").filter_map(|link| link.split_once("; rel="));
            let of_parts = links.filter(|(_, relation)| !["\"license\"", "\"collection\""].contains(relation));
            of_parts
                .map(|(to, relation)| format!("{relation} {}", to.rsplit("dump/").next().unwrap()))
                .collect::<Vec<_>>()
        };
        let (_, headers, _) = ask(&server, "GET", &format!("/dump/{day}all.2.nt"), &[]).await;
        let to = |name: &str| format!("{day}{name}>");
        let expected = [("first", "all.nt"), ("prev", "all.nt"), ("next", "all.3.nt"), ("last", "all.3.nt")];
        assert_eq!(links(&headers), expected.map(|(relation, name)| format!("\"{relation}\" {}", to(name))));
        let (_, headers, _) = ask(&server, "GET", &format!("/dump/{day}all.3.nt"), &[]).await;
        assert!(links(&headers).iter().all(|link| !link.contains("next")), "{headers:?}");
    }
}

#[tokio::test]
async fn the_list_of_dumps_names_every_file_with_its_size_and_checksum_on_the_page_and_in_json() {
    let server = long();
    let json = server.get("/dump.json", "*/*").await;
    assert_eq!((json.status, json.header("content-type")), (StatusCode::OK, "application/json"));
    let told: serde_json::Value = serde_json::from_str(&json.body).unwrap();
    assert_eq!(told["revision"], 1);
    let pages = ["en", "nl", "de", "sv", "nb", "fr"];
    let mut shown = Vec::new();
    for language in pages {
        let page = server.get(&format!("/{language}/dump"), "text/html").await;
        assert_eq!(page.status, StatusCode::OK, "{language}");
        shown.push(page.body);
    }
    assert!(shown[0].contains("<h1>Everything as files</h1>") && shown[5].contains("<h1>Tout en fichiers</h1>"));
    let files = told["files"].as_array().unwrap();
    assert_eq!(
        files.len(),
        4 * 4 * 3 + 3 * 3 + 3,
        "four datasets in four syntaxes, three tables and the history, each three times"
    );
    for file in files {
        let url = file["url"].as_str().unwrap();
        let (status, headers, body) =
            ask(&server, "GET", url.strip_prefix(BASE.trim_end_matches('/')).unwrap(), &[]).await;
        assert_eq!((status, field(&headers, "content-type")), (StatusCode::OK, file["content_type"].as_str().unwrap()));
        assert_eq!(
            (body.len() as u64, hex(&Sha256::digest(&body)).as_str()),
            (file["bytes"].as_u64().unwrap(), file["sha256"].as_str().unwrap())
        );
        for page in &shown {
            assert!(
                page.contains(&format!("<a href=\"{url}\">")) && page.contains(file["sha256"].as_str().unwrap()),
                "{url}"
            );
        }
    }
    let folder = directory("x");
    let catalogue = catalogue(&folder);
    let not_yet = server_without_a_set(&catalogue);
    assert_eq!(not_yet.get("/dump.json", "*/*").await.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(not_yet.get("/en/dump", "text/html").await.body.contains("are being made"));
    let off = crate::dump::server(&catalogue, Dumps::off());
    assert_eq!(off.get("/dump", "text/html").await.status, StatusCode::NOT_FOUND);
}

fn server_without_a_set(catalogue: &Arc<Catalogue>) -> TestServer {
    server(catalogue, Dumps::open(catalogue, Limits::default()).unwrap())
}
