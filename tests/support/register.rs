//! A register in memory with the shipped list, for suites that need one.

use eu_service_list::catalogue::{Base, Catalogue};
use eu_service_list::list::shipped;
use eu_service_list::register::Location;
use std::sync::Arc;

/// The base of every test's data.
pub(crate) const BASE: &str = "http://lists.example.eu/";

/// A register in memory with the shipped list.
pub(crate) fn catalogue() -> Arc<Catalogue> {
    catalogue_at(&Location::Memory)
}

/// A register with the shipped list.
pub(crate) fn catalogue_at(location: &Location) -> Arc<Catalogue> {
    let base = Base::parse(BASE).unwrap();
    let catalogue = Catalogue::open(location, &base).unwrap();
    catalogue.submit(shipped(&base).unwrap()).unwrap();
    Arc::new(catalogue)
}
