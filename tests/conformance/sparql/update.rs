//! Tests of the type `mf:UpdateEvaluationTest`: data, an update, and the data that should come of it.
//!
//! <https://www.w3.org/2009/sparql/docs/tests/#updateevaltests>

use super::data::{UPDATE, graph};
use super::server::{Server, compare, told};
use crate::manifest::{ACTION, Entry, RESULT, subject};
use oxrdf::{NamedNodeRef, NamedOrBlankNodeRef, TermRef};
use std::collections::BTreeSet;

const REQUEST: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2009/sparql/tests/test-update#request");
/// Runs one test.
///
/// # Errors
/// What differs from the expectation.
pub(crate) fn run(entry: &Entry) -> Result<(), String> {
    let server = Server::empty()?;
    let action = node(entry, ACTION)?;
    server.load(entry, &UPDATE.files(entry, action)?)?;
    let Some(TermRef::NamedNode(request)) = entry.manifest.graph.object_for_subject_predicate(action, REQUEST) else {
        return Err("the test has no ut:request".to_owned());
    };
    let answer = server.update(&entry.text(request)?)?;
    if !answer.status().is_success() {
        return Err(told(&answer));
    }
    let expected = UPDATE.files(entry, node(entry, RESULT)?)?;
    let mut names: BTreeSet<Option<String>> = expected.keys().cloned().collect();
    names.insert(None);
    names.extend(server.graph_names()?.into_iter().map(Some));
    for name in names {
        let expected = graph(entry, expected.get(&name).map(Vec::as_slice).unwrap_or_default())?;
        compare(name.as_deref().unwrap_or("the default graph"), &expected, &server.graph(name.as_deref())?)?;
    }
    Ok(())
}

fn node<'a>(entry: &'a Entry, role: NamedNodeRef<'_>) -> Result<NamedOrBlankNodeRef<'a>, String> {
    subject(entry.value(role)?).ok_or_else(|| format!("{role} is a literal"))
}
