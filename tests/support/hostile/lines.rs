//! N-Triples that are almost right, and what must hold for them: the snapshot takes what the parser takes.

use super::random::Random;
use super::{Case, text};
use eu_service_list::snapshot::Builder;
use oxrdfio::{RdfFormat, RdfParser};
use std::collections::HashSet;

/// The data of a case as N-Triples, with a few bytes wrong.
pub(crate) fn lines(random: &mut Random, case: &Case) -> Vec<u8> {
    let mut lines: String =
        case.data.iter().take(60).flat_map(|triple| [triple.to_string(), " .\n".to_owned()]).collect();
    for _ in 0..random.few(3) {
        let place = random.below(lines.len());
        let end = lines.ceil_char_boundary(place);
        let tail = lines.split_off(end);
        let line = tail.find('\n').map_or(tail.len(), |end| end + 1);
        lines += &text::cut(random, &tail[..line]);
        lines += &tail[line..];
    }
    let mut bytes = lines.into_bytes();
    if random.one_in(3) && !bytes.is_empty() {
        let place = random.below(bytes.len());
        bytes[place] = *random.pick(b"\xff\x00\r\n <>\"@^_\\.#");
    }
    bytes
}

/// Reads N-Triples in both ways.
///
/// # Errors
/// What differs.
pub(crate) fn judge_lines(text: &[u8]) -> Result<(), String> {
    let parsed: Result<HashSet<_>, _> = RdfParser::from_format(RdfFormat::NTriples).for_reader(text).collect();
    let mut builder = Builder::new();
    let read = builder.read("file", RdfFormat::NTriples, "http://example.org/", text);
    match (parsed, read.and_then(|()| builder.finish())) {
        (Ok(parsed), Ok(read)) if parsed.len() == read.len() => Ok(()),
        (Ok(parsed), Ok(read)) => {
            Err(format!("the parser reads {} triples, the snapshot {}", parsed.len(), read.len()))
        }
        (Err(_), Err(_)) => Ok(()),
        (Ok(_), Err(error)) => Err(format!("the snapshot refuses what the parser takes: {error}")),
        (Err(error), Ok(_)) => Err(format!("the snapshot takes what the parser refuses: {error}")),
    }
}
