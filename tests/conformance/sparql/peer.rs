//! Another server, reached by HTTP.

use super::server::Answer;
use axum::body::Body;
use axum::http::{Request, Response};
use http_body_util::BodyExt;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

/// Another server, by its authority, such as `127.0.0.1:7878`.
pub(crate) struct Peer(String);

impl Peer {
    /// The one that `EUSL_PEER` names, as `http://127.0.0.1:7878`.
    pub(crate) fn of_the_environment() -> Option<Self> {
        let address = std::env::var("EUSL_PEER").ok()?;
        Some(Self(address.trim_start_matches("http://").trim_end_matches('/').to_owned()))
    }

    /// Where it is, with a slash at the end.
    pub(crate) fn site(&self) -> String {
        format!("http://{}/", self.0)
    }

    /// Sends a request by a connection of its own and reads the whole answer.
    pub(crate) async fn send(&self, request: Request<Body>) -> Result<Answer, String> {
        let told = |error: &dyn std::fmt::Display| format!("{}: {error}", self.0);
        let stream = TcpStream::connect(&self.0).await.map_err(|error| told(&error))?;
        let handshake = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await;
        let (mut sender, connection) = handshake.map_err(|error| told(&error))?;
        // What becomes of the connection is seen by the request.
        drop(tokio::spawn(connection));
        let (parts, body) = sender.send_request(request).await.map_err(|error| told(&error))?.into_parts();
        let body = body.collect().await.map_err(|error| told(&error))?.to_bytes();
        Ok(Response::from_parts(parts, body))
    }
}
