//! The server that is asked, without a socket.

use crate::isomorphism::isomorphic;
use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, Request, Response, header};
use eu_service_list::catalogue::Base;
use eu_service_list::graph::Graph;
use eu_service_list::http::{App, HttpSettings, QueryLimits, Router, writable_scratch_router};
use http_body_util::BodyExt;
use oxrdf::{Graph as Triples, Triple};
use oxrdfio::{RdfFormat, RdfParser};
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};
use tower::ServiceExt;

/// Where the server answers; relative IRIs are resolved against it.
const SITE: &str = "http://lists.example.eu/";

/// A server of scratch data.
pub(crate) struct Server {
    router: Router,
    runtime: Runtime,
}

/// An answer, read to its end.
pub(crate) type Answer = Response<Bytes>;

impl Server {
    /// The one server, empty, for one test at a time.
    pub(crate) fn empty() -> Result<MutexGuard<'static, Self>, String> {
        static SERVER: LazyLock<Result<Mutex<Server>, String>> = LazyLock::new(|| Server::new().map(Mutex::new));
        let server = SERVER.as_ref().map_err(Clone::clone)?;
        let server = server.lock().unwrap_or_else(PoisonError::into_inner);
        let answer = server.update("DROP ALL")?;
        if answer.status().is_success() { Ok(server) } else { Err(format!("DROP ALL: {}", told(&answer))) }
    }

    fn new() -> Result<Self, String> {
        let graph = Graph::scratch(&[], |_| ()).map_err(|error| error.to_string())?;
        let settings = HttpSettings::of(
            Base::parse(SITE).map_err(|error| error.to_string())?,
            QueryLimits { time: Duration::from_secs(30), at_once: 2 },
        );
        let app = App::of_scratch(graph, settings).map_err(|error| error.to_string())?;
        let runtime = Builder::new_current_thread().enable_all().build().map_err(|error| error.to_string())?;
        Ok(Self { router: writable_scratch_router(app), runtime })
    }

    /// Sends a request and reads the whole answer.
    pub(crate) fn send(&self, mut request: Request<Body>) -> Result<Answer, String> {
        request.headers_mut().entry(header::HOST).or_insert(HeaderValue::from_static("lists.example.eu"));
        self.runtime.block_on(async {
            let response = self.router.clone().oneshot(request).await.map_err(|error| error.to_string())?;
            let (parts, body) = response.into_parts();
            let body = body.collect().await.map_err(|error| error.to_string())?.to_bytes();
            Ok(Response::from_parts(parts, body))
        })
    }

    /// Sends an update.
    pub(crate) fn update(&self, text: &str) -> Result<Answer, String> {
        self.post("/update", "application/sparql-update", text)
    }

    /// Adds triples to a graph; to the default one where none is named.
    pub(crate) fn add(&self, graph: Option<&str>, triples: &Triples) -> Result<(), String> {
        let answer = self.post(&store(graph), "application/n-triples", &triples.to_string())?;
        if answer.status().is_success() { Ok(()) } else { Err(format!("data are not taken: {}", told(&answer))) }
    }

    /// What a graph says; nothing where it is not there.
    pub(crate) fn graph(&self, name: Option<&str>) -> Result<Triples, String> {
        let request = Request::get(store(name)).header(header::ACCEPT, "application/n-triples").body(Body::empty());
        let answer = self.send(request.map_err(|error| error.to_string())?)?;
        match answer.status().as_u16() {
            200 => parse(answer.body(), RdfFormat::NTriples, SITE),
            404 => Ok(Triples::new()),
            _ => Err(told(&answer)),
        }
    }

    /// The names of the named graphs.
    pub(crate) fn graph_names(&self) -> Result<Vec<String>, String> {
        let query = "SELECT DISTINCT ?g { GRAPH ?g { } }";
        let request = Request::post("/sparql")
            .header(header::CONTENT_TYPE, "application/sparql-query")
            .header(header::ACCEPT, "text/csv")
            .body(Body::from(query))
            .map_err(|error| error.to_string())?;
        let answer = self.send(request)?;
        let lines = String::from_utf8_lossy(answer.body()).into_owned();
        Ok(lines.lines().skip(1).map(str::to_owned).collect())
    }

    fn post(&self, path: &str, media_type: &str, body: &str) -> Result<Answer, String> {
        let request = Request::post(path).header(header::CONTENT_TYPE, media_type).body(Body::from(body.to_owned()));
        self.send(request.map_err(|error| error.to_string())?)
    }
}

/// The address of a graph in the store.
fn store(graph: Option<&str>) -> String {
    match graph {
        None => "/graph-store?default".to_owned(),
        Some(graph) => {
            let query: String = form_urlencoded::Serializer::new(String::new()).append_pair("graph", graph).finish();
            format!("/graph-store?{query}")
        }
    }
}

/// An answer on a line.
pub(crate) fn told(answer: &Answer) -> String {
    format!("{}: {}", answer.status(), String::from_utf8_lossy(answer.body()))
}

/// Reads triples.
pub(crate) fn parse(text: &[u8], format: RdfFormat, base: &str) -> Result<Triples, String> {
    let parser = RdfParser::from_format(format).with_base_iri(base).map_err(|error| error.to_string())?;
    let quads: Result<Vec<_>, _> = parser.for_slice(text).collect();
    Ok(quads.map_err(|error| error.to_string())?.into_iter().map(Triple::from).collect())
}

/// Compares what a graph says with what it should say.
pub(crate) fn compare(name: &str, expected: &Triples, actual: &Triples) -> Result<(), String> {
    if isomorphic(expected, actual) {
        return Ok(());
    }
    Err(format!("{name} should say\n{expected}\nand says\n{actual}"))
}
