//! The repository: who keeps it, and where it answers.

use super::datestamp;
use super::error::Refusal;
use crate::catalogue::{Base, Present};
use crate::harvest::xml::Xml;
use crate::rdf::Prefixes;
use std::time::UNIX_EPOCH;

/// What every answer says of the repository.
#[derive(Clone, Copy, Debug)]
pub struct Repository<'a> {
    /// The base of the data's IRIs.
    pub base: &'a Base,
    /// Where documents answer; ends with `/`.
    pub site: &'a str,
    /// What the catalogue is called.
    pub name: &'a str,
    /// Who publishes it, where somebody was named.
    pub publisher: Option<&'a str>,
    /// How to reach them.
    pub contact: Option<&'a str>,
    /// The IRI of the licence of the data.
    pub licence: &'a str,
    /// The prefixes that RDF/XML is written with.
    pub prefixes: &'a Prefixes,
}

/// The address that the protocol demands where no mail address was set: it leads to nobody, and says so
/// (<https://www.rfc-editor.org/rfc/rfc2606#section-2>).
const NOBODY: &str = "contact-not-set@example.invalid";

impl Repository<'_> {
    /// Where it answers.
    pub(super) fn address(&self) -> String {
        format!("{}oai", self.site)
    }

    /// The publisher's mail address, in the form that the protocol's schema has for one.
    fn mail(&self) -> &str {
        let is_mail = |contact: &&str| {
            let (name, host) = contact.split_once('@').unwrap_or_default();
            let is_whole = |part: &str| !part.is_empty() && !part.contains(char::is_whitespace);
            is_whole(name) && host.contains('.') && host.split('.').all(is_whole)
        };
        self.contact.map(str::trim).filter(is_mail).unwrap_or(NOBODY)
    }

    /// Answers `Identify`.
    pub(super) fn identify(&self, xml: &mut Xml, present: &Present<'_>) -> Result<(), Refusal> {
        let first = present.committed(1)?.map_or(UNIX_EPOCH, |revision| revision.at);
        xml.within("Identify", &[], |xml| {
            xml.text("repositoryName", self.name)?;
            xml.text("baseURL", &self.address())?;
            xml.text("protocolVersion", "2.0")?;
            xml.text("adminEmail", self.mail())?;
            xml.text("earliestDatestamp", &datestamp::second(first))?;
            xml.text("deletedRecord", "persistent")?;
            xml.text("granularity", "YYYY-MM-DDThh:mm:ssZ")?;
            for coding in ["gzip", "br", "zstd"] {
                xml.text("compression", coding)?;
            }
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contact_that_is_no_mail_address_is_not_told_as_one() {
        let (base, prefixes) = (Base::parse("http://lists.example.eu/").unwrap(), Prefixes::new([]));
        let site = "http://lists.example.eu/";
        let mail = |contact| {
            let (name, licence) = ("", "");
            Repository { base: &base, site, name, publisher: None, contact, licence, prefixes: &prefixes }
                .mail()
                .to_owned()
        };
        assert_eq!(mail(Some(" list@town.example.eu ")), "list@town.example.eu");
        for other in
            [None, Some("https://town.example.eu/contact"), Some("desk@localhost"), Some("a b@town.eu"), Some("a@.eu")]
        {
            assert_eq!(mail(other), NOBODY, "{other:?}");
        }
    }
}
