//! The same for people: the pages of a history, of a version and of what changed.

use super::{RECORD, server};
use axum::http::StatusCode;

/// What a page shows, without its markup.
fn words(html: &str) -> String {
    let texts = html.split('<').skip(1).filter_map(|piece| Some(piece.split_once('>')?.1));
    texts.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn a_record_leads_to_its_history_which_lists_the_newest_version_first() {
    let server = server();
    let record = server.get(&format!("/en{RECORD}"), "text/html").await.body;
    assert!(record.contains(&format!("href=\"http://lists.example.eu/en{RECORD}/versions\"")), "{record}");
    let history = server.get(&format!("/en{RECORD}/versions"), "text/html").await.body;
    let rows: Vec<&str> = history.split("<th scope=\"row\">").skip(1).collect();
    let numbers: Vec<usize> =
        rows.iter().map(|row| (1..=3).find(|number| row.contains(&format!("/v/{number}\""))).unwrap()).collect();
    assert_eq!(numbers, [3, 2, 1]);
    assert!(
        rows[0].contains("http://editor.example/") && rows[0].contains("<td data-label=\"What was done\">edit</td>"),
        "{}",
        rows[0]
    );
    assert!(rows[1].contains("/v/2?changes-since=1\"") && !rows[2].contains("changes-since"), "{history}");
}

#[tokio::test]
async fn the_page_of_a_version_says_that_it_is_one_and_what_the_record_said_then() {
    let server = server();
    let page = server.get(&format!("/en{RECORD}/v/1"), "text/html").await;
    assert!(page.header("memento-datetime").ends_with("GMT"), "{:?}", page.headers);
    assert_eq!(page.header("cache-control"), "no-cache", "a page names others as they are called now");
    let text = words(&page.body);
    assert!(
        text.contains("Version 1 of 3. An earlier version. This is what the record said then. Other records"),
        "{text}"
    );
    assert!(page.body.contains("<h1>Bin collection</h1>"), "{}", page.body);
    assert!(page.body.contains(&format!("href=\"http://lists.example.eu/en{RECORD}\"")), "the way to the present");
    assert!(words(&server.get(&format!("/en{RECORD}/v/3"), "text/html").await.body).contains("The present version."));
    let withdrawn = server.get(&format!("/nl{RECORD}/v/3"), "text/html").await.body;
    assert!(words(&withdrawn).contains("Status ingetrokken"), "{withdrawn}");
}

#[tokio::test]
async fn what_changed_is_told_by_property_and_language_with_words_for_before_and_after() {
    let page = server().get(&format!("/en{RECORD}/v/2?changes-since=1"), "text/html").await;
    assert_eq!(page.status, StatusCode::OK);
    let text = words(&page.body);
    assert!(text.contains("English Before Bin collection After Waste collection"), "{text}");
    assert!(text.contains("Nederlands Before nothing After Afval ophalen"), "{text}");
    assert!(!text.contains("Bins are emptied."), "what did not change is not told: {text}");
    let same = server().get(&format!("/en{RECORD}/v/2?changes-since=2"), "text/html").await.body;
    assert!(words(&same).contains("Nothing differs between these versions."));
}

#[tokio::test]
async fn a_link_is_told_by_name_and_a_part_by_what_it_says() {
    let server = server();
    let page = server.get(&format!("/en{RECORD}/v/3?changes-since=2"), "text/html").await.body;
    let text = words(&page);
    assert!(text.contains("Before nothing After concept-status:RETIRED"), "{text}");
}

#[tokio::test]
async fn every_page_of_a_history_comes_in_every_language_and_links_its_data() {
    let server = server();
    for language in ["en", "nl", "de", "sv", "nb", "fr"] {
        for path in ["versions", "v/1", "v/2?changes-since=1"] {
            let page = server.get(&format!("/{language}{RECORD}/{path}"), "text/html").await;
            assert_eq!(page.status, StatusCode::OK, "{language} {path}");
            assert_eq!(page.header("content-language"), language);
            let (address, part) =
                path.split_once('?').map_or((path, String::new()), |(path, part)| (path, format!("?{part}")));
            let data = format!("href=\"http://lists.example.eu{RECORD}/{address}.ttl{part}\"");
            assert!(page.body.contains(&data), "{data} is missing in {}", page.body);
        }
    }
}

#[tokio::test]
async fn a_list_leads_to_its_history_too() {
    let server = server();
    for list in ["list/services", "list/services/4.00", "list/suitability", "list/handling"] {
        let page = server.get(&format!("/nl/{list}"), "text/html").await.body;
        assert!(page.contains(&format!("href=\"http://lists.example.eu/nl/{list}/versions\"")), "{list}");
        assert_eq!(server.get(&format!("/nl/{list}/v/1"), "text/html").await.status, StatusCode::OK, "{list}");
    }
}
