//! The pages of the history of a record: values from the catalogue, put together for a reader of a language.

use super::links::Addresses;
use crate::catalogue::{Comparison, History, Present, Version};
use crate::http::form::Form;
use crate::http::problem::Problem;
use crate::http::state::App;
use crate::pages::{self, EntryPage, Language};
use crate::register::Listed;

/// The page that lists versions; `part` is what of the address chooses them.
pub(super) fn of_history(
    app: &App,
    present: &Present<'_>,
    history: &History,
    part: &str,
    language: Language,
) -> Result<Vec<u8>, Problem> {
    let (name, path) = (&history.name, history.name.document_path());
    let at = Addresses { site: app.settings.site.as_str(), path: &path };
    let record = present.names([name.iri.as_str()])?.into_values().next();
    let record = record.unwrap_or_else(|| Listed { record: name.iri.clone(), part: String::new(), names: None });
    let agents = present.agents_of(&history.versions)?;
    let alternates = Form::alternates_of(&data(Form::OF_HISTORIES), &at.versions(), part);
    app.with_view(language, |view| {
        let page = pages::history_page(history, &record, &agents, view, alternates);
        let site = app.site(language, &format!("{path}/versions{part}"));
        Ok(pages::history(&site, &page)?.into_bytes())
    })
}

/// The page of a version: that of its record with what was said then.
pub(super) fn of_version(
    app: &App,
    present: &Present<'_>,
    version: &Version,
    language: Language,
) -> Result<Vec<u8>, Problem> {
    let (number, path) = (version.entry.number, version.name.document_path());
    let at = Addresses { site: app.settings.site.as_str(), path: &path };
    let document = present.document_of(version)?;
    let agents = present.agents_of([&version.entry])?;
    let alternates = Form::alternates(&data(Form::OF_DOCUMENTS), &at.version(number));
    app.with_view(language, |view| {
        let page = EntryPage {
            canonical: Some(format!("{}{path}/v/{number}", view.pages)),
            past: Some(pages::past_version(version, &agents, view)),
            ..view.entry(&document, alternates)
        };
        Ok(pages::entry(&app.site(language, &format!("{path}/v/{number}")), &page)?.into_bytes())
    })
}

/// The page of what changed from one version to another.
pub(super) fn of_comparison(
    app: &App,
    present: &Present<'_>,
    comparison: &Comparison,
    part: &str,
    language: Language,
) -> Result<Vec<u8>, Problem> {
    let Comparison { from, to } = comparison;
    let path = to.name.document_path();
    let at = Addresses { site: app.settings.site.as_str(), path: &path };
    let documents = (&present.document_of(from)?, &present.document_of(to)?);
    let agents = present.agents_of([&from.entry, &to.entry])?;
    let alternates = Form::alternates_of(&data(Form::OF_DOCUMENTS), &at.version(to.entry.number), part);
    app.with_view(language, |view| {
        let page = pages::comparison_page(comparison, documents, &agents, view, alternates);
        let site = app.site(language, &format!("{path}/v/{}{part}", to.entry.number));
        Ok(pages::comparison(&site, &page)?.into_bytes())
    })
}

/// The forms that are data.
fn data(forms: &[Form]) -> Vec<Form> {
    forms.iter().copied().filter(|form| form.is_data()).collect()
}
