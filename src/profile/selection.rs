//! The part of a document that one specification can say: statements are kept or go, none changes.

use super::mentioned::{is_own, keep_mentioned};
use crate::rdf::{NamedNode, Term, Triple};
use crate::vocab::{NAMING, rdf};
use oxrdf::NamedOrBlankNodeRef;
use std::collections::HashMap;

/// How a specification stands to a class or, by its classes, to a thing. The later, the more it
/// can say of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Unknown: a thing of unknown classes alone is not described.
    Stranger,
    /// Known, and not one of SKOS's.
    Known,
    /// A class of SKOS.
    Skos,
}

/// What a specification can say.
pub struct Selection {
    /// How it stands to a class.
    pub class: fn(&str) -> Standing,
    /// Whether it has this property for a thing of this standing; a thing without any class in
    /// the document has none.
    pub property: fn(Option<Standing>, &str) -> bool,
}

impl Selection {
    /// The statements that the specification can make, in the order given.
    ///
    /// Nothing is left where the record itself has classes and the specification knows none of
    /// them: the document would be about something that it cannot describe.
    pub fn of(&self, about: &NamedNode, mut triples: Vec<Triple>) -> Vec<Triple> {
        let kept: Vec<bool> = {
            let standings = self.standings(&triples);
            if standings.get(&NamedOrBlankNodeRef::from(about.as_ref())) == Some(&Standing::Stranger) {
                return Vec::new();
            }
            triples
                .iter()
                .map(|triple| self.says(about, standings.get(&triple.subject.as_ref()).copied(), triple))
                .collect()
        };
        let mut kept = kept.into_iter();
        triples.retain(|_| kept.next().unwrap_or(false));
        keep_mentioned(about, triples)
    }

    /// How the specification stands to each thing that has a class here: as to the class of which
    /// it can say most.
    fn standings<'a>(&self, triples: &'a [Triple]) -> HashMap<NamedOrBlankNodeRef<'a>, Standing> {
        let mut standings = HashMap::new();
        for triple in triples {
            if let Some(class) = class_of(triple) {
                let standing = standings.entry(triple.subject.as_ref()).or_insert(Standing::Stranger);
                *standing = (self.class)(class).max(*standing);
            }
        }
        standings
    }

    fn says(&self, about: &NamedNode, standing: Option<Standing>, triple: &Triple) -> bool {
        if standing == Some(Standing::Stranger) {
            return false;
        }
        if triple.predicate == rdf::TYPE {
            return class_of(triple).is_some_and(|class| (self.class)(class) != Standing::Stranger);
        }
        (self.property)(standing, triple.predicate.as_str()) || is_name(about, triple)
    }
}

/// The class that a statement gives its subject.
pub fn class_of(triple: &Triple) -> Option<&str> {
    match &triple.object {
        Term::NamedNode(class) if triple.predicate == rdf::TYPE => Some(class.as_str()),
        _ => None,
    }
}

/// Whether a statement says what another record is called.
fn is_name(about: &NamedNode, triple: &Triple) -> bool {
    NAMING.contains(&triple.predicate.as_ref()) && !is_own(about, triple.subject.as_ref())
}
