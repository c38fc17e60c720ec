//! Who may approve what, and what happens before and after.

use super::Glob;
use jiff::SignedDuration;
use locksmith_core::arn::AccountId;
use locksmith_core::plan::Scope;
use schemars::JsonSchema;
use serde::Deserialize;

/// What plans propose.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Planning {
    /// How much of a bucket a change lets the caller reach: `object`, `prefix` or `bucket`.
    pub scope: Scope,
    /// How long after it was planned a change stops having effect and is taken back; without it
    /// changes stay.
    #[schemars(with = "Option<String>")]
    pub expires_after: Option<SignedDuration>,
}

/// Whether anything is changed at all, and who has to agree.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Approval {
    /// Whether owners are asked and what they approve is applied. Otherwise nothing is ever changed.
    pub enabled: bool,
    /// How long an approval counts, and how long owners have to answer.
    #[schemars(with = "String")]
    pub valid_for: SignedDuration,
    /// Who may approve changes in which accounts.
    pub owners: Vec<Owners>,
    /// Who may approve anywhere and alone in an emergency.
    pub break_glass: BreakGlass,
}

/// Who may approve anywhere and alone in an emergency: for every account, whatever the quorum. It
/// takes a reason, everybody is told, and still nobody approves what lets themself in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct BreakGlass {
    /// Those who may, by the ids in `people`.
    pub people: Vec<String>,
}

impl Default for Approval {
    fn default() -> Self {
        Self {
            enabled: false,
            valid_for: SignedDuration::from_hours(24),
            owners: Vec::new(),
            break_glass: BreakGlass::default(),
        }
    }
}

/// Who may approve changes in some accounts.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Owners {
    /// The accounts; each in one entry at most.
    pub accounts: Vec<AccountId>,
    /// Those who may, by the ids in `people`.
    #[serde(default)]
    pub people: Vec<String>,
    /// User groups of the chat whose members may, by the chat's ids (Slack: `S0123456789`). Members
    /// still have to stand in `people`, which tells as whom they act in AWS.
    #[serde(default)]
    pub groups: Vec<String>,
    /// How many of them have to.
    #[serde(default = "one")]
    pub quorum: usize,
}

fn one() -> usize {
    1
}

/// Somebody who decides.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// By which the person is known here, and to whatever passes on decisions.
    pub id: String,
    /// The chat's id of the person, where it is another one: `U0123456789` in Slack; for Teams the name
    /// of the webhook in the secret that reaches the person alone.
    #[serde(default)]
    pub chat: Option<String>,
    /// The sessions and users as whom the person acts in AWS, as ARNs with `*` and `?`. Nobody
    /// approves what lets themself in.
    pub principals: Vec<Glob>,
}

impl Person {
    /// Whether the person is let in by what lets this principal in: a role, a session of it, or a
    /// user, by ARN. Of a role any session counts, since a change is for all of them.
    pub fn acts_as(&self, principal: &str) -> bool {
        let sessions = sessions_of(principal);
        self.principals.iter().any(|glob| {
            let session =
                sessions.as_deref().is_some_and(|sessions| glob.may_match_after(sessions));
            session || glob.matches(principal)
        })
    }
}

/// What the ARNs of a role's sessions begin with.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns>
fn sessions_of(principal: &str) -> Option<String> {
    let mut parts = principal.splitn(6, ':');
    let (_, partition, _) = (parts.next()?, parts.next()?, parts.next()?);
    let (_, account, resource) = (parts.next()?, parts.next()?, parts.next()?);
    let role = match resource.split_once('/')? {
        ("role", path) => path.rsplit('/').next()?,
        ("assumed-role", rest) => rest.split('/').next()?,
        _ => return None,
    };
    Some(format!("arn:{partition}:sts::{account}:assumed-role/{role}/"))
}

/// How it is found out whether a change helped.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Verify {
    /// How long after a change a denial does not count against it: AWS takes a while to make it
    /// known everywhere.
    #[schemars(with = "String")]
    pub propagation: SignedDuration,
    /// How long one look at the accounts may wait for them to show the change.
    #[schemars(with = "String")]
    pub wait: SignedDuration,
    /// After how long nobody looks for a later success any more.
    #[schemars(with = "String")]
    pub give_up_after: SignedDuration,
    /// Whether AWS's own advisers are asked as well, where an account has them: IAM Access Analyzer
    /// and the policy simulator.
    pub second_opinions: bool,
}

impl Default for Verify {
    fn default() -> Self {
        Self {
            propagation: SignedDuration::from_mins(5),
            wait: SignedDuration::from_secs(30),
            give_up_after: SignedDuration::from_hours(72),
            second_opinions: true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Glob, Person};

    #[test]
    fn whose_sessions_are_let_in() {
        let person = |globs: &[&str]| Person {
            id: "alice".to_owned(),
            chat: None,
            principals: globs.iter().map(|glob| Glob::new(glob)).collect(),
        };
        let session = "arn:aws:sts::222222222222:assumed-role/Etl/run-7";
        let role = "arn:aws:iam::222222222222:role/data/Etl";
        for (globs, acts) in [
            (&["arn:aws:sts::222222222222:assumed-role/Etl/alice"][..], true),
            (&["arn:aws:sts::*:assumed-role/*/alice"], true),
            (&["arn:aws:iam::222222222222:role/data/*"], false),
            (&["arn:aws:sts::111111111111:assumed-role/Etl/alice"], false),
            (&["arn:aws:sts::222222222222:assumed-role/Admin/alice", "*/run-7"], true),
            (&[], false),
        ] {
            assert_eq!(person(globs).acts_as(session), acts, "{globs:?}");
        }
        assert!(person(&["arn:aws:sts::222222222222:assumed-role/Etl/alice"]).acts_as(role));
        assert!(person(&["arn:aws:iam::222222222222:role/data/*"]).acts_as(role));
        let alice = person(&["arn:aws:iam::222222222222:user/alice"]);
        assert!(alice.acts_as("arn:aws:iam::222222222222:user/alice"));
        assert!(!alice.acts_as("arn:aws:iam::222222222222:user/alicia"));
        assert!(!alice.acts_as("AROAZREPORTREADER0001"));
    }
}
