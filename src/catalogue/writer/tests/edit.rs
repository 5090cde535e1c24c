//! One edit: what it may do, and what it leaves.

use super::*;

const THING: &str = "<> a <a:Thing> ; skos:prefLabel 'Thing'@en .";
const ENTRY: &str = "<> a <a:Entry> ; skos:inScheme <a:scheme> ; skos:prefLabel 'Entry'@en ; dct:identifier '1' .";

#[test]
fn what_is_written_is_published_and_the_same_again_makes_no_version() {
    let catalogue = catalogue();
    let editor = author(Role::Edit);
    assert_eq!(write(&catalogue, &editor, put("thing/1", THING)).unwrap(), (Some(Status::Stable), 1));
    let revision = catalogue.revision();
    assert_eq!(write(&catalogue, &editor, put("thing/1", THING)).unwrap(), (Some(Status::Stable), 1));
    assert_eq!(catalogue.revision(), revision);
    assert_eq!(shown(&catalogue, "thing/1"), content("thing/1", THING).to_string());
}

#[test]
fn what_breaks_the_shapes_is_refused_with_the_report_and_leaves_no_trace() {
    let catalogue = catalogue();
    let change = put("service-type/10000", "<> a eusl:ServiceType , skos:Concept .");
    let error = write(&catalogue, &Author::operator("operator"), change).unwrap_err();
    let EditError::Shapes(report) = error else { panic!("{error}") };
    assert!(report.violations().count() > 2);
    assert_eq!((catalogue.revision(), catalogue.graph().triple_count().unwrap()), (0, 0));
}

#[test]
fn a_precondition_that_does_not_hold_is_told_with_the_version_there_is() {
    let catalogue = catalogue();
    let editor = author(Role::Edit);
    let with = |precondition| RecordChange { precondition, ..put("thing/1", THING) };
    let fails = |precondition| match write(&catalogue, &editor, with(precondition)).unwrap_err() {
        EditError::Precondition { present, .. } => present,
        other => panic!("{other}"),
    };
    assert_eq!(fails(Precondition::Present), None);
    assert_eq!(fails(version(1)), None);
    write(&catalogue, &editor, with(Precondition::Absent)).unwrap();
    assert_eq!(fails(Precondition::Absent), Some(1));
    assert_eq!(fails(version(2)), Some(1));
    write(&catalogue, &editor, with(version(1))).unwrap();
}

#[test]
fn a_draft_is_seen_nowhere_until_it_is_published() {
    let catalogue = catalogue();
    let draft = format!("{THING} <> adms:status s:CANDIDATE .");
    let submitted = write(&catalogue, &author(Role::Submit), put("thing/1", &draft)).unwrap();
    assert_eq!(submitted, (Some(Status::Submitted), 1));
    assert_eq!((catalogue.graph().triple_count().unwrap(), catalogue.revision()), (0, 0));
    let present = catalogue.present().unwrap();
    assert!(present.document(&name("thing/1").iri).unwrap().is_none());
    drop(present);
    let error = write(&catalogue, &author(Role::Submit), put("thing/1", THING)).unwrap_err();
    assert!(matches!(error, EditError::Role { takes: Role::Edit, .. }), "{error}");
    write(&catalogue, &author(Role::Edit), put("thing/1", THING)).unwrap();
    assert_eq!(catalogue.register.snapshot().unwrap().draft(&name("thing/1").iri).unwrap(), None);
}

#[test]
fn who_only_submits_changes_no_draft_of_others() {
    let catalogue = catalogue();
    let draft = format!("{THING} <> adms:status s:CANDIDATE .");
    write(&catalogue, &author(Role::Submit), put("thing/1", &draft)).unwrap();
    let another = Author { token: Some("another".to_owned()), ..author(Role::Submit) };
    for change in [put("thing/1", &draft), withdraw("thing/1")] {
        assert!(matches!(write(&catalogue, &another, change), Err(EditError::Others(_))));
    }
    write(&catalogue, &author(Role::Submit), put("thing/1", &draft)).unwrap();
    write(&catalogue, &author(Role::Edit), put("thing/1", THING)).unwrap();
}

#[test]
fn a_draft_of_others_keeps_nobody_from_changing_what_is_published() {
    let catalogue = catalogue();
    write(&catalogue, &of("a"), put("thing/1", THING)).unwrap();
    write(&catalogue, &author(Role::Submit), put("thing/1", &format!("{THING} <> adms:status s:CANDIDATE ."))).unwrap();
    write(&catalogue, &of("a"), put("thing/1", &format!("{THING} <> skos:note 'n'@en ."))).unwrap();
    let theirs = put("thing/1", &format!("{THING} <> adms:status s:CANDIDATE ; skos:note 'mine'@en ."));
    assert!(matches!(write(&catalogue, &of("a"), theirs), Err(EditError::Others(_))));
}

