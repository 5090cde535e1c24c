//! Which address is whose.

use super::state::App;
use super::{asset, document, home, list, problem, sparql};
use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

/// Every address of a server of a catalogue.
pub fn router(app: App) -> Router {
    let routes = Router::new()
        .route("/", get(home::get_home))
        .route("/id/{kind}/{reference}", get(document::get_thing))
        .route("/doc/{kind}/{reference}", get(document::get_document))
        .route("/list", get(list::get_lists))
        .route("/list/{name}", get(list::get_list))
        .route("/list/{name}/{release}", get(list::get_release));
    with_shared(routes, app)
}

/// The addresses of a server of scratch data: queries only.
pub fn scratch_router(app: App) -> Router {
    with_shared(Router::new().route("/", get(home::get_home)), app)
}

/// Adds what every server has; the layer added last sees a request first.
fn with_shared(routes: Router<App>, app: App) -> Router {
    routes
        .route("/sparql", get(sparql::get_query).post(sparql::post_query))
        .route("/assets/style.css", get(asset::get_stylesheet))
        .route("/problem/{name}", get(problem::get_problem_type))
        .fallback(problem::unknown_address)
        .method_not_allowed_fallback(problem::unknown_method)
        .layer(middleware::from_fn_with_state(app.clone(), problem::render))
        .layer(middleware::from_fn(open_to_all))
        .with_state(app)
}

/// Lets scripts of any site read and query, and keeps browsers from guessing types.
///
/// A script that sends a query as it is, or an `Accept` of more than 128 bytes, asks first:
/// <https://fetch.spec.whatwg.org/#cors-preflight-fetch>.
async fn open_to_all(request: Request, next: Next) -> Response {
    let asks_first =
        request.method() == Method::OPTIONS && request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    let mut response = if asks_first { StatusCode::NO_CONTENT.into_response() } else { next.run(request).await };
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &'static str| headers.insert(name, HeaderValue::from_static(value));
    if asks_first {
        set(header::ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD, POST");
        set(header::ACCESS_CONTROL_ALLOW_HEADERS, "Accept, Accept-Language, Content-Type, If-None-Match");
        set(header::ACCESS_CONTROL_MAX_AGE, "86400");
    }
    set(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    set(
        header::ACCESS_CONTROL_EXPOSE_HEADERS,
        "Content-Location, ETag, EUSL-Revision, Last-Modified, Link, Location, Retry-After",
    );
    set(HeaderName::from_static("x-content-type-options"), "nosniff");
    response
}
