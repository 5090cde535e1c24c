//! Organisations and the units under them: whose desk it is.
//!
//! Whatever is read here starts from one organisation, so that it costs the same however many others there are.

use super::open::CatalogueError;
use super::present::Present;
use crate::register::Listed;
use crate::vocab::{cv, eusl, org, prov};

/// How many units may stand above one another.
const DEEPEST: usize = 8;

/// How many units of one organisation are looked at.
const MOST_UNITS: usize = 500;

impl Present<'_> {
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

    /// The organisations that offer something or handle something, by themselves or by their units; nothing where
    /// there are more than `most` organisations to choose from.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn organisations_at_the_desk(&self, most: usize) -> Result<Option<Vec<Listed>>, CatalogueError> {
        let all = self.base.iri("id/organisation/");
        let heads = self.snapshot.heads(all.as_str(), org::UNIT_OF.as_str(), most.saturating_add(1))?;
        if heads.len() > most {
            return Ok(None);
        }
        let mut found = Vec::new();
        for head in heads {
            if self.delivers_something(&head)? {
                found.push(self.named_or_bare(&head)?);
            }
        }
        Ok(Some(found))
    }

    fn delivers_something(&self, organisation: &str) -> Result<bool, CatalogueError> {
        for unit in self.units_of(organisation)? {
            for property in [cv::HAS_COMPETENT_AUTHORITY, eusl::RESPONSIBLE_UNIT] {
                if self.snapshot.is_pointed_at(&unit, property.as_str())? {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// Whether an organisation is no unit of another.
    pub(super) fn is_head(&self, organisation: &str) -> Result<bool, CatalogueError> {
        Ok(self.snapshot.object(organisation, org::UNIT_OF.as_str())?.is_none())
    }

    /// A unit, and the organisations that it is a unit of, one above the other.
    pub(super) fn line_of(&self, unit: &str) -> Result<Vec<String>, CatalogueError> {
        let mut line = vec![unit.to_owned()];
        let mut below = unit.to_owned();
        while let Some(above) = self.snapshot.object(&below, org::UNIT_OF.as_str())?.filter(|_| line.len() < DEEPEST) {
            line.push(above.clone());
            below = above;
        }
        Ok(line)
    }

    /// An organisation and the units under it, those above before those below.
    pub(super) fn units_of(&self, organisation: &str) -> Result<Vec<String>, CatalogueError> {
        let mut units = vec![organisation.to_owned()];
        let mut looked_at = 0;
        while let Some(unit) = units.get(looked_at).cloned() {
            for below in self.snapshot.subjects(&unit, org::UNIT_OF.as_str())? {
                if units.len() < MOST_UNITS && !units.contains(&below) {
                    units.push(below);
                }
            }
            looked_at += 1;
        }
        Ok(units)
    }
}
