//! `/update` of a catalogue: updates become changes of records.

use crate::record::{BASE, Desk, THING, problem};
use crate::server::Answer;
use axum::http::{HeaderName, Method, StatusCode, header};
use eu_service_list::catalogue::Role;
use std::sync::Arc;

const PREFIXES: &str = "PREFIX e: <http://a.example/> PREFIX t: <http://lists.example.eu/id/thing/> ";

/// What the two things say, as they write it.
const SEVEN: &str = "\"007\"^^<http://www.w3.org/2001/XMLSchema#integer>";

impl Desk {
    /// A desk with two things, and a token that may do everything.
    async fn with_things() -> (Self, String) {
        let desk = Self::new();
        let token = desk.token(Role::Manage);
        for path in ["/doc/thing/1", "/doc/thing/2"] {
            let thing = format!("{THING} <> <http://a.example/n> {SEVEN} .");
            assert_eq!(desk.put(path, &token, &[], &thing).await.status, StatusCode::CREATED);
        }
        (desk, token)
    }

    async fn update(&self, token: &str, fields: &[(HeaderName, &str)], text: &str) -> Answer {
        let fields: Vec<_> =
            [(header::CONTENT_TYPE, "application/sparql-update")].into_iter().chain(fields.iter().cloned()).collect();
        self.send(Method::POST, "/update", token, &fields, &format!("{PREFIXES}{text}")).await
    }

    async fn lines(&self, path: &str) -> String {
        self.server.get(path, "application/n-triples").await.body
    }
}

#[tokio::test]
async fn an_update_of_several_records_is_seen_at_once_under_one_revision() {
    let (desk, token) = Desk::with_things().await;
    let answer = desk.update(&token, &[], "INSERT { ?s e:seen true } WHERE { ?s a e:Thing }").await;
    assert_eq!((answer.status, answer.header("eusl-revision")), (StatusCode::NO_CONTENT, "3"), "{}", answer.body);
    for path in ["/doc/thing/1", "/doc/thing/2"] {
        assert!(desk.lines(path).await.contains("<http://a.example/seen> \"true\""), "{path}");
        assert!(desk.etag(path).await.starts_with("\"v2-"), "{path}");
    }
    let seen = desk.server.query("ASK { ?s <http://a.example/seen> true }", "text/csv").await;
    assert_eq!((seen.body.trim(), seen.header("eusl-revision")), ("true", "3"));
}

#[tokio::test]
async fn an_update_takes_out_a_literal_as_it_is_written_and_leaves_the_rest_as_it_is() {
    let (desk, token) = Desk::with_things().await;
    desk.update(&token, &[], "INSERT DATA { t:1 e:m \"+8\"^^<http://www.w3.org/2001/XMLSchema#integer> }").await;
    let lines = desk.lines("/doc/thing/1").await;
    assert!(lines.contains("\"007\"^^") && lines.contains("\"+8\"^^"), "{lines}");
    let taken_out = format!("DELETE DATA {{ t:1 e:n {SEVEN} }}");
    assert_eq!(desk.update(&token, &[], &taken_out).await.status, StatusCode::NO_CONTENT);
    let lines = desk.lines("/doc/thing/1").await;
    assert!(!lines.contains("\"007\"^^") && lines.contains("\"+8\"^^"), "{lines}");
}

#[tokio::test]
async fn an_update_that_changes_nothing_makes_no_version() {
    let (desk, token) = Desk::with_things().await;
    for text in [
        &format!("INSERT DATA {{ t:1 e:n {SEVEN} }}"),
        "DELETE DATA { t:1 e:n 8 }",
        "DELETE { ?s ?p ?o } INSERT { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "INSERT DATA { t:1 e:x 1 } ; DELETE DATA { t:1 e:x 1 }",
    ] {
        let answer = desk.update(&token, &[], text).await;
        assert_eq!((answer.status, answer.header("eusl-revision")), (StatusCode::NO_CONTENT, "2"), "{text}");
    }
    assert_eq!(desk.catalogue.revision(), 2);
}

#[tokio::test]
async fn blank_nodes_become_parts_of_their_record() {
    let (desk, token) = Desk::with_things().await;
    let answer =
        desk.update(&token, &[], "INSERT DATA { t:1 e:at [ e:street 'Market' ; e:in [ e:name 'Town' ] ] }").await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.body);
    let lines = desk.lines("/doc/thing/1").await;
    assert!(lines.contains(&format!("<{BASE}id/thing/1#at-")) && !lines.contains("_:"), "{lines}");
    let again = "DELETE { ?part e:street 'Market' } INSERT { ?part e:street 'Market Street' } WHERE { t:1 e:at ?part }";
    assert_eq!(desk.update(&token, &[], again).await.status, StatusCode::NO_CONTENT);
    assert!(desk.lines("/doc/thing/1").await.contains("\"Market Street\""));
    assert_eq!(desk.catalogue.disagreement().unwrap(), 0, "register and graph say the same");
}

