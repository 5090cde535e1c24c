//! The feed of what changed in German.

use crate::harvest::atom::AtomWords;

pub(super) const ATOM: AtomWords = AtomWords {
    changes: "Änderungen",
    new: "neu",
    changed: "geändert",
    deprecated: "veraltet",
    superseded: "ersetzt",
    withdrawn: "zurückgezogen",
};
