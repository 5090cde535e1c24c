//! Test manifests as the W3C writes them: a file includes others and lists its own entries.
//!
//! <https://w3c.github.io/data-shapes/data-shapes-test-suite/#manifest>

use oxrdf::vocab::rdf;
use oxrdf::{Graph, NamedNode, NamedNodeRef, NamedOrBlankNodeRef, TermRef, Triple};
use oxrdfio::{RdfFormat, RdfParser};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The manifests that a manifest includes.
const INCLUDE: NamedNodeRef<'static> = mf("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#include");
/// The list of a manifest's entries.
const ENTRIES: NamedNodeRef<'static> = mf("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#entries");
/// What an entry does.
pub(crate) const ACTION: NamedNodeRef<'static> = mf("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#action");
/// What should come of it.
pub(crate) const RESULT: NamedNodeRef<'static> = mf("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#result");

const fn mf(iri: &'static str) -> NamedNodeRef<'static> {
    NamedNodeRef::new_unchecked(iri)
}

/// A folder of manifests.
#[derive(Clone)]
pub(crate) struct Suite {
    /// What the names of its tests begin with.
    pub(crate) name: &'static str,
    /// Where its files are.
    pub(crate) folder: PathBuf,
    /// The IRI that stands for the folder, with a slash at its end. It is not a `file:` IRI, so
    /// that names and reports are the same on every machine.
    pub(crate) base: &'static str,
    /// The manifests that lead to all others.
    pub(crate) manifests: &'static [&'static str],
}

/// A file of a suite.
pub(crate) struct Document {
    /// Its IRI, which relative IRIs in it are resolved against.
    pub(crate) iri: NamedNode,
    /// What it says.
    pub(crate) graph: Graph,
}

/// A test of a manifest.
#[derive(Clone)]
pub(crate) struct Entry {
    /// Its IRI.
    pub(crate) iri: NamedNode,
    /// The kind of test it is.
    pub(crate) kind: NamedNode,
    /// The manifest that lists and describes it.
    pub(crate) manifest: Arc<Document>,
    suite: Suite,
}

impl Suite {
    /// Every entry of the suite's manifests and of those that they include, in their order.
    ///
    /// # Errors
    /// A sentence that names the file and what is wrong with it.
    pub(crate) fn entries(&self) -> Result<Vec<Entry>, String> {
        let mut entries = Vec::new();
        let mut read = BTreeSet::new();
        let mut open: Vec<NamedNode> = self.manifests.iter().rev().map(|path| self.iri_of(path)).collect();
        while let Some(iri) = open.pop() {
            if !read.insert(iri.clone()) {
                continue;
            }
            let manifest = Arc::new(self.read(&iri)?);
            open.extend(included(&manifest).into_iter().rev());
            for node in listed(&manifest)? {
                entries.push(self.entry(node, &manifest)?);
            }
        }
        Ok(entries)
    }

    /// Reads a file of the suite, by its IRI.
    pub(crate) fn read(&self, iri: &NamedNode) -> Result<Document, String> {
        let path = self.path_of(iri)?;
        let bytes = fs::read(&path).map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
        let parser = RdfParser::from_format(RdfFormat::Turtle)
            .with_base_iri(iri.as_str())
            .map_err(|error| format!("{iri} cannot be a base: {error}"))?;
        let quads: Result<Vec<_>, _> = parser.for_slice(&bytes).collect();
        let quads = quads.map_err(|error| format!("{}: {error}", path.display()))?;
        let graph = quads.into_iter().map(Triple::from).collect();
        Ok(Document { iri: iri.clone(), graph })
    }

    /// The IRI of a file, whose path in the suite is written with slashes.
    pub(crate) fn iri_of(&self, path: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("{}{path}", self.base))
    }

    fn path_of(&self, iri: &NamedNode) -> Result<PathBuf, String> {
        let inside = iri.as_str().strip_prefix(self.base).ok_or_else(|| format!("{iri} is no file of the suite"))?;
        Ok(self.folder.join(Path::new(inside)))
    }

    fn entry(&self, node: NamedNodeRef<'_>, manifest: &Arc<Document>) -> Result<Entry, String> {
        match manifest.graph.object_for_subject_predicate(node, rdf::TYPE) {
            Some(TermRef::NamedNode(kind)) => Ok(Entry {
                iri: node.into_owned(),
                kind: kind.into_owned(),
                manifest: Arc::clone(manifest),
                suite: self.clone(),
            }),
            _ => Err(format!("{node} in {} has no type", manifest.iri)),
        }
    }
}

