//! The file: opening it, and telling well why that is not possible.

use crate::error::Refused;
use crate::tables::{
    ABOUT, ADMITTED, ATTACHMENTS, BY_STATE, FIXES, INCIDENTS, LAYOUT, LOCKS, OWNERS,
};
use locksmith_app::ports::StoreError;
use redb::backends::FileBackend;
use redb::{Builder, Database, DatabaseError, ReadableTable as _, StorageError};
use std::fs::{File, OpenOptions};
use std::io::ErrorKind;
use std::path::Path;

/// What redb may hold in memory. Its default is a gigabyte.
const CACHE: usize = 32 << 20;

pub(crate) fn open(path: &Path) -> Result<Database, StoreError> {
    let fail = |why: &str| StoreError::Failed(format!("{}: {why}", path.display()));
    let file = own_file(path).map_err(|error| fail(&error.to_string()))?;
    let opened = FileBackend::new(file)
        .and_then(|backend| Builder::new().set_cache_size(CACHE).create_with_backend(backend));
    let database = opened.map_err(|error| fail(&refusal(&error)))?;
    let layout =
        layout(&database).map_err(|refused| fail(&StoreError::from(refused).to_string()))?;
    if layout > LAYOUT {
        return Err(fail(&format!(
            "written by a newer locksmith (layout {layout}, this one knows {LAYOUT}): \
             update locksmith, or name another file"
        )));
    }
    Ok(database)
}

/// Diagnoses quote policies, which are not for everybody on the machine.
fn own_file(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn refusal(error: &DatabaseError) -> String {
    match error {
        DatabaseError::DatabaseAlreadyOpen => {
            "another process has it open: stop that one, or name another file".to_owned()
        }
        DatabaseError::Storage(StorageError::Io(error))
            if error.kind() == ErrorKind::InvalidData =>
        {
            "not a store of locksmith: name another file".to_owned()
        }
        other => other.to_string(),
    }
}

/// The layout that the file has. A new file, and one of an older layout, gets the tables that it has
/// not; reading then finds all of them.
fn layout(database: &Database) -> Result<u32, Refused> {
    let transaction = database.begin_write()?;
    let layout = {
        let mut about = transaction.open_table(ABOUT)?;
        let written = about.get("layout")?.map_or(0, |layout| layout.value());
        if written < LAYOUT {
            about.insert("layout", LAYOUT)?;
            transaction.open_table(INCIDENTS)?;
            transaction.open_table(ATTACHMENTS)?;
            transaction.open_table(BY_STATE)?;
            transaction.open_table(ADMITTED)?;
            transaction.open_table(OWNERS)?;
            transaction.open_table(FIXES)?;
            transaction.open_table(LOCKS)?;
        }
        written.max(LAYOUT)
    };
    transaction.commit()?;
    Ok(layout)
}
