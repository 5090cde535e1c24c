//! Languages and datatypes in a file: for each its kind, the length of its text, its text.

use super::super::tag::{Meaning, Tags};

const LANGUAGE: u8 = 0;
const DATATYPE: u8 = 1;

/// The bytes of the languages and datatypes, in the sequence of their tags. `None` if a text is longer than 2³² bytes.
pub(super) fn encode(tags: &Tags) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    for meaning in tags.meanings() {
        let (kind, text) = match meaning {
            Meaning::Language(language) => (LANGUAGE, language),
            Meaning::Datatype(iri) => (DATATYPE, iri),
        };
        bytes.push(kind);
        bytes.extend_from_slice(&u32::try_from(text.len()).ok()?.to_le_bytes());
        bytes.extend_from_slice(text.as_bytes());
    }
    Some(bytes)
}

/// The languages and datatypes of bytes, if that is what they are, each once.
pub(super) fn decode(mut bytes: &[u8]) -> Option<Tags> {
    let mut tags = Tags::new();
    while let Some((kind, rest)) = bytes.split_first() {
        let (len, rest) = rest.split_first_chunk()?;
        let (text, rest) = rest.split_at_checked(u32::from_le_bytes(*len) as usize)?;
        let text = str::from_utf8(text).ok()?.into();
        let meaning = match *kind {
            LANGUAGE => Meaning::Language(text),
            DATATYPE => Meaning::Datatype(text),
            _ => return None,
        };
        let before = tags.meanings().len();
        tags.learn(&meaning)?;
        if tags.meanings().len() == before {
            return None;
        }
        bytes = rest;
    }
    Some(tags)
}
