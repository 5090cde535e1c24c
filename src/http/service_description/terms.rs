//! `GET /sparql/terms`: what a query may be written with, for editors that complete it.

use super::counted;
use crate::graph::Statistics;
use crate::http::problem::Problem;
use crate::http::state::App;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io;

/// Prefixes by name, and classes and properties, the most frequent first.
#[derive(Serialize)]
struct Terms<'a> {
    /// The revision that was counted; null where nothing is counted yet.
    revision: Option<u64>,
    prefixes: BTreeMap<&'a str, &'a str>,
    classes: Vec<Counted<'a>>,
    properties: Vec<Counted<'a>>,
}

/// A class with its members, or a property with its triples.
#[derive(Serialize)]
struct Counted<'a> {
    iri: &'a str,
    /// What our vocabulary calls it, in English; others' terms are known by their names.
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<&'a str>,
    count: u64,
}

/// `GET /sparql/terms`
pub(in crate::http) async fn get_terms(State(app): State<App>) -> Result<Response, Problem> {
    let counted = counted::statistics(&app).await;
    let body = serde_json::to_vec(&Terms::of(&app, counted.as_deref())).map_err(io::Error::other)?;
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-cache")];
    Ok((headers, body).into_response())
}

impl<'a> Terms<'a> {
    fn of(app: &'a App, statistics: Option<&'a Statistics>) -> Self {
        let labels: BTreeMap<&str, &str> = app.shipped.iter().flat_map(|shipped| shipped.labels("en")).collect();
        let term = |iri: &'a str, count| Counted { iri, label: labels.get(iri).copied(), count };
        let classes = statistics.into_iter().flat_map(|statistics| &statistics.classes);
        let properties = statistics.into_iter().flat_map(|statistics| &statistics.properties);
        Self {
            revision: statistics.map(|statistics| statistics.revision),
            prefixes: app.prefixes.iter().collect(),
            classes: classes.map(|partition| term(partition.class.as_str(), partition.entities)).collect(),
            properties: properties.map(|partition| term(partition.property.as_str(), partition.triples)).collect(),
        }
    }
}
