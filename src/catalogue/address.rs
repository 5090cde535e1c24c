//! Which IRI is whose: the base, records and the addresses of their documents.

use crate::rdf::{NamedNode, Prefixes};
use std::fmt;

/// The IRI that every IRI of ours starts with; ends with `/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base(String);

/// What tells the editors of the list, whose assessments are proposed for all, from other organisations.
pub const EDITORS: &str = "editors";

/// A setting that cannot be a base.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("{given:?} cannot be what our addresses start with: {reason}")]
pub struct BaseError {
    given: String,
    reason: String,
}

impl Base {
    /// Checks an absolute `http` or `https` IRI that ends with `/` and has no query or fragment.
    ///
    /// # Errors
    /// [`BaseError`] says what is wrong.
    pub fn parse(given: &str) -> Result<Self, BaseError> {
        let refuse = |reason: &str| Err(BaseError { given: given.to_owned(), reason: reason.to_owned() });
        // Header fields such as Location hold ASCII, and so do file names and mails that carry IRIs.
        if !given.is_ascii() {
            return refuse("it must be ASCII; write a host as xn--… and other characters percent-encoded");
        }
        if NamedNode::new(given).is_err() {
            return refuse("it is not an absolute IRI such as https://lists.example.eu/");
        }
        let Some(rest) = given.strip_prefix("http://").or_else(|| given.strip_prefix("https://")) else {
            return refuse("it must start with http:// or https://");
        };
        if rest.starts_with('/') {
            return refuse("it names no host");
        }
        if !rest.ends_with('/') {
            return refuse("it must end with /");
        }
        if rest.contains(['?', '#']) {
            return refuse("it must have no query and no fragment");
        }
        Ok(Self(given.to_owned()))
    }

    /// The base as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The IRI under the base with this path.
    pub fn iri(&self, path: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("{}{path}", self.0))
    }

    /// The prefixes that documents declare: those of vocabularies, and of what stands under the base.
    pub fn prefixes(&self) -> Prefixes {
        let kinds = ["service-type", "function", "navigation", "channel-type", "public-service", "organisation"];
        let kinds = kinds.into_iter().map(|kind| (kind, format!("id/{kind}/")));
        let lists = [("list", "list/"), ("release", "list/services/")].map(|(name, path)| (name, path.to_owned()));
        let own = kinds.chain(lists).map(|(name, path)| (name.to_owned(), self.iri(&path).into_string()));
        Prefixes::new(own)
    }

    /// The IRI of the organisation whose assessments are proposed for all: the editors of the list.
    pub fn editors(&self) -> String {
        self.iri(&format!("id/organisation/{EDITORS}")).into_string()
    }

    /// The IRI of what the document at a path is about: the other way round than
    /// [`RecordName::document_path`].
    pub fn subject_of(&self, document_path: &str) -> NamedNode {
        match document_path.strip_prefix("doc/") {
            Some(thing) => self.iri(&format!("id/{thing}")),
            None => self.iri(document_path),
        }
    }

    /// The record that an IRI belongs to: the IRI itself or what stands before its `#`.
    /// Nothing if the IRI is not under the base or names no record.
    pub fn record_of(&self, iri: &str) -> Option<RecordName> {
        let path = iri.strip_prefix(self.as_str())?;
        let path = path.split_once('#').map_or(path, |(path, _)| path);
        let name = RecordName::from_path(path)?;
        Some(RecordName { iri: format!("{}{path}", self.0), ..name })
    }
}

impl fmt::Display for Base {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The kind of the entries of the list, which are named by numbers.
pub(super) const SERVICE_TYPE: &str = "service-type";

/// The kind of the lists themselves, whose records stand at `list/…`.
const LIST: &str = "list";

/// The name of a record: its IRI, taken apart.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RecordName {
    /// Its IRI.
    pub iri: String,
    /// Its kind: `service-type`, `function`, a code list's name, or `list`.
    pub kind: String,
    /// What tells it from others of its kind.
    pub reference: String,
}

impl RecordName {
    /// Reads `id/{kind}/{ref}`, `list/{name}` or `list/{name}/{release}`.
    fn from_path(path: &str) -> Option<Self> {
        let mut parts = path.split('/');
        let (kind, reference) = match (parts.next()?, parts.next()?, parts.next(), parts.next()) {
            ("id", kind, Some(reference), None) if kind != LIST && is_kind(kind) && is_reference(reference) => {
                (kind, reference.to_owned())
            }
            (LIST, name, None, None) if is_reference(name) => (LIST, name.to_owned()),
            (LIST, name, Some(release), None)
                if is_reference(name) && is_reference(release) && !OF_HISTORY.contains(&release) =>
            {
                (LIST, format!("{name}/{release}"))
            }
            _ => return None,
        };
        Some(Self { iri: String::new(), kind: kind.to_owned(), reference })
    }

