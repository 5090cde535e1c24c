//! A whole RDF data set as one immutable, interned, sorted graph in memory.
//!
//! A [`Builder`] reads files of any RDF syntax, or takes single triples, and ends as a
//! [`Snapshot`]. Every term is stored once, as a number ([`TermId`]) with its text; every triple
//! is three such numbers. All questions to a snapshot are ranges of sorted triples, so what runs
//! on it compares numbers and reads the text of a term only when it needs it.
//!
//! Terms are kept exactly as written: the lexical form of a literal is never changed, and the
//! language tag is in lower case as everywhere in this product.
//!
//! N-Triples, the form of big inputs, is read on several cores and mostly without a parser
//! (`lines`); what is accepted, and what is said of a text that is not, is the parser's own.

mod blocks;
mod builder;
mod dictionary;
mod error;
mod lines;
mod matching;
mod order;
mod plain;
mod store;
mod tag;

pub use builder::Builder;
pub use dictionary::TermId;
pub use error::SnapshotError;
pub use matching::Matching;
pub use store::Snapshot;

#[cfg(test)]
mod tests;
