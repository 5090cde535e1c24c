//! What differential tests share: small random data, random queries over them, and what spareval answers, so that a query
//! which was changed, or data that are kept in another way, can be held against the query and the data themselves.

mod answers;
mod queries;
mod tests;

pub(in crate::graph) use answers::{Planner, dataset, evaluated, solutions, sorted_text, text};
pub(in crate::graph) use queries::{
    brief_query, condition, counting_query, group, ordered_query, quads, quads_with_blank_nodes, triples, variable,
};
