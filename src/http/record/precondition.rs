//! What a request says must hold of a record before it is written. <https://www.rfc-editor.org/rfc/rfc9110#section-13.1>
//!
//! The entity tags of a record's documents begin with the number of its version, whatever their form and language: a
//! write is held against that. So a neighbour's new name, which changes a document, is no reason to refuse a write.

use super::super::problem::{Problem, ProblemType};
use super::super::representation::numbered;
use crate::catalogue::Precondition;
use axum::http::{HeaderMap, HeaderName, header};

/// What `If-Match` asks; nothing where it is not sent.
///
/// # Errors
/// It is no list of entity tags.
pub(super) fn if_match(headers: &HeaderMap) -> Result<Option<Precondition>, Problem> {
    let Some(tags) = tags(headers, &header::IF_MATCH)? else { return Ok(None) };
    if tags == ["*"] {
        return Ok(Some(Precondition::Present));
    }
    // A weak tag matches nothing here, nor does one that is not ours.
    Ok(Some(Precondition::AnyOf(tags.iter().filter_map(|tag| numbered(tag)).collect())))
}

/// What a PUT asks: `If-Match`, or `If-None-Match: *`; without either it makes a new record only.
///
/// # Errors
/// Both are sent, or `If-None-Match` names tags.
pub(super) fn of_put(headers: &HeaderMap) -> Result<Precondition, Problem> {
    let none = tags(headers, &header::IF_NONE_MATCH)?;
    match (if_match(headers)?, none) {
        (Some(precondition), None) => Ok(precondition),
        (None, Some(tags)) if tags == ["*"] => Ok(Precondition::Absent),
        (None, None) => Ok(Precondition::Absent),
        _ => {
            let detail =
                "a PUT says If-Match with the entity tag of what it replaces, or If-None-Match: * for what is new";
            Err(Problem::new(ProblemType::BadRequest, detail))
        }
    }
}

/// A change that does not say of what.
pub(super) fn unconditional() -> Problem {
    let detail = "say what you change with If-Match and the ETag of the document that you got, so that no change of \
                  others is lost; If-Match: * changes whatever is there";
    Problem::new(ProblemType::PreconditionRequired, detail)
}

/// The entity tags of a field, or `*`; nothing where the field is not sent.
fn tags(headers: &HeaderMap, name: &HeaderName) -> Result<Option<Vec<String>>, Problem> {
    let mut all = Vec::new();
    for field in headers.get_all(name) {
        let text = field.to_str().unwrap_or_default();
        all.extend(text.split(',').map(|tag| tag.trim().to_owned()).filter(|tag| !tag.is_empty()));
    }
    if !headers.contains_key(name) {
        return Ok(None);
    }
    let is_tag = |tag: &String| {
        let opaque = tag.strip_prefix("W/").unwrap_or(tag);
        opaque.len() >= 2 && opaque.starts_with('"') && opaque.ends_with('"')
    };
    if all.is_empty() || !(all == ["*"] || all.iter().all(is_tag)) {
        let detail = format!("{name} holds entity tags in quotation marks, as ETag has them, or *");
        return Err(Problem::new(ProblemType::BadRequest, detail));
    }
    Ok(Some(all))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Numbered;

    fn headers(fields: &[(HeaderName, &str)]) -> HeaderMap {
        fields.iter().map(|(name, value)| (name.clone(), value.parse().unwrap())).collect()
    }

    #[test]
    fn a_tag_asks_for_its_version_in_whatever_form_it_was_got() {
        for (tag, asked) in [
            ("\"v7-00-ttl\"", vec![Numbered::Version(7)]),
            ("\"v7-00-ttl\", \"v8-00-jsonld-gzip\"", vec![Numbered::Version(7), Numbered::Version(8)]),
            ("\"d3-00-ttl\"", vec![Numbered::Draft(3)]),
            ("W/\"v7-00-ttl\"", vec![]),
            ("\"another's\"", vec![]),
        ] {
            assert_eq!(
                if_match(&headers(&[(header::IF_MATCH, tag)])).unwrap(),
                Some(Precondition::AnyOf(asked)),
                "{tag}"
            );
        }
        assert_eq!(if_match(&headers(&[(header::IF_MATCH, "*")])).unwrap(), Some(Precondition::Present));
        assert_eq!(if_match(&HeaderMap::new()).unwrap(), None);
        for broken in ["v7", "*, \"v7\"", ""] {
            assert!(if_match(&headers(&[(header::IF_MATCH, broken)])).is_err(), "{broken}");
        }
    }

    #[test]
    fn a_put_without_a_precondition_makes_only_what_is_new() {
        assert_eq!(of_put(&HeaderMap::new()).unwrap(), Precondition::Absent);
        assert_eq!(of_put(&headers(&[(header::IF_NONE_MATCH, "*")])).unwrap(), Precondition::Absent);
        assert!(of_put(&headers(&[(header::IF_NONE_MATCH, "\"v1-0-ttl\"")])).is_err());
        assert!(of_put(&headers(&[(header::IF_NONE_MATCH, "*"), (header::IF_MATCH, "*")])).is_err());
    }
}
