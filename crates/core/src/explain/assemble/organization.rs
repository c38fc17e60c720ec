//! Service and resource control policies along an account's path.

use super::Assembled;
use crate::arn::AccountId;
use crate::diagnosis::Place;
use crate::evaluate::{Documents, Layer, Unread};
use crate::evidence::{Field, List, Membership, Node, Organization, OrganizationPolicy};
use crate::explain::facts::{Facts, Subject};
use crate::policy::PolicyKind;
use crate::tri::Tri;

impl Assembled {
    pub(super) fn scps(&mut self, facts: &Facts<'_>) {
        let caller = &facts.call.caller;
        self.belongs(Layer::Scp, caller.account);
        if !caller.is_member() || caller.is_service_linked() {
            return;
        }
        let levels = match facts.membership(caller.account) {
            Membership::None => return,
            Membership::Unknown(why) => vec![vec![self.unreadable(Layer::Scp, &why)]],
            Membership::Member { organization, .. }
                if is_managing(organization, caller.account).is_yes() =>
            {
                return;
            }
            Membership::Member { organization, .. }
                if is_managing(organization, caller.account).is_unknown() =>
            {
                vec![vec![self.unreadable(Layer::Scp, Unread::ManagementAccount)]]
            }
            Membership::Member { organization, nodes } => {
                let mut levels = Vec::new();
                for (index, node) in nodes {
                    let list = &node.service_control_policies;
                    let place = node_place(&organization.file, index, "ServiceControlPolicies");
                    if let Some(level) = self.level(Layer::Scp, list, node, &place, PolicyKind::Scp)
                    {
                        self.scp_nodes.push(node.id.text().to_owned());
                        levels.push(level);
                    }
                }
                levels
            }
        };
        self.policies.scps = (!levels.is_empty()).then_some(levels);
    }

    pub(super) fn rcps(&mut self, facts: &Facts<'_>, subject: &Subject<'_>) {
        let account = facts.account(subject);
        self.belongs(Layer::Rcp, account);
        // https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
        let managed_key = matches!(subject, Subject::Key(key) if key.is_aws_managed().is_yes());
        if managed_key
            || facts.call.caller.is_service_linked()
            || matches!(subject, Subject::Service)
        {
            return;
        }
        let levels = match facts.membership(account) {
            Membership::None => return,
            Membership::Unknown(why) => vec![vec![self.unreadable(Layer::Rcp, &why)]],
            Membership::Member { organization, .. }
                if is_managing(organization, account).is_yes() =>
            {
                return;
            }
            Membership::Member { organization, .. }
                if is_managing(organization, account).is_unknown() =>
            {
                vec![vec![self.unreadable(Layer::Rcp, Unread::ManagementAccount)]]
            }
            Membership::Member { organization, nodes } => {
                let mut levels = Vec::new();
                for (index, node) in nodes {
                    let list = &node.resource_control_policies;
                    let place = node_place(&organization.file, index, "ResourceControlPolicies");
                    levels.extend(self.level(Layer::Rcp, list, node, &place, PolicyKind::Rcp));
                }
                levels
            }
        };
        self.policies.rcps = (!levels.is_empty()).then_some(levels);
    }

    /// The policies of one node; none where policies of this type are not in use.
    fn level(
        &mut self,
        layer: Layer,
        list: &List<OrganizationPolicy>,
        node: &Node,
        place: &Place,
        kind: PolicyKind,
    ) -> Option<Documents> {
        let entries = match list.read() {
            Ok(entries) => entries?,
            Err(why) => {
                return Some(vec![self.unreadable(layer, format!("{}: {why}", node.id.text()))]);
            }
        };
        let mut documents = Documents::new();
        for (index, entry) in entries.iter().enumerate() {
            match entry {
                Field::Set(policy) => {
                    let path = format!("{}[{index}].Content", place.path);
                    let place = Place { file: place.file.clone(), path };
                    let names = [&policy.arn, &policy.name, &node.id];
                    let name = names.into_iter().find_map(Field::get).cloned().unwrap_or_default();
                    documents.extend(self.document(
                        layer,
                        name,
                        &policy.content,
                        kind,
                        Some(place),
                    ));
                }
                Field::Unreadable(why) => documents.push(self.unreadable(layer, why)),
                Field::NotSet => {}
            }
        }
        Some(documents)
    }
}

/// Whether an account manages the organization, whose policies then do not restrict it.
fn is_managing(organization: &Organization, account: Option<AccountId>) -> Tri {
    account.map_or(Tri::No, |account| organization.content.master_account_id.is(&account))
}

fn node_place(file: &str, index: usize, list: &str) -> Place {
    Place { file: file.to_owned(), path: format!("Nodes[{index}].{list}") }
}
