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
use crate::pages::{self, DeskAsked, Organisations, record::Surroundings};
use axum::extract::State;
use axum::response::Response;

/// How many entries a search shows.
const SHOWN: usize = 20;

/// How many organisations are offered to choose from; where there are more, the name of one is typed.
const MOST_CHOICES: usize = 60;

/// The longest search that is read, in characters.
const LONGEST: usize = 200;

/// What the address asks for.
#[derive(Clone, Debug, Default)]
struct DeskQuestion {
    query: String,
    service_type: Option<String>,
    organisation: Option<String>,
}

impl DeskQuestion {
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
    let question = DeskQuestion::read(&asked);
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
    question: &DeskQuestion,
    view: &Surroundings<'_>,
) -> Result<pages::DeskPage, Problem> {
    let organisations = organisations(app, present, question, view)?;
    let found = present.search(&question.query, view.reader, SHOWN)?;
    let chosen = match &question.service_type {
        Some(given) => Some(service_type(app, given)),
        None => meant(&found).map(|found| found.listed.record.clone()),
    };
    let card = match &chosen {
        Some(iri) => {
            let card = present.card(iri, organisations.chosen(), (app.settings.clock)())?;
            Some(card.ok_or_else(|| {
                unknown("type", question.service_type.as_deref().unwrap_or_default(), "the number of a service type")
            })?)
        }
        None => None,
    };
    let number = chosen.and_then(|iri| app.base().record_of(&iri)).map(|name| name.reference);
    let asked = DeskAsked { query: question.query.clone(), organisations, number };
    Ok(pages::desk_page(view, &asked, &found, card.as_ref()))
}

/// The entry that a search meant: the only one of which it is the number or a whole name. What is deprecated does
/// not make a name ambiguous. A caller's words that merely occur somewhere may mean another entry, so they get a
/// list to choose from.
fn meant(found: &[Found]) -> Option<&Found> {
    let first = found.first().filter(|first| first.is_exact())?;
    let mut others =
        found.iter().skip(1).filter(|other| other.is_exact() && (first.is_deprecated || !other.is_deprecated));
    others.next().is_none().then_some(first)
}

/// The IRI of a service type that is given by its number, or by itself.
fn service_type(app: &App, given: &str) -> String {
    if given.contains(':') {
        given.to_owned()
    } else {
        app.base().iri(&format!("id/service-type/{given}")).into_string()
    }
}

/// Whose desk it is: that of the organisation that is given by its reference, its IRI or a name that begins so and
/// no other's does. Where it is nobody's yet, what may be chosen.
fn organisations(
    app: &App,
    present: &Present<'_>,
    question: &DeskQuestion,
    view: &Surroundings<'_>,
) -> Result<Organisations, Problem> {
    let Some(given) = &question.organisation else {
        let few = present.organisations_at_the_desk(MOST_CHOICES)?;
        return Ok(few.map_or_else(Organisations::default, Organisations::Few));
    };
    let own = || app.base().iri(&format!("id/organisation/{given}")).into_string();
    let iri = if given.contains(':') { given.clone() } else { own() };
    if let Some(organisation) = present.organisation(&iri)? {
        return Ok(Organisations::Chosen(organisation));
    }
    let hits = present.search_organisations(given, view.reader, SHOWN)?;
    // All of its words stand in a name of each hit, so the only one is meant.
    let only = hits.first().filter(|_| hits.len() == 1);
    match only.or_else(|| meant(&hits)) {
        Some(one) => Ok(Organisations::Chosen(one.listed.clone())),
        None if hits.is_empty() => {
            Err(unknown("for", given, "the reference or the IRI of an organisation, or the beginning of its name"))
        }
        None => {
            let hits = hits.into_iter().map(|found| found.listed).collect();
            Ok(Organisations::Many { typed: given.clone(), hits })
        }
    }
}

fn unknown(parameter: &str, given: &str, expected: &str) -> Problem {
    let detail = format!("{parameter}={given} is not known here; {parameter} is {expected}, and /desk lets you choose");
    Problem::new(ProblemType::NotFound, detail)
}
