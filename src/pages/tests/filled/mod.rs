//! Pages with every field filled, with harmless strings or with hostile ones.
//!
//! The struct literals name all fields, so a new field does not compile until it is filled too.

mod desk;
mod history;
mod second_list;

use self::desk::{bare_desk, filled_desk};
pub(in crate::pages) use self::history::version_row;
use self::history::{bare_history_page, comparison_page_of, history_page_of, list_changes_page_of, past};
use self::second_list::{
    activities_page_of, coverage_page, decision_table_page, phases_page, second_list_page, verdict_on,
};
use super::super::*;
use crate::shacl::Severity;

/// What fields are filled with: texts, addresses, and the languages of texts.
#[derive(Clone, Copy)]
pub(in crate::pages) struct With<'a> {
    pub(in crate::pages) words: &'a str,
    pub(in crate::pages) address: &'a str,
    pub(in crate::pages) language: &'a str,
}

/// Strings that do no harm.
pub(in crate::pages) const CALM: With = With { words: "372", address: "/372", language: "nl" };

fn text(with: With) -> Text {
    Text { value: with.words.to_owned(), language: Some(with.language.to_owned()) }
}

fn link(with: With) -> Link {
    Link { href: with.address.to_owned(), label: text(with), notation: Some(with.words.to_owned()) }
}

fn alternate(with: With) -> Alternate {
    Alternate { href: with.address.to_owned(), media_type: with.words.to_owned(), label: with.words.to_owned() }
}

fn json(with: With) -> String {
    serde_json::json!({ "@type": "DefinedTerm", "name": with.words }).to_string()
}

/// A site with its fields filled.
pub(in crate::pages) fn site(with: With) -> Site {
    let sections = [Section::Services, Section::Functions, Section::CodeLists, Section::Desk, Section::Query];
    Site {
        title: with.words.to_owned(),
        publisher: Some(with.words.to_owned()),
        publisher_homepage: Some(with.address.to_owned()),
        publisher_contact: Some(with.words.to_owned()),
        licence: with.address.to_owned(),
        licence_label: with.words.to_owned(),
        base: with.words.to_owned(),
        language: Language::English,
        translations: Language::ALL.map(|language| Translation { language, href: with.address.to_owned() }).into(),
        neutral: Some(with.address.to_owned()),
        root: with.address.to_owned(),
        home: with.address.to_owned(),
        navigation: sections.map(|section| Place { section, href: with.address.to_owned() }).into(),
    }
}

fn fact(with: With, values: Vec<Value>) -> Fact {
    Fact { property: text(with), property_href: with.address.to_owned(), values, is_proposed: true }
}

fn typed(value: &str, datatype: &str) -> Value {
    Value::Typed { value: value.to_owned(), datatype: datatype.to_owned() }
}

fn entry_page(with: With) -> EntryPage {
    let values = vec![
        Value::Text(text(with)),
        Value::Link(link(with)),
        typed(with.words, with.words),
        typed(with.words, "http://www.w3.org/2001/XMLSchema#anyURI"),
        typed(with.words, "http://www.w3.org/2001/XMLSchema#date"),
        typed(with.words, "http://www.w3.org/2001/XMLSchema#integer"),
        typed(with.words, "http://www.w3.org/2001/XMLSchema#duration"),
        Value::Node { id: Some(with.words.to_owned()), facts: vec![fact(with, vec![Value::Link(link(with))])] },
    ];
    EntryPage {
        iri: with.address.to_owned(),
        canonical: Some(with.address.to_owned()),
        kind: text(with),
        notation: Some(with.words.to_owned()),
        title: text(with),
        other_titles: vec![text(with), Text::plain(with.words)],
        definitions: vec![text(with), Text::plain(with.words)],
        definition_proposed: Some(with.words.to_owned()),
        facts_proposed: Some(with.words.to_owned()),
        opinions: vec![Opinion {
            assessor: link(with),
            document: link(with),
            day: Some(with.words.to_owned()),
            verdicts: vec![verdict_on(with)],
            arguments: vec![text(with)],
        }],
        more_opinions: Some(second_list::count(with)),
        former_names: vec![FormerName {
            name: text(with),
            held_from: Some(with.words.to_owned()),
            held_until: Some(with.words.to_owned()),
        }],
        breadcrumb: vec![link(with)],
        notice: Some(Notice { standing: Standing::Superseded, successors: vec![link(with)] }),
        facts: vec![fact(with, values)],
        incoming: vec![Incoming { property: text(with), from: vec![link(with)], more: 3 }],
        alternates: vec![alternate(with)],
        profiles: vec![alternate(with)],
        structured_data: Some(json(with)),
        modified: Some(with.words.to_owned()),
        version: 2,
        history: Some(with.address.to_owned()),
        past: None,
    }
}

