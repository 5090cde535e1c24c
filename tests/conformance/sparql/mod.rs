//! The W3C's suites for SPARQL, over HTTP: every request goes through the router of a server of scratch data, or to
//! another server, which starts empty for each test.
//!
//! <https://w3c.github.io/rdf-tests/sparql/>

mod checks;
mod data;
mod matching;
mod peer;
mod query;
mod requests;
mod results;
mod server;
mod service_description;
mod syntax;
mod update;

use crate::manifest::Entry;
use syntax::Text;

pub(crate) use checks::trials as checks;
pub(crate) use peer::Peer;

/// What the types of all tests begin with.
const TYPES: &str = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#";

/// Runs a test by its type; nothing where the type is none of the suites'.
pub(crate) fn run(entry: &Entry) -> Option<Result<(), String>> {
    Some(match entry.kind.as_str().strip_prefix(TYPES)? {
        "QueryEvaluationTest" | "CSVResultFormatTest" => query::run(entry),
        "UpdateEvaluationTest" => update::run(entry),
        "PositiveSyntaxTest" | "PositiveSyntaxTest11" => syntax::run(entry, Text::Query, true),
        // The folder `delete-insert` has the type of queries for texts that should be updates.
        "NegativeSyntaxTest11" if entry.group().ends_with("/delete-insert") => syntax::run(entry, Text::Update, false),
        "NegativeSyntaxTest" | "NegativeSyntaxTest11" => syntax::run(entry, Text::Query, false),
        "PositiveUpdateSyntaxTest" | "PositiveUpdateSyntaxTest11" => syntax::run(entry, Text::Update, true),
        "NegativeUpdateSyntaxTest" | "NegativeUpdateSyntaxTest11" => syntax::run(entry, Text::Update, false),
        "ProtocolTest" | "GraphStoreProtocolTest" => requests::run(entry),
        "ServiceDescriptionTest" => service_description::run(entry),
        _ => return None,
    })
}
