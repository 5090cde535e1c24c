//! The European Service List as linked data, from one binary.
//!
//! The layers, from the ground to the top; a layer uses those before it only
//! (`tests/architecture.rs` holds them to it, `docs/ARCHITECTURE.md` draws them):
//!
//! | layer | what it is |
//! |---|---|
//! | [`vocab`] | IRIs of the vocabularies, as constants |
//! | [`rdf`] | content in canonical order, syntaxes, fragment names, choice of a language |
//! | [`sparql`] | queries before they are evaluated: their algebra, their bounds |
//! | [`snapshot`] | a whole data set, interned, sorted, immutable |
//! | [`shacl`] | shapes graph and data in, validation report out |
//! | [`profile`] | a document as other models see it: CPSV-AP, SKOS, schema.org |
//! | [`federation`] | queries to other endpoints, where the operator allows them |
//! | [`text_index`] | words to the literals of records that have them, ranked |
//! | [`graph`] | the published graph, and SPARQL over it |
//! | [`worker`] | queries in processes of their own, that can be killed |
//! | [`register`] | the journal and archive: records, versions, provenance, feed, releases |
//! | [`catalogue`] | the product's verbs over register and graph; the one writer |
//! | [`import`] | from the files of sources to submissions |
//! | [`list`] | the list that ships: its tables, its decision rules, its checks |
//! | [`sample`] | a deterministic data set for benchmarks |
//! | [`dump`] | everything that is published, as files made in the background |
//! | [`harvest`] | the catalogue as harvesters take it: DCAT-AP, event stream, OAI-PMH, Atom |
//! | [`pages`] | HTML from values |
//! | [`http`] | routes, negotiation, protocols, problems |
//! | [`config`] | settings, checked |
//! | [`command`] | the command line |

pub mod catalogue;
pub mod command;
pub mod config;
pub mod dump;
pub mod federation;
pub mod graph;
pub mod harvest;
pub mod http;
pub mod import;
pub mod list;
pub mod pages;
pub mod profile;
pub mod rdf;
pub mod register;
pub mod sample;
pub mod shacl;
pub mod snapshot;
pub mod sparql;
pub mod text_index;
pub mod vocab;
pub mod worker;
