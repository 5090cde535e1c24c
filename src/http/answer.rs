//! The way from a request for a document to its answer: choose a variant, take it from the cache,
//! or make it, code it and keep it.

use super::asked::{Asked, Variant};
use super::cache::Sought;
use super::document::unknown;
use super::form::Form;
use super::history;
use super::problem::Problem;
use super::representation::{Address, Made, Representation};
use super::state::App;
use crate::profile::Profile;
use crate::rdf::Syntax;
use axum::response::Response;
use std::future::Future;
use std::io;
use std::sync::Arc;

/// A document that is asked for.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    /// The path of its address, without language and extension.
    pub path: String,
    /// What of the address chooses the part that a page shows: `?…`, or nothing.
    pub selection: String,
    /// What of the address chooses the part that data holds: `?…`, or nothing.
    pub part: String,
    /// The forms that it comes in.
    pub forms: &'static [Form],
    /// The profiles that its data can be seen through, the first unless another is asked for.
    pub profiles: &'static [Profile],
    /// The form that the extension of the address fixes.
    pub extension: Option<Form>,
    /// Whether it is the document of a record.
    pub is_of_a_record: bool,
    /// Whether its data may be a whole list in any of many parts, which takes memory to make.
    pub is_large: bool,
    /// The revision of what it shows beside the catalogue and that follows it later: of the last dump.
    pub beside: u64,
}

impl Wanted {
    /// The document of a record, by its path.
    pub(super) fn record(path: impl Into<String>, extension: Option<Form>) -> Self {
        Self { profiles: &Profile::ALL, is_of_a_record: true, ..Self::new(path, Form::OF_RECORDS, extension) }
    }

    /// Any other document, by its path.
    pub(super) fn new(path: impl Into<String>, forms: &'static [Form], extension: Option<Form>) -> Self {
        Self {
            path: path.into(),
            selection: String::new(),
            part: String::new(),
            forms,
            profiles: &[Profile::Full],
            extension,
            is_of_a_record: false,
            is_large: false,
            beside: 0,
        }
    }

    fn address<'a>(&'a self, app: &'a App, form: Form) -> Address<'a> {
        Address {
            site: app.settings.site.as_str(),
            path: &self.path,
            selection: &self.selection,
            part: &self.part,
            forms: self.forms,
            profiles: self.profiles,
            licence: &app.settings.licence,
            // Pages show settings, which may change at each start; data does not.
            written_since: if form.is_data() { app.built } else { app.started },
        }
    }
}

/// Answers with a document; `make` makes what stands at its path in a variant, where the cache does
/// not have it.
///
/// # Errors
/// What `make` says, and 406 with the forms there are.
pub(super) async fn answer(
    app: App,
    asked: Asked,
    wanted: Wanted,
    make: impl FnOnce(&App, &str, Variant) -> Result<Made, Problem> + Send + 'static,
) -> Result<Response, Problem> {
    let nothing = std::future::ready(Ok(()));
    answer_with(app, asked, wanted, nothing, |app, path, variant, ()| make(app, path, variant)).await
}

