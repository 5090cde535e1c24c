//! `/desk`.

use crate::record::Desk;
use crate::register::BASE;
use crate::server::{Answer, TestServer};
use crate::town::{many_towns, with_many_towns, with_town};
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use eu_service_list::catalogue::Role;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// Monday 7 December 2026, 10:00 in Brussels.
fn monday_morning() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_hours(499_065)
}

/// The same day at 20:00.
fn monday_evening() -> SystemTime {
    monday_morning() + Duration::from_hours(10)
}

/// Monday 21 December 2026, 10:00: a special day.
fn holiday() -> SystemTime {
    monday_morning() + Duration::from_hours(14 * 24)
}

fn server(clock: fn() -> SystemTime) -> TestServer {
    TestServer::at(with_town(), BASE, clock)
}

async fn page(path: &str) -> String {
    let answer = server(monday_morning).get(path, "text/html").await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
    answer.body
}

/// The text of a page's part without its tags, with single spaces.
fn text(html: &str) -> String {
    let pieces: String = html.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text)).collect();
    pieces.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a page says to do.
fn to_do(html: &str) -> String {
    text(html.split("id=\"do\"").nth(1).and_then(|rest| rest.split("</section>").next()).unwrap_or_default())
}

#[tokio::test]
async fn without_words_the_desk_asks_for_them() {
    for path in ["/desk", "/desk?q=", "/desk?q=%20&for=&type="] {
        let page = page(path).await;
        assert!(page.contains("name=\"q\"") && page.contains(" autofocus"), "{path}");
        assert!(page.contains("<option value=\"town\""), "{path}: the town can be chosen");
        assert!(!page.contains("id=\"entry\"") && !page.contains("id=\"results\""), "{path}");
    }
}

#[tokio::test]
async fn at_the_desk_of_a_town_words_lead_to_the_department_and_whether_it_is_open() {
    // Its name or its number is enough; other words of it lead to a list that begins with it.
    for query in ["bicycle+abandoned", "fietswrak", "overgivna+cyk"] {
        let page = page(&format!("/desk?q={query}&for=town")).await;
        let results = page.split("id=\"results\"").nth(1).unwrap();
        assert!(results.split("<li>").nth(1).unwrap().contains("type=1512&#38;for=town\""), "{query}: {results}");
    }
    for query in ["abandoned+bicycle", "ABANDONED+BICYCLES", "an+abandoned+bicycle", "1512"] {
        let page = page(&format!("/desk?q={query}&for=town")).await;
        let to_do = to_do(&page);
        assert!(to_do.contains("Transfer to Street cleaning, +32 0 000 00 02, open until 16:30"), "{query}: {to_do}");
        assert!(to_do.contains("Time there: 10:00"), "{to_do}");
        assert!(to_do.contains("Assessed by Town of &#60;i&#62;Tests&#60;/i&#62;"), "{to_do}");
        assert!(page.contains("href=\"https://town.example/cleaning\""), "the contact page");
        assert!(page.contains("href=\"mailto:cleaning@town.example\""), "the mail address");
    }
}

#[tokio::test]
async fn the_town_s_own_assessment_stands_beside_the_proposal_with_its_reasons() {
    let page = page("/desk?type=1512&for=town").await;
    let text = text(&page);
    assert!(
        text.contains("TelephoneTransfer (Partly suitable)Answer the question; Take in the report (Suitable)"),
        "{text}"
    );
    assert!(text.contains("Face to faceAnswer the question; Transfer (Partly suitable)"), "{text}");
    for part in
        ["Only cleaning knows", "Cleaning asks for colour", "On-site inspection", "Bicycle wrecks", "2026-11-28"]
    {
        assert!(text.contains(part), "{part}");
    }
    assert!(text.contains("Proposed by the editors of the list; nobody has reviewed it yet."));
}

