//! Why a query is refused.

use super::Form;
use crate::shacl::sparql::token::Place;

/// Why a query is refused. Places are counted in the text as it stands in the shapes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The text is no SPARQL.
    #[error("the query has a syntax error before {place}: {problem}")]
    Syntax {
        /// Where the parser stopped: at the error, or the length of a keyword behind it.
        place: Place,
        /// What it says.
        problem: String,
    },
    /// A prefix declaration is none.
    #[error("the prefix {prefix}: is declared as <{namespace}>, which is no IRI ({problem}): correct sh:namespace")]
    Prefix {
        /// The prefix, without its colon.
        prefix: String,
        /// The value of `sh:namespace`.
        namespace: String,
        /// What is wrong with it.
        problem: String,
    },
    /// The query has another form than its property asks for.
    #[error("the query is a {found} query, where {} is asked for ({place}): write it as {} query", .expected.keyword(), .expected.keyword())]
    Form {
        /// The form that is asked for.
        expected: Form,
        /// The keyword of the form that it has.
        found: &'static str,
        /// Where the keyword stands.
        place: Place,
    },
    /// The query has a clause that pre-binding does not allow.
    #[error("the query has {keyword} at {place}, which a pre-bound query must not have: {remedy}")]
    Clause {
        /// The keyword of the clause.
        keyword: &'static str,
        /// Where it stands.
        place: Place,
        /// What to write instead.
        remedy: &'static str,
    },
    /// The query gives a pre-bound variable a value of its own.
    #[error("the query assigns ${variable} with AS at {place}, but its value is given from outside: use another name")]
    Reassigned {
        /// The variable, without its sign.
        variable: String,
        /// Where it stands.
        place: Place,
    },
    /// A SELECT does not return the focus node.
    #[error("the query does not select $this ({place}): add $this to its SELECT")]
    ThisNotSelected {
        /// Where SELECT stands.
        place: Place,
    },
    /// A subquery hides a pre-bound variable from what surrounds it.
    #[error("the subquery at {place} does not return {variables}: add {variables} to its SELECT")]
    Subquery {
        /// The variables, with their signs.
        variables: String,
        /// Where SELECT stands.
        place: Place,
    },
    /// `$PATH` stands where no path can stand, or no path is given for it.
    #[error(
        "the query uses $PATH at {place}, where it cannot be replaced: use it as the predicate of a triple pattern, in a constraint of a property shape"
    )]
    PathMisplaced {
        /// Where it stands.
        place: Place,
    },
}
