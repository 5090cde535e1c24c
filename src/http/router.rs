//! Which address is whose.

use super::asked::{Asked, InPath};
use super::form::Form;
use super::state::App;
use super::{
    activities, asset, author, catalog, changes, cors, crawling, desk, document, dump, feed, graph_store, history,
    home, interfaces, limits, list, oai, problem, record, resolve, service_description, sparql, stored_query, update,
    validation, vocabulary, void,
};
use crate::catalogue::Base;
use crate::pages::Language;
use axum::extract::{Path, Request, State};
use axum::handler::Handler;
use axum::http::{Method, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};
use axum::{Extension, Router};
use std::sync::Arc;

/// Every address of a server of a catalogue.
pub fn router(app: App) -> Router {
    let mut routes = pages(&app)
        .route("/id/{kind}/{reference}", reading(document::get_thing))
        .route("/doc/{kind}", taking(post(record::post_record), "POST, OPTIONS"))
        .route("/draft", reading(record::get_drafts))
        .route(
            "/draft/{kind}/{reference}",
            taking(get(record::get_draft).delete(record::delete_draft), "GET, HEAD, DELETE, OPTIONS"),
        )
        .route("/update", taking(post(update::post_update), "POST, OPTIONS"))
        .route("/graph-store", taking(graphs(), "GET, HEAD, PUT, POST, PATCH, DELETE, OPTIONS"))
        .route("/dump/{file}", reading(dump::get_file))
        .route("/dump/{date}/{file}", reading(dump::get_dated_file))
        .route("/context", reading(vocabulary::get_present_context))
        .route("/context/{version}", reading(vocabulary::get_context))
        .route("/.well-known/api-catalog", reading(interfaces::get_api_catalog))
        .route("/sitemap.xml", reading(crawling::get_index))
        .route("/sitemap/{file}", reading(crawling::get_sitemap))
        .route("/robots.txt", reading(crawling::get_robots))
        .route("/changes.atom", reading(changes::get_changes))
        .route("/oai", taking(get(oai::get_oai).post(oai::post_oai), "GET, HEAD, POST, OPTIONS"))
        .route("/oai/rdf.xsd", reading(oai::get_rdf_schema))
        .route("/resolve", reading(resolve::get_resolve))
        .route("/.well-known/void", reading(void::get_well_known))
        .route("/api/info", reading(validation::get_information_of_all))
        .route("/cpsv-ap/api/info", reading(validation::get_information))
        .route("/cpsv-ap/api/validate", taking(post(validation::post_one), "POST, OPTIONS"))
        .route("/cpsv-ap/api/validateMultiple", taking(post(validation::post_several), "POST, OPTIONS"));
    for (path, extension) in with_extensions("void", Form::WITHOUT_PAGE) {
        let handler = move |State(app): State<App>, asked: Asked| void::get_void(app, asked, extension);
        routes = routes.route(&path, reading(handler));
    }
    for language in Language::ALL {
        let own = pages(&app).route("/sparql", reading(sparql::get_query));
        routes = routes
            .route(&format!("/{}/", language.code()), reading(home::get_home).layer(Extension(InPath(language))))
            .nest(&format!("/{}", language.code()), own.layer(Extension(InPath(language))));
    }
    with_shared(routes, app)
}

/// The addresses of a server of scratch data: queries only.
pub fn scratch_router(app: App) -> Router {
    with_shared(queries_only(), app)
}

/// The addresses of a server of scratch data that anybody may write, with any graphs: for conformance suites alone. No
/// command serves it.
pub fn writable_scratch_router(app: App) -> Router {
    let store = || {
        use graph_store::scratch;
        let methods = get(scratch::get).put(scratch::put).post(scratch::post).delete(scratch::delete);
        taking(methods, "GET, HEAD, PUT, POST, DELETE, OPTIONS")
    };
    let routes = queries_only()
        .route("/update", taking(post(update::post_scratch), "POST, OPTIONS"))
        .route("/graph-store", store())
        .route("/graph-store/{*path}", store());
    with_shared(routes, app)
}

