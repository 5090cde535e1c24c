//! Answers over the shipped list, held against its tables.

use super::{cell, set, values, verdicts};
use crate::register::BASE;
use crate::server::TestServer;
use eu_service_list::import::Row;
use eu_service_list::list::Tables;
use eu_service_list::vocab::{eusl, skos};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

#[tokio::test]
async fn by_telephone_a_contact_centre_answers_what_its_phase_allows() {
    let (wholes, channels) = verdicts();
    let expected = set(by_telephone(&wholes, &channels, 2));
    assert_eq!(values(&TestServer::new(), "answered-by-telephone", ["number"]).await, expected);
}

/// The numbers of services that are answered by telephone in a phase.
fn by_telephone(wholes: &[Row], channels: &[Row], phase: u32) -> Vec<[String; 1]> {
    let verdict = |whole: &Row| {
        let by_telephone =
            |row: &&Row| cell(row, "channel") == "telephone" && cell(row, "number") == cell(whole, "number");
        channels.iter().find(by_telephone).unwrap_or(whole).clone()
    };
    let is_answered = |row: &Row| {
        row.words("handling").any(|word| word == "answer" || word == "handle")
            && row.get("phase").is_some_and(|from| from.parse::<u32>().unwrap() <= phase)
    };
    let answered = wholes.iter().map(verdict).filter(is_answered);
    answered.map(|row| [cell(&row, "number").to_owned()]).collect()
}

#[tokio::test]
async fn a_visit_in_person_is_told_with_its_rule_or_argument() {
    let tables = Tables::built_in().unwrap();
    let arguments: BTreeMap<&str, &str> =
        tables.decision_table.rows.iter().map(|rule| (cell(rule, "rule"), cell(rule, "argument@en"))).collect();
    let why = |row: &Row| row.get("argument@en").unwrap_or_else(|| arguments[cell(row, "rule")]).to_owned();
    let (wholes, _) = verdicts();
    let visits = wholes.iter().filter(|row| row.words("reason").any(|reason| reason == "identity-in-person"));
    let expected = set(visits.map(|row| [cell(row, "number").to_owned(), why(row)]));
    assert!(!expected.is_empty());
    assert_eq!(values(&TestServer::new(), "visit-in-person", ["number", "why"]).await, expected);
}

#[tokio::test]
async fn what_is_not_suitable_by_any_channel_stands_under_each_reason() {
    let (wholes, channels) = verdicts();
    let is_left = |row: &&Row| {
        cell(row, "suitability") == "not-suitable"
            && !channels.iter().any(|channel| {
                cell(channel, "number") == cell(row, "number") && cell(channel, "suitability") != "not-suitable"
            })
    };
    let reasons = |row: &Row| -> Vec<[String; 2]> {
        row.words("reason").map(|reason| [format!("reason/{reason}"), cell(row, "number").to_owned()]).collect()
    };
    let expected = set(wholes.iter().filter(is_left).flat_map(reasons));
    assert_eq!(values(&TestServer::new(), "not-suitable", ["reason", "number"]).await, expected);
}

#[tokio::test]
async fn exceptions_are_those_of_the_table_of_exceptions() {
    let exceptions = Tables::built_in().unwrap().exceptions;
    let channel = |row: &Row| row.get("channel").map(|channel| format!("channel-type/{channel}")).unwrap_or_default();
    let expected = exceptions.rows.iter().map(|row| {
        [
            cell(row, "number").to_owned(),
            channel(row),
            cell(row, "suitability").to_owned(),
            cell(row, "argument@en").to_owned(),
        ]
    });
    let variables = ["number", "channel", "verdict", "argument"];
    assert_eq!(values(&TestServer::new(), "exceptions", variables).await, set(expected));
}

#[tokio::test]
async fn every_rule_that_decides_is_counted() {
    let (wholes, _) = verdicts();
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    for rule in wholes.iter().filter_map(|row| row.get("rule")) {
        *counts.entry(rule).or_default() += 1;
    }
    let expected = set(counts.into_iter().map(|(rule, count)| [format!("rule/{rule}"), count.to_string()]));
    assert_eq!(values(&TestServer::new(), "rules-at-work", ["rule", "services"]).await, expected);
}

