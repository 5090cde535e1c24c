//! The rules of the tables, each as a question of SQL whose answers are what breaks it.

use super::finding::{Finding, Remedy};

/// A rule.
pub(super) struct Rule {
    /// Asks for what breaks it: IRI of the record, number of the version, and a detail; each may be NULL.
    pub sql: &'static str,
    /// What is wrong; `{}` stands for the detail.
    pub what: &'static str,
    /// What to do.
    pub remedy: Remedy,
}

impl Rule {
    const fn history(sql: &'static str, what: &'static str) -> Self {
        Self { sql, what, remedy: Remedy::Restore }
    }

    const fn derived(sql: &'static str, what: &'static str) -> Self {
        Self { sql, what, remedy: Remedy::MakeAnew }
    }

    /// The finding of one answer.
    pub(super) fn broken(&self, record: Option<String>, version: Option<u64>, detail: &str) -> Finding {
        Finding { record, version, what: self.what.replace("{}", detail), remedy: self.remedy }
    }
}

/// All of them.
pub(super) const RULES: &[Rule] = &[
    Rule::history(
        "SELECT NULL, NULL, number FROM revision AS later WHERE number != 1
             AND NOT EXISTS (SELECT 1 FROM revision WHERE number = later.number - 1)",
        "revision {} follows none: the one before it is not there",
    ),
    Rule::history(
        "SELECT iri, record.version, (SELECT max(number) FROM version WHERE version.record = record.id) AS last
             FROM record WHERE last IS NOT record.version",
        "its present version is not its last, which is {}",
    ),
    Rule::history(
        "SELECT iri, number, number - 1 FROM version AS later LEFT JOIN record ON record.id = later.record
             WHERE number != 1
             AND NOT EXISTS (SELECT 1 FROM version WHERE record = later.record AND number = later.number - 1)",
        "version {} before it is not there",
    ),
    Rule::history(
        "SELECT NULL, number, record FROM version WHERE NOT EXISTS (SELECT 1 FROM record WHERE id = version.record)",
        "a version is of a record, {}, that is not there",
    ),
    Rule::history(
        "SELECT iri, number, NULL FROM version LEFT JOIN record ON record.id = version.record
             WHERE NOT EXISTS (SELECT 1 FROM feed WHERE feed.record = version.record AND feed.version = number)",
        "it is not in the feed",
    ),
    Rule::history(
        "SELECT iri, feed.version, position FROM feed LEFT JOIN record ON record.id = feed.record
             WHERE NOT EXISTS (SELECT 1 FROM version WHERE version.record = feed.record AND number = feed.version)",
        "entry {} of the feed names it, and it is not there",
    ),
    Rule::history(
        "SELECT iri, NULL, number FROM number JOIN record ON record.id = number.record
             WHERE kind != 'service-type' OR substr(iri, -length(number) - 1) != '/' || number",
        "it bears the number {}, which its name does not say",
    ),
    Rule::history(
        "SELECT iri, NULL, NULL FROM record WHERE kind = 'service-type'
             AND NOT EXISTS (SELECT 1 FROM number WHERE number.record = record.id)",
        "its number is not kept from being given again",
    ),
    Rule::history(
        "SELECT iri, NULL, number FROM number JOIN record ON record.id = number.record
             WHERE number > coalesce((SELECT last FROM counter WHERE counter.kind = 'service-type'), 0)",
        "the counter of numbers has not come to {} and would give it again",
    ),
    Rule::history(
        "SELECT iri, NULL, name FROM release JOIN record ON record.id = release.record
             WHERE members != (SELECT count(*) FROM release_member WHERE release_member.release = name)",
        "release {} has more or fewer members than when it was made",
    ),
    Rule::history(
        "SELECT iri, member.version, name FROM release_member AS member JOIN release ON name = member.release
             JOIN record ON record.id = member.record
             JOIN version ON version.record = member.record AND version.number = member.version
             WHERE version.revision > release.revision OR EXISTS (SELECT 1 FROM version AS next
                 WHERE next.record = member.record AND next.number = member.version + 1
                   AND next.revision <= release.revision)",
        "release {} has it as a member, and it was not the present version when the release was made",
    ),
    Rule::derived(
        "SELECT iri, record.version, NULL FROM record
             JOIN version ON version.record = record.id AND version.number = record.version
             LEFT JOIN shown ON shown.record = record.id
             WHERE shown.revision IS NULL OR shown.revision < version.revision",
        "it is not noted when its document last came to show something else",
    ),
    Rule::derived(
        "SELECT NULL, NULL, rowid FROM search WHERE NOT EXISTS (SELECT 1 FROM record WHERE id = search.rowid / 4096)",
        "row {} of the index of searches is of no record",
    ),
    Rule {
        sql: "SELECT iri, changes, NULL FROM draft WHERE changes IS NOT NULL AND NOT EXISTS
             (SELECT 1 FROM record JOIN version ON version.record = record.id
              WHERE record.iri = draft.iri AND number = draft.changes)",
        what: "a draft would change this version, which is not there",
        remedy: Remedy::WriteAnew,
    },
    Rule {
        sql: "SELECT iri, NULL, draft.kind FROM draft JOIN record USING (iri) WHERE draft.kind != record.kind",
        what: "a draft of it has the kind {}, which is not the record's",
        remedy: Remedy::WriteAnew,
    },
];
