//! A register with the list and offers of six triples, and how one of them is changed.

use anyhow::{Result, ensure};
use eu_service_list::catalogue::{
    Author, Batch, Catalogue, Changes, Edit, EditError, Operation, Precondition, RecordChange, Said, Submission, Target,
};
use eu_service_list::list::shipped;
use eu_service_list::rdf::Content;

pub(crate) const BASE: &str = "http://localhost:7878/";
/// How many write at once, where many do.
pub(crate) const WRITERS: u64 = 16;
/// Records in one submission.
const AT_ONCE: u64 = 50_000;

/// Fills a new register with the list and so many offers.
pub(crate) fn fill(catalogue: &Catalogue, offers: u64) -> Result<()> {
    submit(catalogue, shipped(catalogue.base())?)?;
    for first in (0..offers).step_by(usize::try_from(AT_ONCE)?) {
        let said = |number| {
            Ok(Said { record: iri(number), content: offer(number, 0, true)?, place: "the benchmark".to_owned() })
        };
        let said = (first..offers.min(first + AT_ONCE)).map(said).collect::<Result<_>>()?;
        let batch = Batch { source: "http://a.example/offers".to_owned(), said, ..Batch::default() };
        submit(catalogue, Submission { base: BASE.to_owned(), batches: vec![batch], ..Submission::default() })?;
    }
    Ok(())
}

fn submit(catalogue: &Catalogue, submission: Submission) -> Result<()> {
    let outcome = catalogue.submit(submission)?;
    ensure!(outcome.rejected.is_empty(), "{:?}", outcome.rejected.first());
    Ok(())
}

/// The IRI of an offer.
pub(crate) fn iri(number: u64) -> String {
    format!("{BASE}id/public-service/town-{number}")
}

/// What an offer says after so many changes: a mere link, six triples. Without its identifier it breaks the shapes.
pub(crate) fn offer(number: u64, round: u64, conforms: bool) -> Result<Content> {
    let iri = iri(number);
    let identifier = format!("<{iri}> <http://purl.org/dc/terms/identifier> \"{number}\" .\n");
    let identifier = if conforms { identifier } else { String::new() };
    Ok(Content::parse(&format!(
        "<{iri}> <http://data.europa.eu/m8g/hasCompetentAuthority> <{BASE}id/organisation/kortrijk> .\n\
         <{iri}> <http://purl.org/dc/terms/description> \"What the town does, offer {number}.\"@en .\n\
         {identifier}<{iri}> <http://purl.org/dc/terms/title> \"Offer {number}, change {round}\"@en .\n\
         <{iri}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://purl.org/vocab/cpsv#PublicService> .\n\
         <{iri}> <https://w3id.org/eu-service-list/def#serviceType> <{BASE}id/service-type/1512> .\n"
    ))?)
}

/// Changes an offer.
pub(crate) fn write(catalogue: &Catalogue, number: u64, round: u64, conforms: bool) -> Result<(), EditError> {
    let malformed = |error: &dyn std::fmt::Display| EditError::Malformed(error.to_string());
    let iri = iri(number);
    let name = catalogue.base().record_of(&iri).ok_or_else(|| EditError::Unknown(iri))?;
    let change = RecordChange {
        target: Target::Record(name),
        precondition: Precondition::Present,
        operation: Operation::Replace(offer(number, round, conforms).map_err(|error| malformed(&error))?),
    };
    let changes = Changes::Of(vec![change]);
    let author = Author::operator("the benchmark");
    catalogue.edit(Edit { author, activity: "PUT".to_owned(), reason: None, key: None, changes }).map(drop)
}
