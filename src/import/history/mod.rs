//! Reads the history notes of esd's service lists: the names an entry bore before, and in which
//! releases they held.

mod sentences;

use sentences::{Change, changes};

/// One change of name told by a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rename {
    /// The release that brought the new name, normalised: `4.0` is `4.00`, `4.0.1` stays.
    pub release: String,
    /// The name it replaced, where the note gives it.
    pub from: Option<String>,
    /// The new name as it was written, without white space at its ends.
    pub to: String,
}

/// A name that an entry bore before, and the releases between which it held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormerName {
    /// The name as it was first written, without white space at its ends.
    pub name: String,
    /// The release that brought the name; `None` where the note does not tell it.
    pub held_from: Option<String>,
    /// The release that replaced the name, or by which the note shows it replaced. It may be the
    /// one that brought the name, where a note has two changes in one release.
    pub held_until: String,
}

/// The renames a note tells, in the order of their releases.
///
/// A change without a release has no place in that order and is left out, and so is one without a
/// new name. Two names given at once (one for England, one for Scotland) are two renames of the
/// same release.
pub fn renames(note: &str) -> Vec<Rename> {
    let told = changes(note).into_iter().filter_map(|change| Some((change.release?, change.from, change.to)));
    told.flat_map(|(release, from, to)| {
        to.into_iter().map(move |to| Rename { release: release.clone(), from: from.clone(), to })
    })
    .collect()
}

/// The former names that differ from today's `label`, in the order in which they ended.
///
/// Names are compared without regard to case and white space. Where the last name of a note and the
/// label differ in nothing else (42 entries of esd's list of 2015: "racing pigeons licence", double
/// spaces, "HIV/AIDS" beside "HIV / AIDS"), one of the two was mistyped; no two names of an entry
/// are told apart by these alone.
///
/// Each span of a name that came back and went again is given. A name replaced without having held
/// has no known start; whatever held then ends in the same release. A change that gives no new name
/// ends what held, and brought the name that the next change replaces. Names whose end no release
/// tells are left to [`unended_names`].
pub fn former_names(note: &str, label: &str) -> Vec<FormerName> {
    let ended = Story::of(note).ended.into_iter();
    ended
        .filter(|(held, _)| !same_name(&held.name, label))
        .map(|(held, held_until)| FormerName { name: held.name, held_from: held.since, held_until })
        .collect()
}

/// The names that differ from today's `label` although no release tells that they ended.
///
/// Some were replaced without a word in the note; others never held, for the note was mistyped
/// ("Hosuing"). Only a person can tell which.
pub fn unended_names(note: &str, label: &str) -> Vec<String> {
    let story = Story::of(note);
    let unended = story.unended.into_iter().chain(story.held);
    unended.map(|held| held.name).filter(|name| !same_name(name, label)).collect()
}

/// A name, and the release that brought it.
struct Held {
    name: String,
    since: Option<String>,
}

/// The names of an entry, followed through its changes.
#[derive(Default)]
struct Story {
    held: Vec<Held>,
    ended: Vec<(Held, String)>,
    unended: Vec<Held>,
    /// The release that brought a name the note does not give.
    unnamed_since: Option<String>,
}

impl Story {
    fn of(note: &str) -> Self {
        let mut story = Self::default();
        for change in changes(note) {
            story.follow(change);
        }
        story
    }

    fn follow(&mut self, Change { release, from, to }: Change) {
        let mut ending = std::mem::take(&mut self.held);
        let unnamed_since = self.unnamed_since.take();
        if let Some(name) = from
            && !ending.iter().any(|held| same_name(&held.name, &name))
        {
            ending.push(Held { name, since: unnamed_since });
        }
        if to.is_empty() {
            self.unnamed_since.clone_from(&release);
        }
        for name in to {
            let same = ending.iter().position(|held| same_name(&held.name, &name));
            let kept = same.map(|place| ending.remove(place));
            self.held.push(kept.unwrap_or_else(|| Held { name, since: release.clone() }));
        }
        match release {
            Some(release) => self.ended.extend(ending.into_iter().map(|held| (held, release.clone()))),
            None => self.unended.extend(ending),
        }
    }
}

fn same_name(one: &str, other: &str) -> bool {
    fn letters(name: &str) -> impl Iterator<Item = char> {
        name.chars().filter(|letter| !letter.is_whitespace()).flat_map(char::to_lowercase)
    }
    letters(one).eq(letters(other))
}

#[cfg(test)]
mod tests {
    use super::{Rename, former_names, renames, unended_names};

