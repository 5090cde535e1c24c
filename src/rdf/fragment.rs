//! Blank nodes of a record become fragments of its IRI.
//!
//! A blank node cannot be linked to, compared or versioned. Each gets the IRI
//! `{record}#{property}-{hash}`, where the hash covers what the node itself says: a node that
//! does not change keeps its IRI, whatever changes around it.

use super::{BlankNode, NamedNode, NamedOrBlankNode, Term, Triple};
use sha2::{Digest, Sha256};
use sophia::api::quad::Spog;
use sophia::api::term::{BnodeId, IriRef, LanguageTag, SimpleTerm};
use sophia::c14n::C14nError;
use sophia::c14n::rdfc10::{DEFAULT_DEPTH_FACTOR, DEFAULT_PERMUTATION_LIMIT, relabel_with};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Blank nodes that cannot be named.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum FragmentError {
    /// The blank nodes are so alike and so entangled that no bounded work tells them apart.
    #[error(
        "the blank nodes of {record} are too entangled to be named ({reason}); give them IRIs that start with {record}#"
    )]
    TooEntangled {
        /// The record's IRI.
        record: String,
        /// What the canonicalisation said.
        reason: String,
    },
    /// No property of the record leads to the blank node.
    #[error(
        "the blank node {node} of {record} is not the value of any property; link it to the record or give it an IRI that starts with {record}#"
    )]
    Unreached {
        /// The record's IRI.
        record: String,
        /// The label the blank node came with.
        node: String,
    },
}

/// Puts a fragment of the record's IRI in the place of every blank node.
///
/// The hash is taken over the RDFC-1.0 form of the triples that can be reached from the node
/// (<https://www.w3.org/TR/rdf-canon/>), computed within limits, since the triples may come
/// from outside. Blank nodes that say the same become one.
///
/// # Errors
/// See [`FragmentError`].
pub fn name_blank_nodes(record: &NamedNode, triples: Vec<Triple>) -> Result<Vec<Triple>, FragmentError> {
    let mut described: BTreeMap<&str, Vec<&Triple>> = BTreeMap::new();
    let mut reached_by: BTreeMap<&str, &str> = BTreeMap::new();
    for triple in &triples {
        if let NamedOrBlankNode::BlankNode(node) = &triple.subject {
            described.entry(node.as_str()).or_default().push(triple);
        }
        if let Term::BlankNode(node) = &triple.object {
            let property = local_name(triple.predicate.as_str());
            let first = reached_by.entry(node.as_str()).or_insert(property);
            *first = property.min(*first);
        }
    }
    if described.is_empty() && reached_by.is_empty() {
        return Ok(triples);
    }
    let mut names = BTreeMap::new();
    for node in described.keys().chain(reached_by.keys()) {
        let Some(property) = reached_by.get(node) else {
            return Err(FragmentError::Unreached { record: record.as_str().to_owned(), node: format!("_:{node}") });
        };
        let hash = hash_of(node, &described)
            .map_err(|reason| FragmentError::TooEntangled { record: record.as_str().to_owned(), reason })?;
        let name = NamedNode::new_unchecked(format!("{}#{property}-{hash}", record.as_str()));
        names.insert((*node).to_owned(), name);
    }
    Ok(triples.into_iter().map(|triple| renamed(triple, &names)).collect())
}

/// Sixteen hexadecimal digits over what `node` says.
fn hash_of(node: &str, described: &BTreeMap<&str, Vec<&Triple>>) -> Result<String, String> {
    let closure = closure(node, described);
    let quads: HashSet<Spog<SimpleTerm<'_>>> = closure
        .iter()
        .map(|triple| ([simple_subject(&triple.subject), simple_iri(&triple.predicate), simple(&triple.object)], None))
        .collect();
    let (_, labels) =
        relabel_with::<sophia::c14n::hash::Sha256, _>(&quads, DEFAULT_DEPTH_FACTOR, DEFAULT_PERMUTATION_LIMIT)
            .map_err(|error: C14nError<_>| error.to_string())?;
    let canonical = |blank: &BlankNode| -> BlankNode {
        let label = labels.get(blank.as_str()).map_or("_", |label| label.as_str());
        BlankNode::new_unchecked(label)
    };
    let mut lines: BTreeSet<String> = closure
        .iter()
        .map(|triple| {
            let subject = match &triple.subject {
                NamedOrBlankNode::BlankNode(blank) => canonical(blank).into(),
                NamedOrBlankNode::NamedNode(_) => triple.subject.clone(),
            };
            let object = match &triple.object {
                Term::BlankNode(blank) => canonical(blank).into(),
                _ => triple.object.clone(),
            };
            Triple { subject, predicate: triple.predicate.clone(), object }.to_string()
        })
        .collect();
    // Two nodes of one cycle share a closure: the label tells them apart.
    lines.insert(canonical(&BlankNode::new_unchecked(node)).to_string());
    let mut hash = Sha256::new();
    for line in &lines {
        hash.update(line.as_bytes());
        hash.update(b"\n");
    }
    let digest = hash.finalize();
    let name = digest.first_chunk().map_or(0, |bytes| u64::from_be_bytes(*bytes));
    Ok(format!("{name:016x}"))
}

