//! Lists of records and of their headers, a page at a time.

use super::datestamp::{self, seconds};
use super::error::{Condition, Refusal};
use super::record;
use super::repository::Repository;
use super::request::{Selection, Wanted};
use super::token::Cursor;
use crate::catalogue::{Dataset, Present};
use crate::harvest::xml::Xml;
use std::time::Duration;

/// How many records a page has.
const PAGE: usize = 100;

/// A list that is asked for, at one of its pages.
#[derive(Debug)]
pub(super) struct List {
    /// The verb that asks for it.
    verb: &'static str,
    has_metadata: bool,
    /// The dataset that its set is, where it has one.
    datasets: Vec<Dataset>,
    /// The page, where it begins.
    cursor: Cursor,
    is_first: bool,
}

impl List {
    /// The page of a list that is wanted.
    ///
    /// # Errors
    /// A set that there is not, or a token that is none.
    pub(super) fn find(wanted: &Wanted, has_metadata: bool, present: &Present<'_>) -> Result<Self, Refusal> {
        let verb = if has_metadata { "ListRecords" } else { "ListIdentifiers" };
        let (cursor, is_first) = match wanted {
            Wanted::First(selection) => (first(selection, present)?, true),
            Wanted::Next { token } => {
                let cursor = Cursor::read(token, verb, present)?;
                let cursor = cursor.ok_or_else(|| Refusal::of(Condition::BadResumptionToken, NO_TOKEN))?;
                (cursor, false)
            }
        };
        let datasets = cursor.set.iter().map(|set| dataset(set, present)).collect::<Result<_, _>>()?;
        Ok(Self { verb, has_metadata, datasets, cursor, is_first })
    }

    /// Writes the page.
    ///
    /// # Errors
    /// Nothing to write, which the protocol has a condition for.
    pub(super) fn write(
        &self,
        xml: &mut Xml,
        repository: &Repository<'_>,
        present: &Present<'_>,
    ) -> Result<(), Refusal> {
        let positions = self.cursor.position..=last_position(self.cursor.until, present)?;
        let members = present.present_members(&self.datasets, positions, PAGE)?;
        if members.entries.is_empty() {
            return Err(nothing("no record that is meant was made, changed or withdrawn then"));
        }
        let told = self.cursor.told + members.entries.len() as u64;
        let next = members.next.map(|position| Cursor { position, told, ..self.cursor.clone() });
        xml.within(self.verb, &[], |xml| {
            for entry in &members.entries {
                if self.has_metadata {
                    record::write(xml, repository, present, entry, self.cursor.format)?;
                } else {
                    record::write_header(xml, repository.base, present, entry)?;
                }
            }
            self.write_token(xml, next.as_ref(), present)
        })
    }

    /// Where the list goes on; on the last of several pages an empty token, on the only one none.
    fn write_token(&self, xml: &mut Xml, next: Option<&Cursor>, present: &Present<'_>) -> Result<(), Refusal> {
        let cursor = self.cursor.told.to_string();
        let token = match next {
            Some(next) => next.token(self.verb, present)?,
            None if self.is_first => return Ok(()),
            None => String::new(),
        };
        Ok(xml.text_with("resumptionToken", &[("cursor", &cursor)], &token)?)
    }
}

const NO_TOKEN: &str = "this resumptionToken is none of this repository and this verb; begin the list anew";

/// Where a list begins that a harvester selects.
fn first(selection: &Selection, present: &Present<'_>) -> Result<Cursor, Refusal> {
    let position = match selection.from {
        Some(from) => present.first_position_from(from)?,
        None => 1,
    };
    let until = selection.until.map(seconds);
    Ok(Cursor { format: selection.format, set: selection.set.clone(), until, position, told: 0 })
}

/// The last position of the feed that was committed by the end of a second.
fn last_position(until: Option<u64>, present: &Present<'_>) -> Result<u64, Refusal> {
    match until.and_then(datestamp::moment).and_then(|until| until.checked_add(Duration::from_secs(1))) {
        Some(after) => Ok(present.first_position_from(after)?.saturating_sub(1)),
        None => Ok(u64::MAX >> 1),
    }
}

fn dataset(set: &str, present: &Present<'_>) -> Result<Dataset, Refusal> {
    present
        .dataset_named(set)?
        .ok_or_else(|| nothing(&format!("there is no set {set}; ListSets tells those there are")))
}

fn nothing(reason: &str) -> Refusal {
    Refusal::of(Condition::NoRecordsMatch, reason)
}
