//! The JSON of a context document, with its members in the order of the text.

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// The members of a document's `@context`, in order.
pub(super) struct Ordered(pub(super) Vec<(String, Value)>);

/// The value of one member of a context.
pub(super) enum Value {
    /// The number of `@version`.
    Version(String),
    /// A term that is defined by an IRI alone.
    Iri(String),
    /// A term that is defined by an object.
    Definition(Definition),
}

/// An expanded term definition, <https://www.w3.org/TR/json-ld11/#expanded-term-definition>.
#[derive(Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Definition {
    #[serde(rename = "@id")]
    pub(super) id: Option<String>,
    #[serde(rename = "@reverse")]
    pub(super) reverse: Option<String>,
    #[serde(rename = "@type")]
    pub(super) kind: Option<String>,
    #[serde(rename = "@container", default, deserialize_with = "one_or_several")]
    pub(super) container: Vec<String>,
    /// Whether the term was defined by an IRI alone.
    #[serde(skip)]
    pub(super) is_short: bool,
}

#[derive(serde::Deserialize)]
struct Document {
    #[serde(rename = "@context")]
    context: Members,
}

struct Members(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Ordered {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(Document::deserialize(deserializer)?.context.0))
    }
}

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect;
        impl<'de> Visitor<'de> for Collect {
            type Value = Members;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of terms")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Collect)
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read;
        impl<'de> Visitor<'de> for Read {
            type Value = Value;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an IRI or a term definition")
            }

            fn visit_f64<E: Error>(self, version: f64) -> Result<Value, E> {
                Ok(Value::Version(version.to_string()))
            }

            fn visit_str<E: Error>(self, iri: &str) -> Result<Value, E> {
                Ok(Value::Iri(iri.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Value, A::Error> {
                Definition::deserialize(serde::de::value::MapAccessDeserializer::new(map)).map(Value::Definition)
            }
        }
        deserializer.deserialize_any(Read)
    }
}

/// A container is one keyword or an array of them.
fn one_or_several<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    struct Read;
    impl<'de> Visitor<'de> for Read {
        type Value = Vec<String>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a keyword or an array of keywords")
        }

        fn visit_str<E: Error>(self, keyword: &str) -> Result<Vec<String>, E> {
            Ok(vec![keyword.to_owned()])
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Vec<String>, A::Error> {
            let mut keywords = Vec::new();
            while let Some(keyword) = sequence.next_element()? {
                keywords.push(keyword);
            }
            Ok(keywords)
        }
    }
    deserializer.deserialize_any(Read)
}
