//! All files of a set, made of one view of the register.

use super::coding::compress;
use super::copy::{Copied, Copy};
use super::error::{At, DumpError};
use super::history::each_version;
use super::manifest::{ALL, DumpCoding, DumpFile, DumpForm, HISTORY};
use super::organisations::Organisations;
use super::parts::{Frame, Parts, Written};
use super::table::{self, Offers, Services};
use crate::catalogue::{Base, Filter, Present};
use crate::rdf::{ContextAddress, JsonLdContext, Preference, RecordWriter, Syntax};
use crate::register::fail_point;
use crate::vocab;
use std::io;
use std::path::Path;

/// Bounds of a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The size of a part before it is compressed, in bytes; only a single record that is longer makes one longer.
    pub part: u64,
}

impl Default for Limits {
    /// What harvesters that read a file whole take: 50 MB.
    fn default() -> Self {
        Self { part: 50_000_000 }
    }
}

/// What the name of the dataset of an organisation begins with.
pub(super) const ORGANISATION: &str = "organisation-";

/// The datasets that have a table.
pub(super) const TABLES: [&str; 3] = ["services", "suitability", "public-services"];

/// The forms that every dataset but those of organisations has.
const FORMS: [(DumpForm, Syntax); 4] = [
    (DumpForm::NTriples, Syntax::NTriples),
    (DumpForm::Turtle, Syntax::Turtle),
    (DumpForm::RdfXml, Syntax::RdfXml),
    (DumpForm::JsonLd, Syntax::JsonLd),
];

/// The writer of a syntax for a base. A dump stands alone, so the context of its JSON-LD is inside.
pub(super) fn writer(base: &Base, syntax: Syntax) -> io::Result<RecordWriter> {
    let context = JsonLdContext::new(vocab::CONTEXT, ContextAddress::Inlined).map_err(io::Error::other)?;
    RecordWriter::new(syntax, &base.prefixes(), &context)
}

pub(super) fn frame(writer: &RecordWriter) -> Frame {
    Frame { head: writer.head().to_vec(), between: writer.between(), tail: writer.tail() }
}

/// The syntax of a form; tables and quads have none.
pub(super) fn syntax(form: DumpForm) -> Option<Syntax> {
    FORMS.iter().find(|(known, _)| *known == form).map(|(_, syntax)| *syntax)
}

/// The rows of the second list: everybody's verdicts.
pub(super) fn suitability_rows(present: &Present<'_>, base: &Base) -> Result<Vec<Vec<String>>, DumpError> {
    let filter = Filter::default();
    Ok(table::suitability_rows(present, base, &present.second_list(&filter)?, &filter, &Preference::default())?)
}

/// The work on a set.
pub(super) struct Making<'a> {
    /// Where its files are written.
    pub folder: &'a Path,
    /// The base of the IRIs.
    pub base: &'a Base,
    pub limits: Limits,
    /// Whether the work is to end.
    pub is_ended: &'a dyn Fn() -> bool,
}

