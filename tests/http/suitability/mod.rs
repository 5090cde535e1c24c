//! The second list, `/list/suitability`, and what assessors say on the pages of service types.

mod overview;

use crate::register::{BASE, catalogue};
use crate::server::{Answer, TestServer};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use eu_service_list::catalogue::{Base, Submission};
use eu_service_list::import::batch_of_turtle;

const LIST: &str = "/list/suitability";

/// A town that judges 372 otherwise than the editors, in words that would do harm where they are not escaped, and
/// two pilots and a co-design activity.
const TOWN: &str = r#"
    @prefix dct: <http://purl.org/dc/terms/> . @prefix eusl: <https://w3id.org/eu-service-list/def#> .
    @prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix prov: <http://www.w3.org/ns/prov#> .
    @prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
    <id/organisation/town> a foaf:Agent , prov:Agent ; dct:identifier "town" ; dct:title "=Town <b>\"x\"</b>"@en ;
      skos:prefLabel "=Town <b>\"x\"</b>"@en ; foaf:name "=Town <b>\"x\"</b>"@en .
    <id/assessment/372-town> a eusl:SuitabilityAssessment ; dct:title "372 in town"@en ;
      eusl:assesses <id/service-type/372> ; eusl:suitability <id/suitability/partly-suitable> ;
      eusl:handling <id/handling/answer> , <id/handling/transfer> ; eusl:reason <id/reason/on-site-inspection> ;
      eusl:confidence <id/confidence/low> ; skos:note "+Someone, must \"look\" <i>."@en ;
      eusl:contactPhase <id/antwoord-phase/3> ;
      prov:wasAttributedTo <id/organisation/town> ; prov:generatedAtTime "2026-11-20T00:00:00Z"^^xsd:dateTime ;
      dct:hasPart <id/assessment/372-town#telephone> .
    <id/assessment/372-town#telephone> a eusl:SuitabilityAssessment ; eusl:channelType <id/channel-type/telephone> ;
      eusl:assesses <id/service-type/372> ; eusl:suitability <id/suitability/not-suitable> ;
      eusl:handling <id/handling/transfer> ; eusl:reason <id/reason/on-site-inspection> ;
      eusl:confidence <id/confidence/low> ; skos:note "Nobody sees through a telephone."@en ;
      prov:wasAttributedTo <id/organisation/town> ; prov:generatedAtTime "2026-11-20T00:00:00Z"^^xsd:dateTime .
    <id/pilot/first> a eusl:Pilot ; dct:identifier "first" ; dct:title "First <pilot>"@en ;
      dct:description "Tried out first."@en ; eusl:pilots <id/channel-type/telephone> ;
      prov:wasAssociatedWith <id/organisation/town> .
    <id/pilot/second> a eusl:Pilot ; dct:identifier "second" ; dct:title "Second pilot"@en ;
      dct:description "Tried out next."@en ; eusl:pilots <id/channel-type/telephone> ;
      eusl:transferOf <id/pilot/first> ; prov:wasAssociatedWith <id/organisation/town> .
    <id/co-design/walk> a eusl:CoDesignActivity ; dct:identifier "walk" ; dct:title "A walk"@en ;
      dct:description "A walk with users."@en ; eusl:coDesignMethod <id/co-design-method/journey-mapping> ;
      prov:wasAssociatedWith <id/organisation/town> .
"#;

/// A server of the shipped list and of what a town added.
fn with_a_town() -> TestServer {
    with(TOWN)
}

/// A server of the shipped list and of what some Turtle says.
fn with(turtle: &str) -> TestServer {
    let (catalogue, base) = (catalogue(), Base::parse(BASE).unwrap());
    let batch = batch_of_turtle("http://town.example/", "A town", &base, &[turtle]).unwrap();
    let submission = Submission {
        base: BASE.to_owned(),
        agent: "http://town.example/".to_owned(),
        activity: "add a town".to_owned(),
        batches: vec![batch],
        release: None,
    };
    assert_eq!(catalogue.submit(submission).unwrap().rejected, []);
    TestServer::of(catalogue, BASE)
}

