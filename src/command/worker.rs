//! `eusl worker`: what `eusl serve` starts to evaluate queries.

use super::Ending;
use crate::worker;
use anyhow::Result;

pub(super) fn run() -> Result<Ending> {
    worker::work()?;
    Ok(Ending::Done)
}
