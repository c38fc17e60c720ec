//! The things that a reading does, each on its own.

use super::answer::{Answer, Failure};
use super::files::{Put, What};
use super::iam::{self, ManagedPolicies};
use super::json::unreadable;
use super::key;
use super::organization::{self, Standing};
use super::s3::{self, Owner};
use super::session::{Session, Sessions, Step, Tally};
use super::vpc_endpoint;
use core::future::Future;
use futures_util::StreamExt as _;
use futures_util::future::join;
use futures_util::stream::FuturesUnordered;
use jiff::Timestamp;
use locksmith_app::ports::Inventory;
use locksmith_core::arn::AccountId;
use serde_json::json;
use std::sync::Arc;

/// The most accounts that are looked at at once.
const FEW: usize = 16;

/// Something to do.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Job {
    /// Assume a role before it is known what for.
    Assume { account: AccountId },
    /// Read a role.
    Role { account: AccountId, name: String },
    /// Read a user.
    User { account: AccountId, name: String },
    /// Read the principal of a unique id.
    Principal { account: AccountId, unique_id: String },
    /// Look a bucket's owner up in the inventory.
    RecallOwner { name: String, region: String },
    /// Tell the inventory of a bucket's owner.
    RememberOwner { name: String, account: AccountId },
    /// Find a bucket's owner by asking as each account.
    FindOwner { name: String, region: String },
    /// Read a bucket.
    Bucket { owner: Owner, name: String },
    /// Look an object up.
    Object { owner: Owner, bucket: String, key: String, version: Option<String> },
    /// Read an object's access control list.
    Access { owner: Owner, bucket: String, key: String, version: Option<String> },
    /// Find an access point by its alias.
    FindAccessPoint { region: String, alias: String },
    /// Read an access point.
    AccessPoint { account: AccountId, region: String, arn: String },
    /// Read a key.
    Key { account: AccountId, region: String, id: String },
    /// Read a VPC endpoint; without an account of whichever it is.
    VpcEndpoint { account: Option<AccountId>, region: String, id: String },
    /// Find an account's place in its organization.
    Membership { account: AccountId },
}

impl Job {
    /// The bucket that the job reads in, and as whom.
    pub(super) fn bucket(&self) -> Option<(&str, &Owner)> {
        match self {
            Self::Bucket { owner, name: bucket }
            | Self::Object { owner, bucket, .. }
            | Self::Access { owner, bucket, .. } => Some((bucket, owner)),
            _ => None,
        }
    }
}

/// What a job came to.
#[derive(Debug)]
pub(super) struct Done {
    pub(super) job: Job,
    pub(super) puts: Vec<Put>,
    pub(super) owner: Option<(String, Owner)>,
    /// Whether the owner is what the inventory remembered.
    pub(super) remembered: bool,
    pub(super) standing: Option<(AccountId, Standing)>,
    pub(super) next: Vec<Job>,
    pub(super) calls: u64,
    pub(super) depth: u32,
}

/// Does jobs.
#[derive(Debug)]
pub(super) struct Worker<'a, I> {
    sessions: &'a Sessions,
    inventory: &'a I,
    policies: Arc<ManagedPolicies>,
    now: Timestamp,
}

impl<I> Clone for Worker<'_, I> {
    fn clone(&self) -> Self {
        let policies = self.policies.clone();
        Self { sessions: self.sessions, inventory: self.inventory, policies, now: self.now }
    }
}

impl<'a, I: Inventory> Worker<'a, I> {
    pub(super) fn new(sessions: &'a Sessions, inventory: &'a I, now: Timestamp) -> Self {
        Self { sessions, inventory, policies: Arc::default(), now }
    }

    pub(super) fn sessions(&self) -> &Sessions {
        self.sessions
    }

