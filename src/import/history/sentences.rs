//! The sentences of a history note that tell of a change of name.
//!
//! The notes were typed by hand over many releases, so the reader follows the few turns of phrase
//! they share and not their spelling: a sentence speaks of the *name*, a name stands in quotes (or
//! nearly), and a release is a number with a full stop in it. Other sentences are passed over.

/// What a note tells of one change of name.
pub(super) struct Change {
    /// The release that brought it, normalised; `None` where the sentence names none.
    pub(super) release: Option<String>,
    /// The name that was replaced, where the sentence gives it.
    pub(super) from: Option<String>,
    /// The new names, mostly one; none where the sentence does not say into what the name changed.
    pub(super) to: Vec<String>,
}

/// The changes in the order of their releases; one without a release stays where it was written.
pub(super) fn changes(note: &str) -> Vec<Change> {
    let mut told: Vec<(Vec<u32>, Change)> = Vec::new();
    for change in sentences(note).flat_map(read_sentence) {
        let order = match &change.release {
            Some(release) => release.split('.').filter_map(|part| part.parse().ok()).collect(),
            None => told.last().map(|(order, _)| order.clone()).unwrap_or_default(),
        };
        told.push((order, change));
    }
    told.sort_by(|(one, _), (other, _)| one.cmp(other));
    let (named, unnamed): (Vec<_>, Vec<_>) = told.into_iter().partition(|(_, told)| !told.to.is_empty());
    let mut told = named;
    // "Name changed in version 3.00." beside the sentence that gives the name tells nothing more.
    for (order, change) in unnamed {
        if let Err(place) = told.binary_search_by(|(other, _)| other.cmp(&order)) {
            told.insert(place, (order, change));
        }
    }
    told.into_iter().map(|(_, change)| change).collect()
}

/// Cuts a note at the full stops that end a sentence.
fn sentences(note: &str) -> impl Iterator<Item = &str> {
    let stops = note.match_indices('.').map(|(stop, _)| stop);
    let mut start = 0;
    stops
        .filter(|stop| ends_sentence(note, *stop))
        .chain([note.len()])
        .filter_map(move |stop| note.get(std::mem::replace(&mut start, stop + 1)..stop))
}

/// A full stop ends a sentence before a capital and, after a number, before any word; that leaves
/// abbreviations ("incl. disability") and the stops within a release alone.
fn ends_sentence(note: &str, stop: usize) -> bool {
    let (before, after) = note.split_at(stop);
    let next = after.trim_start_matches('.');
    let word = next.trim_start();
    let after_number = before.ends_with(|last: char| last.is_ascii_digit());
    word.is_empty()
        || word.starts_with(|first: char| first.is_uppercase() || first == '@')
        || (after_number && word.len() < next.len())
}

/// The changes of name one sentence tells; most tell one or none.
fn read_sentence(sentence: &str) -> Vec<Change> {
    let (subject, quoted) = split_at_opening(sentence);
    let subject: Vec<String> = words(subject).collect();
    let speaks_of = |word: &str| subject.iter().any(|spoken| spoken == word);
    // SSL is the Scottish list: what an entry is called there is not its name here.
    if !(speaks_of("name") || speaks_of("named")) || speaks_of("ssl") {
        return Vec::new();
    }
    if quoted.is_empty() {
        return read_unquoted(sentence).into_iter().collect();
    }
    match take_name(quoted) {
        Some((from, tail)) if speaks_of("from") => read_new_names(Some(from), split_at_opening(tail).1),
        _ => read_new_names(None, quoted),
    }
}

/// Reads `to 'A' in version 3.00, and to 'B' in version 3.06` as two changes, and
/// `to 'A' for England and 'B' for Scotland in version 3.04` as one that gives two names.
fn read_new_names(mut from: Option<String>, mut quoted: &str) -> Vec<Change> {
    let mut told = Vec::new();
    let mut to: Vec<String> = Vec::new();
    while let Some((name, tail)) = take_name(quoted) {
        let (between, next) = split_at_opening(tail);
        let joined = words(between).last().is_some_and(|word| word == "and" || word == "to");
        quoted = if joined { next } else { "" };
        to.push(name.clone());
        let release = first_release(between);
        if release.is_some() || quoted.is_empty() {
            told.push(Change { release, from: from.replace(name), to: std::mem::take(&mut to) });
        }
    }
    told
}

/// Reads `Name changed to business advice in version 4.00`, and `Name changed in version 3.00` or
/// `Name changed to include meeting rooms in version 3.00`, which give no new name.
fn read_unquoted(sentence: &str) -> Option<Change> {
    let release = first_release(sentence);
    let name = sentence.split_once(" to ").and_then(|(verb, rest)| {
        let told = verb.to_lowercase().ends_with("changed");
        let reason = words(rest).next().is_some_and(|word| REASONS.contains(&word.as_str()));
        take_name(rest).filter(|_| told && !reason)
    });
    let to: Vec<String> = name.into_iter().map(|(name, _)| name).collect();
    (release.is_some() || !to.is_empty()).then_some(Change { release, from: None, to })
}

