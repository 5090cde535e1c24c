//! The feed as a Linked Data Event Stream (<https://w3id.org/ldes/specification>) over a TREE
//! (<https://treecg.github.io/specification/>).
//!
//! A member is the activity that made a version: `as:Create`, `as:Update` or `as:Delete`, as DCAT-AP Feeds has them
//! (<https://semiceu.github.io/LDES-DCAT-AP-feeds/>). What the version says stands in the graph that the activity names.
//! No retention policy is told, which means that everything is kept.

mod node;
mod span;

pub use node::Node;
pub use span::Span;
