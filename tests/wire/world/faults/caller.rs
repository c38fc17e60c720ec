//! Faults in the account of the caller.

use super::{CALLER, DECRYPT, Fault, GET, arn, policy};
use crate::world::setup::allow;
use serde_json::json;

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "the role's policies lack s3:GetObject",
        change: |world, setup| {
            setup.caller.inline = vec![allow("s3:GetObject", &format!("{}/2025/*", arn(world)))];
        },
        causes: &[("identity_policy.missing_allow", CALLER, GET)],
    },
    Fault {
        name: "the role's policies lack kms:Decrypt",
        change: |world, setup| setup.caller.managed = vec![allow("kms:Encrypt", &world.key)],
        causes: &[("identity_policy.missing_allow", CALLER, DECRYPT)],
    },
    Fault {
        name: "a managed policy denies kms:Decrypt",
        change: |world, setup| {
            setup.caller.managed.push(json!({"Effect": "Deny", "Action": "kms:*",
                "Resource": format!("arn:aws:kms:*:{}:key/*", world.owner.id)}));
        },
        causes: &[("identity_policy.explicit_deny", CALLER, DECRYPT)],
    },
    Fault {
        name: "a condition of the role's policy is not met",
        change: |_, setup| {
            setup.caller.managed[0]["Condition"] =
                json!({"StringEquals": {"kms:ViaService": "s3.eu-central-1.amazonaws.com"}});
        },
        causes: &[("identity_policy.condition_not_met", CALLER, DECRYPT)],
    },
    Fault {
        name: "the permissions boundary leaves KMS out",
        change: |_, setup| setup.caller.boundary = Some(vec![allow("s3:*", "*")]),
        causes: &[("permissions_boundary.missing_allow", CALLER, DECRYPT)],
    },
    Fault {
        name: "the user's group lacks kms:Decrypt",
        change: |world, setup| {
            setup.caller.is_role = false;
            let user = format!("arn:aws:iam::{}:user/Bob", world.caller.id);
            for statement in [
                setup.bucket_policy.as_mut().map(|policy| &mut policy["Statement"][0]),
                Some(&mut setup.key_policy["Statement"][1]),
            ] {
                statement.expect("the set-up has this statement")["Principal"] =
                    json!({"AWS": user});
            }
            setup.caller.managed = vec![allow("kms:DescribeKey", &world.key)];
        },
        causes: &[("identity_policy.missing_allow", CALLER, DECRYPT)],
    },
    Fault {
        name: "a service control policy denies",
        change: |_, setup| {
            setup.scp = Some(policy(&json!({"Sid": "EuropeOnly", "Effect": "Deny",
                "Action": "kms:*", "Resource": "*",
                "Condition": {"StringNotEquals": {"aws:RequestedRegion": "eu-central-1"}}})));
        },
        causes: &[("scp.explicit_deny", CALLER, DECRYPT)],
    },
    Fault {
        name: "the service control policies leave KMS out",
        change: |_, setup| {
            setup.scp = Some(policy(&allow("s3:*", "*")));
            setup.scp_alone = true;
        },
        causes: &[("scp.missing_allow", CALLER, DECRYPT)],
    },
    Fault {
        name: "the VPC endpoint's policy names other buckets",
        change: |_, setup| {
            setup.endpoint_policy = Some(policy(&json!({"Effect": "Allow", "Principal": "*",
                "Action": "s3:*", "Resource": "arn:aws:s3:::own-bucket/*"})));
        },
        causes: &[("vpc_endpoint_policy.missing_allow", CALLER, GET)],
    },
];
