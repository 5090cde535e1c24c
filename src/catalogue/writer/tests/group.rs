//! Edits that share a sync.

use super::*;
use std::sync::mpsc;

const THING: &str = "<> a <a:Thing> ; skos:prefLabel 'Thing'@en .";

/// Writes edits in one group; gives what became of each.
fn together(catalogue: &Catalogue, edits: Vec<Edit>) -> Vec<Result<Edited, EditError>> {
    let answers: Vec<mpsc::Receiver<_>> = edits
        .into_iter()
        .map(|edit| {
            let (sender, answer) = mpsc::channel();
            catalogue.enqueue(edit, move |result| sender.send(result).unwrap());
            answer
        })
        .collect();
    catalogue.write_what_waits();
    assert_eq!(catalogue.disagreement().unwrap(), 0, "the graph shows what the register says");
    answers.into_iter().map(|answer| answer.recv().unwrap()).collect()
}

#[test]
fn one_that_is_refused_touches_no_other_of_its_group() {
    let catalogue = catalogue();
    let editor = author(Role::Edit);
    let edits = [("thing/1", THING), ("thing/2", "<> skos:note 'no type' ."), ("thing/3", THING)];
    let results = together(&catalogue, edits.map(|(path, turtle)| edit(&editor, vec![put(path, turtle)])).into());
    assert!(matches!(results[1], Err(EditError::Rules(_))));
    assert_eq!([results[0].as_ref().unwrap().revision, results[2].as_ref().unwrap().revision], [1, 2]);
    assert_eq!(catalogue.graph().triple_count().unwrap(), 4);
}

#[test]
fn each_sees_those_before_it_in_preconditions_and_in_the_shapes() {
    let catalogue = catalogue();
    let operator = Author::operator("operator");
    let activity = "<> a eusl:CoDesignActivity ; dct:title 'Workshop'@en ; dct:description 'With users.'@en .";
    let designed = format!("{THING} <> eusl:coDesignedIn <{BASE}id/co-design/1> .");
    let alone = write(&catalogue, &operator, put("thing/1", &designed));
    assert!(matches!(alone, Err(EditError::Shapes(_))), "{alone:?}");
    let again = RecordChange { precondition: Precondition::Absent, ..put("co-design/1", activity) };
    let changes = [put("co-design/1", activity), put("thing/1", &designed), again, withdraw("co-design/1")];
    let results = together(&catalogue, changes.map(|change| edit(&operator, vec![change])).into());
    assert!(results[0].is_ok() && results[1].is_ok(), "{results:?}");
    assert!(matches!(results[2], Err(EditError::Precondition { present: Some(1), .. })), "{results:?}");
    assert!(matches!(results[3], Err(EditError::Shapes(_))), "what points at it needs it: {results:?}");
}

#[test]
fn what_is_published_leans_on_nothing_that_only_waits() {
    let catalogue = catalogue();
    let operator = Author::operator("operator");
    let activity = "<> a eusl:CoDesignActivity ; dct:title 'Workshop'@en ; adms:status s:CANDIDATE .";
    let designed = |more: &str| format!("{THING} <> eusl:coDesignedIn <{BASE}id/co-design/1> {more}.");
    let both = |more| vec![put("co-design/1", activity), put("thing/1", &designed(more))];
    let error = catalogue.edit(edit(&operator, both(""))).unwrap_err();
    assert!(matches!(error, EditError::Shapes(_)), "{error}");
    assert!(catalogue.drafts(&operator).unwrap().is_empty(), "neither is kept");
    catalogue.edit(edit(&operator, both("; adms:status s:CANDIDATE "))).unwrap();
}

#[test]
fn a_record_that_is_written_twice_in_a_group_shows_the_second() {
    let catalogue = catalogue();
    let editor = author(Role::Edit);
    write(&catalogue, &editor, put("thing/1", "<> a <a:Thing> ; skos:prefLabel 'First'@en . <#part> a <a:Part> ."))
        .unwrap();
    let edits = ["Second", "Third"]
        .map(|label| edit(&editor, vec![put("thing/1", &format!("<> a <a:Thing> ; skos:prefLabel '{label}'@en ."))]));
    let results = together(&catalogue, edits.into());
    assert_eq!(results[1].as_ref().unwrap().records[0].version, 3);
    assert!(shown(&catalogue, "thing/1").contains("Third"));
    assert_eq!(catalogue.graph().triple_count().unwrap(), 2);
}

#[test]
fn one_that_the_register_refuses_at_its_last_step_leaves_nothing_for_the_graph() {
    let catalogue = catalogue();
    let editor = author(Role::Edit);
    // The answer cannot be remembered, since the register knows no such token: the last thing that an edit writes.
    let key = Some(RequestKey { key: "k".to_owned(), request: [1; 32] });
    let refused = Edit { key, ..edit(&editor, vec![put("thing/1", THING)]) };
    let results = together(&catalogue, vec![refused]);
    assert!(matches!(results[0], Err(EditError::Commit(_))), "{results:?}");
    assert_eq!((catalogue.revision(), catalogue.graph().revision()), (0, 0));
    assert_eq!(write(&catalogue, &editor, put("thing/2", THING)).unwrap(), (Some(Status::Stable), 1));
}

#[test]
fn of_many_who_change_the_same_version_one_wins_each_round() {
    let catalogue = catalogue();
    let editor = author(Role::Edit);
    write(&catalogue, &editor, put("thing/1", THING)).unwrap();
    for round in 1..=20 {
        let winners: usize = std::thread::scope(|scope| {
            let writers = (0..8).map(|writer| {
                let (catalogue, editor) = (&catalogue, &editor);
                scope.spawn(move || {
                    let turtle = format!("{THING} <> skos:note 'round {round}, writer {writer}' .");
                    let change = RecordChange { precondition: version(round), ..put("thing/1", &turtle) };
                    usize::from(catalogue.edit(edit(editor, vec![change])).is_ok())
                })
            });
            let writers: Vec<_> = writers.collect();
            writers.into_iter().map(|writer| writer.join().unwrap()).sum()
        });
        assert_eq!(winners, 1, "round {round}");
    }
    assert_eq!(catalogue.disagreement().unwrap(), 0);
}
