//! Whether a query's answer follows from the data alone.

use super::algebra::any;
use spargebra::Query;
use spargebra::algebra::{Expression, Function, GraphPattern};

/// Whether a query has the same answer whenever it is asked of the same data: it calls no clock and no chance
/// ([SPARQL 1.1, 17.4](https://www.w3.org/TR/sparql11-query/#SparqlOps)) and has no SERVICE, which others answer.
pub fn is_settled_by_data(query: &Query) -> bool {
    let (Query::Select { pattern, .. }
    | Query::Construct { pattern, .. }
    | Query::Describe { pattern, .. }
    | Query::Ask { pattern, .. }) = query;
    let calls_clock_or_chance = |expression: &Expression| {
        matches!(
            expression,
            Expression::FunctionCall(
                Function::Now | Function::Rand | Function::Uuid | Function::StrUuid | Function::Custom(_),
                _
            )
        )
    };
    !any(pattern, |pattern| matches!(pattern, GraphPattern::Service { .. }), calls_clock_or_chance)
}

#[cfg(test)]
mod tests {
    use super::*;
    use spargebra::SparqlParser;

    fn is_settled(text: &str) -> bool {
        is_settled_by_data(&SparqlParser::new().parse_query(text).unwrap())
    }

    #[test]
    fn clocks_chance_and_other_endpoints_settle_nothing_wherever_they_stand() {
        for text in [
            "SELECT (NOW() AS ?now) {}",
            "SELECT * { ?s ?p ?o } ORDER BY RAND()",
            "ASK { ?s ?p ?o FILTER(STR(?o) = STRUUID()) }",
            "SELECT (COUNT(UUID()) AS ?n) { ?s ?p ?o }",
            "ASK { ?s ?p ?o FILTER NOT EXISTS { ?s ?q ?r FILTER(RAND() < 0.5) } }",
            "CONSTRUCT { ?s ?p ?o } WHERE { { SELECT * { SERVICE <http://a.example/> { ?s ?p ?o } } } }",
            "DESCRIBE ?s WHERE { OPTIONAL { SERVICE <http://a.example/> { ?s ?p ?o } } }",
        ] {
            assert!(!is_settled(text), "{text}");
        }
    }

    #[test]
    fn the_data_settle_everything_else() {
        for text in [
            "SELECT (COUNT(*) AS ?n) { ?s ?p ?o FILTER EXISTS { ?s a ?t } }",
            "DESCRIBE <http://a.example/>",
            "CONSTRUCT { ?s ?p [] } WHERE { ?s ?p ?o BIND(LCASE(STR(?o)) AS ?x) } LIMIT 5",
        ] {
            assert!(is_settled(text), "{text}");
        }
    }
}
