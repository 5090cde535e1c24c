//! The feed of what changed in German.

use crate::harvest::atom::AtomWords;

pub(super) const ATOM: AtomWords = AtomWords {
    changes: "Änderungen",
    colon: ": ",
    new: "neu",
    changed: "geändert",
    deprecated: "veraltet",
    superseded: "ersetzt",
    withdrawn: "zurückgezogen",
};
