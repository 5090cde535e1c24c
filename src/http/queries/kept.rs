//! Answers that are kept until something is written.
//!
//! An answer is kept under everything that its query depends on, for the revision that it shows. Small ones of queries that the
//! data settle are kept alone; such a one has an entity tag.

use crate::graph::Question;
use crate::http::representation::REVISION;
use crate::http::validators;
use axum::body::{Body, Bytes};
use axum::http::response::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use std::sync::Arc;

/// The largest answer that is kept, in bytes.
const LARGEST: usize = 256 << 10;

/// What an answer is expected to weigh, in bytes: tells the cache how many to make room for.
const USUAL_WEIGHT: u64 = 8_000;

/// Answers up to a bound of memory; beyond it those go that are asked for least.
#[derive(Clone)]
pub(in crate::http) struct KeptAnswers {
    /// Nothing where none is kept.
    kept: Option<Arc<Cache<Question, Arc<Kept>, ByBytes>>>,
    /// The largest answer that is kept, in bytes.
    largest: usize,
}

/// An answer that is kept.
pub(super) struct Kept {
    revision: u64,
    headers: HeaderMap,
    body: Bytes,
}

#[derive(Clone)]
struct ByBytes;

impl Weighter<Question, Arc<Kept>> for ByBytes {
    fn weight(&self, question: &Question, kept: &Arc<Kept>) -> u64 {
        let graphs = question.graphs.default.iter().chain(&question.graphs.named);
        let key = question.text.len() + question.base.len() + graphs.map(String::len).sum::<usize>();
        (key + kept.body.len() + size_of::<Kept>()) as u64 + kept.headers.len() as u64 * 64
    }
}

impl KeptAnswers {
    /// A cache of at most this many bytes; 0 keeps nothing.
    pub(in crate::http) fn new(bytes: u64) -> Self {
        let items = usize::try_from(bytes / USUAL_WEIGHT).unwrap_or(usize::MAX);
        let kept = (bytes > 0).then(|| Arc::new(Cache::with_weighter(items, bytes, ByBytes)));
        let largest = usize::try_from(bytes / 16).map_or(LARGEST, |share| share.min(LARGEST));
        Self { kept, largest }
    }

    /// The answer to a question at a revision.
    pub(super) fn get(&self, question: &Question, revision: u64) -> Option<Arc<Kept>> {
        self.kept.as_ref()?.get(question).filter(|kept| kept.revision == revision)
    }

    /// Begins to keep the answer to a question, where it is one that is kept.
    pub(super) fn begin(&self, question: Question, parts: &Parts) -> Option<Keeping> {
        let is_settled = parts.status == StatusCode::OK && parts.headers.contains_key(header::ETAG);
        let revision = parts.headers.get(REVISION)?.to_str().ok()?.parse().ok()?;
        let answers = self.kept.as_ref().filter(|_| is_settled).map(|_| self.clone())?;
        Some(Keeping { answers, question, revision, headers: parts.headers.clone(), chunks: Vec::new(), size: 0 })
    }
}

/// An answer that may be kept once it is whole.
pub(super) struct Keeping {
    answers: KeptAnswers,
    question: Question,
    revision: u64,
    headers: HeaderMap,
    chunks: Vec<Bytes>,
    size: usize,
}

impl Keeping {
    /// Adds a chunk; nothing is left of an answer that becomes too large.
    pub(super) fn with(mut self, chunk: &Bytes) -> Option<Self> {
        self.size += chunk.len();
        self.chunks.push(chunk.clone());
        (self.size <= self.answers.largest).then_some(self)
    }

    /// Keeps the answer, which is whole.
    pub(super) fn end(self) {
        let body = match <[Bytes; 1]>::try_from(self.chunks) {
            Ok([only]) => only,
            Err(chunks) => chunks.concat().into(),
        };
        let kept = Kept { revision: self.revision, headers: self.headers, body };
        if let Some(answers) = &self.answers.kept {
            answers.insert(self.question, Arc::new(kept));
        }
    }
}

