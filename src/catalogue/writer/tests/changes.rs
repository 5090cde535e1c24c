//! What changed of the list between two releases, and since one: each kind of change, made through the writer.

use super::*;
use crate::rdf::Term;
use ChangeKind::{
    Added, Deprecated, Merged, Moved, Redefined, Reinstated, Removed, Renamed, Split, Superseded, Translated, Withdrawn,
};

const LIST: &str = "http://lists.example.eu/list/services";

/// A catalogue with a list that has no entries yet.
fn catalogue_with_list() -> Catalogue {
    let catalogue = catalogue();
    let turtle = format!(
        "{PREFIXES} <{LIST}> a skos:ConceptScheme ; skos:prefLabel 'The list'@en ; dct:identifier 'services' ;
             adms:status s:CURRENT ."
    );
    let said = read_turtle(turtle.as_bytes(), BASE).unwrap().into_iter().collect();
    let target = Target::Record(catalogue.base().record_of(LIST).unwrap());
    let change = RecordChange { target, operation: Operation::Replace(said), ..put("thing/1", "") };
    write(&catalogue, &author(Role::Manage), change).unwrap();
    catalogue
}

/// An entry of the list that says more besides its English name and definition.
fn entry(catalogue: &Catalogue, number: u32, more: &str) {
    named(catalogue, number, &format!("skos:prefLabel 'Entry {number}'@en ; {more}"));
}

/// An entry of the list that says this.
fn named(catalogue: &Catalogue, number: u32, said: &str) {
    let path = format!("entry/{number}");
    let says = |said: &str| {
        let said = format!("<> a <a:Entry> ; skos:inScheme <{LIST}> ; {said} dct:identifier '{number}' .");
        let said = format!("{said} {}", releases_of(catalogue, &path));
        write(catalogue, &author(Role::Manage), put(&path, &said)).unwrap();
    };
    // Nothing begins its life deprecated.
    if catalogue.present().unwrap().record(&name(&path).iri).unwrap().is_none() && said.contains(DEPRECATED) {
        says(&format!("skos:prefLabel 'Entry {number}'@en ;"));
    }
    says(said);
}

/// That a record is in the releases that it is in, which stays so.
fn releases_of(catalogue: &Catalogue, path: &str) -> String {
    let iri = name(path).iri;
    let content = catalogue.present().unwrap().content(&iri).unwrap();
    let schemes = content.iris(&iri, crate::vocab::skos::IN_SCHEME).filter(|scheme| *scheme != LIST);
    let releases: Vec<String> = schemes.map(|release| format!("<> skos:inScheme <{release}> .")).collect();
    releases.concat()
}

const DEPRECATED: &str = "adms:status s:DEPRECATED ;";

fn replaced(by: &[u32]) -> String {
    let by: Vec<String> = by.iter().map(|number| format!("<{number}>")).collect();
    format!("{DEPRECATED} dct:isReplacedBy {} ;", by.join(" , "))
}

fn freeze(catalogue: &Catalogue, name: &str) {
    let release = Some(name.to_owned());
    let outcome = catalogue.submit(Submission { base: BASE.to_owned(), release, ..Submission::default() }).unwrap();
    assert_eq!(outcome.rejected, []);
}

/// The changes from a release to another, or to the list as it is now.
fn list_changes(catalogue: &Catalogue, from: &str, to: Option<&str>) -> ListChanges {
    let present = catalogue.present().unwrap();
    let releases = present.releases_of(LIST).unwrap();
    let find = |name: &str| releases.iter().find(|release| release.name == name).unwrap();
    present.list_changes(LIST, find(from), to.map(find)).unwrap()
}

/// The entries that changed, each with the kinds of its changes.
fn kinds(changes: &ListChanges) -> Vec<(u32, Vec<ChangeKind>)> {
    let of = |entry: &ChangedEntry| {
        (entry.name.reference.parse().unwrap(), entry.changes.iter().map(|change| change.kind).collect())
    };
    changes.entries.iter().map(of).collect()
}

/// The values of a change, as text: those that went and those that came.
fn told(change: &EntryChange) -> (Vec<&str>, Vec<&str>) {
    fn text(value: &Term) -> &str {
        match value {
            Term::Literal(literal) => literal.value(),
            Term::NamedNode(node) => code_of(node.as_str()),
            Term::BlankNode(node) => panic!("{node}"),
        }
    }
    (change.from.iter().map(text).collect(), change.to.iter().map(text).collect())
}

/// The changes of what one entry said before and says after.
fn of_one(before: &str, after: &str) -> Vec<EntryChange> {
    let catalogue = catalogue_with_list();
    named(&catalogue, 1, before);
    freeze(&catalogue, "1");
    named(&catalogue, 1, after);
    let changes = list_changes(&catalogue, "1", None);
    changes.entries.into_iter().flat_map(|entry| entry.changes).collect()
}