#[test]
fn a_change_that_is_proposed_waits_beside_what_is_published_and_is_not_lost() {
    let catalogue = catalogue();
    let editor = author(Role::Edit);
    write(&catalogue, &editor, put("thing/1", THING)).unwrap();
    let proposed = "<> a <a:Thing> ; skos:prefLabel 'Better'@en";
    write(&catalogue, &author(Role::Submit), put("thing/1", &format!("{proposed} ; adms:status s:CANDIDATE .")))
        .unwrap();
    let waits = || catalogue.register.snapshot().unwrap().draft(&name("thing/1").iri).unwrap().is_some();
    write(&catalogue, &editor, put("thing/1", &format!("{THING} <> skos:note 'n'@en ."))).unwrap();
    assert!(waits(), "another change does not settle it");
    write(&catalogue, &editor, put("thing/1", &format!("{proposed} ."))).unwrap();
    assert!(!waits(), "the same, published, does");
}

#[test]
fn numbers_are_given_out_once_whatever_becomes_of_them() {
    let catalogue = catalogue();
    let editor = author(Role::Edit);
    let create = |turtle: &str| RecordChange {
        target: Target::Next("service-type".to_owned()),
        precondition: Precondition::None,
        operation: Operation::Create {
            placeholder: format!("{BASE}id/service-type/new"),
            triples: content("service-type/new", turtle).into_iter().collect(),
        },
    };
    let iri = |turtle: &str| {
        let edited = catalogue.edit(edit(&editor, vec![create(turtle)])).unwrap();
        edited.records[0].iri.strip_prefix(BASE).unwrap().to_owned()
    };
    assert_eq!(iri(THING), "id/service-type/10000");
    assert_eq!(iri(&format!("{THING} <> adms:status s:CANDIDATE .")), "id/service-type/10001");
    write(&catalogue, &editor, withdraw("service-type/10001")).unwrap();
    write(&catalogue, &editor, withdraw("service-type/10000")).unwrap();
    let reserve = RecordChange { operation: Operation::Reserve, ..create("") };
    let reserved = catalogue.edit(edit(&editor, vec![reserve])).unwrap();
    assert_eq!(reserved.records[0].iri, format!("{BASE}id/service-type/10002"));
    assert_eq!(iri(THING), "id/service-type/10003");
    write(&catalogue, &editor, put("service-type/10002", THING)).unwrap();
    let error = write(&catalogue, &editor, put("service-type/10009", THING)).unwrap_err();
    assert!(matches!(error, EditError::Number(_)), "{error}");
    let theirs = Author { numbers: Some(20_000..=20_999), ..editor.clone() };
    write(&catalogue, &theirs, put("service-type/20000", THING)).unwrap();
    assert_eq!(iri(THING), "id/service-type/20001", "a number beyond the last is the last from then on");
    let numbers = Author { numbers: Some(30_000..=30_001), ..editor.clone() };
    let mint = || catalogue.edit(edit(&numbers, vec![create(THING)])).map(|edited| edited.records[0].iri.clone());
    assert!(mint().unwrap().ends_with("/30000") && mint().unwrap().ends_with("/30001"));
    assert!(matches!(mint().unwrap_err(), EditError::Allowed(_)), "its numbers are used up");
}

#[test]
fn a_number_whose_draft_was_dropped_is_not_given_out_again() {
    let catalogue = catalogue();
    let theirs = Author { numbers: Some(10_000..=10_009), ..author(Role::Edit) };
    write(&catalogue, &theirs, put("service-type/10001", &format!("{THING} <> adms:status s:CANDIDATE ."))).unwrap();
    write(&catalogue, &theirs, withdraw("service-type/10001")).unwrap();
    let next = || RecordChange {
        target: Target::Next("service-type".to_owned()),
        operation: Operation::Reserve,
        ..put("thing/1", "")
    };
    let mut given = Vec::new();
    for author in [author(Role::Edit), theirs.clone(), author(Role::Edit), theirs] {
        let edited = catalogue.edit(edit(&author, vec![next()])).unwrap();
        given.push(edited.records[0].iri.rsplit('/').next().unwrap().to_owned());
        // What was reserved is given up again, and its number with it.
        let drop =
            RecordChange { operation: Operation::Drop, ..put(&format!("service-type/{}", given.last().unwrap()), "") };
        write(&catalogue, &author, drop).unwrap();
    }
    assert_eq!(given, ["10000", "10002", "10003", "10004"]);
}

