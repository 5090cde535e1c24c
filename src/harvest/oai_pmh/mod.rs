//! OAI-PMH 2.0: records in the order in which they came to be what they are, for harvesters that ask what is new since
//! they last did (<http://www.openarchives.org/OAI/openarchivesprotocol.html>).
//!
//! A record is known by its IRI, its datestamp is the moment of the commit that made its present version, and sets are
//! the catalogue's datasets under their names. Lists follow the feed: a record that changes while one is read moves to
//! the end and is told there, so none is missed however long that takes.

mod datestamp;
mod dublin_core;
mod error;
mod format;
mod list;
mod record;
mod repository;
mod request;
mod sets;
mod token;

pub use format::RDF_SCHEMA;
pub use repository::Repository;

use super::HarvestError;
use super::xml::Xml;
use crate::catalogue::Present;
use error::{Condition, Refusal};
use format::Format;
use list::List;
use request::Request;
use std::io;
use std::time::SystemTime;

/// The namespace of answers.
const NAMESPACE: &str = "http://www.openarchives.org/OAI/2.0/";

/// The namespace of the attributes that name schemas.
const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// Answers a request, whose arguments are decoded. `answered` is the moment up to which what is shown is complete:
/// harvesters ask from there on the next time.
///
/// # Errors
/// The register's. What is wrong with the request is an answer.
pub fn answer(
    repository: &Repository<'_>,
    present: &Present<'_>,
    answered: SystemTime,
    arguments: &[(String, String)],
) -> Result<Vec<u8>, HarvestError> {
    let document = |told: &[(String, String)], fill: &dyn Fn(&mut Xml) -> Result<(), Refusal>| {
        envelope(repository, answered, told, fill)
    };
    let answer = document(arguments, &|xml| Request::read(arguments)?.perform(xml, repository, present));
    let answer = answer.or_else(|refusal| {
        let Refusal::Condition { condition, message } = refusal else { return Err(refusal) };
        let told = if condition.has_arguments() { arguments } else { &[] };
        document(told, &|xml| Ok(xml.text_with("error", &[("code", condition.code())], &message)?))
    });
    answer.map_err(|refusal| match refusal {
        Refusal::Catalogue(error) => HarvestError::Catalogue(error),
        Refusal::Write(error) => HarvestError::Write(error),
        // Telling a condition breaks none.
        Refusal::Condition { message, .. } => HarvestError::Write(io::Error::other(message)),
    })
}

/// What every answer begins with, around what it says.
fn envelope(
    repository: &Repository<'_>,
    answered: SystemTime,
    arguments: &[(String, String)],
    fill: &dyn Fn(&mut Xml) -> Result<(), Refusal>,
) -> Result<Vec<u8>, Refusal> {
    let root = [
        ("xmlns", NAMESPACE),
        ("xmlns:xsi", XSI),
        ("xsi:schemaLocation", "http://www.openarchives.org/OAI/2.0/ http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd"),
    ];
    let arguments: Vec<(&str, &str)> = arguments.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let mut xml = Xml::new()?;
    xml.within("OAI-PMH", &root, |xml| {
        xml.text("responseDate", &datestamp::second(answered))?;
        xml.text_with("request", &arguments, &repository.address())?;
        fill(xml)
    })?;
    Ok(xml.finish())
}

impl Request {
    /// Writes what is asked.
    fn perform(&self, xml: &mut Xml, repository: &Repository<'_>, present: &Present<'_>) -> Result<(), Refusal> {
        match self {
            Self::Identify => repository.identify(xml, present),
            Self::ListMetadataFormats { identifier } => {
                if let Some(identifier) = identifier {
                    present.record(identifier)?.ok_or_else(|| unknown(identifier))?;
                }
                formats(xml, repository.site)
            }
            Self::ListSets { token } => sets::write(xml, repository.base, present, token.as_deref()),
            Self::GetRecord { identifier, format } => {
                let entry = present.present_entry(identifier)?.ok_or_else(|| unknown(identifier))?;
                xml.within("GetRecord", &[], |xml| record::write(xml, repository, present, &entry, *format))
            }
            Self::List { wanted, has_metadata } => {
                List::find(wanted, *has_metadata, present)?.write(xml, repository, present)
            }
        }
    }
}

/// The formats there are, which every record has.
fn formats(xml: &mut Xml, site: &str) -> Result<(), Refusal> {
    xml.within("ListMetadataFormats", &[], |xml| {
        for format in Format::ALL {
            xml.within("metadataFormat", &[], |xml| {
                xml.text("metadataPrefix", format.prefix())?;
                xml.text("schema", &format.schema(site))?;
                xml.text("metadataNamespace", format.namespace())
            })?;
        }
        Ok(())
    })
}

fn unknown(identifier: &str) -> Refusal {
    Refusal::of(Condition::IdDoesNotExist, format!("no record has the IRI {identifier:?}"))
}
