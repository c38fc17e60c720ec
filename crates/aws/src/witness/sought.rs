//! What a call leaves in the event history when it succeeds.

use jiff::Timestamp;
use locksmith_app::incident::Incident;
use locksmith_app::sighting::observed_prefix;
use locksmith_core::arn::{AccountId, Arn};
use locksmith_core::context::Fact;
use locksmith_core::diagnosis::CallSummary;
use locksmith_core::evaluate::Caller;
use locksmith_core::record::Record;
use serde_json::Value;

/// Where calls to a global endpoint are noted.
const GLOBAL: &str = "us-east-1";

/// The event that shows that a call succeeds by now.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sought<'a> {
    incident: &'a Incident,
    call: &'a CallSummary,
    /// The service that notes it.
    service: &'static str,
    /// The name of the event.
    operation: &'a str,
    /// The ARN of the key or role.
    pub(super) resource: &'a str,
    /// Where it is noted.
    pub(super) region: &'a str,
}

impl<'a> Sought<'a> {
    /// What a call leaves; none where it leaves nothing, or nothing that other calls do not.
    pub(super) fn of(incident: &'a Incident, call: &'a CallSummary) -> Option<Self> {
        let key = |text: Option<&'a str>| {
            let is_key = |arn: &Arn<'_>| arn.service == "kms" && arn.resource.starts_with("key/");
            text.and_then(Arn::parse).filter(is_key)
        };
        let of_key = |operation, arn: Arn<'a>| Self {
            incident,
            call,
            service: "kms",
            operation,
            resource: arn.text,
            region: arn.region,
        };
        let resource = call.resource.as_deref();
        match &*call.service {
            "s3" => Some(of_key(asked_of_kms(&call.operation)?, key(incident.key.as_deref())?)),
            "kms" => Some(of_key(
                &call.operation,
                key(resource).or_else(|| key(incident.key.as_deref()))?,
            )),
            "sts" => Some(Self {
                incident,
                call,
                service: "sts",
                operation: &call.operation,
                resource: Arn::parse(resource?).filter(|arn| arn.service == "iam")?.text,
                region: call.region.as_deref().unwrap_or(GLOBAL),
            }),
            _ => None,
        }
    }

    /// The accounts that have the event: the caller's, and that of the key or role.
    pub(super) fn accounts(&self) -> Vec<AccountId> {
        let caller = self.incident.principal_account.or(self.call.principal_account);
        let owner = Arn::parse(self.resource).and_then(|arn| arn.account_id());
        let mut accounts: Vec<_> = caller.into_iter().chain(owner).collect();
        accounts.dedup();
        accounts
    }

    /// When the call of a record succeeded, if it is the one that is sought, and after a time.
    pub(super) fn success(&self, record: &Record, since: Timestamp) -> Option<Timestamp> {
        let at: Timestamp = record.event_time.as_deref()?.parse().ok()?;
        let is_it = record.error_code.is_none()
            && at > since
            && record.service() == self.service
            && record.event_name == self.operation
            && self.is_on(record)
            && self.is_by(&record.identity.caller)
            && self.is_about(record);
        is_it.then_some(at)
    }

    fn is_on(&self, record: &Record) -> bool {
        let listed = record.resources.iter().filter_map(|entry| entry.arn.as_deref());
        listed.into_iter().any(|arn| arn == self.resource)
            || record.parameter("roleArn").is_some_and(|arn| arn == self.resource)
    }

    /// The owner's copy of an event tells the unique id alone.
    fn is_by(&self, caller: &Caller) -> bool {
        let arn = caller.entity.arn().unwrap_or(&caller.name);
        let id = match &caller.unique_id {
            Fact::One(id) => Some(&**id),
            _ => None,
        };
        id == Some(&*self.incident.principal)
            || arn == self.incident.principal
            || self.incident.principal_arn.as_deref() == Some(arn)
    }

    /// Whether S3 asked for the same object, or nobody asked for S3. With a Bucket Key the event tells
    /// only the bucket, which has to do.
    fn is_about(&self, record: &Record) -> bool {
        let Some(asked) = asked_by_s3(record) else { return !self.is_for_s3() };
        if !self.is_for_s3() {
            return false;
        }
        let (bucket, object) = match asked.resource.split_once('/') {
            Some((bucket, object)) => (bucket, Some(object)),
            None => (asked.resource, None),
        };
        let same_object = |object: &str| match self.object() {
            Some(ours) => ours == asked.text,
            None => {
                let prefix = self.incident.prefix.as_deref();
                prefix.is_none_or(|prefix| observed_prefix(object) == prefix)
            }
        };
        bucket == self.incident.resource && object.is_none_or(same_object)
    }

    /// Whether it is a call to S3, or one that S3 forwarded: then the incident is about a bucket.
    fn is_for_s3(&self) -> bool {
        self.service == "kms" && !self.incident.resource.starts_with("arn:")
    }

    /// The object's ARN, where the call tells it.
    fn object(&self) -> Option<&str> {
        let arn = self.call.resource.as_deref().and_then(Arn::parse)?;
        (arn.service == "s3" && arn.resource.contains('/')).then_some(arn.text)
    }
}

/// What S3 asks of KMS for an operation. Parts of an upload are left out, since they ask for what
/// reading asks for too; copies, since they have two sides.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html>
fn asked_of_kms(operation: &str) -> Option<&'static str> {
    match operation {
        "GetObject" | "SelectObjectContent" => Some("Decrypt"),
        "PutObject" | "PostObject" | "CreateMultipartUpload" => Some("GenerateDataKey"),
        _ => None,
    }
}

/// The object, or with a Bucket Key the bucket, that S3 asked KMS for.
fn asked_by_s3(record: &Record) -> Option<Arn<'_>> {
    record.identity.invoked_by.as_ref()?;
    let context = record.request.as_ref()?.get("encryptionContext")?;
    let arn = context.get("aws:s3:arn").and_then(Value::as_str).and_then(Arn::parse);
    arn.filter(|arn| arn.service == "s3")
}
