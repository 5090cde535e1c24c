//! OAI-PMH as harvesters use it.

use crate::record::{Desk, PREFIXES};
use crate::server::{Answer, TestServer};
use crate::town::with_town;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use eu_service_list::catalogue::Role;
use oxrdf::Triple;
use oxrdfio::{RdfFormat, RdfParser};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

const BASE: &str = crate::register::BASE;

/// The texts of an element, wherever it stands.
fn texts(xml: &str, element: &str) -> Vec<String> {
    let start = format!("<{element}");
    let parts = xml.split(&start).skip(1).filter(|part| part.starts_with(['>', ' ']));
    parts.filter_map(|part| Some(part.split_once('>')?.1.split_once('<')?.0.to_owned())).collect()
}

/// The condition that an answer tells, if it does.
fn code(xml: &str) -> Option<&str> {
    xml.split_once("<error code=\"")?.1.split_once('"').map(|(code, _)| code)
}

async fn ask(server: &TestServer, query: &str) -> String {
    let answer = server.get(&format!("/oai?{query}"), "*/*").await;
    assert_eq!(answer.status, StatusCode::OK, "{query}: {}", answer.body);
    assert_eq!(answer.header("content-type"), "text/xml; charset=utf-8");
    answer.body
}

/// The pages of a list, asked one after the other; `between` is done before each but the first.
async fn pages(server: &TestServer, verb: &str, selection: &str, mut between: impl AsyncFnMut()) -> Vec<String> {
    let mut pages = vec![ask(server, &format!("verb={verb}&{selection}")).await];
    while let Some(token) = texts(pages.last().unwrap(), "resumptionToken").pop().filter(|token| !token.is_empty()) {
        between().await;
        let page = ask(server, &format!("verb={verb}&resumptionToken={token}")).await;
        assert_eq!(code(&page), None, "{page}");
        pages.push(page);
    }
    pages
}

async fn identifiers(server: &TestServer, selection: &str) -> Vec<String> {
    let pages = pages(server, "ListIdentifiers", selection, async || {}).await;
    pages.iter().flat_map(|page| texts(page, "identifier")).collect()
}

#[tokio::test]
async fn what_is_wrong_with_a_request_is_told_with_its_code() {
    let server = TestServer::of(with_town(), BASE);
    for (query, expected) in [
        ("", "badVerb"),
        ("verb=", "badVerb"),
        ("verb=identify", "badVerb"),
        ("verb=Identify&verb=Identify", "badVerb"),
        ("verb=Identify&set=services", "badArgument"),
        ("verb=ListRecords", "badArgument"),
        ("verb=GetRecord&metadataPrefix=rdf", "badArgument"),
        ("verb=ListRecords&metadataPrefix=rdf&metadataPrefix=rdf", "badArgument"),
        ("verb=ListRecords&metadataPrefix=rdf&resumptionToken=x", "badArgument"),
        ("verb=ListRecords&metadataPrefix=rdf&from=2026-13-01", "badArgument"),
        ("verb=ListRecords&metadataPrefix=rdf&from=2026-11-28T10:00Z", "badArgument"),
        ("verb=ListRecords&metadataPrefix=rdf&from=2026-01-01&until=2026-02-01T00:00:00Z", "badArgument"),
        ("verb=ListRecords&metadataPrefix=rdf&from=2026-02-01&until=2026-01-01", "badArgument"),
        ("verb=ListRecords&metadataPrefix=rdf&set=a::b", "badArgument"),
        ("verb=ListRecords&metadataPrefix=a%20b", "badArgument"),
        ("verb=ListRecords&metadataPrefix=marc21", "cannotDisseminateFormat"),
        ("verb=ListRecords&metadataPrefix=rdf&set=nowhere", "noRecordsMatch"),
        ("verb=ListRecords&metadataPrefix=rdf&until=2001-01-01", "noRecordsMatch"),
        ("verb=ListIdentifiers&metadataPrefix=rdf&from=2999-01-01", "noRecordsMatch"),
        ("verb=ListRecords&resumptionToken=x", "badResumptionToken"),
        ("verb=ListRecords&resumptionToken=", "badResumptionToken"),
        ("verb=ListSets&resumptionToken=services", "badResumptionToken"),
        ("verb=GetRecord&metadataPrefix=rdf&identifier=http://lists.example.eu/id/thing/none", "idDoesNotExist"),
        ("verb=GetRecord&metadataPrefix=rdf&identifier=%22%01%3C", "idDoesNotExist"),
        ("verb=ListMetadataFormats&identifier=oai:lists.example.eu:372", "idDoesNotExist"),
    ] {
        let answer = ask(&server, query).await;
        assert_eq!(code(&answer), Some(expected), "{query}: {answer}");
        let tells_arguments = answer.contains("<request verb=");
        assert_eq!(tells_arguments, !["badVerb", "badArgument"].contains(&expected), "{query}: {answer}");
        assert_eq!(texts(&answer, "request"), ["http://lists.example.eu/oai"]);
        assert!(!answer.contains('\u{1}'), "{answer}");
    }
}

