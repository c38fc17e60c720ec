//! The templates deployed: a hub, and spokes with every choice that their parameters offer.

use crate::stack::{Place, Sources, Stack};
use serde_json::{Value, json};

pub(crate) const HUB: &str = "999999999999";
pub(crate) const MEMBER: &str = "111111111111";
pub(crate) const OTHER_MEMBER: &str = "222222222222";
pub(crate) const STRANGER: &str = "666666666666";
pub(crate) const ORGANIZATION: &str = "o-abcdefghij";
pub(crate) const EXTERNAL_ID: &str = "0123456789abcdefghijABCDEFGHIJ0123456789";
pub(crate) const OPERATOR: &str = "arn:aws:iam::333333333333:role/platform/Operator";
const REGION: &str = "eu-central-1";

/// Everything deployed.
pub(crate) struct World {
    /// The hub with its nested stacks.
    pub(crate) hub: Stack,
    /// A hub that makes approved changes, and talks to people.
    pub(crate) changing: Stack,
    /// A member account with the parameters' defaults.
    pub(crate) spoke: Stack,
    /// The management account, with operators.
    pub(crate) management: Stack,
    /// A member account whose objects' heads may not be read.
    pub(crate) blind: Stack,
    /// A member account that may be written.
    pub(crate) writable: Stack,
    /// One whose roles' trust policies may be written too.
    pub(crate) trusting: Stack,
    /// The hub's own account as a spoke, with writing asked for.
    pub(crate) hub_as_spoke: Stack,
    /// The management account, with writing asked for.
    pub(crate) writable_management: Stack,
    /// A member account in another Region than that of the roles.
    pub(crate) elsewhere: Stack,
}

/// The templates as they stand in infra/.
pub(crate) fn sources() -> Sources {
    let folder = locksmith_tests::root().join("../infra");
    let read = |file: &str| (file.to_owned(), std::fs::read_to_string(folder.join(file)).unwrap());
    let files =
        ["template.yaml", "store.yaml", "change.yaml", "people.yaml", "watch.yaml", "spoke.yaml"];
    files.map(read).into()
}

impl World {
    /// Deploys the templates.
    pub(crate) fn deploy(sources: &Sources) -> Self {
        let member = Place { account: MEMBER, region: REGION };
        let spoke = |place, more: &[(&str, &str)]| {
            let mut parameters = vec![
                ("HubAccountId", HUB),
                ("HubRegion", REGION),
                ("Environment", "prod"),
                ("ExternalId", EXTERNAL_ID),
                ("RolesRegion", REGION),
                ("OrganizationId", ORGANIZATION),
            ];
            parameters.extend(more);
            Stack::deploy(sources, "spoke.yaml", place, &parameters)
        };
        let hub = |more: &[(&str, &str)]| {
            let place = Place { account: HUB, region: REGION };
            let mut parameters = vec![("Environment", "prod"), ("OrganizationId", ORGANIZATION)];
            parameters.extend(more);
            Stack::deploy(sources, "template.yaml", place, &parameters)
        };
        let write = ("EnableWrite", "yes");
        Self {
            hub: hub(&[]),
            changing: hub(&[
                ("EnableApply", "yes"),
                ("EnableChat", "yes"),
                ("EnableOpsCenter", "yes"),
            ]),
            spoke: spoke(member, &[]),
            management: spoke(member, &[("ReadOrganization", "yes"), ("OperatorArns", OPERATOR)]),
            blind: spoke(member, &[("ReadObjectMetadata", "no")]),
            writable: spoke(member, &[write, ("OperatorArns", OPERATOR)]),
            trusting: spoke(member, &[write, ("EnableTrustPolicyChanges", "yes")]),
            hub_as_spoke: spoke(Place { account: HUB, ..member }, &[write]),
            writable_management: spoke(member, &[write, ("ReadOrganization", "yes")]),
            elsewhere: spoke(Place { region: "us-west-2", ..member }, &[write]),
        }
    }

    /// Every stack with a name to call it by.
    pub(crate) fn stacks(&self) -> [(&'static str, &Stack); 10] {
        [
            ("hub", &self.hub),
            ("changing", &self.changing),
            ("spoke", &self.spoke),
            ("management", &self.management),
            ("blind", &self.blind),
            ("writable", &self.writable),
            ("trusting", &self.trusting),
            ("hub as spoke", &self.hub_as_spoke),
            ("writable management", &self.writable_management),
            ("elsewhere", &self.elsewhere),
        ]
    }
}

/// A role of a stack: its ARN.
pub(crate) fn role_arn(stack: &Stack, account: &str, role: &str) -> String {
    let properties = stack.properties(role);
    let path = properties["Path"].as_str().unwrap_or("/");
    format!("arn:aws:iam::{account}:role{path}{}", properties["RoleName"].as_str().unwrap())
}

/// A role's inline policies. The templates attach no managed ones.
pub(crate) fn role_policies(stack: &Stack, role: &str) -> Vec<Value> {
    let properties = stack.properties(role);
    assert_eq!(properties["ManagedPolicyArns"], json!(null));
    let policies = properties["Policies"].as_array().unwrap();
    policies.iter().map(|policy| policy["PolicyDocument"].clone()).collect()
}

/// A session of one of the hub's roles, whose names are fixed.
pub(crate) fn hub_role(name: &str) -> String {
    format!("arn:aws:iam::{HUB}:role/locksmith-prod-{name}-role")
}

/// The ARN of something in the hub's account and Region.
pub(crate) fn hub_arn(service: &str, rest: &str) -> String {
    format!("arn:aws:{service}:{REGION}:{HUB}:{rest}")
}
