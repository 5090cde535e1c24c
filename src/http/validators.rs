//! What tells one state of a resource from another, and what requests that name a state ask for.
//!
//! <https://www.rfc-editor.org/rfc/rfc9110#section-13>

use axum::http::{HeaderMap, HeaderValue, header};
use std::time::{Duration, SystemTime};

/// The validators of a representation.
#[derive(Clone, Debug)]
pub(super) struct Validators {
    /// Its entity tag, which is strong.
    pub tag: HeaderValue,
    /// When it was last another.
    pub modified: SystemTime,
    /// The same as header fields have it.
    pub last_modified: HeaderValue,
}

impl Validators {
    /// Whether the second in which it was last another is over. Until then it may change again within it, so that second
    /// would tell two states apart to nobody. <https://www.rfc-editor.org/rfc/rfc9110#section-8.8.2.2>
    pub(super) fn is_settled(&self) -> bool {
        self.modified.elapsed().is_ok_and(|age| age >= Duration::from_secs(1))
    }

    /// Whether the request holds only for another state than this.
    /// <https://www.rfc-editor.org/rfc/rfc9110#name-if-match>
    pub(super) fn is_another_than(&self, request: &HeaderMap) -> bool {
        let mut tags = request.get_all(header::IF_MATCH).iter().peekable();
        if tags.peek().is_some() {
            // A weak tag matches nothing here.
            return !tags.any(|tags| list_of(tags).any(|tag| tag == "*" || tag == self.tag));
        }
        let until = request.get(header::IF_UNMODIFIED_SINCE).and_then(|until| until.to_str().ok());
        until.and_then(|until| httpdate::parse_http_date(until).ok()).is_some_and(|until| self.modified > until)
    }

    /// Whether a client has these bytes: it names their tag, or, naming none, a time after which
    /// nothing changed. <https://www.rfc-editor.org/rfc/rfc9110#name-precedence-of-preconditions>
    pub(super) fn is_known_to(&self, request: &HeaderMap, is_settled: bool) -> bool {
        let mut tags = request.get_all(header::IF_NONE_MATCH).iter().peekable();
        if tags.peek().is_some() {
            return tags.any(|tags| names(tags, &self.tag));
        }
        is_settled
            && request.get(header::IF_MODIFIED_SINCE).is_some_and(|since| {
                let date = || since.to_str().ok().and_then(|since| httpdate::parse_http_date(since).ok());
                *since == self.last_modified || date().is_some_and(|since| since >= self.modified)
            })
    }

    /// Whether a request for a part of these bytes means a part of this state: it names none, or exactly this one.
    /// <https://www.rfc-editor.org/rfc/rfc9110#name-if-range>
    pub(super) fn is_the_one_of_a_range(&self, request: &HeaderMap) -> bool {
        let Some(state) = request.get(header::IF_RANGE) else { return true };
        *state == self.tag || (self.is_settled() && *state == self.last_modified)
    }
}

/// Whether an `If-None-Match` names the tag, which is given without `W/`; weak comparison, as the field asks for.
/// <https://www.rfc-editor.org/rfc/rfc9110#name-if-none-match>
pub(super) fn names(tags: &HeaderValue, tag: &HeaderValue) -> bool {
    tags == tag || list_of(tags).any(|candidate| candidate == "*" || candidate.trim_start_matches("W/") == *tag)
}

/// The entity tags of a field; ours hold no comma.
fn list_of(tags: &HeaderValue) -> impl Iterator<Item = &str> {
    tags.to_str().unwrap_or_default().split(',').map(str::trim)
}
