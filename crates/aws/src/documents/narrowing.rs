//! The session policy: of all that the write role may do, just what one work asks for.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session>

use super::address::Address;
use locksmith_app::ports::Slot;
use locksmith_core::arn::{AccountId, Arn};
use locksmith_core::plan::ChangeKind;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The longest session policy that there may be.
/// <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html>
const LIMIT: usize = 2048;

/// What is called to read, write and delete a document of a kind.
pub(super) fn actions(kind: ChangeKind) -> &'static [&'static str] {
    match kind {
        ChangeKind::PutBucketPolicy => {
            &["s3:GetBucketPolicy", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy"]
        }
        ChangeKind::PutAccessPointPolicy => {
            &["s3:GetAccessPointPolicy", "s3:PutAccessPointPolicy", "s3:DeleteAccessPointPolicy"]
        }
        ChangeKind::PutKeyPolicy => &["kms:GetKeyPolicy", "kms:PutKeyPolicy"],
        ChangeKind::CreateGrant => &["kms:ListGrants", "kms:CreateGrant", "kms:RevokeGrant"],
        // That it is deleted needs no permission of its own.
        ChangeKind::PutBucketEncryption => {
            &["s3:GetEncryptionConfiguration", "s3:PutEncryptionConfiguration"]
        }
        ChangeKind::PutTrustPolicy => &["iam:GetRole", "iam:UpdateAssumeRolePolicy"],
        ChangeKind::PutRolePolicy => {
            &["iam:GetRolePolicy", "iam:PutRolePolicy", "iam:DeleteRolePolicy"]
        }
        ChangeKind::PutUserPolicy => {
            &["iam:GetUserPolicy", "iam:PutUserPolicy", "iam:DeleteUserPolicy"]
        }
    }
}

/// What the session in an account may do: with the documents of these slots what changing them
/// takes, and nothing else. Where the policy would become too long, the kinds with the most
/// resources are allowed on all resources of the account, one after another.
pub(super) fn session_policy(account: AccountId, slots: &[Slot]) -> String {
    let mut kinds: BTreeMap<ChangeKind, BTreeSet<&str>> = BTreeMap::new();
    // A target that names more than one thing, or one of another account, opens nothing.
    let is_one = |slot: &&Slot| slot.account == account && Address::of(slot).is_ok();
    for slot in slots.iter().filter(is_one) {
        kinds.entry(slot.kind).or_default().insert(&slot.target);
    }
    let mut statements: Vec<Statement<'_>> = kinds
        .into_iter()
        .map(|(kind, targets)| Statement { kind, targets, whole: false })
        .collect();
    loop {
        let policy = policy(account, &statements);
        let longest =
            statements.iter_mut().filter(|statement| !statement.whole).max_by_key(|statement| {
                statement.targets.iter().map(|target| target.len()).sum::<usize>()
            });
        match longest {
            Some(statement) if policy.len() > LIMIT => statement.whole = true,
            _ => return policy,
        }
    }
}

/// What is allowed of one kind.
struct Statement<'a> {
    kind: ChangeKind,
    targets: BTreeSet<&'a str>,
    /// Whether all resources of the account are meant.
    whole: bool,
}

fn policy(account: AccountId, statements: &[Statement<'_>]) -> String {
    let statement = |statement: &Statement<'_>| {
        let resources: Vec<String> = if statement.whole {
            let partition = statement.targets.first().and_then(|target| Arn::parse(target));
            let partition = partition.map_or("aws", |arn| arn.partition);
            vec![every(statement.kind, partition, account)]
        } else {
            statement.targets.iter().map(|target| (*target).to_owned()).collect()
        };
        json!({"Effect": "Allow", "Action": actions(statement.kind), "Resource": resources})
    };
    let statements: Vec<Value> = statements.iter().map(statement).collect();
    if statements.is_empty() {
        // A policy without statements is refused, and none at all would narrow nothing.
        let nothing = json!({"Effect": "Deny", "Action": "*", "Resource": "*"});
        return json!({"Version": "2012-10-17", "Statement": [nothing]}).to_string();
    }
    json!({"Version": "2012-10-17", "Statement": statements}).to_string()
}

/// All resources that a kind may be about. The role itself is kept to its own account's buckets.
fn every(kind: ChangeKind, partition: &str, account: AccountId) -> String {
    match kind {
        ChangeKind::PutBucketPolicy | ChangeKind::PutBucketEncryption => {
            format!("arn:{partition}:s3:::*")
        }
        ChangeKind::PutAccessPointPolicy => {
            format!("arn:{partition}:s3:*:{account}:accesspoint/*")
        }
        ChangeKind::PutKeyPolicy | ChangeKind::CreateGrant => {
            format!("arn:{partition}:kms:*:{account}:key/*")
        }
        ChangeKind::PutTrustPolicy | ChangeKind::PutRolePolicy => {
            format!("arn:{partition}:iam::{account}:role/*")
        }
        ChangeKind::PutUserPolicy => format!("arn:{partition}:iam::{account}:user/*"),
    }
}

