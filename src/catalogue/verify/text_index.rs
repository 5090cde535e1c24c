//! The text index held to the register.
//!
//! The literals of each record are compared; where the index has more than those, the records that it should not have
//! are looked for. What changed after the position that the index has followed is not held against it: it catches up
//! with that.

use super::super::mark::Mark;
use super::super::open::{Catalogue, CatalogueError};
use super::super::text_index::{folder, texts};
use crate::rdf::Content;
use crate::register::{Findings, Location, Register, Remedy, Snapshot, Unreadable};
use crate::text_index::{Contents, SearchError, Shown, Text, TextIndexError, kept_contents};
use std::collections::BTreeSet;

/// How often an index that is behind is waited for, as long as a search waits: one that is made anew may take minutes.
const TRIES: usize = 30;

impl Catalogue {
    /// Holds the text index that is being searched to the register, where there is one. Reading and writing go on
    /// meanwhile.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn verify_text_index(&self) -> Result<Findings, CatalogueError> {
        let mut findings = Findings::default();
        let Some(follower) = self.text_follower.get() else { return Ok(findings) };
        let look = || follower.index().contents(self.revision(), || false);
        let followed = (0..TRIES).find_map(|_| look().ok()).map_or_else(look, Ok);
        // The snapshot comes after the index, so that it has all that the index shows.
        match followed {
            Ok((shown, contents)) => compare(&self.register.snapshot()?, &shown, &contents, &mut findings)?,
            Err(SearchError::Index(error)) => return Err(error.into()),
            Err(behind) => findings.add(behind.to_string(), Remedy::DropTextIndex),
        }
        Ok(findings)
    }
}

/// Holds the text index that stands beside a register which no server has open to it. Where there is none, or one of
/// another form, the next server makes it.
///
/// # Errors
/// See [`CatalogueError`].
pub fn verify_kept_text_index(register: &Register, location: &Location) -> Result<Findings, CatalogueError> {
    let mut findings = Findings::default();
    let Location::Directory(directory) = location else { return Ok(findings) };
    let broken = |error: TextIndexError, findings: &mut Findings| {
        findings.add(format!("the text index cannot be read: {error}"), Remedy::DropTextIndex);
    };
    match kept_contents(&folder(directory)) {
        Ok(Some((shown, contents))) => match compare(&register.snapshot()?, &shown, &contents, &mut findings) {
            Err(CatalogueError::TextIndex(error)) => broken(error, &mut findings),
            other => other?,
        },
        Ok(None) => {}
        Err(error) => broken(error, &mut findings),
    }
    Ok(findings)
}

fn compare(
    snapshot: &Snapshot<'_>,
    shown: &Shown,
    contents: &Contents,
    findings: &mut Findings,
) -> Result<(), CatalogueError> {
    let Some(mark) = Mark::known(&shown.mark, snapshot)? else {
        let what = format!("the text index shows a revision {} that this register never had", shown.revision);
        findings.add(what, Remedy::DropTextIndex);
        return Ok(());
    };
    let later = later_than(snapshot, mark)?;
    let mut expected = 0;
    snapshot.each_content(|record, text| {
        let indexed = contents.texts(record)?;
        expected += indexed.len();
        if !later.contains(record) && indexed != said(record, text)? {
            let what =
                if indexed.is_empty() { "the text index lacks it" } else { "the text index has it as it was not" };
            findings.add_of(record, None, what.to_owned(), Remedy::DropTextIndex);
        }
        Ok::<(), CatalogueError>(())
    })?;
    if contents.count()? != u64::try_from(expected).unwrap_or(u64::MAX) {
        tell_strangers(snapshot, contents, findings)?;
    }
    Ok(())
}

/// The records that changed after what the index has followed.
fn later_than(snapshot: &Snapshot<'_>, mark: Mark) -> Result<BTreeSet<String>, Unreadable> {
    let later = snapshot.present_after(mark.position, usize::MAX)?;
    Ok(later.into_iter().map(|followed| followed.record).collect())
}

/// What a record is searched by, sorted as the index gives it.
fn said(record: &str, text: &str) -> Result<Vec<Text>, Unreadable> {
    let content = Content::parse(text).map_err(|source| Unreadable::Content { record: record.to_owned(), source })?;
    let mut said: Vec<Text> = texts(record, &content).into_iter().map(|(text, _)| text).collect();
    said.sort();
    Ok(said)
}

/// Tells the records that the index has and the register has not.
fn tell_strangers(snapshot: &Snapshot<'_>, contents: &Contents, findings: &mut Findings) -> Result<(), CatalogueError> {
    let mut strangers = BTreeSet::new();
    contents.each_record(|record| {
        strangers.insert(record.to_owned());
    })?;
    for record in strangers {
        if !snapshot.has(&record)? {
            let what = "the text index has it, and it is no record".to_owned();
            findings.add_of(&record, None, what, Remedy::DropTextIndex);
        }
    }
    Ok(())
}
