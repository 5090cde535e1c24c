//! The catalogue beside the model: the same steps, and a look at everything after each.

use super::model::{Answer, Imported, Model, ROLES, Refusal};
use super::says::{BASE, Lines, SINCE, iri};
use super::step::{self, AUTHORS, Holds, NEW, Plan, Target};
use eu_service_list::catalogue::{
    Author, Base, Batch, Catalogue, Changes, Edit, EditError, Edited, Gate, NewToken, Numbered, Operation,
    Precondition, RecordChange, RequestKey, Said, Submission, Target as RealTarget,
};
use eu_service_list::graph::Engine;
use eu_service_list::rdf::Content;
use eu_service_list::register::Location;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, mpsc};
use std::time::SystemTime;
use tempfile::TempDir;

/// The shapes, which take longer to compile than all the rest of a start.
static GATE: LazyLock<Arc<Gate>> = LazyLock::new(|| Arc::new(Gate::new().unwrap()));

/// A catalogue in a directory of its own.
pub(super) struct Real {
    folder: TempDir,
    /// How often the files were moved to another directory, which a crash does.
    moved: usize,
    catalogue: Option<Catalogue>,
    authors: Vec<Author>,
}

impl Real {
    pub(super) fn new() -> Self {
        // In memory, where there is such a place: what a sync is worth is tried elsewhere.
        let memory = Path::new("/dev/shm");
        let parent = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
        let folder = tempfile::tempdir_in(parent).unwrap();
        let mut real = Self { folder, moved: 0, catalogue: None, authors: Vec::new() };
        real.open();
        real.authors = (0..AUTHORS).map(|author| author_of(real.catalogue(), author)).collect();
        real
    }

    fn catalogue(&self) -> &Catalogue {
        self.catalogue.as_ref().unwrap()
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join(self.moved.to_string())
    }

    fn open(&mut self) {
        let location = Location::Directory(self.data());
        let base = Base::parse(BASE).unwrap();
        self.catalogue = Some(Catalogue::open_with(&location, &base, Arc::clone(&GATE), Engine::default()).unwrap());
    }

    /// Ends in order and begins again.
    pub(super) fn restart(&mut self) {
        self.catalogue = None;
        self.open();
    }

    /// Goes on with the files as another process would find them if this one died now.
    pub(super) fn crash(&mut self) {
        let next = self.folder.path().join((self.moved + 1).to_string());
        copy(&self.data(), &next);
        self.go_on();
    }

    fn go_on(&mut self) {
        self.catalogue = None;
        std::fs::remove_dir_all(self.data()).unwrap();
        self.moved += 1;
        self.open();
    }

    /// Does an edit after which the transaction does not end: the files are taken as they lie within it.
    pub(super) fn crash_before(&mut self, plan: &Plan) {
        let (from, to) = (self.data(), self.folder.path().join((self.moved + 1).to_string()));
        self.broken(plan, move || {
            copy(&from, &to);
            Err(EditError::Malformed("the process would be dead".to_owned()))
        });
        let next = self.folder.path().join((self.moved + 1).to_string());
        if !next.exists() {
            copy(&self.data(), &next);
        }
        self.go_on();
    }

    /// Does an edit, and goes on with files in which the log has so much of it, in hundredths.
    pub(super) fn crash_within(&mut self, plan: &Plan, hundredths: usize) {
        let next = self.folder.path().join((self.moved + 1).to_string());
        copy(&self.data(), &next);
        let log = next.join("register.sqlite-wal");
        let mut before = std::fs::read(&log).unwrap_or_default();
        // What it is answered nobody hears.
        let _ = self.edits(std::slice::from_ref(plan));
        let after = std::fs::read(self.data().join("register.sqlite-wal")).unwrap_or_default();
        before.resize(before.len().max(after.len()), 0);
        let changed = (0..after.len()).rfind(|place| after[*place] != before[*place]).unwrap_or(0);
        let written = changed * hundredths / 100;
        before[..written].copy_from_slice(&after[..written]);
        std::fs::write(&log, before).unwrap();
        self.go_on();
    }

