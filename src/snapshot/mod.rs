//! A whole RDF data set as one immutable, interned, sorted graph, in memory or in a file that processes map.
//!
//! A [`Builder`] reads files of any RDF syntax, or takes single triples, and ends as a
//! [`Snapshot`]. Every term is stored once, as a number ([`TermId`]) with its text; every triple
//! is three such numbers. All questions to a snapshot are ranges of sorted triples, so what runs
//! on it compares numbers and reads the text of a term only when it needs it.
//!
//! Terms are kept exactly as written: the lexical form of a literal is never changed, and the
//! language tag is in lower case as everywhere in this product.
//!
//! A snapshot can be written to a file and opened from one ([`Snapshot::write`], [`Snapshot::open`]), where it answers
//! as in memory; what was removed and added since is merged into another file ([`Snapshot::write_with`]).
//!
//! N-Triples, the form of big inputs, is read on several cores and mostly without a parser
//! (`lines`); what is accepted, and what is said of a text that is not, is the parser's own.

mod array;
mod blocks;
mod builder;
mod dictionary;
mod error;
mod file;
mod lines;
mod map;
mod matching;
mod order;
mod plain;
mod store;
mod table;
mod tag;
mod terms;

pub use builder::Builder;
pub use dictionary::TermId;
pub use error::SnapshotError;
pub use file::{Patch, SnapshotFileError, Stamp};
pub use matching::Matching;
pub use order::Permutation;
pub use store::Snapshot;

#[cfg(test)]
mod tests;
