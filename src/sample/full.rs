//! An offer described in full: what the public service says of itself, before its parts.
//!
//! Properties: [Public Service in CPSV-AP 3.2.0](https://semiceu.github.io/CPSV-AP/releases/3.2.0/#PublicService).

use super::code_list::{MAIN_ACTIVITY, STATUSES, event_iri, language_iri, sector_iri, theme_iri};
use super::offer::Offer;
use super::part::write_parts;
use super::phrase::{DETAILS, EVENTS, SUMMARY};
use super::seeded_error::SeededError;
use super::terms::class::CPSV_PUBLIC_SERVICE;
use super::terms::datatype::XSD_DURATION;
use super::terms::property::{
    ADMS_STATUS, CV_CONTACT_POINT, CV_HAS_COMPETENT_AUTHORITY, CV_IS_CLASSIFIED_BY, CV_IS_GROUPED_BY,
    CV_PROCESSING_TIME, CV_SECTOR, CV_THEMATIC_AREA, DCAT_KEYWORD, DCT_DESCRIPTION, DCT_IDENTIFIER, DCT_LANGUAGE,
    DCT_SPATIAL, DCT_TITLE, DCT_TYPE, EUSL_SERVICE_TYPE, FOAF_PAGE,
};
use super::writer::Triples;
use std::io::{self, Write};

/// A language that no code list has, in the domain kept for examples.
const UNDESCRIBED_LANGUAGE: &str = "https://undescribed.example/language";

/// Writes an offer with all its parts, and with its fault where it has one.
pub fn write_full<W: Write>(offer: &mut Offer<'_>, out: &mut Triples<W>) -> io::Result<()> {
    write_identity(offer, out)?;
    write_texts(offer, out)?;
    write_classification(offer, out)?;
    write_course(offer, out)?;
    write_parts(offer, out)
}

fn write_identity<W: Write>(offer: &Offer<'_>, out: &mut Triples<W>) -> io::Result<()> {
    let mut service = out.about(&offer.iri);
    service.is_a(CPSV_PUBLIC_SERVICE)?;
    if !offer.has(SeededError::MissingIdentifier) {
        service.plain(DCT_IDENTIFIER, &offer.reference)?;
    }
    if offer.has(SeededError::SecondIdentifier) {
        service.plain(DCT_IDENTIFIER, &format!("{}-again", offer.reference))?;
    }
    if !offer.has(SeededError::MissingAuthority) {
        service.iri(CV_HAS_COMPETENT_AUTHORITY, &offer.town.organisation)?;
    }
    let page = format!("service/{}", offer.reference);
    service
        .iri(EUSL_SERVICE_TYPE, &offer.service_type)?
        .iri(CV_IS_CLASSIFIED_BY, &offer.service_type)?
        .iri(FOAF_PAGE, &offer.town.page(&page))?;
    Ok(())
}

fn write_texts<W: Write>(offer: &Offer<'_>, out: &mut Triples<W>) -> io::Result<()> {
    let mut service = out.about(&offer.iri);
    for language in offer.languages() {
        let (language, tag) = (*language, language.tag());
        let title = offer.wording.title(language);
        let summary = SUMMARY.filled(language, &title);
        let details = DETAILS.filled(language, &offer.town.name(language));
        service
            .tagged(DCT_TITLE, &title, tag)?
            .tagged(DCT_DESCRIPTION, &format!("{summary}\n\n{details}"), tag)?
            .tagged(DCAT_KEYWORD, offer.wording.subject(language), tag)?
            .tagged(DCAT_KEYWORD, offer.wording.act(language), tag)?
            .iri(DCT_LANGUAGE, &language_iri(language))?;
    }
    if offer.has(SeededError::UntaggedTitle) {
        service.plain(DCT_TITLE, &offer.reference)?;
    }
    if offer.has(SeededError::UndescribedLanguage) {
        service.iri(DCT_LANGUAGE, UNDESCRIBED_LANGUAGE)?;
    }
    Ok(())
}

fn write_classification<W: Write>(offer: &mut Offer<'_>, out: &mut Triples<W>) -> io::Result<()> {
    let (event, _) = offer.draws.pick(&EVENTS);
    out.about(&offer.iri)
        .iri(DCT_TYPE, MAIN_ACTIVITY)?
        .iri(CV_THEMATIC_AREA, &theme_iri(offer.wording.theme()))?
        .iri(CV_SECTOR, &sector_iri(offer.wording.sector()))?
        .iri(CV_IS_GROUPED_BY, &event_iri(offer.base, event))?
        .iri(DCT_SPATIAL, &offer.town.area)?;
    Ok(())
}

