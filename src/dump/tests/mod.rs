//! Sets of dumps of small registers, read back by another reader than the one they were written with.

mod kept;

use super::{ALL, DumpCoding, DumpFile, DumpForm, Dumps, HISTORY, Limits, Manifest, Missing};
use crate::catalogue::{Base, Catalogue, Gate};
use crate::graph::Engine;
use crate::rdf::{Content, read_turtle};
use crate::register::{Change, Commit, Location, Register, hex};
use oxrdfio::{JsonLdProfileSet, RdfFormat, RdfParser};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::sync::{Arc, LazyLock};
use tempfile::TempDir;

const BASE: &str = "http://example.eu/";

const PREFIXES: &str = "@prefix adms: <http://www.w3.org/ns/adms#> . @prefix cpsv: <http://purl.org/vocab/cpsv#> .
    @prefix cv: <http://data.europa.eu/m8g/> . @prefix dct: <http://purl.org/dc/terms/> .
    @prefix eusl: <https://w3id.org/eu-service-list/def#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    @prefix s: <http://publications.europa.eu/resource/authority/concept-status/> .\n";

const HOSTILE: &str = r#""quote \" backslash \\ tab \t return \r\n ]]> & < > '''""#;

/// A data directory whose register says these things, commit by commit, written past the gate.
fn directory(commits: &[&[(&str, &str)]]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let register = Register::open(&Location::Directory(folder.path().to_owned()), BASE).unwrap();
    for records in commits {
        write(&register, records);
    }
    folder
}

fn write(register: &Register, records: &[(&str, &str)]) {
    let change = |(path, says): &(&str, &str)| {
        let iri = format!("{BASE}id/{path}");
        let content = read_turtle(format!("{PREFIXES}<{iri}> {says}").as_bytes(), BASE).unwrap().into_iter().collect();
        let (kind, reference) = path.split_once('/').unwrap();
        let number = reference.parse().ok().filter(|_| kind == "service-type");
        Change { iri, kind: kind.to_owned(), number, content }
    };
    register.commit(&Commit { changes: records.iter().map(change).collect(), ..Commit::default() }).unwrap();
}

fn catalogue(folder: &TempDir) -> Catalogue {
    static GATE: LazyLock<Arc<Gate>> = LazyLock::new(|| Arc::new(Gate::new().unwrap()));
    let location = Location::Directory(folder.path().to_owned());
    Catalogue::open_with(&location, &Base::parse(BASE).unwrap(), Arc::clone(&GATE), Engine::default()).unwrap()
}

/// A small world: two service types of which one is gone, an assessment, an organisation with two offers and a desk.
fn world() -> TempDir {
    let offer = |name: &str| {
        format!(
            "a cpsv:PublicService ; dct:title \"{name}\"@nl, \"=SUM(A1)\"@en ; dct:identifier \"{name}\" ;
             cv:hasCompetentAuthority <id/organisation/gent> ; eusl:serviceType <id/service-type/1> ."
        )
    };
    directory(&[
        &[
            (
                "service-type/1",
                &format!(
                    "skos:prefLabel \"Bins\"@en, \"Bakken\"@nl ; skos:definition {HOSTILE}@en ; skos:broader <id/function/7> ."
                ),
            ),
            (
                "service-type/20",
                "skos:prefLabel \"Bags\"@en ; adms:status s:DEPRECATED ; dct:isReplacedBy <id/service-type/1> .",
            ),
            ("service-type/3", "skos:prefLabel \"Gone\"@en ."),
            ("function/7", "skos:prefLabel \"Waste\"@en ."),
            ("assessment/1-editors", "skos:note \"a note\"@en ."),
            (
                "organisation/gent",
                "skos:prefLabel \"Gent\"@nl ; dct:spatial <http://data.europa.eu/nuts/code/BE234> ; cv:contactPoint <id/contact-point/desk> .",
            ),
            ("contact-point/desk", "cv:telephone \"1\" ."),
            ("public-service/one", &offer("one")),
            ("public-service/two", &offer("two")),
        ],
        &[("service-type/3", "skos:prefLabel \"Gone\"@en ; a eusl:WithdrawnRecord ; adms:status s:RETIRED .")],
    ])
}