#[tokio::test]
async fn what_no_record_can_hold_is_refused_with_all_of_the_update() {
    let (desk, token) = Desk::with_things().await;
    for (text, status, part) in [
        ("INSERT DATA { <http://elsewhere.example/a> e:p 1 }", 422, "http://elsewhere.example/a"),
        ("INSERT DATA { GRAPH e:g { t:1 e:p 1 } }", 422, "no named graphs"),
        ("INSERT DATA { _:a e:p 1 }", 422, "no record leads to"),
        ("DELETE WHERE { t:1 ?p ?o }", 422, "DELETE of its document"),
        ("WITH e:g DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", 400, "no named graphs"),
        ("LOAD <http://127.0.0.1:1/>", 400, "nothing is fetched"),
        ("INSERT DATA { t:1 e:p }", 400, "cannot be read"),
        ("INSERT DATA { <http://lists.example.eu/id/service-type/5> e:p 1 }", 403, "was not given out"),
    ] {
        let answer = desk.update(&token, &[], &format!("INSERT DATA {{ t:2 e:first 1 }} ; {text}")).await;
        assert_eq!(answer.status.as_u16(), status, "{text}: {}", answer.body);
        assert!(answer.body.contains(part), "{text}: {}", answer.body);
    }
    assert_eq!((desk.catalogue.revision(), desk.catalogue.disagreement().unwrap()), (2, 0));
    assert!(!desk.lines("/doc/thing/2").await.contains("first"));
}

#[tokio::test]
async fn what_breaks_the_shapes_keeps_the_whole_update_out_and_the_report_says_why() {
    let (desk, token) = Desk::with_things().await;
    let text = "INSERT DATA { t:1 e:seen true } ; \
        INSERT DATA { t:2 a <https://w3id.org/eu-service-list/def#ServiceType>, <http://www.w3.org/2004/02/skos/core#Concept> }";
    let answer = desk.update(&token, &[(header::ACCEPT_LANGUAGE, "nl")], text).await;
    assert_eq!((answer.status.as_u16(), problem(&answer).as_str()), (422, "record-refused"), "{}", answer.body);
    assert!(answer.body.contains("precies één adms:status"), "{}", answer.body);
    let report = desk.update(&token, &[(header::ACCEPT, "text/turtle")], text).await;
    assert_eq!(report.status.as_u16(), 422);
    assert!(report.body.contains("sh:ValidationReport"), "{}", report.body);
    assert!(!desk.lines("/doc/thing/1").await.contains("seen"));
    assert_eq!((desk.catalogue.revision(), desk.catalogue.disagreement().unwrap()), (2, 0));
}

#[tokio::test]
async fn without_a_token_or_with_too_small_a_role_nothing_is_updated() {
    let (desk, _) = Desk::with_things().await;
    let text = format!("DELETE {{ ?s e:n {SEVEN} }} WHERE {{ ?s e:n {SEVEN} }}");
    assert_eq!(desk.update("", &[], &text).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(desk.update(&desk.token(Role::Submit), &[], &text).await.status, StatusCode::FORBIDDEN);
    assert_eq!(desk.catalogue.revision(), 2);
}

#[tokio::test]
async fn an_update_sees_no_drafts_and_overwrites_none() {
    let (desk, token) = Desk::with_things().await;
    let draft = format!("{THING} <> adms:status s:CANDIDATE .");
    assert_eq!(desk.put("/doc/thing/3", &token, &[], &draft).await.status, StatusCode::ACCEPTED);
    let answer = desk.update(&token, &[], "INSERT DATA { t:3 a e:Thing }").await;
    assert_eq!(answer.status.as_u16(), 422, "{}", answer.body);
    assert!(answer.body.contains("a draft waits"), "{}", answer.body);
    assert_eq!(desk.server.get("/doc/thing/3", "text/turtle").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_update_that_is_sent_again_with_its_key_is_done_once() {
    let (desk, token) = Desk::with_things().await;
    let text = "DELETE { t:1 e:n ?n } INSERT { t:1 e:n ?more } WHERE { t:1 e:n ?n BIND(?n + 1 AS ?more) }";
    for _ in 0..2 {
        let answer = desk.update(&token, &[(HeaderName::from_static("idempotency-key"), "\"one\"")], text).await;
        assert_eq!((answer.status, answer.header("eusl-revision")), (StatusCode::NO_CONTENT, "3"), "{}", answer.body);
    }
    assert!(desk.lines("/doc/thing/1").await.contains("<http://a.example/n> \"8\""));
}

/// Between what an update reads and what it writes nothing comes: no increment is lost.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn updates_that_count_at_the_same_time_count_all() {
    let (desk, token) = Desk::with_things().await;
    let desk = Arc::new(desk);
    let clients = (0..4).map(|_| {
        let (desk, token) = (Arc::clone(&desk), token.clone());
        tokio::spawn(async move {
            for _ in 0..10 {
                let text = "DELETE { t:1 e:n ?n } INSERT { t:1 e:n ?more } WHERE { t:1 e:n ?n BIND(?n + 1 AS ?more) }";
                let answer = desk.update(&token, &[], text).await;
                assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.body);
            }
        })
    });
    for client in clients.collect::<Vec<_>>() {
        client.await.unwrap();
    }
    let lines = desk.lines("/doc/thing/1").await;
    assert!(lines.contains("<http://a.example/n> \"47\""), "{lines}");
    assert_eq!((desk.catalogue.revision(), desk.catalogue.disagreement().unwrap()), (42, 0));
}
