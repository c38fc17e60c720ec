//! What AWS checks and the emulator does not: who may assume a role, and who owns a bucket.

use super::ops_items::OpsItems;
use super::{Answer, Call, Session};
use hyper::Response;
use hyper::body::Bytes;
use std::collections::HashMap;
use std::sync::Arc;

/// The policy simulator's answer to a question about one permission.
/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html>
pub fn simulated(decision: &str) -> String {
    format!(
        "<SimulatePrincipalPolicyResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\">\
         <SimulatePrincipalPolicyResult><IsTruncated>false</IsTruncated><EvaluationResults><member>\
         <EvalActionName>s3:GetObject</EvalActionName>\
         <EvalResourceName>arn:aws:s3:::${{BucketName}}/${{KeyName}}</EvalResourceName>\
         <EvalDecision>{decision}</EvalDecision><MatchedStatements/><MissingContextValues/>\
         </member></EvaluationResults></SimulatePrincipalPolicyResult>\
         <ResponseMetadata><RequestId>1cdb5b0a-4c15-11e5-b121-bd8c7EXAMPLE</RequestId>\
         </ResponseMetadata></SimulatePrincipalPolicyResponse>"
    )
}

#[derive(Debug, Default)]
pub(super) struct Rules {
    /// Access keys of assumed roles with their sessions.
    keys: HashMap<String, Arc<Session>>,
    /// Roles by their ARN with their trust policies.
    roles: HashMap<String, String>,
    /// Buckets with their owners.
    buckets: HashMap<String, String>,
    /// The items in OpsCenter.
    pub(super) ops_items: OpsItems,
}

impl Rules {
    /// The session that an access key belongs to.
    pub(super) fn session(&self, access_key: &str) -> Option<Arc<Session>> {
        self.keys.get(access_key).map(Arc::clone)
    }

    /// What AWS would refuse.
    pub(super) fn refusal(&self, call: &Call) -> Option<Answer> {
        let refused = match (&*call.service, &*call.operation) {
            ("sts", "AssumeRole") => !self.may_assume(call),
            ("s3", operation) if operation != "CreateBucket" => {
                let owner = self.buckets.get(call.bucket());
                owner.is_some_and(|owner| {
                    call.expected_owner.as_ref().is_some_and(|expected| expected != owner)
                })
            }
            _ => false,
        };
        refused.then_some(Answer::AccessDenied)
    }

    /// What AWS would answer and the emulator does not know.
    pub(super) fn answer(&mut self, call: &Call) -> Option<Answer> {
        if let Some(answer) = self.ops_items.answer(call) {
            return Some(answer);
        }
        // CloudTrail's event history is empty, unless a scenario says what is in it.
        if (&*call.service, &*call.operation) == ("cloudtrail", "LookupEvents") {
            return Some(Answer::Says { status: 200, body: r#"{"Events": []}"#.to_owned() });
        }
        // AWS's advisers find nothing wrong, unless a scenario says what they find.
        let advice = match (&*call.service, &*call.operation) {
            ("access-analyzer", "ValidatePolicy") => Some(r#"{"findings": []}"#.to_owned()),
            ("access-analyzer", "CheckNoPublicAccess") => Some(
                r#"{"result": "PASS", "message": "No public access.", "reasons": []}"#.to_owned(),
            ),
            ("iam", "SimulatePrincipalPolicy") => Some(simulated("allowed")),
            _ => None,
        };
        if let Some(body) = advice {
            return Some(Answer::Says { status: 200, body });
        }
        let unknown = call.service == "s3"
            && call.operation == "GetBucketRequestPayment"
            && self.buckets.contains_key(call.bucket());
        let body = "<RequestPaymentConfiguration><Payer>BucketOwner</Payer>\
                    </RequestPaymentConfiguration>";
        unknown.then(|| Answer::Says { status: 200, body: body.to_owned() })
    }

    /// The role has to exist; its trust policy has to name the calling role or its account, and the
    /// external id if it asks for one.
    fn may_assume(&self, call: &Call) -> bool {
        let Some(arn) = call.parameter("RoleArn") else { return false };
        if Session::is_administrators(&arn) {
            return true;
        }
        let Some(trust) = self.roles.get(&arn) else { return false };
        let Some(caller) = self.keys.get(&call.access_key) else { return false };
        let root = format!("\"arn:aws:iam::{}:root\"", caller.account);
        let named = trust.contains(&format!("\"{}\"", caller.role)) || trust.contains(&root);
        let external = call.parameter("ExternalId").map(|id| format!("\"{id}\""));
        let asks = trust.contains("sts:ExternalId");
        named && (!asks || external.is_some_and(|id| trust.contains(&id)))
    }

    /// Learns from a call that succeeded.
    pub(super) fn learn(&mut self, call: &Call, answer: &Response<Bytes>) {
        if !answer.status().is_success() {
            return;
        }
        let text = String::from_utf8_lossy(answer.body());
        let of = |name: &str| {
            let rest = text.split(&format!("<{name}>")).nth(1)?;
            rest.split('<').next().map(str::to_owned)
        };
        match (&*call.service, &*call.operation) {
            ("sts", "AssumeRole") => {
                let session = Session::asked_for(call).map(Arc::new);
                self.keys.extend(of("AccessKeyId").zip(session));
            }
            ("iam", "CreateRole") => {
                let trust = call.parameter("AssumeRolePolicyDocument").unwrap_or_default();
                self.roles.extend(of("Arn").map(|arn| (arn, trust)));
            }
            ("iam", "DeleteRole") => {
                let (account, name) = (call.account.clone(), call.parameter("RoleName"));
                if let (Some(account), Some(name)) = (account, name) {
                    let (of, named) = (format!("::{account}:role/"), format!("/{name}"));
                    self.roles.retain(|arn, _| !(arn.contains(&of) && arn.ends_with(&named)));
                }
            }
            ("s3", "CreateBucket") => {
                let owner = call.account.clone();
                self.buckets.extend(owner.map(|owner| (call.bucket().to_owned(), owner)));
            }
            _ => {}
        }
    }
}
