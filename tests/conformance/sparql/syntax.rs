//! Tests of syntax: a text that is a query or an update, or is none.

use super::server::{Server, told};
use crate::manifest::{ACTION, Entry};
use oxrdf::TermRef;

/// What a text should be.
#[derive(Clone, Copy)]
pub(crate) enum Text {
    Query,
    Update,
}

/// Runs one test. A text that is right may be refused for what it asks, such as LOAD or SERVICE.
///
/// # Errors
/// The answer that was not expected.
pub(crate) fn run(entry: &Entry, text: Text, is_right: bool) -> Result<(), String> {
    let TermRef::NamedNode(file) = entry.value(ACTION)? else { return Err("mf:action is no file".to_owned()) };
    let (server, sent) = (Server::empty()?, entry.text(file)?);
    let answer = match text {
        Text::Query => server.query(&sent, "*/*"),
        Text::Update => server.update(&sent),
    }?;
    if server.finds_a_syntax_error(&answer) == is_right { Err(told(&answer)) } else { Ok(()) }
}
