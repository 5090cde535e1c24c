//! When the datasets last changed.

use super::dataset::Dataset;
use super::open::CatalogueError;
use super::present::Present;
use crate::register::Revision;
use crate::vocab::cv;

/// How far the feed is looked back for the last change of each dataset.
const DEPTH: u32 = 10_000;

/// The last commits that changed the three datasets that everything is in.
#[derive(Clone, Debug)]
pub struct LastChanges([Revision; 3]);

impl LastChanges {
    /// Of one of the three; of a country or an organisation that of all public services.
    pub fn of(&self, dataset: &Dataset) -> &Revision {
        let [services, suitability, public_services] = &self.0;
        match dataset {
            Dataset::Services => services,
            Dataset::Suitability => suitability,
            Dataset::PublicServices | Dataset::Country(_) | Dataset::Organisation(_) => public_services,
        }
    }
}

impl Present<'_> {
    /// The last commits that changed the three datasets. One that changed before the last 10,000 entries of the feed did
    /// is told to have changed with the first of these: later than it was, and never earlier.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn last_changes(&self) -> Result<LastChanges, CatalogueError> {
        let kinds = self.snapshot.last_changes(DEPTH)?;
        let end = self.feed_end()?;
        let bound = self.committed(end.saturating_sub(u64::from(DEPTH)).max(1))?;
        let bound = bound.unwrap_or_else(|| self.last_commit().clone());
        Ok(LastChanges(Dataset::WHOLE.map(|dataset| {
            let of_dataset = kinds.iter().filter(|(kind, _)| Dataset::of_kind(kind) == dataset);
            let last = of_dataset.map(|(_, revision)| revision).max_by_key(|revision| revision.number);
            last.unwrap_or(&bound).clone()
        })))
    }

    /// The last commit that changed what an organisation has: itself, or what it offers.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn last_change_of(&self, organisation: &str) -> Result<Option<Revision>, CatalogueError> {
        Ok(self.snapshot.last_change_around(organisation, cv::HAS_COMPETENT_AUTHORITY.as_str())?)
    }

    /// How many records match something elsewhere whose IRI begins with `space`, which ends with `/`.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn count_exact_matches(&self, space: &str) -> Result<u64, CatalogueError> {
        Ok(self.snapshot.count_links_into(space, crate::vocab::skos::EXACT_MATCH.as_str())?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{Base, Catalogue};
    use crate::rdf::read_turtle;
    use crate::register::{Change, Commit, Location, Touched};

    const BASE: &str = "http://example.eu/";

    /// Commits records past the gate: what each says, by kind and reference; and notes, as the writer does, the
    /// organisation that one of them no longer points at.
    fn commit(catalogue: &Catalogue, records: &[(&str, &str, &str)], unlinked: Option<&str>) {
        let change = |(kind, reference, says): &(&str, &str, &str)| {
            let iri = format!("{BASE}id/{kind}/{reference}");
            let turtle = format!(
                "@prefix cv: <http://data.europa.eu/m8g/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> . <{iri}> {says} ."
            );
            let content = read_turtle(turtle.as_bytes(), BASE).unwrap().into_iter().collect();
            Change { iri, kind: (*kind).to_owned(), number: None, content }
        };
        let touched = unlinked.map(|reference| format!("{BASE}id/organisation/{reference}")).into_iter().collect();
        let touched = Touched::Documents(touched);
        catalogue
            .register
            .commit(&Commit { changes: records.iter().map(change).collect(), touched, ..Commit::default() })
            .unwrap();
    }

    #[test]
    fn a_dataset_changed_when_something_in_it_was_written_or_withdrawn_and_no_other_did() {
        let catalogue = Catalogue::open(&Location::Memory, &Base::parse(BASE).unwrap()).unwrap();
        let of =
            |organisation: &str| format!("skos:note \"x\" ; cv:hasCompetentAuthority <id/organisation/{organisation}>");
        let changed = || {
            let present = catalogue.present().unwrap();
            let organisation = |name: &str| present.last_change_of(&format!("{BASE}id/organisation/{name}")).unwrap();
            let whole = present.last_changes().unwrap();
            (
                [organisation("a"), organisation("b")].map(|change| change.unwrap().number),
                Dataset::WHOLE.map(|dataset| whole.of(&dataset).number),
            )
        };
        commit(
            &catalogue,
            &[
                ("organisation", "a", "skos:note \"a\""),
                ("organisation", "b", "skos:note \"b\""),
                ("public-service", "1", &of("a")),
                ("public-service", "2", &of("b")),
                ("service-type", "1", "skos:note \"1\""),
            ],
            None,
        );
        assert_eq!(changed(), ([1, 1], [1, 1, 1]));
        commit(&catalogue, &[("public-service", "1", &format!("{} ; skos:note \"new\"", of("a")))], None);
        assert_eq!(changed(), ([2, 1], [1, 1, 2]));
        // What is withdrawn says no more whose it was.
        commit(&catalogue, &[("public-service", "1", "skos:note \"gone\"")], Some("a"));
        assert_eq!(changed(), ([3, 1], [1, 1, 3]));
        commit(&catalogue, &[("assessment", "1-editors", "skos:note \"fine\"")], None);
        assert_eq!(changed(), ([3, 1], [1, 4, 3]));
    }

    #[test]
    fn matches_are_counted_by_what_their_iris_begin_with() {
        let catalogue = Catalogue::open(&Location::Memory, &Base::parse(BASE).unwrap()).unwrap();
        let says = "skos:exactMatch <http://a.example/1>, <http://a.example/2>, <http://a.example.org/1> ; skos:broader <http://a.example/3>";
        commit(&catalogue, &[("service-type", "1", says)], None);
        let present = catalogue.present().unwrap();
        assert_eq!(present.count_exact_matches("http://a.example/").unwrap(), 2);
        assert_eq!(present.count_exact_matches("http://b.example/").unwrap(), 0);
    }
}
