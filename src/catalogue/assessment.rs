//! What assessors say of service types: the second list, as the register's links have it.
//!
//! All that a list shows of an assessment are codes, a rule and an assessor, and those are links. So the
//! second list is read from the table of links; only its data forms read what assessments say in words.

use super::open::CatalogueError;
use super::present::Present;
use crate::register::{LinkedResource, Listed};
use crate::vocab::{eusl, prov, rdf};
use std::collections::BTreeMap;

/// One suitability assessment: of a service type as a whole, or for contacts by one channel. All values
/// are IRIs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assessment {
    /// Its own IRI: that of its record or of a part of it.
    pub iri: String,
    /// The kind of channel that it is for; none for the service as a whole.
    pub channel: Option<String>,
    /// How far a single point of contact can deliver the service.
    pub degree: String,
    /// What it does itself.
    pub handling: Vec<String>,
    /// What holds it back.
    pub reasons: Vec<String>,
    /// The Antwoord phase from which this holds; none where no phase changes it.
    pub phase: Option<String>,
    /// How firm the ground is.
    pub confidence: Option<String>,
    /// The rule that it rests on; none where it is argued by itself.
    pub rule: Option<String>,
}

/// What one record of an assessor says of one service type. All values are IRIs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// The record.
    pub record: String,
    /// The service type.
    pub service_type: String,
    /// Whose it is.
    pub assessor: String,
    /// The assessment of the service as a whole.
    pub whole: Option<Assessment>,
    /// Those for channels that differ from it.
    pub channels: Vec<Assessment>,
}

impl Assessment {
    /// The codes and the rule that it points at.
    fn points_at(&self) -> impl Iterator<Item = &str> {
        let single = [&self.channel, &self.phase, &self.confidence, &self.rule].into_iter().flatten();
        let several = self.handling.iter().chain(&self.reasons);
        several.chain(single).chain([&self.degree]).map(String::as_str)
    }
}

impl Judgement {
    /// The assessment that holds for contacts by a channel: the channel's own, or else that of the whole.
    pub fn for_channel(&self, channel: &str) -> Option<&Assessment> {
        let own = self.channels.iter().find(|assessment| assessment.channel.as_deref() == Some(channel));
        own.or(self.whole.as_ref())
    }

    /// Everything that it says: of the whole, then of the channels that differ.
    pub fn assessments(&self) -> impl Iterator<Item = &Assessment> {
        self.whole.iter().chain(&self.channels)
    }
}

impl Present<'_> {
    /// What one assessor says, or all of them do, by the number of the service type.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn judgements(&self, assessor: Option<&str>) -> Result<Vec<Judgement>, CatalogueError> {
        let is_assessment = (rdf::TYPE.as_str(), eusl::SUITABILITY_ASSESSMENT.as_str());
        let resources = match assessor {
            // An assessor's own are fewer than all, however many towns there are.
            Some(assessor) => {
                self.snapshot.linked_resources((prov::WAS_ATTRIBUTED_TO.as_str(), assessor), Some(is_assessment))?
            }
            None => self.snapshot.linked_resources(is_assessment, None)?,
        };
        Ok(judgements(&resources))
    }

    /// What all assessors say of a service type, by their IRIs.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn judgements_of(&self, service_type: &str) -> Result<Vec<Judgement>, CatalogueError> {
        Ok(judgements(&self.snapshot.linked_resources((eusl::ASSESSES.as_str(), service_type), None)?))
    }

    /// What one assessor says of a service type.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn judgement(&self, service_type: &str, assessor: &str) -> Result<Option<Judgement>, CatalogueError> {
        // An assessor's own are no more than the list has, however many others have assessed the same.
        let (own, of_type) = ((prov::WAS_ATTRIBUTED_TO.as_str(), assessor), (eusl::ASSESSES.as_str(), service_type));
        Ok(judgements(&self.snapshot.linked_resources(own, Some(of_type))?).into_iter().next())
    }

    /// Those who have assessed any service type.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn assessors(&self) -> Result<Vec<Listed>, CatalogueError> {
        let mut assessors = Vec::new();
        for iri in self.snapshot.objects_under(self.base.iri("id/organisation/").as_str())? {
            if self.is_assessor(&iri)? {
                assessors.push(self.named_or_bare(&iri)?);
            }
        }
        Ok(assessors)
    }

    /// Whether somebody has assessed any service type.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn is_assessor(&self, iri: &str) -> Result<bool, CatalogueError> {
        let is_assessment = (rdf::TYPE.as_str(), eusl::SUITABILITY_ASSESSMENT.as_str());
        Ok(self.snapshot.has_linked_resource((prov::WAS_ATTRIBUTED_TO.as_str(), iri), is_assessment)?)
    }

    /// The names of everything that some judgements point at.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn names_in<'j>(
        &self,
        judgements: impl IntoIterator<Item = &'j Judgement>,
    ) -> Result<BTreeMap<String, Listed>, CatalogueError> {
        self.names(judgements.into_iter().flat_map(|judgement| {
            let own = [judgement.service_type.as_str(), &judgement.assessor, &judgement.record];
            judgement.assessments().flat_map(Assessment::points_at).chain(own)
        }))
    }
}

/// Assessments gathered by their record, in the order of the numbers of the service types, then of assessors.
fn judgements(resources: &[LinkedResource]) -> Vec<Judgement> {
    let mut found: Vec<Judgement> = Vec::new();
    for resource in resources {
        let Some((service_type, assessor, assessment)) = assessment(resource) else { continue };
        if found.last().is_none_or(|last| last.record != resource.record || last.service_type != service_type) {
            let record = resource.record.clone();
            found.push(Judgement { record, service_type, assessor, whole: None, channels: Vec::new() });
        }
        let Some(judgement) = found.last_mut() else { continue };
        match assessment.channel {
            Some(_) => judgement.channels.push(assessment),
            None => judgement.whole = Some(assessment),
        }
    }
    // Numbers of equal length are in the order of their digits, and all IRIs begin alike.
    found.sort_by(|one, other| {
        let key = |judgement: &Judgement| judgement.service_type.len();
        (key(one), &one.service_type, &one.assessor).cmp(&(key(other), &other.service_type, &other.assessor))
    });
    found
}

/// The service type, the assessor and the assessment that a resource is; nothing if it is none.
fn assessment(resource: &LinkedResource) -> Option<(String, String, Assessment)> {
    let (mut assessment, mut service_type, mut assessor) = (Assessment::default(), None, String::new());
    for (property, object) in &resource.links {
        let object = || object.clone();
        match property.as_str() {
            iri if iri == eusl::ASSESSES.as_str() => service_type = Some(object()),
            iri if iri == prov::WAS_ATTRIBUTED_TO.as_str() => assessor = object(),
            iri if iri == eusl::CHANNEL_TYPE.as_str() => assessment.channel = Some(object()),
            iri if iri == eusl::SUITABILITY.as_str() => assessment.degree = object(),
            iri if iri == eusl::HANDLING.as_str() => assessment.handling.push(object()),
            iri if iri == eusl::REASON.as_str() => assessment.reasons.push(object()),
            iri if iri == eusl::CONTACT_PHASE.as_str() => assessment.phase = Some(object()),
            iri if iri == eusl::CONFIDENCE.as_str() => assessment.confidence = Some(object()),
            iri if iri == eusl::RULE.as_str() => assessment.rule = Some(object()),
            _ => {}
        }
    }
    assessment.iri = format!("{}{}", resource.record, resource.part);
    Some((service_type?, assessor, assessment))
}
