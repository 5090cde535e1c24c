//! For crawlers: `/sitemap.xml`, `/sitemap/{n}.xml` and `/robots.txt`.

use super::answer::{Wanted, answer};
use super::asked::Asked;
use super::form::Form;
use super::problem::{Problem, ProblemType};
use super::representation::Made;
use super::state::App;
use crate::harvest::sitemap::Site;
use crate::pages::Language;
use axum::extract::{Path, State};
use axum::response::Response;

/// The pages that are no documents of records, by their paths.
const PAGES: [&str; 13] = [
    "",
    "list",
    "desk",
    "pilots",
    "co-design",
    "catalog",
    "def",
    "feed",
    "query",
    "shapes",
    "shapes/cpsv-ap",
    "sparql",
    "validate",
];

/// What crawlers may not ask, in every language: questions without number, each with an answer of its own.
///
/// Parsers that read `/desk?` as `/desk` need the star, or they would keep crawlers from the page itself.
const QUESTIONS: [&str; 5] = ["desk?*", "list/suitability?*", "query/*?*", "sparql?", "*changes-since="];

/// What crawlers may not ask: it writes, needs a token, or is one of the protocols that harvesters have.
const PROTOCOLS: [&str; 7] = ["cpsv-ap/api/", "draft", "graph-store", "oai?", "resolve?", "sparql/terms", "update"];

/// `GET /sitemap.xml`: the index of all sitemaps.
pub(super) async fn get_index(State(app): State<App>, asked: Asked) -> Result<Response, Problem> {
    answer(app, asked, wanted("sitemap.xml", Form::OF_SITEMAPS), |app, _, _| {
        let catalogue = app.catalogue()?;
        let present = catalogue.present()?;
        let body = with_site(app, |site| site.index(&present))?;
        Ok(Made::of_catalogue(body, &present))
    })
    .await
}

/// `GET /sitemap/{n}.xml`
pub(super) async fn get_sitemap(
    State(app): State<App>,
    Path(name): Path<String>,
    asked: Asked,
) -> Result<Response, Problem> {
    let missing =
        move || Problem::new(ProblemType::NotFound, "there is no such sitemap; /sitemap.xml lists those there are");
    let number = name.strip_suffix(".xml").and_then(|number| number.parse::<u64>().ok());
    let number = number.filter(|number| format!("{number}.xml") == name).ok_or_else(missing)?;
    answer(app, asked, wanted(&format!("sitemap/{number}.xml"), Form::OF_SITEMAPS), move |app, _, _| {
        let catalogue = app.catalogue()?;
        let present = catalogue.present()?;
        let body = with_site(app, |site| site.sitemap(number, &present))?.ok_or_else(missing)?;
        Ok(Made::of_catalogue(body, &present))
    })
    .await
}

/// `GET /robots.txt`: what crawlers may ask (<https://www.rfc-editor.org/rfc/rfc9309>).
pub(super) async fn get_robots(State(app): State<App>, asked: Asked) -> Result<Response, Problem> {
    answer(app, asked, wanted("robots.txt", Form::OF_ROBOTS), |app, _, _| {
        Ok(Made::of_program(robots(app.settings.site.as_str()).into_bytes()))
    })
    .await
}

fn robots(site: &str) -> String {
    // Rules are of paths from the root of the host, which a site may be below.
    let host_and_path = site.split_once("://").map_or(site, |(_, rest)| rest);
    let root = host_and_path.find('/').and_then(|start| host_and_path.get(start..)).unwrap_or("/");
    let anywhere = PROTOCOLS.iter().map(|path| format!("Disallow: {root}{path}\n"));
    let in_languages = QUESTIONS.iter().flat_map(|path| {
        let prefixes = std::iter::once("").chain(Language::ALL.map(Language::code));
        prefixes.map(move |language| {
            let slash = if language.is_empty() { "" } else { "/" };
            format!("Disallow: {root}{language}{slash}{path}\n")
        })
    });
    let rules: String = anywhere.chain(in_languages).collect();
    format!("User-agent: *\n{rules}Allow: {root}\n\nSitemap: {site}sitemap.xml\n")
}

/// A document whose address ends with its form, so that crawlers get it whatever they say they take.
fn wanted(path: &str, forms: &'static [Form]) -> Wanted {
    Wanted::new(path, forms, forms.first().copied())
}

fn with_site<T>(app: &App, make: impl FnOnce(&Site<'_>) -> T) -> T {
    let languages = Language::ALL.map(Language::code);
    let dumps = if app.dumps.are_off() { None } else { Some("dump") };
    let pages: Vec<&str> = PAGES.into_iter().chain(dumps).collect();
    make(&Site { address: app.settings.site.as_str(), languages: &languages, pages: &pages })
}
