//! A representation of a document: its bytes and its header fields, ready to be sent.

use super::asked::{Choice, VARY, Variant, joined_queries};
use super::cors::open_to_all;
use super::encoding::Encoding;
use super::form::Form;
use super::history::InHistory;
use super::problem::{Problem, ProblemType};
use super::validators::Validators;
use super::web_link::field_value;
use crate::catalogue::{Numbered, Present};
use crate::profile::Profile;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};
use std::convert::Infallible;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::SystemTime;

/// Names the revision that an answer shows.
pub(super) const REVISION: HeaderName = HeaderName::from_static("eusl-revision");

/// Since when a version was so, <https://www.rfc-editor.org/rfc/rfc7089#section-2.1.1>.
const MEMENTO_DATETIME: HeaderName = HeaderName::from_static("memento-datetime");

/// What a page may do: show itself, load our stylesheets and scripts, ask this server, send our forms to it
/// ([CSP 3](https://www.w3.org/TR/CSP3/)). Nothing inline runs or has a say in how a page looks.
pub(super) const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
     connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// What a representation shows, so that it is made anew when that changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shows {
    /// The document of the record with this IRI.
    Document(String),
    /// A part of the feed, which changes once the feed reaches the position `until`; what is full never does.
    Feed {
        /// The first position that the part does not know of.
        until: u64,
    },
    /// More than a document: any commit may change it.
    Catalogue,
    /// What is so at one moment: nobody may keep it.
    Moment,
    /// What only another release of the program changes.
    Program,
}

/// What was made of a document in one variant, before it is coded.
#[derive(Clone, Debug)]
pub(super) struct Made {
    /// The bytes.
    pub body: Vec<u8>,
    /// What they show.
    pub shows: Shows,
    /// The revision that they were made at.
    pub revision: u64,
    /// When what is shown last changed.
    pub moment: SystemTime,
    /// The thing that the document is about, and its types.
    pub about: Option<About>,
    /// Where it stands in the history of a record.
    pub past: InHistory,
}

impl Made {
    /// What shows more of the catalogue than one document.
    pub(super) fn of_catalogue(body: impl Into<Vec<u8>>, present: &Present<'_>) -> Self {
        Self {
            body: body.into(),
            shows: Shows::Catalogue,
            revision: present.revision(),
            moment: present.moment(),
            about: None,
            past: InHistory::default(),
        }
    }

    /// What comes with the program, and is as old as that.
    pub(super) fn of_program(body: Vec<u8>) -> Self {
        let moment = SystemTime::UNIX_EPOCH;
        Self { body, shows: Shows::Program, revision: 0, moment, about: None, past: InHistory::default() }
    }

    /// The value of `Cache-Control`: how long others may keep it.
    fn keeping(&self) -> &'static str {
        match self.shows {
            Shows::Moment => "no-store",
            // A year, as long as anything is kept (<https://www.rfc-editor.org/rfc/rfc8246>).
            _ if self.past.is_final => "public, max-age=31536000, immutable",
            _ => "no-cache",
        }
    }
}

/// The thing that a document is about.
#[derive(Clone, Debug, Default)]
pub(super) struct About {
    /// Its IRI.
    pub iri: String,
    /// Which state of it is shown, if it is a record.
    pub state: Option<Numbered>,
    /// Whether it is a record that is withdrawn.
    pub is_gone: bool,
    /// The IRIs of what takes its place.
    pub successors: Vec<String>,
    /// The IRIs of its types.
    pub types: Vec<String>,
}

/// Where a document is, and what there is of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Address<'a> {
    /// The site that the address begins with.
    pub site: &'a str,
    /// The path of the document's address, without language and extension.
    pub path: &'a str,
    /// What of the address chooses the part of the document that a page shows: `?…`, or nothing.
    pub selection: &'a str,
    /// What of the address chooses the part of the document that data holds: `?…`, or nothing.
    pub part: &'a str,
    /// The forms there are.
    pub forms: &'static [Form],
    /// The profiles that data can be seen through.
    pub profiles: &'static [Profile],
    /// The licence of the data.
    pub licence: &'a str,
    /// Before this nothing was written as it is now: another program, or other settings, wrote it.
    pub written_since: SystemTime,
}

/// The body of a 304: none, and of no length, since a length there would be that of the document
/// (<https://www.rfc-editor.org/rfc/rfc9110#section-8.6>).
pub(super) struct NotSent;

impl http_body::Body for NotSent {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, Infallible>>> {
        Poll::Ready(None)
    }

    fn is_end_stream(&self) -> bool {
        true
    }
}

/// A finished representation.
#[derive(Debug)]
pub(super) struct Representation {
    /// The header fields of a 200.
    headers: HeaderMap,
    /// The header fields of a 304.
    brief: HeaderMap,
    body: Bytes,
    validators: Validators,
    pub revision: u64,
    pub shows: Shows,
    /// 200, or 410 for what is withdrawn.
    status: StatusCode,
}

