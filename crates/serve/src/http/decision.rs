//! A decision as its form tells it.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use locksmith_app::approve::Decision;
use locksmith_core::plan::{Digest, Scope};
use serde::Deserialize;

/// The longest reason.
const REASON: usize = 2000;

/// The fields of the form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Filled {
    digest: String,
    asked_at: String,
    decision: String,
    reason: String,
    until: String,
    scope: String,
}

/// What was decided, on what.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Read {
    pub(crate) digest: Digest,
    pub(crate) asked_at: Option<Timestamp>,
    pub(crate) decision: Decision,
}

impl Filled {
    /// Reads the form; none for one that no page of ours has.
    pub(crate) fn read(&self) -> Option<Read> {
        let digest = Digest::parse(&self.digest).ok()?;
        let asked_at = match self.asked_at.as_str() {
            "" => None,
            text => Some(text.parse().ok()?),
        };
        let reason = || self.reason.trim().chars().take(REASON).collect::<String>();
        let decision = match self.decision.as_str() {
            "approve" => Decision::Approve,
            "break_glass" => Decision::BreakGlass { reason: reason() },
            "reject" => Decision::Reject { reason: reason() },
            // Without a day it is over already, and refused as incomplete.
            "suppress" => {
                let until = end_of(&self.until).unwrap_or(Timestamp::UNIX_EPOCH);
                Decision::Suppress { reason: reason(), until }
            }
            "rescope" => {
                Decision::Rescope(Scope::ALL.into_iter().find(|one| one.name() == self.scope)?)
            }
            _ => return None,
        };
        Some(Read { digest, asked_at, decision })
    }
}

/// The end of a day, in UTC.
fn end_of(day: &str) -> Option<Timestamp> {
    let day: Date = day.parse().ok()?;
    let begins = day.to_zoned(TimeZone::UTC).ok()?.timestamp();
    begins.checked_add(SignedDuration::from_hours(24)).ok()
}

#[cfg(test)]
mod tests {
    use super::Filled;
    use locksmith_app::approve::Decision;
    use locksmith_core::plan::{Digest, Scope};

    fn filled(decision: &str, more: impl FnOnce(&mut Filled)) -> Option<Decision> {
        let digest = Digest::of_changes(&[]).to_string();
        let mut filled = Filled { digest, decision: decision.to_owned(), ..Filled::default() };
        more(&mut filled);
        filled.read().map(|read| read.decision)
    }

    #[test]
    fn forms_are_read() {
        assert_eq!(filled("approve", |_| {}), Some(Decision::Approve));
        let reject = filled("reject", |form| form.reason = " no \n".to_owned());
        assert_eq!(reject, Some(Decision::Reject { reason: "no".to_owned() }));
        let suppress = filled("suppress", |form| {
            form.reason = "right".to_owned();
            form.until = "2026-12-31".to_owned();
        });
        let until = "2027-01-01T00:00:00Z".parse().unwrap();
        assert_eq!(suppress, Some(Decision::Suppress { reason: "right".to_owned(), until }));
        let scope = filled("rescope", |form| form.scope = "prefix".to_owned());
        assert_eq!(scope, Some(Decision::Rescope(Scope::Prefix)));
    }

    #[test]
    fn what_no_form_of_ours_says_is_refused() {
        assert_eq!(filled("", |_| {}), None);
        assert_eq!(filled("rescope", |_| {}), None);
        assert_eq!(filled("approve", |form| form.digest = "sha256:0".to_owned()), None);
        assert_eq!(filled("approve", |form| form.asked_at = "yesterday".to_owned()), None);
        let long = filled("reject", |form| form.reason = "x".repeat(5000));
        assert!(matches!(long, Some(Decision::Reject { reason }) if reason.len() == 2000));
    }
}
