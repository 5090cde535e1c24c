//! What somebody with a caller on the line must know of one service type, and of one organisation that delivers it.

use super::assessment::Judgement;
use super::explained::Explained;
use super::hours::Hours;
use super::open::CatalogueError;
use super::present::Present;
use super::resource::Resource;
use crate::rdf::Literal;
use crate::register::Listed;
use crate::vocab::{cv, dct, eusl, foaf, org, prov, rdfs, skos};
use std::collections::BTreeMap;
use std::time::SystemTime;

/// The channels that people come by, in the order in which cards tell them.
const CHANNELS: [&str; 5] = ["telephone", "face-to-face", "internet", "mobile", "email"];

/// Who the shared assessments are by.
const EDITORS: &str = "id/organisation/editors";

/// How many units may stand above one another.
const DEEPEST: usize = 8;

/// One service type as the desk needs it.
#[derive(Clone, Debug)]
pub struct Card {
    /// The service type.
    pub service_type: Listed,
    /// Its definitions.
    pub definitions: Vec<Literal>,
    /// Notes on what its name may mislead to.
    pub scope_notes: Vec<Literal>,
    /// Whether the definition was proposed and not reviewed.
    pub is_proposed: bool,
    /// What it stands under, whom it is for and how such services are delivered.
    pub kinds: Vec<Listed>,
    /// The channel types, in the order of [`CHANNELS`].
    pub channels: Vec<Listed>,
    /// What the organisation itself says of it.
    pub own: Option<Explained>,
    /// What the editors of the list propose for all.
    pub shared: Option<Explained>,
    /// What the organisation has for it, where one was asked for.
    pub delivery: Option<Delivery>,
}

/// How one organisation delivers a service type.
#[derive(Clone, Debug)]
pub struct Delivery {
    /// The organisation.
    pub organisation: Listed,
    /// What it offers.
    pub offers: Vec<Offer>,
    /// Who is responsible.
    pub departments: Vec<Department>,
}

/// A public service of the organisation.
#[derive(Clone, Debug)]
pub struct Offer {
    /// The public service.
    pub public_service: Listed,
    /// What it is.
    pub descriptions: Vec<Literal>,
    /// Pages about it.
    pub pages: Vec<String>,
    /// The kinds of channel that it is delivered by.
    pub channels: Vec<Listed>,
}

/// A unit that handles a service type, and how it is reached.
#[derive(Clone, Debug)]
pub struct Department {
    /// The unit.
    pub unit: Listed,
    /// How it is reached.
    pub contacts: Vec<Contact>,
}

/// A contact point at one moment.
#[derive(Clone, Debug)]
pub struct Contact {
    /// What it is called, as far as that is told.
    pub names: Vec<Literal>,
    /// Telephone numbers as they are written.
    pub telephones: Vec<String>,
    /// Mail addresses.
    pub emails: Vec<String>,
    /// Pages to reach it by.
    pub pages: Vec<String>,
    /// When somebody is there.
    pub hours: Hours,
}

impl Card {
    /// The assessment to go by: the organisation's own, or else the shared one.
    pub fn leading(&self) -> Option<&Explained> {
        self.own.as_ref().or(self.shared.as_ref())
    }
}

