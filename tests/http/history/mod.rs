//! What a record said before, and when: versions, differences, Memento.

mod pages;

use crate::register::{BASE, catalogue_at};
use crate::said::say;
use crate::server::{Answer, TestServer};
use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use eu_service_list::catalogue::Catalogue;
use eu_service_list::rdf::{Content, NamedNodeRef, read_turtle};
use eu_service_list::register::Location;
use eu_service_list::vocab::{adms, rdf, skos};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

/// Whose records these are.
const SOURCE: &str = "https://history.example/source";

/// What the record says in each of its versions.
const VERSIONS: [&str; 3] = [
    r#"skos:prefLabel "Bin collection"@en ; skos:definition "Bins are emptied."@en"#,
    r#"skos:prefLabel "Waste collection"@en , "Afval ophalen"@nl ; skos:definition "Bins are emptied."@en"#,
    r#"skos:prefLabel "Waste collection"@en , "Afval ophalen"@nl ; skos:definition "Bins are emptied."@en ;
       adms:status <http://publications.europa.eu/resource/authority/concept-status/RETIRED>"#,
];

/// Makes the record's next version.
fn write(catalogue: &Catalogue, said: &str) {
    let record = format!("{BASE}id/navigation/bins");
    let turtle = format!(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix adms: <http://www.w3.org/ns/adms#> .
         @prefix dct: <http://purl.org/dc/terms/> .
         <{record}> a skos:Concept ; {said} ."
    );
    let content: Content = read_turtle(turtle.as_bytes(), BASE).unwrap().into_iter().collect();
    let owns = [skos::PREF_LABEL, skos::DEFINITION, skos::IN_SCHEME, rdf::TYPE, adms::STATUS];
    say(catalogue, SOURCE, record, content, &owns.map(NamedNodeRef::as_str));
}

/// A catalogue whose record has three versions, each made in a second of its own.
fn catalogue() -> Arc<Catalogue> {
    static MADE: OnceLock<Arc<Catalogue>> = OnceLock::new();
    let made = MADE.get_or_init(|| {
        let catalogue = catalogue_at(&Location::Memory);
        for said in VERSIONS {
            write(&catalogue, said);
            std::thread::sleep(Duration::from_millis(1_100));
        }
        catalogue
    });
    Arc::clone(made)
}

fn server() -> TestServer {
    TestServer::of(catalogue(), BASE)
}

const RECORD: &str = "/doc/navigation/bins";

async fn ask(server: &TestServer, method: Method, path: &str, fields: &[(&str, &str)]) -> Answer {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in fields {
        request = request.header(*name, *value);
    }
    server.send(request.body(Body::empty()).unwrap()).await
}

/// The moment of a version, as its own answer tells it.
async fn moment(server: &TestServer, number: u64) -> String {
    server.get(&format!("{RECORD}/v/{number}.ttl"), "*/*").await.header("memento-datetime").to_owned()
}

#[tokio::test]
async fn a_version_is_what_the_record_said_then_in_every_syntax() {
    let server = server();
    for form in ["ttl", "jsonld", "rdf", "nt", "json"] {
        let first = server.get(&format!("{RECORD}/v/1.{form}"), "*/*").await;
        assert_eq!(first.status, StatusCode::OK, "{form}");
        assert!(first.body.contains("Bin collection") && !first.body.contains("Waste collection"), "{}", first.body);
        let second = server.get(&format!("{RECORD}/v/2.{form}"), "*/*").await;
        assert!(second.body.contains("Waste collection") && !second.body.contains("Bin collection"), "{}", second.body);
    }
}

