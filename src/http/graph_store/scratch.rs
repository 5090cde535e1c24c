//! The protocol on scratch data, with any graphs.

use super::address::{Identified, PATH, bad};
use super::content;
use crate::graph::Answer;
use crate::http::problem::{Problem, ProblemType};
use crate::http::sparql;
use crate::http::state::App;
use crate::rdf::{BlankNode, NamedNode, write_rdf};
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use oxrdf::GraphName;

/// `GET /graph-store`: what a graph says (<https://www.w3.org/TR/sparql11-http-rdf-update/#http-get>).
pub(in crate::http) async fn get(
    State(app): State<App>,
    address: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (graph, name) = (app.scratch()?, one_graph(&app, &address)?);
    let format = sparql::triples_format(&app, PATH, &headers)?;
    let triples = graph.scratch_triples(&name)?;
    if triples.is_empty() && name != GraphName::DefaultGraph {
        return Err(no_graph(&name));
    }
    let fields = [(header::CONTENT_TYPE, Answer::Triples(format).media_type()), (header::VARY, "Accept")];
    Ok((fields, write_rdf(&triples, format)?).into_response())
}

/// `PUT /graph-store`: a graph says this and nothing else
/// (<https://www.w3.org/TR/sparql11-http-rdf-update/#http-put>).
pub(in crate::http) async fn put(
    State(app): State<App>,
    address: Uri,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let (graph, name) = (app.scratch()?, one_graph(&app, &address)?);
    let triples = content::read(&headers, body, &base_of(&app, &name)).await?;
    Ok(written(graph.put_scratch(&name, triples, false)?, &name).into_response())
}

/// `POST /graph-store`: a graph says this too; where no graph is named, a new one does
/// (<https://www.w3.org/TR/sparql11-http-rdf-update/#http-post>).
pub(in crate::http) async fn post(
    State(app): State<App>,
    address: Uri,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let graph = app.scratch()?;
    let site = &app.settings.site;
    let new = || NamedNode::new_unchecked(format!("{site}{PATH}/{}", BlankNode::default().as_str()));
    let identified = Identified::by(&address, site)?;
    let is_new = identified == Identified::Store;
    let name = if is_new { new().into() } else { name_of(identified)? };
    let triples = content::read(&headers, body, &base_of(&app, &name)).await?;
    let status = written(graph.put_scratch(&name, triples, true)?, &name);
    match name {
        GraphName::NamedNode(name) if is_new => {
            Ok((StatusCode::CREATED, [(header::LOCATION, name.into_string())]).into_response())
        }
        _ => Ok(status.into_response()),
    }
}

/// `DELETE /graph-store`: a graph says nothing any more
/// (<https://www.w3.org/TR/sparql11-http-rdf-update/#http-delete>).
pub(in crate::http) async fn delete(State(app): State<App>, address: Uri) -> Result<Response, Problem> {
    let (graph, name) = (app.scratch()?, one_graph(&app, &address)?);
    let existed = graph.put_scratch(&name, Vec::new(), false)?;
    if existed || name == GraphName::DefaultGraph {
        Ok(StatusCode::NO_CONTENT.into_response())
    } else {
        Err(no_graph(&name))
    }
}

fn one_graph(app: &App, address: &Uri) -> Result<GraphName, Problem> {
    name_of(Identified::by(address, &app.settings.site)?)
}

fn name_of(identified: Identified) -> Result<GraphName, Problem> {
    match identified {
        Identified::Default => Ok(GraphName::DefaultGraph),
        Identified::Named(name) => Ok(name.into()),
        Identified::Store => Err(bad("the address names no graph; add ?graph= with its IRI, or ?default")),
    }
}

/// Relative IRIs are resolved against the IRI of their graph
/// (<https://www.w3.org/TR/sparql11-http-rdf-update/#indirect-graph-identification>).
fn base_of(app: &App, name: &GraphName) -> String {
    match name {
        GraphName::NamedNode(name) => name.as_str().to_owned(),
        _ => format!("{}{PATH}", app.settings.site),
    }
}

/// The default graph is always there; another is made by what is written to it.
fn written(existed: bool, name: &GraphName) -> StatusCode {
    if existed || *name == GraphName::DefaultGraph { StatusCode::NO_CONTENT } else { StatusCode::CREATED }
}

fn no_graph(name: &GraphName) -> Problem {
    Problem::new(ProblemType::NotFound, format!("there is no graph {name}"))
}
