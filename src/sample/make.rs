//! What a sample is to hold, and the walk over its towns.

use super::code_list;
use super::full::write_full;
use super::offer::{Offer, write_link};
use super::place::Town;
use super::sequence::SplitMix64;
use super::writer::Triples;
use std::io::{self, BufWriter, Write};

/// How many services each town offers. Municipalities offer between 200 and 300.
pub const OFFERS_PER_TOWN: u32 = 250;

/// Bytes gathered before they go to the writer: large enough that calls to the system do not count.
const BUFFER: usize = 1 << 18;

/// What to make.
#[derive(Debug, Clone)]
pub struct Sample {
    /// The number of towns.
    pub municipalities: u32,
    /// How much an offer says.
    pub detail: Detail,
    /// The base IRI of the data, with a slash at its end.
    pub base: String,
    /// The numbers of the service types at which offers point, in ascending order. Where there are
    /// fewer than a town has offers, several offers of a town share a service type.
    pub service_types: Vec<u32>,
}

/// How much an offer says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// Six triples: what CPSV-AP 3.2.0 demands, and the service type.
    Link,
    /// A whole description, between 60 and 100 triples.
    Full,
}

/// What was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// The number of towns.
    pub municipalities: u64,
    /// The number of offers.
    pub offers: u64,
    /// The number of triples, with those of towns and code lists.
    pub triples: u64,
    /// The number of offers that break the shapes, each in one place.
    pub seeded_errors: u64,
}

/// Why a sample cannot be made. [`Sample::write`] wraps it in an [`io::Error`] of the kind
/// [`InvalidInput`](io::ErrorKind::InvalidInput).
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnusableSample {
    /// Offers would point at nothing.
    #[error("a sample has no service types to offer; load a list first or name their numbers")]
    NoServiceTypes,
    /// IRIs made from the base would be relative, run into each other, or break the syntax.
    #[error(
        "the base IRI {base:?} of a sample cannot begin the IRIs of its data; give an absolute IRI that ends with a slash, such as http://localhost:7878/"
    )]
    Base {
        /// The base IRI as it was given.
        base: String,
    },
}

impl Sample {
    /// Writes the sample as N-Triples, in UTF-8.
    ///
    /// The writer is buffered here and flushed at the end.
    ///
    /// # Errors
    /// [`UnusableSample`] before anything is written, and whatever the writer returns.
    pub fn write(&self, out: &mut impl Write) -> io::Result<Written> {
        self.check().map_err(|unusable| io::Error::new(io::ErrorKind::InvalidInput, unusable))?;
        let mut triples = Triples::to(BufWriter::with_capacity(BUFFER, out));
        let mut written = Written { municipalities: 0, offers: 0, triples: 0, seeded_errors: 0 };
        code_list::write(self, &mut triples)?;
        for number in 1..=self.municipalities {
            let town = Town::numbered(number, &self.base);
            town.write(&mut triples)?;
            self.write_offers(&town, &mut triples, &mut written)?;
            written.municipalities += 1;
        }
        written.triples = triples.finish()?;
        Ok(written)
    }

    fn check(&self) -> Result<(), UnusableSample> {
        if self.service_types.is_empty() {
            return Err(UnusableSample::NoServiceTypes);
        }
        if !begins_iris(&self.base) {
            let base = self.base.clone();
            return Err(UnusableSample::Base { base });
        }
        Ok(())
    }

    fn write_offers<W: Write>(&self, town: &Town, out: &mut Triples<W>, written: &mut Written) -> io::Result<()> {
        for service_type in self.offered_in(town) {
            let mut offer = Offer::at(written.offers, town, &self.base, service_type);
            match self.detail {
                Detail::Link => write_link(&offer, out)?,
                Detail::Full => {
                    write_full(&mut offer, out)?;
                    written.seeded_errors += u64::from(offer.error.is_some());
                }
            }
            written.offers += 1;
        }
        Ok(())
    }

    /// The service types that a town offers: drawn without repetition, then from the start again
    /// where there are too few.
    fn offered_in(&self, town: &Town) -> impl Iterator<Item = u32> + use<> {
        let mut draws = SplitMix64::seeded(u64::from(town.number()));
        let mut drawn = self.service_types.clone();
        let offers = usize::try_from(OFFERS_PER_TOWN).unwrap_or(usize::MAX);
        let length = drawn.len();
        for position in 0..length.min(offers) {
            let chosen = position + draws.position(length - position);
            drawn.swap(position, chosen);
        }
        drawn.into_iter().cycle().take(offers)
    }
}

/// Whether IRIs can be made by appending to this text: absolute, ending with a slash, without a
/// query or fragment, and without the characters that
/// [N-Triples](https://www.w3.org/TR/n-triples/#grammar-production-IRIREF) keeps out of IRIs.
fn begins_iris(base: &str) -> bool {
    let absolute = base.split_once("://").is_some_and(|(scheme, rest)| is_scheme(scheme) && !rest.starts_with('/'));
    let forbidden = |character: char| character <= ' ' || "<>\"{}|^`\\?#".contains(character);
    absolute && base.ends_with('/') && !base.contains(forbidden)
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.chars().all(|character| character.is_ascii_alphanumeric() || "+-.".contains(character))
}

