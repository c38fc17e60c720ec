//! The keys of the table's items.

use super::Item;
use aws_sdk_dynamodb::types::AttributeValue;
use locksmith_app::incident::IncidentId;
use locksmith_app::ports::Attachment;
use locksmith_app::sighting::GroupKey;
use locksmith_core::plan::Reliance;
use sha2::{Digest as _, Sha256};

/// The index of incidents by state.
pub(super) const BY_STATE: &str = "ByState";

/// What sort keys of incidents begin with.
pub(super) const INCIDENT: &str = "INCIDENT#";

const GROUP: &str = "GROUP#";

/// The partition of what stands in the accounts.
pub(super) const FIXES: &str = "FIX#";

/// A partition key and a sort key.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key {
    pub(super) pk: String,
    pub(super) sk: String,
}

impl Key {
    /// An incident. The number has as many digits as any: sort keys are compared as text.
    pub(super) fn incident(id: &IncidentId) -> Self {
        Self { pk: Self::of_group(id.group()), sk: format!("{INCIDENT}{:010}", id.number()) }
    }

    /// A piece of what is stored beside an incident: in a partition of its own, so that reading a
    /// group does not read it.
    pub(super) fn piece(id: &IncidentId, which: Attachment, index: usize) -> Self {
        Self { pk: Self::beside(id), sk: format!("{}{index:03}", Self::pieces(which)) }
    }

    /// What a principal used of its allowance in the hour that began at a time.
    pub(super) fn allowance(principal: &str, hour: jiff::Timestamp) -> Self {
        Self { pk: format!("PRINCIPAL#{}", hash(principal)), sk: format!("HOUR#{hour:.0}") }
    }

    /// Something of ours in an account.
    pub(super) fn fix(what: &Reliance) -> Self {
        let Reliance { kind, account, target, name } = what;
        let place = hash(&format!("{} {target} {name}", kind.name()));
        Self { pk: FIXES.to_owned(), sk: format!("{account}#{place}") }
    }

    /// The lock of a resource.
    pub(super) fn lock(resource: &str) -> Self {
        Self { pk: format!("LOCK#{}", hash(resource)), sk: "LOCK".to_owned() }
    }

    /// A bucket's owner.
    pub(super) fn owner(bucket: &str) -> Self {
        Self { pk: format!("BUCKET#{bucket}"), sk: "OWNER".to_owned() }
    }

    /// The partition of a group.
    pub(super) fn of_group(group: &GroupKey) -> String {
        format!("{GROUP}{group}")
    }

    /// The partition of all that is stored beside an incident.
    pub(super) fn beside(id: &IncidentId) -> String {
        format!("{INCIDENT}{id}")
    }

    /// What the sort keys of an attachment's pieces begin with.
    pub(super) fn pieces(which: Attachment) -> String {
        format!("{}#", which.name().to_uppercase())
    }

    /// The key of an item.
    pub(super) fn read(item: &Item) -> Option<Self> {
        let text = |name: &str| item.get(name)?.as_s().ok().cloned();
        Some(Self { pk: text("PK")?, sk: text("SK")? })
    }

    /// The incident that it is the key of.
    pub(super) fn to_incident(&self) -> Option<IncidentId> {
        let group = self.pk.strip_prefix(GROUP)?;
        let number: u32 = self.sk.strip_prefix(INCIDENT)?.parse().ok()?;
        IncidentId::try_from(format!("{group}-{number}")).ok()
    }

    /// As attributes.
    pub(super) fn item(self) -> Item {
        let text = |name: &str, value| (name.to_owned(), AttributeValue::S(value));
        Item::from([text("PK", self.pk), text("SK", self.sk)])
    }
}

/// An ARN may be longer than a key.
fn hash(text: &str) -> String {
    Sha256::digest(text).iter().fold(String::new(), |hash, byte| hash + &format!("{byte:02x}"))
}
