//! Distributions: the files of the last dump, and the records through OAI-PMH.

use super::data_service::OAI_PMH_SERVICE;
use super::dataset::Described;
use super::reference::{AVAILABILITY, DISTRIBUTION_STATUS, FILE_TYPE, Reference};
use super::telling::Telling;
use super::words::{BY_OAI_PMH, COMPRESSED, PART, TABLE_AS, WHOLE_AS};
use crate::dump::{DumpCoding, DumpFile, DumpForm, Manifest};
use crate::harvest::description::{count, moment, node, plain};
use crate::rdf::{Literal, NamedNode};
use crate::vocab::{adms, dcat, dcatap, dct, rdf, spdx, xsd};
use std::collections::BTreeMap;

/// A code of the EU's table of file types, and what it is called there.
type FileType = (&'static str, &'static str);

/// What OAI-PMH answers with, whatever the records in it are in.
const XML: (FileType, &str) = (("XML", "XML"), "text/xml");

const fn file_type(form: DumpForm) -> FileType {
    match form {
        DumpForm::NTriples => ("RDF_N_TRIPLES", "RDF N-Triples"),
        DumpForm::Turtle => ("RDF_TURTLE", "RDF Turtle"),
        DumpForm::RdfXml => ("RDF_XML", "RDF/XML"),
        DumpForm::JsonLd => ("JSON_LD", "JSON-LD"),
        DumpForm::NQuads => ("RDF_N_QUADS", "RDF N-Quads"),
        DumpForm::Csv => ("CSV", "CSV"),
    }
}

/// What people call a coding.
const fn coding_name(coding: DumpCoding) -> &'static str {
    match coding {
        DumpCoding::Gzip => "gzip",
        DumpCoding::Zstandard => "Zstandard",
    }
}

/// The files of a set of dumps, by the datasets that they hold.
#[derive(Clone, Debug)]
pub struct Files<'a> {
    manifest: &'a Manifest,
    by_dataset: BTreeMap<&'a str, Vec<&'a DumpFile>>,
}

impl<'a> Files<'a> {
    /// The files of a set.
    pub fn of(manifest: &'a Manifest) -> Self {
        let mut by_dataset: BTreeMap<&str, Vec<&DumpFile>> = BTreeMap::new();
        for file in &manifest.files {
            by_dataset.entry(&file.dataset).or_default().push(file);
        }
        Self { manifest, by_dataset }
    }

    /// Those of a dataset.
    pub fn of_dataset(&self, name: &str) -> &[&'a DumpFile] {
        self.by_dataset.get(name).map_or(&[], Vec::as_slice)
    }

    /// Of how many parts a file is one.
    fn parts(&self, file: &DumpFile) -> usize {
        let is_beside = |other: &&&DumpFile| (other.form, other.coding) == (file.form, file.coding);
        self.of_dataset(&file.dataset).iter().filter(is_beside).count()
    }
}

/// The format and the coding of a file, and its place among several parts, as in `Turtle, gzip, 2/3`.
pub fn file_title(file: &DumpFile, files: &Files<'_>) -> String {
    let parts = files.parts(file);
    let coding = file.coding.map(|coding| coding_name(coding).to_owned());
    let place = (parts > 1).then(|| format!("{}/{parts}", file.part));
    let pieces = std::iter::once(file.form.name().to_owned()).chain(coding).chain(place);
    pieces.collect::<Vec<_>>().join(", ")
}

