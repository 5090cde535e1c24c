//! Settings that were checked.

use super::given::Given;
use crate::catalogue::{Base, BaseError};
use crate::federation::{AllowList, EndpointError};
use crate::graph::Engine;
use crate::harvest::dcat::PublisherType;
use crate::http::{ProxyError, QueryLimits, TrustedProxies};
use crate::register::Location;
use std::net::SocketAddr;
use std::time::Duration;

/// Everything that can be set.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The base IRI of the data.
    pub base: Base,
    /// Where documents, endpoints and feeds answer.
    pub site: Base,
    /// What is listened on.
    pub listen: SocketAddr,
    /// Where the register is.
    pub data: Location,
    /// Who publishes.
    pub publisher: Publisher,
    /// Whether dumps are made.
    pub dumps: bool,
    /// The memory for documents that were made, in bytes; 0 keeps none.
    pub cache: u64,
    /// What holds the published graph.
    pub graph: Engine,
    /// What a query may take.
    pub queries: QueryLimits,
    /// The memory for answers to queries, in bytes; 0 keeps none.
    pub kept_answers: u64,
    /// The proxies whose word is believed about whom they forward a request for.
    pub proxies: TrustedProxies,
    /// How many processes queries may run in; 0 has them run in the server's own.
    pub workers: usize,
    /// The memory that a query may take in a process of its own, in bytes.
    pub query_memory: u64,
    /// The endpoints that a query may ask with SERVICE.
    pub services: AllowList,
}

/// Who publishes the list, and under which licence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publisher {
    /// The name, where one was given.
    pub name: Option<String>,
    /// Which kind of organisation it is.
    pub kind: Option<PublisherType>,
    /// The publisher's own site.
    pub homepage: Option<String>,
    /// How to reach it: a mail address or a page.
    pub contact: Option<String>,
    /// The IRI of the licence of the data.
    pub licence: String,
}

