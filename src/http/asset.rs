//! The stylesheet.

use crate::pages::STYLESHEET;
use axum::http::header;
use axum::response::{IntoResponse, Response};

/// `GET /assets/style.css`
pub(super) async fn get_stylesheet() -> Response {
    let headers = [(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "max-age=3600")];
    (headers, STYLESHEET).into_response()
}