#[cfg(test)]
mod tests {
    use super::{Detail, Sample, UnusableSample, Written};
    use std::collections::BTreeSet;
    use std::io::ErrorKind;

    fn sample(municipalities: u32, detail: Detail) -> Sample {
        Sample { municipalities, detail, base: "https://data.example/".to_owned(), service_types: (1..=400).collect() }
    }

    fn made(sample: &Sample) -> (String, Written) {
        let mut out = Vec::new();
        let written = sample.write(&mut out).unwrap();
        (String::from_utf8(out).unwrap(), written)
    }

    fn refusal(sample: &Sample) -> UnusableSample {
        let mut out = Vec::new();
        let error = sample.write(&mut out).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
        assert!(out.is_empty());
        *error.into_inner().unwrap().downcast().unwrap()
    }

    /// The references of all public services that are subjects.
    fn references(text: &str) -> BTreeSet<&str> {
        text.lines()
            .filter_map(|line| line.strip_prefix("<https://data.example/id/public-service/"))
            .filter_map(|rest| rest.split(['#', '>']).next())
            .collect()
    }

    #[test]
    fn the_same_request_gives_the_same_bytes() {
        for detail in [Detail::Link, Detail::Full] {
            assert!(made(&sample(3, detail)) == made(&sample(3, detail)));
        }
    }

    #[test]
    fn a_sample_of_fewer_towns_is_a_prefix_of_a_larger_one() {
        for detail in [Detail::Link, Detail::Full] {
            let (larger, _) = made(&sample(5, detail));
            let (smaller, _) = made(&sample(3, detail));
            assert!(larger.starts_with(&smaller));
        }
    }

    #[test]
    fn every_reference_is_one_that_addresses_allow_and_no_two_are_the_same() {
        let (text, written) = made(&sample(8, Detail::Full));
        let references = references(&text);
        for reference in &references {
            let mut characters = reference.chars();
            assert!(characters.next().unwrap().is_ascii_alphanumeric());
            assert!(characters.all(|next| next.is_ascii_alphanumeric() || "._-".contains(next)));
            assert!(reference.len() <= 64);
        }
        assert_eq!(references.len(), 2_000);
        assert_eq!(written.offers, 2_000);
    }

    #[test]
    fn a_link_has_six_triples() {
        let (text, _) = made(&sample(1, Detail::Link));
        for reference in references(&text) {
            let about = text.lines().filter(|line| {
                let (subject, _) = line.split_once("> ").unwrap();
                subject.ends_with(&format!("/{reference}"))
            });
            assert_eq!(about.count(), 6);
        }
    }

    #[test]
    fn what_is_counted_is_what_is_written() {
        for detail in [Detail::Link, Detail::Full] {
            let (text, written) = made(&sample(2, detail));
            let lines: Vec<&str> = text.lines().collect();
            let distinct: BTreeSet<&str> = lines.iter().copied().collect();
            assert_eq!(written.triples, u64::try_from(lines.len()).unwrap());
            assert_eq!(lines.len(), distinct.len());
            assert_eq!(written.municipalities, 2);
            assert_eq!(written.seeded_errors, 0);
        }
    }

    #[test]
    fn a_town_offers_a_service_type_once_where_there_are_enough() {
        let (text, _) = made(&sample(1, Detail::Link));
        let offered: BTreeSet<&str> = text
            .lines()
            .filter_map(|line| line.split_once("def#serviceType> "))
            .map(|(_, service_type)| service_type)
            .collect();
        assert_eq!(offered.len(), 250);
    }

    #[test]
    fn towns_offer_service_types_again_where_there_are_too_few() {
        let mut few = sample(1, Detail::Link);
        few.service_types = vec![7, 1_512];
        let (text, written) = made(&few);
        assert_eq!(written.offers, 250);
        assert_eq!(text.matches("/id/service-type/7>").count(), 125);
        assert_eq!(text.matches("/id/service-type/1512>").count(), 125);
    }

    #[test]
    fn a_sample_without_service_types_is_refused() {
        let mut empty = sample(1, Detail::Link);
        empty.service_types.clear();
        assert_eq!(refusal(&empty), UnusableSample::NoServiceTypes);
    }

    #[test]
    fn a_base_that_cannot_begin_iris_is_refused() {
        for base in [
            "",
            "/",
            "data.example/",
            "https://data.example",
            "https:///",
            "https://a b/",
            "https://a>/",
            "https://a/#/",
            "https://a/?/",
            "://a/",
        ] {
            let mut wrong = sample(1, Detail::Link);
            wrong.base = base.to_owned();
            let base = base.to_owned();
            assert_eq!(refusal(&wrong), UnusableSample::Base { base });
        }
    }
}