/// The verbs by which the notes give reasons.
const REASONS: [&str; 5] = ["clarify", "cover", "include", "provide", "reflect"];

/// Splits a text before the mark that opens its first name; the word "from" may touch that mark.
fn split_at_opening(text: &str) -> (&str, &str) {
    text.match_indices(opens_name)
        .map(|(at, _)| text.split_at(at))
        .find(|(before, _)| {
            let touching = before.rsplit(char::is_whitespace).next();
            touching.is_none_or(|word| word.is_empty() || word == "from")
        })
        .unwrap_or((text, ""))
}

/// Takes the name at the start of a text, past its opening marks, and gives what follows it.
///
/// A name ends at a quote before words of the note, which no apostrophe is, or before such words
/// themselves where its quote was never closed.
fn take_name(text: &str) -> Option<(String, &str)> {
    let body = text.trim_start_matches(opens_name);
    let ends_name = |at: usize| {
        let mut rest = body.get(at..)?.chars();
        let mark = rest.next()?;
        let after = rest.as_str();
        let ends = (is_quote(mark) && follows_quote(after)) || (mark.is_whitespace() && follows_name(after));
        ends.then_some((at, after))
    };
    let (end, tail) = (0..body.len()).find_map(ends_name).unwrap_or((body.len(), ""));
    let name = body.get(..end)?.trim();
    (!name.is_empty()).then(|| (name.to_owned(), tail))
}

/// What follows a name, closed or not: its release, its scope notes, the name that replaced it.
fn follows_name(after: &str) -> bool {
    let after = after.to_lowercase();
    let mut words = after.split_whitespace();
    let mut word = || words.next().unwrap_or_default();
    match (word(), word()) {
        ("in", second) => second.starts_with("ver") && first_release(word()).is_some(),
        ("and", second) => second == "scope",
        ("to", second) => second.starts_with(opens_name),
        _ => false,
    }
}

/// What else follows a closing quote: a stop or the end, another name, a country.
fn follows_quote(after: &str) -> bool {
    let mut words = after.split_whitespace();
    let mut word = || words.next().unwrap_or_default();
    let follows = match (word(), word()) {
        ("and", second) => second == "to" || second.starts_with(opens_name),
        ("for", second) => second.starts_with(char::is_uppercase),
        (first, _) => first.is_empty() || first.starts_with(['.', ',']),
    };
    follows || follows_name(after)
}

fn is_quote(mark: char) -> bool {
    matches!(mark, '\'' | '"' | '`' | '‘' | '’' | '“' | '”')
}

/// Besides quotes, `@` opens a name: it shares their key on British keyboards, and two notes have it.
fn opens_name(mark: char) -> bool {
    is_quote(mark) || mark == '@'
}

