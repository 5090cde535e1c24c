//! The history of records: their versions, what each said, and what changed from one to another.
//!
//! A version never changes, so what is told of one here is the same whenever it is asked for. `provenance` tells it
//! as RDF.

use super::address::RecordName;
use super::document::Document;
use super::open::CatalogueError;
use super::present::Present;
use super::writer::Status;
use crate::rdf::{Content, NamedNode, NamedOrBlankNode, Term, Triple, is_part};
use crate::register::{Listed, RecordVersion, VersionEntry};
use std::collections::{BTreeMap, BTreeSet};
use std::time::SystemTime;

/// How many versions a page of a history holds.
const PAGE: u64 = 100;

/// Versions of a record, a page of them.
#[derive(Clone, Debug)]
pub struct History {
    /// The record's name.
    pub name: RecordName,
    /// The versions of the page, the oldest first.
    pub versions: Vec<VersionEntry>,
    /// The record's first version and its present one.
    pub ends: Ends,
    /// The number of the page. Pages count from the oldest version on, so that a full one never changes.
    pub page: u64,
    /// How many pages there are.
    pub pages: u64,
    /// The revision of the register that all of this was read at.
    pub revision: u64,
}

/// The first version of a record and its present one.
#[derive(Clone, Debug)]
pub struct Ends {
    /// The first version.
    pub first: VersionEntry,
    /// The present version.
    pub last: VersionEntry,
}

/// One version of a record.
#[derive(Clone, Debug)]
pub struct Version {
    /// The record's name.
    pub name: RecordName,
    /// Who made it, when and why.
    pub entry: VersionEntry,
    /// What it says.
    pub content: Content,
    /// The record's first version and its present one.
    pub ends: Ends,
    /// The version before it.
    pub previous: Option<VersionEntry>,
    /// The version after it.
    pub next: Option<VersionEntry>,
    /// The revision of the register that its neighbours were read at.
    pub revision: u64,
}

/// What changed from one version of a record to a later one.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// The version that it changed from.
    pub from: Version,
    /// The version that it changed to.
    pub to: Version,
}

/// The values that one property of a resource lost and gained, those in one language apart from those in another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedProperty {
    /// The IRI of the record or of a part of it.
    pub subject: String,
    /// The property's IRI.
    pub property: String,
    /// The language tag of the values, in lower case; nothing for values without one.
    pub language: Option<String>,
    /// The values that went.
    pub from: Vec<Term>,
    /// The values that came.
    pub to: Vec<Term>,
}

