//! The rules that every record keeps, whatever its kind.

use super::super::address::{Base, RecordName};
use super::submission::Ownership;
use crate::rdf::{Content, NamedNode, NamedOrBlankNode, Term, has_qualified_name, is_ill_typed, unwritable_in_xml};
use crate::vocab::{rdf, skos};
use std::collections::BTreeSet;

/// The largest number that a service type may bear: nine digits, so that every tool reads it.
pub(super) const LARGEST_NUMBER: u64 = 999_999_999;

/// The longest text of a record, in bytes: some fifty pages.
const LONGEST_TEXT: usize = 100_000;

/// Holds a record's new content to the rules.
///
/// # Errors
/// What is wrong, and what to do.
pub(super) fn check(base: &Base, name: &RecordName, present: &Content, content: &Content) -> Result<(), String> {
    if name.kind == "service-type" && name.number().is_none_or(|number| number == 0 || number > LARGEST_NUMBER) {
        return Err(format!(
            "a service type is named by its number, from 1 to {LARGEST_NUMBER} and without leading zeros"
        ));
    }
    let iri = NamedNode::new_unchecked(&name.iri);
    if content.values(iri.as_ref(), rdf::TYPE).next().is_none() {
        let reason = match present.values(iri.as_ref(), rdf::TYPE).next() {
            Some(was) => format!("it does not say any more what the record is; leave its rdf:type, such as {was}"),
            None => "the register has no such record, and the source does not say what it is (no rdf:type)".to_owned(),
        };
        return Err(reason);
    }
    let long = content.iter().find(|triple| match &triple.object {
        Term::Literal(literal) => literal.value().len() > LONGEST_TEXT,
        _ => false,
    });
    if let Some(triple) = long {
        return Err(format!("its {} is longer than {LONGEST_TEXT} bytes; shorten it", triple.predicate.as_str()));
    }
    if let Some(triple) = content.iter().find(|triple| !has_qualified_name(triple.predicate.as_str())) {
        let property = triple.predicate.as_str();
        return Err(format!("the property {property} cannot be written in RDF/XML; name one that ends in a word"));
    }
    let unwritable = content.iter().find_map(|triple| match &triple.object {
        Term::Literal(literal) => Some((triple, unwritable_in_xml(literal.value())?)),
        _ => None,
    });
    if let Some((triple, character)) = unwritable {
        let (property, point) = (triple.predicate.as_str(), u32::from(character));
        return Err(format!("its {property} holds U+{point:04X}, which no RDF/XML can carry; take it out"));
    }
    let wrong = content.iter().find_map(|triple| match &triple.object {
        Term::Literal(literal) if is_ill_typed(literal.as_ref()) => Some((triple, literal)),
        _ => None,
    });
    if let Some((triple, literal)) = wrong {
        let (property, datatype) = (triple.predicate.as_str(), literal.datatype());
        return Err(format!("{:?} of {property} is no {datatype}; write it as that type has it", literal.value()));
    }
    let release = base.iri("list/services/");
    if releases_of(&iri, content, &release) != releases_of(&iri, present, &release) {
        let reason = "only freezing a release makes members of it; leave its skos:inScheme alone";
        return Err(reason.to_owned());
    }
    Ok(())
}

/// Holds what a source says to one value a language of each property that it only fills in.
///
/// # Errors
/// Which property has two.
pub(super) fn check_single(record: &str, now: &Content, ownership: &Ownership) -> Result<(), String> {
    let mut seen = BTreeSet::new();
    for triple in now.iter() {
        let property = triple.predicate.as_str();
        let is_own = matches!(&triple.subject, NamedOrBlankNode::NamedNode(subject) if subject.as_str() == record);
        let language = match &triple.object {
            Term::Literal(literal) => literal.language(),
            _ => None,
        };
        if is_own && ownership.fills.contains(property) && !seen.insert((property, language)) {
            return Err(format!("the file gives two values of {property}; does it have the entry twice?"));
        }
    }
    Ok(())
}

/// The releases that a record says it is a member of; their IRIs start with that of `release`.
fn releases_of<'a>(iri: &NamedNode, content: &'a Content, release: &NamedNode) -> BTreeSet<&'a str> {
    let subject = iri.as_ref();
    let releases = content.iter().filter_map(|triple| match (&triple.subject, &triple.object) {
        (NamedOrBlankNode::NamedNode(found), Term::NamedNode(scheme))
            if found.as_ref() == subject && triple.predicate == skos::IN_SCHEME =>
        {
            Some(scheme.as_str())
        }
        _ => None,
    });
    releases.filter(|scheme| scheme.starts_with(release.as_str())).collect()
}
