//! Looking at a shapes graph: values, lists, and errors that name the place.

use super::constraint::Declared;
use super::error::{Problem, Remark, ShapesError};
use super::shapes::{Draft, ShapeId};
use super::terms::Constant;
use crate::vocab::rdf;
use oxrdf::{Graph, Literal, NamedNode, NamedNodeRef, NamedOrBlankNodeRef, Term, TermRef};
use rustc_hash::FxHashMap;
use std::cell::OnceCell;
use std::collections::HashSet;
use std::sync::Arc;

/// How many bytes the texts of one property may have that stand in each result: a long page.
const MOST_SAID: usize = 20_000;

/// A shapes graph while it is read, and the shapes found in it so far.
pub(super) struct Reader<'g> {
    pub(super) graph: &'g Graph,
    pub(super) draft: Draft,
    /// The constraint components that it declares, once they were looked for.
    pub(super) declared: Option<Arc<[Declared]>>,
    /// What was passed over.
    pub(super) remarks: Vec<Remark>,
    /// The classes of classes, once they were looked for.
    pub(super) classes_of_classes: OnceCell<HashSet<Term>>,
    /// For a shape, the qualified value shapes of its properties, once they were looked for.
    pub(super) qualified: FxHashMap<Term, Arc<[ShapeId]>>,
    /// How many bytes of compiled patterns may still come.
    pub(super) room_for_patterns: usize,
}

/// How many bytes the compiled patterns of a shapes graph may take.
const MOST_FOR_PATTERNS: usize = 64 << 20;

impl<'g> Reader<'g> {
    /// Begins to read a shapes graph.
    pub(super) fn new(graph: &'g Graph) -> Self {
        Self {
            graph,
            draft: Draft::default(),
            declared: None,
            remarks: Vec::new(),
            classes_of_classes: OnceCell::new(),
            qualified: FxHashMap::default(),
            room_for_patterns: MOST_FOR_PATTERNS,
        }
    }
}

