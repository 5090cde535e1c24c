//! HTTP: routes, content negotiation, protocols, problems.
//!
//! Everything here turns a request into a call of the catalogue or the graph, and what comes back
//! into an answer. No SPARQL text, no SQL and no HTML stand here. Start at [`router()`].

mod answer;
mod asked;
mod asset;
mod cache;
mod document;
mod encoding;
mod form;
mod home;
mod limits;
mod list;
mod negotiate;
mod problem;
mod query_threads;
mod representation;
mod resolve;
mod router;
mod serve;
mod sparql;
mod state;
mod stream;
mod vocabulary;
mod write;

pub use axum::Router;
pub use problem::{Problem, ProblemType};
pub use router::{router, scratch_router};
pub use serve::{BindError, bind, serve};
pub use state::{App, AppError, HttpSettings, QueryLimits};
