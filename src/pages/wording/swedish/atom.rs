//! The feed of what changed in Swedish.

use crate::harvest::atom::AtomWords;

pub(super) const ATOM: AtomWords = AtomWords {
    changes: "ändringar",
    colon: ": ",
    new: "ny",
    changed: "ändrad",
    deprecated: "inaktuell",
    superseded: "ersatt",
    withdrawn: "indragen",
};
