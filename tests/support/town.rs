//! The shipped list with a town that offers something, for suites of the desk.

use crate::register::{BASE, catalogue};
use eu_service_list::catalogue::{Base, Batch, Catalogue, Submission};
use eu_service_list::import::batch_of_turtle;
use std::sync::{Arc, LazyLock};

/// The town in Turtle.
const TOWN: &str = include_str!("../fixtures/desk/town.ttl");

/// Names that the shipped list does not have: former ones, search words, other languages.
const NAMES: &str = r#"@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix eusl: <https://w3id.org/eu-service-list/def#> .
<id/service-type/1512> skos:prefLabel "Övergivna cyklar"@sv ; skos:altLabel "Cycle wrecks"@en ; skos:hiddenLabel "fietswrak"@nl .
"#;

/// A register that all tests of a suite read and none writes.
pub(crate) fn with_town() -> Arc<Catalogue> {
    static SHARED: LazyLock<Arc<Catalogue>> = LazyLock::new(|| {
        let catalogue = catalogue();
        for (source, turtle) in [("town", TOWN), ("names", NAMES)] {
            add(&catalogue, source, turtle);
        }
        catalogue
    });
    Arc::clone(&SHARED)
}

/// Writes what a source says, which must conform.
pub(crate) fn add(catalogue: &Catalogue, source: &str, turtle: &str) {
    let base = Base::parse(BASE).unwrap();
    let source = format!("http://source.example/{source}");
    let batch: Batch = batch_of_turtle(&source, "a test", &base, &[turtle]).unwrap();
    let submission = Submission {
        base: BASE.to_owned(),
        agent: source,
        activity: "test".to_owned(),
        batches: vec![batch],
        release: None,
    };
    assert_eq!(catalogue.submit(submission).unwrap().rejected, []);
}

/// What a town in Turtle needs to conform, with a number for a name.
fn numbered_town(number: usize) -> String {
    let (iri, name) = (format!("<id/organisation/crowd-{number}>"), format!("\"Gemeente Place{number:02}\"@nl"));
    format!(
        "{iri} a cv:PublicOrganisation , foaf:Agent ; dct:identifier \"crowd-{number}\" ; dct:title {name} ;
             skos:prefLabel {name} ; foaf:name {name} ; dct:spatial atu:BEL .
         <id/responsibility/crowd-{number}> a eusl:Responsibility ; dct:identifier \"crowd-{number}\" ;
             eusl:handles <id/service-type/1512> ; eusl:responsibleUnit {iri} .\n"
    )
}

/// Two entries of which one has a successor.
const SUPERSEDED: &str = r#"
<id/service-type/10002> a skos:Concept , eusl:ServiceType ; skos:prefLabel "Abandoned bicycles in yards"@en ;
    skos:notation "10002" ; dct:identifier "10002" ; skos:inScheme <list/services> ; skos:broader <id/function/40> ;
    adms:status status:DEPRECATED ; dct:isReplacedBy <id/service-type/1512> .
<id/service-type/10003> a skos:Concept , eusl:ServiceType ; skos:prefLabel "Abandoned bicycles in zoos"@en ;
    skos:notation "10003" ; dct:identifier "10003" ; skos:inScheme <list/services> ; skos:broader <id/function/40> ;
    adms:status status:CURRENT .
"#;

/// The same with seventy towns more, and an entry that was superseded.
pub(crate) fn with_many_towns() -> Arc<Catalogue> {
    static SHARED: LazyLock<Arc<Catalogue>> = LazyLock::new(many_towns);
    Arc::clone(&SHARED)
}

/// The same, for a test that writes.
pub(crate) fn many_towns() -> Arc<Catalogue> {
    let catalogue = catalogue();
    let prefixes = "@prefix adms: <http://www.w3.org/ns/adms#> .
        @prefix atu: <http://publications.europa.eu/resource/authority/atu/> .
        @prefix cv: <http://data.europa.eu/m8g/> .
        @prefix dct: <http://purl.org/dc/terms/> .
        @prefix eusl: <https://w3id.org/eu-service-list/def#> .
        @prefix foaf: <http://xmlns.com/foaf/0.1/> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        @prefix status: <http://publications.europa.eu/resource/authority/concept-status/> .";
    let towns: String = (0..70).map(numbered_town).collect();
    for (source, turtle) in
        [("town", TOWN), ("crowd", &format!("{prefixes}\n{towns}")), ("old", &format!("{prefixes}{SUPERSEDED}"))]
    {
        add(&catalogue, source, turtle);
    }
    catalogue
}