#[test]
fn an_entry_goes_from_stable_by_deprecated_to_withdrawn_and_comes_back() {
    let catalogue = catalogue();
    let (editor, manager) = (author(Role::Edit), author(Role::Manage));
    let says = |more: &str| put("entry/1", &format!("{ENTRY} {more}"));
    write(&catalogue, &editor, says("")).unwrap();
    let error = write(&catalogue, &manager, withdraw("entry/1")).unwrap_err().to_string();
    assert!(error.contains("it can become stable or deprecated or superseded"), "{error}");
    let deprecated = "<> adms:status s:DEPRECATED .";
    let error = write(&catalogue, &editor, says(deprecated)).unwrap_err();
    assert!(matches!(error, EditError::Role { takes: Role::Manage, .. }), "{error}");
    assert_eq!(write(&catalogue, &manager, says(deprecated)).unwrap().0, Some(Status::Deprecated));
    let superseded = "<> adms:status s:DEPRECATED ; dct:isReplacedBy <2> , <3> .";
    assert_eq!(write(&catalogue, &manager, says(superseded)).unwrap().0, Some(Status::Superseded));
    assert_eq!(write(&catalogue, &manager, withdraw("entry/1")).unwrap(), (Some(Status::Withdrawn), 4));
    let left = shown(&catalogue, "entry/1");
    assert!(left.contains("WithdrawnRecord") && left.contains("\"Entry\"@en") && !left.contains("a:Entry"), "{left}");
    assert_eq!(left.matches("isReplacedBy").count(), 2);
    assert_eq!(write(&catalogue, &manager, withdraw("entry/1")).unwrap().1, 4, "it is withdrawn once");
    let error = write(&catalogue, &manager, says(deprecated)).unwrap_err().to_string();
    assert!(error.contains("it can become withdrawn or stable"), "{error}");
    assert_eq!(write(&catalogue, &manager, says("")).unwrap(), (Some(Status::Stable), 5));
}

#[test]
fn what_is_written_of_a_withdrawn_record_is_kept_or_refused() {
    let catalogue = catalogue();
    let manager = author(Role::Manage);
    write(&catalogue, &manager, put("thing/1", THING)).unwrap();
    let revise = |triple: &str, is_said: bool| {
        let said: Vec<Triple> = content("thing/1", triple).into_iter().collect();
        let revision = move |present: &Content| {
            let mut content = present.clone();
            for triple in said {
                if is_said {
                    content.insert(triple)
                } else {
                    content.remove(&triple)
                };
            }
            Ok(content)
        };
        let operation = Operation::Revise(Box::new(revision));
        write(&catalogue, &manager, RecordChange { operation, ..put("thing/1", "") })
    };
    let retired = "<> adms:status s:RETIRED .";
    let error = revise(&format!("{retired} <> skos:note 'n'@en ."), true).unwrap_err().to_string();
    assert!(error.contains("leave <http://www.w3.org/2004/02/skos/core#note>"), "{error}");
    let successor = "<> dct:isReplacedBy <2> .";
    assert_eq!(revise(&format!("{retired} {successor}"), true).unwrap(), (Some(Status::Withdrawn), 2));
    assert!(shown(&catalogue, "thing/1").contains("isReplacedBy"), "{}", shown(&catalogue, "thing/1"));
    assert!(revise("<> skos:note 'n'@en .", true).is_err(), "it would be lost");
    assert!(revise("<> skos:prefLabel 'Thing'@en .", false).is_err(), "its name stays");
    assert_eq!(revise(successor, false).unwrap().1, 3);
    assert_eq!(revise("<> dct:isReplacedBy <3> .", true).unwrap().1, 4, "a successor may come later");
    assert!(shown(&catalogue, "thing/1").contains("/3>"));
    assert_eq!(write(&catalogue, &manager, put("thing/1", THING)).unwrap().0, Some(Status::Stable), "it comes back");
}

#[test]
fn an_organisation_writes_what_is_its_own_and_nothing_in_the_name_of_another() {
    let catalogue = catalogue();
    let (ours, others) = (of("a"), of("b"));
    let of_a = format!("{THING} <> cv:hasCompetentAuthority <{BASE}id/organisation/a> .");
    write(&catalogue, &ours, put("offer/1", &of_a)).unwrap();
    let is_others = |result: Result<_, EditError>| matches!(result, Err(EditError::Others(_)));
    assert!(is_others(write(&catalogue, &others, put("offer/1", THING))), "it says that it is of a");
    assert!(is_others(write(&catalogue, &others, put("offer/2", &of_a))), "it would say that it is of a");
    assert!(is_others(write(&catalogue, &others, withdraw("offer/1"))));
    write(&catalogue, &ours, put("place/1", THING)).unwrap();
    assert!(is_others(write(&catalogue, &others, put("place/1", ENTRY))), "a made it");
    write(&catalogue, &author(Role::Edit), put("place/1", ENTRY)).unwrap();
    write(&catalogue, &Author::operator("the operator"), put("entry/1", ENTRY)).unwrap();
    assert!(is_others(write(&catalogue, &ours, put("entry/1", THING))), "the list is not theirs");
    write(&catalogue, &ours, put("organisation/a", THING)).unwrap();
    assert_eq!(write(&catalogue, &ours, withdraw("offer/1")).unwrap().0, Some(Status::Withdrawn));
}

