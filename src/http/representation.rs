//! The forms that a document comes in, and the headers that go with them.

use super::negotiate;
use super::problem::Problem;
use super::state::App;
use crate::pages::Alternate;
use crate::rdf::Syntax;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};
use std::time::SystemTime;

/// Names the revision that an answer shows.
pub(super) const REVISION: HeaderName = HeaderName::from_static("eusl-revision");

/// A form of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Representation {
    Html,
    Rdf(Syntax),
}

impl Representation {
    /// Every form, what a client gets that takes anything in front.
    pub(super) const ALL: [Self; 3] = [Self::Html, Self::Rdf(Syntax::Turtle), Self::Rdf(Syntax::NTriples)];

    pub(super) fn media_type(self) -> &'static str {
        match self {
            Self::Html => "text/html",
            Self::Rdf(syntax) => syntax.media_type(),
        }
    }

    pub(super) fn extension(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Rdf(syntax) => syntax.extension(),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Html => "HTML",
            Self::Rdf(syntax) => syntax.name(),
        }
    }

    /// Takes a form's extension off the end of a path.
    pub(super) fn of_path(path: &str) -> (&str, Option<Self>) {
        for form in Self::ALL {
            if let Some(stem) = path.strip_suffix(form.extension()).and_then(|path| path.strip_suffix('.'))
                && !stem.is_empty()
            {
                return (stem, Some(form));
            }
        }
        (path, None)
    }

    /// The form of what is only a page, if the request takes it.
    pub(super) fn page_only(headers: &HeaderMap, address: &str) -> Result<Self, Problem> {
        let refused = || Problem::not_acceptable(vec![Self::Html.alternate(address.to_owned())]);
        negotiate::choose(headers, &[(Self::Html.media_type(), Self::Html)]).copied().ok_or_else(refused)
    }

    /// The form a request asks for: its extension wins over its `Accept`.
    pub(super) fn choose(fixed: Option<Self>, headers: &HeaderMap, address: &str) -> Result<Self, Problem> {
        let offers = Self::ALL.map(|form| (form.media_type(), form));
        fixed
            .or_else(|| negotiate::choose(headers, &offers).copied())
            .ok_or_else(|| Problem::not_acceptable(Self::alternates(address)))
    }

    /// The forms of a document, at their own addresses.
    pub(super) fn alternates(address: &str) -> Vec<Alternate> {
        Self::ALL.map(|form| form.alternate(format!("{address}.{}", form.extension()))).into()
    }

    fn alternate(self, href: String) -> Alternate {
        Alternate { href, media_type: self.media_type().to_owned(), label: self.name().to_owned() }
    }
}

/// A document in one form, with what its headers say.
pub(super) struct Represented {
    /// The form.
    pub form: Representation,
    /// The document's address without an extension.
    pub address: String,
    /// Where this very form is, if it has an address of its own.
    pub location: Option<String>,
    /// Its bytes.
    pub body: Vec<u8>,
    /// When that revision was committed: nothing that the document shows changed later.
    pub moment: SystemTime,
    /// The revision that it shows.
    pub revision: u64,
    /// The IRI of the thing it is about.
    pub about: Option<String>,
}

impl Represented {
    /// The answer: 200 with the document, or 304 if the client has these very bytes.
    pub(super) fn respond(self, app: &App, request: &HeaderMap) -> Response {
        let tag = entity_tag(&self.body);
        let links = self.links(&app.settings.licence);
        let unchanged = request.get_all(header::IF_NONE_MATCH).iter().any(|tags| names(tags, &tag));
        let mut response =
            if unchanged { StatusCode::NOT_MODIFIED.into_response() } else { Body::from(self.body).into_response() };
        let headers = response.headers_mut();
        let mut set = |name: HeaderName, value: &str| {
            // Our own addresses are ASCII; a header that is not is left out rather than failing.
            if let Ok(value) = HeaderValue::from_str(value) {
                headers.insert(name, value);
            }
        };
        set(header::CONTENT_TYPE, &format!("{}; charset=utf-8", self.form.media_type()));
        set(header::ETAG, &tag);
        set(header::VARY, "Accept, Accept-Language");
        if let Some(location) = &self.location {
            set(header::CONTENT_LOCATION, location);
        }
        set(REVISION, &self.revision.to_string());
        set(header::LINK, &links);
        set(header::LAST_MODIFIED, &httpdate::fmt_http_date(self.moment));
        if self.form == Representation::Html {
            set(header::CONTENT_SECURITY_POLICY, PAGE_POLICY);
        }
        response
    }
}

impl Represented {
    /// The `Link` header: the other forms, the document's one address, its licence, its thing.
    fn links(&self, licence: &str) -> String {
        let address = &self.address;
        let mut links = Vec::new();
        if self.about.is_some() {
            let others = Representation::ALL.into_iter().filter(|form| *form != self.form);
            links.extend(others.map(|form| {
                format!("<{address}.{}>; rel=\"alternate\"; type=\"{}\"", form.extension(), form.media_type())
            }));
        }
        links.push(format!("<{address}>; rel=\"canonical\""));
        links.push(format!("<{licence}>; rel=\"license\""));
        if let Some(about) = &self.about {
            links.push(format!("<{about}>; rel=\"http://xmlns.com/foaf/0.1/primaryTopic\""));
        }
        links.join(", ")
    }
}

/// What a page may do: show itself, load our stylesheet, send our forms.
pub(super) const PAGE_POLICY: &str =
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// A strong entity tag: the same exactly for the same bytes.
fn entity_tag(body: &[u8]) -> String {
    let digest = Sha256::digest(body);
    let tag = digest.first_chunk().map_or(0, |bytes| u128::from_be_bytes(*bytes));
    format!("\"{tag:032x}\"")
}

/// Whether an `If-None-Match` names the tag; weak comparison, as the field asks for.
/// <https://www.rfc-editor.org/rfc/rfc9110#name-if-none-match>
fn names(tags: &HeaderValue, tag: &str) -> bool {
    tags.to_str().is_ok_and(|tags| {
        tags.split(',').map(str::trim).any(|candidate| candidate == "*" || candidate.trim_start_matches("W/") == tag)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_extension_is_taken_off_and_a_number_is_none() {
        assert_eq!(Representation::of_path("372.ttl"), ("372", Some(Representation::Rdf(Syntax::Turtle))));
        assert_eq!(Representation::of_path("4.00"), ("4.00", None));
        assert_eq!(Representation::of_path("4.00.html"), ("4.00", Some(Representation::Html)));
        assert_eq!(Representation::of_path(".ttl"), (".ttl", None));
    }
}
