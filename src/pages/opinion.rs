//! What assessors say of a service type, on its page, and what of it is only proposed.

use super::fact::day;
use super::record::{Surroundings, literals};
use super::second_list::{VerdictOn, link, verdict};
use super::site::{Link, Text};
use crate::catalogue::Judgement;
use crate::rdf::{Content, NamedNodeRef, Term};
use crate::register::Listed;
use crate::vocab::{dct, eusl, prov, skos};
use std::collections::BTreeMap;

/// What one assessor says of a service type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opinion {
    /// Whose it is.
    pub assessor: Link,
    /// Where it is told in full.
    pub document: Link,
    /// The day it is of.
    pub day: Option<String>,
    /// Of the service as a whole, then of the channels that differ.
    pub verdicts: Vec<VerdictOn>,
    /// Why.
    pub arguments: Vec<Text>,
}

/// An assessor's judgement, in names, with what its record says in words.
pub fn opinion(
    judgement: &Judgement,
    content: &Content,
    names: &BTreeMap<String, Listed>,
    view: &Surroundings<'_>,
) -> Opinion {
    let moment = literals(content, &judgement.record, prov::GENERATED_AT_TIME).next();
    let argument = |iri: &str| {
        let notes: Vec<_> = literals(content, iri, skos::NOTE).cloned().collect();
        view.best(&notes)
    };
    Opinion {
        assessor: link(&judgement.assessor, names, view),
        document: link(&judgement.record, names, view),
        day: moment.and_then(|moment| day(moment.value())).map(str::to_owned),
        verdicts: judgement.assessments().map(|assessment| verdict(assessment, names, view)).collect(),
        arguments: judgement.assessments().filter_map(|assessment| argument(&assessment.iri)).collect(),
    }
}

/// The properties of a record that are proposed, each with the day since when.
pub(super) fn proposals<'a>(content: &'a Content, record: &'a str) -> BTreeMap<&'a str, &'a str> {
    let about = NamedNodeRef::new_unchecked(record);
    let iri = |term: &'a Term| match term {
        Term::NamedNode(node) => Some(node.as_str()),
        _ => None,
    };
    let proposals = content.values(about, eusl::PROPOSAL).filter_map(iri);
    let each = proposals.filter_map(|proposal| {
        let created = literals(content, proposal, dct::CREATED).next()?;
        let properties = content.values(NamedNodeRef::new_unchecked(proposal), eusl::PROPOSES).filter_map(iri);
        Some(properties.map(move |property| (property, created.value())))
    });
    each.flatten().collect()
}
