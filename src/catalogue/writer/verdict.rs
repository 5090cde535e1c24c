//! What the shapes say of records that are to be written, in words for those who sent them.

use super::super::address::Base;
use super::submission::Rejection;
use super::writing::Pending;
use crate::rdf::Term;
use crate::shacl::{Report, ValidationResult};
use std::collections::{BTreeMap, BTreeSet};

/// How many things that are wrong with one record are told.
const TOLD: usize = 5;

/// What keeps a submission out.
#[derive(Default)]
pub(super) struct Refusals {
    /// A rejection for each record that breaks the shapes, or that another lets break them.
    pub(super) rejections: Vec<Rejection>,
    /// How many of them are of records that were to be written.
    pub(super) own: u64,
}

/// What of a report keeps records out: a rejection for each that breaks the shapes or lets another break them.
pub(super) fn refusals(base: &Base, pending: &[Pending], report: &Report) -> Refusals {
    let mut reasons: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut own: BTreeSet<String> = BTreeSet::new();
    for result in report.violations() {
        let (place, is_own) = place(base, pending, &result.focus);
        if is_own {
            own.insert(place.clone());
        }
        reasons.entry(place).or_default().push(reason(result));
    }
    let rejections =
        reasons.into_iter().map(|(place, reasons)| Rejection { place, reason: joined(&reasons) }).collect();
    Refusals { rejections, own: own.len() as u64 }
}

/// The record of a focus node, and where it is said what it shall be; whether it is one of those to be written.
fn place(base: &Base, pending: &[Pending], focus: &Term) -> (String, bool) {
    let record = match focus {
        Term::NamedNode(focus) => base.record_of(focus.as_str()).map(|name| name.iri),
        _ => None,
    };
    match (pending.iter().find(|pending| Some(&pending.name.iri) == record.as_ref()), record) {
        (Some(pending), _) => (format!("{}, {}", pending.place, pending.name.iri), true),
        (None, Some(record)) => (format!("{record}, which this would break"), false),
        (None, None) => (format!("{focus}, which this would break"), false),
    }
}

/// What is wrong and what to do, in English, with the value and the shape.
fn reason(result: &ValidationResult) -> String {
    let messages = result.messages();
    let english = messages.iter().find(|message| message.language() == Some("en")).or(messages.first());
    let text = english.map_or("", |message| message.value());
    let value = result.value.as_ref().filter(|value| **value != result.focus);
    let value = value.map(|value| format!(" The value is {value}.")).unwrap_or_default();
    format!("{text}{value} (at {}, shape {})", result.focus, result.source.shape)
}

fn joined(reasons: &[String]) -> String {
    let told = reasons.iter().take(TOLD).cloned().collect::<Vec<_>>().join("; ");
    match reasons.len().saturating_sub(TOLD) {
        0 => told,
        more => format!("{told}; and {more} more"),
    }
}