fn queries_only() -> Router<App> {
    let mut routes = Router::new().route("/", reading(home::get_home));
    for language in Language::ALL {
        let page = reading(sparql::get_query).layer(Extension(InPath(language)));
        routes = routes.route(&format!("/{}/sparql", language.code()), page);
    }
    routes.route("/problem/{name}", reading(problem::get_problem_type))
}

/// What has a page, and so an address for each language too.
fn pages(app: &App) -> Router<App> {
    let mut routes = Router::new()
        .route("/", reading(home::get_home))
        .route("/doc/{kind}/{reference}", taking(records(), "GET, HEAD, PUT, PATCH, DELETE, OPTIONS"))
        .route("/validate", taking(get(validation::get_page).post(validation::post_data), "GET, HEAD, POST, OPTIONS"))
        .route("/desk", reading(desk::get_desk))
        .route("/list", reading(list::get_lists))
        .route("/list/{name}", reading(list::get_list))
        .route("/list/{name}/{release}", reading(list::get_release))
        .route("/feed/{node}", reading(feed::get_node))
        .route("/catalog/{name}", reading(catalog::get_dataset))
        .route("/query/{name}", reading(stored_query::get_query))
        .route("/pilots", reading(activities::get_pilots))
        .route("/co-design", reading(activities::get_co_design))
        .route("/problem/{name}", reading(problem::get_problem_type));
    for folder in ["doc/{kind}/{reference}", "list/{name}", "list/{name}/{release}"] {
        for (path, extension) in with_extensions(&format!("{folder}/versions"), Form::OF_HISTORIES) {
            let handler = move |State(app): State<App>, Path(names): Path<Vec<(String, String)>>, asked: Asked| {
                history::get_versions(app, folder, names, asked, extension)
            };
            routes = routes.route(&path, reading(handler));
        }
        let handler = move |State(app): State<App>, Path(names): Path<Vec<(String, String)>>, asked: Asked| {
            history::get_version(app, folder, names, asked)
        };
        routes = routes.route(&format!("/{folder}/v/{{number}}"), reading(handler));
    }
    for shipped in &app.shipped {
        for (path, extension) in with_extensions(shipped.path, shipped.forms) {
            let shipped = Arc::clone(shipped);
            let handler =
                move |State(app): State<App>, asked: Asked| vocabulary::get_shipped(app, asked, shipped, extension);
            routes = routes.route(&path, reading(handler));
        }
    }
    for (path, extension) in with_extensions("feed", Form::OF_FEEDS) {
        let handler = move |State(app): State<App>, asked: Asked| feed::get_feed(app, asked, extension);
        routes = routes.route(&path, reading(handler));
    }
    for (path, extension) in with_extensions("dump", Form::OF_DUMPS) {
        let handler = move |State(app): State<App>, asked: Asked| dump::get_dumps(app, asked, extension);
        routes = routes.route(&path, reading(handler));
    }
    for (path, extension) in with_extensions("catalog", Form::OF_ENTRY_POINTS) {
        let handler = move |State(app): State<App>, asked: Asked| catalog::get_catalogue(app, asked, extension);
        routes = routes.route(&path, reading(handler));
    }
    for (path, extension) in with_extensions("query", Form::OF_DOCUMENTS) {
        let handler = move |State(app): State<App>, asked: Asked| stored_query::get_queries(app, asked, extension);
        routes = routes.route(&path, reading(handler));
    }
    routes
}

/// The documents of records, which are read and written.
fn records() -> MethodRouter<App> {
    get(document::get_document).put(record::put_record).patch(record::patch_record).delete(record::delete_record)
}

/// The same documents, as the graphs of a store.
fn graphs() -> MethodRouter<App> {
    use graph_store::records;
    get(records::get).put(records::put).post(records::post).patch(records::patch).delete(records::delete)
}

