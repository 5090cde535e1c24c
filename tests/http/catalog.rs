//! `/catalog`, `/catalog/{name}` and `/void`.

use crate::register::{BASE, catalogue};
use crate::server::{Answer, TestServer};
use crate::town::add;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use eu_service_list::catalogue::{Base, Catalogue};
use eu_service_list::dump::{Dumps, Limits as DumpLimits};
use eu_service_list::graph::RdfFormat;
use eu_service_list::http::{App, HttpSettings, QueryLimits, router};
use eu_service_list::list::demo;
use eu_service_list::rdf::{NamedNodeRef, Term, Triple, read_rdf, read_turtle};
use eu_service_list::register::{Change, Commit, Location, Register, hex};
use eu_service_list::shacl::{Limits, Shapes, validate};
use eu_service_list::snapshot::Builder;
use eu_service_list::vocab::{self, dcat, dcatno, dct, hydra, rdf, spdx, void};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};
use std::time::Duration;
use tempfile::TempDir;

/// How many organisations offer something here, besides those of the demonstration.
const TOWNS: usize = 60;

/// A town of Belgium or Norway that offers something, and one beside it that does not.
fn town(number: usize) -> String {
    let (iri, name) =
        (format!("<id/organisation/crowd-{number}>"), format!("\"Gemeente \\\"Place{number:02}\\\"\"@nl"));
    let country = if number.is_multiple_of(2) { "BEL" } else { "NOR" };
    let organisation = |iri: &str, reference: &str| {
        format!(
            "{iri} a cv:PublicOrganisation , foaf:Agent ; dct:identifier \"{reference}\" ; dct:title {name} ;
                 skos:prefLabel {name} ; foaf:name {name} ; dct:spatial atu:{country} .\n"
        )
    };
    format!(
        "{}{}<id/public-service/crowd-{number}> a cpsv:PublicService ; dct:identifier \"crowd-{number}\" ;
             dct:title \"Bikes {number}\"@en ; dct:description \"Takes bikes away.\"@en ; eusl:serviceType <id/service-type/1512> ;
             cv:isClassifiedBy <id/service-type/1512> ; cv:hasCompetentAuthority {iri} .\n",
        organisation(&iri, &format!("crowd-{number}")),
        organisation(&format!("<id/organisation/idle-{number}>"), &format!("idle-{number}")),
    )
}

/// A register with the demonstration's towns and sixty more.
fn with_offers() -> Arc<Catalogue> {
    static SHARED: LazyLock<Arc<Catalogue>> = LazyLock::new(|| {
        let catalogue = catalogue();
        let demo = catalogue.submit(demo(&Base::parse(BASE).unwrap()).unwrap()).unwrap();
        assert_eq!(demo.rejected, []);
        let prefixes = "@prefix atu: <http://publications.europa.eu/resource/authority/atu/> .
            @prefix cpsv: <http://purl.org/vocab/cpsv#> .
            @prefix cv: <http://data.europa.eu/m8g/> .
            @prefix dct: <http://purl.org/dc/terms/> .
            @prefix eusl: <https://w3id.org/eu-service-list/def#> .
            @prefix foaf: <http://xmlns.com/foaf/0.1/> .
            @prefix skos: <http://www.w3.org/2004/02/skos/core#> .";
        let towns: String = (0..TOWNS).map(town).collect();
        add(&catalogue, "crowd", &format!("{prefixes}\n{towns}"));
        catalogue
    });
    Arc::clone(&SHARED)
}

fn server() -> TestServer {
    TestServer::of(with_offers(), BASE)
}

fn read(answer: &Answer, syntax: RdfFormat) -> Vec<Triple> {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    read_rdf(answer.body.as_bytes(), syntax, BASE).unwrap()
}

/// The IRIs that are of a class.
fn of_class(triples: &[Triple], class: NamedNodeRef<'_>) -> BTreeSet<String> {
    let is_one = |triple: &&Triple| triple.predicate == rdf::TYPE && triple.object == Term::from(class.into_owned());
    triples.iter().filter(is_one).map(|triple| bare(&triple.subject.to_string())).collect()
}

/// What a resource is said to have, without brackets.
fn objects(triples: &[Triple], subject: &str, property: NamedNodeRef<'_>) -> Vec<String> {
    let is_said = |triple: &&Triple| bare(&triple.subject.to_string()) == subject && triple.predicate == property;
    triples.iter().filter(is_said).map(|triple| bare(&triple.object.to_string())).collect()
}

fn bare(term: &str) -> String {
    term.trim_matches(['<', '>']).to_owned()
}

