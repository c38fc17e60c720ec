//! A sighting: one denial as an EventBridge event tells it, reduced to what incidents are made of.

mod group;
mod prefix;
mod subject;

pub use group::{Class, GroupKey};
pub use prefix::observed_prefix;

use crate::config::Configuration;
use core::fmt;
use jiff::Timestamp;
use locksmith_core::arn::{AccountId, Arn};
use locksmith_core::context::Fact;
use locksmith_core::evaluate::CallerKind;
use locksmith_core::message::{Blame, Message};
use locksmith_core::record::{Record, ResourceEntry};
use serde::Deserialize;
use serde_json::Value;

/// A denial that concerns us.
#[derive(Clone, Debug, PartialEq)]
pub struct Sighting {
    /// Stands for the event: the same for all copies of it, in whichever accounts.
    pub event: u64,
    /// When the call was made.
    pub at: Timestamp,
    /// The role's or user's unique id where the record tells it, else its ARN.
    pub principal: String,
    /// The role's or user's ARN, where the record tells it.
    pub principal_arn: Option<String>,
    /// The caller's account; none for AWS's own services.
    pub principal_account: Option<AccountId>,
    /// The kind of operation.
    pub class: Class,
    /// The bucket's name, or the ARN of the key or role.
    pub resource: String,
    /// The leading folders of the object; none where the record tells no object.
    pub prefix: Option<String>,
    /// The key's ARN, where the record tells it.
    pub key: Option<String>,
    /// The bucket's or key's owner; the caller's copy of a denied call to S3 hides it.
    pub resource_account: Option<AccountId>,
    /// How much the record tells; of two, the better one is kept.
    pub rank: u8,
    /// The CloudTrail record.
    pub record: Value,
}

impl Sighting {
    /// The group of denials that it belongs to.
    pub fn group(&self) -> GroupKey {
        GroupKey::new(&self.principal, self.class, &self.resource)
    }
}

/// What an event came to.
#[derive(Clone, Debug, PartialEq)]
pub enum Seen {
    /// A denial that concerns us.
    Ours(Box<Sighting>),
    /// Something that does not.
    Passed(Passed),
}

/// Why an event is passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Passed {
    /// It is not CloudTrail's, or no denial.
    NotADenial,
    /// It is about a service that is not watched.
    OtherService,
    /// The event or its caller is of an account that is not trusted.
    UntrustedAccount,
    /// The configuration names the caller or its account.
    Ignored,
    /// Nobody signed the request: whoever scans the internet.
    Anonymous,
    /// Locksmith itself, which looks for a bucket's owner by trying.
    Locksmith,
    /// The request failed by itself: a signature, an expired link, an object lock.
    NotByPolicy,
}

impl Passed {
    /// Its name in logs.
    pub fn name(self) -> &'static str {
        match self {
            Self::NotADenial => "not_a_denial",
            Self::OtherService => "other_service",
            Self::UntrustedAccount => "untrusted_account",
            Self::Ignored => "ignored",
            Self::Anonymous => "anonymous",
            Self::Locksmith => "locksmith",
            Self::NotByPolicy => "not_by_policy",
        }
    }
}

/// A message that is no event: it is kept for people to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PoisonError(String);

impl fmt::Display for PoisonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not an EventBridge event around a CloudTrail record: {}", self.0)
    }
}

impl core::error::Error for PoisonError {}

/// What is read of an EventBridge event.
/// <https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html>
#[derive(Deserialize)]
struct Envelope {
    source: String,
    account: AccountId,
    #[serde(default)]
    detail: Value,
}

