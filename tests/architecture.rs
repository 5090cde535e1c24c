//! The rules that the layout promises, checked on the source itself (`docs/ARCHITECTURE.md`).
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The layers, from the ground to the top; a layer names those before it only.
const LAYERS: [&str; 21] = [
    "vocab",
    "rdf",
    "sparql",
    "snapshot",
    "shacl",
    "profile",
    "federation",
    "text_index",
    "graph",
    "worker",
    "register",
    "catalogue",
    "import",
    "list",
    "sample",
    "dump",
    "harvest",
    "pages",
    "http",
    "config",
    "command",
];

/// Crates that one layer or a few may name.
const FENCES: [(&str, &[&str]); 31] = [
    ("anyhow", &["command"]),
    ("askama", &["pages"]),
    ("axum", &["http"]),
    ("brotli", &["http"]),
    ("bytemuck", &["snapshot"]),
    ("clap", &["command"]),
    ("crc32fast", &["snapshot"]),
    ("csv", &["dump", "import"]),
    ("flate2", &["dump", "http"]),
    ("frostem", &["text_index"]),
    ("oxigraph", &["graph"]),
    ("hashbrown", &["graph", "snapshot"]),
    ("jiff", &["catalogue", "dump", "harvest"]),
    ("landlock", &["worker"]),
    ("libc", &["worker"]),
    ("memchr", &["snapshot"]),
    ("memmap2", &["snapshot"]),
    ("quick_xml", &["harvest", "import", "rdf"]),
    ("quick_cache", &["http"]),
    ("regex", &["shacl"]),
    ("rusqlite", &["register"]),
    ("rustix", &["worker"]),
    ("seccompiler", &["worker"]),
    ("sophia", &["rdf"]),
    ("spareval", &["graph", "import", "shacl", "sparql"]),
    ("spargebra", &["graph", "import", "shacl", "sparql"]),
    ("tantivy", &["text_index"]),
    ("tokio", &["command", "http", "worker"]),
    ("unicode_normalization", &["rdf", "text_index"]),
    ("ureq", &["federation"]),
    ("zstd", &["dump", "http"]),
];

/// Files that may be longer than [`LIMIT`] lines, each with its reason.
const LONG: [(&str, &str); 0] = [];

const LIMIT: usize = 400;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file under a folder, with its text.
fn sources(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push((path.clone(), fs::read_to_string(&path).unwrap()));
        }
    }
    found
}

/// The files of each layer, without their unit tests.
fn layers() -> BTreeMap<&'static str, Vec<(PathBuf, String)>> {
    LAYERS
        .into_iter()
        .map(|layer| {
            let files = sources(&root().join("src").join(layer)).into_iter().filter(|(path, _)| {
                !path.ends_with("tests.rs") && !path.components().any(|part| part.as_os_str() == "tests")
            });
            let code =
                files.map(|(path, text)| (path, text.split("#[cfg(test)]\nmod tests {").next().unwrap().to_owned()));
            (layer, code.collect())
        })
        .collect()
}

/// The code of a file without its comments.
fn code(text: &str) -> String {
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_layer_uses_only_layers_before_it() {
    for (layer, files) in layers() {
        let place = LAYERS.iter().position(|name| *name == layer).unwrap();
        for (path, text) in files {
            for above in &LAYERS[place + 1..] {
                for name in [format!("crate::{above}::"), format!("crate::{above};"), format!("crate::{above},")] {
                    assert!(
                        !code(&text).contains(&name),
                        "{} uses {above}, which stands above {layer}",
                        path.display()
                    );
                }
            }
        }
    }
}

#[test]
fn every_folder_of_the_source_is_a_layer() {
    let folders =
        fs::read_dir(root().join("src")).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir());
    let mut names: Vec<String> = folders.map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect();
    names.sort();
    let mut layers = LAYERS.to_vec();
    layers.sort_unstable();
    assert_eq!(names, layers);
}

#[test]
fn a_fenced_crate_is_named_in_its_layers_only() {
    for (layer, files) in layers() {
        for (path, text) in files {
            for (fenced, allowed) in FENCES {
                let is_named = code(&text).lines().any(|line| line.contains(&format!("{fenced}::")));
                assert!(
                    !is_named || allowed.contains(&layer),
                    "{} names {fenced}, which belongs to {allowed:?}",
                    path.display()
                );
            }
        }
    }
}

