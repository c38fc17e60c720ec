//! `organization.json`: an organization with its policies by node.

use super::account::List;
use super::{Document, Field};
use crate::arn::AccountId;
use schemars::JsonSchema;
use serde::Deserialize;

/// An organization.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct OrganizationFile {
    /// `o-...`.
    pub id: Field<String>,
    /// The management account.
    #[serde(default)]
    pub master_account_id: Field<AccountId>,
    /// Root, organizational units and accounts, all of them.
    #[serde(default)]
    pub nodes: List<Node>,
}

/// A root, an organizational unit or an account.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase", default, deny_unknown_fields)]
pub struct Node {
    /// `r-...`, `ou-...` or an account id.
    pub id: Field<String>,
    /// The node above; none for the root.
    pub parent_id: Field<String>,
    /// Its name.
    pub name: Field<String>,
    /// Service control policies attached here; absent where they are not in use.
    pub service_control_policies: List<OrganizationPolicy>,
    /// Resource control policies attached here, besides `RCPFullAWSAccess`.
    pub resource_control_policies: List<OrganizationPolicy>,
}

/// A policy of an organization.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase", default)]
pub struct OrganizationPolicy {
    /// Its ARN.
    pub arn: Field<String>,
    /// Its name.
    pub name: Field<String>,
    /// The document.
    pub content: Field<Document>,
}
