//! `GET /dump/{file}` and `/dump/{date}/{file}`: a dump as it lies on the disk, whole or in parts.
//!
//! The file that an answer begins with is the one that it ends with, whatever sets take the place of its own meanwhile.

use super::body::{Piece, Pieces};
use super::range::{Extent, extent};
use crate::dump::{DumpCoding, DumpFile, DumpForm, Missing, OpenDump};
use crate::http::answer::blocking;
use crate::http::problem::{Problem, ProblemType};
use crate::http::representation::{NotSent, REVISION};
use crate::http::state::App;
use crate::http::validators::Validators;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use std::io;
use std::ops::Range;

/// The digest of the whole file, <https://www.rfc-editor.org/rfc/rfc9530#section-3>.
const REPR_DIGEST: HeaderName = HeaderName::from_static("repr-digest");

/// After how many seconds the first set is worth another try.
const FIRST_SET: u32 = 5;

/// `GET /dump/{file}`
pub(in crate::http) async fn get_file(
    State(app): State<App>,
    Path(name): Path<String>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    answer(app, None, name, method, headers).await
}

/// `GET /dump/{date}/{file}`
pub(in crate::http) async fn get_dated_file(
    State(app): State<App>,
    Path((date, name)): Path<(String, String)>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    answer(app, Some(date), name, method, headers).await
}

async fn answer(
    app: App,
    date: Option<String>,
    name: String,
    method: Method,
    request: HeaderMap,
) -> Result<Response, Problem> {
    blocking(move || {
        app.catalogue()?;
        let open = app.dumps.file(date.as_deref(), &name)?;
        let open = open.map_err(|missing| problem(&app, date.as_deref(), &name, missing))?;
        Ok(Answer { app: &app, date: date.as_deref(), open }.respond(&method, &request)?)
    })
    .await
}

/// Why there is no such file, and what there is.
pub(super) fn problem(app: &App, date: Option<&str>, name: &str, missing: Missing) -> Problem {
    let all = format!("{}dump lists what there is", app.settings.site);
    match missing {
        Missing::Off => {
            Problem::new(ProblemType::NotFound, "this server makes no dumps; documents and SPARQL have the data")
        }
        Missing::NotYet => {
            let detail = "the first dumps since the server was started are being made; come back in a moment";
            Problem { retry_after: Some(FIRST_SET), ..Problem::new(ProblemType::NotYet, detail) }
        }
        Missing::Unknown => Problem::new(ProblemType::NotFound, format!("there is no dump {name:?}; {all}")),
        Missing::Gone(days) => {
            let what = date.map_or_else(|| format!("{name:?} is"), |date| format!("the dump {name:?} of {date} is"));
            let detail = format!("{what} no longer kept; there are dumps of {}, and {all}", days.join(", "));
            Problem::new(ProblemType::Gone, detail)
        }
    }
}

/// A request for a file that is there.
struct Answer<'a> {
    app: &'a App,
    date: Option<&'a str>,
    open: OpenDump,
}

