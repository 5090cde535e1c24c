//! [5 SPARQL-based constraints](https://www.w3.org/TR/shacl/#sparql-constraints): `sh:sparql`.

use super::super::checker::{At, Checker, Failure};
use super::super::data::{Data, Node};
use super::super::dependency::Reach;
use super::super::error::ShapesError;
use super::super::reader::Reader;
use super::super::sparql::query::Form;
use super::super::terms::Constants;
use super::Component;
use super::query::{QueryText, ShapeQuery, is_deactivated};
use crate::vocab::sh;
use oxrdf::{Literal, NamedNodeRef, Term};

/// `sh:sparql`: every solution of a query is a result. <https://www.w3.org/TR/shacl/#SPARQLConstraintComponent>
#[derive(Debug)]
pub(in crate::shacl) struct Sparql {
    term: Term,
    query: ShapeQuery,
}

impl Component for Sparql {
    fn read(reader: &mut Reader<'_>, shape: &Term) -> Result<Vec<Self>, ShapesError> {
        let mut constraints = Vec::new();
        for term in reader.values(shape, sh::SPARQL) {
            if !is_deactivated(reader, &term) {
                let text = QueryText { shape, term: &term, form: Form::Select, parameters: &[], given: Vec::new() };
                let query = ShapeQuery::read(reader, text)?;
                constraints.push(Self { term, query });
            }
        }
        Ok(constraints)
    }

    fn component(&self) -> NamedNodeRef<'_> {
        sh::SPARQL_CONSTRAINT_COMPONENT
    }

    fn check<D: Data>(&self, checker: &mut Checker<'_, D>, at: &At<'_>) -> Result<(), Failure> {
        // A query answers for many focus nodes at the cost of one, so it waits for more.
        if checker.can_wait(at) {
            return Ok(());
        }
        self.check_all(checker, at, &[at.focus])
    }

    fn check_all<D: Data>(
        &self,
        checker: &mut Checker<'_, D>,
        at: &At<'_>,
        focus_nodes: &[Node],
    ) -> Result<(), Failure> {
        self.query.select(checker, at, focus_nodes)
    }

    fn describe(&self, _constants: &Constants) -> String {
        "The query of the constraint has a solution".to_owned()
    }

    fn depends(&self, reach: &mut Reach<'_>) {
        self.query.depends(reach);
    }

    fn term(&self) -> Option<&Term> {
        Some(&self.term)
    }

    fn messages(&self) -> &[Literal] {
        &self.query.messages
    }
}
