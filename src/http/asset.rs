//! Stylesheets and scripts: what pages load.

use super::encoding::Encoding;
use super::problem::{Problem, ProblemType};
use super::state::App;
use crate::pages;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use std::io;
use std::sync::{Mutex, PoisonError};

/// Something that pages load, which comes with the program.
#[derive(Debug)]
pub(super) struct Asset {
    /// The last step of its address.
    name: String,
    text: &'static str,
    content_type: &'static str,
    /// How long others may keep it.
    keeping: &'static str,
    /// What was coded, which is kept: it never changes.
    coded: Mutex<Vec<(Encoding, Bytes)>>,
}

/// An hour: another release of the program has another text at the same address.
const FOR_AN_HOUR: &str = "max-age=3600";

/// What is named by its bytes never changes (<https://www.rfc-editor.org/rfc/rfc8246>).
const FOR_GOOD: &str = "public, max-age=31536000, immutable";

/// Everything that pages load.
pub(super) fn assets() -> Vec<Asset> {
    const CSS: &str = "text/css; charset=utf-8";
    vec![
        Asset::new("style.css", pages::STYLESHEET, CSS, FOR_AN_HOUR),
        Asset::new("query.css", pages::QUERY_STYLESHEET, CSS, FOR_AN_HOUR),
        Asset::new(pages::query_script_name(), pages::QUERY_SCRIPT, "text/javascript; charset=utf-8", FOR_GOOD),
        Asset::new("LICENSES.txt", pages::SCRIPT_LICENCES, "text/plain; charset=utf-8", FOR_AN_HOUR),
    ]
}

impl Asset {
    fn new(name: &str, text: &'static str, content_type: &'static str, keeping: &'static str) -> Self {
        Self { name: name.to_owned(), text, content_type, keeping, coded: Mutex::default() }
    }

    /// Its bytes in a coding.
    fn coded(&self, encoding: Encoding) -> io::Result<Bytes> {
        if encoding == Encoding::Identity {
            return Ok(Bytes::from_static(self.text.as_bytes()));
        }
        let mut coded = self.coded.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, bytes)) = coded.iter().find(|(kept, _)| *kept == encoding) {
            return Ok(bytes.clone());
        }
        let bytes = Bytes::from(encoding.encode(self.text.as_bytes())?);
        coded.push((encoding, bytes.clone()));
        Ok(bytes)
    }
}

/// `GET /assets/{name}`
pub(super) async fn get_asset(
    State(app): State<App>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let asset = app.assets.iter().find(|asset| asset.name == name);
    let asset = asset.ok_or_else(|| Problem::new(ProblemType::NotFound, format!("nothing stands at assets/{name}")))?;
    let encoding = Encoding::choose(&headers);
    let mut response = asset.coded(encoding)?.into_response();
    let fields = response.headers_mut();
    fields.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.content_type));
    fields.insert(header::CACHE_CONTROL, HeaderValue::from_static(asset.keeping));
    fields.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    fields.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if let Some(coding) = encoding.name() {
        fields.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    Ok(response)
}
