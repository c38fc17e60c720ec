//! CloudTrail records: what is needed of them, read leniently.
//!
//! <https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html>

mod identity;

pub use identity::{Identity, SessionFacts};

use crate::arn::AccountId;
use core::fmt;
use serde_json::{Map, Value};

/// A CloudTrail record.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// `eventID`.
    pub event_id: Option<String>,
    /// `eventTime`, as written.
    pub event_time: Option<String>,
    /// `eventSource`, such as `s3.amazonaws.com`.
    pub event_source: String,
    /// `eventName`, such as `GetObject`.
    pub event_name: String,
    /// `awsRegion`.
    pub region: Option<String>,
    /// `errorCode`.
    pub error_code: Option<String>,
    /// `errorMessage`.
    pub error_message: Option<String>,
    /// `sourceIPAddress`: an address, or a service's name.
    pub source_ip: Option<String>,
    /// `userAgent`.
    pub user_agent: Option<String>,
    /// `vpcEndpointId`.
    pub vpc_endpoint_id: Option<String>,
    /// `vpcEndpointAccountId`.
    pub vpc_endpoint_account: Option<AccountId>,
    /// `recipientAccountId`: whose copy of the event this is.
    pub recipient_account: Option<AccountId>,
    /// Whether this is an event of a VPC endpoint.
    pub is_network_activity: bool,
    /// `tlsDetails.tlsVersion`.
    pub tls_version: Option<String>,
    /// `userIdentity`.
    pub identity: Identity,
    /// `requestParameters`; none where the record has none or leaves them out.
    pub request: Option<Map<String, Value>>,
    /// `additionalEventData`.
    pub additional: Map<String, Value>,
    /// `resources`.
    pub resources: Vec<ResourceEntry>,
}

/// An entry of `resources`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ResourceEntry {
    /// The ARN.
    pub arn: Option<String>,
    /// Its account; empty in the caller's copy of a denied call.
    pub account: Option<AccountId>,
    /// Such as `AWS::KMS::Key`.
    pub kind: String,
}

/// An input that holds no CloudTrail record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordError {
    /// Where in the input; empty for the input itself.
    pub path: String,
    /// What is wrong there.
    pub problem: String,
}

impl fmt::Display for RecordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.is_empty() {
            f.write_str(&self.problem)
        } else {
            write!(f, "{}: {}", self.path, self.problem)
        }
    }
}

impl core::error::Error for RecordError {}

/// Every record in a file: one record, an EventBridge event around one, or `{"Records": [...]}`.
///
/// # Errors
/// [`RecordError`] if the text is no JSON or holds no record.
pub fn records(json: &[u8]) -> Result<Vec<Record>, RecordError> {
    let fail = |path: &str, problem: String| RecordError { path: path.to_owned(), problem };
    let value: Value =
        serde_json::from_slice(json).map_err(|error| fail("", format!("not JSON: {error}")))?;
    if let Some(records) = value.get("Records") {
        let Some(records) = records.as_array() else {
            return Err(fail("Records", "expected a list of CloudTrail records".into()));
        };
        let read = |(index, record)| {
            Record::from_value(record)
                .map_err(|problem| fail(&format!("Records[{index}]"), problem))
        };
        return records.iter().enumerate().map(read).collect();
    }
    if let Some(detail) = value.get("detail").filter(|_| value.get("eventName").is_none()) {
        return Ok(vec![Record::from_value(detail).map_err(|problem| fail("detail", problem))?]);
    }
    Ok(vec![Record::from_value(&value).map_err(|problem| fail("", problem))?])
}

/// Error codes of calls that a policy or the state of a key prevented.
const DENIALS: [&str; 20] = [
    "AccessDenied",
    "AccessDeniedException",
    "AuthorizationError",
    "Client.UnauthorizedOperation",
    "UnauthorizedOperation",
    "VpceAccessDenied",
    "AllAccessDisabled",
    "AccessControlListNotSupported",
    "KMS.DisabledException",
    "KMS.NotFoundException",
    "KMS.KMSInvalidStateException",
    "KMS.InvalidStateException",
    "KMS.KeyUnavailableException",
    "DisabledException",
    "NotFoundException",
    "KMSInvalidStateException",
    "KeyUnavailableException",
    "Forbidden",
    "403",
    "AccessDeniedByPolicy",
];