#[tokio::test]
async fn what_is_asked_for_when_people_move_is_what_the_structure_says() {
    let structure = Tables::built_in().unwrap().structure;
    let moving = structure.rows.iter().filter(|row| row.words("life-events").any(|event| event == "MOV"));
    let expected = set(moving.map(|row| [cell(row, "number")]));
    assert!(!expected.is_empty());
    assert_eq!(values(&TestServer::new(), "when-people-move", ["number"]).await, expected);
}

#[tokio::test]
async fn definitions_that_nobody_has_reviewed_are_counted_under_their_function() {
    let tables = Tables::built_in().unwrap();
    let functions = functions(&tables);
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    for row in tables.definitions.rows.iter().filter(|row| row.get("reviewed").is_none()) {
        *counts.entry(functions[cell(row, "number")]).or_default() += 1;
    }
    let expected = set(counts.into_iter().map(|(function, count)| [format!("function/{function}"), count.to_string()]));
    assert_eq!(values(&TestServer::new(), "unreviewed-definitions", ["function", "services"]).await, expected);
}

#[tokio::test]
async fn the_transfers_of_the_project_are_those_that_its_pages_tell() {
    let pilots = concat!(env!("CARGO_MANIFEST_DIR"), "/vocab/list/pilots.ttl");
    if !std::path::Path::new(pilots).exists() {
        std::io::stderr().write_all(b"SKIPPED: vocab/list/pilots.ttl is absent\n").unwrap();
        return;
    }
    let found = values(&TestServer::new(), "transfers", ["earlier", "pilot"]).await;
    let expected = [
        ["pilot/antwoord", "pilot/kortrijk-1777"],
        ["pilot/oldenburg", "pilot/kortrijk-1777"],
        ["pilot/antwoord", "pilot/karlstad"],
        ["pilot/antwoord", "pilot/leiedal"],
    ];
    assert_eq!(found, set(expected));
}

/// The rows of the structure whose cell in a column has a word.
fn with_word<'a>(structure: &'a [Row], column: &'a str, word: &'a str) -> impl Iterator<Item = &'a Row> {
    structure.iter().filter(move |row| row.words(column).any(|found| found == word))
}

/// How many rows of the structure have each of the words in a column, under the path of the word's code.
fn counted(structure: &[Row], column: &str, path: impl Fn(&str) -> String) -> BTreeSet<[String; 2]> {
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    for word in structure.iter().flat_map(|row| row.words(column)) {
        *counts.entry(word).or_default() += 1;
    }
    set(counts.into_iter().map(|(word, count)| [path(word), count.to_string()]))
}

/// The function that each service type stands under, by number.
fn functions(tables: &Tables) -> BTreeMap<&str, &str> {
    let rows = [&tables.structure, &tables.service_types].into_iter().flat_map(|table| &table.rows);
    rows.filter_map(|row| Some((row.get("number")?, row.get("function")?))).collect()
}

#[tokio::test]
async fn another_phase_and_another_event_may_be_asked_for() {
    let server = TestServer::new();
    let (wholes, channels) = verdicts();
    let structure = Tables::built_in().unwrap().structure;
    for phase in [3, 4] {
        let expected = set(by_telephone(&wholes, &channels, phase));
        assert_eq!(values(&server, &format!("answered-by-telephone?phase={phase}"), ["number"]).await, expected);
    }
    let births = set(with_word(&structure.rows, "life-events", "BIR").map(|row| [cell(row, "number")]));
    assert_eq!(values(&server, "when-people-move?event=BIR", ["number"]).await, births);
    let starting = set(with_word(&structure.rows, "business-events", "STBU").map(|row| [cell(row, "number")]));
    assert_eq!(values(&server, "business-event", ["number"]).await, starting);
    let hiring = set(with_word(&structure.rows, "business-events", "HIEM").map(|row| [cell(row, "number")]));
    let iri = "http://data.europa.eu/m58/business-event/HIEM";
    assert_eq!(values(&server, &format!("business-event?event={iri}"), ["number"]).await, hiring);
}