impl Entry {
    /// The suite's name and the entry's place in the suite, such as `shacl/core/node/and-001`.
    pub(crate) fn name(&self) -> String {
        let place = self.iri.as_str().strip_prefix(self.suite.base).unwrap_or(self.iri.as_str());
        format!("{}/{place}", self.suite.name)
    }

    /// Whether the entry is one of a suite.
    pub(crate) fn is_of(&self, suite: &str) -> bool {
        self.suite.name == suite
    }

    /// The name without its last part, such as `shacl/core/node`.
    pub(crate) fn group(&self) -> String {
        let name = self.name();
        name.rsplit_once('/').map_or(name.clone(), |(group, _)| group.to_owned())
    }

    /// The file with this IRI: the manifest itself, as it was read, or another one.
    pub(crate) fn document(&self, iri: NamedNodeRef<'_>) -> Result<Arc<Document>, String> {
        if iri == self.manifest.iri.as_ref() {
            return Ok(Arc::clone(&self.manifest));
        }
        self.suite.read(&iri.into_owned()).map(Arc::new)
    }

    /// The text of a file.
    pub(crate) fn text(&self, iri: NamedNodeRef<'_>) -> Result<String, String> {
        let path = self.suite.path_of(&iri.into_owned())?;
        fs::read_to_string(&path).map_err(|error| format!("{} cannot be read: {error}", path.display()))
    }

    /// The value of a property of the entry.
    pub(crate) fn value(&self, property: NamedNodeRef<'_>) -> Result<TermRef<'_>, String> {
        self.manifest
            .graph
            .object_for_subject_predicate(&self.iri, property)
            .ok_or_else(|| format!("{} has no {property}", self.iri))
    }
}

/// A term that can be a subject.
pub(crate) fn subject(term: TermRef<'_>) -> Option<NamedOrBlankNodeRef<'_>> {
    match term {
        TermRef::NamedNode(node) => Some(node.into()),
        TermRef::BlankNode(node) => Some(node.into()),
        TermRef::Literal(_) => None,
    }
}

/// The manifests that one includes. A graph has no order; that of their IRIs is as good as any.
fn included(manifest: &Document) -> BTreeSet<NamedNode> {
    let objects = manifest.graph.objects_for_subject_predicate(&manifest.iri, INCLUDE);
    // The W3C's own manifests include one by one, or by a list.
    objects
        .flat_map(|object| list_items(&manifest.graph, object).unwrap_or_else(|| vec![object]))
        .filter_map(|object| match object {
            TermRef::NamedNode(iri) => Some(iri.into_owned()),
            _ => None,
        })
        .collect()
}

/// The entries that a manifest lists.
fn listed(manifest: &Document) -> Result<Vec<NamedNodeRef<'_>>, String> {
    let Some(list) = manifest.graph.object_for_subject_predicate(&manifest.iri, ENTRIES) else {
        return Ok(Vec::new());
    };
    let items =
        list_items(&manifest.graph, list).ok_or_else(|| format!("mf:entries of {} is no list", manifest.iri))?;
    items
        .into_iter()
        .map(|item| match item {
            TermRef::NamedNode(iri) => Ok(iri),
            other => Err(format!("{other} in mf:entries of {} is no IRI", manifest.iri)),
        })
        .collect()
}

/// The items of an RDF list; nothing if it is not well-formed.
pub(crate) fn list_items<'a>(graph: &'a Graph, list: TermRef<'a>) -> Option<Vec<TermRef<'a>>> {
    let (mut items, mut seen) = (Vec::new(), BTreeSet::new());
    let mut rest = list;
    while rest != TermRef::NamedNode(rdf::NIL) {
        let TermRef::BlankNode(node) = rest else { return None };
        if !seen.insert(node.as_str().to_owned()) {
            return None;
        }
        let node = NamedOrBlankNodeRef::BlankNode(node);
        items.push(graph.object_for_subject_predicate(node, rdf::FIRST)?);
        rest = graph.object_for_subject_predicate(node, rdf::REST)?;
    }
    Some(items)
}