#[tokio::test]
async fn without_a_town_the_card_is_the_proposal_and_offers_to_choose_one() {
    let page = page("/desk?q=abandoned+bicycles").await;
    let to_do = to_do(&page);
    assert!(to_do.contains("Answer the question Take in the report"), "{to_do}");
    assert!(to_do.contains("nobody has reviewed it yet"), "{to_do}");
    assert!(page.contains("<input name=\"type\" type=\"hidden\" value=\"1512\">"));
    assert!(page.contains("<option value=\"town\""));
    assert!(!page.contains("id=\"departments\"") && !page.contains("+32 0 000"));
}

#[tokio::test]
async fn what_is_closed_says_when_it_opens_and_what_is_special() {
    let evening = server(monday_evening).get("/desk?type=1512&for=town", "text/html").await.body;
    assert!(to_do(&evening).contains("closed, opens tomorrow at 08:00"), "{}", to_do(&evening));
    let closed = server(holiday).get("/desk?type=1512&for=town", "text/html").await.body;
    assert!(to_do(&closed).contains("closed, opens tomorrow at 08:00"), "{}", to_do(&closed));
    assert!(to_do(&closed).contains("Closed on 21 December"));
    let dutch = server(holiday).get("/nl/desk?type=1512&for=town", "text/html").await.body;
    assert!(to_do(&dutch).contains("Draag over aan Reiniging"), "{}", to_do(&dutch));
}

#[tokio::test]
async fn several_entries_are_links_in_order_and_keep_the_town() {
    let page = page("/desk?q=bicycle&for=town").await;
    let results = page.split("id=\"results\"").nth(1).unwrap();
    assert!(results.contains("desk?q=bicycle&#38;type=1512&#38;for=town\""), "{results}");
    let guess = self::page("/desk?q=bicycle+wharfinger").await;
    assert!(guess.contains("No entry has all of these words") && guess.contains("type=1512"), "{guess}");
    assert!(!guess.contains("id=\"entry\""), "a guess is no answer");
}

#[tokio::test]
async fn nothing_found_says_so_and_leads_to_the_list_by_letter() {
    let page = page("/desk?q=wharfinger").await;
    assert!(page.contains("Nothing was found") && page.contains("list/services?by=letter"));
}

#[tokio::test]
async fn an_unknown_organisation_or_type_is_not_found_and_says_what_is_wanted() {
    for (path, word) in [
        ("/desk?for=atlantis", "for=atlantis"),
        ("/desk?for=http://elsewhere.example/x", "the IRI of an organisation"),
        ("/desk?for=../service-type/1512", "for="),
        ("/desk?type=999999", "type=999999"),
        ("/desk?type=abc&for=town", "type=abc"),
        ("/desk?type=http://lists.example.eu/id/function/40", "number of a service type"),
        ("/desk?type=372%23structure-proposal", "number of a service type"),
        ("/desk?type=http://lists.example.eu/id/service-type/372%23structure-proposal", "number of a service type"),
    ] {
        let answer = server(monday_morning).get(path, "text/html").await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(answer.body.contains(word), "{path}: {}", answer.body);
    }
}

#[tokio::test]
async fn whatever_is_typed_is_safe_and_shown_as_it_was_written() {
    for hostile in
        ["\"><script>alert(1)</script>", "a\" OR \"b", "bins* NEAR(", "^words:x", "'; DROP TABLE search;--", "\0", "%"]
    {
        let typed: String = form_urlencoded::byte_serialize(hostile.as_bytes()).collect();
        for path in [format!("/desk?q={typed}"), format!("/desk?q={typed}&for=town&type=1512")] {
            let page = page(&path).await;
            assert!(!page.contains("<script>"), "{path}");
        }
        for path in [format!("/desk?for={typed}"), format!("/desk?type={typed}")] {
            let answer = server(monday_morning).get(&path, "text/html").await;
            let is_nothing = hostile.trim_matches(|each: char| each.is_control()).trim().is_empty();
            assert!(answer.status == StatusCode::NOT_FOUND || is_nothing, "{path}");
            assert!(!answer.body.contains("<script>"), "{path}");
        }
    }
    let page = page("/desk?q=%22%3E%3Cb%3E&for=town").await;
    assert!(page.contains("<strong>&#34;&#62;&#60;b&#62;</strong>"), "{page}");
    assert!(!page.contains("<i>Tests</i>"));
}

