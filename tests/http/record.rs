//! Writing records: PUT, PATCH, DELETE and POST, and what waits to be published.

use crate::server::{Answer, TestServer};
use axum::body::Body;
use axum::http::{HeaderName, Method, Request, StatusCode, header};
use eu_service_list::catalogue::{Base, Catalogue, NewToken, Role};
use eu_service_list::register::Location;
use std::sync::Arc;

pub(crate) const BASE: &str = "http://lists.example.eu/";
pub(crate) const PREFIXES: &str =
    "@prefix adms: <http://www.w3.org/ns/adms#> . @prefix dct: <http://purl.org/dc/terms/> .
    @prefix eusl: <https://w3id.org/eu-service-list/def#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    @prefix s: <http://publications.europa.eu/resource/authority/concept-status/> .\n";

/// A thing of a class that no shape knows; `<>` is its record.
pub(crate) const THING: &str = "<> a <http://a.example/Thing> ; skos:prefLabel 'Thing'@en .";

/// A server of an empty register, and who writes there.
pub(crate) struct Desk {
    pub(crate) server: TestServer,
    pub(crate) catalogue: Arc<Catalogue>,
}

impl Desk {
    pub(crate) fn new() -> Self {
        let catalogue = Arc::new(Catalogue::open(&Location::Memory, &Base::parse(BASE).unwrap()).unwrap());
        Self { server: TestServer::of(Arc::clone(&catalogue), BASE), catalogue }
    }

    pub(crate) fn token(&self, role: Role) -> String {
        let new = NewToken {
            name: role.name().to_owned(),
            role,
            organisation: None,
            kinds: std::collections::BTreeSet::new(),
            numbers: None,
            expires: None,
        };
        self.catalogue.add_token(new).unwrap().text.reveal().to_owned()
    }