#[cfg(test)]
mod tests {
    use super::{LIMIT, actions, session_policy};
    use crate::documents::address::tests::{KEY, slot};
    use locksmith_app::ports::Slot;
    use locksmith_core::arn::AccountId;
    use locksmith_core::plan::ChangeKind::{self, *};
    use serde_json::{Value, json};

    fn account() -> AccountId {
        AccountId::parse("111111111111").unwrap()
    }

    /// What the engine says of a session of a role that may do anything.
    fn may(policy: &str, action: &str, resource: &str) -> bool {
        let line = json!({
            "request": {
                "principal": "arn:aws:sts::111111111111:assumed-role/LocksmithWrite/locksmith-1",
                "action": action, "resource": resource, "resource_account": "111111111111",
            },
            "policies": {
                "identity": [{"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}],
                // Key policies and trust policies have to say so too.
                "resource": {"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*",
                    "Principal": {"AWS": "arn:aws:iam::111111111111:root"}}]},
                "session": serde_json::from_str::<Value>(policy).unwrap(),
            },
        });
        let answer = locksmith_core::simulate::answer(line.to_string().as_bytes());
        let answer = serde_json::to_value(&answer).unwrap();
        match answer["decision"].as_str() {
            Some("allowed") => true,
            Some("implicitly_denied" | "explicitly_denied") => false,
            _ => panic!("{answer}"),
        }
    }

    /// A target and a neighbour of it that is nobody's business.
    fn targets(kind: ChangeKind) -> (&'static str, &'static str) {
        match kind {
            PutBucketPolicy | PutBucketEncryption => ("arn:aws:s3:::b", "arn:aws:s3:::b2"),
            PutAccessPointPolicy => (
                "arn:aws:s3:us-west-2:111111111111:accesspoint/p",
                "arn:aws:s3:us-west-2:111111111111:accesspoint/p2",
            ),
            PutKeyPolicy | CreateGrant => (KEY, "arn:aws:kms:us-west-2:111111111111:key/other"),
            PutTrustPolicy | PutRolePolicy => (
                "arn:aws:iam::111111111111:role/team/Etl",
                "arn:aws:iam::111111111111:role/team/Etl2",
            ),
            PutUserPolicy => {
                ("arn:aws:iam::111111111111:user/bob", "arn:aws:iam::111111111111:user/bobby")
            }
        }
    }

    #[test]
    fn a_session_may_touch_its_slots_and_nothing_else() {
        for kind in ChangeKind::ALL {
            let (target, neighbour) = targets(kind);
            let mut elsewhere = slot(kind, neighbour);
            elsewhere.account = AccountId::parse("222222222222").unwrap();
            let policy = session_policy(account(), &[slot(kind, target), elsewhere]);
            for other in ChangeKind::ALL {
                let (its_target, its_neighbour) = targets(other);
                for action in actions(other) {
                    let expected = actions(kind).contains(action);
                    assert_eq!(may(&policy, action, its_target), expected, "{kind:?} {action}");
                    assert!(!may(&policy, action, its_neighbour), "{kind:?} {action}");
                }
            }
            for never in ["s3:GetObject", "kms:Decrypt", "iam:CreateAccessKey", "s3:PutBucketAcl"] {
                assert!(!may(&policy, never, target), "{kind:?} {never}");
                assert!(!may(&policy, never, &format!("{target}/x")), "{kind:?} {never}");
            }
        }
    }

    #[test]
    fn a_session_without_slots_may_nothing() {
        for slots in [&[][..], &[slot(PutBucketPolicy, "arn:aws:s3:::*")]] {
            let policy = session_policy(account(), slots);
            assert!(!may(&policy, "s3:GetBucketPolicy", "arn:aws:s3:::b"));
        }
    }

    #[test]
    fn a_policy_that_would_be_too_long_is_coarser_and_never_gone() {
        let bucket = |number: usize| {
            let target = format!("arn:aws:s3:::{}-{number}", "b".repeat(40));
            slot(PutBucketPolicy, &target)
        };
        let key = slot(PutKeyPolicy, KEY);
        for count in [1, 10, 100, 1000] {
            let mut slots: Vec<Slot> = (0..count).map(bucket).collect();
            slots.push(key.clone());
            let policy = session_policy(account(), &slots);
            assert!(policy.len() <= LIMIT, "{count}: {}", policy.len());
            assert!(may(&policy, "s3:PutBucketPolicy", &slots[0].target));
            let any_bucket = may(&policy, "s3:PutBucketPolicy", "arn:aws:s3:::another");
            assert_eq!(any_bucket, count >= 100, "{count}");
            assert!(!may(&policy, "kms:PutKeyPolicy", targets(PutKeyPolicy).1), "{count}");
            assert!(!may(&policy, "s3:PutEncryptionConfiguration", &slots[0].target));
        }
        // All kinds at their coarsest have room.
        let slots: Vec<Slot> = ChangeKind::ALL
            .into_iter()
            .flat_map(|kind| {
                let target = targets(kind).0;
                (0..100).map(move |number| slot(kind, &format!("{target}{number}")))
            })
            .collect();
        assert!(session_policy(account(), &slots).len() <= LIMIT);
    }
}
