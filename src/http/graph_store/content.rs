//! What is sent to a graph.

use super::address::bad;
use super::multipart;
use crate::http::body;
use crate::http::problem::{Problem, ProblemType};
use crate::http::rdf_text::{RdfText, syntax};
use crate::rdf::Triple;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, header};

/// The largest body of a request, in bytes.
const BODY_LIMIT: usize = 10 << 20;

/// Reads the triples of a body; relative IRIs in it are resolved against `base`. Of several files in a form each has
/// its media type and its blank nodes.
///
/// # Errors
/// A body that is too large or too slow, a media type that is not read, RDF that is none.
pub(super) async fn read(headers: &HeaderMap, body: Body, base: &str) -> Result<Vec<Triple>, Problem> {
    let body = body::read(body, BODY_LIMIT).await?;
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if body::essence(content_type) != "multipart/form-data" {
        return triples(content_type, &body, base);
    }
    let parts =
        multipart::parts(content_type, &body).ok_or_else(|| bad("the parts of the form cannot be told apart"))?;
    let mut read = Vec::new();
    for part in parts {
        read.extend(triples(&part.content_type, part.content, base)?);
    }
    Ok(read)
}

fn triples(content_type: &str, content: &[u8], base: &str) -> Result<Vec<Triple>, Problem> {
    let Some(format) = syntax::of_media_type(content_type) else {
        let detail = format!("RDF cannot be read from {content_type:?}; send {}", syntax::media_types());
        return Err(Problem::new(ProblemType::UnsupportedMediaType, detail));
    };
    RdfText { name: "the body".to_owned(), text: Bytes::copy_from_slice(content), format }.triples(base)
}
