//! What organisations did: `/pilots` and `/co-design`.
//!
//! Neither is a list with an IRI: these are pages over all records of a kind, as the front page is. Data on each
//! record is at its document, on all of them at the endpoint.

use super::answer::{Wanted, answer};
use super::asked::Asked;
use super::form::Form;
use super::problem::Problem;
use super::representation::Made;
use super::state::App;
use crate::pages::{self, Activities, activities_page};
use axum::extract::State;
use axum::response::Response;

/// `GET /pilots`
pub(super) async fn get_pilots(State(app): State<App>, asked: Asked) -> Result<Response, Problem> {
    show(app, asked, Activities::Pilots, ("pilots", "pilot")).await
}

/// `GET /co-design`
pub(super) async fn get_co_design(State(app): State<App>, asked: Asked) -> Result<Response, Problem> {
    show(app, asked, Activities::CoDesign, ("co-design", "co-design")).await
}

async fn show(
    app: App,
    asked: Asked,
    activities: Activities,
    (path, kind): (&'static str, &'static str),
) -> Result<Response, Problem> {
    answer(app, asked, Wanted::new(path, Form::PAGE, None), move |app, path, variant| {
        let catalogue = app.catalogue()?;
        let present = catalogue.present()?;
        let documents = present.documents(kind)?;
        let body = app.with_view(variant.language, |view| {
            let page = activities_page(activities, path, &documents, view);
            pages::activities(&app.site(variant.language, path), &page)
        })?;
        Ok(Made::of_catalogue(body, &present))
    })
    .await
}
