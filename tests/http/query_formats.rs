//! What queries answer in each format: the same, whatever it is written in.

use crate::isomorphism::isomorphic;
use crate::server::{Answer, TestServer};
use axum::http::StatusCode;
use oxrdf::{Graph, Term, Triple};
use oxrdfio::{RdfFormat, RdfParser};
use sparesults::{QueryResultsFormat, QueryResultsParser, SliceQueryResultsParserOutput};
use std::collections::BTreeMap;

/// What `format=` calls each format of solutions, the media types that ask for it, and what is read of it.
const OF_SOLUTIONS: [(&str, &[&str], QueryResultsFormat); 4] = [
    ("json", &["application/sparql-results+json", "application/json"], QueryResultsFormat::Json),
    ("xml", &["application/sparql-results+xml", "application/xml"], QueryResultsFormat::Xml),
    ("tsv", &["text/tab-separated-values"], QueryResultsFormat::Tsv),
    ("csv", &["text/csv"], QueryResultsFormat::Csv),
];

/// The same of the formats of triples.
const OF_TRIPLES: [(&str, &str, RdfFormat); 5] = [
    ("turtle", "text/turtle", RdfFormat::Turtle),
    ("ntriples", "application/n-triples", RdfFormat::NTriples),
    ("rdfxml", "application/rdf+xml", RdfFormat::RdfXml),
    ("jsonld", "application/ld+json", RdfFormat::JsonLd { profile: oxrdfio::JsonLdProfileSet::empty() }),
    ("n3", "text/n3", RdfFormat::N3),
];

