//! The permissions that a call needs: S3's own, and KMS's for what is encrypted.

mod kms;
mod s3;

pub(crate) use kms::{EncryptionContext, KeyRef, KeyUse};
pub(crate) use s3::{ObjectLookup, default_rule, object, region};

use crate::arn::{AccountId, Arn};
use crate::call::Call;
use crate::evidence::Evidence;
use crate::policy::Action;

/// One permission that a call needs.
#[derive(Clone, Debug)]
pub(crate) struct Need {
    pub(crate) action: Action,
    pub(crate) target: Target,
}

/// What a permission is needed on.
#[derive(Clone, Debug)]
pub(crate) enum Target {
    /// A bucket, or an object of it.
    S3(S3Target),
    /// A key.
    Key(KeyUse),
    /// A role.
    Role(Option<String>),
    /// The service as such.
    Service,
    /// Something of a service whose resources are not read.
    Other(Option<String>),
}

/// A bucket or object, perhaps behind an access point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct S3Target {
    /// The bucket's name, or the access point's ARN or alias.
    pub(crate) bucket: String,
    /// The object's key, literally.
    pub(crate) key: Option<String>,
    /// The version that was asked for.
    pub(crate) version: Option<String>,
    /// Whether it is about objects that the event does not name.
    pub(crate) some_object: bool,
}

/// The permissions of a call, in the order in which AWS asks for them.
pub(crate) fn needs(call: &Call, evidence: &Evidence) -> Vec<Need> {
    let mut needs = match &*call.service {
        "s3" => s3::needs(call, evidence),
        "kms" => kms::needs(call),
        "sts" => sts(call),
        // Directory buckets ask for a session once, and for nothing afterwards.
        // https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-express-security-iam.html
        "s3express" => {
            need("s3express", "CreateSession", Target::Other(None)).into_iter().collect()
        }
        _ => other(call),
    };
    named_by_message(call, &mut needs);
    needs
}

pub(crate) fn need(service: &str, name: &str, target: Target) -> Option<Need> {
    let action = Action::parse(&format!("{service}:{name}"))?;
    Some(Need { action, target })
}

/// A denied `AssumeRole` names its role only in the message.
/// `requestParameters` is null in the records that have been seen.
fn sts(call: &Call) -> Vec<Need> {
    let role = call
        .parameter("rolearn")
        .or(call.resource.as_deref())
        .or_else(|| call.message().and_then(|message| message.resource.as_deref()))
        .or_else(|| call.resource_of("AWS::IAM::Role").and_then(|entry| entry.arn.as_deref()));
    if call.operation == "GetCallerIdentity" {
        return need("sts", "GetCallerIdentity", Target::Service).into_iter().collect();
    }
    if !call.operation.starts_with("AssumeRole") && !role.is_some_and(|arn| arn.contains(":role/"))
    {
        return other(call);
    }
    let target = || Target::Role(role.map(str::to_owned));
    let mut needs: Vec<Need> = need("sts", &call.operation, target()).into_iter().collect();
    let passes = |name: &str| {
        let list = call.structures.get(name).and_then(serde_json::Value::as_array);
        call.parameter(name).is_some() || list.is_some_and(|list| !list.is_empty())
    };
    if passes("tags") || passes("transitivetagkeys") {
        needs.extend(need("sts", "TagSession", target()));
    }
    if passes("sourceidentity") {
        needs.extend(need("sts", "SetSourceIdentity", target()));
    }
    needs
}

/// A call to a service of which no more is known than that most actions are called like their
/// operations.
fn other(call: &Call) -> Vec<Need> {
    let message = call.message();
    let resource = call
        .resource
        .as_deref()
        .or_else(|| message.and_then(|message| message.resource.as_deref()))
        .or_else(|| call.resources.iter().find_map(|entry| entry.arn.as_deref()))
        .or_else(|| arn_among_parameters(call));
    let target = Target::Other(resource.map(str::to_owned));
    let named = message.and_then(|message| message.action.as_deref()).and_then(Action::parse);
    match named {
        Some(action) if action.service() == "kms" => {
            vec![Need { action, target: Target::Key(kms::named_by_message(call)) }]
        }
        Some(action) => vec![Need { action, target }],
        None => need(prefix(&call.service), &call.operation, target).into_iter().collect(),
    }
}

/// Most services take what is called on as an ARN among the request's parameters.
fn arn_among_parameters(call: &Call) -> Option<&str> {
    let values = call.parameters.as_ref()?.values();
    let own = |text: &&str| Arn::parse(text).is_some_and(|arn| arn.service == call.service);
    values.map(String::as_str).find(own)
}

/// The prefix of a service's actions where it differs from its host name.
/// <https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html>
fn prefix(service: &str) -> &str {
    match service {
        "monitoring" => "cloudwatch",
        "email" => "ses",
        "tagging" => "tag",
        "states-streaming" => "states",
        service => service,
    }
}

/// An action that AWS itself names is needed, whatever we think of the operation.
fn named_by_message(call: &Call, needs: &mut Vec<Need>) {
    let Some(message) = call.message() else { return };
    let Some(action) = message.action.as_deref().and_then(Action::parse) else { return };
    if needs.iter().any(|need| need.action.is(action.as_str())) {
        return;
    }
    let target = match (action.service(), needs.first().map(|need| &need.target)) {
        ("kms", _) => Target::Key(kms::named_by_message(call)),
        // AWS prints the operation here where it means the setting that refuses it.
        ("s3", _) if action.is("s3:CopyObject") => return,
        ("s3", Some(target @ Target::S3(_))) | ("sts", Some(target @ Target::Role(_))) => {
            target.clone()
        }
        _ => return,
    };
    needs.push(Need { action, target });
}

impl Target {
    /// The account where the target itself tells it.
    pub(crate) fn account(&self) -> Option<AccountId> {
        let arn = match self {
            Self::Role(arn) | Self::Other(arn) => arn.as_deref()?,
            _ => return None,
        };
        Arn::parse(arn)?.account_id()
    }
}