    /// The number of a service type; nothing for other kinds and for what is no number.
    pub fn number(&self) -> Option<u64> {
        let is_number = self.is_service_type() && !self.reference.starts_with('0');
        if is_number { self.reference.parse().ok() } else { None }
    }

    /// Whether it is an entry of the list, which is named by its number.
    pub fn is_service_type(&self) -> bool {
        self.kind == SERVICE_TYPE
    }

    /// The path of its document: `doc/{kind}/{ref}`, or for a list its own path.
    pub fn document_path(&self) -> String {
        match self.kind.as_str() {
            LIST => format!("list/{}", self.reference),
            kind => format!("doc/{kind}/{}", self.reference),
        }
    }

    /// Whether it is a list, whose document stands at its own IRI.
    pub fn is_list(&self) -> bool {
        self.kind == LIST
    }
}

/// The code of an entry of a code list, the number of a function: what ends the IRI of a record.
pub fn code_of(iri: &str) -> &str {
    iri.rsplit('/').next().unwrap_or(iri)
}

/// A lower-case word with hyphens. An import may bring new kinds: a code list is one.
pub(super) fn is_kind(text: &str) -> bool {
    text.len() <= 64
        && text.starts_with(|first: char| first.is_ascii_lowercase())
        && text.chars().all(|each| each.is_ascii_lowercase() || each.is_ascii_digit() || each == '-')
}

/// `[A-Za-z0-9][A-Za-z0-9._-]{0,63}`, and none that ends as the address of a form of a document does:
/// `list/services/a.html` must mean one thing.
fn is_reference(text: &str) -> bool {
    text.len() <= 64
        && text.starts_with(|first: char| first.is_ascii_alphanumeric())
        && text.chars().all(|each| each.is_ascii_alphanumeric() || matches!(each, '.' | '_' | '-'))
        && !FORMS.iter().any(|form| text.strip_suffix(form).is_some_and(|stem| stem.ends_with('.')))
}

/// What follows the address of a list and leads to its history, so that no release can be named so.
const OF_HISTORY: [&str; 2] = ["versions", "v"];

/// The extensions of documents, those of forms still to come included.
const FORMS: [&str; 11] = ["html", "ttl", "nt", "rdf", "jsonld", "json", "csv", "link", "trig", "nq", "linkset"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_that_cannot_carry_iris_says_why() {
        for (given, word) in [
            ("lists.example.eu", "absolute"),
            ("ftp://example.eu/", "http"),
            ("http://example.eu", "end with /"),
            ("http:///", "host"),
            ("http://example.eu/?a/", "query"),
            ("http://exämple.eu/", "xn--"),
        ] {
            let error = Base::parse(given).unwrap_err().to_string();
            assert!(error.contains(word), "{given}: {error}");
        }
    }

    #[test]
    fn an_iri_belongs_to_the_record_before_its_fragment() {
        let base = Base::parse("http://example.eu/x/").unwrap();
        let name = base.record_of("http://example.eu/x/id/service-type/372#altLabel-00").unwrap();
        assert_eq!((name.iri.as_str(), name.number()), ("http://example.eu/x/id/service-type/372", Some(372)));
        assert_eq!(name.document_path(), "doc/service-type/372");
        assert_eq!(base.subject_of(&name.document_path()).as_str(), name.iri);
        let release = base.record_of("http://example.eu/x/list/services/4.00").unwrap();
        assert_eq!((release.kind.as_str(), release.document_path().as_str()), ("list", "list/services/4.00"));
        assert_eq!(base.subject_of("list/services/4.00").as_str(), release.iri);
    }

    #[test]
    fn what_names_no_record_belongs_to_none() {
        let base = Base::parse("http://example.eu/").unwrap();
        for path in [
            "",
            "id/",
            "id/service-type",
            "id/service-type/",
            "id/a/b/c",
            "id/A/1",
            "id/a/.b",
            "list",
            "doc/a/1",
            "id/a/b%20c",
            "id/list/services",
            "id/a/b.ttl",
            "list/services/a.html",
            "list/services/versions",
            "list/services/v",
        ] {
            assert_eq!(base.record_of(&format!("http://example.eu/{path}")), None, "{path}");
        }
        assert_eq!(base.record_of("http://other.example/id/a/1"), None);
    }
}
