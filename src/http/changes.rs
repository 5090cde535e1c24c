//! What changed, for feed readers: `/changes.atom`.

use super::answer::{Wanted, answer};
use super::asked::Asked;
use super::form::Form;
use super::problem::{Problem, ProblemType};
use super::representation::Made;
use super::state::App;
use crate::catalogue::{Base, CatalogueError, Dataset, Present};
use crate::harvest::atom::Feed;
use crate::pages::Language;
use crate::rdf::Preference;
use axum::extract::State;
use axum::response::Response;

/// What a feed is asked by, in the order in which its address has it.
const PARAMETERS: [&str; 4] = ["lang", "dataset", "organisation", "archive"];

/// How many datasets a problem names.
const FEW: usize = 12;

/// What of the changes is wanted.
#[derive(Clone, Debug)]
struct Selection {
    language: Language,
    dataset: Option<String>,
    organisation: Option<String>,
    archive: Option<u64>,
}

/// `GET /changes.atom`: the newest changes, or an archive of older ones.
pub(super) async fn get_changes(State(app): State<App>, asked: Asked) -> Result<Response, Problem> {
    let selection = Selection::read(&asked)?;
    let part = selection.query(true);
    let wanted = Wanted {
        selection: part.clone(),
        part,
        // The address ends with the form, so that readers get it whatever they say they take.
        ..Wanted::new("changes.atom", Form::OF_CHANGES, Some(Form::Atom))
    };
    answer(app, asked, wanted, move |app, _, _| {
        let catalogue = app.catalogue()?;
        let present = catalogue.present()?;
        let datasets = selection.datasets(&present, app.base())?;
        let language = selection.language;
        let feed = Feed {
            base: app.base(),
            site: app.settings.site.as_str(),
            list: language.title_of_list(),
            publisher: app.settings.publisher.as_deref(),
            licence: &app.settings.licence,
            language: language.code(),
            reader: &Preference::new(language.data_tags()),
            words: language.atom_words(),
            datasets: &datasets,
            query: &selection.query(false),
        };
        let body = match selection.archive {
            None => feed.newest(&present)?,
            Some(number) => feed.archive(number, &present)?.ok_or_else(|| no_archive(number))?,
        };
        Ok(Made::of_catalogue(body, &present))
    })
    .await
}

impl Selection {
    fn read(asked: &Asked) -> Result<Self, Problem> {
        if let Some((name, _)) = asked.parameters().find(|(name, _)| !PARAMETERS.contains(name)) {
            let detail = format!("{name} is unknown here; the feed is asked by {}", PARAMETERS.join(", "));
            return Err(Problem::new(ProblemType::BadRequest, detail));
        }
        let language = asked.parameter("lang").map_or(Ok(Language::English), |code| {
            Language::of_code(code).ok_or_else(|| {
                let codes = Language::ALL.map(Language::code).join(", ");
                Problem::new(ProblemType::BadRequest, format!("lang={code} is unknown; lang is one of {codes}"))
            })
        })?;
        let archive = asked.parameter("archive").map(|number| number.parse().map_err(|_| no_archive(number)));
        let owned = |name| asked.parameter(name).map(str::to_owned);
        Ok(Self {
            language,
            dataset: owned("dataset"),
            organisation: owned("organisation"),
            archive: archive.transpose()?,
        })
    }

    /// The query that asks for it, in one spelling; with the archive, or of the feed as a whole.
    fn query(&self, with_archive: bool) -> String {
        let lang = Some(self.language.code().to_owned()).filter(|_| self.language != Language::English);
        let archive = self.archive.filter(|_| with_archive).map(|number| number.to_string());
        let values = [lang, self.dataset.clone(), self.organisation.clone(), archive];
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in PARAMETERS.into_iter().zip(values) {
            if let Some(value) = value {
                query.append_pair(name, &value);
            }
        }
        let query = query.finish();
        if query.is_empty() { query } else { format!("?{query}") }
    }

    /// The datasets that it names.
    fn datasets(&self, present: &Present<'_>, base: &Base) -> Result<Vec<Dataset>, Problem> {
        let mut datasets = Vec::new();
        if let Some(name) = &self.dataset {
            let dataset = present.dataset_named(name)?;
            datasets.push(dataset.map_or_else(|| Err(unknown("dataset", name, present, base)?), Ok::<_, Problem>)?);
        }
        if let Some(organisation) = &self.organisation {
            let dataset = organisation_of(organisation, present)?;
            let unknown = || Err(unknown("organisation", organisation, present, base)?);
            datasets.push(dataset.map_or_else(unknown, Ok::<_, Problem>)?);
        }
        Ok(datasets)
    }
}

/// What an organisation has, which is named by the reference or by the IRI of it.
fn organisation_of(organisation: &str, present: &Present<'_>) -> Result<Option<Dataset>, CatalogueError> {
    if organisation.contains(':') {
        let there = present.organisation(organisation)?;
        return Ok(there.map(|_| Dataset::Organisation(organisation.to_owned())));
    }
    present.dataset_named(&format!("organisation-{organisation}"))
}

/// The problem with a filter that there is nothing of: it names some there are.
fn unknown(filter: &str, given: &str, present: &Present<'_>, base: &Base) -> Result<Problem, CatalogueError> {
    let is_meant = |dataset: &Dataset| filter == "dataset" || matches!(dataset, Dataset::Organisation(_));
    let there = present.datasets()?.into_iter().map(|there| there.dataset).filter(is_meant);
    let names: Vec<String> = there.map(|dataset| dataset.name(base)).collect();
    let prefix = if filter == "dataset" { "" } else { "organisation-" };
    let few: Vec<&str> = names.iter().take(FEW).map(|name| name.strip_prefix(prefix).unwrap_or(name)).collect();
    let more = if names.len() > FEW { " and more, which /oai?verb=ListSets lists" } else { "" };
    let detail = format!("{filter}={given} is unknown; there is {}{more}", few.join(", "));
    Ok(Problem::new(ProblemType::BadRequest, detail))
}

fn no_archive(number: impl std::fmt::Display) -> Problem {
    let detail = format!("the changes have no archive {number}; the feed leads to those there are");
    Problem::new(ProblemType::NotFound, detail)
}