impl Reader<'_> {
    /// The shape of a term, to be read later if it is new.
    pub(super) fn shape(&mut self, term: &Term) -> ShapeId {
        self.draft.shape(term)
    }

    /// A term of the shapes that will be looked for in data.
    pub(super) fn constant<'t>(&mut self, term: impl Into<TermRef<'t>>) -> Constant {
        self.draft.constants.of(term.into())
    }

    /// Notes something that is passed over.
    pub(super) fn remark(&mut self, remark: Remark) {
        self.remarks.push(remark);
    }

    /// Whether no triple has a term as its subject.
    pub(super) fn says_nothing_of(&self, term: &Term) -> bool {
        resource(term).is_some_and(|subject| self.graph.triples_for_subject(subject).next().is_none())
    }

    /// Every value of a property, in the order of the graph.
    pub(super) fn values(&self, subject: &Term, property: NamedNodeRef<'_>) -> Vec<Term> {
        let Some(subject) = resource(subject) else { return Vec::new() };
        self.graph.objects_for_subject_predicate(subject, property).map(TermRef::into_owned).collect()
    }

    /// The value of a property that has one at most.
    pub(super) fn value(&self, subject: &Term, property: NamedNodeRef<'_>) -> Result<Option<Term>, ShapesError> {
        let mut values = self.values(subject, property);
        match values.len() {
            0 | 1 => Ok(values.pop()),
            several => Err(ShapesError::new(subject, property, Problem::Several(several))),
        }
    }

    /// Whether a property that has one value at most is true.
    pub(super) fn flag(&self, subject: &Term, property: NamedNodeRef<'_>) -> Result<bool, ShapesError> {
        let Some(value) = self.value(subject, property)? else { return Ok(false) };
        match boolean(&value) {
            Some(flag) => Ok(flag),
            None => Err(wrong(subject, property, &value, "true or false")),
        }
    }

    /// The value of a property that counts something.
    pub(super) fn count(&self, subject: &Term, property: NamedNodeRef<'_>) -> Result<Option<usize>, ShapesError> {
        let Some(value) = self.value(subject, property)? else { return Ok(None) };
        let count = match &value {
            Term::Literal(literal) if literal.datatype() == crate::vocab::xsd::INTEGER => literal.value().parse().ok(),
            _ => None,
        };
        count.map(Some).ok_or_else(|| wrong(subject, property, &value, "a whole number from 0 (xsd:integer)"))
    }

    /// The IRIs of a property.
    pub(super) fn iris(&self, subject: &Term, property: NamedNodeRef<'_>) -> Result<Vec<NamedNode>, ShapesError> {
        let iri = |value: Term| match value {
            Term::NamedNode(iri) => Ok(iri),
            other => Err(wrong(subject, property, &other, "an IRI")),
        };
        self.values(subject, property).into_iter().map(iri).collect()
    }

    /// The IRI of a property that has one value at most.
    pub(super) fn iri(&self, subject: &Term, property: NamedNodeRef<'_>) -> Result<Option<NamedNode>, ShapesError> {
        match self.value(subject, property)? {
            None => Ok(None),
            Some(Term::NamedNode(iri)) => Ok(Some(iri)),
            Some(other) => Err(wrong(subject, property, &other, "an IRI")),
        }
    }

    /// The texts of a property.
    pub(super) fn texts(&self, subject: &Term, property: NamedNodeRef<'_>) -> Result<Vec<Literal>, ShapesError> {
        let text = |value: Term| match value {
            Term::Literal(literal) => Ok(literal),
            other => Err(wrong(subject, property, &other, "a text")),
        };
        self.values(subject, property).into_iter().map(text).collect()
    }

    /// The texts of a property that every result says again.
    pub(super) fn said_texts(&self, subject: &Term, property: NamedNodeRef<'_>) -> Result<Vec<Literal>, ShapesError> {
        let texts = self.texts(subject, property)?;
        let length = texts.iter().map(|text| text.value().len()).sum();
        if length > MOST_SAID {
            return Err(ShapesError::new(subject, property, Problem::TooLong { length, most: MOST_SAID }));
        }
        Ok(texts)
    }

    /// The text of a property that has one value at most.
    pub(super) fn text(&self, subject: &Term, property: NamedNodeRef<'_>) -> Result<Option<String>, ShapesError> {
        match self.value(subject, property)? {
            None => Ok(None),
            Some(Term::Literal(literal)) => Ok(Some(literal.value().to_owned())),
            Some(other) => Err(wrong(subject, property, &other, "a text")),
        }
    }

    /// The members of each list that a property has.
    fn lists(&self, subject: &Term, property: NamedNodeRef<'_>) -> Result<Vec<Vec<Term>>, ShapesError> {
        let list = |head: Term| self.list(&head).map_err(|problem| ShapesError::new(subject, property, problem));
        self.values(subject, property).into_iter().map(list).collect()
    }

    /// The members of the list of a property that has one at most.
    pub(super) fn only_list(
        &self,
        subject: &Term,
        property: NamedNodeRef<'_>,
    ) -> Result<Option<Vec<Term>>, ShapesError> {
        let Some(head) = self.value(subject, property)? else { return Ok(None) };
        self.list(&head).map(Some).map_err(|problem| ShapesError::new(subject, property, problem))
    }

    /// The members of a list.
    pub(super) fn list(&self, head: &Term) -> Result<Vec<Term>, Problem> {
        let mut members = Vec::new();
        let mut seen = HashSet::new();
        let mut rest = head.clone();
        while rest.as_ref() != TermRef::from(rdf::NIL) {
            if !seen.insert(rest.clone()) {
                return Err(Problem::List("it comes back to where it was"));
            }
            members.push(one(self.values(&rest, rdf::FIRST), "a place in it has not exactly one rdf:first")?);
            rest = one(self.values(&rest, rdf::REST), "a place in it has not exactly one rdf:rest")?;
        }
        Ok(members)
    }

    /// The property, list by list, as shapes.
    pub(super) fn shape_lists(
        &mut self,
        subject: &Term,
        property: NamedNodeRef<'_>,
    ) -> Result<Vec<Vec<ShapeId>>, ShapesError> {
        let lists = self.lists(subject, property)?;
        lists.iter().map(|list| list.iter().map(|term| self.shape_at(subject, property, term)).collect()).collect()
    }

    /// The values of a property as shapes.
    pub(super) fn shapes(&mut self, subject: &Term, property: NamedNodeRef<'_>) -> Result<Vec<ShapeId>, ShapesError> {
        let values = self.values(subject, property);
        values.iter().map(|term| self.shape_at(subject, property, term)).collect()
    }

    fn shape_at(&mut self, subject: &Term, property: NamedNodeRef<'_>, term: &Term) -> Result<ShapeId, ShapesError> {
        match term {
            Term::Literal(_) => Err(wrong(subject, property, term, "a shape: an IRI or a blank node")),
            _ => Ok(self.shape(term)),
        }
    }
}

