//! What changed of the list between two releases, and since one.

use crate::register::{BASE, catalogue_at};
use crate::server::{Answer, TestServer};
use axum::http::StatusCode;
use eu_service_list::catalogue::{
    Author, Base, Catalogue, Changes, Edit, Operation, Precondition, RecordChange, Submission, Target,
};
use eu_service_list::rdf::{Content, read_turtle};
use eu_service_list::register::Location;
use std::sync::{Arc, OnceLock};

const CHANGES: &str = "/list/services/2026-12?changes-since=4.00";
const DEPRECATED: &str = "<http://www.w3.org/ns/adms#status>
    <http://publications.europa.eu/resource/authority/concept-status/DEPRECATED>";

fn triples(turtle: &str) -> Vec<eu_service_list::rdf::Triple> {
    let prefixes = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix dct: <http://purl.org/dc/terms/> .";
    read_turtle(format!("{prefixes}\n{turtle}").as_bytes(), &format!("{BASE}id/service-type/")).unwrap()
}

/// Takes some triples of a service type away and adds others, through the one writer.
fn revise(catalogue: &Catalogue, number: u32, goes: &str, comes: &str) {
    let iri = format!("{BASE}id/service-type/{number}");
    let mut content: Content = catalogue.present().unwrap().content(&iri).unwrap();
    for triple in triples(goes) {
        assert!(content.remove(&triple), "{number} does not say {triple}");
    }
    content.extend(triples(comes));
    put(catalogue, &iri, content);
}

/// Writes what a record says from now on.
fn put(catalogue: &Catalogue, iri: &str, content: Content) {
    let change = RecordChange {
        target: Target::Record(catalogue.base().record_of(iri).unwrap()),
        precondition: Precondition::None,
        operation: Operation::Replace(content),
    };
    let author = Author::operator("an editor");
    let changes = Changes::Of(vec![change]);
    catalogue.edit(Edit { author, activity: "PUT".to_owned(), reason: None, key: None, changes }).unwrap();
}

fn freeze(catalogue: &Catalogue, name: &str) {
    let release = Some(name.to_owned());
    let outcome = catalogue.submit(Submission { base: BASE.to_owned(), release, ..Submission::default() }).unwrap();
    assert_eq!(outcome.rejected, []);
}

/// The shipped list, changed after its release and frozen again, and changed once more since.
fn changed() -> Arc<Catalogue> {
    let catalogue = catalogue_at(&Location::Memory);
    let now = |number: u32| format!("<{number}> {DEPRECATED} .");
    revise(
        &catalogue,
        372,
        "<372> skos:prefLabel 'Abandoned vehicles'@en .",
        "<372> skos:prefLabel '=Left vehicles <b>'@en .",
    );
    let current = |number: u32| now(number).replace("DEPRECATED", "CURRENT");
    revise(&catalogue, 1, &current(1), &now(1));
    revise(&catalogue, 2, &current(2), &format!("{} <2> dct:isReplacedBy <3> , <4> .", now(2)));
    freeze(&catalogue, "2026-12");
    revise(&catalogue, 1, &now(1), &current(1));
    catalogue
}

fn server() -> TestServer {
    static MADE: OnceLock<Arc<Catalogue>> = OnceLock::new();
    TestServer::of(Arc::clone(MADE.get_or_init(changed)), BASE)
}

async fn page(server: &TestServer, path: &str) -> Answer {
    let answer = server.get(path, "text/html").await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
    answer
}

