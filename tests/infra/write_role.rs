//! The role that writes: what plans write, and neither roles that guard the account nor data.

use crate::actions::{ACCESS_POINT, BUCKET, KEY, OBJECT, POLICY, ROLE, USER, WRITES};
use crate::ask::{Ask, Problems, delegating, open_to_all};
use crate::stack::Stack;
use crate::world::{MEMBER, OTHER_MEMBER, World, role_arn, role_policies};

/// What each kind of change takes but for what has conditions of its own.
const CHANGES: [(&str, &[&str]); 5] = [
    (
        BUCKET,
        &[
            "s3:DeleteBucketPolicy",
            "s3:GetBucketPolicy",
            "s3:GetEncryptionConfiguration",
            "s3:PutBucketPolicy",
            "s3:PutEncryptionConfiguration",
        ],
    ),
    (
        ACCESS_POINT,
        &["s3:DeleteAccessPointPolicy", "s3:GetAccessPointPolicy", "s3:PutAccessPointPolicy"],
    ),
    (KEY, &["kms:GetKeyPolicy", "kms:ListGrants", "kms:PutKeyPolicy", "kms:RevokeGrant"]),
    (ROLE, &["iam:DeleteRolePolicy", "iam:GetRolePolicy", "iam:PutRolePolicy"]),
    (USER, &["iam:DeleteUserPolicy", "iam:GetUserPolicy", "iam:PutUserPolicy"]),
];

/// What the roles that may not be written begin with.
const GUARDED: [&str; 12] = [
    "role/locksmith/LocksmithRead",
    "role/locksmith/LocksmithWrite",
    "role/locksmith/LocksmithForward",
    "role/locksmith-prod-apply-role",
    "role/locksmith-prod-sweep-role",
    "role/stacksets-exec-0123456789abcdef",
    "role/AWSCloudFormationStackSetExecutionRole",
    "role/AWSControlTowerExecution",
    "role/OrganizationAccountAccessRole",
    "role/aws-service-role/organizations.amazonaws.com/AWSServiceRoleForOrganizations",
    "role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef",
    "role/aws-reserved/sso.amazonaws.com/eu-central-1/AWSReservedSSO_Dev_0123456789abcdef",
];

/// The role is made where it is asked for, and nowhere that it would be out of all bounds.
pub(crate) fn write_role_is_made_where_it_is_asked_for(world: &World) -> Problems {
    let mut problems = Problems::default();
    for (name, stack) in world.stacks() {
        let made = stack.resources.contains_key("WriteRole");
        let asked = matches!(name, "writable" | "trusting");
        problems.must(made == asked, || format!("{name}: write role made: {made}"));
    }
    problems
}

/// The role writes what plans write, of its own account.
pub(crate) fn write_role_writes(world: &World) -> Problems {
    let mut problems = Problems::default();
    for (name, stack) in [("write role", &world.writable), ("trusting write role", &world.trusting)]
    {
        let ask = writer(stack);
        for (resource, actions) in CHANGES {
            // A key's own policy has to leave it to the account.
            let ask =
                if resource == KEY { ask.clone().at(&delegating(MEMBER)) } else { ask.clone() };
            let elsewhere = resource.replace(MEMBER, OTHER_MEMBER);
            for action in actions {
                problems.allowed(name, &ask, action, resource);
                // A bucket's ARN has no account.
                let abroad = ask.clone().owned_by(OTHER_MEMBER).at(&open_to_all(action));
                problems.denied(&format!("{name} abroad"), &abroad, action, &elsewhere);
            }
        }
        for action in ["iam:GetRole", "iam:UpdateAssumeRolePolicy"] {
            if name == "write role" {
                problems.denied(name, &ask, action, ROLE);
            } else {
                problems.allowed(name, &ask, action, ROLE);
            }
        }
        let invited = ask.clone().at(&open_to_all("iam:"));
        if name == "write role" {
            problems.never(name, &invited, "iam:UpdateAssumeRolePolicy", ROLE);
        }
    }
    problems
}

