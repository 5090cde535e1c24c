//! The desk: `/desk?q=…&type=…&for=…`.
//!
//! What it says of opening hours holds for a moment, so neither the cache nor a client keeps it.

use super::answer::{Wanted, answer};
use super::asked::Asked;
use super::form::Form;
use super::problem::{Problem, ProblemType};
use super::representation::{Made, Shows};
use super::state::App;
use crate::catalogue::{Found, Present};
use crate::pages::{self, DeskAsked, record::Surroundings};
use crate::register::Listed;
use axum::extract::State;
use axum::response::Response;

/// How many entries a search shows.
const SHOWN: usize = 20;

/// The longest search that is read, in characters.
const LONGEST: usize = 200;

/// What the address asks for.
#[derive(Clone, Debug, Default)]
struct Question {
    query: String,
    service_type: Option<String>,
    organisation: Option<String>,
}

impl Question {
    /// Reads `?q=`, `?type=` and `?for=`; one that is empty is not there.
    fn read(asked: &Asked) -> Self {
        let given = |name| asked.parameter(name).map(str::trim).filter(|value| !value.is_empty());
        let given = |name| given(name).map(str::to_owned);
        let query = given("q").unwrap_or_default().chars().take(LONGEST).collect();
        Self { query, service_type: given("type"), organisation: given("for") }
    }

    fn selection(&self) -> String {
        pages::desk_address(&self.query, self.service_type.as_deref(), self.organisation.as_deref())
    }
}

/// `GET /desk`
pub(super) async fn get_desk(State(app): State<App>, asked: Asked) -> Result<Response, Problem> {
    let question = Question::read(&asked);
    let wanted = Wanted { selection: question.selection(), ..Wanted::new("desk", Form::PAGE, None) };
    answer(app, asked, wanted, move |app, path, variant| {
        let catalogue = app.catalogue()?;
        let present = catalogue.present()?;
        let page = app.with_view(variant.language, |view| page(app, &present, &question, view))?;
        let here = format!("{path}{}", question.selection());
        let body = pages::desk(&app.site(variant.language, &here), &page)?;
        Ok(Made { shows: Shows::Moment, ..Made::of_catalogue(body, &present) })
    })
    .await
}

fn page(
    app: &App,
    present: &Present<'_>,
    question: &Question,
    view: &Surroundings<'_>,
) -> Result<pages::DeskPage, Problem> {
    let organisation = organisation(app, present, question)?;
    let found = present.search(&question.query, view.reader, SHOWN)?;
    let chosen = match &question.service_type {
        Some(given) => Some(service_type(app, given)),
        None => meant(&found).map(|found| found.listed.record.clone()),
    };
    let card = match &chosen {
        Some(iri) => {
            let card = present.card(iri, organisation.as_ref(), (app.settings.clock)())?;
            Some(card.ok_or_else(|| {
                unknown("type", question.service_type.as_deref().unwrap_or_default(), "the number of a service type")
            })?)
        }
        None => None,
    };
    let organisations = if organisation.is_none() { present.organisations_at_the_desk()? } else { Vec::new() };
    let number = chosen.and_then(|iri| app.base().record_of(&iri)).map(|name| name.reference);
    let asked = DeskAsked { query: question.query.clone(), organisation, number };
    Ok(pages::desk_page(view, &asked, &organisations, &found, card.as_ref()))
}

/// The entry that a search meant: the only one of which it is the number or a whole name. A caller's words that
/// merely occur somewhere may mean another, so they get a list to choose from.
fn meant(found: &[Found]) -> Option<&Found> {
    let mut exact = found.iter().filter(|found| found.is_exact());
    exact.next().filter(|_| exact.next().is_none())
}

/// The IRI of a service type that is given by its number, or by itself.
fn service_type(app: &App, given: &str) -> String {
    if given.contains(':') {
        given.to_owned()
    } else {
        app.base().iri(&format!("id/service-type/{given}")).into_string()
    }
}

/// The organisation that is given by its reference, or by its IRI.
fn organisation(app: &App, present: &Present<'_>, question: &Question) -> Result<Option<Listed>, Problem> {
    let Some(given) = &question.organisation else { return Ok(None) };
    let own = || app.base().iri(&format!("id/organisation/{given}")).into_string();
    let iri = if given.contains(':') { given.clone() } else { own() };
    let found = present.organisation(&iri)?;
    Ok(Some(found.ok_or_else(|| unknown("for", given, "the reference or the IRI of an organisation"))?))
}

fn unknown(parameter: &str, given: &str, expected: &str) -> Problem {
    let detail = format!("{parameter}={given} is not known here; {parameter} is {expected}, and /desk lets you choose");
    Problem::new(ProblemType::NotFound, detail)
}