#[tokio::test]
async fn what_is_so_at_one_moment_is_kept_by_nobody() {
    use std::sync::atomic::{AtomicU64, Ordering};
    static HOURS: AtomicU64 = AtomicU64::new(0);
    let server = server(|| monday_morning() + Duration::from_hours(HOURS.load(Ordering::SeqCst)));
    let before = server.get("/en/desk?type=1512&for=town", "text/html").await;
    assert_eq!(before.header("cache-control"), "no-store");
    assert_eq!(before.header("last-modified"), "");
    HOURS.store(10, Ordering::SeqCst);
    let after = server.get("/en/desk?type=1512&for=town", "text/html").await;
    assert!(before.body.contains("open until 16:30") && !after.body.contains("open until 16:30"));
    // Who kept it nevertheless is told that it is another now.
    let request = Request::get("/en/desk?type=1512&for=town")
        .header(header::ACCEPT, "text/html")
        .header(header::IF_NONE_MATCH, before.header("etag"))
        .header(header::IF_MODIFIED_SINCE, httpdate::fmt_http_date(SystemTime::now()))
        .body(Body::empty())
        .unwrap();
    assert_eq!(server.send(request).await.status, StatusCode::OK);
}

#[tokio::test]
async fn the_desk_is_a_page_alone_in_every_language() {
    let server = server(monday_morning);
    let refused: Answer = server.get("/desk", "text/turtle").await;
    assert_eq!(refused.status, StatusCode::NOT_ACCEPTABLE);
    for language in ["en", "nl", "de", "sv", "nb", "fr"] {
        let answer = server.get(&format!("/{language}/desk?q=1512&for=town"), "text/html").await;
        assert_eq!(answer.header("content-language"), language);
        assert!(answer.body.contains(&format!("/{language}/desk?q=1512&#38;for=town")), "{language}");
        assert!(to_do(&answer.body).contains("16:30"), "{language}: {}", to_do(&answer.body));
    }
    let home = server.get("/en/", "text/html").await.body;
    assert!(home.contains("action=\"http://lists.example.eu/en/desk\""), "the front page searches");
}

#[tokio::test]
async fn a_department_without_a_verdict_of_its_own_goes_by_its_town_s() {
    for unit in ["town-cleaning", "town-permits"] {
        let page = page(&format!("/desk?type=1512&for={unit}")).await;
        let to_do = to_do(&page);
        assert!(to_do.contains("Assessed by Town of"), "{unit}: {to_do}");
        assert!(to_do.contains("Transfer to Street cleaning, +32 0 000 00 02"), "{unit}: {to_do}");
        assert!(page.contains("Bicycle wrecks"), "{unit}: the town's offer");
    }
}

#[tokio::test]
async fn where_several_units_differ_none_of_them_leads_and_all_are_shown() {
    let several = page("/desk?type=372&for=harbour").await;
    let said = to_do(&several);
    assert!(said.contains("nobody has reviewed it yet") && !said.contains("Assessed by"), "{said}");
    assert!(said.contains("Quay wardens: Transfer ("), "{said}");
    assert!(said.contains("Lock keepers: Refer to the organisation"), "{said}");
    let text = text(&several);
    assert!(text.contains("tow trucks of its own") && text.contains("No car gets to the lock"), "{text}");
    let one = to_do(&page("/desk?type=1152&for=harbour").await);
    assert!(one.contains("Assessed by Lock keepers"), "the only unit that has assessed it: {one}");
    let itself = to_do(&page("/desk?type=372&for=harbour-a").await);
    assert!(itself.contains("Assessed by Quay wardens") && !itself.contains("Lock keepers"), "{itself}");
}

