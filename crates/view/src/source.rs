//! The files that evidence was read from, to quote from.

mod locate;

pub use locate::{Found, Position, locate, locate_member};

use locksmith_core::diagnosis::Place;
use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

/// Texts of files, and what was found in them so far.
#[derive(Debug, Default)]
pub struct Sources {
    dir: PathBuf,
    texts: BTreeMap<String, String>,
    /// The same statement decides many calls, and files are large.
    found: Mutex<HashMap<Place, Option<Arc<Found>>>>,
}

impl Sources {
    /// Takes the texts of files by their names in a folder.
    pub fn new(dir: impl Into<PathBuf>, texts: BTreeMap<String, String>) -> Self {
        Self { dir: dir.into(), texts, found: Mutex::default() }
    }

    /// What stands at a place, where the file is at hand.
    pub fn find(&self, place: &Place) -> Option<Arc<Found>> {
        // What is kept is whole at any time, so it is good also after a panic elsewhere.
        let mut known = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = known.get(place) {
            return found.clone();
        }
        let text = self.texts.get(&place.file);
        let found = text.and_then(|text| locate(text, &place.path)).map(Arc::new);
        known.insert(place.clone(), found.clone());
        found
    }

    /// The file with its folder, as a terminal can open it.
    pub fn path(&self, file: &str) -> String {
        self.dir.join(file).display().to_string()
    }
}
