//! `/resolve?iri=`: from any spelling of an IRI of ours to its document.
//!
//! People copy IRIs from reports, mails and address bars: with another scheme, the page's address in
//! place of the thing's, an extension, a language, a slash too many, or as a prefixed name.

use super::answer::blocking;
use super::asked::Asked;
use super::document::see_document;
use super::form::Form;
use super::problem::{Problem, ProblemType};
use super::state::App;
use super::vocabulary::CONTEXT;
use crate::pages::Language;
use crate::vocab;
use axum::extract::State;
use axum::response::Response;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// `GET /resolve?iri=`: 303 to the document that an IRI leads to.
pub(super) async fn get_resolve(State(app): State<App>, asked: Asked) -> Result<Response, Problem> {
    let Some(given) = asked.parameter("iri").filter(|iri| !iri.trim().is_empty()).map(str::to_owned) else {
        let detail = "name the IRI to resolve: /resolve?iri=…, percent-encoded";
        return Err(Problem::new(ProblemType::BadRequest, detail));
    };
    let Some(path) = path_of(&app, &given) else {
        let base = app.base();
        let detail = format!("{given:?} is no IRI of ours; ours begin with {base} or {}", vocab::HOME);
        return Err(Problem::new(ProblemType::NotFound, detail));
    };
    let (path, fragment) = path.split_once('#').map_or((path.as_str(), None), |(path, part)| (path, Some(part)));
    let document = if app.is_fixed(path) {
        path.to_owned()
    } else {
        let (catalogue, iri) = (app.catalogue()?, app.base().iri(path).into_string());
        let found = blocking(move || Ok(catalogue.present()?.record(&iri)?)).await?;
        let name =
            found.ok_or_else(|| Problem::new(ProblemType::NotFound, format!("no record has the IRI {given}")))?;
        name.document_path()
    };
    let fragment = fragment.map_or_else(String::new, |part| format!("#{}", utf8_percent_encode(part, FRAGMENT)));
    Ok(see_document(&app, &format!("{document}{fragment}")))
}

/// What may stand in a fragment as it is, <https://www.rfc-editor.org/rfc/rfc3986#section-3.5>.
const FRAGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'*')
    .remove(b'+')
    .remove(b'=')
    .remove(b':')
    .remove(b'@')
    .remove(b'/')
    .remove(b'?');

/// Documents and pages that are no record's.
const PAGES: [&str; 8] = ["", "co-design", "desk", "list", "pilots", "query", "sparql", "validate"];

impl App {
    /// Whether a document stands at a path that is no record's.
    fn is_fixed(&self, path: &str) -> bool {
        let is_shipped = self.shipped.iter().any(|shipped| shipped.path == path);
        let is_question = || self.stored_queries.iter().any(|query| path.strip_prefix("query/") == Some(query.name));
        is_shipped || PAGES.contains(&path) || path == format!("context/{CONTEXT}") || is_question()
    }
}

/// The path under the base that an IRI means, in its one spelling; nothing if it is none of ours.
fn path_of(app: &App, given: &str) -> Option<String> {
    let given = given.trim().trim_start_matches('<').trim_end_matches('>');
    let expanded = app.prefixes.expand(given).unwrap_or_else(|| given.to_owned());
    let plain = plain(&expanded);
    let homes = [app.base().as_str(), app.settings.site.as_str(), vocab::HOME];
    let rest = homes.into_iter().find_map(|home| plain.strip_prefix(&self::plain(home)).map(str::to_owned))?;
    let decoded = percent_decode_str(&rest).decode_utf8().ok()?.into_owned();
    Some(one_spelling(&decoded))
}

/// An IRI without what does not tell it from others: scheme, the usual port, the case of its host.
fn plain(iri: &str) -> String {
    let rest = iri.split_once("://").map_or(iri, |(_, rest)| rest);
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host = authority.trim_end_matches(":80").trim_end_matches(":443").to_ascii_lowercase();
    format!("{host}/{path}")
}

/// The path of a thing from the path of anything about it: its page, a form of it, with a query.
fn one_spelling(path: &str) -> String {
    let (path, fragment) = path.split_once('#').map_or((path, None), |(path, fragment)| (path, Some(fragment)));
    let path = path.split('?').next().unwrap_or_default().trim_matches('/');
    let path = match path.split_once('/') {
        Some((first, rest)) if Language::of_code(first).is_some() => rest,
        _ => path,
    };
    let (path, _) = Form::of_path(path);
    let path = path.strip_prefix("doc/").map_or_else(|| path.to_owned(), |rest| format!("id/{rest}"));
    fragment.map_or_else(|| path.clone(), |fragment| format!("{path}#{fragment}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_about_a_thing_is_spelled_as_its_iri() {
        for path in [
            "id/service-type/372",
            "/id/service-type/372/",
            "doc/service-type/372",
            "doc/service-type/372.html",
            "nl/doc/service-type/372",
            "doc/service-type/372.ttl?profile=skos",
        ] {
            assert_eq!(one_spelling(path), "id/service-type/372", "{path}");
        }
        assert_eq!(one_spelling("nl/list/services?by=letter"), "list/services");
        assert_eq!(one_spelling("list/services/4.00"), "list/services/4.00");
        assert_eq!(one_spelling("def.ttl#ServiceType"), "def#ServiceType");
    }

    #[test]
    fn what_does_not_tell_iris_apart_is_taken_off() {
        for iri in ["http://Lists.Example.eu/id/a/1", "https://lists.example.eu:443/id/a/1", "lists.example.eu/id/a/1"]
        {
            assert_eq!(plain(iri), "lists.example.eu/id/a/1", "{iri}");
        }
        assert_eq!(plain("http://localhost:7878/"), "localhost:7878/");
    }
}