impl Representation {
    /// Codes what was made, and says of it what its header fields say.
    ///
    /// # Errors
    /// The encoder's, or an IRI in a setting that no header field can hold.
    pub(super) fn new(made: &Made, variant: Variant, at: Address<'_>) -> io::Result<Self> {
        let state = made.about.as_ref().and_then(|about| about.state);
        let tag = entity_tag(&made.body, variant, state)?;
        let body = variant.encoding.encode(&made.body)?;
        let modified = made.moment.max(at.written_since);
        let last_modified = field(&httpdate::fmt_http_date(modified))?;
        let mut brief = HeaderMap::new();
        brief.insert(header::ETAG, tag.clone());
        brief.insert(header::CACHE_CONTROL, HeaderValue::from_static(made.keeping()));
        if let Some(since) = made.past.since {
            brief.insert(MEMENTO_DATETIME, field(&httpdate::fmt_http_date(since))?);
        }
        brief.insert(header::CONTENT_LOCATION, field(&at.location(variant))?);
        // What each answer sets has its place already, so that it need not be made then.
        brief.insert(header::VARY, HeaderValue::from_static(VARY));
        if made.shows != Shows::Program {
            brief.insert(REVISION, HeaderValue::from(made.revision));
        }
        open_to_all(&mut brief);
        let mut headers = brief.clone();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(variant.form.content_type()));
        headers.insert(header::LINK, field(&field_value(&at.links(Some(variant), made)))?);
        if variant.form == Form::Html {
            headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(variant.language.code()));
            headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(PAGE_POLICY));
        }
        if let Some(coding) = variant.encoding.name() {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
        }
        Ok(Self {
            headers,
            brief,
            body: body.into(),
            validators: Validators { tag, modified, last_modified },
            revision: made.revision,
            shows: made.shows.clone(),
            status: match &made.about {
                Some(about) if about.is_gone => StatusCode::GONE,
                _ => StatusCode::OK,
            },
        })
    }

    /// The memory it takes, in bytes: its body, and about as much as its header fields have.
    pub(super) fn weight(&self) -> u64 {
        const FIELDS: usize = 3_000;
        (self.body.len() + FIELDS) as u64
    }

    /// The answer at a revision that it still shows: 200 or 410 with the bytes, or 304 if the client has them. What is
    /// withdrawn is told each time: a client that asks whether it has the bytes is to learn that they are gone.
    pub(super) fn respond(&self, request: &HeaderMap, choice: &Choice, revision: u64) -> Response {
        if self.validators.is_another_than(request) {
            let detail = "the document is no longer the one that If-Match or If-Unmodified-Since names; get it again";
            return Problem::new(ProblemType::PreconditionFailed, detail).into_response();
        }
        let is_settled = self.is_settled();
        let (status, headers, body) =
            if self.status == StatusCode::OK && self.validators.is_known_to(request, is_settled) {
                (StatusCode::NOT_MODIFIED, self.brief.clone(), Body::new(NotSent))
            } else {
                (self.status, self.headers.clone(), Body::from(self.body.clone()))
            };
        let mut response = Response::new(body);
        *response.status_mut() = status;
        *response.headers_mut() = headers;
        response.headers_mut().insert(header::VARY, choice.vary());
        if is_settled {
            response.headers_mut().insert(header::LAST_MODIFIED, self.validators.last_modified.clone());
        }
        if self.shows != Shows::Program {
            response.headers_mut().insert(REVISION, HeaderValue::from(revision.max(self.revision)));
        }
        response
    }

    /// Whether what is shown will not change within the second in which it last did.
    fn is_settled(&self) -> bool {
        // What is so at one moment has no time after which it did not change.
        self.shows != Shows::Moment && self.validators.is_settled()
    }
}

impl Address<'_> {
    /// The document's address.
    pub(super) fn address(&self) -> String {
        format!("{}{}", self.site, self.path)
    }

    /// Where this very variant is.
    pub(super) fn location(&self, variant: Variant) -> String {
        let Self { site, path, selection, part, .. } = self;
        match (variant.form, self.forms) {
            (Form::Html, _) => format!("{site}{}/{path}{selection}", variant.language.code()),
            (_, [_]) => format!("{site}{path}{part}"),
            (form, _) => format!("{site}{path}.{}{}", form.extension(), joined_queries(part, &variant.profile.query())),
        }
    }
}

/// A header field of ours, which are ASCII.
fn field(value: &str) -> io::Result<HeaderValue> {
    HeaderValue::from_str(value).map_err(io::Error::other)
}

/// A strong entity tag: the same exactly for the same bytes in the same form and coding. That of a record begins with
/// the number of its version, which writes are held against.
/// <https://www.rfc-editor.org/rfc/rfc9110#name-example-entity-tags-varying>
fn entity_tag(body: &[u8], variant: Variant, state: Option<Numbered>) -> io::Result<HeaderValue> {
    let digest = Sha256::digest(body);
    let tag = digest.first_chunk().map_or(0, |bytes| u128::from_be_bytes(*bytes));
    let form = variant.form.extension();
    let state = match state {
        Some(Numbered::Version(number)) => format!("v{number}-"),
        Some(Numbered::Draft(number)) => format!("d{number}-"),
        None => String::new(),
    };
    field(&match variant.encoding {
        Encoding::Identity => format!("\"{state}{tag:032x}-{form}\""),
        coding => format!("\"{state}{tag:032x}-{form}-{}\"", coding.name().unwrap_or_default()),
    })
}

/// The state of a record that an entity tag of ours was made for; nothing for others and for weak ones.
pub(super) fn numbered(tag: &str) -> Option<Numbered> {
    let (state, _) = tag.strip_prefix('"')?.split_once('-')?;
    let number = state.get(1..)?.parse().ok()?;
    match state.get(..1)? {
        "v" => Some(Numbered::Version(number)),
        "d" => Some(Numbered::Draft(number)),
        _ => None,
    }
}
