//! What `Link` says of the history of a record: RFC 7089 (Memento) and RFC 5829 (navigation between versions).

use crate::catalogue::{Comparison, Document, History, Version};
use crate::http::web_link::WebLink;
use crate::register::VersionEntry;
use std::collections::BTreeMap;

/// The addresses of a record's history.
#[derive(Clone, Copy, Debug)]
pub(super) struct Addresses<'a> {
    /// The site that they begin with.
    pub site: &'a str,
    /// The path of the record's document.
    pub path: &'a str,
}

impl Addresses<'_> {
    /// The document as it is now, which is also its TimeGate.
    pub(super) fn original(&self) -> String {
        format!("{}{}", self.site, self.path)
    }

    /// The list of versions.
    pub(super) fn versions(&self) -> String {
        format!("{}{}/versions", self.site, self.path)
    }

    /// The TimeMap, or the part of it that a query chooses.
    pub(super) fn time_map(&self, part: &str) -> String {
        format!("{}.link{part}", self.versions())
    }

    /// A version.
    pub(super) fn version(&self, number: u64) -> String {
        format!("{}{}/v/{number}", self.site, self.path)
    }

    /// The links that everything in a history has.
    fn common(&self) -> [WebLink; 2] {
        [
            WebLink::new(self.original(), "original timegate"),
            WebLink::new(self.time_map(""), "timemap").with("type", "application/link-format"),
        ]
    }

    /// A link to a version, with the relations that it stands in.
    pub(super) fn memento(&self, relations: &str, entry: &VersionEntry) -> WebLink {
        let moment = httpdate::fmt_http_date(entry.revision.at);
        WebLink::new(self.version(entry.number), relations).with("datetime", moment)
    }
}

/// The links of the document of a record as it is now.
pub(in crate::http) fn links_of_present(site: &str, document: &Document) -> Vec<WebLink> {
    let path = document.name.document_path();
    let at = Addresses { site, path: &path };
    let number = document.version.number;
    let history = WebLink::new(at.versions(), "version-history");
    let latest = WebLink::new(at.version(number), "latest-version");
    let before = (number > 1).then(|| WebLink::new(at.version(number - 1), "predecessor-version"));
    at.common().into_iter().chain([history, latest]).chain(before).collect()
}

/// The links of a list of versions.
pub(super) fn of_history(at: &Addresses<'_>, history: &History) -> Vec<WebLink> {
    let last = history.pages;
    let pages = [
        ("first", (last > 1).then_some(1)),
        ("prev", (history.page > 1).then(|| history.page - 1)),
        ("next", (history.page < last).then(|| history.page + 1)),
        ("last", (last > 1).then_some(last)),
    ];
    let pages = pages
        .into_iter()
        .filter_map(|(relation, page)| Some(WebLink::new(format!("{}?page={}", at.versions(), page?), relation)));
    at.common().into_iter().chain(pages).collect()
}

/// The links of a version to those around it.
pub(super) fn of_version(at: &Addresses<'_>, version: &Version) -> Vec<WebLink> {
    let history = WebLink::new(at.versions(), "version-history");
    at.common().into_iter().chain([history]).chain(mementos(at, version)).collect()
}

/// The links of a difference between two versions.
pub(super) fn of_comparison(at: &Addresses<'_>, comparison: &Comparison) -> Vec<WebLink> {
    let version = |version: &Version| WebLink::new(at.version(version.entry.number), "related");
    at.common().into_iter().chain([version(&comparison.from), version(&comparison.to)]).collect()
}

/// The version itself, its neighbours and the ends of its history, each once.
fn mementos(at: &Addresses<'_>, version: &Version) -> Vec<WebLink> {
    let mut relations: BTreeMap<u64, (Vec<&str>, &VersionEntry)> = BTreeMap::new();
    let ends = &version.ends;
    for (relation, entry) in [
        ("first", Some(&ends.first)),
        ("last", Some(&ends.last)),
        ("latest-version", Some(&ends.last)),
        ("prev", version.previous.as_ref()),
        ("predecessor-version", version.previous.as_ref()),
        ("next", version.next.as_ref()),
        ("successor-version", version.next.as_ref()),
        ("memento", Some(&version.entry)),
    ] {
        if let Some(entry) = entry {
            relations.entry(entry.number).or_insert_with(|| (Vec::new(), entry)).0.push(relation);
        }
    }
    let links = relations.into_values().map(|(mut relations, entry)| {
        if entry.number != version.entry.number {
            relations.push("memento");
        }
        at.memento(&relations.join(" "), entry)
    });
    links.collect()
}
