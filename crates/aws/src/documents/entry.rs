//! Entering an account for a work: as whom, under which name, and with how little.

use super::narrowing::session_policy;
use crate::evidence::{AccountCredentials, Accounts, Gate, RoleSession, Session};
use locksmith_app::ports::{Slot, Work};
use locksmith_core::arn::{AccountId, Arn};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// The tag of a session that names the incident.
const TAG: &str = "locksmith-incident";
/// The most sessions that are kept.
const KEPT: usize = 64;

/// The sessions of the works that are under way.
#[derive(Debug)]
pub(super) struct Entries {
    accounts: Accounts,
    held: Mutex<HashMap<Key, Entry>>,
}

/// Sessions are shared by those who may do the same under the same name.
type Key = (AccountId, String, String);

#[derive(Clone, Debug)]
struct Entry {
    credentials: Arc<AccountCredentials>,
    gate: Arc<Gate>,
}

impl Entries {
    pub(super) fn new(accounts: Accounts) -> Self {
        Self { accounts, held: Mutex::default() }
    }

    /// Becomes the writer of a slot's account, for one of the work's slots.
    pub(super) async fn enter(&self, work: Work<'_>, slot: &Slot) -> Result<Session, String> {
        let account = slot.account;
        if !work.slots.contains(slot) {
            return Err(format!("`{}` is not what {} may touch", slot.target, work.name));
        }
        if !self.accounts.configured.contains(&account) {
            return Err(format!(
                "account {account} is not among the accounts that Locksmith may enter"
            ));
        }
        let Entry { credentials, gate } = self.entry(work, account);
        let (answer, _) = credentials.get().await;
        answer.map_err(|failure| failure.to_string())?;
        let home = self.accounts.home_region();
        let of_arn = || Arn::parse(&slot.target).map(|arn| arn.region);
        let region = slot.region.as_deref().or_else(of_arn).filter(|region| !region.is_empty());
        let region = region.unwrap_or(&home);
        Ok(Session::new(&self.accounts.hub, account, region, credentials, gate))
    }

    fn entry(&self, work: Work<'_>, account: AccountId) -> Entry {
        let policy = session_policy(account, work.slots);
        let key = (account, work.name.to_owned(), policy);
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = held.get(&key) {
            return known.clone();
        }
        if held.len() >= KEPT {
            held.clear();
        }
        let entry = Entry {
            credentials: Arc::new(self.credentials(work, account, &key.2)),
            gate: Arc::new(Gate::new(self.accounts.concurrency)),
        };
        held.entry(key).or_insert(entry).clone()
    }

    fn credentials(&self, work: Work<'_>, account: AccountId, policy: &str) -> AccountCredentials {
        let accounts = &self.accounts;
        if let Some(profile) = accounts.profiles.get(&account) {
            return AccountCredentials::of_profile(&accounts.hub, profile);
        }
        if accounts.ambient == Some(account) {
            return AccountCredentials::ambient(&accounts.hub);
        }
        let session = RoleSession {
            role: accounts.role_arn(account, &accounts.write_role),
            name: session_name(work.name),
            external_id: accounts.external_id.clone(),
            policy: Some(policy.to_owned()),
            tags: vec![(TAG, plain(work.name, 256))],
        };
        AccountCredentials::of_role(&accounts.hub, session)
    }
}

/// The name of a session, which names the work.
/// <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html>
fn session_name(work: &str) -> String {
    plain(&format!("locksmith-{work}"), 64)
}

/// A text of what names of sessions and values of tags may both have.
fn plain(text: &str, most: usize) -> String {
    let plain = |c: char| match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '_' | '=' | '.' | '@' | '-' => c,
        _ => '-',
    };
    text.chars().take(most).map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::{Entries, session_name};
    use crate::documents::address::tests::{KEY, slot};
    use crate::evidence::Accounts;
    use aws_config::{BehaviorVersion, SdkConfig};
    use locksmith_app::ports::Work;
    use locksmith_core::plan::ChangeKind::{PutBucketPolicy, PutKeyPolicy};
    use std::sync::Arc;

    fn entries(configured: &[&str]) -> Entries {
        let hub = SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .http_client(crate::http_client())
            .build();
        let configured = configured.iter().filter_map(|id| super::AccountId::parse(id));
        Entries::new(Accounts::new(hub, configured))
    }

    #[test]
    fn names_are_what_sts_takes() {
        assert_eq!(session_name("5f0c61aa93b2d7e4-1"), "locksmith-5f0c61aa93b2d7e4-1");
        assert_eq!(session_name("a b/é"), "locksmith-a-b--");
        assert_eq!(session_name(&"x".repeat(99)).len(), 64);
    }

    #[tokio::test]
    async fn only_the_works_slots_in_configured_accounts_are_entered() {
        let (mine, other) = (slot(PutBucketPolicy, "arn:aws:s3:::b"), slot(PutKeyPolicy, KEY));
        let slots = [mine.clone()];
        let work = Work { name: "i-1", slots: &slots };
        let refused = entries(&["111111111111"]).enter(work, &other).await.unwrap_err();
        assert!(refused.ends_with("is not what i-1 may touch"), "{refused}");
        let refused = entries(&["222222222222"]).enter(work, &mine).await.unwrap_err();
        assert!(refused.starts_with("account 111111111111 is not among"), "{refused}");
    }

    #[test]
    fn works_that_may_do_the_same_share_a_session() {
        let entries = entries(&["111111111111"]);
        let (one, other) = (slot(PutBucketPolicy, "arn:aws:s3:::b"), slot(PutKeyPolicy, KEY));
        let account = one.account;
        let (alone, both) = ([one.clone()], [one, other]);
        let open = |name, slots| entries.entry(Work { name, slots }, account).credentials;
        let first = open("i-1", &alone);
        assert!(Arc::ptr_eq(&first, &open("i-1", &alone)));
        assert!(!Arc::ptr_eq(&first, &open("i-2", &alone)));
        assert!(!Arc::ptr_eq(&first, &open("i-1", &both)));
    }
}
