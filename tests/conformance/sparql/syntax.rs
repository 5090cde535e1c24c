//! Tests of the syntax of updates: a text that is one, or is none.

use super::mf;
use super::server::{Server, told};
use crate::manifest::{ACTION, Entry};
use oxrdf::{NamedNodeRef, TermRef};

/// The type of tests whose text is an update.
pub(crate) const POSITIVE: NamedNodeRef<'static> =
    mf("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#PositiveUpdateSyntaxTest11");
/// The type of tests whose text is none.
pub(crate) const NEGATIVE: NamedNodeRef<'static> =
    mf("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#NegativeUpdateSyntaxTest11");
/// Another type of them: the folder `delete-insert` has it.
pub(crate) const NEGATIVE_OLD: NamedNodeRef<'static> =
    mf("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#NegativeSyntaxTest11");

/// Runs one test. A text that is an update may be refused for what it asks, such as LOAD.
///
/// # Errors
/// The answer that was not expected.
pub(crate) fn run(entry: &Entry, is_update: bool) -> Result<(), String> {
    let TermRef::NamedNode(file) = entry.value(ACTION)? else { return Err("mf:action is no file".to_owned()) };
    let answer = Server::empty()?.update(&entry.text(file)?)?;
    let is_refused = String::from_utf8_lossy(answer.body()).contains("problem/query-syntax");
    if is_refused == is_update { Err(told(&answer)) } else { Ok(()) }
}
