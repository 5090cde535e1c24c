//! Answers that are made where they are asked: those of brief queries, as far as they are short.
//!
//! What such a query reads is bounded ([`Graph::answer_briefly`]), as what a document says is: handing it to a process, and its
//! answer back, would cost more than it does.

use super::{Begun, CHUNK, Known};
use crate::graph::{Graph, Head, Question, QuestionError, Receiver};
use std::io::{self, Write};

/// The answer to a query that is brief; nothing where it is another, or the answer is long.
pub(super) fn answer(graph: &Graph, question: &Question, known: &Known) -> Option<Begun> {
    let mut brief = Brief { known, head: None, bytes: Vec::new(), is_long: false };
    let result = graph.answer_briefly(question, &mut brief)?;
    let Brief { head, bytes, is_long, .. } = brief;
    match (result, head) {
        _ if is_long => None,
        (Err(error), _) => Some(Begun::Refused(error)),
        (Ok(()), Some(head)) if known.includes(&head) => Some(Begun::Known(head)),
        (Ok(()), Some(head)) => Some(Begun::Whole(head, bytes)),
        (Ok(()), None) => Some(Begun::Refused(QuestionError::Write(io::Error::other("an answer had no head")))),
    }
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
        Graph::build::<GraphError>(Engine::Mapped, 1, triples.map(Ok)).unwrap()
    }

    fn begun(text: &str) -> Option<Begun> {
        let question = Question { text: text.to_owned(), triples: Some(RdfFormat::NTriples), ..Question::default() };
        answer(&graph(), &question, &Known::nothing())
    }

    #[test]
    fn a_brief_query_is_answered_where_it_is_asked_and_another_is_not() {
        let Some(Begun::Whole(_, bytes)) = begun("DESCRIBE <a:few>") else { panic!("it is not brief") };
        assert_eq!(String::from_utf8(bytes).unwrap().lines().count(), 2);
        let Some(Begun::Whole(_, bytes)) = begun("CONSTRUCT { ?o a <a:thing> } { <a:few> ?p ?o }") else { panic!() };
        assert_eq!(String::from_utf8(bytes).unwrap().lines().count(), 2);
        assert!(matches!(begun("DESCRIBE <a:few> nothing"), Some(Begun::Refused(QuestionError::Syntax(_)))));
        assert!(matches!(begun("ASK {}"), Some(Begun::Refused(QuestionError::NotAcceptable { .. }))));
        assert!(begun("DESCRIBE ?s { ?s ?p ?o } ORDER BY ?o").is_none());
    }

    #[test]
    fn a_long_answer_is_left_to_others() {
        assert!(begun("DESCRIBE <a:many>").is_none());
        let name = "n".repeat(CHUNK);
        assert!(begun(&format!("CONSTRUCT {{ ?s <a:{name}> ?o }} {{ ?s ?p ?o }} LIMIT 1")).is_none());
    }
}
