//! `GET /dump`: which dumps there are, as a page and as JSON.

use super::file::{content_type, problem};
use crate::catalogue::{Dataset, Present};
use crate::dump::{DumpFile, Manifest, Missing};
use crate::harvest::dcat::{self, Described};
use crate::http::answer::{Wanted, answer};
use crate::http::asked::Asked;
use crate::http::form::Form;
use crate::http::problem::Problem;
use crate::http::representation::Made;
use crate::http::state::App;
use crate::pages::{self, Link};
use axum::response::Response;
use serde_json::json;
use std::time::SystemTime;

/// The path of its address.
const PATH: &str = "dump";

/// What the name of the dataset of a country begins with.
const OF_A_COUNTRY: &str = "public-services-";

/// `GET /dump`, with an extension or without.
pub(in crate::http) async fn get_dumps(app: App, asked: Asked, extension: Option<Form>) -> Result<Response, Problem> {
    let manifest = app.dumps.manifest();
    let beside = manifest.as_ref().map_or(0, |manifest| manifest.revision);
    let wanted = Wanted { beside, ..Wanted::new(PATH, Form::OF_DUMPS, extension) };
    answer(app, asked, wanted, move |app, path, variant| {
        let catalogue = app.catalogue()?;
        if app.dumps.are_off() {
            return Err(problem(app, None, path, Missing::Off));
        }
        let present = catalogue.present()?;
        let manifest = manifest.as_deref();
        let body = if variant.form == Form::Html {
            app.with_view(variant.language, |view| {
                let tag = variant.language.code();
                let href = format!("{}{}", view.pages, dcat::PATH);
                let catalogue = Link { href, label: pages::catalogue_title(variant.language), notation: None };
                let address = format!("{}{path}", app.settings.site);
                let beside = (catalogue, Form::alternates(Form::OF_DUMPS, &address).split_off(1));
                let told = |name: &str| told(&present, app, name, tag);
                let page = pages::dumps_page(manifest, told, app.settings.site.as_str(), view, beside);
                pages::dumps(&app.site(variant.language, path), &page)
            })?
        } else {
            let manifest = manifest.ok_or_else(|| problem(app, None, path, Missing::NotYet))?;
            listed(app, manifest)
        };
        let moment = present.moment().max(app.dumps.made().unwrap_or(SystemTime::UNIX_EPOCH));
        Ok(Made { moment, ..Made::of_catalogue(body, &present) })
    })
    .await
}

/// What a dataset is called, and what is in it; nothing of those of organisations, of which there may be thousands.
fn told(present: &Present<'_>, app: &App, name: &str, tag: &str) -> Option<(String, String)> {
    let whole = Dataset::WHOLE.into_iter().find(|dataset| dataset.name(app.base()) == name);
    let country = || name.strip_prefix(OF_A_COUNTRY).map(|code| Dataset::Country(code.to_ascii_uppercase()));
    let described = Described {
        dataset: whole.or_else(country)?,
        name: name.to_owned(),
        organisation: Vec::new(),
        countries: Vec::new(),
        changed: present.last_commit().clone(),
        public_services: Vec::new(),
    };
    Some((described.title(tag), described.description(tag)))
}

/// The manifest as JSON, with the addresses of the files.
fn listed(app: &App, manifest: &Manifest) -> String {
    let file = |file: &DumpFile| {
        json!({
            "dataset": file.dataset,
            "url": format!("{}dump/{}", app.settings.site, file.name),
            "dated": format!("{}dump/{}/{}", app.settings.site, manifest.date, file.name),
            "media_type": file.form.media_type(),
            "content_type": content_type(file),
            "part": file.part,
            "bytes": file.bytes,
            "sha256": file.sha256,
        })
    };
    let files: Vec<_> = manifest.files.iter().map(file).collect();
    let told = json!({
        "revision": manifest.revision,
        "moment": manifest.moment,
        "date": manifest.date,
        "files": files,
    });
    format!("{told:#}\n")
}