impl Telling<'_> {
    /// Says what can be fetched of a dataset.
    pub(super) fn tell_distributions(&mut self, dataset: &NamedNode, described: &Described) {
        self.tell_distribution_by_oai_pmh(dataset, described);
        let Some(files) = &self.catalogue.files else { return };
        for file in files.of_dataset(&described.name) {
            self.tell_file(dataset, file, files);
        }
    }

    fn tell_file(&mut self, dataset: &NamedNode, file: &DumpFile, files: &Files<'_>) {
        let iri = self.distribution(dataset, &file.name, file_type(file.form), file.form.media_type());
        let address = node(self.catalogue.file_address(file));
        self.say(&iri, dct::TITLE, plain(file_title(file, files)));
        self.say_each(&iri, dct::DESCRIPTION, described_in_words(file, files));
        self.say(&iri, dcat::ACCESS_URL, address.clone());
        self.say(&iri, dcat::DOWNLOAD_URL, address);
        self.say(&iri, dcat::BYTE_SIZE, count(file.bytes));
        self.say(&iri, dct::ISSUED, moment(&files.manifest.moment));
        self.say(&iri, dct::MODIFIED, moment(&files.manifest.moment));
        if let Some(coding) = file.coding {
            self.refer(&iri, dcat::COMPRESS_FORMAT, Reference::media_type(coding.media_type()));
        }
        let checksum = node(format!("{}-checksum", iri.as_str()));
        self.say(&iri, spdx::CHECKSUM, checksum.clone());
        self.say(&checksum, rdf::TYPE, spdx::CHECKSUM_CLASS);
        self.refer(&checksum, spdx::ALGORITHM, Reference::sha_256());
        self.say(&checksum, spdx::CHECKSUM_VALUE, Literal::new_typed_literal(&file.sha256, xsd::HEX_BINARY));
    }

    fn tell_distribution_by_oai_pmh(&mut self, dataset: &NamedNode, described: &Described) {
        let (file_type, media_type) = XML;
        let iri = self.distribution(dataset, OAI_PMH_SERVICE, file_type, media_type);
        let address = format!("oai?verb=ListRecords&metadataPrefix=rdf&set={}", described.name);
        let address = node(self.catalogue.address(&address));
        let service = self.catalogue.part(OAI_PMH_SERVICE);
        self.say(&iri, dct::TITLE, plain("OAI-PMH"));
        self.say_each(&iri, dct::DESCRIPTION, BY_OAI_PMH.literals());
        self.say(&iri, dcat::ACCESS_URL, address);
        self.say(&iri, dcat::ACCESS_SERVICE, service);
        self.say(&iri, dct::MODIFIED, moment(&described.changed.timestamp));
    }

    /// What holds of every distribution; gives its IRI.
    fn distribution(&mut self, dataset: &NamedNode, name: &str, file_type: FileType, media_type: &str) -> NamedNode {
        let iri = node(format!("{}#{name}", dataset.as_str()));
        self.say(dataset, dcat::DISTRIBUTION, iri.clone());
        self.say(&iri, rdf::TYPE, dcat::DISTRIBUTION_CLASS);
        self.name_licence(&iri);
        let (code, name) = file_type;
        self.refer(&iri, dct::FORMAT, Reference::code(&FILE_TYPE, code, name));
        self.refer(&iri, dcat::MEDIA_TYPE, Reference::media_type(media_type));
        self.refer(&iri, dcatap::AVAILABILITY, Reference::code(&AVAILABILITY, "STABLE", "stable"));
        self.refer(&iri, adms::STATUS, Reference::code(&DISTRIBUTION_STATUS, "COMPLETED", "completed"));
        iri
    }
}

/// What a file holds, in words.
fn described_in_words(file: &DumpFile, files: &Files<'_>) -> impl Iterator<Item = Literal> + use<> {
    let (parts, part) = (files.parts(file), file.part);
    let (form, coding) = (file.form.name(), file.coding.map(coding_name));
    let holds = if file.form == DumpForm::Csv { TABLE_AS } else { WHOLE_AS };
    holds.literals_with(move |tag, whole| {
        let coded = coding.map_or_else(String::new, |name| format!(", {} {name}", COMPRESSED.of(tag)));
        let place = if parts > 1 { format!("; {} {part}/{parts}", PART.of(tag)) } else { String::new() };
        format!("{whole} {form}{coded}{place}")
    })
}