async fn page(server: &TestServer, query: &str) -> Answer {
    let answer = server.get(&format!("{LIST}{query}"), "text/html").await;
    assert_eq!(answer.status, StatusCode::OK, "{query}: {}", answer.body);
    answer
}

/// How many verdicts the page of a query says that there are.
async fn total(server: &TestServer, query: &str) -> usize {
    let body = page(server, query).await.body;
    let shown = body.split("<p class=\"note\"><span class=\"figure\">").nth(1).unwrap();
    shown.split('<').next().unwrap().replace('\u{202F}', "").parse().unwrap()
}

/// The number that a query gives.
async fn counted(server: &TestServer, pattern: &str) -> usize {
    let query = format!("BASE <{BASE}> SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}");
    let answer = server.query(&query, "text/csv").await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer.body.lines().nth(1).unwrap().parse().unwrap()
}

/// The assessments of service types as wholes.
const WHOLE: &str =
    "?v a eusl:SuitabilityAssessment ; eusl:assesses ?type . FILTER NOT EXISTS { ?v eusl:channelType ?c }";

#[tokio::test]
async fn each_filter_leaves_what_a_query_over_the_graph_finds() {
    let server = TestServer::new();
    for (query, condition) in [
        ("", ""),
        ("?degree=suitable", "?v eusl:suitability <id/suitability/suitable>"),
        ("?handling=take-in", "?v eusl:handling <id/handling/take-in>"),
        ("?reason=individual-case", "?v eusl:reason <id/reason/individual-case>"),
        ("?rule=report", "?v eusl:rule <id/rule/report>"),
        ("?function=1", "?type skos:broader+ <id/function/1>"),
        ("?service-type=372", "?v eusl:assesses <id/service-type/372>"),
        (
            "?phase=2",
            "OPTIONAL { ?v eusl:contactPhase ?p } FILTER(!BOUND(?p) || STRAFTER(STR(?p), \"phase/\") <= \"2\")",
        ),
        ("?assessor=all", ""),
        (
            "?degree=suitable&handling=answer&function=1",
            "?v eusl:suitability <id/suitability/suitable> ; eusl:handling <id/handling/answer> . ?type skos:broader+ <id/function/1>",
        ),
    ] {
        let (shown, found) = (total(&server, query).await, counted(&server, &format!("{WHOLE} {condition}")).await);
        assert_eq!(shown, found, "{query}");
        assert!(shown > 0, "{query}");
    }
}

#[tokio::test]
async fn a_filter_by_channel_takes_the_channels_own_verdict_where_there_is_one() {
    let server = TestServer::new();
    for (channel, degree) in [("telephone", "partly-suitable"), ("face-to-face", "suitable"), ("internet", "suitable")]
    {
        let pattern = format!(
            "{WHOLE} OPTIONAL {{ ?v dct:hasPart ?own . ?own eusl:channelType <id/channel-type/{channel}> }}
             BIND(COALESCE(?own, ?v) AS ?verdict) ?verdict eusl:suitability <id/suitability/{degree}>"
        );
        let shown = total(&server, &format!("?channel={channel}&degree={degree}")).await;
        assert_eq!(shown, counted(&server, &pattern).await, "{channel}");
        assert_ne!(shown, total(&server, &format!("?degree={degree}")).await, "{channel} makes a difference");
    }
}

#[tokio::test]
async fn verdicts_by_function_are_those_that_a_query_over_the_graph_counts() {
    let server = TestServer::new();
    let query = format!(
        "BASE <{BASE}> SELECT ?top ?degree (COUNT(DISTINCT ?type) AS ?n) WHERE {{ {WHOLE} ?v eusl:suitability ?degree .
         ?type skos:inScheme <list/services> ; skos:broader+ ?top . ?top skos:topConceptOf <list/functions> }}
         GROUP BY ?top ?degree"
    );
    let answer = server.query(&query, "text/csv").await;
    let body = page(&server, "?by=function").await.body;
    let mut rows = 0;
    for row in answer.body.lines().skip(1) {
        let [top, degree, number] = row.split(',').collect::<Vec<_>>()[..] else { panic!("{row}") };
        let code = |iri: &str| iri.rsplit('/').next().unwrap().to_owned();
        let link = format!("suitability?function={}&#38;degree={}\">{number}</a>", code(top), code(degree));
        assert!(body.contains(&link), "{link}");
        rows += 1;
    }
    assert!(rows > 20, "{rows}");
    assert_eq!(body.matches("&#38;degree=").count(), rows, "no count is linked that the graph does not have");
    let drawn = body.split("<svg").nth(1).unwrap();
    assert!(drawn.starts_with(" class=\"chart\" role=\"img\" aria-labelledby=\"chart-title chart-desc\""), "{drawn}");
}

