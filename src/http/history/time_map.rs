//! The TimeMap: the versions of a record in the form of `Link` fields
//! (<https://www.rfc-editor.org/rfc/rfc7089#section-5>).

use super::links::Addresses;
use crate::catalogue::{CatalogueError, History, Present};
use crate::http::web_link::WebLink;
use crate::register::VersionEntry;
use std::time::SystemTime;

/// Writes a page of the TimeMap, which `part` of its address chooses: the document, the page itself, the pages around
/// it, and its versions.
pub(super) fn write(
    present: &Present<'_>,
    history: &History,
    part: &str,
    at: &Addresses<'_>,
) -> Result<String, CatalogueError> {
    let mut links = vec![WebLink::new(at.original(), "original timegate")];
    if let Some(span) = present.span(history, history.page)? {
        links.push(page(&at.time_map(part), "self", span));
    }
    for around in around(history) {
        if let Some(span) = present.span(history, around)? {
            links.push(page(&at.time_map(&format!("?page={around}")), "timemap", span));
        }
    }
    links.extend(history.versions.iter().map(|entry| at.memento(relations(history, entry), entry)));
    let links: Vec<String> = links.iter().map(ToString::to_string).collect();
    Ok(format!("{}\n", links.join(",\n")))
}

/// The pages that a page leads to: together they lead to all.
fn around(history: &History) -> Vec<u64> {
    let mut pages = vec![1, history.page.saturating_sub(1), history.page + 1, history.pages];
    pages.retain(|page| (1..=history.pages).contains(page) && *page != history.page);
    pages.sort_unstable();
    pages.dedup();
    pages
}

/// A link to a page of the TimeMap, with the moments of its first and last version.
fn page(address: &str, relation: &str, [from, until]: [SystemTime; 2]) -> WebLink {
    let [from, until] = [from, until].map(httpdate::fmt_http_date);
    WebLink::new(address, relation).with("type", "application/link-format").with("from", from).with("until", until)
}

fn relations(history: &History, entry: &VersionEntry) -> &'static str {
    let (is_first, is_last) = (entry.number == history.ends.first.number, entry.number == history.ends.last.number);
    match (is_first, is_last) {
        (true, true) => "first last memento",
        (true, false) => "first memento",
        (false, true) => "last memento",
        (false, false) => "memento",
    }
}
