//! `/query` and `/query/{name}`: the questions, and where their answers come from.
//!
//! What an answer should be is counted here from the tables of the list, or written down by hand beside data that
//! were made up for it: the queries have no part in that.

mod citation;
mod of_the_list;
mod of_towns;
mod parameters;

use crate::register::{BASE, catalogue};
use crate::server::TestServer;
use axum::http::StatusCode;
use eu_service_list::catalogue::{Base, Submission};
use eu_service_list::graph::Delta;
use eu_service_list::import::{Row, batch_of_turtle};
use eu_service_list::list::{QueryForm, Tables, assessments, stored_queries};
use eu_service_list::rdf::{NamedNode, Triple};
use eu_service_list::vocab::{eusl, sh};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};
use tokio::task::JoinHandle;

/// Two towns and what they do, made up for these tests.
const TOWNS: &str = include_str!("../../fixtures/queries/towns.ttl");

/// A server whose list has two made-up towns beside it, which all tests read and none writes.
fn with_towns() -> &'static TestServer {
    static SERVER: LazyLock<TestServer> = LazyLock::new(|| {
        let catalogue = catalogue();
        let base = Base::parse(BASE).unwrap();
        let batch = batch_of_turtle("http://towns.example/", "Two towns", &base, &[TOWNS]).unwrap();
        let submission = Submission {
            base: BASE.to_owned(),
            agent: "http://towns.example/".to_owned(),
            activity: "test".to_owned(),
            batches: vec![batch],
            release: None,
        };
        assert_eq!(catalogue.submit(submission).unwrap().rejected, []);
        TestServer::of(catalogue, BASE)
    });
    &SERVER
}

/// The answer to a question: a map from variable to value for each solution.
async fn answer(server: &TestServer, name: &str) -> Vec<BTreeMap<String, String>> {
    let answer = server.get(&format!("/query/{name}"), "text/csv").await;
    assert_eq!(answer.status, StatusCode::OK, "{name}: {}", answer.body);
    csv::Reader::from_reader(answer.body.as_bytes()).deserialize().map(|row| row.unwrap()).collect()
}

/// The values of some variables, in each solution. IRIs of records come without what they all begin with.
async fn values<const N: usize>(server: &TestServer, name: &str, variables: [&str; N]) -> BTreeSet<[String; N]> {
    let solutions = answer(server, name).await;
    let count = solutions.len();
    let value = |solution: &BTreeMap<String, String>, variable: &str| {
        solution[variable].trim_start_matches(BASE).trim_start_matches("id/").to_owned()
    };
    let found: BTreeSet<[String; N]> =
        solutions.iter().map(|solution| variables.map(|variable| value(solution, variable))).collect();
    assert_eq!(found.len(), count, "{name} says something twice");
    found
}

fn cell<'a>(row: &'a Row, column: &str) -> &'a str {
    row.get(column).unwrap_or_default()
}

fn set<const N: usize>(rows: impl IntoIterator<Item = [impl ToString; N]>) -> BTreeSet<[String; N]> {
    rows.into_iter().map(|row| row.map(|value| value.to_string())).collect()
}

/// What the decision table and its exceptions conclude: for services as a whole, and for single channels.
fn verdicts() -> (Vec<Row>, Vec<Row>) {
    assessments(&Tables::built_in().unwrap()).unwrap().rows.into_iter().partition(|row| cell(row, "channel").is_empty())
}

const OF_SOLUTIONS: [(&str, &str); 4] = [
    ("json", "application/sparql-results+json"),
    ("xml", "application/sparql-results+xml"),
    ("csv", "text/csv"),
    ("tsv", "text/tab-separated-values"),
];

const OF_TRIPLES: [(&str, &str); 5] = [
    ("turtle", "text/turtle"),
    ("ntriples", "application/n-triples"),
    ("rdfxml", "application/rdf+xml"),
    ("jsonld", "application/ld+json"),
    ("n3", "text/n3"),
];

