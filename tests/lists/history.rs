//! The history notes of esd's whole list of 2015 against an independent reading of the same notes.
//!
//! Every difference between the two readings is named in [`DIFFERENCES`] with its cause, and the
//! cause is looked up in the note itself.

use std::collections::BTreeMap;

use csv::{Reader, StringRecord};
use eu_service_list::import::history::{Rename, former_names, renames, unended_names};

/// What the other reading did, and what in the note led to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cause {
    /// It wrote the release as the note does, `4.0` for `4.00`.
    ReleaseAsWritten,
    /// It kept white space at an end of the new name.
    Untrimmed,
    /// It read on through "and scope notes updated", which stands between the name and its release.
    RunsIntoScopeNotes,
    /// It kept the closing quote, which two spaces follow.
    RunsToQuote,
    /// It read on into the next change, for scope notes or countries stand before the first release.
    RunsIntoNextChange,
    /// It missed a first name whose opening quote touches "from" and not the name.
    QuoteTouchesFrom,
    /// It missed a turn of phrase or a misspelling.
    Wording,
    /// It missed a misspelt "version" or release.
    MisspeltRelease,
    /// It missed a name without an opening quote.
    NoOpeningQuote,
    /// It missed a release whose "in" touches the closing quote.
    NoSpace,
    /// It missed a name before which two spaces stand.
    DoubleSpace,
    /// It missed the second change of a sentence.
    SecondChange,
    /// It missed the name for the second country.
    SecondCountry,
    /// It gave a change without a release that of the next sentence; we leave such a change out.
    UntoldRelease,
}

impl Cause {
    /// The words of a note that give rise to the difference: at least one of them stands in it.
    fn signs(self) -> &'static [&'static str] {
        match self {
            Self::ReleaseAsWritten => &["version 4.0"],
            Self::Untrimmed => &[" ' in version", " ' and scope notes", "to ' "],
            Self::RunsIntoScopeNotes => &["and scope note"],
            Self::RunsToQuote => &["'  in version"],
            Self::RunsIntoNextChange => &["and scope notes", "for Scotland in version"],
            Self::QuoteTouchesFrom => &["from' "],
            Self::Wording => &[
                "Change of name",
                "Changed name from",
                "Name used to",
                "Term named",
                "chANGED",
                "changed back to",
                "changed in '",
                "changed too",
                "changwed",
            ],
            Self::MisspeltRelease => &["verison", "veriosn", "4..00"],
            Self::NoOpeningQuote => &["to @", "to HIV", "to MOT", "to business"],
            Self::NoSpace => &["'in version"],
            Self::DoubleSpace => &["from  '", "changed  to"],
            Self::SecondChange => &[", and to '"],
            Self::SecondCountry | Self::UntoldRelease => &["for Scotland"],
        }
    }

    /// Whether the cause makes of our rename the other one.
    fn turns(self, ours: &Rename, other: &Rename) -> bool {
        let surplus = other.to.trim_start().strip_prefix(&ours.to).unwrap_or_default();
        let turned = match self {
            Self::ReleaseAsWritten => other.release == "4.0" && ours.to == other.to,
            Self::Untrimmed => ours.release == other.release && ours.to == other.to.trim(),
            Self::RunsIntoScopeNotes => surplus.contains("and scope note"),
            Self::RunsToQuote => surplus.trim() == "'",
            Self::RunsIntoNextChange => surplus.contains("ame changed to '"),
            _ => false,
        };
        turned && ours.from == other.from
    }

    /// Whether the other reading has a rename, if a wrong one, for the change.
    fn has_counterpart(self) -> bool {
        matches!(
            self,
            Self::ReleaseAsWritten
                | Self::Untrimmed
                | Self::RunsIntoScopeNotes
                | Self::RunsToQuote
                | Self::RunsIntoNextChange
        )
    }
}

