//! One dump as one file, for whoever runs the command.

use super::coding::Coded;
use super::copy::Copy;
use super::error::{At, DumpError};
use super::history::each_version;
use super::manifest::{ALL, DumpCoding, DumpForm};
use super::set::{ORGANISATION, TABLES, suitability_rows, syntax, writer};
use super::table::{self, Offers, Services};
use crate::catalogue::{Base, Present};
use crate::rdf::Syntax;
use std::io::Write;
use std::path::Path;

/// What a file is to hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The name of a dataset, or [`ALL`].
    pub dataset: String,
    /// What it is written in; N-Quads hold every version of everything, whatever the dataset.
    pub form: DumpForm,
    /// How it is compressed, if it is.
    pub coding: Option<DumpCoding>,
}

/// Writes one dump, however long, and says how many records it holds, or versions, or rows. What is read twice is kept
/// meanwhile in a file beside `near`, which is removed.
///
/// # Errors
/// See [`DumpError`].
pub fn write_dump(
    present: &Present<'_>,
    base: &Base,
    wanted: &Wanted,
    near: &Path,
    out: &mut dyn Write,
) -> Result<u64, DumpError> {
    let Some(coding) = wanted.coding else { return Work { present, base, near }.write(wanted, out) };
    let mut coded = Coded::new(out, coding).at(near)?;
    let written = Work { present, base, near }.write(wanted, &mut coded)?;
    coded.finish().at(near)?;
    Ok(written)
}

struct Work<'a> {
    present: &'a Present<'a>,
    base: &'a Base,
    near: &'a Path,
}

impl Work<'_> {
    fn write(&self, wanted: &Wanted, out: &mut dyn Write) -> Result<u64, DumpError> {
        let dataset = wanted.dataset.as_str();
        match (wanted.form, syntax(wanted.form)) {
            (DumpForm::NTriples, _) if dataset == ALL => self.everything(out),
            (_, Some(syntax)) => self.with_copy(|copy| self.documents(copy, dataset, syntax, out)),
            (DumpForm::NQuads, _) => self.history(out),
            _ if dataset == TABLES[1] => self.rows(suitability_rows(self.present, self.base)?, out),
            _ => self.with_copy(|copy| self.table(copy, dataset, out)),
        }
    }

    /// All records as N-Triples, which is how the register has them: nothing is read twice.
    fn everything(&self, out: &mut dyn Write) -> Result<u64, DumpError> {
        let mut records = 0;
        self.present.each_text(|text| {
            records += 1;
            out.write_all(text.as_bytes()).at(self.near)
        })?;
        Ok(records)
    }

    /// The records of a dataset in a syntax.
    fn documents(&self, copy: &Copy, dataset: &str, syntax: Syntax, out: &mut dyn Write) -> Result<u64, DumpError> {
        let place = copy.datasets().iter().position(|name| name == dataset);
        if place.is_none() && dataset != ALL {
            let there = copy.datasets().iter().filter(|name| !name.starts_with(ORGANISATION));
            let there = there.map(String::as_str).chain([ALL]).map(str::to_owned).collect();
            return Err(DumpError::NoDataset { name: dataset.to_owned(), there });
        }
        let writer = writer(self.base, syntax).at(self.near)?;
        let mut records = 0;
        out.write_all(writer.head()).at(self.near)?;
        copy.each(&|| false, |record| {
            if place.is_some_and(|place| !record.datasets.contains(&place)) || record.text.is_empty() {
                return Ok(());
            }
            let between = if records == 0 { "" } else { writer.between() };
            records += 1;
            let text = writer.record(&record.iri, &record.content()?).at(self.near)?;
            out.write_all(between.as_bytes()).and_then(|()| out.write_all(&text)).at(self.near)
        })?;
        out.write_all(writer.tail().as_bytes()).at(self.near)?;
        Ok(records)
    }

    /// Every version of everything.
    fn history(&self, out: &mut dyn Write) -> Result<u64, DumpError> {
        let mut versions = 0;
        each_version(self.present, self.base, &|| false, |lines| {
            versions += 1;
            out.write_all(lines).at(self.near)
        })?;
        Ok(versions)
    }

    /// The table of a dataset that is made of the copy.
    fn table(&self, copy: &Copy, dataset: &str, out: &mut dyn Write) -> Result<u64, DumpError> {
        if dataset == TABLES[0] {
            let services = Services::of(copy, self.base, &|| false)?;
            let rows = services.rows(copy, self.base, &|| false)?;
            return self.rows(std::iter::once(services.headings()).chain(rows), out);
        }
        if dataset != TABLES[2] {
            return Err(DumpError::NoTable(dataset.to_owned()));
        }
        let offers = Offers::of(copy, self.base, &|| false)?;
        let mut rows = self.rows([offers.headings()], out)?;
        offers.each_row(copy, &|| false, |row| {
            rows += 1;
            self.rows([row], out).map(drop)
        })?;
        Ok(rows)
    }

    /// Rows, the names of the columns first, which are not counted.
    fn rows(&self, rows: impl IntoIterator<Item = Vec<String>>, out: &mut dyn Write) -> Result<u64, DumpError> {
        let mut written = 0_u64;
        for row in rows {
            out.write_all(&table::row(row).at(self.near)?).at(self.near)?;
            written += 1;
        }
        Ok(written.saturating_sub(1))
    }

    /// Copies the register beside the file, lets `work` read the copy, and removes it.
    fn with_copy<T>(&self, work: impl FnOnce(&Copy) -> Result<T, DumpError>) -> Result<T, DumpError> {
        let mut name = self.near.file_name().unwrap_or_default().to_owned();
        name.push(format!(".copy-{}", std::process::id()));
        let path = self.near.with_file_name(name);
        let worked = Copy::of(self.present, self.base, path.clone(), &|| false).and_then(|copy| work(&copy));
        let removed = std::fs::remove_file(&path).at(&path);
        worked.and_then(|done| removed.map(|()| done))
    }
}