/// Answers with a document that is made of what must be waited for: `material` is awaited where the cache does not
/// have the document, before `make` takes one of the few threads that documents are made on.
///
/// # Errors
/// What `material` and `make` say, and 406 with the forms there are.
pub(super) async fn answer_with<T: Send + 'static>(
    app: App,
    asked: Asked,
    wanted: Wanted,
    material: impl Future<Output = Result<T, Problem>> + Send,
    make: impl FnOnce(&App, &str, Variant, T) -> Result<Made, Problem> + Send + 'static,
) -> Result<Response, Problem> {
    if wanted.is_of_a_record
        && let Some(moment) = history::accepted_moment(&asked.headers)
    {
        return history::see_version_at(app, asked, wanted, moment?).await;
    }
    let choice = match asked.choose(&wanted, &app.settings.site) {
        Ok(choice) => choice,
        Err(problem) => return blocking(move || Err(refusal(&app, &wanted, problem)?)).await,
    };
    // Most data is the whole document, whatever part of it a page shows.
    let selection = if choice.variant.form.is_data() { &wanted.part } else { &wanted.selection };
    let sought = Sought { path: &wanted.path, selection, variant: choice.variant, beside: wanted.beside };
    let kept = || {
        let (representation, revision) = app.representations.get(&sought)?;
        Some(representation.respond(&asked.headers, &choice, revision))
    };
    if let Some(response) = kept() {
        return Ok(response);
    }
    let mut turn = None;
    if wanted.is_large && choice.variant.form.is_data() {
        turn = Some(Arc::clone(&app.large_answers).acquire_owned().await.map_err(io::Error::other)?);
        // Another request may have had it made meanwhile.
        if let Some(response) = kept() {
            return Ok(response);
        }
    }
    let key = sought.to_key();
    let material = material.await?;
    blocking(move || {
        let _turn = turn;
        let address = wanted.address(&app, choice.variant.form);
        let made = if choice.variant.form == Form::Linkset {
            let links_of = make(&app, &wanted.path, data(choice.variant), material)?;
            address.linkset(links_of)
        } else {
            make(&app, &wanted.path, choice.variant, material)?
        };
        let representation = Representation::new(&made, coded(&made, choice.variant), address)?;
        let representation = Arc::new(representation);
        app.representations.put(key, Arc::clone(&representation));
        Ok(representation.respond(&asked.headers, &choice, made.revision))
    })
    .await
}

/// The problem with a request that no variant serves; that there is no such record comes first.
fn refusal(app: &App, wanted: &Wanted, problem: Problem) -> Result<Problem, Problem> {
    let iri = app.base().subject_of(&wanted.path).into_string();
    let is_missing = wanted.is_of_a_record && app.catalogue()?.present()?.record(&iri)?.is_none();
    Ok(if is_missing { unknown(&iri) } else { problem })
}

/// The variant whose links a linkset has: that of plain triples, which is the quickest to make.
fn data(variant: Variant) -> Variant {
    Variant { form: Form::Rdf(Syntax::NTriples), ..variant }
}

fn coded(made: &Made, variant: Variant) -> Variant {
    Variant { encoding: variant.encoding.for_length(made.body.len()), ..variant }
}

/// Runs work that waits for the disk away from the threads that serve connections.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    tokio::task::spawn_blocking(work).await?
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{Engine, Graph};
    use crate::http::{HttpSettings, QueryLimits};
    use axum::extract::FromRequestParts;
    use axum::http::{Request, StatusCode};
    use std::time::Duration;

    fn app() -> App {
        let settings = HttpSettings {
            cache: 1 << 20,
            ..HttpSettings::of(
                crate::catalogue::Base::parse("http://lists.example.eu/").unwrap(),
                QueryLimits { time: Duration::from_secs(1), at_once: 1, ..QueryLimits::default() },
            )
        };
        App::of_scratch(Graph::scratch(Engine::default(), &[], |_| ()).unwrap(), settings).unwrap()
    }

    /// The status of an answer in a form; nothing where it waits for its turn.
    async fn status(app: &App, form: Form) -> Option<StatusCode> {
        let (mut parts, ()) = Request::get("/x").body(()).unwrap().into_parts();
        let asked = Asked::from_request_parts(&mut parts, app).await.unwrap();
        let wanted = Wanted { is_large: true, ..Wanted::new("x", Form::OF_DOCUMENTS, Some(form)) };
        let answer = answer(app.clone(), asked, wanted, |_, _, _| Ok(Made::of_program(Vec::new())));
        let answer = tokio::time::timeout(Duration::from_millis(200), answer).await.ok()?;
        Some(answer.map_or_else(|problem| problem.kind.status(), |answer| answer.status()))
    }

    #[tokio::test]
    async fn large_data_waits_for_its_turn_and_a_page_does_not() {
        let app = app();
        let data = Form::Rdf(Syntax::Turtle);
        let turns = u32::try_from(app.large_answers.available_permits()).unwrap();
        let taken = app.large_answers.acquire_many(turns).await.unwrap();
        assert_eq!(status(&app, data).await, None);
        assert_eq!(status(&app, Form::Html).await, Some(StatusCode::OK));
        drop(taken);
        assert_eq!(status(&app, data).await, Some(StatusCode::OK));
        assert_eq!(app.large_answers.available_permits(), turns as usize, "turns are given back");
    }
}
