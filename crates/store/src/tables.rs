//! The tables of the file.

use locksmith_app::incident::{Incident, IncidentId};
use redb::TableDefinition;

/// The version of this layout. A change of the tables or of what they hold raises it.
pub(crate) const LAYOUT: u32 = 2;

/// `layout`: the version of the layout that the file has.
pub(crate) const ABOUT: TableDefinition<&str, u32> = TableDefinition::new("about");

/// Group and number: the incident, as JSON.
pub(crate) const INCIDENTS: TableDefinition<(&str, u32), &[u8]> = TableDefinition::new("incidents");

/// Group, number and name: what is stored beside the incident, as JSON.
pub(crate) const ATTACHMENTS: TableDefinition<(&str, u32, &str), &[u8]> =
    TableDefinition::new("attachments");

/// A row of the list of incidents by state: state, nanoseconds of its opening, group and number.
pub(crate) type ByState<'a> = (&'a str, i128, &'a str, u32);

/// The list of incidents by state.
pub(crate) const BY_STATE: TableDefinition<ByState<'static>, ()> = TableDefinition::new("by_state");

/// Hour since 1970 and principal: how much of the allowance is used up. The hour comes first, so
/// that what is over lies together.
pub(crate) const ADMITTED: TableDefinition<(i64, &str), u32> = TableDefinition::new("admitted");

/// Bucket: its owner, and the second in which that was learned.
pub(crate) const OWNERS: TableDefinition<&str, (&str, i64)> = TableDefinition::new("owners");

/// Where something of ours stands: account, ARN, kind, name.
pub(crate) type FixKey<'a> = (&'a str, &'a str, &'a str, &'a str);

/// What stands in the accounts by our doing, as JSON. Layout 1 had none.
pub(crate) const FIXES: TableDefinition<FixKey<'static>, &[u8]> = TableDefinition::new("fixes");

/// Resource: who has its lock, and until when, in nanoseconds since 1970. Layout 1 had none.
pub(crate) const LOCKS: TableDefinition<&str, (&str, i128)> = TableDefinition::new("locks");

/// An incident's key in [`INCIDENTS`], with the text that it borrows from.
pub(crate) struct Row {
    pub(crate) group: String,
    pub(crate) number: u32,
}

impl Row {
    pub(crate) fn of(id: &IncidentId) -> Self {
        Self { group: id.group().to_string(), number: id.number() }
    }

    pub(crate) fn key(&self) -> (&str, u32) {
        (&self.group, self.number)
    }

    /// Its key in [`BY_STATE`].
    pub(crate) fn listed(&self, incident: &Incident) -> ByState<'_> {
        let opened_at = incident.opened_at.as_nanosecond();
        (incident.state.name(), opened_at, &self.group, self.number)
    }
}
