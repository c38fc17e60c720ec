//! Replacing a file whole.

use locksmith_app::ports::WriteError;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// Replaces a file's text. Whoever reads sees the old file or the new one, also after the machine lost its
/// power. Who may read it stays as it was, and a symbolic link goes on to lead to what is replaced.
///
/// # Errors
/// [`WriteError::Refused`] where the old file stands, and [`WriteError::Unclear`] where the new one is in
/// its place and might be lost with the power.
pub(super) fn replace(
    file: &Path,
    text: &str,
    sync: impl FnOnce(&Path) -> io::Result<()>,
) -> Result<(), WriteError> {
    let dir = put(file, text).map_err(|error| WriteError::Refused(error.to_string()))?;
    sync(&dir).map_err(|error| WriteError::Unclear(error.to_string()))
}

/// Brings to the disk which files a folder has.
pub(super) fn sync(dir: &Path) -> io::Result<()> {
    File::open(dir)?.sync_all()
}

/// Puts the new file in the place of the old one; the folder in which it stands.
fn put(file: &Path, text: &str) -> io::Result<PathBuf> {
    let place = fs::canonicalize(file)?;
    let (Some(dir), Some(name)) = (place.parent(), place.file_name()) else {
        return Err(io::Error::from(io::ErrorKind::InvalidFilename));
    };
    let mut beside = std::ffi::OsString::from(".");
    beside.push(name);
    beside.push(".new");
    let beside = dir.join(beside);
    let mut new = private(&beside)?;
    new.set_permissions(fs::metadata(&place)?.permissions())?;
    new.write_all(text.as_bytes())?;
    new.sync_all()?;
    fs::rename(&beside, &place)?;
    Ok(dir.to_owned())
}

/// An empty file that nobody else can open before it has the permissions of the old one.
fn private(path: &Path) -> io::Result<File> {
    // What a process left that died would keep its own permissions.
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::{replace, sync};
    use locksmith_app::ports::WriteError;
    use std::fs;
    use std::io;

    #[test]
    fn an_error_tells_whether_the_file_was_replaced() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("a.json");
        let missing = replace(&file, "new", sync).unwrap_err();
        assert!(matches!(missing, WriteError::Refused(_)), "{missing}");
        assert!(!file.exists());
        fs::write(&file, "old").unwrap();
        let error = replace(&file, "new", |_| Err(io::Error::other("the disk is gone")));
        assert_eq!(error, Err(WriteError::Unclear("the disk is gone".to_owned())));
        assert_eq!(fs::read_to_string(&file).unwrap(), "new");
        // What a process left that died is in nobody's way.
        fs::write(dir.path().join(".a.json.new"), "left").unwrap();
        replace(&file, "newer", sync).unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "newer");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn permissions_stay_and_links_are_followed() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let (dir, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let (link, file) = (dir.path().join("a.json"), other.path().join("b.json"));
        fs::write(&file, "old").unwrap();
        symlink(&file, &link).unwrap();
        for mode in [0o600, 0o640, 0o664] {
            fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
            replace(&link, &format!("{mode:o}"), sync).unwrap();
            assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
            assert_eq!(fs::read_to_string(&file).unwrap(), format!("{mode:o}"));
            assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, mode);
        }
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }
}
