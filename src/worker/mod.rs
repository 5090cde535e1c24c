//! Queries in processes of their own: what one of them takes, or breaks, is nobody else's.
//!
//! A [`Pool`] keeps worker processes that map the file of the graph, follow its steps and answer one query at a time over
//! a socket. One thread of the server looks after all that run, and kills what takes too long, takes too much memory
//! or is wanted by nobody any more. A worker that began shuts itself in first ([`sandbox`]): it has no files, no network and few system
//! calls, and asks the server for what a query wants of others. Start at [`Pool`] for the server's side and at [`work()`] for
//! the worker's.

mod apart;
mod asking;
mod frame;
mod keeper;
mod lane;
mod pool;
mod process;
mod protocol;
mod remote;
pub mod sandbox;
#[cfg(test)]
mod tests;
mod turns;
mod watch;
mod work;

pub use asking::AsyncReceiver;
pub use pool::{Pool, PoolSettings};
pub use work::{WorkError, work};
