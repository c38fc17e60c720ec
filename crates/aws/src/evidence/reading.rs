//! One reading: an event loop that starts whatever is wanted as soon as it is known to be wanted.

use super::files::{Files, Put, What, evidence};
use super::job::{Done, Job, Worker, known_few};
use super::organization::Organizations;
use super::s3::{self, Owner};
use super::session::{Sessions, Tally};
use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use jiff::Timestamp;
use locksmith_app::ports::{Inventory, Reading};
use locksmith_core::arn::Arn;
use locksmith_core::evidence::Evidence;
use locksmith_core::wanted::Wanted;
use std::collections::{BTreeMap, BTreeSet};

/// A reading as far as it has come.
pub(super) struct Walk<'a, I> {
    worker: Worker<'a, I>,
    home_region: String,
    started: BTreeSet<Job>,
    owners: BTreeMap<String, Owner>,
    /// Buckets whose owner the inventory told.
    remembered: BTreeSet<String>,
    /// Whether access control lists may count, of the buckets that were read, and how long the
    /// chain was until then.
    lists: BTreeMap<String, (bool, u32)>,
    /// Objects that are there.
    objects: Vec<(Job, u32)>,
    files: Files,
    organizations: Organizations,
    calls: u64,
    longest_chain: u32,
}

impl<'a, I: Inventory> Walk<'a, I> {
    pub(super) fn new(sessions: &'a Sessions, inventory: &'a I, now: Timestamp) -> Self {
        Self {
            worker: Worker::new(sessions, inventory, now),
            home_region: sessions.known().accounts.home_region(),
            started: BTreeSet::new(),
            owners: BTreeMap::new(),
            remembered: BTreeSet::new(),
            lists: BTreeMap::new(),
            objects: Vec::new(),
            files: Files::begun(now),
            organizations: Organizations::default(),
            calls: 0,
            longest_chain: 0,
        }
    }

    /// Reads until nothing more is wanted.
    pub(super) async fn run(mut self, wanted: impl Fn(&Evidence) -> BTreeSet<Wanted>) -> Reading {
        let worker = &self.worker.clone();
        let mut running = FuturesUnordered::new();
        let mut next: Vec<(Job, u32)> = Vec::new();
        let mut depth = 0;
        loop {
            let files = self.files.all(self.organizations.files());
            let evidence = evidence(&files);
            for want in wanted(&evidence) {
                next.extend(self.jobs(want).into_iter().map(|job| (job, depth)));
            }
            for (job, depth) in next.drain(..) {
                if self.started.insert(job.clone()) {
                    let tally = Tally::behind(depth);
                    running.push(async move { worker.perform(job, tally).await });
                }
            }
            let Some(done) = running.next().await else {
                let (calls, longest_chain) = (self.calls, self.longest_chain);
                return Reading { evidence, files, calls, longest_chain };
            };
            depth = done.depth;
            next = self.take_in(done);
        }
    }

    /// What has to be done for what is wanted, as far as it can be begun.
    fn jobs(&mut self, wanted: Wanted) -> Vec<Job> {
        let home = || self.home_region.clone();
        match wanted {
            Wanted::Role { account, name } => vec![Job::Role { account, name }],
            Wanted::User { account, name } => vec![Job::User { account, name }],
            Wanted::Principal { account, unique_id } => vec![Job::Principal { account, unique_id }],
            Wanted::Membership { account } => vec![Job::Membership { account }],
            Wanted::Key { account, region, id } => vec![Job::Key { account, region, id }],
            Wanted::VpcEndpoint { account, region, id } => {
                vec![Job::VpcEndpoint { account, region: region.unwrap_or_else(home), id }]
            }
            Wanted::AccessPoint { account, region, name } => {
                let named = Arn::parse(&name).map(|arn| arn.region.to_owned());
                let region = named.filter(|region| !region.is_empty()).or(region);
                let region = region.unwrap_or_else(home);
                let mut jobs = self.early();
                jobs.push(match account {
                    Some(account) => Job::AccessPoint { account, region, arn: name },
                    None => Job::FindAccessPoint { region, alias: name },
                });
                jobs
            }
            Wanted::Bucket { account, region, name } => {
                let region = region.unwrap_or_else(home);
                if let Some(account) = account {
                    let owner = Owner { account, region: region.clone() };
                    self.owners.entry(name.clone()).or_insert(owner);
                }
                match self.owners.get(&name) {
                    Some(owner) => vec![Job::Bucket { owner: owner.clone(), name }],
                    None => {
                        let mut jobs = self.early();
                        jobs.push(Job::RecallOwner { name, region });
                        jobs
                    }
                }
            }
            Wanted::Object { bucket, key, version } => match self.owners.get(&bucket).cloned() {
                Some(owner) => vec![Job::Object { owner, bucket, key, version }],
                None => Vec::new(),
            },
            // Wanted is open to growth, and what is not known here stays unread.
            _ => Vec::new(),
        }
    }