#[tokio::test]
async fn pages_hold_every_verdict_once_and_there_are_no_others() {
    let server = TestServer::new();
    let mut rows = 0;
    for number in 1..=16 {
        rows += page(&server, &format!("?page={number}")).await.body.matches("<th scope=\"row\">").count();
    }
    assert_eq!(rows, 1_519);
    for number in ["0", "17", "x", "-1"] {
        let answer = server.get(&format!("{LIST}?page={number}"), "text/html").await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{number}");
    }
}

#[tokio::test]
async fn a_value_that_is_unknown_is_answered_with_those_there_are() {
    let server = TestServer::new();
    for (query, allowed) in [
        ("phase=6", "phase is one of 1, 2, 3, 4, 5"),
        ("channel=fax", "telephone"),
        ("degree=good", "suitable, not-suitable, partly-suitable"),
        ("handling=x", "take-in"),
        ("reason=x", "legal-advice"),
        ("function=9999", "113"),
        ("service-type=0", "service-type=0 is unknown"),
        ("rule=x", "assessed-permit"),
        ("assessor=x", "all, editors"),
        ("by=size", "number or function"),
    ] {
        for form in ["text/html", "text/csv", "text/turtle", "application/json"] {
            let answer = server.get(&format!("{LIST}?{query}"), form).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{query} as {form}");
            assert!(answer.body.contains(allowed), "{query}: {}", answer.body);
        }
    }
    assert_eq!(
        total(&server, "?phase=&channel=&degree=&by=&page=&assessor=editors&unheard-of=1").await,
        1_519,
        "empty asks for nothing"
    );
}

#[tokio::test]
async fn every_form_holds_the_same_part_and_links_the_others() {
    let server = TestServer::new();
    let wanted = counted(&server, &format!("{WHOLE} ?v eusl:suitability <id/suitability/not-suitable>")).await;
    let forms = [
        ("html", "text/html"),
        ("ttl", "text/turtle"),
        ("jsonld", "application/ld+json"),
        ("rdf", "application/rdf+xml"),
        ("nt", "application/n-triples"),
        ("json", "application/json"),
        ("csv", "text/csv"),
    ];
    for (extension, media_type) in forms {
        let answer = server.get(&format!("{LIST}.{extension}?degree=not-suitable&page=1"), "image/png").await;
        let negotiated = server.get(&format!("{LIST}?degree=not-suitable"), media_type).await;
        assert_eq!((answer.status, &answer.body), (StatusCode::OK, &negotiated.body), "{extension}");
        assert!(answer.header("content-type").starts_with(media_type), "{extension}");
        for (other, _) in forms.iter().filter(|(other, _)| *other != extension) {
            let link = format!("<{BASE}list/suitability.{other}?degree=not-suitable>; rel=\"alternate\"");
            assert!(answer.header("link").contains(&link), "{extension}: {link}");
        }
        let found = match extension {
            "nt" => answer.body.matches("-editors> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type>").count(),
            "csv" => answer.body.lines().skip(1).filter(|row| row.ends_with("-editors")).count(),
            _ => continue,
        };
        assert_eq!(found, wanted, "{extension}");
    }
    let all = server.get(&format!("{LIST}.nt"), "*/*").await.body;
    let named = format!("<{BASE}id/service-type/372> <http://www.w3.org/2004/02/skos/core#prefLabel>");
    assert!(all.contains(&named), "the names of the service types go along");
}