#[tokio::test]
async fn the_repository_tells_what_it_is_and_has() {
    let server = TestServer::of(with_town(), BASE);
    let identity = ask(&server, "verb=Identify").await;
    for (element, expected) in [
        ("baseURL", "http://lists.example.eu/oai"),
        ("protocolVersion", "2.0"),
        ("deletedRecord", "persistent"),
        ("granularity", "YYYY-MM-DDThh:mm:ssZ"),
        // What is set is no mail address.
        ("adminEmail", "contact-not-set@example.invalid"),
    ] {
        assert_eq!(texts(&identity, element), [expected]);
    }
    let formats = ask(&server, "verb=ListMetadataFormats").await;
    assert_eq!(texts(&formats, "metadataPrefix"), ["rdf", "oai_dc"]);
    let schema = server.get("/oai/rdf.xsd", "*/*").await;
    assert_eq!(texts(&formats, "schema")[0], "http://lists.example.eu/oai/rdf.xsd");
    assert!(schema.body.contains("targetNamespace=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\""));
}

#[tokio::test]
async fn every_record_is_listed_once_and_is_in_one_of_the_three_sets() {
    let server = TestServer::of(with_town(), BASE);
    let all = identifiers(&server, "metadataPrefix=rdf").await;
    let distinct: BTreeSet<&String> = all.iter().collect();
    assert_eq!(distinct.len(), all.len());
    let subjects = "SELECT (count(DISTINCT ?s) AS ?n) { ?s ?p ?o . FILTER(!CONTAINS(STR(?s), '#')) }";
    let counted = server.query(subjects, "text/csv").await.body;
    assert_eq!(counted.trim().lines().last().unwrap(), all.len().to_string());
    let mut of_sets = Vec::new();
    for set in ["services", "suitability", "public-services"] {
        of_sets.extend(identifiers(&server, &format!("metadataPrefix=oai_dc&set={set}")).await);
    }
    of_sets.sort();
    let mut sorted = all.clone();
    sorted.sort();
    assert_eq!(of_sets, sorted);
}

#[tokio::test]
async fn the_sets_of_countries_and_organisations_have_what_their_headers_say() {
    let server = TestServer::of(with_town(), BASE);
    let sets = texts(&ask(&server, "verb=ListSets").await, "setSpec");
    assert!(sets.contains(&"public-services-bel".to_owned()), "{sets:?}");
    assert!(sets.iter().any(|set| set.starts_with("organisation-")), "{sets:?}");
    let mut by_header: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for page in pages(&server, "ListIdentifiers", "metadataPrefix=rdf", async || {}).await {
        for header in page.split("<header").skip(1) {
            for set in texts(header, "setSpec") {
                by_header.entry(set).or_default().extend(texts(header, "identifier"));
            }
        }
    }
    for set in sets {
        let listed: BTreeSet<String> =
            identifiers(&server, &format!("metadataPrefix=rdf&set={set}")).await.into_iter().collect();
        assert_eq!(by_header.get(&set), Some(&listed), "{set}");
    }
}

