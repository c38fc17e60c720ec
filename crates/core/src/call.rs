//! The denied call: who called which operation on what, as far as an event or the command line
//! tells.

use crate::arn::{AccountId, Arn};
use crate::context::Fact;
use crate::diagnosis::CallSummary;
use crate::evaluate::{Caller, CallerError, CallerKind};
use crate::message::Message;
use crate::need::EncryptionContext;
use crate::policy::Action;
use crate::record::{Record, ResourceEntry, SessionFacts};
use core::fmt;
use std::collections::BTreeMap;

/// A call without an event: what `explain --principal --action --resource` asks about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlainRequest {
    /// The caller's ARN, a service principal, or `*`.
    pub principal: String,
    /// Such as `s3:GetObject`.
    pub action: String,
    /// The ARN of what is called on.
    pub resource: String,
    /// Condition keys with their values.
    pub context: Vec<(String, Vec<String>)>,
}

/// A [`PlainRequest`] that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RequestError {
    /// The principal names no caller.
    Principal(CallerError),
    /// The action is none.
    Action(String),
    /// The resource is no ARN.
    Resource(String),
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Principal(error) => write!(f, "principal: {error}"),
            Self::Action(text) => {
                write!(f, "action: `{text}` is no action; write it `service:Name`")
            }
            Self::Resource(text) => write!(f, "resource: `{text}` is neither an ARN nor `*`"),
        }
    }
}

impl core::error::Error for RequestError {}

/// A call.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) caller: Caller,
    pub(crate) session: SessionFacts,
    /// The service's namespace, such as `s3`.
    pub(crate) service: String,
    /// The API operation, such as `GetObject`.
    pub(crate) operation: String,
    pub(crate) region: Option<String>,
    pub(crate) partition: String,
    /// The request's parameters by their names in lower case; none where they are not known.
    pub(crate) parameters: Option<BTreeMap<String, String>>,
    /// Parameters that are objects or lists, as JSON, by their names in lower case.
    pub(crate) structures: BTreeMap<String, serde_json::Value>,
    pub(crate) resources: Vec<ResourceEntry>,
    /// What a plain request is about.
    pub(crate) resource: Option<String>,
    pub(crate) network: Network,
    /// The service that made the call for the caller: `s3.amazonaws.com`, or another.
    pub(crate) forwarded_by: Option<String>,
    pub(crate) error: Option<CallError>,
    /// What the command line states.
    pub(crate) stated: Vec<(String, Fact)>,
    pub(crate) event: Option<Event>,
}

/// The event that a call was read from.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    pub(crate) id: Option<String>,
    pub(crate) time: Option<String>,
    pub(crate) user_agent: Option<String>,
    pub(crate) tls_version: Option<String>,
    pub(crate) encrypted_transport: bool,
    pub(crate) signature: Option<String>,
    pub(crate) authentication: Option<String>,
}

/// How the call came.
#[derive(Clone, Debug, Default)]
pub(crate) struct Network {
    /// The address, or the name of a service.
    pub(crate) source: Option<String>,
    pub(crate) vpc_endpoint: Option<String>,
    pub(crate) vpc_endpoint_account: Option<AccountId>,
}

/// How the call failed.
#[derive(Clone, Debug)]
pub(crate) struct CallError {
    pub(crate) code: String,
    pub(crate) text: Option<String>,
    pub(crate) message: Message,
}

impl CallError {
    /// Whether the error is about the key's state rather than about permissions.
    fn is_of_state(&self) -> bool {
        let code = self.code.trim_start_matches("KMS.");
        ["Disabled", "InvalidState", "KMSInvalidState", "KeyUnavailable", "NotFound"]
            .iter()
            .any(|state| code.strip_suffix("Exception") == Some(state))
    }
}

