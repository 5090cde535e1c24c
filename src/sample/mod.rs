//! A made-up data set of any size, for benchmarks: towns, and the public services that they offer.
//!
//! The same request gives the same bytes on every machine, and a sample of fewer towns is a prefix
//! of a larger one. The output is N-Triples. Every town offers [`OFFERS_PER_TOWN`] services, each
//! pointing at one service type of the list.
//!
//! * With [`Detail::Link`] an offer is six triples: its type, identifier, title, description,
//!   competent authority and service type. CPSV-AP 3.2.0 demands the first five of every public
//!   service and the sixth is what the list is for, so a link to the town's own page has no room.
//! * With [`Detail::Full`] an offer has between 60 and 100 triples in two or three languages, with
//!   channels, cost, output, evidence, rule and legal resource as parts under its own IRI. One in a
//!   thousand offers breaks the CPSV-AP 3.2.0 shapes in exactly one place ([`SeededError`]), so that
//!   a validator's count can be checked.
//!
//! What the shapes want typed is typed by stubs at the head of the output: code-list entries of the
//! EU and of the list itself, service types among them, say no more there than their class.
//!
//! Specification: [CPSV-AP 3.2.0](https://semiceu.github.io/CPSV-AP/releases/3.2.0/).

mod code_list;
mod full;
mod make;
mod offer;
mod part;
mod phrase;
mod place;
mod seeded_error;
mod sequence;
mod terms;
mod wording;
mod writer;

pub use make::{Detail, OFFERS_PER_TOWN, Sample, UnusableSample, Written};
pub use seeded_error::SeededError;