fn list_page(with: With) -> ListPage {
    let group = |heading, depth| Group { id: with.words.to_owned(), heading, depth, entries: vec![link(with)] };
    ListPage {
        iri: Some(with.address.to_owned()),
        canonical: Some(with.address.to_owned()),
        section: Some(Section::Services),
        breadcrumb: vec![link(with)],
        title: text(with),
        description: Some(text(with)),
        views: vec![View { link: link(with), current: true }, View { link: link(with), current: false }],
        groups: vec![
            group(Some(Heading::Text(text(with))), 0),
            group(Some(Heading::Link(link(with))), 0),
            group(Some(Heading::Link(link(with))), 200),
            group(None, 0),
        ],
        pagination: Some(Pagination {
            current: 2,
            last: 9,
            previous: Some(with.address.to_owned()),
            next: Some(with.address.to_owned()),
            pages: [1, 2, 9].map(|number| PageNumber { number, href: with.address.to_owned() }).into(),
        }),
        total: 1519,
        alternates: vec![alternate(with)],
        history: Some(with.address.to_owned()),
        changes: Some(link(with)),
        structured_data: Some(json(with)),
    }
}

fn publication(with: With) -> Publication {
    Publication {
        iri: Some(with.address.to_owned()),
        canonical: Some(with.address.to_owned()),
        title: text(with),
        description: vec![text(with)],
        version: Some(with.words.to_owned()),
        licence: Some(link(with)),
        see_also: vec![link(with)],
        alternates: vec![alternate(with)],
    }
}

fn vocabulary_page(with: With) -> VocabularyPage {
    let term = |anchor: &str| DefinedTerm {
        anchor: anchor.to_owned(),
        label: text(with),
        iri: link(with),
        definitions: vec![text(with)],
        notes: vec![text(with)],
        facts: vec![fact(with, vec![Value::Link(link(with))])],
    };
    VocabularyPage {
        about: publication(with),
        classes: vec![term("a")],
        properties: vec![term("b"), term("c")],
        features: vec![term("d")],
    }
}

fn shapes_page(with: With) -> ShapesPage {
    let constraint = |path| Constraint {
        anchor: Some(with.words.to_owned()),
        path,
        name: Some(text(with)),
        descriptions: vec![text(with)],
        least: Some(with.words.to_owned()),
        most: Some(with.words.to_owned()),
        facts: vec![fact(with, vec![Value::Text(text(with))])],
        severity: text(with),
        messages: vec![text(with)],
    };
    let shape = |anchor: &str| Shape {
        anchor: anchor.to_owned(),
        iri: Some(link(with)),
        name: text(with),
        descriptions: vec![text(with)],
        targets: vec![fact(with, vec![Value::Link(link(with))])],
        facts: vec![fact(with, vec![Value::Link(link(with))])],
        severity: Some(text(with)),
        messages: vec![text(with)],
        constraints: vec![constraint(Path::Property(link(with))), constraint(Path::Text(with.words.to_owned()))],
    };
    ShapesPage { about: publication(with), shapes: vec![shape("a"), shape(with.words)] }
}

fn query_page(with: With) -> QueryPage {
    QueryPage {
        canonical: Some(with.address.to_owned()),
        endpoint: with.address.to_owned(),
        query: with.words.to_owned(),
        answer: None,
        prefixes: vec![Prefix { name: with.words.to_owned(), iri: with.address.to_owned() }],
        questions: vec![link(with)],
    }
}

fn answered_page(with: With, outcome: Result<ShownAnswer, Refusal>) -> QueryPage {
    let answer = QueryAnswer { permalink: with.address.to_owned(), outcome, alternates: vec![alternate(with)] };
    QueryPage { answer: Some(answer), ..query_page(with) }
}

