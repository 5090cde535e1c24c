//! The real binary: starting, writing beside a server, dying at any moment, refusing what is wrong.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
#![expect(clippy::print_stdout, reason = "what was skipped is for the reader of the run")]

mod backup;
mod binary;
mod clients;
mod crash;
mod disk;
mod disk_full;
mod dump;
mod dumps;
mod entrances;
mod federation;
mod hostile_queries;
mod killed;
mod list;
mod power;
mod queries;
mod race;
mod redirect;
mod sandbox;
mod start;
mod text_search;
mod token;
mod validate;
mod workers;
mod write;
