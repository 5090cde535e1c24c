//! The server that is asked: our own without a socket, or another one, so that both are held to the same tests.
//!
//! `EUSL_PEER=http://127.0.0.1:7878` names another one. It must answer queries at `/query`, updates at `/update` and the
//! Graph Store Protocol at `/store`, as `oxigraph serve` does, and **loses everything it holds**.

use super::data::{Files, graph};
use super::peer::Peer;
use crate::isomorphism::isomorphic;
use crate::manifest::Entry;
use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, Request, Response, header};
use eu_service_list::catalogue::Base;
use eu_service_list::graph::{Engine, Graph};
use eu_service_list::http::{App, HttpSettings, QueryLimits, Router, writable_scratch_router};
use http_body_util::BodyExt;
use oxrdf::{Graph as Triples, Triple};
use oxrdfio::{RdfFormat, RdfParser};
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};
use tower::ServiceExt;

/// Where our own server answers; relative IRIs are resolved against it.
const SITE: &str = "http://lists.example.eu/";

/// A server of scratch data.
pub(crate) struct Server {
    reached: Reached,
    runtime: Runtime,
}

/// How a server is reached.
enum Reached {
    /// By a call.
    Here(Router),
    /// By a connection.
    There(Peer),
}

/// An answer, read to its end.
pub(crate) type Answer = Response<Bytes>;

/// An address of a server, which each has in its own place.
#[derive(Clone, Copy)]
pub(crate) enum Address {
    Query,
    Update,
    Store,
}

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
        let runtime = Builder::new_current_thread().enable_all().build().map_err(|error| error.to_string())?;
        let reached = match Peer::of_the_environment() {
            Some(peer) => Reached::There(peer),
            None => Reached::Here(own()?),
        };
        Ok(Self { reached, runtime })
    }

    /// Where the server is, with a slash at the end.
    pub(crate) fn site(&self) -> String {
        match &self.reached {
            Reached::Here(_) => SITE.to_owned(),
            Reached::There(peer) => peer.site(),
        }
    }

    /// The path of an address.
    pub(crate) fn path(&self, address: Address) -> &'static str {
        match (&self.reached, address) {
            (Reached::Here(_), Address::Query) => "/sparql",
            (Reached::There(_), Address::Query) => "/query",
            (_, Address::Update) => "/update",
            (Reached::Here(_), Address::Store) => "/graph-store",
            (Reached::There(_), Address::Store) => "/store",
        }
    }

    /// Sends a request and reads the whole answer.
    pub(crate) fn send(&self, mut request: Request<Body>) -> Result<Answer, String> {
        let host = self.site().trim_start_matches("http://").trim_end_matches('/').to_owned();
        let host = HeaderValue::from_str(&host).map_err(|error| error.to_string())?;
        request.headers_mut().entry(header::HOST).or_insert(host);
        self.runtime.block_on(async {
            match &self.reached {
                Reached::There(peer) => peer.send(request).await,
                Reached::Here(router) => {
                    let response = router.clone().oneshot(request).await.map_err(|error| error.to_string())?;
                    let (parts, body) = response.into_parts();
                    let body = body.collect().await.map_err(|error| error.to_string())?.to_bytes();
                    Ok(Response::from_parts(parts, body))
                }
            }
        })
    }

    /// Sends a query, as it is; what is accepted is a header field's value.
    pub(crate) fn query(&self, text: &str, accept: &str) -> Result<Answer, String> {
        let request = Request::post(self.path(Address::Query))
            .header(header::CONTENT_TYPE, "application/sparql-query")
            .header(header::ACCEPT, accept)
            .body(Body::from(text.to_owned()));
        self.send(request.map_err(|error| error.to_string())?)
    }

    /// Sends an update.
    pub(crate) fn update(&self, text: &str) -> Result<Answer, String> {
        self.post(self.path(Address::Update), "application/sparql-update", text)
    }

    /// Whether an answer says that the text sent is no SPARQL. We say so by the kind of the problem, others by 400 alone.
    pub(crate) fn finds_a_syntax_error(&self, answer: &Answer) -> bool {
        match self.reached {
            Reached::Here(_) => String::from_utf8_lossy(answer.body()).contains("problem/query-syntax"),
            Reached::There(_) => answer.status().as_u16() == 400,
        }
    }

    /// Adds the contents of files to their graphs.
    pub(crate) fn load(&self, entry: &Entry, files: &Files) -> Result<(), String> {
        for (name, files) in files {
            // One by one: the blank nodes of two files are never the same.
            for file in files {
                self.add(name.as_deref(), &graph(entry, std::slice::from_ref(file))?)?;
            }
        }
        Ok(())
    }

    /// Adds triples to a graph; to the default one where none is named.
    fn add(&self, graph: Option<&str>, triples: &Triples) -> Result<(), String> {
        let answer = self.post(&self.store(graph), "application/n-triples", &triples.to_string())?;
        if answer.status().is_success() { Ok(()) } else { Err(format!("data are not taken: {}", told(&answer))) }
    }

    /// What a graph says; nothing where it is not there.
    pub(crate) fn graph(&self, name: Option<&str>) -> Result<Triples, String> {
        let request = Request::get(self.store(name)).header(header::ACCEPT, "application/n-triples");
        let answer = self.send(request.body(Body::empty()).map_err(|error| error.to_string())?)?;
        match answer.status().as_u16() {
            200 => parse(answer.body(), RdfFormat::NTriples, SITE),
            404 => Ok(Triples::new()),
            _ => Err(told(&answer)),
        }
    }

    /// The names of the named graphs.
    pub(crate) fn graph_names(&self) -> Result<Vec<String>, String> {
        let answer = self.query("SELECT DISTINCT ?g { GRAPH ?g { } }", "text/csv")?;
        let lines = String::from_utf8_lossy(answer.body()).into_owned();
        Ok(lines.lines().skip(1).map(str::to_owned).collect())
    }

    fn post(&self, path: &str, media_type: &str, body: &str) -> Result<Answer, String> {
        let request = Request::post(path).header(header::CONTENT_TYPE, media_type).body(Body::from(body.to_owned()));
        self.send(request.map_err(|error| error.to_string())?)
    }

    /// The address of a graph in the store.
    fn store(&self, graph: Option<&str>) -> String {
        let path = self.path(Address::Store);
        match graph {
            None => format!("{path}?default"),
            Some(graph) => {
                let query: String =
                    form_urlencoded::Serializer::new(String::new()).append_pair("graph", graph).finish();
                format!("{path}?{query}")
            }
        }
    }
}

/// Our own server, of scratch data that anybody may write.
fn own() -> Result<Router, String> {
    let graph = Graph::scratch(Engine::default(), &[], |_| ()).map_err(|error| error.to_string())?;
    let settings = HttpSettings::of(
        Base::parse(SITE).map_err(|error| error.to_string())?,
        QueryLimits { time: Duration::from_secs(30), at_once: 2, ..QueryLimits::default() },
    );
    let app = App::of_scratch(graph, settings).map_err(|error| error.to_string())?;
    Ok(writable_scratch_router(app))
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