#[tokio::test]
async fn what_the_structure_says_of_channels_levels_and_scope_is_what_is_answered() {
    let (server, structure) = (TestServer::new(), Tables::built_in().unwrap().structure.rows);
    for channel in ["internet", "telephone"] {
        let lacks = |row: &&Row| cell(row, "scope") == "external" && !row.words("channels").any(|word| word == channel);
        let expected = set(structure.iter().filter(lacks).map(|row| [cell(row, "number")]));
        let question = format!("without-online-channel?channel={channel}");
        assert_eq!(values(&server, &question, ["number"]).await, expected, "{channel}");
    }
    let internal = set(with_word(&structure, "scope", "internal").map(|row| [cell(row, "number")]));
    assert_eq!(values(&server, "internal-services", ["number"]).await, internal);
    let channels = counted(&structure, "channels", |channel| format!("channel-type/{channel}"));
    assert_eq!(values(&server, "channels", ["channel", "services"]).await, channels);
    let levels = counted(&structure, "level", |level| format!("government-level/{level}"));
    assert_eq!(values(&server, "levels-of-government", ["level", "services"]).await, levels);
}

#[tokio::test]
async fn events_are_counted_as_the_structure_has_them() {
    let structure = Tables::built_in().unwrap().structure.rows;
    let mut expected =
        counted(&structure, "life-events", |event| format!("http://data.europa.eu/ox8/life-event/{event}"));
    expected.extend(counted(&structure, "business-events", |event| {
        format!("http://data.europa.eu/m58/business-event/{event}")
    }));
    assert_eq!(values(&TestServer::new(), "events", ["event", "services"]).await, expected);
}

#[tokio::test]
async fn functions_are_told_with_the_services_that_stand_under_them() {
    let (server, tables) = (TestServer::new(), Tables::built_in().unwrap());
    let functions = functions(&tables);
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    for function in functions.values() {
        *counts.entry(function).or_default() += 1;
    }
    let expected = set(counts.iter().map(|(function, count)| [format!("function/{function}"), count.to_string()]));
    assert_eq!(values(&server, "functions-by-size", ["function", "services"]).await, expected);
    // Every service type is matched with esd's, and with no other list.
    let esd = "http://id.esd.org.uk/service/";
    let of_esd = |function: &&str| [esd.to_owned(), format!("function/{function}"), counts[*function].to_string()];
    let expected = set(counts.keys().map(of_esd));
    assert_eq!(values(&server, "crosswalks", ["list", "function", "matched"]).await, expected);
    assert_eq!(values(&server, "crosswalks", ["list", "function", "services"]).await, expected);

    let (wholes, _) = verdicts();
    // 86 is a function below another; 1 has others below itself.
    for function in ["86", "1"] {
        let below: BTreeSet<&str> = tables
            .functions
            .rows
            .iter()
            .filter(|row| cell(row, "number") == function || cell(row, "parent") == function)
            .map(|row| cell(row, "number"))
            .collect();
        let is_below = |row: &&Row| functions.get(cell(row, "number")).is_some_and(|function| below.contains(function));
        let expected = wholes.iter().filter(is_below).map(|row| {
            [cell(row, "number").to_owned(), cell(row, "suitability").to_owned(), steps(cell(row, "handling"), " ")]
        });
        let expected = set(expected);
        let question = format!("services-of-function?function={function}");
        let found = values(&server, &question, ["number", "degree", "handling"]).await;
        let found: BTreeSet<_> =
            found.into_iter().map(|[number, degree, handling]| [number, degree, steps(&handling, ", ")]).collect();
        assert_eq!(found, expected, "function {function}");
    }
}

