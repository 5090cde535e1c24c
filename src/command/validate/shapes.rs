//! What `eusl validate` checks against: the shapes that ship, or files of shapes, which are refused with the place.

use super::super::options::Validate;
use super::super::report;
use super::data::{open, syntax_of};
use crate::catalogue::Gate;
use crate::rdf::{BlankNode, Prefixes, Triple, WithLines, file_iri};
use crate::shacl::{Shapes, ShapesError};
use crate::vocab;
use anyhow::{Context, Result, anyhow, bail};
use oxrdf::{Graph, NamedOrBlankNode, Term};
use oxrdfio::{RdfFormat, RdfParser};
use std::collections::HashSet;
use std::path::{Path, PathBuf};

/// What data are checked against.
pub(super) enum Rules {
    /// What ships with the program.
    Shipped(Box<Gate>),
    /// Shapes of files, their prefixes, and codes if they were asked for.
    Own(Box<Shapes>, Prefixes, Vec<Triple>),
}

impl Rules {
    /// What the options ask for.
    pub(super) fn of(options: &Validate) -> Result<Self> {
        if options.shapes.is_empty() {
            return Ok(Self::Shipped(Box::new(Gate::new()?)));
        }
        let (shapes, prefixes) = read(&options.shapes)?;
        let codes = if options.codes { Gate::new()?.closure().to_vec() } else { Vec::new() };
        Ok(Self::Own(Box::new(shapes), prefixes, codes))
    }

    /// The shapes.
    pub(super) fn shapes(&self) -> &Shapes {
        match self {
            Self::Shipped(gate) => gate.shapes(),
            Self::Own(shapes, ..) => shapes,
        }
    }

    /// Triples that take part beside the data.
    pub(super) fn codes(&self) -> &[Triple] {
        match self {
            Self::Shipped(gate) => gate.closure(),
            Self::Own(.., codes) => codes,
        }
    }

    /// The prefixes that the shapes are written with.
    pub(super) fn prefixes(&self) -> Prefixes {
        match self {
            Self::Shipped(_) => shipped_prefixes(),
            Self::Own(_, prefixes, _) => prefixes.clone(),
        }
    }
}

/// Shapes files while they are read.
#[derive(Default)]
struct Files {
    triples: Vec<Placed>,
    prefixes: Vec<(String, String)>,
}

/// A triple, the number of its file and its line.
struct Placed {
    triple: Triple,
    file: usize,
    line: Option<u64>,
}

/// Reads and compiles shapes files. The prefixes are those that they declare.
fn read(paths: &[PathBuf]) -> Result<(Shapes, Prefixes)> {
    let mut files = Files::default();
    for (number, path) in paths.iter().enumerate() {
        files.read(number, path).with_context(|| path.display().to_string())?;
    }
    let graph: Graph = files.triples.iter().map(|placed| &placed.triple).collect();
    let shapes = Shapes::parse(&graph).map_err(|error| files.explain(paths, &error))?;
    for remark in shapes.remarks() {
        report::note(&format!("{}: {remark}", listed(paths)));
    }
    if shapes.targeted() == 0 {
        bail!("{}: no shape in it has a target, so nothing would be checked", listed(paths));
    }
    Ok((shapes, prefixes(files.prefixes)))
}

impl Files {
    fn read(&mut self, number: usize, path: &Path) -> Result<()> {
        let mut triples = WithLines::new(syntax_of(path)?, &file_iri(path), open(path)?)?;
        for triple in triples.by_ref() {
            let (quad, line) = triple?;
            let triple = apart(quad.into(), number + 1);
            self.triples.push(Placed { triple, file: number, line });
        }
        self.prefixes.extend(triples.prefixes().map(|(name, iri)| (name.to_owned(), iri.to_owned())));
        Ok(())
    }

    /// Why the shapes are refused, with the file and the line.
    fn explain(&self, paths: &[PathBuf], error: &ShapesError) -> anyhow::Error {
        let is_subject = |placed: &&Placed| Term::from(placed.triple.subject.clone()) == error.subject;
        let is_property = |placed: &&Placed| error.property.as_deref() == Some(placed.triple.predicate.as_str());
        let of_subject = || self.triples.iter().filter(is_subject);
        let placed = of_subject().find(is_property).or_else(|| of_subject().next());
        let place = placed.and_then(|placed| {
            let path = paths.get(placed.file)?.display();
            Some(placed.line.map_or_else(|| path.to_string(), |line| format!("{path}:{line}")))
        });
        let mut reason = error.to_string();
        if error.subject.is_blank_node() {
            // Its label is the reader's own; the line tells which it is.
            reason = reason.replace(&error.subject.to_string(), "a node without a name");
        }
        anyhow!("{}: the shapes cannot be used: {reason}", place.unwrap_or_else(|| listed(paths)))
    }
}

/// The triple with blank nodes that neither another file nor the data have.
fn apart(triple: Triple, number: usize) -> Triple {
    let label = |node: &BlankNode| BlankNode::new_unchecked(format!("shapes{number}_{}", node.as_str()));
    let subject = match triple.subject {
        NamedOrBlankNode::BlankNode(node) => label(&node).into(),
        named @ NamedOrBlankNode::NamedNode(_) => named,
    };
    let object = match triple.object {
        Term::BlankNode(node) => label(&node).into(),
        other => other,
    };
    Triple { subject, predicate: triple.predicate, object }
}

fn listed(paths: &[PathBuf]) -> String {
    paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ")
}

/// The known prefixes and those declared. A name that two files use differently is that of the first.
fn prefixes(declared: Vec<(String, String)>) -> Prefixes {
    let mut names: HashSet<String> = vocab::PREFIXES.iter().map(|(name, _)| (*name).to_owned()).collect();
    Prefixes::new(declared.into_iter().filter(|(name, _)| names.insert(name.clone())))
}

/// The prefixes that the shipped shapes declare.
fn shipped_prefixes() -> Prefixes {
    let mut declared = Vec::new();
    for text in [vocab::SHAPES, vocab::CPSV_AP_SHAPES] {
        let mut parser = RdfParser::from_format(RdfFormat::Turtle).for_slice(text);
        // They stand at the head of the file, before its first triple.
        drop(parser.next());
        declared.extend(parser.prefixes().map(|(name, iri)| (name.to_owned(), iri.to_owned())));
    }
    prefixes(declared)
}
