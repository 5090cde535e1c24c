//! `SERVICE eusl:textSearch` in queries at `/sparql`.

use crate::register::{BASE, catalogue};
use crate::said::say;
use crate::server::{Answer, TestServer};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use eu_service_list::http::Router;
use eu_service_list::rdf::{Content, Literal, NamedNode, Triple};
use eu_service_list::vocab::skos;
use std::sync::{Arc, LazyLock};

/// A server with the shipped list, whose text index is kept and which none writes.
fn server() -> TestServer {
    static KEPT: LazyLock<Router> = LazyLock::new(|| {
        let catalogue = catalogue();
        catalogue.keep_text_index();
        TestServer::of(catalogue, BASE).into_router()
    });
    TestServer::with(KEPT.clone())
}

/// Asks until the index has followed: a machine with much to do may need longer than a search waits.
async fn ask(server: &TestServer, query: &str) -> Answer {
    for _ in 0..60 {
        let answer = server.query(query, "text/csv").await;
        if answer.status != StatusCode::SERVICE_UNAVAILABLE {
            return answer;
        }
    }
    panic!("the text index never follows");
}

/// The lines of the solutions to a query, without the variables.
async fn lines(server: &TestServer, query: &str) -> Vec<String> {
    let answer = ask(server, query).await;
    assert_eq!(answer.status, StatusCode::OK, "{query}: {}", answer.body);
    answer.body.lines().skip(1).map(str::to_owned).collect()
}

async fn sorted(server: &TestServer, query: &str) -> Vec<String> {
    let mut lines = lines(server, query).await;
    lines.sort();
    lines
}

#[tokio::test]
async fn a_name_is_found_once_it_is_there_with_or_without_its_diacritics() {
    let catalogue = catalogue();
    catalogue.keep_text_index();
    let server = TestServer::of(Arc::clone(&catalogue), BASE);
    let asked = |words: &str| format!("SELECT ?found {{ SERVICE eusl:textSearch {{ ?found eusl:words {words} }} }}");
    assert!(lines(&server, &asked("\"bicyclettes abandonnées\"")).await.is_empty());
    let record = format!("{BASE}id/service-type/1512");
    let name = Literal::new_language_tagged_literal_unchecked("Bicyclettes abandonnées", "fr");
    let triple = Triple::new(NamedNode::new_unchecked(&record), skos::PREF_LABEL, name);
    say(&catalogue, "http://translator.example/", record.clone(), Content::from_iter([triple]), &[]);
    for words in ["\"bicyclettes abandonnées\"", "\"bicyclettes abandonnees\"@fr", "\"BICYCLETTE abandonnée\"@fr-BE"]
    {
        assert_eq!(lines(&server, &asked(words)).await, [record.as_str()], "{words}");
    }
    assert!(lines(&server, &asked("\"bicyclettes abandonnées\"@en")).await.is_empty());
}

#[tokio::test]
async fn what_is_found_comes_with_its_score_its_literal_and_its_property() {
    let query = "SELECT ?name ?property (DATATYPE(?score) AS ?type) {
        SERVICE eusl:textSearch { ?found eusl:words \"abandoned vehicles\"@en ; eusl:limit 1 ; eusl:score ?score ;
                                         eusl:literal ?name ; eusl:property ?property }
        ?found ?property ?name }";
    let answer = lines(&server(), query).await;
    let double = "http://www.w3.org/2001/XMLSchema#double";
    assert_eq!(answer, [format!("Abandoned vehicles,{},{double}", skos::PREF_LABEL.as_str())]);
}

