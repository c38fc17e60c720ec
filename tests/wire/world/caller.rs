//! Who calls: a role with a session of it, or a user in a group.

use super::{Caller, World};
use aws_sdk_iam::Client;
use serde_json::{Value, json};

/// What a record tells of a caller.
#[derive(Clone, Debug)]
pub struct Made {
    /// The ARN of the role or user.
    pub arn: String,
    /// Its unique id.
    pub id: String,
    /// Its account.
    pub account: String,
    /// Whether it is a role.
    pub is_role: bool,
}

const ROLE: &str = "ReportReader";
const USER: &str = "Bob";
const GROUP: &str = "Analysts";

/// Makes the caller with its policies.
pub(super) async fn make(world: &World, caller: &Caller) -> Made {
    let account = world.account(caller.side);
    let iam = account.iam();
    let boundary = match &caller.boundary {
        Some(statements) => Some(managed(&iam, "boundary", statements).await),
        None => None,
    };
    let attached = managed(&iam, "use-the-key", &caller.managed).await;
    let inline = document(&caller.inline);
    let (arn, id) = if caller.is_role {
        let glue = json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
            "Principal": {"Service": "glue.amazonaws.com"}, "Action": "sts:AssumeRole"}]});
        let made = iam.create_role().path("/data/").role_name(ROLE);
        let made = made.assume_role_policy_document(glue.to_string());
        let made = made.set_permissions_boundary(boundary).send().await.expect("CreateRole");
        let put = iam.put_role_policy().role_name(ROLE).policy_name("read-reports");
        put.policy_document(inline).send().await.expect("PutRolePolicy");
        let attach = iam.attach_role_policy().role_name(ROLE).policy_arn(attached);
        attach.send().await.expect("AttachRolePolicy");
        let role = made.role.expect("a role");
        (role.arn, role.role_id)
    } else {
        let made = iam.create_user().user_name(USER).set_permissions_boundary(boundary);
        let made = made.send().await.expect("CreateUser");
        let put = iam.put_user_policy().user_name(USER).policy_name("read-reports");
        put.policy_document(inline).send().await.expect("PutUserPolicy");
        iam.create_group().group_name(GROUP).send().await.expect("CreateGroup");
        let attach = iam.attach_group_policy().group_name(GROUP).policy_arn(attached);
        attach.send().await.expect("AttachGroupPolicy");
        let add = iam.add_user_to_group().group_name(GROUP).user_name(USER);
        add.send().await.expect("AddUserToGroup");
        let user = made.user.expect("a user");
        (user.arn, user.user_id)
    };
    Made { arn, id, account: account.id.clone(), is_role: caller.is_role }
}

async fn managed(iam: &Client, name: &str, statements: &[Value]) -> String {
    let made = iam.create_policy().policy_name(name).policy_document(document(statements));
    let made = made.send().await.expect("CreatePolicy");
    made.policy.and_then(|policy| policy.arn).expect("a policy has an ARN")
}

fn document(statements: &[Value]) -> String {
    json!({"Version": "2012-10-17", "Statement": statements}).to_string()
}

impl Made {
    /// The `userIdentity` of a record in the caller's account.
    pub fn identity(&self) -> Value {
        let name = self.arn.rsplit('/').next().unwrap_or_default();
        if !self.is_role {
            return json!({"type": "IAMUser", "principalId": self.id, "arn": self.arn,
                "accountId": self.account, "accessKeyId": "AKIAIOSFODNN7EXAMPLE",
                "userName": name});
        }
        let session = format!("arn:aws:sts::{}:assumed-role/{name}/etl-7", self.account);
        json!({"type": "AssumedRole", "principalId": format!("{}:etl-7", self.id), "arn": session,
        "accountId": self.account, "accessKeyId": "ASIAIOSFODNN7EXAMPLE",
        "sessionContext": {
            "sessionIssuer": {"type": "Role", "principalId": self.id, "arn": self.arn,
                "accountId": self.account, "userName": name},
            "attributes": {"creationDate": "2026-11-20T09:31:05Z", "mfaAuthenticated": "false"}
        }})
    }

    /// The `userIdentity` of the same call in the owner's account, which does not learn the ARN.
    pub fn identity_elsewhere(&self) -> Value {
        let session = if self.is_role { ":etl-7" } else { "" };
        json!({"type": "AWSAccount", "principalId": format!("{}{session}", self.id),
            "accountId": self.account})
    }

    /// The principal as AWS's messages name it.
    pub fn in_messages(&self) -> String {
        let identity = self.identity();
        identity["arn"].as_str().unwrap_or_default().to_owned()
    }
}
