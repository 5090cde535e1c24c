//! Pages of the history of records: the list of versions, and what changed from one to another. The page of a version
//! itself is that of its record, with a notice ([`PastVersion`]).

mod fill;

pub(super) use fill::version_row;
pub use fill::{comparison_page, history_page, past_version};

use super::PageError;
use super::document::document;
use super::fact::{Fact, Facts, Value, day};
use super::href;
use super::listing::Pagination;
use super::site::{Alternate, Contact, Link, Section, Site, Text};
use super::wording::Wording;
use crate::catalogue::Status;
use askama::Template;

/// A version: which, when, by whom and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionRow {
    /// 1 for the first.
    pub number: u64,
    /// Its page.
    pub href: String,
    /// When it was made (`xsd:dateTime`).
    pub made: String,
    /// Who made it: a link, or a name alone.
    pub agent: Value,
    /// The organisation that they made it for.
    pub organisation: Option<Link>,
    /// What they did.
    pub activity: String,
    /// Why, in their words.
    pub reason: Option<String>,
    /// The page of what changed since the version before.
    pub comparison: Option<String>,
}

/// The page that lists the versions of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryPage {
    /// Address of this page, for search engines.
    pub canonical: Option<String>,
    /// The record as it is now.
    pub record: Link,
    /// The versions, the newest first.
    pub versions: Vec<VersionRow>,
    /// Where the page is one of several.
    pub pagination: Option<Pagination>,
    /// The same list in other formats.
    pub alternates: Vec<Alternate>,
}

/// What the page of a version says of it beside what the record said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastVersion {
    /// Which version it is.
    pub version: VersionRow,
    /// What the record's life had come to.
    pub status: Status,
    /// The number of the present version.
    pub last: u64,
    /// The page of the record as it is now.
    pub present: String,
    /// The page that lists the versions.
    pub history: String,
    /// The page of the version before.
    pub previous: Option<String>,
    /// The page of the version after.
    pub next: Option<String>,
}

/// The page of what changed from one version of a record to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparisonPage {
    /// Address of this page, for search engines.
    pub canonical: Option<String>,
    /// The record as it is now.
    pub record: Link,
    /// The page that lists the versions.
    pub history: String,
    /// The earlier version.
    pub from: VersionRow,
    /// The later version.
    pub to: VersionRow,
    /// What changed, by property and language.
    pub changes: Vec<ChangedFact>,
    /// The same in other formats.
    pub alternates: Vec<Alternate>,
}

/// What one property of a record, or of a part that stayed, had before and has after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedFact {
    /// The IRI of the part, where it is not the record itself.
    pub part: Option<String>,
    /// What the property is called.
    pub property: Text,
    /// Where its name leads.
    pub property_href: String,
    /// What the language of the values is called.
    pub language: Option<Text>,
    /// The values that went.
    pub before: Vec<Value>,
    /// The values that came.
    pub after: Vec<Value>,
}

#[derive(Template)]
#[template(path = "history.html")]
struct HistoryTemplate<'a> {
    site: &'a Site,
    words: &'static Wording,
    page: &'a HistoryPage,
    section: Option<Section>,
}

#[derive(Template)]
#[template(path = "comparison.html")]
struct ComparisonTemplate<'a> {
    site: &'a Site,
    words: &'static Wording,
    page: &'a ComparisonPage,
    changes: Vec<(&'a ChangedFact, [Fact; 2])>,
    section: Option<Section>,
}

/// The page that lists the versions of a record, as a whole HTML document.
pub fn history(site: &Site, page: &HistoryPage) -> Result<String, PageError> {
    document(&HistoryTemplate { site, words: site.words(), page, section: None })
}

/// The page of what changed from one version of a record to another, as a whole HTML document.
pub fn comparison(site: &Site, page: &ComparisonPage) -> Result<String, PageError> {
    let changes = page.changes.iter().map(|change| (change, change.sides(site))).collect();
    document(&ComparisonTemplate { site, words: site.words(), page, changes, section: None })
}

