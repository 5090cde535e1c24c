//! A public service that a town offers, and its shortest form: a link to its service type.

use super::code_list::service_type_iri;
use super::phrase::SUMMARY;
use super::place::Town;
use super::seeded_error::SeededError;
use super::sequence::SplitMix64;
use super::terms::class::CPSV_PUBLIC_SERVICE;
use super::terms::property::{
    CV_HAS_COMPETENT_AUTHORITY, DCT_DESCRIPTION, DCT_IDENTIFIER, DCT_TITLE, EUSL_SERVICE_TYPE,
};
use super::wording::{Language, ServiceWording};
use super::writer::Triples;
use std::io::{self, Write};

/// A public service of a town.
pub struct Offer<'t> {
    /// Who offers it.
    pub town: &'t Town,
    /// The base IRI of the data.
    pub base: &'t str,
    /// Its opaque reference, which is its identifier too.
    pub reference: String,
    /// Its IRI.
    pub iri: String,
    /// The IRI of its service type.
    pub service_type: String,
    /// The words for its service type.
    pub wording: ServiceWording,
    /// What is wrong with it, if it is described in full.
    pub error: Option<SeededError>,
    /// The choices that make it differ from other offers.
    pub draws: SplitMix64,
}

impl<'t> Offer<'t> {
    /// The offer at a position in the whole sample, counted from zero.
    pub fn at(position: u64, town: &'t Town, base: &'t str, service_type: u32) -> Self {
        let mut draws = SplitMix64::seeded(position);
        let reference = format!("{:016x}", draws.draw());
        Self {
            town,
            base,
            iri: format!("{base}id/public-service/{reference}"),
            reference,
            service_type: service_type_iri(base, service_type),
            wording: ServiceWording::of(service_type),
            error: SeededError::of_offer(position),
            draws,
        }
    }

    /// The languages in which it is described.
    pub fn languages(&self) -> &'static [Language] {
        self.town.country.languages()
    }

    /// Whether it has this fault.
    pub fn has(&self, error: SeededError) -> bool {
        self.error == Some(error)
    }

    /// The IRI of a part of it.
    pub fn part(&self, name: &str) -> String {
        format!("{}#{name}", self.iri)
    }
}

/// Writes an offer as six triples, in the town's foremost language.
pub fn write_link<W: Write>(offer: &Offer<'_>, out: &mut Triples<W>) -> io::Result<()> {
    let language = offer.town.country.foremost_language();
    let title = offer.wording.title(language);
    let summary = SUMMARY.filled(language, &title);
    out.about(&offer.iri)
        .is_a(CPSV_PUBLIC_SERVICE)?
        .plain(DCT_IDENTIFIER, &offer.reference)?
        .tagged(DCT_TITLE, &title, language.tag())?
        .tagged(DCT_DESCRIPTION, &summary, language.tag())?
        .iri(CV_HAS_COMPETENT_AUTHORITY, &offer.town.organisation)?
        .iri(EUSL_SERVICE_TYPE, &offer.service_type)?;
    Ok(())
}