impl Present<'_> {
    /// The card of a service type, for an organisation or for nobody in particular, at a moment; nothing if there
    /// is no such service type.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn card(
        &self,
        service_type: &str,
        organisation: Option<&Listed>,
        now: SystemTime,
    ) -> Result<Option<Card>, CatalogueError> {
        let is_one = self.base.record_of(service_type).is_some_and(|name| name.kind == "service-type");
        let resource = if is_one { self.resource(service_type)? } else { None };
        let Some(resource) = resource.filter(|resource| resource.iri == service_type) else { return Ok(None) };
        let mut kinds = Vec::new();
        for property in [skos::BROADER, eusl::DELIVERY_PATTERN, eusl::SCOPE] {
            kinds.extend(self.named(&resource, property)?);
        }
        let channel = |code: &&str| self.named_or_bare(self.base.iri(&format!("id/channel-type/{code}")).as_str());
        let editors = self.base.iri(EDITORS).into_string();
        let judgements = self.judgements_of(service_type)?;
        Ok(Some(Card {
            service_type: self.named_or_bare(service_type)?,
            definitions: resource.literals(skos::DEFINITION),
            scope_notes: resource.literals(skos::SCOPE_NOTE),
            is_proposed: self.is_proposed(&resource)?,
            kinds,
            channels: CHANNELS.iter().map(channel).collect::<Result<_, _>>()?,
            own: match organisation {
                Some(own) => self.first_of(&judgements, |assessor| self.is_within(assessor, &own.record))?,
                None => None,
            },
            shared: self.first_of(&judgements, |assessor| Ok(assessor == editors))?,
            delivery: organisation.map(|own| self.delivery(service_type, own, now)).transpose()?,
        }))
    }

    /// The first judgement of an assessor that is meant, in words.
    fn first_of(
        &self,
        judgements: &[Judgement],
        mut is_meant: impl FnMut(&str) -> Result<bool, CatalogueError>,
    ) -> Result<Option<Explained>, CatalogueError> {
        for judgement in judgements {
            if is_meant(&judgement.assessor)? {
                return self.explained(judgement);
            }
        }
        Ok(None)
    }

    /// An organisation that people may ask at the desk of: a record of its own, or an IRI from elsewhere that
    /// offers, units or assessments name; nothing if it is neither.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn organisation(&self, iri: &str) -> Result<Option<Listed>, CatalogueError> {
        if let Some(name) = self.base.record_of(iri) {
            let is_one = name.kind == "organisation" && name.iri == iri;
            return Ok(if is_one { self.snapshot.named(iri)? } else { None });
        }
        for property in [cv::HAS_COMPETENT_AUTHORITY, org::UNIT_OF, prov::WAS_ATTRIBUTED_TO] {
            if self.snapshot.is_pointed_at(iri, property.as_str())? {
                return Ok(Some(self.named_or_bare(iri)?));
            }
        }
        Ok(None)
    }

    /// The organisations that offer something or have units that handle something.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn organisations_at_the_desk(&self) -> Result<Vec<Listed>, CatalogueError> {
        let mut found = BTreeMap::new();
        for listed in self.snapshot.of_kind("organisation")? {
            let does = |property: &str| self.snapshot.is_pointed_at(&listed.record, property);
            if does(cv::HAS_COMPETENT_AUTHORITY.as_str())? || does(eusl::RESPONSIBLE_UNIT.as_str())? {
                let top = self.line_of(&listed.record)?.pop().unwrap_or(listed.record);
                found.insert(top.clone(), self.named_or_bare(&top)?);
            }
        }
        Ok(found.into_values().collect())
    }

    /// A unit, and the organisations that it is a unit of, one above the other.
    fn line_of(&self, unit: &str) -> Result<Vec<String>, CatalogueError> {
        let mut line = vec![unit.to_owned()];
        let mut below = unit.to_owned();
        while let Some(above) = self.snapshot.object(&below, org::UNIT_OF.as_str())?.filter(|_| line.len() < DEEPEST) {
            line.push(above.clone());
            below = above;
        }
        Ok(line)
    }

    /// Whether something is an organisation or a unit of it.
    fn is_within(&self, unit: &str, organisation: &str) -> Result<bool, CatalogueError> {
        Ok(self.line_of(unit)?.iter().any(|iri| iri == organisation))
    }

    /// Whether the definition of a service type is one that nobody has reviewed.
    fn is_proposed(&self, service_type: &Resource) -> Result<bool, CatalogueError> {
        let proposals = self.resources(service_type, eusl::PROPOSAL)?;
        Ok(proposals.iter().any(|proposal| proposal.points_at(eusl::PROPOSES, skos::DEFINITION.as_str())))
    }

    fn delivery(&self, service_type: &str, organisation: &Listed, now: SystemTime) -> Result<Delivery, CatalogueError> {
        let own = &organisation.record;
        let mut offers = Vec::new();
        let offered = (eusl::SERVICE_TYPE.as_str(), cv::HAS_COMPETENT_AUTHORITY.as_str());
        for (offer, authority) in self.snapshot.pairs(service_type, offered.0, offered.1)? {
            if self.is_within(&authority, own)? {
                offers.extend(self.offer(&offer)?);
            }
        }
        let mut departments = Vec::new();
        let handled = (eusl::HANDLES.as_str(), eusl::RESPONSIBLE_UNIT.as_str());
        for (responsibility, unit) in self.snapshot.pairs(service_type, handled.0, handled.1)? {
            if self.is_within(&unit, own)? {
                departments.push(self.department(&responsibility, &unit, now)?);
            }
        }
        Ok(Delivery { organisation: organisation.clone(), offers, departments })
    }

    fn offer(&self, iri: &str) -> Result<Option<Offer>, CatalogueError> {
        let Some(offer) = self.resource(iri)? else { return Ok(None) };
        let mut pages = self.pages(&offer, foaf::PAGE)?;
        let mut channels: BTreeMap<String, Listed> = BTreeMap::new();
        for channel in self.resources(&offer, cv::HAS_CHANNEL)? {
            pages.extend(self.pages(&channel, foaf::PAGE)?);
            let kinds = self.named(&channel, dct::TYPE)?;
            channels.extend(kinds.into_iter().map(|kind| (kind.record.clone(), kind)));
        }
        pages.sort();
        pages.dedup();
        Ok(Some(Offer {
            public_service: self.named_or_bare(iri)?,
            descriptions: offer.literals(dct::DESCRIPTION),
            pages,
            channels: channels.into_values().collect(),
        }))
    }

    /// A unit, reached by what the responsibility says, or else by what is said of the unit or of those above it.
    fn department(&self, responsibility: &str, unit: &str, now: SystemTime) -> Result<Department, CatalogueError> {
        let speaking = std::iter::once(responsibility.to_owned()).chain(self.line_of(unit)?);
        let mut contacts = Vec::new();
        for iri in speaking {
            if let Some(resource) = self.resource(&iri)? {
                for contact in self.resources(&resource, cv::CONTACT_POINT)? {
                    contacts.push(self.contact(&contact, now)?);
                }
            }
            if !contacts.is_empty() {
                break;
            }
        }
        Ok(Department { unit: self.named_or_bare(unit)?, contacts })
    }

    fn contact(&self, contact: &Resource, now: SystemTime) -> Result<Contact, CatalogueError> {
        let texts = |property| contact.literals(property).iter().map(|text| text.value().to_owned()).collect();
        let ordinary = self.resources(contact, cv::OPENING_HOURS)?;
        let special = self.resources(contact, cv::SPECIAL_OPENING_HOURS_SPECIFICATION)?;
        Ok(Contact {
            names: contact.literals(dct::TITLE),
            telephones: texts(cv::TELEPHONE),
            emails: texts(cv::EMAIL),
            pages: self.pages(contact, cv::CONTACT_PAGE)?,
            hours: Hours::at(now, &ordinary, &special),
        })
    }

    /// The pages that a property leads to: a record of ours about a page says where that is.
    fn pages(
        &self,
        from: &Resource,
        property: crate::rdf::NamedNodeRef<'static>,
    ) -> Result<Vec<String>, CatalogueError> {
        let mut pages: Vec<String> =
            from.iris(property).into_iter().filter(|iri| self.base.record_of(iri).is_none()).collect();
        for described in self.resources(from, property)? {
            pages.extend(described.iris(rdfs::SEE_ALSO));
        }
        Ok(pages)
    }
}