#[tokio::test]
async fn a_record_in_rdf_says_what_its_document_says_of_it() {
    let server = TestServer::of(with_town(), BASE);
    let iri = "http://lists.example.eu/id/service-type/372";
    let answer = ask(&server, &format!("verb=GetRecord&metadataPrefix=rdf&identifier={iri}")).await;
    let element = answer.split_once("<metadata>").unwrap().1.split_once("</metadata>").unwrap().0;
    let told: BTreeSet<String> = RdfParser::from_format(RdfFormat::RdfXml)
        .for_slice(element)
        .map(|quad| Triple::from(quad.unwrap()).to_string() + " .")
        .collect();
    let document = server.get("/doc/service-type/372.nt", "*/*").await.body;
    let own: BTreeSet<String> =
        document.lines().filter(|line| line.starts_with(&format!("<{iri}"))).map(str::to_owned).collect();
    assert!(own.len() > 10);
    assert_eq!(told, own);
}

#[tokio::test]
async fn arguments_are_read_from_a_form_too_and_from_nothing_else() {
    let server = TestServer::new();
    let send = |media_type: &'static str| {
        let request = Request::post("/oai").header(header::CONTENT_TYPE, media_type);
        server.send(request.body(Body::from("verb=ListMetadataFormats")).unwrap())
    };
    let answer: Answer = send("application/x-www-form-urlencoded").await;
    assert_eq!(texts(&answer.body, "metadataPrefix").len(), 2);
    assert_eq!(send("application/json").await.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
}

#[tokio::test]
async fn a_token_that_was_altered_or_is_of_another_list_is_none() {
    let server = TestServer::new();
    let first = ask(&server, "verb=ListRecords&metadataPrefix=rdf&set=services&until=2999-01-01").await;
    let token = texts(&first, "resumptionToken").pop().unwrap();
    assert_eq!(code(&ask(&server, &format!("verb=ListRecords&resumptionToken={token}")).await), None);
    for place in 0..token.len() {
        let mut altered = token.clone().into_bytes();
        altered[place] = if altered[place] == b'1' { b'2' } else { b'1' };
        let altered = String::from_utf8(altered).unwrap();
        let answer = ask(&server, &format!("verb=ListRecords&resumptionToken={altered}")).await;
        assert_eq!(code(&answer), Some("badResumptionToken"), "{altered}");
    }
    for other in [format!("{token}0"), token[..token.len() - 1].to_owned(), token.replace('~', "~~")] {
        let answer = ask(&server, &format!("verb=ListRecords&resumptionToken={other}")).await;
        assert_eq!(code(&answer), Some("badResumptionToken"), "{other}");
    }
    let answer = ask(&server, &format!("verb=ListIdentifiers&resumptionToken={token}")).await;
    assert_eq!(code(&answer), Some("badResumptionToken"));
    // Another register has another feed, though it is as long.
    let other = TestServer::of(crate::register::catalogue(), BASE);
    let answer = ask(&other, &format!("verb=ListRecords&resumptionToken={token}")).await;
    assert_eq!(code(&answer), Some("badResumptionToken"));
}

async fn put(desk: &Desk, path: &str, token: &str, word: &str, field: header::HeaderName) {
    let turtle = format!("{PREFIXES}<> a <http://a.example/Thing> ; skos:prefLabel '{word}'@en .");
    let fields = [(header::CONTENT_TYPE, "text/turtle"), (field, "*")];
    let answer = desk.send(Method::PUT, path, token, &fields, &turtle).await;
    assert!(answer.status.is_success(), "{}", answer.body);
}

