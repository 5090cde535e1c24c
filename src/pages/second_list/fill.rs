//! From the catalogue's judgements to the values that pages of the second list show.

use super::{Bar, Choice, Count, CoveragePage, CoverageRow, Field, ListHead, Row, SecondListPage, VerdictOn};
use crate::catalogue::{Assessment, Choices, Distribution, Document, SecondListEntry, code_of};
use crate::pages::listing::View;
use crate::pages::lists;
use crate::pages::record::Surroundings;
use crate::pages::site::{Link, Text};
use crate::register::Listed;
use std::collections::BTreeMap;

/// What the head of a page says of the list, with the filters of its address and what else chose the page.
pub fn head(document: &Document, view: &Surroundings<'_>, filters: &str, selection: &str) -> ListHead {
    let address = view.href(&document.name.iri);
    let words = view.language.words();
    let (title, _) = view.titles(document);
    let by_function = selection.contains("by=function");
    let way = |label, query: String, current| View {
        link: Link { href: format!("{address}{query}"), label: view.language.text(label), notation: None },
        current,
    };
    let functions = joined(filters, "by=function");
    ListHead {
        iri: document.name.iri.clone(),
        canonical: Some(format!("{address}{selection}")),
        title,
        description: lists::description(document, view),
        views: vec![
            way(words.second_list.by_number, filters.to_owned(), !by_function),
            way(words.by_function, functions, by_function),
        ],
        history: Some(format!("{address}/versions")),
        address,
        alternates: Vec::new(),
        structured_data: None,
    }
}

/// The filters with their choices, and which is chosen. One service type is offered only where it was asked for.
pub fn fields<'v>(
    choices: &Choices,
    service_type: Option<&Listed>,
    view: &Surroundings<'_>,
    value: impl Fn(&str) -> Option<&'v str>,
    reference: &dyn Fn(&Listed) -> String,
) -> Vec<Field> {
    let words = &view.language.words().second_list;
    let choice = |name: &str, listed: &Listed| {
        let reference = reference(listed);
        let label = if ["phase", "service-type"].contains(&name) {
            numbered(&reference, listed, view)
        } else {
            view.link(listed).label
        };
        Choice { is_chosen: value(name) == Some(reference.as_str()), value: reference, label }
    };
    let field = |name: &str, label, listed: &[Listed]| {
        let any =
            Choice { value: String::new(), label: view.language.text(words.any), is_chosen: value(name).is_none() };
        let options = std::iter::once(any).chain(listed.iter().map(|listed| choice(name, listed))).collect();
        Field { name: name.to_owned(), label: view.language.text(label), options }
    };
    let mut assessors = field("assessor", words.assessor, &choices.assessors);
    if let Some(everybody) = assessors.options.first_mut() {
        "all".clone_into(&mut everybody.value);
        everybody.label = view.language.text(words.everybody);
        everybody.is_chosen = value("assessor") == Some("all");
    }
    let kinds = &view.language.words().kinds;
    let service_type = service_type.map(|one| field("service-type", kinds.service_type, std::slice::from_ref(one)));
    let others = [
        field("degree", words.degree, &choices.degrees),
        field("handling", words.handling, &choices.handlings),
        field("channel", words.channel, &choices.channels),
        field("phase", words.phase, &choices.phases),
        field("reason", words.reason, &choices.reasons),
        field("function", words.function, &choices.functions),
        field("rule", words.rule, &choices.rules),
        assessors,
    ];
    service_type.into_iter().chain(others).collect()
}

/// A page of the verdicts that are left; `place` is its number, that of the last page, and how many verdicts
/// there are on all pages.
pub fn page(
    head: ListHead,
    fields: Vec<Field>,
    shown: &[SecondListEntry],
    names: &BTreeMap<String, Listed>,
    view: &Surroundings<'_>,
    (number, last, total): (usize, usize, usize),
) -> SecondListPage {
    let row = |found: &SecondListEntry| Row {
        entry: link(&found.judgement.service_type, names, view),
        verdict: verdict(&found.shown, names, view),
        assessor: link(&found.judgement.assessor, names, view),
        otherwise: otherwise(found).into_iter().map(|channel| link(channel, names, view)).collect(),
    };
    let href = |number: usize| {
        let filters = head.views.first().map_or(head.address.as_str(), |view| view.link.href.as_str());
        if number == 1 { filters.to_owned() } else { joined(filters, &format!("page={number}")) }
    };
    let pagination = (last > 1).then(|| lists::pagination(href, number, last));
    SecondListPage { rows: shown.iter().map(row).collect(), fields, total, pagination, head }
}

