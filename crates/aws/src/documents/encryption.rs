//! A bucket's default encryption, in the shape in which the AWS CLI prints it.

use super::text;
use crate::evidence::{Answer, Failure, OrAbsent, Session};
use aws_sdk_s3::types::{
    BlockedEncryptionTypes, EncryptionType, ServerSideEncryption, ServerSideEncryptionByDefault,
    ServerSideEncryptionConfiguration, ServerSideEncryptionRule,
};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::AfterDeserializationInterceptorContextRef;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::error::operation::BuildError;
use serde::{Deserialize, Serialize};
use std::sync::{Arc, Mutex, PoisonError};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Configuration {
    rules: Vec<Rule>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Rule {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    apply_server_side_encryption_by_default: Option<ByDefault>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    bucket_key_enabled: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    blocked_encryption_types: Option<Blocked>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ByDefault {
    #[serde(rename = "SSEAlgorithm")]
    algorithm: String,
    #[serde(rename = "KMSMasterKeyID", default, skip_serializing_if = "Option::is_none")]
    key: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Blocked {
    encryption_type: Vec<String>,
}

/// The elements of the answer that a configuration here holds all of.
const KNOWN: [&str; 8] = [
    "ServerSideEncryptionConfiguration",
    "Rule",
    "ApplyServerSideEncryptionByDefault",
    "SSEAlgorithm",
    "KMSMasterKeyID",
    "BucketKeyEnabled",
    "BlockedEncryptionTypes",
    "EncryptionType",
];

/// The configuration; none where there is none. One with a setting that is newer than this program
/// is not told: writing it back would lose the setting.
///
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketEncryption.html>
pub(super) async fn encryption(session: &Session, bucket: &str) -> Answer<Option<String>> {
    let operation = "GetBucketEncryption";
    let client = session.s3();
    let owner = session.account();
    let unknown = Unknown::default();
    let request = client
        .get_bucket_encryption()
        .bucket(bucket)
        .expected_bucket_owner(owner.as_str())
        .customize()
        .interceptor(unknown.clone());
    let answer = session.call(operation, request.send()).await;
    let absent = ["ServerSideEncryptionConfigurationNotFoundError", "NoSuchBucket"];
    let answer = answer.or_absent(&absent)?;
    if let Some(name) = unknown.found() {
        let why = format!("the bucket has the setting `{name}`, which would be lost");
        return Err(Failure::because(operation, why));
    }
    let found = answer.and_then(|answer| answer.server_side_encryption_configuration);
    Ok(found.map(|found| text::print(&Configuration::of(&found))))
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketEncryption.html>
pub(super) async fn put(session: &Session, bucket: &str, text: &str) -> Answer<()> {
    let operation = "PutBucketEncryption";
    let configuration: Configuration = text::parse(operation, text)?;
    let configuration = configuration.to_sdk();
    let configuration =
        configuration.map_err(|error| Failure::because(operation, error.to_string()))?;
    let client = session.s3();
    let owner = session.account();
    let request = client
        .put_bucket_encryption()
        .bucket(bucket)
        .expected_bucket_owner(owner.as_str())
        .server_side_encryption_configuration(configuration);
    session.call(operation, request.send()).await.map(drop)
}

/// What is left is encryption with keys of S3's own.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketEncryption.html>
pub(super) async fn delete(session: &Session, bucket: &str) -> Answer<()> {
    let client = session.s3();
    let owner = session.account();
    let request =
        client.delete_bucket_encryption().bucket(bucket).expected_bucket_owner(owner.as_str());
    let answer = session.call("DeleteBucketEncryption", request.send()).await;
    answer.or_absent(&["NoSuchBucket"]).map(drop)
}

impl Configuration {
    fn of(configuration: &ServerSideEncryptionConfiguration) -> Self {
        let rule = |rule: &ServerSideEncryptionRule| Rule {
            apply_server_side_encryption_by_default: rule
                .apply_server_side_encryption_by_default()
                .map(|default| ByDefault {
                    algorithm: default.sse_algorithm().as_str().to_owned(),
                    key: default.kms_master_key_id().map(str::to_owned),
                }),
            bucket_key_enabled: rule.bucket_key_enabled(),
            blocked_encryption_types: rule.blocked_encryption_types().map(|blocked| Blocked {
                encryption_type: blocked
                    .encryption_type()
                    .iter()
                    .map(|kind| kind.as_str().to_owned())
                    .collect(),
            }),
        };
        Self { rules: configuration.rules().iter().map(rule).collect() }
    }

    fn to_sdk(&self) -> Result<ServerSideEncryptionConfiguration, BuildError> {
        let mut configuration = ServerSideEncryptionConfiguration::builder();
        for rule in &self.rules {
            let default = rule.apply_server_side_encryption_by_default.as_ref();
            let default = default.map(|default| {
                ServerSideEncryptionByDefault::builder()
                    .sse_algorithm(ServerSideEncryption::from(&*default.algorithm))
                    .set_kms_master_key_id(default.key.clone())
                    .build()
            });
            let blocked = rule.blocked_encryption_types.as_ref().map(|blocked| {
                let kinds = blocked.encryption_type.iter();
                let kinds = kinds.map(|kind| EncryptionType::from(&**kind)).collect();
                BlockedEncryptionTypes::builder().set_encryption_type(Some(kinds)).build()
            });
            let rule = ServerSideEncryptionRule::builder()
                .set_apply_server_side_encryption_by_default(default.transpose()?)
                .set_bucket_key_enabled(rule.bucket_key_enabled)
                .set_blocked_encryption_types(blocked);
            configuration = configuration.rules(rule.build());
        }
        configuration.build()
    }
}

/// The first element of an answer that the SDK passes over.
#[derive(Clone, Debug, Default)]
struct Unknown(Arc<Mutex<Option<String>>>);

impl Unknown {
    fn found(&self) -> Option<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Intercept for Unknown {
    fn name(&self) -> &'static str {
        "Unknown"
    }

    fn read_after_deserialization(
        &self,
        context: &AfterDeserializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if context.response().status().is_success() {
            let answer = context.response().body().bytes().unwrap_or_default();
            *self.0.lock().unwrap_or_else(PoisonError::into_inner) = unknown_element(answer)?;
        }
        Ok(())
    }
}

fn unknown_element(xml: &[u8]) -> Result<Option<String>, quick_xml::Error> {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_reader(xml);
    loop {
        match reader.read_event()? {
            Event::Start(element) | Event::Empty(element) => {
                let name = element.local_name();
                if !KNOWN.contains(&name.as_ref()) {
                    return Ok(Some(name.as_ref().to_owned()));
                }
            }
            Event::Eof => return Ok(None),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Configuration, unknown_element};
    use crate::documents::text;

    #[test]
    fn configurations_come_back_as_they_went() {
        let texts = [
            r#"{"Rules":[{"ApplyServerSideEncryptionByDefault":{"SSEAlgorithm":"AES256"},"BucketKeyEnabled":false}]}"#,
            r#"{"Rules":[{"ApplyServerSideEncryptionByDefault":{"KMSMasterKeyID":"alias/a","SSEAlgorithm":"aws:kms"},"BlockedEncryptionTypes":{"EncryptionType":["SSE-C"]},"BucketKeyEnabled":true}]}"#,
            r#"{"Rules":[{"ApplyServerSideEncryptionByDefault":{"SSEAlgorithm":"of:tomorrow"},"BlockedEncryptionTypes":{"EncryptionType":["of-tomorrow"]}}]}"#,
        ];
        for text in texts {
            let configuration: Configuration = text::parse("", text).unwrap();
            let again = Configuration::of(&configuration.to_sdk().unwrap());
            assert_eq!(text::print(&again), text);
        }
    }

    #[test]
    fn what_would_be_lost_is_refused() {
        let more = r#"{"Rules":[{"BucketKeyEnabled":true,"OfTomorrow":1}]}"#;
        assert!(text::parse::<Configuration>("", more).is_err());
        let told = |more: &str| {
            let xml = format!(
                "<?xml version=\"1.0\"?><ServerSideEncryptionConfiguration xmlns=\"x\"><Rule>\
                 <ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms</SSEAlgorithm>\
                 </ApplyServerSideEncryptionByDefault>{more}</Rule>\
                 </ServerSideEncryptionConfiguration>"
            );
            unknown_element(xml.as_bytes()).unwrap()
        };
        assert_eq!(told("<BucketKeyEnabled>true</BucketKeyEnabled>"), None);
        assert_eq!(told("<OfTomorrow/>"), Some("OfTomorrow".to_owned()));
        assert_eq!(told("<x:OfTomorrow>1</x:OfTomorrow>"), Some("OfTomorrow".to_owned()));
    }
}
