//! Why work on the file failed.

use locksmith_app::ports::StoreError;

/// A [`StoreError`] that each of redb's errors becomes by `?`.
pub(crate) struct Refused(StoreError);

impl Refused {
    pub(crate) const CONFLICT: Self = Self(StoreError::Conflict);

    /// For what the store holds and cannot be read.
    pub(crate) fn unreadable(what: &str, error: &impl ToString) -> Self {
        Self(StoreError::Failed(format!("{what}: {}", error.to_string())))
    }
}

impl<E: Into<redb::Error>> From<E> for Refused {
    fn from(error: E) -> Self {
        Self(StoreError::Failed(error.into().to_string()))
    }
}

impl From<Refused> for StoreError {
    fn from(refused: Refused) -> Self {
        refused.0
    }
}
