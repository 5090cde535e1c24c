//! What short cuts ask of the data.

use crate::graph::mapped::View;
#[cfg(test)]
use crate::snapshot::Snapshot;
use crate::snapshot::TermId;
use oxrdf::TermRef;
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};

/// A set of triples over numbered terms that knows how often a pattern matches without looking at the matches.
///
/// The triples are those of the default graph. A pattern gives subject, predicate and object, where `None` is any.
pub(in crate::graph) trait Counted {
    /// The number of a term, if it stands in a triple; the number of a term that stands in none may be given too.
    fn id(&self, term: TermRef<'_>) -> Option<TermId>;

    /// The term of a number.
    fn term(&self, id: TermId) -> Option<TermRef<'_>>;

    /// How many triples match a pattern, exactly.
    fn count(&self, pattern: [Option<TermId>; 3]) -> usize;

    /// The triples that match a pattern, each once, sorted as
    /// [`Snapshot::matching`](crate::snapshot::Snapshot::matching) sorts them.
    ///
    /// Its `nth` should not walk: it is how equal parts are passed over.
    fn triples(&self, pattern: [Option<TermId>; 3]) -> impl Iterator<Item = [TermId; 3]> + '_;
}

/// How many triples match a triple pattern, whatever its variables are.
pub(in crate::graph) fn matches_of(triple: &TriplePattern, data: &impl Counted) -> usize {
    let predicate = match &triple.predicate {
        NamedNodePattern::NamedNode(iri) => Some(data.id(iri.as_ref().into())),
        NamedNodePattern::Variable(_) => None,
    };
    let end = |term: &TermPattern| match term {
        TermPattern::NamedNode(iri) => Some(data.id(iri.as_ref().into())),
        TermPattern::Literal(literal) => Some(data.id(literal.as_ref().into())),
        TermPattern::BlankNode(_) | TermPattern::Variable(_) => None,
    };
    let given = [end(&triple.subject), predicate, end(&triple.object)];
    // A term that has no number stands in no triple.
    if given.contains(&Some(None)) { 0 } else { data.count(given.map(Option::flatten)) }
}

impl Counted for View {
    fn id(&self, term: TermRef<'_>) -> Option<TermId> {
        self.id(term)
    }

    fn term(&self, id: TermId) -> Option<TermRef<'_>> {
        self.term(id)
    }

    #[inline]
    fn count(&self, pattern: [Option<TermId>; 3]) -> usize {
        self.count(pattern)
    }

    #[inline]
    fn triples(&self, pattern: [Option<TermId>; 3]) -> impl Iterator<Item = [TermId; 3]> + '_ {
        self.triples(pattern)
    }
}

#[cfg(test)]
impl Counted for Snapshot {
    fn id(&self, term: TermRef<'_>) -> Option<TermId> {
        self.id(term)
    }

    fn term(&self, id: TermId) -> Option<TermRef<'_>> {
        self.term(id)
    }

    fn count(&self, [s, p, o]: [Option<TermId>; 3]) -> usize {
        self.matching(s, p, o).count()
    }

    fn triples(&self, [s, p, o]: [Option<TermId>; 3]) -> impl Iterator<Item = [TermId; 3]> + '_ {
        self.matching(s, p, o)
    }
}