    pub(crate) async fn send(
        &self,
        method: Method,
        path: &str,
        token: &str,
        fields: &[(HeaderName, &str)],
        body: &str,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        if !token.is_empty() {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        for (name, value) in fields {
            request = request.header(name, *value);
        }
        self.server.send(request.body(Body::from(body.to_owned())).unwrap()).await
    }

    pub(crate) async fn put(&self, path: &str, token: &str, fields: &[(HeaderName, &str)], turtle: &str) -> Answer {
        let fields: Vec<_> =
            [(header::CONTENT_TYPE, "text/turtle")].into_iter().chain(fields.iter().cloned()).collect();
        self.send(Method::PUT, path, token, &fields, &format!("{PREFIXES}{turtle}")).await
    }

    pub(crate) async fn etag(&self, path: &str) -> String {
        self.server.get(path, "text/turtle").await.header("etag").to_owned()
    }
}

pub(crate) fn problem(answer: &Answer) -> String {
    let problem: serde_json::Value = serde_json::from_str(&answer.body).unwrap_or_default();
    problem["type"].as_str().unwrap_or_default().rsplit('/').next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_record_is_made_changed_and_withdrawn_and_each_state_is_seen_at_once() {
    let desk = Desk::new();
    let token = desk.token(Role::Manage);
    let made = desk.put("/doc/thing/1", &token, &[(header::IF_NONE_MATCH, "*")], THING).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
    assert_eq!(made.header("location"), format!("{BASE}doc/thing/1"));
    assert_eq!(made.header("eusl-revision"), "1");
    let etag = desk.etag("/doc/thing/1").await;
    assert!(etag.starts_with("\"v1-"), "{etag}");
    let changed = THING.replace("'Thing'", "'Better'");
    let answer = desk.put("/doc/thing/1", &token, &[(header::IF_MATCH, &etag)], &changed).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.body);
    assert!(desk.server.get("/doc/thing/1", "text/turtle").await.body.contains("Better"));
    let again = desk.put("/doc/thing/1", &token, &[(header::IF_MATCH, &etag)], THING).await;
    assert_eq!((again.status, problem(&again).as_str()), (StatusCode::PRECONDITION_FAILED, "precondition-failed"));
    let etag = desk.etag("/doc/thing/1").await;
    let gone = desk.send(Method::DELETE, "/doc/thing/1?reason=moved", &token, &[(header::IF_MATCH, &etag)], "").await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT, "{}", gone.body);
    for accept in ["text/turtle", "text/html", "application/ld+json"] {
        let left = desk.server.get("/doc/thing/1", accept).await;
        assert_eq!(left.status, StatusCode::GONE);
        assert!(left.body.contains("Better") && left.body.contains("RETIRED"), "{}", left.body);
    }
    assert_eq!(desk.server.get("/id/thing/1", "*/*").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn without_a_token_nothing_is_written_and_without_a_precondition_nothing_is_replaced() {
    let desk = Desk::new();
    let token = desk.token(Role::Manage);
    for (path, method) in
        [("/doc/thing/1", Method::PUT), ("/doc/thing/1", Method::DELETE), ("/doc/thing", Method::POST)]
    {
        let answer = desk.send(method, path, "", &[(header::CONTENT_TYPE, "text/turtle")], THING).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{path}");
    }
    assert_eq!(desk.catalogue.revision(), 0);
    assert_eq!(desk.put("/doc/thing/1", &token, &[], THING).await.status, StatusCode::CREATED);
    let answer = desk.put("/doc/thing/1", &token, &[], &THING.replace("'Thing'", "'Other'")).await;
    assert_eq!((answer.status.as_u16(), problem(&answer).as_str()), (428, "precondition-required"));
    let answer = desk.send(Method::DELETE, "/doc/thing/1", &token, &[], "").await;
    assert_eq!((answer.status.as_u16(), problem(&answer).as_str()), (428, "precondition-required"));
}

#[tokio::test]
async fn what_breaks_the_shapes_is_refused_with_violations_told_in_the_language_asked_for_or_with_the_report() {
    let desk = Desk::new();
    let token = desk.token(Role::Manage);
    let broken = "<> a skos:Concept , eusl:ServiceType ; skos:prefLabel 'Bins'@en .";
    let post = |fields: Vec<(HeaderName, &'static str)>| {
        let fields: Vec<_> = [(header::CONTENT_TYPE, "text/turtle")].into_iter().chain(fields).collect();
        let (desk, token) = (&desk, &token);
        async move { desk.send(Method::POST, "/doc/service-type", token, &fields, &format!("{PREFIXES}{broken}")).await }
    };
    let answer = post(vec![(header::ACCEPT_LANGUAGE, "nl")]).await;
    assert_eq!((answer.status.as_u16(), problem(&answer).as_str()), (422, "record-refused"), "{}", answer.body);
    assert!(answer.body.contains("precies één adms:status"), "{}", answer.body);
    assert!(answer.body.contains("/id/service-type/10000"), "{}", answer.body);
    let answer = post(vec![(header::ACCEPT, "text/turtle")]).await;
    assert_eq!((answer.status.as_u16(), answer.header("content-type")), (422, "text/turtle; charset=utf-8"));
    assert!(answer.body.contains("sh:ValidationReport") && answer.body.contains("sh:resultMessage"), "{}", answer.body);
    let answer = post(vec![(header::ACCEPT, "text/html"), (header::ACCEPT_LANGUAGE, "de")]).await;
    assert!(answer.status.as_u16() == 422 && answer.body.contains("<ul class=\"violations\">"), "{}", answer.body);
    assert_eq!((desk.catalogue.revision(), desk.catalogue.graph().triple_count().unwrap()), (0, 0));
    // What was refused gave no number away.
    let made = desk
        .send(
            Method::POST,
            "/doc/thing",
            &token,
            &[(header::CONTENT_TYPE, "text/turtle")],
            &format!("{PREFIXES}{THING}"),
        )
        .await;
    assert_eq!(made.header("location"), format!("{BASE}doc/thing/1"), "{}", made.body);
}

#[tokio::test]
async fn a_document_that_was_got_can_be_sent_back_whole_in_each_syntax() {
    let desk = Desk::new();
    let token = desk.token(Role::Manage);
    desk.put("/doc/thing/2", &token, &[], &THING.replace("'Thing'", "'Neighbour'")).await;
    let with_parts = format!("{THING} <> skos:related <2> ; skos:note [ dct:title 'Part'@en ] .");
    let made = desk.put("/doc/thing/1", &token, &[], &with_parts).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
    let revision = desk.catalogue.revision();
    for media_type in ["text/turtle", "application/ld+json", "application/rdf+xml", "application/n-triples"] {
        let got = desk.server.get("/doc/thing/1", media_type).await;
        assert!(got.body.contains("Neighbour"), "the document names its neighbours");
        let etag = got.header("etag").to_owned();
        let fields = [(header::CONTENT_TYPE, media_type), (header::IF_MATCH, etag.as_str())];
        let back = desk.send(Method::PUT, "/doc/thing/1", &token, &fields, &got.body).await;
        assert_eq!(back.status, StatusCode::NO_CONTENT, "{media_type}: {}", back.body);
        assert_eq!(desk.catalogue.revision(), revision, "{media_type}: the same makes no version");
    }
    let etag = desk.etag("/doc/thing/1").await;
    let renamed = format!("{with_parts} <2> skos:prefLabel 'Changed'@en .");
    let answer = desk.put("/doc/thing/1", &token, &[(header::IF_MATCH, &etag)], &renamed).await;
    assert_eq!((answer.status.as_u16(), problem(&answer).as_str()), (422, "record-refused"));
    assert!(answer.body.contains("id/thing/2"), "{}", answer.body);
}

#[tokio::test]
async fn a_patch_changes_what_it_names() {
    let desk = Desk::new();
    let token = desk.token(Role::Manage);
    desk.put("/doc/thing/1", &token, &[], &format!("{THING} <> skos:definition 'As it was'@en .")).await;
    let patch = |media_type: &'static str, body: &'static str| {
        let (desk, token) = (&desk, &token);
        async move {
            let etag = desk.etag("/doc/thing/1").await;
            let fields = [(header::CONTENT_TYPE, media_type), (header::IF_MATCH, etag.as_str())];
            let answer = desk.send(Method::PATCH, "/doc/thing/1", token, &fields, body).await;
            (answer.status, answer.body, desk.server.get("/doc/thing/1", "text/turtle").await.body)
        }
    };
    let merge = r#"{ "prefLabel": { "nl": "Ding" } }"#;
    let (status, body, shown) = patch("application/merge-patch+json", merge).await;
    assert_eq!(status, StatusCode::NO_CONTENT, "{body}");
    assert!(shown.contains("\"Ding\"@nl") && shown.contains("\"Thing\"@en") && shown.contains("As it was"), "{shown}");
    let update = "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        DELETE { ?thing skos:definition ?was } INSERT { ?thing skos:definition 'As it is'@en }
        WHERE { ?thing skos:definition ?was }";
    let (status, body, shown) = patch("application/sparql-update", update).await;
    assert_eq!(status, StatusCode::NO_CONTENT, "{body}");
    assert!(shown.contains("As it is") && !shown.contains("As it was"), "{shown}");
    let (status, body, _) = patch("application/sparql-update", "DELETE WHERE {").await;
    assert_eq!(status, StatusCode::BAD_REQUEST, "{body}");
    let misspelt = r#"{ "prefLable": { "nl": "Dink" }, "definition": { "en": "Lost" } }"#;
    let (status, body, shown) = patch("application/merge-patch+json", misspelt).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
    assert!(body.contains("prefLable") && body.contains("/context/v1.jsonld"), "{body}");
    assert!(!shown.contains("Lost"), "nothing of it is written: {shown}");
    let (status, body, _) = patch("application/merge-patch+json", r#"{ "type": null }"#).await;
    assert!(status.as_u16() == 422 && body.contains("leave its rdf:type"), "{body}");
    let (status, body, _) = patch("application/merge-patch+json", "{").await;
    assert_eq!(status, StatusCode::BAD_REQUEST, "{body}");
    let (status, body, _) = patch("application/json-patch+json", "[]").await;
    assert_eq!(status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{body}");
    let of_another = "INSERT DATA { <http://lists.example.eu/id/thing/2> a <a:T> }";
    let (status, body, _) = patch("application/sparql-update", of_another).await;
    assert_eq!(status.as_u16(), 422, "{body}");
}

#[tokio::test]
async fn a_draft_is_for_its_writers_alone_until_it_is_published() {
    let desk = Desk::new();
    let (submitter, editor) = (desk.token(Role::Submit), desk.token(Role::Edit));
    let draft = format!("{THING} <> adms:status s:CANDIDATE .");
    let answer = desk.put("/doc/thing/1", &submitter, &[], &draft).await;
    assert_eq!(answer.status, StatusCode::ACCEPTED, "{}", answer.body);
    assert_eq!(answer.header("location"), format!("{BASE}draft/thing/1"));
    assert_eq!(desk.server.get("/doc/thing/1", "text/turtle").await.status, StatusCode::NOT_FOUND);
    assert_eq!(desk.server.get("/draft/thing/1", "text/turtle").await.status, StatusCode::UNAUTHORIZED);
    let waits = desk.send(Method::GET, "/draft/thing/1", &editor, &[], "").await;
    assert!(waits.status == StatusCode::OK && waits.body.contains("Thing"), "{}", waits.body);
    assert!(waits.header("cache-control").contains("no-store"), "{:?}", waits.headers);
    let etag = waits.header("etag").to_owned();
    assert!(etag.starts_with("\"d1-"), "{etag}");
    let listed = desk.send(Method::GET, "/draft", &submitter, &[], "").await;
    assert!(listed.body.contains("thing/1") || listed.body.contains("thing:1"), "{}", listed.body);
    let answer = desk.put("/doc/thing/1", &editor, &[(header::IF_MATCH, &etag)], THING).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
    assert_eq!(desk.send(Method::GET, "/draft/thing/1", &editor, &[], "").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_number_can_be_reserved_and_is_told() {
    let desk = Desk::new();
    let editor = desk.token(Role::Edit);
    let answer = desk.send(Method::POST, "/doc/service-type?status=reserved", &editor, &[], "").await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
    assert_eq!(answer.header("location"), format!("{BASE}draft/service-type/10000"));
    assert_eq!(desk.server.get("/doc/service-type/10000", "text/turtle").await.status, StatusCode::NOT_FOUND);
    let path = "/draft/service-type/10000";
    let waits = desk.send(Method::GET, path, &editor, &[], "").await;
    let etag = waits.header("etag").to_owned();
    assert!(etag.starts_with("\"d1-"), "{etag}");
    let answer = desk.send(Method::DELETE, path, &editor, &[(header::IF_MATCH, "\"d2-00-ttl\"")], "").await;
    assert_eq!(answer.status, StatusCode::PRECONDITION_FAILED, "{}", answer.body);
    let answer = desk.send(Method::DELETE, path, &editor, &[(header::IF_MATCH, &etag)], "").await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.body);
    assert_eq!(desk.send(Method::GET, path, &editor, &[], "").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_new_service_type_bears_the_number_that_it_is_given() {
    let catalogue = crate::register::catalogue();
    let desk = Desk { server: TestServer::of(Arc::clone(&catalogue), BASE), catalogue };
    let editor = desk.token(Role::Edit);
    let new = "<> a skos:Concept , <https://w3id.org/eu-service-list/def#ServiceType> ; skos:prefLabel 'Drones'@en ;
        skos:definition 'Flying them'@en ; skos:inScheme <http://lists.example.eu/list/services> ; adms:status s:CANDIDATE .";
    let fields = [(header::CONTENT_TYPE, "text/turtle")];
    let answer = desk.send(Method::POST, "/doc/service-type", &editor, &fields, &format!("{PREFIXES}{new}")).await;
    assert_eq!(answer.status, StatusCode::ACCEPTED, "{}", answer.body);
    let waits = desk
        .send(Method::GET, "/draft/service-type/10000", &editor, &[(header::ACCEPT, "application/n-triples")], "")
        .await;
    for property in ["http://www.w3.org/2004/02/skos/core#notation", "http://purl.org/dc/terms/identifier"] {
        assert!(waits.body.contains(&format!("<{property}> \"10000\" .")), "{}", waits.body);
    }
}

#[tokio::test]
async fn a_request_that_is_sent_again_with_its_key_is_written_once() {
    let desk = Desk::new();
    let editor = desk.token(Role::Edit);
    let body = format!("{PREFIXES}{THING}");
    let key = HeaderName::from_static("idempotency-key");
    let fields = [(header::CONTENT_TYPE, "text/turtle"), (key.clone(), "\"8e03978e\"")];
    let first = desk.send(Method::POST, "/doc/thing", &editor, &fields, &body).await;
    let second = desk.send(Method::POST, "/doc/thing", &editor, &fields, &body).await;
    assert_eq!((first.status, second.status), (StatusCode::CREATED, StatusCode::CREATED));
    assert_eq!(first.header("location"), second.header("location"));
    let other = desk.send(Method::POST, "/doc/thing", &editor, &fields, &body.replace("Thing'", "Other'")).await;
    assert_eq!((other.status.as_u16(), problem(&other).as_str()), (422, "key-reused"));
}

#[tokio::test]
async fn the_answer_holds_the_document_where_that_is_preferred() {
    let desk = Desk::new();
    let editor = desk.token(Role::Edit);
    let prefer = (HeaderName::from_static("prefer"), "return=representation");
    let answer = desk.put("/doc/thing/1", &editor, &[prefer], THING).await;
    assert_eq!(answer.status, StatusCode::CREATED);
    assert!(answer.body.contains("\"Thing\"@en") && answer.header("etag").starts_with("\"v1-"), "{}", answer.body);
    assert_eq!(answer.header("preference-applied"), "return=representation");
}

#[tokio::test]
async fn an_illegal_step_is_told_with_the_legal_ones() {
    let desk = Desk::new();
    let manager = desk.token(Role::Manage);
    let entry = format!("{THING} <> skos:inScheme <http://a.example/scheme> .");
    desk.put("/doc/thing/1", &manager, &[], &entry).await;
    let etag = desk.etag("/doc/thing/1").await;
    let answer = desk.send(Method::DELETE, "/doc/thing/1", &manager, &[(header::IF_MATCH, &etag)], "").await;
    assert_eq!((answer.status.as_u16(), problem(&answer).as_str()), (409, "step-refused"));
    assert!(answer.body.contains("stable or deprecated or superseded"), "{}", answer.body);
}

#[tokio::test]
async fn what_cannot_be_read_or_named_is_told_with_its_place() {
    let desk = Desk::new();
    let editor = desk.token(Role::Edit);
    let answer = desk.put("/doc/thing/1", &editor, &[], "<> a <http://a.example/Thing> ;;; . <").await;
    assert_eq!((answer.status.as_u16(), problem(&answer).as_str()), (400, "rdf-syntax"));
    assert!(answer.body.contains("\"line\":"), "{}", answer.body);
    for (path, status) in [("/doc/thing/1.ttl", 404), ("/nl/doc/thing/1", 405), ("/doc/Thing/1", 404)] {
        assert_eq!(desk.put(path, &editor, &[], THING).await.status.as_u16(), status, "{path}");
    }
    let plain = [(header::CONTENT_TYPE, "text/plain")];
    assert_eq!(desk.send(Method::PUT, "/doc/thing/1", &editor, &plain, "x").await.status.as_u16(), 415);
    assert_eq!(desk.catalogue.revision(), 0);
}
