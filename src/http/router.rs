//! Which address is whose.

use super::state::App;
use super::{asset, document, home, list, problem, sparql};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::get;

/// The largest body of a request, in bytes.
const BODY_LIMIT: usize = 2 << 20;

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
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(middleware::from_fn_with_state(app.clone(), problem::render))
        .layer(middleware::from_fn(open_to_all))
        .with_state(app)
}

/// Lets scripts of any site read what is public, and keeps browsers from guessing types.
async fn open_to_all(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(
        header::ACCESS_CONTROL_EXPOSE_HEADERS,
        HeaderValue::from_static("Content-Location, ETag, EUSL-Revision, Last-Modified, Link, Location"),
    );
    headers.insert(HeaderName::from_static("x-content-type-options"), HeaderValue::from_static("nosniff"));
    response
}