async fn withdraw(desk: &Desk, path: &str, token: &str) {
    let answer = desk.send(Method::DELETE, path, token, &[(header::IF_MATCH, "*")], "").await;
    assert!(answer.status.is_success(), "{}", answer.body);
}

#[tokio::test]
async fn from_and_until_are_meant_with_the_moments_that_they_name() {
    let desk = Desk::new();
    let manager = desk.token(Role::Manage);
    put(&desk, "/doc/thing/1", &manager, "one", header::IF_NONE_MATCH).await;
    tokio::time::sleep(std::time::Duration::from_millis(1_100)).await;
    put(&desk, "/doc/thing/2", &manager, "two", header::IF_NONE_MATCH).await;
    let all = ask(&desk.server, "verb=ListIdentifiers&metadataPrefix=rdf").await;
    let [first, second] = texts(&all, "datestamp").try_into().unwrap();
    assert!(first < second);
    let day = |stamp: &str| stamp[..10].to_owned();
    for (selection, expected) in [
        (format!("from={first}"), vec!["1", "2"]),
        (format!("from={second}"), vec!["2"]),
        (format!("until={first}"), vec!["1"]),
        (format!("until={second}"), vec!["1", "2"]),
        (format!("from={first}&until={first}"), vec!["1"]),
        (format!("from={}", day(&first)), vec!["1", "2"]),
        (format!("from={}&until={}", day(&first), day(&second)), vec!["1", "2"]),
    ] {
        let found = identifiers(&desk.server, &format!("metadataPrefix=rdf&{selection}")).await;
        let references: Vec<&str> = found.iter().map(|iri| iri.rsplit('/').next().unwrap()).collect();
        assert_eq!(references, expected, "{selection}");
    }
    let identity = ask(&desk.server, "verb=Identify").await;
    assert_eq!(texts(&identity, "earliestDatestamp"), [first.as_str()]);
    assert!(texts(&identity, "responseDate")[0] >= second, "a harvester that asks from there on misses nothing");
}

#[tokio::test]
async fn a_withdrawn_record_is_a_header_that_says_so_in_every_format() {
    let desk = Desk::new();
    let manager = desk.token(Role::Manage);
    put(&desk, "/doc/event/fair", &manager, "fair", header::IF_NONE_MATCH).await;
    withdraw(&desk, "/doc/event/fair", &manager).await;
    for prefix in ["rdf", "oai_dc"] {
        let one = format!("verb=GetRecord&metadataPrefix={prefix}&identifier={BASE}id/event/fair");
        for query in [one, format!("verb=ListRecords&metadataPrefix={prefix}&set=public-services")] {
            let answer = ask(&desk.server, &query).await;
            assert!(answer.contains("<header status=\"deleted\">") && !answer.contains("<metadata>"), "{answer}");
            assert_eq!(texts(&answer, "setSpec"), ["public-services"]);
        }
    }
}

#[tokio::test]
async fn a_withdrawn_organisation_is_told_to_those_who_take_its_country() {
    let desk = Desk::new();
    let manager = desk.token(Role::Manage);
    let town = "@prefix cv: <http://data.europa.eu/m8g/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
        @prefix atu: <http://publications.europa.eu/resource/authority/atu/> .
        <> a cv:PublicOrganisation , foaf:Agent ; dct:identifier 'x' ; dct:title 'Town'@nl ; skos:prefLabel 'Town'@nl ;
            foaf:name 'Town'@nl ; dct:spatial atu:BEL .";
    for name in ["gone", "kept"] {
        let fields = [(header::CONTENT_TYPE, "text/turtle"), (header::IF_NONE_MATCH, "*")];
        let turtle = format!("{PREFIXES}{}", town.replace("'x'", &format!("'{name}'")));
        let answer = desk.send(Method::PUT, &format!("/doc/organisation/{name}"), &manager, &fields, &turtle).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
    }
    withdraw(&desk, "/doc/organisation/gone", &manager).await;
    let answer = ask(&desk.server, "verb=ListRecords&metadataPrefix=rdf&set=public-services-bel").await;
    let records: Vec<&str> = answer.split("<record>").skip(1).collect();
    assert_eq!(texts(records[1], "setSpec"), ["public-services", "public-services-bel", "organisation-gone"]);
    assert!(records[1].contains("status=\"deleted\"") && !records[0].contains("status="), "{answer}");
}

