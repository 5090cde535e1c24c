//! Links as linksets.

use crate::register::BASE;
use crate::server::TestServer;
use axum::http::StatusCode;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The links of the field `Link`: each relation, with where it leads and the attributes of that.
fn links_of_field(field: &str) -> BTreeSet<(String, String, String)> {
    let mut links = BTreeSet::new();
    for link in field.split(", <") {
        let (target, attributes) = link.trim_start_matches('<').split_once(">; rel=\"").unwrap();
        let (relations, rest) = attributes.split_once('"').unwrap();
        for relation in relations.split(' ') {
            links.insert((relation.to_owned(), target.to_owned(), rest.trim_start_matches("; ").to_owned()));
        }
    }
    links
}

/// The same of the one context of a linkset.
fn links_of_linkset(linkset: &Value) -> BTreeSet<(String, String, String)> {
    let mut links = BTreeSet::new();
    for (relation, targets) in linkset["linkset"][0].as_object().unwrap().iter().filter(|(name, _)| *name != "anchor") {
        for target in targets.as_array().unwrap() {
            let attributes: BTreeMap<&String, &Value> =
                target.as_object().unwrap().iter().filter(|(name, _)| *name != "href").collect();
            let told = attributes.into_iter().map(|(name, value)| {
                let value = value.as_str().unwrap_or_else(|| value[0].as_str().unwrap());
                format!("{name}=\"{value}\"")
            });
            let told = told.collect::<Vec<_>>().join("; ");
            links.insert((relation.clone(), target["href"].as_str().unwrap().to_owned(), told));
        }
    }
    links
}

#[tokio::test]
async fn a_linkset_has_the_links_that_the_document_tells_in_its_fields() {
    let server = TestServer::new();
    for path in ["/doc/service-type/372", "/doc/function/40", "/list/functions"] {
        let turtle = server.get(path, "text/turtle").await;
        let address = format!("{BASE}{}.linkset", &path[1..]);
        let announced = format!("<{address}>; rel=\"linkset\"; type=\"application/linkset+json\"");
        assert!(turtle.header("link").contains(&announced), "{}", turtle.header("link"));
        let linkset = server.get(&format!("{path}.linkset"), "*/*").await;
        assert_eq!((linkset.status, linkset.header("content-type")), (StatusCode::OK, "application/linkset+json"));
        let told: Value = serde_json::from_str(&linkset.body).unwrap();
        assert_eq!(told["linkset"][0]["anchor"], format!("{BASE}{}", &path[1..]));
        let mut expected = links_of_field(turtle.header("link"));
        // The field tells the other forms and profiles of Turtle; the linkset has all forms.
        expected.retain(|(relation, _, attributes)| relation != "profile" && !attributes.contains("formats="));
        let own = format!("{BASE}{}.ttl", &path[1..]);
        expected.insert(("alternate".to_owned(), own, "type=\"text/turtle\"".to_owned()));
        assert_eq!(links_of_linkset(&told), expected, "{path}");
        assert_eq!(server.get(path, "application/linkset+json").await.body, linkset.body);
    }
}

#[tokio::test]
async fn what_has_no_history_has_no_linkset() {
    let server = TestServer::new();
    assert_eq!(server.get("/doc/service-type/372/versions.linkset", "*/*").await.status, StatusCode::NOT_FOUND);
    assert_eq!(server.get("/doc/service-type/none.linkset", "*/*").await.status, StatusCode::NOT_FOUND);
    assert_eq!(server.get("/list/suitability.linkset", "*/*").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_catalogue_of_interfaces_leads_to_each_and_to_what_describes_it() {
    let server = TestServer::new();
    let answer = server.get("/.well-known/api-catalog", "*/*").await;
    let profile = "application/linkset+json; profile=\"https://www.rfc-editor.org/info/rfc9727\"";
    assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, profile));
    assert!(answer.header("link").contains("<http://lists.example.eu/.well-known/api-catalog>; rel=\"api-catalog\""));
    let told: Value = serde_json::from_str(&answer.body).unwrap();
    let contexts = told["linkset"].as_array().unwrap();
    let anchors: BTreeSet<&str> = contexts[1..].iter().map(|context| context["anchor"].as_str().unwrap()).collect();
    let items = contexts[0]["item"].as_array().unwrap();
    assert_eq!(anchors, items.iter().map(|item| item["href"].as_str().unwrap()).collect());
    for described in contexts[1..].iter().flat_map(|context| ["service-desc", "service-doc"].map(|name| &context[name]))
    {
        let Some(target) = described.get(0) else { continue };
        let Some(path) = target["href"].as_str().unwrap().strip_prefix(BASE) else { continue };
        let answer = server.get(&format!("/{path}"), "*/*").await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        let media_type = answer.header("content-type").split(';').next().unwrap();
        assert_eq!(Some(media_type), target["type"].as_str(), "{path}");
    }
}