/// A setting that is wrong.
#[derive(Debug, thiserror::Error)]
pub enum SettingError {
    /// Not an IRI that others can stand under.
    #[error("--{setting}: {source}")]
    Base {
        /// Which setting.
        setting: &'static str,
        /// What is wrong.
        source: BaseError,
    },
    /// An endpoint that cannot be asked.
    #[error("--service-allow: {0}")]
    Endpoint(#[from] EndpointError),
    /// What names no proxy.
    #[error("--trusted-proxy: {0}")]
    Proxy(#[from] ProxyError),
    /// Another value than those that are allowed.
    #[error("--{setting} is {given:?}; it must be {allowed}")]
    Value {
        /// Which setting.
        setting: &'static str,
        /// What was given.
        given: String,
        /// What would do.
        allowed: &'static str,
    },
}

/// The base unless another is set.
const DEFAULT_BASE: &str = "http://localhost:7878/";

/// The licence of the list unless another is set.
const CC_BY: &str = "https://creativecommons.org/licenses/by/4.0/";

impl Settings {
    /// Checks what was given and fills in the rest.
    ///
    /// # Errors
    /// [`SettingError`] names the setting and the allowed values.
    pub fn resolve(given: Given) -> Result<Self, SettingError> {
        let base = base("base", given.base.as_deref().unwrap_or(DEFAULT_BASE))?;
        let site = match given.site {
            Some(site) => self::base("site", &site)?,
            None => base.clone(),
        };
        let (public, own) = (given.service_allow.unwrap_or_default(), given.service_allow_private.unwrap_or_default());
        let services = AllowList::new(&public, &own, site.as_str())?;
        let queries = QueryLimits {
            time: Duration::from_secs(within("query-seconds", given.query_seconds, 20, 1..=3600, "1 to 3600")?),
            at_once: within("queries-at-once", given.queries_at_once, 16, 1..=1024, "1 to 1024")?,
            per_client: within("queries-per-client", given.queries_per_client, 4, 0..=1024, "0 to 1024")?,
            bytes: within("answer-megabytes", given.answer_megabytes, 1024, 0..=1_048_576, "0 to 1048576")? << 20,
            slow: Duration::from_secs(within(
                "slow-query-seconds",
                given.slow_query_seconds,
                5,
                0..=3600,
                "0 to 3600",
            )?),
        };
        let listen = given.listen.unwrap_or_else(|| "127.0.0.1:7878".to_owned());
        Ok(Self {
            base,
            site,
            listen: listen
                .parse()
                .map_err(|_| wrong("listen", &listen, "an address and a port such as 127.0.0.1:7878 or [::]:80"))?,
            data: match given.data.as_deref().unwrap_or("./eusl-data") {
                "" => return Err(wrong("data", "", "a directory, or :memory:")),
                data => Location::from_setting(data),
            },
            publisher: Publisher {
                name: given.publisher,
                kind: given.publisher_type.as_deref().map(publisher_type).transpose()?,
                homepage: given.publisher_homepage.map(|homepage| iri("publisher-homepage", &homepage)).transpose()?,
                contact: given.publisher_contact,
                licence: given.licence.map_or_else(|| Ok(CC_BY.to_owned()), |licence| iri("licence", &licence))?,
            },
            graph: match given.graph.as_deref() {
                None => Engine::default(),
                Some("mapped") => Engine::Mapped,
                Some("oxigraph") => Engine::Oxigraph,
                Some(other) => return Err(wrong("graph", other, "mapped or oxigraph")),
            },
            dumps: match given.dumps.as_deref() {
                None | Some("on") => true,
                Some("off") => false,
                Some(other) => return Err(wrong("dumps", other, "on or off")),
            },
            cache: within("cache-megabytes", given.cache_megabytes, 64, 0..=65_536, "0 to 65536")? << 20,
            queries,
            kept_answers: within("answer-cache-megabytes", given.answer_cache_megabytes, 32, 0..=65_536, "0 to 65536")?
                << 20,
            proxies: TrustedProxies::parse(&given.trusted_proxy.unwrap_or_default())?,
            workers: within("workers", given.workers, queries.at_once, 0..=1024, "0 to 1024")?,
            query_memory: within("query-megabytes", given.query_megabytes, 512, 16..=1_048_576, "16 to 1048576")? << 20,
            services,
        })
    }

    /// What readers call the licence.
    pub fn licence_label(&self) -> String {
        match self.publisher.licence.as_str() {
            CC_BY => "CC BY 4.0".to_owned(),
            other => other.to_owned(),
        }
    }

    /// A warning if nothing that reaches the site's address seems to reach this server: neither
    /// port nor host of the site fit what is listened on.
    pub fn warning(&self) -> Option<String> {
        let rest = self.site.as_str().split_once("://").map_or("", |(_, rest)| rest);
        let authority = rest.split('/').next().unwrap_or_default();
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, port)) if !port.ends_with(']') => (host, port.parse().ok()),
            _ => (authority, Some(if self.site.as_str().starts_with("https") { 443 } else { 80 })),
        };
        let ip = self.listen.ip();
        let host_fits = ip.is_unspecified() || host == ip.to_string() || (ip.is_loopback() && host == "localhost");
        let port_fits = port == Some(self.listen.port());
        // Nobody means the port that was not named when listening on another.
        let is_left_over = self.site.as_str() == DEFAULT_BASE && !port_fits;
        (is_left_over || (!host_fits && !port_fits)).then(|| {
            format!(
                "links lead to {}, but this server listens on {}: put a proxy between them, or set --base, --site and --listen to fit",
                self.site, self.listen
            )
        })
    }
}

fn base(setting: &'static str, given: &str) -> Result<Base, SettingError> {
    Base::parse(given).map_err(|source| SettingError::Base { setting, source })
}

fn iri(setting: &'static str, given: &str) -> Result<String, SettingError> {
    match oxrdf::NamedNode::new(given) {
        Ok(node) if given.starts_with("http") => Ok(node.into_string()),
        _ => Err(wrong(setting, given, "an http or https IRI")),
    }
}

fn publisher_type(given: &str) -> Result<PublisherType, SettingError> {
    PublisherType::named(given).ok_or_else(|| wrong("publisher-type", given, PublisherType::NAMES))
}