/// The channels for which a judgement shown as a whole says something else.
fn otherwise(found: &SecondListEntry) -> Vec<&str> {
    let channels = found.judgement.channels.iter().filter(|_| found.shown.channel.is_none());
    channels.filter_map(|assessment| assessment.channel.as_deref()).collect()
}

/// What an assessment says, in names.
pub fn verdict(assessment: &Assessment, names: &BTreeMap<String, Listed>, view: &Surroundings<'_>) -> VerdictOn {
    let one = |iri: &Option<String>| iri.as_deref().map(|iri| link(iri, names, view));
    let all = |iris: &[String]| iris.iter().map(|iri| link(iri, names, view)).collect();
    VerdictOn {
        channel: one(&assessment.channel),
        degree: link(&assessment.degree, names, view),
        handling: all(&assessment.handling),
        reasons: all(&assessment.reasons),
        phase: assessment.phase.as_deref().map(|iri| phase(iri, names, view)),
        rule: one(&assessment.rule),
        document: view.href(&assessment.iri),
    }
}

/// A link to a phase, by its number and its name.
fn phase(iri: &str, names: &BTreeMap<String, Listed>, view: &Surroundings<'_>) -> Link {
    let named = link(iri, names, view);
    let reference = view.base.record_of(iri).map_or_else(String::new, |name| name.reference);
    let label = names.get(iri).map_or_else(|| named.label.clone(), |listed| numbered(&reference, listed, view));
    Link { label, ..named }
}

fn numbered(reference: &str, listed: &Listed, view: &Surroundings<'_>) -> Text {
    let label = view.link(listed).label;
    Text { value: format!("{reference}. {}", label.value), ..label }
}

/// A link to a record by its best name, or else by its IRI.
pub(in crate::pages) fn link(iri: &str, names: &BTreeMap<String, Listed>, view: &Surroundings<'_>) -> Link {
    let unnamed = || Listed { record: iri.to_owned(), part: String::new(), names: None };
    view.link(&names.get(iri).cloned().unwrap_or_else(unnamed))
}

/// The page of how verdicts are distributed.
pub fn coverage_page(
    head: ListHead,
    degrees: &[Listed],
    functions: &[Distribution],
    all: &Distribution,
    view: &Surroundings<'_>,
) -> CoveragePage {
    let filters = head.views.first().map_or(head.address.as_str(), |view| view.link.href.as_str()).to_owned();
    let row = |distribution: &Distribution, is_listed: bool| {
        let of_function =
            distribution.function.as_ref().map(|function| format!("function={}", code_of(&function.record)));
        let list = of_function.as_ref().map_or_else(|| filters.clone(), |function| joined(&filters, function));
        let count = |number, href| Count { number, href: Some(href).filter(|_| is_listed) };
        CoverageRow {
            function: distribution.function.as_ref().map(|function| view.link(function)),
            verdicts: degrees
                .iter()
                .map(|degree| {
                    let number = distribution.verdicts.get(&degree.record).copied().unwrap_or_default();
                    count(number, joined(&list, &format!("degree={}", code_of(&degree.record))))
                })
                .collect(),
            unassessed: distribution.types.saturating_sub(distribution.assessed),
            types: count(distribution.types, list.clone()),
            share: (distribution.assessed * 100).checked_div(distribution.types).unwrap_or_default(),
        }
    };
    let rows: Vec<CoverageRow> =
        functions.iter().map(|distribution| row(distribution, distribution.function.is_some())).collect();
    let all = row(all, true);
    let words = view.language.words();
    let without = || view.language.text(words.without_function);
    let labelled = rows.iter().map(|row| (row.function.as_ref().map_or_else(without, |link| link.label.clone()), row));
    let total = (view.language.text(words.second_list.all), &all);
    let bars = std::iter::once(total).chain(labelled).enumerate();
    let bars = bars.map(|(place, (label, row))| Bar::of(place, label, row)).collect();
    CoveragePage { head, degrees: degrees.iter().map(|degree| view.link(degree)).collect(), rows, all, bars }
}

/// Where the second list shows what some parameters leave; their values are codes.
pub(in crate::pages) fn list_address(view: &Surroundings<'_>, parameters: &[(&str, &str)]) -> String {
    let list = view.href(view.base.iri("list/suitability").as_str());
    parameters.iter().fold(list, |address, (name, code)| joined(&address, &format!("{name}={code}")))
}

/// An address with one more parameter.
fn joined(address: &str, parameter: &str) -> String {
    let sign = if address.contains('?') { '&' } else { '?' };
    format!("{address}{sign}{parameter}")
}