#[tokio::test]
async fn the_data_of_a_version_is_kept_for_ever_and_no_commit_changes_its_bytes() {
    let catalogue = catalogue_at(&Location::Memory);
    write(&catalogue, VERSIONS[0]);
    let server = TestServer::of(Arc::clone(&catalogue), BASE);
    let address = format!("{RECORD}/v/1.ttl");
    let before = server.get(&address, "*/*").await;
    assert!(before.header("cache-control").contains("immutable"), "{}", before.header("cache-control"));
    assert!(!before.header("link").contains("/v/2"), "{}", before.header("link"));
    write(&catalogue, VERSIONS[1]);
    let after = server.get(&address, "*/*").await;
    assert_eq!((&after.body, after.header("etag")), (&before.body, before.header("etag")));
    assert_eq!(after.header("memento-datetime"), before.header("memento-datetime"));
    assert!(
        after.header("link").contains("/v/2>; rel=\"last latest-version next successor-version memento\""),
        "{}",
        after.header("link")
    );
}

#[tokio::test]
async fn a_version_says_who_made_it_when_and_what_it_revises() {
    let body = server().get(&format!("{RECORD}/v/2.nt"), "*/*").await.body;
    let version = format!("<{BASE}doc/navigation/bins/v/2>");
    for said in [
        format!("{version} <http://www.w3.org/ns/prov#specializationOf> <{BASE}id/navigation/bins> ."),
        format!("{version} <http://purl.org/dc/terms/isVersionOf> <{BASE}id/navigation/bins> ."),
        format!("{version} <http://purl.org/pav/version> \"2\" ."),
        format!("{version} <http://www.w3.org/ns/prov#wasRevisionOf> <{BASE}doc/navigation/bins/v/1> ."),
        format!("{version} <http://www.w3.org/ns/prov#wasAttributedTo> <http://editor.example/> ."),
        format!("<{BASE}doc/navigation/bins/v/2#activity> <http://www.w3.org/2000/01/rdf-schema#label> \"edit\" ."),
    ] {
        assert!(body.contains(&said), "{said} is missing in {body}");
    }
    assert!(
        !body.contains("list/navigation> <http://www.w3.org/2004/02/skos/core#prefLabel>"),
        "names of others change"
    );
}

#[tokio::test]
async fn the_list_of_versions_tells_all_of_them() {
    let server = server();
    let list = server.get(&format!("{RECORD}/versions"), "text/turtle").await;
    assert_eq!((list.status, list.header("content-type")), (StatusCode::OK, "text/turtle; charset=utf-8"));
    let data = server.get(&format!("{RECORD}/versions.nt"), "*/*").await.body;
    let members = data.lines().filter(|line| line.contains("<http://www.w3.org/ns/prov#hadMember>")).count();
    assert_eq!(members, 3, "{data}");
    assert!(!data.contains("Waste collection"), "a list of versions does not repeat what they say");
}

#[tokio::test]
async fn a_time_map_lists_the_document_itself_and_every_version_with_its_moment() {
    let server = server();
    let map = server.get(&format!("{RECORD}/versions"), "application/link-format").await;
    assert_eq!(map.header("content-type"), "application/link-format");
    assert_eq!(map.body, server.get(&format!("{RECORD}/versions.link"), "*/*").await.body);
    let (first, second, last) = (moment(&server, 1).await, moment(&server, 2).await, moment(&server, 3).await);
    let at = format!("{BASE}doc/navigation/bins");
    let expected = format!(
        "<{at}>; rel=\"original timegate\",\n\
         <{at}/versions.link>; rel=\"self\"; type=\"application/link-format\"; from=\"{first}\"; until=\"{last}\",\n\
         <{at}/v/1>; rel=\"first memento\"; datetime=\"{first}\",\n\
         <{at}/v/2>; rel=\"memento\"; datetime=\"{second}\",\n\
         <{at}/v/3>; rel=\"last memento\"; datetime=\"{last}\"\n"
    );
    assert_eq!(map.body, expected);
}

#[tokio::test]
async fn the_document_is_the_gate_to_what_it_said_at_a_moment() {
    let server = server();
    let (second, last) = (moment(&server, 2).await, moment(&server, 3).await);
    assert!(second < last, "{second} {last}");
    for (asked, number) in [
        ("Thu, 01 Jan 1970 00:00:00 GMT", 1),
        (second.as_str(), 2),
        (last.as_str(), 3),
        ("Fri, 31 Dec 2100 23:59:59 GMT", 3),
    ] {
        for method in [Method::GET, Method::HEAD] {
            let answer = ask(&server, method, RECORD, &[("accept-datetime", asked)]).await;
            assert_eq!(answer.status, StatusCode::FOUND, "{asked}");
            assert_eq!(answer.header("location"), format!("{BASE}doc/navigation/bins/v/{number}"), "{asked}");
            assert!(answer.header("vary").to_lowercase().contains("accept-datetime"));
            assert_eq!(answer.header("memento-datetime"), "", "a gate is no memento");
            assert!(answer.header("link").contains(&format!("<{BASE}doc/navigation/bins>; rel=\"original timegate\"")));
        }
    }
}

