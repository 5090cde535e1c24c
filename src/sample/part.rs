//! The parts of a full offer, each under the offer's own IRI so that one record holds them all.
//!
//! Classes: [CPSV-AP 3.2.0](https://semiceu.github.io/CPSV-AP/releases/3.2.0/).

use super::code_list::{channel_type_iri, language_iri};
use super::offer::Offer;
use super::phrase::{CHANNEL, EVIDENCE, FEE, OUTPUT, REGULATION, RULE, RULE_TEXT};
use super::place::write_hours;
use super::seeded_error::SeededError;
use super::terms::class::{
    CPSV_RULE, CV_CHANNEL, CV_CONTACT_POINT, CV_COST, CV_EVIDENCE, CV_OUTPUT, ELI_LEGAL_RESOURCE,
};
use super::terms::datatype::{XSD_DECIMAL, XSD_DOUBLE};
use super::terms::property::{
    self, CPSV_FOLLOWS, CPSV_HAS_INPUT, CPSV_IMPLEMENTS, CPSV_PRODUCES, CV_CURRENCY, CV_EMAIL, CV_FREQUENCY,
    CV_HAS_CHANNEL, CV_HAS_COST, CV_HAS_LEGAL_RESOURCE, CV_HAS_VALUE, CV_IF_ACCESSED_THROUGH, CV_OPENING_HOURS,
    CV_TELEPHONE, DCT_DESCRIPTION, DCT_IDENTIFIER, DCT_LANGUAGE, DCT_TITLE, DCT_TYPE,
};
use super::writer::Triples;
use std::io::{self, Write};

/// The codes of the channel types of the list.
pub const CHANNEL_TYPES: [&str; 6] = ["face-to-face", "internet", "mobile", "telephone", "email", "post"];

/// How often opening hours come round, in the [EU frequency table](http://publications.europa.eu/resource/authority/frequency).
pub const WEEKLY: &str = "http://publications.europa.eu/resource/authority/frequency/WEEKLY";

/// Writes the parts of an offer, each with the triple that leads to it.
pub fn write_parts<W: Write>(offer: &mut Offer<'_>, out: &mut Triples<W>) -> io::Result<()> {
    write_contact_point(offer, out)?;
    write_channels(offer, out)?;
    write_cost(offer, out)?;
    write_output(offer, out)?;
    write_evidence(offer, out)?;
    write_rule(offer, out)?;
    write_legal_resource(offer, out)
}

fn write_contact_point<W: Write>(offer: &Offer<'_>, out: &mut Triples<W>) -> io::Result<()> {
    let contact_point = offer.part("contact-point");
    let hours = offer.part("hours");
    out.about(&offer.iri).iri(property::CV_CONTACT_POINT, &contact_point)?;
    out.about(&contact_point)
        .is_a(CV_CONTACT_POINT)?
        .plain(CV_EMAIL, &offer.town.email())?
        .plain(CV_TELEPHONE, &offer.town.telephone())?
        .iri(CV_OPENING_HOURS, &hours)?;
    write_hours(out, &hours, offer.town.country)?;
    out.about(&hours).iri(CV_FREQUENCY, WEEKLY)?;
    Ok(())
}

/// Writes two channels or three, of different types.
fn write_channels<W: Write>(offer: &mut Offer<'_>, out: &mut Triples<W>) -> io::Result<()> {
    let first = offer.draws.position(CHANNEL_TYPES.len());
    let count = 2 + offer.draws.position(2);
    let codes = CHANNEL_TYPES.iter().cycle().skip(first).take(count);
    for (position, code) in codes.enumerate() {
        // The cost leads to the first channel, so the last one alone can lack its class and still
        // be found missing only once.
        let is_last = position + 1 == count;
        let name = channel_name(position + 1);
        let channel = offer.part(&name);
        out.about(&offer.iri).iri(CV_HAS_CHANNEL, &channel)?;
        let mut about = out.about(&channel);
        if !(is_last && offer.has(SeededError::UntypedChannel)) {
            about.is_a(CV_CHANNEL)?;
        }
        about.plain(DCT_IDENTIFIER, &identifier(offer, &name))?.iri(DCT_TYPE, &channel_type_iri(offer.base, code))?;
        for language in offer.languages() {
            about.tagged(DCT_DESCRIPTION, CHANNEL.in_language(*language), language.tag())?;
        }
    }
    Ok(())
}