#[test]
fn what_came_what_went_and_what_stayed_are_told_apart() {
    let catalogue = catalogue_with_list();
    for number in [1, 2, 3, 10] {
        entry(&catalogue, number, if number == 2 { DEPRECATED } else { "" });
    }
    freeze(&catalogue, "1");
    entry(&catalogue, 4, "");
    entry(&catalogue, 5, DEPRECATED);
    write(&catalogue, &author(Role::Manage), withdraw("entry/2")).unwrap();
    let off_the_list = "<> a <a:Entry> ; skos:prefLabel 'Entry 10'@en ; dct:identifier '10' .";
    let off_the_list = format!("{off_the_list} {}", releases_of(&catalogue, "entry/10"));
    write(&catalogue, &author(Role::Manage), put("entry/10", &off_the_list)).unwrap();
    let now = list_changes(&catalogue, "1", None);
    let expected = vec![(2, vec![Withdrawn]), (4, vec![Added]), (5, vec![Added, Deprecated]), (10, vec![Removed])];
    assert_eq!(kinds(&now), expected);
    let versions: Vec<_> = now.entries.iter().map(|entry| (entry.before, entry.after)).collect();
    // Freezing gave each entry a version, since it says which releases it is in.
    assert_eq!(versions, [(Some(3), Some(4)), (None, Some(1)), (None, Some(2)), (Some(2), Some(3))]);
    assert_eq!(now.entries[0].names.as_ref().unwrap().values[0].value(), "Entry 2", "a tombstone keeps its name");
    freeze(&catalogue, "2");
    assert_eq!(kinds(&list_changes(&catalogue, "1", Some("2"))), expected);
    assert_eq!(kinds(&list_changes(&catalogue, "2", None)), []);
    assert_eq!(kinds(&list_changes(&catalogue, "2", Some("2"))), []);
}

#[test]
fn names_are_told_by_language_and_a_first_one_in_a_language_is_a_translation() {
    let changes = of_one(
        "skos:prefLabel 'Bins'@en , 'Poubelles'@fr , 'Tonnen'@de ;",
        "skos:prefLabel 'Waste'@en , 'Afval'@nl , 'Tonnen'@de ;",
    );
    let found: Vec<_> =
        changes.iter().map(|change| (change.kind, change.language.as_deref().unwrap(), told(change))).collect();
    assert_eq!(
        found,
        [
            (Renamed, "en", (vec!["Bins"], vec!["Waste"])),
            (Renamed, "fr", (vec!["Poubelles"], vec![])),
            (Translated, "nl", (vec![], vec!["Afval"])),
        ]
    );
}

#[test]
fn definitions_and_scope_notes_redefine_and_another_property_does_not() {
    let name = "skos:prefLabel 'Bins'@en ;";
    let changes = of_one(
        &format!("{name} skos:definition 'Old.'@en ; skos:scopeNote 'Was.'@en ; skos:altLabel 'Cans'@en ;"),
        &format!("{name} skos:definition 'New.'@en , 'Nieuw.'@nl ; skos:altLabel 'Tins'@en ;"),
    );
    let found: Vec<_> = changes.iter().map(|change| (change.kind, told(change))).collect();
    assert_eq!(
        found,
        [
            (Translated, (vec![], vec!["Nieuw."])),
            (Redefined, (vec!["Old."], vec!["New."])),
            (Redefined, (vec!["Was."], vec![])),
        ]
    );
    let first = of_one(name, &format!("{name} skos:definition 'A first one.'@en ;"));
    assert_eq!((first[0].kind, first.len()), (Redefined, 1));
}

#[test]
fn an_entry_moves_when_it_stands_under_something_else() {
    let name = "skos:prefLabel 'Bins'@en ;";
    let under = |functions: &str| format!("{name} skos:broader {functions} ;");
    let changes = of_one(&under("<f4>"), &under("<f4> , <f5>"));
    assert_eq!((changes[0].kind, told(&changes[0])), (Moved, (vec!["f4"], vec!["f4", "f5"])));
}

#[test]
fn each_step_in_a_life_is_told_once() {
    let name = "skos:prefLabel 'Bins'@en ;";
    let status = |more: &str| format!("{name} {more}");
    let steps = |before: &str, after: &str| -> Vec<ChangeKind> {
        of_one(&status(before), &status(after)).iter().map(|change| change.kind).collect()
    };
    let superseded = replaced(&[7]);
    assert_eq!(steps("", DEPRECATED), [Deprecated]);
    assert_eq!(steps(DEPRECATED, ""), [Reinstated]);
    assert_eq!(steps("", &superseded), [Superseded]);
    assert_eq!(steps(DEPRECATED, &superseded), [Superseded]);
    assert_eq!(steps(&superseded, DEPRECATED), [Deprecated]);
    assert_eq!(steps(&superseded, ""), [Reinstated]);
    assert_eq!(steps(&superseded, &replaced(&[8])), [Superseded]);
    assert_eq!(steps(&superseded, &superseded), []);
    assert_eq!(steps("", "adms:status s:CURRENT ;"), [], "it held before, and does");
}