/// How far the offer stands, how long it takes, and whom to ask.
fn write_course<W: Write>(offer: &mut Offer<'_>, out: &mut Triples<W>) -> io::Result<()> {
    let status = draw_status(offer);
    let days = 1 + offer.draws.below(60);
    let mut service = out.about(&offer.iri);
    service.iri(ADMS_STATUS, status)?.iri(CV_CONTACT_POINT, &offer.town.contact_point)?;
    if offer.has(SeededError::SecondStatus) {
        service.iri(ADMS_STATUS, other_status(status))?;
    }
    if offer.has(SeededError::WordyProcessingTime) {
        service.plain(CV_PROCESSING_TIME, &format!("{days} days"))?;
    } else {
        service.typed(CV_PROCESSING_TIME, &format!("P{days}D"), XSD_DURATION)?;
    }
    Ok(())
}

/// Nine in ten offers are complete, as in a catalogue that is looked after.
fn draw_status(offer: &mut Offer<'_>) -> &'static str {
    let [complete, ..] = STATUSES;
    if offer.draws.below(10) > 0 {
        return complete;
    }
    offer.draws.pick(&STATUSES)
}

fn other_status(status: &str) -> &'static str {
    let [complete, under_development, ..] = STATUSES;
    if status == complete { under_development } else { complete }
}

#[cfg(test)]
mod tests {
    use super::super::{Detail, Sample, SeededError, Written};
    use std::collections::{BTreeMap, BTreeSet};

    /// What stands under the IRI of each offer, a line for each triple.
    type Offers = BTreeMap<String, Vec<String>>;

    const DCT: &str = "http://purl.org/dc/terms/";
    const CV: &str = "http://data.europa.eu/m8g/";

    fn described(municipalities: u32) -> (Offers, Written) {
        let sample = Sample {
            municipalities,
            detail: Detail::Full,
            base: "https://data.example/".to_owned(),
            service_types: (1..=300).collect(),
        };
        let mut out = Vec::new();
        let written = sample.write(&mut out).unwrap();
        let mut offers = Offers::new();
        for line in String::from_utf8(out).unwrap().lines() {
            if let Some(rest) = line.strip_prefix("<https://data.example/id/public-service/") {
                let (reference, _) = rest.split_once(['#', '>']).unwrap();
                let lines = offers.entry(reference.to_owned()).or_default();
                lines.push(rest.strip_prefix(reference).unwrap().to_owned());
            }
        }
        (offers, written)
    }

    /// The faults of one offer, as a reader of its text finds them.
    fn faults(lines: &[String]) -> Vec<SeededError> {
        // A graph holds a triple once, however often it is written.
        let lines: BTreeSet<&String> = lines.iter().collect();
        let with = |start: String, end: &str| {
            lines.iter().filter(|line| line.starts_with(&start) && line.ends_with(end)).count()
        };
        let identifiers = with(format!("> <{DCT}identifier> "), " .");
        let channels = with(format!("> <{CV}hasChannel> "), " .");
        let typed_channels = lines.iter().filter(|line| line.ends_with(&format!("#type> <{CV}Channel> ."))).count();
        let found = [
            (identifiers == 0, SeededError::MissingIdentifier),
            (identifiers == 2, SeededError::SecondIdentifier),
            (with(format!("> <{DCT}title> "), "\" .") == 1, SeededError::UntaggedTitle),
            (with(format!("> <{CV}hasCompetentAuthority> "), " .") == 0, SeededError::MissingAuthority),
            (channels != typed_channels, SeededError::UntypedChannel),
            (with(format!("#cost> <{CV}hasValue> "), "#double> .") == 0, SeededError::DecimalCost),
            (with(format!("> <{CV}processingTime> "), "#duration> .") == 0, SeededError::WordyProcessingTime),
            (with(format!("#output> <{DCT}title> "), " .") == 0, SeededError::UntitledOutput),
            (with("> <http://www.w3.org/ns/adms#status> ".to_owned(), " .") == 2, SeededError::SecondStatus),
            (with(format!("> <{DCT}language> <https://undescribed."), " .") == 1, SeededError::UndescribedLanguage),
        ];
        let present = found.into_iter().filter(|(present, _)| *present);
        present.map(|(_, fault)| fault).collect()
    }

    #[test]
    fn the_count_of_seeded_errors_is_that_of_the_faults_in_the_text() {
        // Ten thousand offers are one turn of all faults.
        let (offers, written) = described(40);
        let found: Vec<SeededError> = offers.values().flat_map(|lines| faults(lines)).collect();
        for fault in SeededError::ALL {
            let count = found.iter().filter(|other| **other == fault).count();
            assert_eq!(count, 1, "{fault:?}");
        }
        assert_eq!(written.seeded_errors, u64::try_from(found.len()).unwrap());
        assert_eq!(written.offers, 10_000);
    }

    #[test]
    fn a_full_offer_has_between_sixty_and_a_hundred_triples() {
        let (offers, _) = described(6);
        assert_eq!(offers.len(), 1_500);
        for (reference, lines) in offers {
            let count = lines.len();
            assert!((60..=100).contains(&count), "{reference}: {count}");
        }
    }
}