#[tokio::test]
async fn every_question_has_a_page_and_an_answer_in_each_format() {
    let server = TestServer::new();
    for query in stored_queries() {
        let page = server.get(&format!("/query/{}", query.name), "text/html,*/*;q=0.8").await;
        assert_eq!(page.status, StatusCode::OK, "{}", query.name);
        assert!(page.body.contains(query.question) && page.body.contains("<textarea"), "{}", query.name);
        assert!(page.body.contains("action=\"http://lists.example.eu/en/sparql\""), "{}", query.name);
        let formats = if query.form == QueryForm::Construct { &OF_TRIPLES[..] } else { &OF_SOLUTIONS[..] };
        for (format, media_type) in formats {
            let named = server.get(&format!("/query/{}?format={format}", query.name), "text/html").await;
            let accepted = server.get(&format!("/query/{}", query.name), media_type).await;
            assert!(named.header("content-type").starts_with(media_type), "{} as {format}", query.name);
            assert_eq!(named.body, accepted.body, "{} as {format}", query.name);
            assert_eq!(named.header("eusl-revision"), "1", "{} as {format}", query.name);
        }
    }
}

#[tokio::test]
async fn an_answer_s_page_shows_the_answer_as_a_table_in_the_language_of_the_page() {
    let page = TestServer::new().get("/nl/query/when-people-move", "*/*").await;
    assert!(page.body.contains("<html lang=\"nl\">") && page.body.contains("<h2 id=\"answer\">Antwoord</h2>"));
    // 650 is one of those that the structure files under moving.
    let link = "<a href=\"http://lists.example.eu/nl/doc/service-type/650\"";
    assert!(page.body.contains(link) && page.body.contains("service-type/650</code>"), "{}", page.body);
    assert_eq!(page.header("content-language"), "nl");
}

#[tokio::test]
async fn all_questions_are_published_as_executables_that_run_as_they_stand() {
    let server = TestServer::new();
    let turtle = server.get("/query.ttl", "*/*").await;
    let mut forms = 0;
    for (class, form) in [("Select", QueryForm::Select), ("Construct", QueryForm::Construct), ("Ask", QueryForm::Ask)] {
        let count = stored_queries().iter().filter(|query| query.form == form).count();
        assert_eq!(turtle.body.matches(&format!("sh:SPARQL{class}Executable")).count(), count, "{class}");
        forms += usize::from(count > 0);
    }
    assert_eq!(forms, 3, "there is no question of some form");
    assert_eq!(server.get("/query", "text/turtle").await.body, turtle.body);
    let triples = eu_service_list::rdf::read_turtle(turtle.body.as_bytes(), BASE).unwrap();
    let texts = triples.iter().filter_map(|triple| match &triple.object {
        eu_service_list::rdf::Term::Literal(text)
            if [sh::SELECT, sh::CONSTRUCT, sh::ASK].contains(&triple.predicate.as_ref()) =>
        {
            Some(text)
        }
        _ => None,
    });
    for text in texts {
        assert_eq!(
            server.query(text.value(), "text/csv, text/turtle").await.status,
            StatusCode::OK,
            "{}",
            text.value()
        );
    }
    for form in ["jsonld", "rdf", "nt", "json", "html"] {
        assert_eq!(server.get(&format!("/query.{form}"), "*/*").await.status, StatusCode::OK, "{form}");
    }
}

#[tokio::test]
async fn the_front_page_and_the_query_page_lead_to_the_questions() {
    let server = TestServer::new();
    for (page, leads_to) in
        [("/", "query/answered-by-telephone"), ("/query", "query/answered-by-telephone"), ("/sparql", "query")]
    {
        let body = server.get(page, "text/html").await.body;
        assert!(body.contains(&format!("href=\"http://lists.example.eu/en/{leads_to}\"")), "{page}");
    }
}

