//! Searching the shipped list, and the cards of its entries.

use crate::register::BASE;
use crate::town::{add, with_many_towns, with_town};
use eu_service_list::catalogue::{Card, Fit, Opening, Present, code_of};
use eu_service_list::rdf::Preference;
use eu_service_list::register::Listed;
use std::time::{Duration, SystemTime};

/// Monday 7 December 2026, 10:00 in Brussels.
const MONDAY: Duration = Duration::from_hours(499_065);

fn name(listed: &Listed) -> &str {
    listed.names.as_ref().map_or("", |names| names.values[0].value())
}

/// The numbers of what is found, in order, with how it fits.
fn found(present: &Present<'_>, words: &str) -> Vec<(String, Fit)> {
    let found = present.search(words, &Preference::default(), 20).unwrap();
    found.into_iter().map(|found| (code_of(&found.listed.record).to_owned(), found.fit)).collect()
}

fn card(present: &Present<'_>, number: u64, town: bool) -> Card {
    let town = town.then(|| present.organisation(&format!("{BASE}id/organisation/town")).unwrap().unwrap());
    let iri = format!("{BASE}id/service-type/{number}");
    present.card(&iri, town.as_ref(), SystemTime::UNIX_EPOCH + MONDAY).unwrap().unwrap()
}

#[test]
fn an_entry_is_found_by_its_name_in_any_order_number_case_and_language() {
    let catalogue = with_town();
    let present = catalogue.present().unwrap();
    for (words, fit) in [
        ("abandoned bicycle", Fit::WholeName),
        ("Abandoned Bicycles", Fit::WholeName),
        ("bicycle abandoned", Fit::AllWords),
        ("abandoned bicyc", Fit::AllWords),
        ("overgivna cyklar", Fit::WholeName),
        ("\u{d6}VERGIVNA", Fit::AllWords),
        ("cycle wreck", Fit::WholeName),
        ("fietswrak", Fit::AllWords),
        ("1512", Fit::Number),
        (" 1512 ", Fit::Number),
    ] {
        assert_eq!(found(&present, words).first(), Some(&("1512".to_owned(), fit)), "{words}");
    }
}

#[test]
fn every_entry_of_the_list_is_found_by_its_own_name() {
    let catalogue = with_town();
    let present = catalogue.present().unwrap();
    let entries = present.entries(&format!("{BASE}list/services"), &Preference::default()).unwrap();
    assert_eq!(entries.len(), 1_519);
    for entry in entries {
        let first = present.search(name(&entry), &Preference::default(), 3).unwrap();
        let is_first = first.iter().any(|found| found.listed.record == entry.record && found.fit == Fit::WholeName);
        assert!(is_first, "{}: {first:?}", name(&entry));
    }
}

#[test]
fn where_no_entry_has_all_words_those_with_the_most_of_them_come_first() {
    let catalogue = with_town();
    let present = catalogue.present().unwrap();
    let found = found(&present, "someone left an abandoned bicycle at the wharfinger");
    assert_eq!(found[0], ("1512".to_owned(), Fit::SomeWords));
    assert!(found.len() > 1);
}

#[test]
fn whatever_is_typed_is_no_syntax() {
    let catalogue = with_town();
    let present = catalogue.present().unwrap();
    let long = "bicycle ".repeat(5_000);
    let all = "a OR b AND NOT c NEAR(d, 2) ^e f* \"g\" {h i}: -j + k (l) words:m '; DROP TABLE search; --";
    for words in ["", " ", "\"", "*", "^", ":", "(", "\0", "'", "--", "\u{301}", "NEAR", "AND", "OR NOT", all, &long] {
        found(&present, words);
    }
    for nothing in ["", " \"*^:()-'\0 ", "zzzzzz", "of"] {
        let is_little = found(&present, nothing).iter().all(|(_, fit)| *fit < Fit::SomeWords);
        assert!(is_little, "{nothing}");
    }
    assert_eq!(found(&present, "\"*^:()-'\0"), []);
    assert_eq!(found(&present, "00000000000000000000000000001512"), []);
}

#[test]
fn a_card_has_the_town_s_own_verdict_the_proposal_the_offer_and_the_department() {
    let catalogue = with_town();
    let card = card(&catalogue.present().unwrap(), 1512, true);
    let (own, shared) = (card.own.as_ref().unwrap(), card.shared.as_ref().unwrap());
    let handlings = |verdict: &eu_service_list::catalogue::Verdict| -> Vec<String> {
        verdict.handlings.iter().map(|handling| code_of(&handling.record).to_owned()).collect()
    };
    let channel = |code: &str| format!("{BASE}id/channel-type/{code}");
    assert_eq!(handlings(own.whole.as_ref().unwrap()), ["answer", "transfer"]);
    assert_eq!(handlings(own.on_channel(&channel("telephone")).unwrap()), ["transfer"]);
    assert_eq!(handlings(own.on_channel(&channel("email")).unwrap()), ["answer", "transfer"]);
    assert_eq!(handlings(shared.on_channel(&channel("telephone")).unwrap()), ["answer", "take-in"]);
    assert_eq!(card.leading().unwrap().iri, own.iri);
    let rule = shared.whole.as_ref().unwrap();
    assert_eq!(code_of(&rule.rule.as_ref().unwrap().record), "report");
    assert!(!rule.arguments.is_empty(), "the rule's argument");
    let delivery = card.delivery.unwrap();
    assert_eq!(delivery.offers.iter().map(|offer| name(&offer.public_service)).collect::<Vec<_>>(), ["Bicycle wrecks"]);
    let contact = &delivery.departments[0].contacts[0];
    assert_eq!(contact.telephones, ["+32 0 000 00 02"]);
    assert_eq!(contact.pages, ["https://town.example/cleaning"]);
    assert!(matches!(&contact.hours.opening, Opening::Open { until: Some(until) } if until.time == "16:30"));
}