/// The pages of the catalogue, as a harvester goes from one to the next by the links in them.
async fn walked(server: &TestServer, first: &str, syntax: RdfFormat) -> Vec<Vec<Triple>> {
    let (mut pages, mut seen, mut address) = (Vec::new(), BTreeSet::new(), first.to_owned());
    loop {
        assert!(seen.insert(address.clone()), "{address} comes twice");
        let page = read(&server.get(&address, "*/*").await, syntax);
        let views = of_class(&page, hydra::PARTIAL_COLLECTION_VIEW);
        assert_eq!(views.len(), 1, "{address}");
        let next = objects(&page, views.first().unwrap(), hydra::NEXT);
        pages.push(page);
        match next.as_slice() {
            [] => return pages,
            [next] => address = format!("/{}", next.strip_prefix(BASE).unwrap()),
            several => panic!("{several:?}"),
        }
    }
}

#[tokio::test]
async fn a_harvester_walks_the_pages_to_the_end_and_meets_each_dataset_once() {
    let server = server();
    for (first, syntax) in [
        ("/catalog", RdfFormat::Turtle),
        ("/catalog.rdf", RdfFormat::RdfXml),
        ("/catalog.nt?page=1", RdfFormat::NTriples),
    ] {
        let pages = walked(&server, first, syntax).await;
        assert_eq!(pages.len(), 3, "{first}");
        let of_pages: Vec<BTreeSet<String>> = pages.iter().map(|page| of_class(page, dcat::DATASET_CLASS)).collect();
        let met: BTreeSet<&String> = of_pages.iter().flatten().collect();
        assert_eq!(met.len(), of_pages.iter().map(BTreeSet::len).sum::<usize>(), "none stands on two pages");
        let towns = met.iter().filter(|iri| iri.contains("catalog/organisation-crowd-")).count();
        assert_eq!(towns, TOWNS);
        assert!(!met.iter().any(|iri| iri.contains("organisation-idle-")), "what offers nothing has no dataset");
        for name in ["services", "suitability", "public-services", "public-services-bel", "public-services-nor"] {
            assert!(met.contains(&format!("{BASE}catalog/{name}")), "{name} in {met:?}");
        }
        let whole = read(&server.get("/catalog.nt?page=all", "*/*").await, RdfFormat::NTriples);
        assert_eq!(of_class(&whole, dcat::DATASET_CLASS).iter().collect::<BTreeSet<_>>(), met);
        assert_eq!(of_class(&whole, hydra::PARTIAL_COLLECTION_VIEW), BTreeSet::new());
        let view = format!("{BASE}catalog.{}?page=2", syntax.file_extension());
        assert_eq!(objects(&pages[1], &format!("{BASE}catalog"), hydra::VIEW), std::slice::from_ref(&view));
        let total = objects(&pages[1], &view, hydra::TOTAL_ITEMS);
        assert!(total[0].starts_with(&format!("\"{}\"", met.len())), "{total:?}");
    }
    for page in ["0", "4", "-1", "01", "x", ""] {
        let answer = server.get(&format!("/catalog.ttl?page={page}"), "*/*").await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "page {page}");
    }
}

#[tokio::test]
async fn a_dataset_has_its_iri_for_identifier_and_the_iri_leads_to_what_is_said_of_it() {
    let server = server();
    let whole = read(&server.get("/catalog?page=all", "*/*").await, RdfFormat::Turtle);
    for iri in of_class(&whole, dcat::DATASET_CLASS) {
        assert_eq!(objects(&whole, &iri, dct::IDENTIFIER), [format!("\"{iri}\"")]);
        let alone = read(
            &server.get(iri.strip_prefix(BASE).map(|path| format!("/{path}")).as_deref().unwrap(), "*/*").await,
            RdfFormat::Turtle,
        );
        let of_it = |triples: &[Triple]| -> BTreeSet<String> {
            let is_of_it = |triple: &&Triple| {
                let subject = bare(&triple.subject.to_string());
                subject == iri || subject.starts_with(&format!("{iri}#"))
            };
            triples.iter().filter(is_of_it).map(ToString::to_string).collect()
        };
        assert_eq!(of_it(&alone), of_it(&whole), "{iri}");
    }
    let unknown = server.get("/catalog/organisation-nobody", "*/*").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    assert!(unknown.body.contains("/catalog"), "{}", unknown.body);
}

