//! Links as values: what `Link` says in an answer (<https://www.rfc-editor.org/rfc/rfc8288>) and a linkset says of a
//! document (<https://www.rfc-editor.org/rfc/rfc9264>).

use serde_json::{Map, Value, json};
use std::fmt;

/// A link to a target, in the relations that it stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct WebLink {
    target: String,
    /// Relation types, separated by spaces.
    relations: String,
    attributes: Vec<(&'static str, String)>,
}

impl WebLink {
    /// A link to an absolute address or IRI in ASCII.
    pub(super) fn new(target: impl Into<String>, relations: impl Into<String>) -> Self {
        Self { target: target.into(), relations: relations.into(), attributes: Vec::new() }
    }

    /// The same with an attribute of the target, such as its media type. Its value holds no quotation mark.
    pub(super) fn with(mut self, attribute: &'static str, value: impl Into<String>) -> Self {
        self.attributes.push((attribute, value.into()));
        self
    }

    /// The target as a linkset has it.
    fn to_json(&self) -> Value {
        let mut target = Map::from_iter([("href".to_owned(), json!(self.target))]);
        for (name, value) in &self.attributes {
            // What RFC 8288 says may stand once is a string, everything else an array of them.
            let value = if *name == "type" { json!(value) } else { json!([value]) };
            target.insert((*name).to_owned(), value);
        }
        Value::Object(target)
    }
}

impl fmt::Display for WebLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{}>; rel=\"{}\"", self.target, self.relations)?;
        self.attributes.iter().try_for_each(|(name, value)| write!(f, "; {name}=\"{value}\""))
    }
}

/// The value of the field `Link`.
pub(super) fn field_value(links: &[WebLink]) -> String {
    links.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// The links of several resources as a linkset in JSON: each resource's IRI, with the links that begin there.
pub(super) fn linkset<'l>(contexts: impl IntoIterator<Item = (String, &'l [WebLink])>) -> Vec<u8> {
    let contexts: Vec<Value> = contexts.into_iter().map(|(anchor, links)| context(&anchor, links)).collect();
    let mut text = format!("{:#}", json!({ "linkset": contexts }));
    text.push('\n');
    text.into_bytes()
}

fn context(anchor: &str, links: &[WebLink]) -> Value {
    let mut context = Map::from_iter([("anchor".to_owned(), json!(anchor))]);
    for link in links {
        for relation in link.relations.split(' ') {
            let targets = context.entry(relation).or_insert_with(|| json!([]));
            if let Value::Array(targets) = targets {
                targets.push(link.to_json());
            }
        }
    }
    Value::Object(context)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_and_a_linkset_say_the_same() {
        let links = [
            WebLink::new("http://e/1.ttl", "alternate").with("type", "text/turtle"),
            WebLink::new("http://e/1/v/1", "first memento").with("datetime", "Sat, 28 Nov 2026 10:00:00 GMT"),
        ];
        assert_eq!(
            field_value(&links),
            "<http://e/1.ttl>; rel=\"alternate\"; type=\"text/turtle\", \
             <http://e/1/v/1>; rel=\"first memento\"; datetime=\"Sat, 28 Nov 2026 10:00:00 GMT\""
        );
        let memento = json!([{ "href": "http://e/1/v/1", "datetime": ["Sat, 28 Nov 2026 10:00:00 GMT"] }]);
        let expected = json!({ "linkset": [{
            "anchor": "http://e/1",
            "alternate": [{ "href": "http://e/1.ttl", "type": "text/turtle" }],
            "first": memento,
            "memento": memento,
        }] });
        let told: Value = serde_json::from_slice(&linkset([("http://e/1".to_owned(), &links[..])])).unwrap();
        assert_eq!(told, expected);
    }
}
