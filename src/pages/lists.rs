//! From entries of the catalogue to the values that a list's page shows.

use super::language::Language;
use super::listing::{Group, Heading, ListPage, PageNumber, Pagination, View};
use super::record::Surroundings;
use super::site::{Link, Section, Text};
use crate::catalogue::{self, Document, RecordName};
use crate::rdf::NamedNode;
use crate::register::Listed;
use crate::vocab::dct;

/// Entries on one page.
const PAGE: usize = 100;

/// A page of a list with nothing on it yet.
pub fn empty(title: Text) -> ListPage {
    ListPage {
        iri: None,
        canonical: None,
        section: None,
        breadcrumb: Vec::new(),
        title,
        description: None,
        views: Vec::new(),
        groups: Vec::new(),
        pagination: None,
        total: 0,
        alternates: Vec::new(),
        structured_data: None,
        history: None,
        changes: None,
    }
}

/// What the page of all lists is called.
pub fn overview_title(language: Language) -> Text {
    language.text(language.words().lists_and_code_lists)
}

/// What a release of the list is called.
pub fn release_title(language: Language, name: &str) -> Text {
    language.text((language.words().release)(name))
}

/// Entries without a heading.
pub fn plain_group(entries: Vec<Link>) -> Group {
    Group { id: "entries".to_owned(), heading: None, depth: 0, entries }
}

/// Entries by name, a hundred at a time; nothing if the list has no such page.
pub fn by_name(
    document: &Document,
    entries: &[Listed],
    view: &Surroundings<'_>,
    address: &str,
    number: usize,
) -> Option<ListPage> {
    let last = entries.len().div_ceil(PAGE).max(1);
    let first = number.checked_sub(1).filter(|_| number <= last)? * PAGE;
    let shown = entries.iter().skip(first).take(PAGE).map(|entry| view.link(entry)).collect();
    Some(ListPage {
        groups: vec![plain_group(shown)],
        pagination: (last > 1).then(|| {
            let href =
                |number: usize| if number == 1 { address.to_owned() } else { format!("{address}?page={number}") };
            pagination(href, number, last)
        }),
        total: entries.len(),
        ..list(document, view, address, "")
    })
}

/// Entries by the first letter of their names; only one letter's if one is asked for.
pub fn by_letter(
    document: &Document,
    entries: &[Listed],
    view: &Surroundings<'_>,
    address: &str,
    letter: Option<&str>,
) -> ListPage {
    let mut groups: Vec<Group> = Vec::new();
    for entry in entries {
        let link = view.link(entry);
        let initial = initial(&link.label.value);
        if letter.is_some_and(|letter| letter.to_uppercase() != initial) {
            continue;
        }
        match groups.last_mut().filter(|group| group.id == initial) {
            Some(group) => group.entries.push(link),
            None => groups.push(Group {
                heading: Some(Heading::Text(Text::plain(&initial))),
                id: initial,
                depth: 0,
                entries: vec![link],
            }),
        }
    }
    ListPage { groups, total: entries.len(), ..list(document, view, address, "letter") }
}

/// Entries under the records they are narrower than.
pub fn by_broader(
    document: &Document,
    groups: &[catalogue::Group],
    view: &Surroundings<'_>,
    address: &str,
) -> ListPage {
    let total = groups.iter().map(|group| group.entries.len()).sum();
    let groups = groups
        .iter()
        .map(|group| {
            let entries = group.entries.iter().map(|entry| view.link(entry)).collect();
            match &group.heading {
                Some(heading) => Group {
                    id: format!("f-{}", catalogue::code_of(&heading.record)),
                    heading: Some(Heading::Link(view.link(heading))),
                    depth: group.depth,
                    entries,
                },
                None => Group {
                    id: "without".to_owned(),
                    heading: Some(Heading::Text(view.language.text(view.language.words().without_function))),
                    depth: 0,
                    entries,
                },
            }
        })
        .collect();
    ListPage { groups, total, ..list(document, view, address, "function") }
}

/// The part of the site that a list belongs to: the entries, what they are grouped by, or the codes
/// that describe them.
pub fn section(list: &RecordName) -> Section {
    match list.reference.as_str() {
        "functions" | "navigation" => Section::Functions,
        name if name.contains("services") => Section::Services,
        _ => Section::CodeLists,
    }
}

/// What the head of every page of a list says.
fn list(document: &Document, view: &Surroundings<'_>, address: &str, current: &str) -> ListPage {
    let (title, _) = view.titles(document);
    let section = section(&document.name);
    let words = view.language.words();
    let views = [("", words.by_name), ("letter", words.by_letter), ("function", words.by_function)];
    ListPage {
        iri: Some(document.name.iri.clone()),
        history: Some(format!("{address}/versions")),
        canonical: Some(address.to_owned()),
        section: Some(section),
        description: description(document, view),
        views: if section == Section::Services {
            views
                .map(|(by, label)| View {
                    link: Link { href: way(address, by), label: view.language.text(label), notation: None },
                    current: by == current,
                })
                .into()
        } else {
            Vec::new()
        },
        ..empty(title)
    }
}

/// What a list holds, as its record describes it.
pub(super) fn description(document: &Document, view: &Surroundings<'_>) -> Option<Text> {
    let about = NamedNode::new_unchecked(&document.name.iri);
    let descriptions: Vec<_> = document
        .version
        .content
        .values(about.as_ref(), dct::DESCRIPTION)
        .filter_map(|value| match value {
            crate::rdf::Term::Literal(literal) => Some(literal.clone()),
            _ => None,
        })
        .collect();
    view.best(&descriptions)
}

/// Where one way to look at a list is.
fn way(address: &str, by: &str) -> String {
    if by.is_empty() { address.to_owned() } else { format!("{address}?by={by}") }
}

/// Where a page stands among several, whose addresses `href` gives.
pub(super) fn pagination(href: impl Fn(usize) -> String, current: usize, last: usize) -> Pagination {
    let near = |number: &usize| *number == 1 || *number == last || number.abs_diff(current) <= 2;
    Pagination {
        current,
        last,
        previous: (current > 1).then(|| href(current - 1)),
        next: (current < last).then(|| href(current + 1)),
        pages: (1..=last).filter(near).map(|number| PageNumber { number, href: href(number) }).collect(),
    }
}

/// The letter that a name stands under in an index; `#` for what starts with none.
fn initial(name: &str) -> String {
    match name.chars().next() {
        Some(first) if first.is_alphabetic() => first.to_uppercase().collect(),
        _ => "#".to_owned(),
    }
}

/// The letters that names begin with, each with the page that lists them.
pub fn letters(entries: &[Listed], view: &Surroundings<'_>, address: &str) -> Vec<Link> {
    let mut letters: Vec<String> = entries.iter().map(|entry| initial(&view.link(entry).label.value)).collect();
    letters.dedup();
    letters
        .into_iter()
        .map(|letter| Link {
            href: format!("{address}?by=letter&letter={}", if letter == "#" { "%23" } else { &letter }),
            label: Text::plain(letter),
            notation: None,
        })
        .collect()
}
