//! Entries: what a version of a record did, who made it and why.

use super::{Feed, HTML, link};
use crate::catalogue::{FeedChange, FeedEntry, Present, Status};
use crate::harvest::HarvestError;
use crate::harvest::xml::Xml;
use crate::rdf::{Literal, best_literal};
use std::collections::BTreeMap;

/// What agents are called: by their IRIs.
type Agents = BTreeMap<String, String>;

impl Feed<'_> {
    pub(super) fn write_entries(
        &self,
        xml: &mut Xml,
        entries: &[FeedEntry],
        present: &Present<'_>,
    ) -> Result<(), HarvestError> {
        let agents = self.agents(entries, present)?;
        for entry in entries {
            self.write_entry(xml, entry, &agents, present)?;
        }
        Ok(())
    }

    fn write_entry(
        &self,
        xml: &mut Xml,
        entry: &FeedEntry,
        agents: &Agents,
        present: &Present<'_>,
    ) -> Result<(), HarvestError> {
        let (path, version) = (entry.name.document_path(), &entry.version);
        let at = |path: &str| format!("{}{path}", self.site);
        let word = self.word(entry);
        let datasets = present.datasets_of(entry)?;
        xml.within("entry", &[], |xml| {
            xml.text("id", entry.version_iri(self.base).as_str())?;
            xml.text("title", &format!("{}{}{word}", self.name(entry), self.words.colon))?;
            xml.text("updated", &version.revision.timestamp)?;
            person(xml, "author", &version.agent, agents)?;
            if let Some(organisation) = &version.organisation {
                person(xml, "contributor", organisation, agents)?;
            }
            let change = change_of(entry.change);
            xml.empty("category", &[("scheme", ACTIVITY_STREAMS), ("term", change), ("label", word)])?;
            for dataset in datasets {
                let scheme = format!("{}catalog", self.base);
                xml.empty("category", &[("scheme", &scheme), ("term", &dataset.name(self.base))])?;
            }
            link(xml, "alternate", &at(&format!("{}/{path}", self.language)), HTML)?;
            link(xml, "related", &at(&format!("{path}/v/{}", version.number)), "")?;
            link(xml, "describedby", &at(&format!("{path}/v/{}.rdf", version.number)), "application/rdf+xml")?;
            link(xml, "describedby", &at(&format!("{path}/v/{}.ttl", version.number)), "text/turtle")?;
            match &version.reason {
                Some(reason) => Ok(xml.text("summary", reason)?),
                None => Ok(()),
            }
        })
    }

    /// What the version calls its record, as the reader spells it.
    fn name(&self, entry: &FeedEntry) -> String {
        let names = entry.names();
        best_literal(&names, self.reader).map_or_else(|| entry.name.reference.clone(), |name| name.value().to_owned())
    }

    /// What came of the record, in a word.
    fn word(&self, entry: &FeedEntry) -> &str {
        let words = self.words;
        match Status::of(&entry.name.iri, &entry.content) {
            Ok(Status::Withdrawn) => words.withdrawn,
            Ok(Status::Superseded) => words.superseded,
            Ok(Status::Deprecated) => words.deprecated,
            _ if entry.change == FeedChange::Create => words.new,
            _ => words.changed,
        }
    }

    /// What those who made versions are called, and those they made them for.
    fn agents(&self, entries: &[FeedEntry], present: &Present<'_>) -> Result<Agents, HarvestError> {
        let of_entry = |entry: &'_ FeedEntry| [Some(entry.version.agent.clone()), entry.version.organisation.clone()];
        let iris: Vec<String> = entries.iter().flat_map(of_entry).flatten().collect();
        let named = present.names(iris.iter().map(String::as_str))?;
        let called = named.into_iter().filter_map(|(iri, listed)| {
            let names: Vec<Literal> = listed.names?.values;
            best_literal(&names, self.reader).map(|name| (iri, name.value().to_owned()))
        });
        Ok(called.collect())
    }
}

/// The vocabulary of what changes do, <https://www.w3.org/TR/activitystreams-vocabulary/#activity-types>.
const ACTIVITY_STREAMS: &str = "https://www.w3.org/ns/activitystreams#";

const fn change_of(change: FeedChange) -> &'static str {
    match change {
        FeedChange::Create => "Create",
        FeedChange::Update => "Update",
        FeedChange::Delete => "Delete",
    }
}

/// Somebody who had to do with a version: an IRI, or a name.
fn person(xml: &mut Xml, element: &str, agent: &str, agents: &Agents) -> Result<(), HarvestError> {
    xml.within(element, &[], |xml| {
        xml.text("name", agents.get(agent).map_or(agent, String::as_str))?;
        let is_iri = crate::rdf::NamedNode::new(agent).is_ok();
        if is_iri { Ok(xml.text("uri", agent)?) } else { Ok(()) }
    })
}