impl Present<'_> {
    /// A page of the versions of a record, the newest page where none is asked for. Nothing if there is no such record
    /// or no such page.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn history(&self, iri: &str, page: Option<u64>) -> Result<Option<History>, CatalogueError> {
        let Some((name, ends)) = self.ends(iri)? else { return Ok(None) };
        let pages = ends.last.number.div_ceil(PAGE);
        let page = page.unwrap_or(pages);
        if page == 0 || page > pages {
            return Ok(None);
        }
        let versions = self.snapshot.versions(iri, (page - 1) * PAGE + 1..=page * PAGE)?;
        Ok(Some(History { name, versions, ends, page, pages, revision: self.revision() }))
    }

    /// The moments of the first and the last version on a page of a history.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn span(&self, history: &History, page: u64) -> Result<Option<[SystemTime; 2]>, CatalogueError> {
        let last = (page * PAGE).min(history.ends.last.number);
        let at =
            |number| Ok::<_, CatalogueError>(self.entry(&history.name.iri, number)?.map(|entry| entry.revision.at));
        Ok(at((page - 1) * PAGE + 1)?.zip(at(last)?).map(|(from, until)| [from, until]))
    }

    /// A version of a record; nothing if there is no such record or no version with this number.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn version(&self, iri: &str, number: u64) -> Result<Option<Version>, CatalogueError> {
        let Some((name, ends)) = self.ends(iri)? else { return Ok(None) };
        let Some((entry, content)) = self.snapshot.version(iri, number)? else { return Ok(None) };
        let previous = self.entry(iri, number - 1)?;
        let next = self.entry(iri, number + 1)?;
        Ok(Some(Version { name, entry, content, ends, previous, next, revision: self.revision() }))
    }

    /// The number of the version that a record had at a moment, or of its first one for an earlier moment; nothing if
    /// there is no such record.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn version_at(&self, iri: &str, moment: SystemTime) -> Result<Option<u64>, CatalogueError> {
        Ok(self.snapshot.version_at(iri, moment)?)
    }

    /// What changed from one version of a record to another; nothing if there is no such record or one of the versions
    /// does not exist.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn comparison(&self, iri: &str, from: u64, to: u64) -> Result<Option<Comparison>, CatalogueError> {
        let versions = self.version(iri, from)?.zip(self.version(iri, to)?);
        Ok(versions.map(|(from, to)| Comparison { from, to }))
    }

    /// A version as a document: what it said, and the names of what it points at, as they are now. What points at the
    /// record is not told, since that is what others say.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn document_of(&self, version: &Version) -> Result<Document, CatalogueError> {
        let VersionEntry { number, revision, .. } = &version.entry;
        Ok(Document {
            name: version.name.clone(),
            version: RecordVersion {
                iri: version.name.iri.clone(),
                kind: version.name.kind.clone(),
                number: *number,
                revision: revision.clone(),
                touched: revision.at,
                content: version.content.clone(),
            },
            pointed_at: self.named_in(&version.content)?,
            incoming: Vec::new(),
            revision: version.revision,
            moment: revision.at,
        })
    }

    /// The agents of versions and the organisations that they acted for, by IRI.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn agents_of<'v>(
        &self,
        versions: impl IntoIterator<Item = &'v VersionEntry>,
    ) -> Result<BTreeMap<String, Listed>, CatalogueError> {
        let each = versions.into_iter().flat_map(|entry| [Some(entry.agent.as_str()), entry.organisation.as_deref()]);
        self.names(each.flatten())
    }

    /// The records that a content points at, by IRI. A link to a part shows its record's name.
    fn named_in(&self, content: &Content) -> Result<BTreeMap<String, Listed>, CatalogueError> {
        let objects = content.iter().filter_map(|triple| match &triple.object {
            Term::NamedNode(object) => self.base.record_of(object.as_str()).map(|name| name.iri),
            _ => None,
        });
        let records: BTreeSet<String> = objects.collect();
        let named = records.into_iter().map(|iri| Ok(self.snapshot.named(&iri)?.map(|listed| (iri, listed))));
        named.filter_map(Result::transpose).collect()
    }

    /// A record's name, and its first and present version.
    fn ends(&self, iri: &str) -> Result<Option<(RecordName, Ends)>, CatalogueError> {
        let Some(name) = self.base.record_of(iri).filter(|name| name.iri == iri) else { return Ok(None) };
        let Some(count) = self.snapshot.version_count(iri)? else { return Ok(None) };
        let ends = self.entry(iri, 1)?.zip(self.entry(iri, count)?);
        Ok(ends.map(|(first, last)| (name, Ends { first, last })))
    }

    fn entry(&self, iri: &str, number: u64) -> Result<Option<VersionEntry>, CatalogueError> {
        Ok(self.snapshot.versions(iri, number..=number)?.into_iter().next())
    }
}

impl Version {
    /// What the record's life had come to in this version. A status that is none of ours, which the register did not
    /// always refuse, tells nothing.
    pub fn status(&self) -> Status {
        Status::of(&self.name.iri, &self.content).unwrap_or(Status::Stable)
    }
}

impl Comparison {
    /// The triples that went.
    pub fn removed(&self) -> impl Iterator<Item = &Triple> {
        self.from.content.minus(&self.to.content)
    }

    /// The triples that came.
    pub fn added(&self) -> impl Iterator<Item = &Triple> {
        self.to.content.minus(&self.from.content)
    }

    /// The same by property and language: first those of the record, then those of parts that stayed. A part that came
    /// or went whole is a value of the property that leads to it, and is not told apart.
    pub fn properties(&self) -> Vec<ChangedProperty> {
        let record = self.to.name.iri.as_str();
        let (before, after) = (subjects(&self.from.content), subjects(&self.to.content));
        let is_told_apart = |triple: &Triple| match &triple.subject {
            NamedOrBlankNode::NamedNode(subject) if is_part(record, subject.as_str()) => {
                before.contains(subject.as_str()) && after.contains(subject.as_str())
            }
            _ => true,
        };
        let mut changed: BTreeMap<(String, String, Option<String>), ChangedProperty> = BTreeMap::new();
        for triple in self.removed().filter(|triple| is_told_apart(triple)) {
            place_of(&mut changed, triple).from.push(triple.object.clone());
        }
        for triple in self.added().filter(|triple| is_told_apart(triple)) {
            place_of(&mut changed, triple).to.push(triple.object.clone());
        }
        changed.into_values().collect()
    }
}