#[tokio::test]
async fn the_gate_keeps_the_form_and_the_language_of_the_address() {
    let server = server();
    let fields = [("accept-datetime", "Thu, 01 Jan 1970 00:00:00 GMT")];
    for (path, leads_to) in [
        ("/doc/navigation/bins.ttl", "doc/navigation/bins/v/1.ttl"),
        ("/nl/doc/navigation/bins", "nl/doc/navigation/bins/v/1"),
        ("/doc/navigation/bins?format=nt&x=1", "doc/navigation/bins/v/1?format=nt"),
        ("/doc/navigation/bins.linkset", "doc/navigation/bins/v/1"),
        ("/doc/navigation/bins?format=linkset", "doc/navigation/bins/v/1"),
        ("/list/services", "list/services/v/1"),
        ("/list/services/4.00.nt", "list/services/4.00/v/1.nt"),
    ] {
        let answer = ask(&server, Method::GET, path, &fields).await;
        assert_eq!(
            (answer.status, answer.header("location")),
            (StatusCode::FOUND, format!("{BASE}{leads_to}").as_str())
        );
    }
}

#[tokio::test]
async fn a_moment_that_is_no_date_is_refused_and_an_unknown_record_has_no_gate() {
    let server = server();
    for wrong in ["yesterday", "2026-11-28T10:00:00Z", ""] {
        let answer = ask(&server, Method::GET, RECORD, &[("accept-datetime", wrong)]).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{wrong:?}");
    }
    let fields = [("accept-datetime", "Thu, 01 Jan 1970 00:00:00 GMT")];
    assert_eq!(ask(&server, Method::GET, "/doc/navigation/none", &fields).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_document_leads_to_its_history_and_a_version_to_its_neighbours() {
    let server = server();
    let at = format!("{BASE}doc/navigation/bins");
    let present = server.get(&format!("{RECORD}.ttl"), "*/*").await;
    for part in [
        format!("<{at}>; rel=\"original timegate\""),
        format!("<{at}/versions.link>; rel=\"timemap\"; type=\"application/link-format\""),
        format!("<{at}/versions>; rel=\"version-history\""),
        format!("<{at}/v/3>; rel=\"latest-version\""),
        format!("<{at}/v/2>; rel=\"predecessor-version\""),
    ] {
        assert!(present.header("link").contains(&part), "{part} is missing in {}", present.header("link"));
    }
    assert!(present.header("vary").contains("Accept-Datetime"), "{}", present.header("vary"));
    let version = server.get(&format!("{RECORD}/v/2.ttl"), "*/*").await;
    for part in [
        "/v/1>; rel=\"first prev predecessor-version memento\"; datetime=\"",
        "/v/2>; rel=\"memento\"",
        "/v/3>; rel=\"last latest-version next successor-version memento\"",
    ] {
        assert!(version.header("link").contains(part), "{part} is missing in {}", version.header("link"));
    }
    assert!(!version.header("vary").contains("Accept-Datetime"), "a version is one moment's");
}

#[tokio::test]
async fn a_withdrawn_record_keeps_its_versions() {
    let server = server();
    assert!(server.get(&format!("{RECORD}/v/3.ttl"), "*/*").await.body.contains("concept-status/RETIRED"));
    assert!(server.get(&format!("{RECORD}/v/1.ttl"), "*/*").await.body.contains("Bin collection"));
}

#[tokio::test]
async fn lists_and_releases_have_a_history_too() {
    let server = server();
    for path in ["/list/services", "/list/services/4.00", "/doc/service-type/372"] {
        let map = server.get(&format!("{path}/versions.link"), "*/*").await;
        assert!(map.body.contains(&format!("<{BASE}{}/v/1>; rel=\"first last memento\"", &path[1..])), "{}", map.body);
        assert_eq!(server.get(&format!("{path}/v/1"), "text/turtle").await.status, StatusCode::OK, "{path}");
    }
}

#[tokio::test]
async fn what_is_not_there_says_what_there_is() {
    let server = server();
    for (path, status) in [
        ("/doc/navigation/bins/v/4", 404),
        ("/doc/navigation/bins/v/0", 404),
        ("/doc/navigation/bins/v/01", 404),
        ("/doc/navigation/bins/v/two", 404),
        ("/doc/navigation/bins/v/18446744073709551615", 404),
        ("/doc/navigation/bins/versions?page=2", 404),
        ("/doc/navigation/bins/versions?page=0", 404),
        ("/doc/navigation/bins/versions?page=x", 404),
        ("/doc/navigation/none/versions", 404),
        ("/doc/navigation/none/v/1", 404),
        ("/doc/navigation/bins/versions.csv", 404),
        ("/doc/navigation/bins.link", 404),
        ("/doc/navigation/bins/v/1?changes-since=2", 400),
        ("/doc/navigation/bins/v/2?changes-since=x", 404),
        ("/doc/navigation/bins/v/2?changes-since=0", 404),
    ] {
        assert_eq!(server.get(path, "text/turtle").await.status.as_u16(), status, "{path}");
    }
    let pdf = server.get(&format!("{RECORD}/versions"), "application/pdf").await;
    assert_eq!(pdf.status, StatusCode::NOT_ACCEPTABLE);
    assert!(pdf.body.contains("application/link-format"), "{}", pdf.body);
}

#[tokio::test]
async fn a_difference_laid_over_the_earlier_version_gives_the_later_one() {
    let server = server();
    let triples = |body: String| -> Content { read_turtle(body.as_bytes(), BASE).unwrap().into_iter().collect() };
    let own = |content: Content| -> Content {
        content.into_iter().filter(|triple| triple.subject.to_string().contains("/id/navigation/bins")).collect()
    };
    let difference = triples(server.get(&format!("{RECORD}/v/3.nt?changes-since=1"), "*/*").await.body);
    let mut laid = own(triples(server.get(&format!("{RECORD}/v/1.nt"), "*/*").await.body));
    let set = format!("{BASE}doc/navigation/bins/v/3?changes-since=1");
    for (property, is_added) in [("removal", false), ("addition", true)] {
        let property = format!("http://purl.org/vocab/changeset/schema#{property}");
        let property = NamedNodeRef::new(&property).unwrap();
        for statement in difference.iris(&set, property) {
            let part = |local: &str| {
                let property = format!("http://www.w3.org/1999/02/22-rdf-syntax-ns#{local}");
                difference
                    .iter()
                    .find(|triple| {
                        triple.subject.to_string() == format!("<{statement}>") && triple.predicate.as_str() == property
                    })
                    .unwrap()
                    .object
                    .to_string()
            };
            let line = format!("{} {} {} .\n", part("subject"), part("predicate"), part("object"));
            let triple = Content::parse(&line).unwrap().into_iter().next().unwrap();
            assert!(if is_added { laid.insert(triple) } else { laid.remove(&triple) }, "{line}");
        }
    }
    let last = own(triples(server.get(&format!("{RECORD}/v/3.nt"), "*/*").await.body));
    assert_eq!(laid, last);
    assert_eq!(
        difference.iter().filter(|triple| triple.object.to_string().ends_with("#Statement>")).count(),
        4,
        "{difference}"
    );
}

#[tokio::test]
async fn nothing_changed_between_a_version_and_itself() {
    let answer = server().get(&format!("{RECORD}/v/2.nt?changes-since=2"), "*/*").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.body.contains("ChangeSet") && !answer.body.contains("Statement"), "{}", answer.body);
    assert_eq!(answer.header("memento-datetime"), "", "a difference is no version");
}
