//! `/sparql` for a browser: the page, without its script.

use crate::register::BASE;
use crate::server::{Answer, TestServer};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};

/// What Chromium accepts.
const BROWSER: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8,application/signed-exchange;q=0.7";

/// An entry, and its English name as the list has it.
const NAMED: &str = "SELECT ?type ?name { ?type skos:notation \"372\" ; a eusl:ServiceType ; skos:prefLabel ?name }";

fn address(path: &str, parameters: &[(&str, &str)]) -> String {
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(parameters).finish();
    format!("{path}?{query}")
}

/// What a browser gets that opens the page with a query.
async fn opened(query: &str) -> Answer {
    TestServer::new().get(&address("/sparql", &[("query", query)]), BROWSER).await
}

/// The addresses that a page links to by an attribute, as they are meant.
fn links<'h>(html: &'h str, attribute: &'h str) -> impl Iterator<Item = String> + 'h {
    let tags = html.split("<a ").skip(1).filter_map(|piece| piece.split_once('>')).map(|(tag, _)| tag);
    let marked = tags.filter(move |tag| tag.contains(attribute));
    marked.map(|tag| tag.split_once("href=\"").unwrap().1.split_once('"').unwrap().0.replace("&#38;", "&"))
}

/// The path of an address of ours.
fn path(address: &str) -> String {
    format!("/{}", address.strip_prefix(BASE).unwrap_or_else(|| panic!("{address} is elsewhere")))
}

#[tokio::test]
async fn a_browser_that_opens_a_query_gets_the_page_with_its_answer_as_a_table() {
    let page = opened(NAMED).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.header("content-type").starts_with("text/html"));
    assert!(page.body.contains("?type skos:notation &#34;372&#34;"), "the form keeps the query");
    let (form, answer) = page.body.split_once("</form>").unwrap();
    assert!(form.contains("<textarea") && !form.contains("<table"), "the answer comes below the form");
    assert!(answer.contains("<th scope=\"col\"><code>type</code></th>"), "{answer}");
    assert!(answer.contains("1 result</caption>"), "{answer}");
    let name = "Abandoned vehicles";
    let link =
        format!("<a href=\"{BASE}en/doc/service-type/372\">{name}</a> <code class=\"code\">service-type/372</code>");
    assert!(answer.contains(&link), "a record is shown by its name: {answer}");
}

#[tokio::test]
async fn every_download_of_an_answer_has_all_of_it_in_the_format_that_it_names() {
    let server = TestServer::new();
    for (query, formats) in [(NAMED, 4), ("ASK {}", 4), ("DESCRIBE <http://lists.example.eu/id/service-type/372>", 5)] {
        let page = opened(query).await;
        let downloads: Vec<_> = links(&page.body, " download").collect();
        assert_eq!(downloads.len(), formats, "{query}");
        for download in downloads {
            let data = server.get(&path(&download), BROWSER).await;
            assert_eq!(data.status, StatusCode::OK, "{download}");
            assert!(!data.header("content-type").starts_with("text/html"), "{download}");
            assert!(query.starts_with("ASK") || data.body.contains("service-type/372"), "{download}: {}", data.body);
        }
    }
}

#[tokio::test]
async fn the_link_to_an_answer_leads_to_the_page_for_people_and_to_data_for_programs() {
    let page = opened(NAMED).await;
    let permalink = path(&links(&page.body, "rel=\"bookmark\"").next().unwrap());
    let server = TestServer::new();
    assert_eq!(server.get(&permalink, BROWSER).await.body, page.body);
    for accept in ["*/*", "application/sparql-results+json", "application/json, text/html"] {
        let data = server.get(&permalink, accept).await;
        assert!(data.header("content-type").contains("json"), "{accept}: {}", data.header("content-type"));
    }
    let page = server.get(&format!("{permalink}&format=html"), "*/*").await;
    assert!(page.header("content-type").starts_with("text/html"));
}

#[tokio::test]
async fn an_address_in_a_language_answers_in_it_and_names_the_same_query_in_the_others() {
    let page = TestServer::new().get(&address("/nl/sparql", &[("query", NAMED)]), "*/*").await;
    assert_eq!(page.header("content-language"), "nl");
    assert!(page.body.contains("1 resultaat"), "{}", page.body);
    let german = links(&page.body, "hreflang=\"de\"").next().unwrap();
    assert_eq!(german, format!("{BASE}{}", address("de/sparql", &[("query", NAMED)])));
}

#[tokio::test]
async fn a_query_that_cannot_be_read_is_told_above_the_form_with_its_place() {
    let page = opened("SELECT * {\n  ?s <b> ?o ; ; FILTER }").await;
    assert_eq!(page.status, StatusCode::BAD_REQUEST);
    let (above, form) = page.body.split_once("<form").unwrap();
    assert!(above.contains("data-line=\"2\" data-column=\""), "{above}");
    assert!(form.contains("?s &#60;b&#62; ?o"), "the form keeps the query");
    assert!(!page.body.contains("<table class=\"solutions\""));
}

