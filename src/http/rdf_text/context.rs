//! The context of JSON-LD that was sent: our own may be named by its address, any other must stand in the text, since nothing is
//! fetched.

use super::RdfText;
use crate::graph::RdfFormat;
use crate::http::problem::{Problem, ProblemType};
use crate::http::vocabulary::CONTEXT;
use crate::vocab;
use serde_json::Value;
use std::sync::LazyLock;

/// Our own context. No server starts with one that cannot be read.
static OWN: LazyLock<Value> = LazyLock::new(|| {
    let document: Value = serde_json::from_str(vocab::CONTEXT).unwrap_or_default();
    document.get("@context").cloned().unwrap_or_default()
});

/// How often a text may name our own context: each time it takes the place of a few bytes.
const MOST: usize = 16;

/// Puts our own context where a text in JSON-LD names it by its address. Another text, and what is no JSON, stays as it is: its
/// reader tells what is wrong, with the line.
///
/// # Errors
/// A context elsewhere, by its address; or our own more often than [`MOST`] times.
pub(super) fn with_own_context(text: RdfText, site: &str) -> Result<RdfText, Problem> {
    if !matches!(text.format, RdfFormat::JsonLd { .. }) {
        return Ok(text);
    }
    let Ok(mut document) = serde_json::from_slice::<Value>(&text.text) else { return Ok(text) };
    let address = format!("{site}context/{CONTEXT}");
    let mut own = Own { address: &address, times: 0 };
    match own.put_into(&mut document) {
        Ok(()) if own.times == 0 => Ok(text),
        Ok(()) => Ok(RdfText { text: document.to_string().into(), ..text }),
        Err(detail) => Err(Problem::new(ProblemType::RdfSyntax, format!("{}: {detail}", text.name))),
    }
}

/// Where our own context stands, and how often it was put in place.
struct Own<'o> {
    address: &'o str,
    times: usize,
}

impl Own<'_> {
    /// Puts it in place of its address in each `@context`.
    ///
    /// # Errors
    /// What another text should say instead.
    fn put_into(&mut self, value: &mut Value) -> Result<(), String> {
        match value {
            Value::Array(values) => values.iter_mut().try_for_each(|value| self.put_into(value)),
            Value::Object(members) => members.iter_mut().try_for_each(|(name, value)| {
                if name == "@context" { self.put_for(value) } else { self.put_into(value) }
            }),
            _ => Ok(()),
        }
    }

    fn put_for(&mut self, context: &mut Value) -> Result<(), String> {
        match context {
            Value::Array(contexts) => contexts.iter_mut().try_for_each(|context| self.put_for(context)),
            Value::String(address) if address.strip_suffix(".jsonld").unwrap_or(address) != self.address => {
                Err(format!(
                    "nothing is fetched, the @context {address:?} neither; put the context itself in its place, or name {}.jsonld",
                    self.address
                ))
            }
            Value::String(address) if self.times == MOST => {
                Err(format!("the @context {address:?} is named more than {MOST} times; name it once, at the top"))
            }
            Value::String(_) => {
                *context = OWN.clone();
                self.times += 1;
                Ok(())
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SITE: &str = "http://site.example/";

    fn sent(text: &str) -> RdfText {
        let format = RdfFormat::JsonLd { profile: oxrdfio::JsonLdProfileSet::empty() };
        RdfText { name: "the data".to_owned(), text: text.to_owned().into(), format }
    }

    fn read(text: &str) -> Result<usize, Problem> {
        Ok(with_own_context(sent(text), SITE)?.triples("http://site.example/id/thing/1")?.len())
    }

    #[test]
    fn our_own_context_is_put_in_place_wherever_it_is_named() {
        for text in [
            r#"{"@context": "http://site.example/context/v1.jsonld", "id": "a:s", "notation": "1"}"#,
            r#"{"@context": "http://site.example/context/v1", "id": "a:s", "notation": "1"}"#,
            r#"{"@context": ["http://site.example/context/v1", {"note": "a:note"}], "id": "a:s", "note": "1"}"#,
            r#"[{"@context": "http://site.example/context/v1", "id": "a:s", "notation": "1"}]"#,
            r#"{"@context": {"notation": "a:notation"}, "@id": "a:s", "notation": "1"}"#,
        ] {
            assert_eq!(read(text).map_err(|problem| problem.detail), Ok(1), "{text}");
        }
    }

    #[test]
    fn another_context_is_named_and_text_without_one_stays_as_it_is() {
        let elsewhere = r#"{"@id": "a:s", "a:p": {"@context": ["https://schema.org"], "@id": "a:o"}}"#;
        let detail = read(elsewhere).unwrap_err().detail;
        assert!(detail.contains("\"https://schema.org\"") && detail.contains("context/v1.jsonld"), "{detail}");
        let often = format!("[{}]", vec![r#"{"@context": "http://site.example/context/v1"}"#; 17].join(","));
        assert!(read(&often).unwrap_err().detail.contains("more than 16 times"));
        let lines = "{\"@context\": {},\n\n \"@id\": 5 }";
        assert_eq!(with_own_context(sent(lines), SITE).unwrap().text, lines);
    }
}