/// Keys: never without the check that somebody can still administer them, and grants for using a
/// key, on what they name.
pub(crate) fn write_role_is_careful_with_keys(world: &World) -> Problems {
    let mut problems = Problems::default();
    let key = writer(&world.trusting).at(&delegating(MEMBER));
    let checked = key.clone().with("kms:BypassPolicyLockoutSafetyCheck", "false");
    problems.allowed("write role", &checked, "kms:PutKeyPolicy", KEY);
    let unchecked = key.clone().with("kms:BypassPolicyLockoutSafetyCheck", "true");
    problems.never("write role without the safety check", &unchecked, "kms:PutKeyPolicy", KEY);
    let constrained = key.clone().with("kms:GrantConstraintType", "EncryptionContextSubset");
    let grant = |ask: &Ask, operations: &[&str]| {
        ask.clone().with("kms:GrantOperations", operations.to_vec())
    };
    for operations in [&["Decrypt"][..], &["GenerateDataKey"], &["Decrypt", "GenerateDataKey"]] {
        let ask = grant(&constrained, operations);
        problems.allowed("write role", &ask, "kms:CreateGrant", KEY);
        let anything = grant(&key, operations);
        problems.denied("write role, any context", &anything, "kms:CreateGrant", KEY);
        let other = ask.with("kms:RetiringPrincipal", format!("arn:aws:iam::{MEMBER}:user/eve"));
        problems.denied("write role, others retire it", &other, "kms:CreateGrant", KEY);
    }
    for operations in [&["Decrypt", "CreateGrant"][..], &["RetireGrant"], &["Sign"], &[]] {
        let ask = grant(&constrained, operations);
        problems.denied(&format!("a grant of {operations:?}"), &ask, "kms:CreateGrant", KEY);
    }
    problems.denied("write role, a grant of anything", &constrained, "kms:CreateGrant", KEY);
    problems
}

/// Nothing else, whatever resource policies allow: no data, no keys used, no credentials, and not
/// the roles that guard the account.
pub(crate) fn write_role_does_no_more(world: &World) -> Problems {
    let mut problems = Problems::default();
    for stack in [&world.writable, &world.trusting] {
        let ask = writer(stack);
        for role in GUARDED {
            let arn = format!("arn:aws:iam::{MEMBER}:{role}");
            for action in
                ["iam:PutRolePolicy", "iam:DeleteRolePolicy", "iam:UpdateAssumeRolePolicy"]
            {
                let invited = ask.clone().at(&open_to_all(action));
                problems.never("write role", &invited, action, &arn);
            }
        }
        let granted = [
            CHANGES.iter().flat_map(|(_, actions)| actions.to_vec()).collect(),
            vec!["kms:CreateGrant", "iam:UpdateAssumeRolePolicy"],
        ]
        .concat();
        let others = [
            (BUCKET, &["s3:ListBucket", "s3:GetBucketAcl"][..]),
            (OBJECT, &["s3:GetObject", "s3:GetObjectVersion"]),
            (KEY, &["kms:DescribeKey", "kms:ReEncryptFrom"]),
            (POLICY, &["iam:DeletePolicy"]),
            (ROLE, &["iam:DetachRolePolicy", "iam:PutRolePermissionsBoundary"]),
        ];
        for (resource, actions) in WRITES.into_iter().chain(others) {
            for action in actions.iter().filter(|action| !granted.contains(action)) {
                let invited = ask.clone().at(&open_to_all(action));
                problems.never("invited write role", &invited, action, resource);
            }
        }
    }
    problems
}

fn writer(stack: &Stack) -> Ask {
    let role = "WriteRole";
    let ask = Ask::by_session(&role_arn(stack, MEMBER, role), role_policies(stack, role));
    ask.owned_by(MEMBER)
}
