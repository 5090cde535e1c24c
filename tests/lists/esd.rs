//! The real exports of esd, over a register with the shipped list.

use crate::register::{BASE, catalogue};
use crate::shared;
use eu_service_list::catalogue::{Base, Catalogue, Outcome};
use eu_service_list::import::{EsdFiles, esd};
use eu_service_list::rdf::Preference;
use eu_service_list::vocab::skos;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The files of esd, all four.
pub(crate) fn files() -> Option<EsdFiles> {
    let lists = shared("data/lists/uk")?;
    Some(EsdFiles {
        services: lists.join("esl-all-services-list-2015-02.csv"),
        functions: Some(lists.join("esd-functions_services-mapping.xml")),
        navigation: Some(lists.join("lgnl-navigation_englishAndWelshServices.csv")),
        subsets: Some(lists.join("derived-esl-subsets.csv")),
    })
}

/// Imports the files.
pub(crate) fn import(catalogue: &Arc<Catalogue>, files: &EsdFiles) -> Outcome {
    catalogue.submit(esd(files, &Base::parse(BASE).unwrap()).unwrap()).unwrap()
}

/// Counts the solutions of a pattern.
fn count(catalogue: &Catalogue, pattern: &str) -> usize {
    crate::consumer_queries::solutions(catalogue, &format!("SELECT * {{ {pattern} }}")).len()
}

#[test]
fn the_export_adds_no_entry_and_a_second_time_changes_nothing() {
    let Some(files) = files() else { return };
    let catalogue = catalogue();
    let only_services = EsdFiles { services: files.services, ..EsdFiles::default() };
    let outcome = import(&catalogue, &only_services);
    assert_eq!((outcome.read(), outcome.added, outcome.changed), (1_519, 0, 1_519));
    assert_eq!((outcome.rejected.len(), outcome.missing.len()), (0, 0));
    // Its 1,505 descriptions, counted in the README of the lists, give way to our own definitions.
    assert_eq!(outcome.differences.len(), 1_505);
    assert!(outcome.differences.iter().all(|difference| difference.property == skos::DEFINITION.as_str()));
    let again = import(&catalogue, &only_services);
    assert_eq!((again.added, again.changed, again.unchanged, again.revision), (0, 0, 1_519, outcome.revision));
    assert_eq!(catalogue.disagreement().unwrap(), 0);
}

#[test]
fn names_and_definitions_of_ours_stay_and_dates_and_former_names_come_in() {
    let Some(files) = files() else { return };
    let catalogue = catalogue();
    let names = || {
        let present = catalogue.present().unwrap();
        let entries = present.entries(&format!("{BASE}list/services"), &Preference::default()).unwrap();
        entries.into_iter().map(|entry| (entry.record, entry.names)).collect::<BTreeMap<_, _>>()
    };
    let before = names();
    let definitions =
        || crate::consumer_queries::solutions(&catalogue, "SELECT * { ?s a eusl:ServiceType ; skos:definition ?d }");
    let ours = definitions();
    assert_eq!(ours.len(), 1_519);
    import(&catalogue, &files);
    assert_eq!(names(), before);
    assert_eq!(definitions(), ours);
    // 1,463 is a count of every renamed name that differs from today's, made from the notes by another program.
    assert_eq!(count(&catalogue, "?s a eusl:ServiceType ; dct:created ?d"), 1_519);
    // Every label of its own has exactly one form (SKOS-XL, S52).
    let labels = count(&catalogue, "?label a skosxl:Label");
    assert_eq!(count(&catalogue, "?label skosxl:literalForm ?form"), labels);
    assert_eq!(count(&catalogue, "?s skosxl:altLabel ?label"), labels);
    let former = count(&catalogue, "?s a eusl:ServiceType ; skos:altLabel ?name");
    assert!((1_463..=1_465).contains(&former), "{former} former names");
    assert_eq!(
        count(
            &catalogue,
            "<http://lists.example.eu/id/service-type/372> skosxl:altLabel [ skosxl:literalForm \"Vehicles - abandoned - reporting and procedures\"@en ; eusl:heldFrom \"3.00\" ; eusl:heldUntil \"4.00\" ]"
        ),
        1
    );
}

#[test]
fn functions_navigation_and_subsets_are_those_of_the_files() {
    let Some(files) = files() else { return };
    let catalogue = catalogue();
    let outcome = import(&catalogue, &files);
    // 118 nodes of the navigation and the list of them are new; service 1076 has a function, but
    // is not on the list.
    assert_eq!(outcome.added, 119);
    assert_eq!(outcome.rejected.len(), 1);
    assert!(
        outcome.rejected[0].place.ends_with("line 55, http://lists.example.eu/id/service-type/1076"),
        "{:?}",
        outcome.rejected
    );
    let type_with = |property: &str| format!("?s a eusl:ServiceType ; {property} ?x");
    // 1,126 of the files, and 393 that the list's own structure proposes.
    assert_eq!(count(&catalogue, &type_with("skos:broader")), 1_126 + 393);
    assert_eq!(count(&catalogue, &type_with("eusl:isPartOfServiceGroup")), 829);
    let on_list = |list: &str| count(&catalogue, &format!("?s skos:inScheme <{BASE}list/{list}>"));
    assert_eq!(on_list("smart-cities-services"), 73);
    assert_eq!(on_list("gov-uk-services"), 116);
    assert_eq!(on_list("scottish-services"), 708);
    assert_eq!(on_list("english-and-welsh-services"), 829);
}

#[test]
fn the_navigation_says_the_same_as_csv_and_as_xml() {
    let Some(files) = files() else { return };
    let catalogue = catalogue();
    import(&catalogue, &files);
    let xml = files.services.with_file_name("lgnl-navigation_englishAndWelshServices.xml");
    let outcome = import(&catalogue, &EsdFiles { navigation: Some(xml), ..files });
    assert_eq!((outcome.added, outcome.changed), (0, 0), "{:?}", outcome.rejected);
}
