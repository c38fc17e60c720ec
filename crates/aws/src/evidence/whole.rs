//! Whole accounts, for an evidence folder that answers any question.

use super::answer::Failure;
use super::files::{Files, Put, What, evidence};
use super::iam;
use super::json::unreadable;
use super::key;
use super::organization::{self, Organizations};
use super::s3;
use super::session::{Session, Sessions, Step, Tally};
use super::vpc_endpoint;
use core::future::Future;
use futures_util::StreamExt as _;
use futures_util::future::{join_all, join4};
use futures_util::stream;
use jiff::Timestamp;
use locksmith_app::ports::Reading;
use locksmith_core::arn::AccountId;

/// Buckets, keys or access points that are read at a time; the account's gate bounds the calls.
const AT_A_TIME: usize = 16;

/// Reads accounts and their organization.
pub(super) async fn read(
    sessions: &Sessions,
    accounts: &[AccountId],
    regions: &[String],
    progress: &impl Fn(&str),
) -> Reading {
    let tally = Tally::behind(0);
    let step = Step::first(tally.clone());
    let mut files = Files::begun(Timestamp::now());
    let whole = Whole { sessions, step, regions, progress };
    let read = accounts.iter().map(|account| whole.account(*account));
    let (puts, organizations) =
        futures_util::future::join(join_all(read), whole.organizations(accounts)).await;
    for put in puts.into_iter().flatten() {
        files.put(put);
    }
    let files = files.all(organizations.files());
    let evidence = evidence(&files);
    Reading { evidence, files, calls: tally.calls(), longest_chain: tally.deepest() }
}

struct Whole<'a, P> {
    sessions: &'a Sessions,
    step: Step,
    regions: &'a [String],
    progress: &'a P,
}

impl<P: Fn(&str)> Whole<'_, P> {
    fn tell(&self, account: AccountId, what: &str) {
        (self.progress)(&format!("{account}: {what}"));
    }

    async fn account(&self, account: AccountId) -> Vec<Put> {
        let home = self.sessions.known().accounts.home_region();
        let session = match self.sessions.open(account, &home, &self.step).await {
            Ok(session) => session,
            Err(failure) => {
                let why = failure.to_string();
                let section =
                    |section| Put::new(account, What::Unreadable { section, why: why.clone() });
                return ["Iam", "S3", "Kms", "Ec2"].map(section).into();
            }
        };
        let (mut puts, buckets, blocked, regions) = join4(
            self.principals(&session),
            self.buckets(&session),
            s3::account_settings(&session),
            join_all(self.regions.iter().map(|region| self.region(session.moved(region)))),
        )
        .await;
        puts.extend(buckets);
        puts.push(blocked);
        puts.extend(regions.into_iter().flatten());
        self.tell(account, "done");
        puts
    }

    async fn principals(&self, session: &Session) -> Vec<Put> {
        let account = session.account();
        self.tell(account, "principals and policies");
        iam::authorization_details(session).await
    }

    async fn buckets(&self, session: &Session) -> Vec<Put> {
        let account = session.account();
        self.tell(account, "buckets");
        let listed = match s3::buckets(session).await {
            Ok(listed) => listed,
            Err(failure) => return vec![unlisted(account, "S3", "Buckets", &failure)],
        };
        let after = &listed.after;
        let bucket = async |bucket: aws_sdk_s3::types::Bucket| {
            let name = bucket.name().unwrap_or_default();
            let here =
                bucket.bucket_region().map_or_else(|| after.clone(), |there| after.moved(there));
            Put::new(account, What::Bucket(s3::settings(&here, name).await))
        };
        let mut puts = some_at_a_time(listed.entries.iter().cloned().map(bucket)).await;
        puts.extend(listed.failure.map(|failure| unlisted(account, "S3", "Buckets", &failure)));
        puts
    }

    async fn region(&self, session: Session) -> Vec<Put> {
        let (keys, endpoints, points) = futures_util::future::join3(
            self.keys(&session),
            self.vpc_endpoints(&session),
            self.access_points(&session),
        )
        .await;
        [keys, endpoints, points].concat()
    }

    async fn keys(&self, session: &Session) -> Vec<Put> {
        let account = session.account();
        self.tell(account, &format!("keys in {}", session.region()));
        let listed = match key::keys(session).await {
            Ok(listed) => listed,
            Err(failure) => return vec![unlisted(account, "Kms", "Keys", &failure)],
        };
        let after = &listed.after;
        let arns = listed.entries.iter().filter_map(|key| key.key_arn().map(str::to_owned));
        let read = arns.map(async |arn| key::key(after, &arn).await);
        let mut puts = some_at_a_time(read).await.concat();
        // The Region counts as read only if the list of its keys was read to its end.
        puts.retain(|put| !matches!(put.what, What::KeyRegion(_)));
        puts.push(match &listed.failure {
            None => Put::new(account, What::KeyRegion(session.region().to_owned())),
            Some(failure) => unlisted(account, "Kms", "Keys", failure),
        });
        puts
    }

    async fn vpc_endpoints(&self, session: &Session) -> Vec<Put> {
        let account = session.account();
        self.tell(account, &format!("VPC endpoints in {}", session.region()));
        match vpc_endpoint::vpc_endpoints(session).await {
            Ok(puts) => puts,
            Err(failure) => vec![unlisted(account, "Ec2", "VpcEndpoints", &failure)],
        }
    }

    async fn access_points(&self, session: &Session) -> Vec<Put> {
        let account = session.account();
        self.tell(account, &format!("access points in {}", session.region()));
        let listed = match s3::access_points(session).await {
            Ok(listed) => listed,
            Err(failure) => return vec![unlisted(account, "S3", "AccessPoints", &failure)],
        };
        let after = &listed.after;
        let arns = listed.entries.iter().filter_map(|point| point.access_point_arn());
        let read = arns.map(|arn| s3::access_point(after, arn));
        let mut puts = some_at_a_time(read).await.concat();
        puts.extend(listed.failure.map(|why| unlisted(account, "S3", "AccessPoints", &why)));
        puts
    }

    async fn organizations(&self, accounts: &[AccountId]) -> Organizations {
        let mut all = Organizations::default();
        match self.sessions.open_organization(&self.step).await {
            Some(Ok(session)) => {
                let cache = &self.sessions.known().organization;
                (self.progress)("the organization");
                let standing = organization::whole(&session, cache).await;
                all.put(session.account(), standing);
            }
            Some(Err(failure)) => {
                for account in accounts {
                    let standing = organization::Standing::Unreadable(failure.to_string());
                    all.put(*account, standing);
                }
            }
            None => {
                let ask = async |account: &AccountId| {
                    let standing =
                        organization::standing(self.sessions, *account, &self.step).await;
                    (*account, standing)
                };
                for (account, standing) in join_all(accounts.iter().map(ask)).await {
                    all.put(account, standing);
                }
            }
        }
        all
    }
}

async fn some_at_a_time<T>(work: impl Iterator<Item = impl Future<Output = T>>) -> Vec<T> {
    stream::iter(work).buffered(AT_A_TIME).collect().await
}

/// A list, or what is missing at its end, that could not be read.
fn unlisted(
    account: AccountId,
    section: &'static str,
    list: &'static str,
    failure: &Failure,
) -> Put {
    Put::entry(account, section, list, "Name", unreadable(failure))
}
