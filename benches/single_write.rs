//! What checking one record costs before it is written: `cargo run --release --example single_write -- DATA`.
//!
//! DATA are N-Triples with public services; each is a record with the subjects whose IRIs go on from its own.
//! For a thousand of them, one name is changed and the record checked against the gate's shapes; then a copy is
//! checked as a new record.
#![expect(clippy::print_stdout, reason = "the numbers are what it is for")]

use anyhow::{Context, Result};
use eu_service_list::catalogue::Gate;
use eu_service_list::graph::{Delta, Engine, Graph, RdfFormat, Rewritten};
use eu_service_list::rdf::{Content, Literal, NamedOrBlankNode, Term, Triple};
use eu_service_list::shacl::Limits;
use eu_service_list::snapshot::Snapshot;
use eu_service_list::vocab::{cpsv, dct, rdf};
use oxrdfio::RdfParser;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::BufReader;
use std::time::{Duration, Instant};

const RECORDS: usize = 1_000;

/// The allocator of the product.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> Result<()> {
    let file = std::env::args().nth(1).context("name a file of N-Triples")?;
    let gate = Gate::new()?;
    let closure = Snapshot::of(gate.closure().iter().cloned());
    let records = records(&file)?;
    let graph = Graph::build(Engine::default(), 1, triples(&file)?)?;
    println!("{} triples, {} records looked at", graph.triple_count()?, records.len());
    let check = |before: &Content, after: &Content| -> Result<(Duration, usize)> {
        let started = Instant::now();
        let removed = before.minus(after).cloned().collect();
        let delta = Delta { revision: 0, removed, added: after.minus(before).cloned().collect() };
        let records = [Rewritten::of(before, after)];
        let report = graph.revalidate(gate.shapes(), &closure, &[], &records, &delta, Limits::default())?;
        Ok((started.elapsed(), report.violations().count()))
    };
    for round in ["first", "again"] {
        let renamed = records.iter().map(|before| check(before, &renamed(before))).collect::<Result<_>>()?;
        tell(&format!("a name changed, {round}"), renamed);
        let new = records.iter().map(|record| check(&Content::default(), &copied(record))).collect::<Result<_>>()?;
        tell(&format!("a new record, {round}"), new);
    }
    Ok(())
}

fn triples(file: &str) -> Result<impl Iterator<Item = Result<Triple, anyhow::Error>>> {
    let parser = RdfParser::from_format(RdfFormat::NTriples).for_reader(BufReader::new(File::open(file)?));
    Ok(parser.map(|quad| Ok(Triple::from(quad?))))
}

/// The contents of some public services, evenly from the whole file.
fn records(file: &str) -> Result<Vec<Content>> {
    let mut services: Vec<String> = Vec::new();
    for triple in triples(file)? {
        let triple = triple?;
        if triple.predicate == rdf::TYPE && triple.object == Term::from(cpsv::PUBLIC_SERVICE.into_owned()) {
            services.push(iri(&triple.subject));
        }
    }
    let step = (services.len() / RECORDS).max(1);
    let mut records: BTreeMap<String, Content> =
        services.into_iter().step_by(step).take(RECORDS).map(|service| (service, Content::default())).collect();
    for triple in triples(file)? {
        let triple = triple?;
        let subject = iri(&triple.subject);
        let owner = records.range_mut(..=subject.clone()).next_back();
        if let Some((_, content)) = owner.filter(|(service, _)| is_of(&subject, service)) {
            content.insert(triple);
        }
    }
    Ok(records.into_values().collect())
}

fn iri(subject: &NamedOrBlankNode) -> String {
    subject.to_string().trim_matches(['<', '>']).to_owned()
}

fn is_of(subject: &str, service: &str) -> bool {
    subject.strip_prefix(service).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '#']))
}

/// The record with one more word in a title.
fn renamed(before: &Content) -> Content {
    let mut after = before.clone();
    let title = before.iter().find(|triple| triple.predicate == dct::TITLE).cloned();
    if let Some(Triple { subject, predicate, object: Term::Literal(title) }) = title {
        let language = title.language().unwrap_or("en");
        let longer = Literal::new_language_tagged_literal_unchecked(format!("{} anew", title.value()), language);
        after.remove(&Triple::new(subject.clone(), predicate.clone(), title.clone()));
        after.insert(Triple::new(subject, predicate, longer));
    }
    after
}

/// The record under other IRIs.
fn copied(record: &Content) -> Content {
    let lines =
        record.to_string().replace("/service/", "/new-service/").replace("/public-service/", "/public-service/new-");
    Content::parse(&lines).unwrap_or_default()
}

fn tell(what: &str, mut checks: Vec<(Duration, usize)>) {
    checks.sort_unstable();
    let at = |share: usize| checks.get(checks.len() * share / 100).map_or(0.0, |(time, _)| time.as_secs_f64() * 1e6);
    let violations: usize = checks.iter().map(|(_, violations)| violations).sum();
    println!("{what}: median {:.0} µs, 99 % within {:.0} µs; {violations} violations", at(50), at(99));
}