/// Every difference by its cause: the entry's identifier and the release of our rename (where we
/// leave one out, of the other).
#[rustfmt::skip]
const DIFFERENCES: &[(Cause, &[(&str, &str)])] = &[
    (Cause::RunsToQuote, &[
        ("2", "4.00"), ("1391", "4.00"),
    ]),
    (Cause::RunsIntoNextChange, &[
        ("3", "3.02"), ("320", "3.02"), ("471", "3.02"), ("784", "3.02"), ("926", "3.03"),
        ("1053", "3.02"), ("1071", "3.04"), ("1086", "3.02"),
    ]),
    (Cause::ReleaseAsWritten, &[
        ("8", "4.00"),
    ]),
    (Cause::RunsIntoScopeNotes, &[
        ("20", "4.00"), ("107", "4.00"), ("115", "3.05"), ("246", "4.00"), ("317", "4.00"),
        ("329", "4.00"), ("359", "4.00"), ("366", "4.00"), ("433", "4.00"), ("530", "4.00"),
        ("577", "4.00"), ("602", "4.00"), ("624", "4.00"), ("671", "4.00"), ("750", "4.00"),
        ("827", "4.00"), ("852", "4.00"), ("867", "4.00"), ("871", "4.00"), ("884", "4.00"),
        ("1045", "4.00"), ("1046", "4.00"), ("1048", "4.00"), ("1049", "4.00"), ("1094", "4.00"),
        ("1119", "4.00"), ("1123", "4.00"), ("1127", "4.00"), ("1137", "4.00"), ("1138", "4.00"),
        ("1288", "4.00"), ("1359", "4.00"), ("1362", "4.00"), ("1363", "4.00"), ("1364", "4.00"),
        ("1366", "4.00"), ("1367", "4.00"), ("1368", "4.00"), ("1372", "4.00"), ("1373", "4.00"),
        ("1374", "4.00"), ("1376", "4.00"), ("1383", "4.00"), ("1384", "4.00"), ("1385", "4.00"),
        ("1386", "4.00"), ("1387", "4.00"), ("1388", "4.00"), ("1389", "4.00"), ("1392", "4.00"),
        ("1394", "4.00"), ("1396", "4.00"), ("1397", "4.00"), ("1400", "4.00"), ("1401", "4.00"),
        ("1402", "4.00"), ("1412", "4.00"), ("1413", "4.00"), ("1414", "4.00"), ("1415", "4.00"),
        ("1416", "4.00"), ("1423", "4.00"), ("1436", "4.00"), ("1494", "4.00"),
    ]),
    (Cause::UntoldRelease, &[
        ("29", "4.00"),
    ]),
    (Cause::Untrimmed, &[
        ("43", "3.00"), ("49", "3.00"), ("110", "3.00"), ("357", "3.00"), ("383", "3.00"),
        ("387", "3.00"), ("418", "3.00"), ("439", "3.00"), ("553", "3.00"), ("587", "3.00"),
        ("594", "2.02"), ("595", "3.00"), ("658", "3.00"), ("725", "3.00"), ("767", "2.02"),
        ("788", "3.00"), ("795", "3.00"), ("803", "3.00"), ("804", "3.00"), ("896", "3.00"),
        ("901", "3.00"),
    ]),
    (Cause::Wording, &[
        ("44", "3.08"), ("44", "4.00"), ("77", "4.00"), ("232", "3.07"), ("312", "3.07"),
        ("313", "3.07"), ("397", "4.00"), ("423", "4.00"), ("436", "4.00"), ("594", "4.00"),
        ("878", "3.07"), ("878", "4.00"), ("990", "3.05"),
    ]),
    (Cause::QuoteTouchesFrom, &[
        ("57", "2.02"), ("58", "2.02"), ("69", "2.02"), ("70", "2.02"), ("71", "2.02"),
        ("72", "2.02"), ("73", "2.02"), ("298", "2.02"), ("320", "2.02"), ("385", "2.02"),
        ("461", "2.02"), ("468", "2.02"), ("620", "2.02"), ("621", "2.02"),
    ]),
    (Cause::MisspeltRelease, &[
        ("143", "4.00"), ("704", "4.00"), ("808", "4.00"), ("930", "4.00"), ("1118", "4.00"),
    ]),
    (Cause::NoOpeningQuote, &[
        ("202", "4.00"), ("232", "4.00"), ("401", "4.00"), ("869", "4.00"), ("923", "4.00"),
    ]),
    (Cause::DoubleSpace, &[
        ("378", "3.03"), ("899", "4.00"),
    ]),
    (Cause::SecondChange, &[
        ("731", "3.06"), ("897", "3.06"),
    ]),
    (Cause::NoSpace, &[
        ("922", "4.00"),
    ]),
    (Cause::SecondCountry, &[
        ("1071", "3.04"),
    ]),
];

/// Whether the readings of an entry's note differ, for a cause that is named.
pub(crate) fn is_explained(id: &str) -> bool {
    DIFFERENCES.iter().any(|(_, places)| places.iter().any(|(known, _)| *known == id))
}

/// The entries whose notes speak of the name and tell no rename: they give no new name.
const NAMELESS: [&str; 13] =
    ["1151", "1210", "1287", "1297", "1305", "1347", "1395", "1398", "1620", "1622", "1629", "1632", "1640"];

pub(crate) struct Entry {
    pub(crate) label: String,
    pub(crate) note: String,
}

/// The rows of one of esd's lists, or nothing where the data are absent.
fn rows(file: &str) -> Option<Vec<StringRecord>> {
    let mut reader = Reader::from_path(crate::shared("data/lists/uk")?.join(file)).unwrap();
    Some(reader.records().map(Result::unwrap).collect())
}

/// The entries that have a note, by identifier.
pub(crate) fn entries() -> Option<BTreeMap<String, Entry>> {
    let rows = rows("esl-all-services-list-2015-02.csv")?.into_iter();
    let noted = rows.filter(|row| !row[5].trim().is_empty());
    let entry = |row: &StringRecord| Entry { label: row[1].to_owned(), note: row[5].to_owned() };
    Some(noted.map(|row| (row[0].to_owned(), entry(&row))).collect())
}

