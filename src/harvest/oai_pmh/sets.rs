//! Sets: the datasets that records are in, under their names
//! (<http://www.openarchives.org/OAI/openarchivesprotocol.html#Set>).

use super::error::{Condition, Refusal};
use super::token;
use crate::catalogue::{Base, CatalogueError, Dataset, Present};
use crate::harvest::xml::Xml;
use crate::rdf::{Preference, best_literal};

/// How many sets a page has.
const PAGE: usize = 1_000;

/// Writes a page of the sets there are, the one after the set that a token names.
pub(super) fn write(xml: &mut Xml, base: &Base, present: &Present<'_>, token: Option<&str>) -> Result<(), Refusal> {
    let sets: Vec<Dataset> = present.datasets()?.into_iter().map(|there| there.dataset).collect();
    let first = match token {
        Some(token) => place_after(&sets, base, token)?,
        None => 0,
    };
    let page: Vec<&Dataset> = sets.iter().skip(first).take(PAGE).collect();
    let is_last = first + page.len() == sets.len();
    xml.within("ListSets", &[], |xml| {
        for set in &page {
            xml.within("set", &[], |xml| {
                xml.text("setSpec", &set.name(base))?;
                Ok::<_, Refusal>(xml.text("setName", &title(set, present)?)?)
            })?;
        }
        match page.last() {
            Some(last) if !is_last => Ok(xml.text("resumptionToken", &token::after_set(&last.name(base)))?),
            _ if token.is_some() => Ok(xml.text("resumptionToken", "")?),
            _ => Ok(()),
        }
    })
}

/// The place of the set that follows the one that a token names.
fn place_after(sets: &[Dataset], base: &Base, token: &str) -> Result<usize, Refusal> {
    let named = token::read_after_set(token);
    let place = named.and_then(|name| sets.iter().position(|set| set.name(base) == name));
    let place = place.map(|place| place + 1).filter(|place| *place < sets.len());
    place.ok_or_else(|| Refusal::of(Condition::BadResumptionToken, "this resumptionToken is none of this list of sets"))
}

/// What people call a set, in English.
fn title(set: &Dataset, present: &Present<'_>) -> Result<String, CatalogueError> {
    Ok(match set {
        Dataset::Services => "The list: service types, functions and code lists".to_owned(),
        Dataset::Suitability => {
            "What suits a single point of contact: assessments and the rules behind them".to_owned()
        }
        Dataset::PublicServices => "Public services, and the organisations that offer them".to_owned(),
        Dataset::Country(code) => format!("Public services of organisations in {code}"),
        Dataset::Organisation(iri) => {
            let named = present.names([iri.as_str()])?;
            let names = named.get(iri).and_then(|listed| listed.names.as_ref());
            let name = names.and_then(|names| best_literal(&names.values, &Preference::default()));
            format!("Public services of {}", name.map_or(iri.as_str(), |name| name.value()))
        }
    })
}
