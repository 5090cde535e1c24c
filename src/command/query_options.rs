//! What a query may take, as the command line and the environment set it.

use crate::config::Given;
use clap::Args;

/// The settings of queries.
#[derive(Debug, Args)]
pub(super) struct QueryOptions {
    /// How long a query may run [default: 20]
    #[arg(long, global = true, env = "EUSL_QUERY_SECONDS", value_name = "SECONDS")]
    query_seconds: Option<u64>,
    /// How many queries may run at once [default: 16]
    #[arg(long, global = true, env = "EUSL_QUERIES_AT_ONCE", value_name = "N")]
    queries_at_once: Option<usize>,
    /// How many of them may be of one client, which is an address, or of IPv6 a network of 64 bits; 0 sets no limit [default: 4]
    #[arg(long, global = true, env = "EUSL_QUERIES_PER_CLIENT", value_name = "N")]
    queries_per_client: Option<usize>,
    /// How many processes queries may run in, started as they are needed; 0 has them run in the server's own, where nothing bounds
    /// their memory [default: as many as queries at once]
    #[arg(long, global = true, env = "EUSL_WORKERS", value_name = "N")]
    workers: Option<usize>,
    /// The memory that a query may take in a process of its own, beside the graph [default: 512]
    #[arg(long, global = true, env = "EUSL_QUERY_MEGABYTES", value_name = "MEGABYTES")]
    query_megabytes: Option<u64>,
    /// The most that the answer to a query may have; 0 sets no limit [default: 1024]
    #[arg(long, global = true, env = "EUSL_ANSWER_MEGABYTES", value_name = "MEGABYTES")]
    answer_megabytes: Option<u64>,
    /// Memory for answers to queries, until something is written; 0 keeps none [default: 32]
    #[arg(long, global = true, env = "EUSL_ANSWER_CACHE_MEGABYTES", value_name = "MEGABYTES")]
    answer_cache_megabytes: Option<u64>,
    /// From which time on the log tells of a query [default: 5]
    #[arg(long, global = true, env = "EUSL_SLOW_QUERY_SECONDS", value_name = "SECONDS")]
    slow_query_seconds: Option<u64>,
    /// A proxy, or the network of several, that tells truly in Forwarded or X-Forwarded-For whom it forwards a request for;
    /// may be given several times [default: none is believed]
    #[arg(long, global = true, env = "EUSL_TRUSTED_PROXY", value_name = "ADDRESS", value_delimiter = ' ')]
    trusted_proxy: Option<Vec<String>>,
}

impl QueryOptions {
    /// These settings, and the others as they were given.
    pub(super) fn with(self, others: Given) -> Given {
        Given {
            query_seconds: self.query_seconds,
            queries_at_once: self.queries_at_once,
            queries_per_client: self.queries_per_client,
            workers: self.workers,
            query_megabytes: self.query_megabytes,
            answer_megabytes: self.answer_megabytes,
            answer_cache_megabytes: self.answer_cache_megabytes,
            slow_query_seconds: self.slow_query_seconds,
            trusted_proxy: self.trusted_proxy,
            ..others
        }
    }
}
