//! The files that a test begins with, or should end with, and the graphs that they are in.

use crate::manifest::{Entry, subject};
use crate::sparql::server::parse;
use oxrdf::vocab::rdfs;
use oxrdf::{Graph, NamedNode, NamedNodeRef, NamedOrBlankNodeRef, TermRef, TripleRef};
use oxrdfio::RdfFormat;
use std::collections::BTreeMap;

/// How tests of queries name their files
/// (<https://www.w3.org/2001/sw/DataAccess/tests/README.html#queryevaltests>).
pub(crate) const QUERY: Naming = Naming {
    data: NamedNodeRef::new_unchecked("http://www.w3.org/2001/sw/DataAccess/tests/test-query#data"),
    graph_data: NamedNodeRef::new_unchecked("http://www.w3.org/2001/sw/DataAccess/tests/test-query#graphData"),
    graph: NamedNodeRef::new_unchecked("http://www.w3.org/2001/sw/DataAccess/tests/test-query#graph"),
};

/// How tests of updates and of the protocol name theirs
/// (<https://www.w3.org/2009/sparql/docs/tests/#updateevaltests>).
pub(crate) const UPDATE: Naming = Naming {
    data: NamedNodeRef::new_unchecked("http://www.w3.org/2009/sparql/tests/test-update#data"),
    graph_data: NamedNodeRef::new_unchecked("http://www.w3.org/2009/sparql/tests/test-update#graphData"),
    graph: NamedNodeRef::new_unchecked("http://www.w3.org/2009/sparql/tests/test-update#graph"),
};

/// The properties by which a manifest names files.
pub(crate) struct Naming {
    /// A file of the default graph.
    data: NamedNodeRef<'static>,
    /// A file of the graph with its own name, or a node that has both.
    graph_data: NamedNodeRef<'static>,
    /// The file, of such a node; the graph's name is its label.
    graph: NamedNodeRef<'static>,
}

/// Files by the name of the graph that they are in; none is the default graph.
pub(crate) type Files = BTreeMap<Option<String>, Vec<NamedNode>>;

impl Naming {
    /// The files that a node of the manifest names.
    pub(crate) fn files(&self, entry: &Entry, node: NamedOrBlankNodeRef<'_>) -> Result<Files, String> {
        let manifest = &entry.manifest.graph;
        let mut files = Files::new();
        for file in manifest.objects_for_subject_predicate(node, self.data) {
            let TermRef::NamedNode(file) = file else { return Err(format!("{file} is no file")) };
            files.entry(None).or_default().push(file.into_owned());
        }
        for part in manifest.objects_for_subject_predicate(node, self.graph_data) {
            let (name, file) = self.named(entry, part)?;
            files.entry(Some(name)).or_default().push(file.into_owned());
        }
        Ok(files)
    }

    fn named<'a>(&self, entry: &'a Entry, part: TermRef<'a>) -> Result<(String, NamedNodeRef<'a>), String> {
        if let TermRef::NamedNode(file) = part {
            return Ok((file.as_str().to_owned(), file));
        }
        let part = subject(part).ok_or("the data of a graph are a literal")?;
        let value = |property: NamedNodeRef<'_>| entry.manifest.graph.object_for_subject_predicate(part, property);
        match (value(self.graph), value(rdfs::LABEL)) {
            (Some(TermRef::NamedNode(file)), Some(TermRef::Literal(label))) => Ok((label.value().to_owned(), file)),
            _ => Err("the data of a graph have no file or no label".to_owned()),
        }
    }
}

/// What files say together. Each is read by its own IRI, which relative IRIs in it are resolved against.
pub(crate) fn graph(entry: &Entry, files: &[NamedNode]) -> Result<Graph, String> {
    let mut graph = Graph::new();
    for file in files {
        let read = parse(entry.text(file.as_ref())?.as_bytes(), syntax(file)?, file.as_str())?;
        graph.extend(read.iter().map(TripleRef::into_owned));
    }
    Ok(graph)
}

/// The RDF syntax of a file, by its extension.
pub(crate) fn syntax(file: &NamedNode) -> Result<RdfFormat, String> {
    RdfFormat::from_extension(extension(file)).ok_or_else(|| format!("{file} has the extension of no RDF syntax"))
}

/// The extension of a file.
pub(crate) fn extension(file: &NamedNode) -> &str {
    file.as_str().rsplit('.').next().unwrap_or_default()
}
