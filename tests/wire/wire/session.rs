//! Sessions of roles, as they were asked for.

use super::Call;

/// A session of a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// The role's account.
    pub account: String,
    /// The role's ARN.
    pub role: String,
    /// Its name.
    pub name: String,
    /// What the session may do at most, of what the role may.
    pub policy: Option<String>,
    /// Its tags.
    pub tags: Vec<(String, String)>,
}

/// AWS Organizations makes this role in every account that it creates.
const OF_ORGANIZATIONS: &str = ":role/OrganizationAccountAccessRole";

impl Session {
    /// What a call of `AssumeRole` asks for.
    pub(super) fn asked_for(call: &Call) -> Option<Self> {
        let role = call.parameter("RoleArn")?;
        let tag = |number: usize| {
            let of = |what| call.parameter(&format!("Tags.member.{number}.{what}"));
            of("Key").zip(of("Value"))
        };
        Some(Self {
            account: role.split(':').nth(4).unwrap_or_default().to_owned(),
            role,
            name: call.parameter("RoleSessionName").unwrap_or_default(),
            policy: call.parameter("Policy"),
            tags: (1..).map_while(tag).collect(),
        })
    }

    /// Whether a role is an account's administrator: in whose name the tests themselves call.
    pub(super) fn is_administrators(role: &str) -> bool {
        role.ends_with(OF_ORGANIZATIONS)
    }
}
