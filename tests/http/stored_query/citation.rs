//! How answers are cited.

use crate::register::BASE;
use crate::server::TestServer;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::Value;

const FORMS: [(&str, &str); 3] = [
    ("citation", "text/x-bibliography"),
    ("bibtex", "application/x-bibtex"),
    ("csl", "application/vnd.citationstyles.csl+json"),
];

#[tokio::test]
async fn an_answer_is_cited_by_question_publisher_revision_day_and_address() {
    let server = TestServer::new();
    let address = format!("{BASE}query/answered-by-telephone?phase=3");
    let title = "Which services can a contact centre answer by telephone? (phase: 3)";
    let text = server.get("/query/answered-by-telephone?phase=3&format=citation", "*/*").await;
    let today = &text.body["Town of <b>Test</b> (".len()..][..10];
    assert_eq!(
        text.body,
        format!("Town of <b>Test</b> ({today}). {title}. European Service List, revision 1. {address}\n")
    );

    let csl = server.get("/query/answered-by-telephone?phase=3&lang=&format=csl", "*/*").await;
    let items: Value = serde_json::from_str(&csl.body).unwrap();
    let item = &items[0];
    assert_eq!((item["title"].as_str(), item["URL"].as_str()), (Some(title), Some(address.as_str())));
    assert_eq!((item["publisher"].as_str(), item["version"].as_str()), (Some("Town of <b>Test</b>"), Some("1")));
    let date: Vec<String> =
        item["issued"]["date-parts"][0].as_array().unwrap().iter().map(|part| format!("{part:0>2}")).collect();
    assert_eq!(date.join("-"), today);

    let bibtex = server.get("/query/answered-by-telephone?phase=3&format=bibtex", "*/*").await;
    assert!(bibtex.body.starts_with("@misc{answered-by-telephone-r1,\n"), "{}", bibtex.body);
    assert!(bibtex.body.contains(&format!("url = {{{address}}}")), "{}", bibtex.body);
    assert!(bibtex.body.contains(&format!("date = {{{today}}}")), "{}", bibtex.body);
}

#[tokio::test]
async fn citations_are_asked_for_by_name_or_by_media_type_and_name_their_revision() {
    let server = TestServer::new();
    for (format, media_type) in FORMS {
        let named = server.get(&format!("/query/events?format={format}"), "text/html").await;
        let accepted = server.get("/query/events", media_type).await;
        assert_eq!((named.status, &named.body), (StatusCode::OK, &accepted.body), "{format}");
        assert!(named.header("content-type").starts_with(media_type), "{format}");
        assert_eq!(named.header("eusl-revision"), "1", "{format}");
        let again = Request::get(format!("/query/events?format={format}"));
        let again = again.header("if-none-match", named.header("etag")).body(Body::empty()).unwrap();
        let again = server.send(again).await;
        assert_eq!((again.status, again.body.as_str()), (StatusCode::NOT_MODIFIED, ""), "{format}");
        assert_eq!((named.header("vary"), named.header("cache-control")), ("Accept", "no-cache"), "{format}");
    }
}

#[tokio::test]
async fn an_answer_links_its_citations_and_its_page_shows_them() {
    let server = TestServer::new();
    let address = format!("{BASE}query/phases?assessor=oldenburg");
    for (format, accept) in [("html", "text/html"), ("csv", "text/csv")] {
        let answer = server.get("/query/phases?assessor=oldenburg", accept).await;
        let links: Vec<&str> = answer.headers.get_all("link").iter().map(|link| link.to_str().unwrap()).collect();
        let links = links.join(", ");
        assert!(links.contains(&format!("<{address}>; rel=\"cite-as\"")), "{format}: {links}");
        for (form, media_type) in FORMS {
            let link = format!("<{address}&format={form}>; rel=\"describedby\"; type=\"{media_type}\"");
            assert!(links.contains(&link), "{form} of {format}: {links}");
        }
    }
    let page = server.get("/nl/query/phases?assessor=oldenburg", "*/*").await;
    assert!(page.body.contains("Town of &#60;b&#62;Test&#60;/b&#62; ("), "{}", page.body);
    assert!(page.body.contains("href=\"http://lists.example.eu/query/phases?assessor=oldenburg&#38;format=bibtex\""));
    assert!(page.body.contains("<h2 id=\"cite\">Dit antwoord citeren</h2>"));
}
