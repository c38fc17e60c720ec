//! An organization: a root, one organizational unit, and accounts in it.

use super::account::Account;
use crate::wire::{Answer, Fault, Wire};
use aws_sdk_organizations::Client;
use aws_sdk_organizations::types::PolicyType;
use serde_json::{Value, json};
use std::sync::atomic::{AtomicU64, Ordering};

/// An organization.
#[derive(Debug)]
pub struct Organization {
    /// The management account.
    pub management: Account,
    id: String,
    root: String,
    unit: String,
}

impl Organization {
    /// An organization of a management account that no other scenario has.
    pub(super) async fn new(wire: &Wire) -> Self {
        static NUMBER: AtomicU64 = AtomicU64::new(1);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let management = Account::new(wire, &format!("9{number:011}")).await;
        let client = Client::new(&management.sdk);
        let made = client.create_organization().send().await.expect("CreateOrganization");
        let id = made.organization.and_then(|it| it.id).expect("an organization has an id");
        let roots = client.list_roots().send().await.expect("ListRoots").roots;
        let root = roots.into_iter().flatten().find_map(|root| root.id).expect("there is a root");
        for kind in [PolicyType::ServiceControlPolicy, PolicyType::ResourceControlPolicy] {
            let enabled = client.enable_policy_type().root_id(&root).policy_type(kind);
            enabled.send().await.expect("EnablePolicyType");
        }
        let unit = client.create_organizational_unit().parent_id(&root).name("workloads");
        let unit = unit.send().await.expect("CreateOrganizationalUnit").organizational_unit;
        let unit = unit.and_then(|unit| unit.id).expect("a unit has an id");
        Self { management, id, root, unit }
    }

    /// A new account in the organizational unit.
    pub(super) async fn account(&self, wire: &Wire, name: &str) -> Account {
        let client = Client::new(&self.management.sdk);
        let made = client.create_account().account_name(name).email(format!("{name}@example.com"));
        let status = made.send().await.expect("CreateAccount").create_account_status;
        let id = status.and_then(|status| status.account_id).expect("an account has an id");
        let moved = client.move_account().account_id(&id).source_parent_id(&self.root);
        moved.destination_parent_id(&self.unit).send().await.expect("MoveAccount");
        // The emulator does not know the paths, which AWS tells of every account.
        let path = format!("{}/{}/{}/{id}/", self.id, self.root, self.unit);
        let account = json!({"Account": {
            "Id": id, "Name": name, "Status": "ACTIVE", "Paths": [path],
            "Arn": format!("arn:aws:organizations::{}:account/{}/{id}", self.management.id, self.id)
        }});
        let told = Answer::Says { status: 200, body: account.to_string() };
        wire.always(Fault::of("organizations", told).operation("DescribeAccount").containing(&id));
        Account::new(wire, &id).await
    }

    /// Its id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Attaches a service or resource control policy to an account.
    pub(super) async fn attach(&self, kind: PolicyType, document: &Value, account: &str) -> String {
        let client = Client::new(&self.management.sdk);
        let made = client.create_policy().name("guardrail").description("of the tests");
        let made = made.r#type(kind).content(document.to_string());
        let policy = made.send().await.expect("CreatePolicy").policy;
        let id = policy.and_then(|policy| policy.policy_summary).and_then(|summary| summary.id);
        let id = id.expect("a policy has an id");
        let attached = client.attach_policy().policy_id(&id).target_id(account);
        attached.send().await.expect("AttachPolicy");
        id
    }

    /// Takes from an account the policy that allows everything.
    pub(super) async fn detach_full_access(&self, account: &str) {
        let client = Client::new(&self.management.sdk);
        let detached = client.detach_policy().policy_id("p-FullAWSAccess").target_id(account);
        detached.send().await.expect("DetachPolicy");
    }
}