/// Every outcome of a query.
fn outcomes(with: With) -> [(&'static str, Result<ShownAnswer, Refusal>); 4] {
    [
        ("solutions", Ok(ShownAnswer::Solutions(solutions(with)))),
        ("truth", Ok(ShownAnswer::Truth(true))),
        ("triples", Ok(ShownAnswer::Triples { turtle: with.words.to_owned(), is_whole: false })),
        ("refused query", Err(Refusal { detail: text(with), line: Some(2), column: Some(7) })),
    ]
}

fn solutions(with: With) -> Solutions {
    Solutions {
        variables: vec![with.words.to_owned()],
        rows: vec![vec![Cell::Unbound, Cell::Link(link(with)), Cell::Text(text(with))]],
        total: 2,
        is_counted: false,
    }
}

fn stored_queries_page(with: With) -> StoredQueriesPage {
    StoredQueriesPage {
        canonical: Some(with.address.to_owned()),
        questions: vec![(link(with), text(with))],
        alternates: vec![alternate(with)],
    }
}

fn stored_query_page(with: With) -> StoredQueryPage {
    let choice = super::super::second_list::Choice { value: with.words.to_owned(), label: text(with), is_chosen: true };
    StoredQueryPage {
        canonical: Some(with.address.to_owned()),
        breadcrumb: vec![link(with)],
        question: text(with),
        about: text(with),
        address: with.address.to_owned(),
        fields: [ParameterInput::Number, ParameterInput::Text { limit: 9 }, ParameterInput::Choice(vec![choice])]
            .map(|input| ParameterField {
                name: with.words.to_owned(),
                label: text(with),
                value: with.words.to_owned(),
                input,
            })
            .into(),
        answer: ShownAnswer::Solutions(solutions(with)),
        revision: 2,
        query: query_page(with),
        citation: text(with),
        citations: vec![alternate(with)],
        alternates: vec![alternate(with)],
    }
}

fn home_page(with: With) -> HomePage {
    HomePage {
        canonical: Some(with.address.to_owned()),
        counts: Counts { service_types: 1519, functions: 113, code_lists: 8 },
        letters: vec![link(with)],
        functions: vec![link(with)],
        code_lists: vec![link(with)],
        pilots: with.address.to_owned(),
        co_design: with.address.to_owned(),
        examples: vec![link(with)],
        query: Some(query_page(with)),
        for_machines: vec![link(with)],
    }
}

fn validation_page(with: With, outcome: Outcome) -> ValidationPage {
    ValidationPage {
        canonical: Some(with.address.to_owned()),
        action: with.address.to_owned(),
        endpoint: with.address.to_owned(),
        test_bed: with.address.to_owned(),
        content: with.words.to_owned(),
        syntaxes: vec![Format { value: with.words.to_owned(), label: with.words.to_owned() }],
        syntax: with.words.to_owned(),
        shapes: vec![link(with)],
        outcome: Some(outcome),
    }
}

fn verdict(with: With) -> Outcome {
    let example = Example {
        focus: Some(with.words.to_owned()),
        value: Some(text(with)),
        datatype: Some(with.words.to_owned()),
        message: Some(text(with)),
        line: Some(3),
    };
    let finding = Finding {
        severity: Severity::Violation,
        is_dangling: true,
        message: text(with),
        property: Some(text(with)),
        path: Some(with.words.to_owned()),
        shape: Some(link(with)),
        count: 7,
        examples: vec![example],
    };
    Outcome::Verdict(Verdict { triples: 9, violations: 7, warnings: 0, infos: 0, omitted: 1, findings: vec![finding] })
}

/// Every page, with its fields and the site's filled.
pub(in crate::pages) fn pages(with: With) -> Vec<(&'static str, String)> {
    pages_of(&site(with), with)
}

/// Every page as one site shows it.
pub(in crate::pages) fn pages_of(site: &Site, with: With) -> Vec<(&'static str, String)> {
    let refusal = Outcome::Refused(Refusal { detail: text(with), line: Some(1), column: Some(2) });
    let violation = ToldViolation { focus: text(with).value, value: Some(text(with).value), message: text(with) };
    let trouble = ProblemPage {
        status: 406,
        title: text(with),
        detail: text(with),
        offered: vec![alternate(with)],
        violations: vec![violation],
    };
    let answered = outcomes(with).map(|(name, outcome)| (name, query(site, &answered_page(with, outcome)).unwrap()));
    let others = vec![
        ("entry", entry(site, &entry_page(with)).unwrap()),
        ("version", entry(site, &EntryPage { past: Some(past(with)), ..entry_page(with) }).unwrap()),
        ("history", history(site, &history_page_of(with)).unwrap()),
        ("bare history", history(site, &bare_history_page(with)).unwrap()),
        ("comparison", comparison(site, &comparison_page_of(with)).unwrap()),
        ("list changes", list_changes(site, &list_changes_page_of(with)).unwrap()),
        ("list", listing(site, &list_page(with)).unwrap()),
        ("second list", second_list(site, &second_list_page(with)).unwrap()),
        ("coverage", coverage(site, &coverage_page(with)).unwrap()),
        ("decision table", decision_table(site, &decision_table_page(with)).unwrap()),
        ("phases", phases(site, &phases_page(with)).unwrap()),
        ("activities", activities(site, &activities_page_of(with)).unwrap()),
        ("vocabulary", vocabulary(site, &vocabulary_page(with)).unwrap()),
        ("shapes", shapes(site, &shapes_page(with)).unwrap()),
        ("home", home(site, &home_page(with)).unwrap()),
        ("desk", desk(site, &filled_desk(with)).unwrap()),
        ("bare desk", desk(site, &bare_desk(with)).unwrap()),
        ("query", query(site, &query_page(with)).unwrap()),
        ("questions", stored_queries(site, &stored_queries_page(with)).unwrap()),
        ("answer", stored_query(site, &stored_query_page(with)).unwrap()),
        ("verdict", validation(site, &validation_page(with, verdict(with))).unwrap()),
        ("refusal", validation(site, &validation_page(with, refusal)).unwrap()),
        ("problem", problem(site, &trouble).unwrap()),
    ];
    others.into_iter().chain(answered).collect()
}