#[tokio::test]
async fn a_form_that_is_known_is_not_sent_again_and_one_that_is_not_there_is_refused() {
    let server = TestServer::new();
    for path in [format!("{LIST}.csv?channel=email"), format!("{LIST}.ttl?phase=1"), format!("{LIST}?by=function")] {
        let answer = server.get(&path, "*/*").await;
        let request =
            Request::get(&path).header(header::IF_NONE_MATCH, answer.header("etag")).body(Body::empty()).unwrap();
        assert_eq!(server.send(request).await.status, StatusCode::NOT_MODIFIED, "{path}");
        let head = server.send(Request::head(&path).body(Body::empty()).unwrap()).await;
        assert_eq!((head.status, head.header("etag")), (StatusCode::OK, answer.header("etag")), "{path}");
        assert_eq!(head.header("content-length"), answer.body.len().to_string(), "{path}");
        assert!(!answer.header("last-modified").is_empty(), "{path}");
    }
    let refused = server.get(&format!("{LIST}?degree=suitable"), "image/png").await;
    assert_eq!(refused.status, StatusCode::NOT_ACCEPTABLE);
    assert!(refused.body.contains("list/suitability.csv?degree=suitable"), "{}", refused.body);
    let elsewhere = server.get("/doc/service-type/372", "text/csv").await;
    assert_eq!(elsewhere.status, StatusCode::NOT_ACCEPTABLE);
    assert_eq!(server.get(&format!("{LIST}.csv?profile=skos"), "*/*").await.status, StatusCode::NOT_ACCEPTABLE);
}

#[tokio::test]
async fn assessors_differ_and_both_stand() {
    let server = with_a_town();
    assert_eq!(total(&server, "").await, 1_519);
    assert_eq!(total(&server, "?assessor=town").await, 1);
    assert_eq!(total(&server, "?assessor=all").await, 1_520);
    assert_eq!(total(&server, "?assessor=town&channel=telephone&degree=not-suitable").await, 1);
    assert_eq!(total(&server, "?assessor=town&channel=telephone&degree=partly-suitable").await, 0);
    assert_eq!(total(&server, "?assessor=town&channel=email&degree=partly-suitable").await, 1);
    let body = page(&server, "?assessor=town").await.body;
    assert!(body.contains("=Town &#60;b&#62;") && !body.contains("<b>"), "{body}");
    let entry = server.get("/doc/service-type/372", "text/html").await.body;
    for said in
        ["+Someone, must &#34;look&#34; &#60;i&#62;.", "Nobody sees through a telephone.", "doc/assessment/372-town"]
    {
        assert!(entry.contains(said), "{said}");
    }
    assert!(entry.contains("Proposed on <time") && entry.contains("not yet reviewed"), "{entry}");
    let argued = server.get("/doc/assessment/372-town", "text/html").await.body;
    assert!(argued.contains("<dd id=\"telephone\">"), "a link to a part finds it: {argued}");
}

/// Assessors of 372 whose codes are in another order than their names, which begin with T.
fn towns(number: usize) -> String {
    let town = |place: usize| {
        let code = format!("a{:02}", number - place);
        format!(
            "<id/organisation/{code}> a foaf:Agent , prov:Agent ; dct:identifier \"{code}\" ; dct:title \"T{place:02}\"@en ;
               skos:prefLabel \"T{place:02}\"@en ; foaf:name \"T{place:02}\"@en .
             <id/assessment/372-{code}> a eusl:SuitabilityAssessment ; dct:title \"372 in T{place:02}\"@en ;
               eusl:assesses <id/service-type/372> ; eusl:suitability <id/suitability/suitable> ;
               eusl:handling <id/handling/answer> ; eusl:confidence <id/confidence/low> ; skos:note \"As is.\"@en ;
               prov:wasAttributedTo <id/organisation/{code}> ;
               prov:generatedAtTime \"2026-11-20T00:00:00Z\"^^xsd:dateTime ."
        )
    };
    let prefixes = TOWN.split("<id/").next().unwrap();
    format!("{prefixes}{}", (1..=number).map(town).collect::<Vec<_>>().concat())
}