    /// Sessions in all accounts, where it is not known yet which ones are needed: their roles are
    /// assumed while the owner is looked up, so that the look-up makes the chain no longer.
    fn early(&self) -> Vec<Job> {
        let sessions = self.worker.sessions();
        let configured = &sessions.known().accounts.configured;
        let few = Some(configured).filter(|_| known_few(sessions));
        few.into_iter().flatten().map(|account| Job::Assume { account: *account }).collect()
    }

    /// Takes an answer in, and says what follows besides what the engine wants.
    fn take_in(&mut self, done: Done) -> Vec<(Job, u32)> {
        self.calls += done.calls;
        self.longest_chain = self.longest_chain.max(done.depth);
        let depth = done.depth;
        let mut next: Vec<_> = done.next.into_iter().map(|job| (job, depth)).collect();
        if let Some((name, owner)) = done.owner {
            if done.remembered {
                self.remembered.insert(name.clone());
            }
            self.files.keep_bucket_of(&name, owner.account);
            self.owners.insert(name, owner);
        }
        // What was still being read as somebody who does not own the bucket.
        if done.job.bucket().is_some_and(|(name, owner)| self.owners.get(name) != Some(owner)) {
            return next;
        }
        if let Some((account, standing)) = done.standing {
            self.organizations.put(account, standing);
        }
        for put in &done.puts {
            self.look(&done.job, put, depth, &mut next);
        }
        for put in done.puts {
            self.files.put(put);
        }
        next.extend(self.access_jobs());
        next
    }

    /// What an answer about a bucket or object means for what follows.
    fn look(&mut self, job: &Job, put: &Put, depth: u32, next: &mut Vec<(Job, u32)>) {
        match (job, &put.what) {
            (Job::Bucket { name, owner }, What::Bucket(bucket)) => {
                self.lists.insert(name.clone(), (s3::lists_may_count(bucket), depth));
                // A remembered owner that is refused is no longer the owner.
                let refused = !bucket["BucketRegion"].is_string();
                if refused && self.remembered.remove(name) {
                    let (name, region) = (name.clone(), owner.region.clone());
                    next.push((Job::FindOwner { name, region }, depth));
                }
            }
            (Job::Object { .. }, What::Object { value, .. }) if value["Owner"].is_null() => {
                self.objects.push((job.clone(), depth));
            }
            _ => {}
        }
    }

    /// Access control lists of objects in buckets where lists may count.
    fn access_jobs(&mut self) -> Vec<(Job, u32)> {
        let mut next = Vec::new();
        let lists = &self.lists;
        self.objects.retain(|(job, found)| {
            let Job::Object { owner, bucket, key, version } = job else { return false };
            let Some((count, read)) = lists.get(bucket) else { return true };
            if *count {
                let (owner, bucket) = (owner.clone(), bucket.clone());
                let (key, version) = (key.clone(), version.clone());
                next.push((Job::Access { owner, bucket, key, version }, *found.max(read)));
            }
            false
        });
        next
    }
}