impl Answer<'_> {
    fn respond(self, method: &Method, request: &HeaderMap) -> io::Result<Response> {
        let validators = self.validators()?;
        if validators.is_another_than(request) {
            let detail = "the dump is no longer the one that If-Match or If-Unmodified-Since names; get it again";
            return Ok(Problem::new(ProblemType::PreconditionFailed, detail).into_response());
        }
        let mut response = Response::new(Body::empty());
        *response.headers_mut() = self.brief(&validators)?;
        if validators.is_known_to(request, validators.is_settled()) {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            *response.body_mut() = Body::new(NotSent);
            return Ok(response);
        }
        response.headers_mut().extend(self.full()?);
        let length = self.open.listed.bytes;
        // Only GET has parts (<https://www.rfc-editor.org/rfc/rfc9110#section-14.2>).
        let asked = request.get(header::RANGE).and_then(|range| range.to_str().ok());
        let asked = asked.filter(|_| *method == Method::GET && validators.is_the_one_of_a_range(request));
        match asked.map_or(Extent::Whole, |asked| extent(asked, length)) {
            Extent::Whole => Ok(self.send(response, StatusCode::OK, [Piece::File(0..length)])),
            Extent::Ranges(ranges) => self.send_ranges(response, &ranges),
            Extent::Unsatisfiable => {
                let headers = response.headers_mut();
                headers.remove(header::CONTENT_TYPE);
                headers.insert(header::CONTENT_RANGE, field(&format!("bytes */{length}"))?);
                Ok(self.send(response, StatusCode::RANGE_NOT_SATISFIABLE, []))
            }
        }
    }

    fn send(self, mut response: Response, status: StatusCode, pieces: impl IntoIterator<Item = Piece>) -> Response {
        let body = Pieces::new(self.open.file, pieces);
        *response.status_mut() = status;
        response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(body.left()));
        *response.body_mut() = Body::new(body);
        response
    }

    /// One range as it is, several each with what it is, <https://www.rfc-editor.org/rfc/rfc9110#section-14.6>.
    fn send_ranges(self, mut response: Response, ranges: &[Range<u64>]) -> io::Result<Response> {
        let length = self.open.listed.bytes;
        let place = |range: &Range<u64>| format!("bytes {}-{}/{length}", range.start, range.end.saturating_sub(1));
        if let [range] = ranges {
            response.headers_mut().insert(header::CONTENT_RANGE, field(&place(range))?);
            return Ok(self.send(response, StatusCode::PARTIAL_CONTENT, [Piece::File(range.clone())]));
        }
        // The digest of the file is in none of its parts but by the worst of chances.
        let boundary = self.open.listed.sha256.clone();
        let content_type = content_type(&self.open.listed);
        let mut pieces = Vec::new();
        for range in ranges {
            let head =
                format!("\r\n--{boundary}\r\nContent-Type: {content_type}\r\nContent-Range: {}\r\n\r\n", place(range));
            pieces.extend([Piece::Text(head.into()), Piece::File(range.clone())]);
        }
        pieces.push(Piece::Text(format!("\r\n--{boundary}--\r\n").into()));
        let multipart = field(&format!("multipart/byteranges; boundary={boundary}"))?;
        response.headers_mut().insert(header::CONTENT_TYPE, multipart);
        Ok(self.send(response, StatusCode::PARTIAL_CONTENT, pieces))
    }

    fn validators(&self) -> io::Result<Validators> {
        let modified = self.open.made;
        Ok(Validators {
            tag: field(&format!("\"{}\"", self.open.listed.sha256))?,
            modified,
            last_modified: field(&httpdate::fmt_http_date(modified))?,
        })
    }

    /// The header fields that a 304 has too.
    fn brief(&self, validators: &Validators) -> io::Result<HeaderMap> {
        let OpenDump { manifest, listed, .. } = &self.open;
        // The set of a day that is over is not replaced any more.
        let is_final = self.date.is_some_and(|date| date < self.app.dumps.today().as_str());
        let keeping = if is_final { "public, max-age=31536000, immutable" } else { "no-cache" };
        let mut headers = HeaderMap::new();
        headers.insert(header::ETAG, validators.tag.clone());
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(keeping));
        headers.insert(header::CONTENT_LOCATION, field(&self.address(Some(&manifest.date), &listed.name))?);
        headers.insert(REVISION, HeaderValue::from(manifest.revision));
        if validators.is_settled() {
            headers.insert(header::LAST_MODIFIED, validators.last_modified.clone());
        }
        Ok(headers)
    }

    fn full(&self) -> io::Result<HeaderMap> {
        let listed = &self.open.listed;
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type(listed)));
        headers.insert(REPR_DIGEST, field(&format!("sha-256=:{}:", in_base64(&listed.sha256)))?);
        headers.insert(header::LINK, field(&self.links())?);
        Ok(headers)
    }

    /// The list of dumps, the licence, and the other parts of the document that this is a part of.
    fn links(&self) -> String {
        let (site, licence) = (&self.app.settings.site, &self.app.settings.licence);
        let mut links = vec![
            format!("<{site}dump>; rel=\"collection\""),
            format!(
                "<{}>; rel=\"license\"",
                percent_encoding::utf8_percent_encode(licence, percent_encoding::CONTROLS)
            ),
        ];
        let parts: Vec<&DumpFile> = self.open.manifest.parts_of(&self.open.listed).collect();
        if let ([first, .., last], Some(here)) =
            (parts.as_slice(), parts.iter().position(|part| part.name == self.open.listed.name))
        {
            let beside = |place: Option<usize>| place.and_then(|place| parts.get(place)).copied();
            let relations = [
                ("first", Some(*first)),
                ("prev", beside(here.checked_sub(1))),
                ("next", beside(here.checked_add(1))),
                ("last", Some(*last)),
            ];
            links.extend(relations.into_iter().filter_map(|(relation, part)| {
                Some(format!("<{}>; rel=\"{relation}\"", self.address(self.date, &part?.name)))
            }));
        }
        links.join(", ")
    }

    /// The address of a file, of a day or of the newest set.
    fn address(&self, date: Option<&str>, name: &str) -> String {
        let day = date.map_or_else(String::new, |date| format!("{date}/"));
        format!("{}dump/{day}{name}", self.app.settings.site)
    }
}

/// The value of `Content-Type`. What is compressed is a compressed file, and no coded answer: `Content-Encoding` would have
/// clients unpack it unasked.
pub(super) const fn content_type(file: &DumpFile) -> &'static str {
    match (file.coding, file.form) {
        (Some(DumpCoding::Gzip), _) => DumpCoding::Gzip.media_type(),
        (Some(DumpCoding::Zstandard), _) => DumpCoding::Zstandard.media_type(),
        (None, DumpForm::Turtle) => "text/turtle; charset=utf-8",
        (None, DumpForm::Csv) => "text/csv; charset=utf-8; header=present",
        (None, form) => form.media_type(),
    }
}

/// Bytes in base64 that are given in hexadecimal digits.
fn in_base64(digits: &str) -> String {
    let pairs = (0..digits.len() / 2).filter_map(|place| digits.get(2 * place..2 * place + 2));
    let bytes: Vec<u8> = pairs.filter_map(|pair| u8::from_str_radix(pair, 16).ok()).collect();
    base64::engine::general_purpose::STANDARD.encode(bytes)
}

fn field(value: &str) -> io::Result<HeaderValue> {
    HeaderValue::from_str(value).map_err(io::Error::other)
}