#[tokio::test]
async fn what_the_endpoint_refuses_is_told_on_the_page_with_its_status() {
    let page = opened("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }").await;
    assert_eq!(page.status, StatusCode::BAD_REQUEST);
    assert!(page.body.contains("SERVICE") && page.body.contains("The query was not answered"), "{}", page.body);
    let two = TestServer::new().get("/sparql?query=ASK%7B%7D&query=ASK%7B%7D", BROWSER).await;
    assert_eq!(two.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn of_many_solutions_the_first_are_shown_and_all_are_counted() {
    let count = TestServer::new().query("SELECT (COUNT(*) AS ?n) { ?s a skos:Concept }", "text/csv").await;
    let count: usize = count.body.lines().nth(1).unwrap().parse().unwrap();
    assert!(count > 1_000);
    let page = opened("SELECT ?s { ?s a skos:Concept }").await;
    let table = page.body.split_once("<table class=\"solutions\"").unwrap().1.split_once("</table>").unwrap().0;
    assert_eq!(table.matches("<tr>").count(), 1_001);
    let told = format!("{}\u{202F}{:03} results, the first 1\u{202F}000 are shown", count / 1000, count % 1000);
    assert!(table.contains(&told), "{told}: {}", &table[..300]);
}

#[tokio::test]
async fn of_many_triples_the_first_lines_are_shown_and_it_says_so() {
    let page = opened("CONSTRUCT WHERE { ?s ?p ?o }").await;
    assert!(page.body.contains("The first lines, in Turtle"));
    let few = opened("CONSTRUCT { ?s a skos:Concept } WHERE { ?s skos:notation \"372\" }").await;
    assert!(few.body.contains("All triples, in Turtle"));
    let turtle = few.body.split_once("<pre").unwrap().1.split_once("</pre>").unwrap().0;
    assert!(turtle.contains("/id/service-type/372&#62; a skos:Concept ."), "{turtle}");
}

#[tokio::test]
async fn an_example_fills_the_form_and_is_not_asked_yet() {
    let server = TestServer::new();
    let blank = server.get("/sparql", BROWSER).await;
    let examples: Vec<_> = links(&blank.body, "?example=").collect();
    assert_eq!(examples.len(), 20);
    for example in examples {
        let page = server.get(&path(&example), BROWSER).await;
        assert_eq!(page.status, StatusCode::OK, "{example}");
        let text = page.body.split_once("<textarea").unwrap().1.split_once("</textarea>").unwrap().0;
        assert!(text.contains("BASE &#60;") && !blank.body.contains(text), "{example}: {text}");
        assert!(!page.body.contains("<table class=\"solutions\""), "{example}");
    }
    assert_eq!(server.get("/sparql?example=none", BROWSER).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_page_may_load_and_ask_nothing_from_elsewhere() {
    for page in [opened(NAMED).await, opened("SELECT").await, TestServer::new().get("/", BROWSER).await] {
        let policy: Vec<&str> = page.header("content-security-policy").split("; ").collect();
        for directive in ["default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'"] {
            assert!(policy.contains(&directive), "{policy:?}");
        }
        assert!(!policy.iter().any(|directive| directive.contains("unsafe")), "{policy:?}");
    }
}

#[tokio::test]
async fn what_pages_load_is_compressed_for_those_who_ask() {
    let server = TestServer::new();
    let plain = server.get("/assets/query.css", "text/css").await;
    assert_eq!(plain.header("content-type"), "text/css; charset=utf-8");
    let request =
        Request::get("/assets/query.css").header(header::ACCEPT_ENCODING, "gzip").body(Body::empty()).unwrap();
    let (fields, bytes) = server.send_for_bytes(request).await;
    assert_eq!(fields[header::CONTENT_ENCODING], "gzip");
    assert_eq!(fields[header::VARY], "Accept-Encoding");
    let mut text = String::new();
    std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(&*bytes), &mut text).unwrap();
    assert_eq!(text, plain.body);
    assert_eq!(server.get("/assets/nothing.css", "text/css").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_script_is_at_the_address_that_the_page_names_and_may_be_kept_for_good() {
    let server = TestServer::new();
    let page = server.get("/sparql", BROWSER).await.body;
    let address = page.split_once("<script type=\"module\" src=\"").unwrap().1.split_once('"').unwrap().0;
    let request = |coding: &'static str| {
        Request::get(path(address)).header(header::ACCEPT_ENCODING, coding).body(Body::empty()).unwrap()
    };
    let (fields, script) = server.send_for_bytes(request("identity")).await;
    assert_eq!(fields[header::CONTENT_TYPE], "text/javascript; charset=utf-8");
    assert_eq!(fields[header::CACHE_CONTROL], "public, max-age=31536000, immutable");
    let (fields, small) = server.send_for_bytes(request("br")).await;
    assert_eq!(fields[header::CONTENT_ENCODING], "br");
    assert!(small.len() * 3 < script.len(), "{} of {} bytes", small.len(), script.len());
    let licences = server.get("/assets/LICENSES.txt", "*/*").await;
    assert!(licences.body.contains("codemirror-lang-sparql") && licences.body.contains("Permission is hereby granted"));
}
