//! The real binary: starting, writing beside a server, dying at any moment, refusing what is wrong.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod backup;
mod binary;
mod crash;
mod dump;
mod hostile_queries;
mod list;
mod redirect;
mod start;
mod token;
mod validate;
mod write;