impl Record {
    /// Reads a record that is JSON already.
    ///
    /// # Errors
    /// What makes the value no record.
    pub fn from_value(value: &Value) -> Result<Self, String> {
        let Some(object) = value.as_object() else {
            return Err("expected a CloudTrail record: a JSON object".into());
        };
        let text = |key: &str| object.get(key).and_then(Value::as_str).map(str::to_owned);
        let account = |key: &str| text(key).and_then(|id| AccountId::parse(&id));
        let required = |key: &str| {
            text(key).ok_or_else(|| format!("no CloudTrail record: `{key}` is missing"))
        };
        let map = |key: &str| object.get(key).and_then(Value::as_object);
        let resources = object.get("resources").and_then(Value::as_array);
        Ok(Self {
            event_id: text("eventID"),
            event_time: text("eventTime"),
            event_source: required("eventSource")?,
            event_name: required("eventName")?,
            region: text("awsRegion"),
            error_code: text("errorCode"),
            error_message: text("errorMessage"),
            source_ip: text("sourceIPAddress"),
            user_agent: text("userAgent"),
            vpc_endpoint_id: text("vpcEndpointId"),
            vpc_endpoint_account: account("vpcEndpointAccountId"),
            recipient_account: account("recipientAccountId"),
            is_network_activity: text("eventCategory").as_deref() == Some("NetworkActivity")
                || text("eventType").is_some_and(|kind| kind.starts_with("AwsVpceEvent")),
            tls_version: map("tlsDetails")
                .and_then(|tls| tls.get("tlsVersion"))
                .and_then(Value::as_str)
                .map(str::to_owned),
            identity: Identity::read(object.get("userIdentity")),
            request: map("requestParameters").cloned(),
            additional: map("additionalEventData").cloned().unwrap_or_default(),
            resources: resources.into_iter().flatten().map(ResourceEntry::read).collect(),
        })
    }

    /// The service's namespace, such as `s3`.
    pub fn service(&self) -> &str {
        self.event_source.split('.').next().unwrap_or_default()
    }

    /// Whether the call failed for want of a permission or for its key's state.
    pub fn is_denied(&self) -> bool {
        self.error_code.as_deref().is_some_and(|code| {
            DENIALS.contains(&code)
                || code.ends_with("AccessDenied")
                || code.ends_with("AccessDeniedException")
                || code.ends_with("UnauthorizedOperation")
        })
    }

    /// A request parameter as text, in whatever case its name is written.
    pub fn parameter(&self, name: &str) -> Option<String> {
        let request = self.request.as_ref()?;
        let (_, value) = request.iter().find(|(key, _)| key.eq_ignore_ascii_case(name))?;
        match value {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            Value::Bool(flag) => Some(flag.to_string()),
            // Some records hold headers as lists of one.
            Value::Array(values) => values.first().and_then(Value::as_str).map(str::to_owned),
            Value::Null | Value::Object(_) => None,
        }
    }

    /// The first resource of a kind.
    pub fn resource(&self, kind: &str) -> Option<&ResourceEntry> {
        self.resources.iter().find(|entry| entry.kind == kind)
    }
}

impl ResourceEntry {
    fn read(value: &Value) -> Self {
        let text = |key: &str| value.get(key).and_then(Value::as_str);
        Self {
            arn: text("ARN").or_else(|| text("arn")).map(str::to_owned),
            account: text("accountId").and_then(AccountId::parse),
            kind: text("type").unwrap_or_default().to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::records;

    #[test]
    fn a_file_holds_one_record_or_several() {
        let record = r#"{"eventSource":"s3.amazonaws.com","eventName":"GetObject"}"#;
        let event = format!(r#"{{"detail-type":"AWS API Call via CloudTrail","detail":{record}}}"#);
        let file = format!(r#"{{"Records":[{record},{record}]}}"#);
        for (json, count) in [(record, 1), (&*event, 1), (&*file, 2)] {
            assert_eq!(records(json.as_bytes()).unwrap().len(), count);
        }
    }

    #[test]
    fn what_is_no_record_is_told_with_its_place() {
        let error = |json: &str| records(json.as_bytes()).unwrap_err().to_string();
        assert!(error("{").starts_with("not JSON"));
        assert!(error("{}").contains("`eventSource` is missing"));
        assert!(error(r#"{"Records":[1]}"#).starts_with("Records[0]: "));
        assert!(error(r#"{"Records":{}}"#).starts_with("Records: "));
    }
}
