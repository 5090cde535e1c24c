//! What the second list rests on: the decision table, and the phases in which a contact centre grows.

use crate::catalogue::{CatalogueError, Document, Filter, Present};
use crate::http::problem::Problem;
use crate::http::state::App;
use crate::pages::record::Surroundings;
use crate::pages::second_list::{Count, head};
use crate::pages::{self, Alternate, DecisionTablePage, ListHead, PhasesPage};
use crate::register::Listed;
use crate::vocab::eusl;

/// The list that a page of its own shows, of those in a register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::http) enum Overview {
    DecisionTable,
    Phases,
}

impl Overview {
    /// The page that a list has instead of one of names.
    pub(in crate::http) fn of(name: &str) -> Option<Self> {
        match name {
            "list/decision-table" => Some(Self::DecisionTable),
            "list/antwoord-phase" => Some(Self::Phases),
            _ => None,
        }
    }

    /// The page of the list.
    pub(in crate::http) fn page(
        self,
        app: &App,
        present: &Present<'_>,
        document: &Document,
        alternates: Vec<Alternate>,
        view: &Surroundings<'_>,
    ) -> Result<String, Problem> {
        let site = app.site(view.language, &document.name.document_path());
        let structured_data = Some(app.structured_data(document)?);
        let head = ListHead { views: Vec::new(), alternates, structured_data, ..head(document, view, "", "") };
        Ok(match self {
            Self::DecisionTable => pages::decision_table(&site, &decision_table(present, document, head, view)?)?,
            Self::Phases => pages::phases(&site, &phases(present, document, head, view)?)?,
        })
    }
}

/// The verdicts that are counted: those of the editors.
fn of_editors(view: &Surroundings<'_>) -> Filter {
    Filter { assessor: Some(view.base.iri("id/organisation/editors").into_string()), ..Filter::default() }
}

/// Where the verdicts are listed that some parameters leave.
fn listed(view: &Surroundings<'_>, parameters: &[(&str, &str)]) -> String {
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(parameters).finish();
    format!("{}{}?{query}", view.pages, super::PATH)
}

fn code(iri: &str) -> &str {
    iri.rsplit('/').next().unwrap_or(iri)
}

fn decision_table(
    present: &Present<'_>,
    document: &Document,
    head: ListHead,
    view: &Surroundings<'_>,
) -> Result<DecisionTablePage, CatalogueError> {
    let judgements = present.judgements(of_editors(view).assessor.as_deref())?;
    let channel_types = view.base.iri("id/channel-type/").into_string();
    let mut rules = Vec::new();
    for rule in present.entries(&document.name.iri, view.reader)? {
        let iri = rule.record.as_str();
        let content = present.content(iri)?;
        let channels: Vec<String> =
            pages::objects(&content, iri, eusl::APPLIES_TO).filter(|code| code.starts_with(&channel_types)).collect();
        let count = |channel: Option<&str>| {
            let filter =
                Filter { rule: Some(iri.to_owned()), channel: channel.map(str::to_owned), ..Filter::default() };
            let number = judgements.iter().filter(|judgement| filter.shown(judgement).is_some()).count();
            let mut parameters = vec![("rule", code(iri))];
            parameters.extend(channel.map(|channel| ("channel", code(channel))));
            (channel.map(str::to_owned), Count { number, href: Some(listed(view, &parameters)) })
        };
        let decides = if channels.is_empty() {
            vec![count(None)]
        } else {
            channels.iter().map(|channel| count(Some(channel))).collect()
        };
        let pointed_at: Vec<String> = content
            .iter()
            .filter_map(|triple| match &triple.object {
                crate::rdf::Term::NamedNode(node) => Some(node.as_str().to_owned()),
                _ => None,
            })
            .collect();
        let names = present.names(pointed_at.iter().map(String::as_str).chain([iri]))?;
        rules.push(pages::rule_row(iri, &content, &names, view, decides));
    }
    rules.sort_by_key(|rule| rule.position);
    Ok(DecisionTablePage { head, rules })
}

fn phases(
    present: &Present<'_>,
    document: &Document,
    head: ListHead,
    view: &Surroundings<'_>,
) -> Result<PhasesPage, CatalogueError> {
    let judgements = present.judgements(of_editors(view).assessor.as_deref())?;
    let degrees = present.degrees()?;
    let mut entries = present.entries(&document.name.iri, view.reader)?;
    entries.sort_by(|one, other| one.record.cmp(&other.record));
    let mut phases = Vec::new();
    for phase in entries {
        let count = |degree: &Listed| {
            let wanted = (Some(phase.record.clone()), Some(degree.record.clone()));
            let filter = Filter { phase: wanted.0, degree: wanted.1, ..Filter::default() };
            let number = judgements.iter().filter(|judgement| filter.shown(judgement).is_some()).count();
            let parameters = [("phase", code(&phase.record)), ("degree", code(&degree.record))];
            Count { number, href: Some(listed(view, &parameters)) }
        };
        let verdicts = degrees.iter().map(count).collect();
        phases.push(pages::phase_row(&phase, &present.content(&phase.record)?, view, verdicts));
    }
    Ok(PhasesPage { head, degrees: degrees.iter().map(|degree| view.link(degree)).collect(), phases })
}