/// The steps of a handling in the order of the alphabet, whatever order they are told in.
fn steps(handling: &str, separator: &str) -> String {
    handling.split(separator).collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn verdicts_are_counted_by_phase_and_told_by_confidence() {
    let server = TestServer::new();
    let (wholes, _) = verdicts();
    let mut counts: BTreeMap<(&str, &str), u32> = BTreeMap::new();
    for row in wholes.iter().filter(|row| row.get("phase").is_some()) {
        *counts.entry((cell(row, "phase"), cell(row, "suitability"))).or_default() += 1;
    }
    let expected =
        counts.into_iter().map(|((phase, degree), count)| [phase.to_owned(), degree.to_owned(), count.to_string()]);
    assert_eq!(values(&server, "phases", ["phase", "degree", "services"]).await, set(expected));
    for confidence in ["low", "medium"] {
        let expected =
            set(wholes.iter().filter(|row| cell(row, "confidence") == confidence).map(|row| [cell(row, "number")]));
        assert!(!expected.is_empty());
        assert_eq!(values(&server, &format!("by-confidence?confidence={confidence}"), ["number"]).await, expected);
    }
}

#[tokio::test]
async fn search_words_and_subsets_are_those_of_their_tables() {
    let (server, tables) = (TestServer::new(), Tables::built_in().unwrap());
    let row = tables.search_words.rows.iter().find(|row| cell(row, "number") == "650").unwrap();
    let expected = set(cell(row, "search-words@en").split(';').map(|word| [word.trim(), "en"]));
    assert_eq!(values(&server, "search-words?type=650", ["word", "language"]).await, expected);
    for (list, column) in [("smart-cities-services", "smart-cities"), ("scottish-services", "scotland")] {
        let members = tables.service_types.rows.iter().filter(|row| row.get(column).is_some());
        let expected = set(members.map(|row| [cell(row, "number")]));
        assert_eq!(values(&server, &format!("subset?list={list}"), ["number"]).await, expected, "{list}");
    }
}

#[tokio::test]
async fn languages_are_counted_and_names_in_another_told() {
    let (server, tables) = (TestServer::new(), Tables::built_in().unwrap());
    let named = tables.service_types.rows.len().to_string();
    let defined = tables.definitions.rows.len().to_string();
    let expected = set([["en", named.as_str(), defined.as_str()]]);
    assert_eq!(values(&server, "languages", ["language", "names", "definitions"]).await, expected);
    let codes = include_bytes!("../../../vocab/codes/channel-type.ttl");
    let names = eu_service_list::rdf::read_turtle(&codes[..], BASE).unwrap().into_iter().filter_map(|triple| {
        match (&triple.subject, &triple.object) {
            (eu_service_list::rdf::NamedOrBlankNode::NamedNode(code), eu_service_list::rdf::Term::Literal(name))
                if triple.predicate == skos::PREF_LABEL
                    && name.language() == Some("sv")
                    && code.as_str().contains("/id/channel-type/") =>
            {
                Some([code.as_str().split("/id/").nth(1).unwrap().to_owned(), name.value().to_owned()])
            }
            _ => None,
        }
    });
    let expected = set(names);
    assert!(expected.len() > 3, "{expected:?}");
    let found = values(&server, "names-in-language?lang=sv&list=channel-type", ["entry", "name"]).await;
    assert_eq!(found, expected);
}

#[tokio::test]
async fn a_number_is_one_of_the_list_or_none() {
    let (server, tables) = (TestServer::new(), Tables::built_in().unwrap());
    let numbers: BTreeSet<&str> = tables.service_types.rows.iter().map(|row| cell(row, "number")).collect();
    for number in ["372", "1512", "99999", "0"] {
        let answer =
            server.get(&format!("/query/is-a-number?number={number}"), "application/sparql-results+json").await;
        let answered: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
        assert_eq!(answered["boolean"], numbers.contains(number), "{number}");
    }
}

#[tokio::test]
async fn triples_that_are_constructed_are_those_of_the_documents() {
    let server = TestServer::new();
    let triples = |text: &str| -> BTreeSet<String> { text.lines().map(str::to_owned).collect() };
    let matches = triples(&server.get("/query/matches?format=ntriples", "*/*").await.body);
    let tables = Tables::built_in().unwrap();
    assert_eq!(matches.len(), 2 * tables.service_types.rows.len());
    for row in &tables.service_types.rows {
        let number = cell(row, "number");
        let same = format!(
            "<{BASE}id/service-type/{number}> <http://www.w3.org/2004/02/skos/core#exactMatch> <http://id.esd.org.uk/service/{number}> ."
        );
        assert!(matches.contains(&same), "{same}");
    }
    // The document repeats names of neighbours besides, and has parts of the record and of the assessment.
    let document = triples(&server.get("/doc/service-type/650.nt", "*/*").await.body);
    let subject = format!("<{BASE}id/service-type/650> ");
    let said: BTreeSet<String> = document.into_iter().filter(|line| line.starts_with(&subject)).collect();
    let told = triples(&server.get("/query/about-a-service?type=650&format=ntriples", "*/*").await.body);
    assert!(said.len() > 20 && said.is_subset(&told), "{:?}", said.difference(&told));
    let assessment =
        format!("<{BASE}id/assessment/650-editors> <{}> <{BASE}id/service-type/650> .", eusl::ASSESSES.as_str());
    assert!(told.contains(&assessment));
    assert!(
        told.iter().all(|line| line.starts_with(&subject) || line.contains("/id/assessment/650-editors")),
        "{told:?}"
    );
}
