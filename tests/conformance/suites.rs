//! The suites that are run: where each is, and how many entries its parts have.

use crate::manifest::Suite;
use std::path::PathBuf;

/// Every suite, with the entries that are counted in its parts; those of SPARQL are counted in
/// `docs/SPARQL-CONFORMANCE.md`.
pub(crate) fn all() -> Vec<(Suite, &'static [(&'static str, usize)])> {
    vec![(w3c_shacl(), &SHACL), (own_shacl(), &[]), (sparql10(), &[]), (sparql11(), &[]), (sparql12(), &[])]
}

/// How many entries the parts of the W3C's suite for SHACL have.
const SHACL: [(&str, usize); 2] = [("shacl/core/", 98), ("shacl/sparql/", 22)];

/// The W3C's suite for SHACL, which stands beside the project.
fn w3c_shacl() -> Suite {
    Suite {
        name: "shacl",
        folder: root().join("../shared/suites/shacl/tests"),
        base: "urn:x-shacl-test:/",
        manifests: &["manifest.ttl"],
    }
}

/// The product's own cases of SHACL, in the same form.
pub(crate) fn own_shacl() -> Suite {
    Suite {
        name: "own",
        folder: root().join("tests/fixtures/shacl"),
        base: "http://lists.example.eu/tests/shacl/",
        manifests: &["manifest.ttl"],
    }
}

/// The W3C's suite for SPARQL 1.0, which stands beside the project as the next two do.
fn sparql10() -> Suite {
    Suite {
        name: "sparql10",
        folder: root().join("../shared/suites/sparql/sparql10"),
        base: "http://www.w3.org/2001/sw/DataAccess/tests/data-r2/",
        manifests: &["manifest.ttl"],
    }
}

/// Its manifest of the Graph Store Protocol describes a test `head_non_existing_direct` and does not list it;
/// `tests/http/scratch.rs` has it.
fn sparql11() -> Suite {
    Suite {
        name: "sparql11",
        folder: root().join("../shared/suites/sparql/sparql11"),
        base: "http://www.w3.org/2009/sparql/docs/tests/data-sparql11/",
        manifests: &["manifest-all.ttl"],
    }
}

/// Its first manifest has a name that is not its address, so those that it includes stand here.
fn sparql12() -> Suite {
    Suite {
        name: "sparql12",
        folder: root().join("../shared/suites/sparql/sparql12"),
        base: "https://w3c.github.io/rdf-tests/sparql/sparql12/",
        manifests: &[
            "grouping/manifest.ttl",
            "codepoint-escapes/manifest.ttl",
            "syntax-triple-terms-negative/manifest.ttl",
            "syntax-triple-terms-positive/manifest.ttl",
            "eval-triple-terms/manifest.ttl",
            "expression/manifest.ttl",
            "lang-basedir/manifest.ttl",
            "rdf11/manifest.ttl",
            "version/manifest.ttl",
            "syntax/manifest.ttl",
        ],
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
