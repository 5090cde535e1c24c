//! The graph held to the register.
//!
//! Neither fits into memory twice, and they come in different orders: so the triples of both are counted and their
//! hashes added up, in parts by the record that they are of. Only the parts that differ are looked at again.

use super::super::open::{Catalogue, CatalogueError};
use super::super::published;
use crate::graph::{Engine, Graph, Shown};
use crate::rdf::{Content, NamedOrBlankNode, Triple};
use crate::register::{Findings, Register, Remedy, Snapshot, Unreadable};
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::thread;
use std::time::Duration;

/// How many parts there are.
const PARTS: usize = 1 << 16;

/// How many of them are looked at again.
const LOOKED_AT: usize = 256;

/// How often, and after what pause, a graph is waited for that has not followed the latest commit yet.
const TRIES: usize = 500;
const PAUSE: Duration = Duration::from_millis(10);

impl Catalogue {
    /// Holds the graph that is being served to the register. Reading and writing go on meanwhile.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn verify_graph(&self) -> Result<Findings, CatalogueError> {
        for _ in 0..TRIES {
            let snapshot = self.register.snapshot()?;
            let shown = self.graph.shown();
            if shown.revision == snapshot.revision()?.number {
                let findings = compare(&snapshot, &shown)?;
                // What differs may have been committed meanwhile, where the graph does not keep what it showed.
                if findings.is_empty() || shown.is_fixed() || self.graph.revision() == shown.revision {
                    return Ok(findings);
                }
            }
            drop(snapshot);
            thread::sleep(PAUSE);
        }
        let (shown, written) = (self.graph.revision(), self.register.snapshot()?.revision()?.number);
        let mut findings = Findings::default();
        findings.add(format!("the graph shows revision {shown}, the register has {written}"), Remedy::Restart);
        Ok(findings)
    }
}

/// Makes the graph of a register, as a server does when it starts, and holds it to the register.
///
/// # Errors
/// See [`CatalogueError`].
pub fn verify_graph_made_anew(register: &Register) -> Result<Findings, CatalogueError> {
    let graph: Graph = published::build(register, Engine::default())?;
    compare(&register.snapshot()?, &graph.shown())
}

fn compare(snapshot: &Snapshot<'_>, shown: &Shown) -> Result<Findings, CatalogueError> {
    let (mut said, mut seen) = (Sums::new(), Sums::new());
    each_said(snapshot, shown, |triple| said.add(&triple))?;
    for triple in shown.triples() {
        seen.add(&triple?);
    }
    let differing = said.differing(&seen);
    let mut findings = Findings::default();
    if differing.is_empty() {
        return Ok(findings);
    }
    let looked_at: BTreeSet<usize> = differing.iter().copied().take(LOOKED_AT).collect();
    let (mut said, mut seen) = (Parts::default(), Parts::default());
    each_said(snapshot, shown, |triple| said.add(&looked_at, &triple))?;
    for triple in shown.triples() {
        seen.add(&looked_at, &triple?);
    }
    said.tell(&seen, "the graph lacks", &mut findings);
    seen.tell(&said, "the graph shows, and the register does not say,", &mut findings);
    if let Some(more) = differing.len().checked_sub(LOOKED_AT).filter(|more| *more > 0) {
        findings.add(format!("{more} other parts of the graph differ from the register"), Remedy::Restart);
    }
    Ok(findings)
}

/// Hands every triple that the present versions say to `each`, in the form that the graph keeps it in, each once.
fn each_said(snapshot: &Snapshot<'_>, shown: &Shown, mut each: impl FnMut(Triple)) -> Result<(), CatalogueError> {
    snapshot.each_content(|record, text| {
        let content =
            Content::parse(text).map_err(|source| Unreadable::Content { record: record.to_owned(), source })?;
        // Two spellings of one value are one triple of Oxigraph's store.
        let kept: BTreeMap<String, Triple> = content
            .into_iter()
            .map(|triple| shown.kept_triple(triple))
            .map(|triple| (triple.to_string(), triple))
            .collect();
        kept.into_values().for_each(&mut each);
        Ok(())
    })
}

/// The record that a triple is of, as far as its subject tells.
fn record(triple: &Triple) -> &str {
    match &triple.subject {
        NamedOrBlankNode::NamedNode(subject) => {
            subject.as_str().split_once('#').map_or(subject.as_str(), |(record, _)| record)
        }
        NamedOrBlankNode::BlankNode(_) => "",
    }
}

fn part(triple: &Triple) -> usize {
    let parts = u64::try_from(PARTS).unwrap_or(1);
    usize::try_from(hash(record(triple)) % parts).unwrap_or(0)
}

fn hash(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// For each part, how many triples it has, and the sum of their hashes.
struct Sums(Vec<(u64, u64)>);

impl Sums {
    fn new() -> Self {
        Self(vec![(0, 0); PARTS])
    }

    fn add(&mut self, triple: &Triple) {
        if let Some((count, sum)) = self.0.get_mut(part(triple)) {
            *count += 1;
            *sum = sum.wrapping_add(hash(triple));
        }
    }

    fn differing(&self, other: &Self) -> Vec<usize> {
        let pairs = self.0.iter().zip(&other.0).enumerate();
        pairs.filter(|(_, (one, other))| one != other).map(|(part, _)| part).collect()
    }
}

/// The triples of some parts, as lines, with the record that each is of.
#[derive(Default)]
struct Parts(BTreeSet<(String, String)>);

impl Parts {
    fn add(&mut self, parts: &BTreeSet<usize>, triple: &Triple) {
        if parts.contains(&part(triple)) {
            self.0.insert((record(triple).to_owned(), format!("{triple} .")));
        }
    }

    /// Tells what is here and not in the other.
    fn tell(&self, other: &Self, what: &str, findings: &mut Findings) {
        for (record, line) in self.0.difference(&other.0) {
            findings.add_of(record, None, format!("{what} {line}"), Remedy::Restart);
        }
    }
}