impl Call {
    pub(crate) fn from_record(record: &Record) -> Self {
        let message = record.error_message.as_deref().map(Message::parse).unwrap_or_default();
        let mut caller = record.identity.caller.clone();
        // A copy without an ARN may still be named by AWS's message.
        if caller.kind == CallerKind::Unresolved
            && let Some(named) =
                message.principal.as_deref().and_then(|arn| Caller::parse(arn).ok())
            && (caller.account.is_none() || caller.account == named.account)
        {
            caller = named.without_path().with_unique_id(caller.unique_id);
        }
        // A SAML record identifies the provider by a hash; the request names its ARN.
        if caller.kind == CallerKind::Federated
            && let Some(provider) = record.parameter("principalArn")
        {
            caller = Caller::federated(&provider);
        }
        let region = record.region.clone();
        let parameters = record.request.as_ref().map(|request| {
            let pairs = request.iter();
            pairs
                .filter_map(|(key, value)| Some((key.to_ascii_lowercase(), text(value)?)))
                .collect()
        });
        let structures = record
            .request
            .iter()
            .flatten()
            .filter(|(_, value)| value.is_object() || value.is_array());
        let structures: BTreeMap<_, _> =
            structures.map(|(key, value)| (key.to_ascii_lowercase(), value.clone())).collect();
        let additional = |key: &str| record.additional.get(key).and_then(text);
        let error = record.error_code.clone().map(|code| CallError {
            code,
            text: record.error_message.clone(),
            message,
        });
        Self {
            partition: partition(&caller, region.as_deref()).to_owned(),
            session: record.identity.session.clone(),
            service: record.service().to_owned(),
            operation: record.event_name.clone(),
            region,
            forwarded_by: forwarded_by(record),
            parameters,
            structures,
            resources: record.resources.clone(),
            resource: None,
            network: Network {
                source: record.source_ip.clone(),
                vpc_endpoint: record.vpc_endpoint_id.clone(),
                vpc_endpoint_account: record.vpc_endpoint_account,
            },
            error,
            stated: Vec::new(),
            event: Some(Event {
                id: record.event_id.clone(),
                time: record.event_time.clone(),
                user_agent: record.user_agent.clone(),
                tls_version: record.tls_version.clone(),
                encrypted_transport: record.tls_version.is_some()
                    || additional("CipherSuite").is_some(),
                signature: additional("SignatureVersion"),
                authentication: additional("AuthenticationMethod"),
            }),
            caller,
        }
    }

    pub(crate) fn from_request(request: &PlainRequest) -> Result<Self, RequestError> {
        let stated: Vec<(String, Fact)> = request
            .context
            .iter()
            .map(|(key, values)| {
                let fact = match values.as_slice() {
                    [value] => Fact::one(value),
                    values => Fact::many(values),
                };
                (key.clone(), fact)
            })
            .collect();
        let caller = Caller::parse(&request.principal).map_err(RequestError::Principal)?;
        let stated_one = |wanted: &str| {
            stated.iter().find_map(|(key, fact)| match fact {
                Fact::One(value) if key.eq_ignore_ascii_case(wanted) => Some(value.to_string()),
                _ => None,
            })
        };
        let caller = match stated_one("aws:PrincipalArn") {
            Some(arn) if arn.contains(":role/") => caller.with_entity(&arn),
            _ => caller.without_path(),
        };
        let action = Action::parse(&request.action)
            .ok_or_else(|| RequestError::Action(request.action.clone()))?;
        let arn = Arn::parse(&request.resource);
        if request.resource != "*" && arn.is_none() {
            return Err(RequestError::Resource(request.resource.clone()));
        }
        let arn_region = arn.map(|arn| arn.region).filter(|region| !region.is_empty());
        let region = stated_one("aws:RequestedRegion").or(arn_region.map(str::to_owned));
        Ok(Self {
            partition: arn.map_or_else(|| caller.partition(), |arn| arn.partition).to_owned(),
            session: SessionFacts::default(),
            service: action.service().to_owned(),
            operation: action.name().to_owned(),
            region,
            parameters: None,
            structures: BTreeMap::new(),
            resources: Vec::new(),
            resource: Some(request.resource.clone()),
            network: Network { vpc_endpoint: stated_one("aws:SourceVpce"), ..Network::default() },
            forwarded_by: stated_one("kms:ViaService"),
            error: None,
            stated,
            event: None,
            caller,
        })
    }