/// What is done to a record between two pages.
#[derive(Clone, Copy, Debug)]
enum Step {
    Say,
    Withdraw,
    Make,
}

/// Things that are there when a harvest begins.
const THINGS: usize = 230;

/// The references of things and what each says now; nothing of one that is withdrawn.
type Says = BTreeMap<usize, Option<String>>;

async fn take(desk: &Desk, token: &str, says: &mut Says, step: Step, number: usize, word: String) {
    let path = |number: usize| format!("/doc/thing/{number}");
    match step {
        Step::Say => {
            put(desk, &path(number), token, &word, header::IF_MATCH).await;
            says.insert(number, Some(word));
        }
        Step::Withdraw if says[&number].is_some() => {
            withdraw(desk, &path(number), token).await;
            says.insert(number, None);
        }
        Step::Withdraw => {}
        Step::Make => {
            let number = says.len() + 1;
            put(desk, &path(number), token, &word, header::IF_NONE_MATCH).await;
            says.insert(number, Some(word));
        }
    }
}

/// What each record was told to say, in the order in which it was told.
fn told(pages: &[String]) -> BTreeMap<usize, Vec<Option<String>>> {
    let mut told: BTreeMap<usize, Vec<Option<String>>> = BTreeMap::new();
    for record in pages.iter().flat_map(|page| page.split("<record>").skip(1)) {
        let identifier = texts(record, "identifier").swap_remove(0);
        let number = identifier.rsplit('/').next().unwrap().parse().unwrap();
        told.entry(number).or_default().push(texts(record, "dc:title").pop());
    }
    told
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(12) })]

    #[test]
    fn whatever_is_committed_between_pages_every_record_comes_and_last_as_it_is(
        steps in prop::collection::vec(
            prop::collection::vec(
                (prop::sample::select(vec![Step::Say, Step::Withdraw, Step::Make]), 1..=THINGS), 0..7),
            1..6),
    ) {
        tokio::runtime::Runtime::new().unwrap().block_on(async {
            let desk = Desk::new();
            let (manager, words) = (desk.token(Role::Manage), std::cell::Cell::new(0));
            let first = |number| format!("<id/thing/{number}> a <http://a.example/Thing> ; skos:prefLabel 'first'@en .\n");
            let things: Vec<String> = (1..=THINGS).map(first).collect();
            crate::town::add(&desk.catalogue, "things", &format!("{PREFIXES}{}", things.concat()));
            let mut says: Says = (1..=THINGS).map(|number| (number, Some("first".to_owned()))).collect();
            let mut rounds = steps.into_iter();
            let pages = pages(&desk.server, "ListRecords", "metadataPrefix=oai_dc", async || {
                for (step, number) in rounds.next().unwrap_or_default() {
                    words.set(words.get() + 1);
                    take(&desk, &manager, &mut says, step, number, format!("word {}", words.get())).await;
                }
            })
            .await;
            let told = told(&pages);
            for (number, versions) in &told {
                assert_eq!(versions.last(), says.get(number), "thing {number} at last");
                let distinct: BTreeSet<&Option<String>> = versions.iter().collect();
                assert_eq!(distinct.len(), versions.len(), "thing {number} is told doubly");
            }
            assert!((1..=THINGS).all(|number| told.contains_key(&number)), "each record comes");
        });
    }
}
