//! The server as its clients see it, without a socket: one module for each file of routes.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

#[path = "../support/endpoint.rs"]
mod endpoint;
#[path = "../support/isomorphism.rs"]
mod isomorphism;
#[path = "../support/register.rs"]
mod register;
#[path = "../support/town.rs"]
mod town;

mod atom;
mod cache;
mod catalog;
mod changes;
mod crawling;
mod desk;
mod document;
mod dump;
mod feed;
mod forms;
mod graph_store;
mod history;
mod linkset;
mod list;
mod matrix;
mod oai;
mod problem;
mod query_formats;
mod query_limits;
mod query_page;
mod record;
mod resolve;
mod said;
mod scratch;
mod server;
mod service;
mod service_description;
mod sparql;
mod stored_query;
mod suitability;
mod test_bed;
mod text_search;
mod token;
mod update;
mod validation;