/// Terms of every kind, an unbound variable, and characters that each format has to escape in its own way.
const SELECT: &str = r#"SELECT ?number ?term ?other { VALUES (?number ?term ?other) {
    (1 <http://town.example.eu/a> "plain") (2 "çédille"@fr UNDEF) (3 3.50 true)
    (4 "\"a\", <b> & c\\\td\r\ne" "") (5 "x"^^<http://town.example.eu/type> "2026-01-02"^^xsd:date) } }"#;

/// A solution, with its terms by the names of variables.
type Row = BTreeMap<String, Term>;

/// Asks by the name of a format and by each of its media types, and gives every answer.
async fn in_each_way(server: &TestServer, query: &str, name: &str, media_types: &[&str]) -> Vec<Answer> {
    let encoded: String = form_urlencoded::Serializer::new(String::new())
        .append_pair("query", query)
        .append_pair("format", name)
        .finish();
    let mut answers = vec![server.get(&format!("/sparql?{encoded}"), "*/*").await];
    for media_type in media_types {
        answers.push(server.query(query, media_type).await);
    }
    for answer in &answers {
        assert_eq!(answer.status, StatusCode::OK, "{query} as {name}: {}", answer.body);
        let given = answer.header("content-type");
        assert!(given.starts_with(media_types[0]), "{name} comes as {given}");
    }
    answers
}

fn rows(answer: &Answer, format: QueryResultsFormat) -> Vec<Row> {
    let read = QueryResultsParser::from_format(format).for_slice(answer.body.as_bytes()).unwrap();
    let SliceQueryResultsParserOutput::Solutions(solutions) = read else { panic!("no solutions: {}", answer.body) };
    let row = |solution: sparesults::QuerySolution| {
        solution.iter().map(|(name, term)| (name.as_str().to_owned(), term.clone())).collect()
    };
    solutions.map(|solution| row(solution.unwrap())).collect()
}

/// What CSV says of a solution: the texts of its terms, and nothing of what is unbound.
fn texts(row: &Row) -> BTreeMap<String, String> {
    let text = |term: &Term| match term {
        Term::NamedNode(node) => node.as_str().to_owned(),
        Term::BlankNode(node) => node.to_string(),
        Term::Literal(literal) => literal.value().to_owned(),
    };
    row.iter().map(|(name, term)| (name.clone(), text(term))).filter(|(_, text)| !text.is_empty()).collect()
}

fn texts_of_csv(answer: &Answer) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(answer.body.as_bytes());
    let names = reader.headers().unwrap().clone();
    let record = |record: csv::StringRecord| {
        let cells = names.iter().zip(&record).filter(|(_, text)| !text.is_empty());
        cells.map(|(name, text)| (name.to_owned(), text.to_owned())).collect()
    };
    reader.records().map(|read| record(read.unwrap())).collect()
}

#[tokio::test]
async fn solutions_are_the_same_in_every_format() {
    let server = TestServer::new();
    let expected = rows(&server.query(SELECT, "application/sparql-results+json").await, QueryResultsFormat::Json);
    assert_eq!((expected.len(), expected[1].len()), (5, 2), "five solutions, of which one has no ?other");
    assert_eq!(expected[3]["term"], oxrdf::Literal::from("\"a\", <b> & c\\\td\r\ne").into());
    for (name, media_types, format) in OF_SOLUTIONS {
        for answer in in_each_way(&server, SELECT, name, media_types).await {
            match format {
                QueryResultsFormat::Csv => {
                    assert_eq!(texts_of_csv(&answer), expected.iter().map(texts).collect::<Vec<_>>());
                }
                _ => assert_eq!(rows(&answer, format), expected, "as {name}"),
            }
        }
    }
}

#[tokio::test]
async fn a_truth_value_is_the_same_in_every_format() {
    let server = TestServer::new();
    for (query, expected) in [("ASK { ?s a eusl:ServiceType }", true), ("ASK { ?s a eusl:NoSuchClass }", false)] {
        for (name, media_types, format) in OF_SOLUTIONS {
            for answer in in_each_way(&server, query, name, media_types).await {
                if format == QueryResultsFormat::Csv {
                    assert_eq!(answer.body.trim_end(), expected.to_string());
                    continue;
                }
                let read = QueryResultsParser::from_format(format).for_slice(answer.body.as_bytes()).unwrap();
                let SliceQueryResultsParserOutput::Boolean(truth) = read else { panic!("{name}: {}", answer.body) };
                assert_eq!(truth, expected, "{query} as {name}");
            }
        }
    }
}

fn triples(answer: &Answer, format: RdfFormat) -> Graph {
    let quads = RdfParser::from_format(format).for_slice(answer.body.as_bytes());
    quads.map(|quad| Triple::from(quad.unwrap())).collect()
}

#[tokio::test]
async fn triples_are_the_same_in_every_format() {
    let server = TestServer::new();
    let entry = "<http://lists.example.eu/id/service-type/372>";
    let with_nodes = r#"CONSTRUCT { ?s skos:note [ rdf:value ?o ; skos:note "\"a\", <b> & c\\\td\ne" ] }
        WHERE { VALUES ?o { 1 "çédille"@fr 3.50 "x"^^<http://town.example.eu/type> } BIND(<http://town.example.eu/s> AS ?s) }"#;
    for query in [format!("CONSTRUCT WHERE {{ {entry} ?p ?o }}"), format!("DESCRIBE {entry}"), with_nodes.to_owned()] {
        let expected = triples(&server.query(&query, "application/n-triples").await, RdfFormat::NTriples);
        assert!(expected.len() > 7, "{query} gives {} triples", expected.len());
        for (name, media_type, format) in OF_TRIPLES {
            for answer in in_each_way(&server, &query, name, &[media_type]).await {
                assert!(isomorphic(&triples(&answer, format), &expected), "{query} as {name}: {}", answer.body);
            }
        }
    }
}

#[tokio::test]
async fn a_carriage_return_is_one_to_every_reader_of_xml() {
    let server = TestServer::new();
    for (query, media_type) in [
        (r#"SELECT ("a\rb" AS ?x) {}"#, "application/sparql-results+xml"),
        (r#"CONSTRUCT { <a:s> <a:p> "a\rb" } {}"#, "application/rdf+xml"),
        (r#"CONSTRUCT { <a:s> <a:p> "a\rb" } { { SELECT * {} ORDER BY ?x } }"#, "application/rdf+xml"),
    ] {
        let encoded: String = form_urlencoded::byte_serialize(query.as_bytes()).collect();
        let answer = server.get(&format!("/sparql?query={encoded}"), media_type).await;
        assert!(answer.body.contains("a&#xD;b") && !answer.body.contains('\r'), "{query}: {}", answer.body);
    }
}