impl VersionRow {
    pub(super) fn address(&self) -> Option<&str> {
        href::followable(&self.href)
    }

    /// The number of the version before.
    fn number_before(&self) -> u64 {
        self.number.saturating_sub(1)
    }

    fn comparison_address(&self) -> Option<&str> {
        self.comparison.as_deref().and_then(href::followable)
    }

    /// When it was made, to the second, as readers write it; nothing if it is no moment.
    pub(super) fn moment(&self) -> Option<String> {
        let time = self.made.get(10..)?.strip_prefix('T')?.get(..8)?;
        let is_time = time.bytes().all(|byte| byte.is_ascii_digit() || byte == b':');
        is_time.then(|| Some(format!("{} {time} UTC", day(&self.made)?))).flatten()
    }
}

impl HistoryPage {
    fn canonical_address(&self) -> Option<&str> {
        self.canonical.as_deref().and_then(href::followable)
    }
}

impl PastVersion {
    fn is_present(&self) -> bool {
        self.version.number == self.last
    }

    /// Where a reader can go on, with what each place is called.
    pub(super) fn ways(&self, words: &'static Wording) -> Vec<(&'static str, &str)> {
        let words = &words.history;
        let ways = [
            (words.to_present, Some(self.present.as_str())),
            (words.earlier, self.previous.as_deref()),
            (words.later, self.next.as_deref()),
            (words.compare, self.version.comparison.as_deref()),
            (words.all_versions, Some(self.history.as_str())),
        ];
        ways.into_iter().filter_map(|(name, way)| Some((name, href::followable(way?)?))).collect()
    }

    /// What kind of version it is.
    pub(super) fn standing(&self, words: &'static Wording) -> &'static str {
        if self.is_present() { words.history.is_present } else { words.history.is_past }
    }
}

impl ComparisonPage {
    fn canonical_address(&self) -> Option<&str> {
        self.canonical.as_deref().and_then(href::followable)
    }

    /// The two versions, each with what stands before its number.
    fn ends(&self, words: &'static Wording) -> [(&'static str, &VersionRow); 2] {
        let (from, to) = words.history.from_to;
        [(from, &self.from), (to, &self.to)]
    }

    fn history_address(&self) -> Option<&str> {
        href::followable(&self.history)
    }
}

impl ChangedFact {
    fn property_address(&self) -> Option<&str> {
        href::followable(&self.property_href)
    }

    /// What was and what is, each under its own name, so that no colour need tell them apart.
    fn sides(&self, site: &Site) -> [Fact; 2] {
        let words = &site.words().history;
        let side = |name: &str, values: &[Value]| {
            let nothing = || vec![Value::Text(site.language.text(words.nothing))];
            Fact {
                property: site.language.text(name),
                property_href: String::new(),
                values: if values.is_empty() { nothing() } else { values.to_vec() },
                is_proposed: false,
            }
        };
        [side(words.before, &self.before), side(words.after, &self.after)]
    }
}

impl ComparisonTemplate<'_> {
    fn facts<'a>(&'a self, sides: &'a [Fact; 2]) -> Facts<'a> {
        Facts::of(sides, self.site)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::filled::{CALM, version_row};
    use super::*;

    #[test]
    fn a_moment_is_shown_to_the_second_and_only_where_it_is_one() {
        let moment = |made: &str| VersionRow { made: made.to_owned(), ..version_row(CALM) }.moment();
        assert_eq!(moment("2026-11-28T10:39:07.123Z").as_deref(), Some("2026-11-28 10:39:07 UTC"));
        for text in ["", "2026-11-28", "2026-13-28T10:39:07Z", "2026-11-28T<b>:39:07Z", "2026-11-28 10:39:07"] {
            assert_eq!(moment(text), None, "{text}");
        }
    }
}
