//! The feed of what changed in Norwegian.

use crate::harvest::atom::AtomWords;

pub(super) const ATOM: AtomWords = AtomWords {
    changes: "endringer",
    colon: ": ",
    new: "ny",
    changed: "endret",
    deprecated: "utgått",
    superseded: "erstattet",
    withdrawn: "trukket tilbake",
};