#[tokio::test]
async fn the_shared_proposal_stands_in_front_then_towns_by_name_and_all_of_them_are_in_the_list() {
    let server = with(&towns(23));
    let body = server.get("/en/doc/service-type/372", "text/html").await.body;
    let assessors: Vec<&str> = body
        .split("<h3>Assessed by <a href=")
        .skip(1)
        .map(|heading| heading.split(['>', '<']).nth(1).unwrap())
        .collect();
    let towns: Vec<String> = (1..=20).map(|place| format!("T{place:02}")).collect();
    assert_eq!(assessors[1..], towns);
    assert!(body.contains(&format!("<h3>Assessed by <a href=\"{BASE}en/doc/organisation/editors\">")), "{body}");
    assert!(body.find("organisation/editors\">") < body.find(">T01<"), "{body}");
    let more = "list/suitability?service-type=372&#38;assessor=all\">3</a></span> more";
    assert!(body.contains(more), "{body}");
    let list = page(&server, "?service-type=372&assessor=all").await.body;
    assert_eq!(list.matches("<th scope=\"row\">").count(), 24);
    assert!(
        list.contains("<option value=\"372\" selected>372. Abandoned vehicles"),
        "the filter is seen and can be let go"
    );
}

/// The rows of a table in its columns of codes: that of the channel, and that of the degree.
async fn rows(server: &TestServer, query: &str) -> Vec<(String, String)> {
    let answer = server.get(&format!("{LIST}.csv{query}"), "*/*").await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let mut reader = csv::Reader::from_reader(answer.body.as_bytes());
    let header = reader.headers().unwrap().clone();
    let column = |name: &str| header.iter().position(|column| column == name).unwrap();
    let (channel, degree) = (column("channel_code"), column("degree_code"));
    let row = |row: csv::StringRecord| (row[channel].to_owned(), row[degree].to_owned());
    reader.into_records().map(|found| row(found.unwrap())).collect()
}

#[tokio::test]
async fn each_row_of_a_table_is_left_by_the_filter_whatever_a_page_would_show() {
    let server = TestServer::new();
    let all = rows(&server, "").await;
    for degree in ["suitable", "partly-suitable", "not-suitable"] {
        let found = rows(&server, &format!("?degree={degree}")).await;
        assert!(found.iter().all(|(_, own)| own == degree), "{degree}");
        let wholes = |rows: &[(String, String)]| {
            rows.iter().filter(|(channel, own)| channel.is_empty() && own == degree).count()
        };
        assert_eq!(wholes(&found), wholes(&all), "{degree}");
        assert_eq!(rows(&server, &format!("?by=function&degree={degree}")).await, found, "what a page shows");
    }
    assert!(all.iter().any(|(channel, _)| !channel.is_empty()));
    let negotiated = server.get(&format!("{LIST}?by=function&degree=suitable"), "text/csv").await;
    assert!(negotiated.header("content-location").ends_with("list/suitability.csv?degree=suitable"));
    let page = server.get(&format!("{LIST}?by=function&degree=suitable"), "text/html").await;
    assert!(page.header("content-location").ends_with("list/suitability?by=function"), "one address for each page");
}

#[tokio::test]
async fn a_table_is_quoted_and_no_cell_of_it_is_a_formula() {
    let server = with_a_town();
    let answer = server.get(&format!("{LIST}.csv?assessor=town"), "*/*").await;
    assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8; header=present");
    let rows: Vec<&str> = answer.body.split("\r\n").collect();
    assert_eq!(rows.len(), 4, "header, whole, telephone, and the end: {rows:?}");
    let columns: Vec<&str> = rows[0].split(',').collect();
    assert_eq!((columns[0], columns.len()), ("number", 20));
    let end = format!(
        ",\"'+Someone, must \"\"look\"\" <i>.\",town,\"'=Town <b>\"\"x\"\"</b>\",2026-11-20,{BASE}id/assessment/372-town"
    );
    assert!(
        rows[1]
            .starts_with("372,Abandoned vehicles,,,partly-suitable,Partly suitable,answer transfer,Answer; Transfer,"),
        "{}",
        rows[1]
    );
    assert!(rows[1].ends_with(&end), "{}", rows[1]);
    assert!(rows[2].starts_with("372,Abandoned vehicles,telephone,Telephone,not-suitable,"), "{}", rows[2]);
}
