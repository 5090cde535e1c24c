//! The feed of what changed in French.

use crate::harvest::atom::AtomWords;

pub(super) const ATOM: AtomWords = AtomWords {
    changes: "modifications",
    colon: "\u{A0}: ",
    new: "nouveau",
    changed: "modifié",
    deprecated: "obsolète",
    superseded: "remplacé",
    withdrawn: "retiré",
};