impl Making<'_> {
    /// Reads the register and writes all files.
    pub(super) fn files(&self, present: Present<'_>) -> Result<Vec<DumpFile>, DumpError> {
        let copy = Copy::of(&present, self.base, self.folder.join("copy"), self.is_ended)?;
        let mut files = self.history(&present)?;
        files.extend(self.table("suitability", suitability_rows(&present, self.base)?)?);
        // The register is done with; the rest is made of the copy.
        drop(present);
        files.extend(self.documents(&copy, ALL, |_| true)?);
        fail_point::reach("dump-half-written");
        for (place, name) in copy.datasets().iter().enumerate().filter(|(_, name)| !name.starts_with(ORGANISATION)) {
            files.extend(self.documents(&copy, name, |record| record.datasets.contains(&place))?);
        }
        files.extend(self.services(&copy)?);
        files.extend(self.offers(&copy)?);
        self.compress(&mut files)?;
        files.extend(self.organisations(&copy)?);
        files.sort_by_cached_key(|file| {
            let place = copy.datasets().iter().position(|name| *name == file.dataset);
            (place.unwrap_or(TABLES.len()), file.dataset.clone(), file.form, file.coding, file.part)
        });
        copy.remove()?;
        Ok(files)
    }

    /// The records that `is_in` chooses, in every syntax.
    fn documents(
        &self,
        copy: &Copy,
        dataset: &str,
        is_in: impl Fn(&Copied) -> bool,
    ) -> Result<Vec<DumpFile>, DumpError> {
        let mut documents = Vec::new();
        for (form, syntax) in FORMS {
            let writer = writer(self.base, syntax).at(self.folder)?;
            documents.push((form, self.parts(dataset, form, frame(&writer)), writer));
        }
        copy.each(self.is_ended, |record| {
            if !is_in(record) || record.text.is_empty() {
                return Ok(());
            }
            let content = record.content()?;
            for (form, parts, writer) in &mut documents {
                match form {
                    // The register's own text is canonical N-Triples.
                    DumpForm::NTriples => parts.record(record.text.as_bytes())?,
                    _ => parts.record(&writer.record(&record.iri, &content).at(self.folder)?)?,
                }
            }
            Ok(())
        })?;
        let mut files = Vec::new();
        for (form, parts, _) in documents {
            files.extend(listed(dataset, form, parts.finish()?));
        }
        Ok(files)
    }

    /// The records of each organisation, in Turtle.
    fn organisations(&self, copy: &Copy) -> Result<Vec<DumpFile>, DumpError> {
        let writer = writer(self.base, Syntax::Turtle).at(self.folder)?;
        let extension = DumpForm::Turtle.extension();
        let mut organisations = Organisations::new(self.folder, extension, self.limits.part, frame(&writer));
        copy.each(self.is_ended, |record| {
            let names = record.datasets.iter().filter_map(|place| copy.datasets().get(*place));
            let of: Vec<&String> = names.filter(|name| name.starts_with(ORGANISATION)).collect();
            if of.is_empty() {
                return Ok(());
            }
            let text = writer.record(&record.iri, &record.content()?).at(self.folder)?;
            of.into_iter().try_for_each(|dataset| organisations.record(dataset, &text))
        })?;
        let written = organisations.finish()?;
        Ok(written.into_iter().flat_map(|(dataset, parts)| listed(&dataset, DumpForm::Turtle, parts)).collect())
    }

    /// Every version of everything.
    fn history(&self, present: &Present<'_>) -> Result<Vec<DumpFile>, DumpError> {
        let mut parts = self.parts(HISTORY, DumpForm::NQuads, Frame::default());
        each_version(present, self.base, self.is_ended, |lines| parts.record(lines))?;
        Ok(listed(HISTORY, DumpForm::NQuads, parts.finish()?))
    }

    fn services(&self, copy: &Copy) -> Result<Vec<DumpFile>, DumpError> {
        let services = Services::of(copy, self.base, self.is_ended)?;
        let rows = services.rows(copy, self.base, self.is_ended)?;
        self.table("services", std::iter::once(services.headings()).chain(rows))
    }

    fn offers(&self, copy: &Copy) -> Result<Vec<DumpFile>, DumpError> {
        let offers = Offers::of(copy, self.base, self.is_ended)?;
        let mut parts = self.table_parts("public-services", offers.headings())?;
        offers.each_row(copy, self.is_ended, |row| parts.record(&table::row(row).at(self.folder)?))?;
        Ok(listed("public-services", DumpForm::Csv, parts.finish()?))
    }

    /// A table of rows, the names of its columns first.
    fn table(&self, dataset: &str, rows: impl IntoIterator<Item = Vec<String>>) -> Result<Vec<DumpFile>, DumpError> {
        let mut rows = rows.into_iter();
        let mut parts = self.table_parts(dataset, rows.next().unwrap_or_default())?;
        rows.try_for_each(|row| parts.record(&table::row(row).at(self.folder)?))?;
        Ok(listed(dataset, DumpForm::Csv, parts.finish()?))
    }

    /// The parts of a table, each of which begins with the names of the columns.
    fn table_parts(&self, dataset: &str, headings: Vec<String>) -> Result<Parts<'_>, DumpError> {
        let frame = Frame { head: table::row(headings).at(self.folder)?, ..Frame::default() };
        Ok(self.parts(dataset, DumpForm::Csv, frame))
    }

    fn parts(&self, dataset: &str, form: DumpForm, frame: Frame) -> Parts<'_> {
        Parts::new(self.folder, dataset, form.extension(), self.limits.part, frame)
    }

    /// Compresses each file in every coding.
    fn compress(&self, files: &mut Vec<DumpFile>) -> Result<(), DumpError> {
        for place in 0..files.len() {
            let Some(plain) = files.get(place).cloned() else { break };
            for coding in DumpCoding::ALL {
                let name = format!("{}.{}", plain.name, coding.extension());
                let (from, to) = (self.folder.join(&plain.name), self.folder.join(&name));
                let (bytes, sha256) = compress(&from, &to, coding, self.is_ended)?;
                files.push(DumpFile { name, coding: Some(coding), bytes, sha256, ..plain.clone() });
            }
        }
        Ok(())
    }
}

/// The parts that were written, as a manifest lists them.
fn listed(dataset: &str, form: DumpForm, parts: Vec<Written>) -> Vec<DumpFile> {
    let file = |Written { name, part, bytes, sha256 }: Written| {
        let dataset = dataset.to_owned();
        DumpFile { dataset, name, form, coding: None, part, bytes, sha256 }
    };
    parts.into_iter().map(file).collect()
}
