//! Solutions read from an answer, within bounds.
//!
//! <https://www.w3.org/TR/sparql11-results-json/>, <https://www.w3.org/TR/rdf-sparql-XMLres/>

use super::error::escaped;
use oxrdf::{BlankNode, Term, Variable};
use sparesults::{QueryResultsFormat, QueryResultsParser, SliceQueryResultsParserOutput};
use std::collections::HashMap;

/// Solutions of another endpoint: for each the terms of the variables that were asked for, in their order.
pub type Solutions = Vec<Vec<Option<Term>>>;

/// Why an answer is not taken.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum AnswerError {
    /// It is none, or not one to what was asked; escaped.
    Unreadable(String),
    /// It has more solutions than are taken.
    TooMany,
}

/// Reads at most `limit` solutions that bind some of `variables`. Blank nodes get names that nothing else has: those of
/// an answer are local to it ([SPARQL 1.1, 4.1.4](https://www.w3.org/TR/sparql11-query/#QSynBlankNodes)).
pub(super) fn read(
    bytes: &[u8],
    format: QueryResultsFormat,
    variables: &[Variable],
    limit: usize,
) -> Result<Solutions, AnswerError> {
    let unreadable = |reason: &dyn ToString| AnswerError::Unreadable(escaped(&reason.to_string()));
    let parser = QueryResultsParser::from_format(format);
    let SliceQueryResultsParserOutput::Solutions(parsed) =
        parser.for_slice(bytes).map_err(|error| unreadable(&error))?
    else {
        return Err(unreadable(&"it is a truth value"));
    };
    // Whoever may name any number of columns makes each solution as wide as that.
    if let Some(foreign) = parsed.variables().iter().find(|variable| !variables.contains(variable)) {
        return Err(unreadable(&format!("it binds {foreign}, which was not asked for")));
    }
    let mut solutions = Solutions::new();
    let mut blank_nodes = HashMap::new();
    for solution in parsed {
        let solution = solution.map_err(|error| unreadable(&error))?;
        if solutions.len() == limit {
            return Err(AnswerError::TooMany);
        }
        let terms = variables.iter().map(|variable| solution.get(variable).map(|term| renamed(term, &mut blank_nodes)));
        solutions.push(terms.collect());
    }
    Ok(solutions)
}

fn renamed(term: &Term, blank_nodes: &mut HashMap<BlankNode, BlankNode>) -> Term {
    match term {
        Term::BlankNode(node) => blank_nodes.entry(node.clone()).or_default().clone().into(),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(text: &str, limit: usize) -> Result<Solutions, AnswerError> {
        let variables = ["x", "y"].map(Variable::new_unchecked);
        read(text.as_bytes(), QueryResultsFormat::Json, &variables, limit)
    }

    #[test]
    fn a_blank_node_is_one_within_an_answer_and_another_in_the_next() {
        let text = r#"{"head":{"vars":["y","x"]},"results":{"bindings":[
            {"x":{"type":"bnode","value":"b"},"y":{"type":"bnode","value":"b"}},
            {"x":{"type":"bnode","value":"c"}}]}}"#;
        let (first, second) = (json(text, 9).unwrap(), json(text, 9).unwrap());
        let [one, other] = &first[..] else { panic!("{first:?}") };
        assert!(one[0].is_some() && one[0] == one[1] && one[0] != other[0] && other[1].is_none());
        assert!(one[0] != second[0][0], "two answers share a blank node");
    }

    #[test]
    fn what_is_no_answer_to_the_question_is_refused() {
        let cases = [
            ("<html>", "Unexpected"),
            (r#"{"head":{},"boolean":true}"#, "truth value"),
            (r#"{"head":{"vars":["z"]},"results":{"bindings":[]}}"#, "?z"),
            (r#"{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"uri","value":"no iri"}}]}}"#, "IRI"),
            (r#"{"head":{"vars":["x"]},"results":{"bindings":[{}"#, ""),
        ];
        for (text, expected) in cases {
            let Err(AnswerError::Unreadable(reason)) = json(text, 9) else { panic!("{text} was read") };
            assert!(reason.contains(expected), "{text}: {reason}");
        }
        let two = r#"{"head":{"vars":["x"]},"results":{"bindings":[{},{}]}}"#;
        assert_eq!((json(two, 2).unwrap().len(), json(two, 1)), (2, Err(AnswerError::TooMany)));
    }
}
