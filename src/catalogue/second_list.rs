//! The second list: which service types suit a single point of contact, as filters leave it.

use super::address::code_of;
use super::assessment::{Assessment, Judgement};
use super::open::CatalogueError;
use super::present::Present;
use crate::rdf::Preference;
use crate::register::Listed;
use crate::vocab::skos;
use std::collections::{BTreeMap, BTreeSet};

/// What of the second list is wanted. All values are IRIs; nothing asks for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// The Antwoord phase at which it is to be available.
    pub phase: Option<String>,
    /// The channel whose verdict counts; that of the service as a whole where there is none.
    pub channel: Option<String>,
    /// How far a single point of contact can deliver it.
    pub degree: Option<String>,
    /// What the point of contact does itself.
    pub handling: Option<String>,
    /// What holds it back.
    pub reason: Option<String>,
    /// The service type that is judged.
    pub service_type: Option<String>,
    /// The function that it stands under, or that stands above its own.
    pub function: Option<String>,
    /// The rule that the verdict rests on.
    pub rule: Option<String>,
    /// Whose verdict counts; everybody's where there is none.
    pub assessor: Option<String>,
}

/// A judgement that filters left, and the assessment of it that they were held against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecondListEntry {
    /// What the assessor says of the service type.
    pub judgement: Judgement,
    /// That of it which is shown.
    pub shown: Assessment,
}

/// The codes, functions, rules and assessors that a filter may name.
#[derive(Clone, Debug)]
pub struct Choices {
    /// The Antwoord phases, in their order.
    pub phases: Vec<Listed>,
    /// The kinds of channels.
    pub channels: Vec<Listed>,
    /// The degrees of suitability, the highest first.
    pub degrees: Vec<Listed>,
    /// What a point of contact does.
    pub handlings: Vec<Listed>,
    /// What holds a service back.
    pub reasons: Vec<Listed>,
    /// The functions, by name.
    pub functions: Vec<Listed>,
    /// The rules of the decision table, by name.
    pub rules: Vec<Listed>,
    /// Those who have assessed.
    pub assessors: Vec<Listed>,
}

/// How the verdicts on the service types of one function, or of all, are distributed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Distribution {
    /// The topmost function; none for types without a function.
    pub function: Option<Listed>,
    /// How many verdicts there are of each degree, by its IRI.
    pub verdicts: BTreeMap<String, usize>,
    /// How many service types have a verdict.
    pub assessed: usize,
    /// How many service types there are.
    pub types: usize,
}

impl Filter {
    /// The assessment that this filter is held against, if it is left.
    ///
    /// Where no channel is asked for, a judgement without a word on the whole is shown by its first channel.
    pub fn shown<'j>(&self, judgement: &'j Judgement) -> Option<&'j Assessment> {
        let assessment = match &self.channel {
            Some(channel) => judgement.for_channel(channel),
            None => judgement.assessments().next(),
        };
        assessment.filter(|assessment| self.leaves(assessment))
    }

    /// Whether an assessment has the codes, the rule and the phase that are wanted.
    pub fn leaves(&self, assessment: &Assessment) -> bool {
        let is = |wanted: &Option<String>, value: Option<&String>| wanted.is_none() || wanted.as_ref() == value;
        let has = |wanted: &Option<String>, values: &[String]| wanted.as_ref().is_none_or(|one| values.contains(one));
        is(&self.degree, Some(&assessment.degree))
            && has(&self.handling, &assessment.handling)
            && has(&self.reason, &assessment.reasons)
            && is(&self.rule, assessment.rule.as_ref())
            && self.phase.as_ref().is_none_or(|phase| is_available(assessment, phase))
    }
}

/// Whether what an assessment says holds at a phase: from an earlier one on, or whatever the phase.
fn is_available(assessment: &Assessment, phase: &str) -> bool {
    let step = |iri: &str| code_of(iri).parse::<u8>().ok();
    assessment.phase.as_deref().is_none_or(|from| match (step(from), step(phase)) {
        (Some(from), Some(phase)) => from <= phase,
        _ => from == phase,
    })
}