#[tokio::test]
async fn every_public_service_is_named_by_catalogue_and_organisation_and_with_the_graph_all_conforms_to_cpsv_ap() {
    let server = server();
    let mut all = read(&server.get("/catalog.nt?page=all", "*/*").await, RdfFormat::NTriples);
    let named: BTreeSet<String> =
        objects(&all, &format!("{BASE}catalog"), dcatno::CONTAINS_SERVICE).into_iter().collect();
    let parts =
        all.iter().filter(|triple| triple.predicate == dct::HAS_PART).map(|triple| bare(&triple.object.to_string()));
    assert_eq!(parts.collect::<BTreeSet<_>>(), named);
    let query = "PREFIX cpsv: <http://purl.org/vocab/cpsv#> SELECT ?s { ?s a cpsv:PublicService }";
    let csv = server.query(query, "text/csv").await.body;
    assert_eq!(csv.lines().skip(1).map(str::to_owned).collect::<BTreeSet<_>>(), named);
    assert!(named.len() > TOWNS);

    let graph = server.query("CONSTRUCT WHERE { ?s ?p ?o }", "application/n-triples").await;
    all.extend(read(&graph, RdfFormat::NTriples));
    all.extend(vocab::CLOSURE.iter().flat_map(|text| read_turtle(text.as_bytes(), BASE).unwrap()));
    let mut builder = Builder::new();
    for triple in &all {
        builder.add(triple).unwrap();
    }
    let shapes = read_turtle(vocab::CPSV_AP_SHAPES.as_bytes(), BASE).unwrap();
    let shapes = Shapes::parse(&shapes.into_iter().collect()).unwrap();
    let report = validate(&shapes, &builder.finish().unwrap(), Limits::default()).unwrap();
    let found: Vec<String> =
        report.violations().map(|result| format!("{} {:?}", result.focus, result.path())).take(9).collect();
    assert_eq!(found, Vec::<String>::new());
}

