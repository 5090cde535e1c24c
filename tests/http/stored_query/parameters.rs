//! Questions that are asked with other values than the usual ones.

use super::with_towns;
use crate::register::BASE;
use crate::server::TestServer;
use axum::http::StatusCode;
use eu_service_list::list::stored_queries;
use eu_service_list::rdf::{Literal, Term, Triple, read_turtle};
use eu_service_list::vocab::{rdf, sh};

#[tokio::test]
async fn what_is_no_parameter_or_no_value_of_it_is_refused_with_those_there_are() {
    let server = TestServer::new();
    for (address, why) in [
        ("answered-by-telephone?fase=3", "fase is no parameter of this question"),
        ("answered-by-telephone?phase=three", "phase=three cannot be taken: phase is a whole number"),
        ("answered-by-telephone?phase=3&phase=4", "phase is given twice"),
        ("answered-by-telephone?phase=3&phase=3", "phase is given twice"),
    ] {
        for accept in ["text/csv", "text/html"] {
            let refused = server.get(&format!("/query/{address}"), accept).await;
            assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{address}");
            assert!(refused.body.contains(why), "{address}: {}", refused.body);
            assert!(refused.body.contains("its parameters are format and phase (a whole number; 2 unless given), lang (a language tag such as nl; en unless given)"), "{}", refused.body);
        }
    }
    let none = server.get("/query/events?phase=3", "text/csv").await;
    assert!(none.body.contains("it has no parameters but format"), "{}", none.body);
}

#[tokio::test]
async fn a_reference_to_a_record_that_there_is_not_is_refused_and_not_answered_with_nothing() {
    let server = TestServer::new();
    let refused = server.get("/query/phases?assessor=nobody", "text/csv").await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
    assert!(
        refused.body.contains("there is no record <http://lists.example.eu/id/organisation/nobody>"),
        "{}",
        refused.body
    );
    assert_eq!(server.get("/query/phases?assessor=oldenburg", "text/csv").await.status, StatusCode::OK);
    // A code of another list is not known here, so it is asked.
    assert_eq!(server.get("/query/when-people-move?event=XYZ", "text/csv").await.status, StatusCode::OK);
}

/// What would be more than a value if it went into the text of a query as it came.
const HOSTILE: [&str; 8] = [
    "4.00\" } UNION { ?type ?former ?name } #",
    "4.00\\u0022 } UNION { ?type ?former ?name } #",
    "4.00\\\" } UNION { ?type ?former ?name } #",
    "4.00\n\" }",
    "> } #",
    "}}}}",
    "?type",
    "\u{2028}'''",
];

#[tokio::test]
async fn no_value_becomes_more_than_a_term_of_the_query() {
    for value in HOSTILE {
        let encoded: String = form_urlencoded::byte_serialize(value.as_bytes()).collect();
        let answer = with_towns().get(&format!("/query/renamed-in-release?release={encoded}"), "text/csv").await;
        // A text with a backslash or a control character is refused; any other is looked for and not there.
        let is_refused = value.contains(['\\', '\n']);
        assert_eq!(answer.status == StatusCode::BAD_REQUEST, is_refused, "{value}: {}", answer.body);
        assert!(is_refused || answer.body.trim() == "number,type,former,name", "{value}: {}", answer.body);
        for address in
            ["answered-by-telephone?phase=", "renamed?lang=", "search-words?type=", "when-people-move?event="]
        {
            let answer = with_towns().get(&format!("/query/{address}{encoded}"), "text/csv").await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{address}{value}: {}", answer.body);
        }
    }
}

#[tokio::test]
async fn a_page_has_a_field_for_each_parameter_filled_with_its_value() {
    let page = TestServer::new().get("/de/query/by-confidence?confidence=medium&lang=sv", "*/*").await.body;
    assert!(page.contains("<form method=\"get\" action=\"http://lists.example.eu/de/query/by-confidence\">"), "{page}");
    assert!(page.contains("<label for=\"p-confidence\" lang=\"en\">How firm the ground is</label>"), "{page}");
    assert!(page.contains("<option value=\"medium\" selected>Mittel</option>"), "{page}");
    assert!(page.contains("<option value=\"editors\""), "{page}");
    assert!(page.contains("<input id=\"p-lang\" name=\"lang\" type=\"text\" maxlength=\"200\" value=\"sv\""), "{page}");
    // The query stands below with the values in it, and the page in another language asks for the same.
    assert!(page.contains("VALUES ?confidence { &#60;id/confidence/medium&#62; }"), "{page}");
    assert!(
        page.contains("href=\"http://lists.example.eu/fr/query/by-confidence?confidence=medium&#38;lang=sv\""),
        "{page}"
    );
    assert!(
        page.contains(
            "href=\"http://lists.example.eu/query/by-confidence?confidence=medium&#38;lang=sv&#38;format=csv\""
        ),
        "{page}"
    );
}

#[tokio::test]
async fn every_value_has_a_page_of_its_own_and_the_usual_ones_have_one_address() {
    let server = TestServer::new();
    let two = server.get("/query/answered-by-telephone?lang=en&phase=2", "text/html").await;
    let three = server.get("/query/answered-by-telephone?phase=3", "text/html").await;
    let usual = server.get("/query/answered-by-telephone", "text/html").await;
    assert_eq!((&two.body, two.header("etag")), (&usual.body, usual.header("etag")));
    assert_ne!(three.body, usual.body);
    assert_eq!(three.header("content-location"), "http://lists.example.eu/en/query/answered-by-telephone?phase=3");
    assert!(usual.body.contains("<dd class=\"figure\">1</dd>"), "the page names no revision");
}

#[tokio::test]
async fn yes_and_triples_have_pages_too() {
    let server = TestServer::new();
    let yes = server.get("/sv/query/is-a-number", "*/*").await.body;
    assert!(yes.contains(">Ja</p>"), "{yes}");
    let no = server.get("/sv/query/is-a-number?number=99999", "*/*").await.body;
    assert!(no.contains(">Nej</p>"), "{no}");
    let triples = server.get("/query/about-a-service", "text/html").await.body;
    assert!(triples.contains("<pre") && triples.contains("&#34;Abandoned bicycles&#34;@en"), "{triples}");
}

#[tokio::test]
async fn every_parameter_is_published_with_its_path_and_its_default() {
    let turtle = TestServer::new().get("/query.ttl", "*/*").await.body;
    let said = read_turtle(turtle.as_bytes(), BASE).unwrap();
    let declared: usize = stored_queries().iter().map(|query| query.parameters.len()).sum();
    let parameters = said.iter().filter(|triple| {
        triple.predicate == rdf::TYPE && triple.object == Term::from(sh::PARAMETER_CLASS.into_owned())
    });
    assert_eq!(parameters.count(), declared);
    let phase =
        eu_service_list::catalogue::Base::parse(BASE).unwrap().iri("query/answered-by-telephone#parameter-phase");
    assert!(said.contains(&Triple::new(phase, sh::DEFAULT_VALUE, Literal::from(2_i64))), "{turtle}");
}
