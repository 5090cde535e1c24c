//! Settings as they were given, unchecked, from any of their three places.

use serde::Deserialize;
use std::path::{Path, PathBuf};

/// Settings that were given; the names are those of the file, in which they stand as they are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Given {
    /// The base IRI of the data.
    pub base: Option<String>,
    /// Where documents answer.
    pub site: Option<String>,
    /// The address and port to listen on.
    pub listen: Option<String>,
    /// The data directory.
    pub data: Option<String>,
    /// The publisher's name.
    pub publisher: Option<String>,
    /// Which kind of organisation the publisher is.
    pub publisher_type: Option<String>,
    /// The publisher's site.
    pub publisher_homepage: Option<String>,
    /// How to reach the publisher.
    pub publisher_contact: Option<String>,
    /// The IRI of the licence of the data.
    pub licence: Option<String>,
    /// Whether dumps are made: `on` or `off`.
    pub dumps: Option<String>,
    /// The memory for documents that were made, in megabytes.
    pub cache_megabytes: Option<u64>,
    /// What holds the published graph: `mapped` or `oxigraph`.
    pub graph: Option<String>,
    /// How long a query may run, in seconds.
    pub query_seconds: Option<u64>,
    /// How many queries may run at once.
    pub queries_at_once: Option<usize>,
    /// How many processes queries may run in; 0 has them run in the server's own.
    pub workers: Option<usize>,
    /// The memory that a query may take in a process of its own, in megabytes.
    pub query_megabytes: Option<u64>,
    /// How many queries of one client may run at once.
    pub queries_per_client: Option<usize>,
    /// The most that an answer may have, in megabytes.
    pub answer_megabytes: Option<u64>,
    /// The memory for answers to queries, in megabytes.
    pub answer_cache_megabytes: Option<u64>,
    /// From which time on the log tells of a query, in seconds.
    pub slow_query_seconds: Option<u64>,
    /// Proxies whose word is believed about whom they forward a request for.
    pub trusted_proxy: Option<Vec<String>>,
    /// Endpoints that queries may ask.
    pub service_allow: Option<Vec<String>>,
    /// Such endpoints in the operator's own network.
    pub service_allow_private: Option<Vec<String>>,
}

/// A settings file that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It cannot be read.
    #[error("cannot read the settings file {}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// It is no TOML, or has a setting that does not exist; the message shows the line.
    #[error("{}: {source}", path.display())]
    Syntax {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        source: toml::de::Error,
    },
}

impl Given {
    /// Reads a settings file.
    ///
    /// # Errors
    /// See [`FileError`].
    pub fn from_file(path: &Path) -> Result<Self, FileError> {
        let text = std::fs::read_to_string(path).map_err(|source| FileError::Read { path: path.to_owned(), source })?;
        toml::from_str(&text).map_err(|source| FileError::Syntax { path: path.to_owned(), source })
    }

    /// These settings, and where one was not given that of `other`.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            base: self.base.or(other.base),
            site: self.site.or(other.site),
            listen: self.listen.or(other.listen),
            data: self.data.or(other.data),
            publisher: self.publisher.or(other.publisher),
            publisher_type: self.publisher_type.or(other.publisher_type),
            publisher_homepage: self.publisher_homepage.or(other.publisher_homepage),
            publisher_contact: self.publisher_contact.or(other.publisher_contact),
            licence: self.licence.or(other.licence),
            dumps: self.dumps.or(other.dumps),
            cache_megabytes: self.cache_megabytes.or(other.cache_megabytes),
            graph: self.graph.or(other.graph),
            query_seconds: self.query_seconds.or(other.query_seconds),
            queries_at_once: self.queries_at_once.or(other.queries_at_once),
            workers: self.workers.or(other.workers),
            query_megabytes: self.query_megabytes.or(other.query_megabytes),
            queries_per_client: self.queries_per_client.or(other.queries_per_client),
            answer_megabytes: self.answer_megabytes.or(other.answer_megabytes),
            answer_cache_megabytes: self.answer_cache_megabytes.or(other.answer_cache_megabytes),
            slow_query_seconds: self.slow_query_seconds.or(other.slow_query_seconds),
            trusted_proxy: self.trusted_proxy.or(other.trusted_proxy),
            service_allow: self.service_allow.or(other.service_allow),
            service_allow_private: self.service_allow_private.or(other.service_allow_private),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flag_wins_over_the_file() {
        let file: Given = toml::from_str("base = \"http://file.example/\"\nquery-seconds = 5").unwrap();
        let flags = Given { base: Some("http://flag.example/".to_owned()), ..Given::default() };
        let both = flags.or(file);
        assert_eq!((both.base.as_deref(), both.query_seconds), (Some("http://flag.example/"), Some(5)));
    }

    #[test]
    fn endpoints_are_a_list_in_the_file() {
        let file: Given = toml::from_str("service-allow = [\"http://a.example/\", \"http://b.example/\"]").unwrap();
        let flags = Given { service_allow_private: Some(vec!["http://10.0.0.1/".to_owned()]), ..Given::default() };
        let both = flags.or(file);
        assert_eq!(both.service_allow.unwrap(), ["http://a.example/", "http://b.example/"]);
        assert_eq!(both.service_allow_private.unwrap(), ["http://10.0.0.1/"]);
    }

    #[test]
    fn a_setting_that_does_not_exist_names_itself_and_the_allowed_ones() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("eusl.toml");
        std::fs::write(&path, "bsae = \"http://file.example/\"").unwrap();
        let error = Given::from_file(&path).unwrap_err().to_string();
        assert!(error.contains("bsae") && error.contains("`base`"), "{error}");
    }
}