/// The other reading, by identifier.
pub(crate) fn other_renames() -> Option<BTreeMap<String, Vec<Rename>>> {
    let mut others: BTreeMap<String, Vec<Rename>> = BTreeMap::new();
    for row in rows("derived-esl-renames.csv")? {
        let from = Some(row[2].to_owned()).filter(|from| !from.is_empty());
        let rename = Rename { release: row[1].to_owned(), from, to: row[3].to_owned() };
        others.entry(row[0].to_owned()).or_default().push(rename);
    }
    Some(others)
}

/// Takes the first rename that fits.
fn take(renames: &mut Vec<Rename>, fits: impl Fn(&Rename) -> bool) -> Option<Rename> {
    let place = renames.iter().position(fits)?;
    Some(renames.remove(place))
}

#[test]
fn every_difference_from_the_other_reading_is_explained() {
    let (Some(entries), Some(mut others)) = (entries(), other_renames()) else {
        return;
    };
    assert_eq!(entries.len(), 1428);
    let mut ours: BTreeMap<&str, Vec<Rename>> =
        entries.iter().map(|(id, entry)| (id.as_str(), renames(&entry.note))).collect();
    for (id, ours) in &mut ours {
        let other = others.entry((*id).to_owned()).or_default();
        ours.retain(|ours| take(other, |other| other == ours).is_none());
    }
    let explained = DIFFERENCES.iter().flat_map(|(cause, places)| places.iter().map(move |at| (cause, at)));
    for (cause, (id, release)) in explained {
        let place = format!("{id} in {release}: {cause:?}");
        let (ours, other) = (ours.get_mut(id).unwrap(), others.get_mut(*id).unwrap());
        let note = &entries[*id].note;
        assert!(cause.signs().iter().any(|sign| note.contains(sign)), "no sign of {place}");
        if *cause == Cause::UntoldRelease {
            assert!(take(other, |other| other.release == *release).is_some(), "{place}");
            continue;
        }
        let rename = take(ours, |ours| {
            let turned = other.iter().any(|other| cause.turns(ours, other));
            ours.release == *release && turned == cause.has_counterpart()
        });
        let rename = rename.unwrap_or_else(|| panic!("nothing to explain at {place}"));
        take(other, |other| cause.turns(&rename, other));
    }
    ours.retain(|_, left| !left.is_empty());
    others.retain(|_, left| !left.is_empty());
    assert!(ours.is_empty(), "only here: {ours:#?}");
    assert!(others.is_empty(), "only in the other reading: {others:#?}");
}

#[test]
fn every_note_that_speaks_of_the_name_tells_a_rename_or_gives_no_name() {
    let Some(entries) = entries() else { return };
    let speaks = |note: &str| {
        let note = note.to_lowercase();
        note.split(|mark: char| !mark.is_alphanumeric()).any(|word| word == "name" || word == "named")
    };
    let untold = entries.iter().filter(|(_, entry)| speaks(&entry.note) && renames(&entry.note).is_empty());
    let untold: Vec<&str> = untold.map(|(id, _)| id.as_str()).collect();
    assert_eq!(untold, NAMELESS);
}

#[test]
fn every_name_read_stands_in_its_note() {
    let Some(entries) = entries() else { return };
    for (id, Entry { label, note }) in &entries {
        let renamed = renames(note).into_iter().flat_map(|rename| rename.from.into_iter().chain([rename.to]));
        let former = former_names(note, label).into_iter().map(|former| former.name);
        for name in renamed.chain(former).chain(unended_names(note, label)) {
            assert!(note.contains(&name), "{id}: {name:?} is not in {note:?}");
            assert!(!name.contains(" version") && !name.contains("scope note"), "{id}: {name:?}");
        }
    }
}

#[test]
fn every_name_that_was_replaced_is_todays_or_former_or_unended() {
    let Some(entries) = entries() else { return };
    let plain = |name: &str| name.to_lowercase().split_whitespace().collect::<String>();
    for (id, Entry { label, note }) in &entries {
        let former = former_names(note, label).into_iter().map(|former| former.name);
        let mut known: Vec<String> = former.chain(unended_names(note, label)).map(|name| plain(&name)).collect();
        assert!(!known.contains(&plain(label)), "{id} has its own label as a former name");
        known.push(plain(label));
        for rename in renames(note) {
            for name in rename.from.into_iter().chain([rename.to]) {
                assert!(known.contains(&plain(&name)), "{id}: {name:?} is lost");
            }
        }
    }
}

#[test]
fn every_former_name_ends_after_it_began_and_in_a_release_of_its_note() {
    let Some(entries) = entries() else { return };
    let order = |release: &str| -> Vec<u32> { release.split('.').map(|part| part.parse().unwrap()).collect() };
    for (id, Entry { label, note }) in &entries {
        for former in former_names(note, label) {
            let until = former.held_until.as_str();
            let written = note.replace("4..00", "4.00").contains(until.trim_end_matches(".00"));
            assert!(written, "{id}: no release {until}");
            if let Some(from) = &former.held_from {
                // The note of 466 has two changes in 3.00, the second of which was surely made in 4.00.
                let ordered = order(from) < order(until) || (id == "466" && from == until);
                assert!(ordered, "{id}: {former:?}");
            }
        }
    }
}
