//! Patches of a record: a SPARQL Update of what it says, or a JSON Merge Patch of its JSON-LD.

use super::super::body;
use super::super::problem::{Problem, ProblemType};
use super::super::rdf_text::RdfText;
use super::super::state::App;
use super::super::vocabulary::CONTEXT;
use super::body::LIMIT;
use super::request::Request;
use crate::catalogue::{EditError, Operation, RecordName, only_of, record_after_update};
use crate::graph::RdfFormat;
use crate::profile::Profile;
use crate::rdf::{Content, NamedNode, Syntax};
use axum::body::Body;
use oxrdfio::JsonLdProfileSet;
use serde_json::{Map, Value};

/// The media types of patches.
pub(in super::super) const ACCEPTED: &str = "application/sparql-update, application/merge-patch+json";

/// Reads a patch.
pub(super) async fn operation(
    app: &App,
    request: &Request,
    name: &RecordName,
    body: Body,
) -> Result<(Operation, [u8; 32]), Problem> {
    let media_type = body::media_type(&request.headers);
    if !ACCEPTED.split(", ").any(|accepted| accepted == media_type) {
        let detail = format!("a record is not patched with {media_type:?}; send {ACCEPTED}");
        return Err(Problem::new(ProblemType::UnsupportedMediaType, detail));
    }
    let patch = body::read(body, LIMIT).await?;
    let digest = request.digest(&patch);
    let (app, name) = (app.clone(), name.clone());
    let operation = if media_type == "application/sparql-update" {
        let text = String::from_utf8(patch.to_vec())
            .map_err(|_| Problem::new(ProblemType::BadRequest, "the update is no text in UTF-8"))?;
        Operation::Revise(Box::new(move |content| updated(&name, content, &text)))
    } else {
        let patch: Value = serde_json::from_slice(&patch)
            .map_err(|error| Problem::new(ProblemType::BadRequest, format!("the merge patch is no JSON: {error}")))?;
        names_are_known(&app, &patch)?;
        Operation::Revise(Box::new(move |content| merged(&app, &name, content, &patch)))
    };
    Ok((operation, digest))
}

/// What a record says after an update that sees nothing but the record.
fn updated(name: &RecordName, content: &Content, update: &str) -> Result<Content, EditError> {
    record_after_update(content, update, &name.iri)
}

/// What a record says after a merge patch of its JSON-LD. <https://www.rfc-editor.org/rfc/rfc7396>
fn merged(app: &App, name: &RecordName, content: &Content, patch: &Value) -> Result<Content, EditError> {
    let malformed = |error: &dyn std::fmt::Display| EditError::Malformed(error.to_string());
    let about = NamedNode::new_unchecked(&name.iri);
    let triples = content.iter().cloned().collect();
    let written = app.write(&about, triples, Syntax::JsonLd, Profile::Full).map_err(|error| malformed(&error))?;
    let mut document: Value = serde_json::from_slice(&written).map_err(|error| malformed(&error))?;
    merge(&mut document, patch);
    let text = RdfText { name: "the patched record".to_owned(), text: document.to_string().into(), format: json_ld() };
    let text = text.with_own_context(app.settings.site.as_str());
    let triples = text.and_then(|text| text.triples(&name.iri)).map_err(|problem| malformed(&problem.detail))?;
    only_of(app.base(), &name.iri, triples)
}

/// Holds the members of a merge patch to the names that our context gives properties: JSON-LD leaves out what it has no name for, and
/// the rest would be written without it.
///
/// # Errors
/// The first name that is none.
fn names_are_known(app: &App, patch: &Value) -> Result<(), Problem> {
    let Value::Object(members) = patch else { return Ok(()) };
    if members.contains_key("@context") {
        return Ok(());
    }
    let context = app.contexts.of(Profile::Full);
    match members.keys().find(|name| !name.starts_with('@') && !name.contains(':') && !context.defines(name)) {
        None => Ok(()),
        Some(unknown) => {
            let address = format!("{}context/{CONTEXT}.jsonld", app.settings.site);
            let detail =
                format!("the merge patch names {unknown:?}, which is no property; take a name of {address}, or an IRI");
            Err(Problem::new(ProblemType::RecordRefused, detail))
        }
    }
}

fn json_ld() -> RdfFormat {
    RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() }
}

/// <https://www.rfc-editor.org/rfc/rfc7396#section-2>
fn merge(target: &mut Value, patch: &Value) {
    let Value::Object(patch) = patch else {
        *target = patch.clone();
        return;
    };
    if !target.is_object() {
        *target = Value::Object(Map::new());
    }
    let Value::Object(members) = target else { return };
    for (name, value) in patch {
        if value.is_null() {
            members.remove(name);
        } else {
            merge(members.entry(name.clone()).or_insert(Value::Null), value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// The test cases of RFC 7396, appendix A.
    #[test]
    fn a_merge_patch_does_what_its_standard_shows() {
        for (original, patch, result) in [
            (json!({"a": "b"}), json!({"a": "c"}), json!({"a": "c"})),
            (json!({"a": "b"}), json!({"b": "c"}), json!({"a": "b", "b": "c"})),
            (json!({"a": "b"}), json!({"a": null}), json!({})),
            (json!({"a": "b", "b": "c"}), json!({"a": null}), json!({"b": "c"})),
            (json!({"a": ["b"]}), json!({"a": "c"}), json!({"a": "c"})),
            (json!({"a": "c"}), json!({"a": ["b"]}), json!({"a": ["b"]})),
            (json!({"a": {"b": "c"}}), json!({"a": {"b": "d", "c": null}}), json!({"a": {"b": "d"}})),
            (json!({"a": [{"b": "c"}]}), json!({"a": [1]}), json!({"a": [1]})),
            (json!(["a", "b"]), json!(["c", "d"]), json!(["c", "d"])),
            (json!({"a": "b"}), json!(["c"]), json!(["c"])),
            (json!({"a": "foo"}), json!(null), json!(null)),
            (json!({"a": "foo"}), json!("bar"), json!("bar")),
            (json!({"e": null}), json!({"a": 1}), json!({"e": null, "a": 1})),
            (json!([1, 2]), json!({"a": "b", "c": null}), json!({"a": "b"})),
            (json!({}), json!({"a": {"bb": {"ccc": null}}}), json!({"a": {"bb": {}}})),
        ] {
            let mut target = original.clone();
            merge(&mut target, &patch);
            assert_eq!(target, result, "{original} patched with {patch}");
        }
    }
}
