//! The decision table and the phases in which a contact centre grows, with the verdicts of the editors counted.

use super::assessment::Judgement;
use super::open::CatalogueError;
use super::present::Present;
use super::second_list::Filter;
use crate::rdf::{Content, Term};
use crate::register::Listed;
use crate::vocab::eusl;
use std::collections::BTreeMap;

/// A rule of the decision table, and what it decides.
#[derive(Clone, Debug)]
pub struct DecisionRule {
    /// Its IRI.
    pub iri: String,
    /// What its record says.
    pub content: Content,
    /// The names of everything that it points at, and its own.
    pub names: BTreeMap<String, Listed>,
    /// How many service types it decides: as a whole, or for each kind of channel that it is for, by its IRI.
    pub decides: Vec<(Option<String>, usize)>,
}

/// A phase in which a contact centre grows.
#[derive(Clone, Debug)]
pub struct Phase {
    /// The phase by name.
    pub listed: Listed,
    /// What its record says.
    pub content: Content,
    /// How many service types of each degree hold at it, by the IRI of the degree.
    pub verdicts: BTreeMap<String, usize>,
}

impl Present<'_> {
    /// The rules of the decision table.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn decision_rules(&self) -> Result<Vec<DecisionRule>, CatalogueError> {
        let judgements = self.judgements(Some(&self.base.editors()))?;
        let rules = self.codes("decision-table")?;
        rules.iter().map(|rule| self.decision_rule(&rule.record, &judgements)).collect()
    }

    fn decision_rule(&self, iri: &str, judgements: &[Judgement]) -> Result<DecisionRule, CatalogueError> {
        let content = self.content(iri)?;
        let count = |channel: Option<&str>| {
            let (rule, channel) = (Some(iri.to_owned()), channel.map(str::to_owned));
            let filter = Filter { channel, rule, ..Filter::default() };
            let number = counted(judgements, &filter);
            (filter.channel, number)
        };
        let channel_types = self.base.iri("id/channel-type/").into_string();
        let applies_to = content.iris(iri, eusl::APPLIES_TO);
        let mut decides: Vec<_> =
            applies_to.filter(|code| code.starts_with(&channel_types)).map(|channel| count(Some(channel))).collect();
        if decides.is_empty() {
            decides.push(count(None));
        }
        let pointed_at = content.iter().filter_map(|triple| match &triple.object {
            Term::NamedNode(node) => Some(node.as_str()),
            _ => None,
        });
        let names = self.names(pointed_at.chain([iri]))?;
        Ok(DecisionRule { iri: iri.to_owned(), names, decides, content })
    }

    /// The phases in which a contact centre grows, in their order.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn phases(&self) -> Result<Vec<Phase>, CatalogueError> {
        let judgements = self.judgements(Some(&self.base.editors()))?;
        let degrees = self.degrees()?;
        let phase = |listed: Listed| {
            let count = |degree: &Listed| {
                let (phase, degree) = (listed.record.clone(), degree.record.clone());
                let filter = Filter { phase: Some(phase), degree: Some(degree.clone()), ..Filter::default() };
                (degree, counted(&judgements, &filter))
            };
            let verdicts = degrees.iter().map(count).collect();
            Ok(Phase { content: self.content(&listed.record)?, verdicts, listed })
        };
        self.codes("antwoord-phase")?.into_iter().map(phase).collect()
    }
}

/// How many judgements a filter leaves.
fn counted(judgements: &[Judgement], filter: &Filter) -> usize {
    judgements.iter().filter(|judgement| filter.shown(judgement).is_some()).count()
}