impl Kept {
    /// The answer as it was first given, or 304 to a client that has it.
    pub(super) fn answer(&self, request: &HeaderMap) -> Response {
        let is_known = self.tag().is_some_and(|tag| {
            request.get_all(header::IF_NONE_MATCH).iter().any(|known| validators::names(known, &tag))
        });
        let body = if is_known { Bytes::new() } else { self.body.clone() };
        let mut response = Response::new(Body::from(body));
        *response.headers_mut() = self.headers.clone();
        if is_known {
            response.headers_mut().remove(header::CONTENT_TYPE);
            *response.status_mut() = StatusCode::NOT_MODIFIED;
        }
        response
    }

    /// The entity tag, without `W/`.
    fn tag(&self) -> Option<HeaderValue> {
        let tag = self.headers.get(header::ETAG)?.to_str().ok()?;
        HeaderValue::from_str(tag.trim_start_matches("W/")).ok()
    }
}

/// Whether a client wants its answer made anew: <https://www.rfc-editor.org/rfc/rfc9111#section-5.2.1.4>.
pub(super) fn is_wanted_anew(request: &HeaderMap) -> bool {
    let directives = request.get_all(header::CACHE_CONTROL).iter().filter_map(|field| field.to_str().ok());
    directives.flat_map(|field| field.split(',')).any(|directive| directive.trim().eq_ignore_ascii_case("no-cache"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(text: &str) -> Question {
        Question { text: text.to_owned(), ..Question::default() }
    }

    fn parts(revision: &str, tag: Option<&str>) -> Parts {
        let mut response = Response::builder().header(REVISION, revision);
        if let Some(tag) = tag {
            response = response.header(header::ETAG, tag);
        }
        response.body(()).unwrap().into_parts().0
    }

    fn keep(answers: &KeptAnswers, text: &str, revision: &str, tag: Option<&str>, chunks: &[&'static [u8]]) -> bool {
        let begun = answers.begin(question(text), &parts(revision, tag));
        let whole = chunks.iter().fold(begun, |keeping, chunk| keeping?.with(&Bytes::from_static(chunk)));
        whole.map(Keeping::end).is_some()
    }

    #[test]
    fn an_answer_is_given_again_for_its_revision_alone() {
        let answers = KeptAnswers::new(1 << 20);
        assert!(keep(&answers, "ASK {}", "7", Some("W/\"7-a\""), &[b"one ", b"two"]));
        let kept = answers.get(&question("ASK {}"), 7).unwrap();
        assert_eq!(
            (kept.body.as_ref(), kept.tag().unwrap().as_bytes()),
            (b"one two".as_slice(), b"\"7-a\"".as_slice())
        );
        assert!(answers.get(&question("ASK {}"), 8).is_none());
        assert!(answers.get(&question("ASK { }"), 7).is_none());
        let other_format = Question { solutions: Some(crate::graph::QueryResultsFormat::Csv), ..question("ASK {}") };
        assert!(answers.get(&other_format, 7).is_none());
    }

    #[test]
    fn what_is_another_each_time_or_too_large_is_not_kept() {
        let answers = KeptAnswers::new(16 * 10);
        assert!(!keep(&answers, "ASK {}", "7", None, &[b"one"]), "without an entity tag");
        assert!(!keep(&answers, "ASK {}", "7", Some("W/\"7\""), &[b"123456", b"78901"]), "of eleven bytes");
        assert!(!keep(&KeptAnswers::new(0), "ASK {}", "7", Some("W/\"7\""), &[b"one"]), "where nothing is kept");
    }

    #[test]
    fn a_client_asks_for_a_fresh_answer_by_the_directive_in_any_place() {
        let wants = |fields: &[&str]| {
            let mut headers = HeaderMap::new();
            for field in fields {
                headers.append(header::CACHE_CONTROL, field.parse().unwrap());
            }
            is_wanted_anew(&headers)
        };
        assert!(wants(&["no-cache"]) && wants(&["max-age=0, No-Cache"]) && wants(&["x", "no-cache"]));
        assert!(!wants(&[]) && !wants(&["max-age=0"]) && !wants(&["no-cache-at-all"]));
    }
}
