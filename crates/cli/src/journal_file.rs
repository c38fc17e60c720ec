//! The journal of a work in a file: whole at any time, and in one program's hands.

use crate::exit::Exit;
use crate::input::io_text;
use crate::problem::Problem;
use locksmith_app::change::Journal;
use locksmith_app::ports::{JournalStore, StoreError};
use std::ffi::OsString;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// A journal that no other program has.
#[derive(Debug)]
pub(crate) struct JournalFile {
    path: PathBuf,
    /// As it was stored last; none while there is none.
    stored: Mutex<Option<Journal>>,
    /// Held as long as this lives, and given back by the operating system even after a crash.
    _lock: File,
}

impl JournalFile {
    /// Takes the journal at a path, whether there is one yet or not.
    pub(crate) fn take(path: &Path) -> Result<Self, Problem> {
        let name = path.display().to_string();
        let beside = with(path, ".lock");
        let lock = OpenOptions::new().create(true).truncate(false).write(true).open(&beside);
        let lock = lock.map_err(|error| {
            let file = beside.display().to_string();
            Problem::new(Exit::Output, io_text(&error)).in_file(file)
        })?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(Problem::new(
                    Exit::BadInput,
                    "another program works with this journal",
                )
                .in_file(name)
                .help("wait until it has ended, and look then what it did"));
            }
            Err(TryLockError::Error(error)) => {
                return Err(Problem::new(Exit::Output, io_text(&error)).in_file(name));
            }
        }
        let stored = match fs::read(path) {
            Ok(bytes) => Some(parse(&bytes).map_err(|problem| problem.in_file(name))?),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => {
                return Err(Problem::new(Exit::BadInput, io_text(&error)).in_file(name));
            }
        };
        Ok(Self { path: path.to_owned(), stored: Mutex::new(stored), _lock: lock })
    }

    /// The journal as it was stored last.
    pub(crate) fn stored(&self) -> Option<Journal> {
        self.stored.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Writes beside, and puts it in place once it is on the disk.
    fn write(&self, journal: &Journal) -> io::Result<()> {
        let new = with(&self.path, ".new");
        let mut file = File::create(&new)?;
        serde_json::to_writer_pretty(&mut file, journal)?;
        file.write_all(b"\n")?;
        file.sync_all()?;
        fs::rename(&new, &self.path)?;
        // The name is on the disk only when its folder is.
        match self.path.parent() {
            Some(folder) if cfg!(unix) => {
                let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
                File::open(folder)?.sync_all()
            }
            _ => Ok(()),
        }
    }
}

impl JournalStore for JournalFile {
    async fn save(&self, journal: &Journal) -> Result<(), StoreError> {
        let mut stored = self.stored.lock().unwrap_or_else(PoisonError::into_inner);
        let before = stored.as_ref().map_or(0, |stored| stored.version);
        // Version 1 begins anew, in place of a journal of which nothing stands any more.
        if journal.version != 1 && journal.version != before + 1 {
            return Err(StoreError::Conflict);
        }
        self.write(journal).map_err(|error| {
            StoreError::Failed(format!("{}: {}", self.path.display(), io_text(&error)))
        })?;
        *stored = Some(journal.clone());
        Ok(())
    }
}

fn with(path: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(ending);
    name.into()
}

fn parse(bytes: &[u8]) -> Result<Journal, Problem> {
    serde_json::from_slice(bytes).map_err(|error| {
        Problem::new(Exit::BadInput, format!("not a journal: {error}"))
            .help("name the file that `locksmith apply` wrote, or another one for a new journal")
    })
}