#[tokio::test]
async fn a_search_means_the_same_wherever_it_stands() {
    let server = server();
    let search = "SERVICE eusl:textSearch { ?s eusl:words \"abandoned\"@en ; eusl:property skos:prefLabel }";
    let filter = "?s skos:prefLabel ?n FILTER(LANG(?n) = \"en\" && REGEX(?n, \"\\\\babandon(ed|ment)?\\\\b\", \"i\"))";
    let all = "?s skos:inScheme ?scheme .";
    for place in [
        "SELECT DISTINCT ?s { #HERE# }",
        "SELECT DISTINCT ?s { #ALL# #HERE# }",
        "SELECT DISTINCT ?s { { #HERE# } UNION { ?s skos:notation \"372\" } }",
        "SELECT DISTINCT ?s { ?s skos:notation ?x FILTER EXISTS { #HERE# } }",
        "SELECT DISTINCT ?s { ?s skos:notation ?x FILTER EXISTS { #HERE# ?s skos:broader ?b . ?b skos:broader ?c } }",
        "SELECT DISTINCT ?s { ?s skos:notation ?x FILTER NOT EXISTS { #HERE# } } ORDER BY ?s LIMIT 50",
        "SELECT DISTINCT ?s { ?s skos:notation ?x MINUS { #HERE# } } ORDER BY ?s LIMIT 50",
        "SELECT (COUNT(DISTINCT ?found) AS ?s) { ?x skos:notation ?y OPTIONAL { { SELECT (?s AS ?found) { #HERE# } } FILTER(?x = ?found) } }",
        "SELECT DISTINCT ?s { { SELECT ?s { #HERE# } ORDER BY ?s LIMIT 2 } }",
    ] {
        let query = |here: &str| place.replace("#HERE#", here).replace("#ALL#", all);
        let (searched, filtered) = (sorted(&server, &query(search)).await, sorted(&server, &query(filter)).await);
        assert_eq!(searched, filtered, "{place}");
        assert!(!searched.is_empty(), "{place}");
    }
}

#[tokio::test]
async fn a_search_that_cannot_be_done_is_refused_with_what_to_do() {
    let server = server();
    for (inside, told) in [
        ("?found eusl:words ?text", "eusl:textSearch { ?found eusl:words"),
        ("?found eusl:score ?score", "it has no eusl:words"),
        ("", "it has no eusl:words"),
        ("?found eusl:words \"a\" ; eusl:words \"b\"", "twice"),
        ("?found eusl:words \"a\" . ?other eusl:score ?score", "about"),
        ("?found eusl:words \"a\" ; eusl:score ?found", "two things"),
        ("?found eusl:words \"a\" ; eusl:score 3", "takes a variable"),
        ("?found eusl:words \"a\" ; skos:broader ?b", "it knows no"),
        ("?found ?p \"a\"", "cannot be a predicate"),
        ("<http://a.example/> eusl:words \"a\"", "must be a variable"),
        ("?found eusl:words \"a\" FILTER(?found != <http://a.example/>)", "more than triple patterns"),
        ("?found eusl:words \"a\" ; eusl:limit 0", "from 1 to 10000"),
        ("?found eusl:words \"a\" ; eusl:limit 10001", "from 1 to 10000"),
        ("?found eusl:words \"a\" ; eusl:limit \"ten\"", "from 1 to 10000"),
        ("?found eusl:words \"?!\"", "no letter"),
    ] {
        for silent in ["", "SILENT "] {
            let query = format!("SELECT * {{ SERVICE {silent}eusl:textSearch {{ {inside} }} }}");
            let answer = ask(&server, &query).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{query}");
            assert!(answer.body.contains(told), "{query}: {}", answer.body);
        }
    }
    let long = format!("ASK {{ SERVICE eusl:textSearch {{ ?s eusl:words \"{}\" }} }}", "a".repeat(1_001));
    assert!(ask(&server, &long).await.body.contains("more than 1000 characters"));
    let many = "SERVICE eusl:textSearch { ?s eusl:words \"abandoned\" }".repeat(9);
    assert!(ask(&server, &format!("ASK {{ {many} }}")).await.body.contains("8 text searches"));
}

#[tokio::test]
async fn where_no_index_is_kept_and_in_updates_a_search_is_refused() {
    let here = "SERVICE eusl:textSearch { ?s eusl:words \"abandoned\" }";
    let answer = TestServer::new().query(&format!("ASK {{ {here} }}"), "text/csv").await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert!(answer.body.contains("no text search over these data"), "{}", answer.body);
    let elsewhere = "SERVICE <http://a.example/> { SERVICE eusl:textSearch { ?s eusl:words \"a\" } }";
    let answer = server().query(&format!("ASK {{ {elsewhere} }}"), "text/csv").await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn an_answer_that_rests_on_a_search_is_not_kept() {
    let query = "ASK { SERVICE eusl:textSearch { ?s eusl:words \"abandoned\" } }";
    let answer = ask(&server(), query).await;
    assert_eq!(answer.status, StatusCode::OK);
    let known = Request::get(format!("/sparql?query={}", query.replace(' ', "%20").replace('"', "%22")))
        .header(header::IF_NONE_MATCH, "*")
        .body(Body::empty())
        .unwrap();
    assert_eq!(server().send(known).await.status, StatusCode::OK);
}