    /// Does a job behind the chain of calls that led to it.
    pub(super) async fn perform(&self, job: Job, tally: Arc<Tally>) -> Done {
        let step = Step::first(tally.clone());
        let mut done = Done {
            job: job.clone(),
            puts: Vec::new(),
            owner: None,
            remembered: false,
            standing: None,
            next: Vec::new(),
            calls: 0,
            depth: 0,
        };
        self.work(&job, &step, &mut done).await;
        done.calls = tally.calls();
        done.depth = tally.deepest();
        done
    }

    async fn work(&self, job: &Job, step: &Step, done: &mut Done) {
        let known = self.sessions.known();
        let home = known.accounts.home_region();
        let (policies, versions) = (&*self.policies, &known.policy_versions);
        match job {
            Job::Assume { account } => {
                // Whoever needs the session tells why it could not be had.
                let _ = self.sessions.open(*account, &home, step).await;
            }
            Job::Role { account, name } => {
                done.puts = match self.sessions.open(*account, &home, step).await {
                    Ok(session) => iam::role(&session, policies, versions, name).await,
                    Err(failure) => vec![section(*account, "Iam", &failure)],
                };
            }
            Job::User { account, name } => {
                done.puts = match self.sessions.open(*account, &home, step).await {
                    Ok(session) => iam::user(&session, policies, versions, name).await,
                    Err(failure) => vec![section(*account, "Iam", &failure)],
                };
            }
            Job::Principal { account, unique_id } => {
                let names = &known.unique_ids;
                done.puts = match self.sessions.open(*account, &home, step).await {
                    Ok(session) => {
                        iam::principal(&session, policies, versions, names, unique_id).await
                    }
                    Err(failure) => vec![section(*account, "Iam", &failure)],
                };
            }
            Job::RecallOwner { name, region } => self.recall_owner(name, region, done).await,
            Job::RememberOwner { name, account } => {
                if let Err(error) = self.inventory.learned(name, *account, self.now).await {
                    tracing::warn!(bucket = name, %error, "the inventory could not be told");
                }
            }
            Job::FindOwner { name, region } => self.find_owner(name, region, step, done).await,
            Job::Bucket { owner, name } => {
                done.puts = match self.enter(owner, step).await {
                    Ok(session) => s3::bucket(&session, name).await,
                    Err(failure) => s3::bucket_behind(owner.account, name, &failure),
                };
            }
            Job::Object { owner, bucket, key, version } => {
                let version = version.as_deref();
                // Why a session could not be had stands in the bucket's entry.
                if let Ok(session) = self.enter(owner, step).await {
                    done.puts = s3::object(&session, bucket, key, version).await;
                }
            }
            Job::Access { owner, bucket, key, version } => {
                if let Ok(session) = self.enter(owner, step).await {
                    done.puts = s3::access(&session, bucket, key, version.as_deref()).await;
                }
            }
            Job::FindAccessPoint { region, alias } => {
                self.find_access_point(region, alias, step, done).await;
            }
            Job::AccessPoint { account, region, arn } => {
                done.puts = match self.sessions.open(*account, region, step).await {
                    Ok(session) => s3::access_point(&session, arn).await,
                    Err(failure) => {
                        let value = json!({
                            "AccessPointArn": arn,
                            "Bucket": unreadable(&failure),
                            "BucketAccountId": unreadable(&failure),
                            "Policy": unreadable(&failure),
                        });
                        let list = "AccessPoints";
                        vec![Put::entry(*account, "S3", list, "AccessPointArn", value)]
                    }
                };
            }
            Job::Key { account, region, id } => {
                done.puts = match self.sessions.open(*account, region, step).await {
                    Ok(session) => key::key(&session, id).await,
                    Err(failure) => vec![section(*account, "Kms", &failure)],
                };
            }
            Job::VpcEndpoint { account, region, id } => {
                self.vpc_endpoint(*account, region, id, step, done).await;
            }
            Job::Membership { account } => {
                let standing = organization::standing(self.sessions, *account, step).await;
                done.standing = Some((*account, standing));
            }
        }
    }

    async fn enter(&self, owner: &Owner, step: &Step) -> Answer<Session> {
        self.sessions.open(owner.account, &owner.region, step).await
    }