fn crowded() -> TestServer {
    TestServer::at(with_many_towns(), BASE, monday_morning)
}

#[tokio::test]
async fn many_organisations_are_typed_and_not_drawn() {
    let server = crowded();
    let empty = server.get("/desk", "text/html").await.body;
    assert!(!empty.contains("<select") && empty.contains("<input id=\"for\" name=\"for\""), "{empty}");
    assert!(!empty.contains("Place0"), "no organisation is drawn");
    for typed in ["crowd-7", "gemeente+place07", "PLACE07", "http://lists.example.eu/id/organisation/crowd-7"] {
        let page = server.get(&format!("/desk?type=1512&for={typed}"), "text/html").await;
        assert_eq!(page.status, StatusCode::OK, "{typed}: {}", page.body);
        assert!(to_do(&page.body).contains("Gemeente Place07"), "{typed}: {}", to_do(&page.body));
    }
    let unknown = server.get("/desk?for=atlantis", "text/html").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    assert!(unknown.body.contains("the beginning of its name"), "{}", unknown.body);
}

#[tokio::test]
async fn organisations_whose_names_begin_alike_are_links_that_keep_the_question() {
    let page = crowded().get("/desk?q=bicycle&type=1512&for=gemeente", "text/html").await.body;
    let hits = page.split("id=\"whose\"").nth(1).unwrap().split("</section>").next().unwrap();
    assert!(hits.contains("desk?q=bicycle&#38;type=1512&#38;for=crowd-0\""), "{hits}");
    assert_eq!(hits.matches("<li>").count(), 20, "as many as are read at a glance");
    assert!(to_do(&page).contains("nobody has reviewed it yet"), "the card is nobody's until one is chosen");
    assert!(page.contains("<input id=\"for\" name=\"for\" value=\"gemeente\""), "what was typed can be mended");
}

#[tokio::test]
async fn an_entry_that_was_superseded_says_so_and_comes_after_those_that_hold() {
    let server = crowded();
    let card = server.get("/desk?type=10002&for=town", "text/html").await.body;
    let notice = card.split("id=\"entry\"").nth(1).unwrap().split("id=\"do\"").next().unwrap();
    assert!(text(notice).contains("Superseded."), "{notice}");
    assert!(notice.contains("desk?type=1512&#38;for=town\""), "the successor's card at the same desk: {notice}");
    let current = server.get("/desk?type=1512", "text/html").await.body;
    assert!(!current.contains("Superseded."));
    let found = server.get("/desk?q=abandoned+bicycles+in", "text/html").await.body;
    let place = |number: &str| found.find(&format!("type={number}\"")).unwrap();
    assert!(place("10003") < place("10002"), "{found}");
}

#[tokio::test]
async fn an_entry_that_was_withdrawn_says_so_and_nothing_of_what_to_do() {
    let catalogue = many_towns();
    let desk = Desk { server: TestServer::of(Arc::clone(&catalogue), BASE), catalogue };
    let manager = desk.token(Role::Manage);
    let path = "/doc/service-type/10002";
    let answer = desk.send(Method::DELETE, path, &manager, &[(header::IF_MATCH, "*")], "").await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.body);
    for asked in ["type=10002&for=town", "q=10002&for=town"] {
        let page = desk.server.get(&format!("/desk?{asked}"), "text/html").await.body;
        let card = page.split("id=\"entry\"").nth(1).unwrap().split("</article>").next().unwrap();
        assert!(text(card).contains("Abandoned bicycles in yards Withdrawn."), "{asked}: {card}");
        assert!(card.contains("type=1512&#38;for=town\""), "its successor: {card}");
        assert!(!card.contains("<section"), "{asked}: {card}");
    }
}