/// The triples of `node` and of every blank node that can be reached from it.
fn closure<'a>(node: &str, described: &BTreeMap<&str, Vec<&'a Triple>>) -> Vec<&'a Triple> {
    let mut seen = BTreeSet::from([node.to_owned()]);
    let mut open = vec![node.to_owned()];
    let mut triples = Vec::new();
    while let Some(node) = open.pop() {
        for triple in described.get(node.as_str()).into_iter().flatten() {
            triples.push(*triple);
            if let Term::BlankNode(next) = &triple.object
                && seen.insert(next.as_str().to_owned())
            {
                open.push(next.as_str().to_owned());
            }
        }
    }
    triples
}

fn renamed(triple: Triple, names: &BTreeMap<String, NamedNode>) -> Triple {
    let subject = match &triple.subject {
        NamedOrBlankNode::BlankNode(node) => {
            names.get(node.as_str()).map_or(triple.subject.clone(), |name| name.clone().into())
        }
        NamedOrBlankNode::NamedNode(_) => triple.subject,
    };
    let object = match &triple.object {
        Term::BlankNode(node) => names.get(node.as_str()).map_or(triple.object.clone(), |name| name.clone().into()),
        _ => triple.object,
    };
    Triple { subject, predicate: triple.predicate, object }
}

/// What follows the last `#` or `/` of a property's IRI.
fn local_name(iri: &str) -> &str {
    iri.rsplit(['#', '/']).next().filter(|name| !name.is_empty()).unwrap_or("part")
}

pub(super) fn simple_subject(subject: &NamedOrBlankNode) -> SimpleTerm<'_> {
    match subject {
        NamedOrBlankNode::NamedNode(node) => simple_iri(node),
        NamedOrBlankNode::BlankNode(node) => simple_blank(node),
    }
}

pub(super) fn simple(term: &Term) -> SimpleTerm<'_> {
    match term {
        Term::NamedNode(node) => simple_iri(node),
        Term::BlankNode(node) => simple_blank(node),
        Term::Literal(literal) => match literal.language() {
            Some(tag) => {
                SimpleTerm::LiteralLanguage(literal.value().into(), LanguageTag::new_unchecked(tag.into()), None)
            }
            None => SimpleTerm::LiteralDatatype(
                literal.value().into(),
                IriRef::new_unchecked(literal.datatype().as_str().to_owned().into()),
            ),
        },
    }
}

pub(super) fn simple_iri(node: &NamedNode) -> SimpleTerm<'_> {
    SimpleTerm::Iri(IriRef::new_unchecked(node.as_str().into()))
}

fn simple_blank(node: &BlankNode) -> SimpleTerm<'_> {
    SimpleTerm::BlankNode(BnodeId::new_unchecked(node.as_str().into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rdf::{Content, read_turtle};

    fn named(turtle: &str) -> Content {
        let record = NamedNode::new_unchecked("http://example.org/id/function/1");
        let triples = read_turtle(turtle.as_bytes(), "http://example.org/id/function/1").unwrap();
        name_blank_nodes(&record, triples).unwrap().into_iter().collect()
    }

    #[test]
    fn a_node_keeps_its_name_whatever_changes_around_it() {
        let before = named("<> <a:part> [ <a:name> \"one\" ] ; <a:note> \"x\" .");
        let after = named("<> <a:part> [ <a:name> \"one\" ], [ <a:name> \"two\" ] ; <a:note> \"y\" .");
        let kept = before.iter().filter(|triple| after.contains(triple)).count();
        assert_eq!(kept, 2, "the link to the part and its name stay");
    }

    #[test]
    fn labels_and_order_do_not_matter() {
        let one = named("<> <a:part> _:x, _:y . _:x <a:in> _:y . _:y <a:name> \"n\" .");
        let other = named("_:b <a:name> \"n\" . _:a <a:in> _:b . <> <a:part> _:b, _:a .");
        assert_eq!(one, other);
    }

    #[test]
    fn nodes_of_a_cycle_are_told_apart() {
        let content = named("<> <a:part> _:x . _:x <a:next> _:y . _:y <a:next> _:x ; <a:name> \"n\" .");
        assert_eq!(content.subjects().len(), 3);
    }

    #[test]
    fn a_blank_node_that_nothing_leads_to_is_refused() {
        let record = NamedNode::new_unchecked("http://example.org/r");
        let triples = read_turtle(b"[] <a:name> \"n\" .".as_slice(), "http://example.org/r").unwrap();
        assert!(matches!(name_blank_nodes(&record, triples), Err(FragmentError::Unreached { .. })));
    }
}
