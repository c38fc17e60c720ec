//! Calls to KMS, and which key a call to S3 uses.

use super::{Need, Target};
use crate::arn::{AccountId, Arn};
use crate::call::Call;
use crate::policy::Action;
use std::collections::BTreeMap;

/// A key, and how it is used.
#[derive(Clone, Debug)]
pub(crate) struct KeyUse {
    pub(crate) key: KeyRef,
    pub(crate) context: EncryptionContext,
    /// The service through which it is used: `s3.amazonaws.com`, or another.
    pub(crate) via: Option<String>,
    /// The bucket whose objects it encrypts.
    pub(crate) bucket: Option<String>,
    /// The key of the object that it encrypts, where that is known.
    pub(crate) object: Option<String>,
    /// Whether the bucket's default encryption names the key.
    pub(crate) by_default: bool,
}

/// Which key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum KeyRef {
    /// Its ARN.
    Arn(String),
    /// An alias or a bare id, looked up in an account and Region.
    Named {
        account: Option<AccountId>,
        region: Option<String>,
        name: String,
        /// Whether an alias's ARN told the account.
        by_arn: bool,
    },
    /// It is not known, and why.
    Unknown(String),
}

/// What is known of the encryption context.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum EncryptionContext {
    Known(BTreeMap<String, String>),
    Unknown,
}

impl KeyRef {
    /// Reads a key's ARN, an alias's ARN, an alias or a bare id. What names no account is looked
    /// up in the caller's.
    /// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html>
    pub(crate) fn parse(text: &str, caller: Option<AccountId>, region: Option<&str>) -> Self {
        match Arn::parse(text) {
            Some(arn) if arn.resource.starts_with("alias/") => Self::Named {
                account: arn.account_id(),
                region: Some(arn.region.to_owned()),
                name: arn.resource.to_owned(),
                by_arn: true,
            },
            Some(_) => Self::Arn(text.to_owned()),
            None => Self::Named {
                account: caller,
                region: region.map(str::to_owned),
                name: text.to_owned(),
                by_arn: false,
            },
        }
    }
}

/// The permissions of a call to KMS itself, direct or forwarded.
pub(super) fn needs(call: &Call) -> Vec<Need> {
    if call.operation == "ReEncrypt" {
        let end = |parameter: &str, context: &str, action: &str| {
            let key = call.parameter(parameter).map_or_else(
                || KeyRef::Unknown(format!("the event does not tell {parameter}")),
                |text| KeyRef::parse(text, call.caller.account, call.region.as_deref()),
            );
            let context = call.encryption_context(context);
            super::need("kms", action, Target::Key(KeyUse { key, context, ..direct(call) }))
        };
        let ends = [
            end("sourcekeyid", "sourceencryptioncontext", "ReEncryptFrom"),
            end("destinationkeyid", "destinationencryptioncontext", "ReEncryptTo"),
        ];
        return ends.into_iter().flatten().collect();
    }
    // Lists and creations are about no key.
    let keyless = ["ListKeys", "ListAliases", "CreateKey", "GenerateRandom"];
    let target = if keyless.contains(&&*call.operation) {
        Target::Service
    } else {
        Target::Key(direct(call))
    };
    super::need("kms", &call.operation, target).into_iter().collect()
}

fn direct(call: &Call) -> KeyUse {
    let named = call
        .resource_of("AWS::KMS::Key")
        .and_then(|entry| entry.arn.as_deref())
        .or(call.resource.as_deref().filter(|resource| *resource != "*"))
        .or_else(|| call.message().and_then(|message| message.resource.as_deref()))
        .or_else(|| call.parameter("keyid"));
    let key = named.map_or_else(
        || KeyRef::Unknown("the event does not tell which key it was".to_owned()),
        |text| KeyRef::parse(text, call.caller.account, call.region.as_deref()),
    );
    // A grant's constraints stand for the context of CreateGrant.
    let context = match &*call.operation {
        "CreateGrant" => EncryptionContext::Unknown,
        _ => call.encryption_context("encryptioncontext"),
    };
    let bucket = match &context {
        EncryptionContext::Known(pairs) => pairs.get("aws:s3:arn"),
        EncryptionContext::Unknown => None,
    };
    let (bucket, object) = match bucket.and_then(|arn| Arn::parse(arn)) {
        Some(arn) => match arn.resource.split_once('/') {
            Some((bucket, object)) => (Some(bucket), Some(object)),
            None => (Some(arn.resource), None),
        },
        None => (None, None),
    };
    KeyUse {
        key,
        bucket: bucket.map(str::to_owned),
        object: object.map(str::to_owned),
        via: call.forwarded_by.clone(),
        context,
        by_default: false,
    }
}

/// The key of an action that only AWS's message tells.
pub(super) fn named_by_message(call: &Call) -> KeyUse {
    let named = call.message().and_then(|message| message.resource.as_deref());
    let key = named.map_or_else(
        || KeyRef::Unknown("AWS's message does not tell which key it was".to_owned()),
        |arn| KeyRef::Arn(arn.to_owned()),
    );
    KeyUse {
        key,
        context: EncryptionContext::Unknown,
        via: Some("s3.amazonaws.com".to_owned()),
        bucket: None,
        object: None,
        by_default: false,
    }
}

impl KeyUse {
    /// What S3 uses for an object: the key, with the object's or the bucket's ARN as context.
    pub(super) fn for_s3(
        key: KeyRef,
        context: EncryptionContext,
        bucket: &str,
        object: Option<&str>,
    ) -> Self {
        Self {
            key,
            context,
            via: Some("s3.amazonaws.com".to_owned()),
            bucket: Some(bucket.to_owned()),
            object: object.map(str::to_owned),
            by_default: false,
        }
    }

    /// The need for an action with this key.
    pub(super) fn need(&self, action: &str) -> Option<Need> {
        let action = Action::parse(&format!("kms:{action}"))?;
        Some(Need { action, target: Target::Key(self.clone()) })
    }
}
