//! Questions that are asked of the list: `/query`, and `/query/{name}` with its answer.
//!
//! `/query` is a document: every question with its query, as a page or as data. At `/query/{name}` is the answer
//! as it is now, to the question as the parameters of the address pose it: a page, the formats that [`sparql`] has for
//! solutions or triples, or how to cite it.

mod citation;
mod formats;
mod page;
mod posed;

use super::answer::{Wanted, answer};
use super::asked::Asked;
use super::form::Form;
use super::problem::Problem;
use super::queries;
use super::representation::Made;
use super::sparql;
use super::state::App;
use crate::graph::Question;
use crate::list::{StoredQuery, description_of};
use crate::pages::{self, Language, Link, StoredQueriesPage, Text};
use crate::profile::Profile;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::Response;
use formats::Format;
use posed::Posed;

/// `GET /query`, with an extension or without.
pub(super) async fn get_queries(app: App, asked: Asked, extension: Option<Form>) -> Result<Response, Problem> {
    answer(app, asked, Wanted::new("query", Form::OF_DOCUMENTS, extension), |app, path, variant| {
        let body = match variant.form.syntax() {
            Some(syntax) => {
                let triples = description_of(&app.stored_queries, app.base());
                app.write(&app.base().iri(path), triples, syntax, Profile::Full)?
            }
            None => pages::stored_queries(&app.site(variant.language, path), &page_of_all(app, variant.language))?
                .into_bytes(),
        };
        Ok(Made::of_program(body))
    })
    .await
}

/// `GET /query/{name}`
pub(super) async fn get_query(
    State(app): State<App>,
    Path(name): Path<String>,
    asked: Asked,
) -> Result<Response, Problem> {
    let client = asked.client;
    // Put on the heap, since it is large.
    let answer = Box::pin(answer_to(app.clone(), name, asked));
    Ok(queries::told(&app, client, answer).await)
}

/// The answer to the question of a name, as the address poses it.
async fn answer_to(app: App, name: String, asked: Asked) -> Result<Response, Problem> {
    let posed = Posed::read(app, &name, &asked).await?;
    let links = posed.links();
    let mut response = match formats::choose(&posed, &asked)? {
        Format::Page => page::respond(posed, asked).await,
        Format::Citation(form) => citation::respond(posed, form, asked.headers).await,
        Format::Data => {
            let question = Question { text: posed.text(), ..Question::default() };
            let format = asked.parameter("format");
            sparql::respond(&posed.app, &posed.path(), question, format, asked.client, &asked.headers).await
        }
    }?;
    response.headers_mut().append(header::LINK, links?);
    Ok(response)
}

/// The questions, each with its page in a language.
pub(super) fn links(app: &App, language: Language) -> Vec<Link> {
    let link = |query: &StoredQuery| Link {
        href: format!("{}{}/query/{}", app.settings.site, language.code(), query.name),
        label: Text::tagged(query.question, "en"),
        notation: None,
    };
    app.stored_queries.iter().map(link).collect()
}

fn page_of_all(app: &App, language: Language) -> StoredQueriesPage {
    let about = app.stored_queries.iter().map(|query| Text::tagged(query.about, "en"));
    StoredQueriesPage {
        canonical: Some(format!("{}{}/query", app.settings.site, language.code())),
        questions: links(app, language).into_iter().zip(about).collect(),
        alternates: Form::beside_page(&format!("{}query", app.settings.site)),
    }
}