/// The error of a value that may not stand where it stands.
pub(super) fn wrong(subject: &Term, property: NamedNodeRef<'_>, value: &Term, expected: &'static str) -> ShapesError {
    ShapesError::new(subject, property, Problem::Value { value: Box::new(value.clone()), expected })
}

/// The truth value that a literal writes. The recommendation asks for the term `true`, and the W3C suite
/// shows (`uniqueLang-002`) that `"1"^^xsd:boolean` is another.
pub(super) fn boolean(term: &Term) -> Option<bool> {
    match term {
        Term::Literal(literal) if literal.datatype() == crate::vocab::xsd::BOOLEAN => Some(literal.value() == "true"),
        _ => None,
    }
}

/// A term that can have properties.
pub(super) fn resource(term: &Term) -> Option<NamedOrBlankNodeRef<'_>> {
    match term {
        Term::NamedNode(iri) => Some(iri.as_ref().into()),
        Term::BlankNode(node) => Some(node.as_ref().into()),
        Term::Literal(_) => None,
    }
}

fn one(mut values: Vec<Term>, otherwise: &'static str) -> Result<Term, Problem> {
    match (values.len(), values.pop()) {
        (1, Some(value)) => Ok(value),
        _ => Err(Problem::List(otherwise)),
    }
}

#[cfg(test)]
mod tests {
    use super::boolean;
    use crate::shacl::tests::{assert_refused, parse};
    use crate::vocab::xsd;
    use oxrdf::{Literal, NamedNode};

    #[test]
    fn a_list_that_is_not_well_formed_is_refused() {
        assert_refused(&[
            ("sh:in :l . :l rdf:first 1 ; rdf:rest :m . :m rdf:first 2 ; rdf:rest :l", "it comes back to where it was"),
            ("sh:in :l . :l rdf:first 1 ; rdf:rest :l", "it comes back to where it was"),
            (
                "sh:in :l . :l rdf:first 1",
                ":P, sh:in: is no well-formed list: a place in it has not exactly one rdf:rest",
            ),
            ("sh:in :l . :l rdf:first 1, 2 ; rdf:rest ()", "a place in it has not exactly one rdf:first"),
            ("sh:in :l . :l rdf:rest ()", "a place in it has not exactly one rdf:first"),
            ("sh:in :l . :l rdf:first 1 ; rdf:rest (), ( 2 )", "a place in it has not exactly one rdf:rest"),
            ("sh:in \"1\"", "a place in it has not exactly one rdf:first"),
        ]);
    }

    #[test]
    fn lists_may_be_long_or_share_their_end() {
        let long = format!(":S sh:targetNode :s ; sh:in ( {} ) .", "1 ".repeat(20_000));
        assert!(parse(&long).is_ok());
        let shared = ":S sh:targetNode :s ; sh:in :l . :T sh:targetNode :s ; sh:in :m .
            :l rdf:first 1 ; rdf:rest :m . :m rdf:first 2 ; rdf:rest () .";
        assert!(parse(shared).is_ok());
    }

    #[test]
    fn truth_is_told_by_the_term_true_alone() {
        let of = |text: &str| boolean(&Literal::new_typed_literal(text, xsd::BOOLEAN).into());
        assert_eq!([of("true"), of("false"), of("1")], [Some(true), Some(false), Some(false)]);
        assert_eq!(boolean(&Literal::new_simple_literal("true").into()), None);
        assert_eq!(boolean(&NamedNode::new_unchecked("a:true").into()), None);
    }

    #[test]
    fn what_is_said_of_a_shape_is_of_the_right_kind() {
        assert_refused(&[
            ("sh:severity \"high\"", ":P, sh:severity: \"high\" is not an IRI"),
            ("sh:severity sh:Info, sh:Warning", ":P, sh:severity: has 2 values"),
            ("sh:message :text", ":P, sh:message: :text is not a text"),
            ("sh:deactivated \"no\"", ":P, sh:deactivated: \"no\" is not true or false"),
        ]);
    }
}
