//! The RDFC-1.0 canonical form by sophia: a second source for what [`Content`](super::Content) writes by itself.

use super::Triple;
use super::fragment::{simple, simple_iri, simple_subject};
use oxrdfio::{RdfFormat, RdfParser, RdfSyntaxError};
use sha2::{Digest, Sha256};
use sophia::api::quad::Spog;
use sophia::api::term::SimpleTerm;
use sophia::c14n::rdfc10::normalize;
use std::collections::HashSet;

/// N-Triples that have no canonical form, or cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum CanonicalError {
    /// They break the syntax; the message names line and column.
    #[error("it is no N-Triples: {0}")]
    Syntax(#[from] RdfSyntaxError),
    /// Their blank nodes are too entangled.
    #[error("it has no canonical form within bounds: {0}")]
    Entangled(String),
}

/// The SHA-256 of the canonical form of N-Triples (<https://www.w3.org/TR/rdf-canon/>).
///
/// # Errors
/// See [`CanonicalError`].
pub fn canonical_digest(n_triples: &str) -> Result<[u8; 32], CanonicalError> {
    let triples: Vec<Triple> = RdfParser::from_format(RdfFormat::NTriples)
        .for_slice(n_triples)
        .map(|quad| quad.map(Triple::from))
        .collect::<Result<_, _>>()?;
    let quads: HashSet<Spog<SimpleTerm<'_>>> = triples
        .iter()
        .map(|triple| ([simple_subject(&triple.subject), simple_iri(&triple.predicate), simple(&triple.object)], None))
        .collect();
    let mut form = Vec::new();
    normalize(&quads, &mut form).map_err(|error| CanonicalError::Entangled(error.to_string()))?;
    Ok(Sha256::digest(&form).into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rdf::{Content, Literal, NamedNode, Term};
    use proptest::prelude::*;

    #[test]
    fn the_canonical_form_has_no_order_no_comments_and_no_labels_of_its_own() {
        let one = "_:a <http://a.example/p> \"x\\u0041\" .\n<http://a.example/s> <http://a.example/p> _:a .\n";
        let other =
            "# The same.\n<http://a.example/s> <http://a.example/p> _:zz .\n_:zz <http://a.example/p>   \"xA\".";
        assert_eq!(canonical_digest(one).unwrap(), canonical_digest(other).unwrap());
        assert!(matches!(canonical_digest("<a"), Err(CanonicalError::Syntax(_))));
    }

    /// What can stand in a literal that is published: what XML can carry.
    fn text() -> impl Strategy<Value = String> {
        any::<String>().prop_filter("XML carries it", |text| {
            text.chars().all(|each| crate::rdf::unwritable_in_xml(&each.to_string()).is_none())
        })
    }

    proptest! {
        #[test]
        fn what_is_kept_is_the_canonical_form_itself(values in proptest::collection::vec((text(), 0..3_u8), 0..8)) {
            let content: Content = values
                .iter()
                .map(|(value, kind)| {
                    let object: Term = match kind {
                        0 => Literal::new_simple_literal(value).into(),
                        1 => Literal::new_language_tagged_literal_unchecked(value, "zh-hant").into(),
                        _ => Literal::new_typed_literal(value, NamedNode::new_unchecked("http://a.example/t")).into(),
                    };
                    let node = |iri: &str| NamedNode::new_unchecked(iri);
                    Triple::new(node("http://a.example/s"), node("http://a.example/p"), object)
                })
                .collect();
            let text = content.to_string();
            let by_us: [u8; 32] = Sha256::digest(&text).into();
            prop_assert_eq!(by_us, canonical_digest(&text).unwrap());
        }
    }
}
