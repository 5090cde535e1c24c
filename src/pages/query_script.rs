//! The script of the query page, as it was bundled from the sources in `script/` (`.ci/bundle`).

use sha2::{Digest, Sha256};
use std::sync::LazyLock;

/// The script, to be served at `{root}assets/` and [`query_script_name`] as `text/javascript`.
pub const QUERY_SCRIPT: &str = include_str!("script/dist/query.js");

/// The licences of what the script is made of, to be served beside it at `{root}assets/LICENSES.txt`.
pub const SCRIPT_LICENCES: &str = include_str!("script/dist/LICENSES.txt");

/// What the script is called: another script has another name, so that anybody may keep one for good.
pub fn query_script_name() -> &'static str {
    static NAME: LazyLock<String> = LazyLock::new(|| {
        let digest: [u8; 32] = Sha256::digest(QUERY_SCRIPT).into();
        let [first, second, third, fourth, ..] = digest;
        let mark = u32::from_be_bytes([first, second, third, fourth]);
        format!("query-{mark:08x}.js")
    });
    &NAME
}