/// The bytes of a file, as whoever downloads it gets them.
fn bytes(dumps: &Dumps, name: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    dumps.file(None, name).unwrap().unwrap().file.read_to_end(&mut bytes).unwrap();
    bytes
}

fn format(form: DumpForm) -> RdfFormat {
    match form {
        DumpForm::NTriples => RdfFormat::NTriples,
        DumpForm::Turtle => RdfFormat::Turtle,
        DumpForm::RdfXml => RdfFormat::RdfXml,
        DumpForm::JsonLd => RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() },
        DumpForm::NQuads | DumpForm::Csv => RdfFormat::NQuads,
    }
}

/// The statements of a file, each as a line; a file is read alone, so it must be whole.
fn lines(form: DumpForm, bytes: &[u8]) -> BTreeSet<String> {
    let quads = RdfParser::from_format(format(form)).for_slice(bytes);
    quads
        .map(|quad| quad.unwrap_or_else(|error| panic!("{error} in\n{}", String::from_utf8_lossy(bytes))).to_string())
        .collect()
}

/// The plain parts of a dataset in a form.
fn parts<'m>(manifest: &'m Manifest, dataset: &str, form: DumpForm) -> Vec<&'m DumpFile> {
    let is_meant = |file: &&DumpFile| file.dataset == dataset && file.form == form && file.coding.is_none();
    manifest.files.iter().filter(is_meant).collect()
}

fn said(dumps: &Dumps, dataset: &str, form: DumpForm) -> BTreeSet<String> {
    let manifest = dumps.manifest().unwrap();
    let parts = parts(&manifest, dataset, form);
    assert!(!parts.is_empty(), "there is no {dataset} in {form:?}");
    parts.iter().flat_map(|part| lines(form, &bytes(dumps, &part.name))).collect()
}

const RDF: [DumpForm; 4] = [DumpForm::NTriples, DumpForm::Turtle, DumpForm::RdfXml, DumpForm::JsonLd];

/// What the published graph has, by the IRIs of records.
fn published(catalogue: &Catalogue) -> BTreeMap<String, BTreeSet<String>> {
    let mut records: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in catalogue.graph().lines().unwrap() {
        let line = line.trim_end_matches('\n').trim_end_matches('.').trim_end().to_owned();
        let record = line.trim_start_matches('<').split(['>', '#']).next().unwrap().to_owned();
        records.entry(record).or_default().insert(line);
    }
    records
}

fn of(records: &BTreeMap<String, BTreeSet<String>>, paths: &[&str]) -> BTreeSet<String> {
    paths.iter().flat_map(|path| records[&format!("{BASE}id/{path}")].clone()).collect()
}

#[test]
fn every_file_of_a_set_says_what_the_graph_says_of_its_dataset() {
    let folder = world();
    let catalogue = catalogue(&folder);
    let dumps = Dumps::open(&catalogue, Limits::default()).unwrap();
    assert_eq!(dumps.file(None, "all.nt").unwrap().unwrap_err(), Missing::NotYet);
    dumps.make(&catalogue).unwrap();
    let records = published(&catalogue);
    let offered = ["organisation/gent", "contact-point/desk", "public-service/one", "public-service/two"];
    for form in RDF {
        assert_eq!(said(&dumps, ALL, form), records.values().flatten().cloned().collect(), "{form:?}");
        let services = of(&records, &["service-type/1", "service-type/20", "function/7"]);
        assert_eq!(said(&dumps, "services", form), services, "{form:?}: what is withdrawn is in `all` alone");
        assert_eq!(said(&dumps, "suitability", form), of(&records, &["assessment/1-editors"]), "{form:?}");
        for dataset in ["public-services", "public-services-bel"] {
            assert_eq!(said(&dumps, dataset, form), of(&records, &offered), "{dataset} {form:?}");
        }
    }
    assert_eq!(said(&dumps, "organisation-gent", DumpForm::Turtle), of(&records, &offered));
    let manifest = dumps.manifest().unwrap();
    assert_eq!(manifest.revision, catalogue.revision());
    assert!(
        manifest.files.iter().all(|file| !file.dataset.starts_with("organisation-") || file.form == DumpForm::Turtle)
    );
}