impl Seen {
    /// Reads an EventBridge event.
    ///
    /// `source` and `account` are set by EventBridge: nobody can put events whose source begins
    /// with `aws.`, so the record is CloudTrail's and of the account that is named.
    ///
    /// # Errors
    /// [`PoisonError`] for what is no such event.
    pub fn read(event: &str, configuration: &Configuration) -> Result<Self, PoisonError> {
        let poison = |problem: String| PoisonError(problem);
        let envelope: Envelope =
            serde_json::from_str(event).map_err(|error| poison(error.to_string()))?;
        if !envelope.source.starts_with("aws.") || !envelope.detail.is_object() {
            return Ok(Self::Passed(Passed::NotADenial));
        }
        let record = Record::from_value(&envelope.detail).map_err(poison)?;
        if !record.is_denied() {
            return Ok(Self::Passed(Passed::NotADenial));
        }
        let message = record.error_message.as_deref().map(Message::parse).unwrap_or_default();
        if let Some(why) = passed(&record, &message, envelope.account, configuration) {
            return Ok(Self::Passed(why));
        }
        let time = record.event_time.as_deref().unwrap_or_default();
        let at = time.parse().map_err(|error| poison(format!("eventTime `{time}`: {error}")))?;
        Ok(Self::Ours(Box::new(sighting(&record, &message, at, envelope.detail))))
    }
}

fn passed(
    record: &Record,
    message: &Message,
    sender: AccountId,
    configuration: &Configuration,
) -> Option<Passed> {
    let detect = &configuration.detect;
    let caller = &record.identity.caller;
    if !detect.services.iter().any(|service| service == record.service()) {
        return Some(Passed::OtherService);
    }
    if caller.kind == CallerKind::Anonymous {
        return Some(Passed::Anonymous);
    }
    if !configuration.trusts(sender)
        || caller.account.is_some_and(|account| !configuration.trusts(account))
    {
        return Some(Passed::UntrustedAccount);
    }
    let arn = caller.entity.arn().unwrap_or(&caller.name);
    if is_locksmith(arn, &caller.name) {
        return Some(Passed::Locksmith);
    }
    if configuration.ignores(&[arn, &caller.name], caller.account) {
        return Some(Passed::Ignored);
    }
    (message.blame == Some(Blame::Request)).then_some(Passed::NotByPolicy)
}

/// Our own roles stand below `/locksmith/`; the owner's copy knows only the session's name.
fn is_locksmith(arn: &str, name: &str) -> bool {
    let session = name.split_once(':').map(|(_, session)| session);
    arn.contains(":role/locksmith/")
        || !arn.starts_with("arn:") && session.is_some_and(|name| name.starts_with("locksmith-"))
}

fn sighting(record: &Record, message: &Message, at: Timestamp, detail: Value) -> Sighting {
    let caller = &record.identity.caller;
    let arn = match caller.entity.arn() {
        Some(arn) => Some(arn.to_owned()),
        None if caller.name.starts_with("arn:") => Some(caller.name.to_string()),
        None => None,
    };
    let principal = match (&caller.unique_id, &arn) {
        (Fact::One(id), _) => id.to_string(),
        (_, Some(arn)) => arn.clone(),
        (_, None) => caller.name.to_string(),
    };
    let subject = subject::of(record, message);
    // Besides the bucket a record may name the source of a copy, or the key.
    let is_subject = |entry: &&ResourceEntry| {
        let arn = entry.arn.as_deref().and_then(Arn::parse);
        arn.is_some_and(|arn| {
            arn.text == subject.resource
                || arn.resource.split('/').next() == Some(&*subject.resource)
        })
    };
    let mut about = record.resources.iter().filter(is_subject);
    let resource_account = about.find_map(|entry| entry.account);
    let rank = u8::from(!subject.forwarded) << 1 | u8::from(arn.is_some());
    Sighting {
        event: event_key(&detail),
        at,
        principal,
        principal_arn: arn,
        principal_account: caller.account,
        class: subject.class,
        resource: subject.resource,
        prefix: subject.prefix,
        key: subject.key,
        resource_account,
        rank,
        record: detail,
    }
}

/// All copies of an event share `sharedEventID`; a corrected one names the event that it corrects.
/// <https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html>
fn event_key(detail: &Value) -> u64 {
    let text = |pointer: &str| detail.pointer(pointer).and_then(Value::as_str);
    let ids = ["/sharedEventID", "/addendum/originalEventID", "/eventID"];
    match ids.iter().find_map(|id| text(id)) {
        Some(id) => group::hash(&[id]),
        None => group::hash(&[&detail.to_string()]),
    }
}

#[cfg(test)]
mod tests;
