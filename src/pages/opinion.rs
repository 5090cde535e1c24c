//! What assessors say of a service type, on its page, and what of it is only proposed.

use super::fact::day;
use super::record::Surroundings;
use super::second_list::{Count, VerdictOn, link, list_address, verdict};
use super::site::{Link, Text};
use crate::catalogue::{Judgement, code_of};
use crate::rdf::Content;
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

/// How many assessors a page tells of beside the shared proposal; the second list has all of them.
const SHOWN_BESIDE: usize = 20;

/// The judgements of a service type that its page shows, the shared proposal in front and then the others by the names
/// of their assessors; and how many more there are.
pub fn shown_judgements(
    mut judgements: Vec<Judgement>,
    assessors: &BTreeMap<String, Listed>,
    view: &Surroundings<'_>,
) -> (Vec<Judgement>, Option<Count>) {
    let editors = view.base.editors();
    let name = |judgement: &Judgement| link(&judgement.assessor, assessors, view).label.value.to_lowercase();
    judgements.sort_by_cached_key(|judgement| (judgement.assessor != editors, name(judgement)));
    let shared = judgements.iter().filter(|judgement| judgement.assessor == editors).count();
    let total = judgements.len();
    judgements.truncate(shared + SHOWN_BESIDE);
    let service_type = judgements.first().map(|judgement| code_of(&judgement.service_type));
    let href = service_type.map(|number| list_address(view, &[("service-type", number), ("assessor", "all")]));
    let more = Count { number: total - judgements.len(), href };
    (judgements, Some(more).filter(|more| more.number > 0))
}

/// An assessor's judgement, in names, with what its record says in words.
pub fn opinion(
    judgement: &Judgement,
    content: &Content,
    names: &BTreeMap<String, Listed>,
    view: &Surroundings<'_>,
) -> Opinion {
    let moment = content.literals(&judgement.record, prov::GENERATED_AT_TIME).next();
    let argument = |iri: &str| {
        let notes: Vec<_> = content.literals(iri, skos::NOTE).cloned().collect();
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
    let each = content.iris(record, eusl::PROPOSAL).filter_map(|proposal| {
        let created = content.literals(proposal, dct::CREATED).next()?;
        let properties = content.iris(proposal, eusl::PROPOSES);
        Some(properties.map(move |property| (property, created.value())))
    });
    each.flatten().collect()
}
