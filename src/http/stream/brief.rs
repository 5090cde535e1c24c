//! Answers that are made where they are asked: those of a DESCRIBE of names.
//!
//! Such a query evaluates nothing. It reads what records say, as their documents do, and no further than the bound on its
//! answer, or, in a syntax that is written at its end, than the records go. A process or a thread of its own would cost more.

use super::{Begun, CHUNK, Known};
use crate::graph::{Graph, Head, Question, QuestionError, Receiver, Stop};
use std::io::{self, Write};

/// The longest query that is brief, in bytes.
const LONGEST: usize = 1 << 10;

/// The answer to a query that names what it describes and no pattern; nothing where it is another, or the answer is long.
pub(super) fn answer(graph: &Graph, question: &Question, known: &Known) -> Option<Begun> {
    if !names_only(&question.text) {
        return None;
    }
    let mut brief = Brief { known, head: None, bytes: Vec::new(), is_long: false };
    let result = graph.answer(question, &Stop::new(), &mut brief);
    let Brief { head, bytes, is_long, .. } = brief;
    match (result, head) {
        _ if is_long => None,
        (Err(error), _) => Some(Begun::Refused(error)),
        (Ok(()), Some(head)) if known.includes(&head) => Some(Begun::Known(head)),
        (Ok(()), Some(head)) => Some(Begun::Whole(head, bytes)),
        (Ok(()), None) => Some(Begun::Refused(QuestionError::Write(io::Error::other("an answer had no head")))),
    }
}

/// Whether a query has neither a pattern nor an expression, so that nothing in it nests: of what is SPARQL only a DESCRIBE of names
/// has none.
fn names_only(text: &str) -> bool {
    text.len() <= LONGEST && !text.contains(['{', '('])
}

struct Brief<'k> {
    known: &'k Known,
    head: Option<Head>,
    bytes: Vec<u8>,
    is_long: bool,
}

impl Receiver for Brief<'_> {
    fn begin(&mut self, head: Head) -> io::Result<bool> {
        self.head = Some(head);
        Ok(!self.known.includes(&head))
    }
}

impl Write for Brief<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.is_long |= self.bytes.len() + bytes.len() > CHUNK;
        if self.is_long {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{Engine, GraphError, RdfFormat};
    use oxrdf::{NamedNode, Triple};

    fn graph() -> Graph {
        let few = NamedNode::new_unchecked("a:few");
        let many = NamedNode::new_unchecked("a:many");
        let of = |subject: &NamedNode, number: usize| {
            Triple::new(subject.clone(), few.clone(), NamedNode::new_unchecked(format!("a:{number}")))
        };
        let triples = (0..2).map(|number| of(&few, number)).chain((0..9_000).map(|number| of(&many, number)));
        Graph::build::<GraphError>(Engine::default(), 1, triples.map(Ok)).unwrap()
    }

    fn begun(text: &str) -> Option<Begun> {
        let question = Question { text: text.to_owned(), triples: Some(RdfFormat::NTriples), ..Question::default() };
        answer(&graph(), &question, &Known::nothing())
    }

    #[test]
    fn names_are_described_where_they_are_asked_and_nothing_else_is() {
        let Some(Begun::Whole(_, bytes)) = begun("DESCRIBE <a:few> # <a:many>") else { panic!("it is not brief") };
        assert_eq!(String::from_utf8(bytes).unwrap().lines().count(), 2);
        assert!(matches!(begun("DESCRIBE <a:few> nothing"), Some(Begun::Refused(QuestionError::Syntax(_)))));
        for other in ["DESCRIBE <a:few> {}", "SELECT (1 AS ?n) {}", "ASK {}", &"#".repeat(LONGEST + 1)] {
            assert!(begun(other).is_none(), "{other}");
        }
    }

    #[test]
    fn a_long_answer_is_left_to_others() {
        assert!(begun("DESCRIBE <a:many>").is_none());
    }
}