/// What a page shows, without its markup.
fn words(html: &str) -> String {
    let texts = html.split('<').skip(1).filter_map(|piece| Some(piece.split_once('>')?.1));
    texts.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn the_page_tells_each_kind_of_change_with_its_count_and_leads_to_the_versions() {
    let server = server();
    let answer = page(&server, &format!("/en{CHANGES}")).await;
    let text = words(&answer.body);
    assert!(text.contains("Release 4.00 of the list") && text.contains("Release 2026-12 of the list"), "{text}");
    for kind in ["Renamed 1", "Deprecated 1", "Split into several 1"] {
        assert!(text.contains(kind), "{kind}: {text}");
    }
    assert!(!text.contains("Added") && !text.contains("Withdrawn"), "{text}");
    assert!(text.contains("Abandoned vehicles =Left vehicles &#60;b&#62;"), "{text}");
    // Versions: as shipped, frozen as 4.00 within it; changed; frozen again.
    assert!(answer.body.contains("/en/doc/service-type/372/v/3?changes-since=1\""), "{}", answer.body);
    for successor in [3, 4] {
        assert!(answer.body.contains(&format!("/en/doc/service-type/{successor}\"")), "{successor}");
    }
}

#[tokio::test]
async fn up_to_now_the_present_list_is_compared_with_a_release() {
    let server = server();
    let since = |release: &str| format!("/en/list/services?changes-since={release}");
    let text = words(&page(&server, &since("2026-12")).await.body);
    assert!(text.contains("The list as it is now") && text.contains("Reinstated 1"), "{text}");
    let text = words(&page(&server, &since("4.00")).await.body);
    assert!(text.contains("Renamed 1") && !text.contains("Reinstated") && !text.contains("Deprecated"), "{text}");
    let same = page(&server, "/en/list/services/2026-12?changes-since=2026-12").await.body;
    assert!(words(&same).contains("Nothing differs between these states of the list."));
}

#[tokio::test]
async fn the_table_has_a_row_for_each_change_and_no_formula() {
    let server = server();
    for path in ["/list/services/2026-12.csv?changes-since=4.00", CHANGES] {
        let answer = server.get(path, "text/csv").await;
        assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8; header=present");
        let iri = |number: u32| format!("{BASE}id/service-type/{number}");
        let name = |number: u32| name_of(SHIPPED, number);
        let expected = [
            "number,name,change,property,language,from,to,successors,earlier_version,later_version,iri".to_owned(),
            format!("1,{},deprecated,adms:status,,CURRENT,DEPRECATED,,1,3,{}", name(1), iri(1)),
            format!("2,{},split,dct:isReplacedBy,,,3; 4,3 4,1,3,{}", name(2), iri(2)),
            format!(
                "372,'=Left vehicles <b>,renamed,skos:prefLabel,en,Abandoned vehicles,'=Left vehicles <b>,,1,3,{}",
                iri(372)
            ),
        ];
        assert_eq!(answer.body.lines().collect::<Vec<_>>(), expected);
    }
}

/// Number and English name of each entry, from the table that the list is shipped as.
const SHIPPED: &str = include_str!("../../vocab/list/service-types.csv");

fn name_of(table: &str, number: u32) -> String {
    let row = table.lines().find(|line| line.starts_with(&format!("{number},"))).unwrap();
    row.split(',').nth(1).unwrap().to_owned()
}

#[tokio::test]
async fn the_data_say_the_same_in_every_syntax_and_lead_to_the_versions() {
    let server = server();
    let lines = server.get("/list/services/2026-12.nt?changes-since=4.00", "*/*").await.body;
    let data: Content = Content::parse(&lines).unwrap();
    let changes = format!("{BASE}list/services/2026-12?changes-since=4.00");
    let member = eu_service_list::vocab::prov::HAD_MEMBER;
    let sets: Vec<&str> = data.iris(&changes, member).collect();
    assert_eq!(sets, ["1-deprecated", "2-split", "372-renamed"].map(|name| format!("{changes}#{name}")));
    let versions: Vec<&str> = data.iris(sets[2], eu_service_list::vocab::prov::WAS_DERIVED_FROM).collect();
    assert_eq!(versions, [1, 3].map(|number| format!("{BASE}doc/service-type/372/v/{number}")));
    for version in versions {
        let path = version.replace(BASE, "/");
        assert_eq!(server.get(&format!("{path}.nt"), "*/*").await.status, StatusCode::OK, "{path}");
    }
    for form in ["ttl", "jsonld", "rdf", "json"] {
        let answer = server.get(&format!("/list/services/2026-12.{form}?changes-since=4.00"), "*/*").await;
        assert_eq!(answer.status, StatusCode::OK, "{form}");
        assert!(answer.body.contains("Left vehicles") && answer.body.contains("Renaming"), "{form}: {}", answer.body);
    }
    let turtle = server.get("/list/services/2026-12.ttl?changes-since=4.00", "*/*").await.body;
    assert_eq!(read_turtle(turtle.as_bytes(), BASE).unwrap().into_iter().collect::<Content>(), data);
}

/// A list with one entry, renamed between two releases.
fn small() -> Arc<Catalogue> {
    let catalogue = Catalogue::open(&Location::Memory, &Base::parse(BASE).unwrap()).unwrap();
    let list = triples(&format!(
        "<{BASE}list/services> a skos:ConceptScheme ; skos:prefLabel 'The list'@en ; dct:identifier 'services' ;
             <http://www.w3.org/ns/adms#status>
                 <http://publications.europa.eu/resource/authority/concept-status/CURRENT> ."
    ));
    put(&catalogue, &format!("{BASE}list/services"), list.into_iter().collect());
    for (release, names) in [("1", "'Bins'@en"), ("2", "'Waste'@en")] {
        name(&catalogue, names);
        freeze(&catalogue, release);
    }
    Arc::new(catalogue)
}

/// Names that entry; the releases that it is in stay as they are.
fn name(catalogue: &Catalogue, names: &str) {
    let iri = format!("{BASE}id/entry/1");
    let before = catalogue.present().unwrap().content(&iri).unwrap();
    let in_scheme = eu_service_list::vocab::skos::IN_SCHEME;
    let releases = before.into_iter().filter(|triple| triple.predicate == in_scheme);
    let says = format!(
        "<{iri}> a <a:Entry> ; skos:inScheme <{BASE}list/services> ; dct:identifier '1' ; skos:prefLabel {names} ."
    );
    put(catalogue, &iri, triples(&says).into_iter().chain(releases).collect());
}

#[tokio::test]
async fn between_two_releases_the_bytes_stay_for_ever_and_up_to_now_they_are_asked_for_again() {
    let catalogue = small();
    let server = TestServer::of(Arc::clone(&catalogue), BASE);
    let paths = [
        "/list/services/2.ttl?changes-since=1",
        "/list/services/2.csv?changes-since=1",
        "/list/services.csv?changes-since=2",
    ];
    let mut before = Vec::new();
    for path in paths {
        before.push(server.get(path, "*/*").await);
    }
    name(&catalogue, "'Waste'@en , 'Afval'@nl");
    freeze(&catalogue, "3");
    for (path, before) in paths.into_iter().zip(before) {
        let after = server.get(path, "*/*").await;
        let is_final = path.contains("/services/2.");
        assert_eq!(after.header("etag") == before.header("etag"), is_final, "{path}");
        assert_eq!(after.header("cache-control").contains("immutable"), is_final, "{path}");
        assert_eq!(after.body == before.body, is_final, "{path}");
    }
    let translated = server.get(paths[2], "*/*").await.body;
    assert!(translated.contains(",translated,skos:prefLabel,nl,,Afval,"), "{translated}");
}

#[tokio::test]
async fn what_cannot_be_compared_is_told_with_what_can() {
    let server = server();
    for (path, status, told) in [
        ("/list/services?changes-since=3.00", 404, "there is 4.00, 2026-12"),
        ("/list/services/5.00?changes-since=4.00", 404, "no release \\\"5.00\\\"; there is 4.00, 2026-12"),
        ("/list/services/2026-12?changes-since=", 404, "there is 4.00, 2026-12"),
        ("/list/services/4.00?changes-since=2026-12", 400, "list/services/2026-12?changes-since=4.00"),
        ("/list/functions?changes-since=4.00", 404, "has no releases"),
        ("/list/suitability?changes-since=4.00", 404, "has no releases"),
        ("/list/nothing?changes-since=4.00", 404, "no record has the IRI"),
        ("/list/nothing/1?changes-since=4.00", 404, "no record has the IRI"),
        ("/list/services.link?changes-since=4.00", 404, ".ttl"),
    ] {
        let answer = server.get(path, "text/turtle").await;
        assert_eq!(answer.status.as_u16(), status, "{path}: {}", answer.body);
        assert!(answer.body.contains(told), "{path}: {}", answer.body);
    }
}

#[tokio::test]
async fn the_list_and_a_release_lead_to_what_changed_since_the_release_before_in_every_language() {
    let server = server();
    for language in ["en", "nl", "de", "sv", "nb", "fr"] {
        for (list, since) in
            [("list/services", Some("2026-12")), ("list/services/2026-12", Some("4.00")), ("list/services/4.00", None)]
        {
            let body = page(&server, &format!("/{language}/{list}")).await.body;
            let way = since.map(|since| format!("href=\"{BASE}{language}/{list}?changes-since={since}\""));
            assert_eq!(body.contains("changes-since"), way.is_some(), "{language} {list}");
            if let Some(way) = way {
                assert!(body.contains(&way), "{way}: {body}");
                let changes = page(&server, &format!("/{language}/{list}?changes-since={}", since.unwrap())).await;
                assert_eq!(changes.header("content-language"), language);
                assert!(changes.body.contains(&format!("href=\"{BASE}{list}.csv?changes-since=")), "{}", changes.body);
            }
        }
    }
}