fn within<N: PartialOrd + Copy + ToString>(
    setting: &'static str,
    given: Option<N>,
    default: N,
    range: std::ops::RangeInclusive<N>,
    allowed: &'static str,
) -> Result<N, SettingError> {
    let value = given.unwrap_or(default);
    if range.contains(&value) { Ok(value) } else { Err(wrong(setting, &value.to_string(), allowed)) }
}

fn wrong(setting: &'static str, given: &str, allowed: &'static str) -> SettingError {
    SettingError::Value { setting, given: given.to_owned(), allowed }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(base: Option<&str>, site: Option<&str>, listen: Option<&str>) -> Given {
        let own = |text: Option<&str>| text.map(str::to_owned);
        Given { base: own(base), site: own(site), listen: own(listen), ..Given::default() }
    }

    #[test]
    fn nothing_given_is_a_server_for_this_machine_without_a_warning() {
        let settings = Settings::resolve(Given::default()).unwrap();
        assert_eq!(settings.base.as_str(), "http://localhost:7878/");
        assert_eq!(settings.site, settings.base);
        assert_eq!(settings.warning(), None);
    }

    #[test]
    fn a_wrong_setting_names_itself_and_what_is_allowed() {
        let error = Settings::resolve(given(None, None, Some("7878"))).unwrap_err().to_string();
        assert!(error.contains("--listen") && error.contains("127.0.0.1:7878"), "{error}");
        let error = Settings::resolve(given(None, Some("example.eu"), None)).unwrap_err().to_string();
        assert!(error.contains("--site"), "{error}");
        let maybe = Given { dumps: Some("maybe".to_owned()), ..Given::default() };
        let error = Settings::resolve(maybe).unwrap_err().to_string();
        assert!(error.contains("--dumps") && error.contains("on or off"), "{error}");
        let unknown = Given { publisher_type: Some("town".to_owned()), ..Given::default() };
        let error = Settings::resolve(unknown).unwrap_err().to_string();
        assert!(error.contains("--publisher-type") && error.contains("local-authority"), "{error}");
        let name = Given { trusted_proxy: Some(vec!["localhost".to_owned()]), ..Given::default() };
        let error = Settings::resolve(name).unwrap_err().to_string();
        assert!(error.contains("--trusted-proxy: \"localhost\"") && error.contains("127.0.0.1"), "{error}");
        let zero = Given { query_seconds: Some(0), ..Given::default() };
        let error = Settings::resolve(zero).unwrap_err().to_string();
        assert!(error.contains("--query-seconds") && error.contains("1 to 3600"), "{error}");
    }

    #[test]
    fn an_endpoint_in_a_private_network_needs_a_setting_of_its_own() {
        let endpoint = || Some(vec!["http://127.0.0.1:3030/ds".to_owned()]);
        let error = Settings::resolve(Given { service_allow: endpoint(), ..Given::default() }).unwrap_err().to_string();
        assert!(error.contains("127.0.0.1:3030") && error.contains("--service-allow-private"), "{error}");
        let settings = Settings::resolve(Given { service_allow_private: endpoint(), ..Given::default() }).unwrap();
        assert_eq!(settings.services.iris().collect::<Vec<_>>(), ["http://127.0.0.1:3030/ds"]);
    }

    #[test]
    fn a_site_that_cannot_lead_here_is_warned_of() {
        let warning =
            |site: &str, listen: &str| Settings::resolve(given(None, Some(site), Some(listen))).unwrap().warning();
        assert!(warning("https://lists.example.eu/", "127.0.0.1:7878").is_some());
        assert_eq!(warning("http://localhost:9000/", "127.0.0.1:7878"), None, "the host fits");
        let left_over = Settings::resolve(given(None, None, Some("127.0.0.1:9000"))).unwrap().warning().unwrap();
        assert!(left_over.contains("http://localhost:7878/") && left_over.contains("--base"), "{left_over}");
        assert_eq!(warning("http://lists.example.eu/", "0.0.0.0:8080"), None, "any host fits");
        assert_eq!(warning("http://lists.example.eu:7878/", "127.0.0.1:7878"), None, "the port fits");
    }
}
