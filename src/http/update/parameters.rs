//! What a request for an update says.

use crate::catalogue::Base;
use crate::graph::{ChosenGraphs, UpdateRequest};
use crate::http::body;
use crate::http::problem::{Problem, ProblemType};
use axum::http::HeaderMap;

/// Reads an update from a form or a body as it is; of the latter, the address says which graphs it finds.
///
/// # Errors
/// What the protocol does not allow (<https://www.w3.org/TR/sparql11-protocol/#update-operation>).
pub(super) fn read(headers: &HeaderMap, address: &str, body: &[u8], base: &Base) -> Result<UpdateRequest, Problem> {
    if let Some(charset) = body::charset(headers).filter(|charset| charset != "utf-8") {
        let detail = format!("an update cannot be read from {charset:?}; send it as UTF-8");
        return Err(Problem::new(ProblemType::UnsupportedMediaType, detail));
    }
    let mut read = Parameters::default();
    match body::media_type(headers).as_str() {
        "application/x-www-form-urlencoded" => read.add(body),
        "application/sparql-update" => {
            read.add(address.as_bytes());
            let text = str::from_utf8(body).map_err(|_| bad("the update is not UTF-8"))?;
            read.updates.push(text.to_owned());
        }
        other => {
            let detail = format!(
                "an update cannot be read from {other:?}; send application/sparql-update or application/x-www-form-urlencoded"
            );
            return Err(Problem::new(ProblemType::UnsupportedMediaType, detail));
        }
    }
    let mut updates = read.updates.into_iter();
    let (Some(text), None) = (updates.next(), updates.next()) else {
        return Err(bad("the request must have exactly one update; send it as the form field update, or as the body"));
    };
    Ok(UpdateRequest { text, base: base.to_string(), using: read.using })
}

fn bad(detail: &str) -> Problem {
    Problem::new(ProblemType::BadRequest, detail)
}

/// The parameters of the protocol that are read; others are ignored.
#[derive(Default)]
struct Parameters {
    updates: Vec<String>,
    using: ChosenGraphs,
}

impl Parameters {
    fn add(&mut self, encoded: &[u8]) {
        for (name, value) in form_urlencoded::parse(encoded) {
            let values = match name.as_ref() {
                "update" => &mut self.updates,
                "using-graph-uri" => &mut self.using.default,
                "using-named-graph-uri" => &mut self.using.named,
                _ => continue,
            };
            values.push(value.into_owned());
        }
    }
}
