//! [5 SPARQL-based constraints](https://www.w3.org/TR/shacl/#sparql-constraints): `sh:sparql`.

use super::super::checker::{At, Checker};
use super::super::data::{Data, Node};
use super::super::dependency::Reach;
use super::super::error::ShapesError;
use super::super::limits::Failure;
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

#[cfg(test)]
mod tests {
    use crate::shacl::tests::{assert_refused, assert_results, report, results};

    #[test]
    fn every_solution_is_a_result() {
        let ask = r#"sh:sparql [ sh:select "SELECT $this ?value WHERE { $this $PATH ?value FILTER (?value > 1) }" ]"#;
        assert_results(&[(ask, ":s :p 1 .", &[]), (ask, ":s :p 1, 2, 3 .", &["SPARQL 2", "SPARQL 3"])]);
    }

    #[test]
    fn at_a_node_shape_the_focus_node_is_the_value_and_a_query_may_name_the_path() {
        let shape =
            |select: &str| results(&format!(r#":S sh:targetNode :s ; sh:sparql [ sh:select "{select}" ] . :s :p 1 ."#));
        assert_eq!(shape("SELECT $this WHERE { $this <a:p> ?x }"), [":s SPARQL :s"]);
        assert_eq!(shape("SELECT $this ?path WHERE { $this ?path 1 }"), [":s :p SPARQL :s"]);
    }

    #[test]
    fn a_constraint_that_is_switched_off_has_no_result() {
        let off = r#"sh:sparql [ sh:deactivated true ; sh:select "SELECT $this WHERE { $this $PATH ?value }" ]"#;
        assert_results(&[(off, ":s :p 1 .", &[])]);
    }

    #[test]
    fn placeholders_of_a_message_are_filled() {
        let report = report(
            r#":S sh:targetNode :s ; sh:sparql [
                sh:message "{?value} of {$this}"@en ; sh:select "SELECT $this ?value WHERE { $this <a:p> ?value }"
            ] . :s :p 1 ."#,
        );
        let message = report.results.first().unwrap().messages().first().unwrap().to_string();
        assert_eq!(message, "\"1 of a:s\"@en");
    }

    #[test]
    fn a_query_that_cannot_be_run_is_refused() {
        assert_refused(&[
            ("sh:sparql [ sh:message \"\" ]", "sh:select: is missing"),
            ("sh:sparql [ sh:select \"SELECT\" ]", "sh:select: "),
            ("sh:sparql [ sh:select \"ASK { $this ?p ?o }\" ]", "sh:select: "),
            ("sh:sparql [ sh:select \"SELECT $this { $this ?p ?o MINUS { $this ?p 1 } }\" ]", "MINUS"),
            ("sh:sparql [ sh:select \"SELECT $this { $this ex:p ?o }\" ]", "sh:select: "),
        ]);
    }
}