#[test]
fn n_triples_are_the_text_of_the_register_to_the_byte() {
    let folder = world();
    let catalogue = catalogue(&folder);
    let dumps = Dumps::open(&catalogue, Limits::default()).unwrap();
    dumps.make(&catalogue).unwrap();
    let text = String::from_utf8(bytes(&dumps, "all.nt")).unwrap();
    let canonical = Content::parse(&text).unwrap();
    let mut lines: Vec<&str> = text.lines().collect();
    lines.sort_unstable();
    assert_eq!(lines.join("\n") + "\n", canonical.to_string());
}

#[test]
fn sizes_and_checksums_are_those_of_the_bytes_and_what_is_compressed_is_the_same() {
    let folder = world();
    let catalogue = catalogue(&folder);
    let dumps = Dumps::open(&catalogue, Limits::default()).unwrap();
    dumps.make(&catalogue).unwrap();
    let manifest = dumps.manifest().unwrap();
    for file in &manifest.files {
        let is = bytes(&dumps, &file.name);
        assert_eq!((file.bytes, &file.sha256), (is.len() as u64, &hex(&Sha256::digest(&is))), "{}", file.name);
        let mut plain = Vec::new();
        match file.coding {
            None => continue,
            Some(DumpCoding::Gzip) => drop(flate2::read::GzDecoder::new(&*is).read_to_end(&mut plain).unwrap()),
            Some(DumpCoding::Zstandard) => plain = zstd::decode_all(&*is).unwrap(),
        }
        let name = file.name.rsplit_once('.').unwrap().0;
        assert!(plain == bytes(&dumps, name), "{}", file.name);
    }
    let codings = manifest.files.iter().filter(|file| file.dataset == "services" && file.form == DumpForm::Turtle);
    assert_eq!(
        codings.map(|file| file.name.as_str()).collect::<Vec<_>>(),
        ["services.ttl", "services.ttl.gz", "services.ttl.zst"]
    );
}

#[test]
fn parts_are_whole_documents_below_the_limit_and_no_record_is_in_two() {
    let folder = world();
    let catalogue = catalogue(&folder);
    let limit = 2_000;
    let whole = Dumps::open(&catalogue, Limits::default()).unwrap();
    whole.make(&catalogue).unwrap();
    let expected: Vec<BTreeSet<String>> = [DumpForm::NTriples, DumpForm::NQuads]
        .into_iter()
        .zip([ALL, HISTORY])
        .map(|(form, dataset)| said(&whole, dataset, form))
        .collect();
    drop(whole);
    fs::remove_dir_all(folder.path().join("dumps")).unwrap();
    let dumps = Dumps::open(&catalogue, Limits { part: limit }).unwrap();
    dumps.make(&catalogue).unwrap();
    let manifest = dumps.manifest().unwrap();
    for (form, dataset, expected) in
        [(DumpForm::NTriples, ALL, &expected[0]), (DumpForm::NQuads, HISTORY, &expected[1])]
    {
        assert_eq!(said(&dumps, dataset, form), *expected, "{form:?}");
        assert!(parts(&manifest, dataset, form).len() > 1, "{form:?} is in one part: the test would show nothing");
    }
    let parts = parts(&manifest, ALL, DumpForm::NTriples);
    assert!(parts.iter().all(|part| part.bytes <= limit), "{parts:?}");
    assert_eq!(parts[1].name, "all.2.nt");
    assert_eq!(
        parts.iter().map(|part| part.part).collect::<Vec<_>>(),
        (1..=u32::try_from(parts.len()).unwrap()).collect::<Vec<_>>()
    );
    let record = |line: &String| line.trim_start_matches('<').split(['>', '#']).next().unwrap().to_owned();
    let mut seen = BTreeSet::new();
    for part in &parts {
        let records: BTreeSet<String> =
            lines(DumpForm::NTriples, &bytes(&dumps, &part.name)).iter().map(record).collect();
        assert!(
            records.iter().all(|record| seen.insert(record.clone())),
            "{} has a record of a part before it",
            part.name
        );
    }
    let compressed = manifest.file("all.2.nt.gz").unwrap();
    assert_eq!(manifest.parts_of(compressed).count(), parts.len());
}