    /// Does an edit in which the writer meets a defect.
    pub(super) fn defect(&self, plan: &Plan) {
        let answer = self.broken(plan, || panic!("a defect, as the test wants it"));
        assert!(!matches!(answer, Some(Ok(_))), "a defect is no answer");
    }

    /// Does an edit whose last change goes as `end` does. Nothing is answered where an earlier one is refused.
    fn broken(
        &self,
        plan: &Plan,
        end: impl FnOnce() -> Result<Content, EditError> + Send + 'static,
    ) -> Option<Result<Edited, EditError>> {
        let mut edit = self.edit(&Plan { key: None, ..plan.clone() });
        let Changes::Of(changes) = &mut edit.changes else { return None };
        changes.push(RecordChange {
            target: RealTarget::Record(name("thing/broken")),
            precondition: Precondition::None,
            operation: Operation::Revise(Box::new(move |_| end())),
        });
        Some(self.catalogue().edit(edit))
    }

    /// Writes edits in one group.
    pub(super) fn edits(&self, plans: &[Plan]) -> Vec<Answer> {
        let answers: Vec<mpsc::Receiver<_>> = plans
            .iter()
            .map(|plan| {
                let (sender, answer) = mpsc::channel();
                self.catalogue().enqueue(self.edit(plan), move |result| sender.send(result).unwrap());
                answer
            })
            .collect();
        self.catalogue().write_what_waits();
        answers.into_iter().map(|answer| answer.recv().unwrap()).map(told).collect()
    }

    fn edit(&self, plan: &Plan) -> Edit {
        let key =
            plan.key.map(|key| RequestKey { key: key.to_string(), request: digest(&format!("{:?}", plan.changes)) });
        Edit {
            author: self.authors[plan.author].clone(),
            activity: "PUT".to_owned(),
            reason: None,
            key,
            changes: Changes::Of(plan.changes.iter().map(change).collect()),
        }
    }

    pub(super) fn import(&self, said: &[(String, Lines)]) -> Imported {
        let said: Vec<Said> = said
            .iter()
            .map(|(path, lines)| Said { record: iri(path), content: parsed(lines), place: path.clone() })
            .collect();
        let batch = Batch { source: "http://a.example/source".to_owned(), said, ..Batch::default() };
        let submission = Submission { base: BASE.to_owned(), batches: vec![batch], ..Submission::default() };
        let outcome = self.catalogue().submit(submission).unwrap();
        let missing = outcome.missing.len() as u64;
        let counts = [outcome.added, outcome.changed, outcome.unchanged, missing];
        Imported { counts, is_rejected: !outcome.rejected.is_empty() }
    }

    /// Holds everything that the catalogue says to the model.
    pub(super) fn compare(&self, model: &Model) {
        let catalogue = self.catalogue();
        assert_eq!(catalogue.disagreement().unwrap(), 0, "graph and register differ");
        let present = catalogue.present().unwrap();
        assert_eq!((catalogue.revision(), present.revision()), (model.revision, model.revision), "revision");
        let reader = Author::operator("the test");
        let mut waiting = 0;
        for (path, record) in &model.records {
            let content = present.content(&iri(path)).unwrap();
            assert_eq!(lines(&content), record.versions.last().cloned().unwrap_or_default(), "{path}");
            let versions = present.history(&iri(path), None).unwrap().map_or(0, |history| history.ends.last.number);
            assert_eq!(versions, record.versions.len() as u64, "versions of {path}");
            let draft = catalogue.draft(&reader, &iri(path)).unwrap();
            waiting += usize::from(draft.is_some());
            let draft = draft.map(|draft| (draft.content.as_ref().map(lines), draft.edit, draft.changes));
            let expected = record.draft.clone().map(|draft| (draft.lines, draft.edit, draft.changes));
            assert_eq!(draft, expected, "what waits under {path}");
        }
        assert_eq!(catalogue.drafts(&reader).unwrap().len(), waiting, "drafts");
    }

    /// Holds every version that ever was to the model.
    pub(super) fn compare_versions(&self, model: &Model) {
        let present = self.catalogue().present().unwrap();
        for (path, record) in &model.records {
            for (number, expected) in (1..).zip(&record.versions) {
                let version = present.version(&iri(path), number).unwrap().unwrap();
                assert_eq!(lines(&version.content), *expected, "version {number} of {path}");
            }
        }
    }
}