#[test]
fn what_was_withdrawn_in_the_earlier_release_is_reinstated_and_not_added() {
    let catalogue = catalogue_with_list();
    entry(&catalogue, 1, "");
    entry(&catalogue, 2, DEPRECATED);
    write(&catalogue, &author(Role::Manage), withdraw("entry/2")).unwrap();
    freeze(&catalogue, "1");
    named(&catalogue, 2, "skos:prefLabel 'Back again'@en ;");
    freeze(&catalogue, "2");
    let changes = list_changes(&catalogue, "1", Some("2"));
    assert_eq!(kinds(&changes), [(2, vec![Reinstated, Renamed])]);
    assert_eq!(told(&changes.entries[0].changes[0]), (vec!["RETIRED"], vec![]));
    assert_eq!((changes.entries[0].before, changes.entries[0].after), (Some(3), Some(5)));
}

#[test]
fn one_that_several_replace_is_split_and_several_that_one_replaces_are_merged() {
    let catalogue = catalogue_with_list();
    for number in 1..=9 {
        entry(&catalogue, number, &if number == 9 { replaced(&[8]) } else { String::new() });
    }
    freeze(&catalogue, "1");
    entry(&catalogue, 1, &replaced(&[5, 6]));
    entry(&catalogue, 2, &replaced(&[7]));
    entry(&catalogue, 3, &replaced(&[7]));
    entry(&catalogue, 4, &replaced(&[6]));
    entry(&catalogue, 5, &replaced(&[8]));
    write(&catalogue, &author(Role::Manage), withdraw("entry/2")).unwrap();
    let changes = list_changes(&catalogue, "1", None);
    assert_eq!(
        kinds(&changes),
        [
            (1, vec![Split, Merged]),
            (2, vec![Merged, Withdrawn]),
            (3, vec![Merged]),
            (4, vec![Merged]),
            // What 8 replaced before is not told again, and makes no merger of this.
            (5, vec![Superseded]),
        ]
    );
    let successors = |place: usize| -> Vec<&str> {
        changes.entries[place].successors.iter().map(|successor| code_of(successor)).collect()
    };
    assert_eq!((successors(0), successors(1)), (vec!["5", "6"], vec!["7"]));
}

#[test]
fn between_two_releases_nothing_that_comes_later_is_told() {
    let catalogue = catalogue_with_list();
    entry(&catalogue, 1, "");
    entry(&catalogue, 2, "");
    freeze(&catalogue, "1");
    entry(&catalogue, 1, DEPRECATED);
    freeze(&catalogue, "2");
    let base = catalogue.base().clone();
    let lines = |changes: &ListChanges| changes.triples(&base).into_iter().collect::<Content>().to_string();
    let before = lines(&list_changes(&catalogue, "1", Some("2")));
    write(&catalogue, &author(Role::Manage), withdraw("entry/1")).unwrap();
    named(&catalogue, 2, "skos:prefLabel 'Another name'@en ;");
    freeze(&catalogue, "3");
    assert_eq!(lines(&list_changes(&catalogue, "1", Some("2"))), before);
    assert_eq!(kinds(&list_changes(&catalogue, "2", Some("3"))), [(1, vec![Withdrawn]), (2, vec![Renamed])]);
    assert_eq!(kinds(&list_changes(&catalogue, "1", Some("3"))), [(1, vec![Withdrawn]), (2, vec![Renamed])]);
}

#[test]
fn as_rdf_each_change_is_a_change_set_between_two_versions_of_the_entry() {
    let catalogue = catalogue_with_list();
    named(&catalogue, 1, "skos:prefLabel 'Bins'@en ; skos:definition 'Same.'@en ;");
    freeze(&catalogue, "1");
    named(&catalogue, 1, "skos:prefLabel 'Waste'@en ; skos:definition 'Same.'@en ;");
    let found: Content = list_changes(&catalogue, "1", None).triples(catalogue.base()).into_iter().collect();
    let expected = read_turtle(
        format!(
            "{PREFIXES}
             @prefix cs: <http://purl.org/vocab/changeset/schema#> . @prefix prov: <http://www.w3.org/ns/prov#> .
             @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix e: <{BASE}id/entry/> .
             @prefix v: <{BASE}doc/entry/1/v/> .
             <{LIST}?changes-since=1> a prov:Collection ; prov:wasDerivedFrom <{LIST}/1> , <{LIST}> ;
                 prov:hadMember <{LIST}?changes-since=1#1-renamed> .
             <{LIST}?changes-since=1#1-renamed> a cs:ChangeSet , eusl:Renaming ; cs:subjectOfChange e:1 ;
                 prov:wasDerivedFrom v:2 , v:3 ;
                 cs:removal <{LIST}?changes-since=1#1-renamed-removal-1> ;
                 cs:addition <{LIST}?changes-since=1#1-renamed-addition-2> .
             v:3 prov:wasRevisionOf v:2 .
             <{LIST}?changes-since=1#1-renamed-removal-1> a rdf:Statement ; rdf:subject e:1 ;
                 rdf:predicate skos:prefLabel ; rdf:object 'Bins'@en .
             <{LIST}?changes-since=1#1-renamed-addition-2> a rdf:Statement ; rdf:subject e:1 ;
                 rdf:predicate skos:prefLabel ; rdf:object 'Waste'@en ."
        )
        .as_bytes(),
        BASE,
    );
    assert_eq!(found.to_string(), expected.unwrap().into_iter().collect::<Content>().to_string());
}