#[test]
fn the_history_has_every_version_in_a_graph_of_its_own_and_says_of_them_what_documents_say() {
    let folder = world();
    let catalogue = catalogue(&folder);
    let dumps = Dumps::open(&catalogue, Limits::default()).unwrap();
    dumps.make(&catalogue).unwrap();
    let history = said(&dumps, HISTORY, DumpForm::NQuads);
    let present = catalogue.present().unwrap();
    let (mut expected, mut versions) = (BTreeSet::new(), 0);
    for record in published(&catalogue).keys() {
        for number in 1.. {
            let Some(version) = present.version(record, number).unwrap() else { break };
            versions += 1;
            let graph = version.iri(catalogue.base());
            for triple in version.triples(catalogue.base()) {
                let is_of_the_record = version.content.contains(&triple);
                expected.insert(if is_of_the_record { format!("{triple} {graph}") } else { triple.to_string() });
            }
        }
    }
    assert_eq!(versions, 10);
    assert_eq!(history, expected);
}

/// The cells of a table, by the names of its columns.
fn rows(dumps: &Dumps, name: &str) -> Vec<BTreeMap<String, String>> {
    let bytes = bytes(dumps, name);
    let mut reader = csv::Reader::from_reader(&*bytes);
    let headings = reader.headers().unwrap().clone();
    let row = |row: csv::StringRecord| {
        headings.iter().zip(&row).map(|(name, cell)| (name.to_owned(), cell.to_owned())).collect()
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}

#[test]
fn tables_have_a_row_for_each_entry_and_a_column_for_each_language_and_no_formula() {
    let folder = world();
    let catalogue = catalogue(&folder);
    let dumps = Dumps::open(&catalogue, Limits::default()).unwrap();
    dumps.make(&catalogue).unwrap();
    let services = rows(&dumps, "services.csv");
    assert_eq!(services.iter().map(|row| row["number"].as_str()).collect::<Vec<_>>(), ["1", "20"], "by number");
    let cell = |row: usize, name: &str| services[row][name].clone();
    assert_eq!([cell(0, "name_en"), cell(0, "name_nl"), cell(1, "name_nl")], ["Bins", "Bakken", ""]);
    assert_eq!([cell(0, "function"), cell(0, "function_name_en"), cell(0, "status")], ["7", "Waste", "stable"]);
    assert_eq!([cell(1, "status"), cell(1, "replaced_by")], ["superseded", "1"]);
    assert_eq!(cell(0, "definition_en"), "quote \" backslash \\ tab \t return \r\n ]]> & < > '''");
    assert_eq!(cell(0, "iri"), format!("{BASE}id/service-type/1"));
    let offers = rows(&dumps, "public-services.csv");
    assert_eq!(offers.len(), 2);
    assert_eq!(offers[0]["name_en"], "'=SUM(A1)", "no spreadsheet takes it for a formula");
    let told = ["name_nl", "service_types", "organisation_names", "countries"].map(|name| offers[1][name].as_str());
    assert_eq!(told, ["two", "1", "Gent", "BEL"]);
}