    /// The same call, without an error that says no more than in which state the key was.
    pub(crate) fn without_state_error(mut self) -> Self {
        if self.error.as_ref().is_some_and(CallError::is_of_state) {
            self.error = None;
        }
        self
    }

    /// A parameter of the request that is not empty, by its name in lower case. Without an event,
    /// a header that the command line states.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        let told = self.parameters.as_ref().and_then(|parameters| parameters.get(name));
        let stated = || {
            self.stated.iter().find_map(|(key, fact)| match fact {
                Fact::One(value) if key.strip_prefix("s3:") == Some(name) => Some(&**value),
                _ => None,
            })
        };
        told.map(String::as_str).or_else(stated).filter(|text| !text.is_empty())
    }

    /// The pairs of a parameter that is an encryption context; empty where the request has none.
    pub(crate) fn encryption_context(&self, name: &str) -> EncryptionContext {
        if self.parameters.is_none() {
            return EncryptionContext::Unknown;
        }
        let pairs = self.structures.get(name).and_then(serde_json::Value::as_object);
        let pairs = pairs.into_iter().flatten();
        EncryptionContext::Known(
            pairs.filter_map(|(key, value)| Some((key.clone(), text(value)?))).collect(),
        )
    }

    /// The first resource of a kind.
    pub(crate) fn resource_of(&self, kind: &str) -> Option<&ResourceEntry> {
        self.resources.iter().find(|entry| entry.kind == kind)
    }

    /// What AWS's message says, where there is one.
    pub(crate) fn message(&self) -> Option<&Message> {
        self.error.as_ref().map(|error| &error.message)
    }

    pub(crate) fn summary(&self) -> CallSummary {
        CallSummary {
            operation: self.operation.clone(),
            service: self.service.clone(),
            principal: if self.caller.name.is_empty() {
                "unknown".to_owned()
            } else {
                self.caller.name.to_string()
            },
            principal_account: self.caller.account,
            resource: self.resource.clone(),
            resource_account: None,
            region: self.region.clone(),
            event_id: self.event.as_ref().and_then(|event| event.id.clone()),
            event_time: self.event.as_ref().and_then(|event| event.time.clone()),
            error_code: self.error.as_ref().map(|error| error.code.clone()),
        }
    }
}

/// A scalar as text; of a list its first entry, as some records hold headers.
fn text(value: &serde_json::Value) -> Option<String> {
    match value {
        serde_json::Value::Object(_) | serde_json::Value::Null => None,
        serde_json::Value::String(text) => Some(text.clone()),
        serde_json::Value::Array(values) => values.first()?.as_str().map(str::to_owned),
        other => Some(other.to_string()),
    }
}

fn partition<'a>(caller: &'a Caller, region: Option<&str>) -> &'a str {
    match region {
        _ if caller.name.starts_with("arn:") => caller.partition(),
        Some(region) if region.starts_with("cn-") => "aws-cn",
        Some(region) if region.starts_with("us-gov-") => "aws-us-gov",
        _ => "aws",
    }
}

/// The service that forwarded the call. Records write it in three ways: `fas.s3.amazonaws.com`,
/// the service's name, or `AWS Internal`, which does not tell which service it was.
fn forwarded_by(record: &Record) -> Option<String> {
    let invoked_by = record.identity.invoked_by.as_deref()?;
    if record.identity.caller.kind == CallerKind::Service {
        return None;
    }
    if invoked_by == "AWS Internal" {
        let context = record.request.as_ref().and_then(|request| request.get("encryptionContext"));
        let s3 = context.is_some_and(|context| context.get("aws:s3:arn").is_some());
        return Some(if s3 { "s3.amazonaws.com" } else { "AWS Internal" }.to_owned());
    }
    Some(invoked_by.strip_prefix("fas.").unwrap_or(invoked_by).to_owned())
}
