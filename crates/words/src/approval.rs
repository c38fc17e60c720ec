//! What speaks against an approval, and what is missing.

use crate::Words;
use locksmith_app::approve::{Missing, Objection};
use locksmith_app::card::minute;

impl Words {
    /// Why an approval does not count.
    pub fn objection(self, objection: &Objection) -> String {
        match objection {
            Objection::NotEntitled { person, account } => self.say(
                "chat-refused-not-entitled",
                &[("person", person.into()), ("account", account.as_str().into())],
            ),
            Objection::Benefits { person, principal } => self.say(
                "chat-refused-benefits",
                &[("person", person.into()), ("principal", principal.into())],
            ),
            Objection::OtherChanges { person } => {
                self.say("chat-refused-other-changes", &[("person", person.into())])
            }
            Objection::Stale { person, at } => {
                let at = minute(*at);
                self.say("chat-refused-stale", &[("person", person.into()), ("at", (&at).into())])
            }
            Objection::TooFew(missing) => self.missing(*missing),
        }
    }

    /// How many approvals an account has, and takes.
    pub fn missing(self, missing: Missing) -> String {
        let account = ("account", missing.account.as_str().into());
        let count = |count: usize| u64::try_from(count).unwrap_or(u64::MAX).into();
        match missing.quorum {
            Some(quorum) => self.say(
                "chat-missing",
                &[account, ("given", count(missing.given)), ("quorum", count(quorum))],
            ),
            None => self.say("chat-missing-nobody", &[account]),
        }
    }
}