#[tokio::test]
async fn programs_get_turtle_and_browsers_a_page_in_their_language() {
    let server = server();
    let turtle = server.get("/catalog", "*/*").await;
    assert_eq!(turtle.header("content-type"), "text/turtle; charset=utf-8");
    assert_eq!(turtle.body, server.get("/catalog.ttl", "text/html").await.body);
    let head = server.send(Request::head("/catalog").body(Body::empty()).unwrap()).await;
    assert_eq!((head.status, head.header("content-type")), (StatusCode::OK, "text/turtle; charset=utf-8"));
    assert_eq!(head.header("content-length"), turtle.body.len().to_string());
    assert!(turtle.header("eusl-revision").parse::<u64>().unwrap() > 0);
    for (language, title, country) in [
        ("en", "Catalogue", "Public services – Norway"),
        ("nl", "Catalogus", "Publieke diensten – Noorwegen"),
        ("de", "Katalog", "Verwaltungsleistungen – Norwegen"),
        ("sv", "Katalog", "Offentliga tjänster – Norge"),
        ("nb", "Katalog", "Offentlige tjenester – Norge"),
        ("fr", "Catalogue", "Services publics – Norvège"),
    ] {
        let page = server.get(&format!("/{language}/catalog"), "text/html").await;
        assert_eq!(page.status, StatusCode::OK, "{language}: {}", page.body);
        assert!(page.body.contains(&format!("<h1>{title}</h1>")), "{language}");
        assert!(page.body.contains(country), "{language}");
        assert!(page.body.contains("catalog?page=2") && page.body.contains("catalog.ttl?page=all"), "{language}");
        let alone = server.get(&format!("/{language}/catalog/public-services-nor"), "text/html").await;
        assert!(alone.body.contains(&format!("<h1>{country}</h1>")), "{language}: {}", alone.body);
        let town = server.get(&format!("/{language}/catalog/organisation-crowd-7"), "text/html").await;
        assert!(town.body.contains("Gemeente &#34;Place07&#34;"), "{language}: {}", town.body);
        assert!(town.body.contains("/doc/organisation/crowd-7\""), "{language}: it leads on");
    }
    assert_eq!(server.get("/catalog.csv", "*/*").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_a_setting_says_is_text_and_no_markup_and_no_address() {
    let answer = server().get("/catalog.nt", "*/*").await;
    let contact = format!("<{BASE}catalog#contact> <http://www.w3.org/2006/vcard/ns#note> \"javascript:alert(1)\" .");
    assert!(answer.body.contains(&contact), "{}", answer.body);
    assert!(!answer.body.contains("<javascript:"));
    assert!(!server().get("/catalog", "text/html").await.body.contains("<b>Test"));
}

#[tokio::test]
async fn void_counts_what_is_published_and_the_links_to_other_lists() {
    let server = server();
    let well_known = server.get("/.well-known/void", "*/*").await;
    assert_eq!(well_known.header("content-type"), "text/turtle; charset=utf-8");
    assert_eq!(well_known.body, server.get("/void.ttl", "*/*").await.body);
    let triples = read(&well_known, RdfFormat::Turtle);
    let whole = format!("{BASE}void#data-set");
    let count = |iri: &str| -> u64 {
        let counts = objects(&triples, iri, void::TRIPLES);
        counts[0].split('"').nth(1).unwrap().parse().unwrap()
    };
    let counted = |pattern: &str| {
        let query =
            format!("PREFIX skos: <http://www.w3.org/2004/02/skos/core#> SELECT (COUNT(*) AS ?n) {{ {pattern} }}");
        let server = &server;
        async move { server.query(&query, "text/csv").await.body.lines().nth(1).unwrap().parse::<u64>().unwrap() }
    };
    assert_eq!(count(&whole), counted("?s ?p ?o").await);
    let of_esd = counted("?s skos:exactMatch ?o FILTER(STRSTARTS(STR(?o), 'http://id.esd.org.uk/'))").await;
    assert!(of_esd > 1_000);
    assert_eq!(count(&format!("{BASE}void#links-esd")), of_esd);
    let subsets = objects(&triples, &whole, void::SUBSET);
    assert!(subsets.contains(&format!("{BASE}catalog/public-services-bel")), "{subsets:?}");
    assert!(!subsets.iter().any(|iri| iri.contains("organisation-")), "{subsets:?}");
    for example in objects(&triples, &whole, void::EXAMPLE_RESOURCE) {
        let path = format!("/{}", example.strip_prefix(BASE).unwrap());
        assert_eq!(server.get(&path, "*/*").await.status, StatusCode::SEE_OTHER, "{path}");
    }
}

/// A server of a register in a folder that says one thing, which makes dumps in the background and keeps pages.
fn with_dumps(folder: &TempDir) -> TestServer {
    let location = Location::Directory(folder.path().to_owned());
    let (base, iri) = (Base::parse(BASE).unwrap(), format!("{BASE}id/function/1"));
    {
        let register = Register::open(&location, BASE).unwrap();
        let content = read_turtle(format!("<{iri}> <{BASE}p> \"x\" .").as_bytes(), BASE).unwrap().into_iter().collect();
        let change = Change { iri, kind: "function".to_owned(), number: None, content };
        register.commit(&Commit { changes: vec![change], ..Commit::default() }).unwrap();
    }
    let catalogue = Arc::new(Catalogue::open(&location, &base).unwrap());
    let dumps = Dumps::keep(Arc::clone(&catalogue), DumpLimits::default()).unwrap();
    let limits = QueryLimits { time: Duration::from_secs(5), at_once: 4, ..QueryLimits::default() };
    let settings = HttpSettings { cache: 1 << 20, ..HttpSettings::of(base, limits) };
    TestServer::with(router(App::with_dumps(catalogue, dumps, settings).unwrap()))
}

#[tokio::test]
async fn once_there_is_a_dump_the_catalogue_tells_of_its_files_by_their_sizes_and_checksums() {
    let folder = tempfile::tempdir().unwrap();
    let server = with_dumps(&folder);
    let mut files = Vec::new();
    // A page that was kept before the dump was there must not stay.
    for _ in 0..600 {
        let catalogue = read(&server.get("/catalog", "*/*").await, RdfFormat::Turtle);
        let told = catalogue.iter().filter(|triple| triple.predicate == dcat::DOWNLOAD_URL);
        files = told.map(|triple| (triple.clone(), catalogue.clone())).collect();
        if !files.is_empty() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert!(files.len() > 30, "{} files", files.len());
    for (told, catalogue) in files {
        let (file, address) = (bare(&told.subject.to_string()), bare(&told.object.to_string()));
        let request = Request::get(address.strip_prefix(BASE.trim_end_matches('/')).unwrap());
        let (_, bytes) = server.send_for_bytes(request.body(Body::empty()).unwrap()).await;
        let value =
            |subject: &str, property| objects(&catalogue, subject, property)[0].split('"').nth(1).unwrap().to_owned();
        assert_eq!(value(&file, dcat::BYTE_SIZE), bytes.len().to_string(), "{address}");
        let checksum = &objects(&catalogue, &file, spdx::CHECKSUM)[0];
        assert_eq!(value(checksum, spdx::CHECKSUM_VALUE), hex(&Sha256::digest(&bytes)), "{address}");
    }
    let void = read(&server.get("/void", "*/*").await, RdfFormat::Turtle);
    assert!(!objects(&void, &format!("{BASE}void#data-set"), void::DATA_DUMP).is_empty());
    let page = server.get("/en/catalog", "text/html").await.body;
    assert!(page.contains("/dump/services.ttl.gz\">Turtle, gzip</a>"), "{page}");
}
