//! A commit in numbers.

use crate::rdf::Term;
use crate::snapshot::TermId;
use serde::{Deserialize, Serialize};
use std::str::FromStr;
use std::sync::Arc;

/// A quad in numbers; no graph is the default graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::graph) struct QuadIds {
    /// The name of its graph.
    pub graph: Option<TermId>,
    /// Subject, predicate, object.
    pub triple: [TermId; 3],
}

/// What a commit changed, in the numbers of the view before it and of the terms that it brought. Every process that shows
/// that view comes to the same one by it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::graph) struct Step {
    /// The revision that is shown afterwards.
    pub revision: u64,
    /// Terms that the view before does not know, in the order of their numbers.
    pub terms: Arc<[Term]>,
    /// Quads that are there before and not after.
    pub removed: Vec<QuadIds>,
    /// Quads that are there after and not before.
    pub added: Vec<QuadIds>,
}

/// The bytes of a step cannot be read: they are not of this version of the program.
#[derive(Debug, thiserror::Error)]
#[error("a step of the graph cannot be read: {0}")]
pub struct StepError(String);

/// A step as it goes from process to process: terms as N-Triples writes them, quads as graph, subject, predicate, object.
#[derive(Serialize, Deserialize)]
struct Written {
    revision: u64,
    terms: Vec<String>,
    removed: Vec<(Option<u32>, [u32; 3])>,
    added: Vec<(Option<u32>, [u32; 3])>,
}

impl Step {
    /// How many quads it changes.
    pub(super) fn len(&self) -> usize {
        self.removed.len() + self.added.len()
    }

    /// The bytes that tell it to another process.
    ///
    /// # Errors
    /// [`StepError`]; there is no step that cannot be written.
    pub(in crate::graph) fn encode(&self) -> Result<Vec<u8>, StepError> {
        let quads = |quads: &[QuadIds]| {
            let numbers = |quad: &QuadIds| (quad.graph.map(TermId::number), quad.triple.map(TermId::number));
            quads.iter().map(numbers).collect()
        };
        let written = Written {
            revision: self.revision,
            terms: self.terms.iter().map(ToString::to_string).collect(),
            removed: quads(&self.removed),
            added: quads(&self.added),
        };
        serde_json::to_vec(&written).map_err(|error| StepError(error.to_string()))
    }

    /// The step that bytes tell.
    ///
    /// # Errors
    /// [`StepError`].
    pub(in crate::graph) fn decode(bytes: &[u8]) -> Result<Self, StepError> {
        let written: Written = serde_json::from_slice(bytes).map_err(|error| StepError(error.to_string()))?;
        let term = |text: &String| Term::from_str(text).map_err(|error| StepError(format!("{text}: {error}")));
        let quads = |quads: Vec<(Option<u32>, [u32; 3])>| {
            let ids = |(graph, triple): (Option<u32>, [u32; 3])| QuadIds {
                graph: graph.map(TermId::of),
                triple: triple.map(TermId::of),
            };
            quads.into_iter().map(ids).collect()
        };
        Ok(Self {
            revision: written.revision,
            terms: written.terms.iter().map(term).collect::<Result<_, _>>()?,
            removed: quads(written.removed),
            added: quads(written.added),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rdf::{BlankNode, Literal, NamedNode};

    #[test]
    fn a_step_that_was_told_is_the_same() {
        let typed = NamedNode::new_unchecked("http://a.example/é");
        let terms: Vec<Term> = vec![
            typed.clone().into(),
            BlankNode::new_unchecked("b1").into(),
            Literal::new_simple_literal("a \"b\"\n\\c\u{1f6b2}").into(),
            Literal::new_language_tagged_literal_unchecked("fiets", "nl-be").into(),
            Literal::new_typed_literal("007", typed).into(),
        ];
        let quad = |graph, triple: [u32; 3]| QuadIds { graph, triple: triple.map(TermId::of) };
        let step = Step {
            revision: u64::MAX,
            terms: terms.into(),
            removed: vec![quad(None, [0, 1, 2])],
            added: vec![quad(Some(TermId::of(7)), [3, 4, u32::MAX]), quad(None, [0, 0, 0])],
        };
        assert_eq!(Step::decode(&step.encode().unwrap()).unwrap(), step);
        assert!(Step::decode(b"{}").is_err());
    }
}