impl Present<'_> {
    /// The judgements that a filter leaves, by the number of the service type, then by assessor.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn second_list(&self, filter: &Filter) -> Result<Vec<SecondListEntry>, CatalogueError> {
        let types = filter.function.as_deref().map(|function| self.under(function)).transpose()?;
        let judgements = match &filter.service_type {
            Some(service_type) => self.judgements_of(service_type)?,
            None => self.judgements(filter.assessor.as_deref())?,
        };
        let is_meant = |judgement: &Judgement| {
            filter.assessor.as_ref().is_none_or(|assessor| *assessor == judgement.assessor)
                && types.as_ref().is_none_or(|types| types.contains(&judgement.service_type))
        };
        let found = judgements.into_iter().filter(is_meant).filter_map(|judgement| {
            let shown = filter.shown(&judgement)?.clone();
            Some(SecondListEntry { judgement, shown })
        });
        Ok(found.collect())
    }

    /// What a filter may name.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn choices(&self, reader: &Preference) -> Result<Choices, CatalogueError> {
        let codes = |list: &str| self.codes(list);
        Ok(Choices {
            phases: codes("antwoord-phase")?,
            channels: codes("channel-type")?,
            degrees: self.degrees()?,
            handlings: codes("handling")?,
            reasons: codes("reason")?,
            functions: self.entries(self.base.iri("list/functions").as_str(), reader)?,
            rules: self.entries(self.base.iri("list/decision-table").as_str(), reader)?,
            assessors: self.assessors()?,
        })
    }

    /// How verdicts are distributed over the topmost functions, and over all service types.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn distributions(
        &self,
        filter: &Filter,
        reader: &Preference,
    ) -> Result<(Vec<Distribution>, Distribution), CatalogueError> {
        let found = self.second_list(filter)?;
        let services = self.base.iri("list/services");
        let all: BTreeSet<String> =
            self.snapshot.subjects(services.as_str(), skos::IN_SCHEME.as_str())?.into_iter().collect();
        let mut without = all.clone();
        let mut distributions = Vec::new();
        for function in self.top_entries(self.base.iri("list/functions").as_str(), reader)? {
            let types = self.under(&function.record)?.intersection(&all).cloned().collect();
            without = without.difference(&types).cloned().collect();
            distributions.push(distribution(Some(function), &types, &found));
        }
        if !without.is_empty() {
            distributions.push(distribution(None, &without, &found));
        }
        Ok((distributions, distribution(None, &all, &found)))
    }

    /// The degrees of suitability, the highest first.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn degrees(&self) -> Result<Vec<Listed>, CatalogueError> {
        const ORDER: [&str; 3] = ["suitable", "partly-suitable", "not-suitable"];
        let mut degrees = self.codes("suitability")?;
        degrees.sort_by_key(|degree| {
            let code = code_of(&degree.record).to_owned();
            (ORDER.iter().position(|known| *known == code).unwrap_or(ORDER.len()), code)
        });
        Ok(degrees)
    }

    /// The codes of a code list, by code.
    pub(super) fn codes(&self, list: &str) -> Result<Vec<Listed>, CatalogueError> {
        let list = self.base.iri(&format!("list/{list}"));
        let mut codes = self.snapshot.pointing_at(list.as_str(), skos::IN_SCHEME.as_str(), usize::MAX)?;
        codes.sort_by(|one, other| one.record.cmp(&other.record));
        Ok(codes)
    }
}

fn distribution(function: Option<Listed>, types: &BTreeSet<String>, found: &[SecondListEntry]) -> Distribution {
    let mut verdicts = BTreeMap::new();
    let mut assessed = BTreeSet::new();
    for found in found.iter().filter(|found| types.contains(&found.judgement.service_type)) {
        *verdicts.entry(found.shown.degree.clone()).or_default() += 1;
        assessed.insert(&found.judgement.service_type);
    }
    Distribution { function, verdicts, assessed: assessed.len(), types: types.len() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn assessment(channel: Option<&str>, degree: &str, phase: Option<&str>) -> Assessment {
        Assessment {
            channel: channel.map(str::to_owned),
            degree: degree.to_owned(),
            phase: phase.map(|phase| format!("http://lists.example.eu/id/antwoord-phase/{phase}")),
            ..Assessment::default()
        }
    }

    fn judgement(whole: Option<Assessment>, channels: Vec<Assessment>) -> Judgement {
        let (record, service_type, assessor) = (String::new(), String::new(), String::new());
        Judgement { record, service_type, assessor, whole, channels }
    }

    fn wanting(degree: &str, channel: Option<&str>) -> Filter {
        Filter { degree: Some(degree.to_owned()), channel: channel.map(str::to_owned), ..Filter::default() }
    }

    const CHANNELS: [&str; 4] = ["telephone", "email", "mobile", "internet"];
    const DEGREES: [&str; 3] = ["suitable", "partly-suitable", "not-suitable"];

    proptest! {
        /// The channel's own part wins wherever there is one; else the whole holds.
        #[test]
        fn a_filter_by_channel_is_held_against_the_channels_own_part_or_else_the_whole(
            whole in prop::option::of(prop::sample::select(DEGREES.to_vec())),
            own in prop::collection::btree_map(prop::sample::select(CHANNELS.to_vec()), prop::sample::select(DEGREES.to_vec()), 0..4),
            channel in prop::sample::select(CHANNELS.to_vec()),
            wanted in prop::sample::select(DEGREES.to_vec()),
        ) {
            let channels = own.iter().map(|(channel, degree)| assessment(Some(channel), degree, None)).collect();
            let judgement = judgement(whole.map(|degree| assessment(None, degree, None)), channels);
            let holds = own.get(channel).copied().or(whole);
            let shown = wanting(wanted, Some(channel)).shown(&judgement).map(|shown| shown.degree.clone());
            prop_assert_eq!(shown, holds.filter(|degree| *degree == wanted).map(str::to_owned));
        }
    }

    #[test]
    fn a_phase_leaves_what_holds_from_it_or_an_earlier_one_on_and_what_depends_on_none() {
        let phase = |phase: &str| Filter {
            phase: Some(format!("http://lists.example.eu/id/antwoord-phase/{phase}")),
            ..Filter::default()
        };
        for (from, left) in
            [(None, [true; 3]), (Some("1"), [true; 3]), (Some("2"), [false, true, true]), (Some("5"), [false; 3])]
        {
            let judgement = judgement(Some(assessment(None, "suitable", from)), Vec::new());
            assert_eq!(["1", "2", "4"].map(|at| phase(at).shown(&judgement).is_some()), left, "{from:?}");
        }
    }

    #[test]
    fn a_judgement_of_channels_alone_is_shown_by_the_first_of_them() {
        let judgement = judgement(None, vec![assessment(Some("email"), "suitable", None)]);
        assert!(wanting("suitable", None).shown(&judgement).is_some());
        assert!(wanting("suitable", Some("telephone")).shown(&judgement).is_none());
    }
}
