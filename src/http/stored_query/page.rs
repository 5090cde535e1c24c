//! The page of a stored query: the form of its parameters, the answer as a table, how to cite it.

use super::formats;
use super::posed::Posed;
use crate::catalogue::{Citation, Present};
use crate::graph::Question;
use crate::http::answer::{Wanted, answer_with};
use crate::http::answered;
use crate::http::asked::Asked;
use crate::http::form::Form;
use crate::http::problem::Problem;
use crate::http::representation::{Made, Shows};
use crate::http::sparql;
use crate::list::{ARGUMENT_LIMIT, Parameter, ParameterKind};
use crate::pages::record::Surroundings;
use crate::pages::second_list::Choice;
use crate::pages::{self, Link, ParameterField, ParameterInput, ShownAnswer, StoredQueryPage, Text};
use axum::response::Response;

/// The most records that a form lets choose from; beyond, their references are typed.
const CHOICES: u64 = 200;

/// Answers with the page.
pub(super) async fn respond(posed: Posed, asked: Asked) -> Result<Response, Problem> {
    let selection = posed.selection();
    let wanted = Wanted { selection: selection.clone(), ..Wanted::new(posed.path(), Form::PAGE, None) };
    // A query may have to wait for its turn, so it is not asked from the threads that pages are made on.
    let (asking, client) = (posed.clone(), asked.client);
    let answered = async move {
        let question = Question { text: asking.text(), ..Question::default() };
        let offered = |problem| Problem { offered: formats::data(&asking), ..problem };
        answered::ask(&asking.app, question, client).await.map_err(offered)
    };
    answer_with(posed.app.clone(), asked, wanted, answered, move |app, path, variant, at| {
        let catalogue = app.catalogue()?;
        let present = catalogue.present()?;
        let shown = at.answered.shown(app, variant.language)?;
        let page = app.with_view(variant.language, |view| {
            let citation = posed.citation(at.revision, present.moment());
            let fields = fields(&posed, &present, view)?;
            Ok::<_, Problem>(page_of(&posed, shown, fields, &citation, view))
        })?;
        let page = pages::stored_query(&app.site(variant.language, &format!("{path}{selection}")), &page)?;
        Ok(made_at(at.revision, page, &present))
    })
    .await
}

/// A page that shows what the graph said at a revision. The graph follows the register, so a commit may have overtaken
/// the answer; it then holds for a moment only.
fn made_at(revision: u64, page: String, present: &Present<'_>) -> Made {
    let made = Made::of_catalogue(page, present);
    let shows = if revision == present.revision() { Shows::Catalogue } else { Shows::Moment };
    Made { shows, revision, ..made }
}

fn page_of(
    posed: &Posed,
    answer: ShownAnswer,
    fields: Vec<ParameterField>,
    citation: &Citation,
    view: &Surroundings<'_>,
) -> StoredQueryPage {
    let all = Link {
        href: format!("{}query", view.pages),
        label: pages::title_of_stored_queries(&posed.app.site(view.language, "query")),
        notation: None,
    };
    let address = format!("{}{}", view.pages, posed.path());
    StoredQueryPage {
        canonical: Some(format!("{address}{}", posed.selection())),
        breadcrumb: vec![all],
        question: Text::tagged(posed.query.question, "en"),
        about: Text::tagged(posed.query.about, "en"),
        address,
        fields,
        answer,
        revision: citation.revision,
        query: sparql::page(&posed.app, view.language, &posed.text()),
        citation: Text::tagged(citation.text(), "en"),
        citations: posed.citations(),
        alternates: formats::data(posed),
    }
}

/// A field for each parameter, filled with its value.
fn fields(posed: &Posed, present: &Present<'_>, view: &Surroundings<'_>) -> Result<Vec<ParameterField>, Problem> {
    let field = |(parameter, value): (&Parameter, Option<&str>)| {
        let value = value.unwrap_or_default();
        Ok(ParameterField {
            name: parameter.name.to_owned(),
            label: Text::tagged(parameter.about.trim_end_matches('.'), "en"),
            value: value.to_owned(),
            input: input(parameter, value, present, view)?,
        })
    };
    posed.arguments.all().map(field).collect()
}

/// How the value of a parameter is given: chosen among the records there are where they are few.
fn input(
    parameter: &Parameter,
    value: &str,
    present: &Present<'_>,
    view: &Surroundings<'_>,
) -> Result<ParameterInput, Problem> {
    let kind = match parameter.kind {
        ParameterKind::Integer => return Ok(ParameterInput::Number),
        ParameterKind::Reference { under } => under.strip_prefix("id/").and_then(|kind| kind.strip_suffix('/')),
        ParameterKind::Language | ParameterKind::Text => None,
    };
    let Some(records) = kind.map(|kind| present.few_of_kind(kind, CHOICES)).transpose()?.flatten() else {
        return Ok(ParameterInput::Text { limit: ARGUMENT_LIMIT });
    };
    let mut choices: Vec<Choice> = records
        .iter()
        .map(|record| {
            let reference = view.base.record_of(&record.record).map_or_else(String::new, |name| name.reference);
            Choice { is_chosen: reference == value, label: view.link(record).label, value: reference }
        })
        .collect();
    choices.sort_by_cached_key(|choice| choice.label.value.to_lowercase());
    if parameter.default.is_none() {
        choices.insert(0, Choice { value: String::new(), label: Text::plain("–"), is_chosen: value.is_empty() });
    }
    Ok(ParameterInput::Choice(choices))
}
