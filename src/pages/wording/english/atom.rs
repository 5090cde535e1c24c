//! The feed of what changed in English.

use crate::harvest::atom::AtomWords;

pub(super) const ATOM: AtomWords = AtomWords {
    changes: "changes",
    colon: ": ",
    new: "new",
    changed: "changed",
    deprecated: "deprecated",
    superseded: "superseded",
    withdrawn: "withdrawn",
};