/// The first number with a full stop in it, normalised.
fn first_release(text: &str) -> Option<String> {
    text.split_whitespace().find_map(|word| {
        let number = word.trim_matches(|mark: char| !mark.is_ascii_digit());
        let parts: Vec<&str> = number.split('.').filter(|part| !part.is_empty()).collect();
        let numeric = number.chars().all(|digit| digit.is_ascii_digit() || digit == '.');
        match parts.as_slice() {
            [major, "0"] if numeric => Some(format!("{major}.00")),
            parts => (numeric && parts.len() > 1).then(|| parts.join(".")),
        }
    })
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|mark: char| !mark.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::changes;

    /// The changes a note tells, each as `release: from > to, to`.
    fn told(note: &str) -> Vec<String> {
        let change = |told: super::Change| {
            let release = told.release.unwrap_or_else(|| "?".to_owned());
            let from = told.from.map(|from| format!("{from} > ")).unwrap_or_default();
            format!("{release}: {from}{}", told.to.join(", "))
        };
        changes(note).into_iter().map(change).collect()
    }

    #[test]
    fn a_change_gives_its_release_and_both_names() {
        let note = "Term name changed from 'Adopting' to 'Adoption' in version 2.02.";
        assert_eq!(told(note), ["2.02: Adopting > Adoption"]);
    }

    #[test]
    fn a_lower_case_beginning_and_term_named_are_read() {
        let note = "Name changed to 'A' in version 3.00. name changed to 'B' in version 3.05. \
                    Term named changed to 'C' in version 3.08.";
        assert_eq!(told(note), ["3.00: A", "3.05: B", "3.08: C"]);
    }

    #[test]
    fn other_turns_of_phrase_and_misspellings_are_read() {
        for phrase in [
            "Change of name to",
            "Changed name to",
            "Name changwed to",
            "Name chANGED TO",
            "Name changed too",
            "Name changed in",
            "Name used to",
            "Term name changed back to",
            "Scope notes updated and name changed to",
        ] {
            assert_eq!(told(&format!("{phrase} 'A' IN VERISON 4.00")), ["4.00: A"], "{phrase}");
        }
        let note = "Changed name from version 'A' to 'B' in veriosn 3.07.";
        assert_eq!(told(note), ["3.07: A > B"]);
    }

    #[test]
    fn sentences_about_other_things_are_passed_over() {
        let note = "\"Added scope notes in version 3.11. . Scope notes updated to replace 'tenants' \
                    with 'local residents' in 3.01. Name changed to 'A' in version 4.00.@en";
        assert_eq!(told(note), ["4.00: A"]);
    }

    #[test]
    fn a_sentence_that_begins_without_a_space_is_read() {
        let note = "Added scope notes in version 3.11.Name changed to 'A' in version 4.00";
        assert_eq!(told(note), ["4.00: A"]);
    }

    #[test]
    fn the_stop_of_an_abbreviation_does_not_end_a_name() {
        let note = "Term name changed from 'Band reductions (incl. disability)' to 'Bands (inc. \
                    others)' in version 3.00.";
        assert_eq!(told(note), ["3.00: Band reductions (incl. disability) > Bands (inc. others)"]);
    }

    #[test]
    fn an_apostrophe_does_not_end_a_name() {
        let note = "Term name changed from 'Children's library' to 'Teenagers' and farmers' rooms' \
                    in version 3.00. Name changed to 'Older people's clubs' in version 4.00.";
        let first = "3.00: Children's library > Teenagers' and farmers' rooms";
        assert_eq!(told(note), [first, "4.00: Older people's clubs"]);
    }

    #[test]
    fn a_name_without_a_closing_quote_is_still_read() {
        let note = "Term name changed from 'A to 'B in version 3.00. \
                    Name changed to 'Surveying and scope notes updated in version 4.00.";
        assert_eq!(told(note), ["3.00: A > B", "4.00: Surveying"]);
    }

    #[test]
    fn a_name_without_an_opening_quote_is_still_read() {
        let note = "name changed to MOT testing' in version 3.00. Name changed to @child care' in \
                    version 3.09. Name changed to business advice in version 4.00.";
        assert_eq!(told(note), ["3.00: MOT testing", "3.09: child care", "4.00: business advice"]);
    }

    #[test]
    fn quotes_may_touch_words_double_or_be_typographic() {
        let note = "Term name changed from' A' to ''B' in version 3.00. Name changed to 'C'in \
                    version 3.05. Name changed from ‘C’ to “Carers’ homes” in version 4.00.";
        assert_eq!(told(note), ["3.00: A > B", "3.05: C", "4.00: C > Carers’ homes"]);
    }

    #[test]
    fn double_spaces_part_words_and_stay_within_a_name() {
        let note = "Term name changed  from  'A ' to  ' B  c'  and scope notes  added in version  3.00.";
        assert_eq!(told(note), ["3.00: A > B  c"]);
    }

    #[test]
    fn scope_notes_in_the_same_sentence_do_not_join_the_name() {
        let note = "Term name changed from 'A' to 'B' and scope notes added in version 2.02, \
                    updated in version 3.06.";
        assert_eq!(told(note), ["2.02: A > B"]);
    }

    #[test]
    fn releases_are_normalised_and_put_in_order() {
        let note = "Name changed to 'D' in version 4.0.1. Name changed to 'C' in version 4.0. \
                    Name changed to 'B' in version 3.10. Name changed to 'A' in version 3.09..";
        assert_eq!(told(note), ["3.09: A", "3.10: B", "4.00: C", "4.0.1: D"]);
        assert_eq!(told("Name changed to 'A' in version 4..00."), ["4.00: A"]);
    }

    #[test]
    fn two_changes_in_one_sentence_are_both_read() {
        let note = "Term name changed from 'A' to 'B' in version 3.00, and to 'C' in version 3.06.";
        assert_eq!(told(note), ["3.00: A > B", "3.06: B > C"]);
    }

    #[test]
    fn names_for_two_countries_belong_to_one_change() {
        let note = "Term name changed from 'A' to 'B' for England and 'C' for Scotland in version 3.04.";
        assert_eq!(told(note), ["3.04: A > B, C"]);
    }

    #[test]
    fn a_change_without_a_release_keeps_its_place() {
        let note = "Name changed to 'A' in version 3.00. Term name changed from 'A' to 'B'. \
                    Name changed to 'C' in version 4.00";
        assert_eq!(told(note), ["3.00: A", "?: A > B", "4.00: C"]);
    }

    #[test]
    fn a_change_without_a_new_name_is_told_once() {
        let note = "Name/scope notes changed in version 4.0.1. Name changed to include rooms in \
                    version 3.00. Name changed to 'A' in version 3.00. Named updated in version 3.09.";
        assert_eq!(told(note), ["3.00: A", "3.09: ", "4.0.1: "]);
    }

    #[test]
    fn a_name_in_the_scottish_list_is_not_a_name_here() {
        assert!(told("Changed SSL name and scope notes in version 3.07.").is_empty());
    }
}
