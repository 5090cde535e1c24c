//! GOV.UK's real links, over a register with the shipped list.

use crate::register::{BASE, catalogue};
use crate::shared;
use eu_service_list::catalogue::{Base, Catalogue, Outcome};
use eu_service_list::import::{GovukFiles, govuk};
use eu_service_list::list::Tables;
use std::collections::BTreeSet;
use std::fs;

fn files() -> Option<GovukFiles> {
    let lists = shared("data/lists/uk")?;
    Some(GovukFiles {
        links: lists.join("govuk-lgsl_lgil_fallback_links.csv"),
        authorities: lists.join("govuk-local-authorities.csv"),
    })
}

fn import(catalogue: &Catalogue, files: &GovukFiles) -> Outcome {
    let service_types = Tables::built_in().unwrap().service_types;
    catalogue.submit(govuk(files, &service_types, &Base::parse(BASE).unwrap()).unwrap()).unwrap()
}

/// Homepages of public organisations.
const HOMEPAGES: &str = "?council a cv:PublicOrganisation ; foaf:homepage ?page";

fn count(catalogue: &Catalogue, pattern: &str) -> usize {
    crate::consumer_queries::solutions(catalogue, &format!("SELECT * {{ {pattern} }}")).len()
}

/// The links as a reader with scissors counts them: cut at commas, without any code of the importer. No cell
/// before the address holds a comma, and none before the councils' slugs does.
struct Counted {
    links: usize,
    of_gone_councils: usize,
    gone_councils: usize,
    no_iri: usize,
    councils: usize,
    of_edinburgh: usize,
}

impl Counted {
    fn of(files: &GovukFiles) -> Self {
        let councils = fs::read_to_string(&files.authorities).unwrap();
        let councils: BTreeSet<&str> = councils.lines().skip(1).map(|line| line.split(',').nth(6).unwrap()).collect();
        let links = fs::read_to_string(&files.links).unwrap();
        let rows = || links.lines().skip(1);
        let council = |line: &str| line.split(',').next().unwrap().to_owned();
        let is_gone = |line: &&str| !councils.contains(council(line).as_str());
        // The address lies between the third comma and the last but one; one with a comma in it is quoted.
        let address = |line: &str| {
            let cells = line.splitn(4, ',').nth(3).unwrap();
            cells.rsplitn(3, ',').nth(2).unwrap().trim_matches('"').to_owned()
        };
        // What RFC 3987 lets stand nowhere in an address, but for brackets, which only a host may have.
        let is_no_iri = |line: &&str| address(line).contains(|character: char| " {}[]<>\"\\^`|".contains(character));
        Self {
            links: rows().count(),
            of_gone_councils: rows().filter(is_gone).count(),
            gone_councils: rows().filter(is_gone).map(council).collect::<BTreeSet<_>>().len(),
            no_iri: rows().filter(|line| !is_gone(line)).filter(is_no_iri).count(),
            councils: councils.len(),
            of_edinburgh: rows().filter(|line| council(line) == "edinburgh").count(),
        }
    }
}

#[test]
fn every_link_enters_or_is_rejected_with_its_line_and_a_second_time_changes_nothing() {
    let Some(files) = files() else { return };
    let counted = Counted::of(&files);
    let catalogue = catalogue();
    // Organisations of the list that have a homepage as well.
    let before = count(&catalogue, HOMEPAGES);
    let outcome = import(&catalogue, &files);
    assert_eq!(outcome.held_back, 0, "{:?}", outcome.rejected.first());
    let told = |what: &str| outcome.rejected.iter().filter(|rejection| rejection.reason.contains(what)).count();
    assert_eq!(told("there is no council"), counted.of_gone_councils);
    assert_eq!(told("is no IRI"), counted.no_iri);
    assert_eq!(outcome.rejected.len(), counted.of_gone_councils + counted.no_iri);
    let gone: BTreeSet<&str> = outcome
        .rejected
        .iter()
        .filter_map(|rejection| rejection.reason.split("no council ").nth(1)?.split(' ').next())
        .collect();
    assert_eq!(gone.len(), counted.gone_councils);
    assert!(outcome.rejected.iter().all(|rejection| rejection.place.contains("fallback_links.csv, line ")));
    let offers = counted.links - outcome.rejected.len();
    assert_eq!(outcome.added, (offers + counted.councils) as u64);
    assert_eq!(count(&catalogue, "?offer a cpsv:PublicService ; foaf:page ?page"), offers);
    assert_eq!(count(&catalogue, HOMEPAGES) - before, counted.councils);
    // The list has an organisation of a slug of GOV.UK's, which stays as it is.
    assert_eq!(count(&catalogue, "<id/organisation/edinburgh> dct:identifier 'edinburgh' ; dct:source ?source"), 1);
    let edinburgh = "?offer cv:hasCompetentAuthority <id/organisation/s12000036> ; dct:identifier ?reference
        FILTER(STRSTARTS(?reference, 'edinburgh-'))";
    assert_eq!(count(&catalogue, edinburgh), counted.of_edinburgh);

    let again = import(&catalogue, &files);
    assert_eq!((again.added, again.changed, again.missing.len(), again.revision), (0, 0, 0, outcome.revision));
    assert_eq!(catalogue.disagreement().unwrap(), 0);
}