/// The addresses of a document, and the form that each fixes.
fn with_extensions(path: &str, forms: &[Form]) -> impl Iterator<Item = (String, Option<Form>)> {
    let fixed = forms.iter().map(move |form| (format!("/{path}.{}", form.extension()), Some(*form)));
    std::iter::once((format!("/{path}"), None)).chain(fixed)
}

/// An address that is read: GET, HEAD, and OPTIONS that says so.
fn reading<H, T>(handler: H) -> MethodRouter<App>
where
    H: Handler<T, App>,
    T: 'static,
{
    taking(get(handler), "GET, HEAD, OPTIONS")
}

/// An address and the methods that it takes, which OPTIONS names.
fn taking(handlers: MethodRouter<App>, methods: &'static str) -> MethodRouter<App> {
    handlers.options(move || async move { allow(methods) })
}

/// The answer to OPTIONS: the methods that an address takes.
fn allow(methods: &'static str) -> Response {
    (StatusCode::NO_CONTENT, [(header::ALLOW, methods)]).into_response()
}

/// Adds what every server has.
pub(super) fn with_shared(routes: Router<App>, app: App) -> Router {
    let sparql = taking(get(sparql::get_query).post(sparql::post_query), "GET, HEAD, POST, OPTIONS");
    let mut routes = routes.route("/sparql", sparql).route("/sparql/terms", reading(service_description::get_terms));
    for (path, extension) in with_extensions("sparql", Form::WITHOUT_PAGE).skip(1) {
        let handler =
            move |State(app): State<App>, asked: Asked| service_description::get_description(app, asked, extension);
        routes = routes.route(&path, reading(handler));
    }
    let routes = routes.route("/assets/{name}", reading(asset::get_asset));
    also_under_the_path_of(&app.settings.site, routes)
        .fallback(problem::unknown_address)
        .method_not_allowed_fallback(problem::unknown_method)
        .layer(middleware::from_fn_with_state(app.clone(), around))
        .with_state(app)
}

/// The same addresses under the path of the site, where it has one: a proxy in front may strip that
/// path or not.
fn also_under_the_path_of(site: &Base, routes: Router<App>) -> Router<App> {
    /// A path that begins like one of our own addresses is left to the proxy.
    const OWN: [&str; 27] = [
        ".well-known",
        "api",
        "assets",
        "catalog",
        "co-design",
        "context",
        "cpsv-ap",
        "def",
        "desk",
        "doc",
        "draft",
        "dump",
        "feed",
        "graph-store",
        "id",
        "list",
        "oai",
        "pilots",
        "problem",
        "query",
        "resolve",
        "shapes",
        "sitemap",
        "sparql",
        "update",
        "validate",
        "void",
    ];
    let (_, rest) = site.as_str().split_once("://").unwrap_or_default();
    let (_, path) = rest.split_once('/').unwrap_or_default();
    let path = path.trim_end_matches('/');
    let first = path.split('/').next().unwrap_or_default();
    let is_plain = path.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte));
    if path.is_empty() || !is_plain || OWN.contains(&first) || Language::of_code(first).is_some() {
        return routes;
    }
    let again = routes.clone();
    routes.nest(&format!("/{path}"), again).route(&format!("/{path}/"), reading(home::get_home))
}

/// What every request goes through on its way in, and every answer on its way out.
///
/// One layer for all of it, since each costs a tenth of what a kept document does.
async fn around(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let asks_first =
        request.method() == Method::OPTIONS && request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    let shows_a_token = author::hide(request.headers_mut());
    let reader = problem::Reader::of(&request);
    let mut response = match limits::check_head(&request) {
        Ok(()) => next.run(request).await,
        Err(problem) => problem.into_response(),
    };
    if let Some(problem) = problem::of(&mut response) {
        response = problem::tell(&app, &problem, &reader, response);
    }
    if asks_first {
        cors::answer_preflight(response.headers_mut());
    }
    cors::open_to_all(response.headers_mut());
    if shows_a_token || response.headers().contains_key(header::WWW_AUTHENTICATE) {
        author::keep_private(response.headers_mut());
    }
    response
}
