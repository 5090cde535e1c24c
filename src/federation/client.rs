//! One request to one endpoint over HTTP/1.1.
//!
//! No redirects, no proxies, no cookies, no content codings; certificates are held against the roots that come with the
//! program. <https://www.w3.org/TR/sparql11-protocol/#query-via-post-urlencoded>

use super::allow_list::{AllowList, Network};
use super::error::{CallError, escaped};
use super::resolver::{CheckedResolver, RefusedAddress};
use sparesults::QueryResultsFormat;
use std::io;
use std::time::Duration;
use ureq::config::Config;
use ureq::http::Response;
use ureq::unversioned::transport::{Connector, RustlsConnector, TcpConnector};
use ureq::{Agent, Body};

/// What is taken of an answer that is no success, in bytes.
const SAID: u64 = 4 << 10;

/// How long finding an address may take, and then connecting to it.
const REACHING: Duration = Duration::from_secs(4);

const ACCEPT: &str = "application/sparql-results+json, application/sparql-results+xml;q=0.9";

/// A client for one endpoint, which keeps connections to addresses that were checked.
pub(super) fn client(list: &AllowList, network: Network) -> Agent {
    let config = Config::builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .proxy(None)
        .timeout_resolve(Some(REACHING))
        .timeout_connect(Some(REACHING))
        .user_agent(list.user_agent())
        .accept(ACCEPT)
        .build();
    let connector = ().chain(TcpConnector::default()).chain(RustlsConnector::default());
    Agent::with_parts(config, connector, CheckedResolver { inner: list.resolver(), network })
}

/// A question to an endpoint.
#[derive(Clone)]
pub(super) struct Request {
    /// The endpoint.
    pub endpoint: String,
    /// The query.
    pub query: String,
    /// How long it may take.
    pub time: Duration,
    /// The largest answer, in bytes.
    pub bytes: u64,
}

/// An answer that is called one.
pub(super) struct Answer {
    pub format: QueryResultsFormat,
    pub bytes: Vec<u8>,
}

impl Request {
    /// Asks and reads the whole answer.
    pub(super) fn send(&self, client: &Agent) -> Result<Answer, CallError> {
        let form = form_urlencoded::Serializer::new(String::new()).append_pair("query", &self.query).finish();
        let request = client
            .post(&self.endpoint)
            .config()
            .timeout_global(Some(self.time))
            .build()
            .content_type("application/x-www-form-urlencoded");
        let response = request.send(form).map_err(|error| self.failure(&error))?;
        if response.status() != 200 {
            return Err(self.refusal(response));
        }
        let body = response.into_body();
        let Some(format) = body.mime_type().and_then(format) else {
            let reason = format!("its media type is {:?}", escaped(body.mime_type().unwrap_or_default()));
            return Err(CallError::Unreadable { endpoint: self.endpoint.clone(), reason });
        };
        let bytes = body.into_with_config().limit(self.bytes).read_to_vec().map_err(|error| self.failure(&error))?;
        Ok(Answer { format, bytes })
    }

    /// What an answer with another status says.
    fn refusal(&self, response: Response<Body>) -> CallError {
        let status = response.status().as_u16();
        let body = response.into_body();
        let is_text = body.mime_type().is_some_and(|name| matches!(name, "text/plain" | "application/problem+json"));
        let said = if is_text {
            let text = body.into_with_config().limit(SAID).lossy_utf8(true).read_to_string();
            escaped(&text.unwrap_or_default())
        } else {
            String::new()
        };
        CallError::Status { endpoint: self.endpoint.clone(), status, said }
    }

    fn failure(&self, error: &ureq::Error) -> CallError {
        let endpoint = self.endpoint.clone();
        tracing::info!(endpoint, cause = %error, "another endpoint was asked in vain");
        let unreachable =
            |reason: &'static str| CallError::Unreachable { endpoint: endpoint.clone(), reason: reason.into() };
        match error {
            ureq::Error::Timeout(ureq::Timeout::Resolve | ureq::Timeout::Connect) => unreachable("it takes too long"),
            ureq::Error::Timeout(_) => CallError::Late { endpoint, time: self.time },
            ureq::Error::BodyExceedsLimit(_) => CallError::TooLarge { endpoint, limit: self.bytes >> 20 },
            ureq::Error::Other(cause) if cause.is::<RefusedAddress>() => CallError::RefusedAddress { endpoint },
            ureq::Error::HostNotFound => unreachable("its name has no address"),
            ureq::Error::Io(error) => unreachable(in_the_way(error)),
            ureq::Error::Rustls(_) | ureq::Error::Tls(_) => unreachable("no connection to it can be trusted"),
            ureq::Error::Protocol(_) | ureq::Error::LargeResponseHeader(..) | ureq::Error::BodyStalled => {
                CallError::Unreadable { endpoint, reason: "it is no HTTP".to_owned() }
            }
            _ => unreachable("the request failed"),
        }
    }
}

/// What a failure of the network means; its own text could tell addresses.
fn in_the_way(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::ConnectionRefused => "it takes no connections",
        io::ErrorKind::ConnectionReset | io::ErrorKind::BrokenPipe | io::ErrorKind::UnexpectedEof => {
            "it broke the connection"
        }
        io::ErrorKind::InvalidData => "no connection to it can be trusted",
        _ => "its name has no address, or the network leads nowhere",
    }
}

/// The format of a media type that was asked for.
fn format(media_type: &str) -> Option<QueryResultsFormat> {
    let format = QueryResultsFormat::from_media_type(media_type)?;
    matches!(format, QueryResultsFormat::Json | QueryResultsFormat::Xml).then_some(format)
}