/// The IRIs that a content says something of.
fn subjects(content: &Content) -> BTreeSet<&str> {
    content.subjects().into_iter().map(NamedNode::as_str).collect()
}

/// Where a triple that went or came is told.
fn place_of<'c>(
    changed: &'c mut BTreeMap<(String, String, Option<String>), ChangedProperty>,
    triple: &Triple,
) -> &'c mut ChangedProperty {
    let subject = match &triple.subject {
        NamedOrBlankNode::NamedNode(subject) => subject.as_str().to_owned(),
        NamedOrBlankNode::BlankNode(subject) => subject.to_string(),
    };
    let property = triple.predicate.as_str().to_owned();
    let language = match &triple.object {
        Term::Literal(literal) => literal.language().map(str::to_ascii_lowercase),
        _ => None,
    };
    changed.entry((subject.clone(), property.clone(), language.clone())).or_insert_with(|| ChangedProperty {
        subject,
        property,
        language,
        from: Vec::new(),
        to: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Base;
    use crate::rdf::read_turtle;
    use crate::register::Revision;
    use std::time::UNIX_EPOCH;

    const BASE: &str = "http://lists.example.eu/";

    fn version(number: u64, turtle: &str) -> Version {
        let prefixes = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix : <http://e/> . ";
        let record = format!("{BASE}id/function/1");
        let triples = read_turtle(format!("{prefixes}{turtle}").as_bytes(), &record).unwrap();
        let revision = Revision { number, at: UNIX_EPOCH, timestamp: "1970-01-01T00:00:00Z".to_owned() };
        let entry = VersionEntry {
            number,
            revision,
            agent: "an editor".to_owned(),
            activity: "edit".to_owned(),
            organisation: None,
            reason: None,
            digest: [0; 32],
        };
        Version {
            name: Base::parse(BASE).unwrap().record_of(&record).unwrap(),
            ends: Ends { first: entry.clone(), last: entry.clone() },
            entry,
            content: triples.into_iter().collect(),
            previous: None,
            next: None,
            revision: number,
        }
    }

    /// What changed, as `part property language: before > after`.
    fn changed(from: &str, to: &str) -> Vec<String> {
        let comparison = Comparison { from: version(1, from), to: version(2, to) };
        let values = |terms: &[Term]| terms.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        let local = |iri: &str| iri.rsplit(['/', '#']).next().unwrap().to_owned();
        let each = comparison.properties().into_iter().map(|change| {
            let (subject, property) = (local(&change.subject), local(&change.property));
            let language = change.language.unwrap_or_default();
            format!("{subject} {property} {language}: {} > {}", values(&change.from), values(&change.to))
        });
        each.collect()
    }

    #[test]
    fn what_changed_is_told_by_property_and_language_whatever_the_case_of_the_tag() {
        let from = r#"<> skos:prefLabel "Bins"@en , "Bakken"@nl ; skos:notation "7" ."#;
        let to = r#"<> skos:prefLabel "Waste"@EN , "Bakken"@nl , "Abfall"@de ; skos:notation "7" ."#;
        let told = changed(from, to);
        assert_eq!(told.len(), 2, "{told:?}");
        assert_eq!(told[0], r#"1 prefLabel de:  > "Abfall"@de"#);
        assert!(told[1].starts_with(r#"1 prefLabel en: "Bins"@en > "Waste"@"#), "{told:?}");
        assert_eq!(changed(from, from), [""; 0]);
    }

    #[test]
    fn a_part_that_stayed_is_told_apart_and_one_that_came_or_went_is_a_value() {
        let from = "<> :p <#old> , <#kept> . <#old> :q 1 . <#kept> :q 1 .";
        let to = "<> :p <#new> , <#kept> . <#new> :q 2 . <#kept> :q 2 .";
        let told = changed(from, to);
        let part = |name: &str| format!("<{BASE}id/function/1#{name}>");
        let integer = "^^<http://www.w3.org/2001/XMLSchema#integer>";
        let (went, came) = (part("old"), part("new"));
        assert_eq!(told, [format!("1 p : {went} > {came}"), format!("kept q : \"1\"{integer} > \"2\"{integer}")]);
    }
}
