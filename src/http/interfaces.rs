//! What programs can ask here: `/.well-known/api-catalog` (<https://www.rfc-editor.org/rfc/rfc9727>).

use super::answer::{Wanted, answer};
use super::asked::Asked;
use super::form::Form;
use super::history::InHistory;
use super::problem::Problem;
use super::representation::Made;
use super::state::App;
use super::web_link::{WebLink, linkset};
use axum::extract::State;
use axum::response::Response;

/// The path of the catalogue.
const PATH: &str = ".well-known/api-catalog";

/// An interface: its path, what describes it to programs with the media type of that, and where people read of it.
struct Interface {
    path: &'static str,
    description: Option<(&'static str, &'static str)>,
    documentation: &'static str,
}

/// Every interface; what begins with `https:` is elsewhere.
const INTERFACES: [Interface; 9] = [
    Interface {
        path: "sparql",
        description: Some(("sparql.ttl", "text/turtle")),
        documentation: "https://www.w3.org/TR/sparql11-protocol/",
    },
    Interface { path: "query", description: Some(("query.ttl", "text/turtle")), documentation: "en/query" },
    Interface {
        path: "catalog",
        description: Some(("catalog.ttl", "text/turtle")),
        documentation: "https://semiceu.github.io/DCAT-AP/releases/3.0.1/",
    },
    Interface {
        path: "feed",
        description: Some(("feed.trig", "application/trig")),
        documentation: "https://w3id.org/ldes/specification",
    },
    Interface {
        path: "oai",
        description: Some(("oai?verb=Identify", "text/xml")),
        documentation: "http://www.openarchives.org/OAI/openarchivesprotocol.html",
    },
    Interface { path: "changes.atom", description: None, documentation: "https://www.rfc-editor.org/rfc/rfc4287" },
    Interface {
        path: "cpsv-ap/api/validate",
        description: Some(("cpsv-ap/api/info", "application/json")),
        documentation: "en/validate",
    },
    Interface {
        path: "update",
        description: Some(("sparql.ttl", "text/turtle")),
        documentation: "https://www.w3.org/TR/sparql11-update/",
    },
    Interface {
        path: "graph-store",
        description: Some(("sparql.ttl", "text/turtle")),
        documentation: "https://www.w3.org/TR/sparql11-http-rdf-update/",
    },
];

/// `GET /.well-known/api-catalog`
pub(super) async fn get_api_catalog(State(app): State<App>, asked: Asked) -> Result<Response, Problem> {
    let wanted = Wanted::new(PATH, Form::OF_INTERFACES, Some(Form::ApiCatalog));
    answer(app, asked, wanted, |app, path, _| {
        let site = app.settings.site.as_str();
        let own = WebLink::new(format!("{site}{path}"), "api-catalog");
        let past = InHistory { links: vec![own], ..InHistory::default() };
        Ok(Made { past, ..Made::of_program(interfaces(site)) })
    })
    .await
}

fn interfaces(site: &str) -> Vec<u8> {
    let at = |path: &str| if path.starts_with("http") { path.to_owned() } else { format!("{site}{path}") };
    let items: Vec<WebLink> = INTERFACES.iter().map(|interface| WebLink::new(at(interface.path), "item")).collect();
    let described = INTERFACES.iter().map(|interface| {
        let description = interface.description.iter();
        let description =
            description.map(|(path, media_type)| WebLink::new(at(path), "service-desc").with("type", *media_type));
        let documentation = WebLink::new(at(interface.documentation), "service-doc").with("type", "text/html");
        (at(interface.path), description.chain([documentation]).collect::<Vec<_>>())
    });
    let described: Vec<(String, Vec<WebLink>)> = std::iter::once((at(PATH), items)).chain(described).collect();
    linkset(described.iter().map(|(anchor, links)| (anchor.clone(), links.as_slice())))
}
