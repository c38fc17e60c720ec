//! What the tests share: reading the corpora.

pub mod fuzz_targets;

use std::path::{Path, PathBuf};

/// The folder of the tests.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every JSON file below a folder, in the order of their paths.
///
/// # Panics
/// If a folder cannot be read: a corpus that is not there must not pass.
pub fn json_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let entries = std::fs::read_dir(folder);
    #[expect(clippy::panic, reason = "a test without its corpus fails")]
    let entries = entries.unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            files.extend(json_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "json") {
            files.push(path);
        }
    }
    files.sort();
    files
}
