//! What somebody with a caller on the line must know of one service type, and of one organisation that delivers it.

use super::explained::Explained;
use super::hours::Hours;
use super::open::CatalogueError;
use super::present::Present;
use super::resource::Resource;
use crate::rdf::Literal;
use crate::register::Listed;
use crate::vocab::{cv, dct, eusl, foaf, rdfs, skos};
use std::collections::BTreeMap;
use std::time::SystemTime;

/// The channels that people come by, in the order in which cards tell them.
const CHANNELS: [&str; 5] = ["telephone", "face-to-face", "internet", "mobile", "email"];

/// How many units that differ are shown beside each other.
const MOST_BESIDE: usize = 10;

/// How many offers, and how many departments, a card shows.
const MOST_SHOWN: usize = 20;

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
    /// The channel types, in the order in which cards tell them.
    pub channels: Vec<Listed>,
    /// Whether it should not be used any more.
    pub is_deprecated: bool,
    /// Whether it is gone altogether.
    pub is_withdrawn: bool,
    /// What took its place.
    pub successors: Vec<Listed>,
    /// What holds for the organisation: what it says itself, or else the nearest of those that it is a unit of, or
    /// else the only one among its own units that says anything.
    pub own: Option<Explained>,
    /// What its units say where several of them do, and neither it nor anything above it does. None of them speaks
    /// for the organisation, so none leads.
    pub units: Vec<Explained>,
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
    /// The Antwoord phase that it says it has reached, or that those above it say.
    pub phase: Option<Listed>,
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
    /// The assessment to go by: that which holds for the organisation, or else the shared one.
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
        let is_one = self
            .base
            .record_of(service_type)
            .is_some_and(|name| name.kind == "service-type" && name.iri == service_type);
        let resource = if is_one { self.resource(service_type)? } else { None };
        let Some(resource) = resource else { return Ok(None) };
        let mut kinds = Vec::new();
        for property in [skos::BROADER, eusl::DELIVERY_PATTERN, eusl::SCOPE] {
            kinds.extend(self.named(&resource, property)?);
        }
        let channel = |code: &&str| self.named_or_bare(self.base.iri(&format!("id/channel-type/{code}")).as_str());
        let (own, units) = match organisation {
            Some(organisation) => self.own(service_type, &organisation.record)?,
            None => (None, Vec::new()),
        };
        Ok(Some(Card {
            service_type: self.named_or_bare(service_type)?,
            definitions: resource.literals(skos::DEFINITION),
            scope_notes: resource.literals(skos::SCOPE_NOTE),
            is_proposed: self.is_proposed(&resource)?,
            kinds,
            channels: CHANNELS.iter().map(channel).collect::<Result<_, _>>()?,
            is_deprecated: self.is_deprecated(service_type)?,
            is_withdrawn: self.is_withdrawn(service_type)?,
            successors: self.named(&resource, dct::IS_REPLACED_BY)?,
            own,
            units,
            shared: self.said(service_type, &self.base.editors())?,
            delivery: organisation.map(|own| self.delivery(service_type, own, now)).transpose()?,
        }))
    }

    /// What an assessor says of a service type, in words.
    fn said(&self, service_type: &str, assessor: &str) -> Result<Option<Explained>, CatalogueError> {
        match self.judgement(service_type, assessor)? {
            Some(judgement) => self.explained(&judgement),
            None => Ok(None),
        }
    }

    /// What holds for an organisation, or what several of its units say; see [`Card::own`] and [`Card::units`].
    fn own(
        &self,
        service_type: &str,
        organisation: &str,
    ) -> Result<(Option<Explained>, Vec<Explained>), CatalogueError> {
        for iri in self.line_of(organisation)? {
            if let Some(said) = self.said(service_type, &iri)? {
                return Ok((Some(said), Vec::new()));
            }
        }
        let mut units = Vec::new();
        for unit in self.units_of(organisation)? {
            if units.len() < MOST_BESIDE {
                units.extend(self.said(service_type, &unit)?);
            }
        }
        Ok(if units.len() == 1 { (units.pop(), units) } else { (None, units) })
    }

    /// Whether the definition of a service type is one that nobody has reviewed.
    fn is_proposed(&self, service_type: &Resource) -> Result<bool, CatalogueError> {
        let proposals = self.resources(service_type, eusl::PROPOSAL)?;
        Ok(proposals.iter().any(|proposal| proposal.points_at(eusl::PROPOSES, skos::DEFINITION.as_str())))
    }

    fn delivery(&self, service_type: &str, organisation: &Listed, now: SystemTime) -> Result<Delivery, CatalogueError> {
        let line = self.line_of(&organisation.record)?;
        let offered = (eusl::SERVICE_TYPE.as_str(), service_type);
        let mut offered = self.nearest(&line, cv::HAS_COMPETENT_AUTHORITY.as_str(), offered)?;
        // An offer of two units is one offer.
        offered.sort();
        offered.dedup_by(|(one, _), (other, _)| one == other);
        let mut offers = Vec::new();
        for (offer, _) in offered {
            offers.extend(self.offer(&offer)?);
        }
        let handled = (eusl::HANDLES.as_str(), service_type);
        let mut departments = Vec::new();
        for (responsibility, unit) in self.nearest(&line, eusl::RESPONSIBLE_UNIT.as_str(), handled)? {
            departments.push(self.department(&responsibility, &unit, now)?);
        }
        let mut phase = None;
        for iri in &line {
            if let Some(reached) = self.snapshot.object(iri, eusl::CONTACT_PHASE.as_str())? {
                phase = Some(self.named_or_bare(&reached)?);
                break;
            }
        }
        Ok(Delivery { organisation: organisation.clone(), offers, departments, phase })
    }

    /// The records that point at an organisation or a unit of it by `property` and are of something, each with that
    /// unit: those of the first organisation of a line that has any, since a department has what its town has.
    fn nearest(
        &self,
        line: &[String],
        property: &str,
        of: (&str, &str),
    ) -> Result<Vec<(String, String)>, CatalogueError> {
        for organisation in line {
            let mut found = Vec::new();
            for unit in self.units_of(organisation)? {
                let resources = self.snapshot.linked_resources((property, &unit), Some(of))?;
                let records = resources.into_iter().filter(|resource| resource.part.is_empty());
                found.extend(records.map(|resource| (resource.record, unit.clone())));
            }
            if !found.is_empty() {
                found.truncate(MOST_SHOWN);
                return Ok(found);
            }
        }
        Ok(Vec::new())
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