#[test]
fn a_record_speaks_of_itself_alone() {
    let catalogue = catalogue();
    for foreign in ["<> a <a:T> . <2> a <a:T> .", "<> a <a:T> . [] a <a:T> .", "<> a <a:T> ; <a:p> [] ."] {
        let error = write(&catalogue, &author(Role::Manage), put("thing/1", foreign)).unwrap_err();
        assert!(matches!(error, EditError::Rules(_)), "{error}");
    }
    let error = write(&catalogue, &author(Role::Manage), put("thing/1", "<> skos:note 'x' .")).unwrap_err().to_string();
    assert!(error.contains("rdf:type"), "{error}");
}

#[test]
fn the_same_request_is_answered_the_same_and_its_key_serves_no_other() {
    let catalogue = catalogue();
    catalogue.register.add_token(&token("edit")).unwrap();
    let keyed = |request: u8, turtle: &str| Edit {
        key: Some(RequestKey { key: "k".to_owned(), request: [request; 32] }),
        ..edit(&author(Role::Edit), vec![put("thing/1", turtle)])
    };
    let first = catalogue.edit(keyed(1, THING)).unwrap();
    write(&catalogue, &author(Role::Edit), put("thing/1", ENTRY)).unwrap();
    assert_eq!(catalogue.edit(keyed(1, THING)).unwrap(), first);
    assert!(shown(&catalogue, "thing/1").contains("Entry"), "it was not written again");
    assert!(matches!(catalogue.edit(keyed(2, ENTRY)).unwrap_err(), EditError::Key(_)));
}

#[test]
fn what_is_withdrawn_stays_so_whatever_a_source_says_of_it() {
    let catalogue = catalogue();
    let import = |turtle: &str| {
        let iri = name("thing/1").iri;
        let said = vec![Said { record: iri, content: content("thing/1", turtle), place: "line 2".to_owned() }];
        let batch = Batch { source: "a:source".to_owned(), said, ..Batch::default() };
        catalogue.submit(Submission { base: BASE.to_owned(), batches: vec![batch], ..Submission::default() }).unwrap()
    };
    assert_eq!(import(THING).added, 1);
    write(&catalogue, &author(Role::Manage), withdraw("thing/1")).unwrap();
    let left = shown(&catalogue, "thing/1");
    let outcome = import(&format!("{THING} <> skos:note 'new'@en ."));
    assert_eq!((outcome.changed, outcome.rejected.len(), outcome.differences.len()), (0, 0, 1), "{outcome:?}");
    assert_eq!(shown(&catalogue, "thing/1"), left);
}

#[test]
fn a_source_brings_no_drafts_and_takes_no_illegal_steps() {
    let catalogue = catalogue();
    let import = |path: &str, turtle: &str| {
        let iri = name(path).iri;
        let said = vec![Said { record: iri, content: content(path, turtle), place: "line 2".to_owned() }];
        let batch = Batch { source: "a:source".to_owned(), said, ..Batch::default() };
        let submission = Submission { base: BASE.to_owned(), batches: vec![batch], ..Submission::default() };
        catalogue.submit(submission).unwrap().rejected
    };
    let rejected = import("thing/1", &format!("{THING} <> adms:status s:CANDIDATE ."));
    assert!(rejected[0].reason.contains("not brought in"), "{rejected:?}");
    assert_eq!(import("thing/2", &format!("{ENTRY} <> adms:status s:DEPRECATED .")), []);
    assert_eq!(import("thing/3", ENTRY), []);
    let rejected = import("thing/3", &format!("{ENTRY} <> adms:status s:RETIRED ."));
    assert!(rejected[0].reason.contains("cannot become withdrawn"), "{rejected:?}");
    let left = "<> a <a:Entry> ; skos:prefLabel 'Entry'@en ; dct:identifier '1' ; adms:status s:RETIRED .";
    let rejected = import("thing/3", left);
    assert!(rejected[0].reason.contains("cannot become withdrawn"), "it was an entry until now: {rejected:?}");
}
