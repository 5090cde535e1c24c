//! The writer, tried with things of no class that the shapes know, and with entries of the list that they do.

mod changes;
mod edit;
mod group;

use crate::catalogue::*;
use crate::rdf::{Content, Triple, read_turtle};
use crate::register::Location;

const BASE: &str = "http://lists.example.eu/";
const PREFIXES: &str = "@prefix adms: <http://www.w3.org/ns/adms#> . @prefix dct: <http://purl.org/dc/terms/> .
    @prefix cv: <http://data.europa.eu/m8g/> . @prefix eusl: <https://w3id.org/eu-service-list/def#> .
    @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    @prefix s: <http://publications.europa.eu/resource/authority/concept-status/> .\n";

fn catalogue() -> Catalogue {
    Catalogue::open(&Location::Memory, &Base::parse(BASE).unwrap()).unwrap()
}

fn name(path: &str) -> RecordName {
    Base::parse(BASE).unwrap().record_of(&format!("{BASE}id/{path}")).unwrap()
}

/// What a record says; `<>` is the record.
fn content(path: &str, turtle: &str) -> Content {
    read_turtle(format!("{PREFIXES}{turtle}").as_bytes(), &format!("{BASE}id/{path}")).unwrap().into_iter().collect()
}

/// Somebody with a token, whose prefix is their name.
fn author(role: Role) -> Author {
    let name = role.name();
    Author { token: Some(name.to_owned()), role, ..Author::operator(name) }
}

/// The token of that author, as the register keeps it.
fn token(name: &str) -> crate::register::Token {
    crate::register::Token {
        prefix: name.to_owned(),
        digest: [1; 32],
        name: name.to_owned(),
        role: name.to_owned(),
        organisation: None,
        kinds: std::collections::BTreeSet::new(),
        numbers: None,
        ends: None,
    }
}

fn of(organisation: &str) -> Author {
    let organisation = Some(format!("{BASE}id/organisation/{organisation}"));
    Author { organisation, ..author(Role::Edit) }
}

fn edit(author: &Author, changes: Vec<RecordChange>) -> Edit {
    Edit { author: author.clone(), activity: "PUT".to_owned(), reason: None, key: None, changes: Changes::Of(changes) }
}

fn put(path: &str, turtle: &str) -> RecordChange {
    RecordChange {
        target: Target::Record(name(path)),
        precondition: Precondition::None,
        operation: Operation::Replace(content(path, turtle)),
    }
}

fn version(number: u64) -> Precondition {
    Precondition::AnyOf(vec![Numbered::Version(number)])
}

fn withdraw(path: &str) -> RecordChange {
    RecordChange { operation: Operation::Withdraw, ..put(path, "") }
}

/// Writes one change; gives the status and the version that the record has then.
fn write(catalogue: &Catalogue, author: &Author, change: RecordChange) -> Result<(Option<Status>, u64), EditError> {
    let edited = catalogue.edit(edit(author, vec![change]))?;
    assert_eq!(catalogue.disagreement().unwrap(), 0, "the graph shows what the register says");
    Ok((edited.records[0].status, edited.records[0].version))
}

/// What the graph shows of a record, as N-Triples lines in order.
fn shown(catalogue: &Catalogue, path: &str) -> String {
    let mut lines = catalogue.graph().lines().unwrap();
    lines.retain(|line| line.starts_with(&format!("<{BASE}id/{path}>")));
    lines.sort();
    lines.concat()
}
