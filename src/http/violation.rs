//! Violations of the shapes, as problems tell them.

use crate::pages::{Text, ToldViolation};
use crate::rdf::{Literal, Preference, best_literal};
use serde_json::json;

/// A violation of the shapes by a record that was to be written.
#[derive(Clone, Debug)]
pub struct Violation {
    /// The IRI of the record or the part.
    pub focus: String,
    /// The property, where it is about one.
    pub path: Option<String>,
    /// The value, where it is about one.
    pub value: Option<String>,
    /// What is wrong and what to do, in every language that the shapes have.
    pub messages: Vec<Literal>,
    /// The IRI of the shape.
    pub shape: String,
}

impl Violation {
    fn message(&self, preference: &Preference) -> Option<&Literal> {
        best_literal(&self.messages, preference)
    }

    /// What problem details say of it, in the language that is preferred.
    pub(super) fn to_json(&self, preference: &Preference) -> serde_json::Value {
        json!({
            "focus": self.focus,
            "path": self.path,
            "value": self.value,
            "message": self.message(preference).map(Literal::value),
            "language": self.message(preference).and_then(Literal::language),
            "shape": self.shape,
        })
    }

    /// What the page of a problem says of it, in the language that is preferred.
    pub(super) fn told(&self, preference: &Preference) -> ToldViolation {
        let message = self.message(preference);
        ToldViolation {
            focus: self.focus.clone(),
            value: self.value.clone(),
            message: message.map_or_else(|| Text::plain(&self.shape), text_of),
        }
    }
}

fn text_of(literal: &Literal) -> Text {
    match literal.language() {
        Some(language) => Text::tagged(literal.value(), language),
        None => Text::plain(literal.value()),
    }
}
