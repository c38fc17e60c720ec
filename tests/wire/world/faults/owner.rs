//! Faults in the account of the bucket and its key.

use super::{
    DECRYPT, Fault, GET, OWNER, arn, change_statement, policy, with_statement, without_statement,
};
use crate::world::setup::{AccessPoint, Grant, KeyState, allow};
use crate::world::{ACCESS_POINT, REGION, Side};
use serde_json::{Value, json};

pub(super) const FAULTS: &[Fault] = &[
    Fault {
        name: "the bucket has no policy",
        change: |_, setup| setup.bucket_policy = None,
        causes: &[("bucket_policy.missing_allow", OWNER, GET)],
    },
    Fault {
        name: "the bucket policy lacks the statement",
        change: |_, setup| {
            without_statement(setup.bucket_policy.as_mut(), "ReportReaderMayRead");
        },
        causes: &[("bucket_policy.missing_allow", OWNER, GET)],
    },
    Fault {
        name: "the bucket policy asks for another organization",
        change: |_, setup| {
            let condition = json!({"StringEquals": {"aws:PrincipalOrgID": "o-another00001"}});
            let policy = setup.bucket_policy.as_mut();
            change_statement(policy, "ReportReaderMayRead", "Condition", condition);
        },
        causes: &[("bucket_policy.condition_not_met", OWNER, GET)],
    },
    Fault {
        name: "the bucket policy denies",
        change: |world, setup| {
            let deny = json!({"Sid": "OfficeOnly", "Effect": "Deny", "Principal": "*",
                "Action": "s3:GetObject", "Resource": format!("{}/*", arn(world)),
                "Condition": {"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}}});
            with_statement(setup.bucket_policy.as_mut(), deny);
        },
        causes: &[("bucket_policy.explicit_deny", OWNER, GET)],
    },
    Fault {
        name: "Block Public Access restricts a public bucket",
        change: |_, setup| {
            setup.restrict_public_buckets = true;
            let policy = setup.bucket_policy.as_mut();
            change_statement(policy, "ReportReaderMayRead", "Principal", json!("*"));
        },
        causes: &[("block_public_access.restrict_public_buckets", OWNER, GET)],
    },
    Fault {
        name: "the object is not there",
        change: |_, setup| setup.object_exists = false,
        causes: &[("object.missing", OWNER, GET)],
    },
    Fault {
        name: "the requester would have to pay",
        change: |world, _| {
            let pays = "<RequestPaymentConfiguration><Payer>Requester</Payer>\
                        </RequestPaymentConfiguration>";
            let answer = crate::wire::Answer::Says { status: 200, body: pays.to_owned() };
            let answer = crate::wire::Fault::of("s3", answer).operation("GetBucketRequestPayment");
            world.wire.always(answer.account(&world.owner.id));
        },
        causes: &[("requester_pays.header_missing", OWNER, GET)],
    },
    Fault {
        name: "the bucket's default encryption names an alias",
        change: |world, setup| {
            uploads(world, setup);
            setup.default_key = String::from("alias/reports");
            setup.alias = Some("alias/reports");
            setup.error = Some((
                "KMS.NotFoundException",
                format!(
                    "Alias arn:aws:kms:{REGION}:{}:alias/reports is not found.",
                    world.caller.id
                ),
            ));
        },
        causes: &[("bucket_encryption.alias_in_callers_account", OWNER, "kms:GenerateDataKey")],
    },
    Fault {
        name: "the bucket's default encryption names a key of another Region",
        change: |world, setup| {
            uploads(world, setup);
            setup.default_key = world.key.replace(REGION, "eu-central-1");
        },
        causes: &[("kms.key_wrong_region", OWNER, "kms:GenerateDataKey")],
    },
    Fault {
        name: "the key policy lacks the statement",
        change: |_, setup| {
            without_statement(Some(&mut setup.key_policy), "ReportReaderMayDecrypt");
        },
        causes: &[("key_policy.missing_allow", OWNER, DECRYPT)],
    },
    Fault {
        name: "the key policy names a deleted role",
        change: |_, setup| {
            let deleted = json!({"AWS": "AROAZDELETEDROLE00001"});
            let policy = Some(&mut setup.key_policy);
            change_statement(policy, "ReportReaderMayDecrypt", "Principal", deleted);
        },
        causes: &[("key_policy.dangling_principal", OWNER, DECRYPT)],
    },
    Fault {
        name: "the key policy denies",
        change: |_, setup| {
            let deny = json!({"Sid": "OwnRegionOnly", "Effect": "Deny", "Principal": "*",
                "Action": "kms:Decrypt", "Resource": "*",
                "Condition": {"StringNotEquals": {"kms:ViaService": "s3.eu-central-1.amazonaws.com"}}});
            with_statement(Some(&mut setup.key_policy), deny);
        },
        causes: &[("key_policy.explicit_deny", OWNER, DECRYPT)],
    },
    Fault {
        name: "the key policy delegates nothing to its own account",
        change: |world, setup| {
            // A caller of the key's own account: only there is a delegation to the account of use.
            setup.caller.side = Side::Owner;
            setup.bucket_policy = None;
            setup.key_policy = policy(&json!({"Sid": "Administration", "Effect": "Allow",
                "Principal": {"AWS": format!("arn:aws:iam::{}:role/KeyAdmin", world.owner.id)},
                "Action": "kms:*", "Resource": "*"}));
        },
        causes: &[("key_policy.no_account_delegation", OWNER, DECRYPT)],
    },
    Fault {
        name: "a grant asks for another encryption context",
        change: |world, setup| {
            without_statement(Some(&mut setup.key_policy), "ReportReaderMayDecrypt");
            let other = format!("{}/2025/q4.parquet", arn(world));
            setup.grant = Some(Grant { context: ("aws:s3:arn".to_owned(), other) });
        },
        causes: &[("kms_grant.constraint_not_met", OWNER, DECRYPT)],
    },
    Fault {
        name: "the key is disabled",
        change: |world, setup| {
            setup.key_state = KeyState::Disabled;
            setup.error = Some(("KMS.DisabledException", format!("{} is disabled.", world.key)));
        },
        causes: &[("kms.key_disabled", OWNER, DECRYPT)],
    },
    Fault {
        name: "the key is to be deleted",
        change: |world, setup| {
            setup.key_state = KeyState::PendingDeletion;
            let message = format!("{} is pending deletion.", world.key);
            setup.error = Some(("KMS.KMSInvalidStateException", message));
        },
        causes: &[("kms.key_pending_deletion", OWNER, DECRYPT)],
    },
    Fault {
        name: "the object's key does not exist",
        change: |world, setup| {
            setup.object_key = format!(
                "arn:aws:kms:{REGION}:{}:key/0fedcba9-12ab-34cd-56ef-1234567890ab",
                world.owner.id
            );
            setup.caller.managed = vec![allow("kms:Decrypt", "*")];
            let message = format!("Key '{}' does not exist", setup.object_key);
            setup.error = Some(("KMS.NotFoundException", message));
        },
        causes: &[("kms.key_not_found", OWNER, DECRYPT)],
    },
    Fault {
        name: "a resource control policy of the owner's account denies",
        change: |_, setup| {
            setup.rcp = Some(policy(&json!({"Sid": "NoDecryption", "Effect": "Deny",
                "Principal": "*", "Action": "kms:Decrypt", "Resource": "*"})));
        },
        causes: &[("rcp.explicit_deny", OWNER, DECRYPT)],
    },
    Fault {
        name: "the access point has no policy",
        change: |world, setup| through_point(world, setup, None),
        causes: &[("access_point_policy.missing_allow", OWNER, GET)],
    },
    Fault {
        name: "the access point's policy names another role",
        change: |world, setup| {
            let statement = json!({"Effect": "Allow",
                "Principal": {"AWS": format!("arn:aws:iam::{}:role/Etl", world.caller.id)},
                "Action": "s3:GetObject", "Resource": through(world)});
            through_point(world, setup, Some(policy(&statement)));
        },
        causes: &[("access_point_policy.missing_allow", OWNER, GET)],
    },
    Fault {
        name: "the role's trust policy lets nobody in",
        change: |world, setup| {
            setup.operation = "AssumeRole";
            setup.caller.is_role = false;
            let role = format!("arn:aws:iam::{}:role/Engineering", world.owner.id);
            setup.caller.inline = vec![allow("sts:AssumeRole", &role)];
            setup.trust_policy = Some(policy(&json!({"Effect": "Allow",
                "Principal": {"AWS": format!("arn:aws:iam::{}:user/Alice", world.caller.id)},
                "Action": "sts:AssumeRole"})));
        },
        causes: &[("trust_policy.missing_allow", OWNER, "sts:AssumeRole")],
    },
];

/// The working set-up through an access point.
fn through_point(
    world: &crate::world::World,
    setup: &mut crate::world::Setup,
    policy: Option<Value>,
) {
    setup.access_point = Some(AccessPoint { policy });
    setup.caller.inline = vec![allow("s3:GetObject", &through(world))];
}

/// All objects, as the access point names them.
fn through(world: &crate::world::World) -> String {
    let owner = &world.owner.id;
    format!("arn:aws:s3:{REGION}:{owner}:accesspoint/{ACCESS_POINT}/object/*")
}

/// The working set-up for an upload in place of a read.
fn uploads(world: &crate::world::World, setup: &mut crate::world::Setup) {
    setup.operation = "PutObject";
    setup.caller.inline = vec![allow("s3:PutObject", &format!("{}/*", arn(world)))];
    setup.caller.managed = vec![allow("kms:GenerateDataKey", "*")];
    let bucket = setup.bucket_policy.as_mut();
    change_statement(bucket, "ReportReaderMayRead", "Action", json!("s3:PutObject"));
    let key = Some(&mut setup.key_policy);
    change_statement(key, "ReportReaderMayDecrypt", "Action", json!("kms:GenerateDataKey"));
}