    async fn recall_owner(&self, name: &str, region: &str, done: &mut Done) {
        let known = self.inventory.owner(name, self.now).await;
        let known = known.unwrap_or_else(|error| {
            tracing::warn!(bucket = name, %error, "the inventory could not be asked");
            None
        });
        let region = region.to_owned();
        match known {
            Some(account) => {
                done.owner = Some((name.to_owned(), Owner { account, region }));
                done.remembered = true;
            }
            None => done.next.push(Job::FindOwner { name: name.to_owned(), region }),
        }
    }

    async fn find_owner(&self, name: &str, region: &str, step: &Step, done: &mut Done) {
        // Where the owner stands in the organization is looked up in the same moment, because its
        // guardrails take two calls more.
        let few = known_few(self.sessions);
        let ask = async |session: Session| {
            let locate = async {
                if few {
                    organization::locate(self.sessions, session.account(), step).await;
                }
            };
            join(s3::probe(&session, name), locate).await.0.map(Some)
        };
        let Some((owner, put)) = self.anywhere(region, step, ask).await else {
            tracing::info!(bucket = name, "no configured account owns the bucket");
            return;
        };
        // Whoever waits for the owner does not wait for the inventory.
        done.next = vec![Job::RememberOwner { name: name.to_owned(), account: owner.account }];
        done.owner = Some((name.to_owned(), owner));
        done.puts = vec![put];
    }

    async fn find_access_point(&self, region: &str, alias: &str, step: &Step, done: &mut Done) {
        let ask = async |session: Session| {
            let account = session.account();
            let found = s3::alias_owner(&session, alias).await?;
            Ok(found.map(|(arn, put)| (account, arn, put)))
        };
        if let Some((account, arn, put)) = self.anywhere(region, step, ask).await {
            done.puts = vec![put];
            done.next = vec![Job::AccessPoint { account, region: region.to_owned(), arn }];
        }
    }

    async fn vpc_endpoint(
        &self,
        account: Option<AccountId>,
        region: &str,
        id: &str,
        step: &Step,
        done: &mut Done,
    ) {
        let Some(account) = account else {
            let ask = async |session: Session| vpc_endpoint::vpc_endpoint(&session, id).await;
            done.puts.extend(self.anywhere(region, step, ask).await);
            return;
        };
        let found = match self.sessions.open(account, region, step).await {
            Ok(session) => vpc_endpoint::vpc_endpoint(&session, id).await,
            Err(failure) => Err(failure),
        };
        match found {
            Ok(found) => done.puts.extend(found),
            Err(failure) => done.puts.push(vpc_endpoint::unread(account, id, failure)),
        }
    }

    /// Asks as every account at once; the first that knows is believed.
    async fn anywhere<T, F>(
        &self,
        region: &str,
        step: &Step,
        ask: impl Fn(Session) -> F,
    ) -> Option<T>
    where
        F: Future<Output = Answer<Option<T>>>,
    {
        let ask = &ask;
        let as_account = |account: &AccountId| {
            let account = *account;
            async move { ask(self.sessions.open(account, region, step).await?).await }
        };
        let accounts = &self.sessions.known().accounts.configured;
        let mut asked: FuturesUnordered<_> = accounts.iter().map(as_account).collect();
        while let Some(answer) = asked.next().await {
            match answer {
                Ok(Some(found)) => return Some(found),
                Ok(None) => {}
                Err(failure) => tracing::debug!(%failure, "an account does not know"),
            }
        }
        None
    }
}

/// Whether there are so few accounts that they are all looked at at once. With more of them it would
/// be a call to each for nothing.
pub(super) fn known_few(sessions: &Sessions) -> bool {
    sessions.known().accounts.configured.len() <= FEW
}

/// A section that cannot be read for want of a session.
fn section(account: AccountId, section: &'static str, failure: &Failure) -> Put {
    Put::new(account, What::Unreadable { section, why: failure.to_string() })
}
