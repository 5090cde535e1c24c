//! What changed of esd's list from release 3 to release 4, as its notes tell it, against another reading of the notes.

use super::history::other_renames;
use crate::register::BASE;
use eu_service_list::catalogue::{Base, Batch, Catalogue, ChangeKind, Ownership, Said, Submission};
use eu_service_list::import::history::{Rename, renames};
use eu_service_list::rdf::{Content, Literal, NamedNode, Term, Triple};
use eu_service_list::register::Location;
use eu_service_list::vocab::{adms, dct, rdf, skos};
use std::collections::BTreeMap;

/// A name before and after release 4.00, by the number of the entry.
type Renamed = BTreeMap<String, (String, String)>;

/// The name before release 4.00 and the one since, as renames in their order tell it; many tell the new name alone.
fn in_release(renames: &[Rename]) -> Option<(String, String)> {
    let place = renames.iter().position(|rename| rename.release.starts_with("4.0"))?;
    let rename = renames.get(place)?;
    let before = || Some(renames.get(place.checked_sub(1)?)?.to.clone());
    let from = rename.from.clone().or_else(before)?;
    Some((from.trim().to_owned(), rename.to.trim().to_owned())).filter(|(from, to)| from != to)
}

/// The renames of release 4.00, as this project reads the notes.
fn renamed() -> Option<Renamed> {
    let entries = super::history::entries()?.into_iter();
    Some(entries.filter_map(|(id, entry)| Some((id, in_release(&renames(&entry.note))?))).collect())
}

/// The list itself, and every entry by one of its names.
fn said<'r>(names: impl Iterator<Item = (&'r String, &'r String)>) -> Vec<Said> {
    let list = format!("{BASE}list/services");
    let node = |iri: &str| Term::from(NamedNode::new(iri).unwrap());
    let text = |text: &str| Term::from(Literal::new_simple_literal(text));
    let name = |name: &str| Term::from(Literal::new_language_tagged_literal(name, "en").unwrap());
    let says = |record: &str, facts: Vec<(NamedNode, Term)>| Said {
        record: record.to_owned(),
        content: facts
            .into_iter()
            .map(|(property, value)| Triple::new(NamedNode::new(record).unwrap(), property, value))
            .collect::<Content>(),
        place: "a test".to_owned(),
    };
    let current = node("http://publications.europa.eu/resource/authority/concept-status/CURRENT");
    let of_list = vec![
        (rdf::TYPE.into_owned(), Term::from(skos::CONCEPT_SCHEME.into_owned())),
        (skos::PREF_LABEL.into_owned(), name("The list")),
        (dct::IDENTIFIER.into_owned(), text("services")),
        (adms::STATUS.into_owned(), current),
    ];
    let entries = names.map(|(id, called)| {
        let facts = vec![
            (rdf::TYPE.into_owned(), node("a:Entry")),
            (skos::IN_SCHEME.into_owned(), node(&list)),
            (skos::PREF_LABEL.into_owned(), name(called)),
            (dct::IDENTIFIER.into_owned(), text(id)),
        ];
        says(&format!("{BASE}id/entry/{id}"), facts)
    });
    std::iter::once(says(&list, of_list)).chain(entries).collect()
}

fn freeze(catalogue: &Catalogue, said: Vec<Said>, name: &str) {
    let owned = [rdf::TYPE, skos::IN_SCHEME, skos::PREF_LABEL, dct::IDENTIFIER, adms::STATUS];
    let owns = owned.map(|property| property.as_str().to_owned()).into();
    let ownership = Ownership { owns, ..Ownership::default() };
    let batch = Batch { source: "https://esd.example/".to_owned(), ownership, said, ..Batch::default() };
    let release = Some(name.to_owned());
    let submission = Submission { base: BASE.to_owned(), batches: vec![batch], release, ..Submission::default() };
    assert_eq!(catalogue.submit(submission).unwrap().rejected, []);
}

#[test]
fn every_rename_of_a_release_is_told_from_the_name_that_another_reading_has() {
    let (Some(renamed), Some(others)) = (renamed(), other_renames()) else { return };
    let catalogue = Catalogue::open(&Location::Memory, &Base::parse(BASE).unwrap()).unwrap();
    freeze(&catalogue, said(renamed.iter().map(|(id, (from, _))| (id, from))), "3.00");
    freeze(&catalogue, said(renamed.iter().map(|(id, (_, to))| (id, to))), "4.00");
    let present = catalogue.present().unwrap();
    let list = format!("{BASE}list/services");
    let releases = present.releases_of(&list).unwrap();
    let changes = present.list_changes(&list, &releases[0], Some(&releases[1])).unwrap();
    let (mut same, mut untold) = (0, Vec::new());
    for entry in &changes.entries {
        assert!(entry.changes.iter().all(|change| change.kind == ChangeKind::Renamed), "{entry:?}");
        let Term::Literal(from) = &entry.changes[0].from[0] else { panic!("{entry:?}") };
        let id = &entry.name.reference;
        let other = others.get(id).and_then(|renames| in_release(renames));
        if other.is_some_and(|(other, _)| other == from.value()) { same += 1 } else { untold.push(id) }
    }
    assert_eq!(changes.entries.len(), renamed.len());
    // `history` names the cause of each difference between the readings.
    untold.retain(|id| !super::history::is_explained(id));
    assert!(untold.is_empty() && same > 500, "{same} are the same; untold are {untold:?}");
}
