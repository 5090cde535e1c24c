//! What is published, in VoID: `/void`, and `/.well-known/void`, where clients look for it
//! (<https://www.w3.org/TR/void/#well-known>).

use super::answer::{Wanted, answer_with};
use super::asked::Asked;
use super::catalog::{Material, dump_revision};
use super::form::Form;
use super::home::EXAMPLES;
use super::problem::Problem;
use super::service_description::{made_of_counts, statistics};
use super::state::App;
use crate::catalogue::{Dataset, Present};
use crate::graph::Statistics;
use crate::harvest::void::{self, DataSet, TARGETS};
use crate::profile::Profile;
use crate::rdf::Syntax;
use axum::extract::State;
use axum::response::Response;

/// `GET /.well-known/void`: the same, and no redirection, which not every client follows.
pub(super) async fn get_well_known(State(app): State<App>, asked: Asked) -> Result<Response, Problem> {
    get_void(app, asked, None).await
}

/// `GET /void`, with an extension or without.
pub(super) async fn get_void(app: App, asked: Asked, extension: Option<Form>) -> Result<Response, Problem> {
    // A server of scratch data has none.
    app.catalogue()?;
    let wanted = Wanted { beside: dump_revision(&app), ..Wanted::new(void::PATH, Form::WITHOUT_PAGE, extension) };
    let counted = {
        let app = app.clone();
        async move { Ok(statistics(&app).await) }
    };
    answer_with(app, asked, wanted, counted, |app, _, variant, counted| {
        let catalogue = app.catalogue()?;
        let syntax = variant.form.syntax().unwrap_or(Syntax::Turtle);
        let body = written(app, &catalogue.present()?, counted.as_deref(), syntax)?;
        made_of_counts(app, body, counted)
    })
    .await
}

fn written(app: &App, present: &Present<'_>, counted: Option<&Statistics>, syntax: Syntax) -> Result<Vec<u8>, Problem> {
    let material = Material::new(app, present)?;
    let datasets = material.datasets.iter().filter(|dataset| !matches!(dataset, Dataset::Organisation(_)));
    let datasets = material.described(app, present, datasets)?;
    let mut matches = Vec::new();
    for target in &TARGETS {
        matches.push((target, present.count_exact_matches(target.space)?));
    }
    let mut examples = Vec::new();
    for number in EXAMPLES {
        let iri = app.base().iri(&format!("id/service-type/{number}"));
        if present.record(iri.as_str())?.is_some() {
            examples.push(iri);
        }
    }
    let told = material.catalogue(app);
    let data_set = DataSet { catalogue: &told, datasets: &datasets, counted, matches: &matches, examples: &examples };
    Ok(app.write(&data_set.document(), data_set.triples(), syntax, Profile::Full)?)
}
