//! The feed of what changed in Dutch.

use crate::harvest::atom::AtomWords;

pub(super) const ATOM: AtomWords = AtomWords {
    changes: "wijzigingen",
    colon: ": ",
    new: "nieuw",
    changed: "gewijzigd",
    deprecated: "verouderd",
    superseded: "vervangen",
    withdrawn: "ingetrokken",
};
