//! The schema.org profile: the document in the words that search engines read.
//!
//! A service type or a code is a `DefinedTerm` in its `DefinedTermSet`, a public service a
//! `GovernmentService` with its channels, an organisation a `GovernmentOrganization`. [`table`]
//! says what becomes what; what has no row there is left out, and values stand as they are
//! written. A thing of a class without a row is not described.
//!
//! Terms are in `http://schema.org/`, not `https:`. The two are different IRIs to RDF, so one has
//! to be chosen; the context that schema.org itself publishes for JSON-LD
//! (<https://schema.org/docs/jsonldcontext.jsonld>) turns its terms into the first, whichever
//! of the two a page names.
//!
//! Some things schema.org cannot say: the language and the processing time of a service as a whole
//! (it has them for a channel), its point of contact (it has that for an organisation), what a
//! term is narrower than.

mod lookup;
mod table;

use super::mentioned::keep_mentioned;
use super::selection::class_of;
use crate::rdf::{Literal, NamedNode, Term, Triple};
use crate::vocab::rdf;
use lookup::KindNumber;
use oxrdf::{NamedNodeRef, NamedOrBlankNodeRef};
use std::collections::{HashMap, HashSet};
use table::{CURRENCIES, PRICE_CURRENCY};

/// What the IRI of each term of schema.org starts with.
const NAMESPACE: &str = "http://schema.org/";

/// The kind of each thing that has a class in the document; nothing where schema.org has none.
type Kinds<'a> = HashMap<NamedOrBlankNodeRef<'a>, Option<KindNumber>>;

/// The document as schema.org says it, each statement once; nothing if the record itself is of no
/// kind that schema.org has a class for.
pub fn view(about: &NamedNode, triples: &[Triple]) -> Vec<Triple> {
    let kinds = kinds(triples);
    if kinds.get(&NamedOrBlankNodeRef::from(about.as_ref())) == Some(&None) {
        return Vec::new();
    }
    let mut said: Vec<Triple> = triples.iter().filter_map(|triple| translate(about, &kinds, triple)).collect();
    keep_first_of_each(&mut said);
    keep_mentioned(about, said)
}

fn kinds(triples: &[Triple]) -> Kinds<'_> {
    let mut kinds = Kinds::new();
    for triple in triples {
        if let Some(class) = class_of(triple) {
            let found = lookup::class(class).map(|(kind, _)| kind);
            let kind = kinds.entry(triple.subject.as_ref()).or_default();
            *kind = kind.iter().copied().chain(found).min();
        }
    }
    kinds
}

/// The statement in the words of schema.org.
fn translate(about: &NamedNode, kinds: &Kinds<'_>, triple: &Triple) -> Option<Triple> {
    let kind = match kinds.get(&triple.subject.as_ref()) {
        Some(None) => return None,
        Some(Some(kind)) => Some(*kind),
        None => None,
    };
    if triple.predicate == rdf::TYPE {
        let (class_kind, class) = lookup::class(class_of(triple)?)?;
        let is_its_kind = kind == Some(class_kind);
        return is_its_kind.then(|| Triple::new(triple.subject.clone(), rdf::TYPE.into_owned(), class.clone()));
    }
    if matches!(&triple.object, Term::NamedNode(object) if object == about)
        && let Some(inverse) = lookup::inverse(triple.predicate.as_str())
    {
        return Some(Triple::new(about.clone(), inverse.clone(), triple.subject.clone()));
    }
    let property = lookup::property(kind, triple.predicate.as_str())?;
    Some(Triple::new(triple.subject.clone(), property.clone(), value(property.as_ref(), &triple.object)))
}

/// A value in the form that schema.org asks for.
fn value(property: NamedNodeRef<'_>, value: &Term) -> Term {
    if property.as_str().strip_prefix(NAMESPACE) == Some(PRICE_CURRENCY)
        && let Term::NamedNode(currency) = value
        && let Some(code) = currency.as_str().strip_prefix(CURRENCIES)
    {
        return Literal::new_simple_literal(code).into();
    }
    value.clone()
}

/// A name that stands in a document as label and as title would be said twice.
fn keep_first_of_each(triples: &mut Vec<Triple>) {
    let is_first: Vec<bool> = {
        let mut seen = HashSet::with_capacity(triples.len());
        triples.iter().map(|triple| seen.insert(triple)).collect()
    };
    let mut is_first = is_first.into_iter();
    triples.retain(|_| is_first.next().unwrap_or(false));
}