#[test]
fn what_the_town_says_nothing_of_is_the_proposal_alone() {
    let catalogue = with_town();
    let present = catalogue.present().unwrap();
    let abandoned_vehicles = card(&present, 372, true);
    assert!(abandoned_vehicles.own.is_none() && abandoned_vehicles.shared.is_some());
    let delivery = abandoned_vehicles.delivery.unwrap();
    assert_eq!((delivery.offers.len(), delivery.departments.len()), (0, 1));
    let nobody = card(&present, 1512, false);
    assert!(nobody.own.is_none() && nobody.delivery.is_none());
}

#[test]
fn not_assessed_is_the_absence_of_an_assessment() {
    let catalogue = crate::register::catalogue();
    add(&catalogue, "new", "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix eusl: <https://w3id.org/eu-service-list/def#> .
        @prefix dct: <http://purl.org/dc/terms/> . @prefix adms: <http://www.w3.org/ns/adms#> .
        <id/service-type/10001> a skos:Concept , eusl:ServiceType ; skos:prefLabel \"Wharfingers\"@en ; skos:notation \"10001\" ;
            dct:identifier \"10001\" ; skos:inScheme <list/services> ; skos:broader <id/function/40> ;
            adms:status <http://publications.europa.eu/resource/authority/concept-status/CURRENT> .");
    let card = card(&catalogue.present().unwrap(), 10_001, false);
    assert!(card.leading().is_none());
    assert_eq!(found(&catalogue.present().unwrap(), "wharfinger"), [("10001".to_owned(), Fit::WholeName)]);
}

#[test]
fn organisations_that_offer_or_handle_something_are_at_the_desk_and_their_units_are_not() {
    let catalogue = with_town();
    let present = catalogue.present().unwrap();
    let records: Vec<String> =
        present.organisations_at_the_desk(60).unwrap().unwrap().into_iter().map(|found| found.record).collect();
    assert_eq!(records, [format!("{BASE}id/organisation/town")]);
}

#[test]
fn where_there_are_more_organisations_than_asked_for_none_are_listed_and_names_find_them() {
    let catalogue = with_many_towns();
    let present = catalogue.present().unwrap();
    assert_eq!(present.organisations_at_the_desk(60).unwrap(), None);
    assert_eq!(present.organisations_at_the_desk(200).unwrap().unwrap().len(), 71);
    let found = |words: &str, limit: usize| -> Vec<String> {
        let found = present.search_organisations(words, &Preference::default(), limit).unwrap();
        found.iter().map(|found| name(&found.listed).to_owned()).collect()
    };
    assert_eq!(found("place1", 3), ["Gemeente Place10", "Gemeente Place11", "Gemeente Place12"]);
    assert_eq!(found("gemeente place42", 20), ["Gemeente Place42"]);
    assert_eq!(found("harb", 20), ["Harbour"]);
    assert_eq!(found("quay wardens", 20), [""; 0], "a unit is reached by its reference");
    let entries = present.search("gemeente", &Preference::default(), 20).unwrap();
    assert!(entries.is_empty(), "organisations are no entries: {entries:?}");
}

#[test]
fn what_holds_for_a_unit_is_its_own_or_else_of_the_nearest_above_it() {
    let catalogue = with_town();
    let present = catalogue.present().unwrap();
    let card = |number: u64, unit: &str| {
        let unit = present.organisation(&format!("{BASE}id/organisation/{unit}")).unwrap().unwrap();
        let iri = format!("{BASE}id/service-type/{number}");
        present.card(&iri, Some(&unit), SystemTime::UNIX_EPOCH + MONDAY).unwrap().unwrap()
    };
    let assessor = |card: &Card| code_of(&card.own.as_ref().unwrap().assessor.record).to_owned();
    assert_eq!(assessor(&card(1512, "town-permits")), "town");
    assert_eq!(assessor(&card(372, "harbour-b")), "harbour-b");
    assert_eq!(assessor(&card(1152, "harbour")), "harbour-b");
    // A unit beside another says nothing for it.
    assert!(card(1152, "harbour-a").own.is_none());
    let several = card(372, "harbour");
    assert!(several.own.is_none() && several.units.len() == 2);
    assert_eq!(several.leading().unwrap().iri, several.shared.as_ref().unwrap().iri);
}