fn author_of(catalogue: &Catalogue, author: usize) -> Author {
    let new = NewToken {
        name: format!("author {author}"),
        role: ROLES[author],
        organisation: None,
        kinds: std::collections::BTreeSet::new(),
        numbers: (author == 3).then_some(10_000..=10_005),
        expires: None,
    };
    let token = catalogue.add_token(new).unwrap();
    catalogue.author_of(token.text.reveal(), SystemTime::now()).unwrap()
}

fn name(path: &str) -> eu_service_list::catalogue::RecordName {
    Base::parse(BASE).unwrap().record_of(&iri(path)).unwrap()
}

fn parsed(lines: &Lines) -> Content {
    Content::parse(&lines.iter().map(String::as_str).collect::<String>()).unwrap()
}

/// A content's lines; without the moment of a withdrawal, which the model does not know.
fn lines(content: &Content) -> Lines {
    content.to_string().split_inclusive('\n').filter(|line| !line.contains(SINCE)).map(str::to_owned).collect()
}

fn digest(text: &str) -> [u8; 32] {
    let mut digest = [0; 32];
    for (place, byte) in text.bytes().enumerate() {
        let sum: &mut u8 = &mut digest[place % 32];
        *sum = sum.wrapping_mul(31).wrapping_add(byte);
    }
    digest
}

fn change(change: &step::Change) -> RecordChange {
    RecordChange {
        target: match &change.target {
            Target::Record(path) => RealTarget::Record(name(path)),
            Target::Next(kind) => RealTarget::Next((*kind).to_owned()),
        },
        precondition: match change.holds {
            Holds::Nothing => Precondition::None,
            Holds::Absent => Precondition::Absent,
            Holds::Present => Precondition::Present,
            Holds::Version(number) => Precondition::AnyOf(vec![Numbered::Version(number)]),
            Holds::Draft(number) => Precondition::AnyOf(vec![Numbered::Draft(number)]),
        },
        operation: match &change.operation {
            step::Operation::Replace(lines) => Operation::Replace(parsed(lines)),
            step::Operation::Create(lines) => {
                Operation::Create { placeholder: iri(NEW), triples: parsed(lines).into_iter().collect() }
            }
            step::Operation::Note(number) => {
                let (target, number) = (change.target.clone(), *number);
                Operation::Revise(Box::new(move |present| {
                    let Target::Record(path) = &target else { return Ok(present.clone()) };
                    let note = Content::parse(&super::says::note(path, number)).unwrap();
                    Ok(present.iter().cloned().chain(note).collect())
                }))
            }
            step::Operation::Withdraw => Operation::Withdraw,
            step::Operation::Drop => Operation::Drop,
            step::Operation::Reserve => Operation::Reserve,
        },
    }
}

fn told(result: Result<Edited, EditError>) -> Answer {
    let refusal = match result {
        Ok(edited) => return Ok((edited.revision, edited.records)),
        Err(EditError::Precondition { .. }) => Refusal::Precondition,
        Err(EditError::Unknown(_)) => Refusal::Unknown,
        Err(EditError::Status(_)) => Refusal::Status,
        Err(EditError::Step(_)) => Refusal::Step,
        Err(EditError::Role { .. }) => Refusal::Role,
        Err(EditError::Allowed(_)) => Refusal::Allowed,
        Err(EditError::Others(_)) => Refusal::Others,
        Err(EditError::Number(_)) => Refusal::Number,
        Err(EditError::Rules(_)) => Refusal::Rules,
        Err(EditError::Shapes(_)) => Refusal::Shapes,
        Err(EditError::Key(_)) => Refusal::Key,
        Err(other) => panic!("{other}"),
    };
    Err(refusal)
}

/// Copies the files of a register as they lie.
fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for file in ["register.sqlite", "register.sqlite-wal"] {
        if from.join(file).exists() {
            std::fs::copy(from.join(file), to.join(file)).unwrap();
        }
    }
}
