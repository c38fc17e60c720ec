//! What making changes and taking them back share on one machine.

use crate::exit::Exit;
use crate::journal_file::JournalFile;
use crate::problem::Problem;
use core::time::Duration;
use jiff::Timestamp;
use locksmith_app::change::{ChangeError, Step};
use locksmith_app::ports::{Clock, Locks, StoreError};
use locksmith_core::plan::Digest;

/// The name of a work, which CloudTrail shows as the session's.
pub(crate) fn named(digest: &Digest) -> String {
    format!("cli-{}", digest.short(16))
}

/// Why a work stopped. What was noted last says whether something stands.
pub(crate) fn stopped(error: &ChangeError, file: &JournalFile) -> Problem {
    let exit = match error {
        ChangeError::Digest { .. } | ChangeError::Statements { .. } => Exit::BadInput,
        ChangeError::Store(_) => {
            let stored = file.stored();
            let stands = stored.is_some_and(|journal| journal.steps.iter().any(Step::may_stand));
            if stands { Exit::HalfWay } else { Exit::Output }
        }
    };
    let problem = Problem::new(exit, error.to_string());
    match exit {
        Exit::HalfWay => problem.help(format!(
            "some changes stand; {} says which, and the same command goes on",
            file.path().display()
        )),
        _ => problem,
    }
}

/// The wall clock.
#[derive(Debug)]
pub(crate) struct Wall;

impl Clock for Wall {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    async fn wait(&self, how_long: Duration) {
        tokio::time::sleep(how_long).await;
    }
}

/// No locks: nobody else writes from here, and who writes from elsewhere is seen by comparing.
#[derive(Debug)]
pub(crate) struct Alone;

impl Locks for Alone {
    async fn lock(&self, _: &str, _: &str, _: Timestamp, _: Timestamp) -> Result<bool, StoreError> {
        Ok(true)
    }

    async fn unlock(&self, _: &str, _: &str) -> Result<(), StoreError> {
        Ok(())
    }
}
