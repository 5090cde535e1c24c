//! What one assessor says of a service type, in words: codes by their names, and why.
//!
//! Lists show codes alone, and read them from links ([`Judgement`]); a card tells the argument too.

use super::address::code_of;
use super::assessment::{Assessment, Judgement};
use super::open::CatalogueError;
use super::present::Present;
use super::resource::Resource;
use crate::rdf::Literal;
use crate::register::Listed;
use crate::vocab::{prov, skos};
use std::collections::BTreeMap;

/// What one assessor says of a service type, as a whole and by channel.
#[derive(Clone, Debug)]
pub struct Explained {
    /// The IRI of its record.
    pub iri: String,
    /// Who says it.
    pub assessor: Listed,
    /// The verdict on the whole.
    pub whole: Option<Verdict>,
    /// The verdicts on channels that differ from it, by the IRI of the channel type.
    pub channels: BTreeMap<String, Verdict>,
}

/// One verdict.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// How far a single point of contact can deliver it.
    pub degree: Listed,
    /// What the point of contact does, from doing most itself to doing least.
    pub handlings: Vec<Listed>,
    /// What keeps it from doing more.
    pub reasons: Vec<Listed>,
    /// The Antwoord phase from which it holds.
    pub phase: Option<Listed>,
    /// How firm its ground is.
    pub confidence: Option<Listed>,
    /// The rule that it follows from.
    pub rule: Option<Listed>,
    /// Why: the rule's argument, or the assessor's own.
    pub arguments: Vec<Literal>,
    /// The day on which it was given, as `2026-11-28`.
    pub date: Option<String>,
}

/// The handlings from doing most oneself to doing least, which is the order to do them in.
const ORDER: [&str; 5] = ["answer", "take-in", "handle", "transfer", "refer"];

impl Explained {
    /// The verdict that holds for a channel: its own, or else that on the whole.
    pub fn on_channel(&self, channel: &str) -> Option<&Verdict> {
        self.channels.get(channel).or(self.whole.as_ref())
    }
}

impl Present<'_> {
    /// A judgement in words; nothing if its record is none of ours.
    pub(super) fn explained(&self, judgement: &Judgement) -> Result<Option<Explained>, CatalogueError> {
        let Some(record) = self.resource(&judgement.record)? else { return Ok(None) };
        let verdict = |assessment: &Assessment| self.verdict(assessment, &record);
        let channels = judgement.channels.iter().filter_map(|each| each.channel.clone().zip(Some(each)));
        Ok(Some(Explained {
            iri: judgement.record.clone(),
            assessor: self.named_or_bare(&judgement.assessor)?,
            whole: judgement.whole.as_ref().map(verdict).transpose()?,
            channels: channels
                .map(|(channel, each)| Ok((channel, verdict(each)?)))
                .collect::<Result<_, CatalogueError>>()?,
        }))
    }

    fn verdict(&self, assessment: &Assessment, record: &Resource) -> Result<Verdict, CatalogueError> {
        let all = |iris: &[String]| iris.iter().map(|iri| self.named_or_bare(iri)).collect::<Result<Vec<_>, _>>();
        let one = |iri: &Option<String>| iri.as_deref().map(|iri| self.named_or_bare(iri)).transpose();
        let part = record.part(&assessment.iri);
        let mut arguments = part.as_ref().map(|part| part.literals(skos::NOTE)).unwrap_or_default();
        if arguments.is_empty()
            && let Some(rule) = &assessment.rule
            && let Some(rule) = self.resource(rule)?
        {
            arguments = rule.literals(skos::DEFINITION);
        }
        let mut handlings = all(&assessment.handling)?;
        handlings.sort_by_key(|handling| ORDER.iter().position(|code| *code == code_of(&handling.record)));
        let moment = part.and_then(|part| part.text(prov::GENERATED_AT_TIME));
        Ok(Verdict {
            degree: self.named_or_bare(&assessment.degree)?,
            handlings,
            reasons: all(&assessment.reasons)?,
            phase: one(&assessment.phase)?,
            confidence: one(&assessment.confidence)?,
            rule: one(&assessment.rule)?,
            arguments,
            date: moment.map(|moment| moment.chars().take(10).collect()),
        })
    }
}