    /// The former names a note tells, each as `from-until name`.
    fn former(note: &str, label: &str) -> Vec<String> {
        let names = former_names(note, label).into_iter();
        names
            .map(|former| {
                let from = former.held_from.unwrap_or_default();
                format!("{from}-{} {}", former.held_until, former.name)
            })
            .collect()
    }

    #[test]
    fn renames_leave_out_what_has_no_release_or_no_name() {
        let note = "Name changed in version 3.00. Term name changed from 'A' to 'B' in version 3.01. \
                    Name changed to 'C'.";
        let rename = Rename { release: "3.01".into(), from: Some("A".into()), to: "B".into() };
        assert_eq!(renames(note), [rename]);
    }

    #[test]
    fn a_name_for_each_country_is_a_rename_of_its_own() {
        let note = "Name changed to 'A' for England and 'B' for Scotland in version 3.04.";
        let names: Vec<String> = renames(note).into_iter().map(|rename| rename.to).collect();
        assert_eq!(names, ["A", "B"]);
    }

    #[test]
    fn a_name_holds_from_its_release_until_the_next() {
        let note = "Term name changed from 'A' to 'B' in version 2.02. \
                    Term name changed from 'B' to 'C' in version 3.00. \
                    Name changed to 'D' in version 4.0.";
        assert_eq!(former(note, "D"), ["-2.02 A", "2.02-3.00 B", "3.00-4.00 C"]);
    }

    #[test]
    fn a_name_that_came_back_is_not_a_former_one() {
        let note = "Term name changed from 'Abandoned vehicles' to 'Vehicles - abandoned' in version \
                    3.00. Name changed to 'Abandoned vehicles' in version 4.00.";
        assert_eq!(former(note, "Abandoned vehicles"), ["3.00-4.00 Vehicles - abandoned"]);
    }

    #[test]
    fn a_name_that_came_back_and_went_again_has_two_spans() {
        let note = "Term name changed from 'A' to 'B' in version 3.00. Term name changed back to 'A' \
                    in version 3.05. Name/scope notes changed in version 4.0.1.";
        assert_eq!(former(note, "C"), ["-3.00 A", "3.00-3.05 B", "3.05-4.0.1 A"]);
    }

    #[test]
    fn a_first_name_that_the_note_does_not_give_is_not_made_up() {
        let note = "Added scope notes in version 3.11. \
                    Name changed to 'racing pigeons licence' in version 4.00.";
        assert!(former(note, "Racing pigeons licence").is_empty());
        assert!(unended_names(note, "Racing pigeons licence").is_empty());
    }

    #[test]
    fn case_and_white_space_make_no_other_name() {
        let note = "Name changed to 'HIV/AIDS  SUPPORT' in version 3.00. \
                    Term name changed from 'Hiv / Aids support' to 'hiv/aids support' in version 3.05. \
                    Name changed to 'Care' in version 4.00.";
        assert_eq!(former(note, "Care"), ["3.00-4.00 HIV/AIDS  SUPPORT"]);
        assert!(former(note, "HIV / AIDS support").is_empty());
    }

    #[test]
    fn a_replaced_name_that_did_not_hold_has_no_known_start() {
        let note = "Name changed to 'A' in version 2.02. \
                    Term name changed from 'B' to 'C' in version 3.00.";
        assert_eq!(former(note, "C"), ["2.02-3.00 A", "-3.00 B"]);
    }

    #[test]
    fn a_change_without_a_new_name_brought_the_name_replaced_next() {
        let note = "Term name changed from 'A' to 'B' in version 3.00. Name updated in version 3.01. \
                    Term name changed from 'C' to 'D' in version 3.02.";
        assert_eq!(former(note, "D"), ["-3.00 A", "3.00-3.01 B", "3.01-3.02 C"]);
    }

    #[test]
    fn an_entry_deprecated_and_reinstated_keeps_its_last_name_open() {
        let note = "Term name changed from 'Late hours' to 'Private club' in version 3.00. \
                    Previously deprecated - reinstate in version 4.0.1.";
        assert_eq!(former(note, "Club premises certificate"), ["-3.00 Late hours"]);
        assert_eq!(unended_names(note, "Club premises certificate"), ["Private club"]);
    }

    #[test]
    fn a_name_replaced_in_an_untold_release_has_no_end() {
        let note = "Name changed to 'A' in version 3.00. Term name changed from 'A' to 'B'. \
                    Name changed to 'C' in version 4.00";
        assert_eq!(former(note, "C"), ["-4.00 B"]);
        assert_eq!(unended_names(note, "C"), ["A"]);
    }
}
