//! What changed, for feed readers: Atom (<https://www.rfc-editor.org/rfc/rfc4287>), with all that ever changed in
//! archives (<https://www.rfc-editor.org/rfc/rfc5005#section-4>).
//!
//! An entry is a version of a record. Archives are of fifty positions of the feed each, so one that is there never
//! changes; the feed itself has the newest fifty entries, and those with which an archive ends where they begin. So
//! every entry is once in the feed or in one of the archives that it leads to.

mod entry;

use super::HarvestError;
use super::xml::Xml;
use crate::catalogue::{Base, Dataset, FeedEntry, Present};
use crate::rdf::Preference;

/// How many entries the feed has at least, and how many positions an archive.
const PAGE: u64 = 50;

/// What a feed says in one language.
#[derive(Clone, Copy, Debug)]
pub struct AtomWords {
    /// What the feed is called, behind the name of the list.
    pub changes: &'static str,
    /// What stands between a name and what is said of it.
    pub colon: &'static str,
    /// What stands behind the name of a record that is new.
    pub new: &'static str,
    /// The same of one that says something else.
    pub changed: &'static str,
    /// The same of one that is no longer to be used.
    pub deprecated: &'static str,
    /// The same of one that others take the place of.
    pub superseded: &'static str,
    /// The same of one that is gone.
    pub withdrawn: &'static str,
}

/// A feed of what changed, as a reader wants it.
#[derive(Clone, Debug)]
pub struct Feed<'a> {
    /// The base of the data's IRIs.
    pub base: &'a Base,
    /// Where documents answer; ends with `/`.
    pub site: &'a str,
    /// What the list is called.
    pub list: &'a str,
    /// Who publishes it, where somebody was named.
    pub publisher: Option<&'a str>,
    /// The IRI of the licence of the data.
    pub licence: &'a str,
    /// The tag of the language that it is worded in, with which addresses of pages begin.
    pub language: &'a str,
    /// Which names of records are read.
    pub reader: &'a Preference,
    /// What it says.
    pub words: &'a AtomWords,
    /// The datasets that records must be in, all of them.
    pub datasets: &'a [Dataset],
    /// The query of its address, `?…`, which chooses language and datasets.
    pub query: &'a str,
}

/// A part of the feed.
struct Part {
    /// Its entries, the newest first.
    entries: Vec<FeedEntry>,
    /// The number of the archive, if it is one.
    archive: Option<u64>,
    /// The number of the archive before it.
    previous: Option<u64>,
}

impl Feed<'_> {
    /// The newest entries, back to where an archive begins.
    ///
    /// # Errors
    /// The register's.
    pub fn newest(&self, present: &Present<'_>) -> Result<Vec<u8>, HarvestError> {
        let limit = usize::try_from(PAGE).unwrap_or(usize::MAX);
        let newest = present.members_back_from(self.datasets, present.feed_end()?, limit)?;
        let first = (newest.looked_from.div_ceil(PAGE).max(1) - 1) * PAGE + 1;
        let mut entries = newest.entries;
        if first < newest.looked_from {
            let before = present.members_at(self.datasets, first..=newest.looked_from - 1)?;
            entries.extend(before.into_iter().rev());
        }
        let previous = self.archive_before(first, present)?;
        self.write(&Part { entries, archive: None, previous }, present)
    }

    /// The entries of an archive; nothing where its positions are not all taken.
    ///
    /// # Errors
    /// The register's.
    pub fn archive(&self, number: u64, present: &Present<'_>) -> Result<Option<Vec<u8>>, HarvestError> {
        let Some(last) = number.checked_mul(PAGE).filter(|last| *last > 0 && *last <= present.feed_end().unwrap_or(0))
        else {
            return Ok(None);
        };
        let first = last - PAGE + 1;
        let entries = present.members_at(self.datasets, first..=last)?.into_iter().rev().collect();
        let previous = self.archive_before(first, present)?;
        self.write(&Part { entries, archive: Some(number), previous }, present).map(Some)
    }

    /// The last archive before a position that has an entry, or the one up to which it was looked for.
    fn archive_before(&self, position: u64, present: &Present<'_>) -> Result<Option<u64>, HarvestError> {
        let before = present.members_back_from(self.datasets, position.saturating_sub(1), 1)?;
        let is_found = !before.entries.is_empty() || before.looked_from > 1;
        Ok(is_found.then(|| before.looked_from.div_ceil(PAGE)))
    }

    /// The address of the feed, or of an archive of it.
    fn address(&self, archive: Option<u64>) -> String {
        let Self { site, query, .. } = self;
        match archive {
            None => format!("{site}changes.atom{query}"),
            Some(number) => {
                let more = if query.is_empty() { "?" } else { "&" };
                format!("{site}changes.atom{query}{more}archive={number}")
            }
        }
    }

    fn write(&self, part: &Part, present: &Present<'_>) -> Result<Vec<u8>, HarvestError> {
        let root = [
            ("xmlns", "http://www.w3.org/2005/Atom"),
            ("xmlns:fh", "http://purl.org/syndication/history/1.0"),
            ("xml:lang", self.language),
        ];
        let first = present.committed(1)?;
        let newest = part.entries.first().map(|entry| &entry.version.revision).or(first.as_ref());
        let mut xml = Xml::new()?;
        xml.within("feed", &root, |xml| {
            xml.text("id", &format!("{}changes.atom{}", self.base, self.query))?;
            xml.text("title", &self.title())?;
            xml.text("updated", newest.map_or("1970-01-01T00:00:00Z", |revision| &revision.timestamp))?;
            self.write_links(xml, part)?;
            if part.archive.is_some() {
                xml.empty("fh:archive", &[])?;
            }
            if let Some(publisher) = self.publisher {
                xml.within("author", &[], |xml| xml.text("name", publisher))?;
            }
            self.write_entries(xml, &part.entries, present)
        })?;
        Ok(xml.finish())
    }

    fn title(&self) -> String {
        let datasets: Vec<String> = self.datasets.iter().map(|dataset| dataset.name(self.base)).collect();
        let title = format!("{}{}{}", self.list, self.words.colon, self.words.changes);
        if datasets.is_empty() { title } else { format!("{title} ({})", datasets.join(", ")) }
    }

    fn write_links(&self, xml: &mut Xml, part: &Part) -> Result<(), HarvestError> {
        link(xml, "self", &self.address(part.archive), ATOM)?;
        link(xml, "alternate", &format!("{}{}/", self.site, self.language), HTML)?;
        link(xml, "license", self.licence, "")?;
        if part.archive.is_some() {
            link(xml, "current", &self.address(None), ATOM)?;
        }
        if part.previous.is_some() {
            // Readers that know archives follow the first, others the second.
            link(xml, "prev-archive", &self.address(part.previous), ATOM)?;
            link(xml, "next", &self.address(part.previous), ATOM)?;
        }
        Ok(())
    }
}

const ATOM: &str = "application/atom+xml";
const HTML: &str = "text/html";

/// A link to another resource, with its media type where one is given.
fn link(xml: &mut Xml, relation: &str, address: &str, media_type: &str) -> std::io::Result<()> {
    let attributes = [("rel", relation), ("href", address), ("type", media_type)];
    let count = if media_type.is_empty() { 2 } else { 3 };
    xml.empty("link", attributes.get(..count).unwrap_or_default())
}
