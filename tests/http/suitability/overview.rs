//! What belongs to the second list: the decision table, the phases, pilots, co-design.

use super::{WHOLE, counted, total, with_a_town};
use crate::server::TestServer;
use axum::http::StatusCode;
use std::collections::BTreeMap;

#[tokio::test]
async fn the_decision_table_has_its_rules_in_order_with_what_each_decides() {
    let server = TestServer::new();
    let body = server.get("/list/decision-table", "text/html").await.body;
    let places: Vec<usize> = body
        .split("<th scope=\"row\"><span class=\"figure\">")
        .skip(1)
        .map(|row| row.split('.').next().unwrap().parse().unwrap())
        .collect();
    // One line of the table is one rule, after the header.
    let rules = include_str!("../../../vocab/list/decision-table.csv").lines().count() - 1;
    assert_eq!(places, (1..=rules).collect::<Vec<_>>());
    let mut decided: BTreeMap<String, usize> = BTreeMap::new();
    for link in body.split("list/suitability?").skip(1) {
        let (query, rest) = link.split_once("\">").unwrap();
        let number: usize = rest.split('<').next().unwrap().parse().unwrap();
        let query = query.replace("&#38;", "&");
        assert_eq!(total(&server, &format!("?{query}")).await, number, "{query}");
        if !query.contains("channel=") {
            decided.insert(query, number);
        }
    }
    let argued = counted(&server, &format!("{WHOLE} FILTER NOT EXISTS {{ ?v eusl:rule ?rule }}")).await;
    assert_eq!(decided.values().sum::<usize>() + argued, 1_519, "a rule or an argument decides each type");
}

#[tokio::test]
async fn the_phases_say_how_much_can_be_taken_from_each_on() {
    let server = TestServer::new();
    let body = server.get("/list/antwoord-phase", "text/html").await.body;
    let mut links = 0;
    for link in body.split("list/suitability?").skip(1) {
        let Some((query, rest)) = link.split_once("\">").filter(|(query, _)| query.contains("phase=")) else {
            continue;
        };
        let number: usize = rest.split('<').next().unwrap().parse().unwrap();
        assert_eq!(total(&server, &format!("?{}", query.replace("&#38;", "&"))).await, number, "{query}");
        links += 1;
    }
    assert!(links >= 10, "{links}");
}

#[tokio::test]
async fn pilots_and_co_design_are_listed_with_what_was_taken_over() {
    let server = with_a_town();
    let body = server.get("/pilots", "text/html").await.body;
    let (first, second) = body.split_once("Second pilot").unwrap();
    assert!(first.contains("First &#60;pilot&#62;") && first.contains("/doc/pilot/second"), "{first}");
    for link in ["/doc/pilot/first", "/doc/organisation/town", "/doc/channel-type/telephone"] {
        assert!(second.contains(link), "{link}");
    }
    let body = server.get("/nl/co-design", "text/html").await.body;
    for said in ["A walk", "/nl/doc/co-design/walk", "/nl/doc/co-design-method/journey-mapping"] {
        assert!(body.contains(said), "{said}");
    }
    let none = TestServer::new().get("/pilots", "text/html").await;
    assert_eq!(none.status, StatusCode::OK);
}