fn write_cost<W: Write>(offer: &mut Offer<'_>, out: &mut Triples<W>) -> io::Result<()> {
    let cost = offer.part("cost");
    let halves = offer.draws.below(200);
    let value = format!("{}.{}", halves / 2, 5 * (halves % 2));
    let datatype = if offer.has(SeededError::DecimalCost) { XSD_DECIMAL } else { XSD_DOUBLE };
    out.about(&offer.iri).iri(CV_HAS_COST, &cost)?;
    let mut about = out.about(&cost);
    about
        .is_a(CV_COST)?
        .plain(DCT_IDENTIFIER, &identifier(offer, "cost"))?
        .typed(CV_HAS_VALUE, &value, datatype)?
        .iri(CV_CURRENCY, &offer.town.country.currency())?
        .iri(CV_IF_ACCESSED_THROUGH, &offer.part(&channel_name(1)))?;
    for language in offer.languages() {
        about.tagged(DCT_DESCRIPTION, FEE.in_language(*language), language.tag())?;
    }
    Ok(())
}

fn write_output<W: Write>(offer: &Offer<'_>, out: &mut Triples<W>) -> io::Result<()> {
    let output = offer.part("output");
    out.about(&offer.iri).iri(CPSV_PRODUCES, &output)?;
    let mut about = out.about(&output);
    about.is_a(CV_OUTPUT)?.plain(DCT_IDENTIFIER, &identifier(offer, "output"))?;
    if offer.has(SeededError::UntitledOutput) {
        return Ok(());
    }
    for language in offer.languages() {
        let title = OUTPUT.filled(*language, &offer.wording.title(*language));
        about.tagged(DCT_TITLE, &title, language.tag())?;
    }
    Ok(())
}

fn write_evidence<W: Write>(offer: &Offer<'_>, out: &mut Triples<W>) -> io::Result<()> {
    let evidence = offer.part("evidence");
    out.about(&offer.iri).iri(CPSV_HAS_INPUT, &evidence)?;
    let mut about = out.about(&evidence);
    about.is_a(CV_EVIDENCE)?.plain(DCT_IDENTIFIER, &identifier(offer, "evidence"))?;
    for language in offer.languages() {
        about
            .tagged(DCT_TITLE, EVIDENCE.in_language(*language), language.tag())?
            .iri(DCT_LANGUAGE, &language_iri(*language))?;
    }
    Ok(())
}

fn write_rule<W: Write>(offer: &Offer<'_>, out: &mut Triples<W>) -> io::Result<()> {
    let rule = offer.part("rule");
    out.about(&offer.iri).iri(CPSV_FOLLOWS, &rule)?;
    let mut about = out.about(&rule);
    about
        .is_a(CPSV_RULE)?
        .plain(DCT_IDENTIFIER, &identifier(offer, "rule"))?
        .iri(CPSV_IMPLEMENTS, &offer.part("legal-resource"))?;
    for language in offer.languages() {
        let (language, tag) = (*language, language.tag());
        let title = RULE.filled(language, offer.wording.subject(language));
        about.tagged(DCT_TITLE, &title, tag)?.tagged(DCT_DESCRIPTION, RULE_TEXT.in_language(language), tag)?;
    }
    Ok(())
}

fn write_legal_resource<W: Write>(offer: &Offer<'_>, out: &mut Triples<W>) -> io::Result<()> {
    let resource = offer.part("legal-resource");
    out.about(&offer.iri).iri(CV_HAS_LEGAL_RESOURCE, &resource)?;
    let mut about = out.about(&resource);
    about.is_a(ELI_LEGAL_RESOURCE)?;
    for language in offer.languages() {
        let title = REGULATION.filled(*language, offer.wording.subject(*language));
        about.tagged(DCT_TITLE, &title, language.tag())?;
    }
    Ok(())
}

fn channel_name(number: usize) -> String {
    format!("channel-{number}")
}

fn identifier(offer: &Offer<'_>, part: &str) -> String {
    format!("{}-{part}", offer.reference)
}
