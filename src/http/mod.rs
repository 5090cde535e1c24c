//! HTTP: routes, content negotiation, protocols, problems.
//!
//! Everything here turns a request into a call of the catalogue or the graph, and what comes back
//! into an answer. No SPARQL text, no SQL and no HTML stand here. Start at [`router()`].
//!
//! | what | where |
//! |---|---|
//! | which address is whose, and what every request goes through | `router`, `limits`, `cors`, `state` |
//! | one file for the addresses of each thing | `home`, `document`, `history`, `list`, `suitability`, `desk`, `activities`, `vocabulary`, `resolve`, `sparql`, `stored_query`, `validation`, `problem`, `asset` |
//! | who writes, and how guessing is slowed | `author`, `attempts` |
//! | from a request for a document to its representation | `answer`, then `asked`, `negotiate`, `form`, `data`, `encoding`, `representation`, `cache` |
//! | what harvesters and crawlers ask | `changes`, `crawling`, `interfaces`, `oai` |
//! | protocols that write | `update`, `graph_store` |
//! | who may ask how much, what is kept of answers and told in the log | `queries` |
//! | an answer written while it is sent | `stream`, `query_threads` |
//! | listening and ending in order | `serve` |

mod activities;
mod answer;
mod answered;
mod asked;
mod asset;
mod attempts;
mod author;
mod body;
mod cache;
mod catalog;
mod changes;
mod cors;
mod crawling;
mod data;
mod desk;
mod document;
mod document_links;
mod dump;
mod encoding;
mod feed;
mod form;
mod graph_store;
mod history;
mod home;
mod interfaces;
mod limits;
mod list;
mod list_changes;
mod negotiate;
mod oai;
mod problem;
mod problem_type;
mod queries;
mod query_page;
mod query_threads;
mod rdf_text;
mod record;
mod representation;
mod resolve;
mod router;
mod serve;
mod service_description;
mod sparql;
mod state;
mod stored_query;
mod stream;
mod suitability;
mod unkept;
mod update;
mod validation;
mod validators;
mod violation;
mod vocabulary;
mod void;
mod web_link;

pub use axum::Router;
pub use problem::{Position, Problem, ProblemType};
pub use queries::{ProxyError, TrustedProxies};
pub use router::{router, scratch_router, writable_scratch_router};
pub use serve::{BindError, bind, serve};
pub use state::{App, AppError, HttpSettings, QueryLimits};
