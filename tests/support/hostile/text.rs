//! Cutting and joining texts: queries above all.

use super::random::Random;

/// Words that queries are made of.
const WORDS: [&str; 60] = [
    "SELECT",
    "ASK",
    "WHERE",
    "{",
    "}",
    "(",
    ")",
    "$this",
    "?value",
    "$value",
    "?path",
    "?message",
    "?failure",
    "$PATH",
    "$shapesGraph",
    "$currentShape",
    "?a",
    "?b",
    "?p",
    "?o",
    ".",
    ";",
    ",",
    "a",
    "FILTER",
    "FILTER NOT EXISTS {",
    "EXISTS {",
    "OPTIONAL {",
    "UNION",
    "GRAPH ?g {",
    "GRAPH $shapesGraph {",
    "MINUS {",
    "VALUES ?a {",
    "SERVICE <http://e/> {",
    "BIND(",
    "AS ?c)",
    "AS ?value)",
    "GROUP BY",
    "HAVING (",
    "ORDER BY",
    "LIMIT 1",
    "OFFSET 1",
    "DISTINCT",
    "COUNT(*)",
    "SUM(?o)",
    "GROUP_CONCAT(?o)",
    "CONCAT(?a, ?a)",
    "REGEX(?o, \"(a+)+\")",
    "STR(",
    "bound($this)",
    "REPLACE(?o, \"a\", \"bb\")",
    "!",
    "||",
    "=",
    "1",
    "\"x\"",
    "<http://odd.example/1>",
    "/",
    "*",
    "^",
];

/// A query with something changed; most of the time it is none afterwards.
pub(crate) fn query(random: &mut Random, text: &str, others: &[String]) -> String {
    let mut words: Vec<String> = split(text);
    for _ in 0..=random.few(4) {
        let place = random.below(words.len() + 1);
        match random.below(7) {
            0 | 1 => words.insert(place, (*random.pick(&WORDS)).to_owned()),
            2 | 3 if place < words.len() => (*random.pick(&WORDS)).clone_into(&mut words[place]),
            4 if place < words.len() => drop(words.remove(place)),
            5 => words.extend(others.get(random.below(others.len())).map(|other| split(other)).unwrap_or_default()),
            _ => repeat(random, &mut words, place),
        }
    }
    words.join(" ")
}

/// Repeats a run of words up to a thousand times.
fn repeat(random: &mut Random, words: &mut Vec<String>, place: usize) {
    let end = (place + 1 + random.few(12)).min(words.len());
    let run: Vec<String> = words.get(place..end).unwrap_or_default().to_vec();
    let times = if random.one_in(8) { random.below(1_000) } else { random.below(4) };
    let repeated: Vec<String> = std::iter::repeat_n(run, times).flatten().collect();
    words.splice(place.min(words.len())..place.min(words.len()), repeated);
}

fn split(text: &str) -> Vec<String> {
    let mut spaced = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '{' | '}' | '(' | ')' | ';' | ',' => spaced.extend([' ', character, ' ']),
            other => spaced.push(other),
        }
    }
    spaced.split_whitespace().map(str::to_owned).collect()
}

/// A text with a part cut out, or a character put in.
pub(crate) fn cut(random: &mut Random, text: &str) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    let (one, other) = (random.below(characters.len() + 1), random.below(characters.len() + 1));
    if random.one_in(2) {
        characters.drain(one.min(other)..one.max(other));
    } else {
        characters
            .insert(one, *random.pick(&['\u{0}', '{', '}', '"', '\\', '\n', '#', '\u{10FFFF}', '-', '9', '?', '(']));
    }
    characters.into_iter().collect()
}