#[tokio::test]
async fn a_question_that_there_is_not_and_a_format_that_cannot_hold_an_answer_are_refused() {
    let server = TestServer::new();
    let unknown = server.get("/query/nothing", "*/*").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    assert!(unknown.body.contains("/query lists those there are"), "{}", unknown.body);
    let refused = server.get("/query/transfers", "text/turtle").await;
    assert_eq!(refused.status, StatusCode::NOT_ACCEPTABLE);
    assert!(refused.body.contains("/query/transfers?format=csv"), "{}", refused.body);
    assert!(refused.body.contains("/query/transfers?format=html"), "{}", refused.body);
    assert!(!refused.body.contains("turtle"), "{}", refused.body);
    for format in ["turtle", "pdf", "text/turtle", ""] {
        let refused = server.get(&format!("/query/transfers?format={format}"), "application/json").await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{format}");
        assert!(
            refused.body.contains("format is one of bibtex, citation, csl, csv, html, json, tsv, xml"),
            "{}",
            refused.body
        );
        assert!(refused.body.contains("/query/transfers?format=tsv"), "{}", refused.body);
    }
    let named = server.get("/query/transfers?format=text/csv", "text/turtle").await;
    assert_eq!(named.header("content-type"), "text/csv; charset=utf-8");
}

#[tokio::test]
async fn an_answer_that_a_commit_has_overtaken_is_neither_kept_nor_passed_off_as_newer() {
    let catalogue = catalogue();
    let server = TestServer::of(Arc::clone(&catalogue), BASE);
    let follow = |revision, removed| {
        catalogue.graph().apply(&Delta { revision, removed, ..Delta::default() }).unwrap();
    };
    let row = "service-type/650</code>";
    // The register is at revision 1: as after its commit, while the graph has yet to follow.
    follow(0, Vec::new());
    let overtaken = server.get("/query/when-people-move", "text/html").await;
    assert_eq!((overtaken.header("eusl-revision"), overtaken.header("cache-control")), ("0", "no-store"));
    assert!(overtaken.body.contains(row));
    let event = NamedNode::new_unchecked("http://data.europa.eu/ox8/life-event/MOV");
    let subject = NamedNode::new_unchecked(format!("{BASE}id/service-type/650"));
    follow(1, vec![Triple::new(subject, eusl::TYPICAL_EVENT, event)]);
    let followed = server.get("/query/when-people-move", "text/html").await;
    assert_eq!((followed.header("eusl-revision"), followed.header("cache-control")), ("1", "no-cache"));
    assert!(!followed.body.contains(row), "a page from before the commit was kept");
}

#[test]
fn pages_of_questions_that_wait_for_their_turn_keep_no_other_page_waiting() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().max_blocking_threads(2).build().unwrap();
    runtime.block_on(async {
        let server = Arc::new(TestServer::of(catalogue(), BASE));
        // As many as may run at once, each for all the time there is.
        let endless = "SELECT (COUNT(*) AS ?all) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c != ?f) }";
        let endless: Vec<_> = (0..4).map(|_| in_background(&server, "/sparql", endless)).collect();
        tokio::time::sleep(Duration::from_millis(300)).await;
        let pages: Vec<_> = (0..8).map(|_| in_background(&server, "/query/when-people-move", "")).collect();
        tokio::time::sleep(Duration::from_millis(300)).await;
        let start = Instant::now();
        assert_eq!(server.get("/desk", "text/html").await.status, StatusCode::OK);
        assert!(start.elapsed() < Duration::from_millis(1_500), "/desk took {:?}", start.elapsed());
        let first = pages.into_iter().next().unwrap().await.unwrap();
        assert_eq!(first, StatusCode::SERVICE_UNAVAILABLE, "there was nothing to wait for");
        endless.iter().for_each(JoinHandle::abort);
    });
}

/// Asks for a page, or sends a query, in a task of its own.
fn in_background(server: &Arc<TestServer>, path: &'static str, query: &'static str) -> JoinHandle<StatusCode> {
    let server = Arc::clone(server);
    tokio::spawn(async move {
        if query.is_empty() { server.get(path, "text/html").await } else { server.query(query, "*/*").await }.status
    })
}