/// What writes, and the only files that call it: the writer's turn, what works in it, and the register's own (the
/// counters of a backup that is brought back are raised before anybody has it open).
const WRITES: [(&str, &[&str]); 11] = [
    (
        ".transact(",
        &["catalogue/writer/turn.rs", "register/history_dump/load.rs", "register/token.rs", "register/transaction.rs"],
    ),
    ("register.commit(", &["catalogue/writer/submit.rs"]),
    ("transaction.commit(", &["catalogue/writer/group.rs", "register/backup/counters.rs"]),
    ("graph.apply(", &["catalogue/published/mod.rs", "catalogue/writer/submit.rs", "catalogue/writer/turn.rs"]),
    ("keep_draft(", &["catalogue/writer/group.rs", "register/draft.rs"]),
    ("drop_draft(", &["catalogue/writer/group.rs", "register/draft.rs"]),
    ("count_up(", &["catalogue/writer/editing.rs", "register/draft.rs"]),
    ("write_submission(", &["catalogue/writer/submit.rs", "catalogue/writer/turn.rs"]),
    ("Group::new(", &["catalogue/writer/turn.rs"]),
    // Scratch data, which no command lets anybody write.
    (".update_scratch(", &["http/update/mod.rs"]),
    (".put_scratch(", &["http/graph_store/scratch.rs"]),
];

#[test]
fn only_the_writer_in_its_turn_writes_to_register_and_graph() {
    for (call, allowed) in WRITES {
        let mut callers = Vec::new();
        for (file, text) in layers().into_values().flatten() {
            let of_their_own = ["graph/published.rs", "graph/store.rs", "register/migrate.rs", "register/search.rs"];
            let name = file.strip_prefix(root().join("src")).unwrap().to_string_lossy().into_owned();
            if code(&text).contains(call) && !of_their_own.contains(&name.as_str()) {
                callers.push(name);
            }
        }
        callers.sort();
        assert_eq!(callers, allowed, "what calls {call}");
    }
}

#[test]
fn async_stands_in_http_command_and_worker_only() {
    for (layer, files) in layers() {
        for (path, text) in files {
            let is_async = code(&text).contains("async fn") || code(&text).contains(".await");
            assert!(!is_async || ["http", "command", "worker"].contains(&layer), "{} is async", path.display());
        }
    }
}

#[test]
fn sql_stands_in_the_register_only() {
    for (layer, files) in layers() {
        for (path, text) in files {
            let has_sql = ["INSERT INTO ", "SELECT count(", "UPDATE record", " JOIN "]
                .iter()
                .any(|sql| code(&text).contains(sql));
            assert!(!has_sql || layer == "register", "{} holds SQL", path.display());
        }
    }
}

#[test]
fn no_file_is_long() {
    for folder in ["src", "tests"] {
        for (path, text) in sources(&root().join(folder)) {
            let name = path.strip_prefix(root()).unwrap().display().to_string();
            let is_exempt = LONG.iter().any(|(long, _)| *long == name);
            assert!(is_exempt || text.lines().count() <= LIMIT, "{name} has {} lines", text.lines().count());
        }
    }
}

#[test]
fn documents_name_every_layer_route_problem_and_setting() {
    let read = |path: &str| fs::read_to_string(root().join(path)).unwrap_or_else(|_| panic!("{path} is missing"));
    let architecture = read("docs/ARCHITECTURE.md");
    for layer in LAYERS {
        assert!(architecture.contains(&format!("`{layer}`")), "ARCHITECTURE.md does not name {layer}");
    }
    let api = read("docs/API.md");
    let router = read("src/http/router.rs");
    for route in router.split(".route(\"").skip(1) {
        let address = route.split('"').next().unwrap();
        assert!(api.contains(&format!("`{address}`")), "API.md does not name {address}");
    }
    for kind in eu_service_list::http::ProblemType::ALL {
        assert!(api.contains(&format!("`{}`", kind.name())), "API.md does not name the problem {}", kind.name());
    }
    let readme = read("README.md");
    let options = read("src/command/options.rs") + &read("src/command/query_options.rs");
    for option in options.split("env = \"").skip(1) {
        let variable = option.split('"').next().unwrap();
        let flag = format!("--{}", variable.trim_start_matches("EUSL_").to_lowercase().replace('_', "-"));
        assert!(readme.contains(&flag), "README.md does not name {flag}");
    }
}

/// The engine has a client of its own, which asks whomever a query names and follows redirects to anywhere.
#[test]
fn nothing_but_the_federation_can_ask_other_servers() {
    let lock = fs::read_to_string(root().join("Cargo.lock")).unwrap();
    for client in ["oxhttp", "reqwest", "hyper-rustls", "attohttpc", "curl"] {
        assert!(!lock.contains(&format!("name = \"{client}\"")), "{client} is built in");
    }
}

#[test]
fn every_dependency_says_what_it_is_for() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let mut is_dependency = false;
    let mut before = "";
    for line in manifest.lines() {
        if line.starts_with('[') {
            is_dependency = line.contains("dependencies");
        } else if is_dependency && line.contains(" = ") {
            assert!(before.starts_with("# "), "{line} has no line before it that says what it is for");
        }
        before = line;
    }
}
